"""Frozen outlines: what a build chose, in place, to be changed by hand and never by a source."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from as_read import deck_text, page_text
from conftest import SAMPLES
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from briefgen.build import build
from briefgen.cli import main
from briefgen.compose.readings import marked, merged, reading, unmarked
from briefgen.composing import prepare
from briefgen.freeze import ABOVE, freeze
from briefgen.model import Brief, Run, Statement, Table, statements_of
from briefgen.outline import as_yaml
from briefgen.problems import Problem
from briefgen.renderers.deck import render
from briefgen.renderers.handout import render_html
from briefgen.results import BuildOptions
from briefgen.schemas import schema
from briefgen.verify import verify

ROOT = Path(__file__).parents[1]
SHIPPED = ("survey-lecture", "sanctions-seminar", "leadership-handout")


class Loader(yaml.CSafeLoader):
    """YAML as editors read it, in which a day is text."""


Loader.yaml_implicit_resolvers = {
    first: [one for one in resolvers if not one[0].endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def without_places(value: Any) -> Any:
    """Plain data of a Brief without the places of its outline."""
    if isinstance(value, dict):
        return {key: without_places(held) for key, held in value.items() if key != "where"}
    return [without_places(held) for held in value] if isinstance(value, list | tuple) else value


def data(brief: Brief) -> Any:
    """The Brief without what tells where its outline and, by way of a link, its sources are."""
    same = msgspec.structs.replace
    return without_places(msgspec.to_builtins(same(brief, sources=tuple(same(one, path="") for one in brief.sources))))


def brief_of(path: Path, *sources: str) -> Brief:
    brief, problems = prepare(path, BuildOptions(sources=sources))
    assert brief is not None
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    return brief


def statements(brief: Brief) -> list[Statement]:
    return [one for section in brief.sections for one in statements_of(section)]


def said(brief: Brief) -> list[tuple[str, str, str]]:
    return [(one.kind, one.text, one.passage.text if one.passage else "") for one in statements(brief)]


def is_the_same_frozen(outline: Path, *sources: str) -> None:
    made = freeze(outline, sources=sources)
    assert made.written
    once, again = brief_of(outline, *sources), brief_of(made.path)
    assert data(again) == data(once)
    assert render(again).data == render(once).data
    assert freeze(made.path, force=True).text == made.text
    Draft202012Validator(schema()).validate(yaml.load(made.text, Loader=Loader))


# What a frozen outline shows --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["canal", "chess", "harald", "reef"])
def test_a_frozen_sample_is_built_as_it_was_and_frozen_again_stays_what_it_is(name: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SAMPLES / name, tmp_path / name))
    is_the_same_frozen(folder / "outline.yaml")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_frozen_shipped_outline_is_built_as_it_was(name: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sources", tmp_path / "sources")
    shutil.copytree(ROOT / "outlines", tmp_path / "outlines")
    is_the_same_frozen(tmp_path / "outlines" / f"{name}.yaml")


@pytest.mark.parametrize("name", SHIPPED)
def test_an_outline_frozen_over_the_real_documents_is_built_as_it_was(name: str, shared: Path, tmp_path: Path) -> None:
    outline = Path(shutil.copy(ROOT / "outlines" / f"{name}.yaml", tmp_path))
    is_the_same_frozen(outline, str(shared / "sources"))


def test_sources_that_are_added_change_nothing_that_is_frozen(project: Path) -> None:
    made = freeze(project / "outline.yaml")
    before = said(brief_of(made.path))
    shutil.copy(SAMPLES / "chess" / "sources" / "club-book.md", project / "sources" / "a-book.md")
    more = "# More\n\n## History\n\nThe Suez Canal was dug in 1869 by peasants of whom most were unpaid diggers.\n"
    (project / "sources" / "aa.md").write_text(more, "utf-8")
    assert said(brief_of(made.path)) == before
    assert said(brief_of(project / "outline.yaml")) != before


def test_what_is_left_to_choose_does_not_say_again_what_is_in_place(project: Path) -> None:
    made = freeze(project / "outline.yaml")
    more = (
        "The canal\n\nThe canal carried troops of three empires in 1915.\n\nMore words stand in a second paragraph.\n"
    )
    (project / "sources" / "troops.txt").write_text(more, "utf-8")
    before = "sections:\n  - title: More\n    blocks: [{bullets: {query: canal}}]\n"
    made.path.write_text(made.text.replace("sections:\n", before, 1), "utf-8")
    first, *others = brief_of(made.path).sections
    held = {one.passage.span for section in others for one in statements_of(section) if one.passage}
    assert first.blocks
    assert held.isdisjoint(one.passage.span for one in statements_of(first) if one.passage)


# What the file is like --------------------------------------------------------------------------------------------

COMMENTED = """\
# A lecture.
title: The Suez Canal   # as everybody calls it
sources: sources

objectives:             # at the start
  - Tell who built it

sections:
  # The first hour.
  - topic: history
    slides: 3
    pin: [{find: most of the diggers were peasants}]
  # The second hour.
  - title: Talk
    blocks:
    # Ask slowly.
    - questions:
        - "Who pays?"   # twenty minutes
        - Who ought to?
    - say: |
        A short cut is worth
        what the long way costs.
      title: A thought

# That is all.
course: GEOG 210
"""


def frozen_text(project: Path, text: str = COMMENTED) -> str:
    (project / "own.yaml").write_text(text, "utf-8")
    made = freeze(project / "own.yaml")
    assert [problem for problem in made.problems if problem.severity == "error"] == []
    return made.path.read_text("utf-8")


def test_all_that_is_not_chosen_stays_letter_for_letter_with_its_comments(project: Path) -> None:
    text = frozen_text(project)
    head, _, rest = text.partition(f"{ABOVE}sections:\n")
    assert head == COMMENTED[: COMMENTED.index("sections:\n")]
    assert rest.startswith("  # The first hour.\n  - topic: history\n")
    assert "  # The second hour.\n  - title: Talk\n    blocks:\n      # Ask slowly.\n      - questions:\n" in rest
    assert '          - "Who pays?"   # twenty minutes\n          - Who ought to?\n      - say: |\n' in rest
    assert rest.endswith("        title: A thought\n\n# That is all.\ncourse: GEOG 210\n")
    assert "slides" not in text
    assert "pin" not in text.partition(ABOVE)[2]


@pytest.mark.parametrize(
    "text",
    [
        "{title: T, sources: sources, sections: [{topic: history}, {blocks: [{questions: [Why?]}]}]}\n",
        "title: T\nsources: [sources]\nsections: [{topic: history, title: A}, {blocks: [{say: My words.}]}]\n",
        "sections:\n- blocks:\n  - say: My words.\n  - bullets: {query: canal}\nsources: sources\ntitle: T",
        "title: T\r\nsections:\r\n- topic: history\r\n\r\nsources: sources\r\n",
    ],
)
def test_an_outline_in_any_spelling_can_be_frozen(text: str, project: Path) -> None:
    (project / "own.yaml").write_bytes(text.encode())
    is_the_same_frozen(project / "own.yaml")


def test_a_frozen_outline_elsewhere_finds_its_sources_and_has_what_was_given_above_the_old_place(
    project: Path, tmp_path: Path
) -> None:
    (project / "briefgen.yaml").write_text("course: From above\ncitations: apa\n", "utf-8")
    made = freeze(project / "outline.yaml", tmp_path / "far" / "new.yaml")
    assert [str(problem) for problem in made.problems] == [
        f"{made.path}: warning: the topic 'traffic' is not found from this folder\n    hint: copy {project / 'topics'} "
        f"to {made.path.parent / 'topics'}, or write the outline beside the old one"
    ]
    shutil.copytree(project / "topics", made.path.parent / "topics")
    assert "sources: ../project/sources\n" in made.text
    again = brief_of(made.path)
    assert [one.text for one in statements(again)] == [
        one.text for one in statements(brief_of(project / "outline.yaml"))
    ]
    assert again.course == "GEOG 210, week 3"
    assert "citations: apa\n" in made.text


def test_a_file_that_is_there_is_only_replaced_when_asked(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outline = str(project / "outline.yaml")
    assert main(["freeze", outline]) == 0
    there = project / "outline-frozen.yaml"
    count = len(statements(brief_of(there)))
    assert capsys.readouterr().out == f"outline: {count} statements in place -> {there}\n"
    there.write_text("mine", "utf-8")
    assert main(["freeze", outline, "--json"]) == 1
    out, err = capsys.readouterr()
    assert '"output": null' in out
    assert f"{there}: error: this file is there already\n    hint: name another with -o, or replace it with --f" in err
    assert there.read_text("utf-8") == "mine"
    assert main(["freeze", outline, "--force", "--quiet"]) == 0
    assert there.read_text("utf-8") != "mine"
    capsys.readouterr()
    assert main(["freeze", outline, "-o", "-"]) == 0
    assert capsys.readouterr().out == there.read_text("utf-8")
    assert main(["freeze", str(project / "none.yaml")]) == 1


# What an instructor may do ----------------------------------------------------------------------------------------

PASSAGE = "The canal office raised its tolls for laden tankers in January 1994 and lowered them for empty vessels."


HEDGED = "Engineers reportedly found that the western bank was not safe, and allegedly nobody was told."


def edited(project: Path, statement: str, block: str = "bullets: {title: Tolls, statements: [%s]}") -> Path:
    path = project / "edited.yaml"
    (project / "sources" / "tolls.txt").write_text(f"Tolls\n\n{PASSAGE}\n\n{HEDGED}\n", "utf-8")
    head = "title: The Suez Canal\nsources: sources\nsections:\n- blocks:\n"
    path.write_text(f"{head}  - {block % f'{{{statement}}}'}\n", "utf-8")
    return path


def shown(project: Path, statement: str) -> tuple[Statement, tuple[Problem, ...]]:
    brief, problems = prepare(edited(project, statement), BuildOptions())
    assert brief is not None
    (made,) = statements(brief)
    return made, problems


def with_text(text: str) -> str:
    return f'text: "{text}", passage: "{PASSAGE}", source: tolls'


@pytest.mark.parametrize(
    ("text", "kind", "now"),
    [
        (PASSAGE, "verbatim", PASSAGE),
        ("The canal office raised its tolls for laden tankers …", "trimmed", None),
        (
            "The canal office raised its tolls for laden tankers.",
            "trimmed",
            "The canal office raised its tolls for laden tankers …",
        ),
        ("The canal office … lowered them for empty vessels.", "trimmed", None),
        ("The canal office raised its tolls   for laden tankers in January 1994 …", "trimmed", None),
        ("The office raised its tolls for tankers.", "instructor", None),
        ("the canal office raised its tolls for laden tankers …", "instructor", None),
    ],
)
def test_what_is_shortened_stays_the_sources_own_and_what_is_reworded_is_the_instructors(
    project: Path, text: str, kind: str, now: str | None
) -> None:
    made, problems = shown(project, with_text(text))
    assert problems == ()
    assert made.kind == kind
    assert made.text == (now or (" ".join(text.split()) if kind == "trimmed" else text))
    assert made.notes == (1,)
    assert made.passage is not None
    assert made.passage.text == PASSAGE
    assert (made.spans == ()) == (kind == "instructor")


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Engineers reportedly found that the western bank was not safe …", "allegedly"),
        ("Engineers … found that the western bank was not safe, and allegedly nobody was told.", "reportedly"),
        (HEDGED, ""),
    ],
)
def test_a_shortened_text_that_loses_a_hedge_is_the_instructors_wording(project: Path, text: str, lost: str) -> None:
    made, problems = shown(project, f'text: "{text}", passage: "{HEDGED}"')
    assert made.kind == ("instructor" if lost else "verbatim")
    assert [problem.message for problem in problems] == (
        [f"the text leaves out {lost!r}, so it is shown as your wording"] if lost else []
    )


def test_words_between_asterisks_are_bold(project: Path) -> None:
    made, _ = shown(project, with_text("The canal office raised its **tolls** for laden tankers …"))
    assert made.kind == "trimmed"
    assert [run.text for run in made.runs if run.bold] == ["tolls"]


def test_a_statement_by_hand_needs_only_its_text_or_a_few_words_of_its_passage(project: Path) -> None:
    by_text, _ = shown(project, 'text: "raised its tolls for laden tankers …", source: tolls')
    by_words, _ = shown(
        project, 'text: My own way to say it, passage: "raised its tolls for laden tankers", source: tolls'
    )
    whole, _ = shown(project, 'passage: "raised its tolls for laden tankers", source: tolls, date: 1994-01')
    assert [one.passage.text for one in (by_text, by_words, whole) if one.passage] == [PASSAGE] * 3
    assert [one.kind for one in (by_text, by_words, whole)] == ["trimmed", "instructor", "verbatim"]
    assert whole.date is not None
    assert whole.date.label == "January 1994"


def test_a_reworded_statement_is_marked_and_found_again_in_deck_and_handout(project: Path) -> None:
    path = edited(project, with_text("Tankers paid more from 1994."))
    brief = brief_of(path)
    assert "Tankers paid more from 1994.[ instructor’s wording ][1]" in deck_text(render(brief).data)
    assert f"Instructor’s wording: Tankers paid more from 1994.\n“{PASSAGE}”" in deck_text(render(brief).data)
    assert "Instructor’s wording: Tankers paid more from 1994.1" in page_text(render_html(brief).encode())
    assert build(path, BuildOptions(out=project / "out")).problems == ()
    for name in ("edited.pptx", "edited-handout.html", "edited.evidence.json"):
        (finding,) = verify(project / "out" / name).statements
        assert finding.status == "found"
    source = project / "sources" / "tolls.txt"
    source.write_text(source.read_text("utf-8").replace("raised its tolls", "lowered its tolls"), "utf-8")
    (finding,) = verify(project / "out" / "edited.pptx").statements
    assert (finding.status, finding.where) == ("changed", "source")


ROW = f'cells: [January 1994, {{}}], passage: "{PASSAGE}", date: 1994-01, source: tolls'


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("raised its tolls for laden tankers …", "trimmed"),
        ("dearer for tankers", "instructor"),
        ("July 1994", "instructor"),
    ],
)
def test_a_row_is_the_sources_own_as_long_as_its_cells_are(project: Path, cell: str, kind: str) -> None:
    path = edited(project, ROW.format(cell), "table: {columns: [date, passage], rows: [%s]}")
    brief = brief_of(path)
    (table,) = brief.sections[0].blocks
    assert isinstance(table, Table)
    (row,) = table.rows
    assert row.cells == ("January 1994", cell)
    assert row.statement.kind == kind
    assert ("instructor’s wording" in deck_text(render(brief).data)) == (kind == "instructor")
    build(path, BuildOptions(out=project / "out"))
    for name in ("edited.pptx", "edited-handout.html"):
        assert [one.status for one in verify(project / "out" / name).statements] == ["found"]


# When the sources have changed ------------------------------------------------------------------------------------


def changed(project: Path, change: Callable[[str], str]) -> tuple[list[tuple[str, str, str]], tuple[Problem, ...]]:
    """What the frozen outline shows after its chronology was changed."""
    made = freeze(project / "outline.yaml", force=True)
    source = project / "sources" / "chronology.md"
    source.write_text(change(source.read_text("utf-8")), "utf-8")
    brief, problems = prepare(made.path, BuildOptions())
    assert brief is not None
    return said(brief), problems


def test_a_passage_that_has_moved_in_its_source_is_found_by_its_words(project: Path) -> None:
    before = said(brief_of(project / "outline.yaml"))
    now, problems = changed(project, lambda text: text.replace("## History\n", "## History\n\nA new start.\n"))
    assert (now, problems) == (before, ())


def test_a_passage_that_is_gone_is_said_at_its_statement_and_left_out(project: Path) -> None:
    before = said(brief_of(project / "outline.yaml"))
    now, problems = changed(project, lambda text: text.replace("Said Pasha signs", "The Pasha signs"))
    gone = [one for one in before if "Said Pasha signs" in one[2]]
    assert gone
    assert now == [one for one in before if one not in gone]
    assert len(problems) == len(gone)
    lines = (project / "outline-frozen.yaml").read_text("utf-8").splitlines()
    for problem in problems:
        assert problem.severity == "error"
        assert problem.where is not None
        assert "Said Pasha signs" in " ".join(lines[problem.where.line - 1 : problem.where.line + 3])
        assert problem.message.startswith("the passage does not stand in 'chronology' or any other source, left out:")


def test_a_passage_of_a_source_that_has_another_name_now_is_found_with_a_warning(project: Path) -> None:
    made = freeze(project / "outline.yaml")
    before = said(brief_of(made.path))
    (project / "sources" / "chronology.md").rename(project / "sources" / "dates.md")
    brief, problems = prepare(made.path, BuildOptions())
    assert brief is not None
    assert said(brief) == before
    assert {(one.severity, one.message) for one in problems} == {
        ("warning", "the passage does not stand in 'chronology' but in 'dates'")
    }


def test_a_date_that_the_passage_has_not_is_not_shown(project: Path) -> None:
    made, (problem,) = shown(project, f"{with_text(PASSAGE)}, date: 1995")
    assert made.date is None
    assert (problem.message, problem.hint) == (
        "the passage has no date '1995', shown without one",
        "its dates are: 1994-01",
    )


@pytest.mark.parametrize(
    ("statement", "severity", "message"),
    [
        ("date: 1994", "error", "the statement has neither a text nor a passage"),
        (
            "text: x, source: tolls",
            "error",
            "the passage does not stand in 'tolls' or any other source, left out: “x …”",
        ),
        ("text: The canal, source: nope", "warning", "the passage does not stand in 'nope' but in 'chronology'"),
        (
            "text: toll, source: nope",
            "error",
            "there is no source 'nope', and no other has the passage, left out: “toll …”",
        ),
        (
            "passage: canal, source: suez-canal",
            "warning",
            "the passage stands in 9 places of 'suez-canal'; the first is taken: ",
        ),
    ],
)
def test_a_statement_that_cannot_be_found_for_certain_says_so(
    project: Path, statement: str, severity: str, message: str
) -> None:
    path = edited(project, statement)
    _, problems = prepare(path, BuildOptions())
    assert problems[0].severity == severity
    assert problems[0].message.startswith(message)
    assert problems[0].where is not None
    assert problems[0].where.line == 5


def test_a_query_beside_statements_in_place_is_said_to_choose_nothing(project: Path) -> None:
    path = edited(project, with_text(PASSAGE), "bullets: {query: tolls, statements: [%s]}")
    _, (problem,) = prepare(path, BuildOptions())
    assert problem.message == "'query' chooses nothing here, since the statements are in place"


# The words of a statement -----------------------------------------------------------------------------------------

WORDS = st.text("ab c*\\.…[]\n\"'", max_size=30)


@given(st.lists(st.builds(Run, WORDS, bold=st.booleans()), max_size=6))
def test_marks_lead_back_to_the_runs_that_they_mark(runs: list[Run]) -> None:
    assert unmarked(marked(tuple(runs))) == merged(tuple(runs))


@given(WORDS, WORDS)
@example("….", "…")
def test_any_text_is_read_as_pieces_of_the_passage_in_order_or_not_at_all(text: str, passage: str) -> None:
    read = reading(text, passage)
    if read:
        ends = [end for piece in read.pieces for end in piece]
        assert ends == sorted(ends)
        pieces = " … ".join(passage[start:end] for start, end in read.pieces)
        said = "".join(run.text for run in read.runs)
        assert said in [f"{front}{pieces}{end}" for front in ("", "… ") for end in ("", " …")]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_comes_back_from_yaml_as_it_was(text: str) -> None:
    assert yaml.safe_load(as_yaml({"text": text}, 6)) == {"text": text}


def test_a_name_in_brackets_stays_the_editors_as_long_as_the_source_has_it(tmp_path: Path) -> None:
    text = "Anton Berg was the founder of the chess club. He sold the chess club to the town in 1921."
    (tmp_path / "club.md").write_text(f"# The Club\n\n{text}\n", "utf-8")
    statement = (
        '{text: "[Anton Berg] sold the chess club …", passage: "He sold the chess club to the town in 1921.",'
        ' inserted: [{text: "[Anton Berg]", at: 0-2, find: Anton Berg}]}'
    )
    outline = tmp_path / "o.yaml"
    head = "title: The Club\nsources: club.md\nsections:\n- blocks:\n  - bullets:\n      title: It\n      statements:\n"
    outline.write_text(f"{head}      - {statement}\n", "utf-8")
    (made,) = statements(brief_of(outline))
    assert (made.kind, made.text) == ("trimmed", "[Anton Berg] sold the chess club …")
    assert made.in_full == "[Anton Berg] sold the chess club to the town in 1921."
    outline.write_text(outline.read_text("utf-8").replace("find: Anton Berg", "find: Lena Berg"), "utf-8")
    (made,) = statements(brief_of(outline))
    assert (made.kind, made.inserted) == ("instructor", ())


def test_a_passage_is_found_however_its_letters_are_written(tmp_path: Path) -> None:
    (tmp_path / "source.md").write_text("# Café\n\nThe caf\u00e9 opened in 1912.\n", "utf-8")
    (tmp_path / "outline.yaml").write_text(
        "title: T\nsources: source.md\nsections:\n  - blocks:\n      - bullets:\n          statements:\n"
        "            - passage: The cafe\u0301 ope\u00adned in 1912.\n",
        "utf-8",
    )
    brief, problems = prepare(tmp_path / "outline.yaml", BuildOptions())
    assert brief is not None
    assert [p.message for p in problems if p.severity == "error"] == []
    assert [one.kind for section in brief.sections for one in statements_of(section)] == ["verbatim"]
