"""How wide and high text is, measured with the theme font's advance widths: the same on every machine.

Widths are taken 2% wider than the font says, because programs round glyph positions and kern differently.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files

from briefgen.renderers.deck.linebreaks import SOFT_HYPHEN, is_unspaced, may_end, pieces
from briefgen.renderers.deck.shapes import DIRECTIONS, GLUED_CUT, Paragraph, TextRun

LINE_HEIGHT = 1.22  # em; ascent, descent and line gap of Calibri
ALLOWANCE = 1.02
BLANKS = " \t\n\r"  # all written as a blank, and not drawn at the end of a line
ROUNDING = 1e-6  # inches
CUT_FROM = 600  # characters: more than any place that text is cut for holds
NOT_ADVANCING = ("Mn", "Me", "Cf")  # marks over and under letters, joiners, blanks of no width
RAISED = 2 / 3  # the size of superscripts


@cache
def _advances() -> tuple[dict[str, float], dict[str, float]]:
    table = json.loads((files("briefgen.renderers.deck") / "widths.json").read_text(encoding="utf-8"))
    regular, bold = (
        {char: int(width) / table["units"] for width, chars in table[style].items() for char in chars}
        for style in ("regular", "bold")
    )
    return regular, bold


@lru_cache(maxsize=65536)
def _ems(text: str, bold: bool) -> float:
    widths = _advances()[bold]
    text = DIRECTIONS.sub("", text).replace("\u00a0", " ")
    return sum(widths[char] if char in widths else _unknown(char) for char in text) * ALLOWANCE


def _unknown(char: str) -> float:
    """The width, in em, of a character that the table has not."""
    if char != SOFT_HYPHEN and unicodedata.category(char) in NOT_ADVANCING:
        return 0.0
    return 1.0 if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0xFFFF else 0.6


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of `text` on one line, in inches, at `size` points."""
    return _ems(text, bold) * size / 72


def line_height(size: float) -> float:
    """The height of one line of type of `size` points, in inches."""
    return LINE_HEIGHT * size / 72


@lru_cache(maxsize=4096)
def _pieces(text: str, bold: bool) -> tuple[tuple[float, float, bool], ...]:
    """Unbreakable pieces as (em without trailing blanks, em, a line may end after it)."""
    *found, last = pieces(text) or [""]
    made = [(_ems(piece.rstrip(BLANKS), bold), _ems(piece, bold), True) for piece in found]
    return (*made, (_ems(last.rstrip(BLANKS), bold), _ems(last, bold), may_end(last)))


def _link(run: TextRun) -> tuple[tuple[float, float, bool], ...]:
    """A link as one piece: some programs never break a line inside one."""
    bare = run.text.rstrip(" ")
    return ((_ems(bare, run.bold), _ems(run.text, run.bold), bare != run.text),)


def _words(runs: Iterable[TextRun], size: float) -> Iterator[tuple[float, float]]:
    """Pieces joined over run borders where no line may end, as (inches without trailing blanks, inches)."""
    bare = full = 0.0
    for run in runs:
        inch = (run.size or size) * (RAISED if run.raised else 1.0) / 72
        for piece_bare, piece_full, ends in _link(run) if run.url else _pieces(run.text, run.bold):
            bare = full + piece_bare * inch
            full += piece_full * inch
            if ends:
                yield bare, full
                bare = full = 0.0
    if full:
        yield bare, full


def lines(runs: Iterable[TextRun], size: float, room: float) -> int:
    """How many lines `runs` take in `room` inches; an empty text takes one. Longer words break anywhere."""
    count, used = 1, 0.0
    for bare, full in _words(runs, size):
        if used and used + bare > room + ROUNDING:
            count, used = count + 1, 0.0
        if bare > room + ROUNDING and room > 0:
            more = int(bare / room)
            count, used = count + more, bare - more * room
        else:
            used += full
    return count


def height(paragraphs: Iterable[Paragraph], room: float) -> float:
    """The height of `paragraphs` set in `room` inches; the space before the first one counts nothing."""
    total = 0.0
    for number, paragraph in enumerate(paragraphs):
        size = max([paragraph.size, *(run.size or 0.0 for run in paragraph.runs)])
        total += lines(paragraph.runs, paragraph.size, room - paragraph.hang) * line_height(size)
        total += paragraph.before / 72 if number else 0.0
    return total


def cut(text: str, size: float, room: float, most: int = 1, *, bold: bool = False) -> str:
    """`text`, or as many of its words as fit `most` lines with an ellipsis after them.

    A word that no line holds, and one of a script without blanks between words, is cut after one of its letters.
    """

    def fits(shown: str) -> bool:
        return lines((TextRun(shown, bold),), size, room) <= most

    if fits(text):
        return text
    words = text[:CUT_FROM].split(" ")
    count = len(words)
    while count > 0 and not fits(" ".join(words[:count]) + GLUED_CUT):
        count -= 1
    start = "".join(f"{word} " for word in words[:count])
    part = words[count] if count < len(words) else ""
    if count and not is_unspaced(part) and width(part, size, bold=bold) <= room:
        part = ""
    while len(part) > 1 and not fits(start + part + GLUED_CUT):
        part = _shorter(part)
    shown = start + part if len(part) > 1 or not start else start
    return shown.removesuffix(" ") + GLUED_CUT


def _shorter(word: str) -> str:
    """`word` without its last letter and the marks on it."""
    end = len(word) - 1
    while end > 1 and unicodedata.category(word[end]) in NOT_ADVANCING:
        end -= 1
    return word[:end]


def widest_word(runs: Iterable[TextRun], size: float) -> float:
    """The width of the longest piece that cannot be broken, in inches."""
    return max((bare for bare, _ in _words(runs, size)), default=0.0)


def natural_width(runs: Iterable[TextRun], size: float) -> float:
    """The width of `runs` on one line, in inches."""
    return sum(full for _, full in _words(runs, size))
