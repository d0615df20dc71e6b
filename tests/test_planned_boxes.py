"""Planned slides of any content: every box on the slide, and no text planned over other text."""

from collections.abc import Iterator
from itertools import combinations
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from briefgen.model import (
    Brief,
    BriefBlock,
    Bullets,
    Compare,
    DateMention,
    Entry,
    Note,
    Passage,
    People,
    Person,
    Prose,
    Questions,
    Quotation,
    Row,
    Run,
    Section,
    Side,
    SourceSummary,
    Span,
    Statement,
    Table,
    Timeline,
)
from briefgen.problems import Location
from briefgen.renderers.deck.blocks.scale import first_day
from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.plan import plan
from briefgen.renderers.deck.shapes import Connector, Group, Line, PictureBox, Rect, Shape, Slide, TableBox, TextBox
from briefgen.renderers.deck.template import template

LOOK = template("lecture")[0].look
FACE = Face()
WHERE = Location("outline.yaml", 1, 1)
SLIDE = Rect(0.0, 0.0, 13.333, 7.5)
EDGE = 0.05  # inches: what a title of two lines, and rounding, may reach over
LETTERS = (
    "etaoin shrdlu ",
    "ETAOIN SHRDLU - – / ",
    "橋商人「」。、（）朝",
    "جسر تجار صباح ",
    "גשר עיר 1894 ",
    "สะพานเก่าตอนเช้า",
    "पुल व्यापारी ",
    "🚢👨\u200d👩\u200d👧👍🏽⚓",
    "e\u0301a\u0300\u0316z\u0351\u036b ",
    "\u00a0\u200b\u00ad\u2009\u202f\t",
    "0123456789.,:;%€",
    "<&>\"'\\{}$#_*`|[]",
)


def words(most: int) -> st.SearchStrategy[str]:
    """Text of one or two scripts; long words as well as short ones."""
    pieces = st.sampled_from(LETTERS).flatmap(lambda letters: st.text(letters, max_size=12))
    return st.tuples(st.lists(pieces, max_size=3), st.integers(1, most)).map(lambda made: " ".join(made[0] * made[1]))


TITLES = words(8)
LABELS = words(3)


def dates() -> st.SearchStrategy[DateMention]:
    def made(year: int, length: int) -> DateMention:
        start, end = first_day(12 * year), first_day(12 * (year + length) + 12) - 1
        label = f"{year}–{year + length}" if length else str(year)
        return DateMention(0, 4, label, label, start, end, "span" if length else "year", label=label)

    return st.builds(made, st.integers(-500, 2100), st.sampled_from((0, 0, 0, 1, 30)))


@st.composite
def said(draw: st.DrawFn) -> Statement:
    text = draw(words(25)) or "It was."
    span = Span("a", 0, 0, len(text))
    notes = tuple(draw(st.lists(st.integers(1, 12), max_size=3, unique=True)))
    kinds: tuple[Literal["verbatim", "instructor"], ...] = ("verbatim", "verbatim", "instructor")
    kind = draw(st.sampled_from(kinds))
    name = str(draw(st.integers(0, 10**9)))
    return Statement(name, kind, (Run(text),), (span,), Passage(text, span), draw(st.none() | dates()), notes)


def many(most: int) -> st.SearchStrategy[tuple[Statement, ...]]:
    return st.lists(said(), min_size=1, max_size=most, unique_by=lambda one: one.id).map(tuple)


def blocks() -> st.SearchStrategy[BriefBlock]:
    where = st.just(WHERE)
    rows = st.builds(Row, st.lists(words(6), max_size=4).map(tuple), said())
    people = st.builds(Person, LABELS, many(5) | st.just(()), st.booleans())
    sides = st.builds(Side, LABELS, many(4))
    dated = many(14).map(lambda all_: tuple(one for one in all_ if one.date) or all_)
    return st.one_of(
        st.builds(Bullets, TITLES, many(12), where),
        st.builds(Timeline, TITLES, dated, where),
        st.builds(People, TITLES, st.lists(people, min_size=1, max_size=7).map(tuple), where),
        st.builds(
            Table,
            TITLES,
            st.lists(LABELS, min_size=1, max_size=6).map(tuple),
            st.lists(rows, min_size=1, max_size=12).map(tuple),
            where,
        ),
        st.builds(Quotation, TITLES, said(), where),
        st.builds(Compare, TITLES, sides, sides, where),
        st.builds(Prose, TITLES, many(3), where),
        st.builds(Questions, TITLES, st.lists(words(12), min_size=1, max_size=9).map(tuple), where),
    )


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    sections = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        inside = tuple(draw(st.lists(blocks(), max_size=2)))
        opening = draw(many(4) | st.just(()))
        sections.append(Section(number, draw(TITLES), "history", inside, WHERE, draw(TITLES), opening))
    more = draw(st.integers(0, 14))
    sections += [Section(len(sections) + n, draw(LABELS), "", (), WHERE) for n in range(1, more + 1)]
    short = draw(words(6))
    notes = tuple(Note(n, "a", (Run(f"Note {n}."),), f"{short}, para. {n}") for n in range(1, 13))
    source = SourceSummary("a", "a.txt", "0" * 64, "news", draw(TITLES), draw(LABELS), statements=3)
    bibliography = (Entry("a", (Run(draw(words(10))),)),)
    aims = tuple(draw(st.lists(words(10), max_size=5)))
    made = Brief(draw(TITLES), "en", tuple(sections), notes, bibliography, (source,), draw(TITLES), draw(LABELS))
    return structs.replace(made, author=draw(LABELS), objectives=aims)


def flat(shapes: tuple[Shape, ...]) -> Iterator[TextBox | TableBox | Line | Connector | PictureBox]:
    for shape in shapes:
        if isinstance(shape, Group):
            yield from shape.shapes
        else:
            yield shape


def text_places(slide: Slide) -> Iterator[tuple[str, Rect, Rect]]:
    """Each place for text with its name: the box, and where in it the text as measured stands."""
    for shape in flat(slide.shapes):
        if isinstance(shape, TableBox):
            yield shape.name, shape.at, shape.at
        elif isinstance(shape, TextBox) and any(run.text or run.field for p in shape.paragraphs for run in p.runs):
            left, top, right, bottom = shape.inset
            at = shape.at
            room = Rect(at.x + left, at.y + top, at.w - left - right, at.h - top - bottom)
            high = FACE.height(shape.paragraphs, room.w)
            spare = room.h - high
            start = room.y + {"t": 0.0, "ctr": spare / 2, "b": spare, "": 0.0}[shape.anchor]
            yield shape.name, at, Rect(room.x, start, room.w, high)


def on_each_other(one: Rect, other: Rect) -> bool:
    wide = min(one.right, other.right) - max(one.x, other.x)
    return wide > EDGE and min(one.bottom, other.bottom) - max(one.y, other.y) > EDGE


def inside(one: Rect, other: Rect) -> bool:
    aside = min(one.x - other.x, other.right - one.right)
    return one.w >= 0 and one.h >= 0 and min(aside, one.y - other.y, other.bottom - one.bottom) >= -EDGE


def faults(slide: Slide) -> Iterator[str]:
    for shape in flat(slide.shapes):
        if not isinstance(shape, Line | Connector) and not inside(shape.at, SLIDE):
            yield f"{shape.name} is not on the slide: {shape.at}"
    places = list(text_places(slide))
    yield from (
        f"the text of {name} is not in its box: {text} {box}" for name, box, text in places if not inside(text, box)
    )
    for (name, _, one), (other, _, second) in combinations(places, 2):
        if on_each_other(one, second):
            yield f"{name} lies on {other}: {one} {second}"


@settings(max_examples=25, deadline=None)
@given(briefs())
def test_every_box_is_on_the_slide_and_holds_its_text_and_no_text_lies_on_other_text(brief: Brief) -> None:
    found = [f"{slide.title!r}: {fault}" for slide in plan(brief, LOOK).slides for fault in faults(slide)]
    assert not found
