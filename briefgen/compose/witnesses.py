"""Witnesses: sentences of other sources that tell what a statement tells, so that it has a note to each.

A false witness is worse than a missing one. It must share most of the meaning of the shorter of the two, by weight of
rare words; all names and figures of the shorter; days that can be the same; and it may deny nothing, and hedge
nothing, that the statement does not.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.candidates import Candidate
from briefgen.compose.conflicts.names import any_of, holds, names_in, same_named
from briefgen.compose.notebook import Notebook
from briefgen.model import Chart, DateMention, Glossary, Section, Span, Statement, statements_in, statements_of
from briefgen.text.words import stems

MOST = 2
"""Witnesses of a statement at most, each of a source of its own: a slide's foot has little room."""
_RAREST = 8
"""How many of a statement's rarest stems a witness is looked for by; it must hold two of them."""
_FEWEST = 4
"""Stems that two sentences must share at least."""
_DATED, _YEAR, _UNDATED, _OF_SHOWN = 0.6, 0.7, 0.8, 0.5
"""The share of the shorter sentence's weight that a witness must have: where both give one day or month, where both
give one year, and otherwise; and the share of the statement's own."""
_ROUGHLY = 0.35
"""The share of a statement's weight that is worth a close look; names that mean the same are not yet written alike."""
_STRETCH = 2.5
"""How much longer than the statement the words of an undated witness may be spread."""
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_MANY = 1 / 20
"""The share of all sentences from which on a stem is too common to look for."""


class _Told(Struct, frozen=True):
    """What decides whether two sentences tell the same."""

    order: tuple[str, ...]
    names: frozenset[str]
    figures: frozenset[str]
    date: DateMention | None
    negated: bool
    hedged: bool

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(self.order)


def with_witnesses(
    sections: Sequence[Section],
    everything: Sequence[Candidate],
    notebook: Notebook,
    change: Callable[[Section, Callable[[Statement], Statement]], Section],
    apart: Callable[[Candidate, Candidate], bool],
    in_place: Collection[Span] = (),
) -> tuple[Section, ...]:
    """The sections, each statement with the notes of its witnesses after its own, and their sources' ids.

    `change` makes a section anew, statement by statement. `apart` says which sentences are known to differ. Passages
    that are `in_place` in the outline stay as they are there, whatever the sources say. So do charts and glossaries,
    which have room for few notes.
    """
    terse = {
        one.id
        for section in sections
        for block in section.blocks
        if isinstance(block, Chart | Glossary)
        for one in statements_in(block)
    }
    shown = [one for section in sections for one in statements_of(section)]
    index = _Index({one.text: one.passage.span for one in shown if one.passage}, everything)

    def witnessed(statement: Statement) -> Statement:
        own = index.own.get(statement.passage.span) if statement.passage else None
        if own is None or not statement.notes or own.span in in_place or statement.id in terse:
            return statement
        found = [one for one in index.witnesses(own, statement.text) if not apart(own, one)]
        notes = tuple(notebook.number(one.span, one.locator) for one in found)
        sources = tuple(one.span.source for one in found)
        return replace(statement, notes=tuple(dict.fromkeys((*statement.notes, *notes))), corroborated_by=sources)

    return tuple(change(section, witnessed) for section in sections)


class _Index:
    """Where the stems of the shown statements stand in a library, so that only few sentences are ever compared.

    `shown` has the statements' texts with the spans of their passages, and `own` the candidates of these.
    """

    def __init__(self, shown: Mapping[str, Span], everything: Sequence[Candidate]) -> None:
        self._everything = everything
        self.own: dict[Span, Candidate] = {}
        self._weights: dict[str, float] = {}
        self._whole: dict[Span, _Told] = {}
        spans = frozenset(shown.values())
        wanted = frozenset(stem for text in shown for stem in stems(text))
        self._places: dict[str, list[int]] = {stem: [] for stem in wanted}
        for place, candidate in enumerate(everything):
            held = candidate.stems & wanted
            for stem in held:
                self._places[stem].append(place)
            if held and candidate.span in spans:
                self.own[candidate.span] = candidate

    def witnesses(self, own: Candidate, text: str) -> list[Candidate]:
        """The best witness of each source for a statement with this `text`, of `own`, best first."""
        told = _told(text, own)
        best: dict[str, tuple[float, Candidate]] = {}
        for other in self._near(own, text):
            if other.span not in self._whole:
                self._whole[other.span] = _told(other.text, other)
            worth = self._worth(told, self._whole[other.span])
            if worth > best.get(other.span.source, (0.0, other))[0]:
                best[other.span.source] = (worth, other)
        return [one for _, one in sorted(best.values(), key=lambda pair: (-pair[0], pair[1].span))[:MOST]]

    def _near(self, own: Candidate, text: str) -> Iterable[Candidate]:
        """The sentences of other sources with two of the text's rarest stems, enough of all, and days that agree."""
        many = max(50, int(len(self._everything) * _MANY))
        held = [stem for stem in dict.fromkeys(stems(text)) if len(self._places.get(stem, ())) <= many]
        rarest = sorted(held, key=lambda stem: (len(self._places[stem]), stem))[:_RAREST]
        count = Counter(place for stem in rarest for place in self._places[stem])
        stated = frozenset(stems(text))
        enough = _ROUGHLY * sum(map(self._weight, stated))
        for place, times in sorted(count.items()):
            other = self._everything[place]
            if times > 1 and other.span.source != own.span.source and _dates_agree(own, other):
                shared = stated & other.stems
                if sum(map(self._weight, shared)) >= enough:
                    yield other

    def _weight(self, stem: str) -> float:
        """What a stem weighs: the more, the fewer sentences have it; a figure nothing, as it is looked at apart."""
        if stem not in self._weights:
            rare = math.log(1 + len(self._everything) / max(2, len(self._places.get(stem, ()))))
            self._weights[stem] = 0.0 if _FIGURE.search(stem) else rare
        return self._weights[stem]

    def _worth(self, shown: _Told, other: _Told) -> float:
        """The share of the shorter sentence that the two have in common; 0 where `other` is no witness of `shown`."""
        shared = sum(map(self._weight, shown.stems & other.stems))
        own, its = (sum(map(self._weight, one.stems)) for one in (shown, other))
        small, big = (shown, other) if own <= its else (other, shown)
        share = shared / max(0.1, min(own, its))
        if len(shown.stems & other.stems) < _FEWEST or shared < _OF_SHOWN * own or share < _needed(shown, other):
            return 0.0
        agrees = small.names <= big.names and shown.figures <= other.figures and shown.negated == other.negated
        return share if agrees and other.hedged <= shown.hedged and _dates_agree(shown, other) else 0.0


def _told(text: str, candidate: Candidate) -> _Told:
    """What `text`, the words of a candidate that are shown, tells."""
    undated, folded = text, text.casefold()
    for date in reversed(candidate.dates):
        undated = undated.replace(date.text, " ")
    even = same_named(undated)
    return _Told(
        order=tuple(stems(even)),
        names=frozenset(word for name in names_in(even) for word in name.key),
        figures=frozenset(figure.replace(",", "") for figure in _FIGURE.findall(undated)),
        date=candidate.date,
        negated=holds("negations", text, folded) or bool(re.search(any_of("denials"), text)),
        hedged=holds("hedges", text, folded),
    )


def _needed(shown: _Told, other: _Told) -> float:
    """The share that is needed; above 1 where two undated sentences have their common words in another order."""
    if shown.date and other.date:
        exact = ("day", "month")
        return _DATED if shown.date.precision in exact and other.date.precision in exact else _YEAR
    return _UNDATED if _in_order(shown, other) else 2.0


def _in_order(shown: _Told, other: _Told) -> bool:
    """Whether the stems that both share come in one order, and not far from each other in the witness."""
    shared = shown.stems & other.stems
    first, second = ([stem for stem in dict.fromkeys(one.order) if stem in shared] for one in (shown, other))
    places = [place for place, stem in enumerate(other.order) if stem in shared]
    near = bool(places) and places[-1] - places[0] < _STRETCH * max(len(shown.order), _FEWEST)
    return near and sum(left == right for left, right in zip(first, second, strict=True)) >= _UNDATED * len(first)


def _dates_agree(shown: _Told | Candidate, other: _Told | Candidate) -> bool:
    """Whether a witness may be of the days of the statement, and dates it if the statement is dated."""
    if not shown.date:
        return True
    return other.date is not None and (
        shown.date.earliest <= other.date.latest and other.date.earliest <= shown.date.latest
    )
