"""What a section draws on: its topic's sentences, scored, and the rules that its outline sets."""

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import Desk, Scored
from briefgen.compose.scoring import Scorer, query_scorer, topic_scorer
from briefgen.library import Index
from briefgen.model import Find, OutlineSection, Span
from briefgen.problems import Location, error, warning
from briefgen.text.stamps import days_of
from briefgen.text.words import words
from briefgen.topics import Topic

_FLOOR = 0.2
"""The share of the tenth best score below which a sentence is not on the topic."""

_ENOUGH = 5
"""Sentences of a topic that fit a query, from which on no others are looked at."""

_TOO_MUCH = 0.25
"""The share of all passages that no drop is likely to mean."""


class Material(Struct, frozen=True):
    """`pool` holds the section's sentences, best first; `everything` all that it may use; `used` counts by source.

    `room` is how many slides a block may still fill.
    """

    desk: Desk
    section: OutlineSection
    topic: Topic | None
    pool: tuple[Scored, ...]
    everything: tuple[Candidate, ...]
    pinned: tuple[Candidate, ...]
    used: Counter[str]
    room: int = 99


def gather(
    section: OutlineSection, topic: Topic | None, pool: Sequence[Scored], everything: Sequence[Candidate], desk: Desk
) -> Material:
    """The material of a section, with a problem for each pin that matches nothing and each drop likewise."""
    left = _without_drops(section, everything, desk)
    pinned = [found for pin in section.pin if (found := find(pin, left, f"the pin {pin.find!r}", section.where, desk))]
    kept = {candidate.span for candidate in left}
    own = tuple(scored for scored in pool if scored.candidate.span in kept)
    return Material(desk, section, topic, own, tuple(left), tuple(pinned), Counter())


def section_title(material: Material) -> str:
    """The section's heading: its own title, else its topic's."""
    return material.section.title or (material.topic.title if material.topic else "")


def topic_title(material: Material) -> str:
    """The topic's name, as block titles begin; the section's heading where it has no topic."""
    return material.topic.title if material.topic else section_title(material)


def on_topic(topic: Topic, among: Sequence[Candidate], counts: Index | None = None) -> tuple[Scored, ...]:
    """The sentences of `among` that are on `topic`, best first."""
    return ranked(topic_scorer(topic, among, counts), among)


def shared_out(
    topics: Sequence[Topic], among: Sequence[Candidate], counts: Index | None = None
) -> dict[str, tuple[Scored, ...]]:
    """The sentences on each topic, best first, by its id; one that fits another topic better is worth less to it."""
    pools = {topic.id: on_topic(topic, among, counts) for topic in topics}
    fits: dict[Span, float] = {}
    for pool in pools.values():
        for scored in pool:
            fit = scored.score / typical_best(pool)
            fits[scored.candidate.span] = max(fits.get(scored.candidate.span, 0.0), fit)
    return {name: _by_share(pool, fits) for name, pool in pools.items()}


def _by_share(pool: Sequence[Scored], fits: Mapping[Span, float]) -> tuple[Scored, ...]:
    """The pool with each score lowered, to a fifth at least, by the share it is of the best fit among the topics."""
    shares = [scored.score / typical_best(pool) / fits[scored.candidate.span] for scored in pool]
    lowered = [Scored(one.candidate, one.score * (1 + 4 * share) / 5) for one, share in zip(pool, shares, strict=True)]
    return tuple(sorted(lowered, key=lambda one: -one.score))


def matching(query: str, among: Sequence[Candidate], counts: Index | None = None) -> tuple[Scored, ...]:
    """The sentences of `among` that fit `query`, best first; words are rare as `counts` says, if they are given."""
    return ranked(query_scorer(query, among, counts), among)


def ranked(scorer: Scorer, among: Sequence[Candidate]) -> tuple[Scored, ...]:
    """The sentences of `among` that the scorer finds fit, best first."""
    best = sorted((Scored(candidate, scorer.score(candidate)) for candidate in among), key=lambda one: -one.score)
    floor = max(0.0, _FLOOR * typical_best(best))
    return tuple(scored for scored in best if scored.score > floor)


def for_query(material: Material, query: str | None) -> tuple[Scored, ...]:
    """The section's pool; with a query, those of it that fit, or of everything where the topic has too few."""
    if not query:
        return material.pool
    own = matching(query, [scored.candidate for scored in material.pool])
    return own if len(own) >= _ENOUGH else matching(query, material.everything, material.desk.library.counts)


def between(pool: Sequence[Scored], first: str | int | None, last: str | int | None) -> tuple[Scored, ...]:
    """Those whose first date lies from `first` to `last` (years or dates, both included)."""
    if first is None and last is None:
        return tuple(pool)
    start, end = days_of(str(first)), days_of(str(last))
    earliest, latest = start[0] if start else None, end[1] if end else None
    return tuple(scored for scored in pool if _lies_between(scored.candidate, earliest, latest))


def find(wanted: Find, among: Sequence[Candidate], what: str, where: Location, desk: Desk) -> Candidate | None:
    """The first sentence that holds the words of `wanted`; a problem where there is none, or others hold them, too."""
    held = [candidate for candidate in among if holds(candidate, wanted)]
    if not held:
        source = f" in {wanted.source}" if wanted.source else ""
        hint = "find takes words that stand in one sentence of a source; `briefgen search` lists passages"
        desk.problems.append(error(f"{what} matches no passage{source}", hint, where))
        return None
    others = len({candidate.text for candidate in held}) - 1
    if others:
        message = f"{what} stands in {others + 1} passages; the first is taken: {held[0].text!r}"
        desk.problems.append(warning(message, "find more of its words, or name its source", where))
    return held[0]


def holds(candidate: Candidate, wanted: Find) -> bool:
    """Whether the sentence holds the words of `wanted`, white space and case aside, in the source it names."""
    if wanted.source and wanted.source.lower() not in candidate.span.source.lower():
        return False
    return " ".join(wanted.find.lower().split()) in " ".join(candidate.text.lower().split())


def _without_drops(section: OutlineSection, everything: Sequence[Candidate], desk: Desk) -> list[Candidate]:
    left = list(everything)
    for drop in section.drop:
        kept = [candidate for candidate in left if not holds(candidate, drop)]
        if len(kept) == len(left):
            message = f"the drop {drop.find!r} matches no passage"
            desk.problems.append(warning(message, "it has nothing to leave out", section.where))
        elif len(kept) < (1 - _TOO_MUCH) * len(left):
            message = f"the drop {drop.find!r} leaves out {len(left) - len(kept)} of {len(left)} passages"
            desk.problems.append(warning(message, "find more words of the passage that is meant", section.where))
        left = kept
    return left


def typical_best(best: Sequence[Scored]) -> float:
    """The score of the tenth best, which one sentence full of terms does not sway; of the last, if there are fewer."""
    return best[:10][-1].score if best else 0.0


def _lies_between(candidate: Candidate, earliest: int | None, latest: int | None) -> bool:
    date = candidate.date or next(iter(candidate.dates), None)
    if date is None:
        return False
    return (earliest is None or date.latest >= earliest) and (latest is None or date.earliest <= latest)


def subject_words(title: str) -> frozenset[str]:
    """The words of an outline's title: what everybody in the room knows is being spoken of."""
    return frozenset(words(title))
