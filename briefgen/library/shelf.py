"""Where the sources of a library stand: in the database, one by one or passage by passage, else in their files."""

from collections.abc import Callable, Collection, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar, overload

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compiled import packed, unpacked
from briefgen.library.cache import Cache, Kept, Key
from briefgen.library.index import Index, by_document
from briefgen.library.packing import numbered
from briefgen.model import PROSE, Block, Source
from briefgen.readers.document import Reading

_Found = TypeVar("_Found")
_Worked = TypeVar("_Worked", bound=Struct)
Passages = Iterator[tuple[int, int, Block]]
"""The blocks of a source: each with its number, and how many passages there are up to it."""


class Text(Protocol):
    """The text of a source, whole or loaded block by block."""

    @property
    def id(self) -> str: ...

    @property
    def blocks(self) -> Sequence[Block]: ...


class Place(Struct):
    """Where a source is kept. Without `kept` it waits to be written."""

    path: Path
    key: Key
    read: Callable[[bytes], Reading]
    kept: Kept | None = None


class Shelf:
    """The sources of one library by id, whole or in parts. What the database has lost is read again."""

    def __init__(self, cache: Cache, places: dict[str, Place]) -> None:
        self._cache = cache
        self._places = places
        self._index: Index | None = None
        self._names: dict[int, str] = {}
        self._state = 0

    def whole(self, head: Source) -> Source:
        """The source with all that its head leaves out; without blocks where its file is gone or was changed."""
        place = self._places[head.id]
        reading = self._cache.get(place.key)
        if reading is None or reading.source is None:
            reading = _again(place)
            if reading.source:
                self._cache.put(place.key, reading)
        source = reading.source
        if source is None:
            return head
        return replace(head, blocks=source.blocks, references=source.references, dropped=source.dropped)

    def passages(self, head: Source, among: Collection[int] | None) -> Passages:
        """The passages of a source, or those of them that are numbered `among`, in order."""
        kept = self._kept(head.id)
        found = self._cache.blocks(kept.number, among) if kept and among is not None else []
        if among is None or len(found) < len(among):
            yield from passages(self.whole(head), among)
        else:
            yield from found

    def text(self, head: Source) -> Text:
        """The blocks of a source, each loaded when it is asked for."""
        kept = self._kept(head.id)
        return _Text(head.id, _Blocks(self, head, kept.head.blocks)) if kept else self.whole(head)

    def block(self, head: Source, index: int) -> Block:
        """One block of a source."""
        kept = self._kept(head.id)
        found = self._cache.blocks(kept.number, (index,)) if kept else []
        return found[0][2] if found else self.whole(head).blocks[index]

    def worked_out(self, head: Source, what: str, kind: type[_Worked], work: Callable[[Source], _Worked]) -> _Worked:
        """What `work` makes of the whole source, kept under the name `what`."""
        kept = self._kept(head.id)
        known = unpacked(self._cache.worked_out(kept.number, what), kind) if kept else None
        if known is None:
            known = work(self.whole(head))
            if kept and kept == self._kept(head.id):
                self._cache.keep(kept.number, what, packed(known))
        return known

    def count(self) -> int:
        """How many passages there are in all sources."""
        return sum(kept.head.passages for name in self._places if (kept := self._kept(name)))

    def find(self, seek: Callable[[Index], _Found]) -> _Found | None:
        """What `seek` finds in the index of all sources; none where the database cannot hold them."""
        for _ in range(2):
            state, index = self._cache.state, self._made_index()
            found = seek(index) if index else None
            if index and self._cache.state == state:
                return found
            self._fill()
        return None

    def index(self) -> Index | None:
        """The index that was last looked in."""
        return self._index

    def by_source(self, found: Collection[int]) -> dict[str, frozenset[int]]:
        """Places of the index as numbers of blocks by the id of their source."""
        if not self._names:
            self._names = {place.kept.number: name for name, place in self._places.items() if place.kept}
        return by_document(found, self._names)

    def close(self) -> None:
        self._cache.close()

    def _made_index(self) -> Index | None:
        if self._index is None:
            kept = [found for name in self._places if (found := self._kept(name))]
            if len(kept) == len(self._places):
                totals = sum(one.head.passages for one in kept), sum(one.head.stems for one in kept)
                self._index = Index(self._cache, [one.number for one in kept], *totals)
        return self._index

    def _fill(self) -> None:
        """Keeps all sources anew, after the database lost them."""
        self._forget()
        for place in self._places.values():
            if not self._cache.head(place.key) and (reading := _again(place)).source:
                self._cache.put(place.key, reading)

    def _forget(self) -> None:
        """Trusts no number of the database that there was before."""
        self._state, self._index, self._names = self._cache.state, None, {}
        for place in self._places.values():
            place.kept = None

    def _kept(self, name: str) -> Kept | None:
        if self._cache.state != self._state:
            self._forget()
        place = self._places[name]
        if place.kept is None:
            self._cache.flush()
            place.kept = self._cache.head(place.key)
        return place.kept


class _Text(Struct, frozen=True):
    id: str
    blocks: Sequence[Block]


class _Blocks(Sequence[Block]):
    """The blocks of a source on a shelf."""

    def __init__(self, shelf: Shelf, head: Source, count: int) -> None:
        self._shelf, self._head, self._count = shelf, head, count
        self._loaded: dict[int, Block] = {}

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Block: ...

    @overload
    def __getitem__(self, at: slice) -> list[Block]: ...

    def __getitem__(self, at: int | slice) -> Block | list[Block]:
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(self._count))]
        index = range(self._count)[at]
        if index not in self._loaded:
            self._loaded[index] = self._shelf.block(self._head, index)
        return self._loaded[index]


def passages(source: Source, among: Collection[int] | None = None) -> Passages:
    """The passages of a whole source, or those of them that are numbered `among`, in order."""
    for index, (paragraph, block) in enumerate(numbered(source)):
        if block.kind in PROSE and (among is None or index in among):
            yield index, paragraph, block


def _again(place: Place) -> Reading:
    """What the file says, if it still has the same bytes."""
    try:
        data = place.path.read_bytes()
    except OSError:
        return Reading(None)
    return place.read(data) if sha256(data).hexdigest() == place.key.sha256 else Reading(None)
