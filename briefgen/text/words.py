"""Words as the search sees them: folded and cut to a stem, so that "designates" finds "designated"."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import count

from briefgen.tables import table

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# Han, kana, Thai, Lao, Khmer and Burmese.
_UNSPACED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_POSSESSIVE = re.compile(r"['’]s?$")
_numbers: defaultdict[str, int] = defaultdict(count().__next__)
_SUFFIXES = ("ations", "ation", "ings", "ing", "ies", "ied", "ed", "es", "s", "e", "y")


def words(text: str) -> list[str]:
    """The words of `text` in order, in lower case, possessive endings gone."""
    found: list[str] = _WORD.findall(text.lower())
    return [_POSSESSIVE.sub("", word) for word in found] if "'" in text or "’" in text else found


def length(text: str) -> int:
    """The number of words of `text`; in scripts that set no spaces between them, two characters count as one."""
    unspaced = len(re.findall(_UNSPACED, text))
    return len(text.split()) if not unspaced else len(re.sub(_UNSPACED, " ", text).split()) + unspaced // 2


def stems(text: str) -> list[str]:
    """The stems of the words of `text` that carry meaning, in order."""
    return stems_of(words(text))


def stems_of(said: Iterable[str]) -> list[str]:
    """The stems of those words that carry meaning, in order."""
    return [found for word in said if (found := _told(word))]


@lru_cache(1 << 16)
def _told(word: str) -> str:
    """The stem of a word that carries meaning; "" for one that does not."""
    return "" if word in stop_words() else stem(word)


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """A word without its commonest English ending; at least four letters stay."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def bits_of(stems: Iterable[str]) -> int:
    """A number with a bit for each of the stems, the same for a stem in one run: quicker to compare than sets."""
    bits = 0
    for one in stems:
        bits |= 1 << _numbers[one]
    return bits


def beginning(word: str) -> str:
    """What the stems of all words begin with that begin with `word`."""
    return word[: max(4, len(word) - max(map(len, _SUFFIXES)))]


@cache
def stop_words() -> frozenset[str]:
    """English words that say nothing of the subject."""
    return frozenset(table("text/words_en.yaml")["stop_words"])
