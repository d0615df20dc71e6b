"""One file's reading: from the cache where the same bytes were read before, else by its reader."""

import os
import stat
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from briefgen.bibliographies import bibliography_of, with_entry
from briefgen.library.cache import Cache, Key
from briefgen.library.files import is_read
from briefgen.problems import Location, Problem, error
from briefgen.readers import SUFFIXES, read
from briefgen.readers.decode import decode
from briefgen.readers.document import Reading
from briefgen.sidecars import sidecar, with_sidecar
from briefgen.userfiles import LARGEST, is_named_in_utf8


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


def plain_text(path: Path) -> tuple[str, tuple[Problem, ...]]:
    """The text of a file of any name, decoded, and what is wrong with it; "" where it is no text."""
    data = _bytes_of(path, any_kind=True)
    if isinstance(data, Problem):
        return "", (data,)
    decoded = decode(str(path), data, sidecar(path).encoding)
    return decoded.text or "", decoded.problems


def _read(source_id: str, path: Path, data: bytes, encoding: str | None, cache: Cache | None) -> Reading:
    key = Key(sha256(data).hexdigest(), f"{path.name} {encoding or ''}")
    kept = cache.get(key) if cache else None
    if kept:
        return _moved(kept, source_id, str(path))
    reading = read(source_id, str(path), data, encoding)
    if cache:
        cache.put(key, reading)
    return reading


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
