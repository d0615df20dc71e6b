"""Files of MediaWiki's "Export pages": XML that holds an article's wikitext, its title, and when it was changed.

The few tags are found by their names, so that no entity is ever resolved; what stands in them keeps its offsets.
"""

import re

from msgspec import Struct

_ROOT = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?<mediawiki\b([^>]*)>")
_PAGE = re.compile(r"<page>")
_TITLE = re.compile(r"<title>([^<]*)</title>")
_TIMESTAMP = re.compile(r"<timestamp>\s*([0-9]{4}-[0-9]{2}-[0-9]{2})[^<]*</timestamp>")
_TEXT = re.compile(r"<text\b[^>]*(?<!/)>([^<]*)</text>")
_SITE = re.compile(r"<sitename>([^<]*)</sitename>")
_LANGUAGE = re.compile(r"\bxml:lang=\"([A-Za-z-]{2,12})\"")


class Export(Struct, frozen=True):
    """An export: how many pages it has, and of the first one the last revision, at `start` to `end` of the file.

    `modified` is its day; `stamp` the words of the file that say so. What the file does not say is "".
    """

    pages: int
    title: str
    start: int
    end: int
    modified: str
    stamp: str
    site: str
    language: str


def is_export(text: str) -> bool:
    """Whether `text` is a file of MediaWiki's export."""
    return bool(_ROOT.match(text[:2000]))


def export_of(text: str) -> Export:
    """What the export `text` holds. A page without a revision is empty."""
    pages = [page.start() for page in _PAGE.finditer(text)]
    first = pages[0] if pages else len(text)
    end = pages[1] if len(pages) > 1 else len(text)
    revisions = list(_TEXT.finditer(text, first, end))
    last = revisions[-1] if revisions else None
    start, stop = last.span(1) if last else (first, first)
    before = revisions[-2].end() if len(revisions) > 1 else first
    stamps = list(_TIMESTAMP.finditer(text, before, start))
    root = _ROOT.match(text)
    language = _LANGUAGE.search(root[1]) if root else None
    return Export(
        pages=len(pages),
        title=_said(_TITLE.search(text, first, end)),
        start=start,
        end=stop,
        modified=stamps[-1][1] if stamps else "",
        stamp=stamps[-1][0] if stamps else "",
        site=_said(_SITE.search(text, 0, first)),
        language=language[1] if language else "",
    )


def _said(found: re.Match[str] | None) -> str:
    return found[1].strip() if found else ""
