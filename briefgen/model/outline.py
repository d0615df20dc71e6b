"""What users write: an outline, its sections and blocks, every one with its place in the file."""

from msgspec import Struct, field

from briefgen.model.source import SourceKind
from briefgen.problems import Location


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
    """A table of passages; `columns` are any of date, who, measure, whom, passage, source."""

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
