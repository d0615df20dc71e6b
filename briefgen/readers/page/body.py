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

PROSE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?:\s?\[\w{1,3}\]|(?<=\D.)\d{1,3}|[¹²³⁴-⁹⁰]+)*$")
"""How a line of prose ends; note marks may follow."""

ITEM = re.compile(r"^[-*•–·▪◦]\s+")
_INNER_END = re.compile(r"[.!?][\"'”’)\]]*\s+[\"'“‘(\[]?[^\W\d_a-z]")
_CUT = re.compile(r"(\[…\]|…|\.\.\.)$")

SHORTEST, LONG = 9, 30
"""Words of a line of prose at the article's edge, and of one that needs no full stop."""

BOX = 6
"""Lines of a box of links inside an article."""

_MOST, _LONGEST_TEASER = 60, 25
"""Words of a line that count at most, and of a teaser."""

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
    worth = [_worth(found, index, furniture) for index in range(len(found))]
    best = Body(len(found), -1)
    best_sum = total = 0.0
    start = 0
    for index, line in enumerate(found):
        if total > 0 and closes(line.text):
            total = 0.0
            start = index + 1
            continue
        opened = opens(line.text) and not (total > 0 and _is_box(found, index, worth))
        total += _OPENER if opened else worth[index]
        if total <= 0:
            total, start = 0.0, index + 1
        elif total > best_sum:
            best, best_sum = Body(start, index), total
    return _trimmed(best, worth)


def _is_box(found: Sequence[Line], index: int, worth: Sequence[float]) -> bool:
    """Whether a line opens no more than a few links, behind which the prose goes on for two lines or more."""
    below = range(index + 1, min(index + 2 + BOX, len(found) - 1))
    prose = next((near for near in below if worth[near] > _TEASER), None)
    return prose is not None and prose > index + 1 and worth[prose + 1] > _TEASER


def outer_body(found: Sequence[Line], furniture: Sequence[str]) -> Body:
    """From the first line of prose to the last, whatever stands between them."""
    prose = [index for index, line in enumerate(found) if not furniture[index] and is_prose(line.text, SHORTEST)]
    return Body(prose[0], prose[-1]) if prose else Body(len(found), -1)


def in_list(found: Sequence[Line], index: int) -> bool:
    """Whether a list item belongs to a list that a line ending in a colon introduces."""
    while index >= 0 and ITEM.match(found[index].text):
        index -= 1
    return index >= 0 and found[index].text.endswith(":")


def is_introduced(found: Sequence[Line], index: int) -> bool:
    """Whether a line is an item without a mark: in lower case, in a list that a line ending in a colon introduces."""
    first = index
    while first > index - LONG and first >= 0 and found[first].text[0].islower() and length(found[first].text) <= LONG:
        first -= 1
    return 0 <= first < index and found[first].text.endswith(":")


def _trimmed(body: Body, worth: Sequence[float]) -> Body:
    first = next((index for index in range(body.first, body.last + 1) if worth[index] > 0), body.first)
    return Body(first, body.last)


def _worth(found: Sequence[Line], index: int, furniture: Sequence[str]) -> float:
    text = found[index].text
    why = furniture[index]
    if why:
        return _FURNITURE if why == "promotion" else _CAPTION
    count = length(text)
    if ITEM.match(text):
        whole = count >= SHORTEST and PROSE_END.search(text) and not _CUT.search(text)
        return 0.5 * min(count, _MOST) if whole or in_list(found, index) else _MENU
    if not is_prose(text, 4):
        return float(count) if is_introduced(found, index) else _HEADLINE
    if _is_teaser(found, index, furniture):
        return _TEASER
    return float(min(count, _MOST))


def _is_teaser(found: Sequence[Line], index: int, furniture: Sequence[str]) -> bool:
    """Whether a line of prose is one sentence, or cut short, alone between lines that are none."""
    text = found[index].text
    if length(text) > _LONGEST_TEASER or (_INNER_END.search(text) and not _CUT.search(text)):
        return False
    around = (_neighbour(furniture, index, step) for step in (-1, 1))
    return not any(near is not None and is_prose(found[near].text, 6) for near in around)


def _neighbour(furniture: Sequence[str], index: int, step: int) -> int | None:
    """The nearest line before or behind one that is not known to be about the page."""
    near = index + step
    while 0 <= near < len(furniture) and furniture[near]:
        near += step
    return near if 0 <= near < len(furniture) else None


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
