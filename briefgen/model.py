"""The frozen structs that the rooms hand to each other. They know no file format.

Readers make a `Source`, the outline room an `Outline`, the composer a `Brief`; renderers only read a `Brief`.
Offsets count code points, from 0, the end exclusive.
"""

from typing import Any, Literal

from msgspec import Struct, field

from briefgen.problems import Location

SourceKind = Literal["encyclopedia", "news", "archive", "report", "book", "page"]
BlockKind = Literal["heading", "paragraph", "item", "quote", "caption", "table", "entry"]
StatementKind = Literal["verbatim", "trimmed", "instructor"]
Precision = Literal["day", "month", "season", "year", "decade", "century", "span"]
Qualifier = Literal["", "approximate", "uncertain", "before", "after"]


# What readers make ----------------------------------------------------------------------------------------------


class Locator(Struct, frozen=True):
    """Where in a work: `label` is a CSL locator term ("page", "section", "paragraph") or "document"."""

    label: str
    value: str


class Reference(Struct, frozen=True):
    """A publication that a source itself names: a CSL-JSON item, and the file's text it was read from."""

    csl: dict[str, Any]
    raw: str
    start: int
    end: int
    locator: Locator | None = None


class BlockReference(Struct, frozen=True):
    """`Source.references[index]` is cited just before `Block.text[offset]`."""

    offset: int
    index: int


class Block(Struct, frozen=True):
    """A heading, paragraph, list item or the like, as plain text, in reading order.

    `start` and `end` are offsets in the decoded file. `headings` is the path of headings above the block, outermost
    first; a heading's own text is not part of its path. `level` is a heading's or a nested item's, from 1.
    `hole` says that words are missing (an unknown template stood there): the text is not verbatim and is never shown.
    """

    kind: BlockKind
    text: str
    start: int
    end: int
    level: int = 0
    headings: tuple[str, ...] = ()
    page: int | None = None
    references: tuple[BlockReference, ...] = ()
    hole: bool = False


class Dropped(Struct, frozen=True):
    """A stretch of the file that is not content, and why it was left out."""

    start: int
    end: int
    text: str
    reason: str


class Source(Struct, frozen=True):
    """A source document as its reader understood it.

    `published` and `modified` are EDTF text, or none where the document does not say. `origins` tells for each
    metadata field the words of the file that its value was read from.
    """

    id: str
    path: str
    sha256: str
    kind: SourceKind
    title: str
    blocks: tuple[Block, ...]
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str = "en"
    url: str | None = None
    license: str | None = None
    references: tuple[Reference, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)


class Span(Struct, frozen=True, order=True):
    """`source.blocks[block].text[start:end]`."""

    source: str
    block: int
    start: int
    end: int


class DateMention(Struct, frozen=True):
    """A time expression with its value.

    `earliest` and `latest` are the first and last day it can mean, as proleptic Gregorian day numbers in which day 1
    is 1 January of year 1 (so years before it are zero and below). `label` is the short form for a chip or an axis,
    with the source's own hedge ("c. 2002", "late 2001", "1980–1992").
    """

    start: int
    end: int
    text: str
    edtf: str
    earliest: int
    latest: int
    precision: Precision
    qualifier: Qualifier = ""
    label: str = ""


# What users write -----------------------------------------------------------------------------------------------


class Find(Struct, frozen=True, forbid_unknown_fields=True):
    """A passage by its words: `find` is a piece of its text; `source` narrows it to one source."""

    find: str
    source: str | None = None


class BulletsBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="bullets"):
    """Passages as bullets, grouped under headings by the topic's facets, or under `title`."""

    query: str | None = None
    title: str | None = None
    at_most: int | None = None
    from_: str | int | None = field(name="from", default=None)
    to: str | int | None = None


class TimelineBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="timeline"):
    """Dated passages in order of time."""

    query: str | None = None
    title: str | None = None
    at_most: int | None = None
    from_: str | int | None = field(name="from", default=None)
    to: str | int | None = None


class PeopleBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="people"):
    """Cards of the people that the sources introduce, with role and fate."""

    query: str | None = None
    title: str | None = None
    at_most: int | None = None


class TableBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="table"):
    """A table of passages; `columns` are any of date, who, measure, passage, source."""

    query: str | None = None
    title: str | None = None
    columns: tuple[str, ...] = ("date", "who", "measure")
    at_most: int | None = None
    from_: str | int | None = field(name="from", default=None)
    to: str | int | None = None


class QuoteBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="quote"):
    """One passage, large: the one that holds `find`, else the best for `query` that quotes somebody."""

    find: str | None = None
    source: str | None = None
    query: str | None = None
    title: str | None = None


class CompareSide(Struct, frozen=True, forbid_unknown_fields=True):
    """One side of a comparison: what it is called, and the passages in it, by words or by query."""

    label: str
    find: str | None = None
    query: str | None = None
    source: str | None = None
    at_most: int = 3


class CompareBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="compare"):
    """Two sides, such as a charge and its answer."""

    left: CompareSide
    right: CompareSide
    title: str | None = None


class SayBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="say"):
    """The instructor's own words, shown as such; `cite` adds notes to passages that bear on them."""

    say: str
    cite: tuple[Find, ...] = ()
    title: str | None = None


class QuestionsBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="questions"):
    """Questions for discussion, in the instructor's words."""

    questions: tuple[str, ...]
    title: str | None = None


OutlineBlock = (
    BulletsBlock | TimelineBlock | PeopleBlock | TableBlock | QuoteBlock | CompareBlock | SayBlock | QuestionsBlock
)


class LocatedBlock(Struct, frozen=True):
    """A block of an outline, with its place in the file."""

    block: OutlineBlock
    where: Location


class OutlineSection(Struct, frozen=True):
    """A section of an outline. Without `blocks` it has its topic's own; `slides` is the most it may fill."""

    where: Location
    topic: str | None = None
    title: str | None = None
    slides: int | None = None
    pin: tuple[Find, ...] = ()
    drop: tuple[Find, ...] = ()
    blocks: tuple[LocatedBlock, ...] = ()


class Outline(Struct, frozen=True):
    """An outline as written, every section and block with its place. `sources` are paths or globs beside the file."""

    where: Location
    title: str
    sections: tuple[OutlineSection, ...]
    subtitle: str = ""
    course: str = ""
    author: str = ""
    date: str = ""
    language: str = "en"
    sources: tuple[str, ...] = ()
    citations: str = "chicago-notes"
    template: str = "lecture"
    objectives: tuple[str, ...] = ()


# What the composer makes ----------------------------------------------------------------------------------------


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


class Statement(Struct, frozen=True):
    """One thing said on a slide or in a handout.

    Verbatim: the text is the one span's. Trimmed: the text is the spans' in order, joined by " … " (or one span
    followed by " …"). Instructor: no span. `passage` holds the full sentences behind it. `notes` are numbers in
    `Brief.notes`. `corroborated_by` names the ids of other sources that say the same.
    """

    id: str
    kind: StatementKind
    runs: tuple[Run, ...]
    spans: tuple[Span, ...] = ()
    passage: Passage | None = None
    date: DateMention | None = None
    notes: tuple[int, ...] = ()
    corroborated_by: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return plain(self.runs)


class Note(Struct, frozen=True):
    """A footnote: where a statement stands, and what the source itself cites for it.

    `runs` is the full citation in the outline's style. `short` fits a slide's foot; notes with the same `short`
    text have the same pin-point.
    """

    number: int
    source: str
    runs: tuple[Run, ...]
    short: str
    locator: str = ""
    url: str | None = None


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


BriefBlock = Bullets | Timeline | People | Table | Quotation | Compare | Prose | Questions


class Section(Struct, frozen=True):
    """`opening` holds a few statements that say at once what the section is about."""

    number: int
    heading: str
    topic: str
    blocks: tuple[BriefBlock, ...]
    where: Location
    question: str = ""
    opening: tuple[Statement, ...] = ()


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


class Conflict(Struct, frozen=True):
    """Statements that differ about the same thing."""

    what: str
    statements: tuple[str, ...]


class Brief(Struct, frozen=True):
    """Everything a renderer needs: what to say, in order, with its notes numbered."""

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
