"""A copy of a deck in which every box with text has a colour of its own and nothing may grow or shrink to fit.

So what is drawn in a colour, by whatever program, is what stands in that box, whatever its script, order or font.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lxml import etree
from msgspec import Struct
from pptx import Presentation

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LINK_IN_TEXT_COLOUR = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext '
    'uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
AUTOFITS = ("normAutofit", "spAutoFit", "noAutofit")
FILLS = ("noFill", "solidFill", "gradFill", "blipFill", "pattFill", "grpFill")
EMU = 12700  # a point
NEAR = 1.5  # points that are no finding: programs round


class Rect(Struct, frozen=True):
    """Points from the slide's top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def joined(self, other: "Rect") -> "Rect":
        return Rect(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def meets(self, other: "Rect", by: float = NEAR) -> bool:
        """Whether the two lie on each other by more than so many points each way."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        return wide > by and min(self.bottom, other.bottom) - max(self.top, other.top) > by

    def out_of(self, other: "Rect") -> float:
        """By how much this is out of the other, up and down together, or to the sides together, whichever is more."""
        up_and_down = max(0.0, other.top - self.top) + max(0.0, self.bottom - other.bottom)
        aside = max(0.0, other.left - self.left) + max(0.0, self.right - other.right)
        return max(up_and_down, aside)


class Box(Struct, frozen=True):
    """A planned place for text. `colour` tells it in the copy; `table` is the number of the table it is a cell of."""

    slide: int
    name: str
    at: Rect
    text: str
    colour: int
    table: int | None = None


class Dyed(Struct, frozen=True):
    """The boxes that have text, or are cells; the slide; and how many slides there are."""

    boxes: tuple[Box, ...]
    slide: Rect
    count: int


def dyed(deck: Path, copy: Path) -> Dyed:
    """Writes the copy. Hidden slides are shown in it."""
    show = Presentation(str(deck))
    slides = list(show.slides)
    for part in (*show.slide_masters, *show.slide_layouts, *slides):
        _fix_size(part.element)
    boxes: list[Box] = []
    for number, slide in enumerate(slides, 1):
        slide.element.attrib.pop("show", None)
        for shape in slide.shapes:
            boxes += _dye(shape, number, (1.0, 1.0, 0.0, 0.0), len(boxes) + 1)
    show.save(str(copy))
    at = Rect(0.0, 0.0, (show.slide_width or 0) / EMU, (show.slide_height or 0) / EMU)
    return Dyed(tuple(boxes), at, len(slides))


def _fix_size(element: Any) -> None:
    for body in element.iter(f"{A}bodyPr"):
        _take_out(body, AUTOFITS)
        fixed = etree.Element(f"{A}noAutofit")
        warp = body.find(f"{A}prstTxWarp")
        body.insert(0 if warp is None else 1, fixed)


def _take_out(element: Any, names: Sequence[str]) -> None:
    for name in names:
        for found in element.findall(f"{A}{name}"):
            element.remove(found)


Transform = tuple[float, float, float, float]
"""How a group sets its shapes: scales across and down, then what is added, in points."""


def _dye(shape: Any, slide: int, outer: Transform, first: int) -> list[Box]:
    """The boxes of a shape, numbered from `first`, each dyed with its number."""
    if hasattr(shape, "shapes"):
        inner = _inner(shape, outer)
        boxes: list[Box] = []
        for member in shape.shapes:
            boxes += _dye(member, slide, inner, first + len(boxes))
        return boxes
    if getattr(shape, "has_table", False):
        return _dye_table(shape, slide, outer, first)
    if not getattr(shape, "has_text_frame", False) or not _words(shape.text_frame._txBody):
        return []
    body = shape.text_frame._txBody
    _dye_text(body, first)
    return [Box(slide, shape.name, _placed(shape, outer), _words(body), first)]


def _inner(group: Any, outer: Transform) -> Transform:
    frame = group.element.grpSpPr.find(f"{A}xfrm")
    if frame is None or frame.find(f"{A}chExt") is None:
        return outer
    off, ext, start, room = (frame.find(f"{A}{name}") for name in ("off", "ext", "chOff", "chExt"))
    across = int(ext.get("cx")) / (int(room.get("cx")) or 1)
    down = int(ext.get("cy")) / (int(room.get("cy")) or 1)
    x = (int(off.get("x")) - int(start.get("x")) * across) / EMU
    y = (int(off.get("y")) - int(start.get("y")) * down) / EMU
    return (outer[0] * across, outer[1] * down, outer[0] * x + outer[2], outer[1] * y + outer[3])


def _placed(shape: Any, outer: Transform) -> Rect:
    across, down, x, y = outer
    left, top, wide, high = ((value or 0) / EMU for value in (shape.left, shape.top, shape.width, shape.height))
    return Rect(left * across + x, top * down + y, (left + wide) * across + x, (top + high) * down + y)


def _dye_table(shape: Any, slide: int, outer: Transform, table: int) -> list[Box]:
    """A box for each cell, also for those without text: their grounds tell how high the rows are."""
    at = _placed(shape, outer)
    boxes: list[Box] = []
    top = at.top
    for row in shape.table.rows:
        left, bottom = at.left, top + row.height / EMU
        for cell, column in zip(row.cells, shape.table.columns, strict=True):
            right = left + column.width / EMU
            if not cell.is_spanned and not cell.is_merge_origin:
                colour = table + len(boxes)
                _dye_text(cell.text_frame._txBody, colour)
                _dye_ground(cell._tc.get_or_add_tcPr(), colour)
                words = _words(cell.text_frame._txBody)
                boxes.append(Box(slide, shape.name, Rect(left, top, right, bottom), words, colour, table))
            left = right
        top = bottom
    return boxes


def _words(body: Any) -> str:
    return " ".join("".join(text.text or "" for text in body.iter(f"{A}t")).split())


def _colour(number: int) -> Any:
    fill = etree.Element(f"{A}solidFill")
    etree.SubElement(fill, f"{A}srgbClr", val=f"{number:06X}")
    return fill


def _dye_text(body: Any, number: int) -> None:
    for run in [*body.iter(f"{A}r"), *body.iter(f"{A}fld")]:
        properties = run.find(f"{A}rPr")
        if properties is None:
            properties = etree.Element(f"{A}rPr")
            run.insert(0, properties)
        _take_out(properties, FILLS)
        properties.insert(0 if properties.find(f"{A}ln") is None else 1, _colour(number))
        for link in properties.findall(f"{A}hlinkClick"):
            link[:] = [etree.fromstring(LINK_IN_TEXT_COLOUR)]


def _dye_ground(properties: Any, number: int) -> None:
    _take_out(properties, FILLS)
    before = [child for child in properties if etree.QName(child).localname.startswith(("ln", "cell3D"))]
    properties.insert(len(before), _colour(number))
