"""A document that its own list gives two dates."""

from collections.abc import Iterator
from itertools import combinations

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.conflicts.claims import Difference
from briefgen.compose.naming import figures, is_sound
from briefgen.library import Library
from briefgen.model import Block, DateMention, Locator, Source, Span


class _Entries(Struct, frozen=True):
    """Pairs of entries of one document, each by the number of its block, with a date of its own."""

    pairs: tuple[tuple[tuple[int, DateMention], tuple[int, DateMention]], ...]


def twice_dated(library: Library) -> Iterator[Difference]:
    """The documents listed in archives with an entry that is a date, and another entry with a date of other days."""
    for head in library.looked_in:
        if head.kind == "archive":
            for pair in library.worked_out(head.id, "twice dated", _Entries, _entries).pairs:
                source = library.source(head.id)
                heading = source.blocks[pair[0][0]].headings[-1]
                entries = tuple((_entry(source, index, date),) for index, date in pair)
                yield Difference(f"the date of {heading}", entries)


def _entries(source: Source) -> _Entries:
    from briefgen.text.dates import dates

    under: dict[str, list[tuple[int, DateMention]]] = {}
    for index, block in enumerate(source.blocks):
        if block.kind == "entry" and block.headings:
            under.setdefault(block.headings[-1], []).extend((index, date) for date in dates(block.text))
    pairs = (
        next((pair for pair in combinations(dated, 2) if _two_dates(source, *pair)), None) for dated in under.values()
    )
    return _Entries(tuple(pair for pair in pairs if pair))


def _two_dates(source: Source, left: tuple[int, DateMention], right: tuple[int, DateMention]) -> bool:
    """Whether two dates exclude each other, and one is all that its entry says."""
    apart = left[1].latest < right[1].earliest or right[1].latest < left[1].earliest
    whole = any(date.text == source.blocks[index].text for index, date in (left, right))
    return apart and whole and left[0] != right[0]


def _entry(source: Source, index: int, date: DateMention) -> Candidate:
    """An entry as a sentence that can be stated, though never chosen."""
    block: Block = source.blocks[index]
    heading = block.headings[-1]
    kind, _, number = heading.rpartition(" ")
    return Candidate(
        span=Span(source.id, index, 0, len(block.text)),
        text=block.text,
        kind=block.kind,
        path=block.headings,
        locator=Locator("document", number) if kind and number.isdigit() else Locator("section", heading),
        stems=frozenset(),
        bits=0,
        line="",
        context=frozenset(),
        dates=(date,),
        date=date,
        first=True,
        clarity=0,
        qualities=(),
        about=False,
        figures=figures(block.text, (date,)),
        sound=is_sound(block.text),
    )
