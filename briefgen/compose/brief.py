"""The composer's story: gather every sentence, compose each section, number the notes, sum up the sources."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from briefgen.compose.asked import Asked, asked_for
from briefgen.compose.candidates import Candidate, candidates
from briefgen.compose.desk import Desk, Scored
from briefgen.compose.differing import Differing
from briefgen.compose.material import gather, matching, shared_out, subject_words
from briefgen.compose.notebook import Notebook
from briefgen.compose.pacing import minutes_of, paced
from briefgen.compose.places import Places
from briefgen.compose.placing import reserve
from briefgen.compose.preferences import worth_of
from briefgen.compose.reading_order import changed, in_reading_order
from briefgen.compose.sections import section
from briefgen.compose.witnesses import with_witnesses
from briefgen.library import Library
from briefgen.model import Brief, GlossaryBlock, Note, Outline, OutlineSection, Section, SourceSummary, statements_of
from briefgen.problems import Location, Problem, error, nearest
from briefgen.topics import Topic


def compose(outline: Outline, library: Library, topics: Mapping[str, Topic]) -> tuple[Brief, tuple[Problem, ...]]:
    """The Brief of `outline`, with every problem met on the way. A section with nothing to say is left out."""
    known, unknown = _known(outline, topics)
    library = asked_for(library, known)
    desk = Desk(library, Notebook(library), subject_words(outline.title))
    desk.problems += unknown
    everything = candidates(library, desk.subject)
    places = Places(library)
    reserve(outline.sections, places, desk)
    named = [head.id for head in library.heads]
    preferred, problems = worth_of(outline, named, {})
    desk.problems.extend(problems)
    asked = list({topic.id: topic for _, topic in known if topic}.values())
    pools = shared_out(asked, everything, library.counts)
    differing = Differing(everything, pools.values(), outline.title, desk)
    weights = [_weight(written, topic, pools, everything) if outline.minutes else 1.0 for written, topic in known]
    planned = paced(replace(outline, sections=tuple(written for written, _ in known)), weights)
    found: dict[int, Section] = {}
    in_turn = enumerate(zip(planned, known, strict=True))
    for place, (written, (_, topic)) in sorted(in_turn, key=lambda item: _explains(item[1][0])):
        worth, problems = worth_of(written, named, preferred)
        desk.problems.extend(problems)
        material = gather(
            written, topic, pools[topic.id] if topic else (), everything, desk, places, worth, differing.slide
        )
        made = section(place + 1, topic, material)
        found |= {place: replace(made, minutes=minutes_of(known[place][0], written, outline))} if made else {}
    sections = [replace(found[place], number=number) for number, place in enumerate(sorted(found), 1)]
    witnessed = with_witnesses(sections, everything, desk.notebook, changed, differing.apart, desk.in_place)
    ordered, aside, shown = in_reading_order(witnessed, differing.aside(sections))
    stated = [statement for section in ordered for statement in statements_of(section)]
    notes, bibliography, formatting = desk.notebook.close(shown, outline.citations, outline.language)
    brief = Brief(
        title=outline.title,
        language=outline.language,
        sections=ordered,
        notes=notes,
        bibliography=bibliography,
        sources=_summaries(
            library, desk.notebook.labels, notes[: len({number for one in stated for number in one.notes})]
        ),
        subtitle=outline.subtitle,
        course=outline.course,
        author=outline.author,
        date=outline.date,
        objectives=outline.objectives,
        template=outline.template,
        conflicts=differing.conflicts((*stated, *aside)),
        aside=aside,
        handout=outline.handout,
    )
    return brief, (*desk.problems, *_at_citations(outline, formatting))


def _at_citations(outline: Outline, problems: Sequence[Problem]) -> Iterator[Problem]:
    """Problems of a style, at the place where the outline names it if they have none."""
    where = outline.marks.get("citations", Location(outline.where.file))
    yield from (problem if problem.where else replace(problem, where=where) for problem in problems)


def _explains(written: OutlineSection) -> bool:
    """Whether a section has a glossary: it is made after the others, since it explains what they use."""
    return any(isinstance(located.block, GlossaryBlock) for located in written.blocks)


def _weight(
    written: OutlineSection,
    topic: Topic | None,
    pools: Mapping[str, Sequence[Scored]],
    everything: Sequence[Candidate],
) -> float:
    """How much the sources have for a section: four times the passages make it twice as long."""
    queries = [query for located in written.blocks if (query := getattr(located.block, "query", None))]
    found = len(pools[topic.id]) if topic else sum(len(matching(query, everything)) for query in queries)
    return math.sqrt(max(1, found))


def _known(outline: Outline, topics: Mapping[str, Topic]) -> tuple[Asked, list[Problem]]:
    """The sections that can be composed, with the topics that they name, and an error for each of the others."""
    known: list[tuple[OutlineSection, Topic | None]] = []
    problems = []
    for written in outline.sections:
        topic = _topic(written.topic, topics) if written.topic is not None else None
        if topic or written.topic is None:
            known.append((written, topic))
        else:
            message = f"unknown topic {written.topic!r}"
            where = written.marks.get("topic", written.where)
            problems.append(error(message, nearest(written.topic, topics), where))
    return known, problems


def _topic(named: str, topics: Mapping[str, Topic]) -> Topic | None:
    """The topic with this id, title or alias."""
    name = named.lower()
    return topics.get(named) or next((one for one in topics.values() if name in _names(one)), None)


def _names(topic: Topic) -> Iterator[str]:
    yield from (topic.id.lower(), topic.title.lower(), *(alias.lower() for alias in topic.aliases))


def _summaries(library: Library, labels: Mapping[str, str], notes: tuple[Note, ...]) -> tuple[SourceSummary, ...]:
    used = Counter(note.source for note in notes)
    return tuple(
        SourceSummary(
            id=source.id,
            path=source.path,
            sha256=source.sha256,
            kind=source.kind,
            title=source.title,
            label=labels[source.id],
            publisher=source.publisher,
            authors=source.authors,
            published=source.published,
            modified=source.modified,
            url=source.url,
            statements=used[source.id],
            language=source.language,
        )
        for source in library.heads
    )
