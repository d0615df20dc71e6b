"""A bar for work on many files, on a terminal."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

FEW = 20
"""Files up to which there is no bar: it would be gone before it is read."""


def bar(what: str, quiet: bool = False) -> "Bar":
    """Shows how far work on files has come, on standard error, where that is a terminal."""
    return Bar(what, not quiet and sys.stderr is not None and sys.stderr.isatty())


class Bar:
    """Passes files on and counts them on a bar; a `library.Progress`."""

    def __init__(self, what: str, shown: bool) -> None:
        self.what = what
        self.shown = shown

    def __call__(self, files: Iterable[Path], total: int) -> Iterator[Path]:
        if not self.shown or total <= FEW:
            yield from files
            return
        from rich.console import Console
        from rich.progress import track

        console = Console(stderr=True)
        yield from track(files, self.what, total=total, console=console, transient=True)
