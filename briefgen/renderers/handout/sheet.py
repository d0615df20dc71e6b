"""Which passages of a brief a handout prints, and in what order: in full, each once a section, with its note marks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model import (
    Brief,
    BriefBlock,
    Chart,
    Compare,
    Edition,
    Glossary,
    Image,
    Note,
    People,
    Person,
    Question,
    Questions,
    Quotation,
    Run,
    Section,
    Span,
    Statement,
    Table,
    Timeline,
    plain,
    statements_in,
    statements_of,
)
from briefgen.quiz import quiz_of
from briefgen.renderers.handout.blanks import blanks
from briefgen.renderers.handout.editions import edited
from briefgen.renderers.handout.printed import (
    Mark,
    PrintedBlock,
    PrintedConflict,
    PrintedNote,
    PrintedSection,
    PrintedTie,
    Said,
    Sheet,
    WorksCited,
)


class _Choice(Struct):
    """What is printed of one statement, and the notes that it carries for itself, first, and for what it stands for."""

    runs: tuple[Run, ...]
    notes: list[int]


class _Printed(Struct):
    """A passage, or other words, that a choice prints, and the `row` in which it does."""

    key: Span | str
    choice: _Choice
    row: tuple[int, int]


# Opening statements claim their passages first; then what has a fixed place, and lists last; of these the longest, so
# that a passage within another is not printed before it.
_Place = tuple[int, int]
_OPENING = -1
_FIXED = (Timeline, Table, People, Quotation, Compare, Image)
_COMPLETE = (Quotation, Compare, Image)
_AS_SHOWN = (Table, Glossary, Chart)


def sheet(brief: Brief, edition: Edition | None = None) -> Sheet:
    """What one edition of the handout of `brief` prints, as `sheets` has it, with questions made for it alone."""
    return sheets(brief, (edition,), quiz_of(brief) if edition else ())[edition]


def sheets(
    brief: Brief, editions: Sequence[Edition | None], questions: Sequence[Question]
) -> Mapping[Edition | None, Sheet]:
    """What the handout of `brief` prints, by edition; `questions` are those that editions print.

    All editions have the same passages, blanks and questions, which are chosen once. In the end come the pages of the
    whole, and what an edition adds.
    """
    bare = _whole(brief)
    made = (question for question in questions if question.kind != "open")  # the instructor's stand in their sections
    whole = replace(bare, quiz=tuple(replace(question, number=number) for number, question in enumerate(made, 1)))
    gaps = blanks(whole, brief, brief.handout.blanks) if any(editions) else {}
    return {edition: edited(replace(whole, edition=edition) if edition else bare, brief, gaps) for edition in editions}


def _whole(brief: Brief) -> Sheet:
    """The passages, notes and works that every edition prints.

    A statement is shown as the full passage behind it, or in the instructor's wording if it has one. A passage that
    occurs several times in a section is printed once, with the notes of all: in the section's opening if it is there,
    else in a chronology or the like, else in a list. An event or a person's fact whose passage already stands elsewhere
    has the statement's own shorter wording, and is left out where that is no shorter, or where the person's own row
    has the passage. Quotations and comparisons are
    always complete, and so are captions; tables show their cells, and glossaries and charts just what they show on
    slides.
    """
    marker = _Marker(brief)
    sections = tuple(_section(section, marker) for section in brief.sections)
    conflicts = _conflicts(brief, marker)
    notes = tuple(
        PrintedNote(one.number, one.runs, marker.uses.get(one.number, 0), _own_url(one), one.short)
        for one in brief.notes
    )
    labels = {source.id: source.label or source.title for source in brief.sources}
    citing = dict.fromkeys(entry.cited_by for entry in brief.bibliography if entry.cited_by)
    cited = tuple(
        WorksCited(labels.get(source, ""), tuple(entry for entry in brief.bibliography if entry.cited_by == source))
        for source in citing
    )
    sources = tuple(entry for entry in brief.bibliography if not entry.cited_by)
    return Sheet(sections, notes, sources, cited, conflicts)


def _conflicts(brief: Brief, marker: "_Marker") -> tuple[PrintedConflict, ...]:
    """All that the sources differ on, every statement in full, whether a section has it or not."""
    stated = {one.id: one for section in brief.sections for one in statements_of(section)}
    stated |= {one.id: one for one in brief.aside}
    return tuple(
        PrintedConflict(
            conflict.what,
            tuple(
                marker.said(one, _Choice(_in_full(one), list(one.notes)))
                for one in (stated[name] for name in conflict.statements if name in stated)
            ),
        )
        for conflict in brief.conflicts
    )


def _own_url(note: Note) -> str | None:
    return None if any(run.url for run in note.runs) else note.url


class _Marker:
    """Numbers the uses of each note, in the order in which passages are printed."""

    def __init__(self, brief: Brief) -> None:
        self.short = {note.number: note.short for note in brief.notes}
        self.languages = {source.id: source.language or "" for source in brief.sources}
        self.uses: dict[int, int] = {}

    def said(self, statement: Statement, choice: _Choice) -> Said:
        marks = []
        for number in sorted(choice.notes):
            self.uses[number] = self.uses.get(number, 0) + 1
            marks.append(Mark(number, self.uses[number], number in self.short))
        date = (statement.date.label or statement.date.text) if statement.date else ""
        short = next((self.short[number] for number in choice.notes if self.short.get(number)), "")
        own = statement.kind == "instructor"
        reworded = own and statement.passage is not None
        spoken = self.languages.get(statement.passage.span.source, "") if statement.passage and not own else ""
        return Said(choice.runs, tuple(marks), date, short, own, reworded, id=statement.id, language=spoken)


def _section(section: Section, marker: _Marker) -> PrintedSection:
    choices = _choices(section)
    lead = tuple(
        marker.said(statement, choices[_OPENING, index])
        for index, statement in enumerate(section.opening)
        if (_OPENING, index) in choices
    )
    blocks: list[PrintedBlock] = []
    for number, block in enumerate(section.blocks):
        said = iter(
            [
                marker.said(statement, choices[number, index]) if (number, index) in choices else None
                for index, statement in enumerate(statements_in(block))
            ]
        )
        printed = _printed(block, said)
        if printed.title == section.heading and not any(other.title for other in blocks):
            printed = replace(printed, title="")
        if printed.rows or printed.questions or printed.image or printed.ties:
            blocks.append(printed)
    return PrintedSection(section.number, section.heading, section.question, lead, tuple(blocks))


# Which passage is printed where ---------------------------------------------------------------------------------


def _choices(section: Section) -> dict[_Place, _Choice]:
    fixed = {number for number, block in enumerate(section.blocks) if isinstance(block, _FIXED)}
    places: list[tuple[_Place, Statement]] = [((_OPENING, i), statement) for i, statement in enumerate(section.opening)]
    for number, block in enumerate(section.blocks):
        places += [((number, index), statement) for index, statement in enumerate(statements_in(block))]
    blocks: dict[int, BriefBlock] = dict(enumerate(section.blocks))
    rows = {number: _rows(block) for number, block in blocks.items()}
    places.sort(key=lambda item: (item[0][0] != _OPENING, item[0][0] not in fixed, -_length(item[1]), item[0]))
    chosen: dict[_Place, _Choice] = {}
    printed: list[_Printed] = []
    for place, statement in places:
        block_here = blocks.get(place[0])
        row = (place[0], rows[place[0]][place[1]]) if block_here else place
        own = _Choice(statement.runs, list(dict.fromkeys(statement.notes)))
        keeper = _keeper(statement, printed)
        if isinstance(block_here, _AS_SHOWN):
            chosen[place] = own
        elif keeper is None:
            chosen[place] = _Choice(_in_full(statement), own.notes)
            printed.append(_Printed(_key(statement), chosen[place], row))
        elif isinstance(block_here, _COMPLETE) or (
            isinstance(block_here, _FIXED) and keeper.row != row and _is_new(statement, printed)
        ):
            chosen[place] = own
            printed.append(_Printed(statement.text, own, row))
        else:
            kept = keeper.choice.notes
            kept += [number for number in own.notes if number not in kept]
    return chosen


def _rows(block: BriefBlock) -> list[int]:
    """For each statement of a block, the number of the row that it stands in."""
    if isinstance(block, People):
        return [at for at, person in enumerate(block.people) for _ in person.facts]
    return [at for at, _ in enumerate(statements_in(block))]


def _length(statement: Statement) -> int:
    key = _key(statement)
    return 0 if isinstance(key, str) else key.end - key.start


def _key(statement: Statement) -> Span | str:
    sourced = statement.passage and statement.kind != "instructor"
    return statement.passage.span if statement.passage and sourced else statement.text


def _keeper(statement: Statement, printed: Iterable[_Printed]) -> _Printed | None:
    """What already prints the passage of `statement`, alone or within a longer one."""
    key = _key(statement)
    return next((one for one in printed if one.key == key or _holds(one.key, key)), None)


def _holds(outer: Span | str, inner: Span | str) -> bool:
    if isinstance(outer, str) or isinstance(inner, str):
        return False
    same = (outer.source, outer.block) == (inner.source, inner.block)
    return same and outer.start <= inner.start and inner.end <= outer.end


def _is_new(statement: Statement, printed: Iterable[_Printed]) -> bool:
    return all(plain(one.choice.runs) != statement.text for one in printed)


def _in_full(statement: Statement) -> tuple[Run, ...]:
    if statement.passage is None or statement.passage.text == statement.text or statement.kind == "instructor":
        return statement.runs
    return (Run(statement.in_full),)


# Blocks with their passages -------------------------------------------------------------------------------------


def _printed(block: BriefBlock, said: Iterator[Said | None]) -> PrintedBlock:
    """`block` with the passages chosen for its statements, which `said` gives in the order of `_statements`."""
    match block:
        case People():
            return _print_people("people", block.title, block.people, said)
        case Chart():
            printed = _print_people("chart", block.title, block.people, said)
            return replace(printed, ties=tuple(_print_ties(block, said)))
        case Table():
            rows = tuple((one,) for one in said)
            return PrintedBlock("table", block.title, rows, block.columns, tuple(row.cells for row in block.rows))
        case Compare():
            left, right = ([next(said) for _ in side.statements] for side in (block.left, block.right))
            heads = (block.left.label, block.right.label)
            return PrintedBlock("compare", block.title, tuple(zip_longest(left, right)), heads)
        case Image():
            caption = tuple((one,) for one in said if one)
            return PrintedBlock("image", block.title, caption, image=block)
        case Questions():
            return PrintedBlock("questions", block.title, questions=block.questions)
        case Glossary():
            terms = tuple(entry.term for entry in block.entries)
            return PrintedBlock("glossary", block.title, tuple((one,) for one in said if one), names=terms)
        case _:
            kind = block.__struct_config__.tag
            return PrintedBlock(str(kind), block.title, tuple((one,) for one in said if one))


def _print_people(kind: str, title: str, people: Sequence[Person], said: Iterator[Said | None]) -> PrintedBlock:
    """Those of whom something is printed."""
    facts = [tuple(one for one in [next(said) for _ in person.facts] if one) for person in people]
    kept = [(person, row) for person, row in zip(people, facts, strict=True) if row]
    return PrintedBlock(
        kind,
        title,
        tuple(row for _, row in kept),
        names=tuple(person.name for person, _ in kept),
        dead=tuple(person.dead for person, _ in kept),
    )


def _print_ties(block: Chart, said: Iterator[Said | None]) -> Iterator[PrintedTie]:
    """The ties, each with the words that it rests on; where these stand in a row above, with their note alone."""
    told: set[str] = set()
    for tie, one in zip(block.ties, said, strict=True):
        names = [block.people[other].name for other in tie.of]
        if one:
            shown = replace(one, runs=()) if tie.statement.text in told else one
            told.add(tie.statement.text)
            yield PrintedTie(block.people[tie.who].name, tie.word, ", ".join(names), shown)
