"""The words of sources with their letters as every program writes them (`text.letters`).

Only the words of blocks are changed. `start` and `end` stay offsets in the file, and what points into a block's text
moves with its words.
"""

from msgspec.structs import replace

from briefgen.model import Block, Source
from briefgen.text.letters import is_odd, normal

_UNREADABLE = "\ufffd"


def normal_source(source: Source) -> Source:
    """The source with normal words. Where a letter could not be decoded (U+FFFD), its block has a hole."""
    blocks = source.blocks
    if any(is_odd(block.text) for block in blocks):
        blocks = tuple(_normal_block(block) if is_odd(block.text) else block for block in blocks)
    named = {name: value for name in ("title", "publisher") if (value := getattr(source, name)) and is_odd(value)}
    if not named and blocks is source.blocks:
        return source
    return replace(source, blocks=blocks, **{name: normal(value) for name, value in named.items()})


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
