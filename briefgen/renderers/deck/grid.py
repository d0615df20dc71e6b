"""Where the parts of a slide stand in a template, taken from its layouts."""

from collections.abc import Mapping, Sequence

from briefgen.renderers.deck.layouts import Matched, made_for_us
from briefgen.renderers.deck.look import HEIGHT, Grid
from briefgen.renderers.deck.placeholders import Place
from briefgen.renderers.deck.shapes import Rect, Role

MARGIN = 0.6
ROW = 0.3  # the height of the row of the section's name
TALL_TITLE = 1.15  # inches: a title's place that has room for that row above the title
FOOT = 0.25
FOOTERS = ("footer", "number")
FOOT_ROW = 0.45  # what a footer takes at the lower end where the template has none
STRIP = 0.75
TITLE_HIGH = 0.72
LEAST_WIDE, LEAST_HIGH = 5.5, 3.6
"""Inches of a body with its notes that slides can be planned for."""
LEAST_ON_CARD = 3.0
LEAST_TITLE = 0.4
GAP = 0.1
KEPT = 0.55
"""The share of a place that must be left when a drawing is cut off."""
FILLED = 0.6
"""The share of the slide from which a shape behind it is its ground, and in nobody's way."""


def grid(
    found: Mapping[Role, Matched], width: float, shapes: Sequence[Rect], on_front: Sequence[Rect], numbered: bool
) -> Grid:
    """The grid of a template with slides of `width` inches, which it may have `numbered` itself.

    `shapes` are the drawings of its slides, `on_front` those of its title slide; text stands clear of them if it can.
    """
    own = made_for_us(found)
    content = found["content"].uses
    drawn, on_front = ([at for at in ats if at.w * at.h < FILLED * width * HEIGHT] for ats in (shapes, on_front))
    title = _inside(_at(content, "title") or Rect(MARGIN, 0.55, width - 2 * MARGIN, TITLE_HIGH), width)
    footer, number = _foot(content, width)
    end = min(footer.y, number.y) if min(footer.y, number.y) > HEIGHT / 2 else HEIGHT - 0.1
    if own:
        body = Rect(content["body"].at.x, content["body"].at.y, content["body"].at.w, 0.0)
        body = _down_to(body, content["notes"].at.bottom if "notes" in content else end - 0.05)
        eyebrow = content["eyebrow"].at
    else:
        title, body = _head_and_body(content, title, end, drawn, width)
        title, eyebrow, body = _with_row(title, body, drawn)
        body = _on_card(body, [at for at in shapes if at not in drawn])
    front = _front(found["title"].uses, title, footer, on_front, own)
    held = frozenset(use for use in FOOTERS if not own and all(use in one.uses for one in found.values()))
    return Grid(width, title, eyebrow, body, footer, number, front, own, held, numbered)


def _down_to(at: Rect, bottom: float) -> Rect:
    return Rect(at.x, at.y, at.w, max(bottom - at.y, 1.0))


def _head_and_body(
    uses: Mapping[str, Place], title: Rect, end: float, drawn: Sequence[Rect], width: float
) -> tuple[Rect, Rect]:
    """Title and body, the body with the notes: where the template has them and draws nothing, if that is enough.

    Else both take the room that the template's drawings leave free.
    """
    low = title.y > HEIGHT / 2
    body = _at(uses, "body") or Rect(title.x, 0.5 if low else title.bottom + 0.15, title.w, 0.0)
    below = min([at.y for at in drawn if at.y > body.bottom - 0.05 and _beside(at, body)], default=end)
    body = _down_to(_inside(body, width), min(end, below, title.y if low else end) - 0.05)
    body = clear(body, drawn)
    if body.h >= LEAST_HIGH and body.w >= LEAST_WIDE:
        free = clear(title, [at for at in drawn if not _holds(at, title)])
        return free if free.w >= LEAST_WIDE and free.h >= LEAST_TITLE else title, body
    free = clear(Rect(MARGIN, MARGIN / 2, width - 2 * MARGIN, end - 0.05 - MARGIN / 2), drawn)
    top = free.y + ROW
    return Rect(free.x, top, free.w, TITLE_HIGH), _down_to(Rect(free.x, top + 0.9, free.w, 0.0), free.bottom)


def _on_card(body: Rect, cards: Sequence[Rect]) -> Rect:
    """The part of the body on the topmost large shape that lies behind most of it, if that is enough."""
    for card in reversed(cards):
        x, y = max(body.x, card.x + GAP), max(body.y, card.y + GAP)
        part = Rect(x, y, min(body.right, card.right - GAP) - x, min(body.bottom, card.bottom - GAP) - y)
        if part.w >= LEAST_WIDE and part.h >= LEAST_ON_CARD:
            return part if part.w * part.h < body.w * body.h * 0.98 else body
    return body


def _holds(one: Rect, other: Rect) -> bool:
    """Whether one is drawn behind the whole of the other, as its ground."""
    inside = one.x <= other.x + 0.1 and one.right >= other.right - 0.1
    return inside and one.y <= other.y + 0.1 and one.bottom >= other.bottom - 0.1


def _beside(one: Rect, other: Rect) -> bool:
    """Whether one stands above or below the other."""
    return one.x < other.right and one.right > other.x


def clear(at: Rect, drawn: Sequence[Rect]) -> Rect:
    """The largest part of a place that is left when drawings at its edges are cut off, one after the other.

    One that would take too much of it is left in: text must then stand on it.
    """
    for one in drawn:
        if _crossed(at, [one]):
            x, y, right, bottom = at.x, at.y, at.right, at.bottom
            parts = (
                Rect(x, y, one.x - GAP - x, at.h),
                Rect(one.right + GAP, y, right - one.right - GAP, at.h),
                Rect(x, y, at.w, one.y - GAP - y),
                Rect(x, one.bottom + GAP, at.w, bottom - one.bottom - GAP),
            )
            best = max(parts, key=lambda part: max(part.w, 0.0) * max(part.h, 0.0))
            at = best if best.w > 0 and best.h > 0 and best.w * best.h >= KEPT * at.w * at.h else at
    return at


def _at(uses: Mapping[str, Place], use: str) -> Rect | None:
    return uses[use].at if use in uses else None


def _inside(at: Rect, width: float) -> Rect:
    """The part of a place that is on the slide, and wide and high enough to hold a word."""
    x, y = min(max(at.x, 0.0), width - 2.0), min(max(at.y, 0.0), HEIGHT - 0.5)
    return Rect(x, y, max(2.0, min(at.right, width) - x), max(0.4, min(at.bottom, HEIGHT) - y))


def _foot(uses: Mapping[str, Place], width: float) -> tuple[Rect, Rect]:
    """Footer and slide number, at the lower edge where the template has no place for them."""
    y = HEIGHT - FOOT_ROW + 0.05
    footer = _at(uses, "footer") or Rect(MARGIN, y, width * 0.6, FOOT)
    number = _at(uses, "number") or Rect(width - MARGIN - 1.0, y, 1.0, FOOT)
    return footer, number


def _crossed(at: Rect, drawn: Sequence[Rect]) -> bool:
    return any(one.x < at.right and one.right > at.x and one.y < at.bottom and one.bottom > at.y for one in drawn)


def _with_row(title: Rect, body: Rect, drawn: Sequence[Rect]) -> tuple[Rect, Rect, Rect]:
    """Title, row of the section's name, and body: the row above the title where it has room, else above the body."""
    if title.h >= TALL_TITLE:
        rest = Rect(title.x, title.y + ROW, title.w, title.h - ROW)
        row = Rect(title.x, title.y, title.w, ROW)
        if not _crossed(row, drawn):
            return rest, row, body
    above = clear(Rect(title.x, title.y - ROW - 0.02, title.w, ROW), drawn)
    if above.y >= 0.1 and above.h >= ROW and not _crossed(above, [*drawn, body]):
        return title, above, body
    row = Rect(body.x, body.y, body.w, ROW)
    return title, row, Rect(body.x, body.y + ROW + 0.1, body.w, body.h - ROW - 0.1)


def _front(
    uses: Mapping[str, Place], title: Rect, footer: Rect, drawn: Sequence[Rect], own: bool
) -> tuple[Rect, Rect, Rect, Rect]:
    """Title, subtitle, details and the room for the sections on the title slide."""
    head = _at(uses, "title") or title
    subtitle = _at(uses, "subtitle") or Rect(head.x, head.bottom + 0.2, head.w, 1.6)
    subtitle = subtitle if own else clear(subtitle, [at for at in drawn if not _holds(at, subtitle)])
    details = _at(uses, "details") or Rect(subtitle.x, subtitle.bottom, subtitle.w, 0.0)
    below = max(head.bottom, subtitle.bottom, details.bottom) + 0.45
    strip = Rect(head.x, below, head.w, STRIP)
    room = strip.bottom <= footer.y - 0.1 and (own or not _crossed(strip, drawn))
    return head, subtitle, details, strip if room else Rect(strip.x, strip.y, strip.w, 0.0)
