"""What stands around the expressions of a text: where sentences begin, what announces a plan, which dates come next."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from briefgen.text.dates.reading import Expression
from briefgen.text.dates.tokens import Language, Tokens

_NEAR = 12
"""Characters between two expressions that may share a year."""
_AHEAD = 8
"""Expressions behind one among which the next full date is looked for."""
_OPENING = 4
"""Tokens with which a sentence opens."""
_CLAUSE = 24
"""Tokens before a date in which a plan or the future is announced."""


class Surroundings(Struct, frozen=True):
    """The tokens of a text and its expressions in order."""

    found: Tokens
    ones: Sequence[Expression]
    spoken: Language
    line_ends: Sequence[int]

    def word_before(self, one: Expression) -> str:
        """The word before an expression, in lower case."""
        return self.found.word(one.first - 1)

    def is_aside(self, one: Expression) -> bool:
        """Whether an expression bounds a time ("since 1916") or stands in brackets ("(1978)"), and tells no event."""
        before = self.word_before(one)
        return before in self.spoken.listed("asides") or (before == "(" and self.found.word(one.last) == ")")

    def opens(self, one: Expression) -> bool:
        """Whether an expression stands among the first words of its sentence."""
        return one.first - self._sentence(one) <= _OPENING

    def is_planned(self, one: Expression) -> bool:
        """Whether the words before an expression in its sentence announce a plan."""
        return self._has("planning", max(self._sentence(one), one.first - _CLAUSE), one.first)

    def is_future(self, one: Expression) -> bool:
        """Whether the words around an expression in its sentence speak of what is to come; those before it first."""
        if not self.opens(one):
            return self._has("future words", max(self._sentence(one), one.first - _CLAUSE), one.first)
        ends = (at for at in range(one.last, one.last + _CLAUSE) if self.found.word(at) in ("", ".", "?", "!"))
        return self._has("future words", self._sentence(one), next(ends, one.last + _CLAUSE))

    def is_second(self, index: int) -> bool:
        """Whether an expression before this one stands in the same sentence."""
        return index > 0 and self.ones[index - 1].first >= self._sentence(self.ones[index])

    def shared_year(self, index: int) -> int | None:
        """The year that a date close behind gives for both: "April and June 1955", "October to March 1945"."""
        first = last = self.ones[index]
        for other in self.ones[index + 1 : index + 3]:
            between = self.found.text[last.end : other.start]
            if other.kind != "date" or len(between) > _NEAR or set(between) & set(".;:("):
                return None
            if other.year is not None and other.grain in ("", "dayafter"):
                turns = bool(other.month) and (first.month, first.day) > (other.month, other.day or 31)
                return other.year - turns
            last = other
        return None

    def year_behind(self, index: int) -> int | None:
        """The year of the next date in the same sentence, if it names one."""
        for other in self.ones[index + 1 : index + _AHEAD]:
            if self._sentence(other) > self.ones[index].first:
                return None
            if other.kind == "date" and other.year is not None and not other.grain:
                return other.year
        return None

    def paragraph(self, index: int) -> int:
        """The offset at which the paragraph of an expression begins."""
        before = bisect_left(self.line_ends, self.ones[index].start)
        return self.line_ends[before - 1] + 1 if before else 0

    def next_month(self, index: int) -> tuple[int, int] | None:
        """Year and month of the next expression that gives both."""
        later = self.ones[index + 1 : index + _AHEAD]
        return next(((one.year, one.month) for one in later if one.year is not None and one.month), None)

    def _has(self, key: str, first: int, last: int) -> bool:
        words = self.spoken.listed(key)
        return any(self.found.word(index) in words for index in range(first, last))

    def _sentence(self, one: Expression) -> int:
        """The number of the token with which the sentence of an expression begins."""
        found = self.found
        for index in range(one.first - 1, max(-1, one.first - 80), -1):
            gap = found.text[found.ends[index] : found.starts[index + 1]]
            if "\n" in gap or "break" in found.roles[index] or (gap and found.word(index) in (".", "?", "!")):
                return index + 1
        return max(0, one.first - 80)


def surroundings(found: Tokens, ones: Sequence[Expression], spoken: Language) -> Surroundings:
    """The surroundings of the expressions `ones` in their text."""
    return Surroundings(found, ones, spoken, [end.start() for end in re.finditer("\n", found.text)])
