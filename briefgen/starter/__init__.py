"""A new project: an outline with comments, defaults, a sample source, schemas for editors, and a README."""

import json
import os
from pathlib import Path

from msgspec import Struct

from briefgen.problems import Location, Problem, error
from briefgen.schemas import KINDS, schema
from briefgen.writing import write_files

_PROJECT = Path(__file__).parent / "project"


class Started(Struct, frozen=True):
    """The files of a new project that were written, and what was wrong."""

    files: tuple[Path, ...]
    problems: tuple[Problem, ...] = ()


def start(folder: Path, force: bool = False) -> Started:
    """Writes a project into `folder`, which is made where it is not there.

    Where one of its files is there already nothing is written, but with `force` these files are replaced. Nothing else
    in the folder is touched.
    """
    files = project_files()
    there = [folder / name for name in files if os.path.lexists(folder / name)]
    if there and not force:
        hint = "name a new folder, or replace it with --force"
        return Started((), tuple(error("this file is there already", hint, Location(str(path))) for path in there))
    written: list[Path] = []
    for name, content in files.items():
        path = folder / name
        made = write_files([(path.name, content)], path.parent)
        written += made.paths
        if made.problems:
            return Started(tuple(written), made.problems)
    return Started(tuple(written))


def project_files() -> dict[str, bytes]:
    """The files of a new project by their paths in it, in order."""
    made = {path.relative_to(_PROJECT).as_posix(): path.read_bytes() for path in _PROJECT.rglob("*") if path.is_file()}
    made |= {f"schemas/{kind}.schema.json": _encoded(kind) for kind in KINDS}
    return dict(sorted(made.items()))


def _encoded(kind: str) -> bytes:
    return (json.dumps(schema(kind), indent=2, ensure_ascii=False) + "\n").encode()
