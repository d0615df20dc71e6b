"""A bar for work on many files, on a terminal."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

_Item = TypeVar("_Item")
FEW = 20
"""Files up to which there is no bar: it would be gone before it is read."""


def bar(what: str, quiet: bool = False, few: int = FEW) -> "Bar":
    """Shows how far work has come, on standard error, where that is a terminal and there are more than `few`."""
    return Bar(what, not quiet and sys.stderr is not None and sys.stderr.isatty(), few)


class Bar:
    """Passes on files, or what was made of them, and counts them on a bar; a `library.Progress`."""

    def __init__(self, what: str, shown: bool, few: int = FEW) -> None:
        self.what = what
        self.shown = shown
        self.few = few

    def __call__(self, items: Iterable[_Item], total: int) -> Iterator[_Item]:
        if not self.shown or total <= self.few:
            yield from items
            return
        from rich.console import Console
        from rich.progress import track

        console = Console(stderr=True)
        yield from track(items, self.what, total=total, console=console, transient=True)
