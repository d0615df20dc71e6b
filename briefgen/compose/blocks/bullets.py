"""Bullets: the best passages of a topic, in groups by its facets, each group in order of time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil

from msgspec.structs import replace

from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import Scored, alike, choose, in_time
from briefgen.compose.material import Material, between, for_query, section_title, topic_title, typical_best
from briefgen.compose.partners import partners
from briefgen.compose.scoring import Term, facet_terms, occurrences
from briefgen.model import Bullets, BulletsBlock, Span, Statement
from briefgen.problems import Location
from briefgen.text.dates import year_of
from briefgen.topics import Facet

LIMIT = 24
"""Words of a bullet at most."""
_FLOOR = 0.3
"""The share of the topic's tenth best score that a bullet must reach."""
A_SLIDE = 5
"""Bullets on a slide at most."""
_OF_EACH, _FIT = 4, 0.3
"""Bullets that each facet has before the best of all are taken, and how much each of its terms speaks for one."""
_FEWEST = 3
"""Bullets that make a group of their own, so that no slide is nearly empty."""


def bullets(block: BulletsBlock, where: Location, material: Material) -> tuple[Bullets, ...]:
    """One `Bullets` a slide, by facets where the topic has some and the block has neither query nor title."""
    pool = between(for_query(material, block.query), block.from_, block.to)
    facets = material.topic.facets if material.topic and not (block.query or block.title) else ()
    if not facets:
        chosen = choose(pool, block.at_most or A_SLIDE, material.desk, LIMIT, material.used)
        statements = _stated(chosen, material)
        return (Bullets(block.title or section_title(material), statements, where),) if statements else ()
    slides = min(material.room, len(facets) + 1) if material.section.slides is None else material.room
    best = [one for one in pool if one.score > _FLOOR * typical_best(pool)]
    named = _partners(best, material)
    groups = _planned(best, block.at_most or slides * A_SLIDE, slides, facets, named, material)
    material.used.update(one.span.source for chosen in groups.values() for one in chosen)
    rest = f"{topic_title(material)}: what else the sources say"
    return tuple(
        _with_years(Bullets(title or rest, part, where))
        for title, chosen in groups.items()
        for part in _in_equal_parts(_stated(chosen, material))
    )


def _in_equal_parts(statements: tuple[Statement, ...]) -> list[tuple[Statement, ...]]:
    """The statements in as few parts as slides hold, none of them much shorter than the others."""
    size = ceil(len(statements) / max(1, _slides(len(statements))))
    return [statements[start : start + size] for start in range(0, len(statements), size or 1)]


def _planned(
    pool: Sequence[Scored],
    count: int,
    slides: int,
    facets: Sequence[Facet],
    named: Mapping[Span, str],
    material: Material,
) -> dict[str, list[Candidate]]:
    """The best of each facet, then of all, up to `count`, as many as fill at most so many slides when grouped."""
    used = Counter(material.used)
    open_: list[Candidate] = []
    for among, most in (*((among, _OF_EACH) for among in _weighed(pool, facets)), (pool, 2 * slides * A_SLIDE)):
        fresh = [one for one in among if not any(alike(one.candidate, other) for other in open_)]
        open_ += choose(fresh, most, material.desk, LIMIT, used)
    chosen: list[Candidate] = []
    for candidate in open_:
        groups = _grouped([*chosen, candidate], facets, named)
        if len(chosen) < count and sum(_slides(len(group)) for group in groups.values()) <= slides:
            chosen.append(candidate)
    return _grouped(chosen, facets, named)


def _partners(pool: Sequence[Scored], material: Material) -> dict[Span, str]:
    """The partner that each sentence is on, where the topic groups by partner; those of whom most is said first."""
    if not (material.topic and material.topic.by_partner):
        return {}
    found = partners(pool, material.desk.subject)
    return {scored.candidate.span: partner.name for partner in found for scored in partner.pool}


def _grouped(
    chosen: Sequence[Candidate], facets: Sequence[Facet], named: Mapping[Span, str]
) -> dict[str, list[Candidate]]:
    """Each sentence under its partner, where enough are on that one; the others by facet."""
    groups: dict[str, list[Candidate]] = {name: [] for name in named.values()}
    for candidate in chosen:
        if candidate.span in named:
            groups[named[candidate.span]].append(candidate)
    full = {name: group for name, group in groups.items() if len(group) >= _FEWEST}
    kept = {one.span for group in full.values() for one in group}
    rest = [one for one in chosen if one.span not in kept]
    return full if full and len(rest) < 2 else {**full, **_by_facet(rest, facets)}


def _weighed(pool: Sequence[Scored], facets: Sequence[Facet]) -> list[list[Scored]]:
    """For each facet what fits it best, the more of its terms it holds the better."""
    scores = {one.candidate.span: one.score for one in pool}
    groups = _by_facet([one.candidate for one in pool], facets, fewest=1)
    return [
        [
            Scored(one, scores[one.span] * (1 + _FIT * _fit(facet_terms(facet.terms), one)))
            for one in groups[facet.title]
        ]
        for facet in facets
        if facet.title in groups
    ]


def _slides(count: int) -> int:
    return ceil(count / A_SLIDE)


def _stated(chosen: Sequence[Candidate], material: Material) -> tuple[Statement, ...]:
    return tuple(in_time([made for one in chosen if (made := material.desk.short(one, LIMIT))]))


def _with_years(group: Bullets) -> Bullets:
    """The group with the years it spans in its title, such as "Attacks, 1975 to 2017", where most of it is dated."""
    years = sorted(year_of(one.date.earliest) for one in group.statements if one.date)
    mostly = 2 * len(years) > len(group.statements)
    return (
        replace(group, title=f"{group.title}, {years[0]} to {years[-1]}") if mostly and years[0] != years[-1] else group
    )


def _by_facet(
    chosen: Sequence[Candidate], facets: Sequence[Facet], fewest: int = _FEWEST
) -> dict[str, list[Candidate]]:
    """Each sentence under the facet that most of its words speak for.

    What belongs to no facet, or to one that has too few, stands last, under "", unless it is a single one.
    """
    terms = {facet.title: facet_terms(facet.terms) for facet in facets}
    groups: dict[str, list[Candidate]] = {facet.title: [] for facet in facets}
    for candidate in chosen:
        fits = {title: _fit(own, candidate) for title, own in terms.items()}
        best = max(fits, key=lambda title: fits[title])
        groups.setdefault(best if fits[best] else "", []).append(candidate)
    full = {title: group for title, group in groups.items() if title and len(group) >= fewest}
    kept = {one.span for group in full.values() for one in group}
    rest = [one for one in chosen if one.span not in kept]
    return {**full, "": rest} if len(rest) > 1 or not full else full


def _fit(terms: Sequence[Term], candidate: Candidate) -> int:
    return sum(occurrences(term, candidate) > 0 for term in terms)
