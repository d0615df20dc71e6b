"""briefgen check"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli.common import (
    counted,
    outlines_meant,
    print_json,
    problems_as_json,
    said_options,
    show_problems,
    sources_option,
    status_for,
)
from briefgen.problems import has_errors

if TYPE_CHECKING:
    from briefgen.build import BuildResult


@click.command("check")
@click.argument("outlines", nargs=-1, required=True, metavar="OUTLINE...")
@sources_option
@said_options
def command(outlines: tuple[str, ...], sources: tuple[str, ...], as_json: bool, quiet: bool, verbose: bool) -> int:
    """Name every problem of outlines and sources; write nothing.

    Each problem is printed with its file, line and column, and with what to do about it. What the sources differ on
    is printed too, with each wording and its place. An outline may be a folder, which stands for all outlines in it.

    Example: briefgen check outlines
    """
    from briefgen.build import BuildOptions, check

    paths, problems = outlines_meant(outlines)
    show_problems(problems, quiet)
    found = list(problems)
    for path in paths:
        result = check(path, BuildOptions(sources=sources))
        show_problems((problem for problem in result.problems if problem not in found), quiet)
        found += result.problems
        if as_json:
            print_json(_as_json(path, result))
            continue
        if not quiet:
            _show_conflicts(result)
        if verbose:
            counts = f"{counted(result.statements, 'statement')} from {counted(result.sources, 'source')}"
            click.echo(f"{path.stem}: {counts}, {counted(len(result.problems), 'problem')}")
    if not (as_json or quiet or has_errors(found)):
        warnings = len(dict.fromkeys(map(str, found)))
        click.echo(f"no errors, {counted(warnings, 'warning')}" if warnings else "no problems")
    return status_for(found)


def _show_conflicts(result: "BuildResult") -> None:
    """Each thing that sources differ on, with every wording and where it stands."""
    for one in result.conflicts:
        slides = f" (slide {', '.join(map(str, one.slides))})" if one.slides else ""
        click.echo(f"sources differ: {one.what}{slides}")
        for wording in one.wordings:
            click.echo(f"    {wording.note}: {wording.text}")


def _as_json(path: Path, result: "BuildResult") -> dict[str, Any]:
    conflicts = [
        {
            "what": one.what,
            "slides": list(one.slides),
            "statements": [{"text": said.text, "source": said.source, "note": said.note} for said in one.wordings],
        }
        for one in result.conflicts
    ]
    problems = problems_as_json(result.problems)
    return {"outline": str(path), "title": result.title, "problems": problems, "conflicts": conflicts}
