"""Packed documents (DOCX, ODT, EPUB), looked into before anything unpacks them whole.

Refused are packages that would fill the memory, that declare XML entities, or that are encrypted.
"""

import zipfile
import zlib
from io import BytesIO
from typing import Any

from lxml import etree
from msgspec import Struct

from briefgen.problems import Location, Problem, error

MOST_BYTES, MOST_PARTS, MOST_XML = 500_000_000, 20_000, 100_000_000
"""A package's size when unpacked, its number of parts, and the size of one XML part; what is larger is refused."""

_MOST_PACKED = 200
_SMALL = 1_000_000
"""How many times smaller than its content a part of some size may be: XML packs to a fifth or a twentieth."""

_DAMAGED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)
"""What is raised where a package, or a part of it, is damaged or cut off."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = (".xml", ".rels", ".opf", ".ncx", ".xhtml", ".html", ".htm")
_FONTS_ONLY = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")


class Package(Struct, frozen=True):
    """The XML parts of a package by name."""

    parts: dict[str, bytes]

    def tree(self, name: str) -> Any:
        """The part as a tree; none where there is no such part or it is no XML. No entity is expanded."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            return etree.fromstring(self.parts[name], parser)
        except (KeyError, etree.XMLSyntaxError, ValueError):
            return None


def opened(path: str, data: bytes) -> Package | Problem:
    """The package in `data`, or the one problem that keeps it from being read."""
    where = Location(path)
    if data.startswith(_OLE):
        hint = "if it has a password, save it without one; an old .doc, save as .docx"
        return error("this document is encrypted, or of an old kind", hint, where)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _checked(package, where)
    except _DAMAGED as fault:
        hint = "copy or download it again, or open it in a word processor and save it"
        return error(f"this document is damaged or cut off: {fault}", hint, where)
    except (RuntimeError, KeyError):
        return error("this document is encrypted", "save it without a password", where)


def _checked(package: zipfile.ZipFile, where: Location) -> Package | Problem:
    entries = package.infolist()
    total = sum(entry.file_size for entry in entries)
    packed = any(
        entry.file_size > _SMALL and entry.file_size > _MOST_PACKED * max(1, entry.compress_size) for entry in entries
    )
    if total > MOST_BYTES or len(entries) > MOST_PARTS or packed:
        message = f"this package would unpack to {total:,} bytes in {len(entries):,} parts; that is refused"
        most = f"at most {MOST_BYTES:,} bytes in {MOST_PARTS:,} parts are unpacked"
        return error(message, f"{most}, and no part to {_MOST_PACKED} times its size", where)
    if any(entry.flag_bits & 1 for entry in entries):
        return error("this document is encrypted", "save it without a password", where)
    parts: dict[str, bytes] = {}
    for entry in entries:
        with package.open(entry) as part:
            content = part.read(min(entry.file_size, MOST_XML) + 1)
        if len(content) > min(entry.file_size, MOST_XML):
            return error(f"the part {entry.filename!r} is larger than it says, or too large", "save it anew", where)
        if entry.filename.lower().endswith(_XML):
            if _declares_entities(content):
                hint = "no word processor writes such a document; do not trust it"
                return error(f"the part {entry.filename!r} declares XML entities; that is refused", hint, where)
            parts[entry.filename] = content
    encrypted = _encrypted(parts)
    return error("this document is encrypted", "save it without a password", where) if encrypted else Package(parts)


def _declares_entities(content: bytes) -> bool:
    plain = content.replace(b"\0", b"")
    return b"<!ENTITY" in plain or (b"<!DOCTYPE" in plain and b"[" in plain.split(b"<!DOCTYPE", 1)[1].split(b">", 1)[0])


def _encrypted(parts: dict[str, bytes]) -> bool:
    """Whether the package says that its text is encrypted; hidden fonts alone do not count."""
    rights = parts.get("META-INF/encryption.xml", b"")
    hidden = rights.count(b"EncryptedData>") // 2 > sum(rights.count(name) for name in _FONTS_ONLY)
    return hidden or b"encryption-data" in parts.get("META-INF/manifest.xml", b"")
