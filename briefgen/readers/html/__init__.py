"""Saved web pages: trafilatura finds the article, and this module finds each of its blocks again in the file."""

import re
from bisect import bisect_right
from typing import Any

import trafilatura
from lxml import etree, html

from briefgen.model import Block, BlockKind, Dropped, Source, SourceKind
from briefgen.problems import Location, Problem, error
from briefgen.readers.document import Document, Reading
from briefgen.readers.html.metadata import facts
from briefgen.readers.html.visible import Visible, visible

_KINDS: dict[str, BlockKind] = {"head": "heading", "p": "paragraph", "item": "item", "quote": "quote", "row": "table"}


def read(document: Document) -> Reading:
    """The article's headings, paragraphs, items and quotations; metadata only from tags that state it."""
    page = _parsed(document.text)
    if page is None:
        return Reading(None, (_nothing(document),))
    stated = facts(page)
    extracted = _extracted(document.text) or _extracted(page)
    if not extracted:
        return Reading(None, (_nothing(document),))
    tree = etree.fromstring(extracted.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    title = stated.title or document.id
    seen = visible(document.text)
    blocks = _blocks(tree, seen, title)
    kind: SourceKind = "news" if stated.news else "page"
    source = Source(
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        kind=kind,
        title=title,
        blocks=blocks,
        authors=stated.authors,
        publisher=stated.publisher,
        published=stated.published,
        modified=stated.modified,
        language=(page.get("lang") or "en").split("-")[0],
        url=stated.url,
        license=stated.license,
        dropped=_dropped(seen, blocks, title),
        origins=stated.origins,
    )
    return Reading(source)


def _parsed(text: str) -> Any:
    """The page as a tree; none where there is nothing in it."""
    try:
        return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError:
        return None


def _nothing(document: Document) -> Problem:
    hint = "save the whole page, or copy its text"
    return error("no article was found on this page", hint, Location(document.path))


def _extracted(page: Any) -> str | None:
    """What trafilatura takes for the article, as XML; a fragment of a page needs to be given as a tree."""
    found: str | None = trafilatura.extract(
        page, output_format="xml", favor_precision=True, include_comments=False, include_tables=True
    )
    return found


def _blocks(tree: Any, page: Visible, title: str) -> tuple[Block, ...]:
    """The extracted elements that stand in the page in the same order; those of the title's text are left out."""
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    position = 0
    for element in tree.iter(*_KINDS):
        words = " ".join("".join(element.itertext()).split())
        if not words or any(ancestor.tag in _KINDS for ancestor in element.iterancestors()):
            continue
        wanted = re.sub(r"\s+", "", words)
        found = page.characters.find(wanted, position)
        if found < 0:
            continue
        position = found + len(wanted)
        kind = _KINDS[element.tag]
        if kind == "heading" and words == title:
            continue
        level = _level(element, kind)
        if kind == "heading":
            path = [(depth, heading) for depth, heading in path if depth < level]
        headings = tuple(heading for _, heading in path)
        blocks.append(Block(kind, words, page.offsets[found], page.offsets[position - 1] + 1, level, headings))
        if kind == "heading":
            path.append((level, words))
    return tuple(blocks)


def _level(element: Any, kind: BlockKind) -> int:
    if kind != "heading":
        return int(kind == "item")
    rend = element.get("rend") or ""
    return int(rend[1:]) if rend[1:].isdigit() else 2


def _dropped(page: Visible, blocks: tuple[Block, ...], title: str) -> tuple[Dropped, ...]:
    """The stretches of the page outside every block, the title's own excepted."""
    taken = sorted((block.start, block.end) for block in blocks)
    starts = [start for start, _ in taken]
    left_out = []
    for stretch in page.stretches:
        before = bisect_right(starts, stretch.start)
        inside = before and stretch.start < taken[before - 1][1]
        if not inside and stretch.text != title:
            reason = stretch.region or "outside the article"
            left_out.append(Dropped(stretch.start, stretch.end, stretch.text, reason))
    return tuple(left_out)
