"""Colours of a presentation as they are seen: resolved through its theme, and how far two of them stand apart."""

import colorsys
from typing import Any

from msgspec import Struct

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WHOLE = 100_000
"""What DrawingML writes for 100 percent."""


class Theme(Struct, frozen=True):
    """A theme's `colours` in hexadecimal by name, and under which of them a slide master's names stand (`mapped`)."""

    colours: dict[str, str]
    mapped: dict[str, str]

    def named(self, name: str) -> str:
        """The colour of a name such as "tx1" or "accent2"; "" where there is none."""
        return self.colours.get(self.mapped.get(name, name), "")


def theme_of(theme: Any, master: Any, slide: Any = None) -> Theme:
    """The theme with the names of its master, or of a slide that has its own."""
    scheme = theme.find(f".//{A}clrScheme")
    colours = {}
    for one in scheme if scheme is not None else ():
        value = one[0] if len(one) else None
        if value is not None:
            colours[one.tag.removeprefix(A)] = (value.get("lastClr") or value.get("val") or "").upper()
    own = slide.find(f".//{A}overrideClrMapping") if slide is not None else None
    names = own if own is not None else next((one for one in master if one.tag.endswith("}clrMap")), None)
    return Theme(colours, dict(names.attrib) if names is not None else {})


def colour_in(fill: Any, theme: Theme) -> str:
    """The colour of an element that holds one, such as a solid fill; "" where it cannot be told or is see-through."""
    value = next(iter(fill), None) if fill is not None else None
    if value is None:
        return ""
    kind = value.tag.removeprefix(A)
    if kind == "srgbClr":
        found = (value.get("val") or "").upper()
    elif kind == "sysClr":
        found = (value.get("lastClr") or "").upper()
    else:
        found = theme.named(value.get("val") or "") if kind == "schemeClr" else ""
    return _changed(found, value) if len(found) == 6 else ""


def _changed(colour: str, value: Any) -> str:
    """The colour made lighter or darker as its element says; "" where it is see-through."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    for change in value:
        amount = int(change.get("val") or 0) / _WHOLE
        kind = change.tag.removeprefix(A)
        if kind == "alpha" and amount < 1:
            return ""
        if kind == "lumMod":
            light *= amount
        elif kind == "lumOff":
            light += amount
        elif kind == "shade":
            light *= amount
        elif kind == "tint":
            light = light * amount + 1 - amount
        elif kind == "satMod":
            saturation *= amount
        light, saturation = min(1.0, max(0.0, light)), min(1.0, max(0.0, saturation))
    return _written(hue, light, saturation)


def shaded(colour: str, mod: int, off: int, sat: int) -> str:
    """The colour with its saturation times `sat` per cent, then its lightness times `mod` plus `off` per cent."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    light = min(1.0, light * mod / 100 + off / 100)
    return _written(hue, light, min(1.0, saturation * sat / 100))


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _written(hue: float, light: float, saturation: float) -> str:
    return "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of a colour (WCAG 2.2)."""
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
