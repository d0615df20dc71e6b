"""Bibliographies of reference managers: CSL-JSON, BibLaTeX (and BibTeX) and RIS, read and written."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from briefgen.problems import Location, Problem, error
from briefgen.userfiles import read_text

SUFFIXES = (".json", ".bib", ".ris")
FORMATS = ("csl", "biblatex", "bibtex", "ris")
"""What `written` can write; BibTeX's programs read BibLaTeX entries, with what they do not know left out."""

_HINT = "accepted: CSL-JSON (.json), BibLaTeX (.bib) and RIS (.ris)"

Item = dict[str, Any]


def read_works(path: Path) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    """The works of a bibliography file as CSL-JSON items with ids, and what is wrong with it."""
    where = Location(str(path))
    try:
        text = read_text(path, "utf-8-sig")
    except UnicodeDecodeError:
        return (), (error("this bibliography is not UTF-8", "export it as UTF-8", where),)
    except OSError as reason:
        return (), (error(f"the file cannot be read: {reason.strerror}", "is it there, and yours?", where),)
    if path.suffix == ".bib":
        return _bib(text, str(path))
    try:
        return (_ris(text) if path.suffix == ".ris" else _json(text)), ()
    except (ValueError, TypeError, KeyError, OSError, RecursionError):
        return (), (error("this is no bibliography", _HINT, where),)


def written(items: Iterable[Item], form: str) -> str:
    """The items as a file of `form`, one of `FORMATS`."""
    if form in ("biblatex", "bibtex"):
        from briefgen.citations.exchange.biblatex import to_biblatex

        return to_biblatex(items)
    if form == "ris":
        from briefgen.citations.exchange.ris import to_ris

        return to_ris(items)
    kept = [{key: value for key, value in item.items() if key != "custom"} for item in items]
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def _bib(text: str, file: str) -> tuple[tuple[Item, ...], tuple[Problem, ...]]:
    from briefgen.citations.exchange.biblatex import from_biblatex

    items, faults = from_biblatex(text)
    return tuple(items), tuple(
        error(said, "the other entries are used", Location(file, line, 1)) for line, said in faults
    )


def _ris(text: str) -> tuple[Item, ...]:
    from briefgen.citations.exchange.ris import from_ris

    return tuple(from_ris(text))


def _json(text: str) -> tuple[Item, ...]:
    """The items of a list, or of an object that has one under "items"."""
    data = json.loads(text)
    if "\\ud" in text.lower():  # half a letter beyond the first 65,536, which no file can hold
        data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    items = data["items"] if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError("no list of items")
    return tuple({"id": f"work-{number}", **item} for number, item in enumerate(items, 1))
