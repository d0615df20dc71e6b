"""The whole story: read the sources, compose the Brief, render it, write the files."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.citations.short import works_in
from briefgen.compose import compose
from briefgen.epoch import day_made
from briefgen.evidence import SUFFIX, encode, gather_evidence
from briefgen.library import Library, open_library
from briefgen.model import Brief, Outline, is_template_file, statements_of
from briefgen.outline import load_outline
from briefgen.pictures import album
from briefgen.problems import Location, Problem, error, nearest
from briefgen.renderers import LECTURE, TEMPLATES
from briefgen.topics import load_topics

HANDOUTS = ("html", "pdf", "docx", "odt")
"""The formats that handouts may have, by their files' endings."""
QUIZZES = ("quiz", "gift", "moodle", "qti")
"""The formats of quizzes."""


class BuildOptions(Struct, frozen=True):
    """What the command line asks for; what is none or empty is left to the outline. `out` is `output` by default."""

    formats: tuple[str, ...] = ("pptx", "html")
    out: Path | None = None
    sources: tuple[str, ...] = ()
    citations: str | None = None
    template: str | None = None


class Wording(Struct, frozen=True):
    """How a source tells what others tell otherwise: its words, the source's id, and the short note to them."""

    text: str
    source: str
    note: str


class Differing(Struct, frozen=True):
    """What sources differ on, the wordings, and the slides on which any of them stands."""

    what: str
    wordings: tuple[Wording, ...]
    slides: tuple[int, ...] = ()


class BuildResult(Struct, frozen=True):
    """What was made from one outline: the files, how much is in them, and every problem met on the way."""

    title: str
    outputs: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    slides: int = 0
    statements: int = 0
    sources: int = 0
    conflicts: tuple[Differing, ...] = ()


class Made(Struct, frozen=True):
    """The files of a Brief, by name, with what the deck says of them."""

    files: tuple[tuple[str, bytes], ...]
    slides: int
    problems: tuple[Problem, ...]
    places: dict[str, tuple[int, ...]] = {}


def build(outline_path: Path, options: BuildOptions) -> BuildResult:
    """Makes the deck, the handout and the evidence of one outline. With problems, what can be made is made."""
    brief, problems = prepare(outline_path, options)
    if not brief or not brief.sections:
        return BuildResult(brief.title if brief else outline_path.stem, problems=problems)
    out = options.out or Path("output")
    made = render(brief, outline_path.stem, options.formats, out)
    written, faults = write_files(made.files, out)
    return _result(brief, made, written, (*problems, *made.problems, *faults))


def check(outline_path: Path, options: BuildOptions) -> BuildResult:
    """The problems that `build` would meet, and what it would make; writes nothing."""
    brief, problems = prepare(outline_path, options)
    if not brief or not brief.sections:
        return BuildResult(brief.title if brief else outline_path.stem, problems=problems)
    made = render(brief, outline_path.stem, options.formats, options.out or Path("output"))
    return _result(brief, made, (), (*problems, *made.problems))


def prepare(outline_path: Path, options: BuildOptions) -> tuple[Brief | None, tuple[Problem, ...]]:
    """The Brief of an outline file; none where the outline or all of its sources cannot be read."""
    brief, _, problems = composed(outline_path, options)
    return brief, problems


def works_of(outline_path: Path, options: BuildOptions) -> tuple[list[dict[str, Any]], tuple[Problem, ...]]:
    """The works in the bibliography of an outline, as CSL-JSON: its sources first, then what they cite."""
    brief, library, problems = composed(outline_path, options)
    if brief is None or library is None:
        return [], problems
    works = {str(work["id"]): work for work in works_in(library.sources)}
    return [works[entry.id] for entry in brief.bibliography if entry.id in works], problems


def composed(outline_path: Path, options: BuildOptions) -> tuple[Brief | None, Library | None, tuple[Problem, ...]]:
    """The Brief of an outline file and the library that it was composed from, each none where it cannot be had."""
    outline, problems = load_outline(outline_path)
    if outline is None:
        return None, None, problems
    outline = _as_asked(outline, options)
    topics, topic_problems = load_topics(outline_path.parent / "topics")
    outline, no_template = _with_template(outline)
    problems = (*problems, *no_template)
    if not outline.sources:
        hint = "add `sources: folder` to it, or use --sources"
        nothing = error("the outline names no sources", hint, outline.where)
        return None, None, (*problems, *topic_problems, nothing)
    library = open_library(outline.sources)
    problems = (*problems, *topic_problems, *(_where_named(one, outline) for one in library.problems))
    if not library.heads:
        return None, library, problems
    brief, composing = compose(outline, library, topics)
    made, wrong = day_made(brief.date)
    return replace(brief, made=made), library, (*problems, *composing, *wrong)


def _as_asked(outline: Outline, options: BuildOptions) -> Outline:
    """The outline with what the command line says in place of its own, which has no place in a file."""
    asked = {key: given for key in ("sources", "citations", "template") if (given := getattr(options, key))}
    marks = {key: where for key, where in outline.marks.items() if key.partition("/")[0] not in asked}
    return replace(outline, marks=marks, **asked)


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


def render(brief: Brief, name: str, formats: Sequence[str], folder: Path) -> Made:
    """The files called `name` in the formats asked for, and their evidence."""
    brief, pictures, gone = album(brief)
    files: list[tuple[str, bytes]] = []
    problems: tuple[Problem, ...] = ()
    slides: dict[str, tuple[int, ...]] = {}
    count = 0
    if "pptx" in formats:
        from briefgen.renderers.deck import render as render_deck

        deck = render_deck(brief, pictures)
        files.append((f"{name}.pptx", deck.data))
        problems, slides, count = deck.problems, deck.slides, deck.count
    if "slides-html" in formats:
        from briefgen.renderers.deck import render_page

        page = render_page(brief, pictures)
        files.append((f"{name}-slides.html", page.data))
        problems, slides, count = page.problems, page.slides, page.count
    placed = replace(brief, places=slides)
    for kind in (kind for kind in HANDOUTS if kind in formats):
        from briefgen.renderers.handout import render as render_handout

        for edition in brief.handout.editions or (None,):
            data, found = render_handout(kind, placed, pictures, edition)
            files += [(f"{name}-handout{f'-{edition}' if edition else ''}.{kind}", data)] if data else []
            problems = (*problems, *found)
    files += _quizzes(brief, name, formats)
    evidence = encode(gather_evidence(brief, slides, files, folder))
    return Made((*files, (f"{name}{SUFFIX}", evidence)), count, (*gone, *problems), slides)


def _quizzes(brief: Brief, name: str, formats: Sequence[str]) -> list[tuple[str, bytes]]:
    asked = [kind for kind in QUIZZES if kind in formats]
    if not asked:
        return []
    from briefgen.quiz import quiz_of
    from briefgen.renderers.handout.quiz import render_quiz

    questions = quiz_of(brief)
    made = (render_quiz(kind, brief, questions) for kind in asked)
    return [(name + ending, data) for files in made for ending, data in files.items()]


def write_files(files: Sequence[tuple[str, bytes]], folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """Writes each file beside its place and then renames it, so that no half file is ever seen.

    Only ordinary files are written over: renamed on to a device such as /dev/null, a file would take its place.
    """
    written: list[Path] = []
    for name, content in files:
        path = folder / name
        if os.path.exists(path) and not os.path.isfile(path):
            hint = "move it away, or write to another place"
            fault = error("this is no ordinary file, and was not written over", hint, Location(str(path)))
            return tuple(written), (fault,)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(path, content)
        except OSError as reason:
            hint = "is the folder yours, and is there room on the disk?"
            return tuple(written), (error(f"cannot be written: {reason.strerror}", hint, Location(str(path))),)
        written.append(path)
    return tuple(written), ()


def write_new(path: Path, content: bytes, force: bool) -> tuple[Problem, ...]:
    """Writes a file as `write_files` does, but one that is there already only with `force`; the errors met."""
    if path.exists() and not force:
        hint = "name another with -o, or replace it with --force"
        return (error("this file is there already", hint, Location(str(path))),)
    return write_files([(path.name, content)], path.parent)[1]


def _write(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.unlink(missing_ok=True)
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _result(brief: Brief, made: Made, written: Sequence[Path], problems: tuple[Problem, ...]) -> BuildResult:
    return BuildResult(
        title=brief.title,
        outputs=tuple(written),
        problems=problems,
        slides=made.slides,
        statements=sum(1 for section in brief.sections for _ in statements_of(section)),
        sources=sum(source.statements > 0 for source in brief.sources),
        conflicts=_differing(brief, made.places),
    )


def _differing(brief: Brief, places: Mapping[str, tuple[int, ...]]) -> tuple[Differing, ...]:
    stated = {one.id: one for section in brief.sections for one in statements_of(section)}
    stated |= {one.id: one for one in brief.aside}
    notes = {note.number: note for note in brief.notes}

    def wording(name: str) -> Wording:
        one = stated[name]
        note = notes[one.notes[0]]
        return Wording(one.passage.text if one.passage else one.text, note.source, note.short)

    return tuple(
        Differing(
            conflict.what,
            tuple(map(wording, conflict.statements)),
            tuple(sorted({slide for name in conflict.statements for slide in places.get(name, ())})),
        )
        for conflict in brief.conflicts
    )
