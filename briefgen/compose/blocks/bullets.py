"""Bullets: the best passages of a topic, in groups by its facets, each group in order of time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import ANOTHER_SOURCE, Scored, choose, in_time
from briefgen.compose.material import Material, between, for_query, section_title, topic_title, typical_best
from briefgen.compose.partners import partners
from briefgen.compose.scoring import Term, facet_terms
from briefgen.compose.wording import fitting
from briefgen.model import Bullets, BulletsBlock, Span, Statement
from briefgen.problems import Location
from briefgen.text.days import year_of
from briefgen.topics import Facet

LIMIT = 24
"""Words of a bullet at most."""
_FLOOR, _FILLS = 0.3, 0.12
"""The shares of the topic's tenth best score that a bullet must reach, and one that only fills its facet's slide."""
A_SLIDE, _WORDS = 5, 135
"""Bullets on a slide without facets, and words on any: more are not read while somebody speaks."""
_MOST = 7
"""Bullets on a slide at most, where they are short."""
_OF_EACH, _FIT = 4, 0.3
"""Bullets that each facet has before the best of all are taken, and how much each of its terms speaks for one."""
_MOST_OF_ONE = 0.6
"""The share of a section from which on a source leaves the word to others, if they have something to say."""
_FEWEST = 3
"""Bullets that make a group of their own, so that no slide is nearly empty."""


class _Homes(Struct, frozen=True):
    """Where each sentence of a pool belongs: `partners` has whom it is on, `facets` the facets for which words of it
    speak, and how many: the most first. `titles` are those of the facets, in order."""

    partners: Mapping[Span, str]
    facets: Mapping[Span, Sequence[tuple[str, int]]]
    titles: tuple[str, ...]


def bullets(block: BulletsBlock, where: Location, material: Material) -> tuple[Bullets, ...]:
    """One `Bullets` a slide, by facets where the topic has some and the block has neither query nor title.

    A single sentence makes no slide, unless the outline asks for one.
    """
    pool = between(for_query(material, block.query), block.from_, block.to)
    facets = material.topic.facets if material.topic and not (block.query or block.title) else ()
    if not facets:
        chosen = choose(pool, block.at_most or A_SLIDE, material.desk, LIMIT, material.used)
        statements = _stated(chosen, material)
        return (Bullets(block.title or section_title(material), statements, where),) if statements else ()
    slides = min(material.room, len(facets) + 1) if material.section.slides is None else material.room
    homes = _Homes(
        _partners(_at_least(_FLOOR, pool), material), _homes(pool, facets), tuple(facet.title for facet in facets)
    )
    groups = _planned(pool, block.at_most or slides * _MOST, slides, homes, material)
    if not material.section.blocks and sum(map(len, groups.values())) < 2:
        return ()
    material.used.update(one.span.source for chosen in groups.values() for one in chosen)
    rest = f"{topic_title(material)}: what else the sources say"
    return tuple(
        _with_years(Bullets(title or rest, part, where))
        for title, chosen in groups.items()
        for part in _in_equal_parts(_stated(chosen, material), _slides(chosen))
    )


def _at_least(share: float, pool: Sequence[Scored]) -> list[Scored]:
    return [one for one in pool if one.score > share * typical_best(pool)]


def _in_equal_parts(statements: tuple[Statement, ...], slides: int) -> list[tuple[Statement, ...]]:
    """The statements in so many parts, none of them much shorter than the others."""
    size = ceil(len(statements) / max(1, slides))
    return [statements[start : start + size] for start in range(0, len(statements), size or 1)]


def _planned(
    pool: Sequence[Scored], count: int, slides: int, homes: _Homes, material: Material
) -> dict[str, list[Candidate]]:
    """As many sentences as fill at most so many slides when grouped: groups of their own first, then one by one."""
    groups, singles = _in_turn(pool, slides, homes, material)
    chosen: list[Candidate] = []

    def fits(more: Sequence[Candidate], at_home: bool = False) -> bool:
        grouped = _grouped([*chosen, *more], homes)
        few = len(chosen) + len(more) <= count and sum(map(_slides, grouped.values())) <= slides
        return few and not (at_home and "" in grouped)

    for group in groups:
        if len(group) >= _FEWEST and fits(group, at_home=True):
            chosen += group
    singles = [*(one for group in groups for one in group), *singles]
    for candidate in singles:
        if candidate not in chosen and fits([candidate]):
            chosen.append(candidate)
    left = [one for one in singles if one not in chosen]
    return _with_others(_grouped(chosen, homes), left, count - len(chosen), homes, material.used)


def _with_others(
    groups: dict[str, list[Candidate]], left: Sequence[Candidate], count: int, homes: _Homes, used: Counter[str]
) -> dict[str, list[Candidate]]:
    """The groups and, where most of the section is of one source, up to `count` sentences of others that have room."""
    said = Counter(one.span.source for group in groups.values() for one in group) + used
    source, most = said.most_common(1)[0] if said else ("", 0)
    others = [one for one in left if one.span.source != source] if most > _MOST_OF_ONE * said.total() else []
    for candidate in others[: max(0, count)]:
        for title in homes.titles:
            if title in groups and _slides([*groups[title], candidate]) == _slides(groups[title]):
                groups[title].append(candidate)
                break
    return groups


def _in_turn(
    pool: Sequence[Scored], slides: int, homes: _Homes, material: Material
) -> tuple[list[list[Candidate]], list[Candidate]]:
    """The best of each partner, then of each facet, enough for a slide if there are so many; then the best of all that
    are left, and lesser ones on the facets."""
    used = Counter(material.used)
    found: list[Candidate] = []

    def take(among: Sequence[Scored], most: int) -> list[Candidate]:
        taken = choose(among, most, material.desk, LIMIT, used, apart=found)
        found.extend(taken)
        return taken

    best = _at_least(_FLOOR, pool)
    lesser = _by_facet([one for one in _at_least(_FILLS, pool) if one.own and one.candidate.named], homes)
    groups = [take(own, _OF_EACH) for own in _by_partner(best, homes)]
    pairs = zip(_by_facet(best, homes), lesser, strict=True)
    for own, more in sorted(pairs, key=lambda pair: -_worth(pair[0], used)):
        group = take(own, _OF_EACH)
        groups.append([*group, *take(more, _FEWEST - len(group))])
    singles = take(best, 2 * slides * A_SLIDE)
    return groups, [*singles, *(one for more in lesser for one in take(more, _MOST))]


def _homes(pool: Sequence[Scored], facets: Sequence[Facet]) -> dict[Span, list[tuple[str, int]]]:
    """The facets of each sentence with the number of their terms in it; none for one that holds no facet's."""
    terms = [(facet.title, facet_terms(facet.terms)) for facet in facets]
    homes = {}
    for scored in pool:
        fits = [(title, count) for title, own in terms if (count := _fit(own, scored.candidate))]
        if fits:
            homes[scored.candidate.span] = sorted(fits, key=lambda fit: -fit[1])
    return homes


def _partners(pool: Sequence[Scored], material: Material) -> dict[Span, str]:
    """The partner that each sentence is on, where the topic groups by partner; those of whom most is said first."""
    if not (material.topic and material.topic.by_partner):
        return {}
    found = partners(pool, material.desk.subject, material.everything)
    return {scored.candidate.span: partner.name for partner in found for scored in partner.pool}


def _grouped(chosen: Sequence[Candidate], homes: _Homes) -> dict[str, list[Candidate]]:
    """Each sentence under its partner, where enough are on that one; the others under their facets, likewise.

    What is left stands last, under "", unless it is a single one.
    """
    full = _full({name: [] for name in homes.partners.values()}, chosen, homes.partners)
    rest = _left(chosen, full)
    full |= _full({title: [] for title in homes.titles}, rest, {span: fit[0][0] for span, fit in homes.facets.items()})
    for candidate in _left(rest, full):
        for title, _ in homes.facets.get(candidate.span, ()):
            if title in full:
                full[title].append(candidate)
                break
    rest = _left(chosen, full)
    return {**full, "": rest} if len(rest) > 1 or not full else full


def _full(
    groups: dict[str, list[Candidate]], chosen: Sequence[Candidate], home: Mapping[Span, str]
) -> dict[str, list[Candidate]]:
    """The groups with the sentences that belong there, as far as they are enough for a slide."""
    for candidate in chosen:
        if candidate.span in home:
            groups[home[candidate.span]].append(candidate)
    return {title: group for title, group in groups.items() if len(group) >= _FEWEST}


def _left(chosen: Sequence[Candidate], groups: Mapping[str, Sequence[Candidate]]) -> list[Candidate]:
    kept = {one.span for group in groups.values() for one in group}
    return [one for one in chosen if one.span not in kept]


def _by_facet(pool: Sequence[Scored], homes: _Homes) -> list[list[Scored]]:
    """For each facet its sentences, worth the more the more of its terms they hold."""
    groups: dict[str, list[Scored]] = {title: [] for title in homes.titles}
    for scored in pool:
        if scored.candidate.span in homes.facets:
            title, count = homes.facets[scored.candidate.span][0]
            groups[title].append(Scored(scored.candidate, scored.score * (1 + _FIT * count)))
    return list(groups.values())


def _by_partner(pool: Sequence[Scored], homes: _Homes) -> list[list[Scored]]:
    groups: dict[str, list[Scored]] = {name: [] for name in homes.partners.values()}
    for scored in pool:
        if scored.candidate.span in homes.partners:
            groups[homes.partners[scored.candidate.span]].append(scored)
    return [group for group in groups.values() if len(group) >= _FEWEST]


def _worth(group: Sequence[Scored], used: Counter[str]) -> float:
    """What the best of a group are worth, as many as make a slide, each the less the more its source has said."""
    worth = sorted((one.score * ANOTHER_SOURCE ** used[one.candidate.span.source] for one in group), reverse=True)
    return sum(worth[:_FEWEST])


def _slides(group: Sequence[Candidate]) -> int:
    """How many slides the sentences take, by their number and by the words that are shown of them."""
    return max(ceil(len(group) / _MOST), ceil(sum(map(_words, group)) / _WORDS))


def _words(candidate: Candidate) -> int:
    return sum(len(candidate.text[start:end].split()) for start, end in fitting(candidate, LIMIT) or ())


def _stated(chosen: Sequence[Candidate], material: Material) -> tuple[Statement, ...]:
    return tuple(in_time([made for one in chosen if (made := material.desk.short(one, LIMIT))]))


def _with_years(group: Bullets) -> Bullets:
    """The group with the years it spans in its title, such as "Attacks, 1975 to 2017", where most of it is dated."""
    told = [one.date for one in group.statements if one.date and one.date.precision not in ("century", "decade")]
    years = sorted(year for date in told if (year := year_of(date.earliest)) > 0)
    mostly = 2 * len(years) > len(group.statements)
    return (
        replace(group, title=f"{group.title}, {years[0]} to {years[-1]}") if mostly and years[0] != years[-1] else group
    )


def _fit(terms: Sequence[Term], candidate: Candidate) -> int:
    stems, line = candidate.stems, candidate.line
    return sum(term.word in stems if term.word else bool(term.pattern) and term.pattern in line for term in terms)
