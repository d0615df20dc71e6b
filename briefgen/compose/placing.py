"""Statements and blocks in place: shown as the outline has them, each with its note, nothing chosen."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.blocks.table import HEADS
from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import Desk
from briefgen.compose.places import Places, Wanted
from briefgen.compose.readings import Reading, joined, left_out, lost_word, pieces_of, reading, unmarked
from briefgen.compose.trim import ELLIPSIS, keeps_meaning
from briefgen.model import (
    BriefBlock,
    Bullets,
    BulletsBlock,
    Chart,
    ChartBlock,
    Chosen,
    ChosenPerson,
    ChosenRow,
    ChosenTerm,
    Compare,
    CompareBlock,
    CompareSide,
    DateMention,
    Definition,
    Glossary,
    GlossaryBlock,
    ImageBlock,
    Insertion,
    OutlineBlock,
    OutlineSection,
    Passage,
    People,
    PeopleBlock,
    Person,
    QuestionsBlock,
    Quotation,
    QuoteBlock,
    Row,
    Run,
    SayBlock,
    Side,
    Span,
    Statement,
    Table,
    TableBlock,
    Tie,
    Timeline,
    TimelineBlock,
    plain,
)
from briefgen.problems import Location, Problem, error, nearest, warning

NOT_SAID = ("date", "source")
"""Columns whose cells name a passage's date and source, and are no words of it."""


class Bench(Struct, frozen=True):
    """What placing needs: the desk, where passages are found, the block's place, and its title where it has none."""

    desk: Desk
    places: Places
    where: Location
    title: str


def chosen_in(block: OutlineBlock) -> Iterator[Chosen | ChosenRow]:
    """The statements that are in place in a block of an outline."""
    match block:
        case BulletsBlock():
            yield from block.statements
        case TimelineBlock():
            yield from block.events
        case PeopleBlock():
            yield from (fact for card in block.cards for fact in card.facts)
        case TableBlock():
            yield from block.rows
        case QuoteBlock():
            yield from (block.statement,) if block.statement else ()
        case CompareBlock():
            yield from (*block.left.statements, *block.right.statements)
        case ChartBlock():
            yield from (fact for box in block.boxes for fact in box.facts)
            yield from (tie.statement for tie in block.ties)
        case GlossaryBlock():
            yield from (entry.statement for entry in block.entries)


def is_in_place(block: OutlineBlock) -> bool:
    """Whether the outline says all that the block shows, so that nothing is left to choose."""
    return isinstance(block, SayBlock | QuestionsBlock | ImageBlock) or any(True for _ in chosen_in(block))


def all_in_place(section: OutlineSection) -> bool:
    """Whether the outline says all that the section shows."""
    opened = section.opening is not None or section.topic is None
    return opened and bool(section.blocks) and all(is_in_place(located.block) for located in section.blocks)


def reserve(sections: Sequence[OutlineSection], places: Places, desk: Desk) -> None:
    """Tells the desk what is in place in all sections, so that no block that is left to choose says it, too."""
    for section in sections:
        blocks = [one for located in section.blocks for one in chosen_in(located.block)]
        for chosen in (*(section.opening or ()), *blocks):
            found, _ = places.find(_wanted(chosen, section.where))
            if found:
                desk.reserve(found)


def block_in_place(block: OutlineBlock, bench: Bench) -> BriefBlock | None:
    """The block as the outline has it, without the statements whose passages are gone; none where nothing is left."""
    title, where = getattr(block, "title", None) or bench.title, bench.where
    match block:
        case BulletsBlock():
            said = statements_in_place(block.statements, bench)
            return Bullets(title, said, where) if said else None
        case TimelineBlock():
            said = statements_in_place(block.events, bench)
            return Timeline(title, said, where) if said else None
        case PeopleBlock():
            cards = tuple(card for one in block.cards if (card := _person(one, bench)))
            return People(title, cards, where) if cards else None
        case TableBlock():
            rows = tuple(row for one in block.rows if (row := _row(one, block.columns, bench)))
            return Table(title, tuple(HEADS[name] for name in block.columns), rows, where) if rows else None
        case QuoteBlock():
            said = statements_in_place((block.statement,) if block.statement else (), bench)
            return Quotation(title, said[0], where) if said else None
        case CompareBlock():
            left, right = _side(block.left, bench), _side(block.right, bench)
            return Compare(title, left, right, where) if left.statements and right.statements else None
        case ChartBlock():
            return _chart(block, title, bench)
        case GlossaryBlock():
            entries = tuple(entry for one in block.entries if (entry := _entry(one, bench)))
            return Glossary(title, entries, where) if entries else None
    return None


def misfits(block: OutlineBlock, where: Location) -> Iterator[Problem]:
    """What a block has beside its statements in place that is not used, and a side of a comparison without any."""
    if isinstance(block, SayBlock | QuestionsBlock | ImageBlock):
        return
    sides = (block.left, block.right) if isinstance(block, CompareBlock) else ()
    for side in sides:
        if not side.statements:
            hint = "give it statements, too, or take those of the other side out"
            yield error(f"the side {side.label!r} has no statements in place, the other has", hint, where)
    asked = ("query", "find", "from_", "to", "terms")
    given = [name for one in sides or (block,) for name in asked if getattr(one, name, None) not in (None, ())]
    if given:
        message = f"{given[0].strip('_')!r} chooses nothing here, since the statements are in place"
        yield warning(message, "take it out, or take the statements out to have them chosen", where)


def statements_in_place(chosen: Sequence[Chosen], bench: Bench) -> tuple[Statement, ...]:
    return tuple(made for one in chosen if (made := _statement(one, bench)))


def _person(card: ChosenPerson, bench: Bench) -> Person | None:
    facts = statements_in_place(card.facts, bench)
    return Person(card.name, facts, card.dead) if facts else None


def _chart(block: ChartBlock, title: str, bench: Bench) -> Chart | None:
    """The chart with the ties whose passages are there and whose persons have boxes, and the boxes that these join."""
    names = [box.name for box in block.boxes]
    problems = bench.desk.problems
    ties = []
    for tie in block.ties:
        unknown = [name for name in (tie.who, *tie.of) if name not in names]
        problems += [error(f"no box has the name {name!r}", nearest(name, names), bench.where) for name in unknown]
        said = statements_in_place((tie.statement,), bench) if not unknown and tie.of else ()
        of = tuple(names.index(name) for name in tie.of if name in names)
        ties += [Tie(names.index(tie.who), tie.word, of, one, tie.below, tie.kind, not tie.unsure) for one in said]
    joined = {number for tie in ties for number in (tie.who, *tie.of)}
    problems += [
        error(f"no tie joins {name!r} to another", "give it one under `ties`, or take the box out", bench.where)
        for number, name in enumerate(names)
        if ties and number not in joined
    ]
    people = tuple(Person(box.name, statements_in_place(box.facts, bench), box.dead) for box in block.boxes)
    return _joined_alone(Chart(title, people, tuple(ties), bench.where), sorted(joined)) if ties else None


def _joined_alone(chart: Chart, joined: Sequence[int]) -> Chart:
    """The chart without the boxes that no tie joins."""
    place = {number: index for index, number in enumerate(joined)}
    ties = (replace(tie, who=place[tie.who], of=tuple(place[one] for one in tie.of)) for tie in chart.ties)
    return replace(chart, people=tuple(chart.people[number] for number in joined), ties=tuple(ties))


def _entry(entry: ChosenTerm, bench: Bench) -> Definition | None:
    said = statements_in_place((entry.statement,), bench)
    return Definition(entry.term, said[0]) if said else None


def _side(side: CompareSide, bench: Bench) -> Side:
    return Side(side.label, statements_in_place(side.statements, bench))


def _wanted(chosen: Chosen | ChosenRow, where: Location) -> Wanted:
    """The passage that a statement rests on; where it names none, the longest piece of its text without a cut."""
    words = chosen.passage or max(plain(unmarked(chosen.text or "")).split("…"), key=len).strip()
    if not words and isinstance(chosen, ChosenRow):
        words = max((cell.removesuffix(ELLIPSIS) for cell in chosen.cells), key=len)
    return Wanted(words, chosen.source, chosen.span, chosen.where or where)


def _located(wanted: Wanted, bench: Bench) -> Candidate | None:
    found, problems = bench.places.find(wanted)
    bench.desk.problems.extend(problems)
    return found


def _statement(chosen: Chosen, bench: Bench) -> Statement | None:
    """The statement with its note; the instructor's wording where its words are not all the passage's."""
    found = _located(_wanted(chosen, bench.where), bench)
    if not found:
        return None
    text = chosen.text or found.text
    inserted = _inserted(chosen, found, bench)
    read = reading(text, found.text, chosen.parts, inserted)
    if not read and (lost := lost_word(text, found.text, inserted)):
        message = f"the text leaves out {lost!r}, so it is shown as your wording"
        hint = "keep the word, or leave it: the note leads to the passage"
        bench.desk.problems.append(warning(message, hint, chosen.where or bench.where))
    return _made(chosen, found, read, unmarked(text), bench)


def _inserted(chosen: Chosen | ChosenRow, found: Candidate, bench: Bench) -> tuple[Insertion, ...]:
    """The editor's words that a statement may have: those whose name the source still has."""
    made = []
    for one in chosen.inserted:
        span = bench.places.words_in(found.span.source, one.find, one.span)
        start, _, end = one.at.partition("-")
        if span and one.find in one.text and int(end) <= len(found.text):
            made.append(Insertion(int(start), int(end), one.text, span))
    return tuple(made)


def _row(chosen: ChosenRow, columns: Sequence[str], bench: Bench) -> Row | None:
    """The row with its note; the instructor's wording where a cell says what its passage does not."""
    found = _located(_wanted(chosen, bench.where), bench)
    if not found:
        return None
    source = bench.desk.library.source(found.span.source).title
    dates = {word for date in _dates(found) for word in (date.label, date.text)}
    known = {"date": dates, "source": {source}}
    named = all(not cell or cell in known.get(name, (cell,)) for name, cell in zip(columns, chosen.cells, strict=False))
    said = [cell for name, cell in zip(columns, chosen.cells, strict=False) if name not in NOT_SAID and cell]
    added = _inserted(chosen, found, bench)
    read = row_reading(said, found.text, chosen.text, chosen.parts, added) if named else None
    runs = (Run(" · ".join(filter(None, chosen.cells))),)
    statement = _made(chosen, found, read, runs, bench)
    cells = (*chosen.cells, *("" for _ in columns))[: len(columns)]
    return Row(cells, statement)


def row_reading(
    cells: Sequence[str],
    passage: str,
    text: str | None = None,
    parts: tuple[str, ...] = (),
    inserted: tuple[Insertion, ...] = (),
) -> Reading | None:
    """The cells as one reading of the passage, in its order; none if one is not of its words.

    With a `text` of the row, that reading of it.
    """
    own = "|".join(re.escape(one.text) for one in inserted) or "(?!)"
    said = [part.strip() for cell in cells for part in re.split(own, cell) if part.strip()]
    found = [pieces_of(part, passage) for part in said]
    pieces = tuple(sorted({piece for one in found for piece in one or ()}))
    if not pieces or not all(found):
        return None
    if text:
        return reading(text, passage, parts, inserted)
    goes_on = any(cell.endswith(ELLIPSIS) for cell in cells)
    runs = (Run(joined(pieces, passage) + ELLIPSIS * goes_on),)
    kept = not any(map(keeps_meaning, left_out(pieces, passage)))
    return Reading(pieces, runs, goes_on or len(pieces) > 1) if kept else None


def _made(
    chosen: Chosen | ChosenRow, found: Candidate, read: Reading | None, own: tuple[Run, ...], bench: Bench
) -> Statement:
    """The statement as read; in the instructor's words, `own`, where it could not be read."""
    desk, span = bench.desk, found.span
    pieces = read.pieces if read else ()
    wanted = (Wanted(one.find, one.source, one.span, one.where or bench.where) for one in chosen.also)
    also = [witness for one in wanted if (witness := _located(one, bench))]
    desk.shown.append(plain(read.runs if read else own))
    return Statement(
        id=desk.next_id(),
        kind="instructor" if not read else "trimmed" if read.trimmed else "verbatim",
        runs=read.runs if read else own,
        spans=tuple(Span(span.source, span.block, span.start + start, span.start + end) for start, end in pieces),
        passage=Passage(found.text, span),
        date=_date(chosen, found, bench),
        notes=tuple(desk.notebook.number(one.span, one.locator) for one in (found, *also)),
        inserted=read.inserted if read else (),
        corroborated_by=tuple(dict.fromkeys(one.span.source for one in also if one.span.source != span.source)),
    )


def _dates(found: Candidate) -> tuple[DateMention, ...]:
    """The dates of a passage, that of what it tells first."""
    return (*((found.date,) if found.date else ()), *found.dates)


def _date(chosen: Chosen | ChosenRow, found: Candidate, bench: Bench) -> DateMention | None:
    """The date of the passage that the outline names; none, and a problem, where the passage has no such date."""
    if chosen.date is None:
        return None
    wanted = str(chosen.date)
    dates = _dates(found)
    same = next((date for date in dates if wanted in (date.edtf, date.label, date.text)), None)
    if same is None:
        hint = f"its dates are: {', '.join(dict.fromkeys(date.edtf for date in dates)) or 'none'}"
        where = chosen.where or bench.where
        bench.desk.problems.append(warning(f"the passage has no date {wanted!r}, shown without one", hint, where))
    return same
