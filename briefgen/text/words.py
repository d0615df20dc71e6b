"""Words as the search sees them: folded and cut to a stem, so that "designates" finds "designated"."""

import re
from functools import cache

from briefgen.tables import table

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_SUFFIXES = ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y")


def words(text: str) -> list[str]:
    """The words of `text` in order, in lower case, possessive endings gone."""
    return [re.sub(r"['’]s?$", "", word) for word in _WORD.findall(text.lower())]


def stems(text: str) -> list[str]:
    """The stems of the words of `text` that carry meaning, in order."""
    return [stem(word) for word in words(text) if word not in stop_words()]


@cache
def stem(word: str) -> str:
    """A word without its commonest English ending; at least four letters stay."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


@cache
def stop_words() -> frozenset[str]:
    """English words that say nothing of the subject."""
    return frozenset(table("text/words_en.yaml")["stop_words"])
