"""Where the boxes of a chart stand: who is in which row and in which order, before anything is measured.

Children stand a row below their parents, siblings and spouses side by side, a successor right of whom he or she came
after.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from briefgen.model import Tie

SIDES = 2
"""Neighbours that a box can have in its row."""


class Bond(Struct, frozen=True):
    """All ties between two persons, drawn as one line: `lower` stands `below` rows under `upper`, or beside."""

    upper: int
    lower: int
    below: int
    ties: tuple[Tie, ...]

    @property
    def pair(self) -> frozenset[int]:
        return frozenset((self.upper, self.lower))

    @property
    def sure(self) -> bool:
        return any(tie.sure for tie in self.ties)

    @property
    def succession(self) -> bool:
        """Whether the line leads from one holder of an office to the next."""
        return any(tie.kind == "office" and tie.below == 0 for tie in self.ties)


Rows = tuple[tuple[int, ...], ...]
"""The persons of each row, from left to right, the highest row first."""


def bonds_of(ties: Iterable[Tie]) -> tuple[Bond, ...]:
    """The bonds of a chart, sure ones first, those by blood or marriage before those in an office; where both join two
    persons, the first tells who stands below whom."""
    grouped: dict[frozenset[int], list[tuple[int, Tie]]] = {}
    for tie in sorted(ties, key=lambda one: (not one.sure, one.kind == "office")):
        for other in tie.of:
            grouped.setdefault(frozenset((tie.who, other)), []).append((other, tie))
    made = []
    for group in grouped.values():
        other, first = group[0]
        upper, lower = (other, first.who) if first.below >= 0 else (first.who, other)
        made.append(Bond(upper, lower, abs(first.below), tuple(tie for _, tie in group)))
    return tuple(made)


def ranked(bonds: Sequence[Bond], stacked: bool) -> tuple[dict[int, int], tuple[Bond, ...]]:
    """The row of each person, from 0, and the bonds that agree with these rows; those of the first bond's group alone.

    With `stacked`, a successor stands below whom he or she came after; so does one who finds no place beside.
    """
    rows: dict[int, int] = {bonds[0].upper: 0} if bonds else {}
    beside: Counter[int] = Counter()
    kept: list[Bond] = []
    left = list(bonds)
    while left:
        bond = next((one for one in left if one.pair & rows.keys()), None)
        if bond is None:
            break
        left.remove(bond)
        alone = bond.succession and len(bond.ties) == 1
        crowded = max(beside[bond.upper], beside[bond.lower]) >= SIDES
        step = bond.below or (1 if alone and (stacked or crowded) else 0)
        if bond.upper in rows:
            row = rows.setdefault(bond.lower, rows[bond.upper] + step)
            agrees = row == rows[bond.upper] + step
        else:
            rows[bond.upper] = rows[bond.lower] - step
            agrees = True
        kept += [bond] if agrees else []
        beside.update(bond.pair if agrees and not step else ())
    levels = {row: index for index, row in enumerate(sorted(set(rows.values())))}
    placed = {person: levels[row] for person, row in rows.items()}
    return placed, tuple(one for one in kept if placed[one.lower] - placed[one.upper] in (0, 1))


def in_rows(placed: Mapping[int, int], bonds: Sequence[Bond]) -> Rows:
    """The persons row by row, in the order in which lines are short, seldom cross, and join neighbours."""
    count = max(placed.values(), default=-1) + 1
    rows = [[person for person, row in placed.items() if row == level] for level in range(count)]
    best = _cost(rows, bonds)
    better = True
    while better:
        better = False
        for row in rows:
            for left, right in combinations(range(len(row)), 2):
                for change in (_swapped, _moved, _moved_back):
                    before = list(row)
                    row[:] = change(row, left, right)
                    cost = _cost(rows, bonds)
                    if cost < best - 1e-9:
                        best, better = cost, True
                    else:
                        row[:] = before
    return tuple(map(tuple, rows))


def _swapped(row: Sequence[int], left: int, right: int) -> list[int]:
    made = list(row)
    made[left], made[right] = made[right], made[left]
    return made


def _moved(row: Sequence[int], left: int, right: int) -> list[int]:
    made = list(row)
    made.insert(right, made.pop(left))
    return made


def _moved_back(row: Sequence[int], left: int, right: int) -> list[int]:
    made = list(row)
    made.insert(left, made.pop(right))
    return made


def _cost(rows: Sequence[Sequence[int]], bonds: Sequence[Bond]) -> float:
    """How bad an order is: persons between those who are to be neighbours weigh most, then crossings, then length."""
    at = {
        person: (level, place, (place + 0.5) / len(row))
        for level, row in enumerate(rows)
        for place, person in enumerate(row)
    }
    cost = 0.0
    down: list[tuple[int, float, float]] = []
    for bond in bonds:
        (level, place, x), (lower, other, end) = at[bond.upper], at[bond.lower]
        if level == lower:
            cost += 100 * (abs(place - other) - 1) + (5 if bond.succession and place > other else 0)
        else:
            cost += abs(x - end)
            down.append((level, x, end))
    for one, two in combinations(down, 2):
        crosses = one[0] == two[0] and one[1] != two[1] and (one[1] - two[1]) * (one[2] - two[2]) < 0
        cost += 2 * crosses
    return cost


def neighbours(rows: Rows, bonds: Sequence[Bond]) -> tuple[Bond, ...]:
    """The bonds that can be drawn: those between rows, and those between neighbours in one."""
    at = {person: (level, place) for level, row in enumerate(rows) for place, person in enumerate(row)}
    drawn = []
    for bond in bonds:
        (level, place), (lower, other) = at[bond.upper], at[bond.lower]
        if level != lower or abs(place - other) == 1:
            drawn.append(bond)
    return tuple(drawn)
