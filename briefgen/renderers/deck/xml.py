"""Slide XML as text. Everything that comes from outside is escaped and freed of characters that XML forbids."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape as _escape
from itertools import count

from msgspec import Struct, field

from briefgen.renderers.deck.shapes import (
    DIRECTIONS,
    Align,
    Cell,
    Colour,
    Connector,
    Group,
    Line,
    Paragraph,
    PictureBox,
    Rect,
    Shape,
    TableBox,
    TextBox,
    TextRun,
)
from briefgen.renderers.scripts import direction, language, segments

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
MIRRORED: dict[Align, Align] = {"l": "r", "r": "l"}
THEME_LINK = Colour("hlink")
KEEP_COLOUR = (
    '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
    'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
)
LINE_SPACE = '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
SIDES = 4
POINTED = "homePlate"
"""The geometry that ends in a point where reading goes on."""
FIELD = "{7C5E2C57-6B3A-4F0B-9D0E-5A4B3C2D1E0F}"
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BLANKS = re.compile(r"[\t\n\r]+")


class Writer(Struct, frozen=True):
    """What the shapes of one slide are written with. `language` is the deck's, and `right` says that it runs from right
    to left.

    `link` gives the relationship id of an address and `picture` that of a picture's pixels, either empty where there is
    none; `placeholders` are the layout's attributes for each use, `numbers` the shape ids, from 2, and `scale` the true
    size of a length or type size that is planned as 1. `ink` and `link_ink` are the colours of words and links that
    have none of their own, `inks` those of words in placeholders. `ids` has the ids given so far, by the shapes' names.
    """

    language: str
    right: bool
    placeholders: Mapping[str, str]
    link: Callable[[str], str]
    picture: Callable[[str], str]
    number: int
    numbers: "count[int]"
    ink: Colour
    link_ink: Colour
    scale: float = 1.0
    inks: Mapping[str, Colour] = {}
    ids: dict[str, int] = field(default_factory=dict)

    def emu(self, inches: float) -> int:
        return round(inches * self.scale * EMU)


def clean(text: str) -> str:
    """`text` without characters that XML forbids or that turn its direction, with line ends and tabs as blanks."""
    return BLANKS.sub(" ", DIRECTIONS.sub("", FORBIDDEN.sub("", text)))


def escape(text: str) -> str:
    """`text` cleaned, ready for XML text or a quoted attribute."""
    return _escape(clean(text))


def slide_xml(shapes: Sequence[Shape], writer: Writer) -> str:
    """A slide part."""
    body = "".join(_shape(shape, writer) for shape in shapes)
    return (
        f"{HEAD}<p:sld {NAMESPACES}><p:cSld><p:spTree>{_tree_head()}{body}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    )


def notes_xml(paragraphs: Sequence[str], deck_language: str, right: bool) -> str:
    """A notes part: the slide's picture and its speaker notes."""
    text = "".join(_noted(paragraph, deck_language, direction(paragraph, right), right) for paragraph in paragraphs)
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


def _noted(paragraph: str, deck_language: str, right: bool, usual: bool) -> str:
    directed = f"<a:pPr{_direction('l', right, usual)}/>" if right or usual else ""
    return f"<a:p>{directed}{_by_language(paragraph, '/>', (deck_language,))}</a:p>"


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
    if isinstance(shape, PictureBox):
        return _picture(shape, writer)
    return _table(shape, writer) if isinstance(shape, TableBox) else _group(shape, writer)


def _frame(at: Rect, writer: Writer, tag: str = "a", *, flip: bool = False) -> str:
    x, y, w, h = (writer.emu(length) for length in (at.x, at.y, at.w, at.h))
    flipped = ' flipH="1"' if flip else ""
    return f'<{tag}:xfrm{flipped}><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></{tag}:xfrm>'


def _colour(colour: Colour) -> str:
    shade = f'<a:satMod val="{colour.sat * 1000}"/>' if colour.sat != 100 else ""
    shade += f'<a:lumMod val="{colour.mod * 1000}"/>' if colour.mod != 100 else ""
    shade += f'<a:lumOff val="{colour.off * 1000}"/>' if colour.off else ""
    return (
        f'<a:schemeClr val="{colour.scheme}">{shade}</a:schemeClr>'
        if shade
        else f'<a:schemeClr val="{colour.scheme}"/>'
    )


def _fill(colour: Colour | None) -> str:
    return f"<a:solidFill>{_colour(colour)}</a:solidFill>" if colour else "<a:noFill/>"


def _outline(colour: Colour | None, weight: float, writer: Writer, *, dashed: bool = False, arrow: bool = False) -> str:
    if colour is None:
        return "<a:ln><a:noFill/></a:ln>"
    ends = ('<a:prstDash val="dash"/>' if dashed else "") + ('<a:tailEnd type="triangle"/>' if arrow else "")
    return f'<a:ln w="{round(weight * writer.scale * 12700)}">{_fill(colour)}{ends}</a:ln>'


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
    outline = _outline(shape.outline, shape.weight, writer, dashed=shape.dashed)
    look = "" if place and not shape.fill else f"{_fill(shape.fill)}{outline}"
    geometry = _geometry(shape, writer)
    frame_ = _frame(shape.at, writer, flip=writer.right and shape.geometry == POINTED)
    left, top, right, bottom = (writer.emu(value) for value in shape.inset)
    frame = f'wrap="square" lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}"'
    frame += f' anchor="{shape.anchor}"' if shape.anchor else ""
    text = "".join(_paragraph(paragraph, shape, writer) for paragraph in shape.paragraphs)
    return (
        f"<p:sp><p:nvSpPr>{identity}{kind}{placeholder}</p:nvSpPr>"
        f"<p:spPr>{frame_}{geometry}{look}</p:spPr>"
        f"<p:txBody><a:bodyPr {frame}><a:noAutofit/></a:bodyPr><a:lstStyle/>{text or '<a:p/>'}</p:txBody></p:sp>"
    )


def _paragraph(paragraph: Paragraph, shape: TextBox, writer: Writer) -> str:
    indent = writer.emu(paragraph.hang)
    words = "".join(run.text for run in paragraph.runs)
    right = direction(words, writer.right)
    attributes = (
        f'marL="{indent}" indent="{-indent}"{_direction(paragraph.align, right, writer.right, bool(paragraph.bullet))}'
    )
    space = f'{LINE_SPACE}<a:spcBef><a:spcPts val="{round(paragraph.before * writer.scale * 100)}"/></a:spcBef>'
    own = writer.inks.get(shape.placeholder) if shape.placeholder in writer.placeholders else writer.ink
    colour = shape.colour or own
    text = "".join(_run(run, paragraph.size, colour, writer) for run in paragraph.runs)
    return f"<a:p><a:pPr {attributes}>{space}{_bullet(paragraph, shape.accent)}</a:pPr>{text}</a:p>"


def _direction(align: Align, right: bool, usual: bool, listed: bool = False) -> str:
    """How a paragraph is aligned, and where its lines begin where that is not at the left in the whole deck.

    In a deck that runs from right to left, what stands in no list is at the right whatever its own direction.
    """
    turned = right or (usual and not listed)
    shown = MIRRORED.get(align or "l", align) if turned else align
    aligned = f' algn="{shown}"' if shown else ""
    return f'{aligned} rtl="{int(right)}"' if right or usual else aligned


def _bullet(paragraph: Paragraph, accent: Colour | None) -> str:
    if not paragraph.bullet:
        return "<a:buNone/>"
    colour = f"<a:buClr>{_colour(accent)}</a:buClr>" if accent else ""
    if paragraph.bullet == "number":
        start = f' startAt="{paragraph.start}"' if paragraph.start > 1 else ""
        return f'{colour}<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"{start}/>'
    return f'{colour}<a:buFont typeface="Arial"/><a:buChar char="•"/>'


def _run(run: TextRun, size: float, colour: Colour | None, writer: Writer) -> str:
    points = round((run.size or size) * writer.scale * 100)
    style = f'sz="{points}"'
    style += ' b="1"' if run.bold else ""
    style += ' i="1"' if run.italic else ""
    style += ' baseline="30000"' if run.raised else ""
    identity = writer.link(run.url) if run.url else ""
    ink = run.colour or (writer.link_ink if identity else colour)
    inner = f"<a:solidFill>{_colour(ink)}</a:solidFill>" if ink else ""
    inner += _click(identity, writer) if identity else ""
    rest = f" {style}>{inner}</a:rPr>"
    if run.field:
        properties = f'<a:rPr lang="{writer.language}"{rest}'
        return f'<a:fld id="{FIELD}" type="{run.field}">{properties}<a:t>{writer.number}</a:t></a:fld>'
    return _by_language(run.text, rest, (run.language, writer.language))


def _by_language(text: str, properties: str, hints: Sequence[str]) -> str:
    """A run for each stretch of one script, in its language; `properties` end the run's own after that."""
    pieces = segments(clean(text))
    return "".join(
        f'<a:r><a:rPr lang="{language(script, text, hints)}"{properties}<a:t>{_escape(piece)}</a:t></a:r>'
        for piece, script in pieces
    )


def _click(identity: str, writer: Writer) -> str:
    """A link; where it is not in the theme's own colour for links, programs are told to leave it as it is."""
    own = "" if writer.link_ink == THEME_LINK else KEEP_COLOUR
    return f'<a:hlinkClick r:id="{identity}">{own}</a:hlinkClick>' if own else f'<a:hlinkClick r:id="{identity}"/>'


def _line(shape: Line, writer: Writer) -> str:
    at = Rect(min(shape.x1, shape.x2), min(shape.y1, shape.y2), abs(shape.x2 - shape.x1), abs(shape.y2 - shape.y1))
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{_identity(shape.name, writer, decorative=True)}<p:cNvCxnSpPr/><p:nvPr/></p:nvCxnSpPr>"
        f'<p:spPr>{_frame(at, writer)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f"{_outline(shape.colour, shape.weight, writer)}</p:spPr></p:cxnSp>"
    )


def _picture(shape: PictureBox, writer: Writer) -> str:
    identity = _identity(shape.name, writer, alt=shape.alt, decorative=not shape.alt)
    return (
        f'<p:pic><p:nvPicPr>{identity}<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{writer.picture(shape.key)}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr>{_frame(shape.at, writer)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )


def _geometry(shape: TextBox, writer: Writer) -> str:
    """The outline of a box: one with sites of its own is drawn as a path, since only those can have any."""
    if not shape.sites:
        return f'<a:prstGeom prst="{shape.geometry}"><a:avLst/></a:prstGeom>'
    wide, high = writer.emu(shape.at.w), writer.emu(shape.at.h)
    middles = ((wide // 2, 0), (0, high // 2), (wide // 2, high), (wide, high // 2))
    own = ((writer.emu(x - shape.at.x), writer.emu(y - shape.at.y)) for x, y in shape.sites)
    sites = "".join(f'<a:cxn ang="0"><a:pos x="{x}" y="{y}"/></a:cxn>' for x, y in (*middles, *own))
    corners = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in ((wide, 0), (wide, high), (0, high)))
    return (
        f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst>{sites}</a:cxnLst><a:rect l="l" t="t" r="r" b="b"/>'
        f'<a:pathLst><a:path w="{wide}" h="{high}"><a:moveTo><a:pt x="0" y="0"/></a:moveTo>{corners}<a:close/></a:path>'
        "</a:pathLst></a:custGeom>"
    )


def _connector(shape: Connector, writer: Writer) -> str:
    """A connector between two boxes written before it."""
    first, last = _glued(shape)
    glue = (
        f'<a:stCxn id="{writer.ids[shape.start]}" idx="{first}"/><a:endCxn id="{writer.ids[shape.end]}" idx="{last}"/>'
    )
    line = _outline(shape.colour, shape.weight, writer, dashed=shape.dashed, arrow=shape.arrow)
    return (
        f"<p:cxnSp><p:nvCxnSpPr>{_identity(shape.name, writer, decorative=True)}<p:cNvCxnSpPr>{glue}</p:cNvCxnSpPr>"
        f"<p:nvPr/></p:nvCxnSpPr><p:spPr>{_path(shape, writer)}{line}</p:spPr></p:cxnSp>"
    )


def _glued(shape: Connector) -> tuple[int, int]:
    """The sites of two boxes that a connector joins. They count from the top to the left, then the boxes' own."""
    (x1, y1), *_, (x2, y2) = shape.way
    middles = ((3, 1) if x1 < x2 else (1, 3)) if y1 == y2 else (2, 0)
    first, last = (middle if own is None else SIDES + own for middle, own in zip(middles, shape.sites, strict=True))
    return first, last


def _path(shape: Connector, writer: Writer) -> str:
    """The frame and geometry of a connector. One with corners is a level one turned by a quarter, since only those
    begin and end upright; it is mirrored where it goes to the right."""
    (x1, y1), (_, bend), *_, (x2, y2) = (*shape.way, shape.way[-1])
    wide, high = writer.emu(abs(x2 - x1)), writer.emu(abs(y2 - y1))
    left, top = writer.emu(min(x1, x2)), writer.emu(min(y1, y2))
    if len(shape.way) == 2 or not wide:
        flip = ' flipH="1"' if x2 < x1 else ""
        frame = f'<a:xfrm{flip}><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        return f'{frame}<a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>'
    turn = 'rot="16200000" flipH="1"' if x2 > x1 else 'rot="5400000"'
    off = f'<a:off x="{left + (wide - high) // 2}" y="{top + (high - wide) // 2}"/>'
    share = round(100000 * (bend - y1) / (y2 - y1))
    return (
        f'<a:xfrm {turn}>{off}<a:ext cx="{high}" cy="{wide}"/></a:xfrm><a:prstGeom prst="bentConnector3">'
        f'<a:avLst><a:gd name="adj1" fmla="val {share}"/></a:avLst></a:prstGeom>'
    )


def _group(group: Group, writer: Writer) -> str:
    identity = _identity(group.name, writer, alt=group.alt)
    x, y, w, h = (writer.emu(length) for length in (group.at.x, group.at.y, group.at.w, group.at.h))
    inner = "".join(
        _connector(shape, writer) if isinstance(shape, Connector) else _shape(shape, writer) for shape in group.shapes
    )
    return (
        f"<p:grpSp><p:nvGrpSpPr>{identity}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>"
        f'<a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/><a:chOff x="{x}" y="{y}"/><a:chExt cx="{w}" cy="{h}"/>'
        f"</a:xfrm></p:grpSpPr>{inner}</p:grpSp>"
    )


def _table(table: TableBox, writer: Writer) -> str:
    turned = ' rtl="1"' if writer.right else ""
    columns = "".join(f'<a:gridCol w="{writer.emu(width)}"/>' for width in table.widths)
    rows = "".join(
        f'<a:tr h="{writer.emu(height)}">{"".join(_cell(cell, table, writer) for cell in row)}</a:tr>'
        for row, height in zip(table.rows, table.heights, strict=True)
    )
    return (
        f"<p:graphicFrame><p:nvGraphicFramePr>{_identity(table.name, writer, alt=table.alt)}<p:cNvGraphicFramePr>"
        '<a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'{_frame(table.at, writer, "p")}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table">'
        f'<a:tbl><a:tblPr{turned} firstRow="1" bandRow="1"/><a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>'
        "</a:graphicData></a:graphic></p:graphicFrame>"
    )


def _cell(cell: Cell, table: TableBox, writer: Writer) -> str:
    holder = TextBox("", table.at)
    beside, above = writer.emu(0.1), writer.emu(0.055)
    text = "".join(_paragraph(paragraph, holder, writer) for paragraph in cell.paragraphs)
    rule = f'<a:lnB w="6350">{_fill(table.rule)}</a:lnB>'
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{text}</a:txBody>"
        f'<a:tcPr marL="{beside}" marR="{beside}" marT="{above}" marB="{above}" anchor="ctr">'
        f"{none}{rule}{_fill(cell.fill)}</a:tcPr></a:tc>"
    )
