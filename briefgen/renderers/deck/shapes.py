"""What a planned slide is made of. Lengths are inches from the slide's top left corner; type sizes are points."""

import re
from typing import Literal

from msgspec import Struct

from briefgen.model import Statement

Role = Literal["title", "content", "opener", "title-only", "two-columns", "quotation"]
Anchor = Literal["", "t", "ctr", "b"]
Align = Literal["", "l", "ctr", "r"]
GLUED_CUT = "\u00a0…"  # the mark of a cut, never alone on a line
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # signs that turn the direction of writing; never drawn


class Colour(Struct, frozen=True):
    """A theme colour; `mod` and `off` are per cent of its lightness, `sat` of its saturation.

    A new theme recolours every shade.
    """

    scheme: str
    mod: int = 100
    off: int = 0
    sat: int = 100


class Rect(Struct, frozen=True):
    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h


class TextRun(Struct, frozen=True):
    """Words in one style. `language` is theirs, "" where it is the deck's."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    colour: Colour | None = None
    size: float | None = None
    url: str | None = None
    language: str = ""
    field: Literal["", "slidenum"] = ""


class Paragraph(Struct, frozen=True):
    """`size` is what every run without its own has; `hang` is the indent of the lines after a bullet or number.

    `align` is seen from where the paragraph's lines begin: "l" is that side, "r" the other.
    """

    runs: tuple[TextRun, ...]
    size: float
    bullet: Literal["", "dot", "number"] = ""
    start: int = 1
    hang: float = 0.0
    before: float = 0.0
    align: Align = "l"


class TextBox(Struct, frozen=True):
    """A shape with text, or without any: then it is decoration.

    `placeholder` names a use that the layout may have a placeholder for. Without a `colour`, words have the
    placeholder's, or the palette's ink where there is none; an anchor or alignment that is "" is the placeholder's.

    A `dashed` one has its outline so. `sites` are points of a rectangle's edge to which connectors can be glued, beside
    the middles of its sides.
    """

    name: str
    at: Rect
    paragraphs: tuple[Paragraph, ...] = ()
    placeholder: str = ""
    fill: Colour | None = None
    outline: Colour | None = None
    weight: float = 1.0
    geometry: str = "rect"
    anchor: Anchor = "t"
    inset: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    colour: Colour | None = None
    accent: Colour | None = None
    dashed: bool = False
    sites: tuple[tuple[float, float], ...] = ()


class Line(Struct, frozen=True):
    """A straight line; always decoration."""

    name: str
    x1: float
    y1: float
    x2: float
    y2: float
    colour: Colour
    weight: float = 1.0


class Connector(Struct, frozen=True):
    """A line glued to two boxes of its group, named `start` and `end`, so that it follows where they are moved.

    Its `way` goes straight from one end to the other, or with two corners. A level one joins a right side to a left
    one, any other a lower side to an upper one: in their middles or, where `sites` tells which, at sites of the boxes'
    own. An `arrow` ends it.
    """

    name: str
    start: str
    end: str
    way: tuple[tuple[float, float], ...]
    colour: Colour
    weight: float = 1.25
    dashed: bool = False
    arrow: bool = False
    sites: tuple[int | None, int | None] = (None, None)


class Cell(Struct, frozen=True):
    paragraphs: tuple[Paragraph, ...]
    fill: Colour | None = None


class TableBox(Struct, frozen=True):
    """A table whose first row is its header."""

    name: str
    at: Rect
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rule: Colour
    alt: str


class PictureBox(Struct, frozen=True):
    """A picture, whose pixels are known by `key`. Without `alt`, its words for those who do not see it, it is
    decoration."""

    name: str
    at: Rect
    key: str
    alt: str


class Group(Struct, frozen=True):
    """Shapes that belong together; `alt` says in words what they show."""

    name: str
    alt: str
    at: Rect
    shapes: tuple[TextBox | Line | Connector, ...]


Shape = TextBox | Line | TableBox | Group | PictureBox


class Slide(Struct, frozen=True):
    """`statements` are those whose text stands on the slide; `speaker` are the paragraphs of its speaker notes."""

    role: Role
    title: str
    shapes: tuple[Shape, ...]
    statements: tuple[Statement, ...] = ()
    speaker: tuple[str, ...] = ()


class SlideGroup(Struct, frozen=True):
    """A named run of slides: `first` counts from 1."""

    name: str
    first: int
    count: int
