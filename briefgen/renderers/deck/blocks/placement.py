"""Where the labels of a timeline stand: lanes, positions on the band, and a scale that stretches where events crowd.

Every rule is a least distance between two positions, so the room is found exactly: a pass from each end gives the
earliest and the latest place of every event, and the mean of two tight arrangements keeps all rules too.
"""

import math
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from briefgen.model import Statement

WIDTHS = (2.2, 2.6, 1.9, 1.6)
WIDEST = (3.4,)  # where no other width will do
TALLEST = 2.1  # inches: a longer text is no label
COMFORTABLE = 1.15  # inches: the height from which a label looks like a column
PAD = 0.2  # between a label and its neighbour or another label's leader
LEAD = 0.08  # a leader's distance from its label's edge
DOT = 0.24  # the least distance of two events on the band
STEM = 0.2  # the shortest leader
BAR_ROW = 0.16  # the height that a row of bars takes
LANE_GAP = 0.14

Pattern = tuple[tuple[int, int], ...]
ABOVE, BELOW = 0, 1
NEAR, FAR = 0, 1
# Lanes in turn, as (side, lane): one lane a side, or two with either one first.
PATTERNS: tuple[Pattern, ...] = (
    ((ABOVE, NEAR), (BELOW, NEAR)),
    ((ABOVE, FAR), (BELOW, FAR), (ABOVE, NEAR), (BELOW, NEAR)),
    ((ABOVE, NEAR), (BELOW, NEAR), (ABOVE, FAR), (BELOW, FAR)),
)


class Event(Struct, frozen=True):
    """A dated statement: `start` and `end` are day numbers, equal but for spans; `solid` says month or day known."""

    statement: Statement
    start: float
    end: float
    solid: bool
    span: bool

    @property
    def label(self) -> str:
        date = self.statement.date
        return (date.label or date.text) if date else ""


class Placed(Struct, frozen=True):
    """An event with its lane, its place on the band, its label's left edge and size, and a span's row of bars."""

    event: Event
    side: int
    lane: int
    x: float
    left: float
    width: float
    height: float
    row: int


class Arrangement(Struct, frozen=True):
    """The events of one slide, placed; `moved` is how far they stand from an even scale, in inches on average."""

    placed: tuple[Placed, ...]
    above: float
    below: float
    moved: float


Measure = Callable[[Event, float], float]


def event(statement: Statement) -> Event | None:
    """`statement` as an event, or none where it has no date."""
    date = statement.date
    if date is None:
        return None
    open_ended = date.qualifier in ("before", "after")
    span = date.precision in ("span", "decade", "century") and date.latest > date.earliest and not open_ended
    if span:
        return Event(statement, date.earliest, date.latest, False, True)
    edges = {"before": date.latest, "after": date.earliest}
    middle = edges.get(date.qualifier, (date.earliest + date.latest) / 2)
    return Event(statement, middle, middle, date.precision in ("day", "month") and not date.qualifier, False)


def arrange(events: Sequence[Event], left: float, right: float, room: float, measure: Measure) -> Arrangement | None:
    """The arrangement of `events` (in order of `start`) that moves them least, or none.

    `room` is the height for both sides together.
    """
    for widths in (WIDTHS, WIDEST):
        best = min(_arrangements(events, left, right, room, measure, widths), key=_cost, default=None)
        if best:
            return best
    return None


def arrangeable(events: Sequence[Event], left: float, right: float, room: float, measure: Measure) -> bool:
    """Whether `arrange` would find an arrangement."""
    return any(_arrangements(events, left, right, room, measure, (*WIDTHS, *WIDEST)))


def _arrangements(
    events: Sequence[Event], left: float, right: float, room: float, measure: Measure, widths: Sequence[float]
) -> Iterator[Arrangement]:
    for width in widths:
        for pattern in PATTERNS if len(events) > 3 else PATTERNS[:1]:
            made = _try(events, left, right, room, measure, width, pattern)
            if made:
                yield made


def _cost(made: Arrangement) -> float:
    """How little an arrangement is liked: for events moved off the even scale, and for labels like columns."""
    tallest = max(item.height for item in made.placed)
    return made.moved + max(0.0, tallest - COMFORTABLE)


def _try(
    events: Sequence[Event],
    left: float,
    right: float,
    room: float,
    measure: Measure,
    width: float,
    pattern: Pattern,
) -> Arrangement | None:
    heights = [measure(item, width) for item in events]
    lanes = [pattern[index % len(pattern)] for index in range(len(events))]
    rows = _bar_rows(events, lanes)
    above, below = (_side_height(side, lanes, heights) + BAR_ROW * _stack(side, lanes, rows) for side in (ABOVE, BELOW))
    if above + below > room or max(heights) > TALLEST:
        return None
    wanted = even_scale(events, left, right)
    found = _positions(wanted, lanes, width, left, right)
    if found is None:
        return None
    moved = sum(abs(a - b) for a, b in zip(found, wanted, strict=True)) / len(events)
    offsets = _offsets(len(events), width)
    placed = tuple(
        Placed(item, side, lane, x, x - offset, width, height, row)
        for item, (side, lane), x, offset, height, row in zip(events, lanes, found, offsets, heights, rows, strict=True)
    )
    return Arrangement(placed, above, below, moved)


def _side_height(side: int, lanes: Sequence[tuple[int, int]], heights: Sequence[float]) -> float:
    tallest = [
        max((height for height, lane in zip(heights, lanes, strict=True) if lane == (side, which)), default=0.0)
        for which in (NEAR, FAR)
    ]
    used = [height for height in tallest if height]
    return sum(used) + STEM + LANE_GAP * (len(used) - 1) if used else 0.0


def _bar_rows(events: Sequence[Event], lanes: Sequence[tuple[int, int]]) -> list[int]:
    """The row of each span's bar, 0 next to the band: bars of one row do not lie on each other."""
    ends: dict[tuple[int, int], float] = {}
    rows: list[int] = []
    for item, (side, _) in zip(events, lanes, strict=True):
        row = next(row for row in range(len(events)) if ends.get((side, row), -math.inf) < item.start)
        rows.append(row if item.span else 0)
        if item.span:
            ends[side, row] = item.end
    return rows


def _stack(side: int, lanes: Sequence[tuple[int, int]], rows: Sequence[int]) -> int:
    """How many rows of bars a side keeps room for: at least one, so that all leaders start alike."""
    return 1 + max([0, *(row for (where, _), row in zip(lanes, rows, strict=True) if where == side)])


def _offsets(count: int, width: float) -> list[float]:
    """How far each leader stands from its label's left edge: at the left end first, at the right end last."""
    return [LEAD + (width - 2 * LEAD) * (index / (count - 1) if count > 1 else 0.0) for index in range(count)]


def _distance(i: int, j: int, lanes: Sequence[tuple[int, int]], width: float, offsets: Sequence[float]) -> float:
    """How far event `j` must stand to the right of the earlier event `i`."""
    least = DOT * min(j - i, 1)
    (side, lane), (other_side, other_lane) = lanes[i], lanes[j]
    if side != other_side:
        return least
    if lane == other_lane:
        return max(least, width + PAD + offsets[j] - offsets[i])
    if lane == NEAR:
        return max(least, width + PAD - offsets[i])
    return max(least, PAD + offsets[j])


def _positions(
    wanted: Sequence[float], lanes: Sequence[tuple[int, int]], width: float, left: float, right: float
) -> list[float] | None:
    """The place of each event, as near to `wanted` as the rules allow, or none where they cannot all be kept."""
    count = len(wanted)
    offsets = _offsets(count, width)
    apart = [[_distance(i, j, lanes, width, offsets) if i < j else 0.0 for j in range(count)] for i in range(count)]
    low: list[float] = []
    for j in range(count):
        low.append(max([left + offsets[j], *(low[i] + apart[i][j] for i in range(j))]))
    high = [right - width + offset for offset in offsets]
    for i in reversed(range(count)):
        high[i] = min([high[i], *(high[j] - apart[i][j] for j in range(i + 1, count))])
    if any(a > b + 1e-9 for a, b in zip(low, high, strict=True)):
        return None
    first: list[float] = []
    for j in range(count):
        first.append(min(high[j], max([wanted[j], low[j], *(first[i] + apart[i][j] for i in range(j))])))
    last = [0.0] * count
    for i in reversed(range(count)):
        last[i] = max(low[i], min([wanted[i], high[i], *(last[j] - apart[i][j] for j in range(i + 1, count))]))
    return [(a + b) / 2 for a, b in zip(first, last, strict=True)]


def even_scale(events: Sequence[Event], left: float, right: float) -> list[float]:
    """Where the events stand on an even scale from the first to the last day."""
    start = min(item.start for item in events)
    end = max(item.end for item in events)
    room = right - left - 0.6
    return [left + 0.3 + room * (item.start - start) / max(end - start, 1.0) for item in events]
