"""The last slides: the sources in full."""

from collections.abc import Sequence

from briefgen.model import Brief, Entry
from briefgen.renderers.deck import words
from briefgen.renderers.deck.frame import Draft, body, part, plain_page
from briefgen.renderers.deck.front import used
from briefgen.renderers.deck.look import Look
from briefgen.renderers.deck.shapes import Paragraph, Rect, Shape, TextBox, TextRun
from briefgen.renderers.deck.split import share_out

SIZES = (16.0, 14.0, 12.0)
HINT_SIZE = 14.0
INSET = (0.2, 0.12, 0.2, 0.12)


def sources(brief: Brief, look: Look) -> tuple[Draft, ...]:
    """The bibliography of the sources that the slides draw on, and on its last slide how notes are to be read.

    A source of which only the handout's list of differences tells is in the handout's bibliography alone.
    """
    page = plain_page(look, words.OVERVIEW.upper())
    drawn_on = {source.id for source in used(brief.sources)}
    own = [entry for entry in brief.bibliography if not entry.cited_by and entry.id in drawn_on]
    feet = page.foot(())
    room = body(feet)
    hint = Paragraph((TextRun(words.HOW_TO_READ),), HINT_SIZE)
    below = look.text.height((hint,), room.w - INSET[0] - INSET[2]) + INSET[1] + INSET[3] + 0.2

    def size(group: Sequence[Entry]) -> float:
        return next((s for s in SIZES if look.text.height(_paragraphs(group, s), room.w - 0.1) <= room.h - below), 0.0)

    groups, _ = share_out(own, lambda group: size(group) > 0)
    drafts = []
    for index, group in enumerate(groups):
        paragraphs = _paragraphs(group, size(group))
        high = look.text.height(paragraphs, room.w - 0.1)
        shapes: list[Shape] = [TextBox("Content", Rect(room.x, room.y, room.w, high + 0.1), paragraphs, "body")]
        if index == len(groups) - 1:
            at = Rect(room.x, min(room.y + high + 0.4, room.bottom - below + 0.2), room.w, below - 0.2)
            shapes.append(
                TextBox("How the notes count", at, (hint,), fill=page.pale, colour=look.palette.ink, inset=INSET)
            )
        drafts.append(Draft("content", part(words.SOURCES, index), tuple(shapes), page, feet))
    return tuple(drafts)


def _paragraphs(entries: Sequence[Entry], size: float) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(
            tuple(TextRun(run.text, run.bold, run.italic, url=run.url) for run in entry.runs), size, before=size * 0.5
        )
        for entry in entries
    )
