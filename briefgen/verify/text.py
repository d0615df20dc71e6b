"""The words of a built file, looked up by what they say, and which of them are accounted for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from briefgen.outputs import GAP, Unit, compared, joined

_MOST_PARTS = 4
"""Into how many paragraphs somebody may have split a statement."""


class Text:
    """The units of a file. `explained` are the numbers of the paragraphs that are accounted for."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.spaced = all(unit.spaced for unit in units)
        self.explained = {number for unit in units if not unit.text for number in unit.of}
        self._holding: dict[str, list[int]] = defaultdict(list)
        self._with_gaps: list[int] = []
        self._saying: dict[str, list[int]] = defaultdict(list)
        for number, unit in enumerate(units):
            self._saying[compared(unit.text, unit.spaced)].append(number)
            if not unit.inside:
                self._note(number, unit)

    def _note(self, number: int, unit: Unit) -> None:
        for cell in unit.compared():
            self._holding[cell].append(number)
        if any(GAP in cell for cell in unit.cells):
            self._with_gaps.append(number)

    def holding(self, pieces: Sequence[str]) -> list[int]:
        """The numbers of the units that hold the pieces, as `Unit.holds` says, in order."""
        keys = {compared(joined(pieces), self.spaced), compared(pieces[0], self.spaced)} if pieces else set()
        near = {number for key in keys for number in self._holding.get(key, ())}
        return sorted(number for number in near.union(self._with_gaps) if self.units[number].holds(pieces))

    def saying(self, text: str) -> list[int]:
        """The numbers of the units that say this and no more, also of those that show no statement by themselves."""
        return self._saying.get(compared(text, self.spaced), [])

    def explain(self, numbers: Iterable[int]) -> None:
        """Counts all paragraphs of units as accounted for."""
        for number in numbers:
            self.explained.update(self.units[number].of)

    def paragraphs(self) -> Iterator[tuple[int, Unit]]:
        """Each paragraph that has words and is not accounted for, once, in order."""
        for number, unit in enumerate(self.units):
            if unit.of == (number,) and number not in self.explained and unit.text:
                yield number, unit

    def parts(self) -> Iterator[Unit]:
        """What stands in two to four paragraphs one after the other, none of them accounted for, as one unit each."""
        left = [one for _, one in self.paragraphs() if not one.inside]
        for first in range(len(left)):
            for last in range(first + 2, min(first + _MOST_PARTS, len(left)) + 1):
                some = left[first:last]
                if some[0].slide != some[-1].slide or self._between(some[-2], some[-1]):
                    break
                of = tuple(number for one in some for number in one.of)
                text = " ".join(one.text for one in some)
                yield Unit((text,), some[0].slide, self.spaced, some[0].place, sum(one.marks for one in some), of)

    def _between(self, one: Unit, other: Unit) -> bool:
        """Whether any words stand between two paragraphs."""
        return any(self.units[number].text for number in range(one.of[-1] + 1, other.of[0]))

    def unexplained(self) -> Iterator[Unit]:
        """Each unit that may show a statement and of which some paragraph is not accounted for."""
        for unit in self.units:
            if not unit.inside and unit.text and not self.explained.issuperset(unit.of):
                yield unit
