"""briefgen suggest"""

from pathlib import Path

import click

from briefgen.cli.common import (
    counted,
    force_option,
    print_json,
    problems_as_json,
    said_options,
    show_problems,
    status_for,
)


@click.command("suggest")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file to write.  [default: standard output]",
)
@force_option
@said_options
def command(*, folder: Path, out: Path | None, force: bool, as_json: bool, quiet: bool, verbose: bool) -> int:
    """Propose an outline from what the sources hold.

    Sections are the topics that fit the sources in DIR, and what their headings gather, with queries of their terms.
    Comments say why each was proposed and how much there is for it. The outline can be built as it is. DIR may also be
    one document.

    Example: briefgen suggest sources -o outlines/first.yaml
    """
    from briefgen.suggest import suggest
    from briefgen.writing import write_new

    made = suggest(folder, out.parent if out else Path())
    faults = write_new(out, made.text.encode(), force) if made.text and out else ()
    problems, written = (*made.problems, *faults), bool(made.text and out and not faults)
    show_problems(problems, quiet)
    if as_json:
        names = {"title": made.title, "sections": made.sections, "statements": made.statements}
        output = str(out) if written else None
        print_json({**names, "outline": made.text, "output": output, "problems": problems_as_json(problems)})
    elif written and not quiet:
        size = f" ({counted(made.statements, 'statement')} in a build)" if verbose else ""
        click.echo(f"{made.title}: {counted(made.sections, 'section')} -> {out}{size}")
    elif made.text and not out:
        click.echo(made.text, nl=False)
    return status_for(problems)
