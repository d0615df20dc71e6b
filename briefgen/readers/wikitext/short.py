"""Short references: an author's name and a year that stand for a work given in full elsewhere in the article.

`{{sfn|Smith|2001|p=5}}` and its kin name up to four family names, a year with a letter where there are several works
of one year, and a place in the work; the anchor that links them is made of the names and the year, or set with `ref=`
(documentation of Template:Sfn and of CS1). "Smith 2001, p. 5" in a ref tag says the same in words.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from briefgen.citations.fields import date_to_csl
from briefgen.model import Locator

MOST_NAMES = 4
"""Names that count; a work of more authors is called by its first four."""

_YEAR = r"(?:(?:c\.|ca\.)\s?)?[0-9]{3,4}(?:[–/-][0-9]{2,4})?[a-z]?|n\.\s?d\.[a-z]?|nd"
_YEAR_ALONE = re.compile(_YEAR)
_YEAR_INSIDE = re.compile(r"(?<![0-9])[0-9]{3,4}(?![0-9])(?:[–/-][0-9]{2,4}(?![0-9]))?([a-z](?![a-z]))?")
_DATE_NUMBER = re.compile(r"(?<=[0-9])-(?=[0-9])")
_NUMBERED = re.compile(r"([0-9]{1,3})(a[0-9]?|y|p|pp|loc|ref)")
_NAME = r"(?:(?:[a-z]{1,3} ){0,3}[^\W\d_a-z][\w'’.-]*(?: [^\W\d_a-z][\w'’-]+){0,2})"
_IN_WORDS = re.compile(
    rf"(?:(?:See|see|Cf|cf)\.?(?: also)? )?(?P<names>{_NAME}(?:(?:, | and | & |, and |, & ){_NAME}){{0,3}})"
    rf"(?P<others>,? et al\.?)?,? (?:\((?P<inside>{_YEAR})\)|(?P<year>{_YEAR}))"
    r"(?:[,:;.]?\s?(?P<label>pp?\.?|pages?)?\s?(?P<pages>[0-9][0-9 ,–-]*))?"
)
_BETWEEN_NAMES = re.compile(r",? and |,? & |, ")
_LETTERS = re.compile(r"[^\w]+")
_SEVERAL = -1


class Key(Struct, frozen=True):
    """What a short reference calls a work: family names in order, the year with its letter, and the anchor.

    All three are folded: lower case, letters and digits alone.
    """

    names: tuple[str, ...]
    year: str
    anchor: str


class Short(Struct, frozen=True):
    """A short reference: what it calls the work, the place in it, and the names and the year as written."""

    key: Key
    locator: Locator | None
    names: tuple[str, ...]
    year: str

    def csl(self) -> dict[str, Any]:
        """What it says by itself, for a work that the article does not give in full."""
        issued = date_to_csl(self.year.rstrip("abcdefghijklmnopqrstuvwxyz"))
        item: dict[str, Any] = {"type": "document", "author": [{"literal": name} for name in self.names]}
        return {**item, "issued": issued} if issued else item


def folded(text: str) -> str:
    """`text` as keys spell it."""
    return _LETTERS.sub("", text.casefold()).replace("_", "")


def anchor_of(text: str) -> str:
    """The anchor that `ref=` sets: with or without "CITEREF", as keys spell it."""
    return folded(text).removeprefix("citeref")


def keys_of(csl: Mapping[str, Any], dates: Sequence[str] = (), anchor: str = "") -> tuple[Key, ...]:
    """The ways in which short references may call a work: by family names, by whole names, by the anchor it sets.

    `dates` are its dates as written, which may end in a letter.
    """
    people = (csl.get("author") or csl.get("editor") or [])[:MOST_NAMES]
    families = tuple(folded(str(name.get("family") or name.get("literal") or "")) for name in people)
    whole = tuple(
        folded(str(name.get("given", "")) + str(name.get("family") or name.get("literal") or "")) for name in people
    )
    year = next((year for year in map(_year_in, dates) if year), "") or _year_of(csl)
    keys = [Key(names, year, "".join(names) + year) for names in dict.fromkeys((families, whole)) if names]
    return tuple([Key((), year, anchor_of(anchor)), *keys] if anchor_of(anchor) else keys)


def _year_in(date: str) -> str:
    """The year of a date as written, with its letter."""
    found = _YEAR_INSIDE.search(date)
    return folded(found[0]) if found else ""


def _year_of(csl: Mapping[str, Any]) -> str:
    parts = (csl.get("issued") or {}).get("date-parts") or [[""]]
    return str(parts[0][0])


def short_of(values: Sequence[str], parameters: Mapping[str, str]) -> Short | None:
    """The short reference of `{{sfn}}` and its kin; none where it names nobody. Parameters are plain words."""
    values = [value.strip() for value in values if value.strip()]
    dated = len(values) > 1 and _YEAR_ALONE.fullmatch(values[-1])
    names = tuple(values[:-1] if dated else values)[:MOST_NAMES]
    year = values[-1] if dated else ""
    return _short(names, year, _place(parameters), parameters.get("ref", "")) if names else None


def shorts_of_many(values: Sequence[str], parameters: Mapping[str, str]) -> list[Short]:
    """The short references of `{{sfnm}}`, each with numbered parameters: `1a1=`, `1a2=`, `1y=`, `1p=`, `1pp=`, `1loc=`.

    Names and years may also stand without a parameter's name; a year ends each work's names.
    """
    works: dict[int, dict[str, str]] = {}
    named: dict[int, list[str]] = {}
    number = 1
    for value in filter(None, (value.strip() for value in values)):
        named.setdefault(number, []).append(value)
        number += bool(_YEAR_ALONE.fullmatch(value))
    for key, value in parameters.items():
        found = _NUMBERED.fullmatch(key)
        if found and value:
            works.setdefault(int(found[1]), {})[found[2]] = value
    shorts = []
    for number in sorted(works.keys() | named.keys()):
        given = works.get(number, {})
        names = [given[key] for key in ("a", "a1", "a2", "a3", "a4") if key in given]
        short = short_of([*names, *named.get(number, []), given.get("y", "")], given)
        shorts += [short] if short else []
    return shorts


def shorts_in_words(text: str) -> list[Short]:
    """The short references that `text`, the words of a ref tag, consists of: "Smith & Poe 2001, p. 5; Kay 2002"."""
    shorts = []
    for part in text.rstrip(" .").split(";"):
        found = _IN_WORDS.fullmatch(part.strip(" ."))
        if not found or (found["pages"] and not found["label"] and len(found["pages"].strip()) > 12):
            return []
        names = tuple(_BETWEEN_NAMES.split(found["names"]))
        locator = Locator("page", found["pages"].strip(" ,")) if found["pages"] else None
        shorts.append(_short(names, found["inside"] or found["year"], locator))
    return shorts


def _short(names: tuple[str, ...], year: str, locator: Locator | None, anchor: str = "") -> Short:
    keyed = tuple(map(folded, names))
    own = anchor_of(anchor) if anchor != "none" else ""
    return Short(Key(keyed, folded(year), own or "".join(keyed) + folded(year)), locator, names, year)


def _place(parameters: Mapping[str, str]) -> Locator | None:
    """The page, or the other place, that a short reference names; both where it names both."""
    pages = next((parameters[key] for key in ("p", "page", "pp", "pages") if parameters.get(key)), "")
    other = parameters.get("loc") or parameters.get("at") or ""
    pages = _DATE_NUMBER.sub("–", pages.strip())
    if not pages:
        return Locator("section", other) if other else None
    return Locator("page", f"{pages}, {other}" if other else pages)


def shown(style: str, short: Short) -> str:
    """A short reference as the article shows it in running text.

    `style` says what stands in round brackets: "year" for the year and place, "" for nothing; "colon" and "year colon"
    set the place behind a colon.
    """
    *first, last = short.names
    names = f"{first[0]} et al." if len(first) >= MOST_NAMES - 1 else " & ".join(filter(None, (", ".join(first), last)))
    place = ""
    if short.locator and "colon" in style:
        place = f":{short.locator.value}"
    elif short.locator and short.locator.label == "page":
        place = f", {'pp.' if re.search('[–,-]', short.locator.value) else 'p.'} {short.locator.value}"
    elif short.locator:
        place = f", {short.locator.value}"
    return f"{names} ({short.year}{place})" if style.startswith("year") else f"{names} {short.year}{place}".strip()


class Works:
    """The works that an article gives in full, by what short references call them."""

    def __init__(self, works: Sequence[tuple[Mapping[str, Any], tuple[Key, ...]]]) -> None:
        self._titles = [folded(str(csl.get("title", ""))) for csl, _ in works]
        self._anchors: dict[str, int] = {}
        self._names: dict[tuple[tuple[str, ...], str], int] = {}
        for index, (_, keys) in enumerate(works):
            for key in keys:
                self._put(self._anchors, key.anchor, index)
                for count in range(1, len(key.names) + 1):
                    self._put(self._names, (key.names[:count], key.year), index)

    def _put(self, table: dict[Any, int], key: object, index: int) -> None:
        """Notes a work under a key; _SEVERAL where it is another one than the first of that key."""
        first = table.setdefault(key, index)
        if first != _SEVERAL and self._titles[first] != self._titles[index]:
            table[key] = _SEVERAL

    def find(self, key: Key) -> int | None:
        """The index of the one work that `key` calls; none where none or several might be meant.

        Where no anchor is the same, a key may name only the first of a work's authors.
        """
        index = self._anchors.get(key.anchor)
        if index is None and key.year:
            index = self._names.get((key.names, key.year))
        return None if index == _SEVERAL else index
