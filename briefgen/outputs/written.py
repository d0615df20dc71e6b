"""The paragraphs of files that were just written, so that a build can note which words are its own.

A build writes decks and pages as text of a known form, which is read here without a parser of XML or HTML: that takes a
tenth of the time. What comes out is what `read_deck` and `read_handout` find in the same file.
"""

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import PurePath

from briefgen.outputs.inline import (
    BESIDE,
    INLINE,
    MARK,
    UNSHOWN,
    is_block,
    is_mark,
    is_way_back,
    raised,
    without_marks,
)
from briefgen.outputs.units import GAP, own_left_out, with_gaps

_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_PARAGRAPH = re.compile(r"<a:p>(.*?)</a:p>", re.DOTALL)
_RUN = re.compile(r"<a:br\b|<a:(?:r|fld)\b([^>]*)>(?:<a:rPr\b([^>]*?)/?>.*?)?<a:t>([^<]*)</a:t>", re.DOTALL)
_TAG = re.compile(r"<(?:!--.*?-->|!\w[^>]*>|(/?)([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""([\w-]+)(?:="([^"]*)")?""")
_RAW = re.compile(r"<(script|style|title|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_CLASS = re.compile(r'\bclass="([^"]*)"')
_LONGEST_MARK = 2000
"""Bytes in which a raised mark, or a link that is one, ends."""
_EMPTY = frozenset(("br", "img", "wbr", "hr", "meta", "link", "input", "col"))


def paragraphs_of(name: str, data: bytes) -> tuple[str, ...]:
    """The paragraphs of a file called `name`, each text once; none for a file of a kind that is not edited."""
    kind = PurePath(name).suffix
    if kind == ".pptx":
        found: Iterator[str] = _of_deck(data)
    elif kind == ".html":
        found = _of_page(data.decode("utf-8"), name.endswith("-slides.html"))
    elif kind in (".docx", ".odt"):
        found = _of_text(kind, data)
    else:
        return ()
    return tuple(dict.fromkeys(text for text in found if text))


def _of_deck(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if _SLIDE.fullmatch(name):
                for paragraph in _PARAGRAPH.findall(package.read(name).decode("utf-8")):
                    yield with_gaps(unescape("".join(map(_run, _RUN.finditer(paragraph)))))


def _run(found: re.Match[str]) -> str:
    about, properties, text = found.groups()
    if text is None:
        return " "
    return "" if "slidenum" in about or 'baseline="' in (properties or "") else text


def _of_page(text: str, slides: bool) -> Iterator[str]:
    """The paragraphs of a page: what stands between the tags of blocks."""
    flow: list[str] = []
    text = _RAW.sub("", text)
    at, skipping, depth = 0, "", 0
    spans: list[str] = []
    for tag in _TAG.finditer(text):
        if not skipping:
            flow.append(text[at : tag.start()])
        at = tag.end()
        name = (tag[2] or "").lower()
        if skipping:
            depth += (name == skipping) * (-1 if tag[1] else 1)
            skipping = skipping if depth else ""
            continue
        if not name:
            continue
        kind = _class_of(tag, spans) if name == "span" else None
        if is_block(name, kind):
            yield own_left_out(without_marks(unescape("".join(flow)))[0])[0]
            flow = []
        if name == "br":
            flow.append(" ")
        instead = None if tag[1] or name in _EMPTY else _instead(name, tag[3], text[at : at + _LONGEST_MARK], slides)
        if instead is not None:
            flow.append(instead)
            skipping, depth = name, 1
            spans = spans[:-1] if name == "span" else spans
    yield own_left_out(without_marks(unescape("".join(flow)))[0])[0]


def _class_of(tag: re.Match[str], open_: list[str]) -> str:
    """The class of the span that a tag begins or ends; `open_` has those that are open."""
    if tag[1]:
        return open_.pop() if open_ else ""
    found = _CLASS.search(tag[3])
    open_.append(found[1] if found else "")
    return open_[-1]


def _instead(name: str, attributes: str, following: str, slides: bool) -> str | None:
    """What stands for an element that is passed over; none for one that is read."""
    if name in UNSHOWN:
        return ""
    if name not in INLINE or not (attributes or name == "sup"):
        return None
    given = dict(_ATTRIBUTE.findall(attributes))
    if given.get("class") == "gap":
        return GAP
    if given.get("class") in BESIDE or is_way_back(given.get("role"), given.get("href")):
        return ""
    if name in ("sup", "a"):
        within = unescape(re.sub("<[^>]*>", "", following.partition(f"</{name}>")[0]))
        if name == "sup":
            return raised(within, slides)
        return MARK if is_mark(given.get("role"), given.get("href"), within) else None
    return None


def _of_text(kind: str, data: bytes) -> Iterator[str]:
    from briefgen.outputs.word import open_document_units, word_units

    units = word_units(data) if kind == ".docx" else open_document_units(data)
    return (unit.text for unit in units if len(unit.of) == 1)
