"""Any file to a package of parts, and its parts to trees. What is damaged raises one of `MALFORMED`, and no more."""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from lxml import etree

from briefgen.renderers.deck.links import address
from briefgen.renderers.deck.package import (
    RELATIONSHIPS,
    ROOT,
    TYPES,
    TYPES_NAME,
    Package,
    Part,
    Relation,
    equivalent,
    relations_name,
)

MALFORMED = (
    OSError,
    EOFError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RuntimeError,
    AssertionError,
    ArithmeticError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    etree.LxmlError,
)
"""What a package that is damaged, or none, makes its readers raise."""
_COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What a package may be compressed with (ISO/IEC 29500-2, annex B)."""
_NOWHERE = "NULL"
"""The target that Office writes where a linked file is gone."""


def tree(data: bytes) -> Any:
    """The root element of a part, without comments; a ValueError where it declares entities, which no part may."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root: Any = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("a part declares a document type")
    return root


def opened(data: bytes) -> Package:
    """All parts that relationships lead to from the package's root.

    A relationship to a part that is not there is left out. Of two parts with equivalent names the last is taken.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        held = _Held(archive)
        parts: dict[str, Part] = {}
        waiting = [ROOT]
        while waiting:
            name = waiting.pop()
            if name not in parts:
                parts[name] = held.part(name)
                waiting += [one.part for one in parts[name].relations if one.part is not None]
    return Package(parts)


class _Held:
    """What lies in an archive, found by names that may be written otherwise."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        named = ((_name(entry), entry) for entry in archive.infolist())
        self._entries = {equivalent(name): entry for name, entry in named if name.isprintable()}
        self._defaults, self._overrides = _declared(tree(self._read(TYPES_NAME)))

    def part(self, name: str) -> Part:
        listed = relations_name(name)
        said = self._read(listed) if equivalent(listed) in self._entries else b""
        known, dangling = self._relations(name, said)
        data = self._read(name) if name != ROOT else b""
        return Part(name, self._kind(name) if name != ROOT else "", data, known, b"" if dangling else said)

    def _read(self, name: str) -> bytes:
        entry = self._entries[equivalent(name)]
        if entry.compress_type not in _COMPRESSIONS:
            raise zipfile.BadZipFile(f"{name} is compressed as no part may be")
        return self._archive.read(entry)

    def _kind(self, name: str) -> str:
        """The content type of a part; a KeyError where the package does not say it."""
        own = self._overrides.get(equivalent(name))
        return own or self._defaults[equivalent(name).rpartition(".")[2]]

    def _relations(self, source: str, said: bytes) -> tuple[tuple[Relation, ...], bool]:
        """The relationships of a part, and whether some are left out, or lead nowhere now.

        What a part would load from outside, or a link to anything but the web, would act on whoever opens the deck.
        """
        root = tree(said) if said else ()
        found: dict[str, Relation] = {}
        cut = False
        for one in root:
            identity, kind, target = (one.get(key) or "" for key in ("Id", "Type", "Target"))
            if one.tag != f"{{{RELATIONSHIPS}}}Relationship":
                continue
            if one.get("TargetMode") == "External":
                safe = kind.endswith("/hyperlink") and address(target) == target
                found[identity] = Relation(identity, kind, target if safe else _NOWHERE)
                cut = cut or not safe
            elif (entry := self._entries.get(_meant(source, target))) is not None and not _is_index(_name(entry)):
                found[identity] = Relation(identity, kind, target, _name(entry))
        return tuple(found.values()), cut or len(found) < len(root)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of a part, also where a program wrote it as a path of Windows."""
    return entry.filename.replace("\\", "/").lstrip("/")


def _is_index(name: str) -> bool:
    """Whether a name is that of a list of content types or relationships, which no relationship leads to."""
    return equivalent(name).endswith(".rels") or equivalent(name) == equivalent(TYPES_NAME)


def _meant(source: str, target: str) -> str:
    """The name of the part that a target means, seen from the part that names it."""
    path = target.partition("#")[0].replace("\\", "/")
    return equivalent(posixpath.normpath(posixpath.join("/", posixpath.dirname(source), path)).lstrip("/"))


def _declared(root: Any) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """The content types by ending, and by name."""
    return dict(_said(root, "Default", "Extension")), dict(_said(root, "Override", "PartName"))


def _said(root: Any, tag: str, key: str) -> Iterator[tuple[str, str]]:
    for one in root.iter(f"{{{TYPES}}}{tag}"):
        yield equivalent((one.get(key) or "").lstrip("/")), one.get("ContentType") or ""
