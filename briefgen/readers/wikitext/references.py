"""What cites: ref tags, citation templates, short references, and named references used again."""

import re

from briefgen.citations.bare import bare_to_csl
from briefgen.citations.wiki import template_to_csl
from briefgen.model import Locator
from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.known import Call
from briefgen.readers.wikitext.page import Found, Page, RefName
from briefgen.readers.wikitext.plain import EXTERNAL_LINK, strip_markup, words
from briefgen.readers.wikitext.scan import Node, pieces
from briefgen.readers.wikitext.short import Short, short_of, shorts_in_words, shorts_of_many, shown

_REF_SETTING = r"\b{}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'/>]+))"
_REF_NAME = re.compile(_REF_SETTING.format("name"), re.IGNORECASE)
_REF_GROUP = re.compile(_REF_SETTING.format("group"), re.IGNORECASE)
_TEMPLATE_SIGNS = re.compile(r"\{\{|\}\}|\|")
_YEAR = re.compile(r"\b(?:1[5-9]|20)[0-9]{2}\b")
_PAGE = re.compile(r"[\s,.:;]*pp?\.\s?([0-9]+(?:[–-][0-9]+)?)[\s.]*")
_PAGE_PARAMETERS = ("p", "page", "pp", "pages", "at", "loc", "1")


def references_in(text: str) -> str:
    """The marks of references in `text`, and nothing else."""
    return "".join(found[0] for found in marks.NUMBERED.finditer(text) if found[1] in (marks.REFERENCE, marks.REUSE))


# Templates ------------------------------------------------------------------------------------------------------


def citation(page: Page, node: Node, call: Call) -> str:
    """The mark of a citation template."""
    parameters = {key: words(value) for key, value in call.parameters.items()}
    csl, locator = template_to_csl(call.name, parameters, "")
    dates = (parameters.get("year", ""), parameters.get("date", ""))
    return page.add(Found(csl, node.start, node.end, locator, dates, parameters.get("ref", "")))


def short_reference(page: Page, node: Node, call: Call, style: str) -> str:
    """The marks of `{{sfn}}`, `{{harv}}` and their kin, after what they show in running text.

    In half-stripped text one that is glued to a word stood in a ref tag, and shows nothing.
    """
    parameters = {key: words(value) for key, value in call.parameters.items()}
    values = [parameters[str(number + 1)] for number in range(len(call.unnamed()))]
    if style == "several":
        shorts = shorts_of_many(values, parameters)
    else:
        shorts = [short for short in [short_of(values, parameters)] if short]
    if not shorts:
        return page.drop(node.start, node.end, "short reference without a name")
    cited = "".join(_short(page, node.start, node.end, short) for short in shorts)
    glued = page.stripped and not page.text[node.start - 1 : node.start].isspace()
    if style in ("none", "several") or glued:
        page.cited = node
        return cited
    return shown(style, shorts[0]) + cited


def _short(page: Page, start: int, end: int, short: Short) -> str:
    return page.add(Found(short.csl(), start, end, short.locator, short=short.key))


def page_of_reference(page: Page, node: Node, call: Call) -> str:
    """Gives the page that `{{rp}}` names to the reference that stands right before it."""
    before = page.cited
    pages = next((words(call.parameters[key]) for key in _PAGE_PARAMETERS if call.parameters.get(key)), "")
    if before and pages and not page.text[before.end : node.start].strip():
        whole = marks.NUMBERED.fullmatch(before.text)
        if whole:
            before.text = _paged(page, node, whole[1], int(whole[2]), pages)
            return ""
    return page.drop(node.start, node.end, "page of a reference")


def _paged(page: Page, node: Node, kind: str, number: int, pages: str) -> str:
    return page.add(Found({}, node.start, node.end, Locator("page", pages), paged=(kind, number)))


def named_references(page: Page, node: Node, call: Call) -> str:
    """The marks of `{{r|name|other name|p=5}}`: named references used again, the first with its page."""
    group = words(call.parameters.get("group", ""))
    names = [words(value) for value in call.unnamed()]
    pages = next(
        (words(call.parameters[key]) for key in ("p", "page", "pp", "p1", "page1") if key in call.parameters), ""
    )
    cited = [page.reuse((group, name)) for name in names if name]
    if cited and pages:
        cited[0] = _paged(page, node, marks.REUSE, len(page.reused) - len(cited), pages)
    page.cited = node
    return "".join(cited)


def note(page: Page, node: Node, call: Call, content: str) -> str:
    """The marks of the references in an explanatory note; its words stand outside the text and are dropped.

    A note with a name and no words stands for the one that has them.
    """
    page.drop(node.start, node.end, "explanatory note")
    group = page.tables.note_groups.get(call.name, "") or words(call.parameters.get("group", ""))
    name = words(call.parameters.get("name", ""))
    cited = references_in(content)
    if not name:
        return cited
    if any(value.strip() for value in call.unnamed()):
        page.named.setdefault((group, name), cited)
        return cited
    return page.reuse((group, name))


# Ref tags -------------------------------------------------------------------------------------------------------


def ref_tag(page: Page, node: Node) -> str:
    """The marks of the references that a ref tag holds: its citations, and what stands between them in words."""
    runs = _runs(page, node)
    alone = not any(cited for *_, cited in runs)
    cited = "".join(cited or _between(page, start, end, text, alone) for start, end, text, cited in runs)
    name = _ref_name(page.text[node.start : node.start + node.opening])
    if name and cited:
        page.named.setdefault(name, cited)
    page.cited = node
    return cited or (page.reuse(name) if name else "")


def empty_ref_tag(page: Page, node: Node) -> str:
    """The mark of a named reference used again; nothing for a tag without a name."""
    name = _ref_name(page.text[node.start : node.start + node.opening])
    page.cited = node
    return page.reuse(name) if name else ""


def _ref_name(tag: str) -> RefName | None:
    name = _REF_NAME.search(tag) if "=" in tag else None
    return (_setting(_REF_GROUP.search(tag)), _setting(name)) if name else None


def _setting(found: re.Match[str] | None) -> str:
    return " ".join((found[1] or found[2] or found[3] or "").split()) if found else ""


def _runs(page: Page, node: Node) -> list[tuple[int, int, str, str]]:
    """The inside of a ref tag as stretches of words and of citations: offsets, expanded words, marks."""
    runs: list[tuple[int, int, str, str]] = []
    for start, end, child in pieces(page.text, node.start + node.opening, node.end - node.closing, node.children):
        cited = references_in(child.text) if child else ""
        text = child.text if child else page.text[start:end]
        if runs and not cited and not runs[-1][3]:
            runs[-1] = (runs[-1][0], end, runs[-1][2] + text, "")
        else:
            runs.append((start, end, text, cited))
    return runs


def _between(page: Page, start: int, end: int, text: str, alone: bool) -> str:
    """The marks of what a ref tag says in words.

    Beside citations, words without an address or a year are no reference; a page is the citation's before them.
    """
    linked = bool("[" in text and EXTERNAL_LINK.search(text))
    rest = words(EXTERNAL_LINK.sub(" ", text) if linked else text)
    if not alone:
        paged = _PAGE.fullmatch(rest)
        if paged and page.found and page.found[-1].end == start and not page.found[-1].locator:
            page.found[-1].locator = Locator("page", paged[1])
        if not linked and not (_YEAR.search(rest) and (len(rest.split()) > 3 or shorts_in_words(rest))):
            return ""
    raw = page.text[start:end]
    start, end = start + len(raw) - len(raw.lstrip(" \n\t;,.")), start + len(raw.rstrip())
    if not rest and not linked:
        title = words(_TEMPLATE_SIGNS.sub(lambda sign: ": " if sign[0] == "|" else " ", raw))
        return page.add(Found({"type": "document", "title": title}, start, end)) if title else ""
    return cite_words(page, _with_archive(page, text), start, end)


def cite_words(page: Page, text: str, start: int, end: int) -> str:
    """The marks of the reference that is `text` in words; of several where it is a row of short ones."""
    shorts = shorts_in_words(words(text))
    if shorts:
        return "".join(_short(page, start, end, short) for short in shorts)
    csl, locator = bare_to_csl(text, "")
    return page.add(Found(csl, start, end, locator))


def _with_archive(page: Page, body: str) -> str:
    """A bare reference's text without marks, its archived copy as the template says it."""

    def written(found: re.Match[str]) -> str:
        if found[1] != marks.ARCHIVE:
            return ""
        start, end = page.archives[int(found[2])]
        return page.text[start:end]

    return strip_markup(marks.NUMBERED.sub(written, body), link=None)
