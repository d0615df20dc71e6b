"""Dates of publications between EDTF and CSL-JSON, and as short words."""

import re
from typing import Any

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_TIME = re.compile(r"(?<=\d)T[0-9:.]+(?:Z|[+-][0-9:]+)?$")
_EDTF = re.compile(r"(?P<year>-?[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[~?%]?)")


def edtf_to_csl(edtf: str) -> dict[str, Any] | None:
    """The CSL-JSON date of an EDTF date or closed interval; none where `edtf` is neither. A time of day is left out.

    Approximate and uncertain dates are `circa`; months 21 to 24 are seasons (EDTF level 1). EDTF counts years before
    the common era from 0, CSL from -1.
    """
    ends = [_EDTF.fullmatch(_TIME.sub("", end)) for end in edtf.strip().split("/")]
    if len(ends) > 2:
        return None
    parts: list[list[int]] = []
    date: dict[str, Any] = {}
    for end in ends:
        if end is None:
            return None
        numbers = [int(end[name]) for name in ("year", "month", "day") if end[name]]
        numbers[0] -= numbers[0] <= 0
        if len(numbers) > 1 and 21 <= numbers[1] <= 24:
            date["season"] = numbers[1] - 20
            del numbers[1:]
        elif len(numbers) > 1 and not (1 <= numbers[1] <= 12 and 1 <= (numbers[2:] or [1])[0] <= 31):
            return None
        if end["mark"]:
            date["circa"] = True
        parts.append(numbers)
    return {"date-parts": parts, **date}


def short_date(date: dict[str, Any] | None) -> str:
    """A CSL-JSON date as "5 Nov 2012", "Nov 2012", "Summer 2011", "c. 2002" or "1980–1992"; "" where unknown."""
    if not date:
        return ""
    parts = [_words(part) for part in date.get("date-parts") or () if part]
    if not parts or not all(parts):
        return str(date.get("literal") or "")
    season = date.get("season")
    if isinstance(season, int) and 1 <= season <= 4:
        parts[0] = f"{SEASONS[season - 1]} {parts[0]}"
    return ("c. " if date.get("circa") else "") + "–".join(parts[:2])


def _words(part: Any) -> str:
    try:
        numbers = [int(value) for value in part][:3]
    except (TypeError, ValueError):
        return ""
    year = f"{-numbers[0]} BC" if numbers[0] < 0 else str(numbers[0])
    months = [MONTHS[number - 1] for number in numbers[1:2] if 1 <= number <= 12]
    days = [str(number) for number in numbers[2:] if months]
    return " ".join([*days, *months, year])
