"""What the program makes of its own data files, kept in the cache folder so that no run makes it again.

Each version of the program, told by the sizes and times of its files, has a folder of its own. It may be deleted or
damaged at any time.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import msgspec

from briefgen.cachefolder import cache_folder, program_version

_DIGEST = 16
_Made = TypeVar("_Made")


def compiled(name: str, kind: type[_Made], make: Callable[[], _Made]) -> _Made:
    """What `make` makes of data files of the program, kept under a name; anew where it is not kept or is damaged.

    What would not be the same when it is read again, such as a day of a calendar in a table, is not kept.
    """
    known = recalled(name, kind)
    if known is None:
        known = make()
        if unpacked(packed(known), kind) == known:
            remembered(name, known)
    return known


def recalled(name: str, kind: type[_Made]) -> _Made | None:
    """What this version of the program kept under a name; none where there is nothing, or it is damaged."""
    path = _path(name)
    return unpacked(_bytes(path), kind) if path else None


def remembered(name: str, value: object) -> None:
    """Keeps a value under a name, whole or not at all."""
    path = _path(name)
    if path:
        _write(path, packed(value))


def _path(name: str) -> Path | None:
    folder = cache_folder()
    return folder / f"program-{program_version()}" / name.replace("/", "-") if folder else None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _write(path: Path, data: bytes) -> None:
    """Writes the file whole or not at all; the folders of other versions go when that of this one is made."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        if not path.parent.exists():
            for old in path.parent.parent.glob("program-*"):
                if old != path.parent:  # another process may have made it just now
                    _remove(old)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(data)
        beside.replace(path)


def _remove(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()


def packed(value: object) -> bytes:
    """A value with its checksum."""
    body = msgspec.msgpack.encode(value)
    return blake2b(body, digest_size=_DIGEST).digest() + body


def unpacked(blob: bytes | None, kind: type[_Made]) -> _Made | None:
    """What was packed; none where it is damaged."""
    if not blob or blake2b(blob[_DIGEST:], digest_size=_DIGEST).digest() != blob[:_DIGEST]:
        return None
    try:
        return msgspec.msgpack.decode(blob[_DIGEST:], type=kind)
    except msgspec.MsgspecError:
        return None
