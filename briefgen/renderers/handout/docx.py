"""The handout as a Word file: pandoc writes it, and what its tree cannot say is set here.

Every note is a footnote. Where they follow each other as the evidence numbers them, Word counts them, and a later mark
is a cross-reference to the first (NOTEREF), which Word keeps right when the file is edited. Where they do not, each has
its own number as its mark, and later marks are links.
"""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from briefgen.model import Brief
from briefgen.packages import UNREADABLE
from briefgen.pandoc import Failure, reason_of, run
from briefgen.problems import Problem, error
from briefgen.renderers.handout.block_nodes import HEAD_OF_ROW
from briefgen.renderers.handout.manuscript import TITLE_BLOCK, Manuscript, manuscript
from briefgen.renderers.handout.office_files import (
    LONGEST_UNBROKEN_ROW,
    TEMPLATES,
    cut_off,
    made_on,
    packed,
    property_text,
    tree,
    unpacked,
    with_pictures,
    written,
)
from briefgen.renderers.handout.one_page_styles import shrink_word
from briefgen.renderers.handout.onepage import handout_sheet
from briefgen.renderers.handout.passage_nodes import NOTE_NAME
from briefgen.renderers.handout.printed import Sheet
from briefgen.renderers.handout.reference import Reference, read_reference, unusable
from briefgen.renderers.handout.word_styles import completed, refer, style_ids
from briefgen.renderers.pictures import NO_PICTURES, Pictures
from briefgen.renderers.scripts import direction, runs_right_to_left

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{MAIN}}}"
OURS = TEMPLATES / "reference.docx"
PAPER = {"a4": (11906, 16838), "us-letter": (12240, 15840)}
"""Width and height in twentieths of a point."""
_GAP_BETWEEN_COLUMNS = 400
_LIST_INDENT, _DEEPEST_LIST = 340, 2
_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
_MCE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_AFTER_TYPE = ("pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt", "vAlign")
_AFTER_BIDI = ("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl", "rPr")
_EAST_ASIAN = frozenset({"zh", "ja", "ko"})


def render_docx(
    brief: Brief, pictures: Pictures = NO_PICTURES, printed: Sheet | None = None
) -> tuple[bytes, tuple[Problem, ...]]:
    """The handout of `brief`, or the edition that is `printed`, as a .docx file made by `word_file`."""
    return word_file(brief, handout_sheet(brief, printed, footnotes=True), pictures)


def word_file(brief: Brief, printed: Sheet, pictures: Pictures = NO_PICTURES) -> tuple[bytes, tuple[Problem, ...]]:
    """What is `printed` as a .docx file; the same bytes for the same brief, pictures and reference document.

    A reference document that cannot be used is a problem, and ours is used instead. Nothing is made where pandoc fails.
    """
    content = manuscript(brief, printed, pictures)
    theirs, problems = read_reference(brief.handout.reference)
    if theirs:
        try:
            return _finished(brief, content, pictures, theirs), problems
        except (*Failure, *UNREADABLE) as failure:
            problems = (*problems, unusable(theirs.path, f"pandoc cannot read it: {reason_of(failure)}"))
    try:
        return _finished(brief, content, pictures, None), problems
    except Failure as failure:
        failed = error("pandoc failed; there is no Word file", f"it said: {reason_of(failure)}")
        return b"", (*problems, failed)


def _finished(brief: Brief, content: Manuscript, pictures: Pictures, theirs: Reference | None) -> bytes:
    reference = str(theirs.path if theirs else OURS)
    arguments = ["--from=json", "--to=docx", "--syntax-highlighting=none", f"--reference-doc={reference}", "--output=-"]
    parts = cut_off(unpacked(run(arguments, json.dumps(content.tree).encode())[0]))
    document, footnotes, styles = (tree(parts[f"word/{name}.xml"]) for name in ("document", "footnotes", "styles"))
    if theirs:
        completed(styles, theirs.styles)
        refer(document, styles)
        refer(footnotes, styles)
    ids = style_ids(styles)
    if brief.handout.one_page and not theirs:
        shrink_word(document, styles)
    _set_page(document, brief, keep=theirs is not None, title=[ids.get(name) for name in TITLE_BLOCK])
    _set_tables(document, ids, runs_right_to_left(brief.language))
    _set_notes(document, footnotes, content, ids)
    _set_pictures(document)
    for root in (document, footnotes):
        _set_directions(root, runs_right_to_left(brief.language))
    parts |= {
        "word/document.xml": written(document),
        "word/footnotes.xml": written(footnotes),
        "word/styles.xml": written(styles),
        "word/numbering.xml": _numbering(parts["word/numbering.xml"]),
        "docProps/core.xml": _core(brief),
        "docProps/app.xml": _APP,
    }
    parts |= {
        name: _headed(part, brief) for name, part in parts.items() if name.startswith(("word/header", "word/footer"))
    }
    return packed(with_pictures(parts, "word/media/", pictures))


def _element(name: str, **attributes: str) -> Any:
    return etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in attributes.items()})


def _insert(parent: Any, child: Any, before: Sequence[str]) -> None:
    """Puts `child` in `parent` where the schema wants it: before the first of those named, in place of its like."""
    for old in parent.findall(child.tag):
        parent.remove(old)
    names = {f"{W}{name}" for name in before}
    at = next((index for index, other in enumerate(parent) if other.tag in names), len(parent))
    parent.insert(at, child)


# The page ------------------------------------------------------------------------------------------------------------


def _set_page(document: Any, brief: Brief, keep: bool, title: Sequence[str | None]) -> None:
    """Sets paper and columns; with `keep` the paper stays as it is. The title goes over both columns."""
    body = document.find(f"{W}body")
    page = body.find(f"{W}sectPr")
    if page is None:
        page = etree.SubElement(body, f"{W}sectPr")
    for restart in page.findall(f"{W}footnotePr/{W}numRestart"):
        restart.getparent().remove(restart)
    if not keep or page.find(f"{W}pgSz") is None:
        width, height = PAPER[brief.handout.paper]
        _insert(page, _element("pgSz", w=str(width), h=str(height)), _AFTER_TYPE[1:])
    if runs_right_to_left(brief.language):
        _insert(page, _element("bidi"), ("rtlGutter", "docGrid", "printerSettings"))
    if brief.handout.two_columns:
        _set_columns(body, page, title)


def _set_columns(body: Any, page: Any, title: Sequence[str | None]) -> None:
    above = [one for one in body.findall(f"{W}p") if _style_of(one) in title]
    if above:
        properties = above[-1].find(f"{W}pPr")
        properties.append(deepcopy(page))
        _insert(page, _element("type", val="continuous"), _AFTER_TYPE)
    columns = _element("cols", num="2", space=str(_GAP_BETWEEN_COLUMNS))
    _insert(
        page, columns, ("formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")
    )


def _style_of(paragraph: Any) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val"))


def _headed(part: bytes, brief: Brief) -> bytes:
    """A header or footer whose fields for the title show it, also where a program does not work them out."""
    root = tree(part)
    for field in root.iter(f"{W}fldSimple"):
        text = field.find(f".//{W}t")
        if (field.get(f"{W}instr") or "").strip() == "TITLE" and text is not None:
            text.text = property_text(brief.title)
    return written(root)


# Tables --------------------------------------------------------------------------------------------------------------


def _set_tables(document: Any, ids: Mapping[str, str], right: bool) -> None:
    """Keeps rows on a page where they are short, gives columns their widths, and names the heads of rows."""
    width = _text_width(document)
    for table in document.iter(f"{W}tbl"):
        properties = table.find(f"{W}tblPr")
        if right:
            properties.insert(1, _element("bidiVisual"))
        columns = table.findall(f"{W}tblGrid/{W}gridCol")
        given = [int(column.get(f"{W}w")) for column in columns]
        widths = [round(one * width / sum(given)) for one in given]
        for column, one in zip(columns, widths, strict=True):
            column.set(f"{W}w", str(one))
        rows = table.findall(f"{W}tr")
        for row in rows:
            _set_row(row, widths)
        first = rows[-1].find(f"{W}tc/{W}p")
        if first is not None and _style_of(first) == ids.get(HEAD_OF_ROW):
            look = properties.find(f"{W}tblLook")
            look.set(f"{W}firstColumn", "1")
            look.set(f"{W}val", "00A0")


def _set_row(row: Any, widths: Sequence[int]) -> None:
    for cell, width in zip(row.findall(f"{W}tc"), widths, strict=False):
        cell.find(f"{W}tcPr").insert(0, _element("tcW", w=str(width), type="dxa"))
    if sum(len(text.text or "") for text in row.iter(f"{W}t")) <= LONGEST_UNBROKEN_ROW:
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = _element("trPr")
            row.insert(0, properties)
        properties.insert(0, _element("cantSplit"))


def _text_width(document: Any) -> int:
    """The width of a column of text in twentieths of a point."""
    page = document.find(f"{W}body/{W}sectPr")
    size, margins, columns = (page.find(f"{W}{name}") for name in ("pgSz", "pgMar", "cols"))
    whole = int(size.get(f"{W}w", "0")) or PAPER["a4"][0]
    if margins is not None:
        whole -= sum(int(margins.get(f"{W}{side}", "0")) for side in ("left", "right"))
    count = int(columns.get(f"{W}num", "1")) if columns is not None else 1
    return (whole - _GAP_BETWEEN_COLUMNS * (count - 1)) // count


# Notes ---------------------------------------------------------------------------------------------------------------


def _set_notes(document: Any, footnotes: Any, content: Manuscript, ids: Mapping[str, str]) -> None:
    style = ids.get("footnote reference", "FootnoteReference")
    if not content.counts_itself:
        _number(document, footnotes, content.notes)
    names = {NOTE_NAME.format(number): str(number) for number in content.notes}
    for link in list(document.iter(f"{W}hyperlink")):
        number = names.get(link.get(f"{W}anchor", ""))
        if number is None:
            continue
        shown = _marked(style, _text("t", number))
        if content.counts_itself:
            field = [_marked(style, _element("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
            code = _marked(style, _text("instrText", f" NOTEREF {link.get(f'{W}anchor')} \\f \\h "))
            _replace(link, [field[0], code, field[1], shown, field[2]])
        else:
            for child in list(link):
                link.remove(child)
            link.append(shown)


def _number(document: Any, footnotes: Any, numbers: Sequence[int]) -> None:
    """Gives each footnote its number as a mark of its own, in an element for each digit.

    LibreOffice shows a mark of several signs in one element twice.
    """
    shown = dict(zip((one.get(f"{W}id") for one in document.iter(f"{W}footnoteReference")), numbers, strict=True))
    for reference in document.iter(f"{W}footnoteReference"):
        reference.set(f"{W}customMarkFollows", "1")
        for digit in reversed(str(shown[reference.get(f"{W}id")])):
            reference.addnext(_text("t", digit))
    for note in footnotes.iter(f"{W}footnote"):
        for marked in [mark.getparent() for mark in note.iter(f"{W}footnoteRef")]:
            _unless_shown_anyway(marked, str(shown[note.get(f"{W}id")]))


def _unless_shown_anyway(run: Any, number: str) -> None:
    """Puts a note's own number before it, but for LibreOffice, which sets it there by itself and would show it twice.

    LibreOffice takes a choice by the prefix "w14" whatever that stands for; by the standard (ISO/IEC 29500-3) a choice
    of an unknown namespace is passed over for the fallback.
    """
    either = etree.Element(
        f"{{{_MCE}}}AlternateContent", nsmap={"mc": _MCE, "w14": "urn:briefgen:numbers-notes-itself"}
    )
    run.getparent().replace(run, either)
    etree.SubElement(either, f"{{{_MCE}}}Choice", Requires="w14")
    for mark in list(run.iter(f"{W}footnoteRef")):
        run.replace(mark, _text("t", number))
    etree.SubElement(either, f"{{{_MCE}}}Fallback").append(run)


def _marked(style: str, inside: Any) -> Any:
    """A run in the style of note marks."""
    run = _element("r")
    properties = etree.SubElement(run, f"{W}rPr")
    properties.append(_element("rStyle", val=style))
    run.append(inside)
    return run


def _text(name: str, words: str) -> Any:
    made = _element(name)
    made.text = words
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _replace(old: Any, new: Sequence[Any]) -> None:
    for one in new:
        old.addprevious(one)
    old.getparent().remove(old)


# Pictures, directions, properties ------------------------------------------------------------------------------------


def _set_pictures(document: Any) -> None:
    """Gives pictures the words that describe them in both places, and marks those without any as decoration."""
    for placed in document.iter(_PLACED):
        for side in ("distT", "distB", "distL", "distR"):
            placed.getparent().set(side, "0")
        described = placed.get("descr", "")
        for inner in placed.getparent().iter(_PICTURE):
            inner.set("descr", described)
        if not described:
            kept = etree.SubElement(etree.SubElement(placed, f"{_DRAWING}extLst"), f"{_DRAWING}ext")
            kept.set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
            etree.SubElement(kept, f"{{{_DECORATIVE}}}decorative", {"val": "1"}, nsmap={"adec": _DECORATIVE})


def _set_directions(root: Any, otherwise: bool) -> None:
    """Sets paragraphs in the direction of their first letter, and the language of words where Word looks for it."""
    for paragraph in root.iter(f"{W}p"):
        words = "".join(text.text or "" for text in paragraph.iter(f"{W}t"))
        if direction(words, otherwise):
            properties = paragraph.find(f"{W}pPr")
            if properties is None:
                properties = _element("pPr")
                paragraph.insert(0, properties)
            _insert(properties, _element("bidi"), _AFTER_BIDI)
    for language in root.iter(f"{W}lang"):
        tag = language.attrib.pop(f"{W}val", "")
        kind = "eastAsia" if tag.partition("-")[0] in _EAST_ASIAN else "val"
        language.set(f"{W}{'bidi' if language.getparent().find(f'{W}rtl') is not None else kind}", tag)


def _numbering(part: bytes) -> bytes:
    """The lists, set in as far as those of the page in HTML."""
    root = tree(part)
    for level in root.iter(f"{W}lvl"):
        place = level.find(f"{W}pPr/{W}ind")
        depth = int(level.get(f"{W}ilvl", "0"))
        if depth < _DEEPEST_LIST and place is not None:
            place.set(f"{W}left", str(_LIST_INDENT * (depth + 1)))
            place.set(f"{W}hanging", str(_LIST_INDENT))
    return written(root)


def _core(brief: Brief) -> bytes:
    base = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    names = {"cp": base, "dc": "http://purl.org/dc/elements/1.1/", "dcterms": "http://purl.org/dc/terms/"}
    kind = {"{http://www.w3.org/2001/XMLSchema-instance}type": "dcterms:W3CDTF"}
    root = etree.Element(f"{{{base}}}coreProperties", nsmap=names)
    for name, value in (("title", brief.title), ("subject", brief.course), ("creator", brief.author)):
        etree.SubElement(root, f"{{{names['dc']}}}{name}").text = property_text(value)
    etree.SubElement(root, f"{{{names['dc']}}}language").text = brief.language
    for name in ("created", "modified"):
        etree.SubElement(root, f"{{{names['dcterms']}}}{name}", kind).text = made_on(brief)
    return written(root)


_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    b'officeDocument/2006/extended-properties"><Application>briefgen</Application></Properties>'
)
