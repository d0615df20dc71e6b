"""Passages found again: where an outline says that they stand or, in a source that has changed, by their words."""

import re
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.candidates import Candidate, candidates
from briefgen.compose.naming import figures, is_sound, names_in
from briefgen.compose.preferences import matched
from briefgen.compose.readings import verbatim
from briefgen.library import Library
from briefgen.model import DateMention, Source, Span
from briefgen.problems import Location, Problem, error, nearest, warning
from briefgen.text.words import bits_of, stems

_PLACE = re.compile(r"(\d+):(\d+)-(\d+)")
_AGAIN = "has the source changed? look for the passage with `briefgen search`, or take the statement out"


class Wanted(Struct, frozen=True):
    """A passage that an outline names: its words, and as far as it says so its source and its place there."""

    words: str
    source: str | None
    place: str | None
    where: Location


class Places:
    """Finds passages in a library, and knows of each what is known of a sentence: its note's place, its dates."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._names = [head.id for head in library.heads]
        self._known: dict[str, dict[int, list[Candidate]]] = {}

    def find(self, wanted: Wanted) -> tuple[Candidate | None, tuple[Problem, ...]]:
        """The passage, where it is said to stand if it does; else where its words are found; else a problem.

        Words that are but a part of a sentence stand for all of it, unless a place is given.
        """
        if not wanted.words.strip():
            hint = "write the text, or a few words of its passage"
            return None, (error("the statement has neither a text nor a passage", hint, wanted.where),)
        for source in self._named(wanted.source):
            found = self._at_place(source, wanted) or self._nearest(source, wanted)
            if found:
                return found, self._other_places(source, wanted, found)
        others = [found for name in self._names if (found := self._nearest(self._library.source(name), wanted))]
        if not others:
            return None, (self._gone(wanted),)
        problems: list[Problem] = []
        name = others[0].span.source
        if wanted.source:
            message = f"the passage does not stand in {wanted.source!r} but in {name!r}"
            problems.append(warning(message, "its note leads there now", wanted.where))
        elif len(others) > 1:
            message = f"the passage stands in {len(others)} sources; that of {name!r} is taken: {others[0].text!r}"
            problems.append(warning(message, "name the source", wanted.where))
        return others[0], tuple(problems)

    def _other_places(self, source: Source, wanted: Wanted, found: Candidate) -> tuple[Problem, ...]:
        """That other passages of the source have the words, too, where no place tells which is meant."""
        places = {(span.block, span.start) for span in self._with_words(source, wanted.words)}
        inside = {(block, at) for block, at in places if block == found.span.block and at < found.span.end}
        if wanted.place or len(places) == len(inside):
            return ()
        message = f"the passage stands in {len(places)} places of {source.id!r}; the first is taken: {found.text!r}"
        return (warning(message, "give more of its words", wanted.where),)

    def words_in(self, source_id: str, words: str, place: str | None) -> Span | None:
        """Where words stand in a source: there if they do, else at the nearest place that has them."""
        source = self._library.source(source_id) if source_id in self._names else None
        found = _PLACE.fullmatch(place or "")
        block, start = (int(found[1]), int(found[2])) if found else (0, 0)
        spans = self._with_words(source, words) if source else iter(())
        return min(spans, key=lambda one: (abs(one.block - block), abs(one.start - start)), default=None)

    def _named(self, name: str | None) -> list[Source]:
        """The source of that name, else those whose name holds it."""
        if name is None:
            return []
        return list(map(self._library.source, matched(name, self._names)))

    def _gone(self, wanted: Wanted) -> Problem:
        start = " ".join(wanted.words.split()[:8])
        if wanted.source and not self._named(wanted.source):
            message = f"there is no source {wanted.source!r}, and no other has the passage, left out: “{start} …”"
            return error(message, f"{nearest(wanted.source, self._names)}; or {_AGAIN}", wanted.where)
        among = f"in {wanted.source!r} or any other source" if wanted.source else "in any source"
        return error(f"the passage does not stand {among}, left out: “{start} …”", _AGAIN, wanted.where)

    def _at_place(self, source: Source, wanted: Wanted) -> Candidate | None:
        place = _PLACE.fullmatch(wanted.place or "")
        span = Span(source.id, *map(int, place.groups())) if place else None
        if span is None or span.block >= len(source.blocks):
            return None
        text = source.blocks[span.block].text[span.start : span.end]
        return self._passage(source, span) if text == wanted.words else None

    def _nearest(self, source: Source, wanted: Wanted) -> Candidate | None:
        """The passage with these words that stands nearest to the place that is given."""
        place = _PLACE.fullmatch(wanted.place or "")
        block, start = (int(place[1]), int(place[2])) if place else (0, 0)
        found = list(self._with_words(source, wanted.words))
        found.sort(key=lambda one: (abs(one.block - block), abs(one.start - start)))
        made = (self._passage(source, span) if place else self._sentence(source, span) for span in found)
        return next((one for one in made if one), None)

    def _with_words(self, source: Source, words: str) -> Iterator[Span]:
        """Where the words stand in the source as whole words, letter for letter or, if nowhere so, but for case and
        white space."""
        for pattern in (verbatim(words), verbatim(words, loosely=True)) if words.strip() else ():
            spans = [
                Span(source.id, index, *match.span())
                for index, block in enumerate(source.blocks)
                for match in pattern.finditer(block.text)
            ]
            if spans:
                yield from spans
                return

    def _sentence(self, source: Source, span: Span) -> Candidate | None:
        """The sentence that holds the span; where it goes over more than one, just its words."""
        around = (
            one
            for one in self._in_block(source, span.block)
            if one.span.start <= span.start and span.end <= one.span.end
        )
        return next(around, None) or self._passage(source, span)

    def _passage(self, source: Source, span: Span) -> Candidate | None:
        """What is known of just these words; none where words are missing among them, or their block is never shown."""
        near = self._in_block(source, span.block)
        same = next((one for one in near if one.span == span), None)
        touched = [one for one in near if one.span.start < span.end and span.start < one.span.end]
        block = source.blocks[span.block]
        if same or not touched or any(span.start <= hole <= span.end for hole in block.holes):
            return same
        first = touched[0]
        offset = first.span.start - span.start
        moved = [_moved(date, one.span.start - span.start) for one in touched for date in one.dates]
        text = block.text[span.start : span.end]
        own = stems(text)
        return replace(
            first,
            span=span,
            text=text,
            stems=frozenset(own),
            bits=bits_of(own),
            line=f" {' '.join(own)} ",
            dates=tuple(moved),
            date=_moved(first.date, offset) if first.date in first.dates and first.date else first.date,
            figures=figures(text, moved),
            names=tuple(names_in(text, moved)),
            sound=is_sound(text[first.before :]),
        )

    def _in_block(self, source: Source, block: int) -> list[Candidate]:
        if source.id not in self._known:
            blocks: dict[int, list[Candidate]] = {}
            for one in candidates(Library((source,))):
                blocks.setdefault(one.span.block, []).append(one)
            self._known[source.id] = blocks
        return self._known[source.id].get(block, [])


def _moved(date: DateMention, offset: int) -> DateMention:
    return replace(date, start=date.start + offset, end=date.end + offset)
