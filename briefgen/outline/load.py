"""An outline file and the defaults above it, as one `Outline`."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from briefgen.model import Outline, OutlineSection, is_template_file
from briefgen.problems import Marks, Problem, error
from briefgen.text.stamps import days_of
from briefgen.userfiles import DEFAULTS, beside
from briefgen.yamlnodes import Found, read, shape

NO_DEFAULTS = frozenset({"title", "sections"})
"""What only an outline itself may say."""


def load_outline(path: Path) -> tuple[Outline | None, tuple[Problem, ...]]:
    """The outline in `path`, with every problem in it and in the `briefgen.yaml` files that give it defaults.

    What is wrong is left out and said: a block or section by itself, a title for the file's name. The outline is
    None where the file has no section that can be used. `sources`, and the files of blocks, are paths and globs that
    can be opened from the current folder. Places name the file as `path` does.
    """
    found, problems = _read(path)
    if found is None:
        return None, problems
    sections, more = _sections(found)
    defaults, above, in_defaults = _defaults(path)
    problems = (*sorted((*problems, *more), key=lambda problem: problem.where or found.where), *in_defaults)
    if not sections:
        return None, problems
    own = {**found.values, "title": found.values.get("title") or path.stem, "sections": sections}
    marks = {**above, **_as_seen(found.marks, path)}
    return Outline(where=found.where, marks=marks, **{**defaults, **_with_paths(own, path)}), problems


def _read(path: Path, without: frozenset[str] = frozenset()) -> tuple[Found | None, tuple[Problem, ...]]:
    """What a file says, without a date that no calendar has."""
    found, problems = shape(read(path), Outline, without)
    day = found.values.get("date") if found else None
    if not (found and day) or days_of(day):
        return found, problems
    message, hint = f"date: no calendar has the day {day}", "write the day of the lecture, such as 2026-11-23"
    values = {key: value for key, value in found.values.items() if key != "date"}
    return replace(found, values=values), (*problems, error(message, hint, found.marks["date"]))


def _sections(found: Found) -> tuple[tuple[OutlineSection, ...], tuple[Problem, ...]]:
    if "sections" in found.wrong or "sections" not in found.values:
        return (), ()
    if not found.values["sections"]:
        return (), (error("the outline has no sections", "add '- topic: ...' under 'sections:'", found.where),)
    made = [_section(section) for section in found.values["sections"]]
    return (
        tuple(section for section in made if isinstance(section, OutlineSection)),
        tuple(problem for problem in made if isinstance(problem, Problem)),
    )


def _section(found: Found) -> OutlineSection | Problem | None:
    """None where what was wrong with it is said already and the rest would show something else."""
    if "blocks" in found.wrong:
        return None
    if found.values.get("topic") or found.values.get("blocks"):
        return OutlineSection(where=found.where, marks=found.marks, **found.values)
    if "topic" in found.wrong:
        return None
    return error(
        "a section needs a topic or blocks", "add 'topic: ...' or 'blocks:' with a list of blocks", found.where
    )


def _defaults(path: Path) -> tuple[dict[str, Any], Marks, tuple[Problem, ...]]:
    """The values of every `briefgen.yaml` above `path`, and their places; the nearer file wins, key by key."""
    values: dict[str, Any] = {}
    marks: Marks = {}
    problems: tuple[Problem, ...] = ()
    for file in _defaults_files(path):
        found, more = _read(file, NO_DEFAULTS)
        problems += more
        if found:
            values = {**_with_paths(found.values, file), **values}
            marks = {**_as_seen(found.marks, file), **marks}
    return values, marks, problems


def _as_seen(marks: Marks, file: Path) -> Marks:
    """The places with those of `sources` under their paths as they are seen from the current folder."""
    return {_seen_key(key, file): where for key, where in marks.items()}


def _seen_key(key: str, file: Path) -> str:
    name, slash, entry = key.partition("/")
    return f"{name}/{beside(file, entry)}" if slash and name == "sources" else key


def _defaults_files(path: Path) -> Iterator[Path]:
    """The defaults files for `path`, nearest first, named as `path` is: absolute, or from the current folder."""
    here = Path(os.path.abspath(path)).parent
    for folder in (here, *here.parents):
        file = folder / DEFAULTS
        if os.path.isfile(file):
            yield file if path.is_absolute() else Path(os.path.relpath(file))


def _with_paths(values: dict[str, Any], file: Path) -> dict[str, Any]:
    """The values with `sources`, and templates and fonts that are files, as they are seen from the current folder."""
    seen = dict(values)
    if "sources" in values:
        seen["sources"] = tuple(beside(file, entry) for entry in values["sources"])
    if is_template_file(values.get("template", "")):
        seen["template"] = beside(file, values["template"])
    if handout := values.get("handout"):
        seen["handout"] = replace(handout, fonts=tuple(beside(file, font) for font in handout.fonts))
    return seen
