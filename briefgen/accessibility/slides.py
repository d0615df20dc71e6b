"""The slides of a presentation as they are read aloud: shapes in their order, with words, colours and descriptions."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from briefgen.accessibility.inheritance import Above, P, place_of, placeholder_of, run_properties
from briefgen.packages import opened, part, relations, slide_names
from briefgen.themes import A, Theme, colour_in, theme_of

Kind = Literal["title", "text", "note", "picture", "table", "object", "group", "line", "shape"]
_SHAPES = ("sp", "pic", "graphicFrame", "grpSp", "cxnSp")
_NOTES = ("dt", "ftr", "sldNum")
"""Placeholders at the foot, which are read last wherever they stand."""
_ALIGNED = {"ctr": 0.5, "r": 0.95}
"""Where in a box words begin or end, by how they are aligned; others stand at its left."""
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SECTION = "{http://schemas.microsoft.com/office/powerpoint/2010/main}section"


class Words(Struct, frozen=True):
    """A run of text: its language, its colour and what lies behind it ("" if that cannot be told), and its link."""

    text: str
    language: str
    colour: str
    behind: str
    link: str


class Shape(Struct, frozen=True):
    """A shape with the words in it. `place` is left, top, width and height in EMU; `described` its alternative text.

    `headed` says of a table whether its first row is a header. `members` are the shapes of a group.
    """

    name: str
    kind: Kind
    place: tuple[int, int, int, int] | None
    described: str
    decorative: bool
    words: tuple[Words, ...]
    headed: bool = True
    members: tuple["Shape", ...] = ()

    @property
    def text(self) -> str:
        return " ".join("".join(one.text for one in self.words).split())


class Slide(Struct, frozen=True):
    """A slide, counted from 1, with its shapes in the order in which they are read."""

    number: int
    shapes: tuple[Shape, ...]

    @property
    def title(self) -> str:
        return next((shape.text for shape in self.shapes if shape.kind == "title"), "")


class Deck(Struct, frozen=True):
    """The slides in order, and the names of the sections that they are in."""

    slides: tuple[Slide, ...]
    sections: tuple[str, ...]


def read_slides(path: Path) -> Deck:
    """What a presentation shows; raises one of `packages.UNREADABLE` where it is none."""
    with opened(path) as package:
        presentation = part(package, "ppt/presentation.xml")
        sections = tuple(one.get("name") or "" for one in presentation.iter(_SECTION))
        names = slide_names(package)
        slides = tuple(_slide(package, name, number, presentation) for number, name in enumerate(names, 1))
    return Deck(slides, sections)


def _slide(package: zipfile.ZipFile, name: str, number: int, presentation: Any) -> Slide:
    root = part(package, name)
    layout = _related(package, name, "slideLayout")
    master = _related(package, layout, "slideMaster")
    theme = theme_of(part(package, _related(package, master, "theme")), part(package, master), root)
    above = Above(part(package, layout), part(package, master), presentation, theme)
    links = {key: target for key, (kind, target) in relations(package, name).items() if kind == "hyperlink"}
    tree = root.find(f"{P}cSld/{P}spTree")
    behind = _drawn_above(above)
    ground = _ground(root, above)
    shapes = []
    for element in tree if tree is not None else ():
        if element.tag.removeprefix(P) in _SHAPES:
            shapes.append(_shape(element, above, links, behind, ground))
            _lay(element, above, behind)
    return Slide(number, tuple(shapes))


def _related(package: zipfile.ZipFile, name: str, kind: str) -> str:
    found = next((target for one, target in relations(package, name).values() if one == kind), None)
    if found is None:
        raise ValueError(f"{name} has no {kind}")
    return found


def _ground(slide: Any, above: Above) -> str:
    """The colour of a slide's background; "" where it is none, as for a picture."""
    for root in (slide, above.layout, above.master):
        found = root.find(f"{P}cSld/{P}bg")
        if found is not None:
            solid, reference = found.find(f"{P}bgPr/{A}solidFill"), found.find(f"{P}bgRef")
            return colour_in(solid if solid is not None else reference, above.theme)
    return above.theme.named("bg1")


def _drawn_above(above: Above) -> list[tuple[tuple[int, int, int, int], str]]:
    """What master and layout draw behind a slide, and in which colours; "" for groups, which hold many."""
    behind: list[tuple[tuple[int, int, int, int], str]] = []
    for root in (above.layout,) if above.layout.get("showMasterSp") in ("0", "false") else (above.master, above.layout):
        tree = root.find(f"{P}cSld/{P}spTree")
        for element in tree if tree is not None else ():
            if placeholder_of(element) is None:
                _lay(element, above, behind)
            place = place_of(element, above) if element.tag == f"{P}grpSp" else None
            behind += [(place, "")] if place else []
    return behind


def _lay(element: Any, above: Above, behind: list[tuple[tuple[int, int, int, int], str]]) -> None:
    """Notes what a shape covers, and with which colour, for those that come after it; "" where it has a free form."""
    for one in element.iter(f"{P}sp", f"{P}pic"):
        place, fill = place_of(one, above), _fill(one, above.theme)
        if place and fill is not None and element.tag != f"{P}grpSp":
            behind.append((place, "" if one.find(f"{P}spPr/{A}custGeom") is not None else fill))


def _fill(element: Any, theme: Theme) -> str | None:
    """The colour that a shape is filled with; "" for a picture or what cannot be told, none for no fill."""
    properties = element.find(f"{P}spPr")
    if element.tag == f"{P}pic":
        return ""
    if properties is None or properties.find(f"{A}noFill") is not None:
        return None
    solid = properties.find(f"{A}solidFill")
    if solid is not None:
        return colour_in(solid, theme)
    other = any(properties.find(f"{A}{name}") is not None for name in ("gradFill", "blipFill", "pattFill"))
    styled = element.find(f"{P}style/{A}fillRef")
    if styled is not None and styled.get("idx") not in (None, "0") and not other:
        return colour_in(styled, theme)
    return "" if other else None


def _shape(
    element: Any, above: Above, links: dict[str, str], behind: list[tuple[tuple[int, int, int, int], str]], ground: str
) -> Shape:
    named = element.find(f".//{P}cNvPr")
    place = place_of(element, above)
    own = _fill(element, above.theme)
    under = own if own is not None else _under(element, place, behind, ground)
    members: tuple[Shape, ...] = ()
    words: tuple[Words, ...] = ()
    if element.tag == f"{P}grpSp":
        children = [one for one in element if one.tag.removeprefix(P) in _SHAPES]
        members = tuple(_shape(one, above, links, [], "") for one in children)
    else:
        words = tuple(_words(element, above, links, under))
    table = element.find(f".//{A}tbl/{A}tblPr")
    return Shape(
        name=(named.get("name") if named is not None else "") or "",
        kind=_kind(element, bool("".join(one.text for one in words).strip())),
        place=place,
        described=((named.get("descr") if named is not None else "") or "").strip(),
        decorative=any(one.get("val") == "1" for one in element.iter() if str(one.tag).endswith("}decorative")),
        words=words,
        headed=table is None or table.get("firstRow") == "1",
        members=members,
    )


def _kind(element: Any, worded: bool) -> Kind:
    tag, placed = element.tag.removeprefix(P), placeholder_of(element)
    if placed and placed[0] in ("title", "ctrTitle"):
        return "title"
    if placed and placed[0] in _NOTES:
        return "note"
    if tag == "graphicFrame":
        return "table" if element.find(f".//{A}tbl") is not None else "object"
    if tag == "sp":
        return "text" if worded or placed else "shape"
    return "picture" if tag == "pic" else "group" if tag == "grpSp" else "line"


def _under(
    element: Any,
    place: tuple[int, int, int, int] | None,
    behind: list[tuple[tuple[int, int, int, int], str]],
    ground: str,
) -> str:
    """The colour of what lies under the words of a shape; "" where a shape's place is unknown."""
    if place is None:
        return ""
    first = element.find(f".//{A}p/{A}pPr")
    share = _ALIGNED.get((first.get("algn") if first is not None else None) or "l", 0.05)
    x, y = place[0] + place[2] * share, place[1] + place[3] / 2
    over = (
        colour
        for (left, top, width, height), colour in reversed(behind)
        if left <= x <= left + width and top <= y <= top + height
    )
    return next(over, ground)


def _words(element: Any, above: Above, links: dict[str, str], under: str) -> Iterator[Words]:
    """The runs of a shape; those of different paragraphs and cells with a space between."""
    for paragraph in element.iter(f"{A}p"):
        cell = next(paragraph.iterancestors(f"{A}tc"), None)
        filled = cell.find(f"{A}tcPr/{A}solidFill") if cell is not None else None
        ground = under if cell is None else colour_in(filled, above.theme)
        for run in paragraph.iterchildren(f"{A}r", f"{A}fld"):
            properties = list(run_properties(run, paragraph, element, above))
            linked = run.find(f"{A}rPr/{A}hlinkClick")
            yield Words(
                text=run.findtext(f"{A}t") or "",
                language=next((one.get("lang") for one in properties if one.get("lang")), ""),
                colour=_colour(element, properties, linked is not None, cell is not None, above.theme),
                behind=ground,
                link=links.get(linked.get(_LINK) or "", "") if linked is not None else "",
            )
        yield Words(" ", "", "", "", "")


def _colour(element: Any, properties: list[Any], linked: bool, in_cell: bool, theme: Theme) -> str:
    """The colour of a run; "" where a table's style gives it, or it cannot be told."""
    own = properties[0].find(f"{A}solidFill") if properties and properties[0].tag == f"{A}rPr" else None
    if own is not None:
        return colour_in(own, theme)
    if linked:
        return theme.named("hlink")
    if in_cell:
        return ""
    styled = element.find(f"{P}style/{A}fontRef")
    if styled is not None and len(styled):
        return colour_in(styled, theme)
    for one in properties:
        if one.find(f"{A}solidFill") is not None:
            return colour_in(one.find(f"{A}solidFill"), theme)
    return theme.named("tx1")
