"""briefgen check"""

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


@click.command("check")
@click.argument("outlines", nargs=-1, required=True, metavar="OUTLINE...")
@sources_option
@said_options
def command(outlines: tuple[str, ...], sources: tuple[str, ...], as_json: bool, quiet: bool, verbose: bool) -> int:
    """Name every problem of outlines and sources; write nothing.

    Each problem is printed with its file, line and column, and with what to do about it. An outline may be a folder,
    which stands for all outlines in it.

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
            print_json({"outline": str(path), "title": result.title, "problems": problems_as_json(result.problems)})
        elif verbose:
            counts = f"{counted(result.statements, 'statement')} from {counted(result.sources, 'source')}"
            click.echo(f"{path.stem}: {counts}, {counted(len(result.problems), 'problem')}")
    if not (as_json or quiet or has_errors(found)):
        warnings = len(dict.fromkeys(map(str, found)))
        click.echo(f"no errors, {counted(warnings, 'warning')}" if warnings else "no problems")
    return status_for(found)
