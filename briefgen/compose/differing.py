"""What becomes of differences between sources: one shown in a section, all of them listed with the Brief."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from briefgen.compose.candidates import Candidate
from briefgen.compose.conflicts import Difference, differences
from briefgen.compose.desk import Desk, Scored
from briefgen.compose.wording import fitting
from briefgen.model import Compare, Conflict, Locator, Section, Side, Span, Statement, statements_of
from briefgen.problems import Location
from briefgen.text.words import stems, stop_words

LIMIT = 26
"""Words of a wording on a slide; one that cannot be cut so short is shown whole, if it has no more than `_WHOLE`."""
_WHOLE = 40
_FIGURE = re.compile(r"\d+")
_A_SIDE = 2
"""Wordings on each side at most."""
_ENOUGH = 1500
"""Sentences that are looked through; of a larger library only those on its topics that name the subject."""
_OWN_SHARE = 0.5
"""The share of the topic's tenth best score that both sides must reach together, so that a slide is worth it."""


class Differing:
    """The differences in a library, each shown once at most. Made before the sections, asked again after them."""

    def __init__(
        self, everything: Sequence[Candidate], pools: Iterable[Sequence[Scored]], title: str, desk: Desk
    ) -> None:
        among = _key_sentences(everything, pools, title)
        self._desk = desk
        self._labels = desk.notebook.labels
        self._found = differences(among, desk.library, title)
        self._shown: set[str] = set()

    def slide(self, pool: Sequence[Scored], where: Location, charges: bool) -> Compare | None:
        """The difference that matters most to the topic of `pool`, both wordings beside each other.

        Of charges and their denials only where `charges` says so.
        """
        scores = {scored.candidate.span: scored.score for scored in pool}
        typical = pool[:10][-1].score if pool else 0.0
        fitting = []
        for place, one in enumerate(self._found):
            sides = _sides(one, scores)
            if one.what not in self._shown and sides and (charges or not one.charged):
                told = [max(scores[candidate.span] for candidate in side) for side in sides]
                if sum(told) / 2 >= _OWN_SHARE * typical:
                    fitting.append((sum(told), -place, one, sides))
        if not fitting:
            return None
        _, _, chosen, (left, right) = max(fitting, key=lambda item: item[:2])
        self._shown.add(chosen.what)
        labels = chosen.labels or self._called(left, right)
        return Compare(
            f"Sources differ: {chosen.what}", self._side(labels[0], left), self._side(labels[1], right), where
        )

    def _side(self, label: str, side: Sequence[Candidate]) -> Side:
        return Side(label, tuple(map(self._stated, side)))

    def _stated(self, one: Candidate) -> Statement:
        """The sentence, cut only where it has numbers and none is lost: what differs must be in view."""
        pieces = fitting(one, LIMIT) or ()
        kept = [figure for start, end in pieces for figure in _FIGURE.findall(one.text[start:end])]
        safe = kept and kept == _FIGURE.findall(one.text)
        return self._desk.short(one, LIMIT if safe else _WHOLE) or self._desk.state(one)

    def _called(self, left: Sequence[Candidate], right: Sequence[Candidate]) -> tuple[str, str]:
        """What the sides are called: by their sources, with the places there where the sources are the same."""
        names = [" and ".join(dict.fromkeys(self._labels[one.span.source] for one in side)) for side in (left, right)]
        if names[0] == names[1]:
            places = [_place(side[0].locator) for side in (left, right)]
            names = [f"{name}, {place}" for name, place in zip(names, places, strict=True)]
        return (names[0], names[1]) if names[0] != names[1] else (f"{names[0]}: one account", "another account")

    def apart(self, left: Candidate, right: Candidate) -> bool:
        """Whether two sentences tell one thing in different ways."""
        return any({left, right} <= set(one.sentences) for one in self._found)

    def aside(self, sections: Iterable[Section]) -> tuple[Statement, ...]:
        """Statements for the sentences that differ and that no section shows."""
        shown = {one.passage.span for section in sections for one in statements_of(section) if one.passage}
        sentences = dict.fromkeys(one for difference in self._found for one in difference.sentences)
        return tuple(self._desk.state(one) for one in sentences if one.span not in shown)

    def conflicts(self, statements: Iterable[Statement]) -> tuple[Conflict, ...]:
        """Each difference with the ids of `statements` that tell it."""
        ids: dict[object, str] = {}
        for statement in statements:
            if statement.passage:
                ids.setdefault(statement.passage.span, statement.id)
        return tuple(Conflict(one.what, tuple(ids[each.span] for each in one.sentences)) for one in self._found)


def _place(locator: Locator) -> str:
    return locator.value if locator.label == "section" else f"{locator.label} {locator.value}"


def _sides(
    difference: Difference, scores: Mapping[Span, float]
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]] | None:
    """What can be shown of the first way, and of the others, as far as it has a score on the topic and was not dropped.

    None where that leaves a side empty.
    """
    ways = [tuple(one for one in way if _can_show(one) and scores.get(one.span, 0) > 0) for way in difference.ways]
    ways = [way for way in ways if way]
    if len(ways) < 2:
        return None
    others = (*(way[0] for way in ways[1:]), *(one for way in ways[1:] for one in way[1:]))
    return ways[0][:_A_SIDE], others[:_A_SIDE]


def _can_show(one: Candidate) -> bool:
    return one.entire and one.length <= _WHOLE


def _key_sentences(
    everything: Sequence[Candidate], pools: Iterable[Sequence[Scored]], title: str
) -> tuple[Candidate, ...]:
    """All sentences of a small library; of a large one the best of each topic and those that name the subject."""
    if len(everything) <= _ENOUGH:
        return tuple(everything)
    subject = frozenset(stems(title)) - stop_words()
    chosen: dict[object, None] = {}
    for scored in _in_turn([pool[:_ENOUGH] for pool in pools]):
        if len(chosen) < _ENOUGH and subject & scored.candidate.stems:
            chosen[scored.candidate.span] = None
    return tuple(one for one in everything if one.span in chosen)


def _in_turn(pools: Sequence[Sequence[Scored]]) -> Iterator[Scored]:
    """The best of each pool, then the second best of each, and so on."""
    for place in range(max(map(len, pools), default=0)):
        yield from (pool[place] for pool in pools if place < len(pool))
