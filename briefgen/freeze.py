"""An outline with everything in place: what its build chose, written out to be shortened, reordered and reworded."""

import os
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import fields, replace

from briefgen.compose import frozen_sections
from briefgen.composing import compose_outline
from briefgen.model import Brief, ImageBlock, LocatedBlock, Outline, OutlineSection, statements_of
from briefgen.outline import load_outline, rewritten
from briefgen.problems import Location, Problem, warning
from briefgen.results import BuildOptions
from briefgen.writing import write_new
from briefgen.yamlnodes import parse

ABOVE = """\
# Frozen by `briefgen freeze`: what follows is shown as it stands, in this order, also when sources are added.
# Move, copy and delete statements as you like. Shorten a text with … where words are left out, and it stays the
# source's own; reword it, and it is shown as your wording of the passage, with its note. **Words** are set in bold.
# passage, source and span lead to the source: leave them as they are. To have a block or a section chosen again,
# write what your outline had in its place.
"""
_SUFFIX = "-frozen"
_OWN = ("where", "marks", "title", "sections", "sources")


class Frozen(Struct, frozen=True):
    """A frozen outline: its text and where it belongs, how many statements it has, and the problems met on the way.

    `written` tells whether the file has been written.
    """

    path: Path
    text: str = ""
    statements: int = 0
    problems: tuple[Problem, ...] = ()
    written: bool = False


def freeze(outline_path: Path, out: Path | None = None, sources: tuple[str, ...] = (), force: bool = False) -> Frozen:
    """Writes the outline with every chosen statement in place to `out`, by default NAME-frozen.yaml beside it.

    A file that is there already is only replaced with `force`.
    """
    path = out or outline_path.with_name(f"{outline_path.stem.removesuffix(_SUFFIX)}{_SUFFIX}.yaml")
    made = frozen(outline_path, path, sources)
    if not made.text:
        return made
    faults = write_new(path, made.text.encode(), force)
    return Frozen(path, made.text, made.statements, (*made.problems, *faults), written=not faults)


def frozen(outline_path: Path, path: Path, sources: tuple[str, ...] = ()) -> Frozen:
    """The frozen outline as it is to stand at `path`; without text where nothing could be composed."""
    outline, _ = load_outline(outline_path)
    composed = compose_outline(outline_path, BuildOptions(sources=sources))
    brief, library, problems = composed.brief, composed.library, composed.problems
    if outline is None or library is None or brief is None or not brief.sections:
        return Frozen(path, problems=problems)
    data = outline_path.read_bytes()
    parsed = parse(data, str(outline_path))
    own = {key.value for key, _ in parsed.root.value} if isinstance(parsed.root, yaml.MappingNode) else set()
    changed = {
        name: value
        for name, value in _changed(outline, outline_path, path, sources).items()
        if name == "sources" or name not in own
    }
    moved = path.parent.resolve() != outline_path.parent.resolve()
    sections = [_seen_from(path.parent, section, moved) for section in frozen_sections(brief, library)]
    text = rewritten(data.decode("utf-8-sig"), parsed, sections, changed, ABOVE)
    left = _topics_left_behind(outline_path, path, brief)
    return Frozen(path, text, sum(1 for one in brief.sections for _ in statements_of(one)), (*problems, *left))


def _seen_from(folder: Path, section: OutlineSection, moved: bool) -> OutlineSection:
    """The section with the files of its pictures as seen from `folder`; where the outline is `moved` there, these
    blocks no longer stand where they did, and are written anew."""
    blocks = []
    for located in section.blocks:
        block = located.block
        if isinstance(block, ImageBlock):
            located = LocatedBlock(
                replace(block, file=_relative(block.file, folder)), Location("") if moved else located.where
            )
        blocks.append(located)
    return replace(section, blocks=tuple(blocks))


def _relative(path: str, folder: Path) -> str:
    return Path(os.path.relpath(Path(path).resolve(), folder.resolve())).as_posix()


def _changed(outline: Outline, outline_path: Path, path: Path, sources: tuple[str, ...]) -> dict[str, Any]:
    """The keys that must be written anew: the sources where they are named or seen from elsewhere, and then also
    what only a `briefgen.yaml` above the old place gave."""
    moved = path.parent.resolve() != outline_path.parent.resolve()
    if not (moved or sources):
        return {}
    named = [_relative(one, path.parent) for one in sources or outline.sources]
    changed: dict[str, Any] = {"sources": named[0] if len(named) == 1 else named}
    if moved:
        values = {field.name: (getattr(outline, field.name), field.default) for field in fields(Outline)}
        changed |= {name: value for name, (value, default) in values.items() if name not in _OWN and value != default}
    return changed


def _topics_left_behind(outline_path: Path, path: Path, brief: Brief) -> list[Problem]:
    """That topics of the outline's own are not found from where the frozen one stands."""
    own, there = outline_path.parent / "topics", path.parent / "topics"
    names = {section.topic for section in brief.sections if any(own.glob(f"{section.topic}.y*ml"))} - {""}
    gone = sorted(name for name in names if not any(there.glob(f"{name}.y*ml")))
    if not gone:
        return []
    hint = f"copy {own} to {there}, or write the outline beside the old one"
    return [warning(f"the topic {gone[0]!r} is not found from this folder", hint, _at(path))]


def _at(path: Path) -> Location:
    return Location(str(path))
