"""Questions made of a brief's statements, as every format of a quiz prints them."""

from typing import Literal

from msgspec import Struct

QuestionKind = Literal["open", "order", "match", "cloze", "choice", "date", "agree"]


class Proof(Struct, frozen=True):
    """Why a key is right: the full `passage`, the id of the statement that has it, and its note, long and short."""

    statement: str
    passage: str
    note: str = ""
    short: str = ""


class Question(Struct, frozen=True):
    """A question with its key; every word but `ask` is a source's, or the instructor's in an open one.

    `ask` says what to do. `stem` is what is asked about: in two parts where words between them are left out, in none
    where the `options` say all. By kind:

    - open: the stem is the question. There is no key.
    - order: `key` names the options by their places, the earliest first.
    - match: `key` has for each option the place of its answer among `answers`.
    - cloze: `answers` has the words left out, first as the source writes them.
    - choice, date, agree: `key` has the place of the right option, alone. A `reason` says what sources differ on.
    """

    number: int
    kind: QuestionKind
    section: int
    ask: str
    stem: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    proofs: tuple[Proof, ...] = ()
    reason: str = ""
