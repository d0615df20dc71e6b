"""Telling wikitext from other text, and its two forms from each other."""

import re
from bisect import bisect_right

from msgspec import Struct

from briefgen.readers.wikitext.export import is_export
from briefgen.readers.wikitext.tables import tables

_SIGNS = (
    (3, re.compile(r"\{\{\s*(?:cite |citation\s*\||infobox|short description|reflist|taxobox)", re.IGNORECASE)),
    (2, re.compile(r"<ref(?:\s[^<>]*)?>|\[\[(?:file|image|category):", re.IGNORECASE)),
    (2, re.compile(r"^(={2,6})[^=\n]+\1[ \t\r]*$", re.MULTILINE)),
    (1, re.compile(r"\[\[[^\[\]\n|]+(?:\|[^\[\]\n]+)?\]\]")),
    (1, re.compile(r"(?<!')'''[^'\n]+'''(?!')")),
    (1, re.compile(r"^\{\|", re.MULTILINE)),
    (1, re.compile(r"\{\{\s*(?:main|see also|lang|use [dm][my]y dates|convert|flag)\s*\|", re.IGNORECASE)),
)
"""Marks of MediaWiki, each with its weight."""

FILE_LINE = re.compile(r"\s*(?:File|Image):[^\n]*\.\w{2,5}\s*$", re.IGNORECASE)
"""A line that only names a picture, as half-stripped text has it."""

# Each alternative starts with a letter or sign of its own, which makes the search several times as fast.
REST_OF_REFERENCE = re.compile(
    r"p(?<!\w.)[pg]?\. ?[0-9]|P(?<!\w.)[pg]?\. ?[0-9]|Retrieved (?:on )?[0-9A-Z]|Accessed (?:on )?[0-9A-Z]"
    r"|ISBN:? [0-9][0-9-]{8}|\.(?<=[a-z]{5}.), |A(?<=[a-z]{3}.)(?:n|lso)? |T(?<=[a-z]{3}.)h(?:e|is) |S(?<=[a-z]{3}.)ee "
)
"""What prose does not hold, but references do: pages, days of access, numbers of books, sentences glued to words."""

LONGEST_HEADING = 100
"""Characters; a bare line longer than this is no heading."""

_ENOUGH = 3
_ESCAPED = {"lt": "<", "gt": ">", "quot": '"', "amp": "&"}
_ESCAPE = re.compile("&(" + "|".join(_ESCAPED) + ");")
_STRIPPED = re.compile(r"^=[^=\n]+=[ \t\r]*$|^ {2}• |[^\s|>=]\{\{\s*cit(?:e |ation)", re.MULTILINE | re.IGNORECASE)
_WHOLE = re.compile(r"^==|''|^[*#]", re.MULTILINE)
_ALONE = re.compile(r"^\n([A-Z][a-z]+(?: [a-z]+){0,4})[ \t\r]*\n\s*(?=\{\{)", re.MULTILINE)
_INITIALS_END = re.compile(r"\b(?:[A-Z]\.){2,}$")


def looks_like_wikitext(text: str) -> bool:
    """Whether `text` is MediaWiki markup, whole or half-stripped, or an export of it.

    False for HTML pages, Markdown and plain pages.
    """
    if is_export(text):
        return True
    if text[:500].lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        return False
    return sum(weight for weight, sign in _SIGNS if sign.search(text)) >= _ENOUGH


def is_wikipedia(text: str) -> bool:
    """Whether the templates are those that Wikipedias use."""
    return bool(_SIGNS[0][1].search(text))


def is_stripped(text: str) -> bool:
    """Whether `text` is the half-stripped form: no ref tags and no links are left, but what only that form has is.

    That is a bullet, a heading short of its marks, a glued citation, or the bare title of a section of references.
    """
    if re.search(r"<ref\b|\[\[", text, re.IGNORECASE):
        return False
    return bool(_STRIPPED.search(text)) or (not _WHOLE.search(text) and _has_bare_back_matter(text))


def _has_bare_back_matter(text: str) -> bool:
    """Whether a line alone is the title of a section of references, with a template below it."""
    titles = tables().back_matter
    return any(found[1].lower() in titles for found in _ALONE.finditer(text))


def is_bare_heading(text: str) -> bool:
    """Whether a line looks like a heading without its marks: short, and not a sentence."""
    ends = text[-1] in ":;,!”\"'|}" or (text[-1] == "." and not _INITIALS_END.search(text))
    if len(text) > LONGEST_HEADING or len(text.split()) > 14 or ends:
        return False
    return (text[0].isupper() or text[0].isdigit()) and not re.search(r"[{}|\[\]<>•]|://", text)


def title_line(text: str, stripped: bool) -> tuple[str, int, int] | None:
    """The title on the first line, and that line's offsets: "Article#Section"; if `stripped`, also a bare title."""
    lead = len(text) - len(text.lstrip())
    line = text[lead:].split("\n", 1)[0].rstrip()
    article, mark, section = line.partition("#")
    article = article.strip()
    if not article or not is_bare_heading(article) or len(section) > LONGEST_HEADING:
        return None
    following = text[lead + len(line) :]
    alone = not following.strip() or re.match(r"[ \t]*\r?\n\s*(?:\n|\{\{)", following)
    return (article, lead, lead + len(line)) if (stripped or mark) and alone else None


class Origin(Struct, frozen=True):
    """Where the characters of an unescaped text stood in the file: from `here[i]` on, they stood `moved[i]` further on.

    The text itself began at `base`.
    """

    here: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    base: int = 0

    def __call__(self, offset: int) -> int:
        part = bisect_right(self.here, offset) - 1
        return self.base + offset + (self.moved[part] if part >= 0 else 0)


def is_escaped(text: str) -> bool:
    """Whether `text` has the XML escapes that articles have in a dump: ref tags that are all escaped."""
    return "&lt;ref" in text and "<ref" not in text


def unescaped(text: str, base: int = 0) -> tuple[str, Origin]:
    """`text`, which stands at `base` in its file, without XML escapes, and the way back to the file's offsets."""
    here: list[int] = []
    moved: list[int] = []
    shift = 0
    for escape in _ESCAPE.finditer(text):
        here.append(escape.end() - shift - len(escape[0]) + 1)
        shift += len(escape[0]) - 1
        moved.append(shift)
    return _ESCAPE.sub(lambda escape: _ESCAPED[escape[1]], text), Origin(tuple(here), tuple(moved), base)
