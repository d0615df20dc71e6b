"""Files put in place whole or not at all: written beside, forced to the disk, renamed, by one run at a time."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from itertools import chain, count
from pathlib import Path

from msgspec import Struct

from briefgen.problems import Location, Problem, error, warning

_BESIDE = ".briefgen-"
"""How the name of a file begins that is not in place yet."""


class Own(Struct, frozen=True):
    """What builds of an outline wrote to a folder: the SHA-256 of each file there, and how the files' names begin.

    `evidence` is the file that goes with each of the others.
    """

    digests: frozenset[str]
    stem: str
    evidence: str


class Written(Struct, frozen=True):
    """The files that are in place now, in order, and the problems met."""

    paths: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()


def write_files(files: Sequence[tuple[str, bytes]], folder: Path, own: Own | None = None) -> Written:
    """Puts files in a folder, all of them or, where one cannot be written, none; one that is the same is left alone.

    Only ordinary files are written over: renamed on to a device such as /dev/null, a file would take its place.
    A file that is none of our `own` was edited since: it is kept beside under another name, with its evidence, and a
    warning says so.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder):
            return _put(files, folder, own)
    except OSError as reason:
        return Written(problems=(_cannot(folder, reason),))


def write_new(path: Path, content: bytes, force: bool) -> tuple[Problem, ...]:
    """Writes a file as `write_files` does, but one that is there already only with `force`; the errors met."""
    if path.exists() and not force:
        hint = "name another with -o, or replace it with --force"
        return (error("this file is there already", hint, Location(str(path))),)
    return write_files([(path.name, content)], path.parent).problems


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Waits until no other run writes to a folder, and removes what runs that were killed left behind.

    The folder itself is locked, so that no file of a lock lies in it; a file system without locks goes without.
    """
    if sys.platform == "win32":  # no folder can be locked there; each file is put in place whole all the same
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
            for left in folder.glob(f"{_BESIDE}*"):
                left.unlink()
        yield
    finally:
        os.close(handle)


def _put(files: Sequence[tuple[str, bytes]], folder: Path, own: Own | None) -> Written:
    changed: list[tuple[str, bytes]] = []
    edited: dict[str, bytes] = {}
    for name, content in files:
        path = folder / name
        if path.exists() and not path.is_file():
            hint = "move it away, or write to another place"
            return Written(problems=(error("this is no ordinary file, and was not written over", hint, _at(path)),))
        there = path.read_bytes() if path.exists() else None
        if there == content:
            continue
        changed.append((name, content))
        if own and there is not None and sha256(there).hexdigest() not in own.digests:
            edited[name] = there
    kept = _kept(edited, folder, own) if own and edited else {}
    fault = _replace([*changed, *kept.values()], folder)
    if fault:
        return Written(problems=(fault,))
    problems = tuple(_said_to_be_kept(folder / name, kept[name][0]) for name in edited)
    return Written(tuple(folder / name for name, _ in files), problems)


def _said_to_be_kept(path: Path, name: str) -> Problem:
    return warning(f"it was changed after it was built; what it was is kept as {name}", "", _at(path))


def _kept(edited: dict[str, bytes], folder: Path, own: Own) -> dict[str, tuple[str, bytes]]:
    """What to write of files that somebody edited, and of their evidence: under one name, where all of it is free."""
    evidence = folder / own.evidence
    together = {**edited, own.evidence: evidence.read_bytes()} if evidence.is_file() else edited
    stems = chain([f"{own.stem}.edited"], (f"{own.stem}.edited-{number}" for number in count(2)))
    named = (
        {name: (f"{stem}{name.removeprefix(own.stem)}", content) for name, content in together.items()}
        for stem in stems
    )
    return next(kept for kept in named if all(_is_free(folder / name, there) for name, there in kept.values()))


def _is_free(path: Path, content: bytes) -> bool:
    return not path.exists() or path.read_bytes() == content


def _replace(files: Sequence[tuple[str, bytes]], folder: Path) -> Problem | None:
    """Writes all files beside their places, and puts them there only when all are on the disk."""
    own = f"{_BESIDE}{os.getpid()}-"
    beside = {folder / name: folder / f"{own}{number}" for number, (name, _) in enumerate(files)}
    path = folder
    try:
        for path, (_, content) in zip(beside, files, strict=True):
            _write(beside[path], content)
        for path, made in beside.items():
            os.replace(made, path)
        _to_disk(folder)
    except OSError as reason:
        return _cannot(path, reason)
    finally:
        for made in beside.values():
            made.unlink(missing_ok=True)
    return None


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _to_disk(folder: Path) -> None:
    """Forces the names in a folder to the disk, where a file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot(path: Path, reason: OSError) -> Problem:
    hint = "is the folder yours, and is there room on the disk?"
    return error(f"cannot be written: {reason.strerror or reason}", hint, _at(path))


def _at(path: Path) -> Location:
    return Location(str(path))
