"""The first slide of a section: never an empty divider."""

from collections.abc import Sequence

from msgspec import Struct

from briefgen.model import Section, Statement
from briefgen.renderers.deck import words
from briefgen.renderers.deck.blocks.bullets import HANG, bullet_slide, bullets_fit
from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.frame import Draft, Page, label, part, statement_runs
from briefgen.renderers.deck.look import HEIGHT, Look
from briefgen.renderers.deck.shapes import Paragraph, Rect, Shape, TextBox, TextRun
from briefgen.renderers.deck.split import share_out

Line = tuple[str, str]
PANEL_WIDE, PANEL_SHARE = 3.3, 0.3  # inches, and at most so much of the body
PANEL_GAP = 0.35
SIZES = (20.0, 18.0)
FEW_SIZES = (24.0, *SIZES)  # for one or two statements
LIST_SIZES = (18.0, 16.0, 14.0)
LEAD = 0.5  # from the head to the statements
GAP = 0.35
LONGEST_LIST = 12
QUESTION_SIZES = (18.0, 16.0, 14.0)
HEADING_SIZES = (32.0, 28.0, 24.0, 20.0)
HEADING_HIGH = 2.4


class Choice(Struct, frozen=True):
    """What an opener shows: its statements, the list below them, their size, the list's columns."""

    statements: tuple[Statement, ...]
    following: tuple[Line, ...]
    size: float
    columns: int


class Area(Struct, frozen=True):
    """The two columns of an opener: the coloured panel, the room for words in it, and the room for statements."""

    panel: Rect
    words: Rect
    column: Rect

    @property
    def room(self) -> float:
        return self.column.w


def area(look: Look) -> Area:
    """A template made for it has a panel along the slide's edge; else it stands in the body, below the title."""
    grid = look.grid
    if grid.own:
        column = Rect(4.4, 0.55, grid.right - 4.4, grid.body.bottom - 0.55)
        return Area(Rect(0.0, 0.0, 3.95, HEIGHT), Rect(0.6, 0.5, 3.1, 6.4), column)
    body = grid.body
    panel = Rect(body.x, body.y, min(PANEL_WIDE, PANEL_SHARE * body.w), body.h)
    inner = Rect(panel.x + 0.2, panel.y + 0.15, panel.w - 0.4, panel.h - 0.25)
    left = panel.right + PANEL_GAP
    return Area(panel, inner, Rect(left, body.y, body.right - left, body.h))


def opener(section: Section, page: Page, following: Sequence[Line], numbers: str) -> tuple[Draft, ...]:
    """The opening slide, and more slides where its statements do not all fit; none where it would say nothing.

    `following` are the numbers and titles of the section's slides, as "5–6" and "The early years"; `numbers` are its
    slides in words. The list of titles gives way to statements that else would stand on a slide of their own.
    """
    if not has_opener(section, bool(following)):
        return ()
    choices = [made for lines in (following, ()) if (made := _fullest(section.opening, page, lines))]
    made = max(choices, key=lambda choice: len(choice.statements), default=Choice((), tuple(following), SIZES[-1], 1))
    column = area(page.look).column
    feet = page.foot(made.statements, room=column.w)
    shapes: list[Shape] = [*_panel(section, page, numbers)]
    top = column.y
    if made.statements:
        head = Rect(column.x, top, column.w, 0.4)
        shapes.append(label("Lead", head, (TextRun(words.AT_A_GLANCE, bold=True),), 18.0, page.accent))
        top += LEAD
        paragraphs = _paragraphs(made.statements, page, made.size)
        high = page.text.height(paragraphs, column.w)
        at = Rect(column.x, top, column.w, high + 0.05)
        shapes.append(TextBox("Content", at, paragraphs, "body", accent=page.accent))
        top += high + GAP
    if made.following:
        shapes += _contents(made, page, Rect(column.x, top, column.w, feet.body_bottom - top))
    groups, _ = share_out(section.opening[len(made.statements) :], bullets_fit(page))
    more = [bullet_slide(part(section.heading, 1), group, page) for group in groups]
    return Draft("opener", section.heading, tuple(shapes), page, feet, made.statements), *more


def has_opener(section: Section, followed: bool) -> bool:
    """Whether an opener of `section`, with slides after it or none, would say anything."""
    return bool(section.opening or section.question or not followed)


def _fullest(statements: tuple[Statement, ...], page: Page, following: Sequence[Line]) -> Choice | None:
    """As many of the first statements as the opener holds with the list, as large as they fit, or none."""
    for count in range(len(statements), 0, -1):
        shown = statements[:count]
        column = area(page.look).column
        feet = page.foot(shown, room=column.w)
        if count > 1 and not feet.fits:
            continue
        for size in FEW_SIZES if count <= 2 else SIZES:
            high = page.text.height(_paragraphs(shown, page, size), column.w) + column.y + LEAD
            for columns in (1, 2) if following else (1,):
                below = GAP + _contents_height(following, LIST_SIZES[-1], columns, page) if following else 0.0
                if high + below <= feet.body_bottom:
                    kept = shown[:-1] if len(statements) - count == 1 and count > 2 else shown
                    return Choice(kept, tuple(following), size, columns)
    return None


def _panel(section: Section, page: Page, numbers: str) -> list[Shape]:
    """The panel with the section's number, its title where the template has it there, its question and its slides."""
    look, at = page.look, area(page.look)
    ground, room = look.palette.ground, at.words
    number = Rect(room.x, room.y, room.w, 1.0)
    shapes: list[Shape] = [TextBox("Panel", at.panel, fill=page.accent)]
    top = number.bottom + 0.1
    if look.grid.own:
        title = _panel_title(section.heading, Rect(room.x, top, room.w, HEADING_HIGH), look)
        shapes.append(title)
        top = title.at.bottom + 0.25
    shapes.append(label("Section number", number, (TextRun(str(section.number), bold=True),), 54.0, ground))
    bottom = room.bottom - (0.4 if numbers else 0.0)
    if section.question:
        question = Rect(room.x, top, room.w, bottom - top)
        shapes.append(_question(section.question, question, page))
    if numbers:
        shapes.append(label("Slides", Rect(room.x, room.bottom - 0.3, room.w, 0.3), (TextRun(numbers),), 14.0, ground))
    return shapes


def _panel_title(heading: str, room: Rect, look: Look) -> TextBox:
    size = next((s for s in HEADING_SIZES if _high(heading, s, room.w, look.heading, True) <= 1.7), HEADING_SIZES[-1])
    most = look.heading.lines_in(heading, size, room.h)
    text = look.heading.cut(heading, size, room.w - 0.05, most, bold=True)
    at = Rect(room.x, room.y, room.w, _high(text, size, room.w, look.heading, True))
    return TextBox("Title", at, (Paragraph((TextRun(text),), size),), "title")


def _question(question: str, room: Rect, page: Page) -> TextBox:
    sizes = (s for s in QUESTION_SIZES if _high(question, s, room.w, page.text, False) <= room.h)
    size = next(sizes, QUESTION_SIZES[-1])
    text = page.text.cut(question, size, room.w - 0.05, page.text.lines_in(question, size, room.h))
    paragraphs = (Paragraph((TextRun(text),), size),)
    wide = page.text.balanced(paragraphs, room.w - 0.05) + 0.05
    at = Rect(room.x, room.y, wide, _high(text, size, wide, page.text, False))
    return TextBox("Question", at, paragraphs, "details", colour=page.look.palette.ground)


def _high(text: str, size: float, room: float, face: Face, bold: bool) -> float:
    return face.height((Paragraph((TextRun(text, bold=bold),), size),), room - 0.05)


def _paragraphs(statements: Sequence[Statement], page: Page, size: float) -> tuple[Paragraph, ...]:
    feet = page.foot(statements, room=area(page.look).column.w)
    return tuple(Paragraph(statement_runs(s, feet), size, "dot", hang=HANG, before=size * 0.45) for s in statements)


def _contents_height(following: Sequence[Line], size: float, columns: int, page: Page) -> float:
    rows = -(-min(len(following), LONGEST_LIST) // columns)
    line = page.text.leading([TextRun(title) for _, title in following], size)
    return 0.36 + page.text.line_height(size) + 0.06 + rows * (line + 0.06)


def _contents(made: Choice, page: Page, room: Rect) -> list[Shape]:
    """The titles of the slides to come, on a tinted ground."""
    columns = made.columns
    shown = made.following[:LONGEST_LIST]
    rows = -(-len(shown) // columns)
    parts = [shown[start : start + rows] for start in range(0, len(shown), rows)]
    across = room.w - 0.4 - 0.3 * (len(parts) - 1)
    fitting = [s for s in LIST_SIZES if _contents_height(made.following, s, columns, page) <= room.h]
    whole = (s for s in fitting if _are_whole(parts, _widths(parts, s, across, page), s, page))
    size = next(whole, LIST_SIZES[-1])
    high = _contents_height(made.following, size, columns, page)
    line = page.text.line_height(size)
    head = Rect(room.x + 0.2, room.y + 0.13, room.w - 0.4, line)
    shapes: list[Shape] = [
        TextBox("Contents ground", Rect(room.x, room.y, room.w, high), fill=page.pale),
        label("Contents", head, (TextRun(words.FOLLOWS, bold=True),), size, page.accent),
    ]
    left, first = head.x, head.bottom + 0.06
    for column, (members, wide) in enumerate(zip(parts, _widths(parts, size, across, page), strict=True), 1):
        box = Rect(left, first, wide, room.y + high - first - 0.1)
        lines = tuple(_contents_line(number, title, size, wide, page) for number, title in members)
        shapes.append(TextBox(f"Contents {column}", box, lines, colour=page.look.palette.ink))
        left += wide + 0.3
    return shapes


def _widths(parts: Sequence[Sequence[Line]], size: float, across: float, page: Page) -> list[float]:
    """The widths of one or two columns, `across` together: the same, unless one needs more and the other less."""
    if len(parts) < 2:
        return [across]
    half = across / 2
    left, right = (max(_needed(*line, size, page) for line in members) for members in parts)
    if left + right <= across:
        left = min(max(half, left), across - right)
    elif min(left, right) < half:
        left = left if left < half else across - right
    else:
        left = half
    return [left, across - left]


def _needed(number: str, title: str, size: float, page: Page) -> float:
    """The width of a column that holds a whole title after its number."""
    return page.text.width(f"{number}  ", size, bold=True) + page.text.width(title, size) + 0.2


def _are_whole(parts: Sequence[Sequence[Line]], widths: Sequence[float], size: float, page: Page) -> bool:
    columns = zip(parts, widths, strict=True)
    return all(_cut(*line, size, wide, page) == line[1] for members, wide in columns for line in members)


def _cut(number: str, title: str, size: float, room: float, page: Page) -> str:
    """As many words of `title` as fit one line after the number."""
    return page.text.cut(title, size, room - 0.15 - page.text.width(f"{number}  ", size, bold=True))


def _contents_line(number: str, title: str, size: float, room: float, page: Page) -> Paragraph:
    text = _cut(number, title, size, room, page)
    return Paragraph(
        (TextRun(f"{number}  ", bold=True, colour=page.accent), TextRun(text, colour=page.look.palette.muted)),
        size,
        before=4.3,
    )
