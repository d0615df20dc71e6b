"""Every sentence of the library that could be shown, with what is known of it before any topic is asked."""

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from briefgen.compose.cuts import Piece
from briefgen.compose.persons import People, shared_families
from briefgen.compose.prepared import Look, Passage, Prepared, people_in, prepared
from briefgen.library import Library
from briefgen.model import DateMention, Insertion, Locator, Source, Span
from briefgen.text.words import bits_of, stems_of, words

Standing = tuple[tuple[Piece, ...], tuple[Insertion, ...]]
"""The parts of a sentence that can be understood by themselves, and with which names in brackets."""

_CLARITY = {
    "names the subject": 0.5,
    "dated": 0.1,
    "8 to 24 words": 0.1,
    "more than 32 words": -0.25,
    "less than 8 words": -0.4,
    "cut at its start": -0.1,
    "near the start": 0.3,
    "says now, and not when": -0.3,
    "says how many": 0.15,
}
"""What each quality of a sentence adds to its clarity of 1."""


class Candidate(Struct, frozen=True):
    """A sentence: `text` is what `span` names. `lead` is the date or name that opens its list item, if any.

    `before` tells how many characters of `text` are a date that opens a list item ("14 January 2008: "). `path` is
    the headings above it, `context` the stems of its whole block, `line` its own stems with a space around each,
    `bits` the same as bits of a number.
    `date` is the date of what it tells: its own, else that of the list item it stands in.
    `standing` are the parts of it that can be understood by themselves, with the names `inserted` in brackets.
    `clarity` is what speaks for the sentence whatever the topic, about 1, and `qualities` are the reasons: it names
    the subject, dates what it tells, is clipped or long. `about` says that its first words name the subject. `figures`
    are the numbers in it that belong to no date, and `names` the names. `sound` says that it is whole as it stands.
    """

    span: Span
    text: str
    kind: str
    path: tuple[str, ...]
    locator: Locator
    stems: frozenset[str]
    bits: int
    line: str
    context: frozenset[str]
    dates: tuple[DateMention, ...]
    date: DateMention | None
    first: bool
    clarity: float
    qualities: tuple[str, ...]
    about: bool
    figures: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    sound: bool = False
    before: int = 0
    standing: tuple[Piece, ...] = ()
    inserted: tuple[Insertion, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether it can be understood by itself, if not all of it."""
        return bool(self.standing)

    @property
    def named(self) -> bool:
        """Whether it names the subject."""
        return "names the subject" in self.qualities

    @property
    def entire(self) -> bool:
        """Whether all of it stands alone, but for an opening that ties it to the sentence before."""
        return len(self.standing) == 1 and self.standing[0][1] == len(self.text)

    @property
    def length(self) -> int:
        """The number of words."""
        return len(self.text.split())


def candidates(library: Library, subject: frozenset[str] = frozenset()) -> tuple[Candidate, ...]:
    """The sentences of all paragraphs, list items and quotations that have no hole, in the order of the sources.

    Where the library is narrowed, only those of the passages to look at.
    """
    return looked_at(library, Look(subject))


def looked_at(library: Library, look: Look) -> tuple[Candidate, ...]:
    """The candidates, likewise, as they show in one look."""
    persons = {head.id: people_in(library, head) for head in library.looked_in} if look.alone else {}
    shared = shared_families(persons.values())
    return tuple(
        found for head in library.looked_in for found in _of_source(library, head, look, persons.get(head.id), shared)
    )


def _of_source(
    library: Library, head: Source, look: Look, people: People | None, shared: frozenset[str]
) -> Iterator[Candidate]:
    """The sentences of a source's passages; one that it repeats only where it first stands."""
    seen: set[str] = set()
    kin = frozenset(stems_of(look.subject | (people.kin(look.subject) if people else frozenset())))
    for passage in prepared(library, head, look, people, shared):
        context = frozenset(passage.context.split())
        for one in passage.sentences:
            if one.text not in seen:
                seen.add(one.text)
                span = Span(head.id, passage.index, one.start, one.end)
                standing = _standing(one, look.subject) if look.alone else None
                yield _candidate(span, passage, one, context, standing, kin, look)


def _standing(one: Prepared, subject: frozenset[str]) -> Standing | None:
    """How a sentence can be understood by itself, as much of it as can be, if need be with names in brackets; none if
    it cannot."""
    if one.reference.doubt:
        return None
    plain = ((pieces, ()) for pieces, needed in one.ways if needed <= subject and not one.reference.bare)
    filled = ((pieces, one.reference.insertions) for pieces, needed in one.filled if needed <= subject)
    return next(chain(plain, filled), None)


def _candidate(
    span: Span,
    passage: Passage,
    one: Prepared,
    context: frozenset[str],
    standing: Standing | None,
    kin: frozenset[str],
    look: Look,
) -> Candidate:
    """The sentence at `span` as it shows in a look. `kin` has the stems of the subject's words, and of the given names
    of those who bear its name."""
    own = frozenset(one.line.split())
    added = words(" ".join(each.text for each in standing[1])) if standing and standing[1] else []
    held = set(one.qualities)
    if not kin.isdisjoint(own) or not kin.isdisjoint(stems_of(added)):
        held.add("names the subject")
    if standing and standing[0][0][0] > 0:
        held.add("cut at its start")
    qualities = tuple(name for name in _CLARITY if name in held)
    return Candidate(
        span=span,
        text=one.text,
        kind=passage.kind,
        path=passage.path,
        locator=passage.place,
        stems=own,
        bits=bits_of(own),
        line=one.line,
        context=context,
        dates=one.dates,
        date=one.date,
        first=one.number == 0,
        clarity=1 + sum(map(_CLARITY.__getitem__, qualities)),
        qualities=qualities,
        about=not look.subject.isdisjoint(one.opening),
        figures=one.figures,
        names=one.names,
        sound=one.sound,
        before=one.before,
        standing=standing[0] if standing else (),
        inserted=standing[1] if standing else (),
    )
