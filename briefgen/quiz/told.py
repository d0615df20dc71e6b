"""What a quiz may ask about: each passage that a deck shows, once, with its dates and what tells it from others."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from briefgen.model import Brief, DateMention, Section, Span, Statement, statements_of
from briefgen.tables import table
from briefgen.text.dates import dates
from briefgen.text.words import length, stems

LONGEST = 40
"""Words of a passage that is asked about at most."""
ALIKE, SAME = 0.4, 0.6
"""The shares of the shorter passage's telling words from which two passages may tell, and likely tell, of one thing."""
FEWEST = 4
"""Telling words of a passage at least, so that what is left out of it can be known."""
GAP = "_____"
"""What stands for words that are left out of one of several statements."""


_WHEN = re.compile(r"(?:^|\b(?:in|on) )$", re.IGNORECASE)
"""What stands before a date on which the whole of a sentence was, and no part of a name ("the war of 1812")."""


class Told(Struct, frozen=True):
    """A passage as the deck tells it: `text` in full, and the `shown` wordings, as they come, of the statements `ids`.

    `stems` are its words that carry meaning, without those of the title and of dates; `names` all its words as they are
    written. `contested` says that sources differ on it, `plain` that it says what is so without a hedge, negation or
    attribution. `occasion` is the date of what it tells, where no other can be meant: it has one, and no word that puts
    it elsewhen; `undated` is then its shortest wording without the date, if there is one.
    """

    statement: Statement
    ids: frozenset[str]
    section: int
    text: str
    shown: tuple[str, ...]
    dates: tuple[DateMention, ...]
    stems: frozenset[str]
    names: frozenset[str] = frozenset()
    contested: bool = False
    plain: bool = False
    occasion: DateMention | None = None
    undated: str | None = None


def words_of() -> Any:
    """The quiz's own words and lists of words."""
    return table("quiz/words_en.yaml")


def told_in(brief: Brief) -> tuple[Told, ...]:
    """The passages of sources that the sections of `brief` show, in reading order, each once."""
    title = frozenset(stems(brief.title))
    contested = _contested(brief)
    first: dict[Span, tuple[Section, list[Statement]]] = {}
    for section in brief.sections:
        for one in statements_of(section):
            if one.passage and one.kind != "instructor":
                first.setdefault(one.passage.span, (section, []))[1].append(one)
    return tuple(_told(section, said, span in contested, title) for span, (section, said) in first.items())


def _contested(brief: Brief) -> frozenset[Span]:
    ids = {name for conflict in brief.conflicts for name in conflict.statements}
    everything = (*(one for section in brief.sections for one in statements_of(section)), *brief.aside)
    return frozenset(one.passage.span for one in everything if one.passage and one.id in ids)


def _told(section: Section, said: list[Statement], contested: bool, title: frozenset[str]) -> Told:
    one = next((each for each in said if each.date), said[0])
    text = max((each.in_full for each in said), key=len)
    found = dates(text)
    shown = tuple(dict.fromkeys(each.text for each in said))
    occasion = None if contested else _occasion(one, text, found)
    return Told(
        one,
        frozenset(each.id for each in said),
        section.number,
        text,
        shown,
        found,
        _telling(text, found) - title,
        frozenset(re.findall(r"\w+", text)),
        contested,
        not _hedge().search(text),
        occasion,
        _without_date(text, shown, found) if occasion else None,
    )


def telling_words(text: str) -> frozenset[str]:
    """The stems of the words that carry meaning, those of dates left out."""
    return _telling(text, dates(text))


def _telling(text: str, found: Sequence[DateMention]) -> frozenset[str]:
    for mention in reversed(found):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return frozenset(stems(text))


@cache
def _hedge() -> re.Pattern[str]:
    """The words that make a sentence tell what somebody says, doubts or denies."""
    words = table("text/hedges_en.yaml")["keep"]
    pattern = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{pattern})\b|[“\"?]", re.IGNORECASE)


@cache
def _elsewhen() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words_of()['elsewhen'])})\b", re.IGNORECASE)


def alike(one: Told, other: Told, share: float = ALIKE) -> bool:
    """Whether two passages may tell of the same thing."""
    smaller = min(len(one.stems), len(other.stems))
    return smaller == 0 or len(one.stems & other.stems) >= share * smaller


def is_exact(date: DateMention) -> bool:
    """A day, month or year that the source names in full and without a hedge."""
    return date.precision in ("day", "month", "year") and not date.qualifier and "[" not in date.label


def overlap(one: DateMention, other: DateMention) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest


def _occasion(statement: Statement, text: str, found: Sequence[DateMention]) -> DateMention | None:
    date = statement.date
    if date is None or len(found) != 1 or not is_exact(date):
        return None
    (here,) = found
    before, after = text[: here.start], text[here.end :]
    around = f"{before} {after}"
    said_of_all = _WHEN.search(before) and (before or re.match(r"[:,–—] ", after))
    other = _elsewhen().search(around) or re.search(r"\b\d{4}\b|[“”\"]", around)
    return here if said_of_all and not other and overlap(here, date) and is_exact(here) else None


def _without_date(text: str, shown: Sequence[str], found: Sequence[DateMention]) -> str | None:
    """The shortest wording of a passage with one date, without it; a cut one only where no other will do."""
    opening = (one for one in dict.fromkeys((*shown, text)) if _opens_as(one, text))
    blanked = (_blank(one, found if one == text else dates(one)) for one in opening)
    return min((one for one in blanked if one and _reads(one)), key=lambda one: ("…" in one, length(one)), default=None)


def _opens_as(shown: str, text: str) -> bool:
    """Whether a wording leaves out nothing but a date before its first word."""
    start = text.find(shown.partition(" …")[0])
    return start == 0 or (start > 0 and not telling_words(text[:start]))


def _blank(text: str, found: Sequence[DateMention]) -> str | None:
    """A wording without the one date that is `found` in it; none where it has several, or still tells one."""
    if len(found) != 1:
        return None if found else text
    blanked = f"{text[: found[0].start]}{GAP}{text[found[0].end :]}"
    return None if dates(blanked) else blanked.removeprefix(f"{GAP}: ")


def _reads(text: str) -> bool:
    return FEWEST <= length(text) <= LONGEST


def parted(text: str, answer: str) -> tuple[str, str] | None:
    """`text` before and after `answer`, where that stands in it once, as words of its own."""
    found = list(re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text))
    return (text[: found[0].start()], text[found[0].end() :]) if len(found) == 1 and text.count(answer) == 1 else None


def rivals(told: Told, everything: Iterable[Told], share: float = ALIKE) -> Iterator[Told]:
    """The other passages that may tell of the same thing."""
    return (one for one in everything if one is not told and alike(told, one, share))
