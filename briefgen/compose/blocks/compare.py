"""Comparisons: two sides of a matter beside each other, such as a charge and its answer."""

import re
from collections.abc import Collection, Sequence

from briefgen.compose.blocks.bullets import LIMIT
from briefgen.compose.candidates import Candidate
from briefgen.compose.conflicts.denials import is_related
from briefgen.compose.conflicts.names import any_of
from briefgen.compose.desk import Scored, choose, in_time
from briefgen.compose.material import Material, find, matching, topic_title, typical_best
from briefgen.model import Compare, CompareBlock, CompareSide, Find, Side
from briefgen.problems import Location, error
from briefgen.text.words import words

_CLEARLY, _NEARLY, _ON_TOPIC = 1.3, 0.35, 0.3
"""How much better than the other side's query a passage must fit its own, what share of the best fit it must reach,
and what share of the topic's tenth best score."""


def compare(block: CompareBlock, where: Location, material: Material) -> tuple[Compare, ...]:
    """Both sides with their passages; nothing, and a problem, where a side that the outline asks for stays empty."""
    left = _passages(block.left, block.right, where, material)
    right = _passages(block.right, block.left, where, material, left)
    empty = [side for side, found in ((block.left, left), (block.right, right)) if not found]
    if empty:
        if material.section.blocks:
            hint = "give it other words to find, or another query"
            at = empty[0].where or where
            material.desk.problems.append(error(f"no passage for the side {empty[0].label!r}", hint, at))
        return ()
    title = block.title or f"{topic_title(material)}: {block.left.label} and {block.right.label}"
    return (Compare(title, _side(block.left.label, left, material), _side(block.right.label, right, material), where),)


def _passages(
    side: CompareSide, other: CompareSide, where: Location, material: Material, told: Sequence[Candidate] = ()
) -> list[Candidate]:
    """What a side shows, with what the other side has `told`."""
    if side.find:
        wanted = Find(side.find, side.source, where=side.where)
        found = find(wanted, material.everything, f"the side {side.label!r}", where, material.desk)
        return [found] if found else []
    answering = told and re.search(any_of("denials"), side.query or side.label)
    against = {scored.candidate.span: scored.score for scored in _fitting(other.query or "", material)}
    pool = [
        scored
        for scored in _fitting(side.query or side.label, material)
        if scored.score > _CLEARLY * against.get(scored.candidate.span, 0)
        and not (answering and not _answers(scored.candidate, told, material.desk.subject))
    ]
    best = max((scored.score for scored in pool), default=0)
    fitting = [scored for scored in pool if scored.score > best * _NEARLY]
    view = "answers" if answering else ""  # what was said before is still the answer
    return choose(fitting, side.at_most, material.desk, LIMIT, material.used, view)


def _answers(candidate: Candidate, told: Sequence[Candidate], subject: Collection[str]) -> bool:
    """Whether a passage speaks first of somebody whom what was told names; those who bear the subject's name aside."""
    speaks_of = next((own for own in map(words, candidate.names) if not set(own) & set(subject)), None)
    others = {word for one in told for name in one.names for word in words(name)} - set(subject)
    return speaks_of is None or any(is_related(one, other) for one in speaks_of for other in others)


def _side(label: str, passages: Sequence[Candidate], material: Material) -> Side:
    """A side in order of time; a passage that the outline names is shown whole where it cannot be cut."""
    desk = material.desk
    return Side(label, tuple(in_time([desk.short(one, LIMIT) or desk.state(one) for one in passages])))


def _fitting(query: str, material: Material) -> list[Scored]:
    """What fits the query, the better the more it is on the section's topic."""
    best = typical_best(material.pool)
    topical = {scored.candidate.span: scored.score for scored in material.pool if scored.score > _ON_TOPIC * best}
    among = [one for one in material.everything if one.span in topical] if topical else list(material.everything)
    return [
        Scored(scored.candidate, scored.score * (1 + min(1, topical.get(scored.candidate.span, 0) / max(best, 1))))
        for scored in matching(query, among)
    ]
