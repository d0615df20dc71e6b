"""References written as text, with or without a bracketed address, to CSL-JSON."""

import re
from typing import Any

from msgspec import Struct

from briefgen.citations.fields import Name, date_to_csl, iso_date, people_in
from briefgen.citations.wiki import kind_of_periodical, url_path
from briefgen.model import Locator

_YEAR = r"(?:1[5-9]|20)[0-9]{2}"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|Spring|Summer|Autumn|Fall|Winter)"
)
_FULL_DATE = rf"(?:[0-9]{{1,2}}\s+)?(?:{_MONTH}\.?,?\s+)?(?:[0-9]{{1,2}},\s+)?{_YEAR}"
_LONGEST_END = 200
"""Characters at the end of a reference in which its date or its pages are looked for."""

_ARCHIVE = re.compile(r"\s*\{\{\s*(?:webarchive|wayback|web archive)\s*\|([^{}]*)\}\}", re.IGNORECASE)
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
_LINK = re.compile(r"\[((?:https?:)?//[^\s\[\]]+)\s*([^\[\]]*)\]", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://[^\s<>\[\]{}|\"]+", re.IGNORECASE)
_REMARK = re.compile(r"\s*\[(?!https?:|//)[^\[\]]{0,60}\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_ACCESSED = re.compile(rf"[.,;(]?\s*(?:Retrieved|Accessed|Last accessed)\s(?:on\s)?({_FULL_DATE})\)?\.?", re.IGNORECASE)
_ACCESS_WORD = re.compile(r"(?:retriev|access)ed", re.IGNORECASE)
_PAGES = re.compile(r"[,;(.]?\s*\b(?:pp?\.|pages?)\s?([0-9]+(?:[–-][0-9]+)?(?:, ?[0-9]+(?:[–-][0-9]+)?)*)\)?\.?\s*$")
_DATE = re.compile(rf"[,.;]?\s*\(?(?<![-–0-9])(?<![0-9]\s)({_FULL_DATE})[a-z]?\)?[.,]?\s*$")
_AUTHOR_YEAR = re.compile(rf"(?P<who>[^\"“\[(]{{3,120}}?)\s*\((?P<year>{_YEAR})[a-z]?\)[.,:]?\s*(?P<rest>.+)")
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_AGENCY = re.compile(r"\(([^()]+)\)\s*,?\s*$")
_BY = re.compile(r"^[\s,.]*by ([^\W\d_a-z][^,.]+(?:\.[^,.]+)*?)(?:[.,]\s|[.,]?$)")
_GIVEN = r"[^\W\d_a-z][\w.'’-]*(?: [^\W\d_a-z][\w.'’-]*){0,3}?"
_INVERTED = re.compile(
    rf"(?P<who>[^\W\d_][\w'’ -]*, {_GIVEN}"
    rf"(?:(?:,? and|;) (?:[^\W\d_][\w'’-]*, )?{_GIVEN}(?=[.;,]\s| and ))*)[.;,]\s+(?P<rest>.+)"
)
_LISTED = re.compile(
    r"(?P<who>(?:[^\W\d_a-z][\w.'’-]*\s){1,3}[^\W\d_a-z][\w'’-]+"
    r"(?: and (?:[^\W\d_a-z][\w.'’-]*\s){1,3}[^\W\d_a-z][\w'’-]+)?)[,;]\s+(?P<rest>.+)"
)
_INITIALS = re.compile(r"(?P<who>(?:[^\W\d_][\w'’-]+, (?:[A-Z]\.\s?)+[;,]?\s*(?:and |& )?)+)(?P<rest>.+)")
_INITIAL_END = re.compile(r"(?:\b[^\W\d_a-z]|\b[JS]r)\.$")
_SNAPSHOT = re.compile(
    r"https?://(?:web\.archive\.org/web|archive\.(?:today|is|ph|org))/([0-9]{4,14})[^/]*/(https?:.+)", re.IGNORECASE
)


class _Parts(Struct):
    """A reference being taken apart: `before` and `after` its title are what is still unread."""

    before: str = ""
    title: str = ""
    after: str = ""
    url: str = ""
    linked: bool = False


def bare_to_csl(text: str, item_id: str) -> tuple[dict[str, Any], Locator | None]:
    """The publication that a reference in words names, as far as its shape tells, and the page cited.

    Known are: bracketed addresses with a title, `{{Webarchive}}` behind them, titles in quotation marks, authors
    before the title, "by Given Family" behind it, publisher and date at the end, "Retrieved ..." and pages. A
    reference of no known shape is its whole text as a title.
    """
    csl: dict[str, Any] = {"id": item_id, "type": "document"}
    custom: dict[str, str] = {}
    text = _take_archive(" ".join(_WIKI_LINK.sub(r"\1", text.replace("''", "")).split()), custom)
    accessed = _ACCESSED.search(text) if _ACCESS_WORD.search(text) else None
    if accessed:
        csl["accessed"] = date_to_csl(accessed[1])
        text = text[: accessed.start()] + text[accessed.end() :]
    text, pages = _cut(_PAGES, _REMARK.sub("", text) if "[" in text else text)
    parts = _split(text)
    parts.after, date = _cut(_DATE, parts.after)
    year = _take_people(csl, custom, parts)
    csl["title"] = parts.title or text
    issued = date_to_csl(date) or date_to_csl(year)
    if issued:
        csl["issued"] = issued
    _add_publisher(csl, parts)
    _add_link(csl, custom, parts.url)
    csl["type"] = _kind(csl, parts)
    if custom:
        csl["custom"] = custom
    return {key: value for key, value in csl.items() if value or key == "id"}, Locator("page", pages) if pages else None


def _take_archive(text: str, custom: dict[str, str]) -> str:
    """`text` without templates; what `{{Webarchive}}` says goes to `custom`."""
    if "{{" not in text:
        return text
    archive = _ARCHIVE.search(text)
    if archive:
        given = dict(part.partition("=")[::2] for part in archive[1].split("|"))
        values = {key.strip(): value.strip() for key, value in given.items()}
        custom["archive-url"] = values.get("url", "")
        custom["archive-date"] = iso_date(date_to_csl(values.get("date", "")))
        text = text[: archive.start()] + text[archive.end() :]
    return _TEMPLATE.sub("", text)


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """`text` up to what `pattern` finds at its end, and what that holds."""
    found = pattern.search(text, max(0, len(text) - _LONGEST_END))
    return (text[: found.start()], found[1]) if found else (text, "")


def _split(text: str) -> _Parts:
    """The title with what stands before and behind it."""
    link = _LINK.search(text)
    if link:
        before, after = text[: link.start()].rstrip(' "“'), text[link.end() :].lstrip(' "”')
        return _Parts(before, link[2].strip(' "“”'), after, link[1], linked=True)
    address = _ADDRESS.search(text)
    url = ""
    if address:
        url = address[0].rstrip(".,;)")
        text = text[: address.start()].rstrip() + text[address.start() + len(url) :]
    text = re.sub(r"(?<=\.)\s*\.$", "", text.strip())
    quoted = _QUOTED.search(text)
    if quoted:
        return _quoted_parts(text, quoted, url)
    return _unquoted_parts(text, url)


def _quoted_parts(text: str, quoted: re.Match[str], url: str) -> _Parts:
    """A title in quotation marks; authors may have slipped inside, before a semicolon."""
    who, semicolon, title = quoted[1].partition("; ")
    if semicolon and not text[: quoted.start()].strip() and len(who.split()) <= 4:
        return _Parts(who, title.strip(" ."), text[quoted.end() :], url)
    return _Parts(text[: quoted.start()], quoted[1].strip(" ,."), text[quoted.end() :], url)


def _unquoted_parts(text: str, url: str) -> _Parts:
    """Authors, title and publisher by the full stops and commas between them."""
    for pattern in (_AUTHOR_YEAR, _INITIALS, _LISTED, _INVERTED):
        found = pattern.match(text)
        if found:
            year = f" ({found['year']})" if pattern is _AUTHOR_YEAR else ""
            title, after = _title_and_rest(found["rest"])
            return _Parts(found["who"] + year, title, after, url)
    title, after = _title_and_rest(text)
    return _Parts("", title, after, url)


def _title_and_rest(text: str) -> tuple[str, str]:
    """A title up to its full stop, its bracket, or the comma before a publisher."""
    bracket = re.search(r"\s\(([^()]*)\)", text)
    stop = re.search(r"\.\s+(?=[^\W\d_a-z])", text)
    if stop and (not bracket or stop.start() < bracket.start()):
        return text[: stop.start()], text[stop.end() :]
    if bracket and not re.fullmatch(_YEAR, bracket[1]):
        return text[: bracket.start()], bracket[1] + text[bracket.end() :]
    comma = re.search(
        r",\s+(?=(?:[^\W\d_a-z][\w.&'’-]*\s){0,4}(?:Press|Publish\w*|Books|Verlag|Institute|University)\b)", text
    )
    if comma:
        return text[: comma.start()], text[comma.end() :]
    return text.rstrip(" ."), ""


def _take_people(csl: dict[str, Any], custom: dict[str, str], parts: _Parts) -> str:
    """Sets the authors; gives the year that stood behind them in brackets."""
    by = _BY.match(parts.after)
    before = parts.before.strip(' ,;"“')
    if not _INITIAL_END.search(before):
        before = before.rstrip(".")
    year = re.search(rf"\(({_YEAR})\)", before)
    before = re.sub(rf"\s*\({_YEAR}\)", "", before)
    agency = _AGENCY.search(before)
    if agency:
        custom["agency"] = agency[1]
        before = before[: agency.start()].strip()
    if by:
        before, parts.after = by[1], parts.after[by.end() :]
    if before:
        csl["author"] = _people(before)
    return year[1] if year else ""


def _people(text: str) -> list[Name]:
    """The people before a title; in "Brown, V.; Rassler, D." and "Smith, A., Jones, B." each is turned round."""
    listed = re.findall(r"([^\W\d_][\w'’-]+), ((?:[A-Z]\.\s?)+)", text)
    if len(listed) > 1:
        return [{"family": family, "given": given.strip()} for family, given in listed]
    return people_in(text)


def _add_publisher(csl: dict[str, Any], parts: _Parts) -> None:
    """What is left behind the title: a periodical, a series, or a place and a publisher."""
    rest = parts.after.strip(" ,;.()")
    if not rest:
        return
    place, colon, publisher = rest.partition(": ")
    if colon and len(place.split()) <= 4:
        csl["publisher-place"], csl["publisher"] = place, publisher.strip(" ,.()")
        return
    sentences = [part.strip(" ,;.") for part in re.split(r"(?<=[a-z)])\.\s+", rest) if part.strip(" ,;.")]
    chunks = [chunk.strip() for chunk in sentences[-1].split(",")]
    if len(sentences) > 1:
        csl["collection-title"] = sentences[0]
    if len(chunks) > 1 and all(chunk[:1].isupper() for chunk in chunks):
        csl["publisher-place"] = ", ".join(chunks[:-1])
    csl["publisher"] = chunks[-1] if len(chunks) > 1 else sentences[-1]


def _add_link(csl: dict[str, Any], custom: dict[str, str], url: str) -> None:
    """Sets `URL`; an address that is itself an archived copy names the original and its day."""
    if not url:
        return
    csl["URL"] = url
    snapshot = _SNAPSHOT.match(url)
    if snapshot:
        stamp = snapshot[1]
        custom["archive-url"] = url
        custom["archive-date"] = "-".join(part for part in (stamp[:4], stamp[4:6], stamp[6:8]) if part)
        custom["original-url"] = snapshot[2]


def _kind(csl: dict[str, Any], parts: _Parts) -> str:
    """The CSL type; moves the publisher to where the type has it."""
    publisher = csl.get("publisher", "")
    dated = len(((csl.get("issued") or {}).get("date-parts") or [[]])[0]) == 3
    if parts.url and url_path(parts.url).endswith(".pdf"):
        if publisher and "author" not in csl:
            csl["author"] = [{"literal": csl.pop("publisher")}]
        return "report"
    periodical = kind_of_periodical(publisher)
    if publisher and (periodical or dated):
        csl["container-title"] = csl.pop("publisher")
        return periodical or "article-newspaper"
    if parts.url:
        if publisher:
            csl["container-title"] = csl.pop("publisher")
        return "webpage"
    return "book" if publisher else "document"
