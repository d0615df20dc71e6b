"""How high a handout of one page is in print, estimated from the sizes that the style sheet gives such pages.

All lengths are points. The sizes are those of `.one-page` in `handout.css`, and letters are as wide as in Carlito; a
wider font that stands in for it needs more room than is told here.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil

from briefgen.model import Brief, plain
from briefgen.renderers.days import date_words
from briefgen.renderers.handout.printed import PrintedBlock, PrintedSection, Said, Sheet, pieces

_PAGES = {"a4": (595.3, 841.9), "us-letter": (612.0, 792.0)}
_ACROSS, _DOWN = 2 * 36.9, 2 * 34.0
"""Margins of a page: both sides, and top and bottom."""
_SPARE = 0.97
"""How much of the page is filled at most, since lines may break otherwise than was estimated."""
_BODY, _LINE, _NOTE, _NOTE_LINE = 9.0, 11.25, 7.0, 8.4
_HEAD, _SUBHEAD, _ROW, _PARAGRAPH, _ITEM = 22.5, 16.0, 4.5, 2.0, 1.5
_WRITING = 15.0
_BETWEEN, _UNEVEN = 16.0, 70.0
"""The space between two columns, and how much longer one of them is."""
_RAGGED = 1.035
"""How much longer a text is for the room at the ends of its lines."""
_READING = 300
"""Letters, about, of the lines on how to read the sheet."""
_WIDTHS = {
    **dict.fromkeys("iljI.,:;'’|!()[]ftr-", 0.29),
    " ": 0.226,
    **dict.fromkeys("mwMW%@—…", 0.81),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZ&", 0.58),
}


def room(paper: str) -> float:
    """How high the matter of one page may be."""
    return (_PAGES[paper][1] - _DOWN) * _SPARE


def height(sheet: Sheet, brief: Brief, footnotes: bool = False) -> float:
    """How high the whole handout is on one page as long as it needs; `footnotes` stand in one column, not in two."""
    page = _PAGES[brief.handout.paper][0] - _ACROSS
    columns = 2 if brief.handout.two_columns else 1
    wide = (page - _BETWEEN * (columns - 1)) / columns
    beside = 3 - columns
    parts = [_objectives(brief, wide), *(_section(section, sheet, wide) for section in sheet.sections)]
    if sheet.conflicts:
        parts += [_HEAD, *(_SUBHEAD + _items(conflict.said, wide, sheet) for conflict in sheet.conflicts)]
    parts += [_HEAD + _block(block, wide, sheet) for block in sheet.appendix]
    parts.append(_quiz(sheet, wide))
    if sheet.answers:
        parts.append(_HEAD + (len(sheet.answers) + 1) * (_LINE + _ROW))
    parts.append(_small((plain(note.runs) for note in sheet.notes), wide, 1 if footnotes else beside, 4))
    parts.append(_small((plain(entry.runs) for entry in sheet.sources), wide, beside))
    parts += [_small((plain(entry.runs) for entry in works.entries), wide, beside) for works in sheet.cited]
    parts.append(_lines(sheet.left_out, _BODY, wide) * _LINE + _PARAGRAPH if sheet.left_out else 0)
    return _front(brief, page) + sum(parts) / columns + (_UNEVEN if columns > 1 else 0)


def _front(brief: Brief, wide: float) -> float:
    matter = any((brief.course, brief.author, date_words(brief.date)))
    banner = 10 + 18 * _lines(brief.title, 15.0, wide - 18) + 14 * bool(brief.subtitle) + 13 * matter + 5
    return banner + ceil(_READING * 0.47 * _NOTE / wide) * _NOTE_LINE + _PARAGRAPH


def _objectives(brief: Brief, wide: float) -> float:
    listed = sum(_lines(one, _BODY, wide - 16) * _LINE + _ITEM for one in brief.objectives)
    return listed + _HEAD if brief.objectives else 0


def _section(section: PrintedSection, sheet: Sheet, wide: float) -> float:
    question = _LINE + _PARAGRAPH if section.question else 0
    talk = (_LINE + 12 if section.points or section.minutes else 0) + _items(section.points, wide, sheet)
    lead = sum(_paragraph(said, wide - 8, sheet) for said in section.lead)
    space = section.lines * _WRITING + (_LINE if section.lines else 0)
    return _HEAD + question + talk + lead + space + sum(_block(block, wide, sheet) for block in section.blocks)


def _block(block: PrintedBlock, wide: float, sheet: Sheet) -> float:
    rows = [[said for said in row if said] for row in block.rows]
    head = _SUBHEAD * bool(block.title)
    flat = [said for row in rows for said in row]
    if block.kind in {"timeline", "people", "glossary", "chart"}:
        first = 80.0 if block.kind == "timeline" else 96.0
        heights = [sum(_paragraph(said, wide - first - 20, sheet) for said in row) + _ROW for row in rows]
        ties = [_across((one.who, one.word, one.of, plain(one.said.runs)), wide) for one in block.ties]
        heads = (_LINE + _ROW) * (bool(rows) + bool(ties))
        return head + heads + sum(heights) + sum(ties) + 7
    if block.kind == "table":
        return head + _LINE + _ROW + sum(_across(cells, wide) for cells in block.cells) + 7
    if block.kind == "compare":
        sides = [max((_paragraph(said, wide / 2 - 10, sheet) for said in row), default=0) + _ROW for row in rows]
        return head + _LINE + _ROW + sum(sides) + 7
    if block.kind == "questions":
        lines = 0.0 if sheet.edition == "instructor" else _WRITING
        return head + sum(_lines(one, _BODY, wide - 16) * _LINE + lines + 4 for one in block.questions) + 5
    if block.image:
        shown = block.image.picture
        return head + min(170.0, shown.height * wide / max(1, shown.width)) + 2 * _LINE + 10 + _items(flat, wide, sheet)
    frame = {"quotation": 14 + _LINE * len(rows), "prose": 14 + _LINE}.get(block.kind, 5)
    return head + frame + _items(flat, wide - (16 if frame > 5 else 0), sheet)


def _quiz(sheet: Sheet, wide: float) -> float:
    """The questions made from statements; the proofs of a key are about as long as what is asked."""
    texts = [(one.ask, *one.stem, *one.options, *(proof.passage for proof in one.proofs)) for one in sheet.quiz]
    lines = sum(_lines(text, _BODY, wide - 30) for some in texts for text in some if text)
    return _HEAD + lines * (_LINE + _ITEM) + 2 * _LINE * len(texts) if texts else 0


def _items(some: Iterable[Said], wide: float, sheet: Sheet) -> float:
    return sum(_paragraph(said, wide - 16, sheet) - _PARAGRAPH + _ITEM for said in some)


def _across(cells: Sequence[str], wide: float) -> float:
    """A table row, the columns of which share the width by what they hold."""
    text = sum(_width(cell) * _BODY for cell in cells) * 1.25
    return max(1, ceil(text / (wide - 10 * len(cells)))) * _LINE + _ROW


def _paragraph(said: Said, wide: float, sheet: Sheet) -> float:
    blanks = 0.6 * sum(gap.end - gap.start for gap in said.gaps) if sheet.edition == "student" else 0
    shown = "".join(run.text for run, gap in pieces(said))
    marks = 0.3 * len(said.marks) * 4 + (4.0 if said.slides else 0)
    text = _width(shown) + blanks + marks + (8.0 if said.own else 0)
    return max(1, ceil(text * _BODY * _RAGGED / wide)) * _LINE + _PARAGRAPH


def _small(texts: Iterable[str], wide: float, columns: int, number: float = 0) -> float:
    """A list in columns of small type, with its heading."""
    lines = [_lines(text, _NOTE, wide / columns - 8, number * 0.5) for text in texts]
    uneven = max(lines, default=0) / 3 * (columns - 1)
    return 20.0 + (sum(lines) / columns + uneven) * _NOTE_LINE + len(lines) * 1.5 / columns if lines else 0


def _lines(text: str, size: float, wide: float, more: float = 0) -> int:
    return max(1, ceil((_width(text) + more) * size * _RAGGED / wide))


@lru_cache(8192)
def _width(text: str) -> float:
    """The width of a text in em."""
    return sum(_WIDTHS.get(char, 0.5) if ord(char) < 0x2E80 else 1.0 for char in text)
