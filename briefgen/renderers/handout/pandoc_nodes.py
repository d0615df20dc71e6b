"""Nodes of pandoc's document tree, made of plain text: nothing in a text is ever read as markup."""

from collections.abc import Iterable, Sequence
from typing import Any

Node = dict[str, Any]
API_VERSION = (1, 23, 1)
"""The version of the tree, as pandoc 3 writes it."""


def text(words: str) -> Node:
    return {"t": "Str", "c": words}


def strong(*inside: Node) -> Node:
    return {"t": "Strong", "c": inside}


def emphasis(*inside: Node) -> Node:
    return {"t": "Emph", "c": inside}


def raised(*inside: Node) -> Node:
    return {"t": "Superscript", "c": inside}


def span(inside: Iterable[Node], name: str = "", **attributes: str) -> Node:
    """Inline nodes under a name that can be linked to, with attributes such as their language."""
    return {"t": "Span", "c": ((name, (), tuple(attributes.items())), tuple(inside))}


def styled(style: str, *inside: Node) -> Node:
    """Inline nodes in a style of characters."""
    return {"t": "Span", "c": (("", (), (("custom-style", style),)), inside)}


def link(target: str, *inside: Node) -> Node:
    return {"t": "Link", "c": (("", (), ()), inside, (target, ""))}


def note(*blocks: Node) -> Node:
    return {"t": "Note", "c": blocks}


def image(target: str, alt: str, width: float, height: float) -> Node:
    """A picture of so many inches."""
    size = (("width", f"{width:.3f}in"), ("height", f"{height:.3f}in"))
    return {"t": "Image", "c": (("", (), size), (text(alt),) if alt else (), (target, ""))}


def paragraph(style: str, *inside: Node) -> Node:
    """A paragraph in a style."""
    return {"t": "Div", "c": (("", (), (("custom-style", style),)), ({"t": "Para", "c": inside},))}


def heading(level: int, *inside: Node) -> Node:
    return {"t": "Header", "c": (level, ("", (), ()), inside)}


def bullets(items: Iterable[Sequence[Node]]) -> Node:
    return {"t": "BulletList", "c": tuple(items)}


def numbered(items: Iterable[Sequence[Node]]) -> Node:
    return {"t": "OrderedList", "c": ((1, {"t": "Decimal"}, {"t": "Period"}), tuple(items))}


def lettered(items: Iterable[Sequence[Node]]) -> Node:
    """A list counted A, B, C."""
    return {"t": "OrderedList", "c": ((1, {"t": "UpperAlpha"}, {"t": "Period"}), tuple(items))}


def table(widths: Sequence[float], head: Sequence[Sequence[Node]], rows: Iterable[Sequence[Sequence[Node]]]) -> Node:
    """A table with a head; `widths` are shares of the text's width, and cells are blocks."""
    columns = [({"t": "AlignDefault"}, {"t": "ColWidth", "c": width}) for width in widths]
    body = (_NO_ATTRIBUTES, 0, (), tuple(map(_row, rows)))
    top, foot = (_NO_ATTRIBUTES, (_row(head),)), (_NO_ATTRIBUTES, ())
    return {"t": "Table", "c": (_NO_ATTRIBUTES, (None, ()), columns, top, (body,), foot)}


def document(blocks: Iterable[Node], language: str) -> Node:
    meta = {"lang": {"t": "MetaString", "c": language}}
    return {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": tuple(blocks)}


_NO_ATTRIBUTES = ("", (), ())


def _row(cells: Sequence[Sequence[Node]]) -> tuple[Any, ...]:
    return (_NO_ATTRIBUTES, tuple((_NO_ATTRIBUTES, {"t": "AlignDefault"}, 1, 1, cell) for cell in cells))
