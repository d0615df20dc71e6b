"""The words of built files as they stand now, without their note marks, for finding statements again."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lxml import etree, html
from msgspec import Struct

from briefgen.packages import UNREADABLE, opened, part, slide_names
from briefgen.problems import Location, Problem, error
from briefgen.taggedpdf import WORDS, read_tagged, rows_of
from briefgen.userfiles import read_text

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ABOVE = re.compile(r"[1-9]")
"""How a baseline above the line begins: thousandths of a percent, or a percentage with its sign."""
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""The controls that turn the direction of writing, which renderers leave out."""
_CUT, _CUT_BETWEEN = " …", " … "
"""How words left out at the end, and between two pieces, are marked."""
_BLOCKS = ("p", "li", "dd", "dt", "blockquote", "figcaption", "td", "th", "caption", "h1", "h2", "h3", "h4")
_JOINTS = dict.fromkeys([0x200B, 0x2060])
"""What allows or forbids the end of a line, and is not seen."""
_OWN = ("Instructor’s wording:", "Instructor:")
"""How a handout marks words that are not a source's."""


class Unit(Struct, frozen=True):
    """A paragraph or a table row: words that belong together. A paragraph is a row of one cell.

    `slide` counts the slides of a deck from 1; it is 0 in a handout. Where the file does not tell for sure where its
    words end, as a PDF does not at the ends of lines, it is not `spaced`, and spaces do not count.
    """

    cells: tuple[str, ...]
    slide: int = 0
    spaced: bool = True

    @property
    def text(self) -> str:
        return " ".join(self.cells)

    def holds(self, pieces: Sequence[str]) -> bool:
        """Whether each of `pieces`, or all of them joined, is the whole of a cell but for the mark of a cut.

        A piece with other words beside it does not count: one word before it may deny it.
        """
        whole = {self._compared(cell.removesuffix(_CUT)) for cell in self.cells}
        wanted = [self._compared(piece) for piece in pieces]
        return self._compared(_CUT_BETWEEN.join(pieces)) in whole or whole.issuperset(wanted)

    def _compared(self, text: str) -> str:
        return text if self.spaced else "".join(text.translate(_JOINTS).split())


def folded(text: str) -> str:
    """The text with each run of white space as one space, none at the ends, without marks of writing direction."""
    return " ".join(text.translate(_DIRECTION).split())


def read_deck(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs and table rows of a deck's slides, superscript note marks left out; speaker notes are not read."""
    try:
        with opened(path) as package:
            trees = [part(package, name) for name in slide_names(package)]
    except UNREADABLE as fault:
        return error(f"this is no presentation that can be read: {fault}", "is it a .pptx?", Location(str(path)))
    return tuple(unit for number, tree in enumerate(trees, 1) for unit in _units(tree, number))


def read_slides_page(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs and table rows of a page of slides, raised note marks left out; speaker notes are not read."""
    tree = _page(path, "slides")
    if isinstance(tree, Problem):
        return tree
    for mark in tree.xpath("//sup | //aside"):
        mark.drop_tree()
    units: list[Unit] = []
    for number, slide in enumerate(tree.iter("section"), 1):
        units += [Unit(tuple(folded(cell.text_content()) for cell in row), number) for row in slide.iter("tr")]
        units += [Unit((folded(one.text_content()),), number) for one in slide.xpath(".//*[@class='p']")]
    return tuple(units)


def read_handout(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs, list items and table rows of a handout, without note marks and the words that say whose it is."""
    tree = _page(path, "handout")
    if isinstance(tree, Problem):
        return tree
    for mark in tree.xpath("//sup[*[@role='doc-noteref']] | //*[@role='doc-backlink'] | //span[@class='own']"):
        mark.drop_tree()
    paragraphs = [Unit((folded(element.text_content()),)) for element in tree.iter(*_BLOCKS)]
    rows = [Unit(tuple(folded(cell.text_content()) for cell in row.iter("td", "th"))) for row in tree.iter("tr")]
    return (*paragraphs, *rows)


def read_pdf_handout(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs, list items and table rows of a handout as a PDF, by its tags, as `read_handout` has them.

    What a page's end cuts in two stands there whole, too.
    """
    pages = read_tagged(path)
    if isinstance(pages, Problem):
        return pages
    units: list[Unit] = []
    before: tuple[Unit | None, Unit | None] = (None, None)
    for page in pages:
        texts = [_printed(one.text) for one in page.inner() if one.kind in WORDS]
        rows = [_printed(*(cell.text for cell in row)) for row in rows_of(page)]
        for last, here in zip(before, (texts, rows), strict=True):
            if last and here and len(last.cells) == len(here[0].cells):
                both = zip(last.cells, here[0].cells, strict=True)
                units.append(_printed(*(f"{one} {other}" for one, other in both)))
            units += here
        before = (texts[-1] if texts else before[0], rows[-1] if rows else before[1])
    return tuple(units)


def _printed(*cells: str) -> Unit:
    return Unit(tuple(map(_own_left_out, cells)), spaced=False)


def _own_left_out(text: str) -> str:
    """The words of a paragraph without those that say that they are the instructor's."""
    shown = folded(text.translate(_JOINTS))
    return next((shown.removeprefix(one).strip() for one in _OWN if shown.startswith(one)), shown)


def _page(path: Path, what: str) -> Any | Problem:
    try:
        text = read_text(path)
        return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (OSError, UnicodeDecodeError, etree.ParserError) as fault:
        return error(f"this is no {what} that can be read: {fault}", "is it an .html file?", Location(str(path)))


def _units(tree: Any, slide: int) -> list[Unit]:
    rows = [Unit(tuple(map(_paragraph, row.iter(f"{_A}p"))), slide) for row in tree.iter(f"{_A}tr")]
    paragraphs = [
        Unit((_paragraph(paragraph),), slide)
        for paragraph in tree.iter(f"{_A}p")
        if next(paragraph.iterancestors(f"{_A}tr"), None) is None
    ]
    return [*rows, *paragraphs]


def _paragraph(paragraph: Any) -> str:
    parts = []
    for run in paragraph.iterchildren(f"{_A}r", f"{_A}br", f"{_A}fld"):
        properties = run.find(f"{_A}rPr")
        raised = properties is not None and _ABOVE.match(properties.get("baseline") or "")
        if run.tag == f"{_A}br":
            parts.append(" ")
        elif not raised:
            parts.append(run.findtext(f"{_A}t") or "")
    return folded("".join(parts))
