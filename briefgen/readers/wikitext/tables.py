"""The template tables of `templates.yaml`, ready for look-up by name."""

import re
from functools import lru_cache
from typing import Any

from msgspec import Struct

from briefgen.tables import table

_SIZE = re.compile(r"[0-9]*(?:x[0-9]+)?\s*px")


class Tables(Struct, frozen=True):
    """What is known of templates.

    `dropped` maps a name to the reason why nothing of it is shown, `short` the name of a short reference to how it is
    shown in running text, `note_groups` that of a note to the group of references that it belongs to.
    """

    argument: dict[str, int]
    join: dict[str, str]
    lists: frozenset[str]
    literal: dict[str, str]
    cells: dict[str, str]
    prefix: dict[str, str]
    around: dict[str, str]
    chosen: dict[str, dict[str, str]]
    dropped: dict[str, str]
    dropped_beginnings: tuple[tuple[str, str], ...]
    dropped_endings: tuple[tuple[str, str], ...]
    quotations: frozenset[str]
    quotation_words: tuple[str, ...]
    made: dict[str, str]
    ships: frozenset[str]
    chinese: dict[str, str]
    marriage_ends: dict[str, str]
    languages: dict[str, str]
    holes: dict[str, str]
    hole_beginnings: tuple[tuple[str, str], ...]
    facts: frozenset[str]
    facts_beginnings: tuple[str, ...]
    facts_endings: tuple[str, ...]
    back_matter: frozenset[str]
    frames: frozenset[str]
    picture_settings: frozenset[str]
    short: dict[str, str]
    note_groups: dict[str, str]

    def reason(self, name: str) -> str | None:
        """Why the template `name` puts nothing into the text; none where it is not known to."""
        if name in self.dropped:
            return self.dropped[name]
        for beginning, reason in self.dropped_beginnings:
            if name.startswith(beginning):
                return reason
        for ending, reason in self.dropped_endings:
            if name.endswith(ending):
                return reason
        return None

    def missing(self, name: str) -> str | None:
        """Why the words of the template `name` cannot be told; none where it is not known for it."""
        beginnings = (reason for beginning, reason in self.hole_beginnings if name.startswith(beginning))
        return self.holes.get(name) or next(beginnings, None)

    def steers_picture(self, part: str) -> bool:
        """Whether a part of a picture's link, lower case, steers how it looks and is not its caption."""
        name, equals, _ = part.partition("=")
        return (
            part in self.picture_settings
            or bool(equals and f"{name.strip()}=" in self.picture_settings)
            or bool(_SIZE.fullmatch(part))
        )

    def holds_facts(self, name: str) -> bool:
        """Whether the template is a box of facts, such as an infobox."""
        return name in self.facts or name.startswith(self.facts_beginnings) or name.endswith(self.facts_endings)


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables, read once."""
    data = table("readers/wikitext/templates.yaml")
    dropped, holes = _inverted(data["dropped"]), _inverted(data["holes"])
    facts = data["facts"]
    return Tables(
        argument={name: int(number) for name, number in _inverted(data["argument"]).items()},
        join=_inverted(data["join"]),
        lists=frozenset(data["list"]),
        literal=_inverted(data["literal"]),
        cells=_inverted(data["cell"]),
        prefix=_inverted(data["prefix"]),
        around=_inverted(data["around"]),
        chosen=data["chosen"],
        dropped={name: reason for name, reason in dropped.items() if "*" not in name},
        dropped_beginnings=tuple((name[:-1], reason) for name, reason in dropped.items() if name.endswith("*")),
        dropped_endings=tuple((name[1:], reason) for name, reason in dropped.items() if name.startswith("*")),
        quotations=frozenset(data["quotation"]["names"]),
        quotation_words=tuple(data["quotation"]["words"]),
        made=_inverted(data["made"]),
        ships=frozenset(data["ships"]),
        chinese=data["chinese"],
        marriage_ends=data["marriage ends"],
        languages=table("readers/wikitext/languages.yaml"),
        holes={name: reason for name, reason in holes.items() if "*" not in name},
        hole_beginnings=tuple((name[:-1], reason) for name, reason in holes.items() if name.endswith("*")),
        facts=frozenset(name for name in facts if "*" not in name),
        facts_beginnings=tuple(name[:-1] for name in facts if name.endswith("*")),
        facts_endings=tuple(name[1:] for name in facts if name.startswith("*")),
        back_matter=frozenset(data["back matter"]),
        frames=frozenset(data["picture settings"]["frames"]),
        picture_settings=frozenset(name for names in data["picture settings"].values() for name in names),
        short=_inverted(data["short references"]),
        note_groups=data["note groups"],
    )


def _inverted(groups: dict[Any, list[Any]]) -> dict[str, Any]:
    return {str(name): value for value, names in groups.items() for name in names}
