"""Packages of word processors' files: read, and written with the same bytes for the same parts."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from briefgen.model import Brief
from briefgen.renderers.characters import printable
from briefgen.renderers.handout.links import safe_link
from briefgen.renderers.pictures import Pictures

Parts = dict[str, bytes]
TEMPLATES = Path(__file__).parent / "templates"
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
MADE = "2000-01-01T00:00:00Z"
"""The day of the making of a file whose outline has no date: a clock would give other bytes each time."""
LOADING = ("attachedTemplate", "mailMerge")
"""Settings that make a program open another file."""
NOWHERE = "NULL"
"""The target that Office writes where a linked file is gone."""
LONGEST_UNBROKEN_ROW = 900
"""Characters of a table row that is kept on one page; a longer one may need most of a page, or more than one."""
_STORED = ("mimetype", "word/media/", "Pictures/")
_PROPERTY_LENGTH = 255
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)


def unpacked(data: bytes) -> Parts:
    """The parts of a package by name, in its order."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A package of parts: what programs tell its kind by first, then by name, each dated 1980."""
    first = ("mimetype", "[Content_Types].xml")
    names = sorted(parts, key=lambda name: (name not in first, name))
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name in names:
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_STORED if name.startswith(_STORED) else zipfile.ZIP_DEFLATED
            package.writestr(entry, parts[name])
    return stream.getvalue()


def cut_off(parts: Parts) -> Parts:
    """The parts without what a reference document would load from elsewhere, and with no links but to the web."""
    return {name: _cut_off(name, part) for name, part in parts.items()}


def _cut_off(name: str, part: bytes) -> bytes:
    if name.endswith(".rels") and b"External" in part:
        root = tree(part)
        for one in root:
            if one.get("TargetMode") == "External" and not (
                one.get("Type", "").endswith("/hyperlink") and safe_link(one.get("Target"))
            ):
                one.set("Target", NOWHERE)
        return written(root)
    if name == "word/settings.xml" and any(b":" + kind.encode() in part for kind in LOADING):
        root = tree(part)
        for one in [one for one in root if etree.QName(one).localname in LOADING]:
            root.remove(one)
        return written(root)
    return part


def tree(part: bytes) -> Any:
    """The root element of a part."""
    return etree.fromstring(part, _PARSER)


def written(root: Any) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def with_pictures(parts: Parts, folder: str, pictures: Pictures) -> Parts:
    """The parts with the pixels of each picture where its SHA-256 stood for them."""
    named = {key.encode(): pixels.data for key, pixels in pictures.items()}
    return {name: named.get(data, data) if name.startswith(folder) else data for name, data in parts.items()}


def made_on(brief: Brief) -> str:
    """The day of a brief as the moment at which a file was made."""
    from datetime import date

    try:
        return f"{date.fromisoformat(brief.made or brief.date)}T00:00:00Z"
    except ValueError:
        return MADE


def property_text(text: str) -> str:
    """Text as a property of a file holds it."""
    return " ".join(printable(text).split())[:_PROPERTY_LENGTH]
