"""Passages by words and topic, for somebody who looks for something to pin."""

from msgspec import Struct

from briefgen.compose.asked import BEST, WHOLE
from briefgen.compose.candidates import looked_at
from briefgen.compose.desk import Scored
from briefgen.compose.material import between, ranked
from briefgen.compose.prepared import Look
from briefgen.compose.scoring import Part, Scorer, query_scorer, topic_scorer, topic_wanted, wanted
from briefgen.library import Library
from briefgen.topics import Topic

_PASSAGES = 3
"""Passages of a large library that are looked at for each that is asked for: several may hold all words of a query, but
not in one sentence."""


class Hit(Struct, frozen=True):
    """A passage found: `block[start:end]` of `source`, its date as EDTF, and where it stands, in words.

    `parts` are what its score is made of.
    """

    source: str
    block: int
    start: int
    end: int
    text: str
    date: str | None
    score: float
    locator: str
    parts: tuple[Part, ...]


def search(
    library: Library, query: str, topic: Topic | None, earliest: str | None, latest: str | None, limit: int
) -> list[Hit]:
    """The best passages for `query` on `topic` with a date from `earliest` to `latest`; either may be left out."""
    library = _narrowed(library, query, topic, None if earliest or latest else limit)
    among, counts = looked_at(library, Look() if topic else Look(holding=_terms(query), alone=False)), library.counts
    scorer = topic_scorer(topic, among, counts) if topic else query_scorer(query, among, counts)
    pool = ranked(scorer, among)
    if topic and query.strip():
        among = tuple(scored.candidate for scored in pool)
        scorer = query_scorer(query, among)
        pool = ranked(scorer, among)
    return [_hit(scored, scorer) for scored in between(pool, earliest, latest)[:limit]]


def _narrowed(library: Library, query: str, topic: Topic | None, limit: int | None) -> Library:
    """The library with the passages to look at: of a large one those that fit best, for a query so many as are shown.

    Without a `limit`, some will be passed over for their dates.
    """
    whole = library.count <= WHOLE
    if topic:
        return library if whole else library.narrowed([topic_wanted(topic)], BEST)
    if whole or limit is None:
        return library.narrowed([wanted(query)], WHOLE if whole else BEST)
    terms = _terms(query)
    library = library.narrowed([wanted(query)], limit * (_PASSAGES if len(terms) > 1 else 2))
    among = looked_at(library, Look(holding=terms, dated=False, alone=False))
    foremost = ranked(query_scorer(query, among, library.counts), among)[:limit]
    return library.only((scored.candidate.span.source, scored.candidate.span.block) for scored in foremost)


def _terms(query: str) -> tuple[str, ...]:
    """The terms of which a passage must hold one."""
    return tuple(pattern for pattern, _ in wanted(query).terms if pattern)


def _hit(scored: Scored, scorer: Scorer) -> Hit:
    candidate = scored.candidate
    date = candidate.date or next(iter(candidate.dates), None)
    place = candidate.locator
    return Hit(
        *(candidate.span.source, candidate.span.block, candidate.span.start, candidate.span.end),
        text=candidate.text,
        date=date.edtf if date else None,
        score=round(scored.score, 3),
        locator=f"{place.label} {place.value}",
        parts=scorer.parts(candidate),
    )
