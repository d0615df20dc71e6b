"""The parts of a template that planned slides ask for: a layout for each role, placeholders for each use."""

from importlib.resources import files
from io import BytesIO

from msgspec import Struct
from pptx import Presentation
from pptx.opc.package import Part, XmlPart
from pptx.parts.presentation import PresentationPart

from briefgen.renderers.deck.shapes import Role

LAYOUTS: dict[Role, str] = {
    "title": "Title slide",
    "content": "Title and content",
    "opener": "Section opener",
    "title-only": "Title only",
    "two-columns": "Two columns",
    "quotation": "Quotation",
}
COMMON = {
    "title": 'type="title"',
    "eyebrow": 'type="body" sz="quarter" idx="13"',
    "notes": 'type="body" sz="quarter" idx="14"',
    "details": 'type="body" sz="quarter" idx="15"',
    "footer": 'type="ftr" sz="quarter" idx="11"',
    "number": 'type="sldNum" sz="quarter" idx="12"',
}
PLACEHOLDERS: dict[Role, dict[str, str]] = {
    "title": {**COMMON, "title": 'type="ctrTitle"', "subtitle": 'type="subTitle" idx="1"'},
    "content": {**COMMON, "body": 'idx="1"'},
    "opener": {**COMMON, "body": 'idx="1"'},
    "title-only": COMMON,
    "two-columns": {**COMMON, "left": 'sz="half" idx="1"', "right": 'sz="half" idx="2"'},
    "quotation": {**COMMON, "quotation": 'type="body" idx="1"'},
}


class Template(Struct, frozen=True):
    """An opened template: its presentation part, a layout part for each role, and the notes master."""

    presentation: PresentationPart
    layouts: dict[Role, XmlPart]
    notes_master: Part


def builtin() -> bytes:
    """The built-in template."""
    return (files("briefgen.renderers.deck") / "templates" / "lecture.pptx").read_bytes()


def opened(data: bytes) -> Template:
    """A template ready to take slides. Each one opened is for one deck."""
    presentation = Presentation(BytesIO(data)).part
    by_name = {layout.name: layout.part for layout in presentation.presentation.slide_layouts}
    layouts = {role: by_name[name] for role, name in LAYOUTS.items()}
    return Template(presentation, layouts, presentation.notes_master_part)
