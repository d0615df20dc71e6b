"""The references of a page in the order of its file, and the works that short ones stand for."""

from typing import Any

from msgspec import Struct

from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.page import Found, Page
from briefgen.readers.wikitext.short import Works, keys_of

_MOST_NAMED = 50
"""References that one named ref tag may stand for."""


class Numbered(Struct, frozen=True):
    """A reference, and the place in the list, from 0, of the one that gives its work."""

    found: Found
    work: int


class Numbering:
    """The references of a page in the order of the file, and which of them a mark stands for.

    A page given to a reference that nothing defines is left out.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        asked = any(found.short for found in page.found)
        self._full = [index for index, found in enumerate(page.found) if asked and not (found.short or found.paged)]
        full = [page.found[index] for index in self._full]
        self._known = Works([(found.csl, keys_of(found.csl, found.dates, found.anchor)) for found in full])
        works = [self._work(index) for index in range(len(page.found))]
        order = sorted(
            (index for index, work in enumerate(works) if work is not None),
            key=lambda index: (page.found[index].start, page.found[index].end),
        )
        self._rank = {index: position for position, index in enumerate(order)}
        self.in_order = [Numbered(page.found[index], self._rank[works[index] or 0]) for index in order]

    def csl(self, index: int) -> dict[str, Any]:
        """The work that the reference at `index` of the list cites."""
        return self.in_order[self.in_order[index].work].found.csl

    def resolve(self, kind: str, number: int) -> tuple[int, ...]:
        """Indices of references for a mark of this kind; a name that nothing defines stands for none."""
        return tuple(self._rank[index] for index in self._marked(kind, number) if index in self._rank)

    def _marked(self, kind: str, number: int) -> list[int]:
        if kind == marks.REFERENCE:
            return [number]
        cited = self._page.named.get(self._page.reused[number], "")
        return marks.numbers(cited, marks.REFERENCE)[:_MOST_NAMED]

    def _work(self, index: int) -> int | None:
        """The number of the reference that gives the work which the one numbered `index` cites.

        One whose work the article does not give stands for itself, as far as it says anything.
        """
        found = self._page.found[index]
        if found.paged:
            marked = self._marked(*found.paged)
            return self._work(marked[0]) if marked and not self._page.found[marked[0]].paged else None
        if found.short:
            known = self._known.find(found.short)
            return index if known is None else self._full[known]
        return index
