"""Slides for decks that run from right to left: every box on the other side."""

from msgspec import structs

from briefgen.renderers.deck.shapes import Connector, Group, Line, Rect, Shape, Slide, TextBox


def mirrored(slide: Slide, width: float) -> Slide:
    """The slide, `width` inches wide, with all its shapes on the other side. Alignments are seen from where lines begin
    and stay; a table turns its columns itself."""
    return structs.replace(slide, shapes=tuple(_turned(shape, width) for shape in slide.shapes))


def _turned(shape: Shape | Connector, width: float) -> Shape | Connector:
    if isinstance(shape, Connector):
        return structs.replace(shape, way=tuple((width - x, y) for x, y in shape.way))
    if isinstance(shape, Line):
        return structs.replace(shape, x1=width - shape.x1, x2=width - shape.x2)
    at = Rect(width - shape.at.right, shape.at.y, shape.at.w, shape.at.h)
    if isinstance(shape, Group):
        members = tuple(_turned(member, width) for member in shape.shapes)
        return structs.replace(shape, at=at, shapes=members)
    if isinstance(shape, TextBox):
        (left, top, right, bottom), sites = shape.inset, tuple((width - x, y) for x, y in shape.sites)
        return structs.replace(shape, at=at, inset=(right, top, left, bottom), sites=sites)
    return structs.replace(shape, at=at)
