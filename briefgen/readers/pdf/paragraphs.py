"""From lines to passages: paragraphs, headings, list items and captions, over line, column and page ends."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct

from briefgen.model import BlockKind
from briefgen.readers.pdf.headings import ENDS, SMALLER, Styles
from briefgen.readers.pdf.lines import PdfLine

_SIGNS = "•‣◦▪▫■□●○·►▶▸➢➤→❖◆◇✓✔✗\ue000-\uf8ff"
"""What begins items and no line of prose, as a dash may; fonts of signs use Unicode's private letters."""

_BULLET = re.compile(rf"^(?:[{_SIGNS}–—*-]|\(?(?:\d{{1,2}}|[a-z])[.)])\s+(?=\S)")
_SURE = re.compile(rf"[{_SIGNS}]")
_CAPTION = re.compile(r"^(?:fig(?:ure|\.)|table|chart|map|box|photo|plate)\s*\d+[a-z]?\b", re.IGNORECASE)
_HYPHEN = re.compile(r"[-\u00ad\u2010\ufffe\x02]$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST_HEADING, _LONGEST_TITLE = 30, 12
_APART, _HEADING_STEP = 1.35, 2.2
"""Words of a heading, and of one that ends like a sentence; the distance of two lines, compared with the usual one,
that parts paragraphs, and, compared with their size, that parts headings."""


class Passage(Struct, frozen=True):
    """A stretch of lines that belong together."""

    kind: BlockKind
    lines: tuple[PdfLine, ...]
    level: int = 0


def passages(lines: Sequence[PdfLine], styles: Styles) -> tuple[Passage, ...]:
    """The passages of a document's lines, which are in reading order, running heads and notes taken out."""
    usual = _usual_step(lines)
    edges = _right_edges(lines)
    groups: list[list[PdfLine]] = []
    for line in lines:
        previous = groups[-1][-1] if groups else None
        if previous is None or _begins(previous, line, usual, edges, styles):
            groups.append([line])
        else:
            groups[-1].append(line)
    return tuple(_passage(group, styles) for group in groups)


def joined(lines: Sequence[PdfLine], words: frozenset[str]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The text of lines as one, and the note marks taken out of it: offset and mark.

    A hyphen at a line's end goes where the whole word stands elsewhere among `words`, or where no hyphenated one does
    and the next line goes on in lower case; otherwise it stays.
    """
    text = ""
    marks: list[tuple[int, str]] = []
    for line in lines:
        piece, raised = _without_raised(line)
        if text and _HYPHEN.search(text):
            text = _mended(text, piece, words)
        elif text:
            text += " "
        marks += [(len(text) + offset, mark) for offset, mark in raised]
        text += piece
    return text, tuple(marks)


def words_of(lines: Sequence[PdfLine]) -> frozenset[str]:
    """The words of the document in lower case, without those that a line's end may have broken."""
    return frozenset(word.lower() for line in lines for word in _WORD.findall(line.text)[1:-1])


def without_bullet(text: str) -> str:
    return _BULLET.sub("", text, count=1)


def _without_raised(line: PdfLine) -> tuple[str, list[tuple[int, str]]]:
    text, marks = line.text, []
    taken = 0
    for offset, mark in line.raised:
        at = offset - taken
        text = text[:at] + text[at + len(mark) :]
        marks.append((at, mark))
        taken += len(mark)
    return text, marks


def _mended(text: str, following: str, words: frozenset[str]) -> str:
    """`text`, whose last character is a hyphen, as it goes on with `following`."""
    bare = text[:-1]
    head = re.search(r"[^\W\d_]+$", bare)
    tail = re.match(r"[^\W\d_]+", following)
    if not head or not tail:
        return bare + "-"
    whole, parted = (head[0] + tail[0]).lower(), f"{head[0]}-{tail[0]}".lower()
    keeps = whole not in words and (parted in words or not tail[0][0].islower())
    return bare + ("-" if keeps else "")


def _passage(group: Sequence[PdfLine], styles: Styles) -> Passage:
    first = group[0]
    level = styles.level(first)
    words = sum(len(line.text.split()) for line in group)
    if level and words <= (_LONGEST_TITLE if group[-1].text.endswith(".") else _LONGEST_HEADING):
        return Passage("heading", tuple(group), level)
    if _CAPTION.match(first.text) and (first.size < SMALLER * styles.size or len(group) <= 3):
        return Passage("caption", tuple(group))
    return Passage("item", tuple(group), 1) if _BULLET.match(first.text) else Passage("paragraph", tuple(group))


def _begins(
    previous: PdfLine, line: PdfLine, usual: float, edges: Mapping[tuple[int, int], float], styles: Styles
) -> bool:
    """Whether a line begins a passage of its own."""
    level = styles.level(line)
    if styles.level(previous) != level:
        return True
    if level and previous.page == line.page:
        return not 0 < previous.baseline - line.baseline < _HEADING_STEP * line.size
    if abs(previous.size - line.size) > 0.12 * max(previous.size, line.size):
        return True
    ends = bool(ENDS.search(previous.text))
    if line.page != previous.page or line.baseline > previous.baseline:
        return ends or bool(level)
    if previous.baseline - line.baseline > _APART * usual:
        return True
    short = previous.right < edges[_column(previous)] - 0.12 * (edges[_column(previous)] - previous.left)
    if _BULLET.match(line.text):
        return ends or short or bool(_SURE.match(line.text))
    indented = line.left > previous.left + 0.6 * line.size
    return ends and (short or indented)


def _usual_step(lines: Sequence[PdfLine]) -> float:
    """The distance from a line to the next below it."""
    steps = [
        above.baseline - below.baseline
        for above, below in pairwise(lines)
        if above.page == below.page and 0 < above.baseline - below.baseline < 4 * above.size
    ]
    return median(steps) if steps else 1e9


def _column(line: PdfLine) -> tuple[int, int]:
    return line.page, round(line.left / 60)


def _right_edges(lines: Sequence[PdfLine]) -> dict[tuple[int, int], float]:
    """How far the lines of each column reach; an indent of less than 60 points is the same column."""
    edges: dict[tuple[int, int], float] = {}
    for line in lines:
        edges[_column(line)] = max(edges.get(_column(line), 0.0), line.right)
    return edges
