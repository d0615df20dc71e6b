"""The Brief of an outline file: the outline with its options, its topics, its sources, and what is composed of them."""

import os
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.citations.short import works_in
from briefgen.compose import compose
from briefgen.dependencies import TOPICS, patterns_of
from briefgen.epoch import day_made
from briefgen.library import Library, open_library
from briefgen.model import Brief, Outline, is_template_file
from briefgen.outline import load_outline
from briefgen.problems import Location, Problem, error, nearest
from briefgen.renderers import LECTURE, TEMPLATES
from briefgen.results import BuildOptions
from briefgen.topics import load_topics


class Composed(Struct, frozen=True):
    """The Brief of an outline file and the library that it was composed from, each none where it cannot be had.

    `patterns` are the paths, folders and globs that the outline, its Brief and what is rendered of it depend on.
    """

    brief: Brief | None = None
    library: Library | None = None
    problems: tuple[Problem, ...] = ()
    patterns: tuple[str, ...] = ()


def asked_for(outline_path: Path, options: BuildOptions) -> tuple[Outline | None, tuple[Problem, ...]]:
    """The outline in a file with the options in place of what it says, which have no place in it, and its problems."""
    outline, problems = load_outline(outline_path)
    if outline:
        asked = {key: given for key in ("sources", "citations", "template") if (given := getattr(options, key))}
        marks = {key: where for key, where in outline.marks.items() if key.partition("/")[0] not in asked}
        outline = replace(outline, marks=marks, **asked)
    return outline, problems


def compose_outline(outline_path: Path, options: BuildOptions) -> Composed:
    """What is composed of an outline file, with every problem on the way."""
    outline, problems = asked_for(outline_path, options)
    if outline is None:
        return Composed(problems=problems)
    topics, topic_problems = load_topics(outline_path.parent / TOPICS)
    patterns = patterns_of(outline_path, outline)
    outline, no_template = _with_template(outline)
    problems = (*problems, *no_template)
    if not outline.sources:
        hint = "add `sources: folder` to it, or use --sources"
        nothing = error("the outline names no sources", hint, outline.where)
        return Composed(problems=(*problems, *topic_problems, nothing))
    library = open_library(outline.sources)
    problems = (*problems, *topic_problems, *(_where_named(one, outline) for one in library.problems))
    if not library.heads:
        return Composed(None, library, problems)
    brief, composing = compose(outline, library, topics)
    made, wrong = day_made(brief.date)
    return Composed(replace(brief, made=made), library, (*problems, *composing, *wrong), patterns)


def _with_template(outline: Outline) -> tuple[Outline, tuple[Problem, ...]]:
    """The outline with a template that there is; the first of the built-in ones takes the place of any other."""
    name = outline.template
    if name in TEMPLATES or (is_template_file(name) and os.path.lexists(name)):
        return outline, ()
    if is_template_file(name):
        message, hint = f"there is no template {name}", f"name a .pptx or .potx file; or one of {', '.join(TEMPLATES)}"
    else:
        message, hint = f"unknown template {name!r}", f"{nearest(name, TEMPLATES)}; or name a .pptx or .potx file"
    return replace(outline, template=LECTURE), (error(message, hint, _at(outline, "template")),)


def _where_named(problem: Problem, outline: Outline) -> Problem:
    """What is wrong with an entry of `sources` as a whole, at the place where the outline names it."""
    file = problem.where.file if problem.where and not problem.where.line else ""
    named = outline.marks.get(f"sources/{file}")
    return replace(problem, message=f"{problem.message}: {file}", where=named) if named else problem


def _at(outline: Outline, key: str) -> Location:
    """Where the outline, or the defaults above it, have the value of a key; the file where the command line gave it."""
    return outline.marks.get(key, Location(outline.where.file))


def prepare(outline_path: Path, options: BuildOptions) -> tuple[Brief | None, tuple[Problem, ...]]:
    """The Brief of an outline file; none where the outline or all of its sources cannot be read."""
    composed = compose_outline(outline_path, options)
    return composed.brief, composed.problems


def works_of(outline_path: Path, options: BuildOptions) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """The works in the bibliography of an outline, as CSL-JSON: its sources first, then what they cite."""
    composed = compose_outline(outline_path, options)
    if composed.brief is None or composed.library is None:
        return [], composed.problems
    works = {str(work["id"]): work for work in works_in(composed.library.sources)}
    return [works[entry.id] for entry in composed.brief.bibliography if entry.id in works], composed.problems
