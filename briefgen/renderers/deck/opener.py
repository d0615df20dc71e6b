"""The first slide of a section: never an empty divider."""

from collections.abc import Sequence

from msgspec import Struct

from briefgen.model import Section, Statement
from briefgen.renderers.deck import fit, words
from briefgen.renderers.deck.blocks.bullets import HANG, bullet_slide, bullets_fit
from briefgen.renderers.deck.frame import Draft, Page, label, part, statement_runs
from briefgen.renderers.deck.look import HEIGHT, INK, MUTED, WHITE, pale
from briefgen.renderers.deck.shapes import Paragraph, Rect, Shape, TextBox, TextRun
from briefgen.renderers.deck.split import share_out

PANEL = Rect(0.0, 0.0, 3.95, HEIGHT)
Line = tuple[str, str]
LEFT = 4.4
ROOM = 8.33
TOP = 0.55
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


def opener(section: Section, page: Page, following: Sequence[Line], numbers: str) -> tuple[Draft, ...]:
    """The opening slide, and more slides where its statements do not all fit; none where it would say nothing.

    `following` are the numbers and titles of the section's slides, as "5–6" and "The early years"; `numbers` are its
    slides in words. The list of titles gives way to statements that else would stand on a slide of their own.
    """
    if not has_opener(section, bool(following)):
        return ()
    choices = [made for lines in (following, ()) if (made := _fullest(section.opening, page, lines))]
    made = max(choices, key=lambda choice: len(choice.statements), default=Choice((), tuple(following), SIZES[-1], 1))
    feet = page.foot(made.statements, room=ROOM)
    shapes: list[Shape] = [*_panel(section, page, numbers)]
    top = TOP
    if made.statements:
        head = Rect(LEFT, top, ROOM, 0.4)
        shapes.append(label("Lead", head, (TextRun(words.AT_A_GLANCE, bold=True),), 18.0, colour=page.accent))
        top += LEAD
        paragraphs = _paragraphs(made.statements, page, made.size)
        high = fit.height(paragraphs, ROOM)
        shapes.append(TextBox("Content", Rect(LEFT, top, ROOM, high + 0.05), paragraphs, "body", accent=page.accent))
        top += high + GAP
    if made.following:
        shapes += _contents(made, page, top, feet.body_bottom)
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
        feet = page.foot(shown, room=ROOM)
        if count > 1 and not feet.fits:
            continue
        for size in FEW_SIZES if count <= 2 else SIZES:
            high = fit.height(_paragraphs(shown, page, size), ROOM) + TOP + LEAD
            for columns in (1, 2) if following else (1,):
                below = GAP + _contents_height(following, LIST_SIZES[-1], columns) if following else 0.0
                if high + below <= feet.body_bottom:
                    kept = shown[:-1] if len(statements) - count == 1 and count > 2 else shown
                    return Choice(kept, tuple(following), size, columns)
    return None


def _panel(section: Section, page: Page, numbers: str) -> list[Shape]:
    room = 3.1
    size = next((s for s in HEADING_SIZES if _high(section.heading, s, room, True) <= 1.7), HEADING_SIZES[-1])
    heading = fit.cut(section.heading, size, room - 0.05, int(HEADING_HIGH / fit.line_height(size)), bold=True)
    high = _high(heading, size, room, True)
    panel = TextBox("Panel", PANEL, fill=page.accent)
    title = TextBox("Title", Rect(0.6, 1.6, room, high), (Paragraph((TextRun(heading),), size),), "title")
    number = label(
        "Section number", Rect(0.6, 0.5, room, 1.0), (TextRun(str(section.number), bold=True),), 54.0, colour=WHITE
    )
    shapes: list[Shape] = [panel, title, number]
    if section.question:
        top = 1.6 + high + 0.25
        fitting = (s for s in QUESTION_SIZES if _high(section.question, s, room, False) <= 6.2 - top)
        size = next(fitting, QUESTION_SIZES[-1])
        question = fit.cut(section.question, size, room - 0.05, int((6.2 - top) / fit.line_height(size)))
        text = Paragraph((TextRun(question),), size)
        shapes.append(TextBox("Question", Rect(0.6, top, room, 6.3 - top), (text,), "details", colour=WHITE))
    if numbers:
        run = TextRun(numbers)
        shapes.append(label("Slides", Rect(0.6, 6.6, room, 0.3), (run,), 14.0, colour=WHITE))
    return shapes


def _high(text: str, size: float, room: float, bold: bool) -> float:
    return fit.height((Paragraph((TextRun(text, bold=bold),), size),), room - 0.05)


def _paragraphs(statements: Sequence[Statement], page: Page, size: float) -> tuple[Paragraph, ...]:
    feet = page.foot(statements, room=ROOM)
    return tuple(Paragraph(statement_runs(s, feet), size, "dot", hang=HANG, before=size * 0.45) for s in statements)


def _contents_height(following: Sequence[Line], size: float, columns: int) -> float:
    rows = -(-min(len(following), LONGEST_LIST) // columns)
    return 0.36 + fit.line_height(size) + 0.06 + rows * (fit.line_height(size) + 0.06)


def _contents(made: Choice, page: Page, top: float, bottom: float) -> list[Shape]:
    """The titles of the slides to come, on a tinted ground."""
    columns = made.columns
    wide = (ROOM - 0.4 - 0.3 * (columns - 1)) / columns
    fitting = [s for s in LIST_SIZES if _contents_height(made.following, s, columns) <= bottom - top]
    whole = (s for s in fitting if all(_cut(*line, s, wide) == line[1] for line in made.following))
    size = next(whole, LIST_SIZES[-1])
    high = _contents_height(made.following, size, columns)
    ground = TextBox("Contents ground", Rect(LEFT, top, ROOM, high), fill=pale(page.accent))
    head = Rect(LEFT + 0.2, top + 0.13, ROOM - 0.4, fit.line_height(size))
    shapes: list[Shape] = [
        ground,
        label("Contents", head, (TextRun(words.FOLLOWS, bold=True),), size, colour=page.accent),
    ]
    shown = made.following[:LONGEST_LIST]
    rows = -(-len(shown) // columns)
    for column in range(columns):
        members = shown[column * rows : (column + 1) * rows]
        first = top + 0.13 + fit.line_height(size) + 0.06
        box = Rect(LEFT + 0.2 + column * (wide + 0.3), first, wide, high - (first - top) - 0.1)
        lines = tuple(_contents_line(number, title, size, wide, page) for number, title in members)
        if lines:
            shapes.append(TextBox(f"Contents {column + 1}", box, lines, colour=INK))
    return shapes


def _cut(number: str, title: str, size: float, room: float) -> str:
    """As many words of `title` as fit one line after the number."""
    return fit.cut(title, size, room - 0.15 - fit.width(f"{number}  ", size, bold=True))


def _contents_line(number: str, title: str, size: float, room: float, page: Page) -> Paragraph:
    text = _cut(number, title, size, room)
    return Paragraph(
        (TextRun(f"{number}  ", bold=True, colour=page.accent), TextRun(text, colour=MUTED)), size, before=4.3
    )
