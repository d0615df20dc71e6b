"""Wikitext, whole or half-stripped, to a `Source`.

Half-stripped text is what some collections keep of an article: tags, links and emphasis are gone, and with them the
ref tags, so that citations stand glued to the prose; headings have lost two "=" on each side, list items begin "  • ".
"""

import re
from html import unescape
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model import Block, Dropped, Reference, Source
from briefgen.problems import Problem, error, warning
from briefgen.readers.document import Document, Reading
from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.blocks import Builder, build
from briefgen.readers.wikitext.editions import language_of, redirect
from briefgen.readers.wikitext.expand import expand
from briefgen.readers.wikitext.export import export_of, is_export
from briefgen.readers.wikitext.form import (
    Origin,
    is_escaped,
    is_stripped,
    is_wikipedia,
    looks_like_wikitext,
    title_line,
    unescaped,
)
from briefgen.readers.wikitext.lines import expanded, lines
from briefgen.readers.wikitext.numbering import Numbering
from briefgen.readers.wikitext.page import Page
from briefgen.readers.wikitext.plain import words
from briefgen.readers.wikitext.scan import scan
from briefgen.readers.wikitext.tables import tables

__all__ = ["looks_like_wikitext", "read"]

_REPLACEMENT = "\ufffd"
_BOLD = re.compile(r"'{3,5}([^'\n]+(?:'(?!')[^'\n]*)*)'{3,5}")


class Article(Struct, frozen=True):
    """An article's wikitext, and what the file around it says of it: "" where it says nothing."""

    text: str
    origin: Origin
    title: str = ""
    publisher: str = ""
    language: str = ""
    modified: str = ""
    origins: dict[str, str] = {}


def read(document: Document) -> Reading:
    """The article in `document`: its blocks, its references with offsets in the file, and what was left out.

    A document without any words, a redirect, and an export of several pages give no source and one problem.
    """
    article = _article(document)
    if isinstance(article, Problem):
        return Reading(None, (article,))
    text = article.text
    leads_to = redirect().match(text)
    if leads_to:
        target = words(leads_to[1]) or "another page"
        return Reading(
            None, (error(f"this page only leads to {target!r}", "add that page instead", document.place(0)),)
        )
    stripped = is_stripped(text)
    titled = title_line(text, stripped)
    page = Page(text, tables(), stripped, titled[0] if titled else article.title)
    top, closed = scan(text)
    expand(page, closed)
    rows = lines(expanded(page, top), text, page if stripped else None)
    if titled:
        page.drop(titled[1], titled[2], "title line")
        rows = [row for row in rows if row.start >= titled[2] or not row.text.strip()]
    numbering = Numbering(page)
    blocks = build(Builder(page, stripped, numbering), rows)
    if not blocks:
        return Reading(None, (error("this wikitext holds no words", "is the file cut short?", document.place(0)),))
    title = page.title or _subject(blocks, text) or _stem(document.path)
    source = _source(document, replace(article, title=title), blocks, page, numbering)
    return Reading(source, _doubts(document, source))


def _article(document: Document) -> Article | Problem:
    """The wikitext of a file: the whole of it, or what an export has of one page."""
    text = marks.NONCHARACTERS.sub(_REPLACEMENT, document.text)
    if not is_export(text):
        if text[:500].lstrip().startswith("<?xml"):
            hint = 'save the page with MediaWiki\'s "Export pages", or its wikitext'
            return error("this XML is no export of a wiki", hint, document.place(0))
        publisher = "Wikipedia" if is_wikipedia(text) else ""
        origins = {"publisher": "wikitext templates"} if publisher else {}
        wikitext, origin = unescaped(text) if is_escaped(text) else (text, Origin())
        return Article(wikitext, origin, publisher=publisher, origins=origins)
    export = export_of(text)
    if export.pages != 1:
        found = f"this export holds {export.pages} pages" if export.pages else "this export holds no page"
        return error(found, "export one page to a file", document.place(0))
    wikitext, origin = unescaped(text[export.start : export.end], export.start)
    said = {"title": export.title, "publisher": export.site, "language": export.language, "modified": export.stamp}
    return Article(
        *(wikitext, origin, unescape(export.title), unescape(export.site), export.language, export.modified),
        origins={name: words for name, words in said.items() if words},
    )


def _source(document: Document, article: Article, blocks: list[Block], page: Page, numbering: Numbering) -> Source:
    origin = article.origin
    dropped = sorted(page.dropped, key=lambda item: (item.start, item.end))
    language = article.language or language_of(article.text)
    seen = {} if article.language or language == "en" else {"language": "words of that Wikipedia in the markup"}
    return Source(
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        kind="encyclopedia",
        title=article.title,
        blocks=tuple(replace(block, start=origin(block.start), end=origin(block.end)) for block in blocks),
        publisher=article.publisher or None,
        modified=article.modified or None,
        language=language,
        references=tuple(_reference(document, numbering, n, origin) for n in range(len(numbering.in_order))),
        dropped=tuple(_dropped(document, item, origin) for item in dropped),
        origins=article.origins | seen,
    )


def _doubts(document: Document, source: Source) -> tuple[Problem, ...]:
    """A warning for a page that only lists the articles of one name."""
    listing = next((item for item in source.dropped if item.reason == "list of articles of one name"), None)
    if not listing:
        return ()
    where = document.place(listing.start)
    return (warning("this page only lists the articles of one name", "add the article that you mean", where),)


def _reference(document: Document, numbering: Numbering, n: int, origin: Origin) -> Reference:
    """The reference at `n` of the list; all that cite one work share its item, and the item's id."""
    found, work = numbering.in_order[n].found, numbering.in_order[n].work
    csl: dict[str, Any] = {**numbering.csl(n), "id": f"{document.id}-{work + 1}"}
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
