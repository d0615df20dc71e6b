"""Times seen from another one: "the previous year", "two days later", "last Monday"."""

from collections.abc import Callable

from msgspec import Struct

from briefgen.text.dates.reading import Expression
from briefgen.text.dates.value import Value, bounds
from briefgen.text.days import date_of, day_number, week_of, week_start, weekday

_YEARS = {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}
_LENGTHS = {"D": 1, "W": 7, "2W": 14, "M": 31, "Y": 366, "DE": 3660, "CE": 36_600, "ML": 366_000}
_FARTHEST = 1_000_000
"""Days; what lies farther away is no time of a story, and soon none that four figures can say."""

_DAYS = {"W": 7, "2W": 14}


class Moment(Struct, frozen=True):
    """A time as far as it is known: what is not is 0. Years count with a year 0."""

    year: int
    month: int = 0
    day: int = 0
    season: int = 0

    @property
    def number(self) -> int:
        """The number of its day, which must be known."""
        return day_number(self.year, self.month, self.day)


def moment(value: Value) -> Moment:
    """Where a value leaves a story."""
    if value.grain in ("week", "weekend", "quarter", "half"):
        return Moment(*date_of(bounds(value)[0]))
    return Moment(value.year, value.month, value.day, value.number if value.grain == "season" else 0)


def relative(one: Expression, base: Moment) -> Value | None:
    """The unit, season, month or weekday that lies `one.amount` from `base`; none where `base` is too vague for it."""
    shift = int(one.amount or 0)
    if one.season:
        return Value("season", base.year + shift, number=one.season, part=one.part)
    if one.month:
        return Value("month", base.year + shift, one.month, part=one.part)
    if one.weekday:
        return _weekday(one, base, shift)
    count = _UNITS.get(one.unit)
    return count(one, base, shift) if count else None


def shifted(one: Expression, base: Moment) -> Value | None:
    """The time `one.amount` units from `base`, as precise as the unit; none where `base` or the amount is too vague."""
    if one.amount is None or abs(one.amount) * _LENGTHS.get(one.unit, 0) > _FARTHEST:
        return None
    if one.unit in _YEARS:
        year = base.year + int(one.amount * _YEARS[one.unit])
        vague = one.unit != "Y" and abs(one.amount) > 1
        return Value("decade", year // 10 * 10) if vague and year > 0 else Value("year", year)
    if one.unit == "M" and base.month:
        return Value("month", *_month(base, int(one.amount)))
    if one.unit in ("W", "2W") and base.day:
        year, week = week_of(base.number + int(one.amount * _DAYS[one.unit]))
        return Value("week", year, number=week)
    if one.unit == "D" and base.day:
        return Value("day", *date_of(base.number + int(one.amount)))
    return None


def week_of_month(number: int, unit: str, year: int, month: int) -> Value:
    """The week, weekend or day with this number in a month; below 0 from its end."""
    length = day_number(year, month, 31) - day_number(year, month, 1) + 1
    if unit == "D":
        return Value("day", year, month, min(number, length) if number > 0 else length)
    middle = 7 * number - 3 if number > 0 else length + 1 + 7 * number + 3
    return Value("week" if unit == "W" else "weekend", *_week(day_number(year, month, middle)))


def _week(number: int) -> tuple[int, int, int, int]:
    year, week = week_of(number)
    return year, 0, 0, week


def _same(one: Expression, base: Moment, shift: int) -> Value:
    if base.season:
        return Value("season", base.year, number=base.season)
    return Value("day" if base.day else "month" if base.month else "year", base.year, base.month, base.day)


def _days(one: Expression, base: Moment, shift: int) -> Value | None:
    """A day; "that same day" in a month that is all that is known is that month."""
    if base.day:
        return Value("day", *date_of(base.number + shift), time=one.time)
    near = base.month and not one.time and abs(shift) <= 1
    return Value("month", base.year, base.month) if near else None


def _weeks(one: Expression, base: Moment, shift: int) -> Value | None:
    if not base.day:
        return None
    year, week = week_of(base.number + 7 * shift)
    return Value("week" if one.unit == "W" else "weekend", year, number=week)


def _months(one: Expression, base: Moment, shift: int) -> Value | None:
    return Value("month", *_month(base, shift), part=one.part) if base.month else None


def _month(base: Moment, shift: int) -> tuple[int, int]:
    months = base.year * 12 + base.month - 1 + shift
    return months // 12, months % 12 + 1


def _quarters(one: Expression, base: Moment, shift: int) -> Value | None:
    if one.quarter:
        return Value("quarter", base.year, number=one.quarter)
    if not base.month:
        return None
    quarters = base.year * 4 + (base.month - 1) // 3 + shift
    return Value("quarter", quarters // 4, number=quarters % 4 + 1)


def _years(one: Expression, base: Moment, shift: int) -> Value:
    year = base.year + shift
    if one.half:
        return Value("half", year, number=one.half)
    if one.quarter:
        return Value("quarter", year, number=one.quarter)
    return Value("year", year, part=one.part)


def _decades(one: Expression, base: Moment, shift: int) -> Value:
    """A decade or century; before the common era they are named by their last year."""
    length, year = 10 if one.unit == "DE" else 100, base.year
    named = year // length * length if year > 0 else (one.unit == "DE") - (-year // length * length)
    return Value("decade" if one.unit == "DE" else "century", named + length * shift, part=one.part)


def _weekday(one: Expression, base: Moment, shift: int) -> Value | None:
    """The weekday on or before `base`, the one before it, or the next one after."""
    if not base.day:
        return None
    here = base.number
    if shift > 0:
        return Value("day", *date_of(here + (one.weekday - weekday(here) - 1) % 7 + 1), time=one.time)
    monday = week_start(*week_of(here))
    found = monday + one.weekday - 1
    late = found > here or (shift < 0 and found == here)
    return Value("day", *date_of(found - 7 * late), time=one.time)


_UNITS: dict[str, Callable[[Expression, Moment, int], Value | None]] = {
    "same": _same,
    "D": _days,
    "W": _weeks,
    "WE": _weeks,
    "M": _months,
    "Q": _quarters,
    "Y": _years,
    "DE": _decades,
    "CE": _decades,
}
