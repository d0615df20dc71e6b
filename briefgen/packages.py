"""The parts of a presentation's package as trees. A damaged, encrypted or oversized one raises one of `UNREADABLE`."""

import posixpath
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from briefgen.userfiles import read_bytes

_SLIDE_ID = "{http://schemas.openxmlformats.org/presentationml/2006/main}sldId"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LARGEST_PART = 20_000_000
"""Bytes of a part of a package; a larger one is refused."""
UNREADABLE = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    zipfile.BadZipFile,
    zlib.error,
    etree.XMLSyntaxError,
)
"""What is raised where a package is damaged, encrypted or none at all."""


def opened(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(read_bytes(path)))


def part(package: zipfile.ZipFile, name: str) -> Any:
    """The root element of a part."""
    if package.getinfo(name).file_size > _LARGEST_PART:
        raise ValueError(f"{name} is too large")
    return etree.fromstring(
        package.read(name), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    )


def relations(package: zipfile.ZipFile, name: str) -> dict[str, tuple[str, str]]:
    """The last word of the type, and the target, of each relation of a part by its id; a part's name is made whole."""
    folder, _, file = name.rpartition("/")
    listed = f"{folder}/_rels/{file}.rels"
    if listed not in package.namelist():
        return {}
    found = {}
    for one in part(package, listed):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")
        found[one.get("Id", "")] = (one.get("Type", "").rpartition("/")[2], target)
    return found


def slide_names(package: zipfile.ZipFile) -> list[str]:
    """The names of the parts of the slides that the presentation lists, in its order."""
    targets = relations(package, "ppt/presentation.xml")
    listed = [slide.get(_RELATION) for slide in part(package, "ppt/presentation.xml").iter(_SLIDE_ID)]
    return [targets[identity][1] for identity in listed]
