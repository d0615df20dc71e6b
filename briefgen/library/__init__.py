"""The sources of an outline: which files they are, and what each says. What was read before is not read again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from weakref import finalize

from msgspec import Struct

from briefgen.library.cache import Cache, open_cache
from briefgen.library.files import find
from briefgen.library.index import Index, Wanted, WordsToFind, rarity
from briefgen.library.loading import Folder, plain_text, read_file, read_head
from briefgen.library.shelf import Passages, Place, Shelf, Text, passages
from briefgen.model import Source
from briefgen.problems import Location, Problem, warning
from briefgen.readers.document import Reading

__all__ = [
    "Entry",
    "Index",
    "Library",
    "Passages",
    "Progress",
    "Text",
    "Wanted",
    "WordsToFind",
    "entries",
    "open_library",
    "plain_text",
    "rarity",
    "read_file",
]

_Worked = TypeVar("_Worked", bound=Struct)
_LOADED = 64
"""Whole sources that are held at a time."""

Progress = Callable[[Iterable[Path], int], Iterable[Path]]
"""Passes paths on, of which there are so many, and may show how far they have come."""


class Library:
    """The sources that could be read, in order of their paths, and what is wrong with the others.

    `heads` are the sources without their blocks, references and dropped stretches; all of a source comes when it is
    asked for. `blocks` are, by source, the passages to look at; a source without an entry has none. Where it is none,
    all are.
    """

    def __init__(self, sources: Sequence[Source], problems: Sequence[Problem] = (), shelf: Shelf | None = None) -> None:
        """A library of whole sources or, with the `shelf` on which they stand, of heads."""
        self.heads = tuple(sources)
        self.problems = tuple(problems)
        self.blocks: dict[str, frozenset[int]] | None = None
        self._shelf = shelf
        self._by_id = {source.id: source for source in sources}
        self._loaded: dict[str, Source] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Library) and (self.sources, self.problems) == (other.sources, other.problems)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """All sources whole: for a large library, ask for its `heads`, or for one source."""
        return tuple(self._shelf.whole(head) for head in self.heads) if self._shelf else self.heads

    def source(self, source_id: str) -> Source:
        """The source with this id, whole; a KeyError where there is none."""
        head = self._by_id[source_id]
        if self._shelf is None:
            return head
        if source_id not in self._loaded:
            if len(self._loaded) >= _LOADED:
                self._loaded.clear()
            self._loaded[source_id] = self._shelf.whole(head)
        return self._loaded[source_id]

    def passages(self, source_id: str) -> Passages:
        """The passages to look at in a source."""
        among = None if self.blocks is None else self.blocks.get(source_id, frozenset())
        if among is not None and not among:
            return iter(())
        if self._shelf and among is not None:
            return self._shelf.passages(self._by_id[source_id], among)
        return passages(self.source(source_id), among)

    def text(self, source_id: str) -> Text:
        """The text of a source; of a narrowed library's only the blocks that are asked for are loaded."""
        if self._shelf and self.blocks is not None:
            return self._shelf.text(self._by_id[source_id])
        return self.source(source_id)

    def worked_out(self, source_id: str, what: str, kind: type[_Worked], work: Callable[[Source], _Worked]) -> _Worked:
        """What `work` makes of a whole source; it is kept under the name `what`, and may name the source otherwise."""
        if self._shelf is None:
            return work(self._by_id[source_id])
        return self._shelf.worked_out(self._by_id[source_id], what, kind, work)

    @property
    def looked_in(self) -> tuple[Source, ...]:
        """The heads of the sources that have passages to look at."""
        among = self.blocks
        return self.heads if among is None else tuple(head for head in self.heads if head.id in among)

    @property
    def counts(self) -> Index | None:
        """How many passages of all hold a term; none where all are looked at, and can be counted."""
        return self._shelf.index() if self._shelf and self.blocks is not None else None

    def narrowed(self, wanted: Iterable[Wanted], most: int, texts: Iterable[WordsToFind] = ()) -> "Library":
        """The library with the `most` best passages for each of `wanted`, and the first that hold each of `texts`.

        Where the database fails, all are left to look at.
        """
        sought, named = tuple(wanted), tuple(texts)
        if self._shelf is None:
            return self

        def seek(index: Index) -> tuple[set[int], list[WordsToFind]]:
            held = [(one, index.holding(one.terms, most)) for one in named]
            best = (place for one in sought for place in index.best(one, most))
            return {*best, *(place for _, places in held for place in places)}, [one for one, at in held if not at]

        found = self._shelf.find(seek)
        if found is None:
            return self
        return self._looking_at(_joined(self._shelf.by_source(found[0]), self._standing_in(found[1])))

    def only(self, passages: Iterable[tuple[str, int]]) -> "Library":
        """The library with only these passages to look at, each a source's id and the number of its block."""
        blocks: dict[str, set[int]] = {}
        for source_id, block in passages:
            blocks.setdefault(source_id, set()).add(block)
        return self._looking_at({source_id: frozenset(among) for source_id, among in blocks.items()})

    def _looking_at(self, blocks: dict[str, frozenset[int]]) -> "Library":
        narrow = copy(self)
        narrow.blocks = blocks
        return narrow

    def _standing_in(self, texts: Sequence[WordsToFind]) -> dict[str, frozenset[int]]:
        """The passages that hold texts that the index cannot find, such as the end of a word: all are read for it."""
        if not texts:
            return {}
        return {
            head.id: frozenset(
                index for index, _, block in self.passages(head.id) if any(text.stand_in(block.text) for text in texts)
            )
            for head in self.heads
        }

    @cached_property
    def count(self) -> int:
        """How many passages all sources have."""
        if self._shelf:
            return self._shelf.count()
        return sum(1 for source in self.heads for _ in passages(source))


def _joined(one: dict[str, frozenset[int]], other: dict[str, frozenset[int]]) -> dict[str, frozenset[int]]:
    return {name: one.get(name, frozenset()) | other.get(name, frozenset()) for name in {**one, **other}}


class Entry(Struct, frozen=True):
    """One file of a library: what it says, and the path of the file before it that has the same bytes, if any."""

    path: Path
    reading: Reading
    twin: str | None = None


def open_library(patterns: Sequence[str | Path], base: Path | None = None) -> Library:
    """Everything that `patterns` (folders, files, globs; relative to `base`) lead to, each file once.

    A file that cannot be read gives a problem and never hides the others.
    """
    found = find(patterns, base)
    problems = list(found.problems)
    heads: list[Source] = []
    places: dict[str, Place] = {}
    cache = open_cache()
    shelf = Shelf(cache, places)
    finalize(shelf, cache.close)
    for entry, place in _opened(found.paths, cache):
        problems.extend(_problems(entry))
        if entry.reading.source and place and not entry.twin:
            heads.append(entry.reading.source)
            places[entry.reading.source.id] = place
    cache.rest()
    return Library(heads, problems, shelf)


def entries(found: Sequence[Path], progress: Progress | None = None) -> Iterator[Entry]:
    """The files one after the other, so that any number of them needs the memory of one."""
    cache = open_cache()
    try:
        yield from _entries(found, cache, progress)
    finally:
        cache.close()


def _entries(paths: Sequence[Path], cache: Cache, progress: Progress | None = None) -> Iterator[Entry]:
    twins = _Twins()
    for path in progress(paths, len(paths)) if progress else paths:
        yield twins.entry(path, read_file(path, twins.ids, cache))


def _opened(paths: Sequence[Path], cache: Cache) -> Iterator[tuple[Entry, Place | None]]:
    """The files one after the other, with no more of their sources than the heads, and where these are kept."""
    twins = _Twins()
    folders: dict[Path, Folder] = {}
    for path in paths:
        folder = folders.get(path.parent) or folders.setdefault(path.parent, Folder(path.parent))
        opened = read_head(path, twins.ids, cache, folder)
        yield twins.entry(path, opened.reading), opened.place


class _Twins:
    """Tells which files have the bytes of one before them; `ids` are those of the others."""

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self._first: dict[str, str] = {}

    def entry(self, path: Path, reading: Reading) -> Entry:
        source = reading.source
        twin = self._first.get(source.sha256) if source else None
        if source and not twin:
            self.ids.add(source.id)
            self._first[source.sha256] = source.path
        return Entry(path, reading, twin)


def _problems(entry: Entry) -> tuple[Problem, ...]:
    if not entry.twin:
        return entry.reading.problems
    twin = warning(f"the same document as {entry.twin}; read once", where=Location(str(entry.path)))
    return (*entry.reading.problems, twin)
