"""The readers: bytes, copied pages, document lists, Markdown and saved pages. Wikitext has a file of its own."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.model import Block, Source
from briefgen.problems import Problem
from briefgen.readers import detect, read
from briefgen.readers.decode import decode

PAGE = """\
Sign up for our newsletter

Reef Watch

Why The Northern Reef Turned White

By Lena Marsh

A diver counts corals off Cape Dune.
A diver counts corals off Cape Dune.

In the summer of 1998 the northern reef turned white within three weeks, and half of its corals died.

FILE: The research boat in 2001.

“We had never seen the like of it,” said Omar Lindqvist, who has dived there since 1979.

What the divers saw

The corals in deeper water kept their colours, and some of them spawned again in the next spring.

Read more: subscribe today for our letter on the sea.

- Branching corals died first, and boulder corals last.

Nobody knows yet whether the reef of 1998 will come back in full.

Tags: reefs, sea

Posted - March 4, 2011

Page last modified: 14-03-2017 09:30:00 ZULU

Copyright 2011 Reef Watch Society. All rights reserved.
"""

ARCHIVE = """\
home | about | documents | search

The Lighthouse Papers: How the Coast Was Lit

Posted - May 6, 2009

Edited by Ruth Hale

For more information contact: Ruth Hale

The harbour board opened its files on the northern lights in 2008, and they show a quarrel over oil [Doc 2].

Two of the papers had never been printed before they were posted here.

Documents

Document 1
Board 114: Harbour Board, Letter, "On the Want of a Light at Cape Dune," May 3, 1871, Open, 4 pp.
May 3, 1871
Source: Board files
The keeper asks for a second lamp. He says that three ships were lost in one winter.

Document 2
Board 162: Harbour Board, Minutes, "The Price of Oil," July 6, 1880, Open, 12 pp.
Jun 6, 1880
The board refused to pay for oil from abroad, and the light went out for a month.
"""

MARKDOWN = """\
---
title: The Chess Club
authors: [Nadia Farag, Claire Moreau]
date: 2018-02-03
publisher: Town Press
license: CC BY 4.0
kind: book
---

# The Chess Club

The club met *every* Friday in a [café](https://cafe.example.org) by the river.

## History

### Founding

- Founded in 1921 by two
  tram drivers.
- Moved in 1950.

> Nobody was ever turned away.

## Rooms

| Year | Room |
|------|------|
| 1950 | The old mill |
"""

HTML = """\
<!DOCTYPE html>
<html lang="de-AT"><head><title>The Mill | Town Paper</title>
<meta property="og:title" content="The Mill on the River">
<meta property="og:site_name" content="Town Paper">
<meta name="author" content="Ruth Hale">
<meta property="article:published_time" content="2016-09-12">
<link rel="canonical" href="https://paper.example.org/mill">
</head><body>
<nav>Home and many other pages of the paper</nav>
<article><h1>The Mill on the River</h1>
<p>The mill was built in 1901 by a farmer &amp; his <em>three</em> sons, who had never
seen another mill.</p>
<h2>Fire</h2>
<p>In 1950 the mill burned down in a single night, and the whole valley came to watch it from the bridge.</p>
<figure><figcaption>The mill after the fire.</figcaption></figure>
<p>Two years later the brothers built it again with stones from the old church, as the parish had allowed.</p>
</article>
<aside>Subscribe to our letter on mills and rivers.</aside>
<footer>Copyright 2016 Town Paper. All rights reserved.</footer>
</body></html>
"""


def source(text: str, path: str) -> Source:
    found = read("s", path, text.encode()).source
    assert found is not None
    return found


def problem(path: str, data: bytes) -> Problem:
    reading = read("s", path, data)
    assert reading.source is None
    (only,) = reading.problems
    return only


def texts(found: Source, *kinds: str) -> list[str]:
    return [block.text for block in found.blocks if block.kind in kinds]


def reasons(found: Source) -> dict[str, str]:
    return {one.text: one.reason for one in found.dropped}


def squeezed(text: str) -> str:
    return "".join(text.split())


# From bytes to text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_with_a_byte_order_mark_is_read_like_text_without(encoding: str) -> None:
    found = read("s", "page.txt", PAGE.encode(encoding)).source
    assert found is not None
    assert found.blocks == source(PAGE, "page.txt").blocks


@pytest.mark.parametrize("data", [b"", b"  \n\t ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_a_problem_that_says_so(data: bytes) -> None:
    fault = problem("b.txt", data)
    assert (fault.severity, fault.message) == ("error", "the file is empty")
    assert fault.hint


def test_a_binary_file_is_a_problem_that_says_so() -> None:
    assert "binary" in problem("b.txt", b"\x7fELF" + bytes(range(256))).message


def test_a_document_without_prose_is_a_problem() -> None:
    assert "no prose" in problem("b.txt", b"home | about | search\n\nLogin\n").message


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (PAGE, "page"),
        (ARCHIVE, "archive"),
        (HTML, "html"),
        ("'''Reef''' is a [[ridge]].<ref>{{cite book|title=Sea}}</ref>\n\n== History ==\n\nIt grew.\n", "wikitext"),
    ],
)
def test_the_format_of_plain_text_is_told_by_what_is_in_it(text: str, name: str) -> None:
    assert detect(text) == name


# Pages copied as text -------------------------------------------------------------------------------------------


def test_a_copied_page_gives_its_title_and_what_it_says_of_itself() -> None:
    page = source(PAGE, "page.txt")
    assert page.title == "Why The Northern Reef Turned White"
    assert page.authors == ("Lena Marsh",)
    assert (page.published, page.modified) == ("2011-03-04", "2017-03-14T09:30:00Z")
    assert page.publisher == "Reef Watch Society"
    assert page.origins["modified"] == "Page last modified: 14-03-2017 09:30:00 ZULU"


def test_the_dates_in_an_article_are_not_the_date_of_the_page() -> None:
    told = PAGE.replace("Posted - March 4, 2011\n", "").replace("Page last modified: 14-03-2017 09:30:00 ZULU\n", "")
    page = source(told, "page.txt")
    assert (page.published, page.modified) == (None, None)


@pytest.mark.parametrize("line", ["Original Author: Lena Marsh", "Written by: Lena Marsh", "By Lena Marsh"])
def test_an_author_at_the_foot_is_found(line: str) -> None:
    page = source(PAGE.replace("By Lena Marsh\n", "").replace("Tags: reefs, sea", line), "page.txt")
    assert page.authors == ("Lena Marsh",)


def test_an_invitation_to_subscribe_is_no_publisher() -> None:
    page = source(PAGE.replace("Copyright 2011 Reef Watch Society. All rights reserved.\n", ""), "page.txt")
    assert page.publisher is None


def test_words_about_copyright_or_by_whom_in_the_article_are_neither_publisher_nor_author() -> None:
    told = PAGE.replace("Copyright 2011 Reef Watch Society. All rights reserved.\n", "").replace("By Lena Marsh\n", "")
    more = (
        "The copyright of all the pictures taken there belongs to the divers themselves.\n\nBy land and sea\n\nNobody"
    )
    page = source(told.replace("Nobody", more, 1), "page.txt")
    assert (page.publisher, page.authors) == (None, ())


def test_prose_and_headings_of_a_page_are_blocks_with_their_path() -> None:
    page = source(PAGE, "page.txt")
    assert [(block.kind, block.text[:20], block.headings) for block in page.blocks if block.kind != "caption"] == [
        ("paragraph", "In the summer of 199", ()),
        ("paragraph", "“We had never seen t", ()),
        ("heading", "What the divers saw", ()),
        ("paragraph", "The corals in deeper", ("What the divers saw",)),
        ("item", "Branching corals die", ("What the divers saw",)),
        ("paragraph", "Nobody knows yet whe", ("What the divers saw",)),
    ]


def test_a_line_that_stands_twice_is_a_caption_and_no_paragraph() -> None:
    inside = PAGE.replace("FILE: The research boat in 2001.", "Anna Hale\nAnna Hale")
    page = source(inside, "page.txt")
    assert "Anna Hale" in texts(page, "caption")
    assert reasons(page)["Anna Hale"] == "repeated caption"
    assert not any("counts corals" in text for text in texts(page, "paragraph", "heading"))


def test_what_is_no_article_is_dropped_with_a_reason() -> None:
    said = reasons(source(PAGE, "page.txt"))
    assert said["Sign up for our newsletter"] == "promotion"
    assert said["Read more: subscribe today for our letter on the sea."] == "promotion"
    assert said["Tags: reefs, sea"] == "metadata"
    assert said["Copyright 2011 Reef Watch Society. All rights reserved."] == "promotion"
    assert said["Reef Watch"] == "navigation"


def test_every_line_of_a_page_is_a_block_the_title_or_dropped() -> None:
    page = source(PAGE, "page.txt")
    spans = [(block.start, block.end) for block in page.blocks] + [(one.start, one.end) for one in page.dropped]
    left = "".join(" " if any(a <= at < b for a, b in spans) else sign for at, sign in enumerate(PAGE))
    assert left.split() == [*page.title.split(), "-"]


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    wrapped = (
        "A Long Reef Story\n\n"
        "In the summer of 1998 the northern reef turned white within three\n"
        "weeks, and half of its corals died before anybody had counted all\n"
        "of them.\n"
    )
    (block,) = source(wrapped, "page.txt").blocks
    assert block.text.endswith(
        "within three weeks, and half of its corals died before anybody had counted all of them."
    )
    assert wrapped[block.start : block.end].split() == block.text.split()


# An archive's list of documents ---------------------------------------------------------------------------------


def test_a_list_of_documents_gives_a_reference_for_each() -> None:
    found = source(ARCHIVE, "papers.txt")
    first, second = found.references
    assert first.csl["title"] == "On the Want of a Light at Cape Dune"
    assert (first.csl["publisher"], first.csl["genre"], first.csl["number"]) == ("Harbour Board", "Letter", "Board 114")
    assert first.csl["issued"] == {"date-parts": [[1871, 5, 3]]}
    assert (first.csl["number-of-pages"], second.csl["number-of-pages"]) == ("4", "12")
    assert ARCHIVE[first.start : first.end] == first.raw


def test_the_posting_itself_has_title_editor_and_date() -> None:
    found = source(ARCHIVE, "papers.txt")
    assert (found.kind, found.title) == ("archive", "The Lighthouse Papers: How the Coast Was Lit")
    assert (found.editors, found.published) == (("Ruth Hale",), "2009-05-06")


def test_a_date_given_in_two_ways_is_a_problem_and_none_of_them_is_chosen() -> None:
    reading = read("s", "papers.txt", ARCHIVE.encode())
    (fault,) = reading.problems
    assert fault.severity == "warning"
    assert "1880-07-06" in fault.message
    assert "1880-06-06" in fault.message
    assert fault.where is not None
    assert ARCHIVE.splitlines()[fault.where.line - 1] == "Jun 6, 1880"
    assert reading.source is not None
    assert reading.source.references[1].csl["issued"] == {"date-parts": [[1880]]}


def test_a_mark_in_the_text_cites_the_document_that_it_names() -> None:
    found = source(ARCHIVE, "papers.txt")
    marked = next(block for block in found.blocks if "[Doc 2]" in block.text)
    assert [(marked.text[: mark.offset][-7:], mark.index) for mark in marked.references] == [("[Doc 2]", 1)]


def test_each_sentence_of_a_description_cites_its_document() -> None:
    found = source(ARCHIVE, "papers.txt")
    keeper = next(block for block in found.blocks if block.text.startswith("The keeper"))
    assert keeper.headings == ("Document 1",)
    assert [mark.index for mark in keeper.references] == [0, 0]


# Markdown -------------------------------------------------------------------------------------------------------


def test_front_matter_is_metadata() -> None:
    found = source(MARKDOWN, "club.md")
    assert (found.title, found.authors) == ("The Chess Club", ("Nadia Farag", "Claire Moreau"))
    assert (found.published, found.publisher, found.license) == ("2018-02-03", "Town Press", "CC BY 4.0")
    assert found.kind == "book"


@pytest.mark.parametrize("broken", ["title: [a", "- a\n- b", "a: b: c", "\tx: 1", "x: !!python/name:os.system"])
def test_broken_front_matter_is_a_warning_and_the_text_is_read(broken: str) -> None:
    reading = read("s", "club.md", f"---\n{broken}\n---\n\n# The club\n\nIt met on Fridays.\n".encode())
    assert [fault.severity for fault in reading.problems] == ["warning"]
    assert reading.source is not None
    assert texts(reading.source, "paragraph") == ["It met on Fridays."]
    assert reading.source.title == "The club"


def test_blocks_of_markdown_know_their_kind_level_and_headings() -> None:
    found = source(MARKDOWN, "club.md")
    assert [(block.kind, block.level, block.text, block.headings) for block in found.blocks[:6]] == [
        ("paragraph", 0, "The club met every Friday in a café by the river.", ()),
        ("heading", 2, "History", ()),
        ("heading", 3, "Founding", ("History",)),
        ("item", 1, "Founded in 1921 by two tram drivers.", ("History", "Founding")),
        ("item", 1, "Moved in 1950.", ("History", "Founding")),
        ("quote", 0, "Nobody was ever turned away.", ("History", "Founding")),
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_offsets_in_markdown_lead_to_the_words(ends: str) -> None:
    text = MARKDOWN.replace("\n", ends)
    for block in source(text, "club.md").blocks:
        if block.kind in ("heading", "item"):
            assert block.text.split()[0] in text[block.start : block.end]
    plain = next(block for block in source(text, "club.md").blocks if block.kind == "item")
    assert text[plain.start : plain.end].split()[-2:] == ["tram", "drivers."]


FOOTNOTES = """\
# Mill

The mill[^1] stood by the river [^b]. It burnt twice[^b][^none].

[^1]: Ruth Hale, Fires of the River,
    Town Press, 1877.

- An item[^1].

[^b]: Ruth Hale, [The *Mill* Burns](https://paper.example.org/mill), Town Paper, 3 May 1901.

      A second paragraph of it.
[^1]: The same label again.
[^empty]:

```
[^code]: no footnote
```

Prose with `[^1]` as code[^empty].
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_footnotes_are_references_cited_where_their_marks_stand(ends: str) -> None:
    text = FOOTNOTES.replace("\n", ends)
    found = source(text, "mill.md")
    assert [(block.text, [(mark.offset, mark.index) for mark in block.references]) for block in found.blocks] == [
        ("The mill stood by the river. It burnt twice.", [(8, 0), (27, 1), (43, 1)]),
        ("An item.", [(7, 0)]),
        ("Prose with [^1] as code.", []),
    ]
    assert [reference.csl["id"] for reference in found.references] == [f"{found.id}-1", f"{found.id}-2"]
    first, second = found.references
    assert (first.csl["title"], first.csl["issued"]) == ("Fires of the River", {"date-parts": [[1877]]})
    assert text[first.start : first.end] == first.raw
    assert first.raw.split() == ["[^1]:", "Ruth", "Hale,", "Fires", "of", "the", "River,", "Town", "Press,", "1877."]
    assert (second.csl["URL"], second.csl["title"]) == ("https://paper.example.org/mill", "The Mill Burns")
    assert second.raw.endswith("A second paragraph of it.")
    assert [(one.reason, text[one.start : one.end] == one.text) for one in found.dropped] == [
        *[("footnote", True)] * 4,
        ("code", True),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "The mill <script>alert(1)</script>burnt <b>twice</b>.",
        "The mill <STYLE>p { x: y }</STYLE>burnt <!-- not -->twice.",
        "<script>\nalert(1)\n</script>\n\nThe mill burnt twice.",
        "The mill [burnt](javascript:alert(1)) [twice](data:text/html,x).",
    ],
)
def test_words_of_scripts_and_targets_of_links_are_no_words_of_a_block(written: str) -> None:
    assert texts(source(f"# Mill\n\n{written}\n", "mill.md"), "paragraph") == ["The mill burnt twice."]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["[^1]", "[^2]", "[^1]: ", "\n", "\n\n", "    ", " ", "- ", "> ", "word"]), max_size=25)
)
def test_any_footnotes_are_read(scraps: list[str]) -> None:
    check("".join(scraps).encode(), "any.md")


# Saved pages ----------------------------------------------------------------------------------------------------


def test_a_saved_page_gives_what_its_tags_state() -> None:
    found = source(HTML, "mill.html")
    assert (found.title, found.authors, found.publisher) == ("The Mill on the River", ("Ruth Hale",), "Town Paper")
    assert (found.published, found.language, found.url) == ("2016-09-12", "de", "https://paper.example.org/mill")


def test_without_a_tag_a_saved_page_has_no_date() -> None:
    bare = re.sub(r"<meta property=\"article:[^>]*>", "", HTML)
    found = source(bare, "mill.html")
    assert (found.published, found.modified) == (None, None)


def test_a_link_that_is_no_web_address_is_not_taken() -> None:
    assert source(HTML.replace("https://paper.example.org/mill", "javascript:alert(1)"), "mill.html").url is None


def test_blocks_of_a_saved_page_stand_at_their_offsets() -> None:
    found = source(HTML, "mill.html")
    first, heading, second, third = found.blocks
    assert HTML[first.start : first.end].startswith("The mill was built in 1901 by a farmer &amp; his <em>three")
    assert HTML[heading.start : heading.end] == heading.text == "Fire"
    assert HTML[second.start : second.end] == second.text
    assert third.headings == ("Fire",)


def test_what_is_no_article_of_a_saved_page_is_dropped_with_a_reason() -> None:
    said = reasons(source(HTML, "mill.html"))
    assert said["Home and many other pages of the paper"] == "navigation"
    assert said["The mill after the fire."] == "caption"
    assert said["Subscribe to our letter on mills and rivers."] == "aside"
    assert said["Copyright 2016 Town Paper. All rights reserved."] == "footer"
    assert set(said) == {
        "Home and many other pages of the paper",
        "The mill after the fire.",
        "Subscribe to our letter on mills and rivers.",
        "Copyright 2016 Town Paper. All rights reserved.",
    }


# Whatever is thrown at them -------------------------------------------------------------------------------------

SCRAPS = st.sampled_from(
    [
        *(
            "\n",
            "\n\n",
            "\r\n",
            " ",
            "\t",
            "- ",
            "* ",
            "> ",
            "# ",
            "## ",
            "---\n",
            "title: x\n",
            "| a | b |\n|---|---|\n",
        ),
        *(
            "By Lena Marsh\n",
            "Posted - 2011\n",
            "Tags: a\n",
            "FILE: x\n",
            "Document 1\n",
            "Document 2\n",
            "[Doc 1]",
            "[1]: x",
        ),
        *(
            'Board 1: Board, Letter, "On Oil," May 3, 1871, Open, 4 pp.\n',
            "May 3, 1871\n",
            "Source: x\n",
            "&amp;",
            "&#0;",
            "\x0c",
        ),
        *(
            "<p>",
            "</p>",
            "<article>",
            "</div>",
            "<!--",
            "-->",
            "<h2>",
            "<![CDATA[",
            "<meta name=date content=1>",
            "<li>",
            "<table>",
        ),
        *(
            "{{cite web|title=x}}",
            "{{",
            "}}",
            "[[",
            "]]",
            "<ref>",
            "</ref>",
            "== H ==\n",
            "{|",
            "|}",
            "'''",
            "\u2028",
            "é",
            "\ud83d\ude42"[:0],
        ),
        "The reef turned white in the summer of 1998, and half of its corals died. ",
        "“We had never seen it,” said Omar Lindqvist, who has dived there for years. ",
    ]
)
SCRAPPY = st.lists(SCRAPS, max_size=25).map("".join)
SUFFIXES = ("txt", "md", "html", "wikitext")


def check(data: bytes, path: str) -> None:
    """What holds of every reading: a source or an error, offsets inside the text, the same again when read again."""
    reading = read("s", path, data)
    assert reading == read("s", path, data)
    if reading.source is None:
        assert any(fault.severity == "error" for fault in reading.problems)
        return
    length = len(decode(path, data).text or "")
    for block in reading.source.blocks:
        assert 0 <= block.start <= block.end <= length
        assert all(0 <= mark.offset <= len(block.text) for mark in block.references)
        assert all(mark.index < len(reading.source.references) for mark in block.references)
    assert all(0 <= one.start <= one.end <= length and one.reason for one in reading.source.dropped)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=60, deadline=None)
@given(text=st.one_of(SCRAPPY, st.text(max_size=60)))
def test_any_text_is_a_source_or_a_problem(suffix: str, text: str) -> None:
    check(text.encode("utf-8", "replace"), f"any.{suffix}")


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=40, deadline=None)
@given(data=st.binary(max_size=60))
def test_any_bytes_are_a_source_or_a_problem(suffix: str, data: bytes) -> None:
    check(data, f"any.{suffix}")


def stands_at_its_offsets(block: Block, text: str) -> bool:
    return squeezed(text[block.start : block.end]) == squeezed(block.text)


@settings(max_examples=100, deadline=None)
@given(SCRAPPY.filter(str.strip))
def test_blocks_of_plain_text_stand_at_their_offsets(text: str) -> None:
    found = read("s", "any.txt", text.encode("utf-8", "replace")).source
    if found and detect(text) in ("page", "archive"):
        assert all(stands_at_its_offsets(block, text) for block in found.blocks)


PLAIN = st.lists(st.sampled_from(["reef", "white", "corals", "1998", "half", "died,", "sea"]), min_size=5, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(PLAIN.map(lambda words: f"The {' '.join(words)}."), min_size=1, max_size=5), st.booleans())
def test_plain_paragraphs_of_markdown_stand_at_their_offsets(paragraphs: list[str], wrapped: bool) -> None:
    text = "# T\n\n" + "\n\n".join(one.replace(" ", "\n", wrapped * 3) for one in paragraphs)
    found = source(text, "any.md")
    assert texts(found, "paragraph") == paragraphs
    assert all(stands_at_its_offsets(block, text) for block in found.blocks)


def test_a_markdown_table_row_is_one_block() -> None:
    found = source(
        "| Year | Event |\n|---|---|\n| 1200 | *Built* |\n| | Lost[^1] |\n\nText.\n\n[^1]: Roe 2001.\n", "a.md"
    )
    rows = [(block.text, block.references) for block in found.blocks if block.kind == "table"]
    assert [text for text, _ in rows] == ["Year | Event", "1200 | Built", "Lost"]
    assert [mark.offset for mark in rows[2][1]] == [4]


def test_html_in_markdown_is_read_as_a_browser_shows_it() -> None:
    text = '<div class="x">\nA <b>note</b> &amp; more.\n</div>\n\n<!-- hidden -->\n\nOne<br>two.\n'
    found = source(text, "a.md")
    assert [block.text for block in found.blocks] == ["A note & more.", "One two."]
    assert text[found.blocks[0].start : found.blocks[0].end].strip() == "A <b>note</b> &amp; more."


def test_code_in_markdown_is_left_out_with_a_reason() -> None:
    found = source("Text.\n\n```python\nprint(1)\n```\n\n    indented\n", "a.md")
    assert [block.text for block in found.blocks] == ["Text."]
    assert [one.reason for one in found.dropped] == ["code", "code"]


@pytest.mark.parametrize(
    ("matter", "authors"),
    [
        ("---\nauthor:\n  - name: Ada Quay\n  - name: Ben Lock\n---", ("Ada Quay", "Ben Lock")),
        ("---\nauthor: Ada Quay and Ben Lock\n---", ("Ada Quay", "Ben Lock")),
        ("---\nauthor: Ministry of Trade and Industry\n---", ("Ministry of Trade and Industry",)),
        ('+++\nauthors = ["Ada Quay", "Ben Lock"]\n+++', ("Ada Quay", "Ben Lock")),
    ],
)
def test_front_matter_names_authors_in_each_of_its_ways(matter: str, authors: tuple[str, ...]) -> None:
    found = source(f"{matter}\n\n# Pier {{#pier .x}}\n\nText.\n", "a.md")
    assert (found.title, found.authors) == ("Pier", authors)


def test_front_matter_in_toml_gives_title_day_and_language() -> None:
    found = source('+++\ntitle = "Pier"\ndate = 2020-01-02T10:00:00Z\nlang = "fr-CA"\n+++\n\nLe quai.\n', "a.md")
    assert (found.title, found.published, found.language) == ("Pier", "2020-01-02", "fr")


def test_a_list_in_the_introduction_of_an_archive_is_kept() -> None:
    listed = ARCHIVE.replace("\n\nDocuments\n", "\n\nThey show three things:\n\n- a quarrel over oil\n\nDocuments\n")
    assert "- a quarrel over oil" in [block.text for block in source(listed, "a.txt").blocks]
