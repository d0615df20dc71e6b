"""briefgen read"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import completions
from briefgen.cli.common import counted, print_json, said_options, show_problems, status_for

if TYPE_CHECKING:
    from briefgen.model import Source

_SHOWN = 12
"""Headings and dropped stretches that a summary lists; --verbose lists all."""


@click.command("read")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=completions.files)
@said_options
def command(files: tuple[str, ...], as_json: bool, quiet: bool, verbose: bool) -> int:
    """Show what is understood of source documents.

    For each file: its metadata, its headings, how much text and how many references it has, and what was dropped and
    why. With --json, everything, with offsets into the file's text.

    Example: briefgen read sources/article.txt
    """
    from briefgen.library import read_file

    status = 0
    for file in files:
        reading = read_file(Path(file))
        show_problems(reading.problems, quiet)
        status = max(status, status_for(reading.problems))
        if reading.source is None:
            continue
        if as_json:
            print_json(_as_json(reading.source))
        elif not quiet:
            click.echo(_summary(reading.source, verbose))
    return status


def _as_json(source: "Source") -> dict[str, Any]:
    from msgspec import to_builtins

    whole = to_builtins(source)
    named = (
        "id",
        "path",
        "title",
        "authors",
        "publisher",
        "published",
        "modified",
        "language",
        "kind",
        "url",
        "origins",
    )
    of_block = ("kind", "level", "text", "start", "end", "page", "headings")
    of_reference = ("raw", "start", "end", "csl", "locator")
    return {
        **{name: whole[name] for name in named},
        "headings": [{"level": block.level, "text": block.text} for block in source.blocks if block.kind == "heading"],
        "blocks": [{name: block[name] for name in of_block} for block in whole["blocks"]],
        "references": [{name: reference[name] for name in of_reference} for reference in whole["references"]],
        "dropped": whole["dropped"],
    }


def _summary(source: "Source", verbose: bool) -> str:
    facts = {
        "title": source.title,
        "id": source.id,
        "kind": source.kind,
        "authors": "; ".join(source.authors),
        "publisher": source.publisher,
        "published": source.published,
        "modified": source.modified,
        "language": source.language,
        "url": source.url,
        "holds": _holds(source),
    }
    lines = [source.path, *(f"  {name + ':':<11}{value or 'not given'}" for name, value in facts.items())]
    headings = [f"{'  ' * block.level}{block.text}" for block in source.blocks if block.kind == "heading"]
    dropped = [f"  {one.reason}: {_shortened(one.text)}" for one in source.dropped]
    lines += _listed("headings", headings, verbose) + _listed("dropped", dropped, verbose)
    return "\n".join(lines)


def _holds(source: "Source") -> str:
    from briefgen.text.words import length

    words = sum(length(block.text) for block in source.blocks)
    texts = sum(block.kind != "heading" for block in source.blocks)
    parts = (counted(words, "word"), counted(texts, "block"), counted(len(source.references), "reference"))
    return ", ".join(parts)


def _listed(name: str, items: list[str], verbose: bool) -> list[str]:
    shown = items if verbose else items[:_SHOWN]
    more = len(items) - len(shown)
    said = [f"  {name}: {len(items)}", *(f"  {item}" for item in shown)]
    return [*said, f"    and {more} more (--verbose lists them)"] if more else said


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 70 else words[:69] + "…"
