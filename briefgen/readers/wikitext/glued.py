"""References left in half-stripped prose: words of a ref tag that stand glued to the sentence they belonged to.

A reference begins where a capital, a quotation mark or a bracketed address follows a sentence's end without a space.
It ends where a year, a date or a page closes it and a new sentence, a citation or the line's end follows.
"""

import re
from bisect import bisect_left
from collections.abc import Callable

from msgspec import Struct

from briefgen.model import Locator
from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.form import FILE_LINE
from briefgen.readers.wikitext.page import Page
from briefgen.readers.wikitext.references import cite_words

LONGEST = 700
"""Characters of expanded text; what is longer than this is no reference."""

_NAME_WITH_STOP = re.compile(r"(?:[A-Z]{2,4}|Com|Net|Org)\b(?![,:])")
"""Behind a full stop: the end of a name such as "DAWN.COM" or ".NET"."""
_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_GLUE = re.compile(
    rf"(?<=[.!?,;:\"”’)\]{marks.END}])(?=\[https?://|\[[A-Z][a-z]+ |[\"“][^\W\d_]|[^\W\d_a-z]\w)|(?<=[^\s\[(\"“])(?=\[https?://)|(?<=[.!?”\"{marks.END}])(?=https?://)"
)
_INSIDE = re.compile(r"[A-Z](?<=[a-z]{3}.)[a-z]+(?:, |[.:]? [A-Z])")
_ADDRESS = re.compile(r"https?://[^\s\[\]<>\"]+", re.IGNORECASE)
_LINK = re.compile(r"\[https?://[^\s\[\]]+[^\[\]\n]*\]", re.IGNORECASE)
_ARCHIVED = rf"{marks.ARCHIVE}[0-9]+{marks.END}"
_CLOSE = re.compile(
    rf"\(?{_YEAR}-[0-9]{{2}}-[0-9]{{2}}\)?\.?(?=\s|$|[{marks.REFERENCE}{marks.REUSE}])"
    rf"|(?<![-–0-9])(?P<year>{_YEAR}[a-z]?\)?)(?P<stop>\.?[\"”]?)(?=\s|$|[{marks.REFERENCE}{marks.REUSE}])"
    rf"|\bpp?\.\s?[0-9]+(?:[–-][0-9]+)?(?:, [0-9]+(?:[–-][0-9]+)?)*\.?(?=\s|$|[{marks.REFERENCE}{marks.REUSE}])"
)
_DATE_AFTER_COMMA = re.compile(rf",\s+(?:[0-9]{{1,2}}\s+)?(?:[A-Z][a-z]+\.?\s+)?(?:[0-9]{{1,2}},\s+)?{_YEAR}$")
_MORE = re.compile(
    rf"\s*(?:(?:Retrieved|Accessed|Archived)\s(?:on\s|from\s[^.]{{0,80}}?)?[0-9A-Za-z ,]{{4,24}}?{_YEAR}\.?"
    rf"|https?://[^\s<>\"]+|{_ARCHIVED}\.?|\.(?=\s|$)|,?\s*pp?\.\s?[0-9]+(?:[–-][0-9]+)?\.?)"
)
_BLANK = re.compile(r"\s*\Z")
_NEXT = re.compile(rf"\s*$|\s+[^\Wa-z_]|\s+[\"“(\[]|[{marks.REFERENCE}{marks.REUSE}]")
_INVERTED = re.compile(r"[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?, (?:[^\W\d_a-z][\w.'’-]*\s?){1,4}[.,;(]")
_LISTED = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*\s){1,4}and (?:[^\W\d_a-z][\w.'’-]*\s?){1,4},")
_AUTHOR_YEAR = re.compile(rf"[^\"“\[]{{3,80}}\({_YEAR}[a-z]?\)\.?")
_PRINTED = re.compile(
    r"\b(?:Press|Publish\w*|University|Journal|Books?|Verlag|Institute|ed\.|eds\.|vol\.|pp?\.)(?=\W|$)"
)
_PAGE_AFTER = re.compile(
    rf"(?P<mark>{marks.REFERENCE}(?P<number>[0-9]+){marks.END})[,:]?\s?"
    rf"pp?\.\s?(?P<pages>[0-9]+(?:[–-][0-9]+)?)\.?(?=\s+[^\Wa-z_]|\s*$|{marks.REFERENCE})"
)


class Places(Struct, frozen=True):
    """From offsets in a line to offsets in the file, of a stretch's start and of its end."""

    start: Callable[[int], int]
    end: Callable[[int], int]


def cut_glued(page: Page, text: str, places: Places) -> str:
    """The line `text` with every glued reference replaced by its mark; what cannot be told is full of holes."""
    parts: list[str] = []
    at = 0
    starts = [] if FILE_LINE.match(text) else _starts(text)
    for index, start in enumerate(starts):
        if start < at:
            continue
        limit = min(starts[index + 1] if index + 1 < len(starts) else len(text), start + LONGEST)
        end = _end(text, start, limit)
        parts.append(text[at:start])
        at = max(start, end)
        if not end:
            # Where it ends is not known, so that none of the words it may hold are the source's own.
            parts.append(marks.HOLE + text[start:limit].replace(" ", f" {marks.HOLE}"))
            at = limit
            continue
        first, last = places.start(start), places.end(end)
        parts.append(cite_words(page, page.text[first:last], first, last))
    parts.append(text[at:])
    return _PAGE_AFTER.sub(lambda found: _with_page(page, found), "".join(parts))


def _with_page(page: Page, found: re.Match[str]) -> str:
    """The page that stood behind a citation inside its ref tag becomes the citation's own."""
    reference = page.found[int(found["number"])]
    if reference.locator is None:
        reference.locator = Locator("page", found["pages"])
    return found["mark"]


def _starts(text: str) -> list[int]:
    """Where something is glued to the end of a sentence."""
    addresses = [(address.start(), address.end()) for address in _ADDRESS.finditer(text)]
    quotes = [found.start() for found in re.finditer('"', text)]
    result = [found.start() for found in _INSIDE.finditer(text) if _follows_small_word(text, found.start())]
    for found in _GLUE.finditer(text):
        at = found.start()
        index = bisect_left(addresses, (at, at))
        if index and addresses[index - 1][1] > at:
            continue
        if _is_glued(text, at, bisect_left(quotes, at) % 2 == 1):
            result.append(at)
    return sorted(result)


def _follows_small_word(text: str, at: int) -> bool:
    """Whether what stands before `at` without a space is a word in small letters, as no name is written."""
    before = text[text.rfind(" ", 0, at) + 1 : at].lstrip('("“')
    return before.isalpha() and before.islower()


def _is_glued(text: str, at: int, quoted: bool) -> bool:
    """Whether what starts at `at` is glued there. `quoted`: an odd number of straight quotation marks came before."""
    before, first = text[at - 1], text[at]
    if before == '"' and (quoted or text[at - 2 : at - 1].isspace()):
        return False
    if first == '"' and quoted:
        return False
    if before == "." and _NAME_WITH_STOP.match(text, at):
        return False
    if before == "." and re.search(r"(?:^|[\s(.])[^\W\d_a-z]\.$", text[max(0, at - 3) : at]) and first not in '["“':
        return False
    return not (before in ",;:" and first not in '["“') or text.startswith("[", at)


def _end(text: str, start: int, limit: int) -> int:
    """Where the reference at `start` ends; 0 where nothing tells."""
    cited = (text.find(sign, start, limit) for sign in (marks.REFERENCE, marks.REUSE))
    limit = min((at for at in cited if at >= 0), default=limit)
    for close in _CLOSE.finditer(text, start, limit):
        last = close.end() == limit
        if not (last or _NEXT.match(text, close.end())):
            continue
        if _is_whole(text[start : close.end()], bool(close["year"] and not close["stop"]), last):
            return _extended(text, close.end(), limit)
    return _end_without_date(text, start, limit)


def _is_whole(text: str, open_ended: bool, last: bool) -> bool:
    """Whether a stretch that a year or a page closes has the shape of a reference."""
    linked, quoted = bool(_LINK.search(text)), bool(re.search(r"[\"“][^\"“”]{3,}[\"”]", text))
    if open_ended and not last and not ((linked or quoted) and _DATE_AFTER_COMMA.search(text)):
        return False
    if _AUTHOR_YEAR.fullmatch(text):
        return False
    return linked or quoted or bool(_INVERTED.match(text) or _LISTED.match(text) or _PRINTED.search(text))


def _extended(text: str, end: int, limit: int) -> int:
    """The end after what may still follow: an access date, an address, an archived copy, pages."""
    while (more := _MORE.match(text, end, limit)) and more.end() > end:
        end = more.end()
    return end


def _end_without_date(text: str, start: int, limit: int) -> int:
    """The end of a reference that no date closes: a link with a few words, or a title in quotation marks alone."""
    whole = text[start:limit].rstrip()
    at_end = _BLANK.match(text, limit) or text[limit] in marks.REFERENCE + marks.REUSE or limit - start < LONGEST
    link = _LINK.match(text, start) or _ADDRESS.match(text, start)
    if link:
        end = _extended(text, link.end(), limit)
        rest = text[end:limit]
        return start + len(whole) if at_end and len(rest) <= 80 and ". " not in rest else end
    title = re.fullmatch(r"[\"“][^\"“”]{3,200}[\"”][.,]?", whole)
    return start + len(whole) if title and at_end else 0
