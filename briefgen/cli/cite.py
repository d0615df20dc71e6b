"""briefgen cite"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli.common import print_json, said_options, show_problems, status_for

if TYPE_CHECKING:
    from briefgen.citations.request import Cite, Formatted
    from briefgen.problems import Problem


@click.command("cite")
@click.argument("items", metavar="ITEMS")
@click.option("--sequence", metavar="FILE", help="The notes in order, as JSON; without it, one note for each item.")
@click.option(
    "--style",
    default="chicago-notes",
    metavar="STYLE",
    help="A style by name, or a .csl file.  [default: chicago-notes]",
)
@click.option("--language", default="en", metavar="TAG", help="The language of dates and terms.  [default: en]")
@said_options
def command(
    items: str, sequence: str | None, style: str, language: str, as_json: bool, quiet: bool, verbose: bool
) -> int:
    """Format works as notes and as a bibliography.

    ITEMS is a bibliography: CSL-JSON (.json), BibLaTeX (.bib) or RIS (.ris). A sequence is a list of notes, each a list
    of {"id", "locator", "label", "prefix", "suffix"}. What is printed is what the style itself says, "(Gopal, 2009)"
    where it cites in the text; --json prints HTML.

    Example: briefgen cite works.json --style apa
    """
    from msgspec.structs import replace

    from briefgen.citations.exchange import read_works
    from briefgen.citations.format import format_citations
    from briefgen.citations.request import FormatRequest
    from briefgen.problems import Location, error

    works, problems = read_works(Path(items))
    if not (works or problems):
        hint = "accepted: CSL-JSON (.json), BibLaTeX (.bib) and RIS (.ris)"
        problems = (error("there are no works in this bibliography", hint, Location(items)),)
    notes, more = _sequence(sequence, works)
    formatted, others = format_citations(FormatRequest(style, language, works, notes, as_styled=True))
    found = (*problems, *more, *(one if one.where else replace(one, where=Location(items)) for one in others))
    show_problems(found, quiet)
    if as_json:
        print_json(_as_json(formatted))
    elif works and not quiet:
        _show(formatted)
    return status_for(found)


def _sequence(
    file: str | None, works: tuple[dict[str, Any], ...]
) -> "tuple[tuple[tuple[Cite, ...], ...], tuple[Problem, ...]]":
    """The notes that a file asks for; without one, one for each work."""
    from briefgen.citations.request import Cite
    from briefgen.problems import Location, error
    from briefgen.userfiles import read_text

    if file is None:
        return tuple((Cite(str(work["id"])),) for work in works), ()
    try:
        asked = json.loads(read_text(Path(file), "utf-8-sig"))
        return tuple(tuple(_cite(cite) for cite in note) for note in asked), ()
    except OSError as reason:
        said, hint = f"the file cannot be read: {reason.strerror}", "is it there, and yours?"
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        said, hint = "this is no sequence of notes", 'accepted: [[{"id": "a", "locator": "12", "label": "page"}], ...]'
    return (), (error(said, hint, Location(file)),)


def _cite(given: dict[str, Any]) -> "Cite":
    from briefgen.citations.request import Cite
    from briefgen.model import Locator

    locator = Locator(str(given.get("label") or "page"), str(given["locator"])) if given.get("locator") else None
    return Cite(str(given["id"]), locator, str(given.get("prefix") or ""), str(given.get("suffix") or ""))


def _as_json(formatted: "Formatted") -> dict[str, list[str]]:
    from briefgen.citations.runs import as_html

    return {
        "notes": [as_html(runs) for runs in formatted.notes],
        "bib": [as_html(runs) for runs in formatted.bibliography.values()],
    }


def _show(formatted: "Formatted") -> None:
    from briefgen.model import plain

    for number, runs in enumerate(formatted.notes, 1):
        click.echo(f"{number}. {plain(runs)}")
    click.echo()
    for runs in formatted.bibliography.values():
        click.echo(plain(runs))
