"""Relations of persons: who is what to whom, by the words of a sentence."""

from typing import Literal

from msgspec import Struct

Kind = Literal["kin", "marriage", "office"]


class Name(Struct, frozen=True):
    """A person as a sentence names him or her, without titles and with them; `meant` where a pronoun stands there."""

    text: str
    start: int
    end: int
    meant: bool = False
    titled: str = ""


class Relation(Struct, frozen=True):
    """What a word means: how many rows below the other `who` stands, and of what kind it is.

    A `weak` one joins only persons whom nothing else joins.
    """

    below: int
    kind: Kind
    weak: bool = False


class Kin(Struct, frozen=True):
    """That `who` is `word` to `to`, by the words of a sentence from `start` to `end`.

    `who` is the one whom the word introduces, as the son in "his son Omar".
    """

    who: Name
    to: Name
    word: str
    relation: Relation
    start: int
    end: int
    sure: bool
