"""briefgen check"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import completions
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
from briefgen.problems import Problem, has_errors

if TYPE_CHECKING:
    from briefgen.results import BuildResult


@click.command("check")
@click.argument("outlines", nargs=-1, metavar="[OUTLINE]...", shell_complete=completions.files)
@click.option(
    "--built",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE.pptx",
    help="A presentation, whoever made it: can everybody read it? May be repeated.",
)
@sources_option
@said_options
def command(
    outlines: tuple[str, ...],
    built: tuple[Path, ...],
    sources: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Name every problem of outlines and sources; write nothing.

    Each problem is printed with its file, line and column, and with what to do about it. What the sources differ on
    is printed too, with each wording and its place. An outline may be a folder, which stands for all outlines in it.

    With --built, a presentation is read as a screen reader would: titles, descriptions, order, languages, header rows,
    section names, contrast and links.

    Example: briefgen check outlines --built output/survey.pptx
    """
    from briefgen.build import check
    from briefgen.results import BuildOptions

    if not (outlines or built):
        raise click.UsageError("name an outline, or a presentation with --built")
    found = _checked(built, as_json, quiet)
    paths, problems = outlines_meant(outlines) if outlines else ((), ())
    show_problems(problems, quiet)
    found += problems
    for path in paths:
        result = check(path, BuildOptions(sources=sources))
        show_problems((problem for problem in result.problems if problem not in found), quiet)
        found += result.problems
        if as_json:
            print_json(_as_json(path, result))
            continue
        if not quiet:
            _show_conflicts(result, f"{path.stem}: " if len(paths) > 1 else "")
        if verbose:
            counts = f"{counted(result.statements, 'statement')} from {counted(result.sources, 'source')}"
            click.echo(f"{path.stem}: {counts}, {counted(len(result.problems), 'problem')}")
    if not (as_json or quiet or has_errors(found)):
        warnings = len(dict.fromkeys(map(str, found)))
        click.echo(f"no errors, {counted(warnings, 'warning')}" if warnings else "no problems")
    return status_for(found)


def _checked(built: Sequence[Path], as_json: bool, quiet: bool) -> list[Problem]:
    """The problems of presentations, shown or printed as JSON, one line a presentation."""
    from briefgen.accessibility import check_deck

    found: list[Problem] = []
    for path in built:
        problems = check_deck(path)
        found += problems
        show_problems(problems, quiet)
        if as_json:
            print_json({"built": str(path), "problems": problems_as_json(problems)})
    return found


def _show_conflicts(result: "BuildResult", outline: str) -> None:
    """Each thing that sources differ on, with every wording and where it stands; `outline` says in which outline."""
    for one in result.conflicts:
        slides = f" ({'slide' if len(one.slides) == 1 else 'slides'} {', '.join(map(str, one.slides))})"
        click.echo(f"{outline}sources differ: {one.what}{slides if one.slides else ''}")
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
