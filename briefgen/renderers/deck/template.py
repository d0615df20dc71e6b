"""Templates: any presentation, opened and looked at, so that slides can be planned for it and written into it."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from briefgen.compiled import compiled
from briefgen.problems import Location, Problem, error, warning
from briefgen.renderers import LECTURE, TEMPLATES
from briefgen.renderers.deck.look import Look
from briefgen.renderers.deck.package import Package
from briefgen.renderers.deck.shapes import Colour, Role
from briefgen.renderers.deck.styles import Style
from briefgen.themes import Theme
from briefgen.userfiles import read_bytes

_HOME = Path(__file__).parent / "templates"


class Served(Struct, frozen=True):
    """What slides of a role are made with: the name of a layout's part, and what the layout is called.

    By use there are the `attributes` of its placeholders, their `styles`, and in `inks` the colour of words whose
    placeholder has one that cannot be read. `ground` is the colour behind the slide, in hexadecimal.
    """

    part: str
    name: str
    attributes: Mapping[str, str]
    styles: Mapping[str, Style]
    inks: Mapping[str, Colour]
    ground: str


class Template(Struct, frozen=True):
    """An opened template: its parts without slides, a layout for each role, what it decides for the plan.

    `presentation` is the XML of its main part in three pieces, the list of slides left out and the extension with their
    sections. `scale` is the true length of what is planned as 1.
    """

    package: Package
    presentation: tuple[str, str, str]
    layouts: Mapping[Role, Served]
    look: Look
    theme: Theme
    scale: float


class UnusableError(Exception):
    """Why a file is no template: what was found, and what to do."""

    def __init__(self, found: str, hint: str) -> None:
        super().__init__(found)
        self.hint = hint


def builtin(name: str = LECTURE) -> bytes:
    """A built-in template."""
    return (_HOME / f"{name}.pptx").read_bytes()


def template(name: str) -> tuple[Template, tuple[Problem, ...]]:
    """The template that an outline names: built in, or the path of a file; and what is not as a user may expect.

    Where a file cannot be used, that is an error, and the first of the built-in ones takes its place.
    """
    if name in TEMPLATES:
        return compiled(f"template {name}", Template, partial(_looked_at, name)), ()
    from briefgen.renderers.deck.opening import MALFORMED

    where = Location(name)
    try:
        made, found = opened(read_bytes(Path(name)))
    except UnusableError as reason:
        return template(LECTURE)[0], (error(f"no template: {reason}", reason.hint, where),)
    except MALFORMED as reason:
        told = getattr(reason, "strerror", None) or "it cannot be read as a presentation"
        hint = "open it in PowerPoint or LibreOffice and save it anew as .pptx or .potx"
        return template(LECTURE)[0], (error(f"no template: {told}", hint, where),)
    return made, tuple(warning(message, hint, where) for message, hint in found)


def opened(data: bytes) -> tuple[Template, tuple[tuple[str, str], ...]]:
    """A template ready to take slides, and what about it a user should know, each with a hint.

    Slides that it has itself are left out, as are macros, which a .pptx may not have. Raises `UnusableError`, or one of
    `opening.MALFORMED`.
    """
    from briefgen.renderers.deck.looking import looked_at

    return looked_at(data)


def _looked_at(name: str) -> Template:
    return opened(builtin(name))[0]
