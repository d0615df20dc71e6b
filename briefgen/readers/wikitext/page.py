"""A page of wikitext under way: what was found in it so far."""

from typing import Any, Literal

from msgspec import Struct, field

from briefgen.model import Dropped, Locator
from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.marks import mark
from briefgen.readers.wikitext.scan import Node
from briefgen.readers.wikitext.short import Key
from briefgen.readers.wikitext.tables import Tables

RefName = tuple[str, str]
"""The group and the name of a ref tag; names of different groups have nothing to do with each other."""


class Found(Struct):
    """A reference under way: numbered in the order in which its construct closed.

    `dates` as written, which may end in a letter, and `anchor`, as `ref=` sets it, are what short references may call
    the work by. A reference that only points elsewhere has `short`, what it calls the work, or `paged`, the kind and
    number of the mark that it gives a page to; its `csl` is what it says by itself.
    """

    csl: dict[str, Any]
    start: int
    end: int
    locator: Locator | None = None
    dates: tuple[str, ...] = ()
    anchor: str = ""
    short: Key | None = None
    paged: tuple[str, int] | None = None


class Fact(Struct):
    """A row of a box of facts, or the caption of a picture: its expanded text at `start` to `end`."""

    text: str
    start: int
    end: int
    kind: Literal["entry", "caption"] = "entry"


class Page(Struct):
    """What was found in a text so far. `cited` is the last construct that put only references on the page."""

    text: str
    tables: Tables
    stripped: bool = False
    title: str = ""
    found: list[Found] = field(default_factory=list)
    named: dict[RefName, str] = field(default_factory=dict)
    reused: list[RefName] = field(default_factory=list)
    archives: list[tuple[int, int]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    cited: Node | None = None

    def drop(self, start: int, end: int, reason: str) -> str:
        self.dropped.append(Dropped(start, end, self.text[start:end], reason))
        return ""

    def fact(self, fact: Fact) -> str:
        """The mark of a row of facts or of a caption."""
        self.facts.append(fact)
        return mark(marks.FACT, len(self.facts) - 1)

    def add(self, found: Found) -> str:
        """The mark of a reference."""
        self.found.append(found)
        return mark(marks.REFERENCE, len(self.found) - 1)

    def reuse(self, name: RefName) -> str:
        """The mark of a named reference used again."""
        self.reused.append(name)
        return mark(marks.REUSE, len(self.reused) - 1)
