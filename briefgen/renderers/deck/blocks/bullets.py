"""Bullets, the instructor's own words, and questions: text that stands in the body placeholder."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from briefgen.model import Bullets, Prose, Questions, Statement
from briefgen.problems import Problem, error
from briefgen.renderers.deck import words
from briefgen.renderers.deck.feet import Foot
from briefgen.renderers.deck.fit import ALLOWANCE
from briefgen.renderers.deck.frame import Draft, Page, body, chip, part, statement_runs, too_long
from briefgen.renderers.deck.look import WORDS_A_SLIDE
from briefgen.renderers.deck.shapes import Paragraph, Rect, TextBox, TextRun
from briefgen.renderers.deck.split import share_out

HANG = 0.28
MOST = 7
SIZES = (20.0, 18.0)
FEW_SIZES = (24.0, 22.0, *SIZES)  # for one or two statements
PROSE_SIZES = (28.0, 24.0, 20.0, 18.0)
QUESTION_SIZES = (24.0, 22.0, 20.0, 18.0)
CLOSEST, WIDEST = 0.3, 1.5  # the space between bullets, in their size
CHIP_COLUMN = 1.95
CHIP_HEIGHT = 0.3
CHIP_SIZE = 13.0


class Setting(Struct, frozen=True):
    """Bullets set in a rectangle, with the dates that stand left of them by statement."""

    at: Rect
    paragraphs: tuple[Paragraph, ...]
    dates: tuple[str, ...]


def _bullets(statements: Sequence[Statement], feet: Foot, size: float, before: float) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(statement_runs(s, feet), size, "dot", hang=HANG, before=before) for s in statements)


def _words(statements: Sequence[Statement]) -> int:
    return sum(len(statement.text.split()) for statement in statements)


def _chip_text(statement: Statement, page: Page) -> str:
    """The date of a statement, or nothing where it has none that is short enough, or opens with it anyway."""
    if not statement.date or (statement.date.text and statement.text.startswith(statement.date.text)):
        return ""
    text = statement.date.label or statement.date.text
    return text if page.text.width(text, CHIP_SIZE, bold=True) < CHIP_COLUMN - 0.4 else ""


def _mostly_dated(statements: Sequence[Statement], page: Page) -> bool:
    dated = sum(bool(_chip_text(statement, page)) for statement in statements)
    return dated >= 2 and 2 * dated >= len(statements)


def _spread(statements: Sequence[Statement], feet: Foot, size: float, room: Rect) -> tuple[Paragraph, ...] | None:
    """The bullets at `size`, spread over the room, or none where they do not fit it."""
    high = feet.look.text.height(_bullets(statements, feet, size, 0.0), room.w)
    if high + (len(statements) - 1) * size * CLOSEST / 72 > room.h:
        return None
    spare = (room.h - high) * 0.8 / max(len(statements) - 1, 1) * 72
    return _bullets(statements, feet, size, round(min(max(spare, size * CLOSEST), size * WIDEST), 1))


def setting(statements: Sequence[Statement], page: Page, dated: bool) -> Setting | None:
    """The bullets as large as they fit a slide, with their dates beside them where there is room, or none."""
    feet = page.foot(statements)
    room = body(feet)
    dates = tuple(_chip_text(s, page) for s in statements) if dated else ()
    dates = dates if any(dates) else ()
    narrow = Rect(room.x + CHIP_COLUMN, room.y, room.w - CHIP_COLUMN, room.h)
    for size in FEW_SIZES if len(statements) <= 2 else SIZES:
        for at, shown in ((narrow, dates), (room, ())) if dates else ((room, ()),):
            paragraphs = _spread(statements, feet, size, at)
            if paragraphs:
                return Setting(at, paragraphs, shown)
    return None


def bullets_fit(page: Page) -> Callable[[Sequence[Statement]], bool]:
    """Whether statements fit one slide: as bullets, with their notes, and not too many words."""

    def fits(statements: Sequence[Statement]) -> bool:
        feet = page.foot(statements)
        alone = len(statements) == 1
        if not alone and (len(statements) > MOST or _words(statements) > WORDS_A_SLIDE or not feet.fits):
            return False
        return _spread(statements, feet, SIZES[-1], body(feet)) is not None

    return fits


def plan(block: Bullets, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """Slides of three to six bullets where there are so many, never one alone but where it fills a slide."""
    groups, rest = share_out(block.statements, bullets_fit(page))
    dated = _mostly_dated(block.statements, page)
    drafts = tuple(bullet_slide(part(block.title, index), group, page, dated) for index, group in enumerate(groups))
    return drafts, tuple(too_long("a slide", statement, block.where) for statement in rest)


def bullet_slide(title: str, statements: tuple[Statement, ...], page: Page, dated: bool = False) -> Draft:
    """One slide of bullets, which must fit it, with their dates beside them where `dated`."""
    feet = page.foot(statements)
    made = setting(statements, page, dated) or Setting(body(feet), _bullets(statements, feet, SIZES[-1], 6.0), ())
    box = TextBox("Content", made.at, made.paragraphs, "body", accent=page.accent)
    return Draft("content", title, (box, *_chips(made, page)), page, feet, statements)


def _chips(made: Setting, page: Page) -> list[TextBox]:
    """The dates, each on the height of its bullet's first line."""
    chips = []
    for index, date in enumerate(made.dates):
        size = made.paragraphs[index].size
        above = page.text.height(made.paragraphs[:index], (made.at.w - HANG) * ALLOWANCE + HANG)  # as lines truly break
        top = made.at.y + above + (made.paragraphs[index].before / 72 if index else 0.0)
        top += (page.text.line_height(size) - CHIP_HEIGHT) / 2
        wide = page.text.width(date, CHIP_SIZE, bold=True) + 0.2
        at = Rect(made.at.x - CHIP_COLUMN, top, wide, CHIP_HEIGHT)
        text = Paragraph((TextRun(date, bold=True, colour=page.accent),), CHIP_SIZE, align="ctr")
        if date:
            chips.append(TextBox("Date", at, (text,), fill=page.pale, anchor="ctr", geometry="roundRect"))
    return chips


def _size(statements: Sequence[Statement], page: Page, sizes: Sequence[float], inset: float) -> float:
    """The first of `sizes` at which the statements fit a panel, or 0."""
    feet = page.foot(statements)
    room = body(feet)
    for size in sizes:
        paragraphs = tuple(Paragraph(statement_runs(s, feet), size, before=size * 0.6) for s in statements)
        if page.text.height(paragraphs, room.w - 2 * inset - 0.1) <= room.h - 2 * inset:
            return size
    return 0.0


def plan_prose(block: Prose, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """The instructor's own words on a tinted ground, marked as such."""
    inset = 0.55

    def fits(statements: Sequence[Statement]) -> bool:
        return _size(statements, page, PROSE_SIZES, inset) > 0 and (len(statements) == 1 or page.foot(statements).fits)

    groups, rest = share_out(block.statements, fits)
    drafts = []
    for index, group in enumerate(groups):
        feet = page.foot(group)
        room = body(feet)
        size = _size(group, page, PROSE_SIZES, inset)
        paragraphs = tuple(Paragraph(statement_runs(s, feet), size, before=size * 0.6) for s in group)
        high = min(room.h, max(3.0, page.text.height(paragraphs, room.w - 2 * inset - 0.1) + 2 * inset))
        at = Rect(room.x, room.y + 0.16, room.w, high - 0.16)
        box = TextBox(
            "Content",
            at,
            paragraphs,
            "body",
            fill=page.pale,
            outline=page.accent,
            colour=page.look.palette.ink,
            anchor="ctr",
            inset=(inset, 0.25, inset, 0.2),
        )
        mark = chip("Whose words", words.INSTRUCTOR, room.x + inset, room.y, page)
        drafts.append(Draft("content", part(block.title, index), (box, mark), page, feet, group))
    return tuple(drafts), tuple(too_long("a slide", statement, block.where) for statement in rest)


def _numbered_high(texts: Sequence[str], size: float, room: Rect, page: Page) -> float:
    return page.text.height(numbered(texts, size, 0.4), room.w)


def numbered(texts: Sequence[str], size: float, gap: float, start: int = 1) -> tuple[Paragraph, ...]:
    """A numbered paragraph for each text; `gap` is the space between them, in their size."""
    return tuple(
        Paragraph((TextRun(text),), size, "number", start=start, hang=0.5, before=size * gap) for text in texts
    )


def plan_questions(block: Questions, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """Questions, numbered through and large."""
    feet = page.foot(())
    ground = body(feet)
    inset = 0.45
    room = Rect(ground.x + inset, ground.y + 0.3, ground.w - 2 * inset, ground.h - 0.6)

    def fits(questions: Sequence[str]) -> bool:
        return len(questions) <= MOST and _numbered_high(questions, QUESTION_SIZES[-1], room, page) <= room.h

    groups, rest = share_out(block.questions, fits)
    drafts = []
    start = 1
    for index, group in enumerate(groups):
        size = next(s for s in QUESTION_SIZES if _numbered_high(group, s, room, page) <= room.h)
        wide = next(
            (g for g in (1.6, 1.3, 1.0, 0.7) if page.text.height(numbered(group, size, g), room.w) <= room.h), 0.4
        )
        box = TextBox(
            "Content",
            ground,
            numbered(group, size, wide, start),
            "body",
            fill=page.pale,
            accent=page.accent,
            anchor="ctr",
            inset=(inset, 0.3, inset, 0.3),
        )
        drafts.append(Draft("content", part(block.title or words.QUESTIONS, index), (box,), page, feet))
        start += len(group)
    problems = tuple(error(f"too long for a slide, left out: “{text[:40]} …”", "", block.where) for text in rest)
    return tuple(drafts), problems
