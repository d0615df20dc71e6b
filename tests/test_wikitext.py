"""The wikitext reader: whole articles, half-stripped ones, and whatever else is thrown at it."""

import html
import re
from pathlib import Path

import mwparserfromhell
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from briefgen.model import Block, Source
from briefgen.readers.document import Document
from briefgen.readers.wikitext import looks_like_wikitext, read
from briefgen.readers.wikitext.tables import tables


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
        ("{{convert|7|km|mi}}", "7 kilometres (4.3 mi)"),
        ("{{cvt|3|-|5|m|ft}}", "3–5 m (9.8–16.4 ft)"),
        ("{{circa|1900}}", "c. 1900"),
        ("{{abbr|UN|United Nations}}", "UN"),
        ("a{{snd}}b", "a – b"),
        ("{{flag|Ruritania}}", "Ruritania"),
        ("{{start date|1990|5|6}}", "May 6, 1990"),
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
    top = "{{Main|Other lake}}\n[[File:a.jpg|20px|A [[lake]]]]\n"
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


@pytest.mark.parametrize(
    "picture",
    [
        "[[File:a.jpg|thumb|upright=1.2|left|alt=x|Nyx at ''dawn'' in [[May]]]]",
        "[[Image:a.jpg|frame|Nyx at dawn in May|link=]]",
        "{{multiple image|image1=a.jpg|caption1=Nyx at dawn in May|width=20}}",
        "<gallery>\na.jpg|Nyx at dawn in May\n</gallery>",
        '<gallery mode="packed">File:a.jpg|alt=x|Nyx at dawn in May\nFile:b.jpg\n</gallery>',
        "{{Infobox lake|image=a.jpg\n|image_caption=Nyx at dawn in May}}",
    ],
)
def test_captions_are_blocks_of_their_own(picture: str) -> None:
    found = blocks(f"Before.\n\n{picture}\n\nAfter.")
    assert [(block.kind, block.text) for block in found] == [
        ("paragraph", "Before."),
        ("caption", "Nyx at dawn in May"),
        ("paragraph", "After."),
    ]


def test_a_picture_inside_a_paragraph_leaves_it_whole_and_keeps_its_citation() -> None:
    text = (
        "The lake\n[[File:a.jpg|thumb|Dawn.<ref>{{cite book|title=A}}</ref>]]\nis deep.<ref>{{cite book|title=B}}</ref>"
    )
    found = source(text)
    assert [(block.kind, block.text, [mark.index for mark in block.references]) for block in found.blocks] == [
        ("paragraph", "The lake is deep.", [1]),
        ("caption", "Dawn.", [0]),
    ]


@pytest.mark.parametrize("tag", ["blockquote", "poem", 'blockquote style="x"'])
def test_quotations_in_tags_are_quotes(tag: str) -> None:
    end = tag.split()[0]
    text = f"He said:\n<{tag}>It is deep.\nIt is cold.</{end}>\nSo.\n\n<{tag}>\nOne.\n\nTwo.\n</{end}>\nLast."
    assert [(block.kind, block.text) for block in blocks(text)] == [
        ("paragraph", "He said:"),
        ("quote", "It is deep. It is cold."),
        ("paragraph", "So."),
        ("quote", "One."),
        ("quote", "Two."),
        ("paragraph", "Last."),
    ]


def test_a_quotation_or_table_that_never_closes_ends_at_the_next_heading() -> None:
    for opening in ("<blockquote>\n", "{|\n| "):
        assert blocks(f"Lead.\n{opening}Some words\n\n== Next ==\nPlain words.")[-1].kind == "paragraph"


def test_cells_lose_their_settings_and_tables_inside_are_dropped_with_a_reason() -> None:
    inner = "{|\n| inner\n|}"
    rows = '! scope="col" rowspan=2 | Lake !! colspan="2" | Depth\n|-\n| Nyx || 5 || {{cvt|7|km|mi}}\n|-\n'
    rows += f"| One<br>two\n{inner}\n"
    found = source(f"Lead.\n{{| class=wikitable\n|+ Lakes\n{rows}|}}\nLast.")
    assert [(block.kind, block.text) for block in found.blocks] == [
        ("paragraph", "Lead."),
        ("caption", "Lakes"),
        ("table", "Lake | Depth"),
        ("table", "Nyx | 5 | 7 km (4.3 mi)"),
        ("table", "One two"),
        ("paragraph", "Last."),
    ]
    assert "table inside a table" in {item.reason for item in found.dropped}


def test_lists_of_all_kinds_are_items_with_their_level() -> None:
    text = "* One\n** Two\n*# Three\n; Term\n: Meaning\n:: Deeper\n# Four<br/>and on"
    assert [(block.kind, block.level, block.text) for block in blocks(text)] == [
        ("item", 1, "One"),
        ("item", 2, "Two"),
        ("item", 2, "Three"),
        ("item", 1, "Term"),
        ("item", 1, "Meaning"),
        ("item", 2, "Deeper"),
        ("item", 1, "Four and on"),
    ]


def test_formulas_are_holes() -> None:
    (block,) = blocks("It holds that <math>E = mc^2</math> in lakes.")
    assert (block.text, block.holes) == ("It holds that in lakes.", (len("It holds that"),))


def test_links_to_other_sites_are_kept_and_others_are_not() -> None:
    (block,) = blocks(
        "See [https://a.example/?q=1&amp;r=2 the ''old'' map] of [[Nyx]] and [//b.example], [//c.example C]."
    )
    assert block.text == "See the old map of Nyx and, C."
    assert [(block.text[link.start : link.end], link.url) for link in block.links] == [
        ("the old map", "https://a.example/?q=1&r=2"),
        ("C", "https://c.example"),
    ]


def test_a_link_of_which_no_words_are_known_is_none() -> None:
    (block,) = blocks("See [https://a.example {{zorblax}}] there.")
    assert (block.text, block.links, block.holes) == ("See there.", (), (len("See"),))


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
    names += [*known.dropped, *known.made, *known.ships, *known.short, *known.holes]
    names += [*known.around, *known.chosen, *known.cells]
    assert sorted(names) == sorted(set(names))


def test_a_pronunciation_is_left_out_of_an_aside_but_is_a_hole_elsewhere() -> None:
    found = blocks("Nyx ({{IPA|/nɪks/}}; Greek) is deep.\n\nThe vowel {{IPA|/ɪ/}} is short.")
    assert [(block.text, block.holes) for block in found] == [
        ("Nyx (Greek) is deep.", ()),
        ("The vowel is short.", (len("The vowel"),)),
    ]


def test_the_words_that_a_remark_is_about_stay() -> None:
    text = "It is {{citation needed span|text=very deep|date=May 2010}} and {{sort|02|cold}}{{break}}and dark."
    assert [(block.text, block.holes) for block in blocks(text)] == [("It is very deep and cold and dark.", ())]


def test_apostrophes_from_templates_are_no_emphasis() -> None:
    assert texts("The ''Nyx''{{'s}} bell and l{{'}}''eau''.") == ["The Nyx's bell and l'eau."]


def test_an_amount_with_a_year_is_followed_by_a_hole() -> None:
    found = blocks("It cost {{US$|40|1999}} then.")[0]
    assert (found.text, found.holes) == ("It cost US$40 then.", (len("It cost US$40"),))


def test_a_box_without_an_end_stops_before_the_lead() -> None:
    text = "{{Infobox lake\n| name = Nyx\n| depth = 5\n'''Nyx''' is a [[lake]].\n\nIt is deep."
    assert [(block.kind, block.text) for block in blocks(text)] == [
        ("entry", "name: Nyx"),
        ("entry", "depth: 5"),
        ("paragraph", "Nyx is a lake."),
        ("paragraph", "It is deep."),
    ]


def test_table_cells_lose_their_settings_and_the_marks_of_lists() -> None:
    text = '{|\n| Total\n| colspan=2 style="x" {{n/a}}\n| Lakes\n* Nyx\n* Hel\n| width=5 km\n|}'
    assert texts(text, "table") == ["Total | N/A | Lakes Nyx Hel | width=5 km"]


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


def test_half_stripped_text_is_told_by_the_bare_title_of_its_references() -> None:
    text = "Nyx is a lake.\n\nHistory\n\nIt was found in 1900.\n\nReferences\n\n{{reflist}}"
    assert texts(text, "heading") == ["History", "References"]


def test_a_half_stripped_heading_may_end_in_an_abbreviation() -> None:
    text = "Nyx is a lake.\n\nOffice in Washington, D.C.\n\nIt is deep.\n\n=Later=\n\nIt is cold."
    assert texts(text, "heading") == ["Office in Washington, D.C.", "Later"]


@pytest.mark.parametrize(
    "prose",
    [
        "The lake is deep. Retrieved 2006-12-08.",
        "The lake is deep,Shaw, pg. 40 by the shore.",
        "Of Lake LetheA list of all works in it was made.",
        "It has six streams.[Article 59 of the law of lakes] They are cold.",
        "It was found in the 6th centuryDoble, G. H. and named.",
        "The state has much self-government., United Kingdom Home Office.",
    ],
)
def test_what_reads_like_the_rest_of_a_reference_is_a_hole_in_half_stripped_prose(prose: str) -> None:
    found = blocks(f"{prose}\n\n=Later=\n\nIt is cold.", "paragraph")
    assert found[0].holes
    assert not found[1].holes


def test_a_reference_glued_inside_a_word_is_cut_out() -> None:
    text = 'It lies in the valleyDoble, Ann. "The Valley." Lake Press, 1999. It is deep.\n\n=Later=\n\nCold.'
    found = source(text)
    assert found.blocks[0].text == "It lies in the valley It is deep."
    assert [reference.csl["title"] for reference in found.references] == ["The Valley"]


def test_a_name_with_a_capital_inside_is_no_reference() -> None:
    prose = "The works LinkedIn, Mountain, and YouTube, Inc., were named by MacDonald, J. in 1999."
    assert blocks(f"{prose}\n\n=Later=\n\nCold.", "paragraph")[0].text == prose


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


ARTICLE = """{{Short description|A lake}}
{{Infobox lake
| name = Nyx
| rivers = {{ubl|[[Alph]]|[[Styx]]}}<ref name="r">{{cite web|title=Rivers|url=http://a.example}}</ref>
}}
'''Nyx''' is a [[lake]] of {{convert|7|km2}}.<ref name=r /><ref>Poe, Ann (1990). ''Lakes''. Press, p. 7.</ref>
[[File:a.jpg|thumb|The lake{{sfn|Poe|1990|p=3}}]]

== History ==
<blockquote>It is deep.</blockquote>
* One [http://b.example label]{{efn|A note.}}
** Two &amp; three <!-- hidden -->
{| class=wikitable
|+ Depths
! A !! B
|-
| 1 || {{zork|2}}
|}

== Sources ==
* {{cite book|last=Poe|title=Lakes|year=1990}}
<references/>
"""


@st.composite
def mutated(draw: st.DrawFn, text: str = ARTICLE) -> str:
    """An article with a few stretches cut out, doubled, or broken up by pieces of markup."""
    for _ in range(draw(st.integers(1, 6))):
        start, length = draw(st.integers(0, len(text))), draw(st.integers(0, 40))
        middle = draw(PIECES | st.just("") | st.just(text[start : start + length] * 2))
        text = text[:start] + middle + text[start + length * draw(st.booleans()) :]
    return text


@settings(max_examples=200, deadline=None)
@given(mutated() | st.lists(PIECES, max_size=30).map("".join))
def test_broken_articles_keep_their_blocks_in_place_and_read_the_same_twice(text: str) -> None:
    reading = read(Document("a", "x.wiki", "0", text))
    assert reading == read(Document("a", "x.wiki", "0", text))
    found = reading.source
    assert bool(found) != any(problem.severity == "error" for problem in reading.problems)
    blocks = found.blocks if found else ()
    assert [block.start for block in blocks] == sorted(block.start for block in blocks)
    for block in blocks:
        assert block.text == " ".join(block.text.split()) != ""
        assert all(0 <= hole <= len(block.text) for hole in block.holes)
        assert all(0 <= link.start < link.end <= len(block.text) for link in block.links)
        assert found is not None
        assert all(mark.index < len(found.references) for mark in block.references)


@settings(max_examples=200, deadline=None)
@given(mutated(ARTICLE.replace("convert|", "zork|")))
def test_the_letters_of_a_block_stand_in_its_part_of_the_file_in_order(text: str) -> None:
    assume(not any(name.strip().lower() in tables().literal for name in re.findall(r"\{\{([^|{}]*)", text)))
    found = read(Document("a", "x.wiki", "0", text)).source
    for block in found.blocks if found else ():
        rest = iter(html.unescape(text[block.start : block.end]))
        assert all(letter in rest for letter in block.text if letter.isalpha())


def _own_citations(text: str) -> list[str]:
    found = read(Document("a", "x.wiki", "0", text)).source
    references = found.references if found else ()
    return sorted(item.raw for item in references if re.match(r"\{\{\s*cit(?:e |ation\s*\|)", item.raw, re.IGNORECASE))


def _their_citations(text: str) -> list[str]:
    templates = mwparserfromhell.parse(text).filter_templates()
    names = [(str(one.name).strip().lower(), str(one)) for one in templates]
    return sorted(raw for name, raw in names if name.startswith("cite ") or name == "citation")


_CLOSING = {"<r": "</ref>", "{{": "}}", "[[": "]]"}
SAMPLES = sorted((Path(__file__).parent / "samples").rglob("*.wikitext"))


@pytest.mark.parametrize("text", [ARTICLE, *(path.read_text("utf-8") for path in SAMPLES)])
def test_another_parser_finds_the_same_citations(text: str) -> None:
    assert _own_citations(text) == _their_citations(text) != []


@settings(max_examples=100, deadline=None)
@given(
    st.recursive(
        st.sampled_from(["words ", "[[a|b]] ", "{{cite web|title=A|url=http://a.example}}", "{{citation|title=B}}"]),
        lambda inner: st.builds(
            "{}{}{}".format,
            st.sampled_from(["<ref>", "<ref name=a>", "{{nowrap|", "{{efn|", "{{zork|x|", "* ", "[[File:a.jpg|thumb|"]),
            inner,
            inner,
        ).map(lambda text: text + _CLOSING.get(text[:2], "")),
        max_leaves=12,
    )
)
def test_another_parser_finds_the_same_citations_in_any_whole_text(text: str) -> None:
    assert _own_citations(f"Lead. {text}\n") == _their_citations(f"Lead. {text}\n")


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


EXPORT = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="{language}">
  <siteinfo><sitename>Wikipedia</sitename></siteinfo>
  <page>
    <title>Nyx &amp; Styx</title>
    <revision><timestamp>2019-03-04T05:06:07Z</timestamp><text bytes="9">Old words.</text></revision>
    <revision><timestamp>2020-03-04T05:06:07Z</timestamp>
      <text bytes="90" xml:space="preserve">A &quot;lake&quot;.&lt;ref&gt;{{{{cite web|title=A}}}}&lt;/ref&gt;

{{{{PAGENAME}}}} is deep.</text></revision>
  </page>
</mediawiki>
"""


def test_an_export_gives_the_last_revision_of_its_page_with_its_day_and_title() -> None:
    text = EXPORT.format(language="en-GB")
    found = source(text, "nyx.txt")
    assert [block.text for block in found.blocks] == ['A "lake".', "Nyx & Styx is deep."]
    assert (found.title, found.publisher, found.modified, found.language) == (
        "Nyx & Styx",
        "Wikipedia",
        "2020-03-04",
        "en-GB",
    )
    assert found.origins["modified"] == "<timestamp>2020-03-04T05:06:07Z</timestamp>"
    assert [text[item.start : item.end] for item in found.references] == ["{{cite web|title=A}}"]
    assert text[found.blocks[1].start : found.blocks[1].end] == "{{PAGENAME}} is deep."
    assert looks_like_wikitext(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<mediawiki><page><title>A</title></page><page><title>B</title></page></mediawiki>", "holds 2 pages"),
        ("<mediawiki></mediawiki>", "holds no page"),
        ("<mediawiki><page><title>A</title></page></mediawiki>", "holds no words"),
        ('<?xml version="1.0"?><rss><item>A lake.</item></rss>', "no export of a wiki"),
        ("#REDIRECT [[Lake Nyx#Depth]]\n\n{{R from move}}", "leads to 'Lake Nyx'"),
        ("#WEITERLEITUNG [[Nyxsee]]", "leads to 'Nyxsee'"),
        ("#redirect: [[]]", "leads to 'another page'"),
    ],
)
def test_what_holds_no_article_is_one_clear_problem(text: str, message: str) -> None:
    reading = read(Document("a", "x.xml", "0", text))
    assert reading.source is None
    assert [message in problem.message for problem in reading.problems] == [True]
    assert reading.problems[0].hint


def test_a_list_of_articles_of_one_name_is_doubted() -> None:
    reading = read(Document("a", "x.wiki", "0", "Nyx may be:\n* [[Lake Nyx]], a lake\n\n{{disambiguation|geo}}"))
    assert reading.source is not None
    assert [(problem.severity, problem.where and problem.where.line) for problem in reading.problems] == [
        ("warning", 4)
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der See.<ref>{{Internetquelle|titel=A}}</ref>\n[[Datei:a.jpg|mini|Der See]]\n[[Kategorie:See]]", "de"),
        ("Le lac.<ref>{{Lien web|titre=A}}</ref>\n[[Catégorie:Lac]]", "fr"),
        ("The lake.\n[[Category:Lakes]]\n[[File:a.jpg]]", "en"),
        ("The lake.\n[[Kategorie:Lakes]]", "en"),
        ("[[Kategori:A]] [[Kategori:B]] Words.", "en"),
    ],
)
def test_the_language_is_told_by_the_words_of_the_markup(text: str, language: str) -> None:
    found = source(text)
    assert found.language == language
    assert ("language" in found.origins) == (language != "en")
    assert not any("[" in block.text or ":" in block.text for block in found.blocks)
