"""What a sentence claims of something, and where two claims cannot both hold."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.conflicts.names import Key, Name, completed, names_in

_NEAR = 3000
"""Characters before a sentence in which a name may complete a surname in it."""


class Difference(Struct, frozen=True):
    """Something that is told in more than one way: `what` it is, and each way with the sentences that tell it so.

    `labels` are what the first way and the others are called, where that goes without naming sources. `charged` says
    that the first way is a charge, and the other its denial.
    """

    what: str
    ways: tuple[tuple[Candidate, ...], ...]
    labels: tuple[str, ...] = ()
    charged: bool = False

    @property
    def sentences(self) -> tuple[Candidate, ...]:
        return tuple(dict.fromkeys(one for way in self.ways for one in way))


class Claim(Struct, frozen=True):
    """`subject` has `value` by this sentence. `subject_text` is how the subject may be named; `group` tells what is
    claimed, so that only claims of one group are set against each other."""

    group: str
    subject: Key
    subject_text: str
    value: Any
    candidate: Candidate


class Sentence:
    """A candidate with its names, and those of its block before it, read when they are first asked for."""

    def __init__(self, candidate: Candidate, block: str, subject: Key) -> None:
        self.candidate = candidate
        self.text = candidate.text
        self.block = block
        self.subject = subject

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """The names in the sentence that are no part of a date."""
        dated = [(date.start, date.end) for date in self.candidate.dates]
        return tuple(name for name in names_in(self.text) if not any(start <= name.start < end for start, end in dated))

    @cached_property
    def before(self) -> tuple[Name, ...]:
        """The names in the block before the sentence, as far as they are near."""
        start = self.candidate.span.start
        return names_in(self.block[max(0, start - _NEAR) : start])

    def key(self, name: Name) -> Key:
        """The name's key; a surname alone is completed from what stands before it in the block."""
        return completed(name.key, (*self.before, *(one for one in self.names if one.start < name.start)))

    def named(self, name: Name) -> str:
        """The name in full, as it stands in the block."""
        key = self.key(name)
        return next((one.text for one in (*self.before, *self.names) if one.key == key), name.text)


def may_be_of_one_time(left: Candidate, right: Candidate) -> bool:
    """Whether two sentences may tell of the same days: one has no date, or their dates overlap."""
    one, other = left.date, right.date
    return not one or not other or (one.earliest <= other.latest and other.earliest <= one.latest)


def same_subject(left: Key, right: Key) -> bool:
    """Whether two keys name one thing: they are equal, or one is the end of the other, as a surname is."""
    short, long = sorted((left, right), key=len)
    return bool(short) and long[-len(short) :] == short


def by_subject(claims: Sequence[Claim], same: Callable[[Key, Key], bool] = same_subject) -> list[list[Claim]]:
    """The claims in sets of one subject each; a shorter key joins a longer one only where no other could be meant."""
    longest = sorted(dict.fromkeys(claim.subject for claim in claims), key=lambda key: (-len(key), key))
    heads: list[Key] = []
    home: dict[Key, Key | None] = {}
    for key in longest:
        fitting = [head for head in heads if same(key, head)]
        if not fitting:
            heads.append(key)
        home[key] = key if not fitting else fitting[0] if len(fitting) == 1 else None
    return [[claim for claim in claims if home[claim.subject] == head] for head in heads]


def best(sentences: Iterable[Candidate], count: int = 1) -> tuple[Candidate, ...]:
    """The clearest of the sentences: those that stand alone first, then the clear, then the short."""
    each = dict.fromkeys(sentences)
    return tuple(sorted(each, key=lambda one: (not one.alone, -one.clarity, one.length, one.span))[:count])
