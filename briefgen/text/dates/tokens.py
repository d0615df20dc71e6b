"""Text as tokens, each with the roles that it can play in a time expression.

A word may play several: "second" is an ordinal and a unit, "following" stands before a unit and behind an amount of
them. Each set of roles that occurs is one letter, so that a text becomes a string of letters, one a token, and rules
over roles become regular expressions over that string.
"""

import re
from functools import cache
from typing import Any

from msgspec import Struct

from briefgen.tables import table

Roles = dict[str, Any]
"""What a token can be, with what it means as that: {"ordinal": 2, "unit": "TS"}."""

FIRST_YEAR, LAST_YEAR = 1000, 2199
"""Four figures outside these are never a year by themselves."""

LANGUAGES = ("en", "es", "fr", "de")

_ADDRESS = r"(?P<address>(?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]+)|"
_OTHER = (
    r"(?P<iso>(?<![\d-])[12]\d{3}-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])"
    r"(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-]))"
    r"|(?P<figures>(?<![\d./-])\d{1,2}(?P<parted>[./-])\d{1,2}(?P=parted)\d{4}(?![\d./-]\d))"
    r"|(?P<clock>(?<![\d:])(?:[01]?\d|2[0-3])[:h][0-5]\d(?::[0-5]\d)?(?![\d:.,%]))"
    r"|(?P<decade>(?<![\d.,])\d{2,3}0(?:['’]?s|er)(?!\w))"
    r"|(?P<sixties>['’]?(?<![\d.,])[1-9]0['’]?s(?!\w))"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th|er|ère|ème|e|\.?[ºª])(?!\w))"
    r"|(?P<number>\d{1,40}(?:[.,]\d{1,40}){0,8})"
    r"|(?P<dotted>[Bb]\.\s?[Cc]\.(?:\s?[Ee]\.)?|[AaCc]\.\s?[DdEe]\.|[AaPp]\.\s?[Mm]\.|[Cc]a?\.(?=\s?\d)"
    r"|a\.\s?[Cc]\.|d\.\s?[Cc]\.|av\.\s?J\.-C\.|apr?\.\s?J\.-C\.|[vn]\.\s?Chr\.)"
    r"|(?P<word>[^\W\d_]+)|(?P<blank>\n[ \t]*\n)|(?P<sign>[^\s\w])"
)
_TOKEN, _NO_ADDRESS = re.compile(_ADDRESS + _OTHER), re.compile(_OTHER)
_IN_ADDRESSES = ("@", "://", "www.")
_SIGNS = {
    **dict.fromkeys("-–—‑", "dash"),
    **dict.fromkeys(";:?!", "stop"),
    **dict.fromkeys("'’", "quote"),
    ",": "comma",
    "/": "slash",
    ".": "dot",
    "(": "open",
    ")": "close",
    "~": "about",
}
_ERAS = {
    **dict.fromkeys(("bc", "bce", "ac", "avjc", "vchr"), "bc"),
    **dict.fromkeys(("ad", "ce", "dc", "apjc", "aprjc", "nchr"), "ad"),
    **dict.fromkeys(("am", "pm"), "ampm"),
}
"""What abbreviations with full stops mean, in all languages; others are marks of approximation, as in "c. 1970"."""

_PRICES = "$£€#¥"
_LISTS = (
    *(
        "start",
        "end",
        "middle",
        "rest",
        "portion",
        "the",
        "a",
        "of",
        "in",
        "on",
        "to",
        "between",
        "from",
        "and",
        "this",
    ),
    *("that", "each", "per", "more", "some", "about", "bc", "ad", "old", "present", "past", "former", "future", "at"),
    *("yearword", "decadeword", "moment", "later", "here", "ampm", "half", "eve", "up", "spanning"),
)
"""Roles that tables give as lists of words."""

_MAPS = (
    *("month", "shortmonth", "weekday", "shortweekday", "season", "unit", "units", "time", "numeral", "ordinal"),
    *("weekdays", "sixties", "early", "fraction", "ago", "last", "today", "set", "holiday"),
)
"""Roles that tables give as words with what they mean."""

_WRITTEN = ("iso", "figures", "clock", "decade", "sixties", "ordinal", "break", "bc", "ad", "ampm", "about")
_NOTHING: Roles = {}


class Tokens(Struct, frozen=True):
    """The tokens of `text`: a letter each in `letters`, where they start and end, and the roles of each."""

    text: str
    letters: str
    starts: list[int]
    ends: list[int]
    roles: list[Roles]

    def word(self, index: int) -> str:
        """Token `index` in lower case; "" before the first and behind the last."""
        return self.text[self.starts[index] : self.ends[index]].lower() if 0 <= index < len(self.starts) else ""

    def between(self, first: int, last: int) -> str:
        """The text from token `first` up to, and without, token `last`."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


class Language(Struct, frozen=True):
    """The words of a language: the roles of each, and the letter of each set of roles."""

    words: dict[str, Roles]
    letters: dict[frozenset[str], str]
    data: dict[str, Any]

    def letter(self, roles: Roles) -> str:
        """The letter of a token that can play `roles`."""
        return self.letters[frozenset(roles)]

    def class_of(self, role: str) -> str:
        """A class of a regular expression: the letters of all tokens that can play `role`."""
        found = sorted(letter for held, letter in self.letters.items() if role in held)
        return f"[{''.join(found)}]" if found else r"[^\s\S]"

    def listed(self, key: str) -> frozenset[str]:
        """The words that the table lists under `key`."""
        return _listed(self.data["code"], key)


@cache
def language(code: str) -> Language:
    """The words of a language by its code; those of English where it has no table."""
    code = code if code in LANGUAGES else LANGUAGES[0]
    data = {"code": code, **table(f"text/dates/words_{code}.yaml")}
    words: dict[str, Roles] = {}
    for role in _LISTS:
        for word in data.get(role, ()):
            words.setdefault(word, {})[role] = word
    for role in _MAPS:
        for word, value in data.get(role, {}).items():
            words.setdefault(word, {})[role] = value
    numbers = [_number_roles(text) for text in ("1", "45", "450", "1945", "4,500")]
    single = [{role: ""} for role in (*_WRITTEN, *_SIGNS.values())]
    sets = {frozenset(roles) for roles in (*words.values(), *numbers, *single, _NOTHING)}
    return Language(words, {held: chr(0x4E00 + index) for index, held in enumerate(sorted(sets, key=sorted))}, data)


@cache
def _listed(code: str, key: str) -> frozenset[str]:
    return frozenset(map(str, language(code).data.get(key, ())))


@cache
def _letters(code: str) -> dict[str, str]:
    """The letter of each word of a language."""
    spoken = language(code)
    return {word: spoken.letter(roles) for word, roles in spoken.words.items()}


def tokens(text: str, code: str = "en") -> Tokens:
    """The tokens of `text` in order."""
    spoken = language(code)
    capital = spoken.listed("capital")
    letter_of = _letters(spoken.data["code"])
    nothing = spoken.letter(_NOTHING)
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    held: list[Roles] = []
    token = _TOKEN if any(mark in text for mark in _IN_ADDRESSES) else _NO_ADDRESS
    for found in token.finditer(text):
        written = found[0]
        if found.lastgroup == "word":
            roles = spoken.words.get(written.lower(), _NOTHING)
            if roles and written in capital:
                roles = _NOTHING
            letters.append(letter_of[written.lower()] if roles else nothing)
        else:
            roles = _roles(found, text)
            letters.append(spoken.letter(roles) if roles else nothing)
        starts.append(found.start())
        ends.append(found.end())
        held.append(roles)
    return Tokens(text, "".join(letters), starts, ends, held)


def _roles(found: re.Match[str], text: str) -> Roles:
    """What a token that is no word can be."""
    kind, written = found.lastgroup or "", found[0]
    if kind == "sign":
        role = _SIGNS.get(written)
        return {role: written} if role else _NOTHING
    if kind == "number":
        return _NOTHING if _is_glued(text, found.start(), found.end()) else _number_roles(written)
    if kind in ("decade", "sixties", "ordinal"):
        return {kind: int(re.sub(r"\D", "", written))}
    if kind == "dotted":
        letters = re.sub(r"\W", "", written).lower()
        return {_ERAS.get(letters, "about"): letters}
    return {"break": ""} if kind == "blank" else {kind: written} if kind in _WRITTEN else _NOTHING


def _number_roles(written: str) -> Roles:
    """What a number can be: an amount, and by its length a year, or a day."""
    if not (written.isascii() and written.isdecimal()):
        plain = written.replace(",", "")
        return {"number": float(plain) if re.fullmatch(r"[0-9]{1,15}(?:\.[0-9]{1,15})?", plain) else 0.0}
    value = int(written[:15])
    roles: Roles = {"number": float(value)}
    if len(written) == 4 and FIRST_YEAR <= value <= LAST_YEAR:
        roles["year"] = value
    elif len(written) == 3:
        roles["three"] = value
    elif len(written) <= 2:
        roles["small"] = value
        if 1 <= value <= 31:
            roles["day"] = value
    return roles


def _is_glued(text: str, start: int, end: int) -> bool:
    """Whether a number is part of a name or a price: "F16", "$1900", "1900m"."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return bool(before and (before.isalnum() or before in _PRICES)) or bool(after and after.isalnum())
