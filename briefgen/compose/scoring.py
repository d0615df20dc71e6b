"""How well a sentence fits a topic or query: BM25 over stems, with weights for terms, headings and context.

The measure is Okapi BM25 (k1 = 1.2, b = 0.6) over sentences, each term's part multiplied by its weight in the topic.
"""

import math
from collections.abc import Iterable, Sequence

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.text.words import stem, stop_words, words
from briefgen.topics import Topic

_K1, _B = 1.2, 0.6
_FORBIDDEN = -1e6
_LEAST = 2.0
"""The weight of terms that a sentence must hold, if the topic has a term of so much."""
_HEADING, _CONTEXT = 4.0, 0.25
"""What a fitting heading adds to a topic's score, and what a term's context is worth there."""


class Part(Struct, frozen=True):
    """What one thing adds to a score, or multiplies it by."""

    name: str
    value: float
    times: bool = False


class Term(Struct, frozen=True):
    """A weighted term. `pattern` is how `text` stands in a candidate's `line`; `word` is the stem of a single word."""

    text: str
    pattern: str
    weight: float
    word: str = ""


class Scorer(Struct, frozen=True):
    """Scores the candidates it was made for: `rarity` is each term's inverse document frequency.

    `context` is the share of a term that stands only elsewhere in the sentence's paragraph.
    """

    terms: tuple[Term, ...]
    rarity: tuple[float, ...]
    headings: tuple[str, ...]
    average: float
    context: float

    def score(self, candidate: Candidate) -> float:
        """The fit of a sentence, 0 where neither a heading nor terms of enough weight in the sentence speak for it."""
        length = self._length(candidate)
        total = told = 0.0
        for term, rarity in zip(self.terms, self.rarity, strict=True):
            count = occurrences(term, candidate)
            told += term.weight * (count > 0)
            total += self._worth(term, rarity, count, candidate, length)
        heading = self._heading(candidate) is not None
        if not heading and told < min(_LEAST, max((term.weight for term in self.terms), default=0)):
            return 0.0
        return (total + _HEADING * heading) * candidate.clarity

    def parts(self, candidate: Candidate) -> tuple[Part, ...]:
        """What a score above 0 is made of: the parts that are added, then what their sum is multiplied by."""
        length = self._length(candidate)
        parts = []
        for term, rarity in zip(self.terms, self.rarity, strict=True):
            count = occurrences(term, candidate)
            worth = self._worth(term, rarity, count, candidate, length)
            parts.append(Part(term.text if count else f"{term.text} (in its paragraph)", worth))
        heading = self._heading(candidate)
        parts.append(Part(f"heading {heading!r}", _HEADING if heading else 0.0))
        added = sorted((part for part in parts if part.value), key=lambda part: -part.value)
        clarity = f"clarity ({', '.join(candidate.qualities) or 'plain'})"
        return (*added, Part(clarity, candidate.clarity, times=True))

    def under_heading(self, candidate: Candidate) -> bool:
        """Whether a heading above the sentence speaks for it."""
        return self._heading(candidate) is not None

    def _length(self, candidate: Candidate) -> float:
        return 1 - _B + _B * candidate.line.count(" ") / self.average

    def _worth(self, term: Term, rarity: float, count: float, candidate: Candidate, length: float) -> float:
        if not count and term.word in candidate.context:
            count = self.context
        return term.weight * rarity * count * (_K1 + 1) / (count + _K1 * length)

    def _heading(self, candidate: Candidate) -> str | None:
        path = " / ".join(candidate.path).lower()
        return next((heading for heading in self.headings if heading.lower() in path), None)


def facet_terms(terms: Iterable[str]) -> tuple[Term, ...]:
    return tuple(_term(text, 1.0) for text in terms)


def topic_scorer(topic: Topic, among: Sequence[Candidate]) -> Scorer:
    """A scorer by the topic's terms, in the sentence and in its paragraph, and by its headings."""
    terms = [_term(text, weight) for text, weight in topic.terms.items()]
    return _scorer(terms, topic.headings, among, _CONTEXT)


def query_scorer(query: str, among: Sequence[Candidate]) -> Scorer:
    """A scorer by the words of a query, each of weight 2, in the sentence alone; a word after a minus rules it out."""
    asked = [text for text in query.split() if text.lower() not in stop_words()]
    terms = [_term(text, _FORBIDDEN if text.startswith("-") else 2.0) for text in dict.fromkeys(asked)]
    return _scorer(terms, (), among, 0.0)


def _scorer(terms: Sequence[Term], headings: Sequence[str], among: Sequence[Candidate], context: float) -> Scorer:
    """A scorer for `among`; a term's rarity is ln(1 + (N - n + 0.5) / (n + 0.5)) for n of N sentences that hold it."""
    total = len(among)
    rarity = []
    for term in terms:
        holding = sum(1 for candidate in among if occurrences(term, candidate))
        rarity.append(math.log(1 + (total - holding + 0.5) / (holding + 0.5)))
    average = sum(candidate.line.count(" ") for candidate in among) / max(1, total)
    return Scorer(tuple(terms), tuple(rarity), tuple(headings), max(1.0, average), context)


def occurrences(term: Term, candidate: Candidate) -> int:
    """How often `term` stands in the sentence."""
    return candidate.line.count(term.pattern) if term.pattern else 0


def similarity(left: Candidate, right: Candidate) -> float:
    """The share of stems that two sentences have in common: shared over the shorter one's, 0 to 1."""
    return len(left.stems & right.stems) / max(1, min(len(left.stems), len(right.stems)))


def _term(text: str, weight: float) -> Term:
    """The term of a topic's or query's text: a trailing * stands for all words that begin so."""
    bare = [word for word in words(text.rstrip("*")) if word not in stop_words()]
    if not bare:
        return Term(text, "", weight)
    if text.endswith("*"):
        return Term(text, " " + " ".join([*map(stem, bare[:-1]), bare[-1]]), weight)
    return Term(text, f" {' '.join(map(stem, bare))} ", weight, stem(bare[0]) if len(bare) == 1 else "")
