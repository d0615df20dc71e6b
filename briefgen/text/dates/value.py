"""What a time expression means: a place on the calendar, as precise as the words make it."""

from typing import Literal

from msgspec import Struct

from briefgen.text.days import date_of, day_number, month_length, week_start

Grain = Literal["century", "decade", "year", "half", "quarter", "season", "month", "week", "weekend", "day"]
Part = Literal["", "START", "MID", "END"]

SEASONS = {21: "SP", 22: "SU", 23: "FA", 24: "WI"}
"""TIMEX3's seasons by EDTF's numbers (ISO 8601-2)."""

_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
"""First and last month of the northern seasons; winter ends in the year after."""

_OFFSETS = {"season": 0, "quarter": 32, "half": 39}
"""EDTF numbers quarters from 33 and halves of a year from 40."""

_PARTS: dict[str, dict[Part, tuple[int, int]]] = {
    "century": {"START": (0, 33), "MID": (34, 66), "END": (67, 99)},
    "decade": {"START": (0, 3), "MID": (4, 6), "END": (7, 9)},
    "year": {"START": (1, 4), "MID": (5, 8), "END": (9, 12)},
    "month": {"START": (1, 10), "MID": (11, 20), "END": (21, 31)},
}
"""What "early", "mid" and "late" leave of a century or decade (years), a year (months) and a month (days)."""


class Value(Struct, frozen=True):
    """A place on the calendar.

    `year` counts with a year 0, so that 264 BC is -263. Of a decade or century it is the year that names it: 1970 for
    the 1970s, 1800 for the 19th century (1 for the first); before the common era the last one, -469 for the 470s BC.
    `number` is the season (21 to 24), quarter, half or week. `part` is what "early", "mid" or "late" leave of it.
    `time` is a time of day as TIMEX3 spells it: "MO", "AF", "EV", "NI", or one of the clock.
    """

    grain: Grain
    year: int
    month: int = 0
    day: int = 0
    number: int = 0
    part: Part = ""
    time: str = ""


def bounds(value: Value) -> tuple[int, int]:
    """The numbers of the first and last day that a value can mean."""
    year = value.year
    if value.grain == "day":
        return (day_number(year, value.month, value.day),) * 2
    if value.grain in ("week", "weekend"):
        monday = week_start(year, value.number)
        return (monday, monday + 6) if value.grain == "week" else (monday + 5, monday + 6)
    if value.grain == "month":
        first, last = _PARTS["month"][value.part] if value.part else (1, 31)
        return day_number(year, value.month, first), day_number(year, value.month, last)
    if value.grain in ("decade", "century"):
        first, last = _years(value)
        if value.part:
            first, last = (first + offset for offset in _PARTS[value.grain][value.part])
        return day_number(first, 1, 1), day_number(last, 12, 31)
    first, last = _months(value)
    end = (year, last) if last <= 12 else (year + 1, last - 12)
    return day_number(year, first, 1), day_number(*end, month_length(*end))


def edtf(value: Value) -> str:
    """The value in EDTF (ISO 8601-2), with the time of day if it is one of the clock.

    A week, and a decade or century that no mask fits, is an interval.
    """
    if value.grain in ("decade", "century"):
        return _masked(value)
    if value.grain in ("week", "weekend"):
        return "/".join(_day(number) for number in bounds(value))
    if value.grain in _OFFSETS:
        return f"{_year(value.year)}-{_OFFSETS[value.grain] + value.number}"
    clock = f"T{value.time}:00" if value.grain == "day" and ":" in value.time else ""
    return _date(_year(value.year), value) + clock


def timex(value: Value) -> str:
    """The value as TIMEX3 spells it: 264 BC is "BC0264", the summer of 1943 "1943-SU", the 1970s "197"."""
    year = f"{value.year:04}" if value.year > 0 else f"BC{1 - value.year:04}"
    if value.grain in ("decade", "century"):
        return year[: -1 if value.grain == "decade" else -2]
    named = {
        "season": SEASONS.get(value.number),
        "quarter": f"Q{value.number}",
        "half": f"H{value.number}",
        "week": f"W{value.number:02}",
        "weekend": f"W{value.number:02}-WE",
    }.get(value.grain)
    date = f"{year}-{named}" if named else _date(year, value)
    return f"{date}T{value.time}" if value.time else date


def _date(year: str, value: Value) -> str:
    return "-".join([year, *(f"{part:02}" for part in (value.month, value.day) if part)])


def _masked(value: Value) -> str:
    """A decade or century: its digits, and X for the others; an interval where its years share no digits."""
    first, last = _years(value)
    digits = 1 if value.grain == "decade" else 2
    if last and abs(first) // 10**digits == abs(last) // 10**digits:
        return f"{_year(first)[:-digits]}{'X' * digits}"
    return f"{_year(first)}/{_year(last)}"


def _years(value: Value) -> tuple[int, int]:
    """The first and last year of a decade or century: the 470s BC are 479 to 470 BC, the 4th century BC 400 to 301."""
    length = 10 if value.grain == "decade" else 100
    if value.year > 0:
        return value.year, value.year + length - 1
    return value.year - length + 1, value.year


def _months(value: Value) -> tuple[int, int]:
    """The first and last month of a year, or of a part of one; above 12 it is of the year after."""
    if value.grain == "season":
        return _SEASON_MONTHS[value.number]
    length = {"quarter": 3, "half": 6}.get(value.grain)
    if length:
        return length * (value.number - 1) + 1, length * value.number
    return _PARTS["year"][value.part] if value.part else (1, 12)


def _year(year: int) -> str:
    return f"{year:04}" if year >= 0 else f"-{-year:04}"


def _day(number: int) -> str:
    year, month, day = date_of(number)
    return f"{_year(year)}-{month:02}-{day:02}"
