"""Documents made ready for pandoc, where it would lose or alter words that it is given as they are."""

import re
import zipfile
from io import BytesIO
from typing import Any

from lxml import etree

from briefgen.readers.pandoc.packages import Package

_SUBSTITUTE = re.compile(rb"(?<!\\)(\\u-?\d{1,5})(?!\d) ?([!-\[\]-z|~])")
_DELETED = re.compile(rb"\{(?:\\(?!deleted)[a-z]+-?\d* ?)*+\\deleted(?![a-z0-9])")
_BRACE = re.compile(rb"\\.|[{}]", re.DOTALL)
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_IMAGE = f"{_DRAW}image"
_BOXES = {
    "docx": ("word/document.xml", (f"{_WORDS}txbxContent",), f"{_WORDS}p"),
    "odt": (
        "content.xml",
        (f"{_DRAW}text-box", f"{_DRAW}custom-shape"),
        "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p",
    ),
}
"""The part with the text, the elements of text boxes, and that of a paragraph, by format."""

_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def mended_rtf(data: bytes) -> bytes:
    r"""RTF that says the same, without deleted words, and "\u8220?" written as "\u8220\'3f".

    Pandoc shows what was deleted while changes were recorded, and drops a letter of the text behind a substitute that
    is written as it is.
    """
    return _SUBSTITUTE.sub(lambda found: found[1] + b"\\'%02x" % found[2][0], _without_deleted(data))


def mended_package(form: str, data: bytes, package: Package) -> bytes:
    """The package with the passages of each text box behind the paragraph that it is anchored in.

    Of a paragraph with a text box pandoc reads nothing but the box in a DOCX, and in an ODT nothing of the box. Boxes
    of an ODT that hold a picture with its caption are left to pandoc, which knows them.
    """
    name, boxes, paragraph = _BOXES[form]
    content = package.parts.get(name, b"")
    tree = package.tree(name) if any(box.rpartition("}")[2].encode() in content for box in boxes) else None
    if tree is None:
        return data
    for spare in list(tree.iter(_FALLBACK)):
        if next(spare.iter(*boxes), None) is not None:
            spare.getparent().remove(spare)
    behind: dict[Any, Any] = {}
    for found in list(tree.iter(*boxes)):
        if next(found.iter(_IMAGE), None) is None:
            _move(found, paragraph, behind)
    return _with_part(data, name, etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _move(box: Any, paragraph: str, behind: dict[Any, Any]) -> None:
    """Moves what is in a box behind the paragraph around it; `behind` is the last element moved, by paragraph."""
    host = next((above for above in box.iterancestors() if above.tag == paragraph), None)
    if host is None:
        return
    space = paragraph.rpartition("}")[0]
    for element in [one for one in box if isinstance(one.tag, str) and one.tag.startswith(space)]:
        behind.get(host, host).addnext(element)
        behind[host] = element


def _without_deleted(data: bytes) -> bytes:
    kept, at = [], 0
    for found in _DELETED.finditer(data):
        if found.start() >= at:
            kept.append(data[at : found.start()])
            at = _group_end(data, found.start())
    return b"".join([*kept, data[at:]])


def _group_end(data: bytes, start: int) -> int:
    """The end of the group of RTF that begins at `start`."""
    depth = 0
    for brace in _BRACE.finditer(data, start):
        depth += {b"{": 1, b"}": -1}.get(brace[0], 0)
        if not depth:
            return brace.end()
    return len(data)


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry))
    return written.getvalue()
