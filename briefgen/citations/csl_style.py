"""Citation styles: finding them by name."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from briefgen.compiled import compiled
from briefgen.problems import Location, Problem, error, nearest
from briefgen.userfiles import read_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

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
        where = Location(name) if name.endswith(".csl") and os.path.lexists(name) else None
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
        gone = isinstance(reason, FileNotFoundError)
        said = f"there is no citation style {name!r}" if gone else "the citation style cannot be read"
        raise _UnusableStyleError(said) from reason
    return _parsed(text, path.parent)


def _parsed(text: str, beside: Path | None = None) -> Style:
    from xml.etree import ElementTree

    if "<!DOCTYPE" in text:
        raise _UnusableStyleError("the citation style has a document type, which CSL does not allow")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as reason:
        raise _UnusableStyleError(f"the citation style is not well-formed XML ({reason})") from reason
    if root.tag != tag("style"):
        raise _UnusableStyleError("the file is not a CSL style")
    if root.find(tag("citation")) is None:
        return _style_it_depends_on(root, beside)
    title = root.findtext(f"{tag('info')}/{tag('title')}", "")
    return Style(text, root.get("class") == "note", root.get("default-locale", ""), " ".join(title.split()))


def _style_it_depends_on(root: "Element", beside: Path | None) -> Style:
    """The style that a dependent one names: one that is shipped, or one in the folder `beside` it."""
    links = root.iterfind(f"{tag('info')}/{tag('link')}")
    parent = next((link.get("href", "") for link in links if link.get("rel") == "independent-parent"), "")
    file = parent.rsplit("/", 1)[-1] + ".csl"
    if file in STYLE_FILES.values():
        return _parsed((STYLES / file).read_text(encoding="utf-8"))
    own = beside / file if beside and "/" not in file and "\\" not in file else None
    if own is None or not os.path.isfile(own):
        needed = f"the citation style only points to another one; put {file} beside it, from {parent or 'unnamed'}"
        raise _UnusableStyleError(needed)
    return _style_from_file(str(own))


def tag(name: str) -> str:
    """The name of an element of CSL."""
    return f"{{{NAMESPACE}}}{name}"
