"""A question before it has its number and proofs."""

from msgspec import Struct

from briefgen.model import Question
from briefgen.quiz.told import Told, words_of


class Draft(Struct, frozen=True):
    """A question and the passages that prove its key.

    `also` names statements that tell it otherwise, and `reason` says what they differ on.
    """

    question: Question
    told: tuple[Told, ...]
    also: tuple[str, ...] = ()
    reason: str = ""


def asked(kind: str) -> str:
    """What a question of this kind tells one to do."""
    return str(words_of()["ask"][kind])
