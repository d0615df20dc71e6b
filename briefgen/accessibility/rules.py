"""What makes a deck one that everybody can read, rule by rule (after WCAG 2.2 and PowerPoint's own checker)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from briefgen.accessibility.slides import Deck, Shape, Slide
from briefgen.themes import contrast

CONTRAST = 4.5
"""What text must stand out against its background by (WCAG 2.2, 1.4.3, for text of any size)."""
_FEW = 12
"""Slides up to which a deck needs no sections."""
_FILE = re.compile(r"[\w ()%./\\:-]+\.(?:png|jpe?g|gif|svg|bmp|tiff?|webp|emf|wmf)", re.IGNORECASE)
_NO_WORDS = re.compile(r"(?:picture|image|photo|graphic|group|chart|diagram|shape|logo)[ \d]*", re.IGNORECASE)
_VAGUE = re.compile(
    r"(?:click )?here|(?:read )?more|(?:this )?link|this|source|website|(?:https?://|www\.)\S+", re.IGNORECASE
)

Fault = tuple[str, str]
"""What is wrong, and what to do."""


def faults(deck: Deck) -> Iterator[Fault]:
    """Everything that keeps somebody from reading the deck, slide by slide, then of the deck as a whole."""
    titles: dict[str, int] = {}
    for slide in deck.slides:
        yield from _title(slide, titles)
        yield from _order(slide)
        for shape in _all(slide.shapes):
            yield from _of_shape(slide, shape)
    yield from _sections(deck)


def _all(shapes: tuple[Shape, ...]) -> Iterator[Shape]:
    for shape in shapes:
        yield shape
        yield from _all(shape.members)


def _title(slide: Slide, titles: dict[str, int]) -> Iterator[Fault]:
    """A slide has a title that no other has, by which it is found in a list."""
    title = " ".join(slide.title.lower().split())
    if not title:
        yield f"slide {slide.number} has no title", "write one into its title placeholder; it may stand off the slide"
    elif title in titles:
        yield f"slide {slide.number} has the title of slide {titles[title]}: {slide.title!r}", "say what is new on it"
    titles.setdefault(title, slide.number)


def _order(slide: Slide) -> Iterator[Fault]:
    """Shapes are read in the order in which they are seen: what stands wholly above another comes first.

    A title may come first wherever it stands, and what stands at the foot is read last anyway.
    """
    read = [one for one in slide.shapes if one.place and not one.decorative and one.kind != "note" and _says(one)]
    titled = [one for one in read if one.kind == "title"]
    if titled and read[0].kind != "title" and _is_above(titled[0], read[0]):
        yield f"slide {slide.number} is read from {read[0].name!r} on, before its title", _MOVE
        return
    for first, then in pairwise(read):
        if first.kind != "title" and _is_above(then, first):
            yield f"slide {slide.number} reads {first.name!r} before {then.name!r}, which stands above it", _MOVE
            return


_MOVE = "put the shapes in order in the selection pane (the lowest in the list is read first)"


def _says(shape: Shape) -> bool:
    return bool(shape.text or shape.described or shape.members)


def _is_above(one: Shape, other: Shape) -> bool:
    """Whether a shape ends above where another begins, in the same columns."""
    if not (one.place and other.place):
        return False
    (left, top, width, height), (x, y, wide, _) = one.place, other.place
    return top + height <= y and left < x + wide and x < left + width


def _of_shape(slide: Slide, shape: Shape) -> Iterator[Fault]:
    where = f"slide {slide.number}, {shape.name!r}"
    yield from ((f"{where} {what}", hint) for what, hint in (*_description(shape), *_table(shape), *_words(shape)))


def _description(shape: Shape) -> Iterator[Fault]:
    """What has no words has a description in words, or is marked as decorative."""
    if shape.decorative or shape.kind in ("title", "text", "note", "table") or (shape.text and not shape.members):
        return
    told = all(one.text or one.described or one.decorative for one in shape.members) and bool(shape.members)
    if not shape.described:
        if not told:
            yield "has no alternative text", "say what it shows, or mark it as decorative"
    elif _FILE.fullmatch(shape.described) or _NO_WORDS.fullmatch(shape.described):
        yield f"has an alternative text that says nothing: {shape.described!r}", "say what it shows"


def _table(shape: Shape) -> Iterator[Fault]:
    if shape.kind == "table" and not shape.headed:
        yield "is a table without a header row", "turn on “Header Row” for it"


def _words(shape: Shape) -> Iterator[Fault]:
    """Words say their language, stand out, and say where a link leads; each fault once a shape."""
    words = [one for one in shape.words if one.text.strip()]
    silent = next((one for one in words if not one.language and re.search(r"\w", one.text)), None)
    if silent:
        yield f"has words of no language: {_start(silent.text)!r}", "set the proofing language"
    pale = [one for one in words if len(one.colour) == 6 and len(one.behind) == 6]
    weak = next((one for one in pale if contrast(one.colour, one.behind) < CONTRAST), None)
    if weak:
        ratio = f"{contrast(weak.colour, weak.behind):.1f}:1"
        said = f"has words that hardly stand out, {ratio} (#{weak.colour} on #{weak.behind}): {_start(weak.text)!r}"
        yield said, f"at least {CONTRAST}:1 is needed"
    vague = next((one for one in words if one.link and _VAGUE.fullmatch(one.text.strip(" .:"))), None)
    if vague:
        yield f"has a link that does not say where it leads: {_start(vague.text)!r}", "name the page or work"


def _start(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _sections(deck: Deck) -> Iterator[Fault]:
    if any(not name.strip() for name in deck.sections):
        yield "a section has no name", "rename it in the list of slides"
    if not deck.sections and len(deck.slides) > _FEW:
        yield f"{len(deck.slides)} slides are in no sections", "add sections, so that one can find the way"
