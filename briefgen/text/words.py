"""Words as the search sees them: folded and cut to a stem, so that "designates" finds "designated"."""

import re
from functools import cache

from briefgen.tables import table

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# Han, kana, Thai, Lao, Khmer and Burmese.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SUFFIXES = ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y")


def words(text: str) -> list[str]:
    """The words of `text` in order, in lower case, possessive endings gone."""
    return [re.sub(r"['’]s?$", "", word) for word in _WORD.findall(text.lower())]


def length(text: str) -> int:
    """The number of words of `text`; in scripts that set no spaces between them, two characters count as one."""
    unspaced = len(_UNSPACED.findall(text))
    return len(text.split()) if not unspaced else len(_UNSPACED.sub(" ", text).split()) + unspaced // 2


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
