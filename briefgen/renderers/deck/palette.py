"""The colours of a theme by what they are used for, each shade dark or light enough to be read."""

from collections.abc import Callable, Iterable

from briefgen.renderers.deck.look import Palette
from briefgen.renderers.deck.shapes import Colour
from briefgen.themes import Theme, contrast, shaded

READABLE = 4.5
"""The least contrast of words with what is behind them (WCAG 2.2, 1.4.3)."""
STRONG = 7.0
"""The contrast that body text should have (WCAG 2.2, 1.4.6)."""
ACCENTS = tuple(f"accent{number}" for number in range(1, 7))
# Shades as (mod, off), from the colour itself to ever darker or lighter ones.
DARKER = ((100, 0), (90, 0), (80, 0), (70, 0), (60, 0), (50, 0), (40, 0), (30, 0), (20, 0), (10, 0), (0, 0))
LIGHTER = (
    (100, 0),
    (90, 10),
    (80, 20),
    (70, 30),
    (60, 40),
    (50, 50),
    (40, 60),
    (30, 70),
    (20, 80),
    (10, 90),
    (0, 100),
)
LIGHT_TINT, DARK_TINT = (9, 91, 60), (26, 0, 60)
LIGHT_MIDDLE, DARK_MIDDLE = (45, 55, 60), (60, 0, 60)


def palette(theme: Theme, behind: str) -> Palette:
    """The palette of a theme for slides whose ground is `behind`, in hexadecimal."""
    names = [name for name in ("bg1", "tx1", "bg2", "tx2") if theme.named(name)]
    ground = min(names, key=lambda name: contrast(theme.named(name), behind), default="bg1")
    ink = next(
        (n for n in ("tx1", "tx2", "bg1", "bg2") if n in names and contrast(theme.named(n), behind) >= STRONG),
        max(names, key=lambda name: contrast(theme.named(name), behind), default="tx1"),
    )
    dark = contrast(behind, "FFFFFF") > contrast(behind, "000000")
    shades = LIGHTER if dark else DARKER
    tint = DARK_TINT if dark else LIGHT_TINT

    own_accents = [theme.named(name) for name in (*ACCENTS, "tx2") if theme.named(name)]
    grey = _grey(theme, ground, ink, dark)
    grounds = [behind, theme.named(ground) or behind, _seen(theme, grey), *(shaded(one, *tint) for one in own_accents)]

    def readable(name: str) -> Colour:
        """The shade of a colour nearest to itself whose words can be read on the ground, on grey and on every tint."""
        own = theme.named(name)
        return _first(name, shades, lambda shade: min(contrast(shaded(own, *shade, 100), g) for g in grounds))

    behind_muted = (behind, _seen(theme, grey))
    words = theme.named(ink)
    fainter = ((80, 0), (90, 0), (100, 0)) if dark else ((75, 25), (85, 15), (95, 5), (100, 0))
    muted = _first(ink, fainter, lambda shade: min(contrast(shaded(words, *shade, 100), g) for g in behind_muted))
    return Palette(
        ground=Colour(ground),
        ink=Colour(ink),
        muted=muted,
        strong=readable("tx2" if ink != "tx2" and theme.named("tx2") else "accent1"),
        grey=grey,
        rule=Colour(ink, 40) if dark else Colour(ink, 25, 75),
        link=readable("hlink" if theme.named("hlink") else ink),
        accents=tuple(readable(name) for name in ACCENTS if theme.named(name)) or (Colour(ink),),
        tint=tint,
        middle=DARK_MIDDLE if dark else LIGHT_MIDDLE,
    )


def _seen(theme: Theme, colour: Colour) -> str:
    return shaded(theme.named(colour.scheme), colour.mod, colour.off, colour.sat)


def _first(name: str, shades: Iterable[tuple[int, int]], least: Callable[[tuple[int, int]], float]) -> Colour:
    """The first shade of a colour that is read on all that it may stand on, else the one that is read best."""
    tried = list(shades)
    found = next((shade for shade in tried if least(shade) >= READABLE), None) or max(tried, key=least)
    return Colour(name, *found)


def _grey(theme: Theme, ground: str, ink: str, dark: bool) -> Colour:
    """A quiet fill near the ground: the theme's own second ground, where it is one."""
    own = theme.named("bg2")
    near = bool(own) and ground != "bg2" and contrast(own, theme.named(ground)) < 1.6
    if near and contrast(own, theme.named(ink)) >= STRONG:
        return Colour("bg2")
    return Colour(ground, 85, 15) if dark else Colour(ground, 95)
