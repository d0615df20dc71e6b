"""Dates between CSL-JSON and the EDTF that BibLaTeX takes."""

from typing import Any

from briefgen.citations.dates import edtf_to_csl
from briefgen.citations.fields import date_to_csl


def to_edtf(date: Any) -> str:
    """A CSL-JSON date as EDTF; "" where it has no numbers."""
    if not isinstance(date, dict):
        return ""
    sides = [_side(part) for part in date.get("date-parts") or () if part]
    season = str(date.get("season") or "")
    if len(sides) == 1 and season.isdecimal() and 1 <= int(season) <= 4 and len(sides[0]) == 4:
        return f"{sides[0]}-{20 + int(season)}"
    return "/".join(sides[:2]) + ("~" if date.get("circa") and sides else "")


def from_text(text: str) -> dict[str, Any] | None:
    """The CSL-JSON date of EDTF, or of a date as people write it; none where there is no year."""
    return edtf_to_csl(text.strip()) or date_to_csl(text.strip())


def _side(part: Any) -> str:
    numbers = [int(number) for number in part if str(number).lstrip("-").isdecimal()]
    return "-".join(f"{number:0{4 if index == 0 else 2}d}" for index, number in enumerate(numbers[:3]))
