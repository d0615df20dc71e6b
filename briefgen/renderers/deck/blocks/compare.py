"""Two sides, next to each other: each in its own colour and named in words."""

from collections.abc import Sequence

from briefgen.model import Compare, Statement
from briefgen.problems import Problem
from briefgen.renderers.deck.frame import Draft, Page, body, part, statement_runs, too_long
from briefgen.renderers.deck.look import Palette
from briefgen.renderers.deck.shapes import Colour, Paragraph, Rect, TextBox, TextRun
from briefgen.renderers.deck.split import share_out

GAP = 0.2
INSET = 0.2
HANG = 0.25
SIZES = (20.0, 18.0, 16.0)
FEW_SIZES = (24.0, 22.0, *SIZES)  # for one statement on a side
HEAD_SIZE = 18.0

Pair = tuple[tuple[Statement, ...], tuple[Statement, ...]]


def plan(block: Compare, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """Slides of two columns; where one holds not all, both go on on the next slide."""
    head = max(_head_height(block.left.label, page), _head_height(block.right.label, page))

    def alone(statement: Statement) -> bool:
        return _size((statement,), (), page, head) > 0

    left, right = (tuple(filter(alone, side.statements)) for side in (block.left, block.right))
    long = [item for side in (block.left, block.right) for item in side.statements if not alone(item)]

    def fits(group: Sequence[Pair]) -> bool:
        left, right = _sides(group)
        return _size(left, right, page, head) > 0

    groups, rest = share_out(_pairs(left, right), fits)
    drafts = tuple(_slide(part(block.title, index), block, group, page, head) for index, group in enumerate(groups))
    left_out = [*long, *(statement for pair in rest for side in pair for statement in side)]
    return drafts, tuple(too_long("a column", statement, block.where) for statement in left_out)


def _pairs(left: tuple[Statement, ...], right: tuple[Statement, ...]) -> list[Pair]:
    """The first of each side, then the second, and so on; what fits no slide is left out a pair at a time."""
    count = max(len(left), len(right))
    return [(left[index : index + 1], right[index : index + 1]) for index in range(count)]


def _sides(pairs: Sequence[Pair]) -> Pair:
    left = tuple(statement for pair in pairs for statement in pair[0])
    return left, tuple(statement for pair in pairs for statement in pair[1])


def _column(page: Page) -> float:
    """The width of a column."""
    return (page.look.grid.span - GAP) / 2


def _head_height(text: str, page: Page) -> float:
    head = Paragraph((TextRun(text, bold=True),), HEAD_SIZE)
    return page.text.height((head,), _column(page) - 2 * INSET) + 0.16


def _size(left: tuple[Statement, ...], right: tuple[Statement, ...], page: Page, head: float) -> float:
    """The first size at which both columns fit, or 0."""
    feet = page.foot((*left, *right))
    room = body(feet).h - head - 2 * INSET
    if not feet.fits and len(left) + len(right) > 2:
        return 0.0
    for size in FEW_SIZES if max(len(left), len(right)) == 1 else SIZES:
        if all(
            page.text.height(_paragraphs(side, page, (*left, *right), size), _column(page) - 2 * INSET) <= room
            for side in (left, right)
        ):
            return size
    return 0.0


def _paragraphs(
    side: Sequence[Statement], page: Page, shown: Sequence[Statement], size: float
) -> tuple[Paragraph, ...]:
    feet = page.foot(shown)
    return tuple(Paragraph(statement_runs(s, feet), size, "dot", hang=HANG, before=size * 0.5) for s in side)


def _other(accent: Colour, palette: Palette) -> Colour:
    """The colour of the right side: unlike the section's own."""
    return palette.strong if accent != palette.strong else palette.accents[0]


def _slide(title: str, block: Compare, pairs: Sequence[Pair], page: Page, head: float) -> Draft:
    left, right = _sides(pairs)
    shown = (*left, *right)
    feet = page.foot(shown)
    room = body(feet)
    size = _size(left, right, page, head)
    palette, wide = page.look.palette, _column(page)
    columns = (
        (block.left.label, left, room.x, page.accent, "left"),
        (block.right.label, right, room.x + wide + GAP, _other(page.accent, palette), "right"),
    )
    texts = [_paragraphs(side, page, shown, size) for _, side, _, _, _ in columns]
    most = max(page.text.height(text, wide - 2 * INSET) for text in texts)
    high = min(room.h - head, max(most + 2 * INSET + 0.15, 3.2))
    shapes = []
    for (name, _, x, colour, placeholder), text in zip(columns, texts, strict=True):
        top = Paragraph((TextRun(name, bold=True),), HEAD_SIZE)
        shapes.append(
            TextBox(
                f"Head: {name}",
                Rect(x, room.y, wide, head),
                (top,),
                fill=colour,
                colour=palette.ground,
                anchor="ctr",
                inset=(INSET, 0.05, INSET, 0.05),
            )
        )
        at = Rect(x, room.y + head, wide, high)
        inset = (INSET, INSET, INSET, INSET)
        shapes.append(
            TextBox(name, at, text, placeholder, fill=palette.pale(colour), outline=colour, accent=colour, inset=inset)
        )
    return Draft("two-columns", title, tuple(shapes), page, feet, shown)
