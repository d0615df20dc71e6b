"""The rules of time expressions, over the roles of tokens; what a match says is read in `reading`.

A rule is a regular expression over the names of roles, which becomes one over the letters of a text's tokens (see
`tokens`); names in capitals stand for parts of rules. Nothing repeats without a bound, so finding is linear in the
length of the text.
"""

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from briefgen.text.dates.tokens import language

_PARTS = {
    "DATE": "(WEEKDAY? ((the? DAY of? MONTH comma? of? YEAR) | (MONTH (day|(the? ordinal)) comma? YEAR)))",
    "MONTHDAY": "(WEEKDAY? ((MONTH (day|(the? ordinal))) | (the? ordinal of? MONTH) | (day dot? of? MONTH)))",
    "MONTHYEAR": "(MONTH comma? of? YEAR)",
    "WEEKDAY": "((weekday|(shortweekday dot?)) comma? the?)",
    "MONTH": "(month|(shortmonth dot?))",
    "DAY": "(ordinal|(day dot?))",
    "YEAR": "(((year|three|small) bc) | (ad (year|three|small)) | ((year|three|small) ad) | year)",
    "AMOUNT": "(((number|NUMBER) (and a half)?)|((a more?)? some of?)|(half a)|a)",
    "NUMBER": "(numeral (dash? numeral){0,3})",
    "MORE": "(more|(up to)){0,4}",
    "THAT": "(of (the|this|that|last|in){1,3} unit)",
    "EDGE": "(start|end|middle|rest)",
    "PIECE": "((the? (early|ordinal|last)? (EDGE|portion) of the?) | (the? (ordinal|last) fraction of the?)"
    " | (the? early (dash|in|of)? the?))",
    "DAYTIME": "((early in)? the? (early|ordinal)? time portion? (of|on|dash|comma)? the?)",
    "UNIT": "(unit|units)",
    "NAME": "(month|shortmonth)",
}

RULES = {
    "iso": "iso",
    "figures": "figures",
    "date": "(DAYTIME of?)? (clock ampm? (on|comma)?)? DATE",
    "monthday": "(DAYTIME of?)? (clock ampm? (on|comma)?)? MONTHDAY THAT?",
    "monthyear": "PIECE? MONTHYEAR",
    "unitofmonth": "the? (ordinal|last) unit (of|in) MONTH (comma? of? YEAR)?",
    "seasonyear": "PIECE? the? season comma? of? the? YEAR",
    "seasonof": "PIECE? the? season THAT",
    "monthof": "PIECE? month THAT",
    "fractionyear": "the? (ordinal|last) dash? fraction of? the? yearword? YEAR",
    "fractionof": "the? (ordinal|last) fraction THAT",
    "decadeyears": "the? decadeword (year|small|sixties)",
    "decade": "PIECE? the? (early dash?)? (decade|sixties) bc?",
    "century": "PIECE? the? (early dash?)? ordinal dash? UNIT (bc|ad)?",
    "centurybefore": "the? (early dash?)? ordinal (?= (and|to|dash) the? (early dash?)? ordinal UNIT)",
    "pieceyear": "PIECE the? yearword? YEAR",
    "years": "the yearword year",
    "aboutyear": "about YEAR",
    "yearbefore": "(three|small|year) (?= (dash|slash|to|and) (three|small|year) bc)",
    "yearafter": "(?<= year (dash|slash)) small (?! (dash|slash|number|unit|units))",
    "year": "YEAR",
    "daybefore": "(DAYTIME of?)? day dot? (?= (dash|and|to|slash) day dot? of? MONTH)",
    "dayafter": "(?<= NAME (day|ordinal) (dash|and|to|slash)) day (?! (NAME|UNIT|number)) (comma? YEAR)?",
    "month": "PIECE? month",
    "ago": "MORE AMOUNT dash? UNIT (and a half)? more? ago",
    "pluralago": "units ago",
    "today": "(the unit ago)? today time?",
    "unitago": "the (time|unit) ago",
    "laterthat": "later in? (this|that|the){1,2} (unit|season)",
    "relative": "PIECE? (the|that|this)? (this|that|last) (unit|season|weekday|month|time)",
    "relativefraction": "((the|this|last) (ordinal|last)? fraction)|((the|this|last)? ordinal dash fraction)",
    "relativeamount": "(the|this)? ((last AMOUNT)|((this|that) AMOUNT)) UNIT",
    "relativeplural": "(the|this)? last units",
    "pieceofunit": "PIECE unit",
    "season": "PIECE? the? season",
    "weekday": "(early dash?)? weekday time?",
    "time": "the? time",
    "clock": "(clock ampm?)|(day ampm)",
    "set": "(each ordinal? (unit|weekday|season|time|month))|(per unit)|weekdays|set",
    "age": "MORE AMOUNT dash? UNIT (old|(of old))",
    "duration": "MORE the? ordinal? (AMOUNT (to|dash|and))? AMOUNT (dash|quote)? UNIT (and a half)? (dash? old)?",
    "plural": "(?<= (of|in|to|per|the|ago|last|on|from|more|spanning)) units (?! quote)",
    "holiday": "holiday eve? comma? YEAR?",
    "moment": "(this|that|(the that)) moment",
    "present": "present|(the here unit?)|(here unit)|((?<= at) here)|((?<= at) the moment)|(this units)",
    "past": "(the past (?! unit|units|number|numeral|some))|(past units?)",
    "former": "former",
    "future": "the? future",
}

_NEVER_FIRST = {"comma", "dot", "stop", "quote", "slash", "open", "close"}
"""Roles with which no rule begins; nor does one with a token that has none."""


class Match(Struct, frozen=True):
    """Tokens `first` up to `last` (without it) that the rule `rule` describes."""

    rule: str
    first: int
    last: int


def first_match(letters: str, at: int, code: str) -> Match | None:
    """The first match from token `at` on; of several rules there, that of the rule named first."""
    match = _all(code).search(letters, at)
    return Match(match.lastgroup or "", match.start(), match.end()) if match else None


def other_matches(letters: str, match: Match, code: str) -> Iterator[Match]:
    """What the rules named after that of `match` find at its place."""
    names = list(RULES)
    for name in names[names.index(match.rule) + 1 :]:
        found = _one(code, name).match(letters, match.first)
        if found and found.end() > found.start():
            yield Match(name, found.start(), found.end())


@cache
def _all(code: str) -> re.Pattern[str]:
    """All rules, tried only at tokens that have a role with which a rule may begin."""
    never = "".join(letter for roles, letter in language(code).letters.items() if roles <= _NEVER_FIRST)
    rules = "|".join(f"(?P<{name}>{_written(name, code)})" for name in RULES)
    return re.compile(f"(?=[^{never}])(?:{rules})")


@cache
def _one(code: str, name: str) -> re.Pattern[str]:
    return re.compile(_written(name, code))


def _written(name: str, code: str) -> str:
    """A rule over the letters of a language's tokens."""
    spoken = language(code)
    rule = RULES[name]
    while re.search(r"[A-Z]", rule):
        rule = re.sub(r"[A-Z]+", lambda part: f"({_PARTS[part[0]]})", rule)
    rule = re.sub(r"\((?!\?)", "(?:", rule)
    return re.sub(r"[a-z]+", lambda role: spoken.class_of(role[0]), rule).replace(" ", "")
