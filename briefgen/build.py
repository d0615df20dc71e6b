"""The whole story: compose the Brief of an outline, render it, put the files in place."""

import time
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefgen import records
from briefgen.model import Brief, statements_of
from briefgen.problems import Problem
from briefgen.rendering import render
from briefgen.results import BuildOptions, BuildResult, Differing, Made, Wording
from briefgen.writing import write_files


class Product(Struct, frozen=True):
    """What is made of an outline: the result, the files by name, and the patterns of what they depend on."""

    result: BuildResult
    files: tuple[tuple[str, bytes], ...] = ()
    patterns: tuple[str, ...] = ()


def build(outline_path: Path, options: BuildOptions) -> BuildResult:
    """Makes the deck, the handout and the evidence of one outline. With problems, what can be made is made."""
    at = time.time_ns()
    return put(outline_path, options, make(outline_path, options), at)


def make(outline_path: Path, options: BuildOptions) -> Product:
    """What `build` puts in its folder; writes nothing. A Brief that was composed before of the same is not again."""
    kept = _brief_of(outline_path, options)
    brief = kept.brief
    if not brief or not brief.sections:
        return Product(BuildResult(brief.title if brief else outline_path.stem, problems=kept.problems))
    made = render(brief, outline_path.stem, options.formats, options.folder)
    result = _result(brief, made, (*kept.problems, *made.problems))
    return Product(result, made.files, kept.patterns)


def _brief_of(outline_path: Path, options: BuildOptions) -> records.KeptBrief:
    kept = None if options.force else records.brief_before(outline_path, options)
    if kept is None:
        from briefgen.composing import compose_outline

        at = time.time_ns()
        composed = compose_outline(outline_path, options)
        kept = records.KeptBrief(composed.brief, composed.problems, composed.patterns)
        if not options.force:
            records.keep_brief(outline_path, options, kept, at)
    return kept


def put(outline_path: Path, options: BuildOptions, product: Product, at: int) -> BuildResult:
    """Puts in place what was made from `at` a time on, in nanoseconds, and keeps what it depends on."""
    if not product.files:
        return product.result
    digests = {name: sha256(data).hexdigest() for name, data in product.files}
    written = write_files(product.files, options.folder, records.begin(outline_path, options, digests))
    result = replace(product.result, files=tuple(map(str, written.paths)))
    records.keep(outline_path, options, product.patterns, digests, result, at)
    return replace(result, problems=(*result.problems, *written.problems))


def check(outline_path: Path, options: BuildOptions) -> BuildResult:
    """The problems that `build` would meet, and what it would make; writes nothing."""
    return make(outline_path, options).result


def _result(brief: Brief, made: Made, problems: tuple[Problem, ...]) -> BuildResult:
    return BuildResult(
        title=brief.title,
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
