"""What stands on a page beside its text: running heads and feet, page numbers, footnotes."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from briefgen.readers.pdf.lines import PdfLine, PdfPage

_NUMBER = re.compile(r"^\W*(?:p(?:age|\.)?\s*)?(?:\d{1,6}|[ivxlcdm]{1,7})(?:\s*(?:/|of)\s*\d{1,6})?\W*$", re.IGNORECASE)
_EDGE, _APART = 3, 1.15
"""Lines at a page's top and bottom among which running heads are looked for, and how far from the text they stand,
compared with the usual distance of lines."""

_SHARE = 0.2
_SMALL = 0.92
"""The share of pages on which a running head returns, and the size of a footnote compared with the text."""

_FEWEST, _PLACE, _SHORT, _LONGEST_HEAD = 3, 4, 7, 12
"""Pages on which a line stands at one place that is not at the page's edge; how exact that place is, in points; the
most words of such a line, and of a head that stands where those of other pages do."""

_NOTE = re.compile(r"^(\d{1,3}|[*†‡§])(?:[.)\]]?\s+|(?=[^\W\d_]))(?=\S)")


def running(pages: Sequence[PdfPage]) -> dict[int, str]:
    """The lines, by their offset, that are no part of the text, each with the reason."""
    edges = [(page, line) for page in pages for line in _edge_lines(page)]
    returns = Counter(
        _form(line) for _, line in {(page.number, _form(line)): (page, line) for page, line in edges}.values()
    )
    least = max(2, round(_SHARE * len(pages)))
    found = {line.start: "turned type" for page in pages for line in page.lines if line.turned}
    found |= _standing(pages)
    for _, line in edges:
        if _NUMBER.match(line.text):
            found[line.start] = "page number"
        elif len(pages) > 1 and returns[_form(line)] >= least:
            found[line.start] = "running head"
    heights = {_height(line) for _, line in edges if found.get(line.start) == "running head"}
    for page, line in edges:
        outermost = line.baseline in (max(_baselines(page)), min(_baselines(page)))
        if outermost and _height(line) in heights and len(line.text.split()) <= _LONGEST_HEAD:
            found.setdefault(line.start, "running head")
    return found


def _baselines(page: PdfPage) -> list[float]:
    return [line.baseline for line in page.lines]


def _height(line: PdfLine) -> tuple[int, float]:
    """How high a line stands, and its size: left and right pages have heads of their own in one place."""
    return round(line.baseline / _PLACE), line.size


def _standing(pages: Sequence[PdfPage]) -> dict[int, str]:
    """The short lines, by their offset, whose words but for figures stand at one place of many pages."""
    places: defaultdict[tuple[str, int, int], list[PdfLine]] = defaultdict(list)
    for page in pages:
        for line in page.lines:
            if len(line.text.split()) <= _SHORT:
                places[_form(line), round(line.left / _PLACE), round(line.baseline / _PLACE)].append(line)
    least = max(_FEWEST, round(_SHARE * len(pages)))
    return {line.start: "running head" for lines in places.values() if len(lines) >= least for line in lines}


def footnotes(page: PdfPage, size: float, left_out: dict[int, str]) -> tuple[PdfLine, ...]:
    """The lines of smaller type at the page's foot, from the first that begins with a note's mark on."""
    low = [
        line
        for line in page.lines
        if line.size < _SMALL * size and line.baseline < 0.5 * page.height and line.start not in left_out
    ]
    first = next((index for index, line in enumerate(low) if _NOTE.match(line.text)), None)
    if first is None:
        return ()
    body = [line.baseline for line in page.lines if line.size >= _SMALL * size and line.start not in left_out]
    return tuple(line for line in low[first:] if not body or line.baseline < min(body))


def note_mark(line: PdfLine) -> str:
    """The mark with which a footnote's line begins; empty where it begins with none."""
    found = _NOTE.match(line.text)
    return found[1] if found else ""


def without_mark(text: str) -> str:
    return _NOTE.sub("", text, count=1)


def _edge_lines(page: PdfPage) -> list[PdfLine]:
    """The lines at the page's top and bottom that stand apart from its text, or are set smaller or larger."""
    downwards = sorted(page.lines, key=lambda line: -line.baseline)
    steps = [above.baseline - below.baseline for above, below in pairwise(downwards)]
    usual = median(step for step in steps if step > 1) if any(step > 1 for step in steps) else 0.0
    return [*_outer(downwards, usual), *_outer(downwards[::-1], usual)]


def _outer(inwards: Sequence[PdfLine], usual: float) -> Sequence[PdfLine]:
    """The first of a page's lines, from its edge inwards, up to the last gap within reach."""
    gaps = [
        count
        for count, (outer, inner) in enumerate(pairwise(inwards[: _EDGE + 1]), 1)
        if abs(outer.baseline - inner.baseline) > _APART * usual or outer.size != inner.size
    ]
    return inwards[: max(gaps, default=len(inwards) if len(inwards) <= 1 else 0)]


def _form(line: PdfLine) -> str:
    """What a running head keeps from page to page: its words but for figures."""
    return re.sub(r"\d+|\b[ivxlc]+\b", "#", line.text.lower())
