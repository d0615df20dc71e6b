"""How many slides a section may fill, where the outline gives minutes."""

from collections.abc import Sequence
from math import floor

from msgspec.structs import replace

from briefgen.compose.placing import all_in_place
from briefgen.model import Outline, OutlineSection

MINUTES_A_SLIDE = 2
"""A slide of five sourced statements has some 80 words. Read and talked over at a lecturer's 120 words a minute, with
as much again said in between, it takes about a minute and a half; changes and questions make it two."""

_FEWEST = 2
"""Slides of a section at least: its opener, and one that shows something."""


def paced(outline: Outline, weights: Sequence[float]) -> tuple[OutlineSection, ...]:
    """The sections, each with `slides` where the outline's minutes or its own tell how many it may fill.

    Slides that are given count, then the section's own minutes. The outline's minutes, less what these take, are
    shared out over the others by `weights`, one a section, and each has two slides at least. A section in which all is
    in place keeps what it has, which takes a slide a block.
    """
    known = [_known(section) for section in outline.sections]
    if outline.minutes is None:
        return tuple(map(_with, outline.sections, known))
    left = floor(outline.minutes / MINUTES_A_SLIDE) - sum(slides or 0 for slides in known)
    open_ = [index for index, slides in enumerate(known) if slides is None]
    shares = _shared(left, [weights[index] for index in open_])
    given = dict(zip(open_, shares, strict=True))
    return tuple(_with(section, given.get(index, known[index])) for index, section in enumerate(outline.sections))


def minutes_of(section: OutlineSection, planned: OutlineSection, outline: Outline) -> int | None:
    """How long a section takes: what it says itself, else its share of the outline's minutes by its planned slides."""
    if section.minutes is None and outline.minutes is not None and planned.slides is not None:
        return planned.slides * MINUTES_A_SLIDE
    return section.minutes


def _known(section: OutlineSection) -> int | None:
    """The slides that a section fills whatever the outline's minutes."""
    if all_in_place(section):
        return len(section.blocks) + (section.topic is not None)
    if section.slides is None and section.minutes is not None:
        return max(1, round(section.minutes / MINUTES_A_SLIDE))
    return section.slides


def _with(section: OutlineSection, slides: int | None) -> OutlineSection:
    return section if slides is None or all_in_place(section) else replace(section, slides=slides)


def _shared(slides: int, weights: Sequence[float]) -> list[int]:
    """So many slides shared out by weight, the largest remainders first, and none less than two."""
    total = sum(weights)
    exact = [slides * (weight / total if total else 1 / len(weights)) for weight in weights]
    whole = [max(_FEWEST, floor(one)) for one in exact]
    rest = sorted(range(len(exact)), key=lambda index: floor(exact[index]) - exact[index])
    for index in rest[: max(0, slides - sum(whole))]:
        whole[index] += 1
    return whole
