"""The handout as an OpenDocument text: pandoc writes it, and what its tree cannot say is set here.

Every note is a footnote with the evidence's number as its label, and a later mark is a cross-reference to it. An
instructor's reference document is one of Word, and gives nothing to this format.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from briefgen.model import Brief
from briefgen.pandoc import Failure, reason_of, run
from briefgen.problems import Problem, error
from briefgen.renderers.handout.manuscript import TITLE_BLOCK, Manuscript, manuscript
from briefgen.renderers.handout.office_files import (
    LONGEST_UNBROKEN_ROW,
    TEMPLATES,
    made_on,
    packed,
    property_text,
    tree,
    unpacked,
    with_pictures,
    written,
)
from briefgen.renderers.handout.one_page_styles import shrink_open_document
from briefgen.renderers.handout.onepage import handout_sheet
from briefgen.renderers.handout.passage_nodes import NOTE_NAME
from briefgen.renderers.handout.printed import Sheet
from briefgen.renderers.pictures import NO_PICTURES, Pictures
from briefgen.renderers.scripts import direction, runs_right_to_left

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, STYLE, TEXT, TABLE = (f"{{{_ODF}{name}:1.0}}" for name in ("office", "style", "text", "table"))
DRAW, META, MANIFEST = (f"{{{_ODF}{name}:1.0}}" for name in ("drawing", "meta", "manifest"))
FO, SVG = f"{{{_ODF}xsl-fo-compatible:1.0}}", f"{{{_ODF}svg-compatible:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
HREF = "{http://www.w3.org/1999/xlink}href"
PAPER = {"a4": ("210mm", "297mm"), "us-letter": ("8.5in", "11in")}
_LINK_STYLE, _MARK_STYLE, _ROW, _COLUMNS = "Internet_20_link", "Footnote_20_anchor", "KeptRow", "Columns"
_UNLISTED = ("mimetype", "META-INF/manifest.xml")
_HEAD_CELL, _CELL = "TableHeaderRowCell", "TableRowCell"
_CELL_LOOK = {
    _HEAD_CELL: {"background-color": "#1e5288", "padding": "2pt 4pt", "border": "none"},
    _CELL: {"border-bottom": "0.5pt solid #c3cad6", "padding": "2pt 4pt"},
}
"""How the cells of tables look: as those of the reference document for Word."""


def render_odt(
    brief: Brief, pictures: Pictures = NO_PICTURES, printed: Sheet | None = None
) -> tuple[bytes, tuple[Problem, ...]]:
    """The handout of `brief`, or the edition that is `printed`, as an .odt file made by `open_document_file`."""
    return open_document_file(brief, handout_sheet(brief, printed, footnotes=True), pictures)


def open_document_file(
    brief: Brief, printed: Sheet, pictures: Pictures = NO_PICTURES
) -> tuple[bytes, tuple[Problem, ...]]:
    """What is `printed` as an .odt file; the same bytes for the same brief and pictures.

    Nothing is made where pandoc fails.
    """
    content = manuscript(brief, printed, pictures)
    reference = TEMPLATES / "reference.odt"
    arguments = ["--from=json", "--to=odt", "--syntax-highlighting=none", f"--reference-doc={reference}", "--output=-"]
    try:
        parts = unpacked(run(arguments, json.dumps(content.tree).encode())[0])
    except Failure as failure:
        return b"", (error("pandoc failed; there is no OpenDocument file", f"it said: {reason_of(failure)}"),)
    document, styles = tree(parts["content.xml"]), tree(parts["styles.xml"])
    right = runs_right_to_left(brief.language)
    _set_names(document)
    _set_tables(document, right)
    _set_notes(document, content)
    _set_links(document)
    _set_lists(document)
    _set_descriptions(document, content)
    _set_directions(document, right)
    if brief.handout.two_columns:
        _set_columns(document)
    _set_page(styles, brief, right)
    if brief.handout.one_page:
        shrink_open_document(styles)
    parts |= {"content.xml": written(document), "styles.xml": written(styles), "meta.xml": _meta(brief)}
    parts = with_pictures(parts, "Pictures/", pictures)
    return packed({**parts, "META-INF/manifest.xml": _manifest(parts, pictures)}), ()


def style_id(name: str) -> str:
    """A style's name as OpenDocument writes it: signs that are neither letters nor digits by their codes."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda sign: f"_{ord(sign[0]):x}_", name)


def _automatic(document: Any, family: str, name: str, **attributes: str) -> Any:
    """A new automatic style."""
    home = document.find(f"{OFFICE}automatic-styles")
    made = etree.SubElement(home, f"{STYLE}style", {f"{STYLE}name": name, f"{STYLE}family": family})
    for key, value in attributes.items():
        made.set(f"{STYLE}{key.replace('_', '-')}", value)
    return made


def _set_names(document: Any) -> None:
    for one in document.iter(f"{TEXT}p", f"{TEXT}span"):
        name = one.get(f"{TEXT}style-name")
        if name:
            one.set(f"{TEXT}style-name", style_id(name))


def _set_tables(document: Any, right: bool) -> None:
    """Gives cells their look, and keeps rows on a page where they are short."""
    for style in document.iter(f"{STYLE}style"):
        name = style.get(f"{STYLE}name")
        for properties in style.findall(f"{STYLE}table-cell-properties"):
            properties.attrib.clear()
            for key, value in _CELL_LOOK.get(name, {}).items():
                properties.set(f"{FO}{key}", value)
        for properties in style.findall(f"{STYLE}table-properties") if right else ():
            properties.set(f"{STYLE}writing-mode", "rl-tb")
    kept = etree.SubElement(_automatic(document, "table-row", _ROW), f"{STYLE}table-row-properties")
    kept.set(f"{FO}keep-together", "always")
    for row in document.iter(f"{TABLE}table-row"):
        if sum(map(len, row.itertext())) <= LONGEST_UNBROKEN_ROW:
            row.set(f"{TABLE}style-name", _ROW)


def _set_notes(document: Any, content: Manuscript) -> None:
    """Gives each footnote its number, and turns links to it into cross-references."""
    notes = document.iter(f"{TEXT}note")
    for note, number in zip(notes, content.notes, strict=True):
        note.set(f"{TEXT}id", f"ftn{number}")
        citation = note.find(f"{TEXT}note-citation")
        citation.text = str(number)
        words = note.find(f"{TEXT}note-body/{TEXT}p")
        space = etree.Element(f"{TEXT}s")
        space.tail, words.text = words.text, None
        words.insert(0, space)
        if not content.counts_itself:
            citation.set(f"{TEXT}label", str(number))
    names = {f"#{NOTE_NAME.format(number)}": number for number in content.notes}
    for link in list(document.iter(f"{TEXT}a")):
        if link.get(HREF) in names:
            _refer(link, names[link.get(HREF)])


def _refer(link: Any, number: int) -> None:
    raised = etree.Element(f"{TEXT}span", {f"{TEXT}style-name": _MARK_STYLE})
    reference = etree.SubElement(raised, f"{TEXT}note-ref", {f"{TEXT}note-class": "footnote"})
    reference.set(f"{TEXT}reference-format", "text")
    reference.set(f"{TEXT}ref-name", f"ftn{number}")
    reference.text = str(number)
    raised.tail = link.tail
    link.getparent().replace(link, raised)


def _set_links(document: Any) -> None:
    """Words that lead somewhere in the style of links: pandoc calls it by a name that terms have."""
    for link in document.iter(f"{TEXT}a"):
        link.set(f"{TEXT}style-name", _LINK_STYLE)
        for inside in link.iter(f"{TEXT}span"):
            if inside.get(f"{TEXT}style-name") == "Definition":
                inside.set(f"{TEXT}style-name", _LINK_STYLE)


def _set_lists(document: Any) -> None:
    """Sets lists in as far as those of the page in HTML."""
    for place in document.iter(f"{STYLE}list-level-label-alignment"):
        if place.getparent().getparent().get(f"{TEXT}level") == "1":
            place.set(f"{FO}margin-left", "17pt")
            place.set(f"{FO}text-indent", "-17pt")
            place.set(f"{TEXT}list-tab-stop-position", "17pt")
            place.getparent().set(f"{FO}text-align", "start")


def _set_descriptions(document: Any, content: Manuscript) -> None:
    for frame, image in zip(document.iter(f"{DRAW}frame"), content.images, strict=True):
        for name, words in (("title", image.title or image.alt), ("desc", image.alt)):
            if words:
                etree.SubElement(frame, f"{SVG}{name}").text = property_text(words)


def _set_directions(document: Any, otherwise: bool) -> None:
    """Sets paragraphs whose first letter runs against the document in their own direction."""
    made: dict[tuple[str, bool], str] = {}
    for paragraph in document.iter(f"{TEXT}p", f"{TEXT}h"):
        right = direction("".join(paragraph.itertext()), otherwise)
        if right == otherwise:
            continue
        style = paragraph.get(f"{TEXT}style-name", "Standard")
        if (style, right) not in made:
            made[style, right] = f"Turned{len(made) + 1}"
            new = _automatic(document, "paragraph", made[style, right], parent_style_name=style)
            properties = etree.SubElement(new, f"{STYLE}paragraph-properties")
            properties.set(f"{STYLE}writing-mode", "rl-tb" if right else "lr-tb")
            properties.set(f"{FO}text-align", "start")
        paragraph.set(f"{TEXT}style-name", made[style, right])


def _set_columns(document: Any) -> None:
    """Puts all below the title in a section of two columns."""
    style = etree.SubElement(_automatic(document, "section", _COLUMNS), f"{STYLE}section-properties")
    columns = etree.SubElement(style, f"{STYLE}columns", {f"{FO}column-count": "2", f"{FO}column-gap": "20pt"})
    for _ in range(2):
        etree.SubElement(columns, f"{STYLE}column", {f"{STYLE}rel-width": "1*"})
    body = document.find(f"{OFFICE}body/{OFFICE}text")
    below = [one for one in body if one.get(f"{TEXT}style-name") not in TITLE_BLOCK]
    section = etree.Element(f"{TEXT}section", {f"{TEXT}style-name": _COLUMNS, f"{TEXT}name": "Text"})
    section.extend(below)
    body.append(section)


def _set_page(styles: Any, brief: Brief, right: bool) -> None:
    page = next(styles.iter(f"{STYLE}page-layout-properties"))
    for key, value in zip(("page-width", "page-height"), PAPER[brief.handout.paper], strict=True):
        page.set(f"{FO}{key}", value)
    if right:
        page.set(f"{STYLE}writing-mode", "rl-tb")
    for title in styles.iter(f"{TEXT}title"):
        title.text = property_text(brief.title)
    default = styles.find(f".//{STYLE}default-style/{STYLE}text-properties")
    for key, value in _languages(brief.language).items():
        default.set(key, value)


def _languages(tag: str) -> Mapping[str, str]:
    language, _, region = tag.partition("-")
    space = {"asian": STYLE, "complex": STYLE}
    kind = "complex" if runs_right_to_left(tag) else "asian" if language in ("zh", "ja", "ko") else ""
    suffix = f"-{kind}" if kind else ""
    home = space.get(kind, FO)
    return {f"{home}language{suffix}": language, f"{home}country{suffix}": region.upper() or "none"}


def _manifest(parts: Mapping[str, bytes], pictures: Pictures) -> bytes:
    """The list of the parts: one that is not in it makes LibreOffice take the file for damaged."""
    kinds = {pixels.data: pixels.media_type for pixels in pictures.values()}
    root = etree.Element(f"{MANIFEST}manifest", {f"{MANIFEST}version": "1.3"}, nsmap={"manifest": MANIFEST[1:-1]})
    whole = {"/": parts["mimetype"].decode()}
    listed = {name: kinds.get(data, "text/xml") for name, data in sorted(parts.items()) if name not in _UNLISTED}
    for name, kind in (whole | listed).items():
        entry = etree.SubElement(root, f"{MANIFEST}file-entry", {f"{MANIFEST}full-path": name})
        entry.set(f"{MANIFEST}media-type", kind)
    return written(root)


def _meta(brief: Brief) -> bytes:
    names = {"office": OFFICE[1:-1], "meta": META[1:-1], "dc": DC[1:-1]}
    root = etree.Element(f"{OFFICE}document-meta", {f"{OFFICE}version": "1.3"}, nsmap=names)
    inside = etree.SubElement(root, f"{OFFICE}meta")
    author = property_text(brief.author)
    for name, value in (
        (f"{META}generator", "briefgen"),
        (f"{DC}title", property_text(brief.title)),
        (f"{DC}subject", property_text(brief.course)),
        (f"{META}initial-creator", author),
        (f"{DC}creator", author),
        (f"{META}creation-date", made_on(brief)),
        (f"{DC}date", made_on(brief)),
        (f"{DC}language", brief.language),
    ):
        etree.SubElement(inside, name).text = value
    return written(root)
