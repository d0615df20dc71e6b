"""Which files are sources: those that folders, files and globs lead to."""

import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from briefgen.problems import Location, Problem, close, error, warning
from briefgen.readers import SUFFIXES
from briefgen.sidecars import SUFFIX

_NOT_SOURCES = ("readme", "license", "licence")
_PROJECT = (".yaml", ".yml", ".json", ".bib", ".ris")
"""Endings of what stands in a project beside its sources: outlines, sidecars, evidence, bibliographies."""

NO_SOURCES = "there is no such file or folder of sources"

_OURS = ("-quiz.gift.txt", "-quiz.xml")
"""Endings of what is made for learning platforms: it repeats its sources, and cannot bear them out."""

_PAGE_FOLDERS = ("_files", ".files")
"""Endings of the folders in which browsers save what belongs to a page."""

_DOCUMENTS = (
    ".doc",
    ".pages",
    ".ppt",
    ".pptx",
    ".xls",
    ".xlsx",
    ".odp",
    ".djvu",
    ".mobi",
    ".azw3",
    ".mht",
    ".mhtml",
)
"""Endings of documents that are not read: in a folder each of these is named; pictures and the like are counted."""


class Found(Struct, frozen=True):
    """The files to read, each once and in order, and what is wrong with where they were looked for."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()


def find(patterns: Sequence[str | Path], base: Path | None = None) -> Found:
    """The files that `patterns` (folders, files, globs; relative to `base`) lead to.

    In a folder, hidden files, README and LICENSE files, YAML and JSON files, quizzes that were made for platforms, and
    what a browser saved beside a page (`NAME_files/`) are no sources. Other files that are not read are told, one
    warning a folder.
    """
    paths: dict[Path, None] = {}
    problems: list[Problem] = []
    for pattern in patterns:
        where = (base or Path()) / pattern
        found, aside = _files(where)
        if not (found or any(problem.severity == "error" for problem in aside)):
            problems.append(_nothing_at(where))
        problems.extend(aside)
        paths.update(dict.fromkeys(found))
    return Found(tuple(paths), tuple(problems))


def is_read(path: Path) -> bool:
    """Whether there is a reader for files with this ending."""
    return path.suffix.lower() in SUFFIXES


def _is_document(path: Path) -> bool:
    return is_read(path) or path.suffix.lower() in _DOCUMENTS


def _files(path: Path) -> tuple[list[Path], list[Problem]]:
    if os.path.isdir(path):
        closed: list[OSError] = []
        inside = sorted(_in_folder(path, closed))
        wanted = [file for file in inside if _is_document(file)]
        others = Counter(file.suffix.lower() or file.name for file in inside if not _is_document(file))
        return wanted, [*map(_closed, closed), *_not_read(path, others), *_orphans(path, wanted)]
    if os.path.lexists(path):
        return [path], []
    return sorted(Path(found) for found in glob.glob(str(path), recursive=True) if os.path.isfile(found)), []


def _in_folder(folder: Path, closed: list[OSError]) -> Iterator[Path]:
    """The files below a folder that may be sources; adds to `closed` for each folder that cannot be looked into."""
    files = (Path(top, name) for top, _, names in os.walk(folder, onerror=closed.append) for name in names)
    for path in files:
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts)
        named = path.name.lower()
        aside = named.startswith(_NOT_SOURCES) or named.endswith((*_PROJECT, *_OURS))
        inside = any(part.endswith(_PAGE_FOLDERS) for part in parts[:-1])
        if not (hidden or aside or (inside and _beside_a_page(path, folder))):
            yield path


def _beside_a_page(path: Path, folder: Path) -> bool:
    """Whether a browser saved the file with a page: `page.html` has its pictures and scripts in `page_files/`."""
    return any(
        parent.name.endswith(_PAGE_FOLDERS) and any(parent.parent.glob(f"{glob.escape(parent.name[:-6])}.*htm*"))
        for parent in path.parents
        if parent != folder and folder in parent.parents
    )


def _not_read(folder: Path, others: Counter[str]) -> list[Problem]:
    if not others:
        return []
    named = ", ".join(f"{count} {ending}" for ending, count in sorted(others.items()))
    total = sum(others.values())
    message = f"{total} {'file is' if total == 1 else 'files are'} not read: {named}"
    return [warning(message, f"sources are {', '.join(SUFFIXES)}", Location(str(folder)))]


def _orphans(folder: Path, sources: Sequence[Path]) -> list[Problem]:
    """A warning for each sidecar that stands beside no source of its name."""
    named = {source.with_name(source.stem) for source in sources}
    return [
        warning(
            "this describes no document", f"no {path.name.removesuffix(SUFFIX)}.* is beside it", Location(str(path))
        )
        for path in sorted(folder.rglob(f"*{SUFFIX}"))
        if path.with_name(path.name.removesuffix(SUFFIX)) not in named
    ]


def _closed(fault: OSError) -> Problem:
    return error(f"the folder cannot be read: {fault.strerror}", "is it yours?", Location(str(fault.filename)))


def _nothing_at(path: Path) -> Problem:
    if os.path.isdir(path):
        return error(
            "there are no sources in this folder", f"put documents in it: {', '.join(SUFFIXES)}", Location(str(path))
        )
    return error(NO_SOURCES, _there(path), Location(str(path)))


def _there(path: Path) -> str:
    """What was meant by a path that leads to nothing: the nearest name where it leaves what is there, or the folder."""
    gone = next(part for part in (path, *path.parents) if part.parent == part or os.path.exists(part.parent))
    try:
        names = [one.name for one in os.scandir(gone.parent) if one.is_dir() or is_read(Path(one.name))]
    except OSError:
        names = []
    near = close([gone.name], sorted(names))
    if near:
        return f"did you mean {str(gone.with_name(near[0]))!r}?"
    return f"the nearest folder that is there: {gone.parent}"
