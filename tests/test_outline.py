import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.model import (
    BulletsBlock,
    CompareBlock,
    Find,
    Outline,
    QuestionsBlock,
    SayBlock,
    TableBlock,
    TimelineBlock,
)
from briefgen.outline import load_outline
from briefgen.problems import Location, Problem
from briefgen.schemas import schema

GOOD = """\
title: A survey
subtitle: Of something
date: 2026-11-23
sources: [../papers, notes/*.md]
objectives: One only
sections:
  - topic: history
  - topic: leadership
    title: Who leads?
    slides: 4
    pin: [{source: a-1, find: some words}]
    drop: [{find: other words}]
    blocks:
      - timeline:
      - bullets: {query: x y, at_most: 5, from: 1980, to: 2001-10-07}
      - table: {columns: [who, date]}
      - compare: {left: {label: Charge}, right: {label: Answer, query: denied}}
      - say: My own words.
        cite: [{find: a passage}]
      - questions: ["Why?", "How?"]
        title: Talk
"""


def write(folder: Path, text: str | bytes, name: str = "o.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def problems_of(folder: Path, text: str | bytes) -> list[Problem]:
    return list(load_outline(write(folder, text))[1])


def section(lines: str) -> str:
    """An outline with one section; its first line stands in line 3."""
    return "title: T\nsections:\n" + "".join(f"  {line}\n" for line in lines.splitlines())


def test_an_outline_is_read_with_all_its_values(tmp_path: Path) -> None:
    outline, problems = load_outline(write(tmp_path, GOOD))
    assert problems == ()
    assert outline is not None
    assert (outline.title, outline.subtitle, outline.date) == ("A survey", "Of something", "2026-11-23")
    assert outline.objectives == ("One only",)
    leads = outline.sections[1]
    assert (leads.topic, leads.title, leads.slides) == ("leadership", "Who leads?", 4)
    assert [(pin.find, pin.source) for pin in leads.pin] == [("some words", "a-1")]
    assert [(drop.find, drop.source) for drop in leads.drop] == [("other words", None)]
    timeline, bullets, table, compare, say, questions = (located.block for located in leads.blocks)
    assert timeline == TimelineBlock()
    assert bullets == BulletsBlock(query="x y", at_most=5, from_=1980, to="2001-10-07")
    assert table == TableBlock(columns=("who", "date"))
    assert isinstance(compare, CompareBlock)
    assert compare.right.query == "denied"
    assert isinstance(say, SayBlock)
    assert (say.say, [cite.find for cite in say.cite]) == ("My own words.", ["a passage"])
    assert questions == QuestionsBlock(("Why?", "How?"), title="Talk")


def test_the_outline_its_sections_and_its_blocks_know_their_places(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    outline, _ = load_outline(path)
    assert outline is not None
    assert outline.where == Location(str(path), 1, 1)
    assert [one.where for one in outline.sections] == [Location(str(path), 7, 5), Location(str(path), 8, 5)]
    assert [one.where.line for one in outline.sections[1].blocks] == [14, 15, 16, 17, 18, 20]
    assert {one.where.column for one in outline.sections[1].blocks} == {9}


def test_places_name_the_file_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "title: T\ncolour: red\nsections: [{topic: history}]", "in/o.yaml")
    monkeypatch.chdir(tmp_path)
    _, problems = load_outline(Path("in/o.yaml"))
    assert str(problems[0]).startswith("in/o.yaml:2:1: error: unknown key 'colour'")


def test_columns_count_characters_and_not_bytes(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, "\ufefftitel: T\ntitle: T\nsections: [{topic: é, tpoic: x}]\r\n")
    assert [(one.where.line, one.where.column) for one in problems if one.where] == [(1, 1), (3, 23)]


def test_sources_are_paths_from_the_folder_of_the_outline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, GOOD, "course/o.yaml")
    monkeypatch.chdir(tmp_path)
    outline, _ = load_outline(Path("course/o.yaml"))
    assert outline is not None
    assert outline.sources == ("papers", "course/notes/*.md")


def test_files_of_handouts_are_paths_from_the_folder_of_the_outline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handout = "handout: {html_template: p.html, reference: ../r.docx, fonts: [f/a.ttf]}"
    write(tmp_path, f"title: T\n{handout}\nsections: [{{topic: history}}]", "course/o.yaml")
    monkeypatch.chdir(tmp_path)
    outline, problems = load_outline(Path("course/o.yaml"))
    assert outline is not None
    assert problems == ()
    said = outline.handout
    assert (said.html_template, said.reference, said.fonts) == ("course/p.html", "r.docx", ("course/f/a.ttf",))


def test_sources_are_right_where_the_folder_is_a_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "title: T\nsources: ../papers\nsections: [{topic: history}]", "far/away/course/o.yaml")
    write(tmp_path, "x", "far/away/papers/a.md")
    (tmp_path / "link").symlink_to(tmp_path / "far/away/course")
    monkeypatch.chdir(tmp_path)
    outline, _ = load_outline(Path("link/o.yaml"))
    assert outline is not None
    assert [Path(source).is_dir() for source in outline.sources] == [True]


def test_every_problem_is_said_in_one_run_in_order_and_the_rest_goes_on(tmp_path: Path) -> None:
    text = """\
titel: T
language: no
sections:
  - topic: history
    slides: 0
    pin: [{fnd: x}, {find: kept}]
  - topic: leadership
    blocks:
      - timelin: {}
      - bullets: {at_most: many}
      - people:
        at_most: 4
      - table: {columns: [date, whoo]}
      - people: {}
        quote: {}
      - say: kept
  - {title: nothing}
  - topic: foreign-ties
    topic: sanctions
"""
    outline, problems = load_outline(write(tmp_path, text))
    assert [(one.where.line, one.message, one.hint) for one in problems if one.where] == [
        (1, "unknown key 'titel'", "did you mean 'title'?"),
        (2, "language: expected text, found the truth value no", 'put quotes round it: "no"'),
        (5, "slides: expected a whole number from 1 up, found the whole number 0", ""),
        (6, "unknown key 'fnd'", "did you mean 'find'?"),
        (9, "no block is called 'timelin'", "did you mean 'timeline'?"),
        (10, "at_most: expected a whole number from 1 up, found text 'many'", ""),
        (12, "the key 'at_most' stands beside 'people'", "indent it under 'people:'"),
        (
            13,
            "an item of columns: expected one of date, measure, passage, source, who, whom, found text 'whoo'",
            "did you mean 'who'?",
        ),
        (14, "a block has one name, found 'people' and 'quote'", "begin each block with '- ' on a line of its own"),
        (17, "a section needs a topic or blocks", "add 'topic: ...' or 'blocks:' with a list of blocks"),
        (19, "the key 'topic' is given twice", "the first is in line 18"),
    ]
    assert outline is not None
    assert (outline.title, outline.language) == ("o", "en")
    assert [one.topic for one in outline.sections] == ["history", "leadership", "foreign-ties"]
    assert outline.sections[0].pin == (Find("kept", where=Location(str(tmp_path / "o.yaml"), 6, 21)),)
    assert [one.block for one in outline.sections[1].blocks] == [SayBlock("kept")]


@pytest.mark.parametrize("text", ["titel: T\nsections: [{topic: x}]", section("- topik: x\n- topic: y"), "titles: T"])
def test_a_misspelt_key_is_said_once_and_not_as_missing_too(tmp_path: Path, text: str) -> None:
    problems = problems_of(tmp_path, text)
    assert sum("unknown key" in problem.message for problem in problems) == 1
    assert not any("title" in problem.message and "missing" in problem.message for problem in problems)
    assert not any("needs a topic" in problem.message for problem in problems)


def test_a_section_whose_blocks_are_all_wrong_does_not_show_its_topics_own(tmp_path: Path) -> None:
    outline, problems = load_outline(write(tmp_path, section("- topic: history\n  blocks: [{nothing: 1}]\n- topic: x")))
    assert outline is not None
    assert [one.topic for one in outline.sections] == ["x"]
    assert len(problems) == 1


def test_an_unknown_key_that_is_near_no_other_is_told_all_that_are_accepted(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, section("- topic: x\n  zzz: 1"))
    assert (
        problem.hint == "accepted: avoid, blocks, drop, minutes, opening, pin, prefer, question, slides, title, topic"
    )


@pytest.mark.parametrize(
    ("text", "place", "words", "hint"),
    [
        ("title: a\n\tx: b", (2, 1), "a tab stands where YAML wants spaces", "use spaces"),
        ("sections:\n  -\ttopic: a\n\t- b", (2, 4), "a tab stands where YAML wants spaces", "use spaces"),
        ("a: &x b\nc: *x", (1, 4), "anchors", "write the value out"),
        ("a: b\n---\nc: d", (2, 1), "second document", "one document"),
        ("", (0, 0), "the file is empty", ""),
        ("# nothing yet\n", (0, 0), "the file is empty", ""),
        ("- a\n- b", (1, 1), "expected a mapping (key: value), found a list", "title"),
        ("just words", (1, 1), "expected a mapping (key: value), found text 'just words'", "title"),
        (b"a: \0b", (0, 0), "binary", "UTF-8"),
        (b"title: caf\xe9", (1, 11), "not UTF-8", "save it as UTF-8"),
        ("a: b\nc: \x07", (2, 4), "control character", "take it out"),
        ("#" * 1_000_001, (0, 0), "larger than 1,000 kB", ""),
        ("a: " + "[" * 50 + "]" * 50, (1, 43), "40 levels", ""),
        ("title: a: b", (1, 9), "a second ': '", "put quotes"),
        ("a: b\ntitle: 'x\n", (2, 8), "a quotation mark is opened and not closed", "close it"),
        ("a: b\nc: [1, 2\n", (2, 4), "brackets is not finished", "closing bracket"),
        ("title: @x", (1, 8), "this sign cannot begin a value", "put quotes"),
    ],
)
def test_a_file_that_cannot_be_used_gives_one_problem_with_place_and_hint(
    tmp_path: Path, text: str | bytes, place: tuple[int, int], words: str, hint: str
) -> None:
    outline, problems = load_outline(write(tmp_path, text))
    assert outline is None
    (problem,) = problems
    assert problem.severity == "error"
    assert words in problem.message
    assert hint in problem.hint
    assert problem.where == Location(str(tmp_path / "o.yaml"), *place)


def test_a_missing_file_is_told_of_the_nearest_one(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "survey.yaml")
    outline, (problem,) = load_outline(tmp_path / "survy.yaml")
    assert outline is None
    assert (problem.message, problem.hint) == ("there is no such file", "did you mean 'survey.yaml'?")


def test_a_folder_is_said_to_be_one(tmp_path: Path) -> None:
    _, (problem,) = load_outline(tmp_path)
    assert "folder" in problem.message


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("- topic: 5", "topic: expected text, found the whole number 5"),
        ("- topic: !x y", "topic: expected text, found the tag !x"),
        ("- {topic: a, pin: words}", "pin: expected a list, found text 'words'"),
        ("- {topic: a, pin: [words]}", "an item of pin: expected a mapping (key: value), found text 'words'"),
        ("- {topic: a, title: [b]}", "title: expected text, found a list"),
        ("- {topic: a, title: ' '}", "title: expected text, found nothing"),
        ("- {topic: a, title: '\u00a0\u200b\u2067\u2069\u00ad'}", "title: expected text, found nothing"),
        ("- {topic: a, slides: 1.5}", "slides: expected a whole number from 1 up, found the number 1.5"),
        ("- blocks: [{say: }]", "say: expected text, found nothing"),
        ("- blocks: [{compare: {left: {label: ' '}, right: {label: x}}}]", "label: expected text, found nothing"),
        ("- blocks: [{compare: }]", "the key 'left' is missing"),
        ("- blocks: [timeline]", "a block: expected a mapping (key: value), found text 'timeline'"),
        ("- blocks: [{}]", "a block without a name"),
        ("- blocks: [{bullets: {from: once}}]", "from: expected a year or a date such as 1980"),
        ("- blocks: [{bullets: {to: 2001-13}}]", "to: expected a year or a date such as 1980"),
        ("- ? [a]\n  : b\n  topic: x", "expected a key, found a list"),
    ],
)
def test_a_wrong_value_is_said_in_the_words_of_yaml(tmp_path: Path, lines: str, words: str) -> None:
    assert words in problems_of(tmp_path, section(lines))[0].message


def test_nothing_after_a_colon_is_the_default(tmp_path: Path) -> None:
    outline, problems = load_outline(write(tmp_path, "title: T\ncourse:\nsections: [{topic: x, slides: }]"))
    assert problems == ()
    assert outline is not None
    assert (outline.course, outline.sections[0].slides) == ("", None)


def test_defaults_come_from_the_folders_above_and_the_nearer_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "author: Far\ncourse: Far\nsources: papers\nlanguage: fr", "briefgen.yaml")
    write(tmp_path, "course: Near\nlanguage: de", "a/briefgen.yaml")
    path = write(tmp_path, "title: T\nlanguage: it\nsections: [{topic: x}]", "a/b/o.yaml")
    monkeypatch.chdir(tmp_path / "a")
    outline, problems = load_outline(path.relative_to(tmp_path / "a"))
    assert problems == ()
    assert outline is not None
    assert (outline.author, outline.course, outline.language) == ("Far", "Near", "it")
    assert outline.sources == ("../papers",)


def test_problems_of_defaults_are_placed_in_their_file(tmp_path: Path) -> None:
    write(tmp_path, "course: X\ntitle: no\ncitation: apa", "briefgen.yaml")
    path = write(tmp_path, "title: T\nsections: [{topic: x}]", "a/o.yaml")
    outline, problems = load_outline(path)
    assert outline is not None
    assert outline.title == "T"
    above = str(tmp_path / "briefgen.yaml")
    assert [(one.where, one.message) for one in problems] == [
        (Location(above, 2, 1), "unknown key 'title'"),
        (Location(above, 3, 1), "unknown key 'citation'"),
    ]


VALIDATOR = jsonschema.Draft202012Validator(schema())


def validates(value: Any) -> bool:
    return VALIDATOR.is_valid(json.loads(json.dumps(value, default=date.isoformat)))


def test_the_schema_is_a_schema_and_accepts_a_good_outline() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert validates(yaml.safe_load(GOOD))


VALUES: list[Any] = [None, " ", "date", 0, 1980, {}, [], ["date"], [{"find": "x"}], [{"say": "x"}]]
SECTION_KEYS = ["topic", "title", "slides", "pin", "drop", "blocks", "zzz"]
FIELDS = ["query", "title", "at_most", "from", "to", "columns", "find", "source", "label", "say", "zzz"]
SIDE = {"label": "L"}


def variants() -> Iterator[dict[str, Any]]:
    """A good outline with any one key set to any value, at every level."""

    def outline(**section: Any) -> dict[str, Any]:
        return {"title": "T", "sections": [{"topic": "x"} | section]}

    for value in VALUES:
        yield from (outline() | {key: value} for key in (*Outline.__struct_fields__, "zzz"))
        yield from (outline(**{key: value}) for key in SECTION_KEYS)
        yield {"title": "T", "sections": [{"topic": None, "blocks": value}]}
        yield from (outline(pin=[{"find": "x", key: value}]) for key in ("find", "source", "zzz"))
        for kind in ("bullets", "table"):
            yield outline(blocks=[{kind: value}])
            yield from (outline(blocks=[{kind: {key: value}}]) for key in FIELDS)
            yield outline(blocks=[{kind: {}, "title": value}])
        for key in ("left", "right", "title", "zzz"):
            yield outline(blocks=[{"compare": {"left": SIDE, "right": SIDE, key: value}}])
        yield from (outline(blocks=[{"compare": {"left": SIDE | {key: value}, "right": SIDE}}]) for key in FIELDS)
        yield from (outline(blocks=[{"say": "x", key: value}]) for key in ("say", "cite", "title", "zzz"))
        for key in ("file", "alt", "credit", "license", "decorative", "title", "caption", "zzz"):
            yield outline(blocks=[{"image": {"file": "x", "credit": "y", key: value}}])
        yield from (outline(blocks=[{"questions": "x", key: value}]) for key in ("questions", "title", "zzz"))


def test_the_schema_accepts_what_the_loader_accepts_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "o.yaml"
    accepted = []
    for written in variants():
        path.write_text(json.dumps(written), encoding="utf-8")  # JSON is YAML
        accepted.append(load_outline(path)[1] == ())
        assert validates(written) == accepted[-1], written
    assert min(sum(accepted), len(accepted) - sum(accepted)) > 100


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | st.text("ab:-[]{}&*!|>'\"\t\n #%@?,<~1.é\u2028\x85", max_size=40).map(str.encode))
def test_any_bytes_at_all_give_an_outline_or_a_problem(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = write(tmp_path_factory.getbasetemp(), data)
    outline, problems = load_outline(path)
    assert outline is not None or problems
    assert all(problem.where and problem.where.file == str(path) for problem in problems)


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[1] / "outlines").glob("*.yaml")), ids=lambda path: path.stem
)
def test_the_shipped_outlines_have_no_mistake(path: Path) -> None:
    assert load_outline(path)[1] == ()
    assert validates(yaml.safe_load(path.read_text(encoding="utf-8")))
