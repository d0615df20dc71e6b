"""From pandoc's inline elements to one line of words, with what stands at its offsets."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct, field

from briefgen.model import BlockReference, Link

_WRAPPED = frozenset({"Emph", "Underline", "Strong", "Strikeout", "Subscript", "SmallCaps"})
_RAISED = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SPACES = frozenset({"Space", "SoftBreak", "LineBreak"})
_QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}

Note = Callable[[Sequence[Any]], int | None]
"""Keeps a footnote's blocks; gives the number of its reference, or none where it has no words."""


class Line(Struct):
    """Words under way: single spaces, none at the ends. `left_out` are raw pieces without words, and why."""

    note: Note
    text: str = ""
    spaced: bool = False
    left_out_last: bool = False
    references: list[BlockReference] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    holes: list[int] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def say(self, words: str) -> None:
        """Adds words; any white space in them is one space."""
        for piece in _pieces(words):
            if piece.isspace():
                self.spaced = True
                continue
            tight = self.left_out_last and piece[0] in ".,;:!?)]"
            self.text += f" {piece}" if self.spaced and self.text and not tight else piece
            self.spaced = self.left_out_last = False

    def lose(self, raw: str, why: str) -> None:
        """Notes that words of the document stand here that cannot be told."""
        self.holes.append(len(self.text))
        self.left_out.append((raw, why))

    def add(self, inlines: Sequence[Any]) -> None:
        """Adds pandoc's inline elements."""
        for inline in inlines:
            kind, content = inline["t"], inline.get("c")
            if kind == "Str":
                self.say(content)
            elif kind in _SPACES:
                self.spaced = True
            elif kind in _WRAPPED:
                self.add(content)
            elif kind == "Quoted":
                opening, closing = _QUOTES[content[0]["t"]]
                self.say(opening)
                self.add(content[1])
                self.say(closing)
            elif kind == "Code":
                self.say(content[1])
            elif kind == "Span":
                self.add(content[1])
            else:
                self._add_rarer(kind, content)

    def _add_rarer(self, kind: str, content: Any) -> None:
        if kind == "Link":
            self._link(content[1], content[2][0])
        elif kind == "Note":
            number = self.note(content)
            if number is not None:
                self.references.append(BlockReference(len(self.text), number))
        elif kind == "Cite":
            self._cite(*content)
        elif kind == "Superscript":
            self._raise(content)
        elif kind == "Math":
            self.lose(content[1], "formula")
        elif kind == "RawInline":
            self.lose(content[1], "raw markup")
        elif kind == "Image":
            self.left_out.append((content[2][0], "picture"))

    def _raise(self, inlines: Sequence[Any]) -> None:
        """Adds raised words; raised digits stay so, since 10⁶ is not 106."""
        raised = "".join(inline.get("c", "") if inline["t"] == "Str" else " " for inline in inlines)
        if re.fullmatch(r"[+−-]?[0-9]+", raised):
            self.say(raised.translate(_RAISED))
        else:
            self.add(inlines)

    def _link(self, inlines: Sequence[Any], url: str) -> None:
        spaced = bool(self.spaced and self.text)
        start = len(self.text) + spaced
        self.add(inlines)
        if len(self.text) > start and url.lower().startswith(("http://", "https://")):
            self.links.append(Link(start, len(self.text), url))

    def _cite(self, citations: Sequence[Any], inlines: Sequence[Any]) -> None:
        """A key of somebody's bibliography is no word; where the author's name would stand, words are missing."""
        keys = ", ".join(citation["citationId"] for citation in citations)
        if any(citation["citationMode"]["t"] == "AuthorInText" for citation in citations):
            self.lose(keys, "citation key")
        else:
            self.left_out.append((keys, "citation key"))
            self.left_out_last = True


def _pieces(words: str) -> list[str]:
    """`words` cut into runs of white space and of other characters."""
    pieces: list[str] = []
    for character in words:
        if pieces and pieces[-1][-1].isspace() == character.isspace():
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces
