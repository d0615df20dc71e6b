"""Saved web pages: trafilatura finds the article, and `blocks` finds each of its passages again in the file."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from briefgen.model import Block, Dropped, Source
from briefgen.problems import Location, Problem, error, warning
from briefgen.readers.document import Document, Reading
from briefgen.readers.html.article import passages
from briefgen.readers.html.blocks import blocks_of, find
from briefgen.readers.html.metadata import Facts, facts
from briefgen.readers.html.visible import Visible, visible

_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_HEAD = 10_000
"""Characters in which a document type would declare entities."""
_OURS = "briefgen"
"""The generator that a handout names."""


def read(document: Document) -> Reading:
    """The article's headings, paragraphs, items, quotations and rows; metadata only from where it is stated."""
    declared = _ENTITY.search(document.text, 0, _HEAD)
    if declared:
        refused = error(
            "this page declares entities; that is refused", "no browser writes it", document.place(declared.start())
        )
        return Reading(None, (refused,))
    tree = _parsed(document.text)
    if tree is not None and tree.xpath("//meta[@name='generator'][@content=$ours]", ours=_OURS):
        return Reading(None, (_handout(document),))
    article = passages(tree) if tree is not None else []
    if not article:
        return Reading(None, (_nothing(document),))
    stated = facts(tree)
    title = stated.title or document.id
    page = visible(document.text)
    found, lost = find(article, page)
    blocks = blocks_of(found, page, title, stated.url)
    source = Source(
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        kind="news" if stated.news else "page",
        title=title,
        blocks=blocks,
        authors=stated.authors,
        publisher=stated.publisher,
        published=stated.published,
        modified=stated.modified,
        language=(tree.get("lang") or "en").split("-")[0],
        url=stated.url,
        license=stated.license,
        dropped=_dropped(page, blocks, title),
        origins=stated.origins,
    )
    return Reading(source, tuple(_doubts(stated, len(lost), document)))


def _parsed(text: str) -> Any:
    """The page as a tree; none where there is nothing in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode(), parser=parser)
    except etree.ParserError:
        return None


def _nothing(document: Document) -> Problem:
    hint = "save the whole page, or copy its text"
    return error("no article was found on this page", hint, Location(document.path))


def _handout(document: Document) -> Problem:
    hint = "it repeats its sources, and cannot bear them out; write handouts to another folder with --out"
    return warning("this is a handout that briefgen made, and is not read as a source", hint, Location(document.path))


def _doubts(stated: Facts, lost: int, document: Document) -> Iterator[Problem]:
    where = Location(document.path)
    if stated.torn:
        said = " and ".join(f"{one.value} ({one.origin})" for one in stated.torn)
        hint = "the first is taken; a `published` in the file's .source.yaml ends the doubt"
        yield warning(f"this page gives two days on which it was published: {said}", hint, where)
    if lost:
        hint = "save the page anew, as it is shown by the browser"
        yield warning(f"passages of this page that its file does not hold as text: {lost}", hint, where)


def _dropped(page: Visible, blocks: tuple[Block, ...], title: str) -> tuple[Dropped, ...]:
    """The stretches of the page outside every block, the title's own excepted."""
    taken = sorted((block.start, block.end) for block in blocks)
    starts = [start for start, _ in taken]
    left_out = []
    for stretch in page.stretches:
        before = bisect_right(starts, stretch.start)
        inside = before and stretch.start < taken[before - 1][1]
        words = " ".join(stretch.text.split())
        if not inside and words != title:
            reason = stretch.place.region or "outside the article"
            left_out.append(Dropped(stretch.start, stretch.end, words, reason))
    return tuple(left_out)
