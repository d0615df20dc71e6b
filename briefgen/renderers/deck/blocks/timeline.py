"""Timelines of native shapes: a band with the years inside, labels above and below it, dots, rings and bars."""

from collections.abc import Sequence

from msgspec import Struct, structs

from briefgen.model import Statement, Timeline
from briefgen.problems import Problem
from briefgen.renderers.deck import words
from briefgen.renderers.deck.blocks.placement import (
    ABOVE,
    BAR_ROW,
    BELOW,
    LANE_GAP,
    NEAR,
    STEM,
    Arrangement,
    Event,
    Measure,
    Placed,
    arrange,
    arrangeable,
    event,
)
from briefgen.renderers.deck.blocks.scale import Scale, first_day, ticks, year_name, year_of
from briefgen.renderers.deck.blocks.table import Grid, grid_fits, table_shape
from briefgen.renderers.deck.feet import Foot
from briefgen.renderers.deck.frame import Draft, Page, body, glued, part, row_right_of_eyebrow, statement_runs, too_long
from briefgen.renderers.deck.look import LABEL_SIZE, Palette
from briefgen.renderers.deck.shapes import Colour, Group, Line, Paragraph, Rect, Shape, TextBox, TextRun
from briefgen.renderers.deck.split import share_out

BAND = 0.34
MOST = 12
SIZES = (16.0, 15.0, 14.0, LABEL_SIZE)
TALLEST_LARGE = 1.75  # inches: the tallest label in type larger than it need be
MOST_WORDS = 180
BAR = 0.12
DOT = 0.17
YEAR_PAD = 0.1  # inches at the sides of a year together
WIDE_NUMBER = 10  # the first of the numbers that notes are measured with: no slide has a hundred


def plan(block: Timeline, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """Timelines of at most twelve events; what is too long for a label stands in a table after them."""
    dated = [(made.start, index, made) for index, item in enumerate(block.events) if (made := event(item))]
    events = tuple(made for _, _, made in sorted(dated, key=lambda item: item[:2]))
    measures = {size: _measure(page, size) for size in SIZES}

    def fits(group: Sequence[Event]) -> bool:
        if len(group) > MOST or sum(len(item.statement.text.split()) for item in group) > MOST_WORDS:
            return False
        feet = page.foot(_statements(group))
        room = body(feet)
        enough = len(group) == 1 or feet.fits
        return enough and arrangeable(group, room.x, room.right, room.h - BAND, measures[LABEL_SIZE])

    groups, rest = share_out(events, fits)
    drafts = []
    for index, group in enumerate(groups):
        room = body(page.foot(_statements(group)))
        choices = (
            (arrange(group, room.x, room.right, room.h - BAND, measure), size) for size, measure in measures.items()
        )
        found = next(((best, size) for best, size in choices if best and _easy(best, size)), None)
        if found:
            drafts.append(_slide(block.title, index, found[0], page, found[1]))
    undated = [item for item in block.events if item.date is None]
    listed, problems = _listed(block, [*(item.statement for item in rest), *undated], len(drafts), page)
    return (*drafts, *listed), problems


def _measure(page: Page, size: float) -> Measure:
    """How high a label is, remembered for each event and width."""
    heights: dict[tuple[str, float], float] = {}

    def measure(item: Event, width: float) -> float:
        key = (item.statement.id, width)
        if key not in heights:
            heights[key] = page.text.height(
                _label_text(item, _any_marks(item.statement, page), page.accent, size), width - 0.04
            )
        return heights[key]

    return measure


def _any_marks(statement: Statement, page: Page) -> tuple[TextRun, ...]:
    """The note marks of a statement, as wide as on any slide."""
    numbers = {note: number for number, note in enumerate(statement.notes, WIDE_NUMBER)}
    return structs.replace(page.foot(()), numbers=numbers).marks(statement)


def _statements(events: Sequence[Event]) -> tuple[Statement, ...]:
    return tuple(item.statement for item in events)


def _easy(made: Arrangement, size: float) -> bool:
    """Whether type larger than it need be still leaves labels that look like labels."""
    return size == LABEL_SIZE or max(item.height for item in made.placed) <= TALLEST_LARGE


def _label_text(
    item: Event, marks: tuple[TextRun, ...], accent: Colour, size: float, language: str = ""
) -> tuple[Paragraph, ...]:
    runs = glued(item.statement.runs)
    words_ = tuple(TextRun(run.text, run.bold, run.italic, language=language) for run in runs)
    date = Paragraph((TextRun(item.label, bold=True, colour=accent),), size)
    return date, Paragraph((*words_, *marks), size)


def _listed(
    block: Timeline, statements: Sequence[Statement], shown: int, page: Page
) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """A table of the events that no label holds."""

    def grid(group: Sequence[Statement], feet: Foot) -> Grid:
        rows = tuple(
            (
                (TextRun(item.date.label or item.date.text if item.date else words.EMPTY_CELL, bold=True),),
                statement_runs(item, feet),
            )
            for item in group
        )
        return Grid(words.CHRONOLOGY_COLUMNS, rows)

    def fits(group: Sequence[Statement]) -> bool:
        feet = page.foot(group)
        return (len(group) == 1 or feet.fits) and grid_fits(grid(group, feet), body(feet), page.text)

    groups, rest = share_out(statements, fits)
    drafts = []
    for index, group in enumerate(groups, shown):
        feet = page.foot(group)
        title = part(block.title, index)
        shape = table_shape(title, grid(group, feet), body(feet), page)
        drafts.append(Draft("title-only", title, (shape,), page, feet, tuple(group)))
    return tuple(drafts), tuple(too_long("a table row", statement, block.where) for statement in rest)


class Canvas(Struct, frozen=True):
    """What the parts of one timeline are drawn with."""

    room: Rect
    band: float
    scale: Scale
    feet: Foot
    accent: Colour
    size: float
    lanes: tuple[tuple[float, float], tuple[float, float]]  # for each side the near and the far label edge
    bars: dict[str, float]  # the middle of each span's bar

    @property
    def palette(self) -> Palette:
        return self.feet.look.palette


def _slide(title: str, index: int, made: Arrangement, page: Page, size: float) -> Draft:
    events = [item.event for item in made.placed]
    feet = page.foot(_statements(events))
    canvas = _canvas(made, feet, page.accent, size)
    first, last = year_name(events[0].start), year_name(events[-1].start)
    hint = f"{first}–{last}" if first != last else first
    alt = "Timeline. " + "; ".join(f"{item.label}: {item.statement.text}" for item in events)
    leaders: list[TextBox | Line] = [_leader(item, canvas) for item in made.placed]
    parts = (*leaders, *_band(events, canvas), *_points(made.placed, canvas), *_labels(made.placed, canvas))
    group = Group("Timeline", alt, canvas.room, parts)
    shapes: tuple[Shape, ...] = (*_legend(made, page), group)
    return Draft("title-only", part(title, index), shapes, page, feet, _statements(events), hint)


def _canvas(made: Arrangement, feet: Foot, accent: Colour, size: float) -> Canvas:
    room = body(feet)
    spare = room.h - BAND - made.above - made.below
    middle = room.y + (room.h - BAND) / 2
    band = min(max(middle, room.y + made.above), room.y + made.above + spare)
    edges = []
    for side in (ABOVE, BELOW):
        near = max((item.height for item in made.placed if item.side == side and item.lane == NEAR), default=0.0)
        start = STEM + BAR_ROW * (1 + max((item.row for item in made.placed if item.side == side), default=0))
        edges.append((start, start + near + LANE_GAP))
    return Canvas(room, band, _scale(made, room), feet, accent, size, (edges[0], edges[1]), _bars(made, band))


def _scale(made: Arrangement, room: Rect) -> Scale:
    """The scale through all events, from the first day of the first year to the last day of the last."""
    first, last = _years(made)
    left, right = room.x + 0.02, room.right - 0.02
    points = [(item.event.start, item.x) for item in made.placed]
    start, end = first_day(12 * first), first_day(12 * last + 12)
    if start < points[0][0]:
        points = [(start, min(left, points[0][1])), *points]
    if end > points[-1][0]:
        points = [*points, (end, max(right, points[-1][1]))]
    return Scale(tuple(points))


def _years(made: Arrangement) -> tuple[int, int]:
    events = [item.event for item in made.placed]
    return year_of(min(item.start for item in events)), year_of(max(item.end for item in events))


def _bars(made: Arrangement, band: float) -> dict[str, float]:
    """The middle of the bar of each span."""
    bars: dict[str, float] = {}
    for item in (item for item in made.placed if item.event.span):
        off = 0.03 + BAR / 2 + item.row * BAR_ROW
        bars[item.event.statement.id] = band - off if item.side == ABOVE else band + BAND + off
    return bars


def _label_rect(item: Placed, canvas: Canvas) -> Rect:
    edge = canvas.lanes[item.side][item.lane]
    top = canvas.band - edge - item.height if item.side == ABOVE else canvas.band + BAND + edge
    return Rect(item.left, top, item.width, item.height)


def _leader(item: Placed, canvas: Canvas) -> Line:
    at = _label_rect(item, canvas)
    label = at.bottom + 0.03 if item.side == ABOVE else at.y - 0.03
    edge = canvas.band if item.side == ABOVE else canvas.band + BAND
    edge = canvas.bars.get(item.event.statement.id, edge)
    return Line("Leader", item.x, min(label, edge), item.x, max(label, edge), canvas.palette.muted, 0.75)


def _band(events: Sequence[Event], canvas: Canvas) -> list[TextBox | Line]:
    room, face = canvas.room, canvas.feet.look.text
    band = TextBox("Band", Rect(room.x, canvas.band, room.w, BAND), fill=canvas.accent)
    first, last = year_of(min(item.start for item in events)), year_of(max(item.end for item in events))
    made: list[TextBox | Line] = [band]
    end = room.x
    for x, name in ticks(canvas.scale, first, last):
        wide = face.width(name, LABEL_SIZE, bold=True) + YEAR_PAD
        left = min(max(x - wide / 2, room.x + 0.04), room.right - wide - 0.04)
        if left + YEAR_PAD / 2 < end:  # else the words would touch
            continue
        end = left + wide
        text = Paragraph((TextRun(name, bold=True),), LABEL_SIZE, align="ctr")
        at = Rect(left, canvas.band, wide, BAND)
        made.append(TextBox(f"Year {name}", at, (text,), colour=canvas.palette.ground, anchor="ctr"))
    return made


def _points(placed: Sequence[Placed], canvas: Canvas) -> list[TextBox]:
    """A bar for a span; a dot, filled or hollow, for all else."""
    made = []
    for item in placed:
        if item.event.span:
            middle = canvas.bars[item.event.statement.id]
            end = max(canvas.scale.x(item.event.end), item.x + 0.15)
            at = Rect(item.x, middle - BAR / 2, min(end, canvas.room.right) - item.x, BAR)
            made.append(
                TextBox("Span", at, fill=canvas.palette.soft(canvas.accent), outline=canvas.accent, weight=0.75)
            )
            continue
        edge = canvas.band if item.side == ABOVE else canvas.band + BAND
        made.append(_dot("Point", item.x, edge, item.event.solid, canvas.accent, canvas.palette.ground))
    return made


def _dot(name: str, x: float, y: float, solid: bool, accent: Colour, ground: Colour) -> TextBox:
    at = Rect(x - DOT / 2, y - DOT / 2, DOT, DOT)
    fill, line = (accent, ground) if solid else (ground, accent)
    return TextBox(name, at, fill=fill, outline=line, weight=1.5 if solid else 2.0, geometry="ellipse")


def _labels(placed: Sequence[Placed], canvas: Canvas) -> list[TextBox]:
    made = []
    for item in placed:
        marks = canvas.feet.marks(item.event.statement)
        language = canvas.feet.language(item.event.statement)
        text = _label_text(item.event, marks, canvas.accent, canvas.size, language)
        name = f"Event {item.event.label}"
        made.append(TextBox(name, _label_rect(item, canvas), text, colour=canvas.palette.ink))
    return made


def _legend(made: Arrangement, page: Page) -> list[TextBox]:
    """What the marks on this slide mean, in one line at the top right."""
    events = [item.event for item in made.placed]
    entries = [("solid", words.LEGEND_POINT)] if any(item.solid for item in events) else []
    entries += [("ring", words.LEGEND_WIDE)] if any(not item.solid and not item.span for item in events) else []
    entries += [("bar", words.LEGEND_SPAN)] if any(item.span for item in events) else []
    entries += [("", words.LEGEND_SCALE)] if made.moved > 0.1 else []
    palette, row = page.look.palette, row_right_of_eyebrow(page.look)
    x = row.right
    shapes: list[TextBox] = []
    for kind, text in reversed(entries):
        wide = page.text.width(text, LABEL_SIZE) + 0.04
        x -= wide
        at, meaning = Rect(x, row.y, wide, 0.26), Paragraph((TextRun(text),), LABEL_SIZE)
        shapes.append(TextBox("Legend", at, (meaning,), colour=palette.muted))
        if kind == "bar":
            x -= 0.45
            mark = Rect(x, row.y + 0.07, 0.38, BAR)
            shapes.append(TextBox("Legend mark", mark, fill=palette.soft(page.accent), outline=page.accent))
        elif kind:
            x -= 0.25
            solid = kind == "solid"
            shapes.append(_dot("Legend mark", x + 0.1, row.y + 0.13, solid, page.accent, palette.ground))
        x -= 0.25
    return shapes[::-1]
