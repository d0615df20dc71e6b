"""From expanded wikitext to plain words: emphasis, tags, entities and bracketed addresses go, marks stay."""

import html
import re
from collections.abc import Callable

from msgspec import Struct

from briefgen.model import Link
from briefgen.readers.wikitext.marks import ALL, HOLE, REFERENCE, REUSE

EXTERNAL_LINK = re.compile(r"\[((?:https?:|ftp:)?//[^\s\[\]<>\"]+)(?:[ \t]+([^\[\]\n]*))?\]", re.IGNORECASE)
"""A bracketed address: its address and its label."""

_QUOTES = re.compile(r"'{2,}")
_BREAK = re.compile(r"</?(?:br|p|div|li|ul|ol|dl|dt|dd|table|tr|td|th|caption|center|hr)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_RAISED_TAG = re.compile(r"<sup\b[^<>]*>([^<>]*)</sup\s*>", re.IGNORECASE)
_POWER = re.compile(r"[+−-]?[0-9]{1,3}|[0-9]{0,2}[+−-]|[ni]")
_RAISED = str.maketrans("0123456789+-−ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿⁱ")
_SWITCH = re.compile(r"__[A-Z]{3,}__")
_MARKUP = re.compile("[<&\\[\ufdd0-\ufdef]|''|__")
_PLACE, _GAP, _OPEN, _CLOSE = "\ufdd8", "\ufdd9", "\ufddb", "\ufddc"
_HELD = f"{_PLACE}{_GAP}{_OPEN}{_CLOSE}"
_PLACES = re.compile(f"([{_HELD}])")
_EMPTY_BRACKETS = re.compile(f" ?\\((?:[ ,;:{_PLACE}]|or|and)*\\)")
_BRACKET_START = re.compile(r"\((?: ?[,;]){1,8} ?")
_BRACKET_END = re.compile(r"(?: ?[,;]){1,8} ?\)")
_LOOSE_SPACE = re.compile(f" (?=[{_HELD}]*(?:[.,;:!?)\\]](?:[ \"'”’){_HELD}]|$)|$))| (?=[{_HELD}]+ )")


def raised(text: str) -> str:
    """A power or a charge in raised signs, so that 10 to the 5th does not read 105; other words as they are."""
    return text.strip().translate(_RAISED) if _POWER.fullmatch(text.strip()) else text


def _label(link: re.Match[str]) -> str:
    return (link[2] or "").strip()


def strip_markup(text: str, link: Callable[[re.Match[str]], str] | None = _label) -> str:
    """`text` without emphasis, tags, behaviour switches and bracketed addresses, its entities decoded; marks stay.

    `link` says what a match of `EXTERNAL_LINK` leaves; without it bracketed addresses stay.
    """
    if "''" in text:
        text = _QUOTES.sub(_apostrophes, text)
    if link and "[" in text:
        text = EXTERNAL_LINK.sub(link, text)
    if "<" in text:
        text = _TAG.sub("", _RAISED_TAG.sub(lambda found: raised(found[1]), _BREAK.sub(" ", text)))
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
    `links` are its links to other sites.
    """

    text: str
    marks: tuple[tuple[int, str, int], ...] = ()
    holes: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()


def place_words(text: str) -> Words:
    """Expanded wikitext as plain words, with the places where its references, holes and links stood."""
    marks: list[tuple[str, int]] = []
    addresses: list[str] = []

    def place(found: re.Match[str]) -> str:
        if found[0] == HOLE:
            return _GAP
        if found[1] not in (REFERENCE, REUSE):
            return ""
        marks.append((found[1], int(found[2])))
        return _PLACE

    def link(found: re.Match[str]) -> str:
        label = _label(found)
        if not label or found[1].lower().startswith("ftp:"):
            return label
        address = html.unescape(found[1])
        addresses.append(f"https:{address}" if address.startswith("//") else address)
        return f"{_OPEN}{label}{_CLOSE}"

    return _placed(_tidy(ALL.sub(place, strip_markup(text, link))), marks, addresses)


def _placed(text: str, marks: list[tuple[str, int]], addresses: list[str]) -> Words:
    """The words of `text`, in which signs stand for marks and for the ends of the labels of addresses."""
    parts = _PLACES.split(text)
    numbered, addressed = iter(marks), iter(addresses)
    offset = opened = 0
    placed: list[tuple[int, str, int]] = []
    holes: list[int] = []
    links: list[Link] = []
    for part, held in zip(parts[::2], parts[1::2], strict=False):
        offset += len(part)
        if held == _GAP:
            holes.append(offset)
        elif held == _PLACE:
            placed.append((offset, *next(numbered)))
        elif held == _OPEN:
            opened = offset
        else:
            links.append(Link(opened, offset, next(addressed)))
    shown = tuple(link for link in links if link.start < link.end)
    return Words("".join(parts[::2]), tuple(placed), tuple(dict.fromkeys(holes)), shown)


def _tidy(text: str) -> str:
    """Single spaces, and nothing of what a cut leaves: empty brackets, a space before a full stop or a reference."""
    text = " ".join(text.split())
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
