"""Typed text without a page around it: notes, letters, transcripts, poems. Every line of it is content.

Only the lines at its head that say who wrote it and when are none.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise, takewhile

from briefgen.readers.lines import Line
from briefgen.readers.page.body import ITEM, PROSE_END, SHORTEST, is_prose
from briefgen.readers.page.vocabulary import matches
from briefgen.text.words import length

_MENU, _MENU_WORDS, _TOP, _LONG_MENU = 5, 3, 3, 40
"""Lines of a menu, the words of each, and the most lines above it; lines above all prose that are a menu whatever their
words."""

_FEWEST_SIGNS = 2
_HEAD = 8
"""Lines at the top among which author and date may stand."""

_LONGEST_TITLE, _LONGEST_HEADING = 20, 12
_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|§ ?\d+)\s+(?=[^\W\d_a-z])")
_SUBJECT = re.compile(r"^(?:subject|betreff|objet|asunto)\s*:\s*(?=\S)", re.IGNORECASE)
_MAIL = re.compile(r"^(?:from|to|cc|bcc|date|sent|reply-to|von|an|datum|de|à|para|fecha)\s*:\s*\S", re.IGNORECASE)


def is_plain(found: Sequence[Line], signs: Sequence[int]) -> bool:
    """Whether next to nothing is about a page, and no menu stands at its top. `signs` counts what is, by lines.

    Each of 39 copied pages looked at has five such lines or more.
    """
    return sum(signs) < _FEWEST_SIGNS and not _has_menu(found)


def plain_labels(found: Sequence[Line], furniture: Sequence[str]) -> tuple[str, ...]:
    """What each line is; `furniture` says of the lines of other pages why they are no prose."""
    mail = sum(1 for _ in takewhile(lambda line: _SUBJECT.match(line.text) or _MAIL.match(line.text), found))
    subject = next((index for index in range(mail) if _SUBJECT.match(found[index].text)), -1)
    head = _head(found, furniture)
    title = subject if mail > 1 and subject >= 0 else _first_title(found, furniture, head)
    apart = _apart(found)
    return tuple(
        "title"
        if index == title
        else "metadata"
        if index < head and (furniture[index] == "metadata" or (subject >= 0 and index < mail))
        else "promotion"
        if index == 0 and furniture[0] == "promotion" and len(found) > 1
        else _label(found, index, apart, furniture[index])
        for index in range(len(found))
    )


def title_words(text: str) -> str:
    """The title that a line gives: all of it, or what a letter says is its subject."""
    return _SUBJECT.sub("", text)


def _has_menu(found: Sequence[Line]) -> bool:
    """Whether a menu stands at the top: short names, one a line or with bars between, or many lines of no prose."""
    if any(line.text.count("|") > 1 and all(map(_is_short, line.text.split("|"))) for line in found[:_TOP]):
        return True
    if next((index for index, line in enumerate(found) if is_prose(line.text, SHORTEST)), 0) >= _LONG_MENU:
        return True
    run = 0
    for index, line in enumerate(found):
        text = ITEM.sub("", line.text)
        if _is_entry(text):
            run += 1
        elif index - run > _TOP:
            return False
        elif run < _MENU:
            run = 0
        if run >= _MENU:
            return index + 1 - run <= _TOP and any(is_prose(below.text, SHORTEST) for below in found[index + 1 :])
    return False


def _is_short(text: str) -> bool:
    return length(text) <= _MENU_WORDS and not any(map(str.isdigit, text))


def _is_entry(text: str) -> bool:
    """Whether a line could be a menu's: few words, a capital first, no figure and no end of a sentence."""
    return text[:1].isupper() and text[-1].isalpha() and _is_short(text)


def _head(found: Sequence[Line], furniture: Sequence[str]) -> int:
    """How many lines stand above the first line of prose, as far as they count as the text's head."""
    content = (
        index
        for index, line in enumerate(found)
        if furniture[index] not in ("metadata", "promotion") and is_prose(line.text, SHORTEST)
    )
    return min(_HEAD, next(content, len(found)))


def _first_title(found: Sequence[Line], furniture: Sequence[str], head: int) -> int:
    """The first line, if it can be a title; a word or two in capitals above one that can are none."""
    lines = [index for index in range(head) if furniture[index] not in ("metadata", "promotion")]
    rest = iter(lines)
    first = next(rest, -1)
    if first < 0 or not _is_title(found[first].text):
        return -1
    if not _is_kicker(found[first].text):
        return first
    return next((index for index in rest if _is_title(found[index].text) and length(found[index].text) >= 3), first)


def _is_kicker(text: str) -> bool:
    return text.isupper() and length(text) <= _MENU_WORDS


def _is_title(text: str) -> bool:
    if ITEM.match(text) or not any(map(str.isalpha, text)) or length(text) > _LONGEST_TITLE:
        return False
    return not text.endswith((".", ",", ";", ":")) and "@" not in text and not matches("dateline", text)


def _apart(found: Sequence[Line]) -> Callable[[int], bool]:
    """Whether an empty line stands before the line of an index, told by the file's shortest distance of lines."""
    gaps = [below.start - above.end for above, below in pairwise(found)]
    tight = min(gaps, default=0)
    return lambda index: not 0 < index < len(found) or gaps[index - 1] > tight or tight > 1


def _label(found: Sequence[Line], index: int, apart: Callable[[int], bool], furniture: str) -> str:
    text = found[index].text
    if ITEM.match(text):
        return "item"
    if furniture == "caption":
        return "caption"
    if not _could_be_heading(text) or index + 1 == len(found):
        return "paragraph"
    below = found[index + 1].text
    if _NUMBERED.match(text):
        return "heading" if _goes_deeper(text, below) else "paragraph"
    begins = apart(index) and (apart(index + 1) or is_prose(below, SHORTEST))
    return "heading" if begins and is_prose(below, SHORTEST) else "paragraph"


def _could_be_heading(text: str) -> bool:
    if matches("dateline", text):
        return False
    ends = PROSE_END.search(text) and not text.endswith("?")
    return (text[0].isupper() or bool(_NUMBERED.match(text))) and not ends and _ends_as_one(text)


def _ends_as_one(text: str) -> bool:
    return 1 <= length(text) <= _LONGEST_HEADING and (text[-1].isalnum() or text[-1] in "?)”’\"'")


def _goes_deeper(text: str, below: str) -> bool:
    """Whether something stands under a numbered line: a line without a number, or one with a longer one."""
    own, other = _NUMBERED.match(text), _NUMBERED.match(below)
    if not own:
        return False
    return not other or other[0].rstrip(". ").startswith(own[0].rstrip(". ") + ".")
