"""One passage, large."""

from briefgen.model import Quotation
from briefgen.problems import Problem
from briefgen.renderers.deck.frame import Draft, Page, body, chip, label, statement_runs, too_long
from briefgen.renderers.deck.shapes import Paragraph, Rect, TextBox, TextRun

SIZES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
PAD = 0.4
LEFT = 0.45


def plan(block: Quotation, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """A slide with the words of the statement on a tinted ground, a bar beside them and the source below."""
    statement = block.statement
    feet = page.foot((statement,))
    room = body(feet)
    credit = feet.notes[0].short if feet.notes else ""
    below = 0.7 if credit or statement.date else 0.0
    wide = room.w - LEFT - PAD
    runs = statement_runs(statement, feet)
    for size in SIZES:
        paragraph = Paragraph(runs, size)
        high = page.text.height((paragraph,), wide) + 2 * PAD
        if high <= room.h - below:
            break
    else:
        return (), (too_long("a slide", statement, block.where),)
    high = max(high, min(2.8, room.h - below))
    top = room.y + max(0.0, (room.h - high - below) * 0.35)
    at = Rect(room.x, top, room.w, high)
    box = TextBox("Quotation", at, (paragraph,), "quotation", fill=page.pale, anchor="ctr", inset=(LEFT, 0.2, PAD, 0.2))
    bar = TextBox("Quotation bar", Rect(at.x, at.y, 0.09, at.h), fill=page.accent)
    shapes = [box, bar]
    left = room.x
    if statement.date:
        date = chip("Date", statement.date.label or statement.date.text, left, at.bottom + 0.2, page)
        shapes.append(date)
        left = date.at.right + 0.2
    if credit:
        source = Rect(left, at.bottom + 0.2, room.right - left, 0.32)
        text = page.text.cut(credit, 16.0, source.w)
        shapes.append(label("Source of the quotation", source, (TextRun(text),), 16.0, page.look.palette.muted))
    return (Draft("quotation", block.title, tuple(shapes), page, feet, (statement,)),), ()
