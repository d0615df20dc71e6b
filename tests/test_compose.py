"""From an outline and sources to a Brief: what is said, where it stands, and what is refused."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.compose.candidates import candidates
from briefgen.composing import prepare
from briefgen.library import open_library
from briefgen.model import (
    Brief,
    Bullets,
    People,
    Prose,
    Questions,
    Section,
    Span,
    Statement,
    Table,
    Timeline,
    statements_in,
    statements_of,
    with_insertions,
)
from briefgen.problems import Problem
from briefgen.renderers.deck import render
from briefgen.results import BuildOptions
from briefgen.text.dates import year_of

HEAD = "title: The Suez Canal\ndate: 2025-03-17\nsources: sources\nsections:\n"


def prepared(project: Path, sections: str) -> tuple[Brief, tuple[Problem, ...]]:
    """The Brief of an outline with these sections, the first of them on line 5."""
    path = project / "other.yaml"
    path.write_text(HEAD + sections, "utf-8")
    brief, problems = prepare(path, BuildOptions())
    assert brief is not None
    return brief, problems


def composed(project: Path, sections: str) -> Brief:
    brief, problems = prepared(project, sections)
    assert problems == ()
    return brief


def statements(brief: Brief) -> Iterator[Statement]:
    for section in brief.sections:
        yield from statements_of(section)


def only(brief: Brief) -> Section:
    (section,) = brief.sections
    return section


def said(problem: Problem) -> tuple[str, int]:
    assert problem.where is not None
    return problem.severity, problem.where.line


# What every Brief keeps to --------------------------------------------------------------------------------------


def test_every_statement_is_the_words_of_its_spans(canal: Brief) -> None:
    library = open_library([source.path for source in canal.sources])

    def words(span: Span) -> str:
        return library.source(span.source).blocks[span.block].text[span.start : span.end]

    shown = [statement for statement in statements(canal) if statement.kind != "instructor"]
    assert len(shown) > 12
    for statement in shown:
        rest = statement.text
        for span in statement.spans:
            before, found, rest = rest.partition(words(span))
            assert found
            assert before.strip() in ("", "…", *(one.text for one in statement.inserted))
        assert rest in ("", " …")
        assert statement.kind == "trimmed" or statement.text == words(statement.spans[0])
        assert all(words(one.span) in one.text for one in statement.inserted)
        assert statement.passage is not None
        assert words(statement.passage.span) == statement.passage.text
        assert all(words(span) in statement.passage.text for span in statement.spans)


def test_a_date_of_a_statement_stands_in_its_passage(canal: Brief) -> None:
    dated = [statement for statement in statements(canal) if statement.date]
    assert dated
    for statement in dated:
        assert statement.date is not None
        assert statement.passage is not None
        assert statement.passage.text[statement.date.start : statement.date.end] == statement.date.text


def test_notes_are_numbered_without_gaps_in_the_order_of_their_first_use(canal: Brief) -> None:
    assert [note.number for note in canal.notes] == list(range(1, len(canal.notes) + 1))
    used = {number for statement in statements(canal) for number in statement.notes}
    assert used == {note.number for note in canal.notes}


def test_every_statement_has_a_note_to_its_own_source_and_ids_are_unique(canal: Brief) -> None:
    sources = {note.number: note.source for note in canal.notes}
    found = list(statements(canal))
    assert len({statement.id for statement in found}) == len(found)
    for statement in found:
        if statement.kind != "instructor":
            assert [sources[number] for number in statement.notes] == [statement.spans[0].source]


def test_one_passage_has_one_note_however_often_it_is_shown(canal: Brief) -> None:
    numbers: dict[Span, set[int]] = {}
    for statement in statements(canal):
        if statement.passage:
            numbers.setdefault(statement.passage.span, set()).update(statement.notes)
    assert {len(given) for given in numbers.values()} == {1}


def test_all_sources_are_summed_up_and_those_with_notes_are_in_the_bibliography(canal: Brief) -> None:
    assert {source.id for source in canal.sources} == {"chronology", "harbour-page", "pilots", "suez-canal"}
    noted = {note.source for note in canal.notes}
    assert noted == {source.id for source in canal.sources}
    assert noted <= {entry.id for entry in canal.bibliography}
    cited = [entry for entry in canal.bibliography if entry.cited_by]
    assert {entry.cited_by for entry in cited} == {"suez-canal"}


def test_a_note_names_the_work_that_the_source_cites_there(canal: Brief) -> None:
    founded = next(one for one in statements(canal) if one.text.startswith("The company was founded in December 1858"))
    note = canal.notes[founded.notes[0] - 1]
    assert "Moreau" in "".join(run.text for run in note.runs)
    assert note.url == "https://harbour.example.org/two-seas"


# What an outline asks for ---------------------------------------------------------------------------------------


def test_a_pinned_passage_is_shown_and_its_case_and_space_do_not_matter(project: Path) -> None:
    block = "- title: Ships\n  {0}blocks: [{{bullets: {{query: ships, at_most: 2}}}}]\n"
    pin = "pin: [{find: peasants  WHOM the state}]\n  "
    shown = [" ".join(one.text for one in statements(composed(project, block.format(more)))) for more in ("", pin)]
    assert ["peasants whom the state" in text for text in shown] == [False, True]


@pytest.mark.parametrize("key", ["pin", "drop"])
def test_a_find_that_matches_nothing_is_a_problem_at_its_line(project: Path, key: str) -> None:
    brief, problems = prepared(project, f"- topic: history\n- topic: traffic\n  {key}: [{{find: zeppelin}}]\n")
    assert [said(problem) for problem in problems] == [("error" if key == "pin" else "warning", 7)]
    assert "'zeppelin'" in problems[0].message
    assert len(brief.sections) == 2


def test_a_pin_that_stands_in_several_passages_says_which_is_taken(project: Path) -> None:
    brief, (problem,) = prepared(project, "- topic: history\n  pin: [{find: canal}]\n")
    assert said(problem) == ("warning", 6)
    told = re.fullmatch(
        r"the pin 'canal' stands in (\d+) passages; the first is taken: ['\"](.+)['\"]", problem.message
    )
    assert told is not None
    assert int(told[1]) > 2
    assert told[2] in {one.passage.text for one in statements(brief) if one.passage}


def test_a_drop_that_leaves_out_much_of_everything_is_told(project: Path) -> None:
    _, problems = prepared(project, "- topic: history\n  drop: [{find: the}]\n")
    assert said(problems[0]) == ("warning", 6)
    assert re.match(r"the drop 'the' leaves out \d+ of \d+ passages", problems[0].message)


def test_a_find_looks_only_in_the_source_that_it_names(project: Path) -> None:
    _, problems = prepared(
        project, "- topic: history\n  pin: [{source: pilots, find: capital raised mostly in France}]\n"
    )
    assert "in pilots" in problems[0].message


def test_a_dropped_passage_is_not_shown(project: Path) -> None:
    brief = composed(project, "- topic: history\n  drop: [{find: nationalised}, {find: founded in December}]\n")
    shown = [statement.passage.text for statement in statements(brief) if statement.passage]
    assert shown
    assert not [text for text in shown if "nationalised" in text or "founded in December" in text]


def test_what_the_instructor_says_is_marked_as_theirs_and_noted_to_what_they_cite(project: Path) -> None:
    brief = composed(
        project,
        "- title: Think\n  blocks:\n  - say: A short cut has its price.\n    cite: [{find: shortens the voyage}]\n",
    )
    (block,) = only(brief).blocks
    assert isinstance(block, Prose)
    (statement,) = block.statements
    assert (statement.kind, statement.text, statement.spans) == ("instructor", "A short cut has its price.", ())
    assert [note.source for note in brief.notes if note.number in statement.notes] == ["suez-canal"]


def test_questions_are_taken_as_written(project: Path) -> None:
    (block,) = only(composed(project, "- title: Ask\n  blocks: [{questions: [Who pays?, Who gains?]}]\n")).blocks
    assert isinstance(block, Questions)
    assert block.questions == ("Who pays?", "Who gains?")


def test_a_topic_of_ones_own_stands_beside_the_outline(project: Path) -> None:
    section = only(composed(project, "- topic: traffic\n"))
    assert (section.heading, section.topic, section.question) == (
        "Traffic",
        "traffic",
        "Who uses it, and what do they pay?",
    )
    assert any("toll" in statement.text for statement in statements_of(section))


def test_a_word_after_a_minus_keeps_passages_out(project: Path) -> None:
    block = "- title: Ships\n  blocks: [{{bullets: {{query: {0}, at_most: 9}}}}]\n"
    wide = [one.text for one in statements(composed(project, block.format("ships tolls")))]
    narrow = [one.text for one in statements(composed(project, block.format("ships tolls -tolls")))]
    assert any("tolls" in text for text in wide)
    assert narrow
    assert not any("tolls" in text for text in narrow)


def test_a_query_shows_at_most_as_many_as_asked(project: Path) -> None:
    (block,) = only(
        composed(project, "- title: Ships\n  blocks: [{bullets: {query: ships canal, at_most: 2}}]\n")
    ).blocks
    assert isinstance(block, Bullets)
    assert len(block.statements) == 2


def test_a_span_of_years_keeps_other_years_out_and_a_timeline_is_in_order(project: Path) -> None:
    section = only(composed(project, "- topic: history\n  blocks: [{timeline: {from: 1850, to: 1890}}]\n"))
    (block,) = section.blocks
    assert isinstance(block, Timeline)
    days = [(event.date.earliest, event.date.latest) for event in block.events if event.date]
    assert len(days) == len(block.events) >= 3
    assert days == sorted(days)
    assert all(year_of(first) >= 1850 and year_of(last) <= 1890 for first, last in days)


def test_a_table_has_the_columns_asked_for_and_its_cells_are_the_source_s_words(project: Path) -> None:
    section = only(composed(project, "- topic: traffic\n  blocks: [{table: {columns: [source, date, passage]}}]\n"))
    (block,) = section.blocks
    assert isinstance(block, Table)
    assert block.columns == ("Source", "Date", "What the source says")
    titles = {"A Chronology of the Canal", "Life Along The Canal Banks", "The Pilots of Suez", "Suez Canal"}
    for row in block.rows:
        assert row.statement.passage is not None
        assert row.cells[0] in titles
        assert row.cells[2].removesuffix(" …") in row.statement.passage.text


def slides_filled(brief: Brief) -> int:
    """On how many slides the first section's statements stand."""
    slides = render(brief).slides
    return len({slide for statement in statements_of(brief.sections[0]) for slide in slides.get(statement.id, ())})


@pytest.mark.parametrize("most", [1, 2, 4])
def test_a_section_fills_no_more_slides_than_it_may(project: Path, most: int) -> None:
    brief = composed(project, f"- topic: history\n  slides: {most}\n- topic: traffic\n")
    assert 1 <= slides_filled(brief) <= most


def test_a_pinned_passage_does_not_make_a_slide_too_many(project: Path) -> None:
    pin = "pin: [{find: peasants whom the state}]"
    brief = composed(project, f"- topic: history\n  slides: 2\n  {pin}\n  blocks: [{{timeline: }}]\n")
    assert any("peasants whom the state" in one.text for one in statements(brief))
    assert slides_filled(brief) <= 2


def test_cards_of_people_do_not_make_a_slide_too_many(project: Path) -> None:
    shutil.copytree(Path(__file__).parents[1] / "sources", project / "sources", dirs_exist_ok=True)
    brief, _ = prepared(project, "- topic: leadership\n  slides: 2\n  blocks: [{people: {at_most: 9}}]\n")
    assert any(isinstance(block, People) and len(block.people) > 2 for block in only(brief).blocks)
    assert slides_filled(brief) <= 2


@pytest.mark.parametrize("columns", ["[date]", "[source, date]", "[who]", "[passage]"])
def test_no_table_makes_a_statement_without_words(project: Path, columns: str) -> None:
    brief, _ = prepared(project, f"- topic: traffic\n  blocks: [{{table: {{columns: {columns}}}}}]\n")
    shown = list(statements(brief))
    assert shown
    assert [one.id for one in shown if not one.text or not one.spans] == []


# What is refused ------------------------------------------------------------------------------------------------


def test_a_topic_with_nothing_to_say_is_an_error_at_its_line_and_the_section_is_left_out(project: Path) -> None:
    (project / "topics" / "moon.yaml").write_text(
        "title: The Moon\nterms: {moonquake: 2}\nblocks: [{bullets: }]\n", "utf-8"
    )
    brief, problems = prepared(project, "- topic: history\n- topic: moon\n- topic: traffic\n")
    assert [said(problem) for problem in problems] == [("error", 6)]
    assert "no passage" in problems[0].message
    assert "'moon'" in problems[0].message
    assert problems[0].hint
    assert [(section.number, section.topic) for section in brief.sections] == [(1, "history"), (2, "traffic")]


def test_an_unknown_topic_is_an_error_that_names_the_nearest(project: Path) -> None:
    brief, problems = prepared(project, "- topic: histroy\n- topic: traffic\n")
    assert [said(problem) for problem in problems] == [("error", 5)]
    assert problems[0].hint == "did you mean 'history'?"
    assert [section.topic for section in brief.sections] == ["traffic"]


EMPTY = "- topic: traffic\n  blocks:\n  - bullets: {query: ships}\n  - bullets: {query: zeppelin}\n"


def test_a_block_that_no_passage_fits_is_an_error_at_its_line(project: Path) -> None:
    brief, problems = prepared(project, EMPTY)
    assert [said(problem) for problem in problems] == [("error", 8)]
    assert len(only(brief).blocks) == 1


def test_an_empty_block_is_an_error_also_after_other_problems(project: Path) -> None:
    _, problems = prepared(project, "- topic: history\n  drop: [{find: zeppelin}]\n" + EMPTY)
    assert [said(problem) for problem in problems] == [("warning", 6), ("error", 10)]


def test_a_passage_with_a_hole_in_it_is_never_shown(project: Path) -> None:
    path = project / "sources" / "suez-canal.wikitext"
    text, words = path.read_text("utf-8"), "The company was founded in "
    assert words in text
    pin = "- topic: history\n  pin: [{find: capital raised mostly in France}]\n"
    composed(project, pin)
    path.write_text(text.replace(words, words + "{{some odd template|spring}} "), "utf-8")
    brief, problems = prepared(project, pin)
    assert "matches no passage" in problems[0].message
    assert not [one.text for one in statements(brief) if "capital raised mostly" in one.text]


# What is on a topic ---------------------------------------------------------------------------------------------


def test_a_built_in_topic_of_which_the_sources_say_nothing_is_an_error(project: Path) -> None:
    shutil.rmtree(project / "sources")
    (project / "sources").mkdir()
    (project / "sources" / "reef.txt").write_text(
        "The Reef at Low Tide\n\nCorals grow by a few millimetres a year. The water over them is clear and warm, and a "
        "hundred kinds of fish feed there.\n",
        "utf-8",
    )
    brief, problems = prepared(project, "- topic: sanctions\n")
    assert brief.sections == ()
    assert [said(problem) for problem in problems] == [("error", 5)]


def test_a_sentence_repeated_many_times_does_not_drive_out_the_others(project: Path) -> None:
    before = len(list(statements(composed(project, "- topic: history\n"))))
    (project / "sources" / "echo.txt").write_text(
        "An Echo of the Canal\n\n" + "The war was founded in 1901 by a man named John Smith. " * 30, "utf-8"
    )
    assert len(list(statements(composed(project, "- topic: history\n")))) >= before - 1


@pytest.mark.parametrize(("first", "last"), [("1854", "1859"), ("1854-11", "1854-11"), ("1700", "1899-12-31")])
def test_a_timeline_shows_only_what_lies_between_its_bounds(project: Path, first: str, last: str) -> None:
    brief, _ = prepared(project, f"- topic: history\n  blocks: [{{bullets: {{from: {first}, to: {last}}}}}]\n")
    shown = [one.date for section in brief.sections for block in section.blocks for one in statements_in(block)]
    assert all(date and int(first[:4]) <= year_of(date.latest) for date in shown)
    assert all(date and year_of(date.earliest) <= int(last[:4]) for date in shown)


def test_a_later_sentence_of_a_persons_item_with_only_the_family_name_has_the_given_name_in_brackets(
    tmp_path: Path,
) -> None:
    text = (
        "# The Berg Family\n\n- Anton Berg was the founder of the club. In August 1921 Berg was seen in the harbour.\n"
        "- Lena Berg was the founder of the school. In May 1931 Lena Berg opened a second school in the old town.\n"
    )
    (tmp_path / "berg.md").write_text(text, "utf-8")
    found = {one.text: one for one in candidates(open_library([tmp_path]))}
    bare = found["In August 1921 Berg was seen in the harbour."]
    assert bare.alone
    assert with_insertions(bare.text, bare.inserted) == "In August 1921 [Anton] Berg was seen in the harbour."
    full = found["In May 1931 Lena Berg opened a second school in the old town."]
    assert (full.alone, full.inserted) == (True, ())


def test_a_cut_that_leaves_out_what_the_topic_asks_for_is_not_shown(project: Path) -> None:
    text = (
        "# Suez\n\nAt Suez the old harbour was dug by hand in long years of work by men of the town and villages, "
        "and paid for by a toll.\n\nAt Suez a toll was paid by every ship that came from the sea and went to the lake "
        "of the town, and it was dug by hand.\n"
    )
    (project / "sources" / "toll.md").write_text(text, "utf-8")
    said = [one.text for one in statements(composed(project, "- topic: traffic\n  slides: 6\n"))]
    assert not any(one.startswith("At Suez the old harbour") for one in said)
