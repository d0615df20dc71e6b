"""Readings as rows: a head that says what the source is, its blocks one by one, and the rest, each with a checksum."""

from collections.abc import Iterator
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compiled import packed
from briefgen.model import PROSE, Block, Dropped, Reference, Source
from briefgen.readers.document import Reading
from briefgen.text.words import stems

_BLOCK_BITS, LENGTH_BITS = 26, 10
BLOCKS = 1 << _BLOCK_BITS
"""More blocks than the largest file can have: a block's place is its document's number times this, and its own."""

LONGEST = (1 << LENGTH_BITS) - 1
"""The stems of a passage that are counted, in the lowest bits of its row in the index."""


class Head(Struct, frozen=True):
    """A reading whose source has no blocks, references or dropped stretches.

    `blocks` is how many blocks it has, `passages` how many of them are prose, and `stems` how many stems these hold.
    """

    reading: Reading
    blocks: int = 0
    passages: int = 0
    stems: int = 0

    def whole(self, blocks: tuple[Block, ...], rest: "Rest") -> Reading:
        """The reading with what was left out."""
        source = self.reading.source
        if source:
            source = replace(source, blocks=blocks, references=rest.references, dropped=rest.dropped)
        return Reading(source, self.reading.problems)


class Rest(Struct, frozen=True):
    """What a source says beside its blocks."""

    references: tuple[Reference, ...] = ()
    dropped: tuple[Dropped, ...] = ()


class Rows(Struct, frozen=True):
    """A reading as it is kept: each block with the number of its paragraph, runs of blocks below one path of headings
    (in lower case, parted by " / "), and the stems of each passage."""

    head: bytes
    rest: bytes
    blocks: tuple[tuple[int, bytes], ...] = ()
    headings: tuple[tuple[int, int, str], ...] = ()
    passages: tuple[tuple[int, list[str]], ...] = ()

    @staticmethod
    def row_of(number: int, index: int, held: list[str]) -> int:
        """Where a passage stands in the index: its place, and how many stems it holds."""
        return (number * BLOCKS + index) << LENGTH_BITS | min(len(held), LONGEST)


def place_of(row: int) -> int:
    """The place of a passage by its row in the index."""
    return row >> LENGTH_BITS


def head_of(reading: Reading, passages: int = 0, held: int = 0) -> Head:
    """The head of a reading, which has so many passages with so many stems."""
    source = reading.source
    if not source:
        return Head(reading)
    light = replace(source, blocks=(), references=(), dropped=())
    return Head(Reading(light, reading.problems), len(source.blocks), passages, held)


def packed_rows(reading: Reading) -> Rows:
    """A reading as the rows in which it is kept."""
    source = reading.source
    if not source:
        return Rows(packed(head_of(reading)), packed(Rest()))
    passages = tuple((index, stems(block.text)) for index, block in enumerate(source.blocks) if block.kind in PROSE)
    head = head_of(reading, len(passages), sum(len(held) for _, held in passages))
    return Rows(
        head=packed(head),
        rest=packed(Rest(source.references, source.dropped)),
        blocks=tuple((paragraph, packed(block)) for paragraph, block in numbered(source)),
        headings=tuple(_runs(source)),
        passages=passages,
    )


def numbered(source: Source) -> Iterator[tuple[int, Block]]:
    """The blocks of a source, each with how many passages there are up to it."""
    count = 0
    for block in source.blocks:
        count += block.kind in PROSE
        yield count, block


def _runs(source: Source) -> Iterator[tuple[int, int, str]]:
    """The first and last number of each run of passages that have one path of headings, and that path."""
    for (prose, path), run in groupby(enumerate(source.blocks), lambda one: (one[1].kind in PROSE, one[1].headings)):
        if prose and path:
            numbers = [index for index, _ in run]
            yield numbers[0], numbers[-1], " / ".join(path).lower()
