"""Statements and notes numbered in the order in which they are read, whatever the order in which they were chosen."""

from collections.abc import Callable

from msgspec.structs import replace

from briefgen.compose.readings import merged
from briefgen.model import (
    BriefBlock,
    Bullets,
    Chart,
    Compare,
    Glossary,
    Image,
    People,
    Prose,
    Questions,
    Quotation,
    Section,
    Statement,
    Table,
    Timeline,
)


def in_reading_order(
    sections: tuple[Section, ...], aside: tuple[Statement, ...] = ()
) -> tuple[tuple[Section, ...], tuple[Statement, ...], tuple[int, ...]]:
    """The sections and then `aside` with ids and note numbers counted anew, and the old number of each note by its
    new one, from 1.

    Each statement has as few runs as its styles need.
    """
    count = iter(range(1, 10**9))
    numbers: dict[int, int] = {}

    def renumbered(statement: Statement) -> Statement:
        notes = tuple(numbers.setdefault(note, len(numbers) + 1) for note in statement.notes)
        return replace(statement, id=f"s{next(count):03}", notes=notes, runs=merged(statement.runs))

    ordered = tuple(changed(section, renumbered) for section in sections)
    return ordered, tuple(map(renumbered, aside)), tuple(numbers)


_Change = Callable[[Statement], Statement]


def changed(section: Section, change: _Change) -> Section:
    """The section with each statement as `change` makes it, in reading order."""
    opening = tuple(map(change, section.opening))
    return replace(section, opening=opening, blocks=tuple(_block(block, change) for block in section.blocks))


def _block(block: BriefBlock, change: _Change) -> BriefBlock:
    match block:
        case Bullets() | Prose():
            return replace(block, statements=tuple(map(change, block.statements)))
        case Timeline():
            return replace(block, events=tuple(map(change, block.events)))
        case People() | Chart() | Glossary():
            return _under_names(block, change)
        case Table():
            return replace(block, rows=tuple(replace(row, statement=change(row.statement)) for row in block.rows))
        case Quotation():
            return replace(block, statement=change(block.statement))
        case Compare():
            left, right = (
                replace(side, statements=tuple(map(change, side.statements))) for side in (block.left, block.right)
            )
            return replace(block, left=left, right=right)
        case Image():
            return replace(block, caption=change(block.caption) if block.caption else None)
        case Questions():
            return block


def _under_names(block: People | Chart | Glossary, change: _Change) -> BriefBlock:
    if isinstance(block, Glossary):
        entries = (replace(one, statement=change(one.statement)) for one in block.entries)
        return replace(block, entries=tuple(entries))
    people = tuple(replace(one, facts=tuple(map(change, one.facts))) for one in block.people)
    if isinstance(block, People):
        return replace(block, people=people)
    ties = tuple(replace(tie, statement=change(tie.statement)) for tie in block.ties)
    return replace(block, people=people, ties=ties)
