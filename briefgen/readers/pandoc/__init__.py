"""Word processors' documents, books and markup of other kinds: pandoc parses them, and this package makes a source.

For DOCX, ODT, EPUB and RTF, offsets count in the text that is taken out: the words of all blocks, then those of all
footnotes, with an empty line between them. For reST, Org and LaTeX they count in the file's own text.
"""

import json
import re
from pathlib import PurePath
from typing import Any

from msgspec.structs import replace

from briefgen.citations.bare import bare_to_csl
from briefgen.model import Dropped, Reference, Source, SourceKind
from briefgen.pandoc import Failure, reason_of, run
from briefgen.problems import Location, Problem, error, warning
from briefgen.readers.decode import Decoded, decode
from briefgen.readers.document import File, Reading
from briefgen.readers.pandoc.blocks import Walk
from briefgen.readers.pandoc.mended import mended_package, mended_rtf
from briefgen.readers.pandoc.packages import Package, opened
from briefgen.readers.pandoc.places import find, joined, placed
from briefgen.readers.pandoc.properties import Properties, properties

FORMATS = {
    ".docx": "docx",
    ".odt": "odt",
    ".epub": "epub",
    ".rtf": "rtf",
    ".rst": "rst",
    ".org": "org",
    ".tex": "latex",
    ".latex": "latex",
}
"""Pandoc's name for the format of each ending."""

_LONGEST_TITLE = 15
"""Words of a first line that may be the title though it is not marked as a heading."""

GENERATOR = "briefgen"
"""The program that a handout names."""
_MADE_BY = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Application",
    "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}generator",
)
_PACKED = ("docx", "odt", "epub")
_MISSED = re.compile(r"\[WARNING\] (Could not load include file .*)")
_LINE = re.compile(r"line (\d+)")


def read(file: File) -> Reading:
    """The document's headings, paragraphs, items, quotations, tables and footnotes."""
    form = FORMATS[PurePath(file.path).suffix.lower()]
    package: Package | None = None
    decoded = Decoded(None)
    if form in _PACKED:
        unpacked = opened(file.path, file.data)
        if isinstance(unpacked, Problem):
            return Reading(None, (unpacked,))
        package = unpacked
        if _is_handout(package):
            return Reading(None, (_handout(file.path),))
    elif form != "rtf":
        decoded = decode(file.path, file.data)
        if decoded.text is None:
            return Reading(None, decoded.problems)
    elif not file.data.lstrip().startswith(b"{\\rtf"):
        return Reading(None, (error("this is not RTF", "its text should begin with {\\rtf", Location(file.path)),))
    try:
        data = _data(file, form, package) if decoded.text is None else decoded.text.encode()
        written, said = run([f"--from={form}", "--to=json"], data)
        tree = json.loads(written)
    except (*Failure, RecursionError) as failure:
        return Reading(None, (*decoded.problems, _failed(file.path, reason_of(failure))))
    walk = Walk(loose_bullets=form == "rtf")
    walk.add(tree["blocks"])
    _mark_formulas(walk, package)
    stated = properties(tree["meta"], package, file.path)
    return Reading(
        _source(file, form, walk, stated, decoded.text), (*decoded.problems, *_missed(file.path, said, file.data))
    )


def _is_handout(package: Package) -> bool:
    """Whether a document names briefgen as the program that made it; one that was saved by another does not."""
    trees = (package.tree(name) for name in ("docProps/app.xml", "meta.xml"))
    return any(one.text == GENERATOR for tree in trees if tree is not None for one in tree.iter(*_MADE_BY))


def _handout(path: str) -> Problem:
    hint = "it repeats its sources, and cannot bear them out; write handouts to another folder with --out"
    return warning("this is a handout that briefgen made, and is not read as a source", hint, Location(path))


def _data(file: File, form: str, package: Package | None) -> bytes:
    if form in ("docx", "odt") and package is not None:
        return mended_package(form, file.data, package)
    return mended_rtf(file.data) if form == "rtf" else file.data


def _source(file: File, form: str, walk: Walk, stated: Properties, text: str | None) -> Source:
    title, origin = _title(walk, stated)
    rest = [block for block in walk.blocks if not (block.kind in ("heading", "paragraph") and block.text == title)]
    rest = [replace(block, headings=tuple(one for one in block.headings if one != title)) for block in rest]
    if text is None:
        whole, blocks, spans = joined(rest, walk.notes)
    else:
        whole, blocks = text, placed(rest, text)
        spans = tuple(find(note, text) or (0, 0) for note in walk.notes)
    references = tuple(
        _reference(note, whole[slice(*span)], span, f"{file.id}-{number}")
        for number, (note, span) in enumerate(zip(walk.notes, spans, strict=True), 1)
    )
    kind: SourceKind = "book" if form == "epub" else "page"
    source = Source(
        id=file.id,
        path=file.path,
        sha256=file.sha256,
        kind=kind,
        title=title or file.id,
        blocks=blocks,
        references=references,
        dropped=_dropped(walk, whole),
        origins={"title": origin, **stated.origins} if origin else stated.origins,
    )
    return replace(source, **{field: value for field, value in stated.values.items() if field != "title"})


def _title(walk: Walk, stated: Properties) -> tuple[str, str]:
    """The title that is stated, else the document's first line if it can be one, and where it stood."""
    if "title" in stated.values:
        return stated.values["title"], stated.origins["title"]
    first = next(iter(walk.blocks), None)
    if first is None or first.kind not in ("heading", "paragraph"):
        return "", ""
    short = len(first.text.split()) <= _LONGEST_TITLE and not first.text.endswith((".", ":", ";", ","))
    return (first.text, f"first {first.kind}") if first.kind == "heading" or short else ("", "")


def _reference(note: str, raw: str, span: tuple[int, int], identity: str) -> Reference:
    csl, locator = bare_to_csl(note, identity)
    return Reference(csl, raw, *span, locator)


def _dropped(walk: Walk, text: str) -> tuple[Dropped, ...]:
    """What was left out, where it stands in the text; a place of no length where it does not."""
    found = []
    for raw, reason in walk.left_out:
        at = max(0, text.find(raw))
        found.append(Dropped(at, at + len(raw) if text.startswith(raw, at) else at, raw, reason))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _mark_formulas(walk: Walk, package: Package | None) -> None:
    """Marks the passages of an ODT from which pandoc silently takes a formula or another embedded object."""
    tree = package.tree("content.xml") if package else None
    if tree is None:
        return
    objects = tree.xpath("//*[local-name()='object' or local-name()='object-ole']")
    spoilt = {_squeezed(above) for one in objects for above in one.iterancestors() if _is_paragraph(above)}
    walk.blocks = [
        replace(block, holes=tuple(range(len(block.text) + 1))) if "".join(block.text.split()) in spoilt else block
        for block in walk.blocks
    ]


def _is_paragraph(tag: Any) -> bool:
    return isinstance(tag.tag, str) and tag.tag.rpartition("}")[2] in ("p", "h")


def _squeezed(tag: Any) -> str:
    return "".join(
        "".join(tag.xpath(".//text()[not(ancestor::*[local-name()='frame' or local-name()='note'])]")).split()
    )


def _missed(path: str, said: str, data: bytes) -> tuple[Problem, ...]:
    """A warning for each part of the document that is not read: files that it takes in, and the notes of RTF."""
    hint = "put its text into the document"
    found = [
        warning(f"a part of this document lies elsewhere: {part[1]}", hint, _at(path, part[1]))
        for part in _MISSED.finditer(said)
    ]
    if data.startswith(b"{\\rtf") and b"\\footnote" in data:
        found.append(warning("the footnotes of RTF are not read", "save it as .docx or .odt", Location(path)))
    return tuple(found)


def _failed(path: str, reason: str) -> Problem:
    hint = "open it in the program that made it and save it, or save it as HTML"
    return error(f"this document cannot be read; pandoc says: {reason}", hint, _at(path, reason))


def _at(path: str, said: str) -> Location:
    line = _LINE.search(said)
    return Location(path, int(line[1])) if line else Location(path)
