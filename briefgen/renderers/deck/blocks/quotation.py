"""One passage, large, and below it where it stands: a picture of its source with title, kind, day and place."""

from collections.abc import Sequence

from msgspec.structs import replace

from briefgen.model import Note, Quotation
from briefgen.problems import Problem
from briefgen.renderers.deck.described import named, when_published
from briefgen.renderers.deck.frame import Draft, Page, body, chip, statement_runs, too_long
from briefgen.renderers.deck.shapes import Paragraph, Rect, Shape, TextBox, TextRun
from briefgen.renderers.deck.words import PLACES, SOURCE_KINDS

SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
PAD = 0.4
LEFT = 0.45
GAP = 0.22
CARD_SIZE = 14.0
CARD_INSET = (0.2, 0.12, 0.3, 0.14)
CARD_WIDEST = 8.0
CITING = ", citing "  # what begins the works that a source names, in a short note


def plan(block: Quotation, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """A slide with the words of the statement on a tinted ground, a bar beside them and their source below."""
    statement = block.statement
    feet = page.foot((statement,))
    room = body(feet)
    wide = room.w - LEFT - PAD
    runs = statement_runs(statement, feet)

    def high(size: float) -> float:
        return page.text.height((Paragraph(runs, size),), wide) + 2 * PAD

    cards = (_card(feet.notes[0], page, room),) if feet.notes else ()
    choices = ((size, card) for card in (cards, ()) for size in SIZES if high(size) + _below(card) <= room.h)
    found = next(choices, None)
    if found is None:
        return (), (too_long("a slide", statement, block.where),)
    size, card = found
    tall = max(high(size), min(2.8, room.h - _below(card)))
    top = room.y + max(0.0, (room.h - tall - _below(card)) * 0.35)
    at = Rect(room.x, top, room.w, tall)
    text = (Paragraph(runs, size),)
    inset = (LEFT, 0.2, PAD, 0.2)
    box = TextBox("Quotation", at, text, "quotation", fill=page.pale, anchor="ctr", inset=inset)
    bar = TextBox("Quotation bar", Rect(at.x, at.y, 0.09, at.h), fill=page.accent)
    shapes: list[Shape] = [box, bar, *(_moved(one, at.bottom + GAP) for one in card)]
    if statement.date and card:
        label = statement.date.label or statement.date.text
        shapes.append(chip("Date", label, room.x + card[0].at.w + GAP, at.bottom + GAP, page))
    return (Draft("quotation", block.title, tuple(shapes), page, feet, (statement,)),), ()


def _card(note: Note, page: Page, room: Rect) -> TextBox:
    """A sheet with a folded corner: what the source is, when it was published, and where in it the words stand."""
    source, palette = page.sources.get(note.source), page.look.palette
    place = _place(note, named(source) if source else "")
    lines = [(source.title or named(source), True)] if source else []
    lines += [(" · ".join((SOURCE_KINDS[source.kind], named(source), when_published(source))), False)] if source else []
    lines += [(place, False)] if place else []
    widest = min(CARD_WIDEST, room.w)
    inner = widest - CARD_INSET[0] - CARD_INSET[2]
    cut = [(page.text.cut(text, CARD_SIZE, inner, 2 if bold else 1, bold=bold), bold) for text, bold in lines]
    text = tuple(Paragraph((TextRun(line, bold=bold),), CARD_SIZE, before=2.0) for line, bold in cut)
    longest = max(page.text.width(line, CARD_SIZE, bold=bold) for line, bold in cut)
    wide = min(longest + CARD_INSET[0] + CARD_INSET[2] + 0.05, widest)
    high = page.text.height(text, wide - CARD_INSET[0] - CARD_INSET[2]) + CARD_INSET[1] + CARD_INSET[3]
    return TextBox(
        "Where it stands",
        Rect(room.x, room.y, wide, high),
        text,
        fill=palette.ground,
        outline=palette.rule,
        geometry="foldedCorner",
        colour=palette.ink,
        inset=CARD_INSET,
    )


def _place(note: Note, label: str) -> str:
    """Where in its source a note leads: its short form without the source's name and what it cites."""
    place = note.short.partition(CITING)[0].removeprefix(label).removeprefix(", ").strip()
    first, _, rest = place.partition(" ")
    return f"{PLACES[first]} {rest}" if first in PLACES else place


def _below(card: Sequence[TextBox]) -> float:
    return sum(one.at.h for one in card) + GAP if card else 0.0


def _moved(box: TextBox, y: float) -> TextBox:
    return replace(box, at=Rect(box.at.x, y, box.at.w, box.at.h))
