"""Located problems: what is wrong, where, and what to do about it.

Stages never raise for bad input. They return problems beside their value, so that one bad source or one misspelt
key never hides the others. Only the command line prints them and turns them into an exit status.
"""

import re
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning"]


class Location(Struct, frozen=True, order=True):
    """A place in a file. `line` and `column` count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)


Marks = dict[str, Location]
"""Where the values of a mapping's keys stand, and under `key/text` each item of a list of text."""


class Problem(Struct, frozen=True):
    """One thing a user should know. An error makes the exit status 1; a warning does not."""

    severity: Severity
    message: str
    hint: str = ""
    where: Location | None = None

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{place}{self.severity}: {self.message}{hint}"


def error(message: str, hint: str = "", where: Location | None = None) -> Problem:
    """A problem that leaves something out of what was asked for."""
    return Problem("error", message, hint, where)


def warning(message: str, hint: str = "", where: Location | None = None) -> Problem:
    """A problem that leaves nothing out, but that a careful instructor would want to read."""
    return Problem("warning", message, hint, where)


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The place of the code point at `offset` in `text`, both counted from 1; a carriage return alone ends a line."""
    if "\r" in text:
        text = re.sub("\r(?!\n)", "\n", text[:offset]) + text[offset : offset + 1]
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


_NAMED = 24
"""Names that a hint lists; of more it names the first, and says how many there are."""


def close(unknown: Iterable[str], known: Iterable[str]) -> list[str]:
    """The closest of `known` to each of `unknown` that one of them is close to, in any case of letters."""
    asked, names = list(unknown), list(known)
    if not asked:
        return []
    from difflib import get_close_matches

    folded = {name.lower(): name for name in reversed(names)}
    return [folded[near] for name in asked for near in get_close_matches(name.lower(), folded, n=1, cutoff=0.6)]


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint that names the closest of `known`, also by a part of its name, or all of them where none is close."""
    names = sorted(known)
    parts = {part: one for one in reversed(names) for part in re.split(r"[\W_]+", one) if len(part) > 3}
    found = close([name], names) or [parts[part] for part in close([name], sorted(parts))]
    if found:
        return f"did you mean {found[0]!r}?"
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"accepted: {', '.join(names[:_NAMED])}{more}"
