"""What each construct of wikitext puts on the page: words, marks of references, or nothing, with the reason."""

import re
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from briefgen.citations.bare import bare_to_csl
from briefgen.citations.wiki import is_citation, template_to_csl
from briefgen.model import Dropped, Locator
from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.known import Call, text_of
from briefgen.readers.wikitext.marks import mark
from briefgen.readers.wikitext.plain import EXTERNAL_LINK, strip_markup, words
from briefgen.readers.wikitext.scan import Node, pieces
from briefgen.readers.wikitext.tables import Tables

_PICTURE = re.compile(r"\s*(?:file|image|media)\s*:", re.IGNORECASE)
_CATEGORY = re.compile(r"\s*category\s*:", re.IGNORECASE)
_LANGUAGE_LINK = re.compile(r"\s*[a-z]{2,3}(?:-[a-z]+)?:[^|]*$")
_REF_NAME = re.compile(r"\bname\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'/>]+))", re.IGNORECASE)
_TEMPLATE_SIGNS = re.compile(r"\{\{|\}\}|\|")
_FACT_LINES = 3
"""A template of unknown name with so many parameters on lines of their own is taken for a box of facts."""

_ARCHIVES = frozenset({"webarchive", "wayback", "web archive"})
_YEAR = re.compile(r"\b(?:1[5-9]|20)[0-9]{2}\b")
_PAGE = re.compile(r"[\s,.:;]*pp?\.\s?([0-9]+(?:[–-][0-9]+)?)[\s.]*")
_SETTING = re.compile(
    r"^(?:image|logo|photo|picture|flag|coat|pushpin|signature|map|total width|align|direction|header background)\b"
    r"|(?:^| )(?:image|logo|photo|map|caption|alt|width|upright|colou?r|style|coordinates|footer)[0-9]*$"
)
_PICTURE_NAME = re.compile(r"[^\n]*\.(?:jpe?g|png|svg|gif|tiff?|og[gav])", re.IGNORECASE)
_MOST_NAMED = 50
"""References that one named ref tag may stand for."""


class Found(Struct):
    """A reference under way: numbered in the order in which its construct closed."""

    csl: dict[str, Any]
    start: int
    end: int
    locator: Locator | None = None


class Fact(Struct):
    """A row of a box of facts: its expanded text at `start` to `end`."""

    text: str
    start: int
    end: int


class Page(Struct):
    """What was found in a text so far."""

    text: str
    tables: Tables
    found: list[Found] = field(default_factory=list)
    named: dict[str, str] = field(default_factory=dict)
    reused: list[str] = field(default_factory=list)
    archives: list[tuple[int, int]] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def drop(self, start: int, end: int, reason: str) -> str:
        self.dropped.append(Dropped(start, end, self.text[start:end], reason))
        return ""

    def cite(self, csl: dict[str, Any], start: int, end: int, locator: Locator | None = None) -> str:
        self.found.append(Found(csl, start, end, locator))
        return mark(marks.REFERENCE, len(self.found) - 1)


class Numbering:
    """The references of a page in the order of the file, and which of them a mark stands for."""

    def __init__(self, page: Page) -> None:
        order = sorted(range(len(page.found)), key=lambda index: (page.found[index].start, page.found[index].end))
        self.in_order = [page.found[index] for index in order]
        self._page = page
        self._rank = {index: position for position, index in enumerate(order)}

    def resolve(self, kind: str, number: int) -> tuple[int, ...]:
        """Indices of references for a mark of this kind; a name that nothing defines stands for none."""
        if kind == marks.REFERENCE:
            return (self._rank[number],)
        cited = self._page.named.get(self._page.reused[number], "")
        return tuple(self._rank[index] for index in marks.numbers(cited, marks.REFERENCE)[:_MOST_NAMED])


def expand(page: Page, nodes: list[Node]) -> None:
    """Sets the text of all nodes; the inner ones come before the outer."""
    for node in nodes:
        node.text = _EXPANDERS[node.kind](page, node)


def inside(page: Page, node: Node, bar: str = "|") -> str:
    """The inside of a node with what its children put there; `bar` stands for the node's own "|"."""
    start, end = node.start + node.opening, node.end - node.closing
    if not node.children:
        body = page.text[start:end]
        return body if bar == "|" else body.replace("|", bar)
    parts = []
    for first, last, child in pieces(page.text, start, end, node.children):
        parts.append(child.text if child else page.text[first:last].replace("|", bar))
    return "".join(parts)


def call_of(page: Page, node: Node) -> Call:
    """The template that a node calls."""
    name, *rest = inside(page, node, marks.BAR).split(marks.BAR)
    parameters: dict[str, str] = {}
    unnamed = 0
    for part in rest:
        key, equals, value = part.partition("=")
        if equals and marks.END not in key and "[" not in key and "<" not in key:
            parameters[key.strip()] = value.strip()
        else:
            unnamed += 1
            parameters[str(unnamed)] = part
    return Call(template_name(name), parameters)


def template_name(name: str) -> str:
    """A template's name as the tables spell it: lower case, single spaces, no mark, no namespace."""
    return " ".join(marks.ALL.sub("", name).replace("_", " ").lower().removeprefix("template:").split())


def _template(page: Page, node: Node) -> str:
    if node.deep:
        page.drop(node.start, node.end, "template nested too deeply")
        return marks.HOLE
    call = call_of(page, node)
    if is_citation(call.name):
        return _citation(page, node, call)
    if call.name in _ARCHIVES:
        page.archives.append((node.start, node.end))
        return mark(marks.ARCHIVE, len(page.archives) - 1)
    text = text_of(page.tables, call)
    return _without_text(page, node, call) if text is None else text


def _without_text(page: Page, node: Node, call: Call) -> str:
    """A template that is left out; the references inside it stay, and so do the rows of a box of facts."""
    cited = "".join(found[0] for found in marks.NUMBERED.finditer(inside(page, node)))
    reason = page.tables.reason(call.name)
    if page.tables.holds_facts(call.name) or (not reason and _looks_like_facts(page, node)):
        return _facts(page, node, call)
    if reason:
        page.drop(node.start, node.end, reason)
        return cited if reason == "explanatory note" else ""
    page.drop(node.start, node.end, f"unknown template {call.name!r}" if call.name else "empty template")
    return marks.HOLE + cited


def _looks_like_facts(page: Page, node: Node) -> bool:
    head = page.text[node.start : min(node.end, node.start + 2000)]
    return len(re.findall(r"^[ \t]*\|[^=\n|]{1,60}=", head, re.MULTILINE)) >= _FACT_LINES


def _citation(page: Page, node: Node, call: Call) -> str:
    parameters = {key: words(value) for key, value in call.parameters.items()}
    csl, locator = template_to_csl(call.name, parameters, "")
    return page.cite(csl, node.start, node.end, locator)


def _facts(page: Page, node: Node, call: Call) -> str:
    """A mark for each row "name: value" of a box of facts, on a line of its own."""
    page.drop(node.start, node.start + 2 + len(page.text[node.start + 2 : node.end].split("|")[0]), "box of facts")
    rows = [fact_row(page, first, last, text) for first, last, text in _parameters(page, node)]
    return "\n" + "\n".join(row for row in rows if row) + "\n"


def _parameters(page: Page, node: Node) -> list[tuple[int, int, str]]:
    """The parameters of a template after its name: their offsets and their expanded text."""
    parts: list[tuple[int, int, str]] = []
    at, text = node.start + node.opening, ""
    for first, last, child in pieces(page.text, at, node.end - node.closing, node.children):
        if child:
            text += child.text
            continue
        chunks = page.text[first:last].split("|")
        for chunk in chunks[:-1]:
            end = first + len(chunk)
            parts.append((at, end, text + chunk))
            at, text, first = end + 1, "", end + 1
        text += chunks[-1]
    parts.append((at, node.end - node.closing, text))
    return parts[1:]


def fact_row(page: Page, start: int, end: int, text: str) -> str:
    """The mark of the row of facts that `name = value` at `start` makes; the marks inside alone if it says nothing."""
    name, equals, value = text.partition("=")
    inner = "".join(mark(marks.FACT, number) for number in marks.numbers(value, marks.FACT))
    value = re.sub(r"\n\s*(?:[*•#:;]+\s*)?|<br\b[^<>]*>|(?<!\w)[*•]\s*", "; ", value).strip("; \n")
    label = " ".join(name.replace("_", " ").split())
    if not equals or not any(map(str.isalnum, words(value))) or _is_setting(label, value):
        if name.strip() or value.strip():
            page.drop(start, end, "setting of a box" if equals else "unnamed value in a box")
        return inner
    page.facts.append(Fact(f"{label}: {value}", start, end))
    return mark(marks.FACT, len(page.facts) - 1) + inner


def _is_setting(label: str, value: str) -> bool:
    """Whether a row only steers how the box looks: pictures, their captions, sizes, colours."""
    return bool(_SETTING.search(label.lower()) or _PICTURE_NAME.fullmatch(value.strip()))


def _link(page: Page, node: Node) -> str:
    body = inside(page, node, marks.BAR)
    if _PICTURE.match(body):
        return page.drop(node.start, node.end, "picture") + _references_in(body)
    if _CATEGORY.match(body):
        return page.drop(node.start, node.end, "category")
    target, bar, label = body.partition(marks.BAR)
    if not bar and _LANGUAGE_LINK.match(target):
        return page.drop(node.start, node.end, "link to another language")
    if bar and not label.strip():
        return re.sub(r"\s*\([^()]*\)$|,[^,]*$", "", target.rpartition(":")[2])
    return (label if bar else target.lstrip(":")).replace(marks.BAR, "|")


def _references_in(text: str) -> str:
    return "".join(found[0] for found in marks.NUMBERED.finditer(text) if found[1] in (marks.REFERENCE, marks.REUSE))


def _ref(page: Page, node: Node) -> str:
    """The marks of the references that a ref tag holds: its citations, and what stands between them in words."""
    runs = _runs(page, node)
    alone = not any(cited for *_, cited in runs)
    parts = [cited or _bare(page, start, end, text, alone) for start, end, text, cited in runs]
    cited = "".join(parts)
    key = _ref_key(page.text[node.start : node.start + node.opening])
    if not key:
        return cited
    if cited:
        page.named.setdefault(key, cited)
    return cited or _use(page, node)


def _runs(page: Page, node: Node) -> list[tuple[int, int, str, str]]:
    """The inside of a ref tag as stretches of words and of citations: offsets, expanded words, marks."""
    runs: list[tuple[int, int, str, str]] = []
    for start, end, child in pieces(page.text, node.start + node.opening, node.end - node.closing, node.children):
        cited = _references_in(child.text) if child else ""
        text = child.text if child else page.text[start:end]
        if runs and not cited and not runs[-1][3]:
            runs[-1] = (runs[-1][0], end, runs[-1][2] + text, "")
        else:
            runs.append((start, end, text, cited))
    return runs


def _bare(page: Page, start: int, end: int, text: str, alone: bool) -> str:
    """The mark of a reference in words. Beside citations, words without an address or a year are no reference; a page
    is the citation's before them.
    """
    rest = words(EXTERNAL_LINK.sub(" ", text))
    if not alone:
        paged = _PAGE.fullmatch(rest)
        if paged and page.found and page.found[-1].end == start and not page.found[-1].locator:
            page.found[-1].locator = Locator("page", paged[1])
        if not EXTERNAL_LINK.search(text) and not (_YEAR.search(rest) and len(rest.split()) > 3):
            return ""
    raw = page.text[start:end]
    start, end = start + len(raw) - len(raw.lstrip(" \n\t;,.")), start + len(raw.rstrip())
    if not rest and not EXTERNAL_LINK.search(text):
        title = words(_TEMPLATE_SIGNS.sub(lambda sign: ": " if sign[0] == "|" else " ", raw))
        return page.cite({"type": "document", "title": title}, start, end) if title else ""
    csl, locator = bare_to_csl(_with_archive(page, text), "")
    return page.cite(csl, start, end, locator)


def _with_archive(page: Page, body: str) -> str:
    """A bare reference's text without marks, its archived copy as the template says it."""

    def written(found: re.Match[str]) -> str:
        if found[1] != marks.ARCHIVE:
            return ""
        start, end = page.archives[int(found[2])]
        return page.text[start:end]

    return strip_markup(marks.NUMBERED.sub(written, body), keep_links=True)


def _use(page: Page, node: Node) -> str:
    key = _ref_key(page.text[node.start : node.start + node.opening])
    if not key:
        return ""
    page.reused.append(key)
    return mark(marks.REUSE, len(page.reused) - 1)


def _ref_key(tag: str) -> str:
    name = _REF_NAME.search(tag)
    return " ".join((name[1] or name[2] or name[3] or "").split()) if name else ""


def _verbatim(page: Page, node: Node) -> str:
    tag = page.text[node.start : node.start + 8].lower()
    if tag.startswith(("<nowiki", "<pre")):
        return page.text[node.start + node.opening : node.end - node.closing].replace("<", "&lt;").replace("[", "&#91;")
    page.drop(node.start, node.end, "formula, gallery or code")
    return "" if tag.startswith(("<gallery", "<timelin")) else marks.HOLE


def _comment(page: Page, node: Node) -> str:
    return page.drop(node.start, node.end, "comment")


def _stray(page: Page, node: Node) -> str:
    return ""


_EXPANDERS: dict[str, Callable[[Page, Node], str]] = {
    "template": _template,
    "link": _link,
    "ref": _ref,
    "use": _use,
    "verbatim": _verbatim,
    "comment": _comment,
    "stray": _stray,
}
