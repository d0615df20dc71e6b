"""What is asked of the formatting of citations, and what it gives."""

from typing import Any

from msgspec import Struct

from briefgen.model import Locator, Run

CITING = "citing "
"""The prefix of a work that is cited by the work before it."""

Json = dict[str, Any]


class Cite(Struct, frozen=True):
    """One work cited in a note. `prefix` and `suffix` are plain text around it."""

    id: str
    locator: Locator | None = None
    prefix: str = ""
    suffix: str = ""


class FormatRequest(Struct, frozen=True):
    """What to format: CSL-JSON `items` with ids, and the notes in their order, each of one or more works.

    `style` is one of `style_names()` or the path of a .csl file; `language` an IETF tag such as "en" or "de-AT".
    `as_styled` asks for what the style itself prints, also where that is no footnote: "(Gopal, 2009)".
    """

    style: str
    language: str
    items: tuple[Json, ...]
    notes: tuple[tuple[Cite, ...], ...]
    as_styled: bool = False


class Formatted(Struct, frozen=True):
    """Formatted notes, as many as were asked for, and every item's bibliography line by id, in the style's order."""

    notes: tuple[tuple[Run, ...], ...]
    bibliography: dict[str, tuple[Run, ...]]
