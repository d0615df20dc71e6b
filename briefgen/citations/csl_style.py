"""Citation styles: finding them by name, and making one for notes out of one that cites in the text."""

import copy
import os
import re
from pathlib import Path
from xml.etree import ElementTree

from msgspec import Struct

from briefgen.citations.marks import LOCATOR_FOLLOWS
from briefgen.compiled import compiled
from briefgen.problems import Location, Problem, error, nearest
from briefgen.userfiles import read_text

NAMESPACE = "http://purl.org/net/xbiblio/csl"
STYLES = Path(__file__).parent / "styles"
DEFAULT_STYLE = "chicago-notes"
STYLE_FILES = {
    "apa": "apa.csl",
    "bluebook": "bluebook-law-review.csl",
    "chicago-author-date": "chicago-author-date.csl",
    "chicago-notes": "chicago-notes-bibliography.csl",
    "chicago-notes-ibid": "chicago-notes-bibliography-subsequent-ibid.csl",
    "harvard": "harvard-cite-them-right.csl",
    "ieee": "ieee.csl",
    "iso690": "iso690-full-note-en.csl",
    "mhra": "mhra-notes.csl",
    "mla": "modern-language-association.csl",
    "mla-notes": "modern-language-association-notes.csl",
    "oscola": "oscola.csl",
    "turabian": "chicago-notes-bibliography-subsequent-author-title-17th-edition.csl",
    "vancouver": "nlm-citation-sequence.csl",
}
"""The file of each style that is shipped. Turabian (9th edition) has no file of its own: it depends on this one."""
LARGEST_STYLE = 4_000_000

_SMALL_IBID = re.compile(r'<text\b(?=[^>]*\bterm="ibid")(?=[^>]*\btext-case="lowercase")')
_NAME_OPTIONS = re.compile(r"and|delimiter-precedes-.*|et-al-.*|initialize.*|name-.*|names-.*|sort-separator")


class Style(Struct, frozen=True):
    """A CSL style's text. `has_notes` says that it is made for footnotes, rather than for citing in the text.

    `locale` is the language variety that it is made for, "en-GB", or "". `title` is its name.
    """

    text: str
    has_notes: bool
    locale: str = ""
    title: str = ""

    @property
    def small_ibid(self) -> bool:
        """Whether the style asks for a small letter in "ibid."; the processor gives it a capital at a note's start."""
        return bool(_SMALL_IBID.search(self.text))

    def language(self, asked: str) -> str:
        """The language to format in: of one language without a region, the variety that the style is made for."""
        return self.locale if "-" not in asked and self.locale.partition("-")[0] == asked else asked


def style_names() -> tuple[str, ...]:
    """The names of the shipped styles, in order of the alphabet."""
    return tuple(sorted(STYLE_FILES))


def find_style(name: str) -> tuple[Style, tuple[Problem, ...]]:
    """The style called `name` (a shipped one, or the path of a .csl file).

    Where there is none, or it cannot be used: the default style, and an error that says what is accepted.
    """
    if name in STYLE_FILES:
        return compiled(f"style {name}", Style, lambda: _shipped(name)), ()
    try:
        return _style_from_file(name), ()
    except _UnusableStyleError as reason:
        default = _shipped(DEFAULT_STYLE)
        where = Location(name) if name.endswith(".csl") else None
        return default, (error(f"{reason}; {DEFAULT_STYLE} is used instead", nearest(name, STYLE_FILES), where),)


def _shipped(name: str) -> Style:
    return _parsed((STYLES / STYLE_FILES[name]).read_text(encoding="utf-8"))


class _UnusableStyleError(Exception):
    pass


def _style_from_file(name: str) -> Style:
    if not name.endswith(".csl"):
        raise _UnusableStyleError(f"there is no citation style called {name!r}")
    try:
        path = Path(name)
        if path.stat().st_size > LARGEST_STYLE:
            raise _UnusableStyleError("the citation style is larger than any real one")
        text = read_text(path, "utf-8-sig")
    except (OSError, ValueError) as reason:
        raise _UnusableStyleError("the citation style cannot be read") from reason
    try:
        return _parsed(text, path.parent)
    except ElementTree.ParseError as reason:
        raise _UnusableStyleError(f"the citation style is not well-formed XML ({reason})") from reason


def _parsed(text: str, beside: Path | None = None) -> Style:
    if "<!DOCTYPE" in text:
        raise _UnusableStyleError("the citation style has a document type, which CSL does not allow")
    root = ElementTree.fromstring(text)
    if root.tag != _tag("style"):
        raise _UnusableStyleError("the file is not a CSL style")
    if root.find(_tag("citation")) is None:
        return _style_it_depends_on(root, beside)
    title = root.findtext(f"{_tag('info')}/{_tag('title')}", "")
    return Style(text, root.get("class") == "note", root.get("default-locale", ""), " ".join(title.split()))


def _style_it_depends_on(root: ElementTree.Element, beside: Path | None) -> Style:
    """The style that a dependent one names: one that is shipped, or one in the folder `beside` it."""
    links = root.iterfind(f"{_tag('info')}/{_tag('link')}")
    parent = next((link.get("href", "") for link in links if link.get("rel") == "independent-parent"), "")
    file = parent.rsplit("/", 1)[-1] + ".csl"
    if file in STYLE_FILES.values():
        return _parsed((STYLES / file).read_text(encoding="utf-8"))
    own = beside / file if beside and "/" not in file and "\\" not in file else None
    if own is None or not os.path.isfile(own):
        needed = f"the citation style only points to another one; put {file} beside it, from {parent or 'unnamed'}"
        raise _UnusableStyleError(needed)
    return _style_from_file(str(own))


def with_full_notes(style: Style) -> str:
    """`style` as CSL text whose every citation is its bibliography form, with the locator after it.

    Cited in a footnote, such a citation leads to the work without a look at the bibliography. Name options move
    along (CSL 1.0.2, "Inheritable Name Options"); sorting, collapsing and the running number do not. A style without a
    bibliography stays as it is.
    """
    root = ElementTree.fromstring(style.text)
    citation, bibliography = root.find(_tag("citation")), root.find(_tag("bibliography"))
    if citation is None or bibliography is None:
        return style.text
    layout = copy.deepcopy(bibliography.find(_tag("layout")))
    if layout is None:
        return style.text
    _drop_citation_number(layout)
    full = ElementTree.Element(_tag("group"))
    form = ElementTree.SubElement(full, _tag("group"), _affixes(layout, "prefix", "delimiter"))
    form.extend(layout)
    full.append(_locator())
    options = {name: value for name, value in bibliography.attrib.items() if _NAME_OPTIONS.fullmatch(name)}
    kept = {name: value for name, value in citation.attrib.items() if name.startswith("disambiguate-add-year")}
    citation.clear()
    citation.attrib.update({**kept, **options})
    ElementTree.SubElement(citation, _tag("layout"), {"delimiter": "; ", **_affixes(layout, "suffix")}).append(full)
    ElementTree.register_namespace("", NAMESPACE)
    return ElementTree.tostring(root, encoding="unicode")


def _affixes(layout: ElementTree.Element, *names: str) -> dict[str, str]:
    return {name: layout.attrib[name] for name in names if name in layout.attrib}


def _locator() -> ElementTree.Element:
    group = ElementTree.Element(_tag("group"), {"delimiter": " ", "prefix": LOCATOR_FOLLOWS})
    ElementTree.SubElement(group, _tag("label"), {"variable": "locator", "form": "short"})
    ElementTree.SubElement(group, _tag("text"), {"variable": "locator"})
    return group


def _drop_citation_number(element: ElementTree.Element) -> None:
    for child in list(element):
        if child.get("variable") == "citation-number":
            element.remove(child)
        else:
            _drop_citation_number(child)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
