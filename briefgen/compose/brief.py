"""The composer's story: gather every sentence, compose each section, number the notes, sum up the sources."""

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from briefgen.citations.short import source_labels
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
    desk = Desk(library, Notebook(library), subject_words(outline.title))
    everything = candidates(library, desk.subject)
    known = [(written, *_topic(written, topics, desk)) for written in outline.sections]
    pools = shared_out(list({topic.id: topic for _, topic, _ in known if topic}.values()), everything)
    sections: list[Section] = []
    for written, topic, usable in known:
        if usable:
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
        sources=_summaries(library, notes),
        subtitle=outline.subtitle,
        course=outline.course,
        author=outline.author,
        date=outline.date,
        objectives=outline.objectives,
        template=outline.template,
    )
    located = (problem if problem.where else replace(problem, where=outline.where) for problem in problems)
    return brief, (*desk.problems, *located)


def _topic(written: OutlineSection, topics: Mapping[str, Topic], desk: Desk) -> tuple[Topic | None, bool]:
    """The section's topic, if it names one, and whether the section can be composed."""
    if written.topic is None:
        return None, True
    name = written.topic.lower()
    found = topics.get(written.topic) or next((one for one in topics.values() if name in _names(one)), None)
    if not found:
        message = f"unknown topic {written.topic!r}"
        desk.problems.append(error(message, nearest(written.topic, topics), written.where))
    return found, found is not None


def _names(topic: Topic) -> Iterator[str]:
    yield from (topic.id.lower(), topic.title.lower(), *(alias.lower() for alias in topic.aliases))


def _summaries(library: Library, notes: tuple[Note, ...]) -> tuple[SourceSummary, ...]:
    used = Counter(note.source for note in notes)
    labels = source_labels(library.sources)
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
        for source in library.sources
    )
