"""A handout's passages one after the other, in the order in which they are printed."""

from collections.abc import Callable, Iterator
from itertools import chain

from msgspec.structs import replace

from briefgen.renderers.handout.printed import Mark, PrintedBlock, PrintedNote, PrintedSection, Said, Sheet

Change = Callable[[Said], Said | None]
"""What becomes of a passage; none takes it out."""


def mapped(sheet: Sheet, change: Change) -> Sheet:
    """The sheet with each passage changed, in the order of print. Blocks that have lost all are taken out."""
    sections = tuple(mapped_section(section, change) for section in sheet.sections)
    conflicts = tuple(replace(one, said=_kept(one.said, change)) for one in sheet.conflicts)
    appendix = tuple(block for one in sheet.appendix if has_matter(block := mapped_block(one, change)))
    return replace(sheet, sections=sections, conflicts=tuple(one for one in conflicts if one.said), appendix=appendix)


def mapped_section(section: PrintedSection, change: Change) -> PrintedSection:
    """A section with each of its passages changed, its talking points first."""
    points, lead = _kept(section.points, change), _kept(section.lead, change)
    blocks = tuple(block for one in section.blocks if has_matter(block := mapped_block(one, change)))
    return replace(section, points=points, lead=lead, blocks=blocks)


def mapped_block(block: PrintedBlock, change: Change) -> PrintedBlock:
    """A block with each of its passages changed; a row goes with its last passage, and with it its name or cells."""
    rows = [tuple(change(said) if said else None for said in row) for row in block.rows]
    if block.kind != "compare":
        rows = [tuple(said for said in row if said) for row in rows]
    kept = [index for index, row in enumerate(rows) if any(row)]
    ties = ((tie, change(tie.said)) for tie in block.ties)
    return replace(
        block,
        rows=tuple(rows[index] for index in kept),
        cells=tuple(block.cells[index] for index in kept) if block.cells else (),
        names=tuple(block.names[index] for index in kept) if block.names else (),
        dead=tuple(block.dead[index] for index in kept) if block.dead else (),
        ties=tuple(replace(tie, said=said) for tie, said in ties if said),
    )


def has_matter(block: PrintedBlock) -> bool:
    """Whether there is anything in a block to print."""
    return bool(block.rows or block.questions or block.image or block.ties)


def passages(section: PrintedSection) -> Iterator[Said]:
    """The passages of a section in the order of print, without its talking points."""
    return chain(section.lead, *map(passages_in, section.blocks))


def passages_in(block: PrintedBlock) -> Iterator[Said]:
    """The passages of a block in the order of print."""
    yield from (said for row in block.rows for said in row if said)
    yield from (tie.said for tie in block.ties)


def recounted(sheet: Sheet) -> Sheet:
    """The sheet with the uses of each note counted anew, in the order of print."""
    uses: dict[int, int] = {}

    def count(said: Said) -> Said:
        marks = []
        for mark in said.marks:
            uses[mark.number] = uses.get(mark.number, 0) + 1
            marks.append(Mark(mark.number, uses[mark.number], mark.known))
        return replace(said, marks=tuple(marks))

    counted = mapped(sheet, count)
    notes = tuple(_with_uses(note, uses.get(note.number, 0)) for note in sheet.notes)
    return replace(counted, notes=notes)


def _with_uses(note: PrintedNote, uses: int) -> PrintedNote:
    return replace(note, uses=uses)


def _kept(said: tuple[Said, ...], change: Change) -> tuple[Said, ...]:
    return tuple(one for one in map(change, said) if one)
