"""What trafilatura takes for the article of a page: its passages in order, each a run of words."""

import logging
from collections.abc import Iterator
from typing import Any, Literal

import trafilatura
from lxml import etree
from msgspec import Struct

logging.getLogger("trafilatura").addHandler(logging.NullHandler())

Role = Literal["head", "p", "item", "quote", "row"]

_BLOCKS = frozenset({"head", "p", "item", "quote", "row", "list", "table", "code", "fw", "graphic"})
_ROLES: frozenset[str] = frozenset({"head", "p", "item", "quote", "row"})


class Passage(Struct, frozen=True):
    """A passage of an article. `pieces` are its runs of words without white space; `level` is a heading's, else 0."""

    role: Role
    pieces: tuple[str, ...]
    level: int = 0


def passages(page: Any) -> list[Passage]:
    """The article's passages; none where no article is found. The tree `page` is left as it is."""
    try:
        found = trafilatura.bare_extraction(
            page, output_format="xml", favor_precision=True, include_comments=False, include_tables=True
        )
    except (RecursionError, etree.LxmlError, ValueError):
        return []
    body = getattr(found, "body", None)
    return [] if body is None else list(_passages(body))


def _passages(body: Any) -> Iterator[Passage]:
    """Goes through the tree once; words that stand between two blocks are a passage of the block around them."""
    around: list[Any] = []
    pieces: list[str] = []

    def gathered() -> Iterator[Passage]:
        owner = next((element for element in reversed(around) if element.tag in _ROLES), None)
        if pieces and (owner is not None or not around):
            role: Role = "p" if owner is None else owner.tag
            yield Passage(role, tuple(pieces), _level(owner) if role == "head" else 0)
        pieces.clear()

    for event, element in etree.iterwalk(body, events=("start", "end")):
        inside_row = any(outer.tag == "row" for outer in around)
        parts = element.tag in _BLOCKS and not (inside_row and element.tag != "row")
        if parts:
            yield from gathered()
        if event == "start":
            if parts:
                around.append(element)
            pieces += _words(element.text)
        else:
            if parts and around and around[-1] is element:
                around.pop()
            if element is not body:
                pieces += _words(element.tail)
    yield from gathered()


def _words(text: str | None) -> list[str]:
    bare = "".join((text or "").split())
    return [bare] if bare else []


def _level(element: Any) -> int:
    rend = element.get("rend") or ""
    return int(rend[1:]) if rend[1:].isdigit() else 2
