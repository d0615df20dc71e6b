"""Where what can be made again is kept: the user's cache folder, or one that the environment names."""

import os
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import click

import briefgen

VARIABLE = "BRIEFGEN_CACHE"
"""The environment variable that names another folder; empty keeps nothing on the disk."""


def cache_folder() -> Path | None:
    """The folder, which may not be there yet; none where nothing is to be kept."""
    named = os.environ.get(VARIABLE)
    if named is None:
        from platformdirs import user_cache_path

        return user_cache_path("briefgen", appauthor=False)
    return Path(named) if named else None


@cache
def program_version() -> str:
    """A name for everything that decides what is made: the program's files and the packages beside it."""
    home = os.path.dirname(briefgen.__file__)
    packages = os.stat(os.path.dirname(os.path.dirname(click.__file__))).st_mtime_ns
    return sha256(repr((sorted(_marks(home, "")), packages, briefgen.__version__)).encode()).hexdigest()[:16]


def _marks(folder: str, name: str) -> Iterator[tuple[str, int, int]]:
    """The size and time of each file of the program below a folder, which goes by a name."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                stat = entry.stat()
                yield f"{name}/{entry.name}", stat.st_size, stat.st_mtime_ns
            elif entry.name != "__pycache__":
                yield from _marks(entry.path, f"{name}/{entry.name}")
