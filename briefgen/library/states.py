"""What files hold, told by a digest; a file that was left alone since it was last looked at is not opened."""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from briefgen.library.cache import Cache, Mark, open_cache
from briefgen.userfiles import LARGEST

ABSENT = ""
"""The state of a file that is not there."""
_CLOSED = "closed"
"""The state of a file that cannot be read, or is larger than any that is."""


class States:
    """The states of files, each looked at once. `latest` is when one of them last changed, in nanoseconds."""

    def __init__(self, cache: Cache | None = None) -> None:
        self.latest = 0
        self._cache = cache or open_cache()
        self._known: dict[Path, str] = {}
        self._below: dict[str, tuple[Path, ...]] = {}

    def of(self, patterns: Sequence[str]) -> dict[str, str]:
        """The state of each file that paths, folders and globs lead to, by its path; a path that leads nowhere too."""
        return {str(path): self.of_file(path) for pattern in patterns for path in self._listed(pattern)}

    def of_file(self, path: Path) -> str:
        """The SHA-256 of a file."""
        if path not in self._known:
            self._known[path] = self._state(path)
        return self._known[path]

    def close(self) -> None:
        """Keeps what was looked at for the next run."""
        self._cache.close()

    def _state(self, path: Path) -> str:
        try:
            found = path.stat()
            if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
                return _CLOSED
            self.latest = max(self.latest, found.st_mtime_ns, found.st_ctime_ns)
            mark = Mark(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)
            name = os.fsencode(path.absolute())
            known = self._cache.sha256_of(name, mark)
            if known is None:
                known = sha256(path.read_bytes()).hexdigest()
                self._cache.saw(name, mark, known)
            return known
        except FileNotFoundError:
            return ABSENT
        except (OSError, ValueError):  # a name with a null character is no file's
            return _CLOSED

    def _listed(self, pattern: str) -> tuple[Path, ...]:
        if pattern not in self._below:
            self._below[pattern] = tuple(files_of(pattern))
        return self._below[pattern]


def files_of(pattern: str) -> Iterator[Path]:
    """The file that a path names, there or not, those below a folder but for hidden ones, or those of a glob."""
    if os.path.isdir(pattern):
        for top, folders, names in os.walk(pattern):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            yield from (Path(top, name) for name in sorted(names) if not name.startswith("."))
    elif os.path.lexists(pattern) or not glob.has_magic(pattern):
        yield Path(pattern)
    else:
        yield from (Path(found) for found in sorted(glob.glob(pattern, recursive=True)))
