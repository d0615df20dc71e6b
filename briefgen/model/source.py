"""What readers make: sources, their blocks and references, and places in them.

Offsets count code points, from 0, the end exclusive.
"""

from typing import Any, Literal

from msgspec import Struct, field

SourceKind = Literal["encyclopedia", "news", "archive", "report", "book", "page"]
BlockKind = Literal["heading", "paragraph", "item", "quote", "caption", "table", "entry"]
PROSE: tuple[BlockKind, ...] = ("paragraph", "item", "quote")
"""The kinds of blocks whose sentences can be shown."""

Precision = Literal["day", "week", "month", "season", "year", "decade", "century", "span"]
Qualifier = Literal["", "approximate", "uncertain", "before", "after"]


class Locator(Struct, frozen=True):
    """Where in a work: `label` is a CSL locator term ("page", "section", "paragraph") or "document"."""

    label: str
    value: str


class Reference(Struct, frozen=True):
    """A publication that a source itself names: a CSL-JSON item, and the file's text it was read from."""

    csl: dict[str, Any]
    raw: str
    start: int
    end: int
    locator: Locator | None = None


class BlockReference(Struct, frozen=True):
    """`Source.references[index]` is cited just before `Block.text[offset]`."""

    offset: int
    index: int


class Link(Struct, frozen=True):
    """`Block.text[start:end]` leads to `url`, which begins with http:// or https://."""

    start: int
    end: int
    url: str


class Block(Struct, frozen=True):
    """A heading, paragraph, list item or the like, as plain text, in reading order.

    `start` and `end` are offsets in the decoded file. `headings` is the path of headings above the block, outermost
    first; a heading's own text is not part of its path. `level` is a heading's or a nested item's, from 1.
    `holes` are the offsets in `text` at which words are missing (an unknown template stood there): a sentence that
    holds or touches one is not verbatim and is never shown.
    """

    kind: BlockKind
    text: str
    start: int
    end: int
    level: int = 0
    headings: tuple[str, ...] = ()
    page: int | None = None
    references: tuple[BlockReference, ...] = ()
    holes: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()


class Dropped(Struct, frozen=True):
    """A stretch of the file that is not content, and why it was left out."""

    start: int
    end: int
    text: str
    reason: str


class Source(Struct, frozen=True):
    """A source document as its reader understood it.

    `published` and `modified` are EDTF text, or none where the document does not say. `origins` tells for each
    metadata field the words of the file that its value was read from. `csl` is the source as a CSL-JSON item, where a
    bibliography has one.
    """

    id: str
    path: str
    sha256: str
    kind: SourceKind
    title: str
    blocks: tuple[Block, ...]
    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str = "en"
    url: str | None = None
    license: str | None = None
    references: tuple[Reference, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    origins: dict[str, str] = field(default_factory=dict)
    csl: dict[str, Any] | None = None


class Span(Struct, frozen=True, order=True):
    """`source.blocks[block].text[start:end]`."""

    source: str
    block: int
    start: int
    end: int

    @property
    def place(self) -> str:
        """The place in the source as outlines write it: "BLOCK:START-END"."""
        return f"{self.block}:{self.start}-{self.end}"


class DateMention(Struct, frozen=True):
    """A time expression with its value.

    `earliest` and `latest` are the first and last day it can mean, as proleptic Gregorian day numbers in which day 1
    is 1 January of year 1 (so years before it are zero and below). `label` is the short form for a chip or an axis,
    with the source's own hedge ("c. 2002", "late 2001", "1980–1992").
    """

    start: int
    end: int
    text: str
    edtf: str
    earliest: int
    latest: int
    precision: Precision
    qualifier: Qualifier = ""
    label: str = ""
