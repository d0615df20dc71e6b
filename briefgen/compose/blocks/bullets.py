"""Bullets: the best passages of a topic, in groups by its facets, each group in order of time."""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from briefgen.compose.desk import Scored, choose, in_time
from briefgen.compose.material import Material, between, for_query, section_title, typical_best
from briefgen.compose.scoring import Term, facet_terms, occurrences
from briefgen.model import Bullets, BulletsBlock
from briefgen.problems import Location
from briefgen.text.dates import year_of
from briefgen.topics import Facet

LIMIT = 26
"""Words of a bullet at most."""
_FLOOR = 0.3
"""The share of the topic's tenth best score that a bullet must reach."""
A_SLIDE = 5
"""Bullets of one facet at most, so that a facet is a slide."""


def bullets(block: BulletsBlock, where: Location, material: Material) -> tuple[Bullets, ...]:
    """One `Bullets` for each facet with two statements or more; just one where the block has a query or title."""
    pool = between(for_query(material, block.query), block.from_, block.to)
    facets = material.topic.facets if material.topic and not (block.query or block.title) else ()
    if not facets:
        group = _group(block.title or section_title(material), pool, block.at_most or A_SLIDE, where, material)
        return (group,) if group else ()
    groups = _by_facet(pool, facets)
    made: list[Bullets] = []
    for facet in facets:
        left = None if block.at_most is None else block.at_most - sum(len(group.statements) for group in made)
        count = A_SLIDE if left is None else min(A_SLIDE, left)
        if len(made) < material.room:
            group = _group(facet.title, groups[facet.title], count, where, material, fewest=2)
            made += [_with_years(group)] if group else []
    return tuple(made)


def _group(
    title: str, pool: Sequence[Scored], count: int, where: Location, material: Material, fewest: int = 1
) -> Bullets | None:
    """The best of the pool under one title; none where there are fewer than `fewest`."""
    chosen = choose(pool, count, material.desk, LIMIT, Counter(material.used))
    if len(chosen) < fewest:
        return None
    material.used.update(candidate.span.source for candidate in chosen)
    statements = in_time([made for candidate in chosen if (made := material.desk.short(candidate, LIMIT))])
    return Bullets(title, tuple(statements), where)


def _with_years(group: Bullets) -> Bullets:
    """The group with the years it spans in its title, such as "Attacks, 1975 to 2017", where most of it is dated."""
    years = sorted(year_of(one.date.earliest) for one in group.statements if one.date)
    mostly = 2 * len(years) > len(group.statements)
    return (
        replace(group, title=f"{group.title}, {years[0]} to {years[-1]}") if mostly and years[0] != years[-1] else group
    )


def _by_facet(pool: Sequence[Scored], facets: Sequence[Facet]) -> dict[str, list[Scored]]:
    """Each sentence under the facet that most of its words speak for; those of no facet under none."""
    terms = {facet.title: facet_terms(facet.terms) for facet in facets}
    groups: dict[str, list[Scored]] = {facet.title: [] for facet in facets}
    floor = _FLOOR * typical_best(pool)
    for scored in (one for one in pool if one.score > floor):
        fits = {title: _fit(own, scored) for title, own in terms.items()}
        best = max(fits, key=lambda title: fits[title])
        if fits[best]:
            groups[best].append(Scored(scored.candidate, scored.score * (1 + 0.3 * fits[best])))
    return groups


def _fit(terms: Sequence[Term], scored: Scored) -> int:
    return sum(occurrences(term, scored.candidate) > 0 for term in terms)
