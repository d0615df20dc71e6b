"""What a shell offers where a command takes a name or a file."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from click.shell_completion import CompletionItem

    Items = list[CompletionItem]

_BUILT_IN = Path(__file__).parents[1] / "topics"
_YAML = (".yaml", ".yml")


def topics(context: click.Context, parameter: click.Parameter, incomplete: str) -> "Items":
    """The built-in topics, and those in the folder topics."""
    return _items({**_topics(_BUILT_IN), **_topics(Path("topics"))}, incomplete)


def styles(context: click.Context, parameter: click.Parameter, incomplete: str) -> "Items":
    """The shipped styles; files where none begins so."""
    from briefgen.citations.csl_style import style_names

    return _items(dict.fromkeys(style_names(), ""), incomplete) or files(context, parameter, incomplete)


def templates(context: click.Context, parameter: click.Parameter, incomplete: str) -> "Items":
    """The built-in templates; files where none begins so."""
    from briefgen.renderers import TEMPLATES

    return _items(TEMPLATES, incomplete) or files(context, parameter, incomplete)


def formats(context: click.Context, parameter: click.Parameter, incomplete: str) -> "Items":
    """What `build` makes, behind what stands before the last comma and is not offered again."""
    from briefgen.cli.build import FORMATS

    before, comma, _ = incomplete.rpartition(",")
    known = before.split(",")
    return _items({f"{before}{comma}{name}": "" for name in FORMATS if name not in known}, incomplete)


def bibliographies(context: click.Context, parameter: click.Parameter, incomplete: str) -> "Items":
    """The formats of bibliographies."""
    return _items({"csl": "CSL-JSON", "biblatex": "BibLaTeX", "bibtex": "BibTeX", "ris": "RIS"}, incomplete)


def files(context: click.Context, parameter: click.Parameter, incomplete: str) -> "Items":
    """Files and folders, which the shell knows itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def folders(context: click.Context, parameter: click.Parameter, incomplete: str) -> "Items":
    """Folders, which the shell knows itself."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="dir")]


def _items(known: "dict[str, str]", incomplete: str) -> "Items":
    from click.shell_completion import CompletionItem

    return [CompletionItem(name, help=about) for name, about in known.items() if name.startswith(incomplete)]


def _topics(folder: Path) -> dict[str, str]:
    try:
        names: Iterable[str] = sorted(os.listdir(folder))
    except OSError:
        return {}
    return {name.rpartition(".")[0]: "" for name in names if name.endswith(_YAML)}
