"""What an instructor should look at before trusting a source: what it does not say, and what seems to be missing."""

import os
import re
from array import array
from collections.abc import Mapping
from heapq import nsmallest
from pathlib import Path
from typing import Literal
from zlib import crc32

from msgspec import Struct

from briefgen.library import Entry
from briefgen.model import Source
from briefgen.problems import Problem
from briefgen.text.words import length

Complaint = Literal[
    "unreadable", "no date", "no author", "short", "truncated", "mostly boilerplate", "holes", "duplicate", "changed"
]

_SHORT = 50
"""Words of prose below which a source is called short."""
_BOILERPLATE = 0.6
"""The share of a file's words left out from which a source is called mostly boilerplate."""
_ALIKE = 0.8
"""The share of its runs of words from which a source is called the duplicate of another."""
_SKETCH, _RUN = 64, 5
"""How many of a text's runs of so many words are kept: those of least hash, as in bottom-k sketches (Broder 1997)."""
_END = re.compile(r"[.!?…:;)\]\"'”’»。！？]\W*$")
_CUT = re.compile(
    r"(\[\s*(…|\.{3})\s*\]|\(?(truncated|continue reading|read the full (story|article))\)?\s*(…|\.{3})?)$",
    re.IGNORECASE,
)
_PROSE = ("paragraph", "item", "quote")


class Complained(Struct, frozen=True):
    """One thing about a source, and what shows it."""

    what: Complaint
    why: str = ""


class Health(Struct, frozen=True):
    """A file of the library: what is known of it, and what to look at. `dropped` is the share of its words left out."""

    path: str
    id: str = ""
    kind: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: str | None = None
    words: int = 0
    references: int = 0
    dropped: float = 0.0
    complaints: tuple[Complained, ...] = ()
    problems: tuple[Problem, ...] = ()


class Ward:
    """Looks at the files of one library after another, so that duplicates are found among any number of them."""

    def __init__(self, built: Mapping[Path, str]) -> None:
        """`built` has the SHA-256 of each source at the last build, by its whole path."""
        self._built = built
        self._sketches: dict[str, array[int]] = {}
        self._holding: dict[int, list[str]] = {}

    def look(self, entry: Entry) -> Health:
        """The health of one file."""
        source = entry.reading.source
        if source is None:
            why = entry.reading.problems[0].message if entry.reading.problems else ""
            return Health(str(entry.path), complaints=(Complained("unreadable", why),), problems=entry.reading.problems)
        prose = [block.text for block in source.blocks if block.kind in _PROSE]
        count = sum(map(length, prose))
        kept = sum(length(block.text) for block in source.blocks)
        left_out = sum(length(one.text) for one in source.dropped)
        share = left_out / max(1, kept + left_out)
        return Health(
            *(str(entry.path), source.id, source.kind, source.title, source.authors, source.published),
            words=count,
            references=len(source.references),
            dropped=round(share, 3),
            complaints=(*_complaints(source, count, share), *self._compared(source, entry, " ".join(prose).split())),
            problems=entry.reading.problems,
        )

    def _compared(self, source: Source, entry: Entry, words: list[str]) -> list[Complained]:
        found = []
        if entry.twin:
            found.append(Complained("duplicate", f"the same file as {entry.twin}"))
        elif alike := self._alike(str(entry.path), words):
            found.append(Complained("duplicate", f"nearly the same words as {alike}"))
        before = self._built.get(Path(os.path.realpath(entry.path)))
        if before and before != source.sha256:
            found.append(Complained("changed", "since the last build"))
        return found

    def _alike(self, path: str, words: list[str]) -> str | None:
        """The first file before this one with nearly the same words; remembers this one."""
        own = _sketch(words)
        if len(own) < _SKETCH // 2:
            return None
        shared: dict[str, int] = {}
        for value in own:
            for other in self._holding.get(value, ()):
                shared[other] = shared.get(other, 0) + 1
        found = next((other for other in shared if _likeness(own, self._sketches[other]) >= _ALIKE), None)
        self._sketches[path] = own
        for value in own:
            self._holding.setdefault(value, []).append(path)
        return found


def _complaints(source: Source, words: int, dropped: float) -> list[Complained]:
    found = []
    if not source.published:
        found.append(Complained("no date", "it does not say when it was published"))
    if not source.authors:
        found.append(Complained("no author", "it names no author"))
    if words < _SHORT:
        found.append(Complained("short", f"{words} words of prose"))
    last = next((block.text for block in reversed(source.blocks) if block.kind in (*_PROSE, "heading")), "")
    if source.kind != "archive" and (_CUT.search(last) or _stops_short(source)):
        found.append(Complained("truncated", f"it ends with “{last[-30:].strip()}”"))
    if dropped >= _BOILERPLATE:
        found.append(Complained("mostly boilerplate", f"{dropped:.0%} of its words were left out"))
    holes = sum(bool(block.holes) for block in source.blocks if block.kind in _PROSE)
    if holes:
        found.append(Complained("holes", f"words are missing in {holes} of its passages"))
    return found


def _stops_short(source: Source) -> bool:
    """Whether the last words are prose that stops inside a sentence; nothing of what was left out comes after it."""
    prose = [block for block in source.blocks if block.kind in _PROSE]
    if not prose or prose[-1].kind == "item" or source.blocks[-1] is not prose[-1]:
        return False
    after = any(one.start > prose[-1].start for one in source.dropped)
    return not after and not _END.search(prose[-1].text)


def _sketch(words: list[str]) -> "array[int]":
    folded = [word.encode("utf-8", "replace") for word in " ".join(words).lower().split()]
    hashes = {crc32(b" ".join(folded[at : at + _RUN])) for at in range(len(folded) - _RUN + 1)}
    return array("I", nsmallest(_SKETCH, hashes))


def _likeness(left: "array[int]", right: "array[int]") -> float:
    """The share of runs that two texts have in common (their Jaccard index), estimated from their sketches."""
    least = sorted({*left, *right})[:_SKETCH]
    both = set(left) & set(right)
    return sum(value in both for value in least) / max(1, len(least))
