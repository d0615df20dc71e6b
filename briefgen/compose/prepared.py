"""What is known of each sentence by its source alone, whatever an outline asks: worked out once, and kept."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.cuts import Piece
from briefgen.compose.persons import People, Reference
from briefgen.library import Library
from briefgen.model import BlockKind, DateMention, Locator, Source

_MOST = 2_000
"""Passages of a library up to which what they say is kept: larger ones are looked at in parts, and kept smaller."""

Ways = tuple[tuple[tuple[Piece, ...], frozenset[str]], ...]
"""The parts of a sentence to show, the most first, each with the nouns that its readers must know of to understand it
by itself. The first that asks for none is the last."""


class Prepared(Struct, frozen=True, array_like=True):
    """A sentence, number `number` of its passage, with what `Candidate` says of it too.

    `opening` are its first words. `reference` is what these refer to. `ways` are those without, and `filled` those with
    the names in brackets that it sets in.
    """

    number: int
    start: int
    end: int
    text: str
    line: str
    opening: tuple[str, ...]
    dates: tuple[DateMention, ...]
    date: DateMention | None
    before: int
    qualities: tuple[str, ...]
    figures: frozenset[str]
    names: tuple[str, ...]
    sound: bool
    reference: Reference = Reference()
    ways: Ways = ()
    filled: Ways = ()


class Passage(Struct, frozen=True, array_like=True):
    """A block with its sentences that have no hole. `context` has its stems with spaces between them.

    `explaining` are the words that tell what a sentence of it refers to if they are the subject's, and `families` the
    family names that mean one person unless persons of other sources bear them.
    """

    index: int
    kind: BlockKind
    path: tuple[str, ...]
    place: Locator
    context: str
    sentences: tuple[Prepared, ...]
    explaining: frozenset[str]
    families: frozenset[str]


class PreparedSource(Struct, frozen=True, array_like=True):
    """Passages of a source, in order, as they were prepared when its id was `source`."""

    source: str
    passages: tuple[Passage, ...]


class Look(Struct, frozen=True):
    """How sentences are looked at: `subject` holds the words that need no introduction.

    With terms in `holding`, each as it stands in a candidate's `line`, only sentences with one of them count. Whether
    they are `dated`, and whether they stand `alone`, takes most of the time; without, none is or does.
    """

    subject: frozenset[str] = frozenset()
    holding: tuple[str, ...] = ()
    dated: bool = True
    alone: bool = True

    def passes_over(self, line: str) -> bool:
        return bool(self.holding) and not any(term in line for term in self.holding)


def people_in(library: Library, head: Source) -> People:
    """The persons of a source."""
    return library.worked_out(head.id, "people", People, _people).of_source(head.id)


def prepared(
    library: Library, head: Source, look: Look, people: People | None, shared: frozenset[str]
) -> Iterator[Passage]:
    """The passages of a source to look at. Those of a library that is looked through whole are kept with their sources.

    Only a passage of which the outline's subject, or family names that other sources share, may explain a sentence is
    kept for these words of the subject and these names.
    """
    whole = library.blocks is None and library.count <= _MOST
    if not whole or people is None or look != Look(look.subject):
        from briefgen.compose.preparing import looked_at

        yield from looked_at(library, head, look, people, shared)
        return
    told_from = f"{head.kind} {head.language} {head.published}"
    none: frozenset[str] = frozenset()
    for one in _kept(library, head, f"passages {told_from}", people, None, none, none):
        known, families = one.explaining & look.subject, one.families & shared
        if known or families:
            what = f"passage {one.index} {told_from} {sorted(known)} {sorted(families)}"
            yield from _kept(library, head, what, people, one.index, known, families)
        else:
            yield one


def _kept(
    library: Library,
    head: Source,
    what: str,
    people: People,
    index: int | None,
    subject: frozenset[str],
    families: frozenset[str],
) -> Iterator[Passage]:
    """All passages, or the one with this number, kept under a name."""

    def work(source: Source) -> PreparedSource:
        from briefgen.compose.preparing import looked_at

        alone = Library((source,))
        among = alone if index is None else alone.only([(source.id, index)])
        return PreparedSource(source.id, tuple(looked_at(among, source, Look(subject), people, families)))

    kept = library.worked_out(head.id, what, PreparedSource, work)
    yield from kept.passages if kept.source == head.id else (_moved_to(head.id, one) for one in kept.passages)


def _people(source: Source) -> People:
    from briefgen.compose.referents import people_of

    return people_of(source)


def _moved_to(source: str, passage: Passage) -> Passage:
    """The passage as if its source had this id."""
    moved = (
        replace(one, reference=one.reference.of_source(source)) if one.reference.insertions else one
        for one in passage.sentences
    )
    return replace(passage, sentences=tuple(moved))
