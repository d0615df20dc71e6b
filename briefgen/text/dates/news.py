"""Dates of news, which is written on one day and tells of the days around it: which "August", which "Friday"."""

from briefgen.text.dates.reading import Expression
from briefgen.text.dates.relative import Moment
from briefgen.text.dates.value import Value, bounds
from briefgen.text.days import date_of, day_number, month_length

_DAYS_OF_WEEK = 7


def year_beside(one: Expression, anchor: Moment, future: bool) -> int:
    """The year of a month, day or season without one: the last that has begun by then, or the next to end."""
    here = _number(anchor)
    years = range(anchor.year - 1, anchor.year + 2)
    spans = {year: _span(one, year) for year in years}
    if future:
        return next(year for year in years if spans[year][1] >= here or year == years[-1])
    return next(year for year in reversed(years) if spans[year][0] <= here or year == years[0])


def neighbour(one: Expression, anchor: Moment) -> Value:
    """ "last summer", "next August", "this spring": the one before, after or around the day of the news."""
    here, shift = _number(anchor), one.amount or 0
    years = range(anchor.year - 2, anchor.year + 3)
    if shift < 0:
        year = next(year for year in reversed(years) if _span(one, year)[1] < here)
    elif shift > 0:
        year = next(year for year in years if _span(one, year)[0] > here)
    else:
        year = next(year for year in years if _span(one, year)[1] >= here)
    if one.season:
        return Value("season", year, number=one.season, part=one.part)
    return Value("month", year, one.month, part=one.part)


def weekday_beside(one: Expression, anchor: Moment, future: bool) -> Value:
    """The last such weekday up to the day of the news, or the next one after it."""
    here = _number(anchor)
    back = (here - one.weekday) % _DAYS_OF_WEEK
    number = here - back if not future else here - back + _DAYS_OF_WEEK
    return Value("day", *date_of(number), time=one.time)


def _number(anchor: Moment) -> int:
    return day_number(anchor.year, anchor.month or 12, anchor.day or 31)


def _span(one: Expression, year: int) -> tuple[int, int]:
    if one.season:
        return bounds(Value("season", year, number=one.season))
    if one.day:
        return (day_number(year, one.month, min(one.day, month_length(year, one.month))),) * 2
    return bounds(Value("month", year, one.month or 1))
