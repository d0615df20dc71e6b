"""The words of a built file that belong together, and how they are compared."""

import re
import unicodedata
from collections.abc import Sequence

from msgspec import Struct

_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""The controls that turn the direction of writing, which renderers leave out."""
_JOINTS = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF])
"""What allows or forbids the end of a line, and is not seen."""
_TYPED = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›ʼ′´`", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "…": "...",
    }
)
"""What word processors put, while somebody types, in the place of what stands on a keyboard."""
_AS_TYPED = {**_DIRECTION, **_JOINTS, **_TYPED}
# To look whether there is any of them takes a tenth of the time of putting others in their place.
_TURNED, _NOT_TYPED = (re.compile(f"[{re.escape(''.join(map(chr, signs)))}]") for signs in (_DIRECTION, _AS_TYPED))
_DASHES = re.compile("-{2,}")
_CUT = re.compile(r" (?:…|\.\.\.)$")
_BETWEEN = " … "
"""How words left out at the end, and between two pieces, are marked."""
OWN = ("Instructor’s wording:", "Instructor:")
"""How a handout marks words that are not a source's."""
GAP = "\ufffc"
"""What stands in the words of a handout where students are to fill in some: the object replacement character."""


class Place(Struct, frozen=True):
    """Where words stand: on a slide or page, or as which paragraph of a text and under which heading. 0 and "" say
    nothing; `note` is that of a footnote.
    """

    slide: int = 0
    page: int = 0
    paragraph: int = 0
    under: str = ""
    note: int = 0

    def __str__(self) -> str:
        if self.slide or self.page:
            return f"slide {self.slide}" if self.slide else f"page {self.page}"
        if self.note:
            return f"footnote {self.note}"
        under = f", under “{self.under}”" if self.under else ""
        return f"paragraph {self.paragraph}{under}" if self.paragraph else ""


class Unit(Struct, frozen=True):
    """A paragraph or a table row: words that belong together. A paragraph is a row of one cell.

    `slide` counts the slides of a deck from 1; it is 0 in a handout. Where the file does not tell for sure where its
    words end, as a PDF does not at the ends of lines, it is not `spaced`, and spaces do not count. `marks` are the
    marks of notes in it. `of` names the paragraphs, by their numbers among all units, whose words it has. One that is
    `inside` a row, or a note's, shows no statement by itself. One that is `own` says that its words are the
    instructor's.
    """

    cells: tuple[str, ...]
    slide: int = 0
    spaced: bool = True
    place: Place = Place()
    marks: int = 0
    of: tuple[int, ...] = ()
    inside: bool = False
    own: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.cells)

    def holds(self, pieces: Sequence[str]) -> bool:
        """Whether each of `pieces`, or all of them joined, is the whole of a cell but for the mark of a cut.

        A piece with other words beside it does not count: one word before it may deny it. A gap stands for any words.
        Quotation marks, hyphens and spaces may be of another kind.
        """
        whole = self.compared()
        wanted = [compared(piece, self.spaced) for piece in pieces]
        joined = compared(_BETWEEN.join(pieces), self.spaced)
        if any(GAP in cell for cell in whole):
            whole = {_filled(cell, (*wanted, joined)) for cell in whole}
        return joined in whole or whole.issuperset(wanted)

    def compared(self) -> set[str]:
        """Its cells as they are compared."""
        return {compared(cell, self.spaced) for cell in self.cells}


def compared(text: str, spaced: bool = True) -> str:
    """The text without the mark of a cut, each sign as it is typed; without spaces where they do not count."""
    plain = typed(_CUT.sub("", text))
    return plain if spaced else "".join(plain.split())


def typed(text: str) -> str:
    """The text with quotation marks, hyphens, dots and spaces as they stand on a keyboard, and nothing unseen."""
    plain = text.translate(_AS_TYPED) if _NOT_TYPED.search(text) else text
    return _DASHES.sub("-", unicodedata.normalize("NFC", " ".join(plain.split())))


def joined(pieces: Sequence[str]) -> str:
    """Pieces as they stand in one paragraph."""
    return _BETWEEN.join(pieces)


def own_left_out(text: str) -> tuple[str, bool]:
    """The words of a paragraph without those that say that they are the instructor's, and whether it had such."""
    said = next((one for one in OWN if text.startswith(one)), "")
    return text.removeprefix(said).strip(), bool(said)


def _filled(cell: str, pieces: Sequence[str]) -> str:
    """The piece that a cell is but for its gaps; the cell itself where none is."""
    shape = re.compile(".+".join(map(re.escape, cell.split(GAP))))
    return next((piece for piece in pieces if shape.fullmatch(piece)), cell) if GAP in cell else cell


def folded(text: str) -> str:
    """The text with each run of white space as one space, none at the ends, without marks of writing direction."""
    return " ".join((text.translate(_DIRECTION) if _TURNED.search(text) else text).split())


def with_gaps(text: str) -> str:
    """The text, folded, a gap of several pieces as one."""
    return folded(re.sub(f"{GAP}+", GAP, text))
