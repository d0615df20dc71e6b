"""What each construct of wikitext puts on the page: words, marks of references, or nothing, with the reason."""

import re
from collections.abc import Callable

from briefgen.citations.wiki import is_citation
from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.editions import category, picture
from briefgen.readers.wikitext.known import Call, text_of
from briefgen.readers.wikitext.marks import mark
from briefgen.readers.wikitext.page import Fact, Page
from briefgen.readers.wikitext.plain import words
from briefgen.readers.wikitext.references import (
    citation,
    empty_ref_tag,
    named_references,
    note,
    page_of_reference,
    ref_tag,
    references_in,
    short_reference,
)
from briefgen.readers.wikitext.scan import Node, pieces

_LANGUAGE_LINK = re.compile(r"\s*[a-z]{2,3}(?:-[a-z]+)?:[^|]*$")
_FACT_LINES = 3
"""A template of unknown name with so many parameters on lines of their own is taken for a box of facts."""

_ASIDE = 500
"""Characters; an aside is no longer."""

_ARCHIVES = frozenset({"webarchive", "wayback", "web archive"})
_SETTING = re.compile(
    r"^(?:image|logo|photo|picture|flag|coat|pushpin|signature|map|total width|align|direction|header background)\b"
    r"|(?:^| )(?:image|logo|photo|map|alt|width|upright|colou?r|style|coordinates)[0-9]*$"
)
_CAPTION = re.compile(r"(?:caption|footer)[0-9]*$")
_PICTURE_NAME = re.compile(r"[^\n]*\.(?:jpe?g|png|svg|gif|tiff?|og[gav])", re.IGNORECASE)


def expand(page: Page, nodes: list[Node]) -> None:
    """Sets the text of all nodes; the inner ones come before the outer."""
    for node in nodes:
        node.text = _EXPANDERS[node.kind](page, node)


def inside(page: Page, node: Node, bar: str = "|", equals: str = "=") -> str:
    """The inside of a node with what its children put there.

    `bar` stands for the node's own "|", `equals` for the "=" of its children.
    """
    start, end = node.start + node.opening, node.end - node.closing
    if not node.children:
        return page.text[start:end].replace("|", bar)
    parts = []
    for first, last, child in pieces(page.text, start, end, node.children):
        parts.append(child.text.replace("=", equals) if child else page.text[first:last].replace("|", bar))
    return "".join(parts)


def call_of(page: Page, node: Node) -> Call:
    """The template that a node calls."""
    name, *rest = inside(page, node, marks.BAR, marks.EQUALS).split(marks.BAR)
    parameters: dict[str, str] = {}
    unnamed = 0
    for part in rest:
        key, equals, value = part.partition("=")
        if equals and marks.END not in key and "[" not in key and "<" not in key:
            parameters[key.strip()] = value.strip().replace(marks.EQUALS, "=")
        else:
            unnamed += 1
            parameters[str(unnamed)] = part.replace(marks.EQUALS, "=")
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
        return citation(page, node, call)
    if call.name in page.tables.short:
        return short_reference(page, node, call, page.tables.short[call.name])
    if call.name in _CITING:
        return _CITING[call.name](page, node, call)
    if call.name in _ARCHIVES:
        page.archives.append((node.start, node.end))
        return mark(marks.ARCHIVE, len(page.archives) - 1)
    if call.name == "pagename" and page.title:
        return page.title
    text = text_of(page.tables, call)
    return _without_text(page, node, call) if text is None else text


def _without_text(page: Page, node: Node, call: Call) -> str:
    """A template that is left out; the references inside it stay, and so do the rows of a box of facts."""
    cited = "".join(found[0] for found in marks.NUMBERED.finditer(inside(page, node)))
    reason = page.tables.reason(call.name)
    if page.tables.holds_facts(call.name) or (not reason and _looks_like_facts(page, node)):
        return _facts(page, node, call)
    if reason == "explanatory note":
        return note(page, node, call, cited)
    if reason:
        page.drop(node.start, node.end, reason)
        if reason == "pronunciation" and not _in_brackets(page.text, node.start):
            return marks.HOLE
        return _captions(page, node) if reason == "picture" else ""
    unknown = f"unknown template {call.name!r}" if call.name else "empty template"
    page.drop(node.start, node.end, page.tables.missing(call.name) or unknown)
    return marks.HOLE + cited


def _in_brackets(text: str, at: int) -> bool:
    """Whether a round bracket is open at `at`, in its line and not far before: what stands there is an aside."""
    start = max(text.rfind("\n", max(0, at - _ASIDE), at) + 1, at - _ASIDE, 0)
    return text.rfind("(", start, at) > text.rfind(")", start, at)


def _looks_like_facts(page: Page, node: Node) -> bool:
    head = page.text[node.start : min(node.end, node.start + 2000)]
    return len(re.findall(r"^[ \t]*\|[^=\n|]{1,60}=", head, re.MULTILINE)) >= _FACT_LINES


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
    if equals and _CAPTION.search(label.lower()) and any(map(str.isalnum, words(value))):
        return page.fact(Fact(value, start, end, "caption")) + inner
    if not equals or not any(map(str.isalnum, words(value))) or _is_setting(label, value):
        if name.strip() or value.strip():
            page.drop(start, end, "setting of a box" if equals else "unnamed value in a box")
        return inner
    return page.fact(Fact(f"{label}: {value}", start, end)) + inner


def _is_setting(label: str, value: str) -> bool:
    """Whether a row only steers how the box looks: pictures, their captions, sizes, colours."""
    return bool(_SETTING.search(label.lower()) or _PICTURE_NAME.fullmatch(value.strip()))


def _captions(page: Page, node: Node) -> str:
    """The marks of the captions that a template of pictures has."""
    marked = ""
    for start, end, text in _parameters(page, node):
        name, _, value = text.partition("=")
        if _CAPTION.fullmatch(name.strip().lower()) and any(map(str.isalnum, words(value))):
            marked += page.fact(Fact(value.strip(), start, end, "caption"))
    return marked


def _picture(page: Page, node: Node, parts: list[str]) -> str:
    """The mark of a picture's caption, where the picture stands in a frame: only then the caption is shown."""
    page.drop(node.start, node.end, "picture")
    settings = {part.strip().lower() for part in parts[1:]}
    text = caption_of(page, parts)
    if text and settings & page.tables.frames:
        return page.fact(Fact(text, node.start, node.end, "caption"))
    return references_in("".join(parts))


def caption_of(page: Page, parts: list[str]) -> str:
    """The caption among the parts of a picture's link, the first of which is its name: the last that is no setting."""
    texts = [part for part in parts[1:] if not page.tables.steers_picture(part.strip().lower())]
    return texts[-1].strip() if texts and any(map(str.isalnum, words(texts[-1]))) else ""


def _link(page: Page, node: Node) -> str:
    body = inside(page, node, marks.BAR)
    target, bar, label = body.partition(marks.BAR)
    if ":" in target:
        if picture().match(target):
            return _picture(page, node, body.split(marks.BAR))
        if category().match(target):
            return page.drop(node.start, node.end, "category")
        if not bar and _LANGUAGE_LINK.match(target):
            return page.drop(node.start, node.end, "link to another language")
    if bar and not label.strip():
        return re.sub(r"\s*\([^()]*\)$|,[^,]*$", "", target.rpartition(":")[2])
    return (label if bar else target.lstrip(":")).replace(marks.BAR, "|")


def _verbatim(page: Page, node: Node) -> str:
    tag = page.text[node.start : node.start + 8].lower()
    if tag.startswith(("<nowiki", "<pre")):
        return page.text[node.start + node.opening : node.end - node.closing].replace("<", "&lt;").replace("[", "&#91;")
    page.drop(node.start, node.end, "formula, chart or code")
    return "" if tag.startswith("<timelin") else marks.HOLE


def _reference_list(page: Page, node: Node) -> str:
    return page.drop(node.start, node.end, "list of references")


def _comment(page: Page, node: Node) -> str:
    return page.drop(node.start, node.end, "comment")


def _stray(page: Page, node: Node) -> str:
    return ""


_CITING: dict[str, Callable[[Page, Node, Call], str]] = {"rp": page_of_reference, "r": named_references}

_EXPANDERS: dict[str, Callable[[Page, Node], str]] = {
    "template": _template,
    "link": _link,
    "ref": ref_tag,
    "use": empty_ref_tag,
    "list": _reference_list,
    "verbatim": _verbatim,
    "comment": _comment,
    "stray": _stray,
}
