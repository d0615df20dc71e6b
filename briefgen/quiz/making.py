"""The quiz of a brief: the instructor's own questions, then those made from its statements."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from briefgen.model import Brief, Proof, Question, QuestionKind, Questions, Statement, statements_of
from briefgen.quiz.agreeing import agreeing
from briefgen.quiz.drafts import Draft
from briefgen.quiz.gaps import cloze, dated, named
from briefgen.quiz.matching import matching
from briefgen.quiz.ordering import ordering
from briefgen.quiz.persons import persons_of
from briefgen.quiz.told import SAME, Told, alike, is_exact, overlap, told_in

_KINDS: tuple[QuestionKind, ...] = ("order", "match", "date", "cloze", "agree", "choice")
"""The kinds in the order in which they take turns."""
_SEVERAL: tuple[QuestionKind, ...] = ("order", "match")
_SHARE = 0.2
"""The share of questions that ask about several passages, if there are enough."""


def quiz_of(brief: Brief) -> tuple[Question, ...]:
    """The instructor's questions, which have no key, and `Handout.questions` others at most, by section.

    The made ones are spread over kinds and sections, what the deck shows first coming first, and no passage is asked
    about twice. The same brief gives the same questions.
    """
    own = list(_own(brief))
    made = _chosen(list(_drafts(brief)), brief.handout.questions)
    rank = {kind: place for place, kind in enumerate(_KINDS)}
    made.sort(key=lambda draft: (draft.question.section, rank[draft.question.kind]))
    stated = {one.id: one for section in brief.sections for one in statements_of(section)}
    stated |= {one.id: one for one in brief.aside}
    proved = [_proved(draft, brief, stated) for draft in made]
    return tuple(replace(one, number=number) for number, one in enumerate((*own, *proved), 1))


def _own(brief: Brief) -> Iterator[Question]:
    for section in brief.sections:
        for block in section.blocks:
            for question in block.questions if isinstance(block, Questions) else ():
                yield Question(0, "open", section.number, "", (question,))


def _drafts(brief: Brief) -> Iterator[Draft]:
    if brief.handout.questions:
        told, persons = told_in(brief), persons_of(brief)
        yield from ordering(told)
        yield from matching(told, persons)
        yield from dated(told)
        yield from cloze(told)
        yield from agreeing(brief, told)
        yield from named(told, persons)


class _Choice:
    """The drafts chosen so far, what they tell, and how many there are of each section."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.waiting = {kind: [draft for draft in drafts if draft.question.kind == kind] for kind in _KINDS}
        self.chosen: list[Draft] = []
        self.told: list[Told] = []
        self.busy: Counter[int] = Counter()

    def take(self, kinds: Sequence[QuestionKind], most: int) -> None:
        """One of each kind in turn, while there are any, each from the section that has the fewest so far."""
        before = -1
        while before < len(self.chosen) < most:
            before = len(self.chosen)
            for kind in kinds:
                self._take_one(kind, most)

    def _take_one(self, kind: QuestionKind, most: int) -> None:
        self.waiting[kind] = [draft for draft in self.waiting[kind] if self._is_new(draft)]
        draft = min(self.waiting[kind], key=lambda one: self.busy[one.question.section], default=None)
        if draft and len(self.chosen) < most:
            self.chosen.append(draft)
            self.told += draft.told
            self.busy[draft.question.section] += 1

    def _is_new(self, draft: Draft) -> bool:
        reasons = (other.reason for other in self.chosen)
        if draft.reason and draft.reason in reasons:
            return False
        return not any(_tells_of(one, other) for one in draft.told for other in self.told)


def _tells_of(one: Told, other: Told) -> bool:
    """Whether one passage may give away what is asked about the other."""
    if alike(one, other, SAME):
        return True
    exact = [[date for date in told.dates if is_exact(date)] for told in (one, other)]
    at_once = any(overlap(date, each) for date in exact[0] for each in exact[1])
    return at_once and not one.stems.isdisjoint(other.stems)


def _chosen(drafts: Sequence[Draft], count: int) -> list[Draft]:
    """What takes several passages first, up to a share of all; then all kinds in turn."""
    choice = _Choice(drafts)
    choice.take(_SEVERAL, math.ceil(count * _SHARE))
    choice.take(_KINDS, count)
    return choice.chosen


def _proved(draft: Draft, brief: Brief, stated: Mapping[str, Statement]) -> Question:
    notes = {note.number: note for note in brief.notes}

    def proof(statement: Statement) -> Proof:
        cited = [notes[number] for number in statement.notes if number in notes]
        text = statement.passage.text if statement.passage else statement.text
        long = " ".join("".join(run.text for run in note.runs) for note in cited)
        return Proof(statement.id, text, long, "; ".join(dict.fromkeys(note.short for note in cited)))

    others = [stated[name] for name in draft.also if name in stated]
    proofs = tuple(proof(one) for one in (*(told.statement for told in draft.told), *others))
    return replace(draft.question, proofs=proofs, reason=draft.reason)
