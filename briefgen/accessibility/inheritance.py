"""What a shape of a slide takes from its layout, its master and the presentation where it says nothing itself."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from briefgen.themes import A, Theme

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_SAME = {"ctrTitle": "title", "subTitle": "body", "obj": "body", "": "body"}
"""Under which type a master has the placeholders of other types."""
_STYLES = {"title": "titleStyle", "body": "bodyStyle"}


class Above(Struct, frozen=True):
    """What stands above a slide: the roots of its layout, master and presentation, and the theme."""

    layout: Any
    master: Any
    presentation: Any
    theme: Theme


def placeholder_of(shape: Any) -> tuple[str, str] | None:
    """The type and index of a placeholder; none where the shape is none."""
    found = shape.find(f".//{P}nvPr/{P}ph")
    return None if found is None else (found.get("type") or "", found.get("idx") or "0")


def standing_above(shape: Any, above: Above) -> Iterator[Any]:
    """The placeholders of the layout and the master that a slide's placeholder is one of."""
    own = placeholder_of(shape)
    if own is None:
        return
    kind, index = own
    for root in (above.layout, above.master):
        listed = [(placeholder_of(one), one) for one in root.iter(f"{P}sp", f"{P}pic")]
        placed = [(found, one) for found, one in listed if found]
        same_index = (one for found, one in placed if found[1] == index and root is above.layout)
        same_type = (one for found, one in placed if _SAME.get(found[0], found[0]) == _SAME.get(kind, kind))
        found = next(same_index, None) if root is above.layout else None
        found = found if found is not None else next(same_type, None)
        if found is not None:
            yield found


def run_properties(run: Any, paragraph: Any, shape: Any, above: Above) -> Iterator[Any]:
    """The properties of a run, its own first, then those that its paragraph's level has further and further above."""
    own = run.find(f"{A}rPr")
    if own is not None:
        yield own
    level = int((paragraph.find(f"{A}pPr").get("lvl") or 0) if paragraph.find(f"{A}pPr") is not None else 0) + 1
    kind = placeholder_of(shape)
    styles = [one.find(f".//{A}lstStyle") for one in (shape, *standing_above(shape, above))]
    master = above.master.find(f"{P}txStyles")
    if master is not None:
        name = _STYLES.get(_SAME.get(kind[0], kind[0]), "otherStyle") if kind else "otherStyle"
        styles.append(master.find(f"{P}{name}"))
    styles.append(above.presentation.find(f"{P}defaultTextStyle"))
    for style in styles:
        found = style.find(f"{A}lvl{level}pPr/{A}defRPr") if style is not None else None
        if found is not None:
            yield found


def place_of(shape: Any, above: Above) -> tuple[int, int, int, int] | None:
    """Left, top, width and height in EMU, of the shape or of the placeholder that it is one of; none where unknown."""
    for one in (shape, *standing_above(shape, above)):
        frame = one.find(f"{P}xfrm")
        frame = frame if frame is not None else one.find(f"./{P}spPr/{A}xfrm")
        frame = frame if frame is not None else one.find(f"./{P}grpSpPr/{A}xfrm")
        if frame is not None and frame.find(f"{A}off") is not None and frame.find(f"{A}ext") is not None:
            at, size = frame.find(f"{A}off"), frame.find(f"{A}ext")
            left, top = (int(at.get(key) or 0) for key in ("x", "y"))
            width, height = (int(size.get(key) or 0) for key in ("cx", "cy"))
            return left, top, width, height
    return None
