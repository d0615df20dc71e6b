"""Footnotes: one number for each passage, and what it says in the outline's citation style."""

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from briefgen.citations.format import format_citations
from briefgen.citations.request import Cite, FormatRequest, Formatted
from briefgen.citations.short import ShortWorks, short_note, short_works, source_item, source_labels
from briefgen.library import Library
from briefgen.model import Block, Entry, Locator, Note, Reference, Run, Span
from briefgen.problems import Problem


class Pinpoint(Struct, frozen=True):
    """Where a passage stands: its span, its place in words, and the works that the source cites there, by index."""

    span: Span
    locator: Locator
    cited: tuple[int, ...]


class Notebook:
    """Gives each passage its note number. One passage has one number, however often it is shown."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.labels = source_labels(library.heads)
        self._pinpoints: list[Pinpoint] = []
        self._numbers: dict[Span, int] = {}
        self._works: dict[str, tuple[str, ...]] = {}

    def number(self, span: Span, locator: Locator) -> int:
        """The number of the note to the passage at `span`, a new one if it has none yet."""
        if span not in self._numbers:
            source = self._library.source(span.source)
            self._pinpoints.append(Pinpoint(span, locator, cited_in(source.blocks[span.block], span)))
            self._numbers[span] = len(self._pinpoints)
        return self._numbers[span]

    def close(
        self, shown: Sequence[int], style: str, language: str
    ) -> tuple[tuple[Note, ...], tuple[Entry, ...], tuple[Problem, ...]]:
        """The notes numbered `shown`, formatted and numbered anew in that order, and the bibliography.

        The bibliography has the sources used first, then the works that they cite.
        """
        self._pinpoints = [self._pinpoints[number - 1] for number in shown]
        formatted, problems = format_citations(self._request(style, language))
        notes = tuple(self._note(index, runs) for index, runs in enumerate(formatted.notes))
        return notes, self._bibliography(formatted), problems

    def _request(self, style: str, language: str) -> FormatRequest:
        items: dict[str, dict[str, Any]] = {}
        notes = []
        for pinpoint in self._pinpoints:
            source = self._library.source(pinpoint.span.source)
            items.setdefault(source.id, source_item(source))
            cites = [Cite(source.id, pinpoint.locator)]
            for reference in self._cited(pinpoint):
                items.setdefault(reference.csl["id"], reference.csl)
                prefix = "citing " if len(cites) == 1 else ""
                cites.append(Cite(reference.csl["id"], reference.locator, prefix))
            notes.append(tuple(cites))
        return FormatRequest(style, language, tuple(items.values()), tuple(notes))

    def _note(self, index: int, runs: tuple[Run, ...]) -> Note:
        pinpoint = self._pinpoints[index]
        source = self._library.source(pinpoint.span.source)
        cited = self._cited(pinpoint)
        url = next((reference.csl["URL"] for reference in cited if reference.csl.get("URL")), source.url)
        works = self._short_works(source.id)
        named = [works[index] for index in pinpoint.cited]
        short = short_note(self.labels[source.id], pinpoint.locator, named)
        return Note(index + 1, source.id, runs, short, pinpoint.locator.value, url, pinpoint.span)

    def _short_works(self, source: str) -> tuple[str, ...]:
        """What short notes call the works that a source cites."""
        if source not in self._works:
            self._works[source] = self._library.worked_out(source, "short works", ShortWorks, short_works).names
        return self._works[source]

    def _bibliography(self, formatted: Formatted) -> tuple[Entry, ...]:
        used = dict.fromkeys(pinpoint.span.source for pinpoint in self._pinpoints)
        own = [Entry(name, runs) for name, runs in formatted.bibliography.items() if name in used]
        citing = {
            reference.csl["id"]: pinpoint.span.source
            for pinpoint in self._pinpoints
            for reference in self._cited(pinpoint)
        }
        cited = [Entry(name, runs, citing[name]) for name, runs in formatted.bibliography.items() if name in citing]
        return (*own, *cited)

    def _cited(self, pinpoint: Pinpoint) -> tuple[Reference, ...]:
        source = self._library.source(pinpoint.span.source)
        return tuple(source.references[index] for index in pinpoint.cited)


def cited_in(block: Block, span: Span) -> tuple[int, ...]:
    """The indices of the references that stand in or right after the words at `span`, in order, each once."""
    after = len(block.text) - len(block.text[span.end :].lstrip(' .”"’)'))
    inside = [mark.index for mark in block.references if span.start < mark.offset <= max(span.end, after)]
    return tuple(dict.fromkeys(inside))
