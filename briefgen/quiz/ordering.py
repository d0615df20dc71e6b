"""Statements to be put in order of time."""

from collections.abc import Iterator, Sequence

from briefgen.model import DateMention, Question
from briefgen.quiz.drafts import Draft, asked
from briefgen.quiz.shuffled import shuffled
from briefgen.quiz.told import Told, overlap

FEWEST, MOST = 3, 4
"""Statements of one question."""


def ordering(told: Sequence[Told]) -> Iterator[Draft]:
    """A question for each section that tells of three dates at least which lie apart."""
    for section in dict.fromkeys(one.section for one in told):
        events = [(date, one, text) for one in told if one.section == section for date, text in _dated(one)]
        chosen = _spread(sorted(_apart(events), key=lambda event: event[0].earliest))
        if len(chosen) >= FEWEST:
            yield _question(section, chosen)


_Event = tuple[DateMention, Told, str]


def _dated(one: Told) -> Iterator[tuple[DateMention, str]]:
    if one.occasion and one.undated:
        yield one.occasion, one.undated


def _apart(events: Sequence[_Event]) -> list[_Event]:
    """Events of which no two can have been on the same day, those shown first taken first."""
    kept: list[_Event] = []
    for event in events:
        if not any(overlap(event[0], other[0]) or event[2] == other[2] for other in kept):
            kept.append(event)
    return kept


def _spread(events: Sequence[_Event]) -> list[_Event]:
    """At most four of the events, over all of their time; some are left for other questions."""
    count = min(MOST, len(events) if len(events) <= FEWEST else len(events) - 1)
    return [events[place * (len(events) - 1) // (count - 1)] for place in range(count)] if count >= FEWEST else []


def _question(section: int, events: Sequence[_Event]) -> Draft:
    texts = [text for _, _, text in events]
    mixed = shuffled(texts)
    question = Question(
        0,
        "order",
        section,
        asked("order"),
        options=tuple(texts[place] for place in mixed),
        key=tuple(mixed.index(place) for place in range(len(texts))),
    )
    return Draft(question, tuple(one for _, one, _ in events))
