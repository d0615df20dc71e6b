"""The fields of a citation: dates and people as citations write them, to CSL-JSON."""

import re
from functools import cache, lru_cache
from typing import Any

from briefgen.tables import table

# Dates ----------------------------------------------------------------------------------------------------------

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_CIRCA = re.compile(r"^(?:c\.|ca\.|circa)\s*|\?$", re.IGNORECASE)
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|[-/–—]")
_YEAR_SPAN = re.compile(r"([0-9]{4})\s*[-–—/]\s*([0-9]{4}|[0-9]{2})")


def date_to_csl(text: str) -> dict[str, Any] | None:
    """A date as citations write it ("5 May 2010", "May 5, 2010", "2010-05-05", "Spring 2012", "2012–13", "June 2010"),
    as a CSL-JSON date; none where `text` names no year.
    """
    text = text.replace(",", " ").strip()
    plain = _CIRCA.sub("", text)
    extra: dict[str, Any] = {"circa": True} if plain != text else {}
    iso = _ISO.fullmatch(plain)
    if iso:
        numbers = [int(part) for part in iso.groups() if part]
        if _is_date(numbers):
            return {"date-parts": [numbers], **extra}
    span = _YEAR_SPAN.fullmatch(plain)
    if span:
        first, last = int(span[1]), int(span[2] if len(span[2]) == 4 else span[1][:2] + span[2])
        return {"date-parts": [[first], [last]] if last > first else [[first]], **extra}
    parts, season = _date_parts(plain)
    if not parts:
        return None
    return {"date-parts": [list(part) for part in parts], **({"season": season} if season else {}), **extra}


@lru_cache(maxsize=4096)
def _date_parts(text: str) -> tuple[tuple[tuple[int, ...], ...], int]:
    """The one or two dates that the words of `text` make, and a season from 1 (spring), or 0."""
    data = table("citations/people.yaml")
    sides: list[dict[str, int]] = [{}]
    season = 0
    for token in _TOKEN.findall(text):
        low = token.lower()
        if token in "-/–—":
            sides.append({})
        elif low in data["months"]:
            sides[-1].setdefault("month", data["months"][low])
        elif low in data["seasons"]:
            season = season or data["seasons"][low]
        elif token.isdecimal() and len(token) == 4:
            sides[-1].setdefault("year", int(token))
        elif token.isdecimal() and len(token) <= 2 and 1 <= int(token) <= 31:
            sides[-1].setdefault("day", int(token))
    return tuple(tuple(date) for date in _joined_sides(sides[:2])), season


def _joined_sides(sides: list[dict[str, int]]) -> list[list[int]]:
    """Each side with the month and year that only the other one names."""
    last = sides[-1]
    if "year" not in last and not any("year" in side for side in sides):
        return []
    dates = []
    for side in sides:
        if not side:
            continue
        whole = {"year": side.get("year", last.get("year", 0)), **side}
        if "day" in side and "month" not in side and "month" in last:
            whole["month"] = last["month"]
        numbers = [whole[key] for key in ("year", "month", "day") if key in whole]
        if "day" in whole and "month" not in whole:
            numbers.pop()
        if whole["year"] and _is_date(numbers):
            dates.append(numbers)
    return [date for index, date in enumerate(dates) if date not in dates[:index]]


def _is_date(numbers: list[int]) -> bool:
    year, month, day = (*numbers, 1, 1)[:3]
    return year > 0 and 1 <= month <= 12 and 1 <= day <= 31


def iso_date(date: dict[str, Any] | None) -> str:
    """The first day of a CSL-JSON date as ISO 8601, as precise as it is; "" for none."""
    parts = (date or {}).get("date-parts") or [[]]
    return "-".join(f"{number:0{4 if index == 0 else 2}d}" for index, number in enumerate(parts[0]))


# People ---------------------------------------------------------------------------------------------------------

Name = dict[str, str]

_AND = re.compile(r"\s*;\s*(?:and\s+|&\s*)?|\s*,?\s+(?:and|&)\s+|\s+with\s+", re.IGNORECASE)


@cache
def _words(kind: str) -> frozenset[str]:
    """The words of one kind in the table of what names are made of."""
    return frozenset(table("citations/people.yaml")[kind])


def people_in(text: str) -> list[Name]:
    """The people or bodies that one field names, as CSL-JSON names in order.

    "Family, Given" is turned round, "A B and C D" are two people; agencies and other bodies stay whole (`literal`).
    """
    text = re.sub(r"\s*\([^()]*\)", "", " ".join(text.split())).strip(" ,;")
    text = re.sub(r"^by\s+", "", text, flags=re.IGNORECASE)
    if not text:
        return []
    parts = [part.strip(" ,") for part in _AND.split(text) if part.strip(" ,")]
    if len(parts) == 1 or all(_is_person(part) for part in parts):
        return [name for part in parts for name in _one_or_listed(part)]
    return [{"literal": text}]


def _one_or_listed(text: str) -> list[Name]:
    """One person, or several where commas stand between whole names."""
    chunks = [chunk.strip() for chunk in text.split(",") if chunk.strip()]
    suffixes = _words("suffixes")
    if (
        len(chunks) >= 2
        and chunks[-1].lower() not in suffixes
        and all(" " in chunk and _is_person(chunk) for chunk in chunks)
    ):
        return [one_person(chunk) for chunk in chunks]
    return [one_person(text)]


def one_person(text: str) -> Name:
    """One person or body: "Given Family", "Family, Given", "Family, Given, Jr." or a body's name."""
    if not _is_person(text):
        return {"literal": text}
    suffixes = _words("suffixes")
    chunks = [chunk.strip() for chunk in text.split(",") if chunk.strip()]
    suffix = chunks.pop() if len(chunks) > 1 and chunks[-1].lower() in suffixes else ""
    if len(chunks) > 1:
        return _named(chunks[0], " ".join(chunks[1:]), suffix)
    words = chunks[0].split() if chunks else []
    if len(words) > 2 and words[-1].lower() in suffixes:
        suffix = words.pop()
    if len(words) < 2:
        return {"literal": text}
    at = len(words) - 1
    particles = _words("particles")
    while at > 1 and words[at - 1] in particles:
        at -= 1
    return _named(" ".join(words[at:]), " ".join(words[:at]), suffix)


def _named(family: str, given: str, suffix: str) -> Name:
    words = given.split()
    if not suffix and len(words) > 1 and words[-1].lower() in _words("suffixes"):
        suffix, given = words[-1], " ".join(words[:-1])
    name = {"family": family, "given": given, "suffix": suffix}
    return {key: value for key, value in name.items() if value}


def family_and_given(family: str, given: str) -> list[Name]:
    """The people in a pair of fields. Where the given names hold several people, the family name ends the last one."""
    if not family:
        return people_in(given)
    if not given:
        return people_in(family) if "," in family or ";" in family else [{"literal": family}]
    others = [part.strip(" ,") for part in _AND.split(given)]
    if len(others) > 1 and all(others):
        return [name for part in others[:-1] for name in _one_or_listed(part)] + [_named(family, others[-1], "")]
    return [_named(family, given, "")]


def initials_list(text: str) -> list[Name]:
    """Names in the style of `vauthors=`: "Smith AB, Jones C", a body in double round brackets."""
    names: list[Name] = []
    for part in re.split(r"\s*[,;]\s*", text.strip(" ,;")):
        family, _, given = part.strip("() ").rpartition(" ")
        if part.startswith("((") or not family or not given.isupper():
            if part.strip("() ") and part.lower() not in ("et al", "et al."):
                names.append({"literal": part.strip("() ")})
        else:
            names.append({"family": family, "given": " ".join(given)})
    return names


def _is_person(text: str) -> bool:
    """Whether a name looks like a person's: two to six words with capitals, none of them a word for a body."""
    words = [word.strip(".,") for word in text.split()]
    if not 2 <= len(words) <= 6 or any(character.isdigit() or character in "/:@" for character in text):
        return False
    if any(word.lower() in _words("bodies") or word in _words("joiners") for word in words):
        return False
    capitals = [word for word in words if word[:1].isupper()]
    return bool(capitals) and all(
        word[:1].isupper() or word in _words("particles") or not word[:1].isalpha() or len(word) > 2 for word in words
    )
