"""The text of an HTML file that a reader sees, with the place in the file, and in the page, of each run of it."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from html import unescape
from itertools import accumulate, pairwise

from msgspec import Struct

from briefgen.tables import table

_RAW = "script|style|textarea|title|iframe|xmp"
"""Elements in which no tag is one (HTML Standard, 13.2.5); none of their text is shown."""

_CELLS = frozenset({"td", "th", "tr"})
_LISTS = ("ul", "ol")
_OTHERS = frozenset({"a", "sup", "sub", "body"})

# A tag goes on to its ">", to the next "<" (as in libxml2, which finds the article) or to the end of the file, so that
# no text is looked through twice, and only after "=" does a quote hide either.
_MARKUP = re.compile(
    rf"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<({_RAW})\b[^>]*+>.*?(?:</\1\s*+>|\Z)|<[!?][^>]*+(?:>|\Z)"
    r"""|<(/?)([a-z][^\s/<>]*+)((?:[^<>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+)(?:>|\Z|(?=<))|</[^>]*+(?:>|\Z)""",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]+;?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
_WHITE = re.compile(r"\s+")


class Place(Struct, frozen=True):
    """Where in the page a run of text stands.

    `region` is what the innermost part of the page is that says so, or empty. `block` and `cell` count the starts and
    ends of blocks, and of table cells, before it: runs with one number stand on one line. `lists` is the number of
    lists around it. `href` is where the link around it leads, or empty; `raised` is "sup", "sub" or empty.
    """

    region: str
    block: int
    cell: int
    lists: int
    quoted: bool
    href: str
    raised: str


class Stretch(Struct, frozen=True):
    """A run of text from `start` to `end` of the file: its words with white space as it is, and its place."""

    start: int
    end: int
    text: str
    place: Place


class Visible(Struct, frozen=True):
    """`characters` is the page's text without white space; the i-th stretch begins at `firsts[i]` of it."""

    characters: str
    firsts: list[int]
    stretches: list[Stretch]
    source: str

    def offset(self, position: int) -> int:
        """Where in the file the character at `position` of `characters` begins."""
        index = bisect_right(self.firsts, position) - 1
        stretch = self.stretches[index]
        return stretch.start + _place_in(self.source[stretch.start : stretch.end], position - self.firsts[index])

    def runs(self, start: int, end: int) -> Iterator[tuple[str, Place]]:
        """The words from `start` to `end` of `characters`, with the white space between them, run by run."""
        for index in range(bisect_right(self.firsts, start) - 1, len(self.stretches)):
            first = self.firsts[index]
            if first >= end:
                return
            text = self.stretches[index].text
            length = (self.firsts[index + 1] if index + 1 < len(self.firsts) else len(self.characters)) - first
            begin = _character(text, start - first) if start > first else 0
            stop = _character(text, end - first - 1) + 1 if end < first + length else len(text)
            yield text[begin:stop], self.stretches[index].place

    def paragraphs(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretch from `start` to `end` of `characters`, cut where two lines end without a word between them."""
        first, last = bisect_right(self.firsts, start), bisect_right(self.firsts, end - 1)
        places = [stretch.place for stretch in self.stretches[first - 1 : last]]
        ends = [self.firsts[first + i] for i, (a, b) in enumerate(pairwise(places)) if b.block - a.block > 1]
        return list(pairwise((start, *ends, end)))


def visible(text: str) -> Visible:
    """What is to be read in the HTML `text`; any text is accepted."""
    stretches = list(_stretches(text))
    bare = [_WHITE.sub("", stretch.text) for stretch in stretches]
    return Visible("".join(bare), list(accumulate(map(len, bare), initial=0))[:-1], stretches, text)


def _stretches(text: str) -> Iterator[Stretch]:
    state = _State()
    at = 0
    for markup in _MARKUP.finditer(text):
        stretch = state.stretch(text, at, markup.start())
        if stretch:
            yield stretch
        if markup[3] and (tag := markup[3].lower()) in state.tracked:
            state.pass_tag(tag, bool(markup[2]), markup[4])
        at = markup.end()
    stretch = state.stretch(text, at, len(text))
    if stretch:
        yield stretch


class _State:
    """Which elements are open while a page's tags go by. An end tag without a start is passed over."""

    def __init__(self) -> None:
        elements = table("readers/html/elements.yaml")
        self.names: dict[str, str] = elements["regions"]
        self.blocks, self.hidden = frozenset(elements["blocks"]), frozenset(elements["hidden"])
        self.tracked = self.blocks | self.hidden | self.names.keys() | _OTHERS
        self.open: Counter[str] = Counter()
        self.regions: list[str] = []
        self.block = self.cell = 0
        self.hrefs: list[str] = []

    def stretch(self, text: str, start: int, end: int) -> Stretch | None:
        """The text from `start` to `end` at this place; none where nothing is to be read."""
        raw = text[start:end]
        if not raw or raw.isspace() or any(map(self.open.__getitem__, self.hidden)):
            return None
        words = unescape(raw) if "&" in raw else raw
        raised = "sup" if self.open["sup"] else "sub" if self.open["sub"] else ""
        place = Place(
            self.names[self.regions[-1]] if self.regions else "",
            *(self.block, self.cell, sum(self.open[tag] for tag in _LISTS), self.open["blockquote"] > 0),
            self.hrefs[-1] if self.open["a"] and self.hrefs else "",
            raised,
        )
        return Stretch(start, end, words, place) if words.strip() else None

    def pass_tag(self, tag: str, closes: bool, attributes: str) -> None:
        if tag in self.blocks:
            self.block += 1
        if tag in _CELLS:
            self.cell += 1
        if tag == "body":
            self.open["head"] = 0
        if closes:
            self._close(tag)
        elif not attributes.endswith("/") or tag not in self.hidden:
            self._open(tag, attributes)

    def _open(self, tag: str, attributes: str) -> None:
        if tag == "a":
            found = _ADDRESS.search(attributes)
            self.hrefs = [unescape(next(filter(None, found.groups()), "")) if found else ""]
            self.open["a"] = 0
        if tag in self.names:
            self.regions.append(tag)
        self.open[tag] += 1

    def _close(self, tag: str) -> None:
        self.open[tag] = max(0, self.open[tag] - 1)
        if tag in self.regions:
            del self.regions[len(self.regions) - 1 - self.regions[::-1].index(tag) :]


def _character(text: str, count: int) -> int:
    """Where in `text` its character number `count` stands, from 0, white space not counted."""
    for index, character in enumerate(text):
        if not character.isspace():
            if not count:
                return index
            count -= 1
    return len(text)


def _place_in(raw: str, count: int) -> int:
    """Where in `raw`, as it stands in the file, the character number `count` of its words begins."""
    at = 0
    for reference in _REFERENCE.finditer(raw):
        before, said = raw[at : reference.start()], _WHITE.sub("", unescape(reference[0]))
        length = len(_WHITE.sub("", before))
        if count < length:
            return at + _character(before, count)
        if count < length + len(said):
            return reference.start()
        count -= length + len(said)
        at = reference.end()
    return at + _character(raw[at:], count)
