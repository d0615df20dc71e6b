"""The evidence of a build: every statement with its spans, notes and slides, so that each can be found again."""

import os
from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from briefgen.model import (
    Brief,
    Chart,
    Conflict,
    Insertion,
    Section,
    Span,
    Statement,
    Table,
    images_in,
    plain,
    statements_of,
)
from briefgen.outputs.units import compared
from briefgen.outputs.written import paragraphs_of
from briefgen.problems import Location, Problem, error
from briefgen.userfiles import read_bytes

SUFFIX = ".evidence.json"


class SourceRecord(Struct, frozen=True):
    """A source as it was when it was read; `path` is relative to the evidence file's folder."""

    id: str
    path: str
    sha256: str
    title: str


class PassageRecord(Struct, frozen=True):
    """The whole sentences behind a statement."""

    text: str
    span: Span


class StatementRecord(Struct, frozen=True):
    """A statement as shown. `date` is EDTF. `slides` are the deck's, from 1, on which it stands.

    One that only the list of conflicts has belongs to section 0, and stands on no slide.
    `cells` are a table row's, empty ones left out, or the word of a tie in a chart; others have none. `inserted` are an
    editor's words in the passage.
    """

    id: str
    section: int
    topic: str
    kind: str
    text: str
    spans: tuple[Span, ...]
    notes: tuple[int, ...]
    date: str | None
    slides: tuple[int, ...]
    corroborated_by: tuple[str, ...]
    passage: PassageRecord | None = None
    cells: tuple[str, ...] = ()
    inserted: tuple[Insertion, ...] = ()


class NoteRecord(Struct, frozen=True):
    number: int
    text: str
    source: str
    locator: str
    url: str | None


class PictureRecord(Struct, frozen=True):
    """A picture's file as it was when it was read; `file` is relative to the evidence file's folder."""

    file: str
    sha256: str


class OutputRecord(Struct, frozen=True):
    """A file that was written. `words` are its paragraphs that are no statement: titles, labels, notes, what a page
    says of itself. Of files that are not edited, such as a PDF, there are none.
    """

    file: str
    sha256: str
    words: tuple[str, ...] = ()


class Evidence(Struct, frozen=True):
    sources: tuple[SourceRecord, ...]
    statements: tuple[StatementRecord, ...]
    notes: tuple[NoteRecord, ...]
    conflicts: tuple[Conflict, ...]
    outputs: tuple[OutputRecord, ...]
    pictures: tuple[PictureRecord, ...] = ()


def gather_evidence(
    brief: Brief, slides: Mapping[str, tuple[int, ...]], outputs: Sequence[tuple[str, bytes]], folder: Path
) -> Evidence:
    """The evidence of `brief`: its statements, where they stand, and the `outputs` (name, content) in `folder`."""
    cells = _cells(brief)
    statements = tuple(
        _record(section, statement, slides.get(statement.id, ()), cells.get(statement.id, ()))
        for section, statement in (
            *((section, one) for section in brief.sections for one in statements_of(section)),
            *((None, one) for one in brief.aside),
        )
    )
    said = {compared(text) for one in statements for text in (one.text, one.passage.text if one.passage else "")}
    return Evidence(
        sources=tuple(
            SourceRecord(source.id, _relative(source.path, folder), source.sha256, source.title)
            for source in brief.sources
        ),
        statements=statements,
        notes=tuple(
            NoteRecord(note.number, plain(note.runs), note.source, note.locator, note.url) for note in brief.notes
        ),
        conflicts=brief.conflicts,
        outputs=tuple(_output(name, content, said) for name, content in outputs),
        pictures=tuple(
            dict.fromkeys(
                PictureRecord(_relative(shown.picture.path, folder), shown.picture.sha256) for shown in images_in(brief)
            )
        ),
    )


def _cells(brief: Brief) -> dict[str, tuple[str, ...]]:
    """What is shown of each statement that does not stand as it is: a row's cells, the word of a tie."""
    blocks = [block for section in brief.sections for block in section.blocks]
    rows = (row for block in blocks if isinstance(block, Table) for row in block.rows)
    ties = (tie for block in blocks if isinstance(block, Chart) for tie in block.ties)
    return {
        **{row.statement.id: tuple(filter(None, row.cells)) for row in rows},
        **{tie.statement.id: (tie.word,) for tie in ties},
    }


def encode(evidence: Evidence) -> bytes:
    """The evidence as indented JSON, ending with a line feed."""
    return msgspec.json.format(msgspec.json.encode(evidence), indent=1) + b"\n"


def load_evidence(path: Path) -> Evidence | Problem:
    """The evidence in the file `path`, or the problem that keeps it from being read."""
    where = Location(str(path))
    try:
        return msgspec.json.decode(read_bytes(path), type=Evidence)
    except OSError as fault:
        hint = "it is written beside the deck by `briefgen build`; keep the two together"
        return error(f"the evidence cannot be read: {fault.strerror}", hint, where)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        return error(f"this is no evidence file: {fault}", "build the outline again", where)


def _record(
    section: Section | None, statement: Statement, slides: tuple[int, ...], cells: tuple[str, ...]
) -> StatementRecord:
    passage = statement.passage
    return StatementRecord(
        id=statement.id,
        section=section.number if section else 0,
        topic=section.topic if section else "",
        kind=statement.kind,
        text=statement.text,
        spans=statement.spans,
        notes=statement.notes,
        date=statement.date.edtf if statement.date else None,
        slides=slides,
        corroborated_by=statement.corroborated_by,
        passage=PassageRecord(passage.text, passage.span) if passage else None,
        cells=cells,
        inserted=statement.inserted,
    )


def _output(name: str, content: bytes, said: Collection[str]) -> OutputRecord:
    words = (text for text in paragraphs_of(name, content) if compared(text) not in said)
    return OutputRecord(name, sha256(content).hexdigest(), tuple(words))


def _relative(path: str, folder: Path) -> str:
    relative = Path(os.path.relpath(os.path.realpath(path), os.path.realpath(folder))).as_posix()
    return relative.encode("utf-8", "backslashreplace").decode()
