"""What keys take that is less than the types of their fields say, by their names alone."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from msgspec import Meta

# More than blanks and signs that are never drawn: soft hyphens, joiners, and what turns the direction of writing.
SOME_WORDS = r"[^\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
_Words = Annotated[str, Meta(pattern=SOME_WORDS, description="text")]
_Count = Annotated[int, Meta(ge=1, description="a whole number from 1 up")]
DATE = "a year or a date such as 1980, 2001-10 or 2001-10-07"
DATE_PATTERN = r"^-?[0-9]{1,4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_When = (
    Annotated[int, Meta(ge=-9999, le=9999, description=DATE)]
    | Annotated[str, Meta(pattern=DATE_PATTERN, description=DATE)]
)
SPAN = "a block and where the passage starts and ends in it, such as 12:0-84"
_Span = Annotated[str, Meta(pattern=r"^[0-9]{1,9}:[0-9]{1,9}-[0-9]{1,9}$", description=SPAN)]
_Part = Annotated[str, Meta(pattern=r"^[0-9]{1,9}-[0-9]{1,9}$", description="a start and an end such as 0-84")]
_Column = Literal["date", "who", "measure", "whom", "passage", "source"]
NARROWED: Mapping[str, Any] = {
    "title": _Words,
    "topic": _Words,
    "label": _Words,
    "source": _Words,
    "at_most": _Count,
    "slides": _Count,
    "minutes": _Count,
    "from": _When,
    "to": _When,
    "find": _Words,
    "text": _Words,
    "passage": _Words,
    "name": _Words,
    "span": _Span,
    "parts": tuple[_Part, ...],
    "at": _Part,
    "say": _Words,
    "file": _Words,
    "alt": _Words,
    "credit": _Words,
    "caption": _Words,
    "columns": tuple[_Column, ...],
    "questions": tuple[_Words, ...],
    "term": _Words,
    "verbs": tuple[_Words, ...],
    "nouns": tuple[_Words, ...],
    "whom": tuple[_Words, ...],
    "sources": tuple[_Words, ...],
    "objectives": tuple[_Words, ...],
    "prefer": tuple[_Words, ...],
    "avoid": tuple[_Words, ...],
}
"""What a key of this name takes, in any struct, where that is less than its field's type."""

PATHS = frozenset({"file", "html_template", "reference"})

SOURCE_WORDS = frozenset({"find", "passage", "text", "cells"})
