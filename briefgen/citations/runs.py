"""From what pandoc's citation processor makes of notes and entries to runs of text."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.citations.fixes import fix_runs
from briefgen.citations.marks import CITING_MARK, LOCATOR_FOLLOWS, MARKED, STAND_IN_MARK, number_of
from briefgen.model import Run

_JOINTS = (
    (re.compile(rf"[.,]?\s*{LOCATOR_FOLLOWS}"), ", "),
    (re.compile(rf"[;,]?\s*{CITING_MARK}"), ", "),
    (re.compile(STAND_IN_MARK), ""),
)

Json = dict[str, Any]


class Words(Struct, frozen=True):
    """The locators in words, by number. `labelled` keeps the label that the style sets before them.

    `american` puts commas and full stops inside quotation marks.
    """

    texts: tuple[str, ...]
    american: bool
    labelled: bool

    def put_back(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        """`runs` with the words in place of their stand-ins."""
        return tuple(replace(run, text=MARKED.sub(self._text, run.text)) for run in runs)

    def _text(self, match: re.Match[str]) -> str:
        text, after = self.texts[number_of(match["number"])], match["after"]
        if self.labelled:
            return f"{match['label'] or ''}{text}{after}"
        if self.american and text.endswith("”"):
            return f"{text[:-1]}{after}”"
        return text + after


def note_runs(block: Json, words: Words) -> tuple[Run, ...]:
    """The runs of one note: of the note that the processor made, or of its words where the style cites in the text."""
    cited = [inline for cite in block["c"] if cite["t"] == "Cite" for inline in cite["c"][1]]
    inside = [paragraph_inlines(inline["c"]) if inline["t"] == "Note" else [inline] for inline in cited]
    return _finished([inline for inlines in inside for inline in inlines], words)


def bibliography_runs(blocks: list[Json], keys: Mapping[str, str], words: Words) -> dict[str, tuple[Run, ...]]:
    """The entries by the ids of their items, in the style's order; `keys` are the ids that the processor was given."""
    names = {f"ref-{key}{stand_in}": identifier for identifier, key in keys.items() for stand_in in ("", "s")}
    divs = [div for block in blocks if block["t"] == "Div" for div in block["c"][1] if div["t"] == "Div"]
    lines = {div["c"][0][0]: _finished(paragraph_inlines(div["c"][1]), words) for div in divs}
    printed = {name: runs for name, runs in lines.items() if runs and name in names}
    return {
        names[name]: runs for name, runs in printed.items() if name.removesuffix("s") not in printed.keys() - {name}
    }


def with_small_ibid(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """`runs` with a small letter in an "Ibid" that opens them."""
    if not runs or not runs[0].text.startswith("Ibid"):
        return runs
    return (replace(runs[0], text=f"i{runs[0].text[1:]}"), *runs[1:])


def as_html(runs: tuple[Run, ...]) -> str:
    """The runs as HTML: i, b and a, everything else escaped."""
    return "".join(map(_html, runs))


def _html(run: Run) -> str:
    text = escape(run.text, quote=False)
    text = f"<i>{text}</i>" if run.italic else text
    text = f"<b>{text}</b>" if run.bold else text
    return f'<a href="{escape(run.url)}">{text}</a>' if run.url else text


def closed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """`runs` with a full stop, unless they end in punctuation or an address."""
    if not runs or runs[-1].url or runs[-1].text.rstrip("”’)").endswith((".", "!", "?")):
        return runs
    return fix_runs((*runs, Run(".")))


def paragraph_inlines(blocks: list[Json]) -> list[Json]:
    """The inlines of the paragraphs among `blocks`, one after the other."""
    return [inline for block in blocks if block["t"] in {"Para", "Plain"} for inline in block["c"]]


def _finished(inlines: list[Json], words: Words) -> tuple[Run, ...]:
    runs = fix_runs(tuple(_runs(inlines, Run(""))))
    runs = words.put_back(tuple(replace(run, text=_joined(run.text)) for run in runs))
    return fix_runs(runs)


def _joined(text: str) -> str:
    for joint, replacement in _JOINTS:
        text = joint.sub(replacement, text)
    return text


def _runs(inlines: Iterable[Json], style: Run) -> Iterable[Run]:
    """Runs of pandoc inlines; raw markup is left out."""
    for inline in inlines:
        tag, content = inline["t"], inline.get("c", [])
        if tag == "Str":
            yield replace(style, text=content)
        elif tag in _BLANKS:
            yield replace(style, text=" ")
        elif tag == "Quoted":
            left, right = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            yield from _runs([{"t": "Str", "c": left}, *content[1], {"t": "Str", "c": right}], style)
        elif tag in _NESTING:
            inner = content[1] if tag in _WITH_ATTRIBUTES else content
            yield from _runs(inner, _inner_style(tag, content, style))


def _inner_style(tag: str, content: list[Any], style: Run) -> Run:
    """Emphasis within emphasis is upright, as in print."""
    if tag == "Emph":
        return replace(style, italic=not style.italic)
    if tag == "Strong":
        return replace(style, bold=True)
    if tag == "Link":
        return replace(style, url=content[2][0])
    if tag == "Span" and "nodecor" in content[0][1]:
        return replace(style, italic=False)
    return style


_BLANKS = frozenset({"Space", "SoftBreak", "LineBreak"})
_WITH_ATTRIBUTES = frozenset({"Cite", "Link", "Span"})
_NESTING = _WITH_ATTRIBUTES | {"Emph", "SmallCaps", "Strikeout", "Strong", "Subscript", "Superscript", "Underline"}
