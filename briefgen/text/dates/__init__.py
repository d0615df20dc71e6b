"""Time expressions in running text: where they stand, and what they mean.

`scanning` finds them by `grammar`, rules over the roles of `tokens`; `reading` tells what the words say; `resolving`
walks a document and finds what they leave out; `mentions` makes of them what users see. The words of a language are a
table, `words_en.yaml` and its like; day numbers are proleptic Gregorian, day 1 being 1 January of year 1.
"""

import re
from collections.abc import Iterable, Iterator

from briefgen.model import DateMention, Source
from briefgen.text.dates.labels import MONTHS
from briefgen.text.dates.mentions import Dated, mentions
from briefgen.text.dates.resolving import Resolved, Walk
from briefgen.text.dates.scanning import expressions
from briefgen.text.dates.tokens import Tokens, tokens
from briefgen.text.dates.value import Value
from briefgen.text.days import day_number, is_date, year_of

__all__ = [
    "Walk",
    "dated",
    "dates",
    "dates_of_source",
    "day_number",
    "month_name",
    "time_expressions",
    "value_of",
    "walk_of",
    "year_of",
]

_TOLD_FROM_A_DAY = ("news", "page")
"""Kinds of sources that are written on one day and speak of "last week"."""

_EDTF = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T.*)?")


def dates(text: str, code: str = "en") -> tuple[DateMention, ...]:
    """The dates and spans of `text` that it names by itself, in order; they do not overlap. A range is one mention."""
    (found,) = dated([text], Walk(code))
    return tuple(one.mention for one in found)


def dates_of_source(source: Source) -> list[tuple[Dated, ...]]:
    """The dates of each block of a source, its blocks read in order."""
    return dated([block.text for block in source.blocks], walk_of(source))


def dated(texts: Iterable[str], walk: Walk) -> list[tuple[Dated, ...]]:
    """The dates and spans of a document's texts, which `walk` goes through in order: so "in June" finds its year."""
    return [tuple(mentions(found, resolved, walk.spoken, walk.text)) for found, resolved in _resolved(texts, walk)]


def time_expressions(texts: Iterable[str], walk: Walk) -> list[list[Resolved]]:
    """All time expressions of a document's texts, durations and vague ones too; each end of a range for itself."""
    return [resolved for _, resolved in _resolved(texts, walk)]


def walk_of(source: Source) -> Walk:
    """How a source tells of time: news and pages from the day on which they were written, others as narratives."""
    return Walk(source.language, source.kind in _TOLD_FROM_A_DAY, value_of(source.published or ""))


def _resolved(texts: Iterable[str], walk: Walk) -> Iterator[tuple[Tokens, list[Resolved]]]:
    for text in texts:
        found = tokens(text, walk.code)
        yield found, walk.resolve(found, list(expressions(found, walk.code, walk.news)))


def value_of(written: str) -> Value | None:
    """The year, month or day that an EDTF text names; none for anything else."""
    match = _EDTF.fullmatch(written)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        return Value("day", year, month, day) if is_date(year, month, day) else None
    if month:
        return Value("month", year, month) if 1 <= month <= 12 else None
    return Value("year", year)


def month_name(month: int) -> str:
    """The English name of a month, 1 to 12."""
    return MONTHS[month - 1]
