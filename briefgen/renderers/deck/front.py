"""The first slides: title, agenda, and what the sources are."""

from collections.abc import Sequence

from briefgen.model import Brief, Section, SourceSummary
from briefgen.renderers.days import date_words
from briefgen.renderers.deck import fit, words
from briefgen.renderers.deck.blocks.bullets import numbered
from briefgen.renderers.deck.blocks.table import Grid, grid_fits, table_shape
from briefgen.renderers.deck.frame import Draft, Page, body, label, part, shortened
from briefgen.renderers.deck.look import INK, LABEL_SIZE, MARGIN, MUTED, NAVY, SPAN, WHITE, pale, section_colour
from briefgen.renderers.deck.shapes import Group, Paragraph, Rect, Shape, TextBox, TextRun
from briefgen.renderers.deck.split import share_out

STRIP_HIGH = 0.62
STRIP_GAP = 0.08
STRIP_MOST = 6
ARROW = 0.19  # inches: half the point of a strip of this height
AIM_SIZES = (20.0, 18.0)
AIM_GAPS = (0.8, 0.6, 0.4)  # the space between objectives, in their size
AIMS_WIDE = 7.9
GUIDE_GAP = 0.32
GUIDE_SIZES = (14.0, 13.0, 12.0)
TITLE_SIZES = (44.0, 36.0, 30.0, 24.0)

Range = tuple[int, int]


def title_slide(brief: Brief) -> Draft:
    """The title on a dark ground, with the sections as a strip below."""
    page = Page({})
    title = Rect(0.9, 1.3, 11.5, 1.7)
    name = brief.title or words.OVERVIEW
    size = next(
        (s for s in TITLE_SIZES if fit.height((Paragraph((TextRun(name, bold=True),), s),), title.w) <= title.h), 0
    )
    heading_text = name if size else shortened(name)
    heading = Paragraph((TextRun(heading_text),), size or TITLE_SIZES[-1])
    shapes: list[Shape] = [TextBox("Title", title, (heading,), "title", anchor="b")]
    if brief.subtitle:
        at = Rect(0.9, 3.1, 11.5, 0.9)
        text = fit.cut(brief.subtitle, 24.0, at.w, 2)
        shapes.append(TextBox("Subtitle", at, (Paragraph((TextRun(text),), 24.0),), "subtitle"))
    details = tuple(part for part in (brief.course, brief.author, date_words(brief.date)) if part)
    lines = [" · ".join(details)] if details else []
    count = len(used(brief.sources))
    lines += [words.drawn_from(count)] if count else []
    if lines:
        paragraphs = tuple(Paragraph((TextRun(fit.cut(line, 16.0, 11.4)),), 16.0, before=4.0) for line in lines)
        shapes.append(TextBox("Details", Rect(0.9, 4.15, 11.5, 0.9), paragraphs, "details"))
    if brief.sections:
        shapes.append(_title_strip(brief.sections))
    return Draft("title", heading_text, tuple(shapes), page, page.foot(()))


def _title_strip(sections: Sequence[Section]) -> Group:
    shown = sections[:STRIP_MOST]
    room = Rect(0.9, 5.5, 11.5, 0.75)
    wide = min(2.8, (room.w - 0.1 * (len(shown) - 1)) / len(shown))
    boxes = []
    for index, section in enumerate(shown):
        at = Rect(room.x + index * (wide + 0.1), room.y, wide, room.h)
        boxes.append(_section_box(section, at, "homePlate", 0.35, ARROW))
    names = ", ".join(section.heading for section in shown)
    return Group(
        "Sections", f"Sections in order: {names}", Rect(room.x, room.y, at.right - room.x, room.h), tuple(boxes)
    )


def _section_box(section: Section, at: Rect, geometry: str, right: float, own: float = 0.0) -> TextBox:
    """A coloured box with the section's name; `own` is the margin that the geometry itself keeps at the right."""
    name = f"{section.number}  {section.heading}"
    room = at.w - 0.12 - right
    settings = ((16.0, 1), (14.0, 2))
    size = next((s for s, most in settings if fit.cut(name, s, room, most, bold=True) == name), LABEL_SIZE)
    text = fit.cut(name, size, room, 2, bold=True)
    return TextBox(
        f"Section {section.number}",
        at,
        (Paragraph((TextRun(text, bold=True),), size),),
        fill=section_colour(section.number),
        colour=WHITE,
        anchor="ctr",
        inset=(0.12, 0.03, right - own, 0.03),
        geometry=geometry,
    )


def agenda(brief: Brief, ranges: Sequence[Range], eyebrow: str) -> tuple[Draft, ...]:
    """The objectives, numbered, how to read the slides, and the plan: each section with its slides.

    `ranges` are the sections' first and last slides.
    """
    page = Page({}, NAVY, eyebrow)
    feet = page.foot(())
    room = body(feet)
    strip = _strips(brief.sections, ranges, room)
    bottom = strip.at.y - 0.6 if strip else room.bottom
    aims = Rect(room.x, room.y + 0.5, AIMS_WIDE, bottom - room.y - 0.5)

    def fits(texts: Sequence[str]) -> bool:
        return fit.height(numbered(texts, AIM_SIZES[-1], AIM_GAPS[-1]), aims.w) <= aims.h

    groups, _ = share_out(brief.objectives, fits)
    drafts = []
    start = 1
    for index, group in enumerate(groups or [()]):
        shapes = _aims(group, start, aims) if group else []
        guide = _guide(room, bottom, bool(group)) if index == 0 else None
        shapes += [guide] if guide else []
        if strip and index == 0:
            at = Rect(room.x, strip.at.y - 0.42, room.w, 0.36)
            shapes += [label("Plan", at, (TextRun(words.PLAN, bold=True),), 18.0, colour=NAVY), strip]
        title = part(words.AGENDA, index)
        drafts.append(Draft("content" if group else "title-only", title, tuple(shapes), page, feet))
        start += len(group)
    return tuple(drafts)


def _aims(group: Sequence[str], start: int, at: Rect) -> list[Shape]:
    settings = [(size, gap) for size in AIM_SIZES for gap in AIM_GAPS]
    size, gap = next((s for s in settings if fit.height(numbered(group, *s), at.w) <= at.h), settings[-1])
    head = Rect(at.x, at.y - 0.5, at.w, 0.4)
    return [
        label("Aims", head, (TextRun(words.AIMS, bold=True),), 18.0, colour=NAVY),
        TextBox("Content", at, numbered(group, size, gap, start), "body", accent=NAVY),
    ]


def _guide(room: Rect, bottom: float, beside: bool) -> TextBox | None:
    """How to read the slides: right of the objectives, or in their place; none where there is no room."""
    left = room.x + (AIMS_WIDE + GUIDE_GAP if beside else 0.0)
    wide = room.right - left
    for size in GUIDE_SIZES:
        lines = (
            Paragraph((TextRun(words.GUIDE, bold=True, colour=NAVY),), size + 1),
            *(Paragraph((TextRun(text),), size, "dot", hang=0.2, before=5.0) for text in words.GUIDE_LINES),
        )
        high = fit.height(lines, wide - 0.4) + 0.4
        if high <= bottom - room.y:
            at = Rect(left, room.y, wide, high)
            return TextBox("Guide", at, lines, fill=pale(NAVY), colour=INK, accent=NAVY, inset=(0.2, 0.15, 0.2, 0.15))
    return None


def _strips(sections: Sequence[Section], ranges: Sequence[Range], room: Rect) -> Group | None:
    """The sections side by side, six in a row, each with its slide numbers below."""
    if not sections:
        return None
    rows = [sections[start : start + STRIP_MOST] for start in range(0, len(sections), STRIP_MOST)][:3]
    high = STRIP_HIGH + 0.36
    top = room.bottom - high * len(rows)
    boxes = []
    for row, members in enumerate(rows):
        wide = (SPAN - STRIP_GAP * (len(members) - 1)) / len(members)
        for index, section in enumerate(members):
            at = Rect(MARGIN + index * (wide + STRIP_GAP), top + row * high, wide, STRIP_HIGH)
            first, last = ranges[row * STRIP_MOST + index]
            below = Rect(at.x, at.bottom + 0.03, at.w, 0.28)
            text = (TextRun(words.slide_range(first, last)),)
            boxes += [_section_box(section, at, "rect", 0.1), label("Slides", below, text, LABEL_SIZE, colour=MUTED)]
    names = "; ".join(
        f"{section.heading}, {words.slide_range(*where)}" for section, where in zip(sections, ranges, strict=True)
    )
    return Group("Plan", f"Plan of the lecture: {names}", Rect(MARGIN, top, SPAN, room.bottom - top), tuple(boxes))


def used(sources: Sequence[SourceSummary]) -> tuple[SourceSummary, ...]:
    """Those of `sources` that statements come from."""
    return tuple(source for source in sources if source.statements > 0)


def sources_table(sources: Sequence[SourceSummary], eyebrow: str) -> tuple[Draft, ...]:
    """What each source that is used is, when it was published and how often it is used."""
    page = Page({}, NAVY, eyebrow)
    feet = page.foot(())
    room = body(feet)

    def grid(group: Sequence[SourceSummary]) -> Grid:
        return Grid(words.SOURCE_COLUMNS, tuple(_source_row(source) for source in group))

    def fits(group: Sequence[SourceSummary]) -> bool:
        return len(group) <= 8 and grid_fits(grid(group), room)

    groups, _ = share_out(used(sources), fits)
    drafts = []
    for index, group in enumerate(groups):
        title = part(words.SOURCES_TABLE, index)
        drafts.append(Draft("title-only", title, (table_shape(title, grid(group), room, NAVY),), page, feet))
    return tuple(drafts)


def _source_row(source: SourceSummary) -> tuple[tuple[TextRun, ...], ...]:
    about = words.SOURCE_KINDS[source.kind]
    if source.title:
        about += f", “{source.title[:120]}”"
    dates = [date_words(source.published)] if source.published else []
    if source.modified and source.modified != source.published:
        dates.append(f"{words.UPDATED} {date_words(source.modified)}")
    when = "; ".join(dates) or words.UNDATED
    cells = (source.label or source.title or source.id, about, when[:1].upper() + when[1:], str(source.statements))
    return tuple((TextRun(text, bold=index == 0, colour=INK),) for index, text in enumerate(cells))
