"""A picture as large as the slide shows it, with whose it is below, and a caption below or beside it."""

from collections.abc import Sequence
from itertools import product

from msgspec import Struct

from briefgen.model import Image, Statement
from briefgen.problems import Problem, warning
from briefgen.renderers.deck import words
from briefgen.renderers.deck.frame import CUT, Draft, Page, body, chip, too_long
from briefgen.renderers.deck.shapes import Align, Paragraph, PictureBox, Rect, Shape, TextBox, TextRun

CAPTION_SIZES = (20.0, 18.0, 16.0, 14.0)
CREDIT_SIZE = 12.0
CREDIT_LINES = 3
COLUMN, WIDEST_COLUMN = 3.5, 6.0  # of a caption beside the picture
ASIDE = 0.35  # between a picture and what stands beside it
BELOW = 0.12  # between a picture and what stands below it
CHIP_HIGH = 0.32
SLACK = 0.05  # left free in every line, for programs that set type wider
LEAST = 0.35  # of the body's height, for the picture, whatever its caption is
COARSEST = 72  # pixels an inch; a picture with fewer would be a blur
SMALL = 0.5  # of the body in both directions: a picture that fills less is said to be small
TITLE_LONGEST, TITLE_SHORTEST = 65, 20  # characters of a title that is cut from alternative text


class Setting(Struct, frozen=True):
    """Where the picture stands, and the shapes with the words to it, in reading order."""

    picture: Rect
    told: tuple[Shape, ...]

    @property
    def area(self) -> float:
        return self.picture.w * self.picture.h


def plan(block: Image, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """One slide. A caption stands where it leaves the picture larger; one that is too long is left out, and said."""
    feet = page.foot(())
    room = body(feet)
    made = _best(block, block.caption, page, room)
    long = block.caption if made is None else None
    made = made or _alone(block, page, room)
    shown = PictureBox("Picture", made.picture, block.picture.sha256, block.alt)
    title = block.title or _start(block.alt) or words.PICTURE
    statements = (block.caption,) if block.caption and not long else ()
    told = ((f"{words.PICTURE}: {block.alt}",) if block.alt else ()) + (f"{words.CREDIT}: {block.rights}",)
    draft = Draft("title-only", title, (shown, *made.told), page, feet, statements, told=told)
    return (draft,), (*_faults(block, made, room), *((too_long("a caption", long, block.where),) if long else ()))


def _start(alt: str) -> str:
    """The alternative text as a title: its first sentence, cut after a clause or a word where it is too long for one
    line."""
    first = alt.split(". ")[0].strip().removesuffix(".")
    if len(first) <= TITLE_LONGEST:
        return first
    kept = first[:TITLE_LONGEST].rsplit(" ", 1)[0]
    clause = max(kept.rfind(sign) for sign in (",", ";", ":", " –", " ("))
    return kept[: clause if clause >= TITLE_SHORTEST else None].rstrip(" ,;:–-(") + CUT


def _best(block: Image, caption: Statement | None, page: Page, room: Rect) -> Setting | None:
    """The setting with the largest picture; none where the caption fits neither below nor beside it."""
    if caption is None:
        return _alone(block, page, room)
    settings = (_beside(block, caption, page, room), _below(block, caption, page, room))
    return max(filter(None, settings), key=lambda one: one.area, default=None)


def _alone(block: Image, page: Page, room: Rect) -> Setting:
    """The picture in the middle, with whose it is below."""
    credit, high = _credit(block, page, room.w, "ctr")
    at = _fitted(block, Rect(room.x, room.y, room.w, room.h - BELOW - high))
    at = Rect(at.x, room.y + (room.h - at.h - BELOW - high) / 2, at.w, at.h)
    return Setting(at, (_text("Credit", Rect(room.x, at.bottom + BELOW, room.w, high), credit),))


def _below(block: Image, caption: Statement, page: Page, room: Rect) -> Setting | None:
    """The caption and whose the picture is below it, one under the other."""
    mark = chip("Whose words", words.INSTRUCTOR, room.x, room.y, page)
    left = mark.at.right + 0.2
    wide = room.right - left
    credit, credit_high = _credit(block, page, wide, "l")
    for size in CAPTION_SIZES:
        text, high = _words(caption, page, size, wide)
        above = room.h - 2 * BELOW - max(high, CHIP_HIGH) - credit_high
        if above >= LEAST * room.h:
            at = _fitted(block, Rect(room.x, room.y, room.w, above))
            top = room.y + (above - at.h) / 2
            under = top + at.h + BELOW
            told = (
                chip("Whose words", words.INSTRUCTOR, room.x, under, page),
                _text("Caption", Rect(left, under, wide, high), text),
                _text("Credit", Rect(left, under + max(high, CHIP_HIGH) + BELOW, wide, credit_high), credit),
            )
            return Setting(Rect(at.x, top, at.w, at.h), told)
    return None


def _beside(block: Image, caption: Statement, page: Page, room: Rect) -> Setting | None:
    """The caption in a column right of the picture, and whose it is at the foot of that; both in the middle."""
    shown = _fitted(block, Rect(room.x, room.y, room.w - COLUMN - ASIDE, room.h))
    widest = min(WIDEST_COLUMN, room.w - shown.w - ASIDE)
    for size, wide in product(CAPTION_SIZES, (COLUMN, widest)):
        text, high = _words(caption, page, size, wide)
        credit, credit_high = _credit(block, page, wide, "l")
        needed = CHIP_HIGH + high + 3 * BELOW + credit_high
        if needed <= room.h:
            whole = max(shown.h, needed)
            top = room.y + (room.h - whole) / 2
            left = room.x + (room.w - shown.w - ASIDE - wide) / 2
            x = left + shown.w + ASIDE
            told = (
                chip("Whose words", words.INSTRUCTOR, x, top, page),
                _text("Caption", Rect(x, top + CHIP_HIGH + BELOW, wide, high), text),
                _text("Credit", Rect(x, top + whole - credit_high, wide, credit_high), credit),
            )
            return Setting(Rect(left, top + (whole - shown.h) / 2, shown.w, shown.h), told)
    return None


def _fitted(block: Image, room: Rect) -> Rect:
    """The picture as large as `room` and its pixels allow, in its own proportions, in the middle of the width."""
    across, down = block.picture.width, block.picture.height
    scale = min(room.w / across, room.h / down, 1 / COARSEST)
    wide, high = across * scale, down * scale
    return Rect(room.x + (room.w - wide) / 2, room.y, wide, high)


def _words(caption: Statement, page: Page, size: float, wide: float) -> tuple[Paragraph, float]:
    text = Paragraph(tuple(TextRun(run.text, run.bold, run.italic) for run in caption.runs), size)
    return text, page.text.height((text,), wide - SLACK)


def _credit(block: Image, page: Page, wide: float, align: Align) -> tuple[Paragraph, float]:
    text = page.text.cut(block.rights, CREDIT_SIZE, wide - SLACK, CREDIT_LINES)
    credit = Paragraph((TextRun(text),), CREDIT_SIZE, align=align)
    return credit, page.text.height((credit,), wide - SLACK)


def _text(name: str, at: Rect, text: Paragraph) -> TextBox:
    return TextBox(name, at, (text,))


def _faults(block: Image, made: Setting, room: Rect) -> Sequence[Problem]:
    """That the picture has too few pixels for a slide, or that not all of its credit stands on it."""
    wide, high = block.picture.width, block.picture.height
    found = []
    if max(made.picture.w / room.w, made.picture.h / room.h) < SMALL and wide < SMALL * room.w * COARSEST:
        message = f"the picture {block.picture.path} has only {wide} by {high} pixels, and is shown small"
        found.append(warning(message, "1,000 pixels across fill a slide", block.where))
    credit = next(shape for shape in made.told if shape.name == "Credit")
    if isinstance(credit, TextBox) and credit.paragraphs[0].runs[0].text != block.rights:
        message = "the credit is too long for a slide; all of it stands in the speaker notes and the handout"
        found.append(warning(message, f"make it shorter than {CREDIT_LINES} lines", block.where))
    return found
