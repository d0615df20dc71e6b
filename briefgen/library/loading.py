"""One file's reading, whole or its head: from the cache where the same bytes were read before, else by its reader."""

import os
import stat
from collections.abc import Collection
from functools import partial
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefgen.bibliographies import bibliography_of, with_entry
from briefgen.library.cache import Cache, Kept, Key, Mark
from briefgen.library.files import is_read
from briefgen.library.packing import head_of
from briefgen.library.shelf import Place
from briefgen.problems import Location, Problem, error
from briefgen.readers import SUFFIXES, read
from briefgen.readers.document import Reading
from briefgen.sidecars import SUFFIX, Said, sidecar, with_sidecar
from briefgen.userfiles import LARGEST, is_named_in_utf8


class Folder:
    """What is beside the files of a folder: its bibliography, and which of them have a sidecar."""

    def __init__(self, folder: Path) -> None:
        self.listed = bibliography_of(folder)
        try:
            names = os.listdir(folder)
        except OSError:
            names = []
        self._sidecars = frozenset(name for name in names if name.endswith(SUFFIX))

    def has_sidecar(self, path: Path) -> bool:
        return f"{path.stem}{SUFFIX}" in self._sidecars


class Opened(Struct, frozen=True):
    """The head of a file's reading, and where the rest is; nowhere for a file that cannot be read."""

    reading: Reading
    place: Place | None = None


def read_file(path: Path, taken: Collection[str] = (), cache: Cache | None = None) -> Reading:
    """The source in one file, with what a bibliography in its folder and its sidecar say; the sidecar wins.

    Its id is the file's name without the ending, numbered where that is `taken`.
    """
    data = _bytes_of(path)
    if isinstance(data, Problem):
        return Reading(None, (data,))
    said, listed = sidecar(path), bibliography_of(path.parent)
    source_id = _free_id(path.stem, taken)
    reading = _read(source_id, path, data, said.encoding, cache)
    source = with_sidecar(with_entry(reading.source, listed), said) if reading.source else None
    return Reading(source, (*reading.problems, *listed.problems, *said.problems))


def read_head(path: Path, taken: Collection[str], cache: Cache, folder: Folder) -> Opened:
    """As `read_file`, but with no more of the source than its head.

    A file that was read before and has been left alone since is not opened.
    """
    said = sidecar(path) if folder.has_sidecar(path) else Said()
    source_id = _free_id(path.stem, taken)
    name, mark = os.fsencode(path.absolute()), _mark_of(path)
    known = cache.sha256_of(name, mark) if mark else None
    key = _key(known or "", path, said.encoding)
    kept = cache.head(key) if known else None
    if kept:
        reading = kept.head.reading
    else:
        data = _bytes_of(path)
        if isinstance(data, Problem):
            return Opened(Reading(None, (data,)))
        key = _key(sha256(data).hexdigest(), path, said.encoding)
        if mark and mark == _mark_of(path):
            cache.saw(name, mark, key.sha256)
        kept, reading = _kept_or_read(key, source_id, path, data, said.encoding, cache)
    reading = _moved(reading, source_id, str(path))
    source = with_sidecar(with_entry(reading.source, folder.listed), said) if reading.source else None
    reading = Reading(source, (*reading.problems, *folder.listed.problems, *said.problems))
    again = partial(_read_bytes, source_id, path, said.encoding)
    return Opened(reading, Place(path, key, again, kept))


def _kept_or_read(
    key: Key, source_id: str, path: Path, data: bytes, encoding: str | None, cache: Cache
) -> tuple[Kept | None, Reading]:
    """The head of what a file says, and where it is kept if it was read before."""
    kept = cache.head(key)
    if kept:
        return kept, kept.head.reading
    reading = _read_bytes(source_id, path, encoding, data)
    cache.put(key, reading)
    return None, head_of(reading).reading


def _read_bytes(source_id: str, path: Path, encoding: str | None, data: bytes) -> Reading:
    return read(source_id, str(path), data, encoding)


def plain_text(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file of any name, decoded, and what is wrong with it; "" where it is no text."""
    data = _bytes_of(path, any_kind=True)
    if isinstance(data, Problem):
        return "", (data,)
    from briefgen.readers.decode import decode

    decoded = decode(str(path), data, sidecar(path).encoding)
    return decoded.text or "", decoded.problems


def _read(source_id: str, path: Path, data: bytes, encoding: str | None, cache: Cache | None) -> Reading:
    key = _key(sha256(data).hexdigest(), path, encoding)
    kept = cache.get(key) if cache else None
    if kept:
        return _moved(kept, source_id, str(path))
    reading = read(source_id, str(path), data, encoding)
    if cache:
        cache.put(key, reading)
    return reading


def _key(sha: str, path: Path, encoding: str | None) -> Key:
    return Key(sha, f"{path.name} {encoding or ''}")


def _mark_of(path: Path) -> Mark | None:
    """The state of an ordinary file that is read; none where there is no such file."""
    try:
        found = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or not is_read(path) or not is_named_in_utf8(path):
        return None
    return Mark(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def _moved(reading: Reading, source_id: str, path: str) -> Reading:
    """A reading of a file of the same name as if it had this id and path."""
    source = reading.source
    if source:
        source = replace(source, id=source_id, path=path)
    problems = tuple(
        replace(one, where=replace(one.where, file=path)) if one.where else one for one in reading.problems
    )
    return Reading(source, problems)


def _free_id(stem: str, taken: Collection[str]) -> str:
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(name for name in numbered if name not in taken)


def _bytes_of(path: Path, any_kind: bool = False) -> bytes | Problem:
    """The file's bytes as they were at one moment, or why they cannot be had."""
    where = Location(str(path))
    if os.path.isdir(path):
        return error("this is a folder", "name the files in it, or use it as `sources`", where)
    if os.path.islink(path) and not os.path.exists(path):
        return error("this link leads to nothing", f"it names {path.readlink()}; mend or remove it", where)
    if not any_kind and not is_named_in_utf8(path):
        return error("the name of this file is not UTF-8", "rename it", where)
    if not any_kind and not is_read(path):
        hint = f"save it in another format; accepted: {', '.join(SUFFIXES)}"
        return error(f"files ending in {path.suffix!r} are not read", hint, where)
    try:
        return _steady(path, where)
    except OSError as fault:
        return error(f"the file cannot be read: {fault.strerror}", "is it there, and yours?", where)


def _steady(path: Path, where: Location) -> bytes | Problem:
    """The bytes of a file that nobody wrote to meanwhile; it is tried again a few times."""
    for _ in range(3):
        before = path.stat()
        if not stat.S_ISREG(before.st_mode):
            return error("this is no ordinary file", "a source is a document on the disk", where)
        if before.st_size > LARGEST:
            return error(
                f"the file has {before.st_size:,} bytes; at most {LARGEST:,} are read", "split it into parts", where
            )
        data = path.read_bytes()
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns) and len(data) == after.st_size:
            return data
    return error("the file was changed while it was read", "try again when the program that writes it is done", where)
