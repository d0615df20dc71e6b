"""The placeholders of a template's layouts: what they are, where they stand, and what each can be used for."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from briefgen.renderers.deck.shapes import Rect

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
EMU = 914400
TITLES = ("title", "ctrTitle")
BODIES = ("", "obj", "body")
NAMED = {"section": "eyebrow", "notes": "notes", "details": "details", "question": "details"}
"""Placeholders of text that are used for what they are called, in a template that has them."""


class Place(Struct, frozen=True):
    """A placeholder: its type, "" for content of any kind, its attributes as they are written, and where it is.

    Lengths are inches of a slide that is 7.5 inches high.
    """

    kind: str
    attributes: str
    name: str
    at: Rect
    element: Any

    @property
    def area(self) -> float:
        return self.at.w * self.at.h

    @property
    def is_body(self) -> bool:
        return _same(self.kind) == "body"

    def like(self, kind: str) -> bool:
        """Whether a master's placeholder of a kind is the one that this one takes after."""
        return _same(self.kind) == _same(kind)


def places(layout: Any, master: Any, scale: float) -> tuple[Place, ...]:
    """The placeholders of a layout in its order; one that does not say where it stands is where the master's is."""
    above = [(kind, at) for kind, at, _ in _placed(master, scale) if at]
    found = []
    for kind, at, shape in _placed(layout, scale):
        inherited = next((place for known, place in above if _same(known) == _same(kind)), None)
        where = at or inherited
        if where:
            mark = shape.find(f".//{P}ph")
            attributes = " ".join(
                f'{key}="{mark.get(key)}"' for key in ("type", "orient", "sz", "idx") if mark.get(key) is not None
            )
            name = shape.find(f".//{P}cNvPr")
            found.append(Place(kind, attributes, name.get("name", "") if name is not None else "", where, shape))
    return tuple(found)


def _same(kind: str) -> str:
    """The type under which a master has the placeholders of a type."""
    if kind in TITLES:
        return "title"
    return "body" if kind in (*BODIES, "subTitle") else kind


def _placed(root: Any, scale: float) -> Iterator[tuple[str, Rect | None, Any]]:
    for shape in root.iter(f"{P}sp"):
        mark = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
        if mark is not None:
            yield mark.get("type", ""), frame_of(shape, scale), shape


def frame_of(shape: Any, scale: float) -> Rect | None:
    """Where a shape says that it is; none where it does not, or has no extent."""
    frame = shape.find(f"{P}spPr/{A}xfrm")
    frame = frame if frame is not None else shape.find(f"{P}grpSpPr/{A}xfrm")
    at, size = (frame.find(f"{A}off"), frame.find(f"{A}ext")) if frame is not None else (None, None)
    if at is None or size is None:
        return None
    x, y = (int(at.get(key, "0")) / EMU / scale for key in ("x", "y"))
    w, h = (int(size.get(key, "0")) / EMU / scale for key in ("cx", "cy"))
    return Rect(x, y, w, h) if w > 0 and h > 0 else None


def uses(found: Sequence[Place]) -> dict[str, Place]:
    """The placeholders of a layout by what a slide can use them for, in reading order where several could serve."""
    by_use: dict[str, Place] = {}
    for place in found:
        use = {"ftr": "footer", "sldNum": "number", "subTitle": "subtitle"}.get(place.kind, "")
        use = "title" if place.kind in TITLES else use
        if place.kind == "body" and place.name.casefold() in NAMED:
            use = NAMED[place.name.casefold()]
        if use:
            by_use.setdefault(use, place)
    return by_use


def bodies(found: Sequence[Place]) -> tuple[Place, ...]:
    """The placeholders that take the content of a slide, the largest first."""
    taken = {id(place) for place in uses(found).values()}
    free = [place for place in found if place.kind in BODIES and id(place) not in taken]
    return tuple(sorted(free, key=lambda place: -place.area))
