"""Whether words and numbers mean a time where they stand: not in "1500 men", "Document 389", "the fall of Rome"."""

from briefgen.text.dates.reading import Expression
from briefgen.text.dates.tokens import Language, Tokens

_SURE_FROM = 1800
"""A bare number from here on is a year unless its neighbours say otherwise; below, only if they say so."""

_SHORT = ("TS", "TM", "TH", "Q")


def is_time(found: Tokens, one: Expression, spoken: Language) -> bool:
    """Whether what stands around an expression lets it be one."""
    if one.rule in ("year", "aboutyear", "yearafter"):
        return _is_year(found, one, spoken)
    if one.rule == "pieceyear":
        return found.word(one.last) not in spoken.listed("not after")
    if one.rule == "month" and found.word(one.last) in spoken.listed("not after a month"):
        return False
    if one.rule == "month" and one.last - one.first == 1:
        return found.word(one.first) not in spoken.listed("alone only introduced") or _is_introduced(found, one, spoken)
    if one.rule == "season" and found.word(one.last - 1) in spoken.listed("alone only introduced"):
        return found.word(one.first - 1) in spoken.listed("before a season") and found.word(one.last) not in _of(spoken)
    if one.rule == "duration" and one.unit in _SHORT:
        counted = "units" in found.roles[one.last - 1] and found.word(one.last) not in _of(spoken)
        return counted or one.unit == "TH"
    return True


def _of(spoken: Language) -> frozenset[str]:
    return spoken.listed("of")


def _is_introduced(found: Tokens, one: Expression, spoken: Language) -> bool:
    before = found.word(one.first - 1)
    return not before or before in spoken.listed("introducing") or "break" in found.roles[one.first - 1]


def _is_year(found: Tokens, one: Expression, spoken: Language) -> bool:
    before, after = found.word(one.first - 1), found.word(one.last)
    named = found.word(one.first - 2) if before == "." else before
    if one.rule == "yearafter" and before == "/" and (one.amount or 0) <= 12:
        return False
    if named in spoken.listed("not before") or after in ("%", "°"):
        return False
    if after in spoken.listed("not after") and before not in spoken.listed("surely before"):
        return False
    if one.rule != "year" or one.last - one.first > 1:
        return True
    if before in ("-", "–", "/") and 0 < len(found.word(one.first - 2)) < 4 and found.word(one.first - 2).isdecimal():
        return False
    introduced = _is_introduced(found, one, spoken)
    counted = _is_plural(found, one.last, spoken) and before not in spoken.listed("surely before")
    year = one.year or 0
    if year < _SURE_FROM:
        return introduced and not counted
    return introduced or not (year % 100 == 0 and counted)


def _is_plural(found: Tokens, index: int, spoken: Language) -> bool:
    """Whether token `index` looks like a common noun in the plural."""
    word = found.between(index, index + 1) if index < len(found.starts) else ""
    return len(word) > 3 and word.islower() and word.endswith(tuple(spoken.data.get("plural endings", ())))
