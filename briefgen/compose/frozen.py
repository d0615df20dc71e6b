"""A Brief written back as sections of an outline, with every statement in place."""

from collections.abc import Mapping, Sequence

from briefgen.compose.blocks.table import HEADS
from briefgen.compose.placing import NOT_SAID, row_reading
from briefgen.compose.readings import Reading, marked, reading
from briefgen.compose.sections import UNTITLED
from briefgen.library import Library
from briefgen.model import (
    Bracketed,
    Brief,
    BriefBlock,
    Bullets,
    BulletsBlock,
    Chart,
    ChartBlock,
    Chosen,
    ChosenPerson,
    ChosenRow,
    ChosenTerm,
    ChosenTie,
    Compare,
    CompareBlock,
    CompareSide,
    Find,
    Glossary,
    GlossaryBlock,
    Image,
    ImageBlock,
    Insertion,
    LocatedBlock,
    OutlineBlock,
    OutlineSection,
    People,
    PeopleBlock,
    Person,
    Prose,
    Questions,
    QuestionsBlock,
    Quotation,
    QuoteBlock,
    Row,
    SayBlock,
    Section,
    Side,
    Span,
    Statement,
    Table,
    TableBlock,
    Tie,
    Timeline,
    TimelineBlock,
)

_COLUMNS = {head: name for name, head in HEADS.items()}


def frozen_sections(brief: Brief, library: Library) -> tuple[OutlineSection, ...]:
    """The sections of `brief` as an outline has them that leaves nothing to choose; composed, they are as in `brief`.

    Each section and block has the place of the outline's that it was made from.
    """
    freezer = _Freezer({note.number: note.span for note in brief.notes if note.span}, library)
    return tuple(freezer.section(section) for section in brief.sections)


class _Freezer:
    """Writes blocks and statements back; `spans` are those of the notes, by number."""

    def __init__(self, spans: Mapping[int, Span], library: Library) -> None:
        self._spans = spans
        self._library = library

    def section(self, section: Section) -> OutlineSection:
        return OutlineSection(
            where=section.where,
            topic=section.topic or None,
            title=section.heading if section.heading != UNTITLED else None,
            question=section.question or None,
            opening=self._chosen(section.opening) if section.topic else None,
            blocks=tuple(LocatedBlock(self.block(block), block.where) for block in section.blocks),
        )

    def block(self, block: BriefBlock) -> OutlineBlock:
        match block:
            case Bullets():
                return BulletsBlock(title=block.title or None, statements=self._chosen(block.statements))
            case Timeline():
                return TimelineBlock(title=block.title or None, events=self._chosen(block.events))
            case Table():
                columns = tuple(_COLUMNS[head] for head in block.columns)
                rows = tuple(self._row(row, columns) for row in block.rows)
                return TableBlock(title=block.title or None, columns=columns, rows=rows)
            case Quotation():
                return QuoteBlock(title=block.title or None, statement=self._one(block.statement))
            case Compare():
                return CompareBlock(self._side(block.left), self._side(block.right), block.title or None)
            case Prose():
                (said,) = block.statements
                return SayBlock(said.text, tuple(self._find(self._spans[note]) for note in said.notes), block.title)
            case Image():
                return _image(block)
            case Questions():
                return QuestionsBlock(block.questions, block.title)
            case People() | Chart() | Glossary():
                return self._named(block)

    def _named(self, block: People | Chart | Glossary) -> OutlineBlock:
        """A block whose statements stand under names: of persons, or of terms."""
        title = block.title or None
        if isinstance(block, Glossary):
            entries = (ChosenTerm(one.term, self._one(one.statement)) for one in block.entries)
            return GlossaryBlock(title=title, entries=tuple(entries))
        cards = self._cards(block.people)
        if isinstance(block, People):
            return PeopleBlock(title=title, cards=cards)
        ties = tuple(self._tie(tie, [one.name for one in block.people]) for tie in block.ties)
        return ChartBlock(title=title, boxes=cards, ties=ties)

    def _cards(self, people: Sequence[Person]) -> tuple[ChosenPerson, ...]:
        return tuple(ChosenPerson(one.name, self._chosen(one.facts), one.dead) for one in people)

    def _tie(self, tie: Tie, names: Sequence[str]) -> ChosenTie:
        said = self._one(tie.statement)
        return ChosenTie(
            names[tie.who], tie.word, tuple(names[one] for one in tie.of), said, tie.below, tie.kind, not tie.sure
        )

    def _side(self, side: Side) -> CompareSide:
        return CompareSide(side.label, statements=self._chosen(side.statements))

    def _chosen(self, statements: Sequence[Statement]) -> tuple[Chosen, ...]:
        return tuple(map(self._one, statements))

    def _one(self, statement: Statement) -> Chosen:
        """The statement in place; its `parts` only where its words do not tell them."""
        assert statement.passage is not None
        text, passage = marked(statement.runs), statement.passage
        return Chosen(
            text=text,
            passage=passage.text,
            source=passage.span.source,
            span=passage.span.place,
            parts=() if _tells(reading(text, passage.text, (), statement.inserted), statement) else _parts(statement),
            date=statement.date.edtf if statement.date else None,
            also=self._also(statement),
            inserted=tuple(map(self._bracketed, statement.inserted)),
        )

    def _row(self, row: Row, columns: Sequence[str]) -> ChosenRow:
        """The row in place; its `text` and `parts` only where its cells do not tell them."""
        statement, passage = row.statement, row.statement.passage
        assert passage is not None
        said = [cell for name, cell in zip(columns, row.cells, strict=True) if name not in NOT_SAID and cell]
        told = statement.kind == "instructor" or _tells(
            row_reading(said, passage.text, inserted=statement.inserted), statement
        )
        return ChosenRow(
            cells=row.cells,
            text=None if told else marked(statement.runs),
            passage=passage.text,
            source=passage.span.source,
            span=passage.span.place,
            parts=() if told else _parts(statement),
            date=statement.date.edtf if statement.date else None,
            also=self._also(statement),
            inserted=tuple(map(self._bracketed, statement.inserted)),
        )

    def _also(self, statement: Statement) -> tuple[Find, ...]:
        """The passages of the notes that lead elsewhere than to the statement's own."""
        spans = (self._spans[note] for note in statement.notes if note in self._spans)
        return tuple(self._find(span) for span in spans if statement.passage and span != statement.passage.span)

    def _find(self, span: Span) -> Find:
        return Find(self._words(span), span.source, span.place)

    def _bracketed(self, one: Insertion) -> Bracketed:
        return Bracketed(one.text, f"{one.start}-{one.end}", self._words(one.span), one.span.place)

    def _words(self, span: Span) -> str:
        return self._library.source(span.source).blocks[span.block].text[span.start : span.end]


def _image(block: Image) -> ImageBlock:
    return ImageBlock(
        file=block.picture.path,
        credit=block.credit,
        alt=block.alt or None,
        decorative=not block.alt,
        license=block.license or None,
        title=block.title or None,
        caption=block.caption.text if block.caption else None,
    )


def _tells(read: Reading | None, statement: Statement) -> bool:
    """Whether reading the text alone gives the statement."""
    if read is None or statement.passage is None:
        return statement.kind == "instructor"
    start = statement.passage.span.start
    pieces = tuple((span.start - start, span.end - start) for span in statement.spans)
    kept = (pieces, statement.runs, statement.kind == "trimmed", statement.inserted)
    return (read.pieces, read.runs, read.trimmed, read.inserted) == kept


def _parts(statement: Statement) -> tuple[str, ...]:
    start = statement.passage.span.start if statement.passage else 0
    return tuple(f"{span.start - start}-{span.end - start}" for span in statement.spans)
