"""Which line above a copied article is its title.

A title's words return in the article, a byline or a date stands below it, and often it is written twice on the page. A
line under it that says more (a standfirst) shares its words, too, but comes second.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from briefgen.readers.lines import Line
from briefgen.readers.page.body import ITEM, Body
from briefgen.text.words import length

_REACH = 60
"""Lines above the article among which its title is looked for."""

_MOST = 30
"""Words of a title."""

_LISTED = re.compile(r"^(?:\d{1,2}\.|[+>›»])\s")
_WORD = re.compile(r"[^\W_]{4,}")
_STEM, _FEWEST = 5, 3
_SIGNED, _TWICE, _SECOND, _SHORT, _DISTANCE = 0.5, 0.3, 0.45, 0.4, 0.012
_NEAR = 4
"""What counts beside the share of words that return: a byline or date within so many lines below, being written twice,
standing below such a line, having less than three words, and each line of distance from the article."""


def title_index(
    found: Sequence[Line], body: Body, may_be: Callable[[int], bool], dates_or_signs: Callable[[int], bool]
) -> int:
    """The index of the title; -1 where there is none.

    `may_be` tells lines that can be a title, `dates_or_signs` those that give the author or the day.
    """
    last = min(body.first, len(found))
    wanted = [index for index in range(max(0, last - _REACH), last) if may_be(index) and _is_title(found[index].text)]
    said = _stems(" ".join(line.text for line in found[body.first : body.last + 1]))
    heads = {index: _likeness(found[index].text, said) for index in wanted}
    written = Counter(line.text for line in found)
    worth = {index: _worth(found, index, last, heads, written, dates_or_signs) for index in heads}
    return max(worth, key=lambda index: (worth[index], index), default=-1)


def _worth(
    found: Sequence[Line],
    index: int,
    last: int,
    heads: Mapping[int, float],
    written: Mapping[str, int],
    dates_or_signs: Callable[[int], bool],
) -> float:
    text = found[index].text
    signed = any(map(dates_or_signs, range(index + 1, min(index + 1 + _NEAR, last))))
    twice = written[text] > 1 or _stands_elsewhere(found, index)
    likeness = heads[index] * (1 + signed * _SIGNED + twice * _TWICE)
    words = length(text)
    second = any(heads.get(index - back, 0.0) > 0.3 and 2 * length(found[index - back].text) > words for back in (1, 2))
    return likeness - _DISTANCE * (last - index) - second * _SECOND - (words < 3) * _SHORT


def _is_title(text: str) -> bool:
    bare = text.strip()
    if ITEM.match(bare) or _LISTED.match(bare) or "|" in bare or not any(map(str.isalpha, bare)):
        return False
    return length(bare) <= _MOST and not bare.endswith((".", ":", ","))


def _stands_elsewhere(found: Sequence[Line], index: int) -> bool:
    text = found[index].text
    return length(text) >= 3 and any(text in line.text for line in found if line.start != found[index].start)


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM].lower() for word in _WORD.findall(text))


def _likeness(text: str, said: frozenset[str]) -> float:
    """The share of a line's longer words that the article has."""
    stems = _stems(text)
    return len(stems & said) / max(len(stems), _FEWEST)
