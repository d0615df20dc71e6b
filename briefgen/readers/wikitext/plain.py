"""From expanded wikitext to plain words: emphasis, tags, entities and bracketed addresses go, marks stay."""

import html
import re

from msgspec import Struct

from briefgen.readers.wikitext.marks import ALL, HOLE, REFERENCE, REUSE

EXTERNAL_LINK = re.compile(r"\[((?:https?:|ftp:)?//[^\s\[\]<>\"]+)(?:[ \t]+([^\[\]\n]*))?\]", re.IGNORECASE)
"""A bracketed address: its address and its label."""

_QUOTES = re.compile(r"'{2,}")
_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_SWITCH = re.compile(r"__[A-Z]{3,}__")
_MARKUP = re.compile("[<&\\[\ufdd0-\ufdef]|''|__")
_SPACES = re.compile(r"\s+")
_PLACE, _GAP = "\ufdd8", "\ufdd9"
_HELD = f"{_PLACE}{_GAP}"
_PLACES = re.compile(f"([{_HELD}])")
_EMPTY_BRACKETS = re.compile(f" ?\\((?:[ ,;:{_PLACE}]|or|and)*\\)")
_BRACKET_START = re.compile(r"\((?: ?[,;]){1,8} ?")
_BRACKET_END = re.compile(r"(?: ?[,;]){1,8} ?\)")
_LOOSE_SPACE = re.compile(f" (?=[{_HELD}]*(?:[.,;:!?)\\]](?:[ \"'”’){_HELD}]|$)|$))| (?=[{_HELD}]+ )")


def strip_markup(text: str, keep_links: bool = False) -> str:
    """`text` without emphasis, tags, behaviour switches and bracketed addresses, its entities decoded; marks stay."""
    if "''" in text:
        text = _QUOTES.sub(_apostrophes, text)
    if "[" in text and not keep_links:
        text = EXTERNAL_LINK.sub(lambda link: (link[2] or "").strip(), text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "__" in text:
        text = _SWITCH.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    return text


def words(text: str) -> str:
    """`text` as one line of plain words, without marks and without mending what a cut leaves."""
    if _MARKUP.search(text):
        text = ALL.sub("", strip_markup(text))
    return " ".join(text.split())


class Words(Struct, frozen=True):
    """Plain words: one line, single spaces.

    `marks` are the references in it: offset, kind of mark, number. `holes` are the offsets at which words are missing.
    """

    text: str
    marks: tuple[tuple[int, str, int], ...]
    holes: tuple[int, ...]


def place_words(text: str) -> Words:
    """Expanded wikitext as plain words, with the places where its references stood."""
    marks: list[tuple[str, int]] = []

    def place(found: re.Match[str]) -> str:
        if found[0] == HOLE:
            return _GAP
        if found[1] not in (REFERENCE, REUSE):
            return ""
        marks.append((found[1], int(found[2])))
        return _PLACE

    parts = _PLACES.split(_tidy(ALL.sub(place, strip_markup(text))))
    numbered = iter(marks)
    offset = 0
    placed: list[tuple[int, str, int]] = []
    holes: list[int] = []
    for part, held in zip(parts[::2], parts[1::2], strict=False):
        offset += len(part)
        if held == _GAP:
            holes.append(offset)
        else:
            placed.append((offset, *next(numbered)))
    return Words("".join(parts[::2]), tuple(placed), tuple(dict.fromkeys(holes)))


def _tidy(text: str) -> str:
    """Single spaces, and nothing of what a cut leaves: empty brackets, a space before a full stop or a reference."""
    text = _SPACES.sub(" ", text).strip()
    if "(" in text:
        text = _EMPTY_BRACKETS.sub(lambda found: _PLACE * found[0].count(_PLACE), text)
        text = _BRACKET_END.sub(")", _BRACKET_START.sub("(", text))
    text = _LOOSE_SPACE.sub("", text)
    lead = len(text) - len(text.lstrip(_HELD))
    return text[:lead] + text[lead:].lstrip() if lead else text


def _apostrophes(run: re.Match[str]) -> str:
    """What a run of apostrophes leaves: two, three and five are marks of emphasis, others hold apostrophes too."""
    length = len(run[0])
    return "'" * (1 if length == 4 else max(0, length - 5))
