"""Wikitext, whole or half-stripped, to a `Source`.

Half-stripped text is what some collections keep of an article: tags, links and emphasis are gone, and with them the
ref tags, so that citations stand glued to the prose; headings have lost two "=" on each side, list items begin "  • ".
"""

import re
from typing import Any

from msgspec.structs import replace

from briefgen.model import Block, Dropped, Reference, Source
from briefgen.problems import error
from briefgen.readers.document import Document, Reading
from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.blocks import Builder, build
from briefgen.readers.wikitext.expand import Found, Numbering, Page, expand
from briefgen.readers.wikitext.form import Origin, is_stripped, is_wikipedia, looks_like_wikitext, title_line, unescaped
from briefgen.readers.wikitext.lines import expanded, lines
from briefgen.readers.wikitext.plain import words
from briefgen.readers.wikitext.scan import scan
from briefgen.readers.wikitext.tables import tables

__all__ = ["looks_like_wikitext", "read"]

_REPLACEMENT = "\ufffd"
_BOLD = re.compile(r"'{3,5}([^'\n]+(?:'(?!')[^'\n]*)*)'{3,5}")


def read(document: Document) -> Reading:
    """The article in `document`: its blocks, its references with offsets in the file, and what was left out.

    A document without any words gives no source and one problem.
    """
    text, origin = unescaped(marks.NONCHARACTERS.sub(_REPLACEMENT, document.text))
    stripped = is_stripped(text)
    page = Page(text, tables())
    top, closed = scan(text)
    expand(page, closed)
    rows = lines(expanded(page, top), text, page if stripped else None)
    titled = title_line(text, stripped)
    if titled:
        page.drop(titled[1], titled[2], "title line")
        rows = [row for row in rows if row.start >= titled[2] or not row.text.strip()]
    numbering = Numbering(page)
    blocks = build(Builder(page, stripped, numbering.in_order, numbering.resolve), rows)
    if not blocks:
        return Reading(None, (error("this wikitext holds no words", "is the file cut short?", document.place(0)),))
    title = titled[0] if titled else _subject(blocks, text) or _stem(document.path)
    return Reading(_source(document, title, blocks, page, numbering, origin))


def _source(
    document: Document, title: str, blocks: list[Block], page: Page, numbering: Numbering, origin: Origin
) -> Source:
    wikipedia = is_wikipedia(page.text)
    dropped = sorted(page.dropped, key=lambda item: (item.start, item.end))
    return Source(
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        kind="encyclopedia",
        title=title,
        blocks=tuple(replace(block, start=origin(block.start), end=origin(block.end)) for block in blocks),
        publisher="Wikipedia" if wikipedia else None,
        references=tuple(_reference(document, n, found, origin) for n, found in enumerate(numbering.in_order, start=1)),
        dropped=tuple(_dropped(document, item, origin) for item in dropped),
        origins={"publisher": "wikitext templates"} if wikipedia else {},
    )


def _reference(document: Document, n: int, found: Found, origin: Origin) -> Reference:
    csl: dict[str, Any] = {**found.csl, "id": f"{document.id}-{n}"}
    start, end = origin(found.start), origin(found.end)
    return Reference(csl, document.text[start:end], start, end, found.locator)


def _dropped(document: Document, item: Dropped, origin: Origin) -> Dropped:
    start, end = origin(item.start), origin(item.end)
    return Dropped(start, end, document.text[start:end], item.reason)


def _subject(blocks: list[Block], text: str) -> str:
    """The subject that the first paragraph sets in bold; "" where none is."""
    bold = _BOLD.search(text)
    prose = next((block for block in blocks if block.kind == "paragraph"), None)
    if not bold or not prose or not prose.start <= bold.start() < prose.end:
        return ""
    subject = words(bold[1])
    return subject[:1].upper() + subject[1:]


def _stem(path: str) -> str:
    """The file's name without its ending, as words."""
    name = re.split(r"[/\\]", path)[-1]
    return re.sub(r"\.\w+$", "", name).replace("_", " ").strip() or name
