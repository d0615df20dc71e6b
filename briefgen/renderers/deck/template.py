"""Templates: any presentation, opened and looked at, so that slides can be planned for it and written into it."""

import zipfile
from collections.abc import Iterator, Mapping
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree
from msgspec import Struct
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.package import Part
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from briefgen.problems import Location, Problem, error, warning
from briefgen.renderers import LECTURE, TEMPLATES
from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.fonts import CALIBRI, is_measured
from briefgen.renderers.deck.grid import clear, grid
from briefgen.renderers.deck.ground import behind, drawings, is_busy
from briefgen.renderers.deck.layouts import TOLD, Layout, Matched, matched
from briefgen.renderers.deck.look import HEIGHT, Look
from briefgen.renderers.deck.palette import READABLE, palette
from briefgen.renderers.deck.placeholders import EMU, A, P, places
from briefgen.renderers.deck.shapes import Colour, Rect, Role
from briefgen.renderers.deck.styles import Style, style_of
from briefgen.themes import Theme, contrast, theme_of
from briefgen.userfiles import read_bytes

LARGEST_PART = 50_000_000
LARGEST = 300_000_000
"""Bytes of a template's parts, and of all together, unpacked; a larger one is refused."""
OLE = b"\xd0\xcf\x11\xe0"
"""What a file of the older kind begins with, and one that a password locks (MS-CFB, 2.2)."""
MALFORMED = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    RuntimeError,
    AssertionError,
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    etree.LxmlError,
    ArithmeticError,
)
"""What a package that is damaged, or none, makes its readers raise: `zipfile`, lxml and python-pptx."""
MACROS = "vbaProject"
UNUSED_LISTS = (f"{P}custShowLst", f"{P}extLst")
"""Lists of a presentation that name its slides."""


class Template(Struct, frozen=True):
    """An opened template: its presentation part, a layout for each role, what it decides for the plan.

    `scale` is the true length of what is planned as 1. `inks` has, by role and use, the colour of words whose
    placeholder has one that cannot be read. Each one opened is for one deck.
    """

    presentation: PresentationPart
    layouts: Mapping[Role, Matched]
    notes_master: Part
    look: Look
    theme: Theme
    scale: float
    inks: Mapping[Role, Mapping[str, Colour]]


class UnusableError(Exception):
    """Why a file is no template: what was found, and what to do."""

    def __init__(self, found: str, hint: str) -> None:
        super().__init__(found)
        self.hint = hint


def builtin(name: str = LECTURE) -> bytes:
    """A built-in template."""
    return (files("briefgen.renderers.deck") / "templates" / f"{name}.pptx").read_bytes()


def template(name: str) -> tuple[Template, tuple[Problem, ...]]:
    """The template that an outline names: built in, or the path of a file; and what is not as a user may expect.

    Where a file cannot be used, that is an error, and the first of the built-in ones takes its place.
    """
    if name in TEMPLATES:
        return opened(builtin(name))[0], ()
    where = Location(name)
    try:
        data = read_bytes(Path(name))
        _guard(data)
        made, found = opened(data)
    except UnusableError as reason:
        return opened(builtin())[0], (error(f"no template: {reason}", reason.hint, where),)
    except MALFORMED as reason:
        told = getattr(reason, "strerror", None) or "it cannot be read as a presentation"
        hint = "open it in PowerPoint or LibreOffice and save it anew as .pptx or .potx"
        return opened(builtin())[0], (error(f"no template: {told}", hint, where),)
    return made, tuple(warning(message, hint, where) for message, hint in found)


def _guard(data: bytes) -> None:
    """Whether the file can be a template; nothing is unpacked to tell it."""
    if data.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        found = "it is locked by a password" if locked else "it is a presentation of the older kind (.ppt, .pot)"
        hint = "save a copy without a password" if locked else "save it as .pptx or .potx"
        raise UnusableError(found, hint)
    accepted = "accepted: .pptx or .potx files"
    if not zipfile.is_zipfile(BytesIO(data)):
        raise UnusableError("it is no presentation", accepted)
    sizes = [entry.file_size for entry in zipfile.ZipFile(BytesIO(data)).infolist()]
    if sum(sizes) > LARGEST or max(sizes, default=0) > LARGEST_PART:
        hint = f"accepted: {LARGEST:,} bytes at most"
        raise UnusableError(f"its parts would take {sum(sizes):,} bytes unpacked", hint)
    names = zipfile.ZipFile(BytesIO(data)).namelist()
    if "[Content_Types].xml" not in names:
        raise UnusableError("it is a zip file, and no presentation", accepted)


def opened(data: bytes) -> tuple[Template, tuple[tuple[str, str], ...]]:
    """A template ready to take slides, and what about it a user should know, each with a hint.

    Slides that it has itself are left out, as are macros, which a .pptx may not have. Raises `UnusableError`, or one of
    `MALFORMED`.
    """
    part = Package.open(BytesIO(data)).main_document_part
    if not isinstance(part, PresentationPart):
        raise UnusableError("it is a document of another kind", "accepted: .pptx or .potx files")
    told = list(_emptied(part))
    masters = list(part.presentation.slide_masters)
    layouts = [(number, one.part) for number, master in enumerate(masters) for one in master.slide_layouts]
    if not layouts:
        raise UnusableError("it has no layouts", "add some to its slide master, or name another template")
    width, height = (int(part.presentation.slide_width or 0), int(part.presentation.slide_height or 0))
    if min(width, height) < EMU:
        raise UnusableError("its slides have no size", "give them one: Design, Slide Size")
    scale = height / EMU / HEIGHT
    found = matched([_layout(number, one, scale) for number, one in layouts], width / EMU / scale * HEIGHT)
    told += _substituted(found)
    look, theme, fonts = _look(found, width / EMU / scale, scale)
    told += fonts
    inks = {} if look.grid.own else {role: _inks(role, one, look, scale, theme) for role, one in found.items()}
    return Template(part, found, part.notes_master_part, look, theme, scale, inks), tuple(told)


def _emptied(part: PresentationPart) -> Iterator[tuple[str, str]]:
    """Takes the slides out of a presentation, and what names them; says what of its own is left out."""
    slides = part.presentation.slides._sldIdLst
    count = len(slides)
    for slide in list(slides):
        part.rels.pop(slide.rId)
        slides.remove(slide)
    for name in UNUSED_LISTS:
        for one in part._element.findall(name):
            part._element.remove(one)
    macros = [key for key, relation in part.rels.items() if relation.reltype.endswith(MACROS)]
    for key in macros:
        part.rels.pop(key)
    part._content_type = CONTENT_TYPE.PML_PRESENTATION_MAIN
    if count:
        yield f"the template's own slides, {count}, are left out", "only its layouts and masters are used"
    if macros:
        yield "the template's macros are left out", "a .pptx may not have any"


def _layout(number: int, part: Any, scale: float) -> Layout:
    element, master = part._element, part.slide_layout.slide_master.part
    name, stand = element.find(f"{P}cSld").get("name", ""), places(element, master._element, scale)
    body = max((place.at for place in stand if place.is_body), key=lambda at: at.w * at.h, default=None)
    free = clear(body, [at for at, _ in drawings(part, master, scale)]) if body else Rect(0.0, 0.0, 0.0, 0.0)
    busy = bool(body) and is_busy(free, part, master, scale)
    return Layout(part, number, name, element.get("type", ""), stand, free.w * free.h, busy)


def _substituted(found: Mapping[Role, Matched]) -> Iterator[tuple[str, str]]:
    """What the template has no layout or placeholder for, and what is used in its place."""
    stands_in: dict[str, list[str]] = {}
    for role, one in found.items():
        if one.instead:
            stands_in.setdefault(one.layout.name, []).append(TOLD[role])
    for layout, roles in stands_in.items():
        yield f"the template has no layout for {' and '.join(roles)}: {layout!r} is used in its place", ""
    uses = found["content"].uses
    lacking = [told for use, told in (("footer", "footer"), ("number", "slide number")) if use not in uses]
    if lacking:
        message = f"the layout {found['content'].layout.name!r} has no place for {' and '.join(lacking)}"
        yield f"{message}: a text box takes it", ""
    if "title" not in uses:
        yield f"the layout {found['content'].layout.name!r} has no title: one is set at the top", ""


def _look(found: Mapping[Role, Matched], width: float, scale: float) -> tuple[Look, Theme, list[tuple[str, str]]]:
    layout = found["content"].layout.part
    master = layout.slide_layout.slide_master.part
    relation = next(one for one in master.rels.values() if one.reltype.endswith("/theme"))
    root = etree.fromstring(relation.target_part.blob)
    theme = theme_of(root, master._element, layout._element)
    front = found["title"].layout.part
    drawn = [at for at, _ in drawings(layout, master, scale)]
    on_front = [at for at, _ in drawings(front, front.slide_layout.slide_master.part, scale)]
    made = grid(found, width, drawn, on_front)
    title = found["content"].uses.get("title")
    style = style_of(title, master._element, theme) if title else Style()
    veiled = is_busy(made.body, layout, master, scale)
    ground = _sheet(theme, style) if veiled else behind(made.body, layout, master, scale, theme)
    text, heading = _face(root, "minorFont"), _title_face(root, style)
    unknown = sorted({face.family for face in (text, heading) if not is_measured(face.family)})
    told = [
        (
            f"the widths of the template's font {name!r} are not known: text is set with room to spare",
            "look through the slides, or take a font that is common",
        )
        for name in unknown
    ]
    return Look(made, palette(theme, ground), text, heading, veiled), theme, told


def _inks(role: Role, found: Matched, look: Look, scale: float, theme: Theme) -> dict[str, Colour]:
    """A colour for the words of each placeholder whose own cannot be read on what the template has behind it."""
    layout = found.layout.part
    master = layout.slide_layout.slide_master.part
    inks: dict[str, Colour] = {}
    for use, place in found.uses.items():
        own = style_of(place, master._element, theme).ink or theme.named("tx1") or "000000"
        sheet = look.veiled and role != "title" and use not in ("footer", "number")
        ground = theme.named(look.palette.ground.scheme) if sheet else ""
        ground = ground or behind(place.at, layout, master, scale, theme)
        if contrast(own, ground) < READABLE:
            names = [name for name in ("tx1", "bg1") if theme.named(name)]
            best = max(names, key=lambda name: contrast(theme.named(name), ground), default="tx1")
            inks[use] = Colour(best)
    return inks


def _sheet(theme: Theme, title: Style) -> str:
    """The colour of a sheet behind text: of the theme's grounds that on which its titles are read best."""
    grounds = [theme.named(name) for name in ("bg1", "tx1") if theme.named(name)]
    ink = title.ink or theme.named("tx1") or "000000"
    return max(grounds, key=lambda ground: contrast(ink, ground), default="FFFFFF")


def _face(theme: Any, which: str, caps: bool = False) -> Face:
    found = theme.find(f".//{A}{which}/{A}latin")
    family = found.get("typeface") if found is not None else ""
    return Face(family or CALIBRI, caps)


def _title_face(theme: Any, style: Style) -> Face:
    """The face of titles: the family that their placeholder has, else the theme's for headings."""
    if not style.family or style.family.startswith("+"):
        return _face(theme, "minorFont" if style.family == "+mn-lt" else "majorFont", style.caps)
    return Face(style.family, style.caps)
