"""From pandoc's block elements to blocks; where they stand is found afterwards."""

import re
from collections.abc import Sequence
from typing import Any

from msgspec import Struct, field

from briefgen.model import Block, BlockKind
from briefgen.readers.pandoc.inlines import Line

_BULLET = re.compile(r"^[•‣◦▪·–-]\s+(?=\S)")


class Walk(Struct):
    """Blocks under way; `notes` are the words of the footnotes met so far, a link as "[address words]"."""

    loose_bullets: bool = False
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    path: list[tuple[int, str]] = field(default_factory=list)

    def add(self, elements: Sequence[Any], kind: BlockKind = "paragraph", depth: int = 0) -> None:
        """Adds pandoc's block elements, as `kind` where they are prose; `depth` counts the lists around them."""
        for element in elements:
            name, content = element["t"], element.get("c")
            if name in ("Para", "Plain"):
                self._line(content, kind, depth)
            elif name == "Header":
                self._heading(content[0], content[2])
            elif name == "BulletList":
                self._items(content, depth + 1)
            elif name == "OrderedList":
                self._items(content[1], depth + 1)
            elif name == "BlockQuote":
                self.add(content, "item" if depth else "quote", depth)
            elif name == "Div":
                self.add(content[1], kind, depth)
            else:
                self._add_rarer(name, content, kind, depth)

    def _add_rarer(self, name: str, content: Any, kind: BlockKind, depth: int) -> None:
        if name == "LineBlock":
            for line in content:
                self._line(line, kind, depth)
        elif name == "DefinitionList":
            for term, definitions in content:
                self._line(term, "item", depth + 1)
                for definition in definitions:
                    self.add(definition, "item", depth + 1)
        elif name == "CodeBlock":
            self._words(content[1], kind)
        elif name == "Table":
            self._table(content)
        elif name == "Figure":
            self.add(content[1][1], "caption")
            self.add(content[2], "caption")
        elif name == "RawBlock":
            self.left_out.append((content[1], "raw markup"))

    def note(self, elements: Sequence[Any]) -> int | None:
        """Keeps a footnote; notes and lists in it are part of its words."""
        inner = Walk()
        inner.add(elements)
        words = " ".join(_with_addresses(block) for block in inner.blocks)
        if not words:
            return None
        self.notes.append(words)
        return len(self.notes) - 1

    def _items(self, items: Sequence[Any], depth: int) -> None:
        for item in items:
            self.add(item, "item", depth)

    def _heading(self, level: int, inlines: Sequence[Any]) -> None:
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        if self._line(inlines, "heading", level):
            self.path.append((level, self.blocks[-1].text))

    def _words(self, text: str, kind: BlockKind) -> None:
        line = Line(self.note)
        line.say(text)
        self._block(line, kind, 0)

    def _line(self, inlines: Sequence[Any], kind: BlockKind, level: int) -> bool:
        line = Line(self.note)
        line.add(inlines)
        bullet = _BULLET.match(line.text) if self.loose_bullets and kind == "paragraph" else None
        if bullet and not (line.references or line.links or line.holes):
            line.text = line.text[bullet.end() :]
            kind, level = "item", 1
        return self._block(line, kind, level)

    def _block(self, line: Line, kind: BlockKind, level: int) -> bool:
        self.left_out.extend(line.left_out)
        if not any(map(str.isalnum, line.text)):
            return False
        self.blocks.append(
            Block(
                *(kind, line.text, 0, 0, level, tuple(title for _, title in self.path)),
                references=tuple(dict.fromkeys(line.references)),
                holes=tuple(dict.fromkeys(line.holes)),
                links=tuple(line.links),
            )
        )
        return True

    def _table(self, content: Any) -> None:
        """A block for each row: the words of its cells with a bar between them."""
        _, caption, _, head, bodies, foot = content
        self.add(caption[1], "caption")
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        for _, cells in rows:
            line = Line(self.note)
            for cell in cells:
                inner = Walk(notes=self.notes)
                inner.add(cell[4])
                words = " ".join(block.text for block in inner.blocks)
                holes = any(block.holes for block in inner.blocks)
                if words:
                    line.say(f" | {words}" if line.text else words)
                if holes:
                    line.holes.append(len(line.text))
            self._block(line, "table", 0)


def _with_addresses(block: Block) -> str:
    text = block.text
    for link in reversed(block.links):
        words = text[link.start : link.end]
        named = link.url if words in ("", link.url) else f"[{link.url} {words}]"
        text = text[: link.start] + named + text[link.end :]
    return text
