"""What a document says of itself: in its title lines, as pandoc gives them, and in its package's properties."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import PurePath
from typing import Any

from msgspec import Struct

from briefgen.readers.pandoc.inlines import Line
from briefgen.readers.pandoc.packages import Package
from briefgen.tables import table
from briefgen.text.stamps import stamp

_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_WHERE = {".docx": "docProps/core.xml", ".odt": "meta.xml"}
_SEVERAL = re.compile(r"\s*(?:;|,|\band\b|&)\s*")


class Properties(Struct, frozen=True):
    """A document's metadata, by the names of `Source`'s fields, with where each value stood."""

    values: dict[str, Any]
    origins: dict[str, str]


def properties(meta: Mapping[str, Any], package: Package | None, path: str) -> Properties:
    """The document's own title lines first, then its package's properties; its file's date is no publication date."""
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}

    def give(field: str, value: Any, origin: str) -> None:
        if value and field not in values:
            values[field], origins[field] = value, origin

    give("title", _text(meta.get("title")), "title line")
    give("authors", _authors(meta), "author line")
    give("published", stamp(_text(meta.get("date"))), "date line")
    give("publisher", _text(meta.get("publisher")), "publisher of the package")
    give("license", _text(meta.get("rights")), "rights of the package")
    give("language", _language(_text(meta.get("lang")) or _text(meta.get("language"))), "language of the document")
    where = _WHERE.get(PurePath(path).suffix.lower())
    tree = package.tree(where) if package and where else None
    if tree is not None:
        stated = {tag.tag: " ".join((tag.text or "").split()) for tag in tree.iter() if isinstance(tag.tag, str)}
        creator = f"{_ODF}initial-creator" if where == "meta.xml" else f"{_DC}creator"
        changed = f"{_DC}date" if where == "meta.xml" else f"{_TERMS}modified"
        title, author = stated.get(f"{_DC}title", ""), stated.get(creator, "")
        give("title", "" if _known("no_titles").match(title) else title, f"{where} title")
        give("authors", () if _known("no_authors").match(author) else _names(author), f"{where} creator")
        give("modified", stamp(stated.get(changed, "")), f"{where} modified")
        give("language", _language(stated.get(f"{_DC}language", "")), f"{where} language")
    return Properties(values, origins)


@cache
def _known(name: str) -> re.Pattern[str]:
    return re.compile(table("readers/pandoc/words.yaml")[name], re.IGNORECASE)


def _authors(meta: Mapping[str, Any]) -> tuple[str, ...]:
    given = meta.get("author") or {}
    listed = given.get("c", []) if given.get("t") == "MetaList" else [given]
    return tuple(name for one in listed for name in _names(_text(one)))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for name in _SEVERAL.split(text) if name)


def _language(text: str) -> str:
    code = text.split("-")[0].lower()
    return code if re.fullmatch(r"[a-z]{2,3}", code) else ""


def _text(value: Any) -> str:
    """The words of a metadata value."""
    if not isinstance(value, dict):
        return ""
    kind, content = value.get("t"), value.get("c") or ()
    if kind == "MetaString":
        return str(content)
    line = Line(lambda _: None)
    if kind == "MetaInlines":
        line.add(content)
    elif kind == "MetaBlocks":
        line.add([inline for block in content if block["t"] in ("Para", "Plain") for inline in block["c"]])
    return line.text
