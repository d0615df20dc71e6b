"""Letters as every program writes them: composed, without invisible characters, with ordinary spaces.

Only the words of blocks are changed. `start` and `end` stay offsets in the file, and what points into a block's text
moves with its words.
"""

import re
from unicodedata import is_normalized, normalize

from msgspec.structs import replace

from briefgen.model import Block, Source

# Soft hyphens, zero-width spaces, marks of direction. Zero-width joiners stay, since Persian and others need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile("[ \t\r\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_ODD = re.compile(f"{_INVISIBLE.pattern}|[\t\r\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufffd]|  ")
_UNREADABLE = "\ufffd"


def normal(text: str) -> str:
    """`text` in Unicode's composed form (NFC), each run of white space one space, without invisible characters."""
    if not _is_odd(text):
        return text
    return normalize("NFC", _SPACES.sub(" ", _INVISIBLE.sub(_gone, text)))


def normal_source(source: Source) -> Source:
    """The source with normal words. Where a letter could not be decoded (U+FFFD), its block has a hole."""
    blocks = source.blocks
    if any(_is_odd(block.text) for block in blocks):
        blocks = tuple(_normal_block(block) if _is_odd(block.text) else block for block in blocks)
    named = {name: value for name in ("title", "publisher") if (value := getattr(source, name)) and _is_odd(value)}
    if not named and blocks is source.blocks:
        return source
    return replace(source, blocks=blocks, **{name: normal(value) for name, value in named.items()})


def _is_odd(text: str) -> bool:
    return bool(_ODD.search(text)) or not (text.isascii() or is_normalized("NFC", text))


def _gone(found: re.Match[str]) -> str:
    return " " if found[0] in "\u2028\u2029\x0c\x0b\x85" else ""


def _normal_block(block: Block) -> Block:
    text = normal(block.text)

    def moved(offset: int) -> int:
        return min(len(normal(block.text[:offset])), len(text))

    holes = {moved(hole) for hole in block.holes} | {at for at, letter in enumerate(text) if letter == _UNREADABLE}
    return replace(
        block,
        text=text,
        headings=tuple(normal(heading) for heading in block.headings),
        references=tuple(replace(one, offset=moved(one.offset)) for one in block.references),
        links=tuple(replace(one, start=moved(one.start), end=moved(one.end)) for one in block.links),
        holes=tuple(sorted(holes)),
    )
