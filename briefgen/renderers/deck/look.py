"""The numbers of the deck's look, in inches and points, and its colours. The template has the same grid."""

from briefgen.renderers.deck.shapes import Colour, Rect

HEIGHT = 7.5
MARGIN = 0.6
SPAN = 12.13
BODY_TOP = 1.45
RULE_LOWEST = 6.5
NOTES_BOTTOM = 7.05
BAR = Rect(0.0, 0.0, 0.18, HEIGHT)
EYEBROW = Rect(MARGIN, 0.28, 8.0, 0.3)
TITLE = Rect(MARGIN, 0.55, SPAN, 0.72)
FOOTER = Rect(MARGIN, 7.1, 8.0, 0.25)
NUMBER = Rect(11.73, 7.1, 1.0, 0.25)

TITLE_SIZES = ((28.0, 1), (24.0, 2), (20.0, 2))
NOTE_SIZE = 10.0
NOTE_LINES = 4
LABEL_SIZE = 13.0
WORDS_A_SLIDE = 150

INK = Colour("tx1")
MUTED = Colour("tx1", 75, 25)
NAVY = Colour("tx2")
WHITE = Colour("bg1")
GREY = Colour("bg2")
RULE = Colour("tx1", 25, 75)
ACCENTS = tuple(Colour(f"accent{number}") for number in range(1, 7))


def section_colour(number: int) -> Colour:
    """The dark colour of section `number`, from 1; they come round again after six."""
    return ACCENTS[(number - 1) % len(ACCENTS)]


def pale(colour: Colour) -> Colour:
    """A tint of a section's colour that dark text is read on."""
    return Colour(colour.scheme, 9, 91, 60)


def soft(colour: Colour) -> Colour:
    """A middle tint, for bars and borders."""
    return Colour(colour.scheme, 45, 55, 60)
