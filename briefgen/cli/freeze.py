"""briefgen freeze"""

from pathlib import Path

import click

from briefgen.cli.common import (
    counted,
    force_option,
    print_json,
    problems_as_json,
    said_options,
    show_problems,
    sources_option,
    status_for,
)


@click.command("freeze")
@click.argument("outline", type=click.Path(path_type=Path), metavar="OUTLINE")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The file to write, or - for standard output.  [default: NAME-frozen.yaml beside the outline]",
)
@force_option
@sources_option
@said_options
def command(
    *, outline: Path, out: Path | None, force: bool, sources: tuple[str, ...], as_json: bool, quiet: bool, verbose: bool
) -> int:
    """Write an outline out with every chosen statement in place.

    The new outline is built like any other, and shows the same. In it you can move, delete, shorten and reword
    statements: what is shortened with "…" stays the source's own, what is reworded is shown as your wording, and both
    keep their notes. Nothing in it changes when sources are added.

    Example: briefgen freeze outlines/survey.yaml
    """
    from briefgen.freeze import freeze, frozen

    to_stdout = str(out) == "-"
    made = frozen(outline, outline, sources) if to_stdout else freeze(outline, out, sources, force)
    show_problems(made.problems, quiet)
    if as_json:
        print_json(
            {
                "outline": str(outline),
                "output": str(made.path) if made.written else None,
                **({"text": made.text} if to_stdout else {}),
                "statements": made.statements,
                "problems": problems_as_json(made.problems),
            }
        )
    elif to_stdout:
        click.echo(made.text, nl=False)
    elif made.written and not quiet:
        size = f" ({counted(len(made.text.splitlines()), 'line')})" if verbose else ""
        click.echo(f"{outline.stem}: {counted(made.statements, 'statement')} in place -> {made.path}{size}")
    return status_for(made.problems)
