"""An instructor's own reference document: whose styles, page, header and footer a Word file takes."""

import zipfile
from pathlib import Path

from msgspec import Struct

from briefgen.packages import UNREADABLE, opened, part
from briefgen.problems import Location, Problem, warning

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How files of Word before 2007 begin, and those with a password."""
_NAME = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}name"
_STYLE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}style"
_VALUE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
_LARGEST = 100_000_000
"""Bytes of a document's parts together, unpacked; a larger one is refused."""


class Reference(Struct, frozen=True):
    """A reference document that can be read, and the names of its styles."""

    path: Path
    styles: frozenset[str]


def read_reference(path: str | None) -> tuple[Reference | None, tuple[Problem, ...]]:
    """The reference document at `path`; none where none is named, or with the one problem that keeps it from use."""
    if not path:
        return None, ()
    file = Path(path)
    try:
        if file.suffix.lower() not in (".docx", ".dotx"):
            raise ValueError("it is no .docx file")
        with opened(file) as package:
            styles = _styles(package)
    except zipfile.BadZipFile:
        return None, (unusable(file, _why_no_package(file)),)
    except UNREADABLE as fault:
        reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault).strip("'\"")
        return None, (unusable(file, reason),)
    return Reference(file, styles), ()


def unusable(path: Path, reason: str) -> Problem:
    """That a reference document is not used, and why."""
    hint = "briefgen's own styles are used; name a .docx that Word opens without a password"
    return warning(f"this reference document cannot be used: {reason}", hint, Location(str(path)))


def _styles(package: zipfile.ZipFile) -> frozenset[str]:
    if sum(entry.file_size for entry in package.infolist()) > _LARGEST:
        raise ValueError("it is too large")
    if any(entry.flag_bits & 1 for entry in package.infolist()):
        raise ValueError("it has a password")
    if package.testzip():
        raise ValueError("it is damaged")
    part(package, "word/document.xml")
    named = (style.find(_NAME) for style in part(package, "word/styles.xml").iter(_STYLE))
    return frozenset(name.get(_VALUE, "") for name in named if name is not None)


def _why_no_package(path: Path) -> str:
    with path.open("rb") as file:
        locked = file.read(8) == _OLD_OR_LOCKED
    return "it has a password, or is of Word before 2007" if locked else "it is damaged, or no Word document"
