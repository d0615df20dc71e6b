"""Timelines: dated events, spread over the time that the sources cover."""

from collections.abc import Sequence

from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import Scored, alike, choose
from briefgen.compose.frames import frame
from briefgen.compose.material import Material, between, for_query, topic_title, typical_best
from briefgen.compose.trim import trim
from briefgen.model import DateMention, Statement, Timeline, TimelineBlock
from briefgen.problems import Location
from briefgen.text.days import year_of

LABEL = 14
"""Words of an event's label at most."""
_LEAST = 3
"""Words of an event's label at least."""
_FLOOR = 0.3
"""The share of the tenth best score below which a dated sentence is no event of the topic."""
FEWEST, MOST = 3, 11
"""Events that make a timeline, and how many it has where the outline does not say."""

_OTHERS = 0.5
"""What an event is worth that another topic of the outline fits better."""


def timeline(block: TimelineBlock, where: Location, material: Material) -> tuple[Timeline, ...]:
    """The best dated passages in order of time, no two of one date; nothing where there are fewer than three."""
    pool = between(for_query(material, block.query), block.from_, block.to)
    floor = _FLOOR * typical_best(pool)
    dated = [
        one for one in pool if one.score > floor and _event_date(one.candidate) and _label(one.candidate, material)
    ]
    chosen = _spread(dated, block.at_most or MOST, material)
    if len(chosen) < FEWEST:
        return ()
    events = sorted((_event(candidate, material) for candidate in chosen), key=_in_order)
    return (Timeline(block.title or _title(events, material), tuple(events), where),)


def _event_date(candidate: Candidate) -> DateMention | None:
    return candidate.date if candidate.date and candidate.date.precision != "century" else None


def _label(candidate: Candidate, material: Material) -> tuple[int, int] | None:
    """Where the event's own words start and end, without a date that opens the sentence.

    All of a short sentence; of another who did what, by the topic's verbs, or its beginning. None if no cut is safe.
    """
    (opens, close), *others = candidate.standing or ((0, len(candidate.text)),)
    if others:
        return None
    text = candidate.text[:close]
    start = candidate.before or opens or _after_leading_date(candidate)
    if _fits(text[start:]):
        return start, close
    events = material.topic.events if material.topic else ()
    told = frame(candidate.text, candidate.date, events, candidate.before)
    if told and told.who + told.whom and _fits(candidate.text[slice(*told.clause)]):
        return told.clause
    end = trim(text[start:], LABEL, phrases=True)
    return (start, start + end) if end is not None and _fits(text[start : start + end]) else None


def _fits(label: str) -> bool:
    return _LEAST <= len(label.split()) <= LABEL


def _after_leading_date(candidate: Candidate) -> int:
    """Where a sentence goes on after "In June 1975, "; 0 where it opens otherwise."""
    date = candidate.date
    if not date or len(candidate.text[: date.start].split()) > 2 or candidate.text[date.end : date.end + 2] != ", ":
        return 0
    return date.end + 2


def _event(candidate: Candidate, material: Material) -> Statement:
    label = _label(candidate, material)
    assert label is not None
    return material.desk.state(candidate, *label, bold=False)


def _spread(dated: Sequence[Scored], count: int, material: Material) -> list[Candidate]:
    """The best events, of those with one date only the best, each worth less for every event chosen close to it."""
    events = {scored.candidate.span: _time(scored.candidate) for scored in dated}
    reach = (max(events.values(), default=0) - min(events.values(), default=0)) / (2 * count)
    chosen: list[Candidate] = []
    while len(chosen) < count:
        taken = [(date.label, _time(one)) for one in chosen if (date := _event_date(one))]
        fresh = [one for one in dated if not any(alike(one.candidate, other) for other in chosen)]
        open_ = [_apart(scored, taken, reach) for scored in fresh if not _same_date(scored.candidate, taken)]
        best = choose(open_, 1, material.desk, LABEL * 4, material.used, "timeline")
        if not best:
            break
        chosen += best
    return chosen


def _time(candidate: Candidate) -> int:
    date = _event_date(candidate)
    return (date.earliest + date.latest) // 2 if date else 0


def _same_date(candidate: Candidate, taken: Sequence[tuple[str, int]]) -> bool:
    date = _event_date(candidate)
    return bool(date) and any(date.label == label for label, _ in taken if date)


def _apart(scored: Scored, taken: Sequence[tuple[str, int]], reach: float) -> Scored:
    """Worth half for each event within reach, more for a list item that is a date and what happened, and less where
    another topic of the outline fits better."""
    close = sum(abs(_time(scored.candidate) - time) < reach for _, time in taken)
    entry = 1.5 if scored.candidate.before else 1.0
    return Scored(scored.candidate, scored.score * entry * (1 if scored.own else _OTHERS) * 0.5**close)


def _title(events: Sequence[Statement], material: Material) -> str:
    """The topic with its span of years, such as "History: 1970 to 2021"."""
    years = [year_of(day) for event in events if event.date for day in (event.date.earliest, event.date.latest)]
    return f"{topic_title(material)}: {min(years)} to {max(years)}"


def _in_order(event: Statement) -> tuple[int, int]:
    return (event.date.earliest, event.date.latest) if event.date else (0, 0)
