"""Citations that were formatted before, by all that decides what they are. They may be deleted at any time."""

import os
from contextlib import suppress
from hashlib import blake2b, sha256
from pathlib import Path
from zlib import compress, decompress, error

from briefgen.cachefolder import cache_folder

_DIGEST = 16
_MOST = 500
"""Files at most; the ones used least lately go."""

_recent: dict[str, bytes] = {}
_MOST_RECENT = 64
"""Results that a process keeps at hand."""


def kept(asked: bytes) -> bytes | None:
    """What was written for `asked`; none where that is not known, or damaged."""
    name = _name(asked)
    if name in _recent:
        return _recent[name]
    path = _path(name)
    if path is None:
        return None
    try:
        data = path.read_bytes()
        body = decompress(data[_DIGEST:])
    except (OSError, error):
        return None
    if blake2b(body, digest_size=_DIGEST).digest() != data[:_DIGEST]:
        return None
    with suppress(OSError):
        os.utime(path)
    return _at_hand(name, body)


def keep(asked: bytes, written: bytes) -> None:
    """Keeps what was written for `asked`, whole or not at all; where that cannot be done, it is done without."""
    name = _name(asked)
    _at_hand(name, written)
    path = _path(name)
    if path is None:
        return
    beside = path.with_name(f"{name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(blake2b(written, digest_size=_DIGEST).digest() + compress(written, 1))
        beside.replace(path)
        _make_room(path.parent)
    except OSError:
        with suppress(OSError):
            beside.unlink()


def _at_hand(name: str, body: bytes) -> bytes:
    while len(_recent) >= _MOST_RECENT:
        del _recent[next(iter(_recent))]
    _recent[name] = body
    return body


def _name(asked: bytes) -> str:
    return sha256(asked).hexdigest()[:40]


def _path(name: str) -> Path | None:
    folder = cache_folder()
    return folder / "citations" / name if folder else None


def _make_room(folder: Path) -> None:
    files = list(folder.iterdir())
    if len(files) > _MOST:
        by_use = sorted(files, key=lambda file: file.stat().st_mtime_ns)
        for old in by_use[: len(files) - _MOST]:
            with suppress(OSError):
                old.unlink()
