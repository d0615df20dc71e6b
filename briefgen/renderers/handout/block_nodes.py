"""Blocks of a handout as nodes of pandoc's tree."""

from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest

from briefgen.model import Brief
from briefgen.renderers.characters import printable
from briefgen.renderers.handout import pandoc_nodes as nodes
from briefgen.renderers.handout.pandoc_nodes import Node
from briefgen.renderers.handout.passage_nodes import PassageWriter
from briefgen.renderers.handout.printed import PrintedBlock, Said, Sheet
from briefgen.renderers.pictures import Pictures

HEAD_OF_ROW = "Table Row Head"
_LINES_TO_WRITE_ON = 3
_DOTS_PER_INCH = 110
"""The pixels of a picture that are shown on an inch: the full width of a page takes about 760."""
_LETTERS_PER_INCH = 13
_BETWEEN_COLUMNS = 4
"""Letters that the space between the columns of a table takes."""
_LONGEST_CELL = 60
_WIDEST, _WIDEST_IN_COLUMN, _TALLEST = 6.9, 3.3, 4.1
"""Inches."""


class BlockWriter(PassageWriter):
    """Makes nodes of the blocks of a sheet."""

    def __init__(self, brief: Brief, sheet: Sheet, first: Mapping[int, int], pictures: Pictures) -> None:
        super().__init__(sheet, brief.language, first)
        self.pictures = pictures
        self.wide = _WIDEST_IN_COLUMN if brief.handout.two_columns else _WIDEST
        self.lines = 1 if brief.handout.one_page else _LINES_TO_WRITE_ON

    def block(self, block: PrintedBlock) -> Iterator[Node]:
        """A block under its title."""
        if block.title:
            yield nodes.heading(2, *self.words(block.title))
        yield from self.body(block)

    def body(self, block: PrintedBlock) -> Iterator[Node]:
        """A block without its title."""
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
        yield self.passages(tuple(_only(block)))

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
                [self.cell(tie.said) if tie.said.runs else self.above(tie.said)],
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
        """Questions for discussion, with lines to write on but in the instructor's edition."""
        lines = () if self.edition == "instructor" else tuple(lines_to_write_on(self.lines))
        yield nodes.numbered([self.line("Discussion", question), *lines] for question in block.questions)

    # Cells ------------------------------------------------------------------------------------------------------

    def heads(self, *heads: str) -> list[list[Node]]:
        return [[self.line("Table Head", head)] for head in heads]

    def head_of_row(self, text: str) -> list[Node]:
        return [self.line(HEAD_OF_ROW, text)]

    def cell(self, said: Said) -> Node:
        return nodes.paragraph("Table Text", *self.passage(said))

    def above(self, said: Said) -> Node:
        """What stands for a tie's words that a row above has."""
        return nodes.paragraph("Table Text", nodes.text("as above"), *self.marks(said))


def lines_to_write_on(count: int) -> Iterator[Node]:
    """So many ruled lines, which stay on a page."""
    for left in reversed(range(count)):
        yield nodes.paragraph("Writing Line" if left else "Last Writing Line", nodes.text("\u00a0"))


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
