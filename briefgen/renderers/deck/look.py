"""What a template decides and the plan follows: where things stand, the colours, and the faces that text is set in.

Lengths are inches of a slide that is 7.5 inches high: a template of another size is scaled to that before it is
planned with, and back when it is written, so that type fills the same share of every slide.
"""

from msgspec import Struct

from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.shapes import Colour, Rect

HEIGHT = 7.5
RULE_LOWEST = 0.55  # the least that the rule above the notes stands above their end
TITLE_SIZES = ((28.0, 1), (24.0, 2), (20.0, 2))
NOTE_SIZE = 10.0
NOTE_LINES = 4
LABEL_SIZE = 13.0
WORDS_A_SLIDE = 150


class Grid(Struct, frozen=True):
    """Where the parts of a slide stand. `body` reaches to the end of the notes, which take its lower end.

    `own` says that the template is made for decks such as ours: it leaves the slide's edge free for a bar of the
    section's colour, and has an opener with a panel. `front` has the title, subtitle and details of the title slide,
    and the room below for the sections, which may have no height. `held` says of footer and slide number that every
    layout has a placeholder for them, whose alignment they keep; `numbered` that the template numbers slides itself.
    """

    width: float
    title: Rect
    eyebrow: Rect
    body: Rect
    footer: Rect
    number: Rect
    front: tuple[Rect, Rect, Rect, Rect]
    own: bool
    held: frozenset[str] = frozenset()
    numbered: bool = False

    @property
    def left(self) -> float:
        return self.body.x

    @property
    def span(self) -> float:
        return self.body.w

    @property
    def right(self) -> float:
        return self.body.right


class Palette(Struct, frozen=True):
    """The colours by use, all of the theme. Words in `accents`, `strong`, `ink` and `muted` can be read on `ground`
    and on every tint, and words in `ground` on `accents` and `strong`.

    `front` and `panel` are what the words on a title slide and on an opener's panel have: nothing where the
    template's own placeholders say it.
    """

    ground: Colour
    ink: Colour
    muted: Colour
    strong: Colour
    grey: Colour
    rule: Colour
    link: Colour
    accents: tuple[Colour, ...]
    tint: tuple[int, int, int]
    middle: tuple[int, int, int]

    def section(self, number: int) -> Colour:
        """The colour of section `number`, from 1; they come round again after the last."""
        return self.accents[(number - 1) % len(self.accents)]

    def pale(self, colour: Colour) -> Colour:
        """A tint of a section's colour that words are read on."""
        return Colour(colour.scheme, *self.tint)

    def soft(self, colour: Colour) -> Colour:
        """A middle tint, for bars and borders."""
        return Colour(colour.scheme, *self.middle)


class Look(Struct, frozen=True):
    """All that a plan takes from a template. `text` is the face of the body, `heading` that of titles.

    `veiled` says that the template's ground is too busy for text, which then stands on a sheet of the palette's ground.
    """

    grid: Grid
    palette: Palette
    text: Face
    heading: Face
    veiled: bool = False
