"""How well a sentence fits a topic or query: BM25 over stems, with weights for terms, headings and context.

The measure is Okapi BM25 (k1 = 1.2, b = 0.6) over sentences, each term's part multiplied by its weight in the topic.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.candidates import Candidate
from briefgen.library import Index, Wanted, WordsToFind, rarity
from briefgen.text.words import beginning, stem, stop_words, words
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

    `dated` is what it is worth that a sentence names the subject and has a date, `context` the share of a term
    that stands only elsewhere in the sentence's paragraph, and `least` the weight of
    terms that a sentence below no fitting heading must hold. `words` has the places of the terms that are single words,
    and `phrases` those of the others, with their patterns.
    """

    terms: tuple[Term, ...]
    words: dict[str, tuple[int, ...]]
    phrases: tuple[tuple[int, str], ...]
    rarity: tuple[float, ...]
    headings: tuple[str, ...]
    average: float
    context: float
    least: float
    dated: float = 0.0

    def score(self, candidate: Candidate) -> float:
        """The fit of a sentence, 0 where neither a heading nor terms of enough weight in the sentence speak for it."""
        length = self._length(candidate)
        total = told = 0.0
        for place in self._places(candidate):
            term = self.terms[place]
            count = occurrences(term, candidate)
            told += term.weight * (count > 0)
            total += self._worth(term, self.rarity[place], count, candidate, length)
        heading, dated = self._heading(candidate) is not None, self._dated(candidate)
        if not heading and told + dated < self.least:
            return 0.0
        return (total + _HEADING * heading + dated) * candidate.clarity

    def parts(self, candidate: Candidate) -> tuple[Part, ...]:
        """What a score above 0 is made of: the parts that are added, then what their sum is multiplied by."""
        length = self._length(candidate)
        parts = []
        for term, rare in zip(self.terms, self.rarity, strict=True):
            count = occurrences(term, candidate)
            worth = self._worth(term, rare, count, candidate, length)
            parts.append(Part(term.text if count else f"{term.text} (in its paragraph)", worth))
        heading = self._heading(candidate)
        parts.append(Part(f"heading {heading!r}", _HEADING if heading else 0.0))
        parts.append(Part("the subject with a date", self._dated(candidate)))
        added = sorted((part for part in parts if part.value), key=lambda part: -part.value)
        clarity = f"clarity ({', '.join(candidate.qualities) or 'plain'})"
        return (*added, Part(clarity, candidate.clarity, times=True))

    def under_heading(self, candidate: Candidate) -> bool:
        """Whether a heading above the sentence speaks for it."""
        return self._heading(candidate) is not None

    def _dated(self, candidate: Candidate) -> float:
        return self.dated if candidate.date and candidate.named else 0.0

    def _length(self, candidate: Candidate) -> float:
        return 1 - _B + _B * candidate.line.count(" ") / self.average

    def _places(self, candidate: Candidate) -> list[int]:
        """The terms that may count for a sentence, by their places and in order: most words stand nowhere near."""
        words = self.words.keys()
        held = (words & candidate.stems) | (words & candidate.context)
        line = candidate.line
        phrases = [place for place, pattern in self.phrases if pattern in line]
        return sorted([*(place for word in held for place in self.words[word]), *phrases])

    def _worth(self, term: Term, rare: float, count: float, candidate: Candidate, length: float) -> float:
        if not count and term.word in candidate.context:
            count = self.context
        return term.weight * rare * count * (_K1 + 1) / (count + _K1 * length)

    def _heading(self, candidate: Candidate) -> str | None:
        return _speaking(self.headings, candidate.path)


@lru_cache(4096)
def _speaking(headings: tuple[str, ...], path: tuple[str, ...]) -> str | None:
    """The first of a topic's headings that stands in those above a sentence."""
    above = "".join(f" {word}" for heading in path for word in words(heading))
    return next((heading for heading in headings if f" {heading.lower()}" in above), None)


@lru_cache(256)
def facet_terms(terms: tuple[str, ...]) -> tuple[Term, ...]:
    return tuple(_term(text, 1.0) for text in terms)


def topic_scorer(topic: Topic, among: Sequence[Candidate], counts: Index | None = None) -> Scorer:
    """A scorer by the topic's terms, in the sentence and in its paragraph, and by its headings."""
    return replace(_scorer(topic_terms(topic), topic.headings, among, _CONTEXT, counts), dated=topic.dated)


def query_scorer(query: str, among: Sequence[Candidate], counts: Index | None = None) -> Scorer:
    """A scorer by the words of a query, each of weight 2, in the sentence alone; a word after a minus rules it out."""
    return _scorer(_query_terms(query), (), among, 0.0, counts)


def topic_wanted(topic: Topic) -> Wanted:
    """The passages that `topic_scorer` may find fit."""
    terms = topic_terms(topic)
    return Wanted(tuple((term.pattern, term.weight) for term in terms), topic.headings, _HEADING, _least(terms))


def wanted(query: str) -> Wanted:
    """The passages that `query_scorer` may find fit."""
    terms = [term for term in _query_terms(query) if term.weight > 0]
    return Wanted(tuple((term.pattern, term.weight) for term in terms), together=True)


def words_to_find(text: str) -> WordsToFind:
    """The passages in which `text` stands: the words inside it are whole, its last may be only the beginning of one.

    Its first may be the end of one, and counts, as a beginning, only where no other says anything.
    """
    found = words(text)
    inside = [f" {stem(word)} " for word in found[1:-1] if word not in stop_words()]
    ends = [f" {beginning(word)}" for word in (found[-1:] if len(found) > 1 else ()) if word not in stop_words()]
    first = [f" {beginning(word)}" for word in found[:1] if word not in stop_words()]
    return WordsToFind(text, tuple(inside + ends) or tuple(first))


def topic_terms(topic: Topic) -> list[Term]:
    """The terms of a topic as they are looked for."""
    return [_term(text, weight) for text, weight in topic.terms.items()]


def _query_terms(query: str) -> list[Term]:
    asked = [text for text in query.split() if text.lower() not in stop_words()]
    return [_term(text, _FORBIDDEN if text.startswith("-") else 2.0) for text in dict.fromkeys(asked)]


def _least(terms: Sequence[Term]) -> float:
    return min(_LEAST, max((term.weight for term in terms), default=0))


def _scorer(
    terms: Sequence[Term], headings: Sequence[str], among: Sequence[Candidate], context: float, counts: Index | None
) -> Scorer:
    """A scorer for `among`; a term's rarity is counted over their sentences, or over all passages of a large library.

    There `among` holds only what was found by these very terms.
    """
    if counts:
        held = [counts.count(term.pattern) for term in terms]
        rarities = [rarity(counts.total, number) for number in held]
    else:
        held = _holding(terms, among)
        rarities = [rarity(len(among), number) for number in held]
    average = sum(candidate.line.count(" ") for candidate in among) / max(1, len(among))
    places: dict[str, tuple[int, ...]] = {}
    for place, term in enumerate(terms):
        if term.word:
            places[term.word] = (*places.get(term.word, ()), place)
    phrases = tuple(
        (place, term.pattern) for place, term in enumerate(terms) if not term.word and (held[place] or counts)
    )
    return Scorer(
        *(tuple(terms), places, phrases, tuple(rarities), tuple(headings)), max(1.0, average), context, _least(terms)
    )


def _holding(terms: Sequence[Term], among: Sequence[Candidate]) -> list[int]:
    """How many sentences hold each of the terms."""
    words = frozenset(term.word for term in terms)
    held = Counter(stem for one in among for stem in words & one.stems)
    joined = "\n".join(one.line for one in among)
    return [held[term.word] if term.word or not term.pattern else _lines_with(term.pattern, joined) for term in terms]


def _lines_with(pattern: str, text: str) -> int:
    """How many lines of `text` hold `pattern`, which is no longer than a line."""
    count, at = 0, text.find(pattern)
    while at >= 0:
        count += 1
        end = text.find("\n", at)
        at = text.find(pattern, end) if end >= 0 else -1
    return count


def occurrences(term: Term, candidate: Candidate) -> int:
    """How often `term` stands in the sentence."""
    if term.word and term.word not in candidate.stems:
        return 0
    return candidate.line.count(term.pattern) if term.pattern else 0


def similarity(left: Candidate, right: Candidate) -> float:
    """The share of stems that two sentences have in common: shared over the shorter one's, 0 to 1."""
    return (left.bits & right.bits).bit_count() / max(1, min(len(left.stems), len(right.stems)))


def _term(text: str, weight: float) -> Term:
    """The term of a topic's or query's text: a trailing * stands for all words that begin so."""
    bare = [word for word in words(text.rstrip("*")) if word not in stop_words()]
    if not bare:
        return Term(text, "", weight)
    if text.endswith("*"):
        return Term(text, " " + " ".join([*map(stem, bare[:-1]), bare[-1]]), weight)
    return Term(text, f" {' '.join(map(stem, bare))} ", weight, stem(bare[0]) if len(bare) == 1 else "")
