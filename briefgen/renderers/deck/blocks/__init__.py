"""One module a kind of block: from a block of the brief to drafts of slides."""

from collections.abc import Callable
from typing import Any

from briefgen.model import BriefBlock
from briefgen.problems import Problem
from briefgen.renderers.deck.blocks import (
    bullets,
    chart,
    compare,
    glossary,
    image,
    people,
    quotation,
    table,
    timeline,
)
from briefgen.renderers.deck.frame import Draft, Page

Drafts = tuple[tuple[Draft, ...], tuple[Problem, ...]]

PLANNERS: dict[str, Callable[[Any, Page], Drafts]] = {
    "Bullets": bullets.plan,
    "Prose": bullets.plan_prose,
    "Questions": bullets.plan_questions,
    "Timeline": timeline.plan,
    "People": people.plan,
    "Table": table.plan,
    "Quotation": quotation.plan,
    "Chart": chart.plan,
    "Compare": compare.plan,
    "Image": image.plan,
    "Glossary": glossary.plan,
}


def plan_block(block: BriefBlock, page: Page) -> Drafts:
    """The slides of `block`, in order, and a problem for each thing that no slide holds."""
    return PLANNERS[type(block).__name__](block, page)
