"""What is at hand while a Brief is composed: the library, the notes given so far, and what has been said already."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.cuts import Piece
from briefgen.compose.emphasis import key_words
from briefgen.compose.notebook import Notebook
from briefgen.compose.scoring import Term, occurrences, similarity
from briefgen.compose.wording import Wording, fitting, worded
from briefgen.library import Library
from briefgen.model import DateMention, Passage, Run, Span, Statement, plain
from briefgen.problems import Problem
from briefgen.text.words import stems

_ALIKE = 0.6
"""The share of stems above which two sentences say the same."""
_KEPT = 0.5
"""The share of the topic's terms, by weight, that a cut must leave of those in a sentence."""
ANOTHER_SOURCE = 0.82
"""What a source's next sentence in a section is worth against its last, so that other sources get a word in."""


class Scored(Struct, frozen=True):
    """A candidate with its score for the section's topic or a block's query; `own` unless another topic of the outline
    fits it better."""

    candidate: Candidate
    score: float
    own: bool = True


class Desk:
    """Makes statements, and remembers what was said. Ids and note numbers are provisional: the order of making.

    `verbs` are those of the topic at hand, of which one in each statement is a key word, and `terms` its terms. `shown`
    has the words of all statements so far, and `charted` the persons in the charts of the section at hand, with whether
    a death is told.
    """

    def __init__(self, library: Library, notebook: Notebook, subject: frozenset[str] = frozenset()) -> None:
        self.library = library
        self.subject = subject
        self.notebook = notebook
        self.problems: list[Problem] = []
        self.verbs: tuple[str, ...] = ()
        self.terms: tuple[Term, ...] = ()
        self.charted: dict[str, bool] = {}
        self.shown: list[str] = []
        self._said: list[Candidate] = []
        self._spans: set[Span] = set()
        self.in_place: set[Span] = set()
        self._viewed: set[tuple[str, Span]] = set()
        self._compared: dict[Span, tuple[int, bool]] = {}
        self._sayable: dict[tuple[Span, int, tuple[Term, ...]], bool] = {}
        self._count = 0

    def said(self, candidate: Candidate, view: str = "") -> bool:
        """Whether this sentence, or one that says the same, was shown already.

        A `view` (a timeline, a table) shows in its own way what may stand elsewhere too, and only never repeats itself.
        """
        if view:
            return (view, candidate.span) in self._viewed
        if candidate.span in self._spans:
            return True
        # What was said only grows, so each of it is compared once with a candidate.
        compared, found = self._compared.get(candidate.span, (0, False))
        if not found:
            found = any(alike(candidate, other) for other in self._said[compared:])
            self._compared[candidate.span] = (len(self._said), found)
        return found

    def view(self, candidate: Candidate, view: str) -> None:
        """Notes that `view` shows the sentence."""
        self._viewed.add((view, candidate.span))

    def reserve(self, candidate: Candidate) -> None:
        """Notes that the sentence is said, wherever the outline has put it."""
        self.in_place.add(candidate.span)
        self._spans.add(candidate.span)
        self._said.append(candidate)

    def can_say(self, candidate: Candidate, limit: int) -> bool:
        """As `can_say`, asked once of each sentence; and whether it stays on the topic at hand if it is cut."""
        key = (candidate.span, limit, self.terms)
        if key not in self._sayable:
            self._sayable[key] = can_say(candidate, limit) and self._keeps_terms(candidate, limit)
        return self._sayable[key]

    def _keeps_terms(self, candidate: Candidate, limit: int) -> bool:
        """Whether what is shown of the sentence has most of what speaks for it in the topic at hand."""
        pieces = fitting(candidate, limit) or ()
        shown = f" {' '.join(stems(' '.join(candidate.text[slice(*piece)] for piece in pieces)))} "
        held = [term for term in self.terms if term.weight > 0 and occurrences(term, candidate)]
        kept = sum(term.weight for term in held if term.pattern in shown)
        return kept >= _KEPT * sum(term.weight for term in held)

    def next_id(self) -> str:
        self._count += 1
        return f"s{self._count:03}"

    def state(self, candidate: Candidate, start: int = 0, end: int | None = None, bold: bool = True) -> Statement:
        """The part of a sentence from `start` to `end` as a statement, key words in bold or not."""
        end = len(candidate.text) if end is None else end
        pieces = ((start, end),)
        return self._stated(candidate, worded(candidate, pieces, self._key_words(candidate, pieces) if bold else ()))

    def short(self, candidate: Candidate, limit: int) -> Statement | None:
        """The sentence in at most `limit` words, or none if no cut is safe."""
        pieces = fitting(candidate, limit)
        if pieces is None:
            return None
        return self._stated(candidate, worded(candidate, pieces, self._key_words(candidate, pieces), marked=True))

    def pieces(self, candidate: Candidate, pieces: Sequence[Piece]) -> Statement:
        """Some pieces of a sentence as a statement, nothing in bold."""
        return self._stated(candidate, worded(candidate, pieces))

    def phrase(self, candidate: Candidate, start: int, end: int) -> Statement:
        """The words from `start` to `end` as they stand: a whole phrase, so that no mark of a cut follows it."""
        text, span = candidate.text[start:end], candidate.span
        self.shown.append(text)
        return Statement(
            id=self.next_id(),
            kind="verbatim",
            runs=(Run(text),),
            spans=(Span(span.source, span.block, span.start + start, span.start + end),),
            passage=Passage(candidate.text, span),
            notes=(self.notebook.number(span, candidate.locator),),
        )

    def _key_words(self, candidate: Candidate, pieces: Sequence[Piece]) -> list[Piece]:
        return key_words(candidate, pieces, self.verbs, self.subject)

    def _stated(self, candidate: Candidate, wording: Wording) -> Statement:
        self._spans.add(candidate.span)
        self._said.append(candidate)
        self.shown.append(plain(wording.runs))
        return Statement(
            id=self.next_id(),
            kind="verbatim" if wording.whole else "trimmed",
            runs=wording.runs,
            spans=wording.spans,
            passage=Passage(candidate.text, candidate.span),
            date=candidate.date,
            notes=(self.notebook.number(candidate.span, candidate.locator),),
            inserted=wording.inserted,
        )


def can_say(candidate: Candidate, limit: int) -> bool:
    """Whether the sentence can be shown on its own in at most `limit` words."""
    return candidate.alone and candidate.sound and fitting(candidate, limit) is not None


def choose(
    pool: Iterable[Scored],
    count: int,
    desk: Desk,
    limit: int,
    used: Counter[str],
    view: str = "",
    apart: Sequence[Candidate] = (),
) -> list[Candidate]:
    """At most `count` candidates, best first, none alike, each source's weight falling as it is `used`.

    `used` counts the section's statements by source and goes on counting those that are chosen here. What was said
    already, or in a `view` what that view has shown, is passed over, and so is what is like one of `apart`.
    """
    waiting: dict[str, list[tuple[float, int, int, Scored]]] = {}
    for place, scored in enumerate(pool):
        span = scored.candidate.span
        waiting.setdefault(span.source, []).append((scored.score, -span.block, -place, scored))
    for queue in waiting.values():
        queue.sort(key=lambda one: one[:3])
    chosen: list[Candidate] = []
    while waiting and len(chosen) < count:
        # The best of each source is known, so that only what may come next is looked at closely.
        source = max(waiting, key=lambda one: _rank(waiting[one][-1], used[one]))
        candidate = waiting[source].pop()[3].candidate
        if not waiting[source]:
            del waiting[source]
        if desk.said(candidate, view) or any(alike(one, candidate) for one in (*apart, *chosen)):
            continue
        if desk.can_say(candidate, limit):
            chosen.append(candidate)
            desk.view(candidate, view)
            used[source] += 1
    return chosen


def _rank(one: tuple[float, int, int, Scored], used: int) -> tuple[float, int, int]:
    return one[0] * ANOTHER_SOURCE**used, one[1], one[2]


def alike(left: Candidate, right: Candidate) -> bool:
    """Whether two sentences say the same: most stems are shared, and neither dates nor figures tell them apart."""
    if left.date and right.date and not _overlap(left.date, right.date):
        return False
    # Few come so far, and figures take long to find.
    if similarity(left, right) <= _ALIKE:
        return False
    return not (left.figures and right.figures) or bool(left.figures & right.figures)


def _overlap(left: DateMention, right: DateMention) -> bool:
    return left.earliest <= right.latest and right.earliest <= left.latest


def in_time(statements: Sequence[Statement]) -> list[Statement]:
    """Statements with a date in order of time, after those without one."""
    return sorted(statements, key=lambda one: (one.date is not None, one.date.earliest if one.date else 0))
