"""The font families that text can be measured in: their advance widths, shipped as numbers in `widths/`.

No font of the machine is asked: the same deck must come out everywhere.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

_HOME = Path(__file__).parent / "widths"
CALIBRI = "Calibri"
STAND_IN = "Arial"
ROOMIER = 1.06
"""How much wider than the stand-in's a family is taken to be that nobody has measured."""


class Font(Struct, frozen=True):
    """Advance widths in em by character, of the regular and the bold style; `line` is a line's height in em.

    `other` is the width of a character that is not in the tables.
    """

    regular: dict[str, float]
    bold: dict[str, float]
    line: float
    other: float


def is_measured(family: str) -> bool:
    """Whether the widths of a family are known, its own or those of one that is made to the same measures."""
    return family.casefold() in _names()


@cache
def font(family: str) -> Font:
    """The measures of a family; for one that nobody has measured, those of the stand-in, roomier."""
    name = _names().get(family.casefold())
    if name:
        return _read(name, 1.0)
    return _read(_names()[STAND_IN.casefold()], ROOMIER)


def _read(name: str, factor: float) -> Font:
    table = _loaded(f"{name}.json")
    regular, bold = (
        {char: factor * int(width) / table["units"] for width, chars in table[style].items() for char in chars}
        for style in ("regular", "bold")
    )
    return Font(regular, bold, table["line"], factor * max(0.6, regular.get("n", 0.6)))


@cache
def _names() -> dict[str, str]:
    """The table of each family, by the family's name in lower case."""
    return {family.casefold(): table for table, families in _loaded("families.json").items() for family in families}


def _loaded(name: str) -> Any:
    return json.loads((_HOME / name).read_text(encoding="utf-8"))
