"""Dates that stand alone in metadata: "Posted - September 11, 2012", "25-05-2016 11:44:19 ZULU"."""

import re

from briefgen.text.days import day_number

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[-./](\d{1,2})[-./](\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_BOUND = re.compile(r"(-?\d{1,4})(?:-(\d{2})(?:-(\d{2}))?)?")
_YEAR = re.compile(r"-?\d{4}")
_DAY = len("2016-05-25")
_TIME = re.compile(r"(?<!\d)(\d{2}):(\d{2}):(\d{2})\s*(?:ZULU|UTC|GMT|Z)\b", re.IGNORECASE)


def stamp(text: str) -> str | None:
    """The one date of `text` as EDTF, with a time of day where it is in UTC; none where there is no date.

    Of a numeric date whose day and month could change places only the year is kept.
    """
    iso = _ISO.search(text)
    if iso:
        return iso[0] if days_of(iso[0][:10]) else None
    if _YEAR.match(text.strip()) and _BOUND.fullmatch(text.strip()) and days_of(text):
        return text.strip()
    numeric = _NUMERIC.search(text)
    day = _numeric(*map(int, numeric.groups())) if numeric else _first_date(text)
    time = _TIME.search(text)
    if day and time and len(day) == _DAY:
        return f"{day}T{time[1]}:{time[2]}:{time[3]}Z"
    return day


def _first_date(text: str) -> str | None:
    """The first date as English words say it, or as those of another language do if only they name its day."""
    from briefgen.text.dates.tokens import LANGUAGES

    english = _first_in(text, LANGUAGES[0])
    if english is None or len(english) >= _DAY:
        return english
    others = (_first_in(text, code) for code in LANGUAGES[1:])
    return next((day for day in others if day and len(day) == _DAY), english)


def _first_in(text: str, code: str) -> str | None:
    from briefgen.text.dates import dates

    return next((found.edtf.partition("T")[0] for found in dates(text, code)), None)


def days_of(text: str) -> tuple[int, int] | None:
    """The numbers of the first and last day of a year, month or day such as "1747", "2001-10" or "2001-10-07".

    Day numbers are as in `briefgen.text.days`; years before the common era count from 0 downwards. None where `text`
    is no such date.
    """
    match = _BOUND.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if year is None or (month is not None and not 1 <= month <= 12):
        return None
    first, last = day_number(year, month or 1, 1), day_number(year, month or 12, 31)
    if day is None:
        return first, last
    return (first + day - 1,) * 2 if 1 <= day <= last - first + 1 else None


def _numeric(first: int, second: int, year: int) -> str:
    month, day = (second, first) if first > 12 else (first, second)
    full = f"{year:04}-{month:02}-{day:02}"
    return full if (day > 12 or day == month) and days_of(full) else f"{year:04}"
