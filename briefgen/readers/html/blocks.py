"""From the article's passages to blocks: each passage found again in the page, with its links and raised figures.

The words of a block are those of the page; a passage that the file does not hold as text is no block.
"""

import re
from collections.abc import Sequence
from urllib.parse import urljoin

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model import Block, BlockKind, Link
from briefgen.readers.html.article import Passage, Role
from briefgen.readers.html.visible import Place, Visible

_KINDS: dict[Role, BlockKind] = {"head": "heading", "p": "paragraph", "item": "item", "quote": "quote", "row": "table"}
_RAISED = {
    "sup": str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}
_FIGURE = re.compile(r"[\d+\-−=()n]+")
_MARK = re.compile(r"\[?(?:\d{1,3}|[a-z]{1,2}|note \d{1,3})\]?", re.IGNORECASE)
"""What stands raised and leads to a place on the same page: the mark of a note, which is no word."""

_BETWEEN_CELLS = " | "


class Found(Struct, frozen=True):
    """Where a passage stands in a page's characters: stretches in order, between which it is missing words."""

    passage: Passage
    spans: tuple[tuple[int, int], ...]
    cut: bool = False

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


class Words(Struct, frozen=True):
    """A block's text, and its links and holes in offsets of it."""

    text: str
    links: tuple[Link, ...]
    holes: tuple[int, ...]


def find(passages: Sequence[Passage], page: Visible) -> tuple[list[Found], list[Passage]]:
    """The passages as they stand in the page, in its order, and those of which nothing stands there.

    A passage is looked for behind the one before it, then anywhere; if it stands nowhere whole, its pieces are.
    """
    found: list[Found] = []
    lost: list[Passage] = []
    position = 0
    for passage in passages:
        spans = _spans("".join(passage.pieces), page, position) or _pieces(passage.pieces, page, position)
        if not spans:
            lost.append(passage)
            continue
        whole = sum(end - start for start, end in spans) == sum(map(len, passage.pieces))
        if whole and passage.role == "p":
            found += [Found(passage, (span,)) for start, end in spans for span in page.paragraphs(start, end)]
        else:
            found.append(Found(passage, tuple(spans), not whole))
        position = max(position, spans[-1][1])
    return _apart(sorted(found, key=lambda one: (one.start, one.end))), lost


def blocks_of(found: Sequence[Found], page: Visible, title: str, base: str | None) -> tuple[Block, ...]:
    """The blocks, each under its path of headings, in which the title is none. `base` is the page's address."""
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    for one in found:
        words = _words_of(one, page, base)
        place = next((place for _, place in page.runs(one.start, one.end)), None)
        if place is None or not words.text:
            continue
        kind = _KINDS[one.passage.role]
        if kind == "heading" and words.text == title:
            continue
        if kind == "paragraph" and place.quoted:
            kind = "quote"
        level = one.passage.level or (max(1, place.lists) if kind == "item" else 0)
        if kind == "heading":
            path = [(depth, heading) for depth, heading in path if depth < level]
        headings = tuple(heading for _, heading in path)
        start, end = page.offset(one.start), page.offset(one.end - 1) + 1
        blocks.append(Block(kind, words.text, start, end, level, headings, holes=words.holes, links=words.links))
        if kind == "heading":
            path.append((level, words.text))
    return tuple(blocks)


def _spans(wanted: str, page: Visible, position: int) -> list[tuple[int, int]]:
    at = page.characters.find(wanted, position)
    if at < 0:
        at = page.characters.find(wanted)
    return [(at, at + len(wanted))] if at >= 0 else []


def _pieces(pieces: Sequence[str], page: Visible, position: int) -> list[tuple[int, int]]:
    """The pieces that stand in the page one behind the other, those without a gap joined."""
    spans: list[tuple[int, int]] = []
    for piece in pieces:
        at = page.characters.find(piece, position)
        if at < 0:
            continue
        position = at + len(piece)
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], position)
        else:
            spans.append((at, position))
    return spans


def _apart(found: Sequence[Found]) -> list[Found]:
    """The passages that stand apart: of two that overlap, the first."""
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _words_of(one: Found, page: Visible, base: str | None) -> Words:
    whole = Words("", (), ())
    for start, end in one.spans:
        part = _span_words(start, end, page, base)
        if whole.text:
            part = _behind(whole, part)
        whole = part
    return replace(whole, holes=(*whole.holes, len(whole.text))) if one.cut and len(one.spans) == 1 else whole


def _behind(first: Words, second: Words) -> Words:
    """Two parts of a passage, between which words are missing."""
    offset = len(first.text) + 1
    links = tuple(Link(link.start + offset, link.end + offset, link.url) for link in second.links)
    return Words(f"{first.text} {second.text}", (*first.links, *links), (*first.holes, len(first.text)))


def _span_words(start: int, end: int, page: Visible, base: str | None) -> Words:
    """The words of one stretch of the page's characters, white space as single spaces."""
    text = ""
    links: list[Link] = []
    before: Place | None = None
    for raw, place in page.runs(start, end):
        if _is_mark(raw, place):
            continue
        said = _raised(raw, place.raised)
        if before and place.cell != before.cell:
            text = text.rstrip() + _BETWEEN_CELLS
        elif before and place.block != before.block:
            text += " "
        before = place
        said = " ".join(f"_{said}_".split())[1:-1]
        if text.endswith(" ") or not text:
            said = said.lstrip()
        text += said
        address = _address(place.href, base)
        if address and said.strip():
            links.append(Link(len(text) - len(said.lstrip()), len(text.rstrip()), address))
    return Words(text.strip(), tuple(links), ())


def _address(href: str, base: str | None) -> str:
    """Where a link leads on the web; empty where it leads to a place on its own page or is no web address."""
    if not href or href.startswith("#"):
        return ""
    try:
        address = urljoin(base or "", href)
    except ValueError:
        return ""
    return address if address.startswith(("http://", "https://")) else ""


def _is_mark(raw: str, place: Place) -> bool:
    return place.raised == "sup" and place.href.startswith("#") and bool(_MARK.fullmatch(raw.strip()))


def _raised(text: str, raised: str) -> str:
    """Raised and lowered figures as the characters that stand for them; other words as they are."""
    return text.translate(_RAISED[raised]) if raised and _FIGURE.fullmatch(text.strip()) else text
