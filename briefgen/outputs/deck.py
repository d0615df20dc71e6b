"""The words of a deck's slides."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from briefgen.outputs.units import Place, Unit, folded
from briefgen.packages import UNREADABLE, opened, part, slide_names
from briefgen.problems import Location, Problem, error

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ABOVE = re.compile(r"[1-9]")
"""How a baseline above the line begins: thousandths of a percent, or a percentage with its sign."""


def read_deck(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs and table rows of a deck's slides, superscript note marks and slide numbers left out.

    Speaker notes are not read.
    """
    try:
        with opened(path) as package:
            trees = [part(package, name) for name in slide_names(package)]
    except UNREADABLE as fault:
        return error(f"this is no presentation that can be read: {fault}", "is it a .pptx?", Location(str(path)))
    units: list[Unit] = []
    for number, tree in enumerate(trees, 1):
        units += _units(tree, number, len(units))
    return tuple(units)


def _units(tree: Any, slide: int, first: int) -> Iterator[Unit]:
    """The paragraphs of a slide, the first of them number `first`, and then its rows."""
    place, numbers = Place(slide), {}
    for number, paragraph in enumerate(tree.iter(f"{_A}p"), first):
        text, marks = _paragraph(paragraph)
        numbers[paragraph] = number
        inside = next(paragraph.iterancestors(f"{_A}tr"), None) is not None
        yield Unit((text,), slide, True, place, marks, (number,), inside)
    for row in tree.iter(f"{_A}tr"):
        paragraphs = list(row.iter(f"{_A}p"))
        said = [_paragraph(one) for one in paragraphs]
        of = tuple(numbers[one] for one in paragraphs)
        yield Unit(tuple(text for text, _ in said), slide, True, place, sum(marks for _, marks in said), of)


def _paragraph(paragraph: Any) -> tuple[str, int]:
    """The words of a paragraph, and how many runs of it are marks of notes."""
    parts, marks = [], 0
    for run in paragraph.iterchildren(f"{_A}r", f"{_A}br", f"{_A}fld"):
        properties = run.find(f"{_A}rPr")
        if run.tag == f"{_A}br":
            parts.append(" ")
        elif properties is not None and _ABOVE.match(properties.get("baseline") or ""):
            marks += any(map(str.isdigit, run.findtext(f"{_A}t") or ""))
        elif run.get("type") != "slidenum":
            parts.append(run.findtext(f"{_A}t") or "")
    return folded("".join(parts)), marks
