"""The words of a handout as a PDF."""

import re
from pathlib import Path

from briefgen.outputs.units import GAP, Place, Unit, folded, own_left_out
from briefgen.problems import Problem
from briefgen.taggedpdf import WORDS, read_tagged, rows_of

_JOINTS = dict.fromkeys([0x200B, 0x2060])
"""What allows or forbids the end of a line, and is not seen."""
_BLANK = re.compile(r"‹\d+›")


def read_pdf_handout(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs, list items and table rows of a handout as a PDF, by its tags, as `read_handout` has them.

    What a page's end cuts in two stands there whole, too. Its marks of notes are not counted.
    """
    pages = read_tagged(path)
    if isinstance(pages, Problem):
        return pages
    units: list[Unit] = []
    before: tuple[Unit | None, Unit | None] = (None, None)
    for number, page in enumerate(pages, 1):
        texts = [_unit(number, one.text) for one in page.inner() if one.kind in WORDS]
        rows = [_unit(number, *(cell.text for cell in row)) for row in rows_of(page)]
        for last, here in zip(before, (texts, rows), strict=True):
            if last and here and len(last.cells) == len(here[0].cells):
                both = zip(last.cells, here[0].cells, strict=True)
                units.append(_unit(number, *(f"{one} {other}" for one, other in both)))
            units += here
        before = (texts[-1] if texts else before[0], rows[-1] if rows else before[1])
    return tuple(units)


def _unit(page: int, *cells: str) -> Unit:
    read = [own_left_out(_BLANK.sub(GAP, folded(cell.translate(_JOINTS)))) for cell in cells]
    own = any(said for _, said in read)
    return Unit(tuple(text for text, _ in read), spaced=False, place=Place(page=page), own=own)
