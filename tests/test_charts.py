"""Charts on slides and in handouts: boxes, glued connectors, words, and nothing lost or crossed."""

from collections.abc import Iterator
from io import BytesIO
from itertools import combinations, pairwise
from math import hypot
from pathlib import Path
from typing import Any, Literal

from as_read import page
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from pptx import Presentation

from briefgen.build import build
from briefgen.composing import prepare
from briefgen.freeze import freeze
from briefgen.model import Brief, Chart, Note, Passage, Person, Run, Section, Span, Statement, Tie
from briefgen.problems import Location
from briefgen.renderers.deck import render
from briefgen.renderers.deck.plan import Plan, plan
from briefgen.renderers.deck.shapes import Connector, Group, Line, Rect, Slide, TableBox, TextBox
from briefgen.renderers.deck.template import template
from briefgen.renderers.handout import render_html
from briefgen.results import BuildOptions
from briefgen.verify import verify

WHERE = Location("outline.yaml", 4, 5)
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
Kind = Literal["kin", "marriage", "office"]


def said(number: int, text: str) -> Statement:
    span = Span("s", number, 0, len(text))
    return Statement(f"s{number:03}", "verbatim", (Run(text),), (span,), Passage(text, span), notes=(1 + number % 3,))


def person(number: int, fact: str = "", dead: bool = False) -> Person:
    return Person(f"Person {number}", (said(number, fact),) if fact else (), dead)


def tie(who: int, word: str, *of: int, below: int = 1, kind: Kind = "kin", sure: bool = True) -> Tie:
    number = 100 + 37 * who + sum(of) + 500 * len(word)
    return Tie(who, word, of, said(number, f"Person {who} {word} {of}"), below, kind, sure)


LOOK = template("lecture")[0].look


def brief(chart: Chart) -> Brief:
    notes = tuple(Note(number, "s", (Run(f"Note {number}"),), f"Note {number}") for number in (1, 2, 3))
    return Brief("T", "en", (Section(1, "Family", "", (chart,), WHERE),), notes, (), ())


def charted(people: tuple[Person, ...], *ties: Tie) -> Plan:
    return plan(brief(Chart("Family chart", people, ties, WHERE)), LOOK)


def chart_slides(made: Plan) -> list[tuple[Slide, Group]]:
    return [
        (slide, shape)
        for slide in made.slides
        for shape in slide.shapes
        if isinstance(shape, Group) and shape.name == "Chart"
    ]


def boxes(group: Group) -> dict[str, TextBox]:
    return {shape.name: shape for shape in group.shapes if isinstance(shape, TextBox) and shape.name.startswith("Box ")}


def lines(group: Group) -> list[Connector]:
    return [shape for shape in group.shapes if isinstance(shape, Connector)]


def words_of(group: Group) -> list[str]:
    shapes = [shape for shape in group.shapes if isinstance(shape, TextBox) and shape.name == "Tie"]
    return sorted(paragraph.runs[0].text for shape in shapes for paragraph in shape.paragraphs)


def points(line: Connector) -> Iterator[tuple[float, float]]:
    """Points along a line, its ends aside."""
    for (x1, y1), (x2, y2) in pairwise(line.way):
        for step in range(1, 50):
            yield x1 + (x2 - x1) * step / 50, y1 + (y2 - y1) * step / 50


def inside(at: Rect, x: float, y: float) -> bool:
    return at.x + 0.01 < x < at.right - 0.01 and at.y + 0.01 < y < at.bottom - 0.01


FAMILY = (
    tuple(person(number, f"was a miller in town {number}.", dead=number == 1) for number in range(6)),
    tie(1, "son", 0),
    tie(2, "younger son", 0),
    tie(3, "brother", 0, below=0),
    tie(4, "uncle", 1, below=-1, sure=False),
    tie(5, "married", 2, below=0, kind="marriage"),
)


# Where things stand ----------------------------------------------------------------------------------------------


def test_parents_stand_above_and_brothers_beside() -> None:
    ((_, group),) = chart_slides(charted(*FAMILY))
    at = [shape.at for _, shape in sorted(boxes(group).items())]
    assert at[1].y == at[2].y == at[5].y > at[0].bottom
    assert at[3].y == at[0].y == at[4].y
    assert all(shape.w >= 1.85 for shape in at)


def test_a_successor_stands_right_of_whom_he_came_after_and_an_arrow_leads_there() -> None:
    people = tuple(map(person, range(3)))
    office = (tie(1, "succeeded", 0, below=0, kind="office"), tie(2, "succeeded", 1, below=0, kind="office"))
    ((slide, group),) = chart_slides(charted(people, *office))
    at = [shape.at for _, shape in sorted(boxes(group).items())]
    assert at[0].x < at[1].x < at[2].x
    assert [line.arrow for line in lines(group)] == [True, True]
    assert any("successor" in text for text in legend(slide))


def legend(slide: Slide) -> list[str]:
    shown = [shape for shape in slide.shapes if isinstance(shape, TextBox) and shape.name == "Legend"]
    return [shape.paragraphs[0].runs[0].text for shape in shown]


def test_the_dead_are_grey_with_a_dagger_and_unsure_ties_dashed() -> None:
    ((slide, group),) = chart_slides(charted(*FAMILY))
    shown = boxes(group)
    grey = [name for name, shape in shown.items() if shape.fill and shape.fill.scheme == "bg2"]
    assert grey == ["Box 2: Person 1"]
    assert "†" in "".join(run.text for run in shown["Box 2: Person 1"].paragraphs[0].runs)
    assert [name for name, shape in shown.items() if shape.dashed] == ["Box 5: Person 4"]
    assert [line.start for line in lines(group) if line.dashed] == ["Box 5: Person 4"]
    assert len(legend(slide)) == 2


def test_two_ties_of_one_pair_are_one_line_with_both_words() -> None:
    office = tie(1, "succeeded", 0, below=0, kind="office")
    ((_, group),) = chart_slides(charted(tuple(map(person, range(3))), FAMILY[1], office, FAMILY[2]))
    assert len(lines(group)) == 2
    assert words_of(group) == ["son", "succeeded", "younger son"]


def test_a_child_of_two_parents_has_a_line_to_each_and_its_word_once() -> None:
    couple = tie(1, "married", 0, below=0, kind="marriage")
    ((_, group),) = chart_slides(charted(tuple(map(person, range(3))), couple, tie(2, "daughter", 0, 1)))
    assert len(lines(group)) == 3
    assert words_of(group) == ["daughter", "married"]


def test_what_a_chart_has_no_room_for_stands_in_a_table() -> None:
    people = tuple(person(number, f"Fact {number}.") for number in range(13))
    made = charted(people, *(tie(number, "son", 0) for number in range(1, 13)))
    assert made.problems == ()
    drawn = {name for _, group in chart_slides(made) for name in boxes(group)}
    tables = [shape for slide in made.slides for shape in slide.shapes if isinstance(shape, TableBox)]
    listed = {row[0].paragraphs[0].runs[0].text for table in tables for row in table.rows[1:]}
    assert {f"Person {number}" for number in range(13)} <= {name.partition(": ")[2] for name in drawn} | listed
    shown = {one.id for slide in made.slides for one in slide.statements}
    assert {f"s{number:03}" for number in range(13)} <= shown


TIES = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.integers(0, 11),
        st.sampled_from([("son", 1, "kin"), ("brother", 0, "kin"), ("uncle", -1, "kin"), ("succeeded", 0, "office")]),
        st.booleans(),
    ),
    min_size=2,
    max_size=14,
)


def family_of(drawn: Any, length: int) -> tuple[tuple[Person, ...], tuple[Tie, ...]]:
    pairs = {frozenset((who, to)): (who, to, word, sure) for who, to, word, sure in drawn if who != to}
    people = tuple(person(number, ("word " * length).strip(), dead=number % 2 == 0) for number in range(12))
    ties = tuple(
        replace(tie(who, word[0], to, below=word[1], kind=word[2], sure=sure), statement=said(200 + at, "words"))
        for at, (who, to, word, sure) in enumerate(pairs.values())
    )
    return people, ties


@settings(max_examples=60, deadline=None)
@given(TIES, st.integers(0, 22))
def test_no_line_crosses_a_box_no_boxes_overlap_and_nothing_is_lost(drawn: Any, length: int) -> None:
    people, ties = family_of(drawn, length)
    made = charted(people, *ties)
    assert made.problems == ()
    for slide, group in chart_slides(made):
        places = [shape.at for shape in boxes(group).values()]
        assert all(apart(one, other) for one, other in combinations(places, 2))
        for line in lines(group):
            assert not any(inside(at, x, y) for x, y in points(line) for at in places)
        rules = [shape.y1 for shape in slide.shapes if isinstance(shape, Line) and shape.name == "Note rule"]
        assert all(at.x > 0.59 and at.right < 12.74 and at.bottom < rules[0] for at in places)
    shown = {one.id for slide in made.slides for one in slide.statements}
    assert {one.statement.id for one in ties} <= shown
    joined = {number for one in ties for number in (one.who, *one.of)}
    assert {fact.id for number in joined for fact in people[number].facts} <= shown


@settings(max_examples=60, deadline=None)
@given(TIES, st.integers(0, 22))
def test_lines_share_a_stretch_only_within_a_family_and_pass_no_words_but_their_own(drawn: Any, length: int) -> None:
    people, ties = family_of(drawn, length)
    words = {frozenset((f"Box {one.who + 1}", f"Box {to + 1}")): one.word for one in ties for to in one.of}
    for _, group in chart_slides(charted(people, *ties)):
        labels = [shape for shape in group.shapes if isinstance(shape, TextBox) and shape.name == "Tie"]
        for line in lines(group):
            own = words[frozenset(end.partition(":")[0] for end in (line.start, line.end))]
            passed = [one for one in labels if any(inside(one.at, x, y) for x, y in points(line))]
            assert all(own in words_at(one) for one in passed)
        down = [line for line in lines(group) if line.way[0][1] != line.way[-1][1]]
        ends = {line.start: {other.end for other in down if other.start == line.start} for line in down}
        for one, other in combinations(down, 2):
            assert ends[one.start] == ends[other.start] or beside(one, other) < 0.25
        for label, other_label in combinations(labels, 2):
            assert apart(label.at, other_label.at)
        assert all(apart(label.at, shape.at) for label in labels for shape in boxes(group).values())


def words_at(label: TextBox) -> list[str]:
    return [paragraph.runs[0].text for paragraph in label.paragraphs]


def apart(one: Rect, other: Rect) -> bool:
    return one.right <= other.x or other.right <= one.x or one.bottom <= other.y or other.bottom <= one.y


def beside(one: Connector, other: Connector) -> float:
    """For how many inches one line lies on another, or almost."""
    step = 0.02
    near = 0.0
    for (x1, y1), (x2, y2) in pairwise(one.way):
        count = int(hypot(x2 - x1, y2 - y1) / step)
        along = ((x1 + (x2 - x1) * n / count, y1 + (y2 - y1) * n / count) for n in range(count))
        near += step * sum(distance(point, leg) < 0.04 for point in along for leg in pairwise(other.way))
    return near


def distance(point: tuple[float, float], leg: tuple[tuple[float, float], tuple[float, float]]) -> float:
    (x1, y1), (x2, y2) = leg
    long = (x2 - x1) ** 2 + (y2 - y1) ** 2
    share = min(1.0, max(0.0, ((point[0] - x1) * (x2 - x1) + (point[1] - y1) * (y2 - y1)) / long))
    return hypot(point[0] - x1 - share * (x2 - x1), point[1] - y1 - share * (y2 - y1))


SONS = tuple(tie(number, "son", 0) for number in range(1, 6))


def test_a_line_that_would_be_hidden_runs_beside_the_others_with_its_word_beside_it() -> None:
    people = tuple(person(number, "was a miller.") for number in range(7))
    ((_, group),) = chart_slides(charted(people, *SONS, tie(6, "uncle", 1, below=-1, sure=False)))
    (line,) = (one for one in lines(group) if one.dashed)
    (x1, _), (x2, _) = line.way
    assert x1 == x2
    assert all(beside(line, other) == 0 for other in lines(group) if other != line)
    (label,) = (shape for shape in group.shapes if isinstance(shape, TextBox) and words_at(shape)[:1] == ["uncle"])
    assert 0 < min(abs(label.at.x - x1), abs(label.at.right - x1)) < 0.1


# How it is written -----------------------------------------------------------------------------------------------


def test_connectors_are_glued_to_the_boxes_they_join() -> None:
    slides = Presentation(BytesIO(render(brief(Chart("Family chart", *FAMILY[:1], FAMILY[1:], WHERE))).data)).slides
    trees = [etree.fromstring(etree.tostring(slide._element)) for slide in slides]
    tree = next(tree for tree in trees if tree.find(f".//{A}stCxn") is not None)
    ids = {one.get("id"): one.get("name") for one in tree.iter(f"{P}cNvPr")}
    starts, ends = ([ids[one.get("id")] for one in tree.iter(f"{A}{end}Cxn")] for end in ("st", "end"))
    assert sorted(zip(starts, ends, strict=True)) == [
        ("Box 1: Person 0", "Box 2: Person 1"),
        ("Box 1: Person 0", "Box 3: Person 2"),
        ("Box 1: Person 0", "Box 4: Person 3"),
        ("Box 3: Person 2", "Box 6: Person 5"),
        ("Box 5: Person 4", "Box 2: Person 1"),
    ]


def test_a_connector_beside_others_is_glued_to_sites_of_its_own() -> None:
    people = tuple(map(person, range(7)))
    chart = Chart("Family chart", people, (*SONS, tie(6, "uncle", 1, below=-1)), WHERE)
    slides = Presentation(BytesIO(render(brief(chart)).data)).slides
    trees = [etree.fromstring(etree.tostring(slide._element)) for slide in slides]
    tree = next(tree for tree in trees if tree.find(f".//{A}custGeom") is not None)
    (line,) = (one for one in tree.iter(f"{P}cxnSp") if one.find(f".//{A}stCxn[@idx='4']") is not None)
    places = {one.get("id"): site_of_its_own(shape) for shape in tree.iter(f"{P}sp") for one in shape.iter(f"{P}cNvPr")}
    ends = [places[glue.get("id")] for glue in (*line.iter(f"{A}stCxn"), *line.iter(f"{A}endCxn"))]
    (x, y), (wide, high) = numbers(line, f".//{A}off", "x", "y"), numbers(line, f".//{A}xfrm/{A}ext", "cx", "cy")
    assert (
        max(abs(one - other) for one, other in zip((*ends[0], *ends[1]), (x, y, x + wide, y + high), strict=True)) < 9
    )


def site_of_its_own(shape: Any) -> tuple[int, ...]:
    if shape.find(f".//{A}cxn[5]") is None:
        return ()
    pairs = zip(numbers(shape, f".//{A}off", "x", "y"), numbers(shape, f".//{A}cxn[5]/{A}pos", "x", "y"), strict=True)
    return tuple(map(sum, pairs))


def numbers(tree: Any, path: str, *names: str) -> tuple[int, ...]:
    return tuple(int(tree.find(path).get(name)) for name in names)


def test_the_chart_is_told_in_words() -> None:
    ((_, group),) = chart_slides(charted(*FAMILY))
    assert "Person 1 †" in group.alt
    assert "Person 2 (younger son) – Person 0: “Person 2 younger son (0,)”" in group.alt
    assert "Person 4 (uncle, told with a doubt, or as somebody’s word) – Person 1" in group.alt


def test_the_handout_has_a_row_for_each_person_and_tie() -> None:
    tree = page(render_html(brief(Chart("Family chart", *FAMILY[:1], FAMILY[1:], WHERE))).encode())
    for mark in tree.xpath("//sup"):
        mark.drop_tree()
    rows = [[cell.text_content().strip() for cell in row.iter("th", "td")] for row in tree.iter("tr")]
    assert ["Person 2", "younger son", "Person 0", "Person 2 younger son (0,)"] in rows
    assert ["Person 1\u00a0†(dead)", "was a miller in town 1."] in rows


def test_the_handout_prints_words_that_two_ties_rest_on_once() -> None:
    shared = said(900, "Person 1 and Person 2 were sons of Person 0")
    both = (replace(FAMILY[1], statement=shared), replace(FAMILY[2], statement=replace(shared, id="s901")))
    tree = page(render_html(brief(Chart("Family chart", FAMILY[0][:3], both, WHERE))).encode())
    for mark in tree.xpath("//sup"):
        mark.drop_tree()
    cells = [cell.text_content().strip() for cell in tree.iter("td")]
    assert cells.count(shared.text) == cells.count("as above") == 1


# There and back --------------------------------------------------------------------------------------------------

MILL = """\
# The mill

Karl Berg was a miller from Riga. Karl Berg died in 1918 and his son Otto Berg took the mill. Anna Berg, a daughter of
Karl Berg, was a painter. Otto Berg was killed in 1920. Emil Berg, reportedly a nephew of Otto Berg, sold the mill.
"""


def project(folder: Path) -> Path:
    (folder / "sources").mkdir()
    (folder / "sources" / "mill.md").write_text(MILL, "utf-8")
    outline = folder / "mill.yaml"
    outline.write_text("title: The Mill\nsources: sources\nsections:\n  - blocks:\n      - chart:\n", "utf-8")
    return outline


def test_every_word_of_a_chart_is_found_again(tmp_path: Path) -> None:
    outline = project(tmp_path)
    result = build(outline, BuildOptions(out=tmp_path, formats=("pptx", "html", "slides-html")))
    assert result.problems == ()
    for name in ("mill.pptx", "mill-handout.html", "mill-slides.html"):
        found = verify(tmp_path / name).statements
        assert len(found) == 6
        assert {one.status for one in found} == {"found"}


def test_a_frozen_chart_is_built_as_it_was(tmp_path: Path) -> None:
    outline = project(tmp_path)
    made = freeze(outline)
    once, _ = prepare(outline, BuildOptions())
    again, problems = prepare(made.path, BuildOptions())
    assert problems == ()
    assert once is not None
    assert again is not None
    assert render(again).data == render(once).data


def test_a_tie_in_place_to_nobody_is_a_problem_and_the_others_are_drawn(tmp_path: Path) -> None:
    made = freeze(project(tmp_path))
    made.path.write_text(made.text.replace("who: Anna Berg", "who: Ana Berg"), "utf-8")
    again, problems = prepare(made.path, BuildOptions())
    assert again is not None
    (chart,) = again.sections[0].blocks
    assert isinstance(chart, Chart)
    assert [one.name for one in chart.people] == ["Karl Berg", "Otto Berg", "Emil Berg"]
    assert {(one.message, one.hint) for one in problems} == {
        ("no box has the name 'Ana Berg'", "did you mean 'Anna Berg'?"),
        ("no tie joins 'Anna Berg' to another", "give it one under `ties`, or take the box out"),
    }
