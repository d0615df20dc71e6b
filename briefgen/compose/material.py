"""What a section draws on: its topic's sentences, scored, and the rules that its outline sets."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import Desk, Scored
from briefgen.compose.places import Places
from briefgen.compose.preferences import unknown_source, weighed
from briefgen.compose.scoring import Scorer, query_scorer, topic_scorer
from briefgen.library import Index
from briefgen.model import Compare, Find, OutlineSection, Span
from briefgen.problems import Location, Marks, error, warning
from briefgen.text.stamps import days_of
from briefgen.text.words import stop_words, words
from briefgen.topics import Topic

_FLOOR = 0.2
"""The share of the tenth best score below which a sentence is not on the topic."""

_ENOUGH = 5
"""Sentences of a topic that fit a query, from which on no others are looked at."""

_TOO_MUCH = 0.25
"""The share of all passages that no drop is likely to mean."""


Differing = Callable[[Sequence[Scored], Location, bool], Compare | None]


class Material(Struct, frozen=True):
    """`pool` holds the section's sentences, best first; `everything` all that it may use; `used` counts by source.

    `room` is how many slides a block may still fill. `differing` makes a slide of the difference between sources that
    matters most among a pool's sentences, if there is one; of charges and denials too if its last argument says so.
    `marks` are where the keys of the block at hand stand, if the outline has it.
    """

    desk: Desk
    section: OutlineSection
    topic: Topic | None
    pool: tuple[Scored, ...]
    everything: tuple[Candidate, ...]
    pinned: tuple[Candidate, ...]
    used: Counter[str]
    places: Places
    room: int = 99
    differing: Differing | None = None
    marks: Marks = {}


def gather(
    section: OutlineSection,
    topic: Topic | None,
    pool: Sequence[Scored],
    everything: Sequence[Candidate],
    desk: Desk,
    places: Places,
    worth: Mapping[str, float],
    differing: Differing | None = None,
) -> Material:
    """The material of a section, with a problem for each pin that matches nothing and each drop likewise.

    `worth` is what sentences of a source are worth here, if not 1.
    """
    left = [weighed(candidate, worth) for candidate in _without_drops(section, everything, desk)]
    pinned = [found for pin in section.pin if (found := _pinned(pin, section, left, everything, desk))]
    kept = {candidate.span: candidate for candidate in left}
    own = [
        Scored(kept[span], scored.score * worth.get(span.source, 1.0), scored.own)
        for scored in pool
        if (span := scored.candidate.span) in kept
    ]
    own.sort(key=lambda scored: -scored.score)
    once = tuple({candidate.span: candidate for candidate in pinned}.values())
    return Material(desk, section, topic, tuple(own), tuple(left), once, Counter(), places, differing=differing)


def _pinned(
    pin: Find, section: OutlineSection, left: Sequence[Candidate], everything: Sequence[Candidate], desk: Desk
) -> Candidate | None:
    """The passage of a pin; a problem where there is none, or where a drop leaves it out."""
    if not any(holds(one, pin) for one in left) and any(holds(one, pin) for one in everything):
        hint = "take one of the two out, or find more words of the passage that is meant"
        message = f"the pin {pin.find!r} matches only what a drop of the section leaves out"
        desk.problems.append(error(message, hint, pin.where or section.where))
        return None
    return find(pin, left, f"the pin {pin.find!r}", section.where, desk)


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
    lowered = [
        Scored(one.candidate, one.score * (1 + 4 * share) / 5, share >= 1)
        for one, share in zip(pool, shares, strict=True)
    ]
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
    """The first sentence that holds the words of `wanted`; a problem where there is none, or others hold them, too.

    Of those, one in a source of just that name comes before one in a source whose name only holds it, and the one at
    the span that `wanted` names before all.
    """
    where = wanted.where or where
    held = [candidate for candidate in among if holds(candidate, wanted)]
    held = [candidate for candidate in held if candidate.span.source == wanted.source] or held
    if wanted.span:
        held = [candidate for candidate in held if candidate.span.place == wanted.span] or held
    if not held:
        unknown = unknown_source(wanted.source, desk.library, where) if wanted.source else None
        if unknown:
            desk.problems.append(replace(unknown, message=f"{what}: {unknown.message}"))
            return None
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
            desk.problems.append(warning(message, "it has nothing to leave out", drop.where or section.where))
        elif len(kept) < (1 - _TOO_MUCH) * len(left):
            message = f"the drop {drop.find!r} leaves out {len(left) - len(kept)} of {len(left)} passages"
            hint = "find more words of the passage that is meant"
            desk.problems.append(warning(message, hint, drop.where or section.where))
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
    """The words of an outline's title that say something: what everybody in the room knows is being spoken of."""
    return frozenset(words(title)) - stop_words()
