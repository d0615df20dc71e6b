"""Tables, set as real tables with a header row that is repeated on every slide they fill."""

from collections.abc import Sequence

from msgspec import Struct

from briefgen.model import Row, Statement, Table
from briefgen.problems import Problem, error
from briefgen.renderers.deck import words
from briefgen.renderers.deck.feet import Foot
from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.frame import Draft, Page, body, glued_text, part, too_long
from briefgen.renderers.deck.shapes import Cell, Paragraph, Rect, TableBox, TextRun
from briefgen.renderers.deck.split import share_out

SIZES = (18.0, 17.0, 16.0, 15.0, 14.0)
MOST = 10
BESIDE = 0.1  # the margin at a cell's sides
ABOVE = 0.055  # the margin above and below a cell's text
SLACK = 0.1  # left free in every line, for programs that set type wider

Texts = tuple[tuple[TextRun, ...], ...]


class Grid(Struct, frozen=True):
    """Cells as runs: the header, and the rows."""

    columns: tuple[str, ...]
    rows: tuple[Texts, ...]

    def header(self) -> Texts:
        return tuple((TextRun(name, bold=True),) for name in self.columns)


def plan(block: Table, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """At most ten rows a slide, at the largest size from 18 to 14 points at which they face."""
    if not block.columns:
        return (), (error("the table has no columns", "name some under `columns`", block.where),)

    def fits(rows: Sequence[Row]) -> bool:
        feet = page.foot([row.statement for row in rows])
        if len(rows) > 1 and (len(rows) > MOST or not feet.fits):
            return False
        return grid_fits(_grid(block, rows, feet), body(feet), page.text)

    groups, rest = share_out(block.rows, fits)
    drafts = []
    for index, rows in enumerate(groups):
        statements = tuple(row.statement for row in rows)
        feet = page.foot(statements)
        title = part(block.title, index)
        made = table_shape(title, _grid(block, rows, feet), body(feet), page)
        drafts.append(Draft("title-only", title, (made,), page, feet, statements))
    return tuple(drafts), tuple(too_long("a table row", row.statement, block.where) for row in rest)


def _grid(block: Table, rows: Sequence[Row], feet: Foot) -> Grid:
    return Grid(block.columns, tuple(_texts(row.cells, len(block.columns), row.statement, feet) for row in rows))


def _texts(cells: Sequence[str], count: int, statement: Statement, feet: Foot) -> Texts:
    """One row's cells as runs, the note marks in the last that is not empty."""
    texts = [*cells[:count], *[""] * (count - len(cells))]
    language = feet.language(statement)
    marked = max((index for index, text in enumerate(texts) if text), default=0)
    return tuple(
        (
            TextRun(glued_text(text) or words.EMPTY_CELL, bold=index == 0 and count > 1, language=language),
            *(feet.marks(statement) if index == marked else ()),
        )
        for index, text in enumerate(texts)
    )


def widths(grid: Grid, size: float, room: float, face: Face) -> tuple[float, ...]:
    """Column widths that add up to `room`: short columns get what they need, long ones share the rest."""
    extra = 2 * BESIDE + SLACK
    rows = (grid.header(), *grid.rows)
    natural = [max(face.natural_width(row[i], size) for row in rows) + extra for i in range(len(grid.columns))]
    least = [max(face.widest_word(row[i], size) for row in rows) + extra for i in range(len(grid.columns))]
    if sum(natural) <= room:
        return tuple(width + (room - sum(natural)) * width / sum(natural) for width in natural)
    wide: list[int] = list(range(len(natural)))
    left = room
    while wide:
        short = [index for index in wide if natural[index] <= left / len(wide)]
        if not short:
            break
        left -= sum(natural[index] for index in short)
        wide = [index for index in wide if index not in short]
    weights = {index: max(natural[index] ** 0.5, 0.1) for index in wide}
    shared = {index: left * weight / sum(weights.values()) for index, weight in weights.items()}
    chosen = [max(shared.get(index, natural[index]), min(least[index], room / 2)) for index in range(len(natural))]
    return tuple(width * room / sum(chosen) for width in chosen)


def heights(grid: Grid, size: float, room: float, face: Face) -> tuple[float, ...]:
    """The height of the header and of each row."""
    columns = widths(grid, size, room, face)

    def high(cell: tuple[TextRun, ...], width: float) -> float:
        return face.lines(cell, size, width - 2 * BESIDE - SLACK) * face.leading(cell, size)

    return tuple(
        max(high(cell, width) for cell, width in zip(row, columns, strict=True)) + 2 * ABOVE
        for row in (grid.header(), *grid.rows)
    )


def _size(grid: Grid, room: Rect, face: Face) -> float:
    """The first size at which the table fits, or 0."""
    return next((size for size in SIZES if sum(heights(grid, size, room.w, face)) <= room.h), 0.0)


def grid_fits(grid: Grid, room: Rect, face: Face) -> bool:
    """Whether a table fits a slide at one of the sizes that tables have."""
    return sum(heights(grid, SIZES[-1], room.w, face)) <= room.h


def table_shape(name: str, grid: Grid, room: Rect, page: Page) -> TableBox:
    """The table, as wide as the slide's body, its rows a little higher where there is room."""
    palette = page.look.palette
    size = _size(grid, room, page.text) or SIZES[-1]
    high = heights(grid, size, room.w, page.text)
    spare = max(0.0, room.h - sum(high))
    more = min(0.18, spare / len(high))
    high = tuple(height + more for height in high)
    head = tuple(
        Cell(
            (Paragraph(tuple(TextRun(run.text, bold=True, colour=palette.ground) for run in cell), size),), page.accent
        )
        for cell in grid.header()
    )
    rows = tuple(
        tuple(Cell((Paragraph(cell, size),), palette.grey if number % 2 else None) for cell in row)
        for number, row in enumerate(grid.rows)
    )
    at = Rect(room.x, room.y, room.w, sum(high))
    alt = f"Table: {', '.join(grid.columns)}; {len(grid.rows)} rows"
    return TableBox(name, at, widths(grid, size, room.w, page.text), high, (head, *rows), palette.rule, alt)
