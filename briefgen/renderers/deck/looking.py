"""What a presentation decides for slides that are planned for it, found by looking at its masters and layouts."""

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from briefgen.renderers.deck.emptying import MACROS, emptied
from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.fonts import CALIBRI, is_measured
from briefgen.renderers.deck.grid import clear, grid
from briefgen.renderers.deck.ground import Ground, drawings
from briefgen.renderers.deck.layouts import TOLD, Layout, Matched, matched
from briefgen.renderers.deck.look import HEIGHT, Look
from briefgen.renderers.deck.opening import opened, tree
from briefgen.renderers.deck.package import PRESENTATION, TYPES_NAME, Package
from briefgen.renderers.deck.palette import READABLE, palette
from briefgen.renderers.deck.placeholders import EMU, A, P, places
from briefgen.renderers.deck.shapes import Colour, Rect, Role
from briefgen.renderers.deck.sheets import Sheet, layouts_of, masters_of
from briefgen.renderers.deck.styles import Style, style_of
from briefgen.renderers.deck.template import Served, Template, UnusableError
from briefgen.themes import Theme, contrast, theme_of

LARGEST_PART = 50_000_000
LARGEST = 300_000_000
"""Bytes of a template's parts, and of all together, unpacked; a larger one is refused."""
OLE = b"\xd0\xcf\x11\xe0"
"""What a file of the older kind begins with, and one that a password locks (MS-CFB, 2.2)."""
KINDS = tuple(
    f"{family}.{kind}.{main}"
    for family, main in ((PRESENTATION, "main+xml"), ("application/vnd.ms-powerpoint", "macroEnabled.main+xml"))
    for kind in ("presentation", "template", "slideshow")
)
"""The content types of the main part of a presentation, of a template and of a show, without macros and with them."""
ACCEPTED = "accepted: .pptx or .potx files"
STRICT = "{http://purl.oclc.org/ooxml/"
"""What the names of elements begin with in a Strict document (ISO/IEC 29500-1)."""


def looked_at(data: bytes) -> tuple[Template, tuple[tuple[str, str], ...]]:
    """A template ready to take slides, and what about it a user should know, each with a hint.

    Raises `UnusableError`, or one of `opening.MALFORMED`.
    """
    _guard(data)
    package = opened(data)
    if package.presentation.content_type not in KINDS:
        raise UnusableError("it is a document of another kind", ACCEPTED)
    root = tree(package.presentation.data)
    if root.tag.startswith(STRICT):
        raise UnusableError("it is a Strict Open XML presentation", "save it as an ordinary .pptx or .potx")
    told = list(_left_out(package, root))
    masters = enumerate(masters_of(package, root))
    sheets = [(number, sheet) for number, master in masters for sheet in layouts_of(package, master)]
    if not sheets:
        raise UnusableError("it has no layouts", "add some to its slide master, or name another template")
    across, height = _size(root)
    scale = height / HEIGHT
    width = across / scale
    found = matched([_layout(number, sheet, scale, width) for number, sheet in sheets], width * HEIGHT)
    told += _substituted(found)
    look, theme, fonts = _look(found, width, scale)
    told += fonts
    served = {role: _served(role, one, look, scale, theme) for role, one in found.items()}
    return Template(*emptied(package, root), served, look, theme, scale), tuple(told)


def _left_out(package: Package, root: Any) -> Iterator[tuple[str, str]]:
    """What of its own a presentation cannot keep."""
    count = sum(1 for _ in root.iterfind(f"{P}sldIdLst/{P}sldId"))
    if count:
        yield f"the template's own slides, {count}, are left out", "only its layouts and masters are used"
    if any(one.last == MACROS for one in package.presentation.relations):
        yield "the template's macros are left out", "a .pptx may not have any"


def _size(root: Any) -> tuple[float, float]:
    """The width and height of slides in inches."""
    size = root.find(f"{P}sldSz")
    width, height = (int(size.get(key) or 0) if size is not None else 0 for key in ("cx", "cy"))
    if min(width, height) < EMU:
        raise UnusableError("its slides have no size", "give them one: Design, Slide Size")
    return width / EMU, height / EMU


def _served(role: Role, found: Matched, look: Look, scale: float, theme: Theme) -> Served:
    sheet = found.layout.sheet
    ground = Ground(sheet, scale, look.grid.width, theme)
    return Served(
        part=sheet.name,
        name=found.layout.name,
        attributes={use: place.attributes for use, place in found.uses.items()},
        styles={use: style_of(place, sheet.master.root, theme) for use, place in found.uses.items()},
        inks={} if look.grid.own else _inks(role, found, look, ground),
        ground=ground.behind(Rect(0.0, 0.0, look.grid.width, HEIGHT)),
    )


def _guard(data: bytes) -> None:
    """Whether the file can be a template; nothing is unpacked to tell it."""
    if data.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        found = "it is locked by a password" if locked else "it is a presentation of the older kind (.ppt, .pot)"
        hint = "save a copy without a password" if locked else "save it as .pptx or .potx"
        raise UnusableError(found, hint)
    if not zipfile.is_zipfile(BytesIO(data)):
        raise UnusableError("it is no presentation", ACCEPTED)
    entries = zipfile.ZipFile(BytesIO(data)).infolist()
    sizes = [entry.file_size for entry in entries]
    if sum(sizes) > LARGEST or max(sizes, default=0) > LARGEST_PART:
        hint = f"accepted: {LARGEST:,} bytes at most"
        raise UnusableError(f"its parts would take {sum(sizes):,} bytes unpacked", hint)
    if TYPES_NAME.lower() not in (entry.filename.lower() for entry in entries):
        raise UnusableError("it is a zip file, and no presentation", ACCEPTED)


def _layout(number: int, sheet: Sheet, scale: float, width: float) -> Layout:
    name, stand = sheet.root.find(f"{P}cSld").get("name", ""), places(sheet.root, sheet.master.root, scale)
    body = max((place.at for place in stand if place.is_body), key=lambda at: at.w * at.h, default=None)
    free = clear(body, [at for at, _ in drawings(sheet, scale)]) if body else Rect(0.0, 0.0, 0.0, 0.0)
    busy = bool(body) and Ground(sheet, scale, width, Theme({}, {})).is_busy(free)
    return Layout(sheet, number, name, sheet.root.get("type", ""), stand, free.w * free.h, busy)


def _substituted(found: Mapping[Role, Matched]) -> Iterator[tuple[str, str]]:
    """What the template has no layout or placeholder for, and what is used in its place."""
    stands_in: dict[str, list[str]] = {}
    for role, one in found.items():
        if one.instead:
            stands_in.setdefault(one.layout.name, []).append(TOLD[role])
    for layout, roles in stands_in.items():
        yield f"the template has no layout for {' and '.join(roles)}: {layout!r} is used in its place", ""
    uses, numbered = found["content"].uses, _numbers(found, 1.0)
    needed = (("footer", "footer"), *(() if numbered else (("number", "slide number"),)))
    lacking = [told for use, told in needed if use not in uses]
    if lacking:
        message = f"the layout {found['content'].layout.name!r} has no place for {' and '.join(lacking)}"
        yield f"{message}: a text box takes it", ""
    if "title" not in uses:
        yield f"the layout {found['content'].layout.name!r} has no title: one is set at the top", ""


def _numbers(found: Mapping[Role, Matched], scale: float) -> bool:
    """Whether the template draws the numbers of slides itself, in a shape that is no placeholder, on every layout."""
    return all(
        "number" not in one.uses
        and any(
            field.get("type") == "slidenum"
            for _, (_, shape) in drawings(one.layout.sheet, scale)
            for field in shape.iter(f"{A}fld")
        )
        for one in found.values()
    )


def _look(found: Mapping[Role, Matched], width: float, scale: float) -> tuple[Look, Theme, list[tuple[str, str]]]:
    layout, front = found["content"].layout.sheet, found["title"].layout.sheet
    root = layout.master.theme
    theme = theme_of(root, layout.master.root, layout.root)
    drawn, on_front = ([at for at, _ in drawings(sheet, scale)] for sheet in (layout, front))
    made = grid(found, width, drawn, on_front, _numbers(found, scale))
    title = found["content"].uses.get("title")
    style = style_of(title, layout.master.root, theme) if title else Style()
    ground = Ground(layout, scale, width, theme)
    veiled = ground.is_busy(made.body)
    behind = _sheet(theme, style) if veiled else ground.behind(made.body)
    text, heading = _face(root, "minorFont"), _title_face(root, style)
    unknown = sorted({face.family for face in (text, heading) if not is_measured(face.family)})
    told = [
        (
            f"the widths of the template's font {name!r} are not known: text is set with room to spare",
            "look through the slides, or take a font that is common",
        )
        for name in unknown
    ]
    return Look(made, palette(theme, behind), text, heading, veiled), theme, told


def _inks(role: Role, found: Matched, look: Look, ground: Ground) -> dict[str, Colour]:
    """A colour for the words of each placeholder whose own cannot be read on what the template has behind it."""
    theme, master = ground.theme, found.layout.sheet.master.root
    inks: dict[str, Colour] = {}
    for use, place in found.uses.items():
        own = style_of(place, master, theme).ink or theme.named("tx1") or "000000"
        veiled = look.veiled and role != "title" and use not in ("footer", "number")
        behind = theme.named(look.palette.ground.scheme) if veiled else ""
        behind = behind or ground.behind(place.at)
        if contrast(own, behind) < READABLE:
            names = [(contrast(theme.named(name), behind), name) for name in ("tx1", "bg1") if theme.named(name)]
            inks[use] = Colour(max(names, default=(0.0, "tx1"))[1])
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
