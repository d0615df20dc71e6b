"""Whether sources agree on a statement."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from briefgen.model import Brief, Question
from briefgen.quiz.drafts import Draft, asked
from briefgen.quiz.told import FEWEST, LONGEST, Told, words_of
from briefgen.tables import table
from briefgen.text.words import length

_AGREE, _DIFFER = 0, 2


def agreeing(brief: Brief, told: Sequence[Told]) -> Iterator[Draft]:
    """Statements that other sources tell otherwise, and those that other sources tell alike, in turn.

    Only what says plainly what is so is asked about, since that somebody said it is true whoever says otherwise; and
    only differences on the date of what happens once, since sums and offices may change.
    """
    plain = [one for one in told if one.plain and length(one.text) <= LONGEST and "[" not in one.text]
    differ = [draft for one in plain if (draft := _differing(one, brief))]
    agree = [
        _draft(one, _AGREE)
        for one in plain
        if one.statement.corroborated_by and not one.contested and len(one.stems) >= FEWEST
    ]
    for place in range(max(len(differ), len(agree))):
        yield from differ[place : place + 1]
        yield from agree[place : place + 1]


@cache
def _once() -> re.Pattern[str]:
    """How a difference on the date of what happens once is named: only that can be said to be told otherwise."""
    whats = (re.escape(str(event["what"])) for event in table("compose/conflicts/words_en.yaml")["events"].values())
    return re.compile("|".join(re.sub(r"\\{\w+\\}", ".+", what) for what in whats))


def _differing(one: Told, brief: Brief) -> Draft | None:
    for conflict in brief.conflicts:
        others = tuple(name for name in conflict.statements if name not in one.ids)
        if len(others) < len(conflict.statements) and others and _once().fullmatch(conflict.what):
            reason = str(words_of()["differ_on"]).format(what=conflict.what)
            return _draft(one, _DIFFER, others, reason)
    return None


def _draft(one: Told, answer: int, also: tuple[str, ...] = (), reason: str = "") -> Draft:
    words = words_of()
    options = (str(words["agree"]), str(words["deny"]), str(words["differ"]))
    question = Question(0, "agree", one.section, asked("agree"), (one.text,), options, key=(answer,))
    return Draft(question, (one,), also, reason)
