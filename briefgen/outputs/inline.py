"""What the elements of a page are: within a line, not shown, beside the words of a passage, or the mark of a note."""

import re

from briefgen.outputs.units import with_gaps

INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd"),
        *("mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    )
)
"""Elements that stand within a line."""
UNSHOWN = frozenset(("head", "script", "style", "template", "noscript", "aside", "title"))
"""Elements whose words are not shown, or are a speaker's."""
BESIDE = frozenset(("own", "slides", "gap-number"))
"""Classes of words that say something of a passage, and are no part of it."""
_MARK = re.compile(r"[\s\d,;*†‡§\[\]()–-]+")
"""What a mark of a note may be."""
_PARAGRAPHS = frozenset(("p", "proof"))
"""Classes of what is a paragraph whatever the element: those of slides, and what the key of a quiz quotes."""
_NOTE, _BACK = "doc-noteref", "doc-backlink"
_TO_MARK = "#fnref-"
"""How the addresses of marks begin, seen from their notes."""
MARK = "\ufff9"
"""What stands for the mark of a note while a text is read: the sign that begins an annotation."""
_MARKS = re.compile(rf"{MARK}(?:[\s,;]*{MARK})*")


def is_block(name: str, kind: str | None) -> bool:
    """Whether an element of a class is a paragraph of its own."""
    return kind in _PARAGRAPHS or (name not in INLINE and name not in UNSHOWN)


def is_mark(role: str | None, address: str | None, text: str) -> bool:
    """Whether a link is the mark of a note."""
    return role == _NOTE or bool((address or "").startswith("#") and text.strip() and _MARK.fullmatch(text))


def is_way_back(role: str | None, address: str | None) -> bool:
    """Whether a link leads from a note to its mark."""
    return role == _BACK or (address or "").startswith(_TO_MARK)


def without_marks(text: str) -> tuple[str, int]:
    """The text without the marks of notes and the commas between them, and how many there are."""
    return with_gaps(_MARKS.sub("", text)), text.count(MARK)


def raised(text: str, slides: bool) -> str | None:
    """What stands for raised words: a mark, nothing where they say whose words stand before them, or none if they are
    words like others. On slides all raised words are one or the other.
    """
    if _MARK.fullmatch(text):
        return MARK
    return "" if slides else None
