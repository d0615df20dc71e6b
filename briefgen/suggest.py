"""An outline proposed from a folder of sources, with the reasons in comments; what it proposes can be built."""

import os
import textwrap
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose import candidates, compose
from briefgen.compose.material import subject_words
from briefgen.compose.proposal import Held, Planned, planned, subject_of
from briefgen.library import Library, open_library
from briefgen.model import LocatedBlock, Outline, OutlineSection, statements_of
from briefgen.outline import as_yaml
from briefgen.problems import Location, Problem, error, has_errors
from briefgen.topics import Topic, load_topics

_PLACE = "the proposal"
_ROUNDS = 4
"""Times that what stays empty is taken out and the rest tried again: a block may be empty since another was not."""
_HEAD = """\
# An outline proposed by `briefgen suggest` from what the sources hold. It can be built as it is; make it yours:
# reorder, rename and delete sections, change queries, and add what only you can say (objectives, say, questions).
# Above each section stands why it was proposed and how much there is for it.
"""
_OWN = """\
# subtitle:
# course:
# author:
# date: 2026-11-23
# minutes: 50                     # the length of the lecture: about two minutes a slide
# objectives:
#   - What students should be able to do at the end
"""


class Suggested(Struct, frozen=True):
    """A proposal: its text, its title, its sections, what a build of it shows, and the problems of the sources."""

    text: str = ""
    title: str = ""
    sections: int = 0
    statements: int = 0
    problems: tuple[Problem, ...] = ()


def suggest(folder: Path, beside: Path) -> Suggested:
    """An outline for the sources in `folder`, to stand in the folder `beside`."""
    library = open_library((str(folder),))
    topics, in_topics = load_topics(beside / "topics")
    problems = (*library.problems, *in_topics)
    if not library.sources:
        return Suggested(problems=problems)
    title = _title(library, folder)
    everything = candidates(library, subject_words(title))
    plans, statements = _built(planned(everything, topics, subject_words(title)), title, library, topics)
    if not plans:
        nothing = error(
            "the sources suggest no section", "are they long enough? see `briefgen sources`", Location(str(folder))
        )
        return Suggested(title=title, problems=(*problems, nothing))
    place = os.path.relpath(folder.resolve(), beside.resolve())
    text = _text(title, Path(place).as_posix(), plans, len(library.sources))
    return Suggested(text, title, len(plans), statements, problems)


def _title(library: Library, folder: Path) -> str:
    texts = [" ".join(block.text for block in source.blocks) for source in library.sources]
    found = subject_of([source.title for source in library.sources], texts)
    return found or folder.resolve().stem.replace("-", " ").replace("_", " ").capitalize()


def _built(plans: list[Planned], title: str, library: Library, topics: dict[str, Topic]) -> tuple[list[Planned], int]:
    """The sections without the blocks that stay empty, and how many statements a build shows."""
    shown = 0
    for _ in range(_ROUNDS):
        if not plans:
            break
        outline = Outline(Location(_PLACE), title, tuple(map(_section, range(1, len(plans) + 1), plans)))
        brief, problems = compose(outline, library, topics)
        shown = sum(1 for section in brief.sections for _ in statements_of(section))
        wrong = {(one.where.line, one.where.column) for one in problems if one.where and one.severity == "error"}
        if not has_errors(problems):
            break
        left = [(line, plan) for line, plan in enumerate(plans, 1) if (line, 0) not in wrong or plan.blocks]
        kept = [_without(plan, line, wrong) for line, plan in left]
        plans = [plan for plan in kept if plan.topic or plan.blocks]
    return plans, shown


def _section(line: int, plan: Planned) -> OutlineSection:
    """The section as an outline has it, its place and its blocks' the numbers of both."""
    blocks = tuple(LocatedBlock(block, Location(_PLACE, line, at)) for at, block in enumerate(plan.blocks, 1))
    return OutlineSection(Location(_PLACE, line), topic=plan.topic, title=plan.title, blocks=blocks)


def _without(plan: Planned, line: int, wrong: set[tuple[int, int]]) -> Planned:
    return replace(plan, blocks=tuple(one for at, one in enumerate(plan.blocks, 1) if (line, at) not in wrong))


def _text(title: str, sources: str, plans: list[Planned], count: int) -> str:
    read = f"# {count} source{'s' * (count != 1)}; `briefgen sources` tells what to look at in each.\n"
    head = f"{_HEAD}\n{as_yaml({'title': title})}{_OWN}{read}{as_yaml({'sources': sources})}\nsections:\n"
    return head + "\n".join(map(_lines, plans))


def _lines(plan: Planned) -> str:
    """A section with the reasons for it above."""
    said = f"{_held(plan.held)}: {plan.why}."
    comment = "".join(f"  # {line}\n" for line in textwrap.wrap(said[0].upper() + said[1:], 112))
    section = as_yaml([_section(1, plan)], 2)
    return comment + section


def _held(held: Held) -> str:
    sources = "1 source" if held.sources == 1 else f"{held.sources} sources"
    passages = "1 passage" if held.passages == 1 else f"{held.passages} passages"
    years = " to ".join(map(str, dict.fromkeys(held.years or ())))
    return f"{passages} from {sources}{', ' if years else ''}{years}"
