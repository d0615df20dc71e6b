"""Building again what changes, until interrupted."""

import os
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click
from msgspec import Struct
from msgspec.structs import replace

from briefgen.cli.common import forget_what_was_said, outlines_meant, show_problems
from briefgen.cli.rounds import How, run
from briefgen.problems import Problem

if TYPE_CHECKING:
    from watchfiles import Change

_STEP, _DEBOUNCE = 20, 100
"""Milliseconds without a change after which what changed is built, and for which it waits for that at most."""
_PATIENCE = 200
"""Milliseconds after which what may have changed before it listened is looked for."""


class _Watched(Struct, frozen=True):
    """What a build looks at, by its absolute path: files, and folders with all in them but `but`, the outputs."""

    files: frozenset[str]
    folders: tuple[str, ...]
    but: str

    def holds(self, path: str) -> bool:
        if path in self.files:
            return True
        if os.path.basename(path).startswith(".") or _is_in(path, self.but):
            return False
        return any(_is_in(path, folder) for folder in self.folders)

    def places(self) -> list[str]:
        """The folders to listen at: those of the files, and all below the folders."""
        below = (top for folder in self.folders for top, _, _ in os.walk(folder))
        return sorted({*below, *filter(os.path.isdir, map(os.path.dirname, self.files))})


def watch_and_run(given: Sequence[str], how: How, said: frozenset[Problem]) -> NoReturn:
    """Waits for changes of what the outlines depend on, and builds; a folder's new outlines too.

    Of the problems only those are said that the round before did not have.
    """
    from watchfiles import watch

    for name in ("briefgen.build", "briefgen.composing", "briefgen.renderers.deck", "briefgen.renderers.handout"):
        import_module(name)
    if not how.quiet:
        click.echo("watching for changes; Ctrl-C ends", err=True)
    again = replace(how, again=True, options=replace(how.options, force=False))
    places: list[str] = []
    listening: Iterator[set[tuple[Change, str]]] = iter(())
    while True:
        watched = _watched(given, how)
        unseen = watched.places() != places  # what changed while nobody listened
        if unseen:
            places = watched.places()
            listening = watch(
                *places,
                step=_STEP,
                debounce=_DEBOUNCE,
                rust_timeout=_PATIENCE,
                yield_on_timeout=True,
                recursive=False,
                raise_interrupt=True,
            )
        for changes in listening:
            if unseen or any(watched.holds(path) for _, path in changes):
                break
        paths, problems = outlines_meant(given)
        forget_what_was_said()
        show_problems((one for one in problems if one not in said), how.quiet)
        said = run(paths, again, said).problems.union(problems)


def _watched(given: Sequence[str], how: How) -> _Watched:
    from briefgen.composing import asked_for
    from briefgen.dependencies import patterns_of

    paths, _ = outlines_meant(given)
    patterns = {*given, *map(str, paths)}
    for path in paths:
        outline, _ = asked_for(path, how.options)
        patterns |= set(patterns_of(path, outline)) if outline else set()
    named = sorted(os.path.abspath(pattern) for pattern in patterns)
    folders = tuple(name for name in named if os.path.isdir(name))
    globs = tuple(os.path.dirname(name) for name in named if "*" in name and os.path.isdir(os.path.dirname(name)))
    return _Watched(frozenset(named) - set(folders), (*folders, *globs), os.path.abspath(how.options.folder))


def _is_in(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))
