"""The words that give lines of copied pages away, from the table beside this module."""

import re
from functools import cache
from typing import Any

from briefgen.tables import table


@cache
def vocabulary() -> dict[str, Any]:
    """The table's patterns, compiled, without regard to case: lists of them, or such lists by name."""
    return {
        name: {key: _compiled(patterns) for key, patterns in known.items()}
        if isinstance(known, dict)
        else _compiled(known)
        for name, known in table("readers/page/words.yaml").items()
    }


def matches(name: str, text: str) -> bool:
    """Whether `text` fits a pattern of the list `name`."""
    return any(pattern.search(text) for pattern in vocabulary()[name])


def _compiled(patterns: list[str]) -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
