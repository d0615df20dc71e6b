"""Where the blocks that pandoc found stand in the file's own text."""

import re
from collections.abc import Sequence

from msgspec.structs import replace

from briefgen.model import Block

# Raised digits are written in markup, so that they are no part of the file's words.
_WORD = re.compile(r"[^\W_⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_AHEAD = 4000
"""Characters of markup that may stand before a block's first word, or between two of its words."""


def placed(blocks: Sequence[Block], text: str) -> tuple[Block, ...]:
    """The blocks with `start` at their first word in `text` and `end` behind their last, searched in order.

    A block whose words do not stand there in order (they come from a macro) gets the empty place behind the one
    before it.
    """
    found: list[Block] = []
    at = 0
    for block in blocks:
        place = find(block.text, text, at)
        start, end = place or (at, at)
        found.append(replace(block, start=start, end=end))
        at = max(at, end)
    return tuple(found)


def find(words: str, text: str, at: int = 0) -> tuple[int, int] | None:
    """Where the words of `words` stand in `text` from `at` on, in order, with only markup between them."""
    wanted = _WORD.findall(words)
    if not wanted:
        return None
    first = text.find(wanted[0], at)
    tries = 0
    while first >= 0 and tries < 50:
        end = _follow(wanted, text, first)
        if end:
            return first, end
        first = text.find(wanted[0], first + 1)
        tries += 1
    return None


def _follow(wanted: Sequence[str], text: str, at: int) -> int:
    """The end of the last of the words, which follow each other from `at` on; 0 where they do not."""
    for number, word in enumerate(wanted):
        ahead = _AHEAD if number else len(word)
        found = text.find(word, at, at + ahead + len(word))
        if found < 0:
            return 0
        at = found + len(word)
    return at


def joined(blocks: Sequence[Block], notes: Sequence[str]) -> tuple[str, tuple[Block, ...], tuple[tuple[int, int], ...]]:
    """The words of blocks and notes with an empty line between them, the blocks placed in it, and the notes' places."""
    parts: list[str] = []
    placed_blocks: list[Block] = []
    at = 0
    for block in blocks:
        placed_blocks.append(replace(block, start=at, end=at + len(block.text)))
        parts.append(block.text)
        at += len(block.text) + 2
    spans = []
    for note in notes:
        spans.append((at, at + len(note)))
        parts.append(note)
        at += len(note) + 2
    return "\n\n".join(parts), tuple(placed_blocks), tuple(spans)
