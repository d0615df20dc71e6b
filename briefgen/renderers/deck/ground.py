"""What a template draws: the colour behind the text of its slides, and the shapes that are in a text's way."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from statistics import pstdev
from typing import Any

from briefgen.renderers.deck.opening import MALFORMED
from briefgen.renderers.deck.placeholders import A, P, frame_of
from briefgen.renderers.deck.shapes import Rect
from briefgen.renderers.deck.sheets import Sheet
from briefgen.themes import Theme, colour_in

EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
DRAWINGS = tuple(f"{P}{name}" for name in ("sp", "pic", "cxnSp", "graphicFrame", "grpSp"))
COVERED = 0.9
"""The share of a text's place that a shape covers which is its ground."""
CROSSED = 0.08
"""The share from which the edge of a drawing runs through the text."""
CALM = 22.0
"""The most that the colours of a picture may differ on which text is read (standard deviation of 0 to 255)."""
LARGEST_PICTURE = 50_000_000
"""Pixels; the colour of a larger picture is not looked at."""


def drawings(layout: Sheet, scale: float) -> Iterator[tuple[Rect, tuple[Sheet, Any]]]:
    """The shapes of the master, then of the layout, that are no placeholders, in the order in which they are drawn."""
    hidden = layout.root.get("showMasterSp") in ("0", "false")
    for sheet in (layout,) if hidden else (layout.master, layout):
        tree = sheet.root.find(f"{P}cSld/{P}spTree")
        for shape in tree if tree is not None else ():
            at = frame_of(shape, scale)
            if shape.tag in DRAWINGS and shape.find(f".//{P}nvPr/{P}ph") is None and at:
                yield at, (sheet, shape)


def behind(room: Rect, layout: Sheet, scale: float, theme: Theme) -> str:
    """The colour behind the text in `room`, in hexadecimal: of the last shape that covers it, else of the slide."""
    found = theme.named("bg1") or "FFFFFF"
    for sheet in (layout.master, layout):
        found = _background(sheet, theme) or found
    for at, (sheet, shape) in drawings(layout, scale):
        if _overlap(at, room) >= COVERED * room.w * room.h:
            found = _filled(_fill_of(shape), sheet, theme) or found
    return found


def _fill_of(shape: Any) -> Any:
    """The element of a shape that says what fills it: of a picture, the picture."""
    inner = shape.find(f"{P}blipFill" if shape.tag == f"{P}pic" else f"{P}spPr")
    return inner if inner is not None else shape


def is_busy(room: Rect, layout: Sheet, scale: float) -> bool:
    """Whether words in `room` would stand on a picture that is not calm, or across the edge of a drawing."""
    sheets = [sheet for sheet in (layout, layout.master) if sheet.root.find(f"{P}cSld/{P}bg") is not None][:1]
    pictured = [(sheet, sheet.root.find(f"{P}cSld/{P}bg")) for sheet in sheets]
    crossing = False
    for at, (sheet, shape) in drawings(layout, scale):
        share = _overlap(at, room) / (room.w * room.h)
        if share >= COVERED:
            pictured, crossing = [(sheet, shape)], False
        elif share > CROSSED:
            crossing = True
    return crossing or any(_is_uneven(sheet, element) for sheet, element in pictured)


def _is_uneven(sheet: Sheet, element: Any) -> bool:
    picture = element.find(f".//{A}blip")
    pixels = _pixels(sheet.bytes_of(picture.get(EMBED, "")), (16, 9)) if picture is not None else ()
    return any(pstdev(channel) > CALM for channel in zip(*pixels, strict=True)) if pixels else False


def _overlap(one: Rect, other: Rect) -> float:
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(wide, 0.0) * max(high, 0.0)


def _background(sheet: Sheet, theme: Theme) -> str:
    ground = sheet.root.find(f"{P}cSld/{P}bg")
    if ground is None or not len(ground):
        return ""
    return colour_in(ground[0], theme) if ground[0].tag == f"{P}bgRef" else _filled(ground[0], sheet, theme)


def _filled(element: Any, sheet: Sheet, theme: Theme) -> str:
    """The colour of what fills an element: the mean of a gradient's or a picture's; "" where there is none."""
    solid, graded = element.find(f"{A}solidFill"), element.find(f"{A}gradFill")
    if solid is not None:
        return colour_in(solid, theme)
    if graded is not None:
        stops = [colour_in(stop, theme) for stop in graded.iter(f"{A}gs")]
        return _mean([stop for stop in stops if stop])
    picture = element.find(f".//{A}blip")
    return _pictured(sheet.bytes_of(picture.get(EMBED, ""))) if picture is not None else ""


def _mean(colours: Sequence[str]) -> str:
    if not colours:
        return ""
    parts = ([int(colour[at : at + 2], 16) for colour in colours] for at in (0, 2, 4))
    return "".join(f"{round(sum(part) / len(part)):02X}" for part in parts)


def _pictured(picture: bytes) -> str:
    """The mean colour of a picture; "" where it cannot be read."""
    return "".join(f"{value:02X}" for pixel in _pixels(picture, (1, 1)) for value in pixel)


@lru_cache(maxsize=32)
def _pixels(data: bytes, size: tuple[int, int]) -> tuple[tuple[int, ...], ...]:
    """The pixels of a picture made so small, row by row, as red, green and blue; none where it cannot be read."""
    from PIL import Image

    if not data:
        return ()
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                return ()
            small = picture.convert("RGB").resize(size, Image.Resampling.BOX).tobytes()
    except (*MALFORMED, SyntaxError, Image.DecompressionBombError):
        return ()
    return tuple(tuple(small[at : at + 3]) for at in range(0, len(small), 3))
