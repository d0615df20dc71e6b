"""The names that a sentence holds, as they stand there."""

import re
from collections.abc import Sequence

from briefgen.model import DateMention
from briefgen.tables import table
from briefgen.text.words import stop_words

_NAME = re.compile(r"\b(?:al[- ])?[A-Z][\w’'.-]*[\w](?:[ -](?:bin )?[A-Z][\w’'.-]*[\w])*\.?")
_PLACED = re.compile(
    r"\b(?:in|at|near|throughout|across|inside|within|around|into|over|eastern|western|northern|southern|central)\s(?:the\s)?$"
)
_OPENERS = (
    stop_words()
    | frozenset(table("text/clauses_en.yaml")["subordinate"])
    | frozenset(table("text/leaning_en.yaml")["opening"])
)


def names_in(text: str, dates: Sequence[DateMention]) -> list[str]:
    """The names in a sentence, dates aside, and without a word that has its capital from the sentence's start alone."""
    for date in dates:
        text = text[: date.start] + " " * (date.end - date.start) + text[date.end :]
    names = []
    for one in _NAME.finditer(text):
        name = re.sub(r"[’']s?$", "", one[0].strip())
        name = name if re.search(r"\b[A-Z]\.$", name) else name.rstrip(".")
        first, _, rest = name.partition(" ")
        if not _PLACED.search(text[: one.start()]):
            names.append(rest if rest and first.lower() in _OPENERS and not first.isupper() else name)
    return [name for name in names if name.replace(".", "").isupper() or name.lower() not in _OPENERS]
