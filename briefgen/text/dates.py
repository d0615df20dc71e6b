"""Time expressions in running text: where they stand, and what they mean.

Explicit dates only (day, month, season, year, decade, and spans of them, with "c.", "early", "by", "since" and the
like). An expression that needs a date from elsewhere, such as "last week" or "October 17", is not returned.
Day numbers are proleptic Gregorian, day 1 being 1 January of year 1, as in `datetime.date.toordinal`.
"""

import re
from functools import cache
from typing import Any

from briefgen.model import DateMention, Precision, Qualifier
from briefgen.tables import table

_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def dates(text: str) -> tuple[DateMention, ...]:
    """The time expressions of `text` in order; they do not overlap. A range is one mention."""
    found = [mention for match in _pattern().finditer(text) if (mention := _mention(text, match))]
    return tuple(found)


def day_number(year: int, month: int, day: int) -> int:
    """The number of a day; day 1 is 1 January of year 1. `day` is cut to the month's length."""
    before = year - 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    lengths = (31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    days = before * 365 + before // 4 - before // 100 + before // 400
    return days + _DAYS_BEFORE[month - 1] + (leap and month > 2) + max(1, min(day, lengths[month - 1]))


def year_of(day: int) -> int:
    """The year that the day numbered `day` falls in."""
    year = day * 400 // 146097 + 1
    while day_number(year, 1, 1) > day:
        year -= 1
    while day_number(year + 1, 1, 1) <= day:
        year += 1
    return year


def _words() -> dict[str, Any]:
    words: dict[str, Any] = table("text/dates_en.yaml")
    return words


def month_name(month: int) -> str:
    """The English name of a month, 1 to 12."""
    return next(str(name).capitalize() for name, number in _words()["months"].items() if number == month)


def _alternatives(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    words = _words()
    month = f"(?:{_alternatives(words['months'])})\\b\\.?"
    hedges = _alternatives([*words["approximate"], *words["before"], *words["after"]])
    part = r"(?:early|mid|late)"
    day = r"\d{1,2}(?:st|nd|rd|th)?"
    year = r"(?:1\d{3}|20\d{2})"
    season = f"(?:{_alternatives(words['seasons'])})"
    point = (
        rf"(?:{year}-\d{{2}}-\d{{2}}(?!\d)"
        rf"|{day}\s+(?:of\s+)?{month},?\s+{year}(?!\d)"
        rf"|{month}\s+{day},?\s+{year}(?!\d)"
        rf"|(?:{part}[\s-])?{month},?\s+(?:of\s+)?{year}(?!\d)"
        rf"|{season}\s+(?:of\s+)?{year}(?!\d)"
        rf"|(?:{part}[\s-])?(?:the\s+)?{year[:-1]})s\b"
        rf"|(?:{part}[\s-])?{year}(?![\d,.]\d|\d|\w))"
    )
    return re.compile(
        rf"(?<![\w$£€/#.,-])(?:(?P<hedge>{hedges})\s*)?(?:(?P<frame>from|between)\s+)?(?P<first>{point})"
        rf"(?:(?P<dash>\s?[–—-]\s?|\s+(?:to|and|until)\s+)(?P<last>{point}|\d{{2}}(?!\d|\w)))?",
        re.IGNORECASE,
    )


def _mention(text: str, match: re.Match[str]) -> DateMention | None:
    if _is_no_year(text, match):
        return None
    first = _value(match["first"])
    if first is None:
        return None
    start, end = match.start("first"), match.end("first")
    last = _range_end(match)
    if last is not None:
        if match["frame"]:
            start = match.start("frame")
        return _span(text, start, match.end("last"), first, last)
    qualifier = _qualifier(match["hedge"])
    if qualifier == "approximate":
        start = match.start("hedge")
    edtf, earliest, latest, precision, label = first
    edtf = {"approximate": f"{edtf}~", "before": f"../{edtf}", "after": f"{edtf}/.."}.get(qualifier, edtf)
    label = f"{_hedge_label(match['hedge'], qualifier)}{label}"
    return DateMention(start, end, text[start:end], edtf, earliest, latest, precision, qualifier, label)


_Value = tuple[str, int, int, Precision, str]


def _span(text: str, start: int, end: int, first: _Value, last: _Value) -> DateMention:
    label = f"{first[4]}–{last[4]}"
    return DateMention(start, end, text[start:end], f"{first[0]}/{last[0]}", first[1], last[2], "span", "", label)


def _range_end(match: re.Match[str]) -> _Value | None:
    """The second date of a range, if the words between the two make one ("and" only after "between")."""
    if not match["last"] or (match["dash"].strip() == "and") != ((match["frame"] or "").lower() == "between"):
        return None
    written = match["last"]
    if len(written) == 2:
        century = re.search(r"(\d{2})\d{2}s?$", match["first"])
        if not century or match["dash"].strip() not in "–—-":
            return None
        written = century[1] + written
    first, last = _value(match["first"]), _value(written)
    return last if first and last and first[1] <= last[2] else None


def _qualifier(hedge: str | None) -> Qualifier:
    words, hedge = _words(), (hedge or "").lower()
    if hedge in words["approximate"]:
        return "approximate"
    if hedge in words["before"]:
        return "before"
    return "after" if hedge in words["after"] else ""


def _hedge_label(hedge: str | None, qualifier: Qualifier) -> str:
    if qualifier == "approximate":
        return "c. "
    return f"{hedge} " if hedge and qualifier else ""


def _is_no_year(text: str, match: re.Match[str]) -> bool:
    """Whether the number is a count, a document's number or the like, by the words beside it."""
    if not match["first"].isdigit():
        return False
    before = text[max(0, match.start("first") - 24) : match.start("first")].lower().split()
    after = re.match(r"[\s-]*([\w.%]+)", text[match.end() : match.end() + 24].lower())
    words = _words()
    if before and before[-1] in words["not_before"]:
        return True
    if after and after[1].rstrip(".,") in words["not_after"] and not match["last"]:
        return True
    introduced = match["hedge"] or match["frame"] or (before and before[-1] in words["prepositions"])
    return int(match["first"]) < words["first_bare_year"] and not introduced


def _value(written: str) -> _Value | None:
    """The value of one point in time as written, or none where no such day or month exists."""
    words = _words()
    tokens = re.findall(r"[a-z]+|\d+", written.lower())
    numbers = [int(token) for token in tokens if token.isdigit()]
    months = [words["months"][token] for token in tokens if token in words["months"]]
    part = next((token for token in tokens if token in words["parts"]), "")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        return _day_value(*numbers)
    if months and len(numbers) == 2:
        day, year = sorted(numbers)
        return _day_value(year, months[0], day)
    if months:
        return _month_value(numbers[0], months[0], part)
    season = next((words["seasons"][token] for token in tokens if token in words["seasons"]), None)
    if season:
        return _season_value(numbers[0], season, tokens[0])
    return _decade_value(numbers[0], part) if tokens[-1] == "s" else _year_value(numbers[0], part)


def _day_value(year: int, month: int, day: int) -> _Value | None:
    if (
        not (1 <= month <= 12 and 1 <= day <= 31)
        or day_number(year, month, day) != day_number(year, month, 1) + day - 1
    ):
        return None
    number = day_number(year, month, day)
    return f"{year:04}-{month:02}-{day:02}", number, number, "day", f"{day} {_MONTH_NAMES[month - 1]} {year}"


def _month_value(year: int, month: int, part: str) -> _Value:
    first, last = _words()["parts"][part]["month"] if part else (1, 31)
    label = " ".join(filter(None, (part, _MONTH_NAMES[month - 1], str(year))))
    return f"{year:04}-{month:02}", day_number(year, month, first), day_number(year, month, last), "month", label


def _season_value(year: int, season: list[int], name: str) -> _Value:
    code, first, last = season
    ends = (year, last) if last <= 12 else (year + 1, last - 12)
    return f"{year:04}-{code}", day_number(year, first, 1), day_number(*ends, 31), "season", f"{name} {year}"


def _year_value(year: int, part: str) -> _Value:
    first, last = _words()["parts"][part]["year"] if part else (1, 12)
    label = f"{part} {year}".strip() if part != "mid" else f"mid-{year}"
    precision: Precision = "season" if part else "year"
    return f"{year:04}", day_number(year, first, 1), day_number(year, last, 31), precision, label


def _decade_value(year: int, part: str) -> _Value:
    first, last = _words()["parts"][part]["decade"] if part else (0, 9)
    label = f"{part} {year}s".strip() if part != "mid" else f"mid-{year}s"
    return f"{year // 10}X", day_number(year + first, 1, 1), day_number(year + last, 12, 31), "decade", label
