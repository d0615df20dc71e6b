"""What users see of time expressions: dates and spans of the calendar, with what the words say of their certainty."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from briefgen.model import DateMention, Precision, Qualifier
from briefgen.text.dates.labels import label, span_label
from briefgen.text.dates.resolving import Resolved
from briefgen.text.dates.tokens import Language, Tokens
from briefgen.text.dates.value import Grain, Value, bounds, edtf
from briefgen.text.days import year_of

_NO_DATES = ("time", "clock", "moment")
"""Rules of expressions that date nothing by themselves: "at night", "at the same time"."""

_LEADING = 4
_SKIPPED = {"more", "the", "in", "on"}
"""How many words before a date are looked at, and the roles of those between it and what bounds it."""

_GOES_ON = ("–", "-", ")", ",", ";")
"""What follows a question mark that doubts a date and ends no sentence: "(1939?–2018)"."""

_BOUNDS = {"before": "until", "after": "since"}
"""How the label of a date in another language says which bound it is."""

_PRECISIONS: dict[Grain, Precision] = {
    "day": "day",
    "week": "week",
    "weekend": "week",
    "month": "month",
    "quarter": "season",
    "season": "season",
    "half": "season",
    "year": "year",
    "decade": "decade",
    "century": "century",
}


class Dated(Struct, frozen=True):
    """An expression as users see it, and its value as TIMEX3 spells it; of a range both.

    `told_here` says that its own text, or the day of the news, names all of it.
    """

    mention: DateMention
    timex: str
    told_here: bool


def mentions(found: Tokens, resolved: Sequence[Resolved], spoken: Language, text: int) -> Iterator[Dated]:
    """The calendar's expressions among those of the text numbered `text`; the two ends of a range are one."""
    at = 0
    while at < len(resolved):
        first, second = resolved[at], resolved[at + 1] if at + 1 < len(resolved) else None
        at += 1
        if first.value is None or first.expression.rule in _NO_DATES:
            continue
        if second and _is_winter(first, second):
            at += 1
            yield Dated(_single(found, first, first.value, spoken, second.expression.end), first.timex, True)
        elif second and second.value and _joined(found, first, second, spoken):
            at += 1
            told_here = _is_told_here(first, text) and _is_told_here(second, text)
            yield Dated(_span(found, first, second), f"{first.timex}/{second.timex}", told_here)
        else:
            yield Dated(_single(found, first, first.value, spoken), first.timex, _is_told_here(first, text))


def _is_told_here(one: Resolved, text: int) -> bool:
    return not one.inferred or one.from_text in (text, -1)


def _joined(found: Tokens, first: Resolved, second: Resolved, spoken: Language) -> bool:
    """Whether two dates are the ends of a span: by a dash, by "to", or by "and" behind "between"."""
    one, other = first.expression, second.expression
    if other.rule in _NO_DATES or other.first - one.last != 1:
        return False
    roles = found.roles[one.last]
    framed = "between" in found.roles[one.first - 1] if one.first else False
    slash = "slash" in roles and other.rule == "yearafter"
    linked = slash or "dash" in roles or "to" in roles or (framed and "and" in roles and found.word(one.last) != "or")
    return linked and _days(first)[0] <= _days(second)[1] and _days(first) != _days(second)


def label_of(one: Resolved) -> str:
    """The short form of a resolved date."""
    assert one.value is not None
    return label(one.value, one.inferred, one.expression.edge)


def _days(one: Resolved) -> tuple[int, int]:
    assert one.value is not None
    return bounds(one.value)


def _span(found: Tokens, first: Resolved, second: Resolved) -> DateMention:
    one, other = first.expression, second.expression
    assert first.value is not None
    assert second.value is not None
    before = found.roles[one.first - 1] if one.first else {}
    start = found.starts[one.first - 1] if "from" in before or "between" in before else one.start
    ends = edtf(first.value).split("/")[0], edtf(second.value).split("/")[-1]
    named = span_label(label_of(first), label_of(second))
    days = _days(first)[0], _days(second)[1]
    return DateMention(start, other.end, found.text[start : other.end], "/".join(ends), *days, "span", "", named)


def _is_winter(first: Resolved, second: Resolved) -> bool:
    """Whether two expressions are one winter by the two years that it falls in: "the winter of 1939–40"."""
    one, other = first.value, second.value
    if one is None or other is None or second.expression.rule != "yearafter":
        return False
    return one.grain == "season" and other.year == one.year + 1


def _single(found: Tokens, one: Resolved, value: Value, spoken: Language, end: int = 0) -> DateMention:
    """A date by itself; its words go on to `end` where that is given."""
    expression = one.expression
    start = expression.start
    qualifier, word = _qualifier(found, one, spoken)
    if qualifier == "approximate" and not expression.about:
        start = found.starts[expression.first - 1]
    written = edtf(value)
    said = label_of(one)
    if qualifier in ("before", "after"):
        ends = written.split("/") if "X" not in written else [_year_of(day) for day in bounds(value)]
        written = f"../{ends[-1]}" if qualifier == "before" else f"{ends[0]}/.."
        said = f"{word if spoken.data['code'] == 'en' else _BOUNDS[qualifier]} {said}"
    elif qualifier and "/" not in written:
        written += "~" if qualifier == "approximate" else "?"
        said = f"c. {said}" if qualifier == "approximate" else f"{said}?"
    precision = "season" if value.grain == "year" and value.part else _PRECISIONS[value.grain]
    end = max(end, expression.end)
    return DateMention(start, end, found.text[start:end], written, *bounds(value), precision, qualifier, said)


def _year_of(day: int) -> str:
    """The year of a day in EDTF, as the end of an interval: a decade or century with a mask cannot be one."""
    return edtf(Value("year", year_of(day)))


def _qualifier(found: Tokens, one: Resolved, spoken: Language) -> tuple[Qualifier, str]:
    """What the words before a date make of it, and the word that does."""
    if one.expression.about:
        return "approximate", ""
    behind = found.text[one.expression.end : one.expression.end + 2]
    if behind[:1] == "?" and behind[1:] in _GOES_ON:
        return "uncertain", "?"
    at = one.expression.first - 1
    if found.word(at) in spoken.listed("about"):
        return "approximate", found.word(at)
    for skipped in range(_LEADING):
        at = one.expression.first - 1 - skipped
        word, phrase = found.word(at), f"{found.word(at - 1)} {found.word(at)}"
        for said in (word, phrase):
            if said in spoken.listed("before"):
                return "before", said
            if said in spoken.listed("after"):
                return "after", said
            if said in spoken.listed("uncertain"):
                return "uncertain", said
        if at < 0 or not _SKIPPED & found.roles[at].keys():
            break
    return "", ""
