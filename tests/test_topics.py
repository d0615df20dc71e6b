from pathlib import Path

import pytest

from briefgen.compose.candidates import candidates
from briefgen.compose.scoring import topic_scorer
from briefgen.library import open_library
from briefgen.model import BulletsBlock, LocatedBlock, TimelineBlock
from briefgen.problems import Location
from briefgen.topics import Facet, load_topics

OWN = """\
title: Rivers
question: Where do they flow?
aliases: streams
terms: {river*: 2, source of: 0.5}
headings: [course]
facets:
  - title: Upper
    terms: [spring, brook]
blocks:
  - timeline:
  - bullets: {at_most: 3}
opening: spring brook
"""


def own(folder: Path, **files: str) -> Path:
    for stem, text in files.items():
        (folder / f"{stem}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_built_in_topics_have_no_problem_and_say_what_a_section_needs() -> None:
    topics, problems = load_topics(None)
    assert problems == ()
    assert list(topics) == ["foreign-ties", "history", "leadership", "sanctions"]
    for topic in topics.values():
        assert topic.question.endswith("?")
        assert topic.opening
        assert topic.blocks
        assert min(topic.terms.values()) > 0


def test_places_in_built_in_topics_are_the_same_on_every_machine() -> None:
    topics, _ = load_topics(None)
    assert {topic.where.file for topic in topics.values()} == {f"briefgen/topics/{stem}.yaml" for stem in topics}
    assert topics["history"].blocks[0].where.file == "briefgen/topics/history.yaml"


def test_an_own_topic_is_read_with_all_its_values(tmp_path: Path) -> None:
    topics, problems = load_topics(own(tmp_path, rivers=OWN))
    assert problems == ()
    rivers = topics["rivers"]
    file = str(tmp_path / "rivers.yaml")
    assert (rivers.id, rivers.title, rivers.question) == ("rivers", "Rivers", "Where do they flow?")
    assert (rivers.aliases, rivers.headings, rivers.opening) == (("streams",), ("course",), "spring brook")
    assert rivers.terms == {"river*": 2.0, "source of": 0.5}
    assert rivers.facets == (Facet("Upper", ("spring", "brook")),)
    assert rivers.where == Location(file, 1, 1)
    marked = {key: Location(file, 11, 24) for key in ("at_most", "at_most/3")}
    assert rivers.blocks == (
        LocatedBlock(TimelineBlock(), Location(file, 10, 5)),
        LocatedBlock(BulletsBlock(at_most=3), Location(file, 11, 5), marked),
    )


def test_an_own_topic_takes_the_place_of_the_built_in_one(tmp_path: Path) -> None:
    topics, _ = load_topics(own(tmp_path, history=OWN))
    assert topics["history"].title == "Rivers"
    assert "sanctions" in topics


def test_a_folder_that_is_not_there_is_no_problem(tmp_path: Path) -> None:
    assert load_topics(tmp_path / "topics") == load_topics(None)


@pytest.mark.parametrize(
    ("text", "place", "words", "hint"),
    [
        ("title: T\nterms: {a: heavy}", (2, 12), "a: expected a number, found text 'heavy'", ""),
        ("title: T\nterms: [a]", (2, 8), "terms: expected a mapping (key: value), found a list", ""),
        ("title: T\nterms: {a: 1, a: 2}", (2, 15), "the key 'a' is given twice", "the first is in line 2"),
        ("title: T\nheading: [a]", (2, 1), "unknown key 'heading'", "did you mean 'headings'?"),
        ("title: T\nid: other", (2, 1), "unknown key 'id'", "accepted: "),
        ("title: T\nblocks: [{bulets: }]", (2, 11), "no block is called 'bulets'", "did you mean 'bullets'?"),
        ("title: T\nfacets: [{title: F}]", (2, 10), "the key 'terms' is missing", "add 'terms: ...'"),
        ("terms: {a: 1}", (1, 1), "the key 'title' is missing", "add 'title: ...'"),
    ],
)
def test_a_mistake_in_a_topic_is_said_at_its_place_and_the_rest_goes_on(
    tmp_path: Path, text: str, place: tuple[int, int], words: str, hint: str
) -> None:
    topics, (problem,) = load_topics(own(tmp_path, rivers=text))
    assert problem.where == Location(str(tmp_path / "rivers.yaml"), *place)
    assert problem.message == words
    assert hint in problem.hint
    assert topics["rivers"].title in {"T", "rivers"}


def test_a_topic_that_is_not_yaml_hides_no_other(tmp_path: Path) -> None:
    topics, (problem,) = load_topics(own(tmp_path, bad="a: [", rivers=OWN))
    assert problem.where == Location(str(tmp_path / "bad.yaml"), 2, 1)
    assert "a value is missing here" in problem.message
    assert "rivers" in topics
    assert "bad" not in topics


def test_a_word_of_a_topic_s_headings_fits_whole_words_and_beginnings_but_no_endings(tmp_path: Path) -> None:
    topics, _ = load_topics(own(tmp_path, rivers=OWN.replace("[course]", "[tie]")))
    text = "# Boats\n\n## Ties\n\nBoats met at noon.\n\n## Parties\n\nCrews sang at night.\n"
    (tmp_path / "source.md").write_text(text, "utf-8")
    among = candidates(open_library([tmp_path / "source.md"]))
    scorer = topic_scorer(topics["rivers"], among)
    assert [one.text for one in among if scorer.score(one) > 0] == ["Boats met at noon."]
