"""What a handout of one sheet keeps: the most important passages, and a line on what was left out."""

from collections.abc import Iterator
from itertools import count as counting

from msgspec.structs import replace

from briefgen.model import Brief, Run
from briefgen.renderers.handout.printed import PrintedNote, Said, Sheet
from briefgen.renderers.handout.room import height, room
from briefgen.renderers.handout.sheet import sheet
from briefgen.renderers.handout.walk import mapped, passages, recounted

_RANKS = {kind: rank for rank, kind in enumerate(("quotation", "prose", "people", "timeline", "chart", "glossary"))}
"""Kinds of blocks in order of importance; all others come after them."""
_Unit = tuple[tuple[int, ...], tuple[int, ...]]
"""How important some passages are, smallest first, and their places in the order of print."""


def handout_sheet(brief: Brief, printed: Sheet | None = None, footnotes: bool = False) -> Sheet:
    """What the handout of `brief` prints: all that is `printed`, or what of it fits where it asks for one page."""
    whole = printed or sheet(brief)
    return fitted(whole, brief, footnotes) if brief.handout.one_page else whole


def droppable(sheet: Sheet) -> int:
    """How many times `shortened` can leave out more."""
    return len(_units(sheet))


def shortened(sheet: Sheet, count: int) -> Sheet:
    """The sheet without the `count` least important of its passages, saying in the end what was left out.

    The first to go, all at once, are the pages of the whole, the questions made from statements, the works that the
    sources cite, and lines to write on. Then go the lists of what sources differ on, the talking points, and passages
    by their place in their block, the last first: so each block keeps its first as long as it can. Of equals,
    quotations and people stay before chronologies, and these before lists and tables; earlier sections stay before
    later ones. What opens a section goes last. The two sides of a line of a comparison, and all that is said of one
    difference, go together. Notes keep their numbers, are in their short form, and go with their last passage.
    """
    if count <= 0:
        return sheet
    units = sorted(_units(sheet))
    gone = {place for _, places in units[max(0, len(units) - count) :] for place in places}
    bare = tuple(replace(section, lines=0) for section in sheet.sections)
    bare_sheet = replace(sheet, sections=bare, appendix=(), quiz=(), cited=())
    places = counting()
    kept = mapped(bare_sheet, lambda said: None if next(places) in gone else said)
    sections = tuple(one for one in kept.sections if one.lead or one.blocks)
    numbers = {gap.number for section in sections for said in passages(section) for gap in said.gaps}
    answers = tuple(answer for answer in sheet.answers if answer.number in numbers)
    made = recounted(replace(kept, sections=sections, answers=answers))
    notes = tuple(replace(note, runs=_brief(note)) for note in made.notes if note.uses)
    return replace(made, notes=notes, left_out=_left_out(sheet, made))


def fitted(sheet: Sheet, brief: Brief, footnotes: bool = False) -> Sheet:
    """The sheet with as much as fits one page, by the measured estimate of `room`."""
    space = room(brief.handout.paper)
    few, many = 0, droppable(sheet)
    while few < many:
        middle = (few + many) // 2
        if height(shortened(sheet, middle), brief, footnotes) <= space:
            many = middle
        else:
            few = middle + 1
    return shortened(sheet, few)


def _brief(note: PrintedNote) -> tuple[Run, ...]:
    return (Run(note.short),) if note.short else note.runs


def _units(sheet: Sheet) -> list[_Unit]:
    """What can be left out, with its importance; places are counted as `mapped` comes to them."""
    places = counting()
    units: list[_Unit] = []
    for at, section in enumerate(sheet.sections):
        units += [((2, index, at), (next(places),)) for index, _ in enumerate(section.points)]
        units += [((0, index, at), (next(places),)) for index, _ in enumerate(section.lead)]
        for number, block in enumerate(section.blocks):
            rank = _RANKS.get(block.kind, len(_RANKS))
            for index, row in enumerate(block.rows):
                own = [next(places) for said in row if said]
                together = [tuple(own)] if block.kind == "compare" else [(place,) for place in own]
                units += [((1, index + later, rank, at, number), one) for later, one in enumerate(together)]
            units += [((1, index, rank, at, number), (next(places),)) for index, _ in enumerate(block.ties)]
    for index, conflict in enumerate(sheet.conflicts):
        units.append(((3, index), tuple(next(places) for _ in conflict.said)))
    return units


def _left_out(before: Sheet, after: Sheet) -> str:
    """What is no longer printed, in a sentence."""
    still = {said.id for said in _printed(after)}
    gone = [said.id for said in _printed(before) if said.id not in still]
    sections = [section for section in before.sections if any(said.id in set(gone) for said in passages(section))]
    count = len(set(gone))
    told = (
        [_counted(count, "passage") + (f" of {_counted(len(sections), 'section')}" if sections else "")]
        if count
        else []
    )
    told += [
        block.title.lower() if block.title == "People" else f"the {block.title.lower()}" for block in before.appendix
    ]
    told += ["the questions"] if before.quiz else []
    told += ["the works that the sources cite"] if before.cited else []
    return f"Left out for room: {', '.join(told)}." if told else ""


def _printed(sheet: Sheet) -> Iterator[Said]:
    for section in sheet.sections:
        yield from passages(section)
    for conflict in sheet.conflicts:
        yield from conflict.said


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
