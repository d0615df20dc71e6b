"""Make the reference documents of the handout, for Word and OpenDocument, from one list of styles, with fixed dates.

Usage: python tools/make_reference.py FOLDER
"""

import re
import sys
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import yaml

HERE = Path(__file__).parent
FONT = "Calibri"
ACCENT, RULE = "1E5288", "C3CAD6"
WIDTH, HEIGHT, SIDE, TOP, FOOT = 11906, 16838, 964, 1134, 1020
"""A4 and its margins, in twentieths of a point."""
HEADER = 510
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PARTS = ("styles", "settings", "header1", "footer1", "footnotes", "fontTable")

Style = dict[str, Any]
Parts = dict[str, str]


def listed() -> tuple[list[Style], list[Style]]:
    """The styles of paragraphs and of characters."""
    found = yaml.safe_load((HERE / "reference_styles.yaml").read_text("utf-8"))
    return found["paragraphs"], found["characters"]


# Word ----------------------------------------------------------------------------------------------------------------


def word_id(name: str) -> str:
    """The identity of a style, made of its name as Word does."""
    capital = name if name[:1].isupper() else name.title()
    return re.sub(r"[^A-Za-z0-9]", "", capital)


def word_text(style: Style) -> str:
    """The run properties of a style, in the order of the schema."""
    size = round(style.get("size", 0) * 2)
    parts = (
        "<w:b/><w:bCs/>" if style.get("bold") else "",
        "<w:i/><w:iCs/>" if style.get("italic") else "",
        f'<w:color w:val="{style["colour"]}"/>' if "colour" in style else "",
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "",
        '<w:u w:val="single"/>' if style.get("underline") else "",
        '<w:vertAlign w:val="superscript"/>' if style.get("raised") else "",
    )
    return f"<w:rPr>{inside}</w:rPr>" if (inside := "".join(parts)) else ""


def word_borders(style: Style) -> str:
    """The borders of a paragraph: of a box, at its side, below it, between it and its like."""
    sides: dict[str, tuple[str, int, int, str]] = {}
    if "ground" in style:
        sides = dict.fromkeys(("top", "left", "bottom", "right"), ("single", 4, 4, style["ground"]))
    if "box" in style:
        sides = dict.fromkeys(("top", "left", "bottom", "right"), ("dashed", 4, 4, style["box"]))
    if "aside" in style:
        sides["left"] = ("single", 18, 6, style["aside"])
    if "under" in style:
        sides["bottom"] = ("single", 8, 1, style["under"])
    if "rule" in style:
        sides = dict.fromkeys(("bottom", "between"), ("single", 4, 1, style["rule"]))
    lines = "".join(
        f'<w:{side} w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'
        for side, (kind, size, space, colour) in sides.items()
    )
    return f"<w:pBdr>{lines}</w:pBdr>" if lines else ""


def word_paragraph(style: Style) -> str:
    """The paragraph properties of a style, in the order of the schema."""
    twips = {key: round(style.get(key, 0) * 20) for key in ("before", "after", "indent", "hanging")}
    spaced = any(key in style for key in ("before", "after", "line"))
    line = f' w:line="{round(style["line"] * 240)}" w:lineRule="auto"' if "line" in style else ""
    edge = ' w:right="120"' if "box" in style or "ground" in style else ""
    left = twips["indent"] or (120 if "ground" in style else 0)
    hanging = f' w:hanging="{twips["hanging"]}"' if twips["hanging"] else ""
    ground = style.get("ground") or style.get("tint")
    parts = (
        "" if "keep" not in style else "<w:keepNext/>" if style["keep"] else '<w:keepNext w:val="0"/>',
        "<w:keepLines/>" if style.get("keep") else "",
        word_borders(style),
        f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else "",
        f'<w:spacing w:before="{twips["before"]}" w:after="{twips["after"]}"{line}/>' if spaced else "",
        f'<w:ind w:left="{left}"{edge}{hanging}/>' if left else "",
        f'<w:outlineLvl w:val="{style["level"] - 1}"/>' if "level" in style else "",
    )
    return f"<w:pPr>{inside}</w:pPr>" if (inside := "".join(parts)) else ""


def word_style(kind: str, style: Style) -> str:
    """One style of Word."""
    name = style["name"]
    default = ' w:default="1"' if name == "Normal" else ""
    base = style.get("base") or ("Default Paragraph Font" if kind == "character" else "")
    based = f'<w:basedOn w:val="{word_id(base)}"/>' if base else ""
    following = f'<w:next w:val="{word_id(style["next"])}"/>' if "next" in style else ""
    paragraph = word_paragraph(style) if kind == "paragraph" else ""
    head = f'<w:style w:type="{kind}"{default} w:styleId="{word_id(name)}"><w:name w:val={quoteattr(name)}/>'
    return f"{head}{based}{following}<w:qFormat/>{paragraph}{word_text(style)}</w:style>"


def word_table() -> str:
    """The style of tables: lines between rows, and a head in the accent colour."""
    line = f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    inner = f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    margins = "".join(f'<w:{side} w:w="{at}" w:type="dxa"/>' for side, at in _CELL)
    head = (
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF"/></w:rPr><w:tcPr>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{ACCENT}"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr>'
    )
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="Table"><w:name w:val="Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{line}{inner}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"{head}</w:style>"
    )


_CELL = (("top", 40), ("left", 100), ("bottom", 40), ("right", 100))


def word_styles() -> str:
    """word/styles.xml"""
    paragraphs, characters = listed()
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    default = (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
    )
    return (
        f'{XML}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        "</w:docDefaults>"
        + default
        + "".join(word_style("paragraph", style) for style in paragraphs)
        + "".join(word_style("character", style) for style in characters)
        + f"{word_table()}</w:styles>"
    )


def word_field(code: str, shown: str) -> str:
    """A field that word processors fill in."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>{shown}</w:t></w:r></w:fldSimple>'


def word_parts() -> Parts:
    """The parts of the reference document for Word, by name."""
    page = (
        f'<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        f'<w:pgSz w:w="{WIDTH}" w:h="{HEIGHT}"/><w:pgMar w:top="{TOP}" w:right="{SIDE}" w:bottom="{FOOT}" '
        f'w:left="{SIDE}" w:header="{HEADER}" w:footer="{HEADER}" w:gutter="0"/></w:sectPr>'
    )
    names = [(f"word/{part}.xml", re.sub(r"\d", "", part)) for part in PARTS]
    listed_types = "".join(
        f'<Override PartName="/{name}" ContentType="{TYPE}.{kind}+xml"/>'
        for name, kind in [*names, ("word/document.xml", "document.main")]
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{REL}/{kind}" Target="{name[5:]}"/>'
        for number, (name, kind) in enumerate(names, 1)
    )
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/'
    pages = f'{word_field("PAGE", "1")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{word_field("NUMPAGES", "1")}'
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:{kind}/>'
        f"</w:r></w:p></w:footnote>"
        for at, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    return {
        "[Content_Types].xml": f'{XML}<Types {package}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed_types}</Types>',
        "_rels/.rels": f'{XML}<Relationships {package}relationships"><Relationship Id="rId1" '
        f'Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'{XML}<Relationships {package}relationships">{relations}</Relationships>',
        "word/document.xml": f"{XML}<w:document {W} {R}><w:body><w:p/>{page}</w:body></w:document>",
        "word/styles.xml": word_styles(),
        "word/settings.xml": f'{XML}<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        "</w:settings>",
        "word/header1.xml": f'{XML}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
        f"{word_field('TITLE', '')}</w:p></w:hdr>",
        "word/footer1.xml": f'{XML}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="end"/>'
        f"</w:pPr>{pages}</w:p></w:ftr>",
        "word/footnotes.xml": f"{XML}<w:footnotes {W}>{lines}</w:footnotes>",
        "word/fontTable.xml": f'{XML}<w:fonts {W}><w:font w:name="{FONT}"><w:altName w:val="Carlito"/>'
        f"</w:font></w:fonts>",
    }


# OpenDocument --------------------------------------------------------------------------------------------------------

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = " ".join(
    [f'xmlns:{short}="{ODF}{short}:1.0"' for short in ("office", "style", "text", "table", "meta", "manifest")]
    + [f'xmlns:{short}="{ODF}{long}-compatible:1.0"' for short, long in (("fo", "xsl-fo"), ("svg", "svg"))]
)


def odt_id(name: str) -> str:
    """A name as OpenDocument writes it: what is neither letter nor digit as its code."""
    return re.sub(r"[^A-Za-z0-9_.-]", lambda sign: f"_{ord(sign[0]):x}_", name)


def odt_text(style: Style) -> str:
    """The text properties of a style."""
    colour = style.get("odt_colour") or style.get("colour")
    kinds = ("", "-asian", "-complex")
    said = [f'fo:color="#{colour}"'] if colour else []
    for kind in kinds:
        space = "fo" if not kind else "style"
        said += [f'{space}:font-size{kind}="{style["size"]}pt"'] if "size" in style else []
        said += [f'{space}:font-weight{kind}="bold"'] if style.get("bold") else []
        said += [f'{space}:font-style{kind}="italic"'] if style.get("italic") else []
    if style.get("underline"):
        said += [
            'style:text-underline-style="solid"',
            'style:text-underline-width="auto"',
            'style:text-underline-color="font-color"',
        ]
    said += ['style:text-position="super 62%"'] if style.get("raised") else []
    return f"<style:text-properties {' '.join(said)}/>" if said else ""


def odt_borders(style: Style) -> list[str]:
    """The borders of a paragraph, and how far they are from it."""
    if "ground" in style:
        return [f'fo:border="0.5pt solid #{style["ground"]}"', 'fo:padding="4pt"']
    if "box" in style:
        return [f'fo:border="0.5pt dashed #{style["box"]}"', 'fo:padding="4pt"']
    if "aside" in style:
        return [f'fo:border-left="2.25pt solid #{style["aside"]}"', 'fo:padding-left="6pt"']
    if "under" in style:
        return [f'fo:border-bottom="1pt solid #{style["under"]}"', 'fo:padding-bottom="1pt"']
    if "rule" in style:
        return [f'fo:border-bottom="0.5pt solid #{style["rule"]}"', 'style:join-border="false"']
    return []


def odt_paragraph(style: Style) -> str:
    """The paragraph properties of a style."""
    said = odt_borders(style)
    said += [
        f'fo:margin-{side}="{style[key]}pt"' for key, side in (("before", "top"), ("after", "bottom")) if key in style
    ]
    bordered = any(key in style for key in ("ground", "box", "aside"))
    said += [f'fo:margin-left="{style["indent"]}pt"'] if "indent" in style and not bordered else []
    said += [f'fo:text-indent="-{style["hanging"]}pt"'] if "hanging" in style else []
    said += [f'fo:line-height="{style["line"]:.0%}"'] if "line" in style else []
    said += ['fo:keep-with-next="always"', 'fo:keep-together="always"'] if style.get("keep") else []
    said += ['fo:keep-with-next="auto"'] if style.get("keep") is False else []
    ground = style.get("ground") or style.get("tint")
    said += [f'fo:background-color="#{ground}"'] if ground else []
    return f"<style:paragraph-properties {' '.join(said)}/>" if said else ""


def odt_style(family: str, style: Style, names: dict[str, str]) -> str:
    """One style of OpenDocument."""
    name = names[style["name"]]
    parent = f' style:parent-style-name="{odt_id(names[style["base"]])}"' if "base" in style else ""
    following = f' style:next-style-name="{odt_id(names[style["next"]])}"' if "next" in style else ""
    level = f' style:default-outline-level="{style["level"]}"' if "level" in style else ""
    shown = f'style:name="{odt_id(name)}" style:display-name={quoteattr(name)} style:family="{family}"'
    paragraph = odt_paragraph(style) if family == "paragraph" else ""
    return f"<style:style {shown}{parent}{following}{level}>{paragraph}{odt_text(style)}</style:style>"


def odt_page() -> str:
    """The page with its header and footer."""

    def points(twips: int) -> str:
        return f"{twips / 20:g}pt"

    edge = " ".join(
        f'fo:margin-{side}="{points(at)}"'
        for side, at in (("top", HEADER), ("bottom", HEADER), ("left", SIDE), ("right", SIDE))
    )
    size = f'fo:page-width="{points(WIDTH)}" fo:page-height="{points(HEIGHT)}"'
    head, foot = points(TOP - HEADER), points(FOOT - HEADER)
    return (
        '<office:automatic-styles><style:style style:name="PageNumber" style:family="paragraph" '
        'style:parent-style-name="Footer">'
        '<style:paragraph-properties fo:text-align="end"/></style:style><style:page-layout style:name="Page">'
        f'<style:page-layout-properties {size} {edge} style:print-orientation="portrait" style:writing-mode="lr-tb">'
        f'<style:footnote-sep style:width="0.5pt" style:color="#{RULE}" style:rel-width="25%" style:adjustment="left" '
        'style:distance-before-sep="4pt" style:distance-after-sep="3pt" style:line-style="solid"/>'
        "</style:page-layout-properties>"
        f'<style:header-style><style:header-footer-properties fo:min-height="{head}" fo:margin-bottom="10pt"/>'
        f"</style:header-style>"
        f'<style:footer-style><style:header-footer-properties fo:min-height="{foot}" fo:margin-top="6pt"/>'
        f"</style:footer-style>"
        '</style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Standard" '
        'style:page-layout-name="Page"><style:header><text:p text:style-name="Header"><text:title/></text:p>'
        "</style:header>"
        '<style:footer><text:p text:style-name="PageNumber"><text:page-number '
        'text:select-page="current">1</text:page-number>'
        " / <text:page-count>1</text:page-count></text:p></style:footer></style:master-page></office:master-styles>"
    )


def odt_styles() -> str:
    """styles.xml of OpenDocument"""
    paragraphs, characters = listed()
    names = {style["name"]: style.get("odt", style["name"]) for style in (*paragraphs, *characters)}
    fonts = " ".join(f'style:font-name{kind}="{FONT}"' for kind in ("", "-asian", "-complex"))
    language = 'fo:language="en" fo:country="US"'
    return (
        f'{XML}<office:document-styles {NAMESPACES} office:version="1.3"><office:font-face-decls><style:font-face '
        f'style:name="{FONT}" svg:font-family="{FONT}, Carlito"/></office:font-face-decls><office:styles>'
        '<style:default-style style:family="paragraph"><style:paragraph-properties style:writing-mode="page" '
        f'fo:orphans="2" fo:widows="2"/><style:text-properties {fonts} fo:font-size="10.5pt" {language}/>'
        f"</style:default-style>"
        '<style:default-style style:family="table-row"><style:table-row-properties fo:keep-together="auto"/>'
        "</style:default-style>"
        + "".join(odt_style("paragraph", style, names) for style in paragraphs)
        + "".join(odt_style("text", style, names) for style in characters)
        + '<style:style style:name="Bullet_20_Symbols" style:family="text"/>'
        '<style:style style:name="Numbering_20_Symbols" style:family="text"/>'
        '<style:style style:name="Footnote_20_Symbol" style:family="text">'
        '<style:text-properties style:text-position="super 62%"/></style:style>'
        '<text:notes-configuration text:note-class="footnote" text:citation-style-name="Footnote_20_Symbol" '
        'text:citation-body-style-name="Footnote_20_anchor" style:num-format="1" text:start-value="0" '
        'text:footnotes-position="page" text:start-numbering-at="document"/></office:styles>'
        f"{odt_page()}</office:document-styles>"
    )


def odt_parts() -> Parts:
    """The parts of the reference document for OpenDocument, by name."""
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml")
    )
    media = "application/vnd.oasis.opendocument.text"
    return {
        "mimetype": media,
        "META-INF/manifest.xml": f'{XML}<manifest:manifest {NAMESPACES} manifest:version="1.3"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{media}"/>{files}</manifest:manifest>',
        "content.xml": f'{XML}<office:document-content {NAMESPACES} office:version="1.3"><office:body>'
        f"<office:text><text:p/>"
        "</office:text></office:body></office:document-content>",
        "styles.xml": odt_styles(),
    }


def write(path: Path, parts: Parts) -> None:
    """The parts as a package, in their order, each dated 1980."""
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, text)


def main(folder: Path) -> None:
    """Writes both documents into `folder`."""
    write(folder / "reference.docx", word_parts())
    write(folder / "reference.odt", odt_parts())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
