"""The Wikipedias of other languages: their words for pictures, categories and redirects, and how to tell them."""

import re
from collections import Counter
from functools import lru_cache

from briefgen.tables import table

_SIGNS = re.compile(r"\[\[\s*([^\W\d_]+)\s*:|\{\{\s*([^\W\d_][^|{}\n]*?)\s*[|}]")
_LEAST = 2
"""Signs of a language that an article must have; one alone may be chance."""


def language_of(text: str) -> str:
    """The language whose words the markup of `text` uses most; English where that is not clear.

    Other editions know the English words, too, but hardly use them: an article with an English category is English.
    """
    if "[[Category:" in text:
        return "en"
    found = Counter((one[1] or one[2]).lower() for one in _SIGNS.finditer(text))
    counts: Counter[str] = Counter()
    for language, words in table("readers/wikitext/editions.yaml").items():
        counts[language] = sum(
            found[word] for kind in ("file", "category", "templates") for word in words.get(kind, ())
        )
    english = found["file"] + found["image"]
    (language, count), (_, next_count) = counts.most_common(2)
    return language if count >= max(_LEAST, english) and count > next_count else "en"


@lru_cache(maxsize=1)
def picture() -> re.Pattern[str]:
    """The beginning of a link to a picture."""
    return _namespaces("file", ["file", "image", "media"])


@lru_cache(maxsize=1)
def category() -> re.Pattern[str]:
    """The beginning of a link that puts the page into a category."""
    return _namespaces("category", ["category"])


@lru_cache(maxsize=1)
def redirect() -> re.Pattern[str]:
    """A page that only leads to another one, which is group 1."""
    return re.compile(rf"\s*#(?:{_words('redirect', ['redirect'])})\b\s*:?\s*\[\[([^\[\]|#\n]*)", re.IGNORECASE)


def _namespaces(kind: str, english: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_words(kind, english)})\s*:", re.IGNORECASE)


def _words(kind: str, english: list[str]) -> str:
    rows = table("readers/wikitext/editions.yaml").values()
    return "|".join(dict.fromkeys([*english, *(re.escape(word) for words in rows for word in words.get(kind, ()))]))
