"""Lecture decks: `plan` lays a brief out on slides, `pptx` writes them into a template."""

from msgspec import Struct

from briefgen.model import Brief
from briefgen.problems import Problem
from briefgen.renderers.deck import words
from briefgen.renderers.deck.plan import plan
from briefgen.renderers.deck.shapes import Slide
from briefgen.renderers.pictures import NO_PICTURES, Pictures


class RenderedDeck(Struct, frozen=True):
    """A deck of `count` slides. `slides` has for each statement the numbers, from 1, of those its text stands on."""

    data: bytes
    slides: dict[str, tuple[int, ...]]
    problems: tuple[Problem, ...]
    count: int = 0


def render(brief: Brief, pictures: Pictures = NO_PICTURES) -> RenderedDeck:
    """The deck of `brief`: the same bytes for the same brief and pictures. Problems name what no slide holds."""
    from briefgen.renderers.deck.pptx import Properties, write
    from briefgen.renderers.deck.template import template

    opened, found = template(brief.template)
    planned = plan(brief, opened.look)
    properties = Properties(
        brief.title, brief.author, brief.subtitle, words.tag(brief.language), brief.made or brief.date
    )
    data = write(planned, opened, properties, pictures)
    return RenderedDeck(data, _places(planned.slides), (*found, *planned.problems), len(planned.slides))


def render_page(brief: Brief, pictures: Pictures = NO_PICTURES) -> RenderedDeck:
    """The same slides as one HTML page, to look at without PowerPoint."""
    from briefgen.renderers.deck.preview import page
    from briefgen.renderers.deck.template import template

    opened, found = template(brief.template)
    planned = plan(brief, opened.look)
    data = page(planned, opened, brief.title, brief.language, pictures).encode()
    return RenderedDeck(data, _places(planned.slides), (*found, *planned.problems), len(planned.slides))


def _places(slides: tuple[Slide, ...]) -> dict[str, tuple[int, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    for number, slide in enumerate(slides, 1):
        for statement in slide.statements:
            if number not in places.get(statement.id, ()):
                places[statement.id] = (*places.get(statement.id, ()), number)
    return places
