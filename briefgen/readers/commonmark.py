"""CommonMark with tables and footnotes, as tokens, and the words that its inline tokens show."""

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

FOOTNOTE = "footnote"
"""The type of a definition's token: `info` is its label, `content` what it says, as Markdown."""
_FOOTNOTE_MARK = "footnote_mark"
_DEFINITION = re.compile(r"\[\^([^\[\]\s]+)\]:[ \t]*")
_MARK = re.compile(r"\[\^([^\[\]\s]+)\]")
_TAG = re.compile(r"<(/?)(script|style)\b", re.IGNORECASE)
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_PLACE = "\0"  # stands for a mark while words are joined; the parser lets no such character through
_LOOSE_MARKS = re.compile(rf"(?<!\s)\s+({_PLACE}+)(?=[.,;:!?)\]])")
_INDENT = 4  # columns: what a footnote's further paragraphs are indented by


class _Parser(MarkdownIt):
    # The name is the base class's, which calls it.
    def validateLink(self, url: str) -> bool:  # noqa: N802
        """Every link counts as one, so that its target is never read as words."""
        return True


def parsed(text: str) -> list[Token]:
    """The tokens of `text`, with one of type `FOOTNOTE` for each footnote's definition."""
    return _parser().parse(text)


def shown(children: Iterable[Token]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The words of inline tokens, and the offset and label of each footnote mark taken out of them.

    Marks, link targets, tags and what stands in script and style elements are gone; white space is one space.
    """
    labels: list[str] = []
    parts: list[str] = []
    for token in _visible(children):
        if token.type == _FOOTNOTE_MARK:
            labels.append(token.content)
            parts.append(_PLACE)
        else:
            parts.append(_words(token))
    text, offsets = _unmarked(_LOOSE_MARKS.sub(r"\1", "".join(parts)))
    return text, tuple(zip(offsets, labels, strict=True))


def reference_text(markdown: str) -> str:
    """A footnote's words on one line, a link as "[address words]"."""
    (inline,) = _parser().parseInline(markdown)
    parts: list[str] = []
    opened: list[tuple[int, str]] = []
    for token in _visible(inline.children or ()):
        if token.type == "link_open":
            opened.append((len(parts), str(token.attrGet("href") or "")))
        elif token.type == "link_close" and opened:
            start, address = opened.pop()
            parts[start:] = [_link("".join(parts[start:]), address)]
        else:
            parts.append(_words(token))
    return " ".join("".join(parts).split())


def _parser() -> MarkdownIt:
    parser = _Parser("commonmark").enable("table")
    parser.block.ruler.before("reference", FOOTNOTE, _footnote, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.before("link", _FOOTNOTE_MARK, _footnote_mark)
    return parser


def _footnote(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    """A definition: its line and the indented ones below it."""
    found = _DEFINITION.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    if state.is_code_block(line) or not found:
        return False
    if silent:
        return True
    end = below = line + 1
    while below < last:
        indent = state.sCount[below] - state.blkIndent
        if not state.isEmpty(below):
            if indent < (1 if below == end else _INDENT):
                break
            end = below + 1
        below += 1
    token = state.push(FOOTNOTE, "", 0)
    token.map = [line, end]
    token.info = found[1]
    further = (state.src[state.bMarks[row] : state.eMarks[row]].strip() for row in range(line + 1, end))
    token.content = "\n".join([state.src[found.end() : state.eMarks[line]].strip(), *further])
    state.line = end
    return True


def _footnote_mark(state: StateInline, silent: bool) -> bool:
    found = _MARK.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push(_FOOTNOTE_MARK, "", 0).content = found[1]
    state.pos = found.end()
    return True


def _visible(children: Iterable[Token]) -> Iterator[Token]:
    """The tokens outside of script and style elements."""
    hidden = ""
    for token in children:
        tag = _TAG.match(token.content) if token.type == "html_inline" else None
        if tag and not hidden and not tag[1]:
            hidden = tag[2].lower()
        elif tag and tag[1] and tag[2].lower() == hidden:
            hidden = ""
        elif not hidden:
            yield token


def rows_whole(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens with the cells of each table row as one inline token, a bar between those that have words."""
    row: Token | None = None
    for token in tokens:
        if token.type == "tr_open":
            row = Token("inline", "", 0, map=token.map, children=[])
            yield token
        elif row is None:
            yield token
        elif token.type == "tr_close":
            yield row
            yield token
            row = None
        elif token.type == "inline" and token.content.strip():
            bar = [Token("text", "", 0, content=" | ")] if row.children else []
            row.children = [*(row.children or ()), *bar, *(token.children or ())]


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and _BREAK.match(token.content)):
        return " "
    return token.content if token.type in ("text", "code_inline") else ""


def _unmarked(text: str) -> tuple[str, list[int]]:
    """`text` without `_PLACE`, white space as one space, and where each of them stood."""
    words: list[str] = []
    offsets: list[int] = []
    length = 0
    for word in text.split():
        *before, last = word.split(_PLACE)
        bare = "".join((*before, last))
        at = length + 1 if bare and words else length
        for piece in before:
            at += len(piece)
            offsets.append(at)
        if bare:
            length += len(bare) + (1 if words else 0)
            words.append(bare)
    return " ".join(words), offsets


def _link(words: str, address: str) -> str:
    if not _WEB.match(address):
        return words
    return address if words.strip() in ("", address) else f"[{address} {words}]"
