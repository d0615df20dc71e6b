"""How words look in a placeholder that say nothing of it themselves: what its layout and master have for it."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from briefgen.renderers.deck.placeholders import TITLES, A, P, Place
from briefgen.themes import Theme, colour_in


class Style(Struct, frozen=True):
    """The colour of the words, in hexadecimal, "" where nothing says it; whether they are bold or all in capitals, and
    how they are aligned and anchored, each "" where nothing says it."""

    ink: str = ""
    bold: bool = False
    caps: bool = False
    family: str = ""
    align: str = ""
    anchor: str = ""


def style_of(place: Place, master: Any, theme: Theme) -> Style:
    """The style of the first level of a placeholder of a layout of `master`, the root of that."""
    levels = [one for source in _sources(place, master) for one in source.iter(f"{A}lvl1pPr")]
    runs = [one for level in levels for one in level.findall(f"{A}defRPr")]
    bodies = [one for shape in (place.element, *_above(place, master)) for one in shape.iter(f"{A}bodyPr")]
    fills = (run.find(f"{A}solidFill") for run in runs)
    fonts = (run.find(f"{A}latin") for run in runs)
    return Style(
        ink=next((colour_in(fill, theme) for fill in fills if fill is not None), ""),
        bold=_first(runs, "b") in ("1", "true"),
        caps=_first(runs, "cap") == "all",
        family=next((str(font.get("typeface")) for font in fonts if font is not None), ""),
        align=_first(levels, "algn"),
        anchor=_first(bodies, "anchor"),
    )


def _first(elements: list[Any], key: str) -> str:
    return next((str(one.get(key)) for one in elements if one.get(key)), "")


def _sources(place: Place, master: Any) -> Iterator[Any]:
    """The placeholder, the master's of its kind, and the master's style for text of that kind."""
    yield place.element
    yield from _above(place, master)
    kind = "titleStyle" if place.kind in TITLES else "bodyStyle" if place.is_body else "otherStyle"
    yield from master.iter(f"{P}{kind}")


def _above(place: Place, master: Any) -> Iterator[Any]:
    for shape in master.iter(f"{P}sp"):
        mark = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if mark is not None and place.like(mark.get("type", "")):
            yield shape
