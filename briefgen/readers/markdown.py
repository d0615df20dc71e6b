"""Markdown, with metadata in YAML front matter."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from markdown_it.token import Token
from msgspec.structs import replace

from briefgen.citations.bare import bare_to_csl
from briefgen.model import Block, BlockKind, BlockReference, Dropped, Reference, Source
from briefgen.problems import Problem, warning
from briefgen.readers.commonmark import FOOTNOTE, parsed, reference_text, shown
from briefgen.readers.document import Document, Reading
from briefgen.text.stamps import stamp

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELDS = ("title", "authors", "publisher", "published", "modified", "language", "url", "license", "kind")
_KINDS = ("encyclopedia", "news", "archive", "report", "book", "page")


def read(document: Document) -> Reading:
    """Headings, paragraphs, list items, quotations and table rows; the first level-1 heading is the title.

    Footnotes are references, cited where their marks stand.

    Front matter keys title, author(s), date, modified, publisher, url, license, language and kind are metadata.
    """
    matter = _FRONT_MATTER.match(document.text)
    values, problems = _front_matter(document, matter)
    body = matter.end() if matter else 0
    starts = _line_starts(document.text, body)
    tokens = parsed(document.text[body:])
    references, numbers, dropped = _footnotes(tokens, document, starts)
    title, blocks = _titled(_blocks(tokens, document.text, starts, numbers), values.get("title"))
    kind = values.get("kind")
    source = Source(
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        kind=kind if kind in _KINDS else "page",
        title=title or document.id,
        blocks=blocks,
        authors=_names(values.get("authors", values.get("author"))),
        publisher=_text(values.get("publisher")),
        published=stamp(str(values.get("date", values.get("published", "")))),
        modified=stamp(str(values.get("modified", ""))),
        language=_text(values.get("language")) or "en",
        url=_text(values.get("url")),
        license=_text(values.get("license")),
        references=references,
        dropped=dropped,
        origins=_origins(values, title),
    )
    return Reading(source, problems)


def _origins(values: dict[str, Any], title: str) -> dict[str, str]:
    """Which key of the front matter gave each field; the title's may be the first heading."""
    named = {**{key: key for key in _FIELDS}, "author": "authors", "date": "published"}
    found = {named[key]: f"front matter: {key}" for key in named if values.get(key)}
    return {"title": "first heading", **found} if title else found


def _front_matter(document: Document, matter: re.Match[str] | None) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    if not matter:
        return {}, ()
    try:
        values = yaml.safe_load(matter[1])
    except (yaml.YAMLError, ValueError, RecursionError):
        values = None
    if isinstance(values, dict):
        return {str(key): value for key, value in values.items()}, ()
    hint = "write it as `key: value` lines between two lines of ---"
    return {}, (warning("the front matter is not a YAML mapping and was passed over", hint, document.place(0)),)


def _titled(blocks: list[Block], given: Any) -> tuple[str, tuple[Block, ...]]:
    """The title, given or else the first heading, and the blocks without it."""
    first = next((block for block in blocks if block.kind == "heading"), None)
    title = str(given) if given else first.text if first else ""
    kept = [block for block in blocks if not (block.kind == "heading" and block.text == title)]
    return title, tuple(replace(block, headings=tuple(h for h in block.headings if h != title)) for block in kept)


def _names(value: Any) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, list) else (str(value),) if value else ()


def _text(value: Any) -> str | None:
    return str(value) if value else None


def _line_starts(text: str, body: int) -> list[int]:
    """The offset of each line of the body, and the end of the text."""
    return [body, *(body + match.end() for match in re.finditer(r"\r\n|\r|\n", text[body:])), len(text)]


def _footnotes(
    tokens: Sequence[Token], document: Document, starts: list[int]
) -> tuple[tuple[Reference, ...], dict[str, int], tuple[Dropped, ...]]:
    """The footnotes as references, the index of each by its label, and the places that they are taken from.

    Of several footnotes with one label the first counts; one without words is no reference.
    """
    references: list[Reference] = []
    numbers: dict[str, int] = {}
    dropped: list[Dropped] = []
    for token in tokens:
        if token.type != FOOTNOTE or not token.map:
            continue
        start, end = _bounds(document.text, starts, token.map)
        raw = document.text[start:end]
        dropped.append(Dropped(start, end, raw, "footnote"))
        words = reference_text(token.content)
        if words and token.info not in numbers:
            numbers[token.info] = len(references)
            csl, locator = bare_to_csl(words, f"{document.id}-{len(references) + 1}")
            references.append(Reference(csl, raw, start, end, locator))
    return tuple(references), numbers, tuple(dropped)


def _blocks(tokens: Sequence[Token], text: str, starts: list[int], numbers: Mapping[str, int]) -> list[Block]:
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    open_kinds: list[str] = []
    for token, before in zip(tokens, [None, *tokens], strict=False):
        if token.nesting:
            open_kinds = [*open_kinds, token.type] if token.nesting > 0 else open_kinds[:-1]
        if token.type != "inline" or not token.map:
            continue
        words, marks = shown(token.children or ())
        if not words:
            continue
        kind, level = _kind(open_kinds, before)
        if kind == "heading":
            path = [(depth, heading) for depth, heading in path if depth < level]
        start, end = _bounds(text, starts, token.map)
        headings = tuple(heading for _, heading in path)
        cited = tuple(BlockReference(offset, numbers[label]) for offset, label in marks if label in numbers)
        blocks.append(Block(kind, words, start, end, level, headings, references=cited))
        if kind == "heading":
            path.append((level, words))
    return blocks


def _bounds(text: str, starts: list[int], lines: list[int]) -> tuple[int, int]:
    start, end = starts[lines[0]], starts[min(lines[1], len(starts) - 1)]
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _kind(open_kinds: list[str], before: Token | None) -> tuple[BlockKind, int]:
    if before is not None and before.type == "heading_open":
        return "heading", int(before.tag[1:])
    if "list_item_open" in open_kinds:
        return "item", open_kinds.count("list_item_open")
    if "blockquote_open" in open_kinds:
        return "quote", 0
    return ("table", 0) if "table_open" in open_kinds else ("paragraph", 0)
