"""Days as numbers: the proleptic Gregorian calendar without limits, with a year 0 (1 BC) and years below it.

Day 1 is 1 January of year 1, as in `datetime.date.toordinal`, which knows no days before it.
"""

_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_CYCLE = 146_097
"""Days in 400 years, after which the calendar repeats itself."""


def is_leap(year: int) -> bool:
    """Whether `year` has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """The number of days in a month, 1 to 12."""
    return _LENGTHS[month - 1] + (month == 2 and is_leap(year))


def day_number(year: int, month: int, day: int) -> int:
    """The number of a day. `day` is cut to the month's length."""
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    inside = max(1, min(day, month_length(year, month)))
    return days + _BEFORE[month - 1] + (month > 2 and is_leap(year)) + inside


def date_of(number: int) -> tuple[int, int, int]:
    """Year, month and day of the day with this number."""
    year = number * 400 // _CYCLE + 1
    while day_number(year, 1, 1) > number:
        year -= 1
    while day_number(year + 1, 1, 1) <= number:
        year += 1
    month = next(month for month in range(12, 0, -1) if day_number(year, month, 1) <= number)
    return year, month, number - day_number(year, month, 1) + 1


def year_of(number: int) -> int:
    """The year that the day with this number falls in."""
    return date_of(number)[0]


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    return 1 <= month <= 12 and 1 <= day <= month_length(year, month)


def weekday(number: int) -> int:
    """The day of the week, 1 for Monday to 7 for Sunday."""
    return (number - 1) % 7 + 1


def week_of(number: int) -> tuple[int, int]:
    """The year and the number of the week (ISO 8601) that a day falls in."""
    thursday = number - weekday(number) + 4
    year = year_of(thursday)
    return year, (thursday - day_number(year, 1, 1)) // 7 + 1


def week_start(year: int, week: int) -> int:
    """The number of the Monday of a week (ISO 8601)."""
    fourth = day_number(year, 1, 4)
    return fourth - weekday(fourth) + 1 + 7 * (week - 1)
