"""The key words of a statement, by which it can be skimmed: its dates and amounts, one name, and what happened."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefgen.compose.candidates import Candidate
from briefgen.compose.cuts import Piece
from briefgen.tables import table
from briefgen.text.words import stop_words, words

_AMOUNT = re.compile(r"[$€£¥]\s?\d[\d.,]*(?: (?:hundred|thousand|million|billion|trillion))?\b|\b\d[\d.,]*\s?%")
_PARTICLES = "|".join(table("text/people_en.yaml")["particles"])
_PART = r"(?:(?:[A-Z]\.){2,}|[A-Z](?:[\w-]|[’'](?=[A-Z]))+)"
_NAME = re.compile(rf"\b(?:al[- ])?{_PART}(?:[ -](?:(?:of|{_PARTICLES})[ -])?{_PART})*")
_OPENERS = frozenset({"according"}) | stop_words() | frozenset(table("text/clauses_en.yaml")["subordinate"])


def key_words(
    candidate: Candidate, pieces: Sequence[Piece], verbs: tuple[str, ...], subject: frozenset[str]
) -> list[Piece]:
    """Where the key words stand in the shown `pieces` of a sentence, in order and apart from each other.

    They are dates and amounts, the first name that is not the `subject`'s own, and the first of the topic's `verbs`.
    """
    text = candidate.text
    marks = [(found.start, found.end) for found in candidate.dates] + [one.span() for one in _AMOUNT.finditer(text)]
    shown = [mark for mark in marks if _inside(mark, pieces)]
    name = (found for found in _names(candidate, subject) if _inside(found, pieces))
    verb = (
        (found.span() for found in _verb(verbs).finditer(text) if _inside(found.span(), pieces)) if verbs else iter(())
    )
    for more in (name, verb):
        first = next((one for one in more if not any(_meet(one, other) for other in shown)), None)
        shown += [first] if first else []
    return sorted(shown)


def _names(candidate: Candidate, subject: frozenset[str]) -> Iterator[Piece]:
    """The names in a sentence; a single word that opens it has its capital from there, and counts for none."""
    for found in _NAME.finditer(candidate.text, candidate.before):
        first, _, rest = found[0].partition(" ")
        front = candidate.text[candidate.before : found.start()].rstrip("“‘\"' ")
        opens = not front or front.endswith(("–", "—", ":"))
        name = re.sub(r"^[a-z]+ ", "", rest) if first.lower() in _OPENERS else found[0]
        own = set(words(name)) <= subject | stop_words()
        if name and not own and not (opens and not rest):
            yield found.end() - len(name), found.end()


@lru_cache(64)
def _verb(verbs: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, verbs))})\b")


def _inside(mark: Piece, pieces: Sequence[Piece]) -> bool:
    return any(start <= mark[0] and mark[1] <= end for start, end in pieces)


def _meet(one: Piece, other: Piece) -> bool:
    return one[0] < other[1] and other[0] < one[1]
