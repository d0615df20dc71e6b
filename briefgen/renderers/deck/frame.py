"""What every slide has round its content: bar, title, section name, notes, footer and number."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from briefgen.model import Note, Run, SourceSummary, Statement
from briefgen.problems import Location, Problem, error
from briefgen.renderers.deck import words
from briefgen.renderers.deck.feet import Foot, foot, speaker_notes
from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.look import HEIGHT, LABEL_SIZE, TITLE_SIZES, Look
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
ROUNDING = 1e-6  # inches
EYEBROW_SIZE = 12.0
EYEBROW_GAP = 0.2  # between the section's name and a legend right of it
FOOTER_SIZE = 10.0
FOOTER_ON_PANEL = 3.2  # words in the colour of the ground, and an opener is dark on its left alone
BAR = 0.18
SHEET_EDGE = 0.2


class Page(Struct, frozen=True):
    """What the slides of one section share: the template's look, the brief's notes by number, the section's colour,
    and the words above the title.

    `differing` has for statements, by id, what other sources tell otherwise, and `languages` and
    `sources` the languages and descriptions of sources.
    """

    look: Look
    notes: Mapping[int, Note]
    accent: Colour
    eyebrow: str = ""
    differing: Mapping[str, tuple[str, ...]] = {}
    languages: Mapping[str, str] = {}
    sources: Mapping[str, SourceSummary] = {}

    def foot(self, statements: Sequence[Statement], *, room: float | None = None) -> Foot:
        return foot(statements, self.notes, self.accent, self.look, room, self.languages)

    @property
    def text(self) -> Face:
        """The face of all text but titles."""
        return self.look.text

    @property
    def pale(self) -> Colour:
        """The tint of the section's colour."""
        return self.look.palette.pale(self.accent)


def plain_page(look: Look, eyebrow: str = "") -> Page:
    """The page of slides that are in no section."""
    return Page(look, {}, look.palette.strong, eyebrow)


class Draft(Struct, frozen=True):
    """A slide before it has its number and a title of its own. `hint` tells it from others of the same title.

    `told` are paragraphs for the speaker notes, before those of the statements.
    """

    role: Role
    title: str
    shapes: tuple[Shape, ...]
    page: Page
    foot: Foot
    statements: tuple[Statement, ...] = ()
    hint: str = ""
    told: tuple[str, ...] = ()


def body(feet: Foot) -> Rect:
    """The room between title and notes."""
    room = feet.look.grid.body
    return Rect(room.x, room.y, room.w, feet.body_bottom - room.y)


def part(title: str, index: int) -> str:
    """The title of the slide `index`, from 0, of those that one block is split into."""
    return title if index == 0 else f"{title} {words.CONTINUED}"


def too_long(what: str, statement: Statement, where: Location) -> Problem:
    """The problem that a statement is left out because it is longer than a slide."""
    start = " ".join(statement.text.split()[:6])
    return error(f"too long for {what}, left out: “{start} …”", "take fewer sentences, or use a handout", where)


def title_size(text: str, look: Look) -> float:
    """The largest type size at which a title fits its place, else the smallest that titles have."""
    return next((size for size, _ in TITLE_SIZES if _title_fits(text, size, look)), TITLE_SIZES[-1][0])


def title_fits(text: str, look: Look) -> bool:
    """Whether a title fits its place at any size that titles have."""
    return any(_title_fits(text, size, look) for size, _ in TITLE_SIZES)


def _title_lines(text: str, size: float, look: Look) -> int:
    """How many lines of a title at `size` its place holds, one at least."""
    return min(dict(TITLE_SIZES)[size], look.heading.lines_in(text, size, look.grid.title.h))


def _title_fits(text: str, size: float, look: Look) -> bool:
    runs = (TextRun(text, bold=True),)
    high = look.heading.leading(runs, size) <= look.grid.title.h + ROUNDING
    return high and look.heading.lines(runs, size, look.grid.title.w) <= _title_lines(text, size, look)


def shortened(text: str, look: Look) -> str:
    """`text`, cut at a word and ended by an ellipsis where it is longer than any title."""
    size = TITLE_SIZES[-1][0]
    return look.heading.cut(text, size, look.grid.title.w, _title_lines(text, size, look), bold=True)


def framed(draft: Draft, title: str, footer: str) -> Slide:
    """The slide of `draft` with everything round it, title first in reading order."""
    page, look = draft.page, draft.page.look
    speaker = draft.told + speaker_notes(draft.statements, page.notes, draft.foot.numbers, page.differing)
    if draft.role == "title" or (draft.role == "opener" and look.grid.own):
        colour = look.palette.ground if draft.role == "opener" else None
        shapes = (*draft.shapes, *draft.foot.shapes(), *_footer(footer, look, colour, on_panel=draft.role == "opener"))
        return Slide(draft.role, title, shapes, draft.statements, speaker)
    heading = Paragraph((TextRun(title),), title_size(title, look), align="")
    head: list[Shape] = [TextBox("Title", look.grid.title, (heading,), "title", anchor="")]
    if look.veiled:
        head.insert(0, TextBox("Sheet", _sheet(look), fill=look.palette.ground))
    if look.grid.own:
        head.append(TextBox("Section colour", Rect(0.0, 0.0, BAR, HEIGHT), fill=page.accent))
    if page.eyebrow:
        head.append(_eyebrow(draft))
    shapes = (*head, *draft.shapes, *draft.foot.shapes(), *_footer(footer, look))
    return Slide(draft.role, title, shapes, draft.statements, speaker)


def _sheet(look: Look) -> Rect:
    """What lies behind all text of a slide but its footer, and ends above that, where the template's own ground is too
    busy."""
    grid, edge = look.grid, SHEET_EDGE
    rooms = (grid.title, grid.eyebrow, grid.body)
    left, top = (min(getattr(room, side) for room in rooms) - edge for side in ("x", "y"))
    right, bottom = (max(getattr(room, side) for room in rooms) + edge for side in ("right", "bottom"))
    left, top = max(left, 0.0), max(top, 0.0)
    foot = min(grid.footer.y, grid.number.y)
    bottom = min(bottom, foot) if foot > grid.body.y else bottom
    return Rect(left, top, min(right, grid.width) - left, min(bottom, HEIGHT) - top)


def _eyebrow(draft: Draft) -> TextBox:
    """The section's name, cut before what stands beside it in its row."""
    row = draft.page.look.grid.eyebrow
    beside = (s.at.x for s in draft.shapes if not isinstance(s, Line) and row.y - 0.1 < s.at.y < row.bottom - 0.05)
    right = min(row.right, min(beside, default=row.right + EYEBROW_GAP) - EYEBROW_GAP)
    at = Rect(row.x, row.y, max(right - row.x, 0.0), row.h)
    text = draft.page.text.cut(draft.page.eyebrow, EYEBROW_SIZE, at.w, bold=True)
    runs = (TextRun(text, bold=True),)
    return TextBox("Section", at, (Paragraph(runs, EYEBROW_SIZE),), "eyebrow", colour=draft.page.accent)


def _footer(footer: str, look: Look, colour: Colour | None = None, *, on_panel: bool = False) -> tuple[Shape, ...]:
    """The course and date, and the slide's number unless the template has it; on an opener no wider than its panel.

    Where the template has places for them, they are aligned as those say.
    """
    held = look.grid.held
    count = Paragraph((TextRun("", field="slidenum"),), FOOTER_SIZE, align="" if "number" in held else "r")
    number = TextBox("Slide number", look.grid.number, (count,), "number", anchor="" if "number" in held else "t")
    numbers = () if look.grid.numbered else (number,)
    if not footer:
        return numbers
    at = look.grid.footer
    at = structs.replace(at, w=min(at.w, FOOTER_ON_PANEL)) if on_panel else at
    words_, plain = TextRun(look.text.cut(footer, FOOTER_SIZE, at.w)), "footer" not in held
    text = Paragraph((words_,), FOOTER_SIZE, align="l" if plain else "")
    return TextBox("Footer", at, (text,), "footer", colour=colour, anchor="t" if plain else ""), *numbers


def row_right_of_eyebrow(look: Look) -> Rect:
    """Where a legend stands: at the right end of the row of the section's name."""
    row = look.grid.eyebrow
    right = look.grid.right if look.grid.own else row.right
    return Rect(row.x, row.y + 0.02, right - row.x, row.h)


def label(name: str, at: Rect, runs: Sequence[TextRun], size: float, colour: Colour) -> TextBox:
    """A plain text box without fill."""
    return TextBox(name, at, (Paragraph(tuple(runs), size),), colour=colour)


def chip(name: str, text: str, x: float, y: float, page: Page) -> TextBox:
    """A small label: words on the section's colour, as wide as its text."""
    wide = page.text.width(text, LABEL_SIZE, bold=True) + 0.3
    words_ = Paragraph((TextRun(text, bold=True),), LABEL_SIZE, align="ctr")
    return TextBox(
        name,
        Rect(x, y, wide, 0.32),
        (words_,),
        fill=page.accent,
        colour=page.look.palette.ground,
        anchor="ctr",
        geometry="roundRect",
    )


def statement_runs(statement: Statement, feet: Foot) -> tuple[TextRun, ...]:
    """The words of a statement in its own styles, then its note marks."""
    language = feet.language(statement)
    runs = (TextRun(run.text, run.bold, run.italic, url=run.url, language=language) for run in glued(statement.runs))
    return (*runs, *feet.marks(statement))


def glued(runs: Sequence[Run]) -> tuple[Run, ...]:
    """`runs` with the mark of a cut that ends them, if any, held to the word before it."""
    *before, last = runs or (Run(""),)
    return (*before, structs.replace(last, text=glued_text(last.text)))


def glued_text(text: str) -> str:
    return text.removesuffix(CUT) + GLUED_CUT if text.endswith(CUT) else text
