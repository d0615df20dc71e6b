"""A PDF's pages as lines of text with their places: pdfium's text, and where each line begins and ends.

pdfium is not safe for several threads at once; a document is opened, read and closed here by one.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

_BREAK = re.compile(r"\r\n|\r|\n|(?<=\ufffe)")
"""Where a line ends; pdfium runs a line that ends in a hyphen into the next, with U+FFFE for the hyphen."""

_RAISED = re.compile(r"(?<=[^\W\d_]|[.,;:!?”\"’)\]])[0-9]{1,3}(?=\s|$|[.,;:!?”\"’)\]])")
_SMALLER = 0.85
"""The size of a raised figure, compared with its line, from which it is a note's mark."""

_BOLD = 600
_ROUNDING = 1.03
"""The font weight from which type is bold, and how much sizes that are meant to be one may differ."""

_INITIAL = 1.5
"""The size of a large initial, compared with its line."""

_LONGEST_NAME = 128
"""Bytes of a font's name that are looked at."""


class PdfLine(Struct, frozen=True):
    """A line of a page: `start` is its offset in the document's text; lengths are in points, the baseline's upwards.

    `font` names the type of a line that is set in one, else it is empty. `raised` are the figures in it that stand
    raised: offset in the line, and their text. A line is `turned` if it runs in another direction than most of its
    page.
    """

    page: int
    start: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    font: str = ""
    raised: tuple[tuple[int, str], ...] = ()
    turned: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class PdfPage(Struct, frozen=True):
    """A page's lines in pdfium's order, its height, and whether it has pictures. `number` counts from 1."""

    number: int
    height: float
    lines: tuple[PdfLine, ...]
    pictures: bool


class PdfText(Struct, frozen=True):
    """The document's text, in which pages are parted by a form feed, and its pages."""

    text: str
    pages: tuple[PdfPage, ...]


def pages_of(document: Any, most: int) -> PdfText:
    """The first `most` pages of an open document."""
    parts: list[str] = []
    pages: list[PdfPage] = []
    at = 0
    for number in range(min(len(document), most)):
        page = document[number]
        try:
            words = page.get_textpage()
            try:
                text = words.get_text_range()
                lines = _lines(words, text, number + 1, at)
            finally:
                words.close()
            pages.append(PdfPage(number + 1, page.get_height(), lines, _has_pictures(page)))
        finally:
            page.close()
        parts.append(text)
        at += len(text) + 1
    return PdfText("\f".join(parts), _evened(pages))


def _evened(pages: Sequence[PdfPage]) -> tuple[PdfPage, ...]:
    """The pages with sizes that differ by next to nothing, as scaling makes them, made one."""
    weights: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            weights[line.size] += len(line.text)
    even: dict[float, float] = {}
    group: list[float] = []
    for size in [*sorted(weights), float("inf")]:
        if group and size > group[0] * _ROUNDING:
            commonest = max(group, key=lambda one: weights[one])
            even.update(dict.fromkeys(group, commonest))
            group = []
        group.append(size)
    return tuple(
        replace(page, lines=tuple(replace(line, size=even[line.size]) for line in page.lines)) for page in pages
    )


def _has_pictures(page: Any) -> bool:
    import pypdfium2.raw as pdfium

    return any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2))


def _lines(words: Any, text: str, number: int, at: int) -> tuple[PdfLine, ...]:
    characters = _Characters(words, text)
    found: list[tuple[PdfLine, int]] = []
    start = 0
    for end, following in [*(cut.span() for cut in _BREAK.finditer(text)), (len(text), len(text))]:
        piece = text[start:end]
        bare = piece.strip()
        if bare:
            first = start + piece.index(bare)
            found.append(characters.line(first, first + len(bare), number, at))
        start = following
    lengths: Counter[int] = Counter()
    for line, direction in found:
        lengths[direction] += len(line.text)
    usual = max(lengths, key=lambda direction: lengths[direction], default=0)
    return tuple(replace(line, turned=True) if direction != usual else line for line, direction in found)


class _Characters:
    """How a page's characters are set, by their place in its text."""

    def __init__(self, words: Any, text: str) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._words = words
        self._text = text
        # A character beyond the first 65,536 is one of the text and two of pdfium's.
        self._places: Sequence[int] = range(len(text))
        if not text.isascii() and max(text, default="") > "\uffff":
            places, place = [], 0
            for character in text:
                places.append(place)
                place += 2 if character > "\uffff" else 1
            self._places = places

    def line(self, start: int, end: int, number: int, at: int) -> tuple[PdfLine, int]:
        """The line from `start` to `end`, and its direction in quarters of a turn.

        A line may begin with a large initial, in small capitals or in bold type: its size is the largest at five
        places, of which the first counts only if it is no initial, and it is bold if the others are.
        """
        text = self._text[start:end]
        letters = [offset for offset, letter in enumerate(text) if letter.isalnum()] or [0]
        first, *places = (start + letters[(len(letters) - 1) * part // 4] for part in range(5))
        size, direction = max(map(self._set, places))
        initial, _ = self._set(first)
        size = initial if size < initial < _INITIAL * size else size
        raised = tuple(
            (found.start(), found[0])
            for found in _RAISED.finditer(text)
            if self._set(start + found.start())[0] < _SMALLER * size
        )
        bold = all(self._weight(place) >= _BOLD for place in places)
        fonts = {self._font(place) for place in places}
        left, baseline = self._origin(start)
        right, font = self._right(end - 1), fonts.pop() if len(fonts) == 1 else ""
        return PdfLine(number, at + start, text, left, right, baseline, size, bold, font, raised), direction

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = ctypes.c_double(), ctypes.c_double()
        self._pdfium.FPDFText_GetCharOrigin(self._words, self._places[index], ctypes.byref(x), ctypes.byref(y))
        return x.value, y.value

    def _right(self, index: int) -> float:
        box = self._pdfium.FS_RECTF()
        self._pdfium.FPDFText_GetLooseCharBox(self._words, self._places[index], ctypes.byref(box))
        return float(max(box.left, box.right))

    def _font(self, index: int) -> str:
        name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
        self._pdfium.FPDFText_GetFontInfo(self._words, self._places[index], name, _LONGEST_NAME, ctypes.byref(flags))
        return name.value.decode("utf-8", "replace")

    def _weight(self, index: int) -> int:
        weight: int = self._pdfium.FPDFText_GetFontWeight(self._words, self._places[index])
        return weight

    def _set(self, index: int) -> tuple[float, int]:
        """The font's size as the page scales it, and the direction of the type in quarters of a turn."""
        scale = self._pdfium.FS_MATRIX()
        place = self._places[index]
        if not self._pdfium.FPDFText_GetMatrix(self._words, place, ctypes.byref(scale)):
            return 0.0, 0
        size: float = self._pdfium.FPDFText_GetFontSize(self._words, place)
        turn = round(math.atan2(scale.b, scale.a) / (math.pi / 2)) % 4
        return round(size * math.hypot(scale.c, scale.d), 1), turn
