"""The boxes and lines of a chart, measured: how wide and high each box is, where lines run and where their words stand.

Lines between rows leave a box at its foot, run level half-way between the rows, and come down on the box below. Where
they would lie on those of another family, they run straight; where a straight one would be hidden, it runs beside the
others, from a place of its own on each box. Lines in a row join neighbours. So none can cross a box, or words that are
not its own. Words stand at the end of the one whom they describe.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from briefgen.renderers.deck.blocks.rows import Bond, Rows
from briefgen.renderers.deck.blocks.ways import Way, is_crossed, is_met, is_shared
from briefgen.renderers.deck.shapes import Rect

NARROWEST, WIDEST = 1.85, 3.3
NEARLY = 0.2
"""By how much more boxes may be wider where they then end with the room, as those of other rows do."""
GAP, STUB, AIR = 0.14, 0.08, 0.05
CLEAR = 0.12
"""How far from the words of others, and twice as far from the edges of its boxes, a line beside the others keeps."""
_MOST_ROOM = 0.3

BoxHeight = Callable[[int, float], float]
"""How high the box of a person is, so many inches wide."""
WordSize = Callable[[Sequence[Bond], float], tuple[float, float]]
"""How wide and high the words that stand together for some bonds are, in so many inches at most."""


class Wire(Struct, frozen=True):
    """A bond's line from one box to another; `beside` the others if it does not end in the middle of an edge."""

    bond: Bond
    start: int
    end: int
    way: Way
    beside: bool = False


class Words(Struct, frozen=True):
    """Where the words of some bonds stand; several bonds share words that are the same at the same place."""

    bonds: tuple[Bond, ...]
    at: Rect


class Arrangement(Struct, frozen=True):
    """A whole chart: its boxes by person, its lines and their words, and the bonds whose lines could not be seen."""

    boxes: dict[int, Rect]
    wires: tuple[Wire, ...]
    words: tuple[Words, ...]
    hidden: tuple[Bond, ...] = ()


class Measure(Struct, frozen=True):
    box: BoxHeight
    word: WordSize


def arrange(rows: Rows, bonds: Sequence[Bond], room: Rect, measure: Measure) -> Arrangement | None:
    """The chart in `room`, or none where it does not fit; with its rows spread out if that shows more lines."""
    boxes = _boxes(rows, bonds, room, measure, False)
    if boxes is None:
        return None
    made = _wired(rows, bonds, boxes, measure)
    wide = _boxes(rows, bonds, room, measure, True) if made.hidden else None
    again = _wired(rows, bonds, wide, measure) if wide else made
    return again if len(again.hidden) < len(made.hidden) else made


def _wired(rows: Rows, bonds: Sequence[Bond], boxes: dict[int, Rect], measure: Measure) -> Arrangement:
    wires = [_across(bond, boxes) for bond in bonds if _is_level(bond, boxes)]
    words = list(_words_across(wires, boxes, measure))
    for row in rows:
        own = [bond for bond in bonds if bond.upper in row and not _is_level(bond, boxes)]
        drawn = _down(own, boxes, measure)
        said = list(_words_down([wire.bond for wire in drawn], boxes, measure))
        for bond in (one for one in own if all(wire.bond != one for wire in drawn)):
            found = _beside(bond, boxes, drawn, said, measure)
            if found:
                drawn, said = [*drawn, found[0]], [*said, found[1]]
        wires, words = [*wires, *drawn], [*words, *said]
    hidden = tuple(bond for bond in bonds if all(wire.bond != bond for wire in wires))
    return Arrangement(boxes, tuple(wires), tuple(words), hidden)


def _boxes(rows: Rows, bonds: Sequence[Bond], room: Rect, measure: Measure, spread: bool) -> dict[int, Rect] | None:
    lines = [_line(row, bonds, room, measure, spread) for row in rows]
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
    return boxes


def _is_level(bond: Bond, boxes: Mapping[int, Rect]) -> bool:
    return boxes[bond.upper].y == boxes[bond.lower].y


def _line(
    row: Sequence[int], bonds: Sequence[Bond], room: Rect, measure: Measure, spread: bool
) -> dict[int, tuple[float, float]] | None:
    """The left edge and the width of each box of a row, which stands in the middle; none where they are too many.

    A row is `spread` out to both ends of the room between those who have no line to each other, if there are such.
    """
    gaps: list[float] = []
    for left, right in pairwise(row):
        bond = next((one for one in bonds if one.pair == {left, right}), None)
        gaps.append(max(0.6, measure.word([bond], 1.4)[0] + 0.2) if bond else GAP)
    wide = (room.w - sum(gaps)) / len(row)
    wide = wide if wide < WIDEST + NEARLY else WIDEST
    if wide < NARROWEST:
        return None
    if spread and GAP in gaps:
        more = (room.w - wide * len(row) - sum(gaps)) / gaps.count(GAP)
        gaps = [gap + more if gap == GAP else gap for gap in gaps]
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
    heights = [measure.word(group, places[who][1])[1] for (who, _), group in _at_ends(own).items()]
    highest = max(heights, default=0.0)
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
    return Wire(bond, bond.upper, bond.lower, ((x1, y), (x2, y)))


def _down(bonds: Sequence[Bond], boxes: Mapping[int, Rect], measure: Measure) -> list[Wire]:
    """The lines to the row below that can be seen: those of the largest families with corners, those that would lie on
    them straight."""
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
        others = tuple(made)
        for wire in (_line_down(bond, boxes, free) for bond in bonds if bond.upper in parents):
            words = list(_words_down([one.bond for one in (*made, wire)], boxes, measure))
            mine = next(one for one in words if wire.bond in one.bonds)
            made += [wire] if _is_seen(wire, mine, others, words, made) else []
    return made


def _is_seen(
    wire: Wire, own: Words, others: Sequence[Wire], words: Sequence[Words], family: Sequence[Wire] = ()
) -> bool:
    """Whether a line keeps clear of other lines and of the words of others, and other lines of its own words; those of
    its family may run with it."""
    return not (
        any(is_shared(wire.way, other.way) for other in others)
        or any(is_crossed(wire.way, one.at) for one in words if one is not own)
        or any(is_crossed(other.way, own.at) for other in (*others, *family) if other.bond not in own.bonds)
        or any(_overlap(own.at, one.at) for one in words if one is not own)
    )


def _overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _line_down(bond: Bond, boxes: Mapping[int, Rect], cornered: bool) -> Wire:
    upper, lower = boxes[bond.upper], boxes[bond.lower]
    x1, x2 = upper.x + upper.w / 2, lower.x + lower.w / 2
    bend = (upper.bottom + lower.y) / 2
    corners = ((x1, bend), (x2, bend)) if cornered and abs(x1 - x2) > 0.01 else ()
    return Wire(bond, bond.upper, bond.lower, ((x1, upper.bottom), *corners, (x2, lower.y)))


def _beside(
    bond: Bond, boxes: Mapping[int, Rect], drawn: Sequence[Wire], said: Sequence[Words], measure: Measure
) -> tuple[Wire, Words] | None:
    """A line that can be seen beside those that are drawn, and its words: that which crosses fewest lines, and of these
    the one nearest to the middle of the lower box."""
    upper, lower = boxes[bond.upper], boxes[bond.lower]
    middle = lower.x + lower.w / 2
    afar = [structs.replace(one, at=_wider(one.at)) for one in said]
    found: list[tuple[int, float, Wire, Words]] = []
    for x1, x2 in _places(upper, lower):
        wire = Wire(bond, bond.upper, bond.lower, ((x1, upper.bottom), (x2, lower.y)), beside=True)
        own = _words_beside(wire, upper, lower, measure)
        if _is_seen(wire, own, drawn, afar):
            found.append((sum(is_met(wire.way, one.way) for one in drawn), abs(x2 - middle), wire, own))
    return min(found, key=lambda one: one[:2])[2:] if found else None


def _wider(at: Rect) -> Rect:
    return Rect(at.x - CLEAR, at.y, at.w + 2 * CLEAR, at.h)


def _places(upper: Rect, lower: Rect) -> list[tuple[float, float]]:
    """Where a line can leave the upper box and reach the lower: upright where both are, else at their near ends."""
    left, right = max(upper.x, lower.x) + 2 * CLEAR, min(upper.right, lower.right) - 2 * CLEAR
    if left <= right:
        return [(x, x) for x in (left + CLEAR * step for step in range(1 + int((right - left) / CLEAR)))]
    return [(right, left)] if upper.x < lower.x else [(left, right)]


def _words_across(wires: Sequence[Wire], boxes: Mapping[int, Rect], measure: Measure) -> Iterator[Words]:
    for bond in (wire.bond for wire in wires):
        left, right = sorted((boxes[bond.upper], boxes[bond.lower]), key=lambda one: one.x)
        wide, high = measure.word([bond], right.x - left.right - 0.1)
        middle = (left.right + right.x) / 2
        yield Words((bond,), Rect(middle - wide / 2, left.y + left.h / 2 - high - 0.03, wide, high))


def _words_down(bonds: Sequence[Bond], boxes: Mapping[int, Rect], measure: Measure) -> Iterator[Words]:
    for (who, on_top), group in _at_ends(bonds).items():
        box = boxes[who]
        wide, high = measure.word(group, box.w)
        y = box.y - AIR - high if on_top else box.bottom + AIR
        yield Words(tuple(group), Rect(box.x + box.w / 2 - wide / 2, y, wide, high))


def _words_beside(wire: Wire, upper: Rect, lower: Rect, measure: Measure) -> Words:
    """The words of a line beside others, on its outer side where there is room."""
    wide, high = measure.word([wire.bond], NARROWEST)
    below = wire.bond.ties[0].who == wire.bond.lower
    x = wire.way[1][0] if below else wire.way[0][0]
    outside = x < lower.x + lower.w / 2 and x - wide - AIR >= min(upper.x, lower.x)
    y = lower.y - AIR - high if below else upper.bottom + AIR
    return Words((wire.bond,), Rect(x - AIR - wide if outside else x + AIR, y, wide, high))
