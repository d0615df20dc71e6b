"""What the composer makes and renderers read: a brief, its statements and notes."""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from briefgen.model.handout import Handout
from briefgen.model.source import DateMention, SourceKind, Span
from briefgen.problems import Location

StatementKind = Literal["verbatim", "trimmed", "instructor"]


class Run(Struct, frozen=True):
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


def plain(runs: tuple[Run, ...]) -> str:
    """The words of `runs`, without their styles."""
    return "".join(run.text for run in runs)


class Passage(Struct, frozen=True):
    """Whole sentences of a source: `text` is exactly what `span` names."""

    text: str
    span: Span


class Insertion(Struct, frozen=True):
    """An editor's words in square brackets, set into a passage for its characters from `start` to `end`.

    `span` is where the name in them stands in the source.
    """

    start: int
    end: int
    text: str
    span: Span


class Statement(Struct, frozen=True):
    """One thing said on a slide or in a handout.

    Verbatim: the text is the one span's, which may leave out a date or name that opens the sentence and is shown beside
    it, or be a phrase of it that explains a term. Trimmed: the text is the spans' in order, with "…" where words of the
    passage are left out before, between or after them, and an editor's words where `inserted` has some. Instructor: no
    span; with a `passage` it is the instructor's wording of that, else the instructor's own words. `passage` holds the
    full sentences behind it. `notes` are numbers in `Brief.notes`. `corroborated_by` names the ids of other sources
    that say the same.
    """

    id: str
    kind: StatementKind
    runs: tuple[Run, ...]
    spans: tuple[Span, ...] = ()
    passage: Passage | None = None
    date: DateMention | None = None
    notes: tuple[int, ...] = ()
    corroborated_by: tuple[str, ...] = ()
    inserted: tuple[Insertion, ...] = ()

    @property
    def text(self) -> str:
        return plain(self.runs)

    @property
    def in_full(self) -> str:
        """The whole passage, with the editor's words in it; the text itself where there is no passage."""
        return with_insertions(self.passage.text, self.inserted) if self.passage else self.text


def with_insertions(text: str, inserted: tuple[Insertion, ...]) -> str:
    """`text` with each insertion in its place, a space after one that takes no word's place."""
    for one in reversed(inserted):
        text = text[: one.start] + one.text + (" " if one.start == one.end else "") + text[one.end :]
    return text


class Note(Struct, frozen=True):
    """A footnote: where a statement stands, and what the source itself cites for it.

    `runs` is the full citation in the outline's style. `short` fits a slide's foot; notes with the same `short`
    text have the same pin-point. `span` is the passage that it leads to.
    """

    number: int
    source: str
    runs: tuple[Run, ...]
    short: str
    locator: str = ""
    url: str | None = None
    span: Span | None = None


class Bullets(Struct, frozen=True, tag="bullets"):
    title: str
    statements: tuple[Statement, ...]
    where: Location


class Timeline(Struct, frozen=True, tag="timeline"):
    """Statements with dates, earliest first."""

    title: str
    events: tuple[Statement, ...]
    where: Location


class Person(Struct, frozen=True):
    """A person whom the sources introduce; `fate` says that one of the facts tells a death."""

    name: str
    facts: tuple[Statement, ...]
    dead: bool = False


class People(Struct, frozen=True, tag="people"):
    title: str
    people: tuple[Person, ...]
    where: Location


class Row(Struct, frozen=True):
    """A table row: one statement, cut into cells. An empty cell says that the source gives nothing for it."""

    cells: tuple[str, ...]
    statement: Statement


TieKind = Literal["kin", "marriage", "office"]


class Tie(Struct, frozen=True):
    """What a person is to others: `who` is the `word` of those in `of`, all by their places in a chart.

    `word` is the source's own, such as "son" or "succeeded"; where there are more than one, as of a son's parents, one
    sentence names them. `who` stands so many rows `below` them, or beside them. The `statement` names all; one that is
    not `sure` is told with a doubt, or as somebody's word.
    """

    who: int
    word: str
    of: tuple[int, ...]
    statement: Statement
    below: int = 0
    kind: TieKind = "kin"
    sure: bool = True


class Chart(Struct, frozen=True, tag="chart"):
    """Persons and how they are related; each of them has a tie to another."""

    title: str
    people: tuple[Person, ...]
    ties: tuple[Tie, ...]
    where: Location


class Table(Struct, frozen=True, tag="table"):
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    where: Location


class Quotation(Struct, frozen=True, tag="quotation"):
    title: str
    statement: Statement
    where: Location


class Side(Struct, frozen=True):
    label: str
    statements: tuple[Statement, ...]


class Compare(Struct, frozen=True, tag="compare"):
    title: str
    left: Side
    right: Side
    where: Location


class Prose(Struct, frozen=True, tag="prose"):
    """The instructor's own words."""

    title: str
    statements: tuple[Statement, ...]
    where: Location


class Questions(Struct, frozen=True, tag="questions"):
    title: str
    questions: tuple[str, ...]
    where: Location


class Picture(Struct, frozen=True):
    """A picture's file, by its path and what is in it, and the `width` and `height` in pixels at which it is shown.

    The pixels themselves are not part of a Brief: what writes a file is given them beside it, by `sha256`.
    """

    path: str
    sha256: str
    width: int
    height: int


class Pixels(Struct, frozen=True):
    """A picture as a whole PNG or JPEG file, ready to be shown."""

    data: bytes
    media_type: Literal["image/png", "image/jpeg"]


class Image(Struct, frozen=True, tag="image"):
    """A picture with whose it is. `alt` says in words what it shows; without any it is decoration.

    `caption` is the instructor's. Without a `title`, the words of `alt` stand in for it.
    """

    title: str
    picture: Picture
    alt: str
    credit: str
    where: Location
    license: str = ""
    caption: Statement | None = None

    @property
    def rights(self) -> str:
        """Whose the picture is, and under which licence."""
        return " · ".join(filter(None, (self.credit, self.license)))


class Definition(Struct, frozen=True):
    """A term, and the words of a source that explain it."""

    term: str
    statement: Statement


class Glossary(Struct, frozen=True, tag="glossary"):
    """Terms that the lecture uses, in order of the alphabet, accents aside."""

    title: str
    entries: tuple[Definition, ...]
    where: Location


BriefBlock = Bullets | Timeline | People | Table | Quotation | Compare | Prose | Questions | Image | Glossary | Chart


class Section(Struct, frozen=True):
    """`opening` holds a few statements that say at once what the section is about.

    `minutes` is how long it takes, where the outline tells.
    """

    number: int
    heading: str
    topic: str
    blocks: tuple[BriefBlock, ...]
    where: Location
    question: str = ""
    opening: tuple[Statement, ...] = ()
    minutes: int | None = None


def statements_of(section: Section) -> Iterator[Statement]:
    """The statements of a section in reading order."""
    yield from section.opening
    for block in section.blocks:
        yield from statements_in(block)


def statements_in(block: BriefBlock) -> Iterator[Statement]:
    """The statements of a block in reading order."""
    match block:
        case Bullets() | Prose():
            yield from block.statements
        case Timeline():
            yield from block.events
        case People() | Chart() | Glossary():
            yield from _under_names(block)
        case Table():
            yield from (row.statement for row in block.rows)
        case Quotation():
            yield block.statement
        case Compare():
            yield from (*block.left.statements, *block.right.statements)
        case Image():
            yield from (block.caption,) if block.caption else ()
        case Questions():
            pass


def _under_names(block: People | Chart | Glossary) -> Iterator[Statement]:
    """The statements of a block that has them under names: of persons, or of terms."""
    if isinstance(block, Glossary):
        yield from (entry.statement for entry in block.entries)
        return
    yield from (fact for person in block.people for fact in person.facts)
    if isinstance(block, Chart):
        yield from (tie.statement for tie in block.ties)


def images_in(brief: "Brief") -> Iterator[Image]:
    """The blocks of a brief that show a picture, in order."""
    yield from (block for section in brief.sections for block in section.blocks if isinstance(block, Image))


class Entry(Struct, frozen=True):
    """A line of the bibliography: a source of the outline, or a work that a source cites."""

    id: str
    runs: tuple[Run, ...]
    cited_by: str = ""


class SourceSummary(Struct, frozen=True):
    """A source as a reader of the deck should know it. `published` and `modified` are EDTF."""

    id: str
    path: str
    sha256: str
    kind: SourceKind
    title: str
    label: str
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    url: str | None = None
    statements: int = 0
    language: str | None = None


class Conflict(Struct, frozen=True):
    """Statements, by their ids, that differ about the same thing; one alone where it tells both ways itself."""

    what: str
    statements: tuple[str, ...]


class Brief(Struct, frozen=True):
    """Everything a renderer needs: what to say, in order, with its notes numbered.

    `aside` holds the statements of `conflicts` that no section shows. `places` are the slides, from 1, on which a deck
    made of it has its statements, by their ids; it is empty where no deck was made. `made` is the day that files say
    they were made on: `date`, which pages show, or another where there is none.
    """

    title: str
    language: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    bibliography: tuple[Entry, ...]
    sources: tuple[SourceSummary, ...]
    subtitle: str = ""
    course: str = ""
    author: str = ""
    date: str = ""
    objectives: tuple[str, ...] = ()
    template: str = "lecture"
    conflicts: tuple[Conflict, ...] = ()
    aside: tuple[Statement, ...] = ()
    handout: Handout = Handout()
    places: dict[str, tuple[int, ...]] = {}
    made: str = ""
