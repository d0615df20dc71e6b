"""The expanded text as lines that know where in the file they stand."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from msgspec import Struct

from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.expand import expand
from briefgen.readers.wikitext.glued import Places, cut_glued
from briefgen.readers.wikitext.page import Page
from briefgen.readers.wikitext.scan import Node

_PARAMETER_LINE = re.compile(r"^[ \t]*\|[ \t]*[\w .-]{1,60}=", re.MULTILINE)
_HEADING_OR_TABLE = re.compile(r"^(?:=.*=[ \t\r]*$|\{\|)", re.MULTILINE)
_BOX_START = re.compile(r"\{\{[^|{}\n]*\n\s*\|")
_BOX_END = re.compile(r"\n[ \t]*\}\}|\n(?=[ \t]*\n|''')")


class Line(Struct, gc=False):
    """A line of expanded text, without its break, at `start` to `end` of the file."""

    text: str
    start: int
    end: int


class Expanded(Struct):
    """Expanded text, and where its parts come from: `files[i]` is the offset in the file of `text[starts[i]]`; a part
    whose `ends[i]` is not 0 was made by the construct that ends there and has no finer offsets.
    """

    text: str
    starts: list[int]
    files: list[int]
    ends: list[int]

    def is_verbatim(self, offset: int) -> bool:
        """Whether the character at `offset` stands so in the file; the ends of the text count as verbatim."""
        return not self.ends[bisect_right(self.starts, max(0, offset)) - 1]

    def start_in_file(self, offset: int) -> int:
        part = bisect_right(self.starts, offset) - 1
        return self.files[part] if self.ends[part] else self.files[part] + offset - self.starts[part]

    def end_in_file(self, offset: int) -> int:
        part = max(0, bisect_right(self.starts, offset - 1) - 1)
        return self.ends[part] or self.files[part] + offset - self.starts[part]


def expanded(page: Page, top: list[Node]) -> Expanded:
    """The whole text with every top-level construct replaced by what it puts on the page."""
    result = Expanded("", [0], [0], [0])
    parts: list[str] = []
    length = 0
    for start, end, node in _with_open_boxes(page, top):
        text = page.text[start:end] if node is None else node.text
        if not text:
            continue
        parts.append(text)
        result.starts.append(length)
        result.files.append(start)
        result.ends.append(end if node else 0)
        length += len(text)
    result.text = "".join(parts)
    result.starts.append(length)
    result.files.append(len(page.text))
    result.ends.append(0)
    return result


def lines(source: Expanded, file: str, half_stripped: Page | None) -> list[Line]:
    """The lines of `source`, which was made from `file`; the offsets leave out white space at both ends.

    In a half-stripped page the references glued to the prose are cut out of the lines and added to the page.
    """
    result = []
    at = 0
    for text in source.text.split("\n"):
        start, end = _place(source, file, at, at + len(text))
        shown = text.rstrip("\r")
        if half_stripped:
            shown = cut_glued(half_stripped, shown, _places(source, at))
        result.append(Line(shown, start, end))
        at += len(text) + 1
    return result


def _place(source: Expanded, file: str, first: int, last: int) -> tuple[int, int]:
    """Where `source.text[first:last]`, a line, stands in the file, with what puts nothing on the page at its ends."""
    start = source.end_in_file(first) if source.is_verbatim(first - 1) else source.start_in_file(first)
    end = source.start_in_file(last) if source.is_verbatim(last) else source.end_in_file(last)
    if not source.is_verbatim(first):
        start = source.start_in_file(first)
    text = file[start : max(start, end)]
    inner = text.strip()
    start += len(text) - len(text.lstrip()) if inner else 0
    return start, start + len(inner)


def _places(source: Expanded, at: int) -> Places:
    """Offsets in the file for offsets in the line that starts at `at`."""
    return Places(lambda offset: source.start_in_file(at + offset), lambda offset: source.end_in_file(at + offset))


def _with_open_boxes(page: Page, top: list[Node]) -> Iterator[tuple[int, int, Node | None]]:
    """The top-level pieces, in which what never closed is read up to a sensible end."""
    at = index = 0
    while index < len(top):
        node = top[index]
        index += 1
        if node.kind == "stray":
            first = index
            stop, is_box = _end_of_open(page.text, node.start)
            while index < len(top) and top[index].start < stop:
                index += 1
            node = _closed(page, node, max(stop, top[index - 1].end), top[first:index], is_box)
        yield at, node.start, None
        yield node.start, node.end, node
        at = node.end
    yield at, len(page.text), None


def _closed(page: Page, stray: Node, end: int, inner: list[Node], is_box: bool) -> Node:
    """What never closed, ended at `end`. A box gives its rows; of anything else only the references stay."""
    if page.text.startswith("[[", stray.start):
        return Node("stray", stray.start, stray.end, 2, 0, [])
    if is_box:
        node = Node("template", stray.start, end, 2, 0, inner)
        expand(page, [node])
        return node
    page.drop(stray.start, end, "template or reference without an end")
    cited = "".join(found[0] for child in inner for found in marks.NUMBERED.finditer(child.text))
    return Node("stray", stray.start, end, 2, 0, [], text=marks.HOLE + cited)


def _end_of_open(text: str, start: int) -> tuple[int, bool]:
    """Where a construct that never closes ends, and whether it is a box with parameters on lines of their own.

    A box ends at the blank line after the last such parameter of its section, or before a line that begins in bold, as
    a lead does; anything else at the end of its line.
    """
    if text.startswith("{{", start) and _BOX_START.match(text, start):
        limit = _HEADING_OR_TABLE.search(text, start)
        end = limit.start() if limit else len(text)
        last = start
        for parameter in _PARAMETER_LINE.finditer(text, start, end):
            last = parameter.end()
        close = _BOX_END.search(text, last, end)
        return (close.end() if close else end), True
    line_end = text.find("\n", start)
    return (len(text) if line_end < 0 else line_end), False
