"""From a brief to planned slides: what stands where, measured, before any file is touched."""

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct, structs

from briefgen.model import Brief, Bullets, Prose, Section
from briefgen.problems import Location, Problem, warning
from briefgen.renderers.days import date_words
from briefgen.renderers.deck import words
from briefgen.renderers.deck.back import sources
from briefgen.renderers.deck.blocks import plan_block
from briefgen.renderers.deck.frame import Draft, Page, framed, part, shortened, title_fits
from briefgen.renderers.deck.front import agenda, cut_objectives, sources_table, title_slide
from briefgen.renderers.deck.look import Look
from briefgen.renderers.deck.mirror import mirrored
from briefgen.renderers.deck.opener import has_opener, opener
from briefgen.renderers.deck.shapes import GLUED_CUT, Slide, SlideGroup
from briefgen.renderers.scripts import runs_right_to_left

FIXED_TITLES = ("title", "opener")  # slides whose title is set apart from the others
WHAT_IT_HOLDS: dict[type, str] = {Bullets: words.PASSAGES, Prose: words.OWN_WORDS}


class Plan(Struct, frozen=True):
    """The slides in order, the named groups that they are in, and what did not fit."""

    slides: tuple[Slide, ...]
    groups: tuple[SlideGroup, ...]
    problems: tuple[Problem, ...] = ()


def plan(brief: Brief, look: Look) -> Plan:
    """The slides of `brief` in the look of a template: title, agenda, sources, the sections, then the bibliography.

    No two slides have the same title. A problem names each thing that no slide holds, at its block's place.
    """
    brief = _headings_apart(brief)
    pages = [_page(brief, section, look) for section in brief.sections]
    blocks = [
        [plan_block(block, page) for block in section.blocks]
        for section, page in zip(brief.sections, pages, strict=True)
    ]
    problems = tuple(problem for section in blocks for _, found in section for problem in found)
    problems = (*_long_objectives(brief, look), *problems)
    inner = _told_apart(brief.sections, [[drafts for drafts, _ in section] for section in blocks])
    eyebrow = words.OVERVIEW.upper()
    table = sources_table(brief.sources, eyebrow, look)
    before = 1 + len(agenda(brief, [(1, 1) for _ in brief.sections], eyebrow, look)) + len(table)
    opened: list[tuple[Draft, ...]] = []
    for section, page, made in zip(brief.sections, pages, inner, strict=True):
        opened.append(_opened(section, page, made, before + 1 + sum(map(len, opened))))
    ranges = _ranges([len(drafts) for drafts in opened], before)
    front = (title_slide(brief, look), *agenda(brief, ranges, eyebrow, look), *table)
    back = sources(brief, look)
    drafts = [*front, *(draft for drafts in opened for draft in drafts), *back]
    titles = _titles(drafts)
    footer = " · ".join(text for text in (brief.course, date_words(brief.date)) if text)
    slides = tuple(framed(draft, title, footer) for draft, title in zip(drafts, titles, strict=True))
    if runs_right_to_left(brief.language):
        slides = tuple(mirrored(slide, look.grid.width) for slide in slides)
    return Plan(slides, _groups(brief, len(front), ranges, len(back)), problems)


def _long_objectives(brief: Brief, look: Look) -> tuple[Problem, ...]:
    where = Location(brief.sections[0].where.file) if brief.sections else None
    hint = "write it shorter; the handout has all of it"
    return tuple(
        warning(f"an objective is longer than a slide, and stands on one cut: “{aim[:40]} …”", hint, where)
        for aim in cut_objectives(brief.objectives, look)
    )


def _headings_apart(brief: Brief) -> Brief:
    """The brief with a number after each heading that an earlier section has."""
    seen: list[str] = []
    made = []
    for section in brief.sections:
        seen.append(section.heading)
        count = seen.count(section.heading)
        made.append(structs.replace(section, heading=f"{section.heading} ({count})") if count > 1 else section)
    return structs.replace(brief, sections=tuple(made))


def _page(brief: Brief, section: Section, look: Look) -> Page:
    notes = {note.number: note for note in brief.notes}
    differing: dict[str, tuple[str, ...]] = {}
    for conflict in brief.conflicts:
        for name in conflict.statements:
            differing[name] = (*differing.get(name, ()), conflict.what)
    eyebrow = f"{section.number}  {section.heading.upper()}"
    languages = {source.id: words.tag(source.language) for source in brief.sources if source.language}
    described = {source.id: source for source in brief.sources}
    return Page(look, notes, look.palette.section(section.number), eyebrow, differing, languages, described)


def _told_apart(sections: Sequence[Section], drafts: Sequence[Sequence[tuple[Draft, ...]]]) -> list[tuple[Draft, ...]]:
    """The slides of each section; a block that has the section's heading as title says what it holds where that
    title stands before it already."""
    used: set[str] = set()
    told: list[tuple[Draft, ...]] = []
    for section, blocks in zip(sections, drafts, strict=True):
        used |= {section.heading} if has_opener(section, any(blocks)) else set()
        made: list[Draft] = []
        for block, slides in zip(section.blocks, blocks, strict=True):
            kind = WHAT_IT_HOLDS.get(type(block))
            if kind and block.title == section.heading and block.title in used:
                title = f"{section.heading}: {kind}"
                made += [structs.replace(slide, title=part(title, index)) for index, slide in enumerate(slides)]
            else:
                made += slides
            used |= {slide.title for slide in made}
        told.append(tuple(made))
    return told


def _opened(section: Section, page: Page, drafts: Sequence[Draft], first: int) -> tuple[Draft, ...]:
    """The section's slides, of which `first` is the number of the first, with its opener before them.

    The opener has the numbers of the others, and may take more than the one slide that it is first taken to have.
    """
    opening: tuple[Draft, ...] = ()
    count = 1
    for _ in range(2):
        numbers = words.slide_range(first, first + count + len(drafts) - 1).capitalize()
        opening = opener(section, page, _contents(drafts, first + count), numbers)
        if len(opening) == count:
            break
        count = len(opening)
    return (*opening, *drafts)


def _stem(draft: Draft) -> str:
    return shortened(draft.title, draft.page.look).removesuffix(f" {words.CONTINUED}")


def _contents(drafts: Sequence[Draft], first: int) -> list[tuple[str, str]]:
    """The titles of `drafts`, the first of which is slide `first`, with their numbers: a block's slides in one line."""
    lines: list[tuple[str, str]] = []
    for title, members in groupby(enumerate(drafts, first), key=lambda item: _stem(item[1])):
        numbers = [number for number, _ in members]
        lines.append((str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}", title))
    return lines


def _ranges(counts: Sequence[int], before: int) -> list[tuple[int, int]]:
    """The first and last slide number of each section, after `before` slides."""
    ranges = []
    for count in counts:
        ranges.append((before + 1, before + count))
        before += count
    return ranges


def _titles(drafts: Sequence[Draft]) -> list[str]:
    """A title for each slide, unlike all before it: with its hint where several have the same, else with a number.

    A title that an opener or the title slide shows as it is belongs to that slide, also where another comes first.
    """
    plain = [shortened(draft.title or draft.page.eyebrow or words.OVERVIEW, draft.page.look) for draft in drafts]
    base = [_stem(draft) or title for draft, title in zip(drafts, plain, strict=True)]
    titles: list[str] = []
    used: set[str] = set()
    taken = {title for draft, title in zip(drafts, plain, strict=True) if draft.role in FIXED_TITLES}
    for draft, title, stem in zip(drafts, plain, base, strict=True):
        others = used if draft.role in FIXED_TITLES else used | taken
        chosen = title
        if draft.hint and base.count(stem) > 1:
            chosen = _ended(stem, f"({draft.hint})", draft.page.look)
        count = 1
        while chosen in others:
            count += 1
            number = f"({count})" if title == stem else f"{words.CONTINUED[:-1]}, {count})"
            chosen = _ended(stem, number, draft.page.look)
        used.add(chosen)
        titles.append(chosen)
    return titles


def _ended(title: str, end: str, look: Look) -> str:
    """`title` and then `end`; of the title only as much as leaves room for all of the end."""
    made = f"{title} {end}"
    kept = title.removesuffix(GLUED_CUT)
    while len(kept) > 1 and not title_fits(made, look):
        kept = kept.rpartition(" ")[0] or kept[:-1]
        made = f"{kept}{GLUED_CUT} {end}"
    return made


def _groups(brief: Brief, front: int, ranges: Sequence[tuple[int, int]], back: int) -> tuple[SlideGroup, ...]:
    groups = [SlideGroup(words.OVERVIEW, 1, front)]
    for section, (first, last) in zip(brief.sections, ranges, strict=True):
        groups.append(SlideGroup(section.heading, first, last - first + 1))
    end = ranges[-1][1] if ranges else front
    return (*groups, SlideGroup(words.SOURCES, end + 1, back)) if back else tuple(groups)
