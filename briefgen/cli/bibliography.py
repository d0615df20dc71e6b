"""briefgen bibliography"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import completions
from briefgen.cli.common import print_json, said_options, show_problems, sources_option, status_for

if TYPE_CHECKING:
    from briefgen.problems import Problem

    Works = tuple[list[dict[str, Any]], tuple[Problem, ...]]


@click.command("bibliography")
@click.argument("paths", nargs=-1, metavar="[PATH...]", shell_complete=completions.files)
@click.option(
    "--to",
    "form",
    default="csl",
    metavar="FORMAT",
    shell_complete=completions.bibliographies,
    help="csl, biblatex (or bibtex), ris.  [default: csl]",
)
@click.option(
    "--out",
    metavar="FILE",
    shell_complete=completions.files,
    help="The file to write; without it, the works are printed.",
)
@click.option("--sources-only", is_flag=True, help="Leave out the works that the sources cite.")
@sources_option
@said_options
def command(
    paths: tuple[str, ...],
    form: str,
    out: str | None,
    sources_only: bool,
    sources: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    verbose: bool,
) -> int:
    """Export works for Zotero and other reference managers.

    PATH is an outline, for the works in its bibliography, or a folder or file of sources, for these and the works that
    they cite; the folder sources where none is named. Formats are CSL-JSON (csl), BibLaTeX and RIS. --json prints one
    CSL-JSON object a line.

    Example: briefgen bibliography sources --to ris --out sources.ris
    """
    from briefgen.citations.exchange import FORMATS, written
    from briefgen.problems import nearest

    if form not in FORMATS:
        raise click.UsageError(f"{form} is not a format; {nearest(form, FORMATS)}")
    works, problems = _works(paths or ("sources",), sources, sources_only)
    if as_json:
        for work in works:
            print_json(work)
    else:
        problems = (*problems, *_told(written(works, form), out))
    show_problems(problems, quiet)
    return status_for(problems)


def _works(paths: tuple[str, ...], sources: tuple[str, ...], sources_only: bool) -> "Works":
    """The works of outlines and of sources, each once."""
    from briefgen.citations.short import works_in
    from briefgen.composing import works_of
    from briefgen.library import open_library
    from briefgen.results import BuildOptions

    found: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for path in paths:
        if path.endswith((".yaml", ".yml")):
            works, more = works_of(Path(path), BuildOptions(sources=sources))
        else:
            library = open_library([path])
            works, more = list(works_in(library.sources, cited=not sources_only)), library.problems
        problems += more
        for work in works:
            found.setdefault(str(work.get("id")), work)
    return list(found.values()), tuple(problems)


def _told(text: str, out: str | None) -> "tuple[Problem, ...]":
    """Prints or writes the bibliography."""
    from briefgen.writing import write_files

    data = text.encode("utf-8", "backslashreplace")
    if out is None:
        click.echo(data, nl=False)
        return ()
    path = Path(out)
    return write_files([(path.name, data)], path.parent).problems
