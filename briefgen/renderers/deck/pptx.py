"""Planned slides as a .pptx package: the parts of the template, and slides that join them as ready-made XML."""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from msgspec import Struct
from msgspec.structs import replace

from briefgen.renderers.deck.links import address
from briefgen.renderers.deck.package import OFFICE, PRESENTATION, ROOT, Names, Part, Relations, packed
from briefgen.renderers.deck.plan import Plan
from briefgen.renderers.deck.shapes import Slide, SlideGroup
from briefgen.renderers.deck.template import Template
from briefgen.renderers.deck.xml import HEAD, Writer, clean, escape, notes_xml, slide_xml
from briefgen.renderers.pictures import NO_PICTURES, Pictures
from briefgen.renderers.scripts import runs_right_to_left

FIRST_SLIDE_ID = 256
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
MAIN = "http://schemas.openxmlformats.org/presentationml/2006/main"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
CORE_NAME = "docProps/core.xml"
PROPERTY_LENGTH = 255
_PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
)


class Properties(Struct, frozen=True):
    """What the file says of itself. `date` is an ISO day, or anything else for none."""

    title: str
    author: str = ""
    subject: str = ""
    language: str = "en-US"
    date: str = ""


class Parts:
    """The parts that a deck adds to its template's: slides, their notes, and pictures, one each however often shown."""

    def __init__(self, template: Template, pictures: Pictures) -> None:
        self.made: list[Part] = []
        self.names = Names(template.package.parts)
        self._pictures = pictures
        self._shown: dict[str, str] = {}

    def picture(self, key: str) -> str:
        """The name of the part of the picture that is known by `key`."""
        if key not in self._shown:
            pixels = self._pictures[key]
            ending = pixels.media_type.removeprefix("image/")
            self._shown[key] = self.names.free("ppt/media/picture", len(self._shown) + 1, f".{ending}")
            self.made.append(Part(self._shown[key], pixels.media_type, pixels.data))
        return self._shown[key]


def write(plan: Plan, template: Template, properties: Properties, pictures: Pictures = NO_PICTURES) -> bytes:
    """The package: the same bytes for the same plan, template, properties and pictures."""
    parts = Parts(template, pictures)
    main, whole = template.package.presentation, template.package.parts[ROOT]
    relations, about = Relations(main.name, main.relations), Relations(ROOT, whole.relations)
    identities = [
        relations.to(_add_slide(slide, number, template, properties.language, parts), f"{OFFICE}/slide")
        for number, slide in enumerate(plan.slides, 1)
    ]
    head, middle, end = template.presentation
    xml = f"{head}{_list_of(identities)}{middle}{_groups(plan.groups)}{end}"
    core = Part(CORE_NAME, CORE_TYPE, _core(properties).encode())
    about.to(core.name, CORE)
    return packed(
        template.package.changed(
            *parts.made,
            core,
            replace(whole, relations=tuple(about), listed=b""),
            replace(main, data=xml.encode(), relations=tuple(relations), listed=b""),
        )
    )


def _add_slide(slide: Slide, number: int, template: Template, language: str, parts: Parts) -> str:
    """The name of the part of a new slide."""
    name, layout = parts.names.free("ppt/slides/slide", number), template.layouts[slide.role]
    relations = Relations(name)
    relations.to(layout.part, f"{OFFICE}/slideLayout")

    def link(url: str) -> str:
        target = address(url)
        return relations.outside(target, f"{OFFICE}/hyperlink") if target else ""

    def picture(key: str) -> str:
        return relations.to(parts.picture(key), f"{OFFICE}/image")

    colours, right = template.look.palette, runs_right_to_left(language)
    writer = Writer(
        language,
        right,
        layout.attributes,
        link,
        picture,
        number,
        count(2),
        colours.ink,
        colours.link,
        template.scale,
        layout.inks,
    )
    xml = slide_xml(slide.shapes, writer)
    if slide.speaker:
        notes = parts.names.free("ppt/notesSlides/notesSlide", number)
        relations.to(notes, f"{OFFICE}/notesSlide")
        beside = Relations(notes)
        beside.to(template.package.presentation.related("notesMaster"), f"{OFFICE}/notesMaster")
        beside.to(name, f"{OFFICE}/slide")
        said = notes_xml(slide.speaker, language, right).encode()
        parts.made.append(Part(notes, f"{PRESENTATION}.notesSlide+xml", said, tuple(beside)))
    parts.made.append(Part(name, f"{PRESENTATION}.slide+xml", xml.encode(), tuple(relations)))
    return name


def _list_of(identities: Sequence[str]) -> str:
    """The slides of the presentation in their order."""
    listed = "".join(f'<p:sldId id="{number}" r:id="{one}"/>' for number, one in enumerate(identities, FIRST_SLIDE_ID))
    return f'<p:sldIdLst xmlns:p="{MAIN}" xmlns:r="{OFFICE}">{listed}</p:sldIdLst>'


def _groups(groups: Sequence[SlideGroup]) -> str:
    """The extension of a presentation that has the named sections of its slides."""
    items = []
    for number, group in enumerate(groups, 1):
        slides = range(FIRST_SLIDE_ID + group.first - 1, FIRST_SLIDE_ID + group.first - 1 + group.count)
        listed = "".join(f'<p14:sldId id="{slide}"/>' for slide in slides)
        identity = f"{{00000000-0000-4000-8000-{number:012X}}}"
        items.append(
            f'<p14:section name="{escape(group.name)}" id="{identity}"><p14:sldIdLst>{listed}</p14:sldIdLst>'
            "</p14:section>"
        )
    return (
        f'<p:ext xmlns:p="{MAIN}" uri="{SECTIONS}"><p14:sectionLst xmlns:p14="{P14}">{"".join(items)}'
        "</p14:sectionLst></p:ext>"
    )


def _core(properties: Properties) -> str:
    """The core properties (ISO/IEC 29500-2) of the deck."""
    title, author, subject = (
        escape(clean(text)[:PROPERTY_LENGTH]) for text in (properties.title, properties.author, properties.subject)
    )
    return (
        f"{HEAD}{_PROPERTIES}<dc:title>{title}</dc:title><dc:creator>{author}</dc:creator>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy><dc:subject>{subject}</dc:subject>"
        f"<dc:language>{escape(properties.language)}</dc:language>{_dated(properties.date)}</cp:coreProperties>"
    )


def _dated(date: str) -> str:
    try:
        day = datetime.fromisoformat(date)
    except ValueError:
        return ""
    written = f"{day:%Y-%m-%dT%H:%M:%SZ}"
    return "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{written}</dcterms:{name}>' for name in ("created", "modified")
    )
