"""The composer's story: gather every sentence, compose each section, number the notes, sum up the sources."""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from briefgen.compose.asked import Asked, asked_for
from briefgen.compose.candidates import candidates
from briefgen.compose.desk import Desk
from briefgen.compose.material import gather, shared_out, subject_words
from briefgen.compose.notebook import Notebook
from briefgen.compose.reading_order import in_reading_order
from briefgen.compose.sections import section
from briefgen.library import Library
from briefgen.model import Brief, Note, Outline, OutlineSection, Section, SourceSummary
from briefgen.problems import Problem, error, nearest
from briefgen.topics import Topic


def compose(outline: Outline, library: Library, topics: Mapping[str, Topic]) -> tuple[Brief, tuple[Problem, ...]]:
    """The Brief of `outline`, with every problem met on the way. A section with nothing to say is left out."""
    known, unknown = _known(outline, topics)
    library = asked_for(library, known)
    desk = Desk(library, Notebook(library))
    desk.problems += unknown
    everything = candidates(library, subject_words(outline.title))
    asked = list({topic.id: topic for _, topic in known if topic}.values())
    pools = shared_out(asked, everything, library.counts)
    sections: list[Section] = []
    for written, topic in known:
        material = gather(written, topic, pools[topic.id] if topic else (), everything, desk)
        made = section(len(sections) + 1, topic, material)
        sections += [made] if made else []
    ordered, shown = in_reading_order(tuple(sections))
    notes, bibliography, problems = desk.notebook.close(shown, outline.citations, outline.language)
    brief = Brief(
        title=outline.title,
        language=outline.language,
        sections=ordered,
        notes=notes,
        bibliography=bibliography,
        sources=_summaries(library, desk.notebook.labels, notes),
        subtitle=outline.subtitle,
        course=outline.course,
        author=outline.author,
        date=outline.date,
        objectives=outline.objectives,
        template=outline.template,
    )
    located = (problem if problem.where else replace(problem, where=outline.where) for problem in problems)
    return brief, (*desk.problems, *located)


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
            problems.append(error(message, nearest(written.topic, topics), written.where))
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
        )
        for source in library.heads
    )
