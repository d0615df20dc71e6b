"""Saved pages: what is said in the article, as it stands in the file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.model import Block, Source
from briefgen.readers import read
from briefgen.readers.document import Reading

REEF = "The reef off the coast was closed to divers in May 1998, and it was opened again in 2003, after five years."
PIER = "The pier was built of oak in 1887 by the harbour company, which had sold four hundred shares for it in town."
ADDRESS = '<link rel="canonical" href="https://paper.example.org/news/reef">'


def reading(body: str, head: str = ADDRESS) -> Reading:
    page = f"<html><head><title>Reef</title>{head}</head><body><article><h1>Reef</h1>{body}</article></body></html>"
    return read("reef", "reef.html", page.encode())


def source(body: str) -> Source:
    found = reading(body).source
    assert found is not None
    return found


def blocks(body: str) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in source(f"<p>{REEF}</p>{body}<p>{PIER}</p>").blocks[1:-1]]


def paragraph(words: str) -> Block:
    return source(f"<p>{REEF}</p><p>{words}</p><p>{PIER}</p>").blocks[1]


def test_headings_items_and_quotations_are_blocks_of_their_kinds() -> None:
    body = (
        f"<h2>The boats</h2><p>{REEF} It was.</p><ul><li>First the harbour was built in the north of the town.<ul>"
        "<li>Then the inner harbour was made deeper by a metre.</li></ul></li><li>Then came the railway from the south."
        f"</li></ul><blockquote><p>{PIER} She said.</p></blockquote>"
    )
    assert blocks(body) == [
        ("heading", 2, "The boats"),
        ("paragraph", 0, f"{REEF} It was."),
        ("item", 1, "First the harbour was built in the north of the town."),
        ("item", 2, "Then the inner harbour was made deeper by a metre."),
        ("item", 1, "Then came the railway from the south."),
        ("quote", 0, f"{PIER} She said."),
    ]


def test_a_row_of_a_table_is_one_block() -> None:
    body = "<table><tr><th>Year</th><th>Boats</th></tr><tr><td>1998</td><td>twelve <b>boats</b></td></tr></table>"
    assert blocks(body) == [("table", 0, "Year | Boats"), ("table", 0, "1998 | twelve boats")]


def test_blocks_stand_under_their_headings_and_not_under_the_title() -> None:
    found = source(f"<p>{REEF}</p><h2>Boats</h2><h3>Sails</h3><p>{PIER}</p><h2>Crews</h2><p>{REEF} And more.</p>")
    paths = [block.headings for block in found.blocks if block.kind == "paragraph"]
    assert paths == [(), ("Boats", "Sails"), ("Crews",)]


def test_a_link_is_kept_with_its_address_in_full() -> None:
    block = paragraph('They sailed <a href="/x?a=1&amp;b=2">all\n around</a> the bay, and that took them a whole year.')
    (link,) = block.links
    assert block.text.startswith("They sailed all around the bay")
    assert (block.text[link.start : link.end], link.url) == ("all around", "https://paper.example.org/x?a=1&b=2")


@pytest.mark.parametrize("address", ["#below", "javascript:go()", "data:text/html,x", "mailto:a@example.org", ""])
def test_what_leads_nowhere_outside_the_page_is_no_link(address: str) -> None:
    assert (
        paragraph(f'They sailed <a href="{address}">around</a> the bay, and that took them a whole year.').links == ()
    )


def test_raised_and_lowered_figures_are_told_from_those_on_the_line() -> None:
    block = paragraph("It cost 10<sup>6</sup> dollars to have the H<sub>2</sub>O of the 1<sup>st</sup> basin cleaned.")
    assert block.text == "It cost 10⁶ dollars to have the H₂O of the 1st basin cleaned."


def test_the_mark_of_a_note_is_no_word() -> None:
    block = paragraph('It was cleaned in 1999.<sup><a href="#n1">[1]</a></sup> It was used by boats until the autumn.')
    assert block.text == "It was cleaned in 1999. It was used by boats until the autumn."


def test_two_line_breaks_part_two_paragraphs_and_one_does_not() -> None:
    first, second = f"{REEF} It was.", f"{PIER} So it was."
    assert blocks(f"<p>{first}<br>{second}</p>") == [("paragraph", 0, f"{first} {second}")]
    assert blocks(f"<p>{first}<br><br/>{second}</p>") == [("paragraph", 0, first), ("paragraph", 0, second)]


def test_words_are_decoded_and_spaces_are_single() -> None:
    assert paragraph(
        "Fish &amp; chips &mdash; &#8220;the\n\tbest&#8221; &lt;here&gt;, they say of the whole coast."
    ).text == ("Fish & chips — “the best” <here>, they say of the whole coast.")


def test_a_quotation_mark_in_a_tag_hides_no_text() -> None:
    assert paragraph('The pier was <b class=x">repaired</b> in 1951, with oak from the wood behind the town.').text == (
        "The pier was repaired in 1951, with oak from the wood behind the town."
    )


def test_menus_and_footers_are_left_out_with_their_place() -> None:
    page = f"<body><nav>Home News Sport</nav><main><p>{REEF}</p><p>{PIER}</p></main><footer>Imprint</footer></body>"
    found = read("reef", "reef.html", page.encode()).source
    assert found is not None
    assert [(left.text, left.reason) for left in found.dropped] == [
        ("Home News Sport", "navigation"),
        ("Imprint", "footer"),
    ]


def test_a_short_page_and_a_fragment_are_read() -> None:
    for page in ("<html><body><p>The reef is closed.</p></body></html>", "<p>The reef is closed.</p>"):
        found = read("reef", "reef.html", page.encode()).source
        assert found is not None
        assert [block.text for block in found.blocks] == ["The reef is closed."]


def test_a_page_that_declares_entities_is_refused_at_the_place() -> None:
    page = b'<?xml version="1.0"?>\n<!DOCTYPE html [<!ENTITY a "lol">]><html><body><p>&a;</p></body></html>'
    found = read("reef", "reef.html", page)
    assert found.source is None
    (problem,) = found.problems
    assert problem.where is not None
    assert (problem.where.line, problem.where.column) == (2, 17)
    assert "declares entities" in problem.message


def test_a_page_without_an_article_is_one_problem() -> None:
    for page in ("", "<html></html>", "<!-- -->", "<script>var a = 1</script>", "<div>" * 5000 + REEF):
        found = read("reef", "reef.html", page.encode())
        assert found.source is None
        assert len(found.problems) == 1


def test_a_handout_that_briefgen_made_is_no_source() -> None:
    found = reading(f"<p>{REEF}</p>", '<meta name="generator" content="briefgen">')
    assert found.source is None
    assert [(one.severity, "not read as a source" in one.message) for one in found.problems] == [("warning", True)]
    assert reading(f"<p>{REEF}</p>", '<meta name="generator" content="Hugo 0.1">').source is not None


def test_two_days_of_publication_are_a_doubt_that_names_both() -> None:
    head = (
        '<meta property="article:published_time" content="2014-05-12T08:00:00Z">'
        '<meta name="date" content="2014-05-20"><meta name="dcterms.created" content="2014-05-12">'
    )
    found = reading(f"<p>{REEF}</p><p>{PIER}</p>", head)
    assert found.source is not None
    assert found.source.published == "2014-05-12T08:00:00Z"
    (problem,) = found.problems
    assert "2014-05-12T08:00:00Z" in problem.message
    assert "2014-05-20" in problem.message


def test_a_time_zone_is_no_doubt_about_the_day() -> None:
    head = (
        '<meta property="article:published_time" content="2014-05-12T23:00:00Z"><meta name="date" content="2014-05-13">'
    )
    assert reading(f"<p>{REEF}</p><p>{PIER}</p>", head).problems == ()


WORDS = st.sampled_from(
    [REEF, PIER, "10", "&amp;", "&#xe9;t", "&bogus;", " ", "\n", "“yes”", " a < b ", "\u00a0", "é", "&"]
)
TAGS = st.sampled_from(
    [
        *("<p>", "</p>", "<br>", "<b>", "</b>", "<ul>", "<li>", "</li>", "</ul>", "<sup>", "</sup>", "<td>", "<tr>"),
        *("<table>", "</table>", "<blockquote>", "</blockquote>", '<a href="/x">', '<a href="#n">', "</a>", "<h2>"),
        *("</h2>", "<nav>", "</nav>", "<!-- x -->", "<script>", "</script>", "<![CDATA[", "<", "<a '", "</", "<p/>"),
    ]
)


@settings(max_examples=150)
@given(st.lists(WORDS | TAGS, max_size=30).map("".join))
def test_any_markup_gives_blocks_whose_words_stand_in_their_stretch(body: str) -> None:
    found = reading(body)
    assert found == reading(body)
    assert found.source is not None or found.problems
    text = f"<html><head><title>Reef</title>{ADDRESS}</head><body><article><h1>Reef</h1>{body}</article></body></html>"
    for block in found.source.blocks if found.source else ():
        at = block.start
        for word in (word for word in block.text.split() if word.isascii() and word.isalpha()):
            at = text.find(word, at, block.end)
            assert at >= 0
            at += len(word)
        assert all(0 <= link.start < link.end <= len(block.text) for link in block.links)


@given(
    st.sampled_from(["2014-05-12", "2014-02-31", "0000-01-01", "9999-12-31T23:59:59-23:59", "12.5.2014", "May"])
    | st.text(st.characters(exclude_categories=["Cc", "Cs"]))
)
def test_any_date_a_page_may_state_is_read_or_passed_over(stated: str) -> None:
    quoted = stated.replace("&", "&amp;").replace('"', "&quot;")
    head = f'<meta property="article:published_time" content="{quoted}"><meta name="date" content="2014-05-20">'
    found = reading(f"<p>{REEF}</p><p>{PIER}</p>", head)
    assert found.source is not None
    assert found.source.published
