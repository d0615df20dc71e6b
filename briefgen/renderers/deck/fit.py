"""How wide and high text is, measured with a font family's advance widths: the same on every machine.

Widths are taken 2% wider than the font says, because programs round glyph positions and kern differently.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

from msgspec import Struct

from briefgen.renderers.deck.fonts import CALIBRI, Font, font
from briefgen.renderers.deck.linebreaks import SOFT_HYPHEN, is_unspaced, may_end, pieces
from briefgen.renderers.deck.shapes import DIRECTIONS, GLUED_CUT, Paragraph, TextRun
from briefgen.renderers.scripts import line_of

ALLOWANCE = 1.02
BLANKS = " \t\n\r"  # all written as a blank, and not drawn at the end of a line
ROUNDING = 1e-6  # inches
CUT_FROM = 600  # characters: more than any place that text is cut for holds
NOT_ADVANCING = ("Mn", "Me", "Cf")  # marks over and under letters, joiners, blanks of no width
RAISED = 2 / 3  # the size of superscripts


class Face(Struct, frozen=True):
    """A font family as text is set in it. `caps` says that all letters are shown as capitals.

    All widths, heights and rooms are inches, all sizes points.
    """

    family: str = CALIBRI
    caps: bool = False

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of `text` on one line."""
        return _ems(self, text, bold) * size / 72

    def line_height(self, size: float) -> float:
        """The height of one line."""
        return font(self.family).line * size / 72

    def leading(self, runs: Iterable[TextRun], size: float) -> float:
        """The height of one line of `runs`, which letters of other scripts than Latin make higher."""
        return max(font(self.family).line, *(line_of(run.text) for run in runs), 0.0) * size / 72

    def lines_in(self, text: str, size: float, high: float) -> int:
        """How many lines of `text` a place of this height holds, one at least."""
        return max(1, int((high + ROUNDING) / self.leading((TextRun(text),), size)))

    def lines(self, runs: Iterable[TextRun], size: float, room: float) -> int:
        """How many lines `runs` take in `room`; an empty text takes one. Longer words break anywhere."""
        count, used = 1, 0.0
        for bare, full in _words(self, tuple(runs), size):
            if used and used + bare > room + ROUNDING:
                count, used = count + 1, 0.0
            if bare > room + ROUNDING and room > 0:
                more = int(bare / room)
                count, used = count + more, bare - more * room
            else:
                used += full
        return count

    def height(self, paragraphs: Iterable[Paragraph], room: float) -> float:
        """The height of `paragraphs` set in `room`; the space before the first one counts nothing."""
        total = 0.0
        for number, paragraph in enumerate(paragraphs):
            size = max([paragraph.size, *(run.size or 0.0 for run in paragraph.runs)])
            lines = self.lines(paragraph.runs, paragraph.size, room - paragraph.hang)
            total += lines * self.leading(paragraph.runs, size)
            total += paragraph.before / 72 if number else 0.0
        return total

    def cut(self, text: str, size: float, room: float, most: int = 1, *, bold: bool = False) -> str:
        """`text`, or as many of its words as fit `most` lines with an ellipsis after them.

        A word that no line holds, and one of a script without blanks between words, is cut after one of its letters.
        """

        def fits(shown: str) -> bool:
            return self.lines((TextRun(shown, bold),), size, room) <= most

        if fits(text):
            return text
        words = text[:CUT_FROM].split(" ")
        count = len(words)
        while count > 0 and not fits(" ".join(words[:count]) + GLUED_CUT):
            count -= 1
        start = "".join(f"{word} " for word in words[:count])
        part = words[count] if count < len(words) else ""
        if count and not is_unspaced(part) and self.width(part, size, bold=bold) <= room:
            part = ""
        while len(part) > 1 and not fits(start + part + GLUED_CUT):
            part = _shorter(part)
        shown = start + part if len(part) > 1 or not start else start
        return shown.removesuffix(" ") + GLUED_CUT

    def widest_word(self, runs: Iterable[TextRun], size: float) -> float:
        """The width of the longest piece that cannot be broken."""
        return max((bare for bare, _ in _words(self, tuple(runs), size)), default=0.0)

    def balanced(self, paragraphs: Sequence[Paragraph], wide: float) -> float:
        """The least width, from three quarters of `wide` on, at which paragraphs are no higher than in all of it: their
        last lines are then longest."""
        high = self.height(paragraphs, wide)
        steps = (wide * (100 - step) / 100 for step in range(1, 26))
        return min(takewhile(lambda one: self.height(paragraphs, one) <= high, steps), default=wide)

    def natural_width(self, runs: Iterable[TextRun], size: float) -> float:
        """The width of `runs` on one line."""
        return sum(full for _, full in _words(self, tuple(runs), size))


def _shorter(word: str) -> str:
    """`word` without its last letter and the marks on it."""
    end = len(word) - 1
    while end > 1 and unicodedata.category(word[end]) in NOT_ADVANCING:
        end -= 1
    return word[:end]


@lru_cache(maxsize=65536)
def _ems(face: Face, text: str, bold: bool) -> float:
    measures = font(face.family)
    widths = measures.bold if bold else measures.regular
    text = DIRECTIONS.sub("", text.upper() if face.caps else text).replace("\u00a0", " ")
    return sum(widths[char] if char in widths else _unknown(measures, char) for char in text) * ALLOWANCE


def _unknown(measures: Font, char: str) -> float:
    """The width, in em, of a character that the font has not, or that nobody has measured."""
    if char != SOFT_HYPHEN and unicodedata.category(char) in NOT_ADVANCING:
        return 0.0
    return 1.0 if unicodedata.east_asian_width(char) in "WF" or ord(char) > 0xFFFF else measures.other


@lru_cache(maxsize=4096)
def _pieces(face: Face, text: str, bold: bool) -> tuple[tuple[float, float, bool], ...]:
    """Unbreakable pieces as (em without trailing blanks, em, a line may end after it)."""
    *found, last = pieces(text) or [""]
    made = [(_ems(face, piece.rstrip(BLANKS), bold), _ems(face, piece, bold), True) for piece in found]
    return (*made, (_ems(face, last.rstrip(BLANKS), bold), _ems(face, last, bold), may_end(last)))


def _link(face: Face, run: TextRun) -> tuple[tuple[float, float, bool], ...]:
    """A link as one piece: some programs never break a line inside one."""
    bare = run.text.rstrip(" ")
    return ((_ems(face, bare, run.bold), _ems(face, run.text, run.bold), bare != run.text),)


@lru_cache(maxsize=4096)
def _words(face: Face, runs: tuple[TextRun, ...], size: float) -> tuple[tuple[float, float], ...]:
    """Pieces joined over run borders where no line may end, as (inches without trailing blanks, inches)."""
    words: list[tuple[float, float]] = []
    bare = full = 0.0
    for run in runs:
        inch = (run.size or size) * (RAISED if run.raised else 1.0) / 72
        for piece_bare, piece_full, ends in _link(face, run) if run.url else _pieces(face, run.text, run.bold):
            bare = full + piece_bare * inch
            full += piece_full * inch
            if ends:
                words.append((bare, full))
                bare = full = 0.0
    return (*words, (bare, full)) if full else tuple(words)
