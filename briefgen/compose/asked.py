"""What an outline asks of a library, so that of a large one only the passages that may answer are looked at."""

from collections.abc import Iterator, Sequence

from briefgen.compose.scoring import topic_wanted, wanted, words_to_find
from briefgen.library import Library
from briefgen.model import (
    CompareBlock,
    GlossaryBlock,
    ImageBlock,
    LocatedBlock,
    OutlineBlock,
    OutlineSection,
    QuestionsBlock,
    QuoteBlock,
    SayBlock,
)
from briefgen.topics import Topic

WHOLE = 2_000
"""Passages up to which a library is looked through whole: then nothing rests on what the index finds."""

BEST = 220
"""Passages that are looked at for each topic and query: some seven times what the longest section shows."""

Asked = Sequence[tuple[OutlineSection, Topic | None]]
"""The sections that can be composed, with their topics."""


def asked_for(library: Library, sections: Asked) -> Library:
    """The library with the passages to look at for some sections: all of a small one, the best of a large one."""
    if library.count <= WHOLE:
        return library
    topics = {topic.id: topic for _, topic in sections if topic}
    queries = dict.fromkeys(query for section, topic in sections for query in _queries(section, topic))
    found = dict.fromkeys(words_to_find(words) for section, _ in sections for words in _finds(section))
    return library.narrowed([*map(topic_wanted, topics.values()), *map(wanted, queries)], BEST, found)


def _queries(section: OutlineSection, topic: Topic | None) -> Iterator[str]:
    for block in _blocks(section, topic):
        if isinstance(block, CompareBlock):
            yield from (side.query or side.label for side in (block.left, block.right) if not side.find)
        elif not isinstance(block, QuestionsBlock | SayBlock | ImageBlock) and block.query:
            yield block.query
        if isinstance(block, GlossaryBlock):
            yield from block.terms


def _finds(section: OutlineSection) -> Iterator[str]:
    """The words of the passages that a section pins, drops, quotes or cites."""
    yield from (one.find for one in (*section.pin, *section.drop))
    for block in _blocks(section, None):
        if isinstance(block, SayBlock):
            yield from (one.find for one in block.cite)
        elif isinstance(block, QuoteBlock) and block.find:
            yield block.find
        elif isinstance(block, CompareBlock):
            yield from (side.find for side in (block.left, block.right) if side.find)


def _blocks(section: OutlineSection, topic: Topic | None) -> Iterator[OutlineBlock]:
    planned: Sequence[LocatedBlock] = section.blocks or (topic.blocks if topic else ())
    yield from (located.block for located in planned)
