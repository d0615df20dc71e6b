"""The line of a file that a problem is about, with a caret under its place, as wide as a terminal shows it."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from briefgen.problems import Location
from briefgen.userfiles import read_bytes

_YAML = (".yaml", ".yml")
_BREAK = re.compile("\r\n|[\n\r]")
_YAML_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_TAB = 4
_CUT = "…"
_FEWEST = 20
"""Columns below which no window is of use."""
_LONGEST = 5_000
"""Characters on either side of the place that are looked at: more than any window shows."""


class File(Struct, frozen=True):
    """The lines of a text file and, by line and column of their starts, where keys and values of YAML end."""

    lines: tuple[str, ...] = ()
    ends: Mapping[tuple[int, int], int] = {}


class Excerpts:
    """Shows lines of files, each of which is read once."""

    def __init__(self, width: int) -> None:
        self.width = max(width, _FEWEST)
        self._files: dict[str, File] = {}

    def at(self, where: Location | None) -> tuple[str, ...]:
        """The line at a place and the line with the caret; nothing where there is no such line in a text file."""
        if where is None or not (where.line and where.column):
            return ()
        if where.file not in self._files:
            self._files[where.file] = read(Path(where.file))
        file = self._files[where.file]
        if where.line > len(file.lines):
            return ()
        end = file.ends.get((where.line, where.column), where.column + 1)
        return marked(file.lines[where.line - 1], where.column, end, self.width)


def read(path: Path) -> File:
    """The lines of a file, none where it is no text in UTF-8. They end where the readers count them to end."""
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except (OSError, ValueError):
        return File()
    if "\0" in text:
        return File()
    if path.suffix not in _YAML:
        return File(tuple(_BREAK.split(text)))
    return File(tuple(_YAML_BREAK.split(text)), _ends(text))


def _ends(text: str) -> dict[tuple[int, int], int]:
    """Where keys and values end that begin and end in one line, up to where the text is YAML no longer."""
    import yaml

    from briefgen.yamlnodes.parse import LARGEST, LOADER

    ends: dict[tuple[int, int], int] = {}
    if len(text) > LARGEST:
        return ends
    try:
        for event in yaml.parse(text, Loader=LOADER):
            start, end = event.start_mark, event.end_mark
            if isinstance(event, yaml.ScalarEvent) and start and end and start.line == end.line:
                ends[start.line + 1, start.column + 1] = end.column + 1
    except yaml.YAMLError:
        pass
    return ends


def marked(line: str, column: int, end: int, width: int) -> tuple[str, ...]:
    """`line` and, under it, a caret at `column` with ~ up to `end`, cut to `width` columns of a terminal round it.

    Tabs are shown as blanks, and signs that would move the cursor or turn the direction of writing as �. Nothing where
    the line has no such column.
    """
    if column > len(line) + 1 or not line.strip():
        return ()
    first = max(0, column - 1 - _LONGEST)
    cells = _cells(line[first : column - 1 + _LONGEST])
    place = column - 1 - first
    start, stop = _window(cells, place, width)
    before = sum(len_of for _, len_of in cells[start:place])
    extent = sum(len_of for _, len_of in cells[place : min(max(end - 1 - first, place + 1), stop)])
    shown = "".join(sign for sign, _ in cells[start:stop])
    head, tail = _CUT * (start + first > 0), _CUT * (stop + first < len(line))
    return f"{head}{shown}{tail}".rstrip(), " " * (len(head) + before) + "^" + "~" * (extent - 1)


def _cells(line: str) -> list[tuple[str, int]]:
    """Each character as it is shown, with the columns that it takes."""
    cells: list[tuple[str, int]] = []
    at = 0
    for sign in line:
        shown, width = _cell(sign, at)
        cells.append((shown, width))
        at += width
    return cells


def _cell(sign: str, at: int) -> tuple[str, int]:
    if sign == "\t":
        blanks = _TAB - at % _TAB
        return " " * blanks, blanks
    kind = unicodedata.category(sign)
    if kind in ("Cc", "Cs", "Zl", "Zp") or sign in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069":
        return "\ufffd", 1
    # The vowels and finals of Hangul that are written by parts stand in the cell of their first letter.
    if (kind in ("Mn", "Me", "Cf") and sign != "\u00ad") or "\u1160" <= sign <= "\u11ff":
        return sign, 0
    return sign, 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _window(cells: list[tuple[str, int]], place: int, width: int) -> tuple[int, int]:
    """Which characters are shown, `place` among them: all where there is room, else a third of them before it."""
    if sum(len_of for _, len_of in cells) <= width:
        return 0, len(cells)
    room = width - 2 * len(_CUT)
    start, taken = place, 0
    while start and taken + cells[start - 1][1] <= room // 3:
        start -= 1
        taken += cells[start][1]
    stop = start
    taken = 0
    while stop < len(cells) and taken + cells[stop][1] <= room:
        taken += cells[stop][1]
        stop += 1
    while start and taken + cells[start - 1][1] <= room:
        start -= 1
        taken += cells[start][1]
    while start < place and cells[start][1] == 0:
        start += 1
    return start, stop
