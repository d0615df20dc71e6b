"""The boxes and lines of a chart, measured: how wide and high each box is, where lines run and where their words stand.

Lines between rows leave a box at its foot, run level half-way between the rows, and come down on the box below. Where
they would lie on those of another family, they run straight. Lines in a row join neighbours. So none can cross a box.
Words stand at the end of the one whom they describe.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct

from briefgen.renderers.deck.blocks.rows import Bond, Rows
from briefgen.renderers.deck.shapes import Rect

NARROWEST, WIDEST = 1.85, 3.3
GAP, STUB, AIR = 0.14, 0.08, 0.05
_MOST_ROOM = 0.3

BoxHeight = Callable[[int, float], float]
"""How high the box of a person is, so many inches wide."""
WordSize = Callable[[Sequence[Bond], float], tuple[float, float]]
"""How wide and high the words that stand together for some bonds are, in so many inches at most."""


class Wire(Struct, frozen=True):
    """A bond's line from one box to another: straight, or with its corners at the height `bend`."""

    bond: Bond
    start: int
    end: int
    x1: float
    y1: float
    x2: float
    y2: float
    bend: float | None = None


class Words(Struct, frozen=True):
    """Where the words of some bonds stand; several bonds share words that are the same at the same place."""

    bonds: tuple[Bond, ...]
    at: Rect


class Arrangement(Struct, frozen=True):
    """A whole chart: its boxes by person, its lines and their words, and the bonds for which it has no room."""

    boxes: dict[int, Rect]
    wires: tuple[Wire, ...]
    words: tuple[Words, ...]


class Measure(Struct, frozen=True):
    box: BoxHeight
    word: WordSize


def arrange(rows: Rows, bonds: Sequence[Bond], room: Rect, measure: Measure) -> Arrangement | None:
    """The chart in `room`, or none where it does not fit."""
    lines = [_line(row, bonds, room, measure) for row in rows]
    if not all(lines):
        return None
    places: dict[int, tuple[float, float]] = {person: at for line in lines if line for person, at in line.items()}
    heights = [max(measure.box(person, places[person][1]) for person in row) for row in rows]
    gaps = [_gap(upper, lower, bonds, places, measure) for upper, lower in pairwise(rows)]
    spare = room.h - sum(heights) - sum(gaps)
    if spare < 0:
        return None
    more = min(_MOST_ROOM, spare / (2 * len(rows)))
    boxes: dict[int, Rect] = {}
    top = room.y
    for row, high, gap in zip(rows, heights, [*gaps, 0.0], strict=True):
        boxes |= {person: Rect(places[person][0], top, places[person][1], high + more) for person in row}
        top += high + more + gap
    wires = [_across(bond, boxes) for bond in bonds if _is_level(bond, boxes)]
    for row in rows:
        wires += _down([bond for bond in bonds if bond.upper in row and not _is_level(bond, boxes)], boxes)
    return Arrangement(boxes, tuple(wires), tuple(_words(bonds, boxes, measure)))


def _is_level(bond: Bond, boxes: Mapping[int, Rect]) -> bool:
    return boxes[bond.upper].y == boxes[bond.lower].y


def _line(
    row: Sequence[int], bonds: Sequence[Bond], room: Rect, measure: Measure
) -> dict[int, tuple[float, float]] | None:
    """The left edge and the width of each box of a row, which stands in the middle; none where they are too many."""
    gaps: list[float] = []
    for left, right in pairwise(row):
        bond = next((one for one in bonds if one.pair == {left, right}), None)
        gaps.append(max(0.6, measure.word([bond], 1.4)[0] + 0.2) if bond else GAP)
    wide = min(WIDEST, (room.w - sum(gaps)) / len(row))
    if wide < NARROWEST:
        return None
    edge = room.x + (room.w - wide * len(row) - sum(gaps)) / 2
    made: dict[int, tuple[float, float]] = {}
    for person, gap in zip(row, [*gaps, 0.0], strict=True):
        made[person] = (edge, wide)
        edge += wide + gap
    return made


def _gap(
    upper: Sequence[int],
    lower: Sequence[int],
    bonds: Sequence[Bond],
    places: Mapping[int, tuple[float, float]],
    measure: Measure,
) -> float:
    """The room between two rows: words under the upper one and above the lower one, level lines in the middle."""
    own = [bond for bond in bonds if bond.upper in upper and bond.lower in lower]
    highest = max(measure.word(group, places[who][1])[1] for (who, _), group in _at_ends(own).items())
    return 2 * (STUB + highest + AIR)


def _at_ends(bonds: Sequence[Bond]) -> dict[tuple[int, bool], list[Bond]]:
    """The bonds whose words stand together: at the top or the foot of the one who is the others' son, uncle or heir."""
    ends: dict[tuple[int, bool], list[Bond]] = {}
    for bond in bonds:
        who = bond.ties[0].who
        ends.setdefault((who, who == bond.lower), []).append(bond)
    return ends


def _across(bond: Bond, boxes: Mapping[int, Rect]) -> Wire:
    """A line between neighbours, from the one who was there before to the other."""
    first, last = boxes[bond.upper], boxes[bond.lower]
    y = first.y + first.h / 2
    right = first.x < last.x
    x1, x2 = (first.right, last.x) if right else (first.x, last.right)
    return Wire(bond, bond.upper, bond.lower, x1, y, x2, y)


def _down(bonds: Sequence[Bond], boxes: Mapping[int, Rect]) -> list[Wire]:
    """The lines to the row below: those of the largest families with corners, those that would lie on them straight."""
    children: dict[int, frozenset[int]] = {}
    for bond in bonds:
        children[bond.upper] = children.get(bond.upper, frozenset()) | {bond.lower}
    level: list[tuple[float, float]] = []
    made: list[Wire] = []
    for own in sorted(dict.fromkeys(children.values()), key=lambda one: (-len(one), min(one))):
        parents = [one for one in children if children[one] == own]
        middles = [boxes[one].x + boxes[one].w / 2 for one in (*own, *parents)]
        span = min(middles), max(middles)
        free = not any(span[0] <= right + GAP and left <= span[1] + GAP for left, right in level)
        level += [span] if free else []
        made += [_line_down(bond, boxes, free) for bond in bonds if bond.upper in parents]
    return made


def _line_down(bond: Bond, boxes: Mapping[int, Rect], cornered: bool) -> Wire:
    upper, lower = boxes[bond.upper], boxes[bond.lower]
    x1, x2 = upper.x + upper.w / 2, lower.x + lower.w / 2
    bend = (upper.bottom + lower.y) / 2 if cornered and abs(x1 - x2) > 0.01 else None
    return Wire(bond, bond.upper, bond.lower, x1, upper.bottom, x2, lower.y, bend)


def _words(bonds: Sequence[Bond], boxes: Mapping[int, Rect], measure: Measure) -> Iterator[Words]:
    for bond in (one for one in bonds if _is_level(one, boxes)):
        left, right = sorted((boxes[bond.upper], boxes[bond.lower]), key=lambda one: one.x)
        wide, high = measure.word([bond], right.x - left.right - 0.1)
        middle = (left.right + right.x) / 2
        yield Words((bond,), Rect(middle - wide / 2, left.y + left.h / 2 - high - 0.03, wide, high))
    for (who, on_top), group in _at_ends([one for one in bonds if not _is_level(one, boxes)]).items():
        box = boxes[who]
        wide, high = measure.word(group, box.w)
        y = box.y - AIR - high if on_top else box.bottom + AIR
        yield Words(tuple(group), Rect(box.x + box.w / 2 - wide / 2, y, wide, high))
