"""Files that users name: read only where they are ordinary ones, and no larger than can be of use."""

import errno
import stat
from pathlib import Path

LARGEST = 100_000_000
"""Bytes; larger files are refused."""


def read_bytes(path: Path) -> bytes:
    """The bytes of an ordinary file; an OSError for any other: a pipe or a device may never come to an end."""
    found = path.stat()
    if not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)):
        raise OSError(errno.EINVAL, "it is no ordinary file")
    if found.st_size > LARGEST:
        raise OSError(errno.EFBIG, f"it has {found.st_size:,} bytes; at most {LARGEST:,} are read")
    return path.read_bytes()


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """The text of an ordinary file, each end of line as a line feed; an OSError or a UnicodeDecodeError otherwise."""
    text = read_bytes(path).decode(encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def is_named_in_utf8(path: Path) -> bool:
    """Whether documents and JSON can hold the name: one from an old disk or archive may be in another encoding."""
    return str(path).encode("utf-8", "ignore").decode() == str(path)
