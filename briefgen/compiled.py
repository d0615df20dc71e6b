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
    folder = _folder()
    path = folder / name.replace("/", "-") if folder else None
    known = unpacked(_bytes(path), kind) if path else None
    if known is not None or path is None:
        return known if known is not None else make()
    made = make()
    data = packed(made)
    if unpacked(data, kind) == made:
        _write(path, data)
    return made


def _folder() -> Path | None:
    folder = cache_folder()
    return folder / f"program-{program_version()}" if folder else None


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
