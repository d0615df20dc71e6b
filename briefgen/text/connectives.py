"""Words that tie a sentence to the one before."""

from functools import cache

from briefgen.tables import table


def opens_with_connective(sentence: str) -> bool:
    """Whether a sentence opens with a word that ties it to the one before, such as "However", pronouns aside."""
    first = sentence.lower().split(maxsplit=1)[0].strip(",") if sentence.strip() else ""
    return first in _connectives()


@cache
def _connectives() -> frozenset[str]:
    words = table("text/leaning_en.yaml")
    return frozenset(words["opening"]) - frozenset(words["pronouns"])
