"""Footnotes and bibliographies in any CSL style, formatted by pandoc's citation processor.

The document handed to pandoc is its own syntax tree, built here, so that no text is ever read as markup; the items go
as CSL-JSON. Pandoc runs in its sandbox and is given every file it needs, so it never goes online.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from msgspec import Struct

from briefgen.citations.csl_style import LOCATOR_FOLLOWS, Style, find_style, style_names, with_full_notes
from briefgen.citations.fixes import clean_text, fix_item, fix_runs
from briefgen.model import Locator, Run
from briefgen.pandoc import Failure, reason_of, run
from briefgen.problems import Problem, error, warning

__all__ = ["Cite", "FormatRequest", "Formatted", "format_citations", "style_names"]

# The version of pandoc's syntax tree that the document is written in (pandoc-types 1.23, pandoc 3).
API_VERSION = [1, 23, 1]

# A work that is to be read as cited by the one before it.
CITING = "citing "

# Locators in words stand in for a moment as private-use characters, which no field keeps (`clean_text`), because
# citation processors take words in a locator for plurals, ranges and numbers.
_OPEN, _CLOSE, _DIGITS = "\ue000", "\ue001", 0xE010
_MARKED = re.compile(r"(?:(?:[^\W\d_]+\.?|§+)[\s\u00a0]*)?\ue000([\ue010-\ue019]+)\ue001([,.]?)")
_CITING_MARK = "\ue002"
_STAND_IN_MARK = "\ue003"
_JOINTS = (
    (re.compile(rf"[.,]?\s*{LOCATOR_FOLLOWS}"), ", "),
    (re.compile(rf"[;,]?\s*{_CITING_MARK}"), ", "),
    (re.compile(_STAND_IN_MARK), ""),
)
_PAGES = re.compile(r"[0-9ivxlc]+(?:[-–][0-9ivxlc]+)?(?:, ?[0-9ivxlc]+(?:[-–][0-9ivxlc]+)?)*")
_AMERICAN = frozenset({"en", "en-US"})

Json = dict[str, Any]


class Cite(Struct, frozen=True):
    """One work cited in a note. `prefix` and `suffix` are plain text around it."""

    id: str
    locator: Locator | None = None
    prefix: str = ""
    suffix: str = ""


class FormatRequest(Struct, frozen=True):
    """What to format: CSL-JSON `items` with ids, and the notes in their order, each of one or more works.

    `style` is one of `style_names()` or the path of a .csl file; `language` an IETF tag such as "en" or "de-AT".
    """

    style: str
    language: str
    items: tuple[Json, ...]
    notes: tuple[tuple[Cite, ...], ...]


class Formatted(Struct, frozen=True):
    """Formatted notes, as many as were asked for, and every item's bibliography line by id, in the style's order."""

    notes: tuple[tuple[Run, ...], ...]
    bibliography: dict[str, tuple[Run, ...]]


def format_citations(request: FormatRequest) -> tuple[Formatted, tuple[Problem, ...]]:
    """The notes and bibliography of `request`, as runs of text without a trace of markup.

    Note styles give first and later notes as the style says. Styles that cite in the text ("(Gopal, 2009)") have no
    notes of their own: their notes are the full bibliography form, so that a note leads to the work. Locators in words
    (labels "section" and "document") are printed as such, “History” and Document 3, in the style's place for locators.
    A cite with the prefix "citing " joins the one before it with a comma, others with the style's delimiter. Each
    item has a bibliography line, even where the style would leave it out. Links are http, https or mailto.

    Errors: an unknown or unusable style (the default is used instead), a cite of an unknown id (left out), a failing
    processor (notes and lines then come out in a plain form).
    """
    style, problems = find_style(request.style)
    items, more = _usable_items(request.items)
    keys = {identifier: f"w{index}" for index, identifier in enumerate(items)}
    notes, unknown = _known_cites(request.notes, items)
    document, words = _document(notes, keys, request.language)
    problems = (*problems, *more, *unknown)
    try:
        blocks = _run_pandoc(document, _csl_items(items, keys, style), style)
    except Failure as reason:
        failed = error("the citation processor failed; notes are in a plain form", f"it said: {reason_of(reason)}")
        return _plain_form(items, notes), (*problems, failed)
    texts = _Words(words, request.language in _AMERICAN)
    found = tuple(_closed(_finished(_note_inlines(block), texts)) for block in blocks[: len(notes)])
    bibliography = _bibliography(blocks[len(notes) :], keys, texts)
    rest = {identifier: plain_entry(item) for identifier, item in items.items() if identifier not in bibliography}
    return Formatted(found, {**bibliography, **rest}), problems


def plain_entry(item: Mapping[str, Any]) -> tuple[Run, ...]:
    """A bibliography line in no style: authors, title, container or publisher, year, address, as far as known."""
    names = [str(name.get("literal") or name.get("family") or "") for name in item.get("author") or ()]
    year = str(((item.get("issued") or {}).get("date-parts") or [[""]])[0][0])
    where = str(item.get("container-title") or item.get("publisher") or "")
    head = ". ".join(part for part in (", ".join(filter(None, names)), str(item.get("title") or "")) if part)
    words = ", ".join(part for part in (where, year) if part)
    url = item.get("URL")
    text = clean_text(". ".join(part for part in (head, words) if part)) or ("" if url else "Untitled work")
    runs = (Run(f"{text}." if text else ""), *((Run(" "), Run(str(url), url=str(url))) if url else ()))
    return fix_runs(runs)


# The way in -----------------------------------------------------------------------------------------------------


def _usable_items(items: Iterable[Json]) -> tuple[dict[str, Json], tuple[Problem, ...]]:
    usable: dict[str, Json] = {}
    problems: list[Problem] = []
    for item in items:
        identifier = str(item.get("id") or "")
        if not identifier:
            problems.append(error("a bibliographic item has no id", "give each item an id of its own"))
        elif identifier in usable:
            problems.append(warning(f"two bibliographic items have the id {identifier!r}; the first is used"))
        else:
            usable[identifier] = fix_item({**item, "id": identifier})
    return usable, tuple(problems)


def _known_cites(
    notes: tuple[tuple[Cite, ...], ...], items: Mapping[str, Json]
) -> tuple[tuple[tuple[Cite, ...], ...], tuple[Problem, ...]]:
    unknown = dict.fromkeys(cite.id for note in notes for cite in note if cite.id not in items)
    problems = tuple(error(f"a note cites {identifier!r}, which is no known item") for identifier in unknown)
    return tuple(tuple(cite for cite in note if cite.id in items) for note in notes), problems


def _csl_items(items: Mapping[str, Json], keys: Mapping[str, str], style: Style) -> list[Json]:
    """The items under safe ids, with stand-ins for those that note styles leave out of their bibliographies.

    The Chicago Manual wants reference works in notes only; a handout lists everything it cites. A mark in a stand-in's
    title keeps the two from looking alike, which would make the style tell them apart by their dates.
    """
    listed = [{"type": "document", **item, "id": keys[identifier]} for identifier, item in items.items()]
    if style.has_notes:
        entries = [item for item in listed if str(item["type"]).startswith("entry")]
        listed += [_stand_in(item) for item in entries]
    return listed


def _stand_in(item: Json) -> Json:
    titles: Json = {key: f"{item[key]}{_STAND_IN_MARK}" for key in ("title", "title-short") if key in item}
    return {**item, **titles, "id": f"{item['id']}s", "type": "webpage"}


def _document(
    notes: tuple[tuple[Cite, ...], ...], keys: Mapping[str, str], language: str
) -> tuple[Json, tuple[str, ...]]:
    words: list[str] = []
    blocks = [
        _element("Para", [_element("Note", [_element("Para", _cite_group(note, keys, number, words))])])
        for number, note in enumerate(notes, 1)
    ]
    everything = _element("Cite", [[_citation("*", "", [], 0)], []])
    meta = {"lang": _element("MetaString", language), "nocite": _element("MetaInlines", [everything])}
    return {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": blocks}, tuple(words)


def _cite_group(note: Sequence[Cite], keys: Mapping[str, str], number: int, words: list[str]) -> list[Json]:
    if not note:
        return []
    citations = [
        _citation(keys[cite.id], _prefix(cite, index), _suffix(cite, words), number) for index, cite in enumerate(note)
    ]
    return [_element("Cite", [citations, []])]


def _prefix(cite: Cite, index: int) -> str:
    mark = _CITING_MARK if index and cite.prefix == CITING else ""
    return mark + clean_text(cite.prefix)


def _citation(identifier: str, prefix: str, suffix: list[Json], number: int) -> Json:
    return {
        "citationId": identifier,
        "citationPrefix": _inlines(prefix),
        "citationSuffix": suffix,
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }


def _suffix(cite: Cite, words: list[str]) -> list[Json]:
    """Pandoc reads a locator from braces at the start of the suffix, and with empty braces none at all.

    Only without braces are plain numbers pages in every language.
    """
    rest = clean_text(cite.suffix)
    joined = rest if not rest or rest[0] in ",;.:" else f" {rest}"
    locator = _locator(cite.locator, words)
    return _inlines((locator if _PAGES.fullmatch(locator) else f"{{{locator}}}") + joined)


def _locator(locator: Locator | None, words: list[str]) -> str:
    value = clean_text(locator.value).replace("{", "(").replace("}", ")") if locator else ""
    if not locator or not value:
        return ""
    if locator.label == "document":
        return _marked(value if re.search(r"[^\W\d_]{2}", value) else f"Document {value}", words)
    if locator.label == "section" and not re.fullmatch(r"[\d.,–-]+[a-z]?", value):
        return _marked(f"“{_inner_quotes(value)}”", words)
    return value if locator.label == "page" and _PAGES.fullmatch(value) else f"{locator.label} {value}"


def _inner_quotes(value: str) -> str:
    return re.sub(r'[“"]([^“”"]*)[”"]', r"‘\1’", value)


def _marked(text: str, words: list[str]) -> str:
    words.append(text)
    number = "".join(chr(_DIGITS + int(digit)) for digit in str(len(words) - 1))
    return f"section {_OPEN}{number}{_CLOSE}"


def _inlines(text: str) -> list[Json]:
    pieces: list[Json] = []
    for index, word in enumerate(text.split(" ")):
        if index:
            pieces.append({"t": "Space"})
        if word:
            pieces.append(_element("Str", word))
    return pieces if text else []


def _element(tag: str, content: object) -> Json:
    return {"t": tag, "c": content}


# Pandoc ---------------------------------------------------------------------------------------------------------


def _run_pandoc(document: Json, items: list[Json], style: Style) -> list[Json]:
    with TemporaryDirectory(prefix="briefgen-") as folder:
        csl, bibliography = Path(folder, "style.csl"), Path(folder, "items.json")
        csl.write_text(style.text if style.has_notes else with_full_notes(style), encoding="utf-8")
        bibliography.write_text(json.dumps(items), encoding="utf-8")
        arguments = ["--from=json", "--to=json", "--citeproc", f"--csl={csl}", f"--bibliography={bibliography}"]
        written, _ = run(arguments, json.dumps(document).encode())
    blocks = json.loads(written)["blocks"]
    return blocks if isinstance(blocks, list) else []


def _plain_form(items: Mapping[str, Json], notes: tuple[tuple[Cite, ...], ...]) -> Formatted:
    lines = {identifier: plain_entry(item) for identifier, item in items.items()}
    return Formatted(tuple(fix_runs(tuple(run for cite in note for run in lines[cite.id])) for note in notes), lines)


# The way back ---------------------------------------------------------------------------------------------------


class _Words(Struct, frozen=True):
    """The locators in words, by number; `american` puts commas and full stops inside quotation marks."""

    texts: tuple[str, ...]
    american: bool

    def put_back(self, runs: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple(msgspec.structs.replace(run, text=_MARKED.sub(self._text, run.text)) for run in runs)

    def _text(self, match: re.Match[str]) -> str:
        text = self.texts[int("".join(str(ord(digit) - _DIGITS) for digit in match[1]))]
        if self.american and text.endswith("”"):
            return f"{text[:-1]}{match[2]}”"
        return text + match[2]


def _finished(inlines: list[Json], words: _Words) -> tuple[Run, ...]:
    runs = fix_runs(tuple(_runs(inlines, Run(""))))
    runs = words.put_back(tuple(msgspec.structs.replace(run, text=_joined(run.text)) for run in runs))
    return fix_runs(runs)


def _joined(text: str) -> str:
    for joint, replacement in _JOINTS:
        text = joint.sub(replacement, text)
    return text


def _closed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """`runs` with a full stop, unless they end in punctuation or an address."""
    if not runs or runs[-1].url or runs[-1].text.rstrip("”’)").endswith((".", "!", "?")):
        return runs
    return fix_runs((*runs, Run(".")))


def _note_inlines(block: Json) -> list[Json]:
    notes = [inline for inline in block["c"] if inline["t"] == "Note"]
    return [inline for note in notes for inline in _paragraph_inlines(note["c"])]


def _bibliography(blocks: list[Json], keys: Mapping[str, str], words: _Words) -> dict[str, tuple[Run, ...]]:
    names = {f"ref-{key}{stand_in}": identifier for identifier, key in keys.items() for stand_in in ("", "s")}
    divs = [div for block in blocks if block["t"] == "Div" for div in block["c"][1] if div["t"] == "Div"]
    lines = {div["c"][0][0]: _finished(_paragraph_inlines(div["c"][1]), words) for div in divs}
    printed = {name: runs for name, runs in lines.items() if runs and name in names}
    return {
        names[name]: runs for name, runs in printed.items() if name.removesuffix("s") not in printed.keys() - {name}
    }


def _paragraph_inlines(blocks: list[Json]) -> list[Json]:
    return [inline for block in blocks if block["t"] in {"Para", "Plain"} for inline in block["c"]]


def _runs(inlines: Iterable[Json], style: Run) -> Iterable[Run]:
    """Runs of pandoc inlines; raw markup is left out."""
    for inline in inlines:
        tag, content = inline["t"], inline.get("c", [])
        if tag == "Str":
            yield msgspec.structs.replace(style, text=content)
        elif tag in _BLANKS:
            yield msgspec.structs.replace(style, text=" ")
        elif tag == "Quoted":
            left, right = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
            yield from _runs([_element("Str", left), *content[1], _element("Str", right)], style)
        elif tag in _NESTING:
            inner = content[1] if tag in _WITH_ATTRIBUTES else content
            yield from _runs(inner, _inner_style(tag, content, style))


def _inner_style(tag: str, content: list[Any], style: Run) -> Run:
    """Emphasis within emphasis is upright, as in print."""
    if tag == "Emph":
        return msgspec.structs.replace(style, italic=not style.italic)
    if tag == "Strong":
        return msgspec.structs.replace(style, bold=True)
    if tag == "Link":
        return msgspec.structs.replace(style, url=content[2][0])
    if tag == "Span" and "nodecor" in content[0][1]:
        return msgspec.structs.replace(style, italic=False)
    return style


_BLANKS = frozenset({"Space", "SoftBreak", "LineBreak"})
_WITH_ATTRIBUTES = frozenset({"Cite", "Link", "Span"})
_NESTING = _WITH_ATTRIBUTES | {"Emph", "SmallCaps", "Strikeout", "Strong", "Subscript", "Superscript", "Underline"}
