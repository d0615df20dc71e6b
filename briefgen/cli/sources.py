"""briefgen sources"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import completions
from briefgen.cli.common import counted, print_json, problems_as_json, said_options, show_problems, status_for
from briefgen.cli.progress import bar

if TYPE_CHECKING:
    from briefgen.library.health import Health
    from briefgen.problems import Problem


@click.command("sources")
@click.argument("folders", nargs=-1, metavar="[DIR...]", shell_complete=completions.files)
@click.option(
    "--out",
    default="output",
    metavar="DIR",
    shell_complete=completions.folders,
    help="Where the outlines were built, to tell what changed since.  [default: output]",
)
@said_options
def command(folders: tuple[str, ...], out: str, as_json: bool, quiet: bool, verbose: bool) -> int:
    """Show the sources and their health.

    For each source: its kind, its words, when and by whom it was published, and what to look at: no date or author,
    short, truncated, mostly boilerplate, words missing, a duplicate, changed since the last build. DIR is the folder
    sources where none is named. What was read is kept, so the next build is quick; stopped, it goes on where it was.

    Example: briefgen sources sources
    """
    from briefgen.library import entries
    from briefgen.library.files import find
    from briefgen.library.health import Ward

    found = find(folders or ("sources",))
    show_problems(found.problems, quiet)
    ward = Ward(_built(Path(out)))
    table = _Table(verbose)
    status = status_for(found.problems)
    shown: set[Problem] = set()
    for entry in entries(found.paths, bar("Reading sources", quiet or as_json)):
        health = ward.look(entry)
        status = max(status, status_for(health.problems))
        if as_json:
            print_json(_as_json(health))
        else:
            show_problems((one for one in health.problems if one not in shown), quiet)
            shown.update(health.problems)
            table.add(health)
    if table.rows and not (as_json or quiet):
        click.echo("\n".join(table.lines()))
    return status


def _built(folder: Path) -> dict[Path, str]:
    """The SHA-256 of each source by its path, as the evidence of the builds in `folder` has them."""
    from briefgen.evidence import SUFFIX, Evidence, load_evidence

    built = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        evidence = load_evidence(path)
        if isinstance(evidence, Evidence):
            built.update({Path(os.path.realpath(folder / source.path)): source.sha256 for source in evidence.sources})
    return built


class _Table:
    """One row a source; counts what is wrong with them all."""

    def __init__(self, verbose: bool) -> None:
        self.verbose = verbose
        self.rows: list[tuple[str, ...]] = []
        self.counts: Counter[str] = Counter()
        self.words = 0

    def add(self, health: "Health") -> None:
        self.counts.update(one.what for one in health.complaints)
        self.words += health.words
        said = (
            f"{one.what} ({one.why})"
            if one.why and (self.verbose or one.what in ("duplicate", "truncated"))
            else one.what
            for one in health.complaints
        )
        authors = ", ".join(health.authors[:2]) + (" and others" if len(health.authors) > 2 else "")
        name = " ".join((health.id or Path(health.path).name).split())
        row = (name, health.kind, f"{health.words:,}", health.published or "")
        self.rows.append((*row, authors, "; ".join(said) or "good"))

    def lines(self) -> Iterator[str]:
        heads = ("SOURCE", "KIND", "WORDS", "PUBLISHED", "AUTHORS", "HEALTH")
        widths = [min(32, max(map(len, column))) for column in zip(heads, *self.rows, strict=True)]
        for row in (heads, *self.rows):
            yield _row(row, widths).rstrip()
        complaints = [f"{number} {what}" for what, number in sorted(self.counts.items())]
        yield "; ".join((f"{counted(len(self.rows), 'source')}, {self.words:,} words", *complaints))


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    *fixed, last = cells
    shown = [
        cell if len(cell) <= width else cell[: width - 1] + "…" for cell, width in zip(fixed, widths, strict=False)
    ]
    aligned = [
        cell.rjust(width) if place == 2 else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(shown, widths, strict=False))
    ]
    return "  ".join((*aligned, last))


def _as_json(health: "Health") -> dict[str, Any]:
    from msgspec import to_builtins

    whole = to_builtins(health)
    whole["health"] = [{"what": one["what"], "why": one["why"]} for one in whole.pop("complaints")]
    whole["problems"] = problems_as_json(health.problems)
    return dict(whole)
