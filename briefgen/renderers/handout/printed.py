"""What a handout prints, as every format takes it: passages with their marks and gaps, blocks, notes and sources."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model import Edition, Entry, Image, Question, Run


class Mark(Struct, frozen=True):
    """One use of a note: `use` counts the uses of `number` from 1; `known` says that the brief has such a note."""

    number: int
    use: int
    known: bool


class Gap(Struct, frozen=True):
    """Words of a passage that students fill in: its characters from `start` to `end`, and the gap's number."""

    start: int
    end: int
    number: int


class Said(Struct, frozen=True):
    """A passage as printed. `short_note` is the short form of its first note; `own` words are the instructor's.

    `reworded` ones are the instructor's wording of a passage. `gaps` are in order, and none lies on another. `id` is
    the statement's, `language` its source's. In an instructor's edition `slides` are those of a deck that show it.
    """

    runs: tuple[Run, ...]
    marks: tuple[Mark, ...]
    date: str = ""
    short_note: str = ""
    own: bool = False
    reworded: bool = False
    gaps: tuple[Gap, ...] = ()
    id: str = ""
    language: str = ""
    slides: tuple[int, ...] = ()


def pieces(said: Said) -> Iterator[tuple[Run, Gap | None]]:
    """The runs of a passage, cut where gaps begin and end; with each piece the gap that it is a part of."""
    position = 0
    for run in said.runs:
        borders = {edge - position for gap in said.gaps for edge in (gap.start, gap.end)}
        cuts = sorted({0, len(run.text), *(edge for edge in borders if 0 < edge < len(run.text))})
        for start, end in pairwise(cuts):
            at = position + start
            inside = next((gap for gap in said.gaps if gap.start <= at < gap.end), None)
            yield replace(run, text=run.text[start:end]), inside
        position += len(run.text)


class PrintedTie(Struct, frozen=True):
    """That `who` is `word` of those whom `of` names, and the source's words for it."""

    who: str
    word: str
    of: str
    said: Said


class PrintedBlock(Struct, frozen=True):
    """A block ready to print; `kind` is the tag of the brief's block.

    `rows` hold one passage each for lists, quotations, prose, tables and the caption of an image, an event for
    timelines, all of a person's facts, and the two sides of a line of a comparison, of which one may be none. `heads`
    are column heads, `cells` a table's texts, `names` and `dead` the people; the `names` of a glossary are its terms,
    those of answers the numbers of their gaps. A chart has people and `ties`, an image its `image`, and the page of
    questions made from statements its `quiz`.
    """

    kind: str
    title: str
    rows: tuple[tuple[Said | None, ...], ...] = ()
    heads: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()
    dead: tuple[bool, ...] = ()
    questions: tuple[str, ...] = ()
    image: Image | None = None
    ties: tuple[PrintedTie, ...] = ()
    quiz: tuple[Question, ...] = ()


class PrintedSection(Struct, frozen=True):
    """A section. An instructor's has talking `points`, its `minutes`, if they are known, and its `slides`.

    In a student's edition so many `lines` to write on follow it.
    """

    number: int
    heading: str
    question: str
    lead: tuple[Said, ...]
    blocks: tuple[PrintedBlock, ...]
    points: tuple[Said, ...] = ()
    minutes: int | None = None
    slides: tuple[int, ...] = ()
    lines: int = 0


class PrintedNote(Struct, frozen=True):
    """An endnote with the number of its uses, and its `short` form. `url` is given where no run has a link."""

    number: int
    runs: tuple[Run, ...]
    uses: int
    url: str | None = None
    short: str = ""


class WorksCited(Struct, frozen=True):
    """The works that the source called `label` cites."""

    label: str
    entries: tuple[Entry, ...]


class PrintedConflict(Struct, frozen=True):
    """What sources differ on, and what each says of it."""

    what: str
    said: tuple[Said, ...]


class Answer(Struct, frozen=True):
    """What stands in the gap `number`, and the numbers of its passage's notes."""

    number: int
    words: str
    notes: tuple[int, ...]


class Sheet(Struct, frozen=True):
    """All of a handout's matter but its title block.

    In a student's `edition` gaps are left out, in an instructor's they are shown as what they are, and `answers` lists
    them; without an edition there are none. The `quiz` has the questions made from the statements: an instructor's
    edition prints their keys. `appendix` holds the chronology, the people and the glossary of the whole; `left_out`
    says what there was no room for.
    """

    sections: tuple[PrintedSection, ...]
    notes: tuple[PrintedNote, ...]
    sources: tuple[Entry, ...]
    cited: tuple[WorksCited, ...]
    conflicts: tuple[PrintedConflict, ...] = ()
    edition: Edition | None = None
    quiz: tuple[Question, ...] = ()
    appendix: tuple[PrintedBlock, ...] = ()
    answers: tuple[Answer, ...] = ()
    left_out: str = ""
