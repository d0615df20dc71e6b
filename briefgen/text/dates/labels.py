"""Short forms of dates for chips and axes. What the source does not say itself stands in square brackets."""

from briefgen.text.dates.resolving import Inferred
from briefgen.text.dates.value import Value, bounds
from briefgen.text.days import date_of

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
_FIRST_BARE = 1000
"""Years below it are said with their era."""

_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_EDGES = {"": "", "START": "start of ", "MID": "middle of ", "END": "end of "}
_PARTS = {"": "", "START": "early ", "MID": "mid-", "END": "late "}


def label(value: Value, inferred: Inferred = "", edge: bool = False) -> str:
    """A value in words: "17 October [1969]" where its year was found elsewhere, "[19 October 1969]" where all was."""
    if inferred == "all":
        return f"[{label(value, edge=edge)}]"
    year = _year(value.year)
    shown = f"[{year}]" if inferred == "year" else year
    part = _EDGES[value.part] if edge else _PARTS[value.part]
    if value.grain == "day":
        return f"{value.day} {MONTHS[value.month - 1]} {shown}"
    if value.grain == "month":
        return f"{part}{MONTHS[value.month - 1]} {shown}"
    if value.grain == "season":
        return f"{part}{_SEASONS[value.number]} {shown}"
    if value.grain in ("quarter", "half"):
        return f"{_ordinal(value.number)} {value.grain} of {shown}"
    if value.grain in ("week", "weekend"):
        return f"{value.grain} of {label(_first_day(value))}"
    return f"{part}{_long(value) if value.grain != 'year' else shown}"


def span_label(first: str, last: str) -> str:
    """Two labels as a span, what both end with said once: "7–8 August 1998", "March–May 2011"."""
    one, other = first.split(" "), last.split(" ")
    while len(one) > 1 and len(other) > 1 and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    shared = last.split(" ")[len(other) :]
    return f"{' '.join(one)}–{' '.join([*other, *shared])}"


def _year(year: int) -> str:
    if year <= 0:
        return f"{1 - year} BC"
    return f"{year}" if year >= _FIRST_BARE else f"AD {year}"


def _first_day(value: Value) -> Value:
    return Value("day", *date_of(bounds(value)[0]))


def _long(value: Value) -> str:
    """The name of a decade or century."""
    before = " BC" if value.year <= 0 else ""
    if value.grain == "decade":
        return f"{(1 - value.year) // 10 * 10 if before else value.year}s{before}"
    number = 1 - value.year // 100 if before else value.year // 100 + 1
    return f"{_ordinal(number)} century{before}"


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
