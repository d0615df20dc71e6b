"""Slide XML as text. Everything that comes from outside is escaped and freed of characters that XML forbids."""

import re
from collections.abc import Callable, Sequence
from html import escape as _escape
from itertools import count

from msgspec import Struct, field

from briefgen.renderers.deck.shapes import (
    DIRECTIONS,
    Cell,
    Colour,
    Connector,
    Group,
    Line,
    Paragraph,
    Rect,
    Shape,
    TableBox,
    TextBox,
    TextRun,
)

EMU = 914400
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
LINK = Colour("hlink")
FIELD = "{7C5E2C57-6B3A-4F0B-9D0E-5A4B3C2D1E0F}"
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BLANKS = re.compile(r"[\t\n\r]+")


class Writer(Struct, frozen=True):
    """What the shapes of one slide are written with.

    `link` gives the relationship id of an address, `placeholders` the layout's attributes of each role, and
    `numbers` the shape ids, from 2; `ids` has those given so far, by the shapes' names.
    """

    language: str
    placeholders: dict[str, str]
    link: Callable[[str], str]
    number: int
    numbers: "count[int]"
    ids: dict[str, int] = field(default_factory=dict)


def clean(text: str) -> str:
    """`text` without characters that XML forbids or that turn its direction, with line ends and tabs as blanks."""
    return BLANKS.sub(" ", DIRECTIONS.sub("", FORBIDDEN.sub("", text)))


def escape(text: str) -> str:
    """`text` cleaned, ready for XML text or a quoted attribute."""
    return _escape(clean(text))


def emu(inches: float) -> int:
    return round(inches * EMU)


def slide_xml(shapes: Sequence[Shape], writer: Writer) -> str:
    """A slide part."""
    body = "".join(_shape(shape, writer) for shape in shapes)
    return (
        f"{HEAD}<p:sld {NAMESPACES}><p:cSld><p:spTree>{_tree_head()}{body}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    )


def notes_xml(paragraphs: Sequence[str], language: str) -> str:
    """A notes part: the slide's picture and its speaker notes."""
    text = "".join(
        f'<a:p><a:r><a:rPr lang="{language}"/><a:t>{escape(paragraph)}</a:t></a:r></a:p>' for paragraph in paragraphs
    )
    image = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>'
    )
    notes = (
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>'
        '<p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>'
        f"{text or '<a:p/>'}</p:txBody></p:sp>"
    )
    return (
        f"{HEAD}<p:notes {NAMESPACES}><p:cSld><p:spTree>{_tree_head()}{image}{notes}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def _tree_head() -> str:
    return (
        '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
    )


def _shape(shape: Shape, writer: Writer) -> str:
    if isinstance(shape, TextBox):
        return _text_box(shape, writer)
    if isinstance(shape, Line):
        return _line(shape, writer)
    return _table(shape, writer) if isinstance(shape, TableBox) else _group(shape, writer)


def _frame(at: Rect, tag: str = "a") -> str:
    x, y, w, h = emu(at.x), emu(at.y), emu(at.w), emu(at.h)
    return f'<{tag}:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></{tag}:xfrm>'


def _colour(colour: Colour) -> str:
    shade = f'<a:satMod val="{colour.sat * 1000}"/>' if colour.sat != 100 else ""
    shade += f'<a:lumMod val="{colour.mod * 1000}"/><a:lumOff val="{colour.off * 1000}"/>' if colour.off else ""
    return (
        f'<a:schemeClr val="{colour.scheme}">{shade}</a:schemeClr>'
        if shade
        else f'<a:schemeClr val="{colour.scheme}"/>'
    )


def _fill(colour: Colour | None) -> str:
    return f"<a:solidFill>{_colour(colour)}</a:solidFill>" if colour else "<a:noFill/>"


def _outline(colour: Colour | None, weight: float, *, dashed: bool = False, arrow: bool = False) -> str:
    ends = ('<a:prstDash val="dash"/>' if dashed else "") + ('<a:tailEnd type="triangle"/>' if arrow else "")
    return f'<a:ln w="{round(weight * 12700)}">{_fill(colour)}{ends}</a:ln>' if colour else "<a:ln><a:noFill/></a:ln>"


def _identity(name: str, writer: Writer, *, alt: str = "", decorative: bool = False) -> str:
    descr = f' descr="{escape(alt)}"' if alt else ""
    number = writer.ids[name] = next(writer.numbers)
    start = f'<p:cNvPr id="{number}" name="{escape(name)}"{descr}'
    return f"{start}>{DECORATIVE}</p:cNvPr>" if decorative else f"{start}/>"


def _text_box(shape: TextBox, writer: Writer) -> str:
    place = writer.placeholders.get(shape.placeholder, "")
    identity = _identity(shape.name, writer, decorative=not shape.paragraphs)
    kind = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>' if place else '<p:cNvSpPr txBox="1"/>'
    if not shape.paragraphs or (shape.fill and not place):
        kind = "<p:cNvSpPr/>"
    placeholder = f"<p:nvPr><p:ph {place}/></p:nvPr>" if place else "<p:nvPr/>"
    look = (
        ""
        if place and not shape.fill
        else f"{_fill(shape.fill)}{_outline(shape.outline, shape.weight, dashed=shape.dashed)}"
    )
    geometry = f'<a:prstGeom prst="{shape.geometry}"><a:avLst/></a:prstGeom>'
    left, top, right, bottom = (emu(value) for value in shape.inset)
    frame = f'wrap="square" lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" anchor="{shape.anchor}"'
    text = "".join(_paragraph(paragraph, shape, writer) for paragraph in shape.paragraphs)
    return (
        f"<p:sp><p:nvSpPr>{identity}{kind}{placeholder}</p:nvSpPr><p:spPr>{_frame(shape.at)}{geometry}{look}</p:spPr>"
        f"<p:txBody><a:bodyPr {frame}><a:noAutofit/></a:bodyPr><a:lstStyle/>{text or '<a:p/>'}</p:txBody></p:sp>"
    )


def _paragraph(paragraph: Paragraph, shape: TextBox, writer: Writer) -> str:
    indent = emu(paragraph.hang)
    attributes = f'marL="{indent}" indent="{-indent}" algn="{paragraph.align}"'
    before = f'<a:spcBef><a:spcPts val="{round(paragraph.before * 100)}"/></a:spcBef>'
    text = "".join(_run(run, paragraph.size, shape.colour, writer) for run in paragraph.runs)
    return f"<a:p><a:pPr {attributes}>{before}{_bullet(paragraph, shape.accent)}</a:pPr>{text}</a:p>"


def _bullet(paragraph: Paragraph, accent: Colour | None) -> str:
    if not paragraph.bullet:
        return "<a:buNone/>"
    colour = f"<a:buClr>{_colour(accent)}</a:buClr>" if accent else ""
    if paragraph.bullet == "number":
        start = f' startAt="{paragraph.start}"' if paragraph.start > 1 else ""
        return f'{colour}<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"{start}/>'
    return f'{colour}<a:buFont typeface="Arial"/><a:buChar char="•"/>'


def _run(run: TextRun, size: float, colour: Colour | None, writer: Writer) -> str:
    points = round((run.size or size) * 100)
    style = f'lang="{writer.language}" sz="{points}"'
    style += ' b="1"' if run.bold else ""
    style += ' i="1"' if run.italic else ""
    style += ' baseline="30000"' if run.raised else ""
    identity = writer.link(run.url) if run.url else ""
    ink = run.colour or (LINK if identity else colour)
    inner = f"<a:solidFill>{_colour(ink)}</a:solidFill>" if ink else ""
    inner += f'<a:hlinkClick r:id="{identity}"/>' if identity else ""
    properties = f"<a:rPr {style}>{inner}</a:rPr>"
    if run.field:
        return f'<a:fld id="{FIELD}" type="{run.field}">{properties}<a:t>{writer.number}</a:t></a:fld>'
    text = escape(run.text)
    return f"<a:r>{properties}<a:t>{text}</a:t></a:r>" if text else ""


def _line(shape: Line, writer: Writer) -> str:
    at = Rect(min(shape.x1, shape.x2), min(shape.y1, shape.y2), abs(shape.x2 - shape.x1), abs(shape.y2 - shape.y1))
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{_identity(shape.name, writer, decorative=True)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
        f'<p:spPr>{_frame(at)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>{_outline(shape.colour, shape.weight)}'
        "</p:spPr></p:cxnSp>"
    )


def _connector(shape: Connector, writer: Writer) -> str:
    """A connector between two boxes written before it. Connection sites count from the top, counter-clockwise."""
    first, last = ((3, 1) if shape.x1 < shape.x2 else (1, 3)) if shape.level else (2, 0)
    glue = (
        f'<a:stCxn id="{writer.ids[shape.start]}" idx="{first}"/><a:endCxn id="{writer.ids[shape.end]}" idx="{last}"/>'
    )
    line = _outline(shape.colour, shape.weight, dashed=shape.dashed, arrow=shape.arrow)
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{_identity(shape.name, writer, decorative=True)}<p:cNvCxnSpPr>{glue}</p:cNvCxnSpPr>"
        f"<p:nvPr/></p:nvCxnSpPr><p:spPr>{_path(shape)}{line}</p:spPr></p:cxnSp>"
    )


def _path(shape: Connector) -> str:
    """The frame and geometry of a connector. One with corners is a level one turned by a quarter, since only those
    begin and end upright; it is mirrored where it goes to the right."""
    wide, high = emu(abs(shape.x2 - shape.x1)), emu(abs(shape.y2 - shape.y1))
    left, top = emu(min(shape.x1, shape.x2)), emu(min(shape.y1, shape.y2))
    if shape.bend is None or not wide:
        flip = ' flipH="1"' if shape.x2 < shape.x1 else ""
        frame = f'<a:xfrm{flip}><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        return f'{frame}<a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>'
    turn = 'rot="16200000" flipH="1"' if shape.x2 > shape.x1 else 'rot="5400000"'
    off = f'<a:off x="{left + (wide - high) // 2}" y="{top + (high - wide) // 2}"/>'
    share = round(100000 * (shape.bend - shape.y1) / (shape.y2 - shape.y1))
    return (
        f'<a:xfrm {turn}>{off}<a:ext cx="{high}" cy="{wide}"/></a:xfrm><a:prstGeom prst="bentConnector3">'
        f'<a:avLst><a:gd name="adj1" fmla="val {share}"/></a:avLst></a:prstGeom>'
    )


def _group(group: Group, writer: Writer) -> str:
    identity = _identity(group.name, writer, alt=group.alt)
    x, y, w, h = emu(group.at.x), emu(group.at.y), emu(group.at.w), emu(group.at.h)
    inner = "".join(
        _connector(shape, writer) if isinstance(shape, Connector) else _shape(shape, writer) for shape in group.shapes
    )
    return (
        f"<p:grpSp><p:nvGrpSpPr>{identity}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/><a:chOff x="{x}" y="{y}"/><a:chExt cx="{w}" cy="{h}"/>'
        f"</a:xfrm></p:grpSpPr>{inner}</p:grpSp>"
    )


def _table(table: TableBox, writer: Writer) -> str:
    columns = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in table.widths)
    rows = "".join(
        f'<a:tr h="{emu(height)}">{"".join(_cell(cell, table, writer) for cell in row)}</a:tr>'
        for row, height in zip(table.rows, table.heights, strict=True)
    )
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{_identity(table.name, writer, alt=table.alt)}<p:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'{_frame(table.at, "p")}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f'<a:tbl><a:tblPr firstRow="1" bandRow="1"/><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def _cell(cell: Cell, table: TableBox, writer: Writer) -> str:
    holder = TextBox("", table.at)
    text = "".join(_paragraph(paragraph, holder, writer) for paragraph in cell.paragraphs)
    rule = f'<a:lnB w="6350">{_fill(table.rule)}</a:lnB>'
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>"
        f'<a:tcPr marL="{emu(0.1)}" marR="{emu(0.1)}" marT="{emu(0.055)}" marB="{emu(0.055)}" anchor="ctr">'
        f"{none}{rule}{_fill(cell.fill)}</a:tcPr></a:tc>"
    )
