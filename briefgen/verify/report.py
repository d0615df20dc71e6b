"""What verifying finds."""

from typing import Literal

from msgspec import Struct

from briefgen.outputs import Place
from briefgen.problems import Problem

Status = Literal["found", "changed", "missing"]


class Finding(Struct, frozen=True):
    """What became of one statement. `detail` says what stands there instead, as far as that can be told.

    `difference` has the words that were and those that are, as "[-was-]{+is+}", and `now` all that is there. `places`
    are where it was found, or where what stands in its place is.
    """

    id: str
    status: Status
    where: str
    text: str
    detail: str = ""
    now: str = ""
    difference: str = ""
    places: tuple[Place, ...] = ()


class Unsourced(Struct, frozen=True):
    """Words in a file that are no statement and that the build did not write, and where they stand.

    Where they took the place of words of the program, such as a title, `was` has these.
    """

    text: str
    place: Place
    was: str = ""
    difference: str = ""


class VerifyReport(Struct, frozen=True):
    """One finding a statement, the worst of it; `total` statements were looked for. `new` are words with no source."""

    statements: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()
    total: int = 0
    new: tuple[Unsourced, ...] = ()
