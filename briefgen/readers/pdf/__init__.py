"""PDF: pdfium gives the text of each page, and this package makes passages of its lines.

Offsets count in the text that pdfium gives, page after page with a form feed between them. A block's words are those of
its lines, without line ends, the hyphens that they made, and the marks of notes. `Block.page` is the page on which it
begins, counted from 1.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from briefgen.citations.bare import bare_to_csl
from briefgen.model import Block, BlockKind, BlockReference, Dropped, Reference, Source
from briefgen.problems import Location, Problem, error, warning
from briefgen.readers.document import File, Reading
from briefgen.readers.lines import Line
from briefgen.readers.page import page_facts
from briefgen.readers.pdf.furniture import footnotes, note_mark, running, without_mark
from briefgen.readers.pdf.headings import ENDS, styles_of, text_size
from briefgen.readers.pdf.lines import PdfLine, PdfPage, PdfText, pages_of
from briefgen.readers.pdf.paragraphs import Passage, joined, passages, without_bullet, words_of
from briefgen.tables import table
from briefgen.text.stamps import stamp

MOST_PAGES = 5_000
"""Pages; what a longer document has beyond them is left out, and said."""

_OURS = "handout made by briefgen"
"""The keyword of a handout."""
_NO_TITLE = re.compile(r"^(microsoft word - .*|untitled.*|document ?\d*|.*\.\w{2,5}|\W*|slide \d+)$", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*\d|…{3,}\s*\d|_{5,}\s*\d")
_NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*|[IVXivx]+|[A-Z])[.)]?\s+")
_NAME = re.compile(r"^(?=.*[^\W\d_]{2})[^\W\d_a-z][^\W\d_]*\.?(?:[ \u2019'.-]+[^\W\d_]+\.?)+$")
"""A person's name: two words or more, the first with a capital, and no figure."""

_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08]")


def read(file: File) -> Reading:
    """The document's headings, paragraphs, items, captions and notes, with the page of each."""
    import pypdfium2

    where = Location(file.path)
    try:
        with pypdfium2.PdfDocument(file.data) as document:
            count = len(document)
            text = pages_of(document, MOST_PAGES)
            stated = {key: str(value).strip() for key, value in document.get_metadata_dict().items() if value}
    except pypdfium2.PdfiumError as fault:
        return Reading(None, (_unopened(str(fault), where),))
    if stated.get("Keywords") == _OURS:
        hint = "it repeats its sources, and cannot bear them out; write handouts to another folder with --out"
        made = "this is a handout that briefgen made, and is not read as a source"
        return Reading(None, (warning(made, hint, where),))
    trouble, fatal = _troubles(text.pages, count, where)
    if fatal:
        return Reading(None, trouble)
    return Reading(_source(file, text, stated), trouble)


def _unopened(said: str, where: Location) -> Problem:
    if "password" in said.lower():
        return error("this PDF is encrypted", "save a copy without a password", where)
    return error("this PDF is damaged or cut off", f"copy or download it again (pdfium says: {said})", where)


def _troubles(pages: Sequence[PdfPage], count: int, where: Location) -> tuple[tuple[Problem, ...], bool]:
    """What is wrong with the pages, and whether nothing can be read of them."""
    if not any(page.lines for page in pages):
        if any(page.pictures for page in pages):
            hint = "run it through a program for text recognition (OCR), such as ocrmypdf"
            return (error("this PDF is scanned: its pages are pictures without text", hint, where),), True
        return (error("this PDF has no text", "is it a drawing, or a form?", where),), True
    letters = "".join(line.text for page in pages for line in page.lines)
    if len(_UNREADABLE.findall(letters)) * 5 > len(letters):
        hint = "print it to a new PDF, or run it through text recognition"
        return (error("the text of this PDF cannot be read: its fonts do not name their letters", hint, where),), True
    found = []
    scanned = [page.number for page in pages if page.pictures and not page.lines]
    if scanned:
        named = ", ".join(map(str, scanned[:10])) + (" and more" if len(scanned) > 10 else "")
        found.append(warning(f"pages without text, only pictures: {named}", "what they say is not used", where))
    if count > len(pages):
        found.append(
            warning(f"only the first {len(pages):,} of {count:,} pages are read", "split it into parts", where)
        )
    return tuple(found), False


def _source(file: File, text: PdfText, stated: Mapping[str, str]) -> Source:
    left_out = running(text.pages)
    rest = [line for page in text.pages for line in page.lines if line.start not in left_out]
    size = text_size(rest)
    noted = {page.number: footnotes(page, size, left_out) for page in text.pages}
    in_notes = {line.start for lines in noted.values() for line in lines}
    body = [line for line in rest if line.start not in in_notes]
    words = words_of(body)
    notes = _notes(noted, words)
    found = passages(body, styles_of(body))
    title, origin, titled = _title(found, stated, words)
    reasons = dict.fromkeys(in_notes, "footnote") | left_out | _listings(found, words)
    kept = [passage for passage in found if passage is not titled and passage.lines[0].start not in reasons]
    blocks = _blocks(kept, words, {mark: n for n, (mark, _) in enumerate(notes)})
    facts, origins = _facts(text.pages[0] if text.pages else None, stated)
    return Source(
        id=file.id,
        path=file.path,
        sha256=file.sha256,
        kind="report",
        title=title or file.id,
        blocks=blocks,
        references=tuple(
            _reference(lines, words, text.text, f"{file.id}-{n}") for n, (_, lines) in enumerate(notes, 1)
        ),
        dropped=tuple(
            Dropped(line.start, line.end, line.text, reasons[line.start])
            for page in text.pages
            for line in page.lines
            if line.start in reasons
        ),
        origins={**({"title": origin} if origin else {}), **origins},
        **facts,
    )


def _listings(found: Sequence[Passage], words: frozenset[str]) -> dict[int, str]:
    """The lines, by their offset, of tables of contents and lists of works, each with the reason.

    Such a list goes from its heading to the next one of its rank; a line with leaders is one wherever it stands.
    """
    reasons = {name: reason for reason, names in table("readers/pdf/words.yaml").items() for name in names}
    listed: dict[int, str] = {}
    rank, reason = 0, ""
    for passage in found:
        text = joined(passage.lines, words)[0]
        if passage.kind == "heading" and (not reason or passage.level <= rank):
            rank, reason = passage.level, reasons.get(_NUMBERING.sub("", text).casefold(), "")
        why = "table of contents" if _LEADERS.search(text) else reason
        if why:
            listed |= dict.fromkeys((line.start for line in passage.lines), why)
    return listed


def _notes(
    noted: Mapping[int, Sequence[PdfLine]], words: frozenset[str]
) -> list[tuple[tuple[int, str], tuple[PdfLine, ...]]]:
    """The footnotes: page and mark, and their lines."""
    found: list[tuple[tuple[int, str], tuple[PdfLine, ...]]] = []
    for page, lines in noted.items():
        for line in lines:
            mark = note_mark(line)
            if mark or not found or found[-1][0][0] != page:
                found.append(((page, mark), (line,)))
            else:
                found[-1] = (found[-1][0], (*found[-1][1], line))
    return found


def _reference(lines: Sequence[PdfLine], words: frozenset[str], text: str, identity: str) -> Reference:
    said = _clean(without_mark(joined(lines, words)[0]))
    csl, locator = bare_to_csl(said, identity)
    return Reference(csl, text[lines[0].start : lines[-1].end], lines[0].start, lines[-1].end, locator)


def _blocks(found: Sequence[Passage], words: frozenset[str], notes: Mapping[tuple[int, str], int]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    for passage in found:
        raw, marks = joined(passage.lines, words)
        whole = _clean(raw)
        text = without_bullet(whole) if passage.kind == "item" else whole
        if not any(map(str.isalnum, text)):
            continue
        skipped = len(whole) - len(text)
        page = passage.lines[0].page
        cited = tuple(
            BlockReference(min(len(text), max(0, len(_clean(raw[:offset])) - skipped)), notes[page_, mark])
            for offset, mark in marks
            for page_ in sorted({line.page for line in passage.lines})
            if (page_, mark) in notes
        )
        if passage.kind == "heading":
            path = [(level, title) for level, title in path if level < passage.level]
        headings = tuple(title for _, title in path)
        start = passage.lines[0].start
        end = passage.lines[-1].end
        holes = _holes(text, passage.kind)
        blocks.append(Block(passage.kind, text, start, end, passage.level, headings, page, cited, holes))
        if passage.kind == "heading":
            path.append((passage.level, text))
    return tuple(blocks)


def _holes(text: str, kind: BlockKind) -> tuple[int, ...]:
    """Where words are missing: at letters that a font does not name, and where a paragraph breaks off.

    Such a paragraph goes on elsewhere on the page, and its first or last sentence is not whole.
    """
    holes = {found.start() for found in _UNREADABLE.finditer(text)}
    if kind == "paragraph":
        holes |= ({0} if text[0].islower() else set()) | (set() if ENDS.search(text) else {len(text)})
    return tuple(sorted(holes))


def _clean(text: str) -> str:
    return text.translate(_LIGATURES)


def _title(
    found: Sequence[Passage], stated: Mapping[str, str], words: frozenset[str]
) -> tuple[str, str, Passage | None]:
    """The title, where it stood, and the passage that is it.

    The document's properties count only if their title stands on a page; else the largest heading on the first page.
    """
    first_page = [passage for passage in found if passage.lines[0].page == 1 and passage.kind != "item"]
    named = " ".join(stated.get("Title", "").split())
    for passage in first_page:
        if named and not _NO_TITLE.match(named) and _clean(joined(passage.lines, words)[0]).lower() == named.lower():
            return named, "PDF Title", passage
    headings = [
        passage for passage in first_page if passage.kind == "heading" and any(map(str.isalpha, passage.lines[0].text))
    ]
    largest = min(headings, key=lambda passage: passage.level, default=None)
    if largest:
        return _clean(joined(largest.lines, words)[0]), "largest type on page 1", largest
    return ("", "", None) if _NO_TITLE.match(named) else (named, "PDF Title", None)


def _facts(page: PdfPage | None, stated: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """What lines of the first page and the document's properties say; the date of its file is no publication date."""
    lines = [Line(line.start, line.end, line.text) for line in page.lines] if page else []
    said = page_facts(lines)
    values: dict[str, Any] = {
        field: getattr(said, field)
        for field in ("authors", "editors", "publisher", "published", "modified")
        if getattr(said, field)
    }
    origins = dict(said.origins)
    named = _names(stated.get("Author", ""))
    if named and "authors" not in values:
        values["authors"], origins["authors"] = named, "PDF Author"
    for key in ("ModDate", "CreationDate"):
        day = _DATE.match(stated.get(key, ""))
        if day and "modified" not in values and stamp("-".join(day.groups())):
            values["modified"], origins["modified"] = "-".join(day.groups()), f"PDF {key}"
    return values, {field: origin for field, origin in origins.items() if field in values}


def _names(author: str) -> tuple[str, ...]:
    """The people that a PDF's property names; none where it is a user's or an office's name, as it often is."""
    turned = re.fullmatch(r"(\S+), (\S+)", author)
    if turned:
        author = f"{turned[2]} {turned[1]}"
    names = tuple(name for name in re.split(r"\s*(?:;|,|\band\b|&)\s*", author) if name)
    return names if all(map(_NAME.match, names)) else ()
