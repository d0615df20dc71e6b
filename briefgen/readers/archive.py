"""An archive's list of documents, copied as text: an introduction, then each document's citation and description.

Each document's citation line becomes a `Reference`. Descriptions cite the document they stand under, and a mark such as
"[Doc 4]" in any paragraph cites that document.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from msgspec import Struct

from briefgen.model import Block, BlockReference, Dropped, Reference, Source
from briefgen.problems import Problem, warning
from briefgen.readers.document import Document, Reading
from briefgen.readers.lines import Line, lines
from briefgen.readers.page import classify, page_facts
from briefgen.text.dates import dates
from briefgen.text.sentences import sentences

_LABEL = re.compile(r"^(?:Document|Doc\.?|Item|Exhibit)\s+(\d{1,3})[.:]?$")
_MARK = re.compile(r"\[(?:Document|Doc\.?|Item|Exhibit)\s+(\d{1,3})\]")
_CITATION = re.compile(
    r"^(?P<number>[^:“\"]{2,60}?)\s*:\s+(?P<origin>[^“\"]+?),?\s+(?P<genre>\w+),\s*"
    r"[“\"](?P<title>.+?),?[”\"],?\s*(?P<rest>.*)$"
)
_PAGES = re.compile(r"(\d+)\s*pp?\.?$")
_PROVENANCE = re.compile(r"^(?:Source|Provenance|Obtained|Released)\s*:\s*(.*)$", re.IGNORECASE)
_RELATED = re.compile(r"^related\b", re.IGNORECASE)
_FEWEST = 2
"""Documents that make a list."""


class _Part(Struct, frozen=True):
    """The lines of the introduction (number 0) or of one document, its label first."""

    number: int
    lines: tuple[Line, ...]
    labels: tuple[str, ...]


def looks_like_archive(text: str) -> bool:
    """Whether `text` numbers at least two documents on lines of their own and cites each."""
    found = [line.text for line in lines(text)]
    cited = [bool(_CITATION.match(below)) for line, below in pairwise(found) if _LABEL.match(line)]
    return sum(cited) >= _FEWEST


def read(document: Document) -> Reading:
    """The introduction and the documents of a posting, with a problem for each date that is given in two ways."""
    found = lines(document.text)
    parts = _parts(found, classify(found, listing=True))
    listed = [part for part in parts if part.number]
    references = tuple(_reference(part, document.id) for part in listed)
    numbers = {part.number: index for index, part in enumerate(listed)}
    introduction = _introduction(parts[0], numbers)
    pieces = [introduction, *(_described(part, numbers) for part in listed)]
    facts = page_facts(found)
    title = _title(parts[0])
    source = Source(
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        kind="archive",
        title=title.text if title else document.id,
        blocks=tuple(block for blocks, _ in pieces for block in blocks),
        authors=facts.authors,
        editors=facts.editors,
        publisher=facts.publisher,
        published=facts.published,
        modified=facts.modified,
        references=references,
        dropped=tuple(line for _, lines_ in pieces for line in lines_),
        origins={**facts.origins, **({"title": title.text} if title else {})},
    )
    return Reading(source, tuple(problem for part in listed for problem in _date_conflict(part, document)))


def _parts(found: Sequence[Line], labels: Sequence[str]) -> list[_Part]:
    cuts = [index for index, line in enumerate(found) if _LABEL.match(line.text)]
    bounds = [0, *cuts, len(found)]
    parts = []
    for first, last in pairwise(bounds):
        label = _LABEL.match(found[first].text) if found[first:last] else None
        number = int(label[1]) if label else 0
        parts.append(_Part(number, tuple(found[first:last]), tuple(labels[first:last])))
    return parts


def _title(part: _Part) -> Line | None:
    """The first line that can be a title: three words or more, no menu, no prose."""
    for line, label in zip(part.lines, part.labels, strict=True):
        if label not in ("promotion", "metadata", "paragraph") and "|" not in line.text and len(line.text.split()) >= 3:
            return line
    return None


_Piece = tuple[list[Block], list[Dropped]]


def _introduction(part: _Part, numbers: dict[int, int]) -> _Piece:
    blocks: list[Block] = []
    left_out: list[Dropped] = []
    title, related = _title(part), False
    for line, label in zip(part.lines, part.labels, strict=True):
        if line is title:
            continue
        if label == "paragraph" or (label == "item" and not related):
            related = False
            blocks.append(_paragraph(line, (), _marks(line.text, numbers)))
        elif _RELATED.match(line.text):
            related = True
            blocks.append(Block("heading", line.text, line.start, line.end, 2))
        else:
            known = label in ("promotion", "metadata")
            reason = label if known else "related posting" if related else "masthead"
            left_out.append(Dropped(line.start, line.end, line.text, reason))
    return blocks, left_out


def _described(part: _Part, numbers: dict[int, int]) -> _Piece:
    heading, *rest = part.lines
    path = (heading.text,)
    own = numbers[part.number]
    twice = _is_twice_dated(part)
    blocks = [Block("heading", heading.text, heading.start, heading.end, 2)]
    left_out = []
    for line, label in zip(rest, part.labels[1:], strict=True):
        if _CITATION.match(line.text):
            cited = (BlockReference(len(line.text), own),)
            blocks.append(Block("entry", line.text, line.start, line.end, 0, path, None, cited))
        elif twice and _is_date(line.text):
            blocks.append(Block("entry", line.text, line.start, line.end, 0, path))
        elif _is_date(line.text) or _PROVENANCE.match(line.text):
            left_out.append(Dropped(line.start, line.end, line.text, "date or origin of the document"))
        elif label in ("promotion", "navigation", "metadata"):
            left_out.append(Dropped(line.start, line.end, line.text, label))
        else:
            ends = tuple(BlockReference(end, own) for _, end in sentences(line.text))
            blocks.append(_paragraph(line, path, (*_marks(line.text, numbers), *ends)))
    return blocks, left_out


def _paragraph(line: Line, path: tuple[str, ...], references: tuple[BlockReference, ...]) -> Block:
    return Block("paragraph", line.text, line.start, line.end, 0, path, None, references)


def _marks(text: str, numbers: dict[int, int]) -> tuple[BlockReference, ...]:
    return tuple(
        BlockReference(mark.end(), numbers[int(mark[1])]) for mark in _MARK.finditer(text) if int(mark[1]) in numbers
    )


def _is_date(text: str) -> bool:
    return any((found.start, found.end) == (0, len(text)) for found in dates(text))


def _citation(part: _Part) -> tuple[Line, re.Match[str]] | None:
    for line in part.lines[1:]:
        match = _CITATION.match(line.text)
        if match:
            return line, match
    return None


def _written_dates(part: _Part) -> list[tuple[Line, str]]:
    """The dates that the citation and the date line give, as EDTF, with their lines."""
    given = []
    cited = _citation(part)
    if cited:
        given += [(cited[0], found.edtf) for found in dates(cited[1]["rest"])[:1]]
    return given + [(line, dates(line.text)[0].edtf) for line in part.lines[1:] if _is_date(line.text)]


def _is_twice_dated(part: _Part) -> bool:
    """Whether citation and date line give different dates: then the date line is kept, to be shown beside it."""
    return len({edtf for _, edtf in _written_dates(part)}) > 1


def _date_conflict(part: _Part, document: Document) -> list[Problem]:
    if not _is_twice_dated(part):
        return []
    given = _written_dates(part)
    line = given[-1][0]
    stated = " and ".join(edtf for _, edtf in given)
    return [
        warning(
            f"{part.lines[0].text} is given two dates: {stated}",
            "only the part they share is shown; see the document itself",
            document.place(line.start),
        )
    ]


def _reference(part: _Part, source_id: str) -> Reference:
    """The document as a CSL-JSON item of type report; where its dates differ, only the parts they share are kept.

    What the citation says between date and pages ("Secret, NODIS") is `custom.classification`.
    """
    identity = f"{source_id}-{part.number}"
    cited = _citation(part)
    if not cited:
        heading = part.lines[0]
        return Reference(
            {"id": identity, "type": "report", "title": heading.text}, heading.text, heading.start, heading.end
        )
    line, match = cited
    csl: dict[str, Any] = {
        "id": identity,
        "type": "report",
        "title": match["title"],
        "genre": match["genre"],
        "number": match["number"],
        "publisher": match["origin"],
    }
    shared = _shared_date([edtf for _, edtf in _written_dates(part)])
    if shared:
        csl["issued"] = {"date-parts": [shared]}
    pages = _PAGES.search(match["rest"])
    if pages:
        csl["number-of-pages"] = pages[1]
    classification = _classification(match["rest"])
    if classification:
        csl["custom"] = {"classification": classification}
    provenance = next((found[1] for line in part.lines if (found := _PROVENANCE.match(line.text))), "")
    if provenance:
        csl["source"] = provenance
    return Reference(csl, line.text, line.start, line.end)


def _classification(rest: str) -> str:
    """What `rest`, the end of a citation, says after its date and before its pages; "" where it has no date."""
    dated = dates(rest)
    return _PAGES.sub("", rest[dated[0].end :]).strip(" ,.;") if dated else ""


def _shared_date(given: list[str]) -> list[int]:
    if not given or not all(re.fullmatch(r"\d{4}(-\d{2}){0,2}", edtf) for edtf in given):
        return []
    shared = []
    for values in zip(*([int(piece) for piece in edtf.split("-")] for edtf in given), strict=False):
        if len(set(values)) > 1:
            break
        shared.append(values[0])
    return shared
