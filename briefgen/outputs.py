"""The words of built files as they stand now, without their note marks, for finding statements again."""

import re
from collections.abc import Callable, Collection, Sequence
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
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE, _TEXT, _TABLE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("style", "text", "table"))
_WORD_SIGNS = {
    f"{_W}br": " ",
    f"{_W}cr": " ",
    f"{_W}tab": " ",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_WORD_TEXT = (f"{_W}t", *_WORD_SIGNS)
BLANK = "Blank"
"""The style of the space that a gap has in a student's edition."""
UNREAD = frozenset({"Instructor's label", "Gap number", "On slides"})
"""Styles of words in word processors' files that say something of a passage, and are no part of it."""
_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""The controls that turn the direction of writing, which renderers leave out."""
_CUT, _CUT_BETWEEN = " …", " … "
"""How words left out at the end, and between two pieces, are marked."""
_BLOCKS = ("p", "li", "dd", "dt", "blockquote", "figcaption", "td", "th", "caption", "h1", "h2", "h3", "h4")
_JOINTS = dict.fromkeys([0x200B, 0x2060])
"""What allows or forbids the end of a line, and is not seen."""
_BLANK_IN_PDF = re.compile(r"‹\d+›")
_OWN = ("Instructor’s wording:", "Instructor:")
"""How a handout marks words that are not a source's."""


GAP = "\ufffc"
"""What stands in the words of a handout where students are to fill in some: the object replacement character."""


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

        A piece with other words beside it does not count: one word before it may deny it. A gap stands for any words.
        """
        whole = {self._compared(cell.removesuffix(_CUT)) for cell in self.cells}
        wanted = [self._compared(piece) for piece in pieces]
        joined = self._compared(_CUT_BETWEEN.join(pieces))
        if any(GAP in cell for cell in whole):
            whole = {_filled(cell, (*wanted, joined)) for cell in whole}
        return joined in whole or whole.issuperset(wanted)

    def _compared(self, text: str) -> str:
        return text if self.spaced else "".join(text.translate(_JOINTS).split())


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


def read_quiz_key(path: Path) -> tuple[Unit, ...] | Problem:
    """The passages that the key of a quiz quotes, in order, without the notes behind them."""
    tree = _page(path, "key of a quiz")
    if isinstance(tree, Problem):
        return tree
    return tuple(Unit((folded(one.text_content()),)) for one in tree.xpath("//*[@class='proof']"))


def read_word(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs and table rows of a handout in Word's format, as `read_handout` has those of a page.

    Raised marks, gaps' numbers and the words that say whose it is are told by the styles, whatever program saved them.
    """
    try:
        with opened(path) as package:
            body, styles = part(package, "word/document.xml"), part(package, "word/styles.xml")
    except UNREADABLE as fault:
        return error(f"this is no handout that can be read: {fault}", "is it a .docx?", Location(str(path)))
    unread = {
        style.get(f"{_W}styleId")
        for style in styles.iter(f"{_W}style")
        if _name_in_word(style) in UNREAD or _is_raised(style.find(f"{_W}rPr"))
    }

    blank = {style.get(f"{_W}styleId") for style in styles.iter(f"{_W}style") if _name_in_word(style) == BLANK}

    def words(paragraph: Any) -> str:
        runs = (run for run in paragraph.iter(f"{_W}r") if not _is_mark(run, unread))
        return _with_gaps("".join(GAP if _style_of(run) in blank else _run_text(run) for run in runs))

    rows = [Unit(tuple(_cell(words, cell, f"{_W}p") for cell in row.iter(f"{_W}tc"))) for row in body.iter(f"{_W}tr")]
    return (*(Unit((words(one),)) for one in body.iter(f"{_W}p")), *rows)


def read_open_document(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs and table rows of a handout in OpenDocument's format, as `read_word` has them."""
    try:
        with opened(path) as package:
            content, styles = part(package, "content.xml"), part(package, "styles.xml")
    except UNREADABLE as fault:
        return error(f"this is no handout that can be read: {fault}", "is it an .odt?", Location(str(path)))
    unread = _unread_spans([*styles.iter(f"{_STYLE}style"), *content.iter(f"{_STYLE}style")])
    for one in list(content.iter(f"{_TEXT}note", f"{_TEXT}note-ref", f"{_TEXT}span")):
        if one.tag != f"{_TEXT}span" or one.get(f"{_TEXT}style-name") in unread:
            _drop(one)
    for one in list(content.iter(f"{_TEXT}span")):
        if one.get(f"{_TEXT}style-name") == BLANK:
            one.clear(keep_tail=True)
            one.text = GAP
    for one in content.iter(f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
        one.text = " "
    cells = f"{_TABLE}table-cell"
    paragraphs = [Unit((_with_gaps("".join(one.itertext())),)) for one in content.iter(f"{_TEXT}p", f"{_TEXT}h")]
    rows = [
        Unit(
            tuple(_cell(lambda one: _with_gaps("".join(one.itertext())), cell, f"{_TEXT}p") for cell in row.iter(cells))
        )
        for row in content.iter(f"{_TABLE}table-row")
    ]
    return (*paragraphs, *rows)


def _cell(words: Callable[[Any], str], cell: Any, paragraph: str) -> str:
    return folded(" ".join(words(one) for one in cell.iter(paragraph)))


def _name_in_word(style: Any) -> str:
    name = style.find(f"{_W}name")
    return "" if name is None else name.get(f"{_W}val", "")


def _is_raised(properties: Any) -> bool:
    place = None if properties is None else properties.find(f"{_W}vertAlign")
    return place is not None and place.get(f"{_W}val") == "superscript"


def _is_mark(run: Any, unread: Collection[str | None]) -> bool:
    return _is_raised(run.find(f"{_W}rPr")) or _style_of(run) in unread


def _style_of(run: Any) -> str:
    style = run.find(f"{_W}rPr/{_W}rStyle")
    return "" if style is None else style.get(f"{_W}val", "")


def _run_text(run: Any) -> str:
    return "".join(_WORD_SIGNS.get(one.tag, one.text or "") for one in run.iter(*_WORD_TEXT))


def _with_gaps(text: str) -> str:
    """The text, a gap of several pieces as one."""
    return folded(re.sub(f"{GAP}+", GAP, text))


def _unread_spans(styles: Sequence[Any]) -> set[str]:
    """The names of styles of words that are no part of a passage, and of those that are made of these."""
    unread: set[str] = set()
    for style in styles:
        name = style.get(f"{_STYLE}name", "")
        properties = style.find(f"{_STYLE}text-properties")
        raised = properties is not None and (properties.get(f"{_STYLE}text-position") or "").startswith("super")
        if (
            raised
            or style.get(f"{_STYLE}display-name", name) in UNREAD
            or style.get(f"{_STYLE}parent-style-name") in unread
        ):
            unread.add(name)
    return unread


def _drop(element: Any) -> None:
    """Takes an element out, and leaves what follows it."""
    before, parent = element.getprevious(), element.getparent()
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    parent.remove(element)


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
    shown = _BLANK_IN_PDF.sub(GAP, folded(text.translate(_JOINTS)))
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
