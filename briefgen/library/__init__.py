"""The sources of an outline: which files they are, and what each says. What was read before is not read again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from briefgen.library.cache import Cache, open_cache
from briefgen.library.files import find
from briefgen.library.loading import plain_text, read_file
from briefgen.model import Source
from briefgen.problems import Location, Problem, warning
from briefgen.readers.document import Reading
from briefgen.text.words import stem, stop_words, words

__all__ = ["Entry", "Library", "Progress", "entries", "narrowed", "open_library", "plain_text", "read_file"]

Progress = Callable[[Iterable[Path], int], Iterable[Path]]
"""Passes paths on, of which there are so many, and may show how far they have come."""


class Library(Struct, frozen=True):
    """The sources that could be read, in order of their paths, and what is wrong with the others.

    `blocks` are, by source, those that a query's words stand in; a source without an entry is to be looked through.
    """

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...] = ()
    blocks: dict[str, frozenset[int]] | None = None

    def source(self, source_id: str) -> Source:
        """The source with this id; a KeyError where there is none."""
        found = next((source for source in self.sources if source.id == source_id), None)
        if found is None:
            raise KeyError(source_id)
        return found


class Entry(Struct, frozen=True):
    """One file of a library: what it says, and the path of the file before it that has the same bytes, if any."""

    path: Path
    reading: Reading
    twin: str | None = None


def open_library(patterns: Sequence[str | Path], base: Path | None = None, query: str = "") -> Library:
    """Everything that `patterns` (folders, files, globs; relative to `base`) lead to, each file once.

    A file that cannot be read gives a problem and never hides the others. With a `query`, `blocks` tells where
    words of it stand.
    """
    found = find(patterns, base)
    problems = list(found.problems)
    sources: list[Source] = []
    cache = open_cache()
    try:
        for entry in _entries(found.paths, cache):
            problems.extend(_problems(entry))
            if entry.reading.source and not entry.twin:
                sources.append(entry.reading.source)
        library = Library(tuple(sources), tuple(problems))
        return narrowed(library, query, cache) if query.strip() else library
    finally:
        cache.close()


def entries(found: Sequence[Path], progress: Progress | None = None) -> Iterator[Entry]:
    """The files one after the other, so that any number of them needs the memory of one."""
    cache = open_cache()
    try:
        yield from _entries(found, cache, progress)
    finally:
        cache.close()


def narrowed(library: Library, query: str, cache: Cache) -> Library:
    """The library with the blocks that hold a word of `query`, or one of the same stem."""
    asked = {stem(word) for text in query.split() if not text.startswith("-") for word in words(text)} - stop_words()
    held = cache.blocks_with([source.sha256 for source in library.sources], sorted(asked))
    blocks = {source.id: held[source.sha256] for source in library.sources if source.sha256 in held}
    return Library(library.sources, library.problems, blocks)


def _entries(paths: Sequence[Path], cache: Cache, progress: Progress | None = None) -> Iterator[Entry]:
    ids: set[str] = set()
    first: dict[str, str] = {}
    for path in progress(paths, len(paths)) if progress else paths:
        reading = read_file(path, ids, cache)
        source = reading.source
        twin = first.get(source.sha256) if source else None
        if source and not twin:
            ids.add(source.id)
            first[source.sha256] = source.path
        yield Entry(path, reading, twin)


def _problems(entry: Entry) -> tuple[Problem, ...]:
    if not entry.twin:
        return entry.reading.problems
    twin = warning(f"the same document as {entry.twin}; read once", where=Location(str(entry.path)))
    return (*entry.reading.problems, twin)
