"""Where what can be made again is kept: the user's cache folder, or one that the environment names."""

import os
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
    home = Path(briefgen.__file__).parent
    files = [path for path in home.rglob("*") if path.suffix in (".py", ".yaml")]
    marks = [(path.relative_to(home).as_posix(), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in files]
    packages = Path(click.__file__).parents[1].stat().st_mtime_ns
    return sha256(repr((sorted(marks), packages, briefgen.__version__)).encode()).hexdigest()[:16]
