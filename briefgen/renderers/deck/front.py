"""The first slides: title, agenda, and what the sources are."""

from collections.abc import Sequence

from briefgen.model import Brief, Section, SourceSummary
from briefgen.renderers.days import date_words
from briefgen.renderers.deck import words
from briefgen.renderers.deck.blocks.bullets import numbered
from briefgen.renderers.deck.blocks.table import Grid, grid_fits, table_shape
from briefgen.renderers.deck.described import named, what_it_is, when_published
from briefgen.renderers.deck.frame import Draft, Page, body, label, part, plain_page
from briefgen.renderers.deck.look import LABEL_SIZE, Look
from briefgen.renderers.deck.shapes import Group, Paragraph, Rect, Shape, TextBox, TextRun
from briefgen.renderers.deck.split import share_out

STRIP_HIGH = 0.62
STRIP_GAP = 0.08
STRIP_MOST = 6
ARROW = 0.19  # inches: half the point of a strip of this height
AIM_SIZES = (20.0, 18.0)
AIM_GAPS = (0.8, 0.6, 0.4)  # the space between objectives, in their size
AIMS_HEAD = 0.5  # inches above the objectives, for what they are
AIM_HANG = 0.5  # as numbered paragraphs have it
AIMS_SHARE = 0.65  # of the slide, beside the guide
GUIDE_GAP = 0.32
GUIDE_INSET = (0.2, 0.15, 0.2, 0.15)
GUIDE_SIZES = (14.0, 13.0, 12.0)
TITLE_SIZES = (44.0, 36.0, 30.0, 24.0)
SUBTITLE_SIZES = (24.0, 20.0, 18.0, 16.0)
DETAIL_SIZES = (16.0, 14.0, 12.0)

Range = tuple[int, int]


def title_slide(brief: Brief, look: Look) -> Draft:
    """The title where the template has it, with the sections as a strip below where there is room."""
    page = plain_page(look)
    title, subtitle, details, strip = look.grid.front
    name = brief.title or words.OVERVIEW
    size = next((s for s in TITLE_SIZES if _title_high(name, s, look) <= title.h), 0.0)
    text = (
        name
        if size
        else look.heading.cut(
            name, TITLE_SIZES[-1], title.w, look.heading.lines_in(name, TITLE_SIZES[-1], title.h), bold=True
        )
    )
    heading = Paragraph((TextRun(text),), size or TITLE_SIZES[-1], align="")
    shapes: list[Shape] = [TextBox("Title", title, (heading,), "title", anchor="")]
    below = [(brief.subtitle, SUBTITLE_SIZES)] if brief.subtitle else []
    lines = [(line, DETAIL_SIZES) for line in _details(brief)]
    if details.h:
        shapes += [_front_text("Subtitle", subtitle, below, "subtitle", look)] if below else []
        shapes += [_front_text("Details", details, lines, "details", look)] if lines else []
    elif below or lines:
        shapes.append(_front_text("Subtitle", subtitle, [*below, *lines], "subtitle", look))
    if brief.sections and strip.h:
        shapes.append(_title_strip(brief.sections, strip, look))
    return Draft("title", text, tuple(shapes), page, page.foot(()))


def _title_high(text: str, size: float, look: Look) -> float:
    return look.heading.height((Paragraph((TextRun(text, bold=True),), size),), look.grid.front[0].w)


def _details(brief: Brief) -> list[str]:
    details = tuple(part for part in (brief.course, brief.author, date_words(brief.date)) if part)
    lines = [" · ".join(details)] if details else []
    count = len(used(brief.sources))
    return [*lines, words.drawn_from(count)] if count else lines


def _front_text(
    name: str, at: Rect, texts: Sequence[tuple[str, Sequence[float]]], placeholder: str, look: Look
) -> TextBox:
    """Texts below each other, each with the sizes that it may have, at the largest at which all fit, else cut."""

    def set_at(step: int, cut: bool) -> tuple[Paragraph, ...]:
        sizes = [sizes[min(step, len(sizes) - 1)] for _, sizes in texts]
        shown = [look.text.cut(t, s, at.w - 0.1) if cut else t for (t, _), s in zip(texts, sizes, strict=True)]
        return tuple(Paragraph((TextRun(t),), s, before=4.0, align="") for t, s in zip(shown, sizes, strict=True))

    steps = (set_at(step, cut) for cut in (False, True) for step in range(len(SUBTITLE_SIZES)))
    fitting = (paragraphs for paragraphs in steps if look.text.height(paragraphs, at.w) <= at.h)
    paragraphs = next(fitting, set_at(len(SUBTITLE_SIZES), True))
    return TextBox(name, at, paragraphs, placeholder, anchor="")


def _title_strip(sections: Sequence[Section], room: Rect, look: Look) -> Group:
    shown = sections[:STRIP_MOST]
    wide = min(2.8, (room.w - 0.1 * (len(shown) - 1)) / len(shown))
    size = _section_size(shown, wide - 0.12 - 0.35, look)
    boxes = []
    for index, section in enumerate(shown):
        at = Rect(room.x + index * (wide + 0.1), room.y, wide, room.h)
        boxes.append(_section_box(section, at, look, "homePlate", 0.35, size, ARROW))
    names = ", ".join(section.heading for section in shown)
    return Group(
        "Sections", f"Sections in order: {names}", Rect(room.x, room.y, at.right - room.x, room.h), tuple(boxes)
    )


def _section_name(section: Section) -> str:
    return f"{section.number}  {section.heading}"


def _section_size(sections: Sequence[Section], room: float, look: Look) -> float:
    """The largest size at which the name of each section fits its box: all have the same."""
    names = [_section_name(section) for section in sections]
    whole = (
        size
        for size, most in ((16.0, 1), (14.0, 2))
        if all(look.text.cut(name, size, room, most, bold=True) == name for name in names)
    )
    return next(whole, LABEL_SIZE)


def _section_box(
    section: Section, at: Rect, look: Look, geometry: str, right: float, size: float, own: float = 0.0
) -> TextBox:
    """A coloured box with the section's name; `own` is the margin that the geometry itself keeps at the right."""
    room = at.w - 0.12 - right
    paragraphs = (
        Paragraph((TextRun(look.text.cut(_section_name(section), size, room, 2, bold=True), bold=True),), size),
    )
    spare = room - look.text.balanced(paragraphs, room)
    return TextBox(
        f"Section {section.number}",
        at,
        paragraphs,
        fill=look.palette.section(section.number),
        colour=look.palette.ground,
        anchor="ctr",
        inset=(0.12, 0.03, right - own + spare, 0.03),
        geometry=geometry,
    )


def agenda(brief: Brief, ranges: Sequence[Range], eyebrow: str, look: Look) -> tuple[Draft, ...]:
    """The objectives, numbered, how to read the slides where there is room, and the plan: each section with its slides.

    `ranges` are the sections' first and last slides.
    """
    page = plain_page(look, eyebrow)
    feet = page.foot(())
    room = body(feet)
    strip = _strips(brief.sections, ranges, room, look)
    bottom = strip.at.y - 0.6 if strip else room.bottom
    whole = Rect(room.x, room.y + AIMS_HEAD, room.w, room.h - AIMS_HEAD)
    above = Rect(whole.x, whole.y, whole.w, bottom - whole.y)
    beside = Rect(above.x, above.y, above.w * AIMS_SHARE, above.h)
    narrow, wide = (_aims_on_slides(brief.objectives, first, whole, look) for first in (beside, above))
    guided = len(narrow) <= len(wide)
    first, groups = (beside, narrow) if guided else (above, wide)
    drafts = []
    start = 1
    for index, group in enumerate(groups):
        shapes = _aims(group, start, whole if index else first, look) if group else []
        guide = _guide(room, bottom, bool(group), page) if index == 0 and guided else None
        shapes += [guide] if guide else []
        if strip and index == 0:
            plan = Rect(room.x, strip.at.y - 0.42, room.w, 0.36)
            shapes += [label("Plan", plan, (TextRun(words.PLAN, bold=True),), 18.0, page.accent), strip]
        title = part(words.AGENDA, index)
        drafts.append(Draft("content" if group else "title-only", title, tuple(shapes), page, feet))
        start += len(group)
    return tuple(drafts)


def _aims_on_slides(objectives: Sequence[str], first: Rect, other: Rect, look: Look) -> tuple[tuple[str, ...], ...]:
    """The objectives shared out to slides, the first of which has less room and may have none; one that is too long
    for a whole slide is cut."""

    def fits(texts: Sequence[str], at: Rect = other) -> bool:
        return _aims_fit(texts, at, look)

    most = look.text.lines_in("", AIM_SIZES[-1], other.h)
    short = [aim if fits((aim,)) else look.text.cut(aim, AIM_SIZES[-1], other.w - AIM_HANG, most) for aim in objectives]
    if fits(short, first):
        return (tuple(short),)
    here = next(count for count in range(len(short) - 1, -1, -1) if count == 0 or fits(short[:count], first))
    return (tuple(short[:here]), *share_out(short[here:], fits)[0])


def _aims_fit(texts: Sequence[str], at: Rect, look: Look) -> bool:
    return look.text.height(numbered(texts, AIM_SIZES[-1], AIM_GAPS[-1]), at.w) <= at.h


def cut_objectives(objectives: Sequence[str], look: Look) -> tuple[str, ...]:
    """The objectives that are too long for a slide, and stand on one cut."""
    room = body(plain_page(look).foot(()))
    whole = Rect(room.x, room.y + AIMS_HEAD, room.w, room.h - AIMS_HEAD)
    return tuple(aim for aim in objectives if not _aims_fit((aim,), whole, look))


def _aims(group: Sequence[str], start: int, at: Rect, look: Look) -> list[Shape]:
    settings = [(size, gap) for size in AIM_SIZES for gap in AIM_GAPS]
    size, gap = next((s for s in settings if look.text.height(numbered(group, *s), at.w) <= at.h), settings[-1])
    head = Rect(at.x, at.y - AIMS_HEAD, at.w, 0.4)
    return [
        label("Aims", head, (TextRun(words.AIMS, bold=True),), 18.0, look.palette.strong),
        TextBox("Content", at, numbered(group, size, gap, start), "body", accent=look.palette.strong),
    ]


def _guide(room: Rect, bottom: float, beside: bool, page: Page) -> TextBox | None:
    """How to read the slides: right of the objectives, or in their place; none where there is no room."""
    left = room.x + (room.w * AIMS_SHARE + GUIDE_GAP if beside else 0.0)
    wide = room.right - left
    for size in GUIDE_SIZES:
        lines = (
            Paragraph((TextRun(words.GUIDE, bold=True, colour=page.accent),), size + 1),
            *(Paragraph((TextRun(text),), size, "dot", hang=0.2, before=5.0) for text in words.GUIDE_LINES),
        )
        high = page.text.height(lines, wide - 0.4) + 0.4
        if high <= bottom - room.y:
            at = Rect(left, room.y, wide, high)
            ink = page.look.palette.ink
            return TextBox("Guide", at, lines, fill=page.pale, colour=ink, accent=page.accent, inset=GUIDE_INSET)
    return None


def _strips(sections: Sequence[Section], ranges: Sequence[Range], room: Rect, look: Look) -> Group | None:
    """The sections side by side, six in a row, each with its slide numbers below."""
    if not sections:
        return None
    rows = [sections[start : start + STRIP_MOST] for start in range(0, len(sections), STRIP_MOST)][:3]
    high = STRIP_HIGH + 0.36
    top = room.bottom - high * len(rows)
    boxes = []
    narrowest = (room.w - STRIP_GAP * (len(rows[0]) - 1)) / len(rows[0])
    size = _section_size(sections, narrowest - 0.12 - 0.1, look)
    for row, members in enumerate(rows):
        wide = (room.w - STRIP_GAP * (len(members) - 1)) / len(members)
        for index, section in enumerate(members):
            at = Rect(room.x + index * (wide + STRIP_GAP), top + row * high, wide, STRIP_HIGH)
            first, last = ranges[row * STRIP_MOST + index]
            below = Rect(at.x, at.bottom + 0.03, at.w, 0.28)
            text = (TextRun(words.slide_range(first, last)),)
            boxes.append(_section_box(section, at, look, "rect", 0.1, size))
            boxes.append(label("Slides", below, text, LABEL_SIZE, look.palette.muted))
    names = "; ".join(
        f"{section.heading}, {words.slide_range(*where)}" for section, where in zip(sections, ranges, strict=True)
    )
    return Group("Plan", f"Plan of the lecture: {names}", Rect(room.x, top, room.w, room.bottom - top), tuple(boxes))


def used(sources: Sequence[SourceSummary]) -> tuple[SourceSummary, ...]:
    """Those of `sources` that statements come from."""
    return tuple(source for source in sources if source.statements > 0)


def sources_table(sources: Sequence[SourceSummary], eyebrow: str, look: Look) -> tuple[Draft, ...]:
    """What each source that is used is, when it was published and how often it is used."""
    page = plain_page(look, eyebrow)
    feet = page.foot(())
    room = body(feet)

    def grid(group: Sequence[SourceSummary]) -> Grid:
        return Grid(words.SOURCE_COLUMNS, tuple(_source_row(source, look) for source in group))

    def fits(group: Sequence[SourceSummary]) -> bool:
        return len(group) <= 8 and grid_fits(grid(group), room, look.text)

    groups, _ = share_out(used(sources), fits)
    drafts = []
    for index, group in enumerate(groups):
        title = part(words.SOURCES_TABLE, index)
        drafts.append(Draft("title-only", title, (table_shape(title, grid(group), room, page),), page, feet))
    return tuple(drafts)


def _source_row(source: SourceSummary, look: Look) -> tuple[tuple[TextRun, ...], ...]:
    cells = (named(source), what_it_is(source), when_published(source), str(source.statements))
    return tuple((TextRun(text, bold=index == 0, colour=look.palette.ink),) for index, text in enumerate(cells))
