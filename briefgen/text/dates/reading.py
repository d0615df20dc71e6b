"""What a match of a rule says by itself, before it is known when its text was written: an `Expression`."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

from msgspec import Struct

from briefgen.text.dates.grammar import Match
from briefgen.text.dates.tokens import Tokens
from briefgen.text.dates.value import Part
from briefgen.text.days import is_date

Kind = Literal["date", "relative", "shift", "today", "period"]


class Expression(Struct, frozen=True):
    """A time expression at `text[start:end]`, tokens `first` up to `last`, and what its own words say.

    - "date": a place on the calendar. What it does not name is 0, a missing year none; years count with a year 0.
      `grain` is "decade" or "century" for one of those. `of` says that it names its year by "that year" and the
      like, `edge` that its `part` is its start, middle or end.
    - "relative": the unit (or season, month, weekday) that lies `amount` from the one in mind: the previous year, -1.
    - "shift": `amount` units from the time in mind: two days later, 2; none where the words leave it open.
    - "today": a day `amount` from the one on which the words were written.
    - "period": a duration, a set or something vague, which has only its TIMEX3 `value`.
    """

    start: int
    end: int
    first: int
    last: int
    rule: str
    kind: Kind
    year: int | None = None
    month: int = 0
    day: int = 0
    weekday: int = 0
    season: int = 0
    half: int = 0
    quarter: int = 0
    grain: str = ""
    unit: str = ""
    amount: float | None = 0
    part: Part = ""
    edge: bool = False
    time: str = ""
    about: bool = False
    of: bool = False
    value: str = ""


Fields = dict[str, Any]


class Words:
    """The tokens of a match by the roles that they play."""

    def __init__(self, found: Tokens, match: Match) -> None:
        self.roles = found.roles[match.first : match.last]
        self.rule = match.rule

    def all(self, *names: str) -> Iterator[Any]:
        """The values of the tokens that can play one of the roles, in order."""
        for roles in self.roles:
            for name in names:
                if name in roles:
                    yield roles[name]
                    break

    def one(self, *names: str, default: Any = None) -> Any:
        """The value of the first such token."""
        return next(self.all(*names), default)

    def last(self, *names: str, default: Any = None) -> Any:
        """The value of the last such token."""
        return (list(self.all(*names)) or [default])[-1]

    def has(self, *names: str) -> bool:
        """Whether there is such a token."""
        return next(self.all(*names), self) is not self


def read(found: Tokens, match: Match) -> Expression | None:
    """The expression that a match makes; none where its words make none, such as a day that no calendar has."""
    fields = _READERS.get(match.rule, _date)(Words(found, match))
    if fields is None:
        return None
    start, end = found.starts[match.first], found.ends[match.last - 1]
    return Expression(start, end, match.first, match.last, match.rule, **fields)


# Places on the calendar -----------------------------------------------------------------------------------------


def _date(words: Words) -> Fields | None:
    fields: Fields = {"kind": "date", "year": _year(words), "time": _time(words), **_piece(words)}
    fields["month"] = words.one("month", "shortmonth", default=0)
    if not fields["month"]:
        fields["season"] = words.one("season", default=0)
    fields["weekday"] = words.one("weekday", default=0) if words.rule == "weekday" else 0
    fields["about"] = words.rule == "aboutyear"
    fields["of"] = words.rule.endswith("of") or (words.rule == "monthday" and words.has("unit"))
    if words.rule in ("date", "monthday"):
        fields |= {"day": _day(words), "part": "", "edge": False}
        if not is_date(2000 if fields["year"] is None else fields["year"], fields["month"], fields["day"]):
            return None
    return fields


def _day(words: Words) -> int:
    """The number behind the month's name, or else the one before it."""
    at = next(index for index, roles in enumerate(words.roles) if "month" in roles or "shortmonth" in roles)
    behind = [roles for roles in words.roles[at + 1 :] if "dot" not in roles and "the" not in roles][:1]
    for roles in (*behind, *reversed(words.roles[:at])):
        number = roles.get("day", roles.get("ordinal"))
        if number is not None:
            return int(number)
    return 0


def _year(words: Words) -> int | None:
    bc = words.has("bc")
    number = words.one("year")
    if number is None and (bc or words.has("ad")):
        number = words.last("three", "small")
    return None if number is None else 1 - int(number) if bc else int(number)


def _piece(words: Words) -> Fields:
    """What "early", "the end of", "the latter part of" and "the first half of" leave."""
    if words.has("fraction"):
        number = words.one("ordinal", "last", default=1)
        kind = str(words.one("fraction"))
        most = {"half": 2, "quarter": 4}[kind]
        return {kind: most if number < 0 else number} if number <= most else {}
    if words.rule == "years":
        return {}
    part = words.one("early")
    if part is None and words.has("portion"):
        part = "END" if words.one("ordinal", "last", default=1) in (2, -1) else "START"
    if part is not None:
        return {"part": part}
    edges = (("start", "START"), ("end", "END"), ("middle", "MID"))
    part = next((name for role, name in edges if words.has(role)), "")
    return {"part": part, "edge": bool(part)}


def _time(words: Words) -> str:
    clock = words.one("clock")
    return _clock(clock, words.one("ampm")) if clock else str(words.one("time", default=""))


def _clock(clock: str, half: str | None) -> str:
    hours, minutes = clock.replace("h", ":").split(":")[:2]
    hour = int(hours) % 12 + 12 * half.startswith("p") if half else int(hours)
    return f"{hour:02}:{minutes}"


def _iso(words: Words) -> Fields | None:
    written = words.one("iso")
    year, month, day = (int(part) for part in written[:10].split("-"))
    if not is_date(year, month, day):
        return None
    return {"kind": "date", "year": year, "month": month, "day": day, "time": written[11:16]}


def _figures(words: Words) -> Fields | None:
    """A date in figures. The year alone is sure where day and month could change places."""
    first, second, year = (int(part) for part in words.one("figures").replace(".", "-").replace("/", "-").split("-"))
    day, month = (first, second) if first > 12 or "." in words.one("figures") else (second, first)
    if not is_date(year, month, day):
        return None
    sure = day > 12 or day == month or "." in words.one("figures")
    return {"kind": "date", "year": year} | ({"month": month, "day": day} if sure else {})


def _decade(words: Words) -> Fields:
    """A decade; of "the sixties" the century is left open."""
    fields: Fields = {"kind": "date", "grain": "decade", **_piece(words)}
    number = words.one("decade")
    if number is None:
        return {**fields, "amount": words.one("sixties")}
    return {**fields, "year": 1 - number if words.has("bc") else number}


def _decade_years(words: Words) -> Fields | None:
    """A decade as Spanish and French name it: "los años 1980", "les années 80"."""
    year = words.one("year")
    short = words.one("small", "sixties")
    if (year or short) % 10 or (year is None and short < 20):
        return None
    return {"kind": "date", "grain": "decade", "year": year, "amount": short or 0}


def _century(words: Words) -> Fields | None:
    number = words.last("ordinal")
    if words.last("unit", "units", default="CE") != "CE" or not 1 <= number <= 30:
        return None
    year = -100 * (number - 1) if words.has("bc") else max(1, 100 * (number - 1))
    part = _piece(words).get("part")
    if part is None:
        part = "START" if words.one("ordinal") == 1 else "END"
    return {"kind": "date", "grain": "century", "year": year, "part": part, "edge": _piece(words).get("edge", False)}


def _year_before(words: Words) -> Fields:
    """The first year of a span that ends before the common era: "499-493 BC"."""
    return {"kind": "date", "year": 1 - words.one("three", "small", "year")}


def _part_of_date(words: Words) -> Fields | None:
    """The day or year that stands for itself in a span: the 6 of "6-7 February", the 08 of "2007-08"."""
    if words.rule == "yearafter":
        return {"kind": "date", "amount": words.one("small"), "grain": "yearafter"}
    return {"kind": "date", "year": _year(words), "day": words.one("day"), "grain": words.rule, "time": _time(words)}


def _unit_of_month(words: Words) -> Fields | None:
    """ "the second week of June 2010", "the last day of May"."""
    number, unit = words.one("ordinal", "last"), words.last("unit")
    if unit not in ("W", "D", "WE") or number == 0:
        return None
    month = words.last("month", "shortmonth")
    return {"kind": "date", "year": _year(words), "month": month, "unit": unit, "amount": number}


# Times seen from another time -----------------------------------------------------------------------------------


def _relative(words: Words) -> Fields | None:
    """ "the previous year", "that same day", "last summer", "that morning", "the end of the month"."""
    unit = words.last("unit", default="")
    if unit.startswith("T"):
        return None
    fields: Fields = {"kind": "relative", "unit": unit, "amount": words.last("last", default=0), **_piece(words)}
    fields |= {role: words.one(role, default=0) for role in ("season", "weekday", "month")}
    if words.has("time") and not unit:
        fields |= {"unit": "D", "time": words.one("time")}
    return fields


def _moment(words: Words) -> Fields:
    """ "this time", which is now, and "the same time", "that period", which are the time spoken of."""
    if words.has("this"):
        return {"kind": "period", "value": "PRESENT_REF"}
    return {"kind": "relative", "unit": "same"}


def _relative_fraction(words: Words) -> Fields | None:
    number, kind = words.one("ordinal"), words.one("fraction")
    if kind != "quarter" or not (number is None or 1 <= number <= 4):
        return None
    amount = 0 if number else words.one("last", default=0)
    return {"kind": "relative", "unit": "Q", "quarter": number or 0, "amount": amount}


def _later_that(words: Words) -> Fields | None:
    unit = words.last("unit", default="")
    if unit == "D" or unit.startswith("T") or words.one("ago") is None:
        return None
    return {"kind": "relative", "unit": unit, "season": words.one("season", default=0)}


def _unit_ago(words: Words) -> Fields | None:
    """ "the day before", "the night before"."""
    unit = words.one("unit", default="D")
    if unit.startswith("T"):
        return None
    time = "" if words.has("unit") else words.one("time")
    return {"kind": "relative", "unit": unit, "time": time, "amount": words.last("ago")}


def _time_alone(words: Words) -> Fields:
    return {"kind": "relative", "unit": "D", "time": words.one("time")}


def _clock_alone(words: Words) -> Fields | None:
    clock, hour, half = words.one("clock"), words.one("day"), words.one("ampm")
    if clock is None and not 1 <= hour <= 12:
        return None
    return {"kind": "relative", "unit": "D", "time": _clock(clock or f"{hour}:00", half)}


def _shift(words: Words) -> Fields:
    sign = words.last("ago")
    amount = None if words.has("some") or words.rule == "pluralago" else sign * _amount(words)
    value = "FUTURE_REF" if sign > 0 else "PAST_REF"
    return {"kind": "shift", "unit": words.last("unit", "units"), "amount": amount, "value": value}


def _today(words: Words) -> Fields:
    """ "yesterday", "the day after tomorrow"."""
    amount = words.one("today") + words.one("ago", default=0)
    return {"kind": "today", "amount": amount, "time": words.one("time", default="")}


# Periods --------------------------------------------------------------------------------------------------------


def _amount(words: Words) -> float:
    """The number that digits or words make: "twenty-five", "two hundred"; 1 for "a"."""
    half = 0.5 if words.has("half") else 0.0
    number = words.last("number")
    if number is not None:
        return float(number) + half
    total, run = 0.0, 0.0
    for value in words.all("numeral"):
        if value >= 100:
            total, run = total + max(run, 1) * value, 0.0
        else:
            run += value
    begins_with_half = "half" in words.roles[0]
    return half if begins_with_half else (total + run or 1.0) + half


def _duration(words: Words) -> Fields:
    """A duration; of "six to eight weeks" the longer one."""
    unit = words.last("unit", "units")
    cuts = [at for at, roles in enumerate(words.roles) if "to" in roles or ("and" in roles and not words.has("half"))]
    if cuts:
        words.roles = words.roles[cuts[-1] + 1 :]
    bare = words.has("some") or words.rule in ("plural", "relativeplural")
    return {"kind": "period", "unit": unit, "value": period("X" if bare else f"{_amount(words):g}", unit)}


def period(amount: str, unit: str) -> str:
    """A duration as TIMEX3 spells it: P2M, PT24H, PXD."""
    if unit == "2W":
        unit, amount = "W", amount if amount == "X" else f"{float(amount) * 2:g}"
    return f"PT{amount}{unit[1:]}" if unit.startswith("T") else f"P{amount}{unit}"


def _set(words: Words) -> Fields:
    value, unit = words.one("set"), words.last("unit", default="")
    if value is None and words.has("per"):
        value = period("1", unit)
    if value is None:
        value = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(unit, "")
    if words.has("weekday", "weekdays"):
        value = f"XXXX-WXX-{words.one('weekday', 'weekdays')}"
    return {"kind": "period", "value": value}


def _vague(value: str) -> Callable[[Words], Fields]:
    return lambda words: {"kind": "period", "value": value}


def _holiday(words: Words) -> Fields:
    month, day = words.one("holiday")
    day -= words.has("eve")
    return {"kind": "date", "year": _year(words), "month": month, "day": day}


_READERS: dict[str, Callable[[Words], Fields | None]] = {
    "iso": _iso,
    "figures": _figures,
    "decade": _decade,
    "decadeyears": _decade_years,
    "century": _century,
    "centurybefore": _century,
    "yearbefore": _year_before,
    "yearafter": _part_of_date,
    "daybefore": _part_of_date,
    "dayafter": _part_of_date,
    "unitofmonth": _unit_of_month,
    "holiday": _holiday,
    "relative": _relative,
    "pieceofunit": _relative,
    "relativefraction": _relative_fraction,
    "laterthat": _later_that,
    "unitago": _unit_ago,
    "time": _time_alone,
    "clock": _clock_alone,
    "ago": _shift,
    "pluralago": _shift,
    "today": _today,
    "relativeamount": _duration,
    "relativeplural": _duration,
    "duration": _duration,
    "plural": _duration,
    "age": _duration,
    "set": _set,
    "moment": _moment,
    "present": _vague("PRESENT_REF"),
    "past": _vague("PAST_REF"),
    "former": _vague("PAST_REF"),
    "future": _vague("FUTURE_REF"),
}
