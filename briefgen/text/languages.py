"""Which language a text is in, by its letters and its commonest words; none where that is not plain."""

import re
from collections import Counter
from functools import cache
from typing import Any

from briefgen.tables import table

_SAMPLE = 20_000
"""Characters at the start of a text that tell its language."""
_LEAST = 0.12
"""The share of words of a text in Latin letters that its language's commonest words make up at the least."""
_AHEAD = 1.3
"""How many times as many as of any other language."""


def language_of(text: str) -> str | None:
    """The language of `text` as a code of ISO 639-1."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    for pattern, script in _scripts():
        if len(pattern.findall(sample)) * (4 if script["language"] == "ja" else 2) > letters:
            return _within(sample, script)
    found = re.findall(r"[^\W\d_]+", sample.lower())
    counts = Counter(found)
    scores = {
        code: sum(counts[word] for word in words) for code, words in table("text/languages.yaml")["words"].items()
    }
    (best, most), (_, second) = Counter(scores).most_common(2)
    return best if most >= _LEAST * len(found) and most >= _AHEAD * second else None


def _within(sample: str, script: dict[str, Any]) -> str:
    """The language among those of a script, by letters that the commonest one has not."""
    told: dict[str, str] = script.get("others", {})
    own = {code: sum(sample.count(letter) for letter in letters) for code, letters in told.items()}
    likely = [code for code, count in own.items() if count * 200 > len(sample)]
    return likely[0] if likely else str(script["language"])


@cache
def _scripts() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    return [(re.compile(f"[{one['letters']}]"), one) for one in table("text/languages.yaml")["scripts"]]
