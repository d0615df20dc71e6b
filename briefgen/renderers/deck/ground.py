"""What a template draws: the colour behind the text of its slides, and the shapes that are in a text's way."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from statistics import pstdev
from typing import Any

from msgspec import Struct

from briefgen.renderers.deck.look import HEIGHT
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


class Ground(Struct, frozen=True):
    """The ground of slides of a layout, `width` inches wide."""

    layout: Sheet
    scale: float
    width: float
    theme: Theme

    def behind(self, room: Rect) -> str:
        """The colour behind the text in `room`, in hexadecimal: of the last shape that covers it, else of the slide."""
        found = self.theme.named("bg1") or "FFFFFF"
        for sheet in (self.layout.master, self.layout):
            ground = sheet.root.find(f"{P}cSld/{P}bg")
            if ground is not None and len(ground):
                found = self._colour(ground[0], sheet, room, self._whole) or found
        for at, (sheet, shape) in drawings(self.layout, self.scale):
            if _overlap(at, room) >= COVERED * room.w * room.h:
                found = self._colour(_fill_of(shape), sheet, room, at) or found
        return found

    def is_busy(self, room: Rect) -> bool:
        """Whether words in `room` would stand on a picture that is not calm, or across the edge of a drawing."""
        sheets = [sheet for sheet in (self.layout, self.layout.master) if sheet.root.find(f"{P}cSld/{P}bg") is not None]
        pictured = [(sheet, sheet.root.find(f"{P}cSld/{P}bg"), self._whole) for sheet in sheets[:1]]
        crossing = False
        for at, (sheet, shape) in drawings(self.layout, self.scale):
            share = _overlap(at, room) / (room.w * room.h)
            if share >= COVERED:
                pictured, crossing = [(sheet, shape, at)], False
            elif share > CROSSED:
                crossing = True
        return crossing or any(_is_uneven(sheet, element, room, at) for sheet, element, at in pictured)

    @property
    def _whole(self) -> Rect:
        return Rect(0.0, 0.0, self.width, HEIGHT)

    def _colour(self, element: Any, sheet: Sheet, room: Rect, at: Rect) -> str:
        """The colour of what fills an element that stands at a place: the mean of a gradient's or, behind `room`, of a
        picture's; "" where there is none."""
        if element.tag == f"{P}bgRef":
            return colour_in(element, self.theme)
        solid, graded = element.find(f"{A}solidFill"), element.find(f"{A}gradFill")
        if solid is not None:
            return colour_in(solid, self.theme)
        if graded is not None:
            stops = [colour_in(stop, self.theme) for stop in graded.iter(f"{A}gs")]
            return _mean([stop for stop in stops if stop])
        return "".join(f"{value:02X}" for pixel in _seen(sheet, element, room, at, (1, 1)) for value in pixel)


def _fill_of(shape: Any) -> Any:
    """The element of a shape that says what fills it: of a picture, the picture."""
    inner = shape.find(f"{P}blipFill" if shape.tag == f"{P}pic" else f"{P}spPr")
    return inner if inner is not None else shape


def _is_uneven(sheet: Sheet, element: Any, room: Rect, at: Rect) -> bool:
    pixels = _seen(sheet, element, room, at, (16, 9))
    return any(pstdev(channel) > CALM for channel in zip(*pixels, strict=True)) if pixels else False


def _seen(sheet: Sheet, element: Any, room: Rect, at: Rect, size: tuple[int, int]) -> tuple[tuple[int, ...], ...]:
    """The pixels of an element's picture behind a room, made so small; none where it has no picture."""
    picture = element.find(f".//{A}blip")
    if picture is None:
        return ()
    across = [min(max((x - at.x) / at.w, 0.0), 1.0) for x in (room.x, room.right)]
    down = [min(max((y - at.y) / at.h, 0.0), 1.0) for y in (room.y, room.bottom)]
    part = (across[0], down[0], across[1], down[1])
    return _pixels(sheet.bytes_of(picture.get(EMBED, "")), size, tuple(round(side, 3) for side in part))


def _overlap(one: Rect, other: Rect) -> float:
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(wide, 0.0) * max(high, 0.0)


def _mean(colours: Sequence[str]) -> str:
    if not colours:
        return ""
    parts = ([int(colour[at : at + 2], 16) for colour in colours] for at in (0, 2, 4))
    return "".join(f"{round(sum(part) / len(part)):02X}" for part in parts)


@lru_cache(maxsize=32)
def _pixels(data: bytes, size: tuple[int, int], part: tuple[float, ...]) -> tuple[tuple[int, ...], ...]:
    """The pixels of a part of a picture made so small, row by row, as red, green and blue; none where it cannot be
    read. The part is given by its left, upper, right and lower edge, as shares of the whole."""
    from PIL import Image

    if not data:
        return ()
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > LARGEST_PICTURE:
                return ()
            edges = [round(share * length) for share, length in zip(part, picture.size * 2, strict=True)]
            left, top, right, bottom = edges
            box = (left, top, max(right, left + 1), max(bottom, top + 1))
            small = picture.convert("RGB").resize(size, Image.Resampling.BOX, box).tobytes()
    except (*MALFORMED, SyntaxError, Image.DecompressionBombError):
        return ()
    return tuple(tuple(small[at : at + 3]) for at in range(0, len(small), 3))
