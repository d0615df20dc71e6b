"""What the commands share: options, the printing of problems and of JSON, and which outlines are meant."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import click

from briefgen.cli import completions
from briefgen.problems import Location, Problem, error, has_errors, nearest

if TYPE_CHECKING:
    from briefgen.cli.excerpts import Excerpts

DEFAULTS = "briefgen.yaml"
_Function = TypeVar("_Function", bound=Callable[..., Any])


class Named(click.Choice[str]):
    """One of some names; the nearest is told where it is none."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            self.fail(f"{value!r} is not known; {nearest(value, self.choices)}", param, ctx)
        return super().convert(value, param, ctx)


def _how_much(context: click.Context, parameter: click.Parameter, value: bool) -> bool:
    """A command that says more also tells, in the end, how long it took and how many problems there were."""
    if not value:
        return value
    other = "quiet" if parameter.name == "verbose" else "verbose"
    if context.params.get(other):
        raise click.UsageError("--quiet and --verbose exclude each other")
    if parameter.name == "verbose":
        context.call_on_close(partial(_say_how_it_went, context, perf_counter()))
    return value


def _say_how_it_went(context: click.Context, start: float) -> None:
    errors = [has_errors([problem]) for problem in _said_in_this_run(context)]
    told = f"{counted(sum(errors), 'error')}, {counted(len(errors) - sum(errors), 'warning')}"
    click.echo(f"{context.command_path}: {told}, {perf_counter() - start:.1f} s", err=True)


def said_options(function: _Function) -> _Function:
    """The options on how a command says things: --json, --quiet, --verbose."""
    for option in (
        click.option("--verbose", is_flag=True, callback=_how_much, help="Say more, and how long it took."),
        click.option("--quiet", is_flag=True, callback=_how_much, help="Print errors only."),
        click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line."),
    ):
        function = option(function)
    return function


force_option = click.option("--force", is_flag=True, help="Replace a file that is there already.")
sources_option = click.option(
    "--sources",
    multiple=True,
    metavar="PATH",
    shell_complete=completions.files,
    help="A folder, file or glob of source documents, from the current folder; may be repeated.",
)


def show_problems(problems: Iterable[Problem], quiet: bool) -> None:
    """Print problems on standard error, each once in a run, only the errors where `quiet`.

    Those of one file follow each other as they stand in it, each with its line of the file.
    """
    said = _said_in_this_run(click.get_current_context(silent=True))
    fresh = [one for one in dict.fromkeys(problems) if one not in said and (one.severity == "error" or not quiet)]
    if not fresh:
        return
    from briefgen.cli.excerpts import Excerpts

    excerpts, coloured = Excerpts(_columns()), is_coloured()
    for problem in _in_order(fresh):
        said.add(problem)
        click.echo("\n".join(_lines(problem, excerpts, coloured)), err=True, color=coloured)


def _said_in_this_run(context: click.Context | None) -> set[Problem]:
    known: set[Problem] = context.meta.setdefault("briefgen.said", set()) if context else set()
    return known


def forget_what_was_said() -> None:
    """Begins a run anew, so that a problem that is there again is said again."""
    _said_in_this_run(click.get_current_context(silent=True)).clear()


def _in_order(problems: Sequence[Problem]) -> list[Problem]:
    """By their places in each file; files as they come."""
    files = {file: turn for turn, file in enumerate(dict.fromkeys(map(_file, problems)))}

    def place(one: Problem) -> tuple[int, int, int]:
        return (files[_file(one)], one.where.line if one.where else 0, one.where.column if one.where else 0)

    return sorted(problems, key=place)


def _file(problem: Problem) -> str:
    return problem.where.file if problem.where else ""


def _lines(problem: Problem, excerpts: "Excerpts", coloured: bool) -> list[str]:
    """A problem as it is printed: what, at which line of the file, and what to do about it."""
    colour = "red" if problem.severity == "error" else "yellow"
    severity = click.style(problem.severity, fg=colour, bold=True) if coloured else problem.severity
    place = f"{problem.where}: " if problem.where else ""
    shown = list(excerpts.at(problem.where))
    if coloured and shown:
        shown[1] = click.style(shown[1], fg=colour)
    hint = [f"hint: {problem.hint}"] if problem.hint else []
    return [f"{place}{severity}: {problem.message}", *(f"    {line}" for line in (*shown, *hint))]


def is_coloured() -> bool:
    """Whether standard error takes colours: on a terminal, and as NO_COLOR and FORCE_COLOR say (any words in them)."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _columns() -> int:
    """How wide a line of a file is shown: as the terminal is, less what it is set in by."""
    from shutil import get_terminal_size

    return min(get_terminal_size((104, 24)).columns, 124) - 4


def status_for(problems: Iterable[Problem]) -> int:
    return 1 if has_errors(problems) else 0


def print_json(value: Any) -> None:
    """Print one object on a line of its own, in UTF-8 whatever the terminal's encoding."""
    # What UTF-8 cannot hold is a lone surrogate (from a file name that is not UTF-8); its replacement is a JSON escape.
    click.echo(json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace"))


def problems_as_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    return [
        {
            "severity": problem.severity,
            "message": problem.message,
            "hint": problem.hint,
            "file": problem.where.file if problem.where else None,
            "line": problem.where.line if problem.where else None,
            "column": problem.where.column if problem.where else None,
        }
        for problem in problems
    ]


def counted(number: int, thing: str) -> str:
    """`1 slide`, `2 slides`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def outlines_meant(given: Sequence[str]) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The outline files that arguments name, each once and in order; a folder stands for the outlines in it.

    Two files whose outputs would have the same name cannot both be built: the second is left out and said.
    """
    paths: dict[str, Path] = {}
    problems: list[Problem] = []
    for path in dict.fromkeys(path for argument in given for path in _files(Path(argument), problems)):
        first = paths.setdefault(path.stem, path)
        if os.path.realpath(first) != os.path.realpath(path):
            hint = "rename one of them, or build them with different --out"
            message = f"its outputs would overwrite those of {first}, which has the same name"
            problems.append(error(message, hint, Location(str(path))))
    return tuple(paths.values()), tuple(problems)


def _is_aside(file: Path) -> bool:
    return os.path.isdir(file) or file.name.endswith((".source.yaml", ".source.yml"))


def _files(path: Path, problems: list[Problem]) -> list[Path]:
    if not os.path.isdir(path):
        return [path]
    try:
        files = sorted(
            file
            for file in path.iterdir()
            if file.suffix in (".yaml", ".yml") and file.name != DEFAULTS and not _is_aside(file)
        )
    except OSError as reason:
        problems.append(error(f"the folder cannot be read: {reason.strerror}", "is it yours?", Location(str(path))))
        return []
    if not files:
        problems.append(error("no outlines in this folder", "an outline is a .yaml file", Location(str(path))))
    return files
