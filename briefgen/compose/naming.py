"""What a sentence holds as it stands there: names, figures, and whether it is whole."""

import re
from collections.abc import Sequence
from functools import cache

from briefgen.compose.trim import WEAK_END
from briefgen.model import DateMention
from briefgen.tables import table
from briefgen.text.words import stop_words

_NAME = re.compile(r"\b(?:al[- ])?[A-Z][\w’'.-]*[\w](?:[ -](?:bin )?[A-Z][\w’'.-]*[\w])*\.?")
_PLACED = re.compile(
    r"\b(?:in|at|near|throughout|across|inside|within|around|into|over|eastern|western|northern|southern|central)\s(?:the\s)?$"
)
_FIGURE = re.compile(r"\d[\d,.]*(?<![,.])")
_RUN_TOGETHER = re.compile(r"^[^.]{3,60}\) (?:The|An?|He|She|It|They|This) ")
"""A name with brackets after it that runs into a sentence, as where a dash is lost."""
_SHORTEST = 5
"""The words of the shortest sentence that is shown."""


def names_in(text: str, dates: Sequence[DateMention]) -> list[str]:
    """The names in a sentence, dates aside, and without a word that has its capital from the sentence's start alone."""
    for date in dates:
        text = text[: date.start] + " " * (date.end - date.start) + text[date.end :]
    openers = _openers()
    names = []
    for one in _NAME.finditer(text):
        name = re.sub(r"[’']s?$", "", one[0].strip())
        name = name if re.search(r"\b[A-Z]\.$", name) else name.rstrip(".")
        first, _, rest = name.partition(" ")
        if not _PLACED.search(text[: one.start()]):
            names.append(rest if rest and first.lower() in openers and not first.isupper() else name)
    return [name for name in names if name.replace(".", "").isupper() or name.lower() not in openers]


@cache
def _openers() -> frozenset[str]:
    """Words with a capital where they open a sentence that are no names."""
    clauses, leaning = table("text/clauses_en.yaml"), table("text/leaning_en.yaml")
    return stop_words() | frozenset(clauses["subordinate"]) | frozenset(leaning["opening"])


def is_sound(text: str) -> bool:
    """Whether a text is whole as a sentence: no question, no fragment, and nothing in it is run together."""
    whole = len(text.split()) >= _SHORTEST and not text.endswith(("?", ":")) and text.count('"') % 2 == 0
    return whole and not (WEAK_END.search(text) or _RUN_TOGETHER.search(text))


def figures(text: str, dates: Sequence[DateMention]) -> frozenset[str]:
    """The numbers in a text that belong to none of its dates."""
    dated = [range(found.start, found.end) for found in dates]
    found = _FIGURE.finditer(text)
    return frozenset(one[0] for one in found if not any(one.start() in stretch for stretch in dated))
