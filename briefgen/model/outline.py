"""What users write: an outline, its sections and blocks, every one with its place in the file."""

from typing import Annotated

from msgspec import Meta, Struct, field

from briefgen.model.brief import TieKind
from briefgen.model.handout import Handout
from briefgen.model.source import SourceKind
from briefgen.problems import Location, Marks

_DAY = r"^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$"

TEMPLATE_ENDINGS = (".pptx", ".potx", ".pptm", ".potm", ".ppsx", ".otp", ".odp", ".ppt", ".pot")
"""What a template's name ends in that is a file's, whether such a file can be used or not."""


def is_template_file(template: str) -> bool:
    """Whether a template is named by its file, and not one that is built in."""
    return template.lower().endswith(TEMPLATE_ENDINGS) or "/" in template


class Find(Struct, frozen=True, forbid_unknown_fields=True):
    """A passage by its words: `find` is a piece of its text; `source` narrows it to one source.

    `span` tells it from others with the same words: the number of its block, and where it starts and ends there.
    """

    find: str
    source: str | None = None
    span: str | None = None
    where: Location | None = None


class Bracketed(Struct, frozen=True, forbid_unknown_fields=True):
    """An editor's words in a statement in place: `text` in its brackets, `at` the characters of the passage whose place
    they take, `find` the name in the source's words, and `span` where that stands in the same source."""

    text: str
    at: str
    find: str
    span: str | None = None


class Chosen(Struct, frozen=True, forbid_unknown_fields=True):
    """A statement in place: `text` is what is shown, `passage` the words of the source that it rests on.

    In `text`, **two asterisks** set words in bold and … stands where words of the passage are left out. As long as all
    other words are the passage's, it is shown as the source's own; else as the instructor's wording of the passage,
    with the note all the same. Without `text` the passage is shown whole; without `passage` the text is looked for.
    `span` tells where the passage stands ("BLOCK:START-END"), `parts` where in it the pieces of the text do, `date` its
    date (EDTF), `also` other passages that say the same, and `inserted` the names in brackets that the text may have.
    """

    text: str | None = None
    date: str | int | None = None
    passage: str | None = None
    source: str | None = None
    span: str | None = None
    parts: tuple[str, ...] = ()
    also: tuple[Find, ...] = ()
    inserted: tuple[Bracketed, ...] = ()
    where: Location | None = None


class ChosenRow(Struct, frozen=True, forbid_unknown_fields=True):
    """A table row in place: `cells` are what is shown, one a column; the rest is as in a statement in place."""

    cells: tuple[str, ...]
    text: str | None = None
    date: str | int | None = None
    passage: str | None = None
    source: str | None = None
    span: str | None = None
    parts: tuple[str, ...] = ()
    also: tuple[Find, ...] = ()
    inserted: tuple[Bracketed, ...] = ()
    where: Location | None = None


class ChosenPerson(Struct, frozen=True, forbid_unknown_fields=True):
    """A person's card in place: the name, whether a death is told, and the statements on it."""

    name: str
    facts: tuple[Chosen, ...]
    dead: bool = False


class BulletsBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="bullets"):
    """Passages as bullets, grouped under headings by the topic's facets, or under `title`; or `statements` in place."""

    query: str | None = None
    title: str | None = None
    at_most: int | None = None
    from_: str | int | None = field(name="from", default=None)
    to: str | int | None = None
    statements: tuple[Chosen, ...] = ()


class TimelineBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="timeline"):
    """Dated passages in order of time; or `events` in place, in the order given."""

    query: str | None = None
    title: str | None = None
    at_most: int | None = None
    from_: str | int | None = field(name="from", default=None)
    to: str | int | None = None
    events: tuple[Chosen, ...] = ()


class PeopleBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="people"):
    """Cards of the people that the sources introduce, with role and fate; or `cards` in place."""

    query: str | None = None
    title: str | None = None
    at_most: int | None = None
    cards: tuple[ChosenPerson, ...] = ()


class TableBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="table"):
    """A table of passages; `columns` are any of date, who, measure, whom, passage, source. Or `rows` in place."""

    query: str | None = None
    title: str | None = None
    columns: tuple[str, ...] = ("date", "who", "measure")
    at_most: int | None = None
    from_: str | int | None = field(name="from", default=None)
    to: str | int | None = None
    rows: tuple[ChosenRow, ...] = ()


class QuoteBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="quote"):
    """One passage, large: the one that holds `find`, else the best for `query` that quotes somebody.

    Or the `statement` in place.
    """

    find: str | None = None
    source: str | None = None
    query: str | None = None
    title: str | None = None
    statement: Chosen | None = None


class CompareSide(Struct, frozen=True, forbid_unknown_fields=True):
    """One side of a comparison: what it is called, and the passages in it, by words or by query.

    Or the `statements` in place.
    """

    label: str
    find: str | None = None
    query: str | None = None
    source: str | None = None
    at_most: int = 3
    statements: tuple[Chosen, ...] = ()
    where: Location | None = None


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


class ImageBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="image"):
    """A picture: `file` is its path beside the outline, `credit` whose it is, `alt` what it shows, in words.

    In place of `alt` a picture that tells nothing is `decorative`. `caption` is in the instructor's own words.
    """

    file: str
    credit: str
    alt: str | None = None
    decorative: bool = False
    license: str | None = None
    title: str | None = None
    caption: str | None = None


class ChosenTerm(Struct, frozen=True, forbid_unknown_fields=True):
    """A term in place, and the statement that explains it."""

    term: str
    statement: Chosen


class ChosenTie(Struct, frozen=True, forbid_unknown_fields=True):
    """A tie in place: the person `who` is the `word` of one or more others, and the statement that says so.

    All are named as on the boxes. `below` says how many rows below the others `who` stands; `unsure` ties are dashed.
    """

    who: str
    word: str
    of: tuple[str, ...]
    statement: Chosen
    below: int = 0
    kind: TieKind = "kin"
    unsure: bool = False


class ChartBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="chart"):
    """Boxes of persons joined by how they are related: families, and who came after whom.

    Or `boxes` and `ties` in place.
    """

    query: str | None = None
    title: str | None = None
    at_most: int | None = None
    boxes: tuple[ChosenPerson, ...] = ()
    ties: tuple[ChosenTie, ...] = ()


class GlossaryBlock(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="glossary"):
    """Terms with the words of a source that explain them: `terms`, else those that the lecture uses.

    With `terms` and `at_most`, others are added up to that number. Or `entries` in place.
    """

    terms: tuple[str, ...] = ()
    query: str | None = None
    title: str | None = None
    at_most: int | None = None
    entries: tuple[ChosenTerm, ...] = ()


OutlineBlock = (
    BulletsBlock
    | TimelineBlock
    | PeopleBlock
    | TableBlock
    | QuoteBlock
    | CompareBlock
    | SayBlock
    | QuestionsBlock
    | ImageBlock
    | GlossaryBlock
    | ChartBlock
)


class Sidecar(Struct, frozen=True, forbid_unknown_fields=True):
    """What a user says of a source, in `NAME.source.yaml` beside it. What is not given is left to the reader."""

    where: Location
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | int | None = None
    modified: str | int | None = None
    url: str | None = None
    kind: SourceKind | None = None
    license: str | None = None
    language: str | None = None
    encoding: str | None = None


class LocatedBlock(Struct, frozen=True):
    """A block of an outline, with its place in the file and those of its keys' values."""

    block: OutlineBlock
    where: Location
    marks: Marks = {}


class OutlineSection(Struct, frozen=True):
    """A section of an outline. Without `blocks` it has its topic's own; `slides` is the most it may fill.

    `question` is the line under its heading, and `opening` the statements in place that open it; without these its
    topic gives the one, and the other is chosen. `minutes` of lecture time tell how many slides it may fill where
    `slides` does not, two minutes a slide. `prefer` and `avoid` name sources, or parts of their names: sentences of
    theirs are worth half as much again, or half as much; what the section says goes before what the outline says.
    """

    where: Location
    topic: str | None = None
    title: str | None = None
    question: str | None = None
    slides: int | None = None
    minutes: int | None = None
    prefer: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    pin: tuple[Find, ...] = ()
    drop: tuple[Find, ...] = ()
    opening: tuple[Chosen, ...] | None = None
    blocks: tuple[LocatedBlock, ...] = ()
    marks: Marks = {}


class Outline(Struct, frozen=True):
    """An outline as written, every section and block with its place. `sources` are paths or globs beside the file.

    `minutes` of lecture time are shared out over the sections that say nothing of their length, by how much the sources
    have for each. `prefer` and `avoid` name sources whose sentences are worth more, or less, in all sections.
    """

    where: Location
    title: str
    sections: tuple[OutlineSection, ...]
    subtitle: str = ""
    course: str = ""
    author: str = ""
    date: Annotated[str, Meta(pattern=_DAY, description="a day such as 2026-11-23, a month or a year")] = ""
    language: str = "en"
    sources: tuple[str, ...] = ()
    citations: str = "chicago-notes"
    template: str = "lecture"
    objectives: tuple[str, ...] = ()
    minutes: int | None = None
    prefer: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    handout: Handout = Handout()
    marks: Marks = {}
