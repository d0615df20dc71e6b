"""Planned slides as a .pptx package: python-pptx opens the template, and slides join it as ready-made XML."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from itertools import count

from lxml import etree
from msgspec import Struct
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI

from briefgen.renderers.deck.links import address
from briefgen.renderers.deck.plan import Plan
from briefgen.renderers.deck.shapes import Slide, SlideGroup
from briefgen.renderers.deck.template import Template
from briefgen.renderers.deck.xml import HEAD, Writer, clean, escape, notes_xml, slide_xml
from briefgen.renderers.pictures import NO_PICTURES, Pictures
from briefgen.renderers.scripts import runs_right_to_left

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
FIRST_SLIDE_ID = 256
SECTIONS = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
MAIN = "http://schemas.openxmlformats.org/presentationml/2006/main"
PROPERTY_LENGTH = 255
MEDIA = "ppt/media/"  # what lies there is compressed already


class Properties(Struct, frozen=True):
    """What the file says of itself. `date` is an ISO day, or anything else for none."""

    title: str
    author: str = ""
    subject: str = ""
    language: str = "en-US"
    date: str = ""


class Media:
    """The parts of a package that hold pictures: one each, however often it is shown."""

    def __init__(self, template: Template, pictures: Pictures) -> None:
        self._package = template.presentation.package
        self._pictures = pictures
        self._parts: dict[str, Part] = {}

    def part(self, key: str) -> Part:
        """The part of the picture that is known by `key`."""
        if key not in self._parts:
            pixels = self._pictures[key]
            ending = pixels.media_type.removeprefix("image/")
            name = PackURI(f"/ppt/media/picture{len(self._parts) + 1}.{ending}")
            self._parts[key] = Part(name, pixels.media_type, self._package, pixels.data)
        return self._parts[key]


def write(plan: Plan, template: Template, properties: Properties, pictures: Pictures = NO_PICTURES) -> bytes:
    """The package: the same bytes for the same plan, template, properties and pictures."""
    media = Media(template, pictures)
    identities = [
        _add_slide(slide, number, template, properties.language, media) for number, slide in enumerate(plan.slides, 1)
    ]
    _list_slides(template, identities)
    _list_groups(template, plan.groups)
    _set_properties(template, properties)
    return _package(template)


def _add_slide(slide: Slide, number: int, template: Template, language: str, media: Media) -> str:
    """The relationship id of a new slide."""
    package = template.presentation.package
    name = PackURI(f"/ppt/slides/slide{number}.xml")
    part = Part(name, CONTENT_TYPE.PML_SLIDE, package)
    layout = template.layouts[slide.role]
    part.relate_to(layout.layout.part, RELATIONSHIP_TYPE.SLIDE_LAYOUT)

    def link(url: str) -> str:
        target = address(url)
        if not target:
            return ""
        return str(part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))

    def picture(key: str) -> str:
        return str(part.relate_to(media.part(key), RELATIONSHIP_TYPE.IMAGE))

    places = {use: place.attributes for use, place in layout.uses.items()}
    right = runs_right_to_left(language)
    ink, link_ink = template.look.palette.ink, template.look.palette.link
    inks = template.inks.get(slide.role, {})
    writer = Writer(language, right, places, link, picture, number, count(2), ink, link_ink, template.scale, inks)
    part.blob = slide_xml(slide.shapes, writer).encode("utf-8")
    if slide.speaker:
        notes = Part(PackURI(f"/ppt/notesSlides/notesSlide{number}.xml"), CONTENT_TYPE.PML_NOTES_SLIDE, package)
        notes.blob = notes_xml(slide.speaker, language, right).encode("utf-8")
        notes.relate_to(template.notes_master, RELATIONSHIP_TYPE.NOTES_MASTER)
        notes.relate_to(part, RELATIONSHIP_TYPE.SLIDE)
        part.relate_to(notes, RELATIONSHIP_TYPE.NOTES_SLIDE)
    return str(template.presentation.relate_to(part, RELATIONSHIP_TYPE.SLIDE))


def _list_slides(template: Template, identities: Sequence[str]) -> None:
    slides = template.presentation.presentation.slides._sldIdLst
    for identity in identities:
        slides.add_sldId(identity)


def _list_groups(template: Template, groups: Sequence[SlideGroup]) -> None:
    """The named sections of the slide sorter, in the presentation's extension list."""
    items = []
    for number, group in enumerate(groups, 1):
        slides = range(FIRST_SLIDE_ID + group.first - 1, FIRST_SLIDE_ID + group.first - 1 + group.count)
        listed = "".join(f'<p14:sldId id="{slide}"/>' for slide in slides)
        identity = f"{{00000000-0000-4000-8000-{number:012X}}}"
        items.append(
            f'<p14:section name="{escape(group.name)}" id="{identity}"><p14:sldIdLst>{listed}</p14:sldIdLst>'
            "</p14:section>"
        )
    xml = (
        f'<p:extLst xmlns:p="{MAIN}"><p:ext uri="{SECTIONS}"><p14:sectionLst xmlns:p14="{P14}">{"".join(items)}'
        "</p14:sectionLst></p:ext></p:extLst>"
    )
    template.presentation._element.append(etree.fromstring(xml))


def _set_properties(template: Template, properties: Properties) -> None:
    core = template.presentation.core_properties
    core.title = clean(properties.title)[:PROPERTY_LENGTH]
    core.author = clean(properties.author)[:PROPERTY_LENGTH]
    core.last_modified_by = core.author
    core.subject = clean(properties.subject)[:PROPERTY_LENGTH]
    core.language = properties.language
    try:
        day = datetime.fromisoformat(properties.date)
    except ValueError:
        return
    core.created = core.modified = day.replace(tzinfo=None)


def _package(template: Template) -> bytes:
    """All parts, content types first, then by name, each dated 1980."""
    package = template.presentation.package
    parts = {str(part.partname).lstrip("/"): part for part in package.iter_parts()}
    entries = {"[Content_Types].xml": _content_types(parts).encode("utf-8"), "_rels/.rels": package._rels.xml}
    for name, part in sorted(parts.items()):
        entries[name] = part.blob
        if len(part.rels):
            entries[str(part.partname.rels_uri).lstrip("/")] = part.rels.xml
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type = zipfile.ZIP_STORED if name.startswith(MEDIA) else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return stream.getvalue()


def _content_types(parts: Mapping[str, Part]) -> str:
    media = {(name.rpartition(".")[2], part.content_type) for name, part in parts.items() if name.startswith(MEDIA)}
    endings = [ending for ending, _ in media]
    default = {ending: kind for ending, kind in sorted(media) if endings.count(ending) == 1}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{part.content_type}"/>'
        for name, part in sorted(parts.items())
        if not (name.startswith(MEDIA) and name.rpartition(".")[2] in default)
    )
    defaults = "".join(f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in default.items())
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{defaults}{overrides}</Types>'
    )
