"""Finds the constructs of wikitext: templates, links, references, comments and verbatim tags, as nodes with offsets.

The scan is one pass over the delimiters with an explicit stack, so it is linear and nesting costs no recursion. What
does not close becomes a stray node of its opening mark only, and what stands behind it is read as if it were not
there. A heading closes everything: no construct of an article reaches over one.
"""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

Kind = Literal["template", "link", "ref", "use", "list", "verbatim", "comment", "stray"]
Opening = Literal["template", "link", "ref", "list"]

DEPTH_LIMIT = 40
"""Templates nested deeper are not looked into, as in MediaWiki (`$wgMaxTemplateDepth`)."""

VERBATIM_TAGS = ("nowiki", "math", "pre", "syntaxhighlight", "source", "timeline", "score", "chem")

# Every delimiter begins with one of a few signs, which the first class tells apart at once. A line at the very start
# of a text needs none: there is nothing yet that it could close.
_DELIMITER = re.compile(
    r"[{}\[\]<\n](?:(?<=\{)\{|(?<=\})\}|(?<=\[)\[|(?<=\])\]"
    r"|(?<=<)(?:!--|/?ref(?:erences)?\b[^<>]*>|(?:" + "|".join(VERBATIM_TAGS) + r")\b[^<>]*>)"
    r"|(?<=\n)(?:(?==[^\n]*=[ \t\r]*$)|[ \t]*\|[ \t]*[A-Za-z][\w -]*=))",
    re.IGNORECASE | re.MULTILINE,
)
_LIST_OPENING = re.compile(r"\{\{\s*(?:plain|flat)list\s*\|", re.IGNORECASE)
_STRAY_OPENING = re.compile(r"\{\{[^|{}<>\[\]\n]*\|?")
_LIST_PARAMETERS = frozenset({"class", "style", "indent"})


class Node(Struct, gc=False):
    """A construct at `text[start:end]`; its inside is `text[start + opening : end - closing]`.

    `children` are the constructs directly inside, in order. `deep` says that something inside was nested too deeply.
    """

    kind: Kind
    start: int
    end: int
    opening: int
    closing: int
    children: list["Node"]
    deep: bool = False
    text: str = ""


class _Frame(Struct, gc=False):
    kind: Literal["root"] | Opening
    start: int
    opening: int
    children: list[Node]
    deep: bool = False


class _Scanner:
    """The stack of open constructs, and the closed ones in the order in which they closed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack = [_Frame("root", 0, 0, [])]
        self.counts = {"root": 1, "template": 0, "link": 0, "ref": 0, "list": 0}
        self.closed: list[Node] = []
        self.endless: set[str] = set()

    def run(self) -> list[Node]:
        """Every construct at the top level."""
        skip = 0
        for match in _DELIMITER.finditer(self.text):
            if match.start() >= skip:
                skip = self._step(match.group(), match.start(), match.end())
        self._collapse(1)
        return self.stack[0].children

    def _step(self, token: str, start: int, end: int) -> int:
        """Acts on one delimiter; gives the offset before which nothing more is looked at."""
        first = token[0]
        if first == "{":
            self._open("template", start, 2)
        elif first == "}":
            self._close("template", end, 2)
        elif first == "[":
            self._open("link", start, 2)
        elif first == "]":
            if self.stack[-1].kind == "link":
                self._close("link", end, 2)
        elif first == "<":
            return self._tag(token, start, end)
        elif token == "\n":
            self._collapse(1)
        else:
            self._parameter_line(token)
        return end

    def _tag(self, token: str, start: int, end: int) -> int:
        if token == "<!--":
            return self._until("-->", "comment", start, end)
        kind: Opening = "list" if token.strip("</>")[:10].lower() == "references" else "ref"
        if token.startswith("</"):
            self._close(kind, end, len(token))
        elif token.endswith("/>"):
            if token[1:4].lower() == "ref":
                self._leaf(Node("use" if kind == "ref" else "list", start, end, len(token), 0, []))
        elif token[1:4].lower() == "ref":
            self._open(kind, start, len(token))
        else:
            name = re.match(r"\w+", token[1:])
            return self._until(f"</{name[0] if name else ''}>", "verbatim", start, end)
        return end

    def _until(self, closing: str, kind: Kind, start: int, end: int) -> int:
        """A construct whose inside is not markup. A comment without an end reaches to the end of the text."""
        if closing in self.endless:
            return end
        at = self.text.find(closing, end)
        if at < 0:
            self.endless.add(closing)
            if kind == "comment":
                self._leaf(Node(kind, start, len(self.text), end - start, 0, []))
                return len(self.text)
            return end
        stop = at + len(closing)
        self._leaf(Node(kind, start, stop, end - start, len(closing), []))
        return stop

    def _leaf(self, node: Node) -> None:
        if len(self.stack) <= DEPTH_LIMIT:
            self.stack[-1].children.append(node)
            self.closed.append(node)

    def _open(self, kind: Opening, start: int, opening: int) -> None:
        self.stack.append(_Frame(kind, start, opening, []))
        self.counts[kind] += 1

    def _close(self, kind: Opening, end: int, closing: int) -> None:
        """Closes the innermost open construct of this kind; those opened inside it and still open are strays."""
        if not self.counts[kind]:
            return
        index = len(self.stack) - 1
        while self.stack[index].kind != kind:
            index -= 1
        self._collapse(index + 1)
        frame = self.stack.pop()
        self.counts[kind] -= 1
        if len(self.stack) > DEPTH_LIMIT:
            self.stack[-1].deep = True
            return
        node = Node(kind, frame.start, end, frame.opening, closing, frame.children, frame.deep)
        self.stack[-1].children.append(node)
        self.closed.append(node)

    def _collapse(self, index: int) -> None:
        """Takes `stack[index:]` away as strays; what was inside them belongs to the construct below."""
        below = self.stack[index - 1]
        for frame in self.stack[index:]:
            self.counts[frame.kind] -= 1
            opening = _STRAY_OPENING.match(self.text, frame.start)
            end = opening.end() if opening else frame.start + frame.opening
            stray = Node("stray", frame.start, end, end - frame.start, 0, [])
            below.children.append(stray)
            below.children.extend(frame.children)
        del self.stack[index:]

    def _parameter_line(self, token: str) -> None:
        """Ends a list template left open when the next parameter of the template around it begins."""
        frame = self.stack[-1]
        if frame.kind != "template" or self.counts["template"] < 2:
            return
        if token.strip(" \t\n|=") not in _LIST_PARAMETERS and _LIST_OPENING.match(self.text, frame.start):
            self._collapse(len(self.stack) - 1)


def scan(text: str) -> tuple[list[Node], list[Node]]:
    """The top-level constructs of `text` in order, and all constructs with the inner ones before the outer."""
    scanner = _Scanner(text)
    top = scanner.run()
    return top, scanner.closed


def pieces(text: str, start: int, end: int, children: list[Node]) -> Iterator[tuple[int, int, Node | None]]:
    """`text[start:end]` as stretches outside and inside of `children`: each with its offsets and its node."""
    at = start
    for node in children:
        if at < node.start:
            yield at, node.start, None
        yield node.start, node.end, node
        at = node.end
    if at < end:
        yield at, end, None
