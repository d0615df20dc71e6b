"""Short references: names and a year that stand for a work given in full elsewhere in the article."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.model import Locator, Source
from briefgen.readers.document import Document
from briefgen.readers.wikitext import read
from briefgen.readers.wikitext.short import keys_of, shorts_in_words

WORKS = """
== Sources ==
* {{cite book|last=Poe|first=Ann|title=The Deep|year=2001}}
* {{cite book|last1=Poe|first1=Ann|last2=Kay|first2=Bo|title=Shores|date=5 May 2002}}
* {{cite journal|last=Poe|first=Ann|title=Ice|date=2003a}}
* {{cite journal|last=Poe|first=Ann|title=Snow|date=2003b}}
* {{cite report|title=Depths|publisher=Lake Office|date=2004|ref={{harvid|Lake Office|2004}}}}
* {{cite web|title=Map of Nyx|ref=CITEREFMap}}
* {{cite book|author=Ludwig van Horn|author2=Cy Dee|author3=Ed Eff|author4=Gi Aitch|author5=Jo Kay|title=Many
|year=2005}}
"""


def source(text: str) -> Source:
    found = read(Document("a", "lake.wiki", "0", text)).source
    assert found is not None
    return found


def cited(text: str) -> list[tuple[str, Locator | None]]:
    """The titles and places of the works that the first block of `text` cites, in order."""
    found = source(text + WORKS)
    references = [found.references[mark.index] for mark in found.blocks[0].references]
    return [(str(item.csl.get("title", "")), item.locator) for item in references]


def page(value: str) -> Locator:
    return Locator("page", value)


@pytest.mark.parametrize("name", ["sfn", "Sfnp", "harv", "harvnb", "harvtxt", "harvp", "harvcol", "harvcoltxt"])
def test_a_short_reference_cites_the_work_of_that_name_and_year(name: str) -> None:
    assert cited(f"It is deep.<ref>{{{{{name}|Poe|2001|p=7}}}}</ref>") == [("The Deep", page("7"))]


@pytest.mark.parametrize(
    ("template", "title", "place"),
    [
        ("{{sfn|Poe|Kay|2002|pp=5-6}}", "Shores", page("5–6")),
        ("{{sfn|Poe|2003a}}", "Ice", None),
        ("{{sfn|Poe|2003b|loc=ch. 2}}", "Snow", Locator("section", "ch. 2")),
        ("{{sfn|Lake Office|2004|p=3|loc=note 1}}", "Depths", page("3, note 1")),
        ("{{sfn|Map}}", "Map of Nyx", None),
        ("{{sfn|somebody|2009|ref=CITEREFMap}}", "Map of Nyx", None),
        ("{{sfn|van Horn|Dee|Eff|Aitch|2005|page=1}}", "Many", page("1")),
        ("{{sfn|van Horn|2005}}", "Many", None),
        ("{{sfn| [[Ann Poe|Poe]] | 2001 }}", "The Deep", None),
    ],
)
def test_names_years_letters_and_anchors_find_the_work(template: str, title: str, place: Locator | None) -> None:
    assert cited(f"It is deep.{template}") == [(title, place)]


def test_several_works_in_one_note_are_several_references() -> None:
    expected = [("The Deep", page("5")), ("Shores", page("7"))]
    assert cited("Deep.{{sfnm|1a1=Poe|1y=2001|1p=5|2a1=Poe|2a2=Kay|2y=2002|2p=7}}") == expected
    assert cited("Deep.{{sfnm|Poe|2001|1p=5|Poe|Kay|2002|2p=7}}") == expected


@pytest.mark.parametrize(
    ("words", "works"),
    [
        ("Poe 2001, p. 7.", [("The Deep", page("7"))]),
        ("Poe (2001), pp. 7–9", [("The Deep", page("7–9"))]),
        ("See Poe & Kay 2002: 12", [("Shores", page("12"))]),
        ("Poe and Kay, 2002.", [("Shores", None)]),
        ("van Horn et al. 2005, p. 3", [("Many", page("3"))]),
        ("Poe 2001, p. 7; Poe 2003a, p. 8.", [("The Deep", page("7")), ("Ice", page("8"))]),
    ],
)
def test_a_short_reference_in_words_cites_the_work(words: str, works: list[tuple[str, Locator | None]]) -> None:
    assert cited(f"It is deep.<ref>{words}</ref>") == works


def test_words_that_might_mean_two_works_or_none_stand_for_themselves() -> None:
    found = source("Deep.{{sfn|Poe|2003}} Cold.{{sfn|Nobody|Else|1999|p=4}}<ref>Nobody 2001, p. 4.</ref>" + WORKS)
    first, second, third = found.references[:3]
    assert first.csl == {
        "type": "document",
        "author": [{"literal": "Poe"}],
        "issued": {"date-parts": [[2003]]},
        "id": "a-1",
    }
    assert second.csl["author"] == [{"literal": "Nobody"}, {"literal": "Else"}]
    assert (third.csl["author"], third.csl["issued"]) == ([{"literal": "Nobody"}], {"date-parts": [[2001]]})
    assert second.locator == third.locator == page("4")


def test_all_references_to_one_work_share_its_item() -> None:
    found = source("Deep.{{sfn|Poe|2001|p=1}} Cold.{{sfn|Poe|2001|p=2}}" + WORKS)
    items = [item.csl for item in found.references if item.csl["title"] == "The Deep"]
    assert len(items) == 3
    assert items[0] == items[1] == items[2]


def test_each_short_reference_is_found_at_its_place_in_the_file() -> None:
    text = "Deep.{{sfn|Poe|2001|p=1}} Cold.<ref>Poe 2002, p. 2.</ref>" + WORKS
    found = source(text)
    assert [item.raw for item in found.references[:2]] == ["{{sfn|Poe|2001|p=1}}", "Poe 2002, p. 2."]
    assert all(text[item.start : item.end] == item.raw for item in found.references)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{harvtxt|Poe|2001}}", "As Poe (2001) says."),
        ("{{harvtxt|Poe|2001|p=5}}", "As Poe (2001, p. 5) says."),
        ("{{harvcoltxt|Poe|2001|p=5}}", "As Poe (2001:5) says."),
        ("{{harvnb|Poe|Kay|2002|pp=5–6}}", "As Poe & Kay 2002, pp. 5–6 says."),
        ("{{harvnb|van Horn|Dee|Eff|Aitch|2005}}", "As van Horn et al. 2005 says."),
        ("{{harvtxt|Bo|Cy|Di|1990}}", "As Bo, Cy & Di (1990) says."),
        ("{{harv|Poe|2001}}", "As says."),
    ],
)
def test_names_in_running_text_stay_words(template: str, words: str) -> None:
    block = source(f"As {template} says." + WORKS).blocks[0]
    assert (block.text, block.holes, len(block.references)) == (words, (), 1)


def test_a_page_behind_a_reference_is_that_use_of_it_alone() -> None:
    text = 'Deep.<ref name="d">{{cite book|title=The Deep}}</ref>{{rp|12}} Cold.<ref name=d/>{{rp|pages=13–14}}'
    text += " Old.<ref name=d/>"
    assert cited(text) == [("The Deep", page("12")), ("The Deep", page("13–14")), ("The Deep", None)]
    assert len({item.csl["id"] for item in source(text).references}) == 1


def test_a_page_behind_nothing_is_left_out() -> None:
    found = source("It is deep {{rp|12}}. Cold.<ref name=unknown/>{{rp|3}}")
    assert found.references == ()
    assert [item.reason for item in found.dropped] == ["page of a reference"]


def test_named_references_are_used_again_by_template_too() -> None:
    text = "One.<ref name=d>{{cite book|title=Deep}}</ref> Two.{{r|d|p=4}} Three.{{r|d}}"
    assert cited(text) == [("Deep", None), ("Deep", page("4")), ("Deep", None)]


def test_groups_keep_names_apart() -> None:
    text = "One.<ref name=d group=n>{{cite book|title=A}}</ref><ref name=d>{{cite book|title=B}}</ref>"
    text += " Two.<ref group=n name=d />"
    assert [title for title, _ in cited(text)] == ["A", "B", "A"]


@pytest.mark.parametrize(
    "listed", ["{{{{reflist|refs={}}}}}", "<references>\n{}\n</references>", '<references group="">{}</references>']
)
def test_references_may_be_defined_in_the_list_at_the_end(listed: str) -> None:
    end = listed.format("<ref name=d>{{cite book|title=Deep}}</ref>")
    found = source(f"It is deep.<ref name=d />\n\n== References ==\n{end}")
    assert [block.text for block in found.blocks] == ["It is deep.", "References"]
    assert [found.references[mark.index].csl["title"] for mark in found.blocks[0].references] == ["Deep"]


def test_the_words_of_notes_are_dropped_and_their_citations_stay() -> None:
    text = "One.{{efn|name=n|Some say so.<ref>{{cite book|title=A}}</ref>}} "
    text += "Two.{{efn|name=n}} Three.{{refn|group=x|{{cite book|title=B}}}}"
    found = source(text)
    assert found.blocks[0].text == "One. Two. Three."
    assert [found.references[mark.index].csl["title"] for mark in found.blocks[0].references] == ["A", "A", "B"]
    assert [item.reason for item in found.dropped] == ["explanatory note"] * 3


def test_half_stripped_short_references_glued_to_prose_are_no_words() -> None:
    works = WORKS.replace("== Sources ==", "Sources\n").replace("* ", "  • ")
    found = source(f"Lake\n\nIt is deep.{{{{harvnb|Poe|2001|p=5}}}} It is cold.Poe 2001, p. 6. It is old.\n\n{works}")
    assert found.blocks[0].text == "It is deep. It is cold. It is old."
    first, second = (found.references[mark.index] for mark in found.blocks[0].references)
    assert [(item.csl["title"], item.locator) for item in (first, second)] == [
        ("The Deep", page("5")),
        ("The Deep", page("6")),
    ]


@pytest.mark.parametrize(
    "words", ["A lake in the north", "Poe, Ann (2001). The Deep. York.", "2001", "Lake Times, 3 May 2001", "p. 12"]
)
def test_other_words_are_no_short_reference(words: str) -> None:
    assert shorts_in_words(words) == []


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(["Poe", " 2001", " & ", ", p. 5", "; ", "et al.", "(", ")", "a"]) | st.text(max_size=5))
)
def test_any_words_are_asked_for_short_references(parts: list[str]) -> None:
    words = "".join(parts)
    csl: dict[str, Any] = {"author": [{"literal": words}]}
    shorts = shorts_in_words(words)
    assert all(short.names and short.year for short in shorts)
    assert keys_of(csl, (words,), words) == keys_of(csl, (words,), words)
