"""Make the built-in deck templates: theme, masters and layouts, as XML written here, zipped with fixed dates.

Usage: python tools/make_template.py FOLDER
"""

import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import yaml

EMU = 914400
NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.presentationml"

FONT = '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'


class Design(NamedTuple):
    """What tells one template from another: the theme's colours, and which of them are ground and words."""

    name: str
    colours: dict[str, str]
    dark: bool = False
    cover: str = "tx2"
    on_cover: str = "bg1"


_THEMES = yaml.safe_load(Path(__file__).with_name("template_themes.yaml").read_text("utf-8"))
DESIGNS = {name: Design(**design) for name, design in _THEMES["designs"].items()}


COVER = "cover"
"""Stands for the colour of the words on a title slide."""


class Placeholder(NamedTuple):
    """A placeholder of a layout: its type and index, its place in inches, and its level 1 style."""

    name: str
    ph: str
    at: tuple[float, float, float, float]
    prompt: str
    size: float = 0
    colour: str = ""
    bold: bool = False
    plain: bool = False
    anchor: str = ""


TITLE = Placeholder("Title", 'type="title"', (0.6, 0.55, 12.13, 0.72), "Title")
EYEBROW = Placeholder(
    "Section", 'type="body" sz="quarter" idx="13"', (0.6, 0.28, 8.0, 0.3), "SECTION", 12, "tx2", True, True, "ctr"
)
NOTES = Placeholder(
    "Notes", 'type="body" sz="quarter" idx="14"', (0.6, 6.55, 12.13, 0.5), "Notes of this slide", 10, "tx1", False, True
)
BODY = Placeholder("Content", 'idx="1"', (0.6, 1.45, 12.13, 4.95), "Content")
LEFT = Placeholder("Left content", 'sz="half" idx="1"', (0.6, 2.0, 5.965, 4.4), "Left")
RIGHT = Placeholder("Right content", 'sz="half" idx="2"', (6.765, 2.0, 5.965, 4.4), "Right")

LAYOUTS: tuple[tuple[str, str, tuple[Placeholder, ...]], ...] = (
    (
        "Title slide",
        'type="title"',
        (
            Placeholder("Title", 'type="ctrTitle"', (0.9, 1.3, 11.5, 1.7), "Title", 44, COVER, True, True, "b"),
            Placeholder(
                "Subtitle", 'type="subTitle" idx="1"', (0.9, 3.1, 11.5, 0.9), "Subtitle", 24, COVER, False, True
            ),
            Placeholder(
                "Details", 'type="body" sz="quarter" idx="15"', (0.9, 4.15, 11.5, 0.9), "Course", 16, COVER, False, True
            ),
        ),
    ),
    ("Title and content", 'type="obj"', (TITLE, EYEBROW, BODY, NOTES)),
    (
        "Section opener",
        'type="secHead"',
        (
            Placeholder("Title", 'type="title"', (0.6, 1.65, 3.1, 1.2), "Section", 30, "bg1", True, True, "t"),
            Placeholder(
                "Question",
                'type="body" sz="quarter" idx="15"',
                (0.6, 2.95, 3.1, 2.9),
                "Question",
                18,
                "bg1",
                False,
                True,
            ),
            Placeholder("Content", 'idx="1"', (4.4, 0.95, 8.33, 3.5), "Content"),
            NOTES._replace(at=(4.4, 6.55, 8.33, 0.5)),
        ),
    ),
    ("Title only", 'type="titleOnly"', (TITLE, EYEBROW, NOTES)),
    ("Two columns", 'type="twoObj"', (TITLE, EYEBROW, LEFT, RIGHT, NOTES)),
    (
        "Quotation",
        'userDrawn="1"',
        (
            TITLE,
            EYEBROW,
            Placeholder(
                "Quotation", 'type="body" idx="1"', (1.2, 1.9, 10.9, 3.2), "Quotation", 26, "tx2", False, True, "ctr"
            ),
            NOTES,
        ),
    ),
    ("Blank", 'type="blank"', ()),
)


def emu(inches: float) -> int:
    return round(inches * EMU)


def frame(at: tuple[float, float, float, float]) -> str:
    x, y, w, h = (emu(value) for value in at)
    return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{w}" cy="{h}"/></a:xfrm>'


def fill(colour: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'


def list_style(place: Placeholder) -> str:
    if not place.size:
        return "<a:lstStyle/>"
    bullets = ' marL="0" indent="0"' if place.plain else ""
    none = '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>' if place.plain else ""
    bold = int(place.bold)
    size = round(place.size * 100)
    style = f'<a:defRPr sz="{size}" b="{bold}">{fill(place.colour)}{FONT}</a:defRPr>'
    return f"<a:lstStyle><a:lvl1pPr{bullets}>{none}{style}</a:lvl1pPr></a:lstStyle>"


def shape(number: int, place: Placeholder, text: str) -> str:
    anchor = f' anchor="{place.anchor}"' if place.anchor else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{place.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {place.ph}/></p:nvPr></p:nvSpPr>"
        f'<p:spPr>{frame(place.at)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"{anchor}><a:noAutofit/></a:bodyPr>'
        f"{list_style(place)}{text}</p:txBody></p:sp>"
    )


def words(prompt: str) -> str:
    return f'<a:p><a:r><a:rPr lang="en-US"/><a:t>{prompt}</a:t></a:r></a:p>'


def slide_number() -> str:
    identity = "{7C5E2C57-6B3A-4F0B-9D0E-5A4B3C2D1E0F}"
    return f'<a:p><a:fld id="{identity}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld></a:p>'


FOOTER = Placeholder("Footer", 'type="ftr" sz="quarter" idx="11"', (0.6, 7.1, 8.0, 0.25), "", 10, "tx1", False, True)
NUMBER = Placeholder("Slide number", 'type="sldNum" sz="quarter" idx="12"', (11.73, 7.1, 1.0, 0.25), "")


def footers(first: int, colour: str = "tx1") -> str:
    aligned = (
        f'<a:lstStyle><a:lvl1pPr algn="r"><a:defRPr sz="1000">{fill(colour)}{FONT}</a:defRPr></a:lvl1pPr></a:lstStyle>'
    )
    number = shape(first + 1, NUMBER, slide_number()).replace("<a:lstStyle/>", aligned)
    return shape(first, FOOTER._replace(colour=colour), '<a:p><a:endParaRPr lang="en-US"/></a:p>') + number


def tree(shapes: str, name: str = "", background: str = "") -> str:
    named = f' name="{name}"' if name else ""
    return (
        f'<p:cSld{named}>{background}<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/>'
        '</p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>{shapes}</p:spTree></p:cSld>'
    )


def solid_background(colour: str) -> str:
    return f"<p:bg><p:bgPr>{fill(colour)}<a:effectLst/></p:bgPr></p:bg>"


def layout(name: str, kind: str, places: tuple[Placeholder, ...], design: Design) -> str:
    coloured = [p._replace(colour=design.on_cover) if p.colour == COVER else p for p in places]
    shapes = "".join(shape(number, place, words(place.prompt)) for number, place in enumerate(coloured, 2))
    cover = name == "Title slide"
    shapes += footers(len(places) + 2, design.on_cover if cover else "tx1")
    background = solid_background(design.cover) if cover else ""
    return (
        f'{XML}<p:sldLayout {NS} {kind} preserve="1">{tree(shapes, name, background)}'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def level(number: int) -> str:
    left, size = 0.25 * number, (20, 18, 16, 14, 14, 14, 14, 14, 14)[number - 1]
    return (
        f'<a:lvl{number}pPr marL="{emu(left)}" indent="-{emu(0.25)}" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" '
        'latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        '<a:spcBef><a:spcPts val="900"/></a:spcBef><a:buClr><a:schemeClr val="accent1"/></a:buClr>'
        '<a:buFont typeface="Arial"/><a:buChar char="•"/>'
        f'<a:defRPr sz="{size}00" kern="1200">{fill("tx1")}{FONT}</a:defRPr></a:lvl{number}pPr>'
    )


def other_level(number: int) -> str:
    return (
        f'<a:lvl{number}pPr marL="0" algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1">'
        f'<a:defRPr sz="1400" kern="1200">{fill("tx1")}{FONT}</a:defRPr></a:lvl{number}pPr>'
    )


def text_styles() -> str:
    title = (
        '<a:lvl1pPr algn="l" defTabSz="914400" rtl="0" eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:lnSpc>'
        '<a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPct val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="2800" b="1" kern="1200">{fill("tx2")}<a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/>'
        '<a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr>'
    )
    body = "".join(level(number) for number in range(1, 10))
    other = "".join(other_level(number) for number in range(1, 10))
    return (
        f"<p:txStyles><p:titleStyle>{title}</p:titleStyle><p:bodyStyle>{body}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles>"
    )


LIGHT, DARK = 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"', 'bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"'


def colour_map(dark: bool = False) -> str:
    same = " ".join(f'{name}="{name}"' for name in (*(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink"))
    return f"<p:clrMap {DARK if dark else LIGHT} {same}/>"


def master(design: Design) -> str:
    title = shape(2, TITLE._replace(anchor="ctr"), words("Title"))
    body = shape(3, BODY._replace(ph='type="body" idx="1"'), words("Content"))
    ids = "".join(f'<p:sldLayoutId id="{2147483649 + index}" r:id="rId{index + 1}"/>' for index in range(len(LAYOUTS)))
    background = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
    return (
        f"{XML}<p:sldMaster {NS}>{tree(title + body + footers(4), '', background)}{colour_map(design.dark)}"
        f"<p:sldLayoutIdLst>{ids}</p:sldLayoutIdLst>"
        f'<p:hf hdr="0" dt="0"/>{text_styles()}</p:sldMaster>'
    )


def notes_master() -> str:
    image = (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr>'
        f'<p:spPr>{frame((0.75, 0.7, 6.0, 3.375))}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:noFill/><a:ln w="9525"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill></a:ln></p:spPr></p:sp>'
    )
    body = shape(3, Placeholder("Notes", 'type="body" sz="quarter" idx="3"', (0.75, 4.3, 6.0, 5.0), ""), words("Notes"))
    styles = "".join(other_level(number).replace('sz="1400"', 'sz="1200"') for number in range(1, 10))
    background = '<p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
    return (
        f"{XML}<p:notesMaster {NS}>{tree(image + body, '', background)}{colour_map()}"
        f"<p:notesStyle>{styles}</p:notesStyle></p:notesMaster>"
    )


def scripts() -> str:
    return "".join(f'<a:font script="{script}" typeface="{font}"/>' for script, font in _THEMES["script_fonts"].items())


def theme(name: str, colours_by_name: dict[str, str]) -> str:
    colours = "".join(f'<a:{key}><a:srgbClr val="{value}"/></a:{key}>' for key, value in colours_by_name.items())
    font = f'<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>{scripts()}'
    flat = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>' * 3
    line = "".join(
        f'<a:ln w="{width}"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln>'
        for width in (6350, 12700, 19050)
    )
    effects = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'{XML}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="{name}">'
        "<a:themeElements>"
        f'<a:clrScheme name="{name}">{colours}</a:clrScheme><a:fontScheme name="{name}">'
        f"<a:majorFont>{font}</a:majorFont>"
        f'<a:minorFont>{font}</a:minorFont></a:fontScheme><a:fmtScheme name="{name}"><a:fillStyleLst>{flat}'
        f"</a:fillStyleLst><a:lnStyleLst>{line}</a:lnStyleLst><a:effectStyleLst>{effects}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{flat}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def presentation() -> str:
    return (
        f'{XML}<p:presentation {NS} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/>'
        '</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst/>'
        f'<p:sldSz cx="{emu(40 / 3)}" cy="{emu(7.5)}"/><p:notesSz cx="{emu(7.5)}" cy="{emu(10)}"/>'
        f"<p:defaultTextStyle>{''.join(other_level(number) for number in range(1, 10))}</p:defaultTextStyle>"
        "</p:presentation>"
    )


def relations(*pairs: tuple[str, str]) -> str:
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(pairs, 1)
    )
    return f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def content_types(parts: dict[str, str]) -> str:
    items = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{items}</Types>'
    )


def core_properties() -> str:
    return (
        f"{XML}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Lecture</dc:title></cp:coreProperties>'
    )


def parts(design: Design) -> dict[str, str]:
    """Every part of the template by its name in the package, in the order in which they are written."""
    properties = "application/vnd.openxmlformats-package.core-properties+xml"
    theme_type = "application/vnd.openxmlformats-officedocument.theme+xml"
    types = {"docProps/core.xml": properties, "ppt/presentation.xml": f"{TYPE}.presentation.main+xml"}
    types["ppt/slideMasters/slideMaster1.xml"] = f"{TYPE}.slideMaster+xml"
    types["ppt/notesMasters/notesMaster1.xml"] = f"{TYPE}.notesMaster+xml"
    types |= {"ppt/theme/theme1.xml": theme_type, "ppt/theme/theme2.xml": theme_type}
    types |= {f"ppt/slideLayouts/slideLayout{n}.xml": f"{TYPE}.slideLayout+xml" for n in range(1, len(LAYOUTS) + 1)}
    layouts = [(f"{REL}/slideLayout", f"../slideLayouts/slideLayout{n}.xml") for n in range(1, len(LAYOUTS) + 1)]
    package = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    made = {
        "[Content_Types].xml": content_types(types),
        "_rels/.rels": relations((f"{REL}/officeDocument", "ppt/presentation.xml"), (package, "docProps/core.xml")),
        "docProps/core.xml": core_properties(),
        "ppt/presentation.xml": presentation(),
        "ppt/_rels/presentation.xml.rels": relations(
            (f"{REL}/slideMaster", "slideMasters/slideMaster1.xml"),
            (f"{REL}/notesMaster", "notesMasters/notesMaster1.xml"),
            (f"{REL}/theme", "theme/theme1.xml"),
        ),
        "ppt/slideMasters/slideMaster1.xml": master(design),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": relations(*layouts, (f"{REL}/theme", "../theme/theme1.xml")),
        "ppt/notesMasters/notesMaster1.xml": notes_master(),
        "ppt/notesMasters/_rels/notesMaster1.xml.rels": relations((f"{REL}/theme", "../theme/theme2.xml")),
        "ppt/theme/theme1.xml": theme(design.name, design.colours),
        "ppt/theme/theme2.xml": theme(f"{design.name} notes", DESIGNS["lecture"].colours),
    }
    for number, (name, kind, places) in enumerate(LAYOUTS, 1):
        made[f"ppt/slideLayouts/slideLayout{number}.xml"] = layout(name, kind, places, design)
        made[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = relations(
            (f"{REL}/slideMaster", "../slideMasters/slideMaster1.xml")
        )
    return made


def main(folder: str) -> None:
    for name, design in DESIGNS.items():
        write(Path(folder) / f"{name}.pptx", design)


def write(out: Path, design: Design) -> None:
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts(design).items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text.encode("utf-8"))


if __name__ == "__main__":
    main(*sys.argv[1:])
