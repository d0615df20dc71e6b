"""Sentence boundaries, as offsets into the text."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import accumulate

import sentencex

from briefgen.tables import table

# An archive's mark such as "[Doc 4]" or a note mark "[12]" stands after the full stop of the sentence it belongs to.
_NUMBERS = r"\d{1,4}(?:\s?(?:[,;–-]|and)\s?\d{1,4})*"
_TRAILING_MARK = re.compile(
    rf"(?:\s*\[(?:(?:[A-Z][a-z]{{1,8}}\.? )?{_NUMBERS}|[a-z]|note \d{{1,3}}|citation needed)\](?::\d{{1,4}})?)+"
    r"|(?<=[.!?”\"’])[¹²³⁴-⁹⁰]+"
)
_GLUED_MARK = re.compile(
    r"(?:(?<=[^\W\d_]{3}[.!?])|(?<=[^\W\d_][.!?][”\"’]))\d{1,3}(?:,\d{1,3})*\s+(?=[“\"‘(]?[^\W\d_a-z])"
)
"""A note's mark that lost its raising stands right behind the full stop."""

_ASIDE_END = re.compile(r"[.!?][”\"’]?[)\]]\s+(?=[“\"‘]?[^\W\d_a-z])")
_ASKED = re.compile(r"(?<=[.!?…])\s+(?=[¿¡])")
_SHORT_NAME = re.compile(r"(?:^|[\s(,-])(?:[^\W\d_a-z][^\W\d_]{0,4}|[IVXL]{1,5})\.\s*$")
_PLAIN_LOWER = re.compile(r"[a-zß-öø-ÿ]+(?![\w-])")
_LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[A-Z]|[ivx]{1,4})[.)]\s*$")
_SMALL_NUMBER = re.compile(r"(?:^|\s)\d{1,2}\.\s*$")
_OPENING = re.compile("[“„«]")
_CLOSING = re.compile("[”»]")


def sentences(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """The (start, end) of each sentence of `text`, in order, without the white space between them.

    A mark in brackets after a full stop belongs to the sentence before it, and a quotation in curly quotes that
    holds several sentences stays whole together with the words that introduce it. No sentence ends in a shortened word
    that something must follow, nor is a list's number one.
    """
    if not text.strip():
        return ()
    pieces = sentencex.segment(language, text)
    lengths = list(accumulate(map(len, pieces), initial=0))
    if lengths[-1] != len(text):
        return _trimmed(text, [0])
    starts = [_after_mark(text, start) for start in sorted({*lengths[:-1], *_missed(text)})]
    kept = [start for start in starts if not _goes_on(text, start, language)]
    return _trimmed(text, _outside_quotations(text, _without_list_marks(text, kept)))


def _missed(text: str) -> list[int]:
    """Where sentences begin behind a glued note mark, a sentence in brackets or before an inverted mark."""
    found = [match.end() for pattern in (_GLUED_MARK, _ASKED) for match in pattern.finditer(text)]
    found = [
        start
        for start in found
        if not _shortened("before_numbers").search(text[max(0, start - 24) : start].rstrip(" \t\n0123456789,"))
    ]
    if text.startswith("(") and (aside := _ASIDE_END.search(text)) and "(" not in text[1 : aside.start()]:
        found.append(aside.end())
    return found


def _goes_on(text: str, start: int, language: str) -> bool:
    """Whether what begins at `start` belongs to the sentence before it, which seems to end in a shortened word."""
    before, after = text[max(0, start - 24) : start], text[start : start + 24].lstrip()
    if not start or not before.rstrip().endswith(".") or not after:
        return False
    first = after[0]
    if _shortened("before_names").search(before) and (first.isalpha() or first in '“"'):
        return True
    if first.isdigit() and (_shortened("before_numbers").search(before) or _shortened("before_names").search(before)):
        return True
    if language in table("text/sentences.yaml")["languages"] and _shortened(language).search(before):
        return first.isalnum()
    if language in table("text/sentences.yaml")["ordinals"] and _SMALL_NUMBER.search(before):
        return first.isalpha()
    return bool(_SHORT_NAME.search(before) and _PLAIN_LOWER.match(after))


@cache
def _shortened(name: str) -> re.Pattern[str]:
    """What ends in one of the shortened words of a list."""
    data = table("text/sentences.yaml")
    listed = data["languages"][name] if name in data["languages"] else "|".join(data[name])
    return re.compile(rf"(?:^|[\s(\[“\"‘«„—–-])(?:{listed})\.\s*$", re.IGNORECASE)


def _without_list_marks(text: str, starts: Sequence[int]) -> list[int]:
    """The starts without those behind a piece that is no more than an item's number or letter."""
    kept: list[int] = []
    for start in starts:
        if not kept or not _LIST_MARK.fullmatch(text[kept[-1] : start].lstrip()):
            kept.append(start)
    return kept


def _after_mark(text: str, start: int) -> int:
    mark = _TRAILING_MARK.match(text, start)
    return mark.end() if mark and start else start


def _outside_quotations(text: str, starts: list[int]) -> list[int]:
    closings = [match.start() for match in _CLOSING.finditer(text)]
    if not closings:
        return starts
    marks = sorted([(match.start(), True) for match in _OPENING.finditer(text)] + [(at, False) for at in closings])
    kept, upcoming, inside = [], iter([*marks, (len(text), False)]), False
    at, opens = next(upcoming)
    for start in starts:
        while at < start:
            inside = opens
            at, opens = next(upcoming)
        if not inside or start > closings[-1]:
            kept.append(start)
    return kept


def _trimmed(text: str, starts: list[int]) -> tuple[tuple[int, int], ...]:
    spans = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            spans.append((left, right))
    return tuple(spans)
