"""Which words of a statement are bold."""

import pytest

from briefgen.compose.candidates import Candidate, candidates
from briefgen.compose.emphasis import key_words
from briefgen.library import Library
from briefgen.model import Block, Source


def candidate(text: str) -> Candidate:
    source = Source("s", "s.txt", "", "report", "S", blocks=(Block("paragraph", text, 0, len(text)),))
    return candidates(Library((source,)))[0]


def bold(text: str, *verbs: str, shown: int | None = None) -> list[str]:
    one = candidate(text)
    return [text[slice(*mark)] for mark in key_words(one, ((0, shown or len(text)),), verbs, frozenset({"canal"}))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In 1956 the canal was closed by Ferdinand de Lesseps for $5 million.",
            ["1956", "Ferdinand de Lesseps", "$5 million"],
        ),
        ("Some of Anton’s men left.", ["Anton"]),
        ("Anton Berg – According to NATO, he led in the U.S. war.", ["Anton Berg"]),
        ("There was a strike of U.S. ships.", ["U.S."]),
        ("“Definitely it was Anton,” said a pilot.", ["Anton"]),
        ("Pilots met al Jazira there, and O’Neill’s men.", ["al Jazira"]),
        ("The Canal was dug by Egyptian workers.", ["dug", "Egyptian"]),
        ("Pilots said that the canal was dug by hand.", ["dug"]),
        ("Since the Council met, the canal of Port Said was dug.", ["Council", "dug"]),
    ],
)
def test_dates_amounts_one_name_and_what_happened_are_bold(text: str, expected: list[str]) -> None:
    assert bold(text, "dug") == expected


def test_what_is_not_shown_is_not_bold() -> None:
    text = "The canal was dug by hand, which Anton Berg denied in 1956."
    assert bold(text, "dug", shown=text.index(",")) == ["dug"]


def test_a_topic_without_verbs_has_none_in_bold() -> None:
    assert bold("The canal was dug by Anton Berg.") == ["Anton Berg"]
