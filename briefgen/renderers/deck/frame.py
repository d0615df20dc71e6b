"""What every slide has round its content: bar, title, section name, notes, footer and number."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from briefgen.model import Note, Run, Statement
from briefgen.problems import Location, Problem, error
from briefgen.renderers.deck import fit, words
from briefgen.renderers.deck.feet import Foot, foot, speaker_notes
from briefgen.renderers.deck.look import (
    BAR,
    BODY_TOP,
    EYEBROW,
    FOOTER,
    INK,
    MARGIN,
    NAVY,
    NUMBER,
    SPAN,
    TITLE,
    TITLE_SIZES,
    WHITE,
)
from briefgen.renderers.deck.shapes import (
    GLUED_CUT,
    Colour,
    Line,
    Paragraph,
    Rect,
    Role,
    Shape,
    Slide,
    TextBox,
    TextRun,
)

CUT = " …"
FOOTER_ON_PANEL = Rect(FOOTER.x, FOOTER.y, 3.2, FOOTER.h)  # white words, and an opener is dark on its left alone
EYEBROW_SIZE = 12.0
EYEBROW_GAP = 0.2  # between the section's name and a legend right of it


class Page(Struct, frozen=True):
    """What the slides of one section share: the brief's notes by number, the colour, the words above the title.

    `differing` has for statements, by id, what other sources tell otherwise.
    """

    notes: Mapping[int, Note]
    accent: Colour = NAVY
    eyebrow: str = ""
    differing: Mapping[str, tuple[str, ...]] = {}

    def foot(self, statements: Sequence[Statement], *, room: float = SPAN) -> Foot:
        return foot(statements, self.notes, self.accent, room=room)


class Draft(Struct, frozen=True):
    """A slide before it has its number and a title of its own. `hint` tells it from others of the same title."""

    role: Role
    title: str
    shapes: tuple[Shape, ...]
    page: Page
    foot: Foot
    statements: tuple[Statement, ...] = ()
    hint: str = ""


def body(feet: Foot) -> Rect:
    """The room between title and notes."""
    return Rect(MARGIN, BODY_TOP, SPAN, feet.body_bottom - BODY_TOP)


def part(title: str, index: int) -> str:
    """The title of the slide `index`, from 0, of those that one block is split into."""
    return title if index == 0 else f"{title} {words.CONTINUED}"


def too_long(what: str, statement: Statement, where: Location) -> Problem:
    """The problem that a statement is left out because it is longer than a slide."""
    start = " ".join(statement.text.split()[:6])
    return error(f"too long for {what}, left out: “{start} …”", "take fewer sentences, or use a handout", where)


def title_size(text: str, room: float = SPAN) -> tuple[float, bool]:
    """The type size for a title and whether it fits its lines at that size."""
    for size, most in TITLE_SIZES:
        if fit.lines((TextRun(text, bold=True),), size, room) <= most:
            return size, True
    return TITLE_SIZES[-1][0], False


def shortened(text: str) -> str:
    """`text`, cut at a word and ended by an ellipsis where it is longer than any title."""
    size, most = TITLE_SIZES[-1]
    return fit.cut(text, size, SPAN, most, bold=True)


def framed(draft: Draft, title: str, footer: str) -> Slide:
    """The slide of `draft` with everything round it, title first in reading order."""
    page = draft.page
    speaker = speaker_notes(draft.statements, page.notes, draft.foot.numbers, page.differing)
    if draft.role in ("title", "opener"):
        at = FOOTER_ON_PANEL if draft.role == "opener" else FOOTER
        shapes = (*draft.shapes, *draft.foot.shapes(), *_footer(footer, at, WHITE))
        return Slide(draft.role, title, shapes, draft.statements, speaker)
    size, _ = title_size(title)
    head: list[Shape] = [
        TextBox("Title", TITLE, (Paragraph((TextRun(title),), size),), "title", anchor="ctr"),
        TextBox("Section colour", BAR, fill=page.accent),
    ]
    if page.eyebrow:
        head.append(_eyebrow(draft))
    shapes = (*head, *draft.shapes, *draft.foot.shapes(), *_footer(footer, FOOTER))
    return Slide(draft.role, title, shapes, draft.statements, speaker)


def _eyebrow(draft: Draft) -> TextBox:
    """The section's name, cut before what stands beside it above the title."""
    beside = (shape.at.x for shape in draft.shapes if not isinstance(shape, Line) and shape.at.y < EYEBROW.bottom)
    right = min(EYEBROW.right, min(beside, default=SPAN) - EYEBROW_GAP)
    at = Rect(EYEBROW.x, EYEBROW.y, max(right - EYEBROW.x, 0.0), EYEBROW.h)
    text = fit.cut(draft.page.eyebrow, EYEBROW_SIZE, at.w, bold=True)
    return TextBox("Section", at, (Paragraph((TextRun(text),), EYEBROW_SIZE),), "eyebrow", colour=draft.page.accent)


def _footer(footer: str, at: Rect, colour: Colour | None = None) -> tuple[Shape, ...]:
    number = TextBox("Slide number", NUMBER, (Paragraph((TextRun("", field="slidenum"),), 10.0, align="r"),), "number")
    if not footer:
        return (number,)
    text = Paragraph((TextRun(fit.cut(footer, 10.0, at.w)),), 10.0)
    return TextBox("Footer", at, (text,), "footer", colour=colour), number


def label(name: str, at: Rect, runs: Sequence[TextRun], size: float, *, colour: Colour = INK) -> TextBox:
    """A plain text box without fill."""
    return TextBox(name, at, (Paragraph(tuple(runs), size),), colour=colour)


def chip(name: str, text: str, x: float, y: float, colour: Colour) -> TextBox:
    """A small label: white words on a coloured ground, as wide as its text."""
    wide = fit.width(text, 13.0, bold=True) + 0.3
    at = Rect(x, y, wide, 0.32)
    run = TextRun(text, bold=True)
    return TextBox(
        name, at, (Paragraph((run,), 13.0, align="ctr"),), fill=colour, colour=WHITE, anchor="ctr", geometry="roundRect"
    )


def statement_runs(statement: Statement, feet: Foot) -> tuple[TextRun, ...]:
    """The words of a statement in its own styles, then its note marks."""
    runs = tuple(TextRun(run.text, run.bold, run.italic, url=run.url) for run in glued(statement.runs))
    return (*runs, *feet.marks(statement))


def glued(runs: Sequence[Run]) -> tuple[Run, ...]:
    """`runs` with the mark of a cut that ends them, if any, held to the word before it."""
    *before, last = runs or (Run(""),)
    return (*before, structs.replace(last, text=glued_text(last.text)))


def glued_text(text: str) -> str:
    return text.removesuffix(CUT) + GLUED_CUT if text.endswith(CUT) else text
