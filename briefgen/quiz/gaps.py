"""Statements with words left out: to be filled in, or chosen among others of their kind."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from briefgen.model import DateMention, Question
from briefgen.quiz.drafts import Draft, asked
from briefgen.quiz.persons import Known
from briefgen.quiz.shuffled import weight
from briefgen.quiz.told import (
    FEWEST,
    LONGEST,
    SAME,
    Told,
    is_exact,
    overlap,
    parted,
    rivals,
    telling_words,
    words_of,
)
from briefgen.text.words import length

_WRONG = (2, 3)
"""Wrong options, fewest and most."""
_NEAR = 40 * 366
"""Days from the right date to a wrong one at most, so that nobody can tell it by the century."""
_NUMBER = re.compile(r"(?<![\w.,$€£-])[$€£]?\d[\d,.]*\d(?: (?:hundred|thousand|million|billion))?(?![\w%-])")


def cloze(told: Sequence[Told]) -> Iterator[Draft]:
    """Each passage with a date or a count that can be left out and found again only there."""
    for one in told:
        whole = one.text.rstrip('”"’)').endswith((".", "!", "?")) and "[" not in one.text
        if one.contested or not whole or length(one.text) > LONGEST or len(one.stems) < FEWEST:
            continue
        answer = _date_to_fill(one, told) or _count_to_fill(one, told)
        stem = parted(one.text, answer[0]) if answer else None
        if answer and stem:
            question = Question(0, "cloze", one.section, asked("cloze"), stem, answers=answer, key=(0,))
            yield Draft(question, (one,))


def _date_to_fill(one: Told, told: Sequence[Told]) -> tuple[str, ...] | None:
    """The date of a passage that has just one, and other ways of writing it."""
    if len(one.dates) != 1 or not is_exact(one.dates[0]):
        return None
    date = one.dates[0]
    rival = any(not overlap(date, other) for each in rivals(one, told) for other in each.dates)
    return None if rival else tuple(dict.fromkeys((date.text, date.label)))


def _count_to_fill(one: Told, told: Sequence[Told]) -> tuple[str, ...] | None:
    """The one number in digits, where it counts something and no passage like it has another."""
    dated = [(mention.start, mention.end) for mention in one.dates]
    free = [
        found
        for found in _NUMBER.finditer(one.text)
        if not any(a < found.end() and found.start() < b for a, b in dated)
    ]
    if len(free) != 1 or not _counts(one.text, free[0]) or any(_NUMBER.search(each.text) for each in rivals(one, told)):
        return None
    return (free[0][0],)


def _counts(text: str, found: re.Match[str]) -> bool:
    """Whether a number is no part of a name ("Resolution 1988") and something follows that it counts."""
    before = re.search(r"(\w+)\W*$", text[: found.start()])
    named = before and before[1][0].isupper() and before.start() > 0
    following = re.match(r"\s+([a-z]+)", text[found.end() :])
    money = found[0][0] in "$€£"
    return not named and (money or bool(following and following[1] not in _no_count()))


@cache
def _no_count() -> frozenset[str]:
    return frozenset(words_of()["no_count"])


# Chosen among others --------------------------------------------------------------------------------------------


def dated(told: Sequence[Told]) -> Iterator[Draft]:
    """Each event with a date of its own, and the dates of other events that it cannot have had."""
    events = [(date, one) for one in told if (date := _printed(one.occasion))]
    for date, one in events:
        text = one.undated
        if text is None or len(one.stems) < FEWEST or _may_be_at_other_times(one, date, told):
            continue
        options = _dates_like(date, one, [other for other, _ in events], told)
        if len(options) > _WRONG[0]:
            labels = tuple(option.text for option in options)
            key = (labels.index(date.text),)
            yield Draft(Question(0, "date", one.section, asked("date"), (text,), labels, key=key), (one,))


def _printed(date: DateMention | None) -> DateMention | None:
    """A date that its source writes as all options are written."""
    return date if date and date.text == date.label else None


def _may_be_at_other_times(one: Told, date: DateMention, told: Sequence[Told]) -> bool:
    """Whether a passage much like this one has another date alone, so that it may be another telling of it."""
    close = (each for each in rivals(one, told, SAME) if each.dates)
    return any(not any(overlap(date, other) for other in each.dates) for each in close)


def _dates_like(date: DateMention, one: Told, others: Sequence[DateMention], told: Sequence[Told]) -> list[DateMention]:
    """The date and up to three others as exact that are nearest to it, in order; how many are before it varies."""
    taken = [other for each in rivals(one, told) for other in each.dates]
    free: list[DateMention] = [date]
    for other in sorted(others, key=lambda each: abs(each.earliest - date.earliest)):
        fair = other.precision == date.precision and abs(other.earliest - date.earliest) <= _NEAR
        if fair and not any(overlap(other, each) for each in (*free, *taken)):
            free.append(other)
    inline = sorted(free, key=lambda each: each.earliest)
    place, count = inline.index(date), min(_WRONG[1] + 1, len(free))
    start = min(max(0, place - weight(one.text) % count), len(inline) - count)
    return inline[start : start + count]


def named(told: Sequence[Told], persons: Sequence[Known]) -> Iterator[Draft]:
    """Each dated passage that names one person, and others of whom no passage tells the same."""
    for one in told:
        inside = [person for person in persons if person.is_among(one.names)]
        if one.contested or len(inside) != 1 or len(one.dates) != 1 or length(one.text) > LONGEST or "[" in one.text:
            continue
        (person,) = inside
        stem = parted(one.text, person.name)
        said = telling_words(" ".join(stem)) if stem else frozenset()
        if stem is None or person.named_in(" ".join(stem)) or len(said & one.stems) < FEWEST:
            continue
        taken = [each.names for each in rivals(one, told) if any(overlap(date, one.dates[0]) for date in each.dates)]
        wrong = [other.name for other in persons if other is not person and not any(map(other.is_among, taken))]
        if len(wrong) >= _WRONG[0]:
            chosen = sorted(wrong, key=lambda name: weight(one.text + name))[: _WRONG[1]]
            options = tuple(sorted((person.name, *chosen)))
            key = (options.index(person.name),)
            yield Draft(Question(0, "choice", one.section, asked("choice"), stem, options, key=key), (one,))
