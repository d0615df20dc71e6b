"""Which lines of a PDF are headings: larger, bold, in a type of their own, or in capitals."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from briefgen.readers.pdf.lines import PdfLine

ENDS = re.compile(r"[.!?…:。！？؟।][\"'”’»)\]]*\s*\d{0,3}$")
"""How a line ends that ends a sentence; a note's mark may follow."""

LARGER, SMALLER = 1.12, 0.92
"""The size of a heading and of small print, compared with the text's."""

_MOST_WORDS = 12
_SHARE = 0.8
"""Words of one line of a heading; the share of lines in a type of their own that must look like headings for it to be
a type of headings."""


class Styles(Struct, frozen=True):
    """The size of the text, the level of each style of headings, and the types in which only headings are set."""

    size: float
    levels: Mapping[float, int]
    fonts: frozenset[str]

    def level(self, line: PdfLine) -> int:
        """The level of a heading, from 1; 0 for a line that is none."""
        level = self.levels.get(_style(line), 0)
        if level:
            return level
        named = line.font in self.fonts or line.text.isupper()
        return (
            min(len(self.levels) + 1, 6) if named and _looks_like_one(line) and line.size >= SMALLER * self.size else 0
        )


def styles_of(lines: Sequence[PdfLine]) -> Styles:
    """The styles of a document's lines."""
    size = text_size(lines)
    return Styles(size, _levels(lines, size), _fonts(lines, size))


def text_size(lines: Sequence[PdfLine]) -> float:
    """The size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def _style(line: PdfLine) -> float:
    """A line's size, bold a little larger, so that sizes order headings."""
    return line.size + (0.05 if line.bold else 0.0)


def _levels(lines: Sequence[PdfLine], size: float) -> dict[float, int]:
    """The level of each style that headings are set in: larger than the text, or bold where the text is not."""
    body_bold = sum(len(line.text) for line in lines if line.bold) * 2 > sum(len(line.text) for line in lines)
    styles = {
        _style(line)
        for line in lines
        if line.size > LARGER * size or (line.bold and not body_bold and line.size >= 0.98 * size)
    }
    return {style: min(level, 6) for level, style in enumerate(sorted(styles, reverse=True), 1)}


def _fonts(lines: Sequence[PdfLine], size: float) -> frozenset[str]:
    """The types, other than the text's own, in which two lines or more are set and nearly all look like headings."""
    by_font: defaultdict[str, list[PdfLine]] = defaultdict(list)
    for line in lines:
        if line.font and line.size >= 0.98 * size:
            by_font[line.font].append(line)
    body = max(by_font, key=lambda font: (sum(len(line.text) for line in by_font[font]), font), default="")
    return frozenset(
        font
        for font, found in by_font.items()
        if font != body and len(found) > 1 and sum(map(_looks_like_one, found)) >= _SHARE * len(found)
    )


def _looks_like_one(line: PdfLine) -> bool:
    first = line.text[0]
    begins = first.isupper() or first.isdigit()
    words = line.text.split()
    named = any(len(word) > 2 and word[:2].isalpha() for word in words)
    return begins and named and len(words) <= _MOST_WORDS and not ENDS.search(line.text)
