"""Plain text as lines and paragraphs with offsets."""

import re

from msgspec import Struct


class Line(Struct, frozen=True):
    """A stretch of the file without the white space around it."""

    start: int
    end: int
    text: str


_LINE = re.compile(r"[^\r\n]+")


def lines(text: str) -> tuple[Line, ...]:
    """The lines of `text` that are not blank; text wrapped at a fixed width is joined to one line a paragraph.

    A joined line's `text` has single spaces where the file has a line end; all others are the file's exact slice.
    """
    found: list[Line] = []
    for group in _groups(text):
        found.extend([_joined(group)] if _is_wrapped(group) else group)
    return tuple(found)


def _groups(text: str) -> list[list[Line]]:
    groups: list[list[Line]] = []
    previous_end = 0
    for match in _LINE.finditer(text):
        stripped = match[0].strip()
        if not stripped:
            continue
        start = match.start() + match[0].index(stripped)
        line = Line(start, start + len(stripped), stripped)
        if groups and text.count("\n", previous_end, start) <= 1:
            groups[-1].append(line)
        else:
            groups.append([line])
        previous_end = line.end
    return groups


def _is_wrapped(group: list[Line]) -> bool:
    """Whether a run of lines is one paragraph that an editor broke at a fixed width (40 to 100 columns)."""
    widths = [len(line.text) for line in group]
    widest = max(widths)
    runs_on = any(line.text[0].islower() for line in group[1:])
    return runs_on and 40 <= widest <= 100 and all(width > widest - 20 for width in widths[:-1])


def _joined(group: list[Line]) -> Line:
    return Line(group[0].start, group[-1].end, " ".join(line.text for line in group))
