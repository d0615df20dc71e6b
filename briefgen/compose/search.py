"""Passages by words and topic, for somebody who looks for something to pin."""

from msgspec import Struct

from briefgen.compose.candidates import candidates
from briefgen.compose.desk import Scored
from briefgen.compose.material import between, ranked
from briefgen.compose.scoring import Part, Scorer, query_scorer, topic_scorer
from briefgen.library import Library
from briefgen.topics import Topic


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
    among = candidates(library)
    scorer = topic_scorer(topic, among) if topic else query_scorer(query, among)
    pool = ranked(scorer, among)
    if topic and query.strip():
        among = tuple(scored.candidate for scored in pool)
        scorer = query_scorer(query, among)
        pool = ranked(scorer, among)
    return [_hit(scored, scorer) for scored in between(pool, earliest, latest)[:limit]]


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
