"""The handout as pandoc's document tree, which word processors' files are made of.

What a tree cannot say is left to those who write these files: they find it by the names of styles and of notes.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest

from msgspec import Struct

from briefgen.model import Brief, Image
from briefgen.renderers.days import date_words
from briefgen.renderers.handout import pandoc_nodes as nodes
from briefgen.renderers.handout.block_nodes import BlockWriter, lines_to_write_on
from briefgen.renderers.handout.pandoc_nodes import Node
from briefgen.renderers.handout.passages import slides_words
from briefgen.renderers.handout.printed import Answer, PrintedBlock, PrintedConflict, PrintedSection, Said, Sheet
from briefgen.renderers.handout.quiz_nodes import quiz_nodes
from briefgen.renderers.handout.walk import passages_in
from briefgen.renderers.pictures import Pictures

TITLE_BLOCK = ("Title", "Subtitle", "Details")
_READING = (
    "Every passage stands in its source word for word; its number leads to the note that says where. “…” marks words "
    "left out; square brackets hold a name or a part of a date that the source tells elsewhere. Where a note says "
    "“citing”, the source relies on that work, which was not read for this sheet."
)
_READING_OWN = " The instructor’s own words are marked as such."
_READING_BLANKS = " Fill in the numbered blanks from the lecture."


class Manuscript(Struct, frozen=True):
    """A document tree with the numbers of its notes, and its pictures, both as they follow each other in it."""

    tree: Node
    notes: tuple[int, ...]
    images: tuple[Image, ...]

    @property
    def counts_itself(self) -> bool:
        """Whether a program that counts the notes from 1 numbers them as the evidence does."""
        return self.notes == tuple(range(1, len(self.notes) + 1))


def manuscript(brief: Brief, sheet: Sheet, pictures: Pictures) -> Manuscript:
    """All that `sheet` prints, under the title of `brief`.

    Each note stands at one of its uses, as `first_uses` has them; other marks of it are links to that place. A
    picture's address holds its SHA-256 in place of its pixels.
    """
    first = first_uses(sheet)
    marks = (mark for said in said_in(sheet) for mark in said.marks if mark.known)
    order = tuple(mark.number for mark in marks if first[mark.number] == mark.use)
    writer = BlockWriter(brief, sheet, first, pictures)
    images = tuple(block.image for block in _all_blocks(sheet) if block.image)
    return Manuscript(nodes.document(_blocks(brief, sheet, writer), brief.language), order, images)


def said_in(sheet: Sheet) -> Iterator[Said]:
    """All passages in the order in which word processors' files have them; of a comparison, first the left side."""
    for section in sheet.sections:
        yield from section.points
        yield from section.lead
        yield from chain.from_iterable(map(_in_block, section.blocks))
    for conflict in sheet.conflicts:
        yield from conflict.said
    yield from chain.from_iterable(map(_in_block, sheet.appendix))


def first_uses(sheet: Sheet) -> dict[int, int]:
    """Which use of each note has the note itself: the first that is not in a talking point, if there is one.

    Talking points repeat what their section says. With their notes there, notes follow each other as in the evidence.
    """
    pointed = {id(said) for section in sheet.sections for said in section.points}
    first: dict[int, int] = {}
    for said in sorted(said_in(sheet), key=lambda said: id(said) in pointed):
        for mark in said.marks:
            if mark.known:
                first.setdefault(mark.number, mark.use)
    return first


def _in_block(block: PrintedBlock) -> Iterator[Said]:
    if block.kind != "compare":
        return passages_in(block)
    return (said for side in zip_longest(*block.rows) for said in side if said)


def _all_blocks(sheet: Sheet) -> Iterator[PrintedBlock]:
    return chain((block for section in sheet.sections for block in section.blocks), sheet.appendix)


def _blocks(brief: Brief, sheet: Sheet, writer: BlockWriter) -> Iterator[Node]:
    yield from _front(brief, sheet, writer)
    for section in sheet.sections:
        yield from _section(section, writer)
    yield from _conflicts(sheet.conflicts, writer)
    for block in sheet.appendix:
        yield nodes.heading(1, *writer.words(block.title))
        yield from writer.body(block)
    if sheet.quiz:
        solved = sheet.edition == "instructor"
        yield nodes.heading(1, nodes.text("Questions, with the key" if solved else "Questions"))
        yield from quiz_nodes(sheet.quiz, solved, writer)
    yield from _answers(sheet.answers, writer)
    yield from _works(sheet, writer)
    if sheet.left_out:
        yield writer.line("Left Out", sheet.left_out)


def _front(brief: Brief, sheet: Sheet, writer: BlockWriter) -> Iterator[Node]:
    matter = " · ".join(part for part in (brief.course, brief.author, date_words(brief.date)) if part)
    for style, words in zip(TITLE_BLOCK, (brief.title, brief.subtitle, matter), strict=True):
        if words:
            yield writer.line(style, words)
    own = _READING_OWN if any(said.own for said in said_in(sheet)) else ""
    blanks = _READING_BLANKS if sheet.edition == "student" else ""
    how = nodes.strong(nodes.text("How to read this sheet."))
    yield nodes.paragraph("How to Read", how, nodes.text(f" {_READING}{own}{blanks}"))
    if brief.objectives:
        yield nodes.heading(1, nodes.text("Objectives"))
        yield nodes.bullets([writer.line("Passage", one)] for one in brief.objectives)


def _section(section: PrintedSection, writer: BlockWriter) -> Iterator[Node]:
    yield nodes.heading(1, *writer.words(f"{section.number}  {section.heading}"))
    if section.question:
        yield writer.line("Question", section.question)
    if section.points or section.minutes:
        minutes = f"{section.minutes} minutes" if section.minutes else ""
        told = ("Talking points", minutes, slides_words(section.slides) if section.slides else "")
        yield writer.line("Talk Label", " · ".join(one for one in told if one))
    if section.points:
        yield writer.passages(section.points, "Talking Point", "Last Talking Point")
    yield from (nodes.paragraph("Lead", *writer.passage(said)) for said in section.lead)
    for block in section.blocks:
        yield from writer.block(block)
    if section.lines:
        yield writer.line("Writing Label", "Your notes")
        yield from lines_to_write_on(section.lines)


def _conflicts(conflicts: Sequence[PrintedConflict], writer: BlockWriter) -> Iterator[Node]:
    if conflicts:
        yield nodes.heading(1, nodes.text("Where the sources differ"))
    for conflict in conflicts:
        yield nodes.heading(2, *writer.words(conflict.what[:1].upper() + conflict.what[1:]))
        yield writer.passages(conflict.said)


def _answers(answers: Sequence[Answer], writer: BlockWriter) -> Iterator[Node]:
    """What stands in the blanks, by their numbers, with the notes of its passage."""
    if not answers:
        return
    yield nodes.heading(1, nodes.text("Answers"))
    rows = [
        [
            writer.head_of_row(str(answer.number)),
            [writer.line("Table Text", answer.words)],
            [nodes.paragraph("Table Text", *writer.references(answer.notes))],
        ]
        for answer in answers
    ]
    yield nodes.table((0.12, 0.6, 0.28), writer.heads("Blank", "Words", "Notes"), rows)


def _works(sheet: Sheet, writer: BlockWriter) -> Iterator[Node]:
    if sheet.sources:
        yield nodes.heading(1, nodes.text("Sources"))
        yield from (nodes.paragraph("Bibliography", *writer.runs(entry.runs)) for entry in sheet.sources)
    if sheet.cited:
        yield nodes.heading(1, nodes.text("Works cited by the sources"))
    for works in sheet.cited:
        if works.label:
            yield nodes.heading(2, *writer.words(f"Cited by {works.label}"))
        yield from (nodes.paragraph("Bibliography", *writer.runs(entry.runs)) for entry in works.entries)
