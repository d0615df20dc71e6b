"""briefgen new"""

import shlex
from pathlib import Path

import click

from briefgen.cli.common import print_json, problems_as_json, said_options, show_problems, status_for


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--force", is_flag=True, help="Replace files of the project that are there already.")
@said_options
def command(*, folder: Path, force: bool, as_json: bool, quiet: bool, verbose: bool) -> int:
    """Start a project: an outline, a sample source, schemas.

    DIR gets an outline with comments, a folder of sources with a sample in it, defaults for all outlines
    (briefgen.yaml), schemas for editors, and a README. It can be built at once. Nothing that is there is replaced,
    but with --force.

    Example: briefgen new my-course
    """
    from briefgen.starter import start

    started = start(folder, force)
    show_problems(started.problems, quiet)
    if as_json:
        files = [str(path) for path in started.files]
        print_json({"folder": str(folder), "files": files, "problems": problems_as_json(started.problems)})
    elif started.files and not quiet:
        for path in started.files:
            click.echo(f"{path} ({path.stat().st_size:,} bytes)" if verbose else str(path))
        if not started.problems:
            click.echo(f"\nNext: briefgen build {shlex.quote(str(folder / 'outlines'))}")
    return status_for(started.problems)
