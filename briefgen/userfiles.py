"""Files that users name: read only where they are ordinary ones, and no larger than can be of use."""

import errno
import os
import stat
from pathlib import Path

LARGEST = 100_000_000
"""Bytes; larger files are refused."""
DEFAULTS = "briefgen.yaml"
"""The name of the file that gives defaults to all outlines below its folder."""


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


def beside(file: Path, entry: str) -> str:
    """`entry` as seen from the folder of `file`. Up-steps are folded only where no symbolic link makes that wrong."""
    folder = file.parent
    joined = os.path.join(folder, entry)
    return os.path.normpath(joined) if os.path.realpath(folder) == os.path.abspath(folder) else joined


def project_of(file: Path) -> Path:
    """The folder of the project that a YAML file belongs to, symbolic links followed.

    It is the outermost folder above the file with a `briefgen.yaml`; without one, the folder above the file's own, as
    outlines lie in a folder beside those of sources and pictures.
    """
    here = Path(os.path.realpath(file)).parent
    marked = [folder for folder in (here, *here.parents) if os.path.isfile(folder / DEFAULTS)]
    return marked[-1] if marked else here.parent
