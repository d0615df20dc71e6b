"""Where the article stands among the lines of a copied page: the stretch of lines with the most prose.

Each line is worth something for or against: prose counts its words, menus and headlines count against. The article is
the stretch of lines of greatest worth (the maximum-sum segment), which may not cross a line that opens another part of
the page, such as its comments.
"""

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from briefgen.readers.lines import Line
from briefgen.text.words import length

PROSE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
ITEM = re.compile(r"^[-*•–·▪◦]\s+")
_INNER_END = re.compile(r"[.!?][\"'”’)\]]*\s+[\"'“‘(\[]?[^\W\d_a-z]")
_CUT = re.compile(r"(\[…\]|…|\.\.\.)$")

SHORTEST, LONG = 9, 30
"""Words of a line of prose at the article's edge, and of one that needs no full stop."""

_PLAIN = 0.8
_EDGE = 4
"""A text without a page around it: the least share of words in prose, and the most lines above and below its prose."""

_MOST = 60
_MENU, _HEADLINE, _FURNITURE, _CAPTION, _TEASER = -6.0, -4.0, -6.0, -1.0, 2.0
_OPENER = -90.0
"""What lines count: prose its words up to the first figure; lines that open other parts as much as three paragraphs."""


class Body(Struct, frozen=True):
    """The article's first and last line, by index; `last` is before `first` where there is none."""

    first: int
    last: int

    def holds(self, index: int) -> bool:
        return self.first <= index <= self.last


def find_body(
    found: Sequence[Line], furniture: Sequence[str], opens: Callable[[str], bool], closes: Callable[[str], bool]
) -> Body:
    """The stretch of lines of greatest worth.

    `furniture` says of each line why it is no prose. `opens` tells a line behind which something else comes,
    `closes` one behind which nothing of the article can come.
    """
    worth = [_worth(found, index, furniture[index]) for index in range(len(found))]
    best = Body(len(found), -1)
    best_sum = total = 0.0
    start = 0
    for index, line in enumerate(found):
        if total > 0 and closes(line.text):
            total = 0.0
            start = index + 1
            continue
        total += _OPENER if opens(line.text) else worth[index]
        if total <= 0:
            total, start = 0.0, index + 1
        elif total > best_sum:
            best, best_sum = Body(start, index), total
    return _trimmed(best, worth)


def outer_body(found: Sequence[Line], furniture: Sequence[str]) -> Body:
    """From the first line of prose to the last, whatever stands between them."""
    prose = [index for index, line in enumerate(found) if not furniture[index] and is_prose(line.text, SHORTEST)]
    return Body(prose[0], prose[-1]) if prose else Body(len(found), -1)


def is_plain(found: Sequence[Line], furniture: Sequence[str]) -> bool:
    """Whether most words are prose and no line is about the page: a text without a page around it."""
    if any(why in ("promotion", "metadata") for why in furniture[1:]):
        return False
    outer = outer_body(found, furniture)
    if outer.first > _EDGE or len(found) - 1 - outer.last > _EDGE:
        return False
    counts = [length(line.text) for line in found]
    prose = sum(
        count for count, line, why in zip(counts, found, furniture, strict=True) if not why and is_prose(line.text, 4)
    )
    return prose >= _PLAIN * sum(counts)


def in_list(found: Sequence[Line], index: int) -> bool:
    """Whether a list item belongs to a list that a line ending in a colon introduces."""
    while index >= 0 and ITEM.match(found[index].text):
        index -= 1
    return index >= 0 and found[index].text.endswith(":")


def _trimmed(body: Body, worth: Sequence[float]) -> Body:
    first = next((index for index in range(body.first, body.last + 1) if worth[index] > 0), body.first)
    return Body(first, body.last)


def _worth(found: Sequence[Line], index: int, furniture: str) -> float:
    text = found[index].text
    if furniture:
        return _FURNITURE if furniture == "promotion" else _CAPTION
    count = length(text)
    if ITEM.match(text):
        whole = count >= SHORTEST and PROSE_END.search(text) and not _CUT.search(text)
        return 0.5 * min(count, _MOST) if whole or in_list(found, index) else _MENU
    if not is_prose(text, 4):
        return _HEADLINE
    if _is_teaser(found, index):
        return _TEASER
    return float(min(count, _MOST))


def _is_teaser(found: Sequence[Line], index: int) -> bool:
    """Whether a line of prose is one sentence, or cut short, alone between lines that are none."""
    text = found[index].text
    if length(text) > _MOST or (_INNER_END.search(text) and not _CUT.search(text)):
        return False
    around = [found[near].text for near in (index - 1, index + 1) if 0 <= near < len(found)]
    return not any(is_prose(other, 6) for other in around)


def is_prose(text: str, shortest: int) -> bool:
    """Whether a line is long enough to be prose of itself, or ends as a sentence of so many words does."""
    count = length(text)
    if count >= shortest and (PROSE_END.search(text) or text.endswith(":")):
        return True
    return count >= LONG and not _is_menu(text)


def _is_menu(text: str) -> bool:
    """Whether most longer words begin with a capital, as in a row of links that lost its line ends."""
    longer = [word for word in text.split() if len(word) > 3]
    return sum(word[0].isupper() for word in longer) * 2 > len(longer)
