"""What a tagged PDF says to a screen reader: its paragraphs, list items and table cells, page by page."""

import ctypes
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from briefgen.problems import Location, Problem, error
from briefgen.userfiles import read_bytes

ASIDE = frozenset({"Note", "FENote", "Lbl", "Artifact"})
"""What is not said where it stands: notes, and the marks that lead to them or count items."""
WORDS = frozenset({"P", "LBody", "TD", "TH", "Caption", "BlockQuote", "H1", "H2", "H3"})
"""Elements whose words belong together."""
_RAISED = 0.75
"""Words smaller than this share of the largest beside them are marks of notes, not words of the sentence."""
_DEEPEST = 100
"""Elements nested deeper are left out: no document needs them."""
_LINE_END_HYPHEN = {2: "-", 0xFFFE: "-"}
"""How pdfium gives a hyphen at the end of a line, where it cannot tell whether it belongs to the word."""


class Words(Struct, frozen=True):
    """A stretch of one size, in points."""

    text: str
    size: float


class Element(Struct, frozen=True):
    """An element of the tag tree, by its standard kind, with what it holds in reading order."""

    kind: str
    holds: tuple["Element | Words", ...]

    @property
    def text(self) -> str:
        """Its words without notes and their marks, a space between blocks; not folded."""
        said = list(_said(self))
        largest = max((one.size for one in said), default=0.0)
        return "".join(one.text for one in said if one.size == 0 or one.size >= _RAISED * largest)

    def inner(self) -> Iterator["Element"]:
        """The element and all in it, in order."""
        yield self
        for one in self.holds:
            if isinstance(one, Element) and one.kind not in ASIDE:
                yield from one.inner()


def _said(element: Element) -> Iterator[Words]:
    for one in element.holds:
        if isinstance(one, Words):
            yield one
        elif one.kind not in ASIDE:
            block = [Words(" ", 0)] if one.kind in WORDS else []
            yield from (*block, *_said(one), *block)


def read_tagged(path: Path) -> tuple[Element, ...] | Problem:
    """The tag tree of each page, as an element that holds the page; or the problem that keeps it from being read."""
    import pypdfium2

    where = Location(str(path))
    try:
        document = pypdfium2.PdfDocument(read_bytes(path))
    except (OSError, pypdfium2.PdfiumError) as fault:
        return error(f"this is no handout that can be read: {fault}", "is it a .pdf file?", where)
    try:
        pages = tuple(_page(document[number]) for number in range(len(document)))
    except pypdfium2.PdfiumError as fault:
        return error(f"this PDF is damaged: {fault}", "build it again", where)
    finally:
        document.close()
    if not any(page.holds for page in pages):
        hint = "was it printed to a new PDF? verify the file that `briefgen build` wrote"
        return error("this PDF has no tags that tell its paragraphs", hint, where)
    return pages


def _page(page: Any) -> Element:
    import pypdfium2.raw as pdfium

    words = _words(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return Element("Page", ())
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        roots = (pdfium.FPDF_StructTree_GetChildAtIndex(tree, number) for number in range(count))
        return Element("Page", tuple(_element(root, words, 0) for root in roots if root))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _element(element: Any, words: dict[int, list[Words]], depth: int) -> Element:
    import pypdfium2.raw as pdfium

    holds: list[Element | Words] = []
    for number in range(pdfium.FPDF_StructElement_CountChildren(element) if depth < _DEEPEST else 0):
        content = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, number)
        if content >= 0:
            holds += words.get(content, ())
        elif child := pdfium.FPDF_StructElement_GetChildAtIndex(element, number):
            holds.append(_element(child, words, depth + 1))
    return Element(_kind(element), tuple(holds))


def _kind(element: Any) -> str:
    import pypdfium2.raw as pdfium

    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return _decoded(buffer, size)


def _words(page: Any) -> dict[int, list[Words]]:
    """The words of a page by the number of their marked content, the ends of lines as spaces."""
    import pypdfium2.raw as pdfium

    text = page.get_textpage()
    found: dict[int, list[Words]] = {}
    drawn: dict[int, tuple[int, float]] = {}
    shown, letters = (-1, 0.0), ""
    for number in range(text.count_chars()):
        char = pdfium.FPDFText_GetUnicode(text, number)
        one = pdfium.FPDFText_GetTextObject(text, number)
        if one and (here := _place(one, drawn)) != shown:
            found.setdefault(shown[0], []).append(Words(letters, shown[1]))
            shown, letters = here, ""
        letters += _LINE_END_HYPHEN.get(char) or (" " if char < 32 else chr(char))
    found.setdefault(shown[0], []).append(Words(letters, shown[1]))
    return found


def _place(one: Any, known: dict[int, tuple[int, float]]) -> tuple[int, float]:
    """The number of the marked content that a text object belongs to, and its size."""
    import pypdfium2.raw as pdfium

    key = ctypes.cast(one, ctypes.c_void_p).value or 0
    if key not in known:
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(one, size)
        known[key] = (pdfium.FPDFPageObj_GetMarkedContentID(one), abs(size.value))
    return known[key]


def _decoded(buffer: Any, size: int) -> str:
    """A text of pdfium: UTF-16 with a zero at its end."""
    return bytes(buffer.raw[: max(size - 2, 0)]).decode("utf-16-le", "replace")


def rows_of(element: Element) -> Iterator[Sequence[Element]]:
    """The cells of each table row in an element."""
    for one in element.inner():
        if one.kind == "TR":
            yield [cell for cell in one.holds if isinstance(cell, Element) and cell.kind in ("TD", "TH")]
