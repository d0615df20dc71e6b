"""What a saved page says of itself: title, authors, publisher, dates, each with the place in the page that said so.

A machine-readable statement comes before a visible one, and the page's address comes last. A value whose place cannot
be named is not taken.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urljoin

from msgspec import Struct

from briefgen.tables import table
from briefgen.text.stamps import days_of, stamp

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_IN_ADDRESS = re.compile(
    rf"/((?:19|20)\d{{2}})[/-](0?[1-9]|1[0-2]|{'|'.join(_MONTHS)})[/-](0?[1-9]|[12]\d|3[01])(?=[/-]|$)", re.IGNORECASE
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,4}")
_LISTED = re.compile(r"\s*(?:;|,|\band\b|&|\|)\s*")
_LONGEST_LINE = 120
_DEEPEST = 12
"""Characters of a visible line that states a date or a name, and levels of JSON-LD that are looked through."""


class Facts(Struct, frozen=True):
    """The page's metadata. `origins` names for each field the tag, key or line that it was read from.

    `torn` are two places that give the day of publication, first the one that was taken, if they are days apart.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    license: str | None = None
    news: bool = False
    origins: dict[str, str] = {}
    torn: tuple["Stated", "Stated"] | None = None


class Stated(Struct, frozen=True):
    """One value and its place in the page."""

    value: Any
    origin: str


class Page(Struct, frozen=True):
    """A parsed page with what its head states. `meta` has each tag's contents in order, by its name in lower case."""

    tree: Any
    meta: Mapping[str, Sequence[str]]
    nodes: tuple[dict[str, Any], ...]


def facts(tree: Any) -> Facts:
    """What the parsed page `tree` states."""
    page = Page(tree, _meta(tree), _articles(tree))
    url = _first(_links(tree, "canonical"), (Stated(text, "meta og:url") for text in page.meta.get("og:url", ())), _web)
    publisher = _first(_from_meta(page, "publisher"), _from_json(page, "publisher"), _text)
    published = _first(_dates(page, "published"), _visible_dates(page), _address_date(url), _date)
    found = {
        "title": _title(page, publisher.value if publisher else ""),
        "authors": _authors(page, publisher.value if publisher else ""),
        "publisher": publisher,
        "published": published,
        "modified": _first(_dates(page, "modified"), _date),
        "url": url,
        "license": _first(_links(tree, "license"), _from_json(page, "license"), _from_meta(page, "license"), _text),
    }
    known = {field: stated for field, stated in found.items() if stated}
    return Facts(
        **{field: stated.value for field, stated in known.items()},
        news=any(_types(node) & set(_known()["news"]) for node in page.nodes),
        origins={field: stated.origin for field, stated in known.items()},
        torn=_torn(page, published) if published else None,
    )


@cache
def _known() -> dict[str, Any]:
    data: dict[str, Any] = table("readers/html/metadata.yaml")
    patterns = {name: re.compile(data[name], re.IGNORECASE) for name in ("byline", "not_names")}
    after = {"after_name": re.compile(data["after_name"])}
    return {**data, **patterns, **after, "marked": {name: re.compile(text) for name, text in data["marked"].items()}}


def _first(*places: Any) -> Stated | None:
    """The first value that the last argument, a check, takes; it gives the value as it is to be kept, or none."""
    *streams, check = places
    for stream in streams:
        for stated in stream:
            value = check(stated.value)
            if value:
                return Stated(value, stated.origin)
    return None


# Places -----------------------------------------------------------------------------------------------------------


def _meta(tree: Any) -> dict[str, list[str]]:
    given: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        content = " ".join((tag.get("content") or "").split())
        for key in ("property", "name", "itemprop"):
            if content and tag.get(key):
                given.setdefault(tag.get(key).strip().lower(), []).append(content)
    return given


def _from_meta(page: Page, field: str) -> Iterator[Stated]:
    for name in _known()["meta"].get(field, ()):
        for content in page.meta.get(name, ()):
            yield Stated(content, f"meta {name}")


def _articles(tree: Any) -> tuple[dict[str, Any], ...]:
    """The JSON-LD nodes that describe the article, the most particular kinds first."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            nodes.extend(_nodes(_json(script.text or ""), 0))
    rank = {name: place for place, name in enumerate(_known()["articles"])}
    described = [node for node in nodes if _types(node) & rank.keys()]
    return tuple(sorted(described, key=lambda node: min(rank[name] for name in _types(node) & rank.keys())))


def _json(text: str) -> Any:
    """The value of a script's text; lines and comments that a page's templates leave are forgiven."""
    bare = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*;?\s*$", "", text.strip())
    for attempt in (bare, re.sub(r"[\x00-\x1f]+", " ", bare), re.sub(r",\s*([}\]])", r"\1", bare)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _nodes(value.get(key), depth + 1)


def _types(node: Mapping[str, Any]) -> set[str]:
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return {name.rpartition("/")[2].lower() for name in names if isinstance(name, str)}


def _from_json(page: Page, field: str) -> Iterator[Stated]:
    for node in page.nodes:
        for key in _known()["json_ld"].get(field, ()):
            if key == "name" and _types(node) & {"webpage", "creativework"}:
                continue
            for value in _named(node.get(key)):
                yield Stated(value, f"json-ld {key}")


def _named(value: Any) -> Iterator[str]:
    """The text of a JSON-LD value, the name of a thing, or those of each of a list."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _named(value.get("name") or value.get("url") or None)
    elif isinstance(value, list):
        for item in value:
            yield from _named(item) if not isinstance(item, list) else ()


def _links(tree: Any, relation: str) -> Iterator[Stated]:
    base = next((tag.get("href") for tag in tree.iter("base") if tag.get("href")), "")
    for tag in tree.iter("link", "a"):
        if relation in (tag.get("rel") or "").lower().split() and tag.get("href"):
            try:
                yield Stated(urljoin(base, tag.get("href")), f"link {relation}")
            except ValueError:
                continue


# Title ------------------------------------------------------------------------------------------------------------


def _title(page: Page, publisher: str) -> Stated | None:
    """The one main heading as it is shown, else what the head calls the page; a site's name at its end is cut off."""
    heads = [text for tag in page.tree.iter("h1") if (text := _words(tag)) and not _is_site(text, publisher)]
    inside = {text for tag in page.tree.xpath("//article//h1 | //main//h1") if (text := _words(tag))}
    shown = heads if len(set(heads)) == 1 else [text for text in heads if text in inside and len(inside) == 1]
    named = (Stated(_words(tag), "title") for tag in page.tree.iter("title"))
    return _first(
        (Stated(text, "h1") for text in shown if len(text.split()) > 1),
        _from_json(page, "title"),
        _from_meta(page, "title"),
        (Stated(text, "h1") for text in shown or heads[:1]),
        named,
        lambda text: _without_site(_text(text) or "", publisher),
    )


def _is_site(text: str, publisher: str) -> bool:
    return bool(publisher) and _folded(text) == _folded(publisher)


def _without_site(title: str, publisher: str) -> str:
    """The title without the site's name behind (or before) a bar or dash."""
    parts = re.split(r"\s+[|–—·»:-]+\s+", title)
    if len(parts) > 1 and publisher:
        if _is_site(parts[-1], publisher):
            return title[: title.rindex(parts[-1])].rstrip(" |–—·»:-")
        if _is_site(parts[0], publisher):
            return title[len(parts[0]) :].lstrip(" |–—·»:-")
    return title


def _folded(text: str) -> str:
    return re.sub(r"\W+|^the\b|\.(com|org|net)$", "", text.lower())


# Authors ----------------------------------------------------------------------------------------------------------


def _authors(page: Page, publisher: str) -> Stated | None:
    """All authors that the best place names."""
    places: tuple[Callable[[], Iterable[Stated]], ...] = (
        lambda: _from_json(page, "authors"),
        lambda: _from_meta(page, "authors"),
        lambda: _property(page.tree, "author"),
        lambda: _rel_author(page.tree),
        lambda: _marked_names(page.tree),
    )
    for place in places:
        names: dict[str, None] = {}
        origin = ""
        for stated in place():
            if origin and stated.origin != origin:
                break
            own = [name for name in _people(stated.value) if not _is_site(name, publisher)]
            names.update(dict.fromkeys(own))
            origin = stated.origin if names else ""
        if names:
            return Stated(tuple(names), origin)
    return None


def _people(text: Any) -> list[str]:
    """The names in a byline; none where it names no person."""
    if not isinstance(text, str) or len(text) > _LONGEST_LINE:
        return []
    line = _known()["byline"].sub("", " ".join(text.split()))
    line = _known()["after_name"].sub("", line)
    names = [name.strip(" ,.-–—|") for name in _LISTED.split(line)]
    return [name for name in names if name and _NAME.fullmatch(name) and not _known()["not_names"].search(name)]


def _property(tree: Any, name: str) -> Iterator[Stated]:
    for tag in tree.xpath(f"//*[@itemprop='{name}'][not(self::meta)]"):
        inner = tag.xpath(".//*[@itemprop='name']")
        for text in [_value(one) for one in inner] if inner else [_value(tag)]:
            yield Stated(text, f"itemprop {name}")


def _rel_author(tree: Any) -> Iterator[Stated]:
    for tag in tree.xpath("//a[@rel='author'] | //*[contains(@class, 'author')]//a[contains(@href, '/author')]"):
        if not _apart(tag):
            yield Stated(_words(tag), "rel author")


def _marked_names(tree: Any) -> Iterator[Stated]:
    """The first line of an element marked as a byline, or a link in it, that names people; else a line with "By"."""
    headings = {_words(tag) for tag in tree.iter("h1", "title")}
    for tag in _marked(tree, "authors"):
        for part in (tag, *tag.iter("a")):
            text = " ".join(" ".join(part.itertext()).split())
            says_by = _known()["byline"].match(text)
            if text not in headings and (says_by or len(text) <= _LONGEST_LINE // 2) and _people(text):
                yield Stated(text, f"byline: {text}")
                return
    for tag in tree.xpath("//body//p | //body//div | //body//span | //body//address"):
        text = _words(tag) if len(tag) < 4 else ""
        if text and len(text) <= _LONGEST_LINE // 2 and re.match(r"(?:[Bb]y|BY):?\s+[A-Z]", text) and _people(text):
            yield Stated(text, f"byline: {text}")
            return


# Dates ------------------------------------------------------------------------------------------------------------


def _dates(page: Page, field: str) -> Iterator[Stated]:
    key = {"published": "datePublished", "modified": "dateModified"}[field]
    yield from _from_json(page, field)
    yield from _from_meta(page, field)
    yield from _property(page.tree, key)


def _torn(page: Page, published: Stated) -> tuple[Stated, Stated] | None:
    """The day that was taken and another that the page states, unless a time zone can explain the difference."""
    for stated in _dates(page, "published"):
        day = _date(stated.value)
        if day and abs(_day_number(day) - _day_number(published.value)) > 1:
            return published, Stated(day, stated.origin)
    return None


def _day_number(day: str) -> int:
    """The number of a day that `_date` gave."""
    bounds = days_of(day[:10])
    return bounds[0] if bounds else 0


def _visible_dates(page: Page) -> Iterator[Stated]:
    """<time> elements, then elements whose class says that they hold the date; none in comments or side columns."""
    for tag in page.tree.iter("time"):
        if not _apart(tag):
            yield Stated(tag.get("datetime") or _words(tag), f"time: {_words(tag) or tag.get('datetime')}")
    for tag in page.tree.xpath("//abbr[@title][contains(@class, 'published')]"):
        yield Stated(tag.get("title"), f"abbr published: {_words(tag)}")
    for tag in _marked(page.tree, "published"):
        text = _words(tag)
        if text and len(text) <= _LONGEST_LINE:
            yield Stated(text, f"line: {text}")


def _address_date(url: Stated | None) -> Iterator[Stated]:
    found = _IN_ADDRESS.search(url.value) if url else None
    if found:
        month = _MONTHS.index(found[2].lower()) + 1 if found[2].isalpha() else int(found[2])
        yield Stated(f"{found[1]}-{month:02}-{int(found[3]):02}", f"url {found[0].strip('/')}")


def _marked(tree: Any, field: str) -> Iterator[Any]:
    """The visible elements whose attributes say that they hold a fact."""
    pattern = _known()["marked"][field]
    for tag in tree.xpath("//body//*[@class or @id or @data-testid]"):
        if pattern.search(_marks(tag)) and not _apart(tag):
            yield tag


def _apart(tag: Any) -> bool:
    """Whether an element belongs to comments, a side column, a menu or the like, rather than to what holds the text."""
    for above in (tag, *tag.iterancestors()):
        if above.tag in ("nav", "footer", "aside"):
            return True
        if above.tag in ("body", "article", "main") or len(above.xpath(".//p[position() < 5]")) > 4:
            return False
        if _known()["marked"]["apart"].search(_marks(above)):
            return True
    return False


def _marks(tag: Any) -> str:
    return " ".join(tag.get(name) or "" for name in ("class", "id", "data-testid")).lower()


# Values -----------------------------------------------------------------------------------------------------------


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _date(value: Any) -> str | None:
    """A date with its day, as EDTF."""
    found = stamp(value[:_LONGEST_LINE]) if isinstance(value, str) else None
    return found if found and _DAY.match(found) else None


def _web(value: Any) -> str | None:
    return value if isinstance(value, str) and value.startswith(("http://", "https://")) else None


def _value(tag: Any) -> str:
    return tag.get("content") or tag.get("datetime") or _words(tag)


def _words(tag: Any) -> str:
    return " ".join(tag.text_content().split())
