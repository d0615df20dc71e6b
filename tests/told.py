"""What a deck tells of the facts that its subject's student must be told (`facts/NAME.yaml`)."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import msgspec
import yaml
from msgspec import Struct

from briefgen.composing import prepare
from briefgen.model import BriefBlock, People, Section, Statement, Table, Timeline, statements_in
from briefgen.rendering import render
from briefgen.results import BuildOptions

FACTS = Path(__file__).parent / "facts"
SUBJECTS = ("haqqani", "belgium", "oxygen")


class Fact(Struct, frozen=True):
    """What must be told, in our words; a text tells it in which one of `any` is found: a pattern, or all of several."""

    fact: str
    any: tuple[str | tuple[str, ...], ...]

    def told_by(self, text: str) -> bool:
        """Whether `text` tells it."""
        alternatives = ((one,) if isinstance(one, str) else one for one in self.any)
        return any(all(re.search(part, text, re.IGNORECASE) for part in parts) for parts in alternatives)


class Subject(Struct, frozen=True):
    """The facts of a subject by topic; `sources` are paths in the folder of real documents."""

    title: str
    sources: tuple[str, ...]
    topics: dict[str, tuple[Fact, ...]]


class Shown(Struct, frozen=True):
    """What stands together on a slide: a bullet, a row, an event with its date, a card with all its facts."""

    kind: str
    text: str
    statements: tuple[Statement, ...]
    slides: tuple[int, ...]


class Telling(Struct, frozen=True):
    """What the slides of one topic's section show, and the facts of that topic that they tell or miss."""

    topic: str
    shown: tuple[Shown, ...]
    found: tuple[Fact, ...]
    missing: tuple[Fact, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        return tuple(statement for one in self.shown for statement in one.statements)

    @property
    def slides(self) -> int:
        """How many slides have any of it."""
        return len({slide for one in self.shown for slide in one.slides})

    @property
    def greatest_source(self) -> tuple[str, float]:
        """The source that most statements are of, and their share of all."""
        sources = Counter(span.source for one in self.statements for span in one.spans[:1])
        source, most = sources.most_common(1)[0] if sources else ("", 0)
        return source, most / max(sources.total(), 1)

    @property
    def median_words(self) -> float:
        return median(len(one.text.split()) for one in self.statements) if self.statements else 0.0


def subject(name: str) -> Subject:
    """The subject with this name, as listed."""
    return msgspec.convert(yaml.safe_load((FACTS / f"{name}.yaml").read_text("utf-8")), Subject)


def tellings(name: str, documents: Path) -> tuple[Telling, ...]:
    """What a subject's deck tells, topic by topic; `documents` is the folder of real documents."""
    facts = subject(name)
    outline = FACTS / f"{name}-lecture.yaml"
    brief, problems = prepare(outline, BuildOptions(sources=tuple(str(documents / one) for one in facts.sources)))
    if brief is None:
        raise ValueError("\n".join(map(str, problems)))
    places = render(brief, outline.stem, ("pptx",), Path()).places
    return tuple(_telling(section, facts.topics[section.topic], places) for section in brief.sections)


def _telling(section: Section, facts: tuple[Fact, ...], places: dict[str, tuple[int, ...]]) -> Telling:
    shown = tuple(_shown(section, places))
    told = {fact.fact for fact in facts if any(fact.told_by(one.text) for one in shown)}
    return Telling(
        section.topic,
        shown,
        tuple(fact for fact in facts if fact.fact in told),
        tuple(fact for fact in facts if fact.fact not in told),
    )


def _shown(section: Section, places: dict[str, tuple[int, ...]]) -> Iterator[Shown]:
    openers = [("opening", one.text, (one,)) for one in section.opening]
    for kind, text, statements in (*openers, *(unit for block in section.blocks for unit in _units(block))):
        placed = tuple(one for one in statements if places.get(one.id))
        if placed:
            yield Shown(kind, text, placed, tuple(sorted({slide for one in placed for slide in places[one.id]})))


def _units(block: BriefBlock) -> Iterator[tuple[str, str, tuple[Statement, ...]]]:
    """The kind, words and statements of each thing in a block that stands by itself."""
    match block:
        case People():
            for person in block.people:
                yield "card", " | ".join((person.name, *(fact.text for fact in person.facts))), person.facts
        case Table():
            for row in block.rows:
                yield "row", " | ".join(filter(None, row.cells)), (row.statement,)
        case Timeline():
            for event in block.events:
                yield "event", f"{event.date.label}: {event.text}" if event.date else event.text, (event,)
        case _:
            for statement in statements_in(block):
                yield type(block).__name__.lower(), statement.text, (statement,)
