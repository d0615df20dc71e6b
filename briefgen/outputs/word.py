"""The words of handouts for word processors, by their styles, whatever program saved them."""

import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from briefgen.outputs.inline import MARK
from briefgen.outputs.units import GAP, Place, Unit, folded, with_gaps
from briefgen.packages import UNREADABLE, part
from briefgen.problems import Location, Problem, error
from briefgen.userfiles import read_bytes

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLE, _TEXT, _TABLE = (f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("style", "text", "table"))
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_WORD_SIGNS = {
    f"{_W}br": " ",
    f"{_W}cr": " ",
    f"{_W}tab": " ",
    f"{_W}noBreakHyphen": "\u2011",
    f"{_W}softHyphen": "\u00ad",
}
_WORD_TEXT = (f"{_W}t", *_WORD_SIGNS)
_NOTE_MARKS = (f"{_W}footnoteReference", f"{_W}endnoteReference")
_FOOTNOTES = "word/footnotes.xml"
BLANK = "Blank"
"""The style of the space that a gap has in a student's edition."""
UNREAD = frozenset({"Instructor's label", "Gap number", "On slides"})
"""Styles of words in word processors' files that say something of a passage, and are no part of it."""

Paragraph = tuple[str, int]
"""The words of a paragraph, and how many marks of notes it has."""


def read_word(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs, table rows and notes of a handout in Word's format, as `read_handout` has those of a page.

    Raised marks, gaps' numbers and the words that say whose it is are told by the styles, whatever program saved them.
    """
    try:
        return word_units(read_bytes(path))
    except UNREADABLE as fault:
        return error(f"this is no handout that can be read: {fault}", "is it a .docx?", Location(str(path)))


def word_units(data: bytes) -> tuple[Unit, ...]:
    """As `read_word`, of a file's bytes; raises one of `packages.UNREADABLE`."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        body, styles = part(package, "word/document.xml"), part(package, "word/styles.xml")
        notes = part(package, _FOOTNOTES) if _FOOTNOTES in package.namelist() else None
    named = {style.get(f"{_W}styleId"): style for style in styles.iter(f"{_W}style")}
    raised = {name for name, style in named.items() if _is_raised(style.find(f"{_W}rPr"))}
    unread = {name for name, style in named.items() if _name_in_word(style) in UNREAD}
    blank = {name for name, style in named.items() if _name_in_word(style) == BLANK}
    heads = {name for name, style in named.items() if _name_in_word(style).lower().startswith(("heading", "title"))}

    def words(paragraph: Any) -> Paragraph:
        parts, marks = [], 0
        for run in paragraph.iter(f"{_W}r"):
            style = _style_of(run)
            if style in raised or _is_raised(run.find(f"{_W}rPr")):
                marks += bool(_run_text(run).strip()) or any(run.find(mark) is not None for mark in _NOTE_MARKS)
            elif style not in unread:
                parts.append(GAP if style in blank else _run_text(run))
        return with_gaps("".join(parts)), marks

    def is_head(paragraph: Any) -> bool:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return style is not None and style.get(f"{_W}val") in heads

    asides = [] if notes is None else [words(one) for one in notes.iter(f"{_W}p")]
    return _units(body, f"{_W}p", (f"{_W}tr", f"{_W}tc"), words, is_head, asides)


def read_open_document(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs and table rows of a handout in OpenDocument's format, as `read_word` has them."""
    try:
        return open_document_units(read_bytes(path))
    except UNREADABLE as fault:
        return error(f"this is no handout that can be read: {fault}", "is it an .odt?", Location(str(path)))


def open_document_units(data: bytes) -> tuple[Unit, ...]:
    """As `read_open_document`, of a file's bytes; raises one of `packages.UNREADABLE`."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        content, styles = part(package, "content.xml"), part(package, "styles.xml")
    unread, raised = _unread_spans([*styles.iter(f"{_STYLE}style"), *content.iter(f"{_STYLE}style")])
    notes = [
        (folded("".join(one.itertext())), 0)
        for body in content.iter(f"{_TEXT}note-body")
        for one in body.iter(f"{_TEXT}p", f"{_TEXT}h")
    ]
    for one in list(content.iter(f"{_SVG}title", f"{_SVG}desc")):
        _replace(one, "")
    for one in list(content.iter(f"{_TEXT}note", f"{_TEXT}note-ref", f"{_TEXT}span")):
        style = one.get(f"{_TEXT}style-name")
        if one.tag != f"{_TEXT}span" or style in raised:
            _replace(one, MARK)
        elif style in unread:
            _replace(one, "")
        elif style == BLANK:
            _replace(one, GAP)
    for one in content.iter(f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"):
        one.text = " "

    def words(paragraph: Any) -> Paragraph:
        text = "".join(paragraph.itertext())
        return with_gaps(text.replace(MARK, "")), text.count(MARK)

    both = (f"{_TABLE}table-row", f"{_TABLE}table-cell")
    return _units(content, (f"{_TEXT}p", f"{_TEXT}h"), both, words, lambda one: one.tag == f"{_TEXT}h", notes)


def _units(
    body: Any,
    paragraph: str | tuple[str, ...],
    row_and_cell: tuple[str, str],
    words: Callable[[Any], Paragraph],
    is_head: Callable[[Any], bool],
    notes: Sequence[Paragraph],
) -> tuple[Unit, ...]:
    """The paragraphs of a text in order, those of its notes, and its rows."""
    kinds = (paragraph,) if isinstance(paragraph, str) else paragraph
    units: list[Unit] = []
    numbers: dict[Any, int] = {}
    under = ""
    for one in body.iter(*kinds):
        text, marks = words(one)
        under = text if text and is_head(one) else under
        number = numbers[one] = len(units)
        units.append(Unit((text,), place=Place(paragraph=number + 1, under=under), marks=marks, of=(number,)))
    for count, (text, _) in enumerate((note for note in notes if note[0]), 1):
        units.append(Unit((text,), place=Place(note=count), of=(len(units),), inside=True))
    return (*units, *_rows(body, kinds, row_and_cell, units, numbers))


def _rows(
    body: Any, kinds: Collection[str], row_and_cell: tuple[str, str], units: Sequence[Unit], numbers: dict[Any, int]
) -> Iterator[Unit]:
    row_name, cell_name = row_and_cell
    for row in body.iter(row_name):
        cells = [[numbers[one] for one in cell.iter(*kinds)] for cell in row.iter(cell_name)]
        of = tuple(number for cell in cells for number in cell)
        if of:
            texts = tuple(folded(" ".join(units[number].text for number in cell)) for cell in cells)
            yield Unit(texts, place=units[of[0]].place, marks=sum(units[number].marks for number in of), of=of)


def _name_in_word(style: Any) -> str:
    name = style.find(f"{_W}name")
    return "" if name is None else name.get(f"{_W}val", "")


def _is_raised(properties: Any) -> bool:
    place = None if properties is None else properties.find(f"{_W}vertAlign")
    return place is not None and place.get(f"{_W}val") == "superscript"


def _style_of(run: Any) -> str:
    style = run.find(f"{_W}rPr/{_W}rStyle")
    return "" if style is None else style.get(f"{_W}val", "")


def _run_text(run: Any) -> str:
    return "".join(_WORD_SIGNS.get(one.tag, one.text or "") for one in run.iter(*_WORD_TEXT))


def _unread_spans(styles: Sequence[Any]) -> tuple[set[str], set[str]]:
    """The names of styles of words that are no part of a passage, and of raised ones, with those made of these."""
    unread: set[str] = set()
    raised: set[str] = set()
    for style in styles:
        name, parent = style.get(f"{_STYLE}name", ""), style.get(f"{_STYLE}parent-style-name")
        properties = style.find(f"{_STYLE}text-properties")
        if properties is not None and (properties.get(f"{_STYLE}text-position") or "").startswith("super"):
            raised.add(name)
        elif style.get(f"{_STYLE}display-name", name) in UNREAD or parent in unread:
            unread.add(name)
        elif parent in raised:
            raised.add(name)
    return unread, raised


def _replace(element: Any, text: str) -> None:
    """Puts text in the place of an element, and leaves what follows it."""
    before, parent = element.getprevious(), element.getparent()
    tail = text + (element.tail or "")
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)
