"""Persons to be matched with what the sources say of them."""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from briefgen.model import Question, Span
from briefgen.quiz.drafts import Draft, asked
from briefgen.quiz.persons import Known
from briefgen.quiz.shuffled import shuffled
from briefgen.quiz.told import Told, telling_words
from briefgen.tables import table
from briefgen.text.words import length

FEWEST, MOST = 3, 5
"""Persons of one question."""
_OWN_WORDS = 2
"""Telling words of a fact that are said of no other person, at least."""
_LEAST, _LONGEST = 4, 30
"""Words of a fact."""


class _Fact(Struct, frozen=True):
    person: Known
    text: str
    told: Told


def matching(told: Sequence[Told], persons: Sequence[Known]) -> Iterator[Draft]:
    """A question for each section with cards of three persons at least of whom something is said that fits no other."""
    by_span = {one.statement.passage.span: one for one in told if one.statement.passage}
    facts = [(section, fact) for person in persons for section, fact in _facts(person, by_span, told, persons)]
    for section in sorted({section for section, _ in facts}):
        chosen: dict[str, _Fact] = {}
        for fact in (fact for place, fact in facts if place == section):
            if len(chosen) < MOST and fact.person.name not in chosen and _is_apart(fact, list(chosen.values())):
                chosen[fact.person.name] = fact
        if len(chosen) >= FEWEST:
            yield _question(section, list(chosen.values()))


def _facts(
    person: Known, by_span: Mapping[Span, Told], told: Sequence[Told], persons: Sequence[Known]
) -> Iterator[tuple[int, _Fact]]:
    """What is said of a person alone, without the name, what says a role first."""
    others = [one for one in persons if one is not person]
    elsewhere = _said_of_others(person, others, told)
    found: list[tuple[int, _Fact]] = []
    for section, fact in person.facts:
        one = by_span.get(fact.passage.span) if fact.passage else None
        text = next((text for text in (fact.text, one.text if one else "") if text and _hides(text, person)), None)
        if one is None or text is None or one.contested or not _LEAST <= length(text) <= _LONGEST:
            continue
        if len(telling_words(text) & one.stems - elsewhere) >= _OWN_WORDS and not _is_others(one, person, others):
            found.append((section, _Fact(person, text, one)))
    yield from sorted(found, key=lambda item: not _role().search(item[1].text))


def _role() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('text/people_en.yaml')['roles'])})\b", re.IGNORECASE)


def _hides(text: str, person: Known) -> bool:
    return "[" not in text and not person.named_in(text)


def _is_others(one: Told, person: Known, others: Sequence[Known]) -> bool:
    """Whether a passage stands on another person's card as well."""
    span = one.statement.passage.span if one.statement.passage else None
    return any(fact.passage and fact.passage.span == span for other in others for _, fact in other.facts)


def _said_of_others(person: Known, others: Sequence[Known], told: Sequence[Told]) -> frozenset[str]:
    """The telling words of all that is said of other persons, and not of this one."""
    own = {fact.passage.span for _, fact in person.facts if fact.passage}
    carded = {fact.passage.span for other in others for _, fact in other.facts if fact.passage} - own
    named = (one for one in told if any(other.is_among(one.names) for other in others))
    more = (one for one in named if not person.is_among(one.names) and _span(one) not in own)
    cards = (one for one in told if _span(one) in carded)
    return frozenset(word for one in (*cards, *more) for word in one.stems)


def _span(one: Told) -> Span | None:
    return one.statement.passage.span if one.statement.passage else None


def _is_apart(fact: _Fact, chosen: Sequence[_Fact]) -> bool:
    """Whether neither a fact nor those chosen so far name a person of the others, or rest on one passage."""
    return not any(
        other.told is fact.told or other.person.named_in(fact.text) or fact.person.named_in(other.text)
        for other in chosen
    )


def _question(section: int, facts: Sequence[_Fact]) -> Draft:
    mixed = [facts[place] for place in shuffled([fact.text for fact in facts])]
    names = sorted(fact.person.name for fact in facts)
    question = Question(
        0,
        "match",
        section,
        asked("match"),
        options=tuple(fact.text for fact in mixed),
        answers=tuple(names),
        key=tuple(names.index(fact.person.name) for fact in mixed),
    )
    return Draft(question, tuple(fact.told for fact in mixed))
