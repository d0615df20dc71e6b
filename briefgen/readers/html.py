"""Saved web pages: trafilatura finds the article, and this module finds each of its blocks again in the file."""

import re
from bisect import bisect_right
from typing import Any

import trafilatura
from lxml import etree, html

from briefgen.model import Block, BlockKind, Dropped, Source, SourceKind
from briefgen.problems import Location, error
from briefgen.readers.document import Document, Reading
from briefgen.readers.visible import Visible, visible
from briefgen.text.stamps import stamp

_KINDS: dict[str, BlockKind] = {"head": "heading", "p": "paragraph", "item": "item", "quote": "quote", "row": "table"}

_META = {
    "title": ("og:title", "dc.title", "citation_title"),
    "author": ("author", "article:author", "dc.creator", "citation_author", "byl"),
    "publisher": ("og:site_name", "dc.publisher", "citation_publisher", "application-name"),
    "published": ("article:published_time", "datepublished", "date", "dc.date", "citation_publication_date", "pubdate"),
    "modified": ("article:modified_time", "datemodified", "last-modified", "og:updated_time"),
    "license": ("license", "dc.rights", "rights"),
}
"""The `<meta>` names that give each field, best first."""


def read(document: Document) -> Reading:
    """The article's headings, paragraphs, items and quotations; metadata only from tags that state it."""
    extracted = trafilatura.extract(
        document.text, output_format="xml", favor_precision=True, include_comments=False, include_tables=True
    )
    if not extracted:
        nothing = "no article was found on this page"
        return Reading(None, (error(nothing, "save the whole page, or copy its text", Location(document.path)),))
    tree = etree.fromstring(extracted.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    page = html.document_fromstring(document.text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    facts, origins = _facts(page)
    title = facts.get("title", document.id)
    seen = visible(document.text)
    blocks = _blocks(tree, seen, title)
    kind: SourceKind = "news" if "NewsArticle" in document.text else "page"
    source = Source(
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        kind=kind,
        title=title,
        blocks=blocks,
        authors=tuple(filter(None, [facts.get("author")])),
        publisher=facts.get("publisher"),
        published=stamp(facts.get("published", "")),
        modified=stamp(facts.get("modified", "")),
        language=(page.get("lang") or "en").split("-")[0],
        url=facts.get("url"),
        license=facts.get("license"),
        dropped=_dropped(seen, blocks, title),
        origins=origins,
    )
    return Reading(source)


def _facts(page: Any) -> tuple[dict[str, str], dict[str, str]]:
    """What the page's head says of it, and which tag said so."""
    given: dict[str, str] = {}
    for tag in page.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        if name and (tag.get("content") or "").strip():
            given.setdefault(name, tag.get("content").strip())
    facts, origins = {}, {}
    for field, names in _META.items():
        found = next((name for name in names if name in given), None)
        if found:
            facts[field], origins[field] = given[found], f"meta {found}"
    for field, relation in (("url", "canonical"), ("license", "license")):
        link = next((tag for tag in page.iter("link", "a") if tag.get("rel") == relation), None)
        if link is not None and (link.get("href") or "").startswith(("http://", "https://")):
            facts.setdefault(field, link.get("href"))
            origins.setdefault(field, f"link {relation}")
    if "title" not in facts:
        heading = next((tag for name in ("h1", "title") for tag in page.iter(name) if tag.text_content().strip()), None)
        if heading is not None:
            facts["title"], origins["title"] = " ".join(heading.text_content().split()), heading.tag
    return facts, origins


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
