"""Signs that stand in for words while the citation processor works: private-use characters, which no field keeps."""

import re

_OPEN, _CLOSE, _DIGITS = "\ue000", "\ue001", 0xE010
CITING_MARK = "\ue002"
"""Stands before a work that the one before it cites."""
STAND_IN_MARK = "\ue003"
"""Ends the title of an item that stands in for another in the bibliography."""
LOCATOR_FOLLOWS = "\ue004"
"""Stands before the locator of a note that has the bibliography's form, so that the full stop before it can go."""

MARKED = re.compile(
    r"(?P<label>(?:[^\W\d_]+\.?|§+)[\s\u00a0]*)?\ue000(?P<number>[\ue010-\ue019]+)\ue001(?P<after>[,.]?)"
)
"""A stand-in for a locator in words, with the label that the processor set before it."""


def stand_in(number: int) -> str:
    """The sign of the locator in words with this number."""
    return f"{_OPEN}{''.join(chr(_DIGITS + int(digit)) for digit in str(number))}{_CLOSE}"


def number_of(digits: str) -> int:
    """The number that the digits of a sign are."""
    return int("".join(str(ord(digit) - _DIGITS) for digit in digits))
