"""Markdown, with metadata in YAML or TOML front matter."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import yaml
from markdown_it.token import Token
from msgspec.structs import replace

from briefgen.citations.bare import bare_to_csl
from briefgen.model import Block, BlockKind, BlockReference, Dropped, Reference, Source
from briefgen.problems import Problem, warning
from briefgen.readers.commonmark import FOOTNOTE, parsed, reference_text, rows_whole, shown
from briefgen.readers.document import Document, Reading
from briefgen.text.stamps import stamp

_FRONT_MATTER = re.compile(
    r"\A(?:---[ \t]*\r?\n(?P<yaml>.*?)\r?\n(?:---|\.\.\.)|\+\+\+[ \t]*\r?\n(?P<toml>.*?)\r?\n\+\+\+)[ \t]*(?:\r?\n|\Z)",
    re.DOTALL,
)
_ATTRIBUTES = re.compile(r"\s*\{\s*[#.:][^{}]*\}$")
"""What some programs let stand behind a heading: its name and classes, which no reader sees."""

_SEVERAL = re.compile(r"\s*(?:;|,|\band\b|&)\s*")
_FIELDS = ("title", "authors", "publisher", "published", "modified", "language", "url", "license", "kind")
_OTHER_NAMES = {
    "author": "authors",
    "date": "published",
    "lang": "language",
    "updated": "modified",
    "lastmod": "modified",
}
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
        modified=stamp(str(values.get("modified", values.get("updated", values.get("lastmod", ""))))),
        language=(_text(values.get("language", values.get("lang"))) or "en").split("-")[0],
        url=_text(values.get("url")),
        license=_text(values.get("license")),
        references=references,
        dropped=(*dropped, *_code(tokens, document.text, starts)),
        origins=_origins(values, title),
    )
    return Reading(source, problems)


def _origins(values: dict[str, Any], title: str) -> dict[str, str]:
    """Which key of the front matter gave each field; the title's may be the first heading."""
    named = {**{key: key for key in _FIELDS}, **_OTHER_NAMES}
    found = {named[key]: f"front matter: {key}" for key in named if values.get(key)}
    return {"title": "first heading", **found} if title else found


def _front_matter(document: Document, matter: re.Match[str] | None) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    if not matter:
        return {}, ()
    try:
        values = yaml.safe_load(matter["yaml"]) if matter["toml"] is None else tomllib.loads(matter["toml"])
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
    """The people that a value names: text, a mapping with their name, or a list of either."""
    if isinstance(value, list):
        return tuple(name for one in value for name in _names(one))
    if isinstance(value, dict):
        return _names(value.get("name"))
    if not value:
        return ()
    names = tuple(name for name in _SEVERAL.split(str(value)) if name)
    return names if all(" " in name and name[0].isupper() for name in names) else (str(value),)


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
    for token, open_kinds, before in _placed(rows_whole(tokens)):
        if not token.map:
            continue
        start, end = _bounds(text, starts, token.map)
        headings = tuple(heading for _, heading in path)
        if token.type == "html_block":
            blocks += _of_html(text[start:end], start, headings)
        words, marks = shown(token.children or ()) if token.type == "inline" else ("", ())
        if not words:
            continue
        kind, level = _kind(open_kinds, before)
        if kind == "heading":
            words = _ATTRIBUTES.sub("", words)
            path = [(depth, heading) for depth, heading in path if depth < level]
            headings = tuple(heading for _, heading in path)
        cited = tuple(BlockReference(offset, numbers[label]) for offset, label in marks if label in numbers)
        blocks.append(Block(kind, words, start, end, level, headings, references=cited))
        if kind == "heading":
            path.append((level, words))
    return blocks


def _placed(tokens: Iterator[Token]) -> Iterator[tuple[Token, list[str], Token | None]]:
    """Each token with the kinds of those that are open around it, and the token before it."""
    open_kinds: list[str] = []
    before: Token | None = None
    for token in tokens:
        if token.nesting:
            open_kinds = [*open_kinds, token.type] if token.nesting > 0 else open_kinds[:-1]
        yield token, open_kinds, before
        before = token


def _of_html(markup: str, at: int, headings: tuple[str, ...]) -> list[Block]:
    """What a block of HTML shows, a block for each of its lines; `at` is its offset in the file."""
    from briefgen.readers.html.visible import visible

    blocks = []
    for _, group in groupby(visible(markup).stretches, key=lambda stretch: stretch.place.block):
        run = list(group)
        words = " ".join("".join(stretch.text for stretch in run).split())
        place = run[0].place
        kind: BlockKind = "item" if place.lists else "quote" if place.quoted else "paragraph"
        blocks.append(Block(kind, words, at + run[0].start, at + run[-1].end, place.lists, headings))
    return blocks


def _code(tokens: Sequence[Token], text: str, starts: list[int]) -> tuple[Dropped, ...]:
    """The blocks of code: they are no prose."""
    places = [_bounds(text, starts, one.map) for one in tokens if one.type in ("code_block", "fence") and one.map]
    return tuple(Dropped(start, end, text[start:end], "code") for start, end in places)


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
