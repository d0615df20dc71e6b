"""One round of builds: which outlines need it, in how many processes, and what is said of each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from briefgen.cli.common import counted, print_json, problems_as_json, show_problems, status_for
from briefgen.cli.progress import bar
from briefgen.problems import Problem, has_errors
from briefgen.results import BuildOptions, BuildResult

_REASONS = 5
"""Reasons that are named for a build; of more the number is."""
_HEAD = ("outline", "result", "slides", "statements", "sources", "problems")


class How(Struct, frozen=True):
    """How outlines are built, and what is said of them: `again` of those alone that are built."""

    options: BuildOptions
    jobs: int | None = None
    cluster: str | None = None
    why: bool = False
    as_json: bool = False
    quiet: bool = False
    verbose: bool = False
    again: bool = False


class Round(Struct, frozen=True):
    """What came of a round: the exit status, and the problems of all outlines."""

    status: int
    problems: frozenset[Problem]


def run(paths: Sequence[Path], how: How, said: Iterable[Problem] = ()) -> Round:
    """Builds the outlines that need it, and says what became of each in their order.

    Problems that the round before has `said` are not said again.
    """
    known, why = _known(paths, how)
    if how.again:
        paths, known = [path for path in paths if path not in known], {}
    stale = [path for path in paths if path not in known]
    report = _Report(paths, how, why, said)
    try:
        for path, result in _in_order(paths, known, _built(stale, how)):
            report.add(path, result)
    finally:
        report.end()
    return report.round


def _known(paths: Sequence[Path], how: How) -> tuple[dict[Path, BuildResult], dict[Path, tuple[str, ...]]]:
    """The results of the outlines for which nothing has changed, and why the others are built."""
    from briefgen.library.states import States
    from briefgen.records import standing

    states = States()
    found = {path: standing(path, how.options, states) for path in paths}
    states.close()
    known = {path: one.result for path, one in found.items() if one.result}
    return known, {path: one.why for path, one in found.items()}


def _built(stale: Sequence[Path], how: How) -> Iterator[tuple[Path, BuildResult]]:
    if not stale:
        return iter(())
    counted_on_a_bar = bar("Building", how.quiet or how.as_json, few=1)
    if how.cluster:
        from briefgen.cluster import build_on

        return counted_on_a_bar(build_on(how.cluster, stale, how.options), len(stale))
    if len(stale) == 1:
        from briefgen.build import build

        return ((path, build(path, how.options)) for path in stale)
    from briefgen.jobs import build_all, jobs_for

    return counted_on_a_bar(build_all(stale, how.options, how.jobs or jobs_for(len(stale))), len(stale))


def _in_order(
    paths: Sequence[Path], known: dict[Path, BuildResult], made: Iterator[tuple[Path, BuildResult]]
) -> Iterator[tuple[Path, BuildResult]]:
    """The results in the order of the outlines, each as soon as those before it are there."""
    done = dict(known)
    for path in paths:
        while path not in done:
            other, result = next(made)
            done[other] = result
        yield path, done.pop(path)
    yield from made


class _Report:
    """Says what became of outlines: JSON, or a line for one and a table at the end for several."""

    def __init__(
        self, paths: Sequence[Path], how: How, why: dict[Path, tuple[str, ...]], said: Iterable[Problem]
    ) -> None:
        self.round = Round(0, frozenset())
        self._how = how
        self._why = why
        self._said = frozenset(said)
        self._several = len(paths) > 1 and not how.again
        self._done: list[tuple[Path, BuildResult]] = []

    def add(self, path: Path, result: BuildResult) -> None:
        how, why = self._how, self._why[path]
        show_problems((one for one in result.problems if one not in self._said), how.quiet)
        status = max(self.round.status, status_for(result.problems))
        self.round = Round(status, self.round.problems.union(result.problems))
        self._done.append((path, result))
        if how.as_json:
            print_json(_as_json(path, result, why))
        elif not how.quiet:
            if how.why:
                click.echo(f"{path.stem}: {_reasons(why)}")
            if not self._several:
                click.echo(_summary(path, result, how))

    def end(self) -> None:
        if self._several and self._done and not (self._how.quiet or self._how.as_json):
            for line in _table(self._done, self._how.options.folder):
                click.echo(line)


def _table(done: Sequence[tuple[Path, BuildResult]], folder: Path) -> Iterator[str]:
    """A row for each outline, and how many came to what."""
    width = max(len(_HEAD[0]), *(len(path.stem) for path, _ in done))
    for name, became, *numbers, problems in (_HEAD, *((path.stem, *_cells(result)) for path, result in done)):
        yield f"{name:{width}}  {became:11}{''.join(f'{one:>12}' for one in numbers)}  {problems}".rstrip()
    counts = Counter(_became(result) for _, result in done)
    yield f"{counted(len(done), 'outline')}: {', '.join(f'{n} {what}' for what, n in counts.items())} -> {folder}"


def _became(result: BuildResult) -> str:
    if result.unchanged:
        return "unchanged"
    if not result.files:
        return "not built"
    return "with errors" if has_errors(result.problems) else "built"


def _cells(result: BuildResult) -> tuple[str, ...]:
    numbers = (result.slides, result.statements, result.sources)
    return (_became(result), *map(str, numbers), _problems(result.problems))


def _problems(problems: Sequence[Problem]) -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    counts = (counted(errors, "error"), counted(len(problems) - errors, "warning"))
    return ", ".join(one for one in counts if not one.startswith("0 "))


def _summary(path: Path, result: BuildResult, how: How) -> str:
    if not result.files:
        return f"{path.stem}: nothing was made"
    slides = f"{counted(result.slides, 'slide')}, " if result.slides else ""
    counts = f"{slides}{counted(result.statements, 'statement')}"
    unchanged = "unchanged, " if result.unchanged else ""
    said = f"{path.stem}: {unchanged}{counts} from {counted(result.sources, 'source')} -> {', '.join(result.files)}"
    return f"{said} ({counted(len(result.problems), 'problem')}; title: {result.title})" if how.verbose else said


def _reasons(why: Sequence[str]) -> str:
    if not why:
        return "nothing that it depends on has changed"
    more = len(why) - _REASONS
    return f"built because {'; '.join(why[:_REASONS])}{f'; and {more} more' if more > 0 else ''}"


def _as_json(path: Path, result: BuildResult, why: Sequence[str]) -> dict[str, Any]:
    return {
        "outline": str(path),
        "title": result.title,
        "outputs": list(result.files),
        "slides": result.slides,
        "statements": result.statements,
        "sources": result.sources,
        "unchanged": result.unchanged,
        "why": list(why),
        "problems": problems_as_json(result.problems),
    }
