"""What an instructor steers the choice with: minutes, preferred sources, spans of time; and what each says amiss."""

from pathlib import Path

import pytest
from conftest import SAMPLES
from test_compose import composed, prepared, said, statements

from briefgen.compose.pacing import paced
from briefgen.composing import prepare
from briefgen.model import Brief, Outline, OutlineSection
from briefgen.problems import Location
from briefgen.results import BuildOptions

WHERE = Location("o.yaml", 1, 1)


def slides(
    minutes: int | None, *sections: tuple[int | None, int | None], weights: tuple[float, ...] = ()
) -> list[int | None]:
    """The slides of sections with these `slides` and `minutes`."""
    written = tuple(OutlineSection(WHERE, topic="x", slides=own, minutes=time) for own, time in sections)
    outline = Outline(WHERE, "T", written, minutes=minutes)
    return [one.slides for one in paced(outline, weights or (1.0,) * len(sections))]


def test_a_section_has_a_slide_for_each_two_of_its_minutes_unless_it_says_how_many() -> None:
    assert slides(None, (None, 12), (3, 12), (None, None), (None, 1)) == [6, 3, None, 1]


def test_the_minutes_of_an_outline_are_shared_out_by_weight() -> None:
    assert slides(40, (None, None), (None, None), weights=(3.0, 1.0)) == [15, 5]
    assert slides(40, (None, None), (4, None), (None, 8), weights=(1.0, 1.0, 1.0)) == [12, 4, 4]
    shared = slides(50, *[(None, None)] * 3)
    assert sorted(one or 0 for one in shared) == [8, 8, 9]


def test_no_section_has_less_than_an_opener_and_a_slide() -> None:
    assert slides(4, *[(None, None)] * 3) == [2, 2, 2]


def test_minutes_shorten_a_lecture(project: Path) -> None:
    two = "[{timeline: }, {bullets: {query: canal}}]"
    short, long = (
        composed(project, f"- topic: history\n  minutes: {minutes}\n  blocks: {two}\n") for minutes in (4, 40)
    )
    assert len(short.sections[0].blocks) < len(long.sections[0].blocks)


def test_minutes_of_an_outline_are_kept_to_in_the_whole(project: Path) -> None:
    path = project / "timed.yaml"
    sections = "sections: [{topic: history}, {topic: leadership}, {topic: traffic}]\n"
    path.write_text(f"title: The Suez Canal\nsources: sources\nminutes: 12\n{sections}", "utf-8")
    brief, _ = prepare(path, BuildOptions())
    assert brief is not None
    assert sum(1 + len(section.blocks) for section in brief.sections) <= 6


def from_source(brief: Brief, name: str) -> int:
    return sum(one.passage.span.source == name for one in statements(brief) if one.passage)


@pytest.mark.parametrize("name", ["pilots", "suez-canal"])
def test_a_preferred_source_says_more_and_an_avoided_one_less(project: Path, name: str) -> None:
    asked = "- topic: history\n  {}blocks:\n  - bullets: {{query: canal ships, at_most: 6}}\n"
    more, as_ever, less = (
        from_source(composed(project, asked.format(key)), name)
        for key in (f"prefer: [{name}]\n  ", "", f"avoid: {name}\n  ")
    )
    assert more >= as_ever >= less
    assert more > less


def test_a_section_goes_before_the_outline_in_what_it_prefers(project: Path) -> None:
    path = project / "hand.yaml"

    def shown(section: str) -> list[str]:
        head = "title: The Suez Canal\nsources: sources\navoid: [pilots]\nsections:\n"
        path.write_text(f"{head}- topic: history\n{section}", "utf-8")
        brief, problems = prepare(path, BuildOptions())
        assert problems == ()
        assert brief is not None
        return [one.text for one in statements(brief)]

    assert shown("  prefer: [pilots]\n") != shown("")


def test_a_source_that_is_not_there_and_one_named_twice_are_problems(project: Path) -> None:
    _, problems = prepared(project, "- topic: history\n  prefer: [pilot, plots]\n  avoid: PILOTS\n")
    assert [(one.message, one.hint) for one in problems] == [
        ("prefer: no source is called 'plots'", "did you mean 'pilots'?"),
        ("the source 'pilots' is both preferred and avoided", "take it out of one of the lists"),
    ]
    assert [said(problem) for problem in problems] == [("error", 6), ("error", 7)]


@pytest.mark.parametrize(
    ("block", "message", "hint"),
    [
        ("timeline: {from: 1960, to: 1950}", "'from' (1960) lies after 'to' (1950)", "let them change places"),
        (
            "bullets: {from: 2001-02-30}",
            "from: no calendar has the day 2001-02-30",
            "write a day such as 2001-10-07, or a year",
        ),
        (
            "timeline: {at_most: 2}",
            "at_most: 2 is too few, since a timeline has 3 at least",
            "give it at_most: 3 or more, or make it bullets",
        ),
        (
            "table: {at_most: 1}",
            "at_most: 1 is too few, since a table has 2 at least",
            "give it at_most: 2 or more, or make it bullets",
        ),
        (
            "bullets: {from: 1700, to: 1710}",
            "none of the passages that fit has a date from 1700 to 1710",
            "their dates run from 1854 to 2021",
        ),
        (
            "quote: {find: no ship, source: pilotes}",
            "the quote 'no ship': no source is called 'pilotes'",
            "did you mean 'pilots'?",
        ),
    ],
)
def test_a_block_that_asks_for_what_cannot_be_says_so(project: Path, block: str, message: str, hint: str) -> None:
    _, problems = prepared(project, f"- topic: history\n  blocks:\n  - bullets: {{at_most: 2}}\n  - {block}\n")
    assert [(one.message, one.hint) for one in problems] == [(message, hint)]
    assert said(problems[0]) == ("error", 8)


def test_a_pin_that_a_drop_leaves_out_says_so_at_its_line(project: Path) -> None:
    text = "- topic: history\n  drop: [{find: whom the state}]\n  pin:\n  - find: peasants whom the state\n"
    _, (problem,) = prepared(project, text)
    assert said(problem) == ("error", 8)
    assert problem.message == "the pin 'peasants whom the state' matches only what a drop of the section leaves out"


def test_two_pins_of_one_passage_show_it_once(project: Path) -> None:
    pins = "- topic: history\n  pin: [{find: peasants whom the state}, {find: most of the diggers were peasants}]\n"
    shown = [one.text for one in statements(composed(project, pins)) if "peasants whom" in one.text]
    assert len(shown) == 1


def test_a_source_of_just_that_name_goes_before_one_whose_name_only_holds_it(project: Path) -> None:
    pilots = (SAMPLES / "canal" / "sources" / "pilots.html").read_text("utf-8")
    (project / "sources" / "a-pilots.html").write_text(f"{pilots}\n<!-- copy -->", "utf-8")
    text = "- topic: history\n  blocks:\n  - quote: {find: no ship shall be turned away, source: pilots}\n"
    _, problems = prepared(project, text)
    assert [one.message for one in problems if "stands in" in one.message] == []
