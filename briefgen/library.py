"""The sources of an outline: which files they are, and what each says."""

import glob
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from briefgen.model import Source
from briefgen.problems import Location, Problem, error, warning
from briefgen.readers import SUFFIXES, read
from briefgen.readers.document import Reading
from briefgen.sidecars import SUFFIX, with_sidecar

_NOT_SOURCES = ("readme", "license", "licence")


class Library(Struct, frozen=True):
    """The sources that could be read, in order of their paths, and what is wrong with the others."""

    sources: tuple[Source, ...]
    problems: tuple[Problem, ...] = ()

    def source(self, source_id: str) -> Source:
        """The source with this id; a KeyError where there is none."""
        return next(source for source in self.sources if source.id == source_id)


def open_library(patterns: Sequence[str | Path], base: Path | None = None) -> Library:
    """Everything that `patterns` (folders, files, globs; relative to `base`) lead to, each file once.

    In a folder, hidden files, README and LICENSE files and `*.source.yaml` are no sources. A file that cannot be read
    gives a problem and never hides the others.
    """
    paths: list[Path] = []
    problems: list[Problem] = []
    for pattern in patterns:
        found = _files(str((base or Path()) / pattern))
        if not found:
            problems.append(_nothing_at(str((base or Path()) / pattern)))
        paths.extend(path for path in found if path not in paths)
    sources: list[Source] = []
    for path in paths:
        reading = read_file(path, taken={source.id for source in sources})
        problems.extend(reading.problems)
        twin = next((known for known in sources if reading.source and known.sha256 == reading.source.sha256), None)
        if twin:
            problems.append(warning(f"the same document as {twin.path}; read once", where=Location(str(path))))
        elif reading.source:
            sources.append(reading.source)
    return Library(tuple(sources), tuple(problems))


def read_file(path: Path, taken: set[str] | None = None) -> Reading:
    """The source in one file, with what its sidecar says.

    Its id is the file's name without the ending, numbered where that is `taken`.
    """
    where = Location(str(path))
    if path.is_dir():
        return Reading(None, (error("this is a folder", "name the files in it, or use it as `sources`", where),))
    if path.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        return Reading(None, (error(f"files ending in {path.suffix!r} are not read", f"accepted: {known}", where),))
    try:
        data = path.read_bytes()
    except OSError as fault:
        return Reading(None, (error(f"the file cannot be read: {fault.strerror}", "is it there, and yours?", where),))
    reading = read(_free_id(path.stem, taken or set()), str(path), data)
    if not reading.source:
        return reading
    source, problems = with_sidecar(reading.source, path)
    return Reading(source, (*reading.problems, *problems))


def _free_id(stem: str, taken: set[str]) -> str:
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(name for name in numbered if name not in taken)


def _files(pattern: str) -> list[Path]:
    """The files that a folder, a file's path or a glob leads to, sorted."""
    path = Path(pattern)
    if path.is_dir():
        return sorted(_in_folder(path))
    if path.exists() or path.is_symlink():
        return [path]
    return sorted(Path(found) for found in glob.glob(pattern, recursive=True) if Path(found).is_file())


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        named = path.name.lower()
        aside = named.startswith(_NOT_SOURCES) or named.endswith(SUFFIX)
        if not (hidden or aside or path.is_dir()):
            yield path


def _nothing_at(pattern: str) -> Problem:
    path = Path(pattern)
    if path.is_dir():
        return error(
            "there are no sources in this folder", f"put documents in it: {', '.join(SUFFIXES)}", Location(pattern)
        )
    hint = f"the nearest folder that is there: {next(parent for parent in (path, *path.parents) if parent.exists())}"
    return error("there is no such file or folder of sources", hint, Location(pattern))
