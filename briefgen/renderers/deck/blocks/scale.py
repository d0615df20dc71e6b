"""The scale of a timeline: from days to inches, and the years and months printed in its band."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from briefgen.renderers.days import MONTHS

CYCLE = 146097  # days in 400 Gregorian years
CYCLE_YEARS = 400
STEPS = (*(12 * years for years in (10000, 5000, 1000, 500, 100, 50, 10, 5, 1)), 6, 3, 1)  # months
YEARLY = 9  # how many of the steps are whole years
YEARS_WITH_MONTHS = 2  # in a longer time months are not printed
LEAST = 0.62  # inches between two printed years


class Scale(Struct, frozen=True):
    """Straight pieces between `points` of (day, inches), days never falling."""

    points: tuple[tuple[float, float], ...]

    def x(self, day: float) -> float:
        """The place of `day`, the end of the scale for a day beyond it."""
        index = bisect_right([point[0] for point in self.points], day)
        if index == 0:
            return self.points[0][1]
        if index == len(self.points):
            return self.points[-1][1]
        (day_a, x_a), (day_b, x_b) = self.points[index - 1], self.points[index]
        return x_a + (x_b - x_a) * (day - day_a) / (day_b - day_a)


def year_of(day: float) -> int:
    """The year of a day number; years before year 1 are zero and below."""
    cycle, rest = divmod(int(day) - 1, CYCLE)
    return date.fromordinal(rest + 1).year + CYCLE_YEARS * cycle


def year_name(day: float) -> str:
    """The year of a day number in words, such as "2012" or "44 BC"."""
    year = year_of(day)
    return str(year) if year > 0 else f"{1 - year} BC"


def first_day(month: int) -> int:
    """The day number of the first day of `month`, counted from January of year 0."""
    year, index = divmod(month, 12)
    cycle, rest = divmod(year - 1, CYCLE_YEARS)
    return date(rest + 1, index + 1, 1).toordinal() + CYCLE * cycle


def ticks(scale: Scale, first_year: int, last_year: int) -> tuple[tuple[float, str], ...]:
    """What to print in the band, as (inches, words).

    A finer step is taken between two printed years only where all its members have room: years printed are evenly
    counted, and a stretched piece of the scale shows more of them.
    """
    bounds = (12 * first_year, 12 * (last_year + 1))
    shown: list[int] = [bounds[0]]
    for step in STEPS if last_year - first_year < YEARS_WITH_MONTHS else STEPS[:YEARLY]:
        shown = [month for a, b in _between(shown, bounds[1]) for month in _finer(a, b, step, scale, bounds[1])]
    return tuple((scale.x(first_day(month)), _name(month)) for month in shown)


def _between(months: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(months, [*months[1:], end], strict=True))


def _finer(start: int, end: int, step: int, scale: Scale, last: int) -> list[int]:
    """`start` and the multiples of `step` between it and `end` where all have room, else `start` alone."""
    count = (end - 1) // step - start // step
    if count < 1 or count > 60:
        return [start]
    inner = [month for month in range((start // step + 1) * step, end, step) if month > start]
    places = [scale.x(first_day(month)) for month in (start, *inner, end)]
    if end == last and inner:
        places[-1] = max(places[-1], places[-2] + LEAST)
    least = LEAST if step >= 12 else LEAST * 0.8
    if all(b - a >= least for a, b in pairwise(places)):
        return [start, *inner]
    gaps = [b - a for a, b in pairwise(places[:-1])]
    stretched = step >= 12 and bool(gaps) and max(gaps) > 1.5 * min(gaps)
    return [start, *_roomy(inner, places)] if stretched else [start]


def _roomy(months: Sequence[int], places: Sequence[float]) -> list[int]:
    """Those of `months` that have room, for a scale that is stretched between them."""
    chosen: list[int] = []
    last, end = places[0], places[-1]
    for month, place in zip(months, places[1:], strict=False):
        if place - last >= LEAST and end - place >= LEAST:
            chosen.append(month)
            last = place
    return chosen


def _name(month: int) -> str:
    return MONTHS[month % 12][:3] if month % 12 else year_name(first_day(month))
