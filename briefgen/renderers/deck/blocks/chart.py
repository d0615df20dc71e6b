"""Charts of native shapes: boxes of persons, connectors glued to them, the source's word for each tie with its note."""

from collections.abc import Sequence
from itertools import chain

from msgspec import Struct, structs

from briefgen.model import Chart, Person, Run, Statement, Tie
from briefgen.problems import Problem
from briefgen.renderers.deck import words
from briefgen.renderers.deck.blocks.rows import Bond, Rows, bonds_of, in_rows, neighbours, ranked
from briefgen.renderers.deck.blocks.table import Grid, grid_fits, table_shape
from briefgen.renderers.deck.blocks.ways import Point
from briefgen.renderers.deck.blocks.wires import Arrangement, Measure, Wire, Words, arrange
from briefgen.renderers.deck.feet import Foot
from briefgen.renderers.deck.frame import Draft, Page, body, part, row_right_of_eyebrow, statement_runs, too_long
from briefgen.renderers.deck.look import LABEL_SIZE
from briefgen.renderers.deck.shapes import Connector, Group, Paragraph, Rect, Shape, TextBox, TextRun
from briefgen.renderers.deck.split import share_out

MOST, FEWEST, ROWS = 10, 4, 8
"""Boxes on a slide at most, and on a second one at least: fewer are told in a table, of so many rows at most."""
NOTES = 6
"""Lines of notes at most: those that a foot has no room for stand in the speaker notes, and a family stays whole."""
NAME_SIZE = 15.0
FACT_SIZES = (15.0, 14.0, LABEL_SIZE)
INSET = (0.1, 0.06, 0.08, 0.05)
WORDS_BESIDE = 0.06
MARK = TextRun("00", bold=True, raised=True)  # room kept for a note mark while measuring
_NO_BREAK = "\u00a0"


class _Drawn(Struct, frozen=True):
    """What one slide of a chart holds, and how it is laid out."""

    people: tuple[int, ...]
    made: Arrangement
    size: float


def plan(block: Chart, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """As few charts as hold the ties, and a table of what they have no room for.

    A person whose ties are on several charts has a box on each, with the facts on the first.
    """
    left = list(bonds_of(block.ties))
    told: set[int] = set()
    drafts: list[Draft] = []
    while left and not (drafts and _fits_a_table(_rows_of(block, left, told), page)):
        chosen = _together(left)
        drawn, rest = None, list(chosen)
        while rest and drawn is None:
            drawn = _drawn(block, rest, told, page)
            rest = rest if drawn else rest[:-1]
        if drawn is None or (drafts and len(drawn.people) < FEWEST):
            break
        drafts.append(_slide(block, drawn, told, len(drafts), page))
        shown = {wire.bond.pair for wire in drawn.made.wires}
        left = [bond for bond in left if bond.pair not in shown]
        told |= set(drawn.people)
    listed, problems = _listed(block, left, told, len(drafts), page)
    return (*drafts, *listed), problems


class _Row(Struct, frozen=True):
    """A row of the table of what the charts have no room for: a tie, or a fact where there is no `tie`."""

    who: str
    statement: Statement
    tie: str = ""
    others: str = ""

    def cells(self, feet: Foot) -> tuple[tuple[TextRun, ...], ...]:
        who = (TextRun(self.who, bold=True),)
        if self.tie:
            return who, (TextRun(self.tie), *_marks(feet, self.statement, self.tie)), (TextRun(self.others),)
        return who, (TextRun(words.EMPTY_CELL),), statement_runs(self.statement, feet)


def _listed(
    block: Chart, bonds: Sequence[Bond], told: set[int], shown: int, page: Page
) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """A table of the ties for which the charts have no room, and of the facts of those who stand in none."""
    groups, rest = share_out(_rows_of(block, bonds, told), lambda rows: _fits_a_table(rows, page))
    drafts = []
    for index, group in enumerate(groups, shown):
        statements = tuple(row.statement for row in group)
        feet = page.foot(statements)
        title = part(block.title, index)
        shape = table_shape(title, _grid(group, feet), body(feet), page)
        drafts.append(Draft("title-only", title, (shape,), page, feet, statements, words.MORE_TIES))
    return tuple(drafts), tuple(too_long("a table row", row.statement, block.where) for row in rest)


def _rows_of(block: Chart, bonds: Sequence[Bond], told: set[int]) -> list[_Row]:
    joined = sorted({person for bond in bonds for person in bond.pair} - told)
    facts = [_Row(block.people[one].name, fact) for one in joined for fact in block.people[one].facts]
    return [*(_tie_row(block, tie) for tie in _ties(bonds)), *facts]


def _fits_a_table(rows: Sequence[_Row], page: Page) -> bool:
    feet = page.foot([row.statement for row in rows])
    return len(rows) <= ROWS and (len(rows) == 1 or feet.fits) and grid_fits(_grid(rows, feet), body(feet), page.text)


def _grid(rows: Sequence[_Row], feet: Foot) -> Grid:
    return Grid(words.TIE_COLUMNS, tuple(row.cells(feet) for row in rows))


def _tie_row(block: Chart, tie: Tie) -> _Row:
    others = words.listed([block.people[one].name for one in tie.of])
    doubt = "" if tie.sure else f" ({words.UNSURE_TIE})"
    return _Row(block.people[tie.who].name, tie.statement, tie.word, others + doubt)


def _together(bonds: Sequence[Bond]) -> list[Bond]:
    """The bonds of the largest group, each joined to one before it, from the person with most of them on."""
    groups: list[list[Bond]] = []
    for bond in bonds:
        touching = [group for group in groups if any(one.pair & bond.pair for one in group)]
        groups = [group for group in groups if group not in touching] + [[*chain(*touching), bond]]
    group = max(groups, key=len)
    count = {person: sum(person in bond.pair for bond in group) for bond in group for person in bond.pair}
    reached = {max(sorted(count), key=lambda person: count[person])}
    ordered: list[Bond] = []
    while len(ordered) < len(group):
        near = [bond for bond in group if bond not in ordered and bond.pair & reached]
        ordered.append(next((bond for bond in near if bond.pair <= reached), near[0]))
        reached |= ordered[-1].pair
    return ordered


def _drawn(block: Chart, bonds: Sequence[Bond], told: set[int], page: Page) -> _Drawn | None:
    """The chart of these bonds, without those that cannot be drawn with the others; none where it does not fit.

    Of those with successors beside and below, that which has more lines.
    """
    if len({person for bond in bonds for person in bond.pair}) > MOST:
        return None
    found: list[_Drawn] = []
    for stacked in (False, True):
        placed, agreeing = ranked(bonds, stacked)
        rows = in_rows(placed, agreeing)
        made = _laid_out(block, rows, _told_apart(neighbours(rows, agreeing)), told, page)
        found += [made] if made else []
    return max(found, key=lambda one: len(one.made.wires), default=None)


def _laid_out(block: Chart, rows: Rows, bonds: Sequence[Bond], told: set[int], page: Page) -> _Drawn | None:
    """The persons whom some bonds join in these rows, in the largest type in which all lines can be seen; where they
    cannot in any, without the bonds whose lines would be hidden."""
    joined = {person for bond in bonds for person in bond.pair}
    rows = tuple(own for row in rows if (own := tuple(person for person in row if person in joined)))
    people = tuple(person for row in rows for person in row)
    feet = page.foot(_statements(block, people, bonds, told))
    if not bonds or not (feet.lines <= NOTES or len(bonds) == 1):
        return None
    found: list[_Drawn] = []
    for size in FACT_SIZES:
        made = arrange(rows, bonds, body(feet), _measure(block, told, size, page))
        if made and not made.hidden:
            return _Drawn(people, made, size)
        found += [_Drawn(people, made, size)] if made else []
    if not found:
        return None
    hidden = found[0].made.hidden
    return _laid_out(block, rows, [bond for bond in bonds if bond not in hidden], told, page)


def _told_apart(bonds: Sequence[Bond]) -> tuple[Bond, ...]:
    """The bonds without those whose words would stand where others' stand, so that one could not tell them apart."""
    said: dict[tuple[int, bool], tuple[str, ...]] = {}
    kept = []
    for bond in bonds:
        who = bond.ties[0].who
        told = tuple(tie.word for tie in bond.ties if tie.kind != "office") or tuple(tie.word for tie in bond.ties)
        between_rows = bond.below > 0
        if not between_rows or said.setdefault((who, who == bond.lower), told) == told:
            kept.append(bond)
    return tuple(kept)


def _facts(person: Person, number: int, told: set[int]) -> tuple[Statement, ...]:
    return () if number in told else person.facts


def _statements(block: Chart, people: Sequence[int], bonds: Sequence[Bond], told: set[int]) -> tuple[Statement, ...]:
    facts = [fact for number in people for fact in _facts(block.people[number], number, told)]
    return (*facts, *(tie.statement for tie in _ties(bonds)))


def _ties(bonds: Sequence[Bond]) -> list[Tie]:
    """The ties of some bonds, each once."""
    return list({tie.statement.id: tie for bond in bonds for tie in bond.ties}.values())


# Measuring -------------------------------------------------------------------------------------------------------


def _measure(block: Chart, told: set[int], size: float, page: Page) -> Measure:
    heights: dict[tuple[int, float], float] = {}

    def box(number: int, wide: float) -> float:
        if (number, wide) not in heights:
            person = block.people[number]
            text = _box_text(person, [(*_plain(fact), MARK) for fact in _facts(person, number, told)], size)
            high = page.text.height(text, wide - INSET[0] - INSET[2])
            heights[number, wide] = high + INSET[1] + INSET[3]
        return heights[number, wide]

    def word(bonds: Sequence[Bond], most: float) -> tuple[float, float]:
        """The width and height of the words that stand together for some bonds, each tie in a paragraph of its own."""
        texts = [Paragraph((TextRun(tie.word), MARK), LABEL_SIZE) for tie in _ties(bonds)]
        natural = max(page.text.natural_width(text.runs, LABEL_SIZE) for text in texts) + 2 * WORDS_BESIDE
        wide = min(natural, most)
        return wide, page.text.height(texts, wide - 2 * WORDS_BESIDE + 0.01) + 0.02

    return Measure(box, word)


def _plain(statement: Statement) -> tuple[TextRun, ...]:
    return tuple(TextRun(run.text, run.bold) for run in statement.runs)


def _box_text(person: Person, facts: Sequence[Sequence[TextRun]], size: float) -> tuple[Paragraph, ...]:
    dagger = (TextRun(f"{_NO_BREAK}†", bold=True),) if person.dead else ()
    name = Paragraph((TextRun(person.name, bold=True), *dagger), max(NAME_SIZE, size))
    return (name, *(Paragraph(tuple(fact), size, before=2.0) for fact in facts))


# Drawing ---------------------------------------------------------------------------------------------------------


def _slide(block: Chart, drawn: _Drawn, told: set[int], index: int, page: Page) -> Draft:
    made = drawn.made
    bonds = tuple(wire.bond for wire in made.wires)
    statements = _statements(block, drawn.people, bonds, told)
    feet = page.foot(statements)
    boxes = [_box(block, number, made.boxes[number], drawn, told, feet, page) for number in drawn.people]
    lines = [_connector(wire, made, block, page) for wire in made.wires]
    labels = [_label(one, feet) for one in made.words]
    group = Group("Chart", _in_words(block, drawn, bonds), body(feet), (*boxes, *lines, *labels))
    legend = _legend(block, drawn, bonds, page)
    title = part(block.title, index)
    shapes: tuple[Shape, ...] = (*legend, group)
    return Draft("title-only", title, shapes, page, feet, statements, block.people[_centre(bonds)].name)


def _centre(bonds: Sequence[Bond]) -> int:
    """Who is joined to most others."""
    joined = [person for bond in bonds for person in sorted(bond.pair)]
    return max(joined, key=joined.count)


def _box(block: Chart, number: int, at: Rect, drawn: _Drawn, told: set[int], feet: Foot, page: Page) -> TextBox:
    person, palette = block.people[number], page.look.palette
    text = _box_text(person, [statement_runs(fact, feet) for fact in _facts(person, number, told)], drawn.size)
    return TextBox(
        _box_name(number, block),
        at,
        text,
        fill=palette.grey if person.dead else page.pale,
        outline=palette.muted if person.dead else page.accent,
        weight=1.25,
        inset=INSET,
        colour=palette.ink,
        dashed=_is_unclear(number, block.ties),
        anchor="ctr",
        sites=_sites(number, drawn.made),
    )


def _sites(number: int, made: Arrangement) -> tuple[Point, ...]:
    """Where lines beside others are glued to the box of a person."""
    beside = [wire for wire in made.wires if wire.beside]
    return tuple(wire.way[0] if wire.start == number else wire.way[-1] for wire in beside if number in wire.bond.pair)


def _box_name(number: int, block: Chart) -> str:
    return f"Box {number + 1}: {block.people[number].name}"


def _is_unclear(number: int, ties: Sequence[Tie]) -> bool:
    """Whether all that joins a person to others is told with a doubt, or as somebody's word."""
    return not any(tie.sure for tie in ties if number in (tie.who, *tie.of))


def _connector(wire: Wire, made: Arrangement, block: Chart, page: Page) -> Connector:
    bond = wire.bond
    ends = ((wire.start, wire.way[0]), (wire.end, wire.way[-1]))
    first, last = (_sites(number, made).index(at) if wire.beside else None for number, at in ends)
    return Connector(
        f"Line from {block.people[wire.start].name} to {block.people[wire.end].name}",
        _box_name(wire.start, block),
        _box_name(wire.end, block),
        wire.way,
        page.look.palette.muted,
        dashed=not bond.sure,
        arrow=bond.succession and wire.end == bond.lower,
        sites=(first, last),
    )


def _label(one: Words, feet: Foot) -> TextBox:
    """The source's word for each tie with its note."""
    texts = tuple(
        Paragraph((TextRun(tie.word), *_marks(feet, tie.statement, tie.word)), LABEL_SIZE, align="ctr")
        for tie in _ties(one.bonds)
    )
    inset, palette = (WORDS_BESIDE / 2, 0.0, WORDS_BESIDE / 2, 0.0), feet.look.palette
    return TextBox("Tie", one.at, texts, fill=palette.ground, inset=inset, colour=palette.muted, anchor="ctr")


def _marks(feet: Foot, statement: Statement, word: str) -> tuple[TextRun, ...]:
    """The note marks of a tie, right after its word."""
    return feet.marks(structs.replace(statement, runs=(Run(word),)))


def _in_words(block: Chart, drawn: _Drawn, bonds: Sequence[Bond]) -> str:
    """The chart in the words of its sources: who is in it, and what the lines rest on, each sentence once."""
    names = [f"{block.people[number].name}{' †' if block.people[number].dead else ''}" for number in drawn.people]
    quoted: dict[str, list[str]] = {}
    for tie in _ties(bonds):
        quoted.setdefault(tie.statement.text, []).append(_pair(tie, block.people))
    said = [f"{', '.join(pairs)}: “{text}”" for text, pairs in quoted.items()]
    return f"Chart of {', '.join(names)}. {'; '.join(said)}"


def _pair(tie: Tie, people: Sequence[Person]) -> str:
    doubt = "" if tie.sure else f", {words.UNSURE_TIE}"
    return f"{people[tie.who].name} ({tie.word}{doubt}) – {words.listed([people[one].name for one in tie.of])}"


def _legend(block: Chart, drawn: _Drawn, bonds: Sequence[Bond], page: Page) -> list[TextBox]:
    """What grey, dashes and arrows mean, in one line at the top right."""
    palette, row = page.look.palette, row_right_of_eyebrow(page.look)
    right = row.right
    swatch = Rect(0.0, row.y + 0.03, 0.26, 0.2)
    dead = any(block.people[number].dead for number in drawn.people)
    entries: list[tuple[str, TextBox | None]] = (
        [(words.DEAD, TextBox("Swatch", swatch, fill=palette.grey, outline=palette.muted))] if dead else []
    )
    if not all(bond.sure for bond in bonds):
        entries.append((words.UNSURE_TIE, TextBox("Swatch", swatch, outline=page.accent, dashed=True)))
    if any(bond.succession for bond in bonds):
        entries.append((words.SUCCESSION, None))
    made: list[TextBox] = []
    for text, mark in reversed(entries):
        wide = page.text.width(text, LABEL_SIZE) + 0.05
        right -= wide
        at = Rect(right, row.y, wide, 0.26)
        made.append(TextBox("Legend", at, (Paragraph((TextRun(text),), LABEL_SIZE),), colour=palette.muted))
        right -= 0.36 if mark else 0.0
        made += [structs.replace(mark, at=structs.replace(swatch, x=right))] if mark else []
        right -= 0.2
    return made[::-1]
