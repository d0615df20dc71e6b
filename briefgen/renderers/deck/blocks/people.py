"""People as cards, three in a row: name, facts with their notes; grey and a dagger for the dead."""

from collections.abc import Sequence

from briefgen.model import People, Person, Statement
from briefgen.problems import Problem
from briefgen.renderers.deck import words
from briefgen.renderers.deck.feet import Foot
from briefgen.renderers.deck.frame import Draft, Page, body, label, part, row_right_of_eyebrow, statement_runs, too_long
from briefgen.renderers.deck.look import LABEL_SIZE
from briefgen.renderers.deck.shapes import Paragraph, Rect, TextBox, TextRun
from briefgen.renderers.deck.split import share_out

GAP = 0.2
INSET = (0.18, 0.13, 0.15, 0.1)
NAME_SIZE = 15.0
FACT_SIZES = (15.0, 14.0, LABEL_SIZE)
MOST = 6
NARROW = 9.0  # inches: a slide with less holds two cards side by side


def plan(block: People, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """At most six cards a slide. A person with more facts than a card holds has a second one."""
    people, rest = _carded(block.people, page)

    def fits(group: Sequence[Person]) -> bool:
        return len(group) <= MOST and _size(group, page, FACT_SIZES[-1:]) > 0

    groups, _ = share_out(people, fits)
    drafts = tuple(_slide(part(block.title, index), group, page) for index, group in enumerate(groups))
    return drafts, tuple(too_long("a card", statement, block.where) for statement in rest)


def _carded(people: Sequence[Person], page: Page) -> tuple[list[Person], list[Statement]]:
    """`people`, each with no more facts than a card as high as the slide holds, and the facts that none holds."""
    cards: list[Person] = []
    rest: list[Statement] = []
    for person in people:

        def fits(facts: Sequence[Statement], person: Person = person) -> bool:
            card = Person(f"{person.name} {words.CONTINUED}", tuple(facts), person.dead)
            width = _width(2 if len(facts) == 1 else _columns(3, page), page)
            return _height(card, page.foot(facts), width, LABEL_SIZE) <= _room(page, facts)

        groups, left = share_out(person.facts, fits)
        rest += left
        cards += [Person(part(person.name, index), facts, person.dead) for index, facts in enumerate(groups)]
        cards += [] if person.facts else [person]
    return cards, rest


def _room(page: Page, facts: Sequence[Statement]) -> float:
    return body(page.foot(facts)).h - 0.08


def _facts(people: Sequence[Person]) -> tuple[Statement, ...]:
    return tuple(fact for person in people for fact in person.facts)


def _columns(count: int, page: Page) -> int:
    """How many cards stand side by side: three, where a slide is wide and they are not few."""
    return 2 if count in (1, 2, 4) or page.look.grid.span < NARROW else 3


def _width(columns: int, page: Page) -> float:
    return (page.look.grid.span - (columns - 1) * GAP) / columns


def _paragraphs(person: Person, feet: Foot, size: float) -> tuple[Paragraph, ...]:
    dagger = (TextRun(" †", bold=True),) if person.dead else ()
    name = Paragraph((TextRun(person.name, bold=True), *dagger), max(NAME_SIZE, size + 1))
    return (name, *(Paragraph(statement_runs(fact, feet), size, before=4.0) for fact in person.facts))


def _height(person: Person, feet: Foot, width: float, size: float) -> float:
    room = width - INSET[0] - INSET[2]
    return feet.look.text.height(_paragraphs(person, feet, size), room) + INSET[1] + INSET[3]


def _rows(people: Sequence[Person], page: Page) -> list[Sequence[Person]]:
    columns = _columns(len(people), page)
    return [people[start : start + columns] for start in range(0, len(people), columns)]


def _heights(people: Sequence[Person], page: Page, feet: Foot, size: float) -> list[float]:
    width = _width(_columns(len(people), page), page)
    return [max(_height(person, feet, width, size) for person in row) for row in _rows(people, page)]


def _size(people: Sequence[Person], page: Page, sizes: Sequence[float] = FACT_SIZES) -> float:
    """The first of `sizes` for the facts at which the cards fit a slide, or 0."""
    facts = _facts(people)
    feet = page.foot(facts)
    if not feet.fits and len(people) > 1:
        return 0.0
    for size in sizes:
        heights = _heights(people, page, feet, size)
        if sum(heights) + GAP * (len(heights) - 1) <= _room(page, facts):
            return size
    return 0.0


def _slide(title: str, people: Sequence[Person], page: Page) -> Draft:
    facts = _facts(people)
    feet = page.foot(facts)
    size = _size(people, page)
    heights = _heights(people, page, feet, size)
    spare = _room(page, facts) - sum(heights) - GAP * (len(heights) - 1)
    width = _width(_columns(len(people), page), page)
    shapes = _legend(page) if any(person.dead for person in people) else []
    top = body(feet).y
    for row, height in zip(_rows(people, page), heights, strict=True):
        high = height + min(0.5, spare / len(heights))
        for index, person in enumerate(row):
            at = Rect(body(feet).x + index * (width + GAP), top, width, high)
            shapes += _card(person, at, feet, size, page)
        top += high + GAP
    return Draft("title-only", title, tuple(shapes), page, feet, facts)


def _legend(page: Page) -> list[TextBox]:
    """What the dagger means, above the cards and read before them."""
    palette, row = page.look.palette, row_right_of_eyebrow(page.look)
    wide = page.text.width(words.DEAD, LABEL_SIZE) + 0.05
    left = row.right - wide
    swatch = TextBox("Swatch", Rect(left - 0.36, row.y + 0.03, 0.26, 0.2), fill=palette.grey, outline=palette.muted)
    at = Rect(left, row.y, wide, 0.26)
    return [swatch, label("Legend", at, (TextRun(words.DEAD),), LABEL_SIZE, palette.muted)]


def _card(person: Person, at: Rect, feet: Foot, size: float, page: Page) -> list[TextBox]:
    palette = page.look.palette
    border = palette.muted if person.dead else page.accent
    fill = palette.grey if person.dead else page.pale
    text = _paragraphs(person, feet, size)
    card = TextBox(f"Card: {person.name}", at, text, fill=fill, colour=palette.ink, inset=INSET)
    edge = TextBox("Card edge", Rect(at.x, at.y, 0.06, at.h), fill=border)
    return [card, edge]
