"""The handout as pandoc's document tree, which word processors' files are made of.

What a tree cannot say is left to those who write these files: they find it by the names of styles and of notes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct

from briefgen.model import Brief, Image, Run
from briefgen.renderers.characters import printable
from briefgen.renderers.days import date_words
from briefgen.renderers.handout import pandoc_nodes as nodes
from briefgen.renderers.handout.links import safe_link
from briefgen.renderers.handout.pandoc_nodes import Node
from briefgen.renderers.handout.sheet import Gap, Mark, PrintedBlock, PrintedConflict, PrintedNote, Said, Sheet, pieces
from briefgen.renderers.pictures import Pictures
from briefgen.renderers.scripts import LATIN, language, scripts, segments

INSTRUCTORS_WORDS, INSTRUCTORS_LABEL, STATEMENT = "Instructor's words", "Instructor's label", "Statement"
GAP, GAP_NUMBER, BLANK = "Gap", "Gap number", "Blank"
HEAD_OF_ROW, TITLE_BLOCK = "Table Row Head", ("Title", "Subtitle", "Details")
NOTE_NAME = "note_{}"
"""What a note's first mark is called, by its number, and where its other marks lead."""
_READING = (
    "Every passage stands in its source word for word; its number leads to the note that says where. “…” marks words "
    "left out; square brackets hold a name or a part of a date that the source tells elsewhere. Where a note says "
    "“citing”, the source relies on that work, which was not read for this sheet."
)
_READING_OWN = " The instructor’s own words are marked as such."
_LINES_TO_WRITE_ON = 3
_HANDWRITING = 1.7
"""How many underscores a letter needs: they are as wide as letters, and handwriting is wider."""
_SHORTEST_BLANK = 8
_DOTS_PER_INCH = 110
"""The pixels of a picture that are shown on an inch: the full width of a page takes about 760."""
_LETTERS_PER_INCH = 13
_BETWEEN_COLUMNS = 4
"""Letters that the space between the columns of a table takes."""
_LONGEST_CELL = 60
_WIDEST, _WIDEST_IN_COLUMN, _TALLEST = 6.9, 3.3, 4.1
"""Inches."""


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

    Each note stands where it is first used; other marks of it are links to that place. A picture's address holds its
    SHA-256 in place of its pixels.
    """
    wide = _WIDEST_IN_COLUMN if brief.handout.two_columns else _WIDEST
    writer = _Writer(sheet, brief.language, wide, pictures)
    order = tuple(dict.fromkeys(mark.number for mark in _marks(sheet) if mark.known))
    images = tuple(block.image for section in sheet.sections for block in section.blocks if block.image)
    return Manuscript(nodes.document(_blocks(brief, sheet, writer), brief.language), order, images)


def _marks(sheet: Sheet) -> Iterator[Mark]:
    for said in said_in(sheet):
        yield from said.marks


def said_in(sheet: Sheet) -> Iterator[Said]:
    """All passages in the order in which word processors' files have them; of a comparison, first the left side."""
    for section in sheet.sections:
        yield from section.lead
        for block in section.blocks:
            rows = zip_longest(*block.rows) if block.kind == "compare" else block.rows
            yield from (said for row in rows for said in row if said)
            yield from (tie.said for tie in block.ties)
    for conflict in sheet.conflicts:
        yield from conflict.said


def _blocks(brief: Brief, sheet: Sheet, writer: "_Writer") -> Iterator[Node]:
    matter = " · ".join(part for part in (brief.course, brief.author, date_words(brief.date)) if part)
    for style, words in zip(TITLE_BLOCK, (brief.title, brief.subtitle, matter), strict=True):
        if words:
            yield writer.line(style, words)
    own = _READING_OWN if any(said.own for said in said_in(sheet)) else ""
    yield nodes.paragraph(
        "How to Read", nodes.strong(nodes.text("How to read this sheet.")), nodes.text(" " + _READING + own)
    )
    if brief.objectives:
        yield nodes.heading(1, nodes.text("Objectives"))
        yield nodes.bullets([writer.line("Passage", one)] for one in brief.objectives)
    for section in sheet.sections:
        yield nodes.heading(1, *writer.words(f"{section.number}  {section.heading}"))
        if section.question:
            yield writer.line("Question", section.question)
        yield from (nodes.paragraph("Lead", *writer.passage(said)) for said in section.lead)
        for block in section.blocks:
            yield from writer.block(block)
    yield from _conflicts(sheet.conflicts, writer)
    yield from _works(sheet, writer)


def _conflicts(conflicts: Sequence[PrintedConflict], writer: "_Writer") -> Iterator[Node]:
    if conflicts:
        yield nodes.heading(1, nodes.text("Where the sources differ"))
    for conflict in conflicts:
        yield nodes.heading(2, *writer.words(conflict.what[:1].upper() + conflict.what[1:]))
        yield writer.passages(conflict.said)


def _works(sheet: Sheet, writer: "_Writer") -> Iterator[Node]:
    if sheet.sources:
        yield nodes.heading(1, nodes.text("Sources"))
        yield from (nodes.paragraph("Bibliography", *writer.runs(entry.runs)) for entry in sheet.sources)
    if sheet.cited:
        yield nodes.heading(1, nodes.text("Works cited by the sources"))
    for works in sheet.cited:
        if works.label:
            yield nodes.heading(2, *writer.words(f"Cited by {works.label}"))
        yield from (nodes.paragraph("Bibliography", *writer.runs(entry.runs)) for entry in works.entries)


class _Writer:
    """Makes nodes of what a sheet prints; `first` says which use of each note has the note itself."""

    def __init__(self, sheet: Sheet, tag: str, wide: float, pictures: Pictures) -> None:
        self.pictures = pictures
        self.tag, self.wide, self.student = tag, wide, sheet.edition == "student"
        self.notes: Mapping[int, PrintedNote] = {note.number: note for note in sheet.notes}
        self.first: dict[int, int] = {}
        for mark in _marks(sheet):
            self.first.setdefault(mark.number, mark.use)

    # Words ------------------------------------------------------------------------------------------------------

    def words(self, text: str) -> Iterator[Node]:
        """Text, each stretch in a script other than Latin in its language and direction."""
        for piece, script in segments(" ".join(printable(text).splitlines())):
            if script == LATIN:
                yield nodes.text(piece)
            else:
                way = {"dir": "rtl"} if scripts()[script].right else {}
                yield nodes.span([nodes.text(piece)], lang=language(script, text, (self.tag,)), **way)

    def run(self, run: Run) -> Iterator[Node]:
        inside = tuple(self.words(run.text))
        inside = (nodes.emphasis(*inside),) if run.italic else inside
        inside = (nodes.strong(*inside),) if run.bold else inside
        target = safe_link(run.url)
        yield from (nodes.link(target, *inside),) if target else inside

    def runs(self, runs: Iterable[Run]) -> Iterator[Node]:
        for run in runs:
            yield from self.run(run)

    def line(self, style: str, text: str) -> Node:
        return nodes.paragraph(style, *self.words(text))

    # Passages ---------------------------------------------------------------------------------------------------

    def passage(self, said: Said, own_label: bool = True) -> Iterator[Node]:
        """A passage with its marks, and with the words that say so where it is the instructor's."""
        if said.own and own_label:
            yield self.label(said)
        style = INSTRUCTORS_WORDS if said.own else STATEMENT
        open_gap: Gap | None = None
        for run, gap in pieces(said):
            if open_gap and gap != open_gap and not self.student:
                yield self.gap_number(open_gap)
            if gap and self.student:
                yield from () if gap == open_gap else self.blank(gap)
            else:
                yield nodes.styled(GAP if gap else style, *self.run(run))
            open_gap = gap
        if open_gap and not self.student:
            yield self.gap_number(open_gap)
        yield from self.marks(said)

    @staticmethod
    def label(said: Said) -> Node:
        words = "Instructor’s wording: " if said.reworded else "Instructor: "
        return nodes.styled(INSTRUCTORS_LABEL, nodes.text(words))

    @staticmethod
    def gap_number(gap: Gap) -> Node:
        return nodes.styled(GAP_NUMBER, nodes.text(f" ({gap.number})"))

    @staticmethod
    def blank(gap: Gap) -> Iterator[Node]:
        """A space to write in, after its number; it may go on in the next line."""
        length = max(_SHORTEST_BLANK, round((gap.end - gap.start) * _HANDWRITING))
        yield nodes.styled(GAP_NUMBER, nodes.text(f"({gap.number}) "))
        yield nodes.styled(BLANK, nodes.text("\u200b".join(["____"] * -(-length // 4))))

    def marks(self, said: Said) -> Iterator[Node]:
        """The notes of a passage: the note itself at its first use, else a link to that."""
        for index, mark in enumerate(said.marks):
            if index:
                yield nodes.raised(nodes.text(","))
            name = NOTE_NAME.format(mark.number)
            if not mark.known:
                yield nodes.raised(nodes.text(str(mark.number)))
            elif self.first[mark.number] == mark.use:
                yield nodes.span([self.note(self.notes[mark.number])], name)
            else:
                yield nodes.link(f"#{name}", nodes.text(str(mark.number)))

    def note(self, note: PrintedNote) -> Node:
        inside = tuple(self.runs(note.runs))
        target = safe_link(note.url)
        return nodes.note({"t": "Para", "c": (nodes.link(target, *inside),) if target else inside})

    def passages(self, said: Iterable[Said]) -> Node:
        return nodes.bullets([nodes.paragraph("Passage", *self.passage(one))] for one in said)

    # Blocks -----------------------------------------------------------------------------------------------------

    def block(self, block: PrintedBlock) -> Iterator[Node]:
        """A block under its title."""
        if block.title:
            yield nodes.heading(2, *self.words(block.title))
        makers: dict[str, Callable[[PrintedBlock], Iterator[Node]]] = {
            "timeline": self.timeline,
            "people": self.people,
            "chart": self.chart,
            "table": self.cells,
            "compare": self.comparison,
            "glossary": self.glossary,
            "quotation": self.quotations,
            "prose": self.prose,
            "image": self.image,
            "questions": self.questions,
        }
        yield from makers.get(block.kind, self.listed)(block)

    def listed(self, block: PrintedBlock) -> Iterator[Node]:
        yield self.passages(_only(block))

    def prose(self, block: PrintedBlock) -> Iterator[Node]:
        yield self.line("Instructor Label", "In the instructor’s words")
        yield from (nodes.paragraph("Instructor Box", *self.passage(said, False)) for said in _only(block))

    def chart(self, block: PrintedBlock) -> Iterator[Node]:
        """Those of whom something is told, and the ties in words."""
        if block.rows:
            yield from self.people(block)
        rows = [
            [
                self.head_of_row(tie.who),
                [self.line("Table Text", tie.word)],
                [self.line("Table Text", tie.of)],
                [self.cell(tie.said)],
            ]
            for tie in block.ties
        ]
        heads = self.heads("Who", "Tie", "With whom", "In the source’s words")
        yield nodes.table((0.2, 0.12, 0.2, 0.48), heads, rows)

    def timeline(self, block: PrintedBlock) -> Iterator[Node]:
        rows = [[self.head_of_row(said.date or "Undated"), [self.cell(said)]] for said in _only(block)]
        yield nodes.table((0.2, 0.8), self.heads("Date", "Event"), rows)

    def people(self, block: PrintedBlock) -> Iterator[Node]:
        rows = []
        for name, dead, facts in zip(block.names, block.dead, block.rows, strict=True):
            rows.append(
                [self.head_of_row(f"{name}\u00a0†" if dead else name), [self.cell(said) for said in facts if said]]
            )
        yield nodes.table((0.24, 0.76), self.heads("Name", "What the sources say"), rows)

    def cells(self, block: PrintedBlock) -> Iterator[Node]:
        """A table of a source's words cut into cells; the marks stand in the last cell of a row."""
        rows = []
        for said, cells in zip(_only(block), block.cells, strict=True):
            row = [list(self.words(cell or "–")) for cell in cells]
            row[0] = [self.label(said), *row[0]] if said.own else row[0]
            row[-1] += self.marks(said)
            styles = [HEAD_OF_ROW, *["Table Text"] * (len(row) - 1)]
            rows.append([[nodes.paragraph(style, *cell)] for style, cell in zip(styles, row, strict=True)])
        heads = self.heads(*(head.capitalize() for head in block.heads))
        yield nodes.table(_shares(block, round(self.wide * _LETTERS_PER_INCH)), heads, rows)

    def comparison(self, block: PrintedBlock) -> Iterator[Node]:
        sides = [[self.cell(said) for said in side if said] for side in zip_longest(*block.rows)]
        yield nodes.table((0.5, 0.5), self.heads(*block.heads), [sides])

    def glossary(self, block: PrintedBlock) -> Iterator[Node]:
        for term, said in zip(block.names, _only(block), strict=True):
            yield self.line("Definition Term", term)
            yield nodes.paragraph("Definition", *self.passage(said))

    def quotations(self, block: PrintedBlock) -> Iterator[Node]:
        for said in _only(block):
            yield nodes.paragraph("Quote", *self.passage(said))
            yield self.line("Quote Source", f"— {said.short_note}" if said.short_note else "\u00a0")

    def image(self, block: PrintedBlock) -> Iterator[Node]:
        """A picture, as large as its pixels and the page allow, with its caption and whose it is."""
        if not block.image:
            return
        picture = block.image.picture
        across, down = (max(side, 1) / _DOTS_PER_INCH for side in (picture.width, picture.height))
        scale = min(1.0, self.wide / across, _TALLEST / down)
        address = f"data:{self.pictures[picture.sha256].media_type},{picture.sha256}"
        shown = nodes.image(address, " ".join(printable(block.image.alt).split()), across * scale, down * scale)
        yield nodes.paragraph("Picture", shown)
        yield from (nodes.paragraph("caption", *self.passage(said)) for said in _only(block))
        yield self.line("Credit", block.image.rights)

    def questions(self, block: PrintedBlock) -> Iterator[Node]:
        styles = [*["Writing Line"] * (_LINES_TO_WRITE_ON - 1), "Last Writing Line"]
        lines = [nodes.paragraph(style, nodes.text("\u00a0")) for style in styles]
        yield nodes.numbered([self.line("Discussion", question), *lines] for question in block.questions)

    # Cells ------------------------------------------------------------------------------------------------------

    def heads(self, *heads: str) -> list[list[Node]]:
        return [[self.line("Table Head", head)] for head in heads]

    def head_of_row(self, text: str) -> list[Node]:
        return [self.line(HEAD_OF_ROW, text)]

    def cell(self, said: Said) -> Node:
        return nodes.paragraph("Table Text", *self.passage(said))


def _only(block: PrintedBlock) -> Iterator[Said]:
    """The passages of a block that has one in a row."""
    return (said for row in block.rows for said in row[:1] if said)


def _shares(block: PrintedBlock, line: int) -> tuple[float, ...]:
    """The shares of a table's columns in a `line` of so many letters.

    Each has room for its longest word, and of the rest what its longest text asks for.
    """
    columns = [[head, *cells] for head, *cells in zip_longest(block.heads, *block.cells, fillvalue="")]
    words = [max(len(word) for cell in column for word in (cell.split() or [""])) for column in columns]
    needed = [min(line / len(columns), word + _BETWEEN_COLUMNS) for word in words]
    wanted = [min(_LONGEST_CELL, max(len(cell) for cell in column)) for column in columns]
    rest = line - sum(needed)
    return tuple(
        round((need + rest * want / max(1, sum(wanted))) / line, 4) for need, want in zip(needed, wanted, strict=True)
    )
