"""Which passages of a large library to look at: those that hold most of what is asked, by the full-text index.

What is chosen depends on the library's own files alone, not on what else the database holds: rarities are counted and
passages ranked over the library's documents.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from heapq import nlargest
from typing import Any

from msgspec import Struct

from briefgen.library.cache import Cache
from briefgen.library.packing import BLOCKS, LENGTH_BITS, LONGEST, place_of

_K1, _B = 1.2, 0.6
"""As in BM25 over sentences (`compose.scoring`); here a term counts once a passage."""


class Wanted(Struct, frozen=True):
    """What is looked for: terms with their weights, each as it stands in a line of stems with a space around each
    (without the last space it stands for every ending), and words that headings hold, which weigh `heading`.

    A passage below no such heading must hold terms of the weight `least`. If `together`, and enough passages hold all
    terms, or a rare one, those that hold only commoner ones are not looked at.
    """

    terms: tuple[tuple[str, float], ...]
    headings: tuple[str, ...] = ()
    heading: float = 0.0
    least: float = 0.0
    together: bool = False


class WordsToFind(Struct, frozen=True):
    """A text that a passage holds, and terms that hold of every such passage, as in `Wanted`."""

    text: str
    terms: tuple[str, ...]

    def stand_in(self, text: str) -> bool:
        """Whether a passage holds the text, white space and case aside."""
        return " ".join(self.text.lower().split()) in " ".join(text.lower().split())


class Index:
    """The passages of the documents of one library, which have these numbers in the order of its sources."""

    def __init__(self, cache: Cache, documents: Collection[int], passages: int, stems: int) -> None:
        self._cache = cache
        self._order = {number: place for place, number in enumerate(documents)}
        self._average = stems / max(1, passages)
        self._counts: dict[str, int] = {}
        self.total = passages
        last = max(self._order, default=0)
        self._end = (last + 1) * BLOCKS << LENGTH_BITS
        held = cache.asked("SELECT count(*) FROM documents WHERE number <= ?", (last,))
        self._all = bool(held) and held[0][0] == len(self._order)

    def count(self, pattern: str) -> int:
        """How many passages hold a term."""
        if pattern not in self._counts:
            counted = self._asked("count(*)", _phrase(pattern)) if pattern and self._all else ()
            self._counts[pattern] = counted[0][0] if counted else len(self._rows([pattern]))
        return self._counts[pattern]

    def best(self, wanted: Wanted, most: int) -> list[int]:
        """The places of the passages that fit best, at most so many, the first in order of the sources of equals."""
        patterns = [pattern for pattern, _ in wanted.terms]
        if wanted.together:
            rows = self._rows(patterns)
            if len(rows) >= most:
                longest = sorted([row & LONGEST for row in rows])[most - 1]
                return self._first({row: 1.0 for row in rows if row & LONGEST <= longest}, {}, most)
        scores: dict[int, float] = {}
        told: dict[int, float] = {}
        among = self._rare(patterns, most) if wanted.together else ""
        for pattern, weight in wanted.terms:
            rows = self._rows([pattern], among)
            _add(scores, rows, weight * rarity(self.total, self.count(pattern) if among else len(rows)))
            if wanted.least:
                _add(told, rows, weight)
            if not among:
                self._counts[pattern] = len(rows)
        below = dict.fromkeys(self._below(wanted.headings), wanted.heading)
        if wanted.least:
            scores = {row: scores[row] for row, sum_ in told.items() if sum_ >= wanted.least or place_of(row) in below}
        return self._first(scores, below, most)

    def _rare(self, patterns: Iterable[str], most: int) -> str:
        """The rarest terms, one of which enough passages hold, so that those with only commoner ones can be left."""
        rare: list[str] = []
        for pattern in sorted(filter(None, patterns), key=self.count):
            rare.append(pattern)
            if self.count(pattern) >= most:
                break
        return " OR ".join(map(_phrase, rare))

    def _first(self, scores: dict[int, float], more: dict[int, float], most: int) -> list[int]:
        """The places with the greatest scores, of which the short passages have the larger share, and `more`."""
        short = [self._shortness(length) for length in range(LONGEST + 1)]
        fit = {row >> LENGTH_BITS: score * short[row & LONGEST] for row, score in scores.items()}
        _add_each(fit, more)
        if len(fit) > most:
            worst = nlargest(most, fit.values())[-1]
            fit = {place: score for place, score in fit.items() if score >= worst}
        return nlargest(most, fit, key=lambda place: (fit[place], *self._rank(place)))

    def holding(self, patterns: Collection[str], most: int) -> list[int]:
        """The first places, in order of the sources, of passages that hold all of some terms; none without terms."""
        if not patterns:
            return []
        return nlargest(most, map(place_of, self._rows(patterns)), key=self._rank)

    def _rows(self, patterns: Collection[str], among: str = "") -> list[int]:
        """The rows of the passages that hold all of some terms, `among` those that fit a query of the index."""
        if not patterns or not all(patterns):
            return []
        asked = " AND ".join([*([f"({among})"] if among else []), *map(_phrase, patterns)])
        return self._own(self._asked("rowid", asked))

    def _asked(self, what: str, asked: str) -> list[Any]:
        """What the index tells of the documents that it had when this one was made."""
        return self._cache.asked(
            f"SELECT {what} FROM passages WHERE passages MATCH ? AND rowid < ?", (asked, self._end)
        )

    def _own(self, rows: list[tuple[int]]) -> list[int]:
        if self._all:
            return [row for (row,) in rows]
        return [row for (row,) in rows if place_of(row) // BLOCKS in self._order]

    def _below(self, headings: Collection[str]) -> set[int]:
        """The places of the passages that stand below a heading with one of some words."""
        if not headings:
            return set()
        holds = " OR ".join("instr(path, ?)" for _ in headings)
        values = [heading.lower() for heading in headings]
        runs = self._cache.asked(f"SELECT first, last FROM headings WHERE {holds}", values)
        own = self._order
        return {place for first, last in runs if first // BLOCKS in own for place in range(first, last + 1)}

    def _shortness(self, length: int) -> float:
        return (_K1 + 1) / (1 + _K1 * (1 - _B + _B * length / max(1.0, self._average)))

    def _rank(self, place: int) -> tuple[int, int]:
        return -self._order[place // BLOCKS], -(place % BLOCKS)


def _add(sums: dict[int, float], rows: Iterable[int], value: float) -> None:
    """Adds one value to each of some rows."""
    _add_each(sums, dict.fromkeys(rows, value))


def _add_each(sums: dict[int, float], values: dict[int, float]) -> None:
    # Updates run at the speed of C: only what is in both is added here.
    both = {row: sums[row] + values[row] for row in sums.keys() & values.keys()}
    sums.update(values)
    sums.update(both)


def rarity(total: int, holding: int) -> float:
    """A term's inverse document frequency: ln(1 + (N - n + 0.5) / (n + 0.5)) where n of N hold it."""
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))


def by_document(places: Iterable[int], ids: Mapping[int, str]) -> dict[str, frozenset[int]]:
    """The numbers of blocks by the id of their source."""
    found: dict[str, set[int]] = {}
    for place in places:
        found.setdefault(ids[place // BLOCKS], set()).add(place % BLOCKS)
    return {name: frozenset(blocks) for name, blocks in found.items()}


def _phrase(pattern: str) -> str:
    """A term's pattern as the index is asked for it; a quotation mark cannot stand in one."""
    return f'"{pattern.strip()}"' + ("" if pattern.endswith(" ") else "*")
