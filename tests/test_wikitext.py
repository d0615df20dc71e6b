"""The wikitext reader: whole articles, half-stripped ones, and whatever else is thrown at it."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.model import Block, Source
from briefgen.readers.document import Document
from briefgen.readers.wikitext import looks_like_wikitext, read
from briefgen.readers.wikitext.special import SPECIAL
from briefgen.readers.wikitext.tables import tables

SHARED = Path(__file__).parents[1].parent / "shared"
ARTICLES = sorted((SHARED / "evals" / "wikitext" / "articles").glob("*.wikitext"))
needs_shared = pytest.mark.skipif(not ARTICLES, reason="the gold articles beside the project are not here")


def source(text: str, path: str = "article.wikitext") -> Source:
    result = read(Document("a", path, "0" * 64, text)).source
    assert result is not None
    return result


def blocks(text: str, *kinds: str) -> list[Block]:
    return [block for block in source(text).blocks if not kinds or block.kind in kinds]


def texts(text: str, *kinds: str) -> list[str]:
    return [block.text for block in blocks(text, *kinds)]


# Whole wikitext -------------------------------------------------------------------------------------------------


def test_links_emphasis_and_tags_leave_their_words() -> None:
    text = (
        "'''Lake Nyx''' is a [[tarn|small lake]] in <small>the</small> ''north''&nbsp;of [[Ruritania]].<br/>It is deep."
    )
    assert texts(text) == ["Lake Nyx is a small lake in the north of Ruritania. It is deep."]


def test_a_list_item_keeps_its_citations() -> None:
    item = source("* Founded in 1970.<ref>{{cite web|title=A|url=http://a.example}}</ref> Closed in 1980.").blocks[0]
    assert (item.kind, item.level, item.text) == ("item", 1, "Founded in 1970. Closed in 1980.")
    assert [(found.offset, found.index) for found in item.references] == [(len("Founded in 1970."), 0)]


def test_headings_nest_and_are_the_path_of_what_stands_below() -> None:
    found = source("Lead words.\n\n== History ==\n=== ''Early'' years ===\nText here.\n\n== Later ==\nMore text.")
    assert [(block.level, block.text) for block in found.blocks if block.kind == "heading"] == [
        (2, "History"),
        (3, "Early years"),
        (2, "Later"),
    ]
    assert [block.headings for block in found.blocks if block.kind == "paragraph"] == [
        (),
        ("History", "Early years"),
        ("Later",),
    ]


def test_a_named_reference_used_again_points_to_the_same_reference() -> None:
    found = source('One.<ref name="x" /> Two.<ref name=x>{{cite book|title=B}}</ref> Three.<ref name=unknown/>')
    assert len(found.references) == 1
    assert [(mark.offset, mark.index) for mark in found.blocks[0].references] == [(4, 0), (9, 0)]


def test_a_reference_in_words_is_a_reference_with_its_offsets() -> None:
    text = "It grew.<ref>Smith, John (1990). ''Lakes''. Big Press, p. 7.</ref>"
    reference = source(text).references[0]
    assert text[reference.start : reference.end] == reference.raw == "Smith, John (1990). ''Lakes''. Big Press, p. 7."
    assert reference.csl["title"] == "Lakes"
    assert reference.locator is not None
    assert reference.locator.value == "7"


def test_references_are_numbered_in_the_order_of_the_file() -> None:
    found = source(
        "{{Infobox lake\n| area = 3<ref>{{cite web|title=First}}</ref>\n}}\nText.<ref>{{cite web|title=Second}}</ref>"
    )
    assert [(item.csl["id"], item.csl["title"]) for item in found.references] == [("a-1", "First"), ("a-2", "Second")]


def test_an_infobox_gives_rows_of_facts_and_no_prose() -> None:
    box = "{{Infobox lake\n| name = Nyx\n| image = nyx.jpg\n| rivers = {{ubl|[[Alph]]|[[Styx]]}}\n}}\n"
    text = box + "'''Nyx''' is a lake."
    assert texts(text, "entry") == ["name: Nyx", "rivers: Alph; Styx"]
    assert texts(text, "paragraph") == ["Nyx is a lake."]


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{lang|fr|le lac}}", "le lac"),
        ("{{nowrap|5 men}}", "5 men"),
        ("{{convert|7|km|mi}}", "7 km"),
        ("{{cvt|3|-|5|m}}", "3–5 m"),
        ("{{circa|1900}}", "c. 1900"),
        ("{{abbr|UN|United Nations}}", "UN"),
        ("a{{snd}}b", "a – b"),
        ("{{flag|Ruritania}}", "Ruritania"),
        ("{{start date|1990|5|6}}", "6 May 1990"),
    ],
)
def test_templates_that_bear_words_leave_them(template: str, words: str) -> None:
    block = source(f"There are {template} here.").blocks[0]
    assert (block.text, block.holes) == (f"There are {words} here.", ())


def test_maintenance_tags_vanish_with_a_reason_and_leave_no_space() -> None:
    found = source("It was presumably{{by whom|date=May 2011}} old {{citation needed}}.")
    assert found.blocks[0].text == "It was presumably old."
    assert not found.blocks[0].holes
    assert [item.reason for item in found.dropped] == ["maintenance tag", "maintenance tag"]


def test_an_unknown_template_in_prose_leaves_a_hole() -> None:
    found = source("The lake is {{Zorblax|9}} deep.\n\nIt is cold.")
    assert [bool(block.holes) for block in found.blocks] == [True, False]
    assert any("zorblax" in item.reason for item in found.dropped)


def test_a_hole_is_where_words_are_missing_and_spoils_its_sentence_alone() -> None:
    (block,) = source("The lake is deep. It holds {{lakevolume|7}} of water. It is old.").blocks
    assert block.text == "The lake is deep. It holds of water. It is old."
    assert block.holes == (len("The lake is deep. It holds"),)


def test_an_unknown_template_on_its_own_line_spoils_no_paragraph() -> None:
    assert not source("{{Lakes of Ruritania box}}\nThe lake is deep.").blocks[0].holes


def test_pictures_categories_comments_and_hatnotes_are_dropped_with_reasons() -> None:
    top = "{{Main|Other lake}}\n[[File:a.jpg|thumb|A [[lake]]]]\n"
    found = source(top + "Text.<!-- hm -->\n\n{{Reflist}}\n[[Category:Lakes]]\n[[fr:Lac]]")
    assert [block.text for block in found.blocks] == ["Text."]
    assert {item.reason for item in found.dropped} == {
        "hatnote",
        "picture",
        "comment",
        "list of references",
        "category",
        "link to another language",
    }


def test_tables_give_rows_and_quotations_stand_alone() -> None:
    table = "{| class=wikitable\n|+ Depths\n! Lake !! Depth\n|-\n| [[Nyx]] || style=x | 5\n|}\n"
    text = table + "He said:\n{{quote|It is<br>deep.}}\nSo."
    assert [(block.kind, block.text) for block in blocks(text)] == [
        ("caption", "Depths"),
        ("table", "Lake | Depth"),
        ("table", "Nyx | 5"),
        ("paragraph", "He said:"),
        ("quote", "It is deep."),
        ("paragraph", "So."),
    ]


def test_what_stands_at_the_back_is_entries() -> None:
    found = source("Text.\n\n== Further reading ==\n* {{cite book|title=Lakes}}\n* See the map.")
    assert [(block.kind, block.text) for block in found.blocks[2:]] == [("entry", "Lakes"), ("entry", "See the map.")]
    assert found.blocks[2].references[0].index == 0


def test_text_in_nowiki_is_words() -> None:
    assert texts("A <nowiki>[[b]] {{c}}</nowiki> d.") == ["A [[b]] {{c}} d."]


def test_an_escaped_article_keeps_the_offsets_of_its_file() -> None:
    text = "A &quot;lake&quot;.&lt;ref&gt;{{cite web|title=A &amp;amp; B}}&lt;/ref&gt; End."
    found = source(text)
    assert found.blocks[0].text == 'A "lake". End.'
    assert text[found.references[0].start : found.references[0].end] == "{{cite web|title=A &amp;amp; B}}"
    assert found.references[0].csl["title"] == "A & B"


def test_windows_line_ends_change_nothing() -> None:
    text = "Lead {{cite web|title=x\n\n== Head ==\n* Item one\n\nLast words."
    plain, windows = source(text), source(text.replace("\n", "\r\n"))
    assert [(block.kind, block.level, block.text) for block in windows.blocks] == [
        (block.kind, block.level, block.text) for block in plain.blocks
    ]
    assert [block.text for block in plain.blocks] == ["Lead", "Head", "Item one", "Last words."]


def test_no_template_stands_in_two_groups_of_the_table() -> None:
    known = tables()
    names = [*known.argument, *known.join, *known.literal, *known.prefix, *known.lists, *known.quotations]
    names += [*known.dropped, *SPECIAL]
    assert sorted(names) == sorted(set(names))


# Half-stripped --------------------------------------------------------------------------------------------------

STRIPPED = """Lake Nyx#Depth

{{Short description|A lake}}

The lake was found in 1900.{{cite web|title=A|url=http://a.example}}\
Smith, John (1990). Lakes (York: Big Press) pp. 7–9. It is cold.

History

Nobody lived there."Ann Poe; The Empty Shore." Institute of Lakes 2010. Later they came.\
[http://b.example/x Ships on Nyx], The Lake Times, 3 May 2011 In June they left.

File:Nyx at dawn.JPG

=Early=

  • First item.{{cite news|title=B}}, p. 12. More.
  • Second item.

==Deeper==

Last words."""


def test_half_stripped_headings_items_and_paragraphs_are_told_apart() -> None:
    found = source(STRIPPED, "x.txt")
    assert found.title == "Lake Nyx"
    assert [(block.kind, block.level, block.text) for block in found.blocks] == [
        ("paragraph", 0, "The lake was found in 1900. It is cold."),
        ("heading", 2, "History"),
        ("paragraph", 0, "Nobody lived there. Later they came. In June they left."),
        ("heading", 3, "Early"),
        ("item", 1, "First item. More."),
        ("item", 1, "Second item."),
        ("heading", 4, "Deeper"),
        ("paragraph", 0, "Last words."),
    ]


def test_references_glued_to_half_stripped_prose_are_cut_out_exactly() -> None:
    found = source(STRIPPED, "x.txt")
    assert [item.raw for item in found.references] == [
        "{{cite web|title=A|url=http://a.example}}",
        "Smith, John (1990). Lakes (York: Big Press) pp. 7–9.",
        '"Ann Poe; The Empty Shore." Institute of Lakes 2010.',
        "[http://b.example/x Ships on Nyx], The Lake Times, 3 May 2011",
        "{{cite news|title=B}}",
    ]
    assert all(STRIPPED[item.start : item.end] == item.raw for item in found.references)


def test_a_page_behind_a_glued_citation_is_its_locator() -> None:
    locator = source(STRIPPED, "x.txt").references[-1].locator
    assert locator is not None
    assert (locator.label, locator.value) == ("page", "12")


def test_glued_words_that_are_no_clear_reference_make_the_passage_unusable() -> None:
    found = source("  • It froze.\n\nIt froze.But nobody knows when it did or for how long\n\n=A=\n\nB c.", "x.txt")
    assert [bool(block.holes) for block in found.blocks if block.kind != "heading"] == [False, True, False]


@pytest.mark.parametrize("words", ["The U.S.Army came.", "He read DAWN.COM daily.", 'She said "no." Then "yes."'])
def test_full_stops_inside_names_are_no_glue(words: str) -> None:
    found = source(f"  • x\n\n{words}\n\n=A=\n\nB c.", "x.txt")
    assert (found.blocks[1].text, found.blocks[1].holes) == (words, ())


# Broken markup --------------------------------------------------------------------------------------------------


def test_an_infobox_that_never_closes_ends_where_prose_begins() -> None:
    text = "{{Infobox lake\n| name = Nyx\n\n| depth = 5{{cite web|title=D}}\n\nThe lake is deep.\n\n== More ==\nWords."
    found = source(text)
    assert [(block.kind, block.text) for block in found.blocks] == [
        ("entry", "name: Nyx"),
        ("entry", "depth: 5"),
        ("paragraph", "The lake is deep."),
        ("heading", "More"),
        ("paragraph", "Words."),
    ]


def test_a_list_left_open_in_an_infobox_ends_at_the_next_parameter() -> None:
    text = "{{Infobox lake\n| a = {{plainlist|\n* One\n* Two\n\n| b = Three\n}}\nProse here."
    assert texts(text) == ["a: One; Two", "b: Three", "Prose here."]


def test_a_citation_that_never_closes_costs_its_line_alone() -> None:
    found = source("Bad {{cite web|title=x and more words\n\nGood words.{{cite web|title=y}}\n\n== End ==\nFine.")
    assert [(block.text, bool(block.holes)) for block in found.blocks if block.kind == "paragraph"] == [
        ("Bad", True),
        ("Good words.", False),
        ("Fine.", False),
    ]
    assert [item.csl["title"] for item in found.references] == ["y"]


@pytest.mark.parametrize("text", ["{{" * 50_000, "{{" * 50_000 + "}}" * 50_000, "[[" * 50_000, "<ref>" * 20_000])
def test_a_hundred_thousand_brackets_are_survived(text: str) -> None:
    reading = read(Document("a", "x.wiki", "0", text + "\n\n== Head ==\nLast words."))
    assert reading.source is not None
    assert reading.source.blocks[-1].text == "Last words."


def test_text_without_words_is_one_problem() -> None:
    reading = read(Document("a", "x.wiki", "0", "{{Short description|x}}\n"))
    assert reading.source is None
    assert [problem.severity for problem in reading.problems] == ["error"]


PIECES = st.sampled_from(
    [
        "{{",
        "}}",
        "[[",
        "]]",
        "|",
        "=",
        "==",
        "\n",
        "\n\n",
        "*",
        "#",
        "''",
        "'''",
        "<ref>",
        "</ref>",
        "<ref/>",
        "<!--",
        "-->",
        "<nowiki>",
        "</nowiki>",
        "{|",
        "|}",
        "|-",
        "[http://a",
        "]",
        ".",
        '"',
        "cite",
        "web|",
        "title=",
        "Infobox",
        "File:",
        "plainlist|",
        "•",
        "Smith,",
        "2010",
        "word",
        "Word,",
        "&lt;",
        "&amp;",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join))
def test_any_text_is_read_without_an_exception_and_leaves_no_markup_marks(text: str) -> None:
    found = read(Document("a", "x.wiki", "0", text)).source
    looks_like_wikitext(text)
    for block in found.blocks if found else ():
        assert block.text.strip() == block.text != ""
        assert 0 <= block.start <= block.end <= len(text)
        assert not any("\ufdd0" <= character <= "\ufdef" for character in block.text)
        assert all(0 <= mark.offset <= len(block.text) for mark in block.references)
    for item in found.references if found else ():
        assert text[item.start : item.end] == item.raw


# Detection and metadata -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["== A ==\nB '''c'''.", "A.<ref>b</ref> [[c]]", STRIPPED, "x{{cite web|title=y}}"])
def test_wikitext_is_recognised(text: str) -> None:
    assert looks_like_wikitext(text)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>{{cite web}}</p>",
        "# Title\n\nSome [link](http://a.example) and [[note]] with {{ variable }}.",
        "Plain words of a page.\n\nAnother paragraph; a == b.\n",
        "Title\n=====\n\nText\n\nSection\n-------\n",
    ],
)
def test_other_text_is_not_taken_for_wikitext(text: str) -> None:
    assert not looks_like_wikitext(text)


def test_the_metadata_say_where_they_come_from() -> None:
    found = source(
        "{{Use dmy dates|date=May 2020}}\nThe '''lake Nyx''' is deep.<ref>{{cite web|title=A}}</ref>", "f_1.wiki"
    )
    assert (found.kind, found.title, found.publisher, found.published) == (
        "encyclopedia",
        "Lake Nyx",
        "Wikipedia",
        None,
    )
    assert found.origins["publisher"] == "wikitext templates"
    assert source("== A ==\nWords.", "dir/my_file.wiki").title == "my file"


# Gold -----------------------------------------------------------------------------------------------------------


def _degrade(text: str) -> str:
    spec = importlib.util.spec_from_file_location("degrade", SHARED / "evals" / "wikitext" / "degrade.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.degrade(text))


def _gold(path: Path) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return result


@needs_shared
@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("stripped", [False, True], ids=["whole", "half-stripped"])
def test_articles_have_their_headings_and_citations(article: Path, stripped: bool) -> None:
    text = article.read_text("utf-8")
    gold = _gold(article.parents[1] / "gold" / f"{article.stem}.json")
    text = _degrade(text) if stripped else text
    found = source(text, article.name)
    headings = [block for block in found.blocks if block.kind == "heading"]
    assert [block.level for block in headings] == [heading["level"] for heading in gold["headings"]]
    cites = [item for item in found.references if item.raw.lower().startswith(("{{cite ", "{{citation"))]
    assert len(cites) == text.lower().count("{{cite ") + text.lower().count("{{citation|") + text.lower().count(
        "{{citation |"
    )


@pytest.mark.skipif(not SHARED.is_dir(), reason="the gold documents beside the project are not here")
def test_the_half_stripped_document_is_read_as_its_gold_says() -> None:
    gold = _gold(next((SHARED / "evals" / "seeds").glob("000_*.json")))
    text = (SHARED / "sources" / gold["file"]).read_text("utf-8")
    found = source(text, gold["file"])
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    assert found.title == gold["title"]
    headings = [(block.level, block.text) for block in found.blocks if block.kind == "heading"]
    assert headings == [(heading["level"], heading["text"]) for heading in gold["headings"]]
    paragraphs = [(block.start, block.end) for block in found.blocks if block.kind == "paragraph"]
    assert paragraphs == [(starts[line - 1], starts[line] - 1) for line in gold["paragraph_lines"]]
    assert sum(block.kind == "item" for block in found.blocks) == gold["content_list_items"]
    cites = {(item.start, item.end) for item in found.references}
    assert cites == {(item["start"], item["end"]) for item in [*gold["cites"], *gold["bare_references"]]}
    assert not any(block.holes for block in found.blocks)
