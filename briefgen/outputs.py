"""The words of built files as they stand now, without their note marks, for finding statements again."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lxml import etree, html
from msgspec import Struct

from briefgen.packages import UNREADABLE, opened, part, slide_names
from briefgen.problems import Location, Problem, error
from briefgen.userfiles import read_text

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ABOVE = re.compile(r"[1-9]")
"""How a baseline above the line begins: thousandths of a percent, or a percentage with its sign."""
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""The controls that turn the direction of writing, which renderers leave out."""
_CUT, _CUT_BETWEEN = " …", " … "
"""How words left out at the end, and between two pieces, are marked."""
_BLOCKS = ("p", "li", "dd", "dt", "blockquote", "figcaption", "td", "th", "caption", "h1", "h2", "h3", "h4")


GAP = "\ufffc"
"""What stands in the words of a handout where students are to fill in some: the object replacement character."""


class Unit(Struct, frozen=True):
    """A paragraph or a table row: words that belong together. A paragraph is a row of one cell.

    `slide` counts the slides of a deck from 1; it is 0 in a handout.
    """

    cells: tuple[str, ...]
    slide: int = 0

    @property
    def text(self) -> str:
        return " ".join(self.cells)

    def holds(self, pieces: Sequence[str]) -> bool:
        """Whether each of `pieces`, or all of them joined, is the whole of a cell but for the mark of a cut.

        A piece with other words beside it does not count: one word before it may deny it. A gap stands for any words.
        """
        whole = {cell.removesuffix(_CUT) for cell in self.cells}
        if any(GAP in cell for cell in whole):
            whole = {_filled(cell, (*pieces, _CUT_BETWEEN.join(pieces))) for cell in whole}
        return _CUT_BETWEEN.join(pieces) in whole or whole.issuperset(pieces)


def _filled(cell: str, pieces: Sequence[str]) -> str:
    """The piece that a cell is but for its gaps; the cell itself where none is."""
    shape = re.compile(".+".join(map(re.escape, cell.split(GAP))))
    return next((piece for piece in pieces if shape.fullmatch(piece)), cell) if GAP in cell else cell


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
    """The paragraphs, list items and table rows of a handout, without note marks and what is beside the words: whose
    they are, the slides, and the numbers of gaps. A gap in a student's edition is one sign, `GAP`.
    """
    tree = _page(path, "handout")
    if isinstance(tree, Problem):
        return tree
    for gap in tree.xpath("//span[@class='gap']"):
        gap.clear(keep_tail=True)
        gap.text = GAP
    beside = "//span[@class='own' or @class='slides' or @class='gap-number']"
    for mark in tree.xpath(f"//sup[*[@role='doc-noteref']] | //*[@role='doc-backlink'] | {beside}"):
        mark.drop_tree()
    paragraphs = [Unit((folded(element.text_content()),)) for element in tree.iter(*_BLOCKS)]
    rows = [Unit(tuple(folded(cell.text_content()) for cell in row.iter("td", "th"))) for row in tree.iter("tr")]
    return (*paragraphs, *rows)


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
