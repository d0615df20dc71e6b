"""Sentence boundaries, as offsets into the text."""

import re
from itertools import accumulate

import sentencex

# An archive's mark such as "[Doc 4]" or a note mark "[12]" stands after the full stop of the sentence it belongs to.
_TRAILING_MARK = re.compile(r"\s*\[(?:[A-Z][a-z]{1,8}\.? )?\d{1,4}\]")
_OPENING = re.compile("[“„«]")
_CLOSING = re.compile("[”»]")


def sentences(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """The (start, end) of each sentence of `text`, in order, without the white space between them.

    A mark in brackets after a full stop belongs to the sentence before it, and a quotation in curly quotes that
    holds several sentences stays whole together with the words that introduce it.
    """
    if not text.strip():
        return ()
    pieces = sentencex.segment(language, text)
    lengths = list(accumulate(map(len, pieces), initial=0))
    if lengths[-1] != len(text):
        return _trimmed(text, [0])
    starts = [_after_mark(text, start) for start in lengths[:-1]]
    return _trimmed(text, _outside_quotations(text, starts))


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
