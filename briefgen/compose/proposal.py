"""An outline proposed from what the sources hold: which topics fit them, and what their headings gather.

Nothing here knows a subject: a topic fits if enough passages that can be shown speak of it, and a section of its own is
made of the passages under one heading, found again by the terms that these have more often than the rest.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from briefgen.compose.blocks.bullets import LIMIT
from briefgen.compose.blocks.people import introduces
from briefgen.compose.blocks.quotation import speaks
from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import can_say
from briefgen.compose.material import on_topic
from briefgen.compose.scoring import Scorer, occurrences, topic_scorer
from briefgen.model import (
    BulletsBlock,
    OutlineBlock,
    PeopleBlock,
    QuoteBlock,
    Span,
    TableBlock,
    TimelineBlock,
)
from briefgen.text.days import year_of
from briefgen.text.words import stem, stop_words, words
from briefgen.topics import Topic

ENOUGH = 6
"""Passages that a topic or heading must have to be worth a section: a slide of bullets and some to choose from."""
_A_BLOCK = 3
"""Passages that a heading below must have for bullets of its own."""
_CLEAR = 4.0
"""The weight of a topic's terms from which a passage is clearly on it; under a fitting heading half is enough."""
_TERMS = 7
"""Terms of a query at most: as many as a reader takes in at a glance."""
_EXACT = 0.3
"""The share of the sentences with a term that stand under the heading, below which it finds too much else."""
_MOSTLY = 0.6
"""The share of dated passages from which a table suits them better than a timeline."""
_LONGER = 0.75
"""What more words are worth in a subject: a phrase says more than one word of it, if nearly as many sources have it."""
_MOST = 7
"""Sections made of headings at most: with a topic or two, a lecture."""
_ALL = "What the sources say"
_DATED = 5
"""Dated passages that make a timeline."""


class Held(Struct, frozen=True):
    """What the sources hold for something: passages that can be shown, of how many sources, from when to when."""

    passages: int
    sources: int
    years: tuple[int, int] | None


class Planned(Struct, frozen=True):
    """A section proposed: a built-in topic, or a title and blocks; `why` it is, and what there is for it."""

    held: Held
    why: str
    topic: str | None = None
    title: str | None = None
    blocks: tuple[OutlineBlock, ...] = ()


class _Cluster(Struct, frozen=True):
    """The passages under one heading, wherever it stands, in order."""

    title: str
    members: tuple[Candidate, ...]

    @property
    def shown(self) -> list[Candidate]:
        return [one for one in self.members if can_say(one, LIMIT)]


class Common(Struct, frozen=True):
    """In how many of all sentences each stem stands, and the words of the subject, which stand everywhere."""

    counts: Counter[str]
    subject: frozenset[str]


def planned(everything: Sequence[Candidate], topics: Mapping[str, Topic], subject: frozenset[str]) -> list[Planned]:
    """The sections that the sources suggest: topics that fit them first, then what other headings gather, in order."""
    found = {name: members for name, topic in topics.items() if (members := _fitting(topic, everything))}
    fitting = dict(sorted(found.items(), key=lambda one: _early(one[1])))
    sections = [_of_topic(topics[name], members, everything) for name, members in fitting.items()]
    taken = {one.span for members in fitting.values() for one in members}
    clusters = [one for one in _clusters(everything, 0) if _is_new(one, taken, [topics[name] for name in fitting])]
    largest = sorted(clusters, key=lambda one: -len(one.shown))[:_MOST]
    common = Common(Counter(term for one in everything for term in telling(one)), frozenset(map(stem, subject)))
    sections += [_of_cluster(one, common, taken) for one in clusters if one in largest]
    return sections or [_of_all(everything, common)]


def _of_all(everything: Sequence[Candidate], common: Common) -> Planned:
    """The one section of sources that have neither a topic that fits nor headings: what they say most of."""
    shown = [one for one in everything if can_say(one, LIMIT)]
    query = " ".join(_spelt([term for term, _ in common.counts.most_common(_TERMS)], everything))
    why = "no topic fits clearly and no heading gathers enough, so these are the terms that stand in most passages"
    return Planned(held_by(shown), why, title=_ALL, blocks=(TimelineBlock(query=query), BulletsBlock(query=query)))


# Topics -----------------------------------------------------------------------------------------------------------


def _fitting(topic: Topic, everything: Sequence[Candidate]) -> list[Candidate]:
    """The passages that are clearly on a topic, or stand under a heading that is its name; none if they are few."""
    scorer = topic_scorer(topic, everything)
    shown = [one for one in everything if can_say(one, LIMIT)]
    clear = [one for one in shown if _weight(scorer, one) * (2 if scorer.under_heading(one) else 1) >= _CLEAR]
    named = [one for one in shown if any(_is_name(heading, topic) for heading in one.path)]
    return list(dict.fromkeys([*clear, *named])) if max(len(clear), len(named)) >= ENOUGH else []


def _early(members: Sequence[Candidate]) -> float:
    """The day before which a quarter of the dated passages lie; what tells of earlier times comes first."""
    days = sorted(one.date.earliest for one in members if one.date)
    return days[len(days) // 4] if days else math.inf


def _weight(scorer: Scorer, candidate: Candidate) -> float:
    return sum(term.weight for term in scorer.terms if occurrences(term, candidate))


def _is_name(heading: str, topic: Topic) -> bool:
    """Whether a heading is a topic's name, or begins with it, as "History of study" does with "History"."""
    names = (topic.title, topic.id.replace("-", " "), *topic.aliases)
    return any(words(heading)[: len(words(name))] == words(name) for name in names)


def _of_topic(topic: Topic, members: Sequence[Candidate], everything: Sequence[Candidate]) -> Planned:
    pool = [scored.candidate for scored in on_topic(topic, everything) if can_say(scored.candidate, LIMIT)]
    held = held_by(tuple(dict.fromkeys([*pool, *members])))
    headings = _named(
        heading for one in members for heading in one.path if any(word in heading.lower() for word in topic.headings)
    )
    under = f", many under {headings}" if headings else ""
    return Planned(held, f"{len(members)} of them are clearly on the topic{under}", topic=topic.id)


# Headings ---------------------------------------------------------------------------------------------------------


def _clusters(everything: Iterable[Candidate], level: int) -> list[_Cluster]:
    """The passages by the heading of a level above them, headings of the same words being one; in order."""
    found: dict[frozenset[str], list[Candidate]] = {}
    titles: dict[frozenset[str], Counter[str]] = {}
    for one in everything:
        heading = one.path[level] if len(one.path) > level else ""
        key = frozenset(map(stem, words(heading))) - stop_words()
        if any(not word.isdigit() for word in key) and one.locator.label != "document":
            found.setdefault(key, []).append(one)
            titles.setdefault(key, Counter())[heading] += 1
    return [_Cluster(titles[key].most_common(1)[0][0], tuple(members)) for key, members in found.items()]


def _is_new(cluster: _Cluster, taken: set[Span], topics: Sequence[Topic]) -> bool:
    """Whether a heading has enough to show that no topic shows already."""
    shown = cluster.shown
    rest = [one for one in shown if one.span not in taken]
    named = any(_is_name(cluster.title, topic) for topic in topics)
    people = len(_introduced(cluster.members)) >= ENOUGH
    return not named and (people or len(rest) >= max(ENOUGH - 1, len(shown) / 2))


def _introduced(members: Iterable[Candidate]) -> set[str]:
    """The people whom passages introduce."""
    return {match["name"] for one in members if (match := introduces(one))}


def _of_cluster(cluster: _Cluster, common: Common, taken: set[Span]) -> Planned:
    """A section with a block for each heading below that has enough, else for its own; dated, people, a quotation."""
    own = [one for one in cluster.members if one.span not in taken]
    query = query_for(cluster.title, own, common)
    below = [one for one in _clusters(own, 1) if len(one.shown) >= _A_BLOCK]
    blocks: list[OutlineBlock] = []
    dated = [one for one in cluster.shown if one.date]
    if len({one.date.label for one in dated if one.date}) >= _DATED:
        mostly = len(dated) > _MOSTLY * len(cluster.shown)
        columns = ("date", "passage")
        blocks.append(TableBlock(query=query, columns=columns) if mostly else TimelineBlock(query=query))
    if len(_introduced(own)) >= _A_BLOCK:
        blocks.append(PeopleBlock(query=query))
    if len(below) > 1:
        queries = {one.title: query_for(one.title, one.members, common) for one in below}
        blocks += [BulletsBlock(title=title, query=terms) for title, terms in queries.items() if terms]
    else:
        blocks.append(BulletsBlock(query=query))
    if any(speaks(one) for one in own):
        blocks.append(QuoteBlock(query=query))
    headings = f", with {_named(one.title for one in below)} below it" if len(below) > 1 else ""
    why = f"they stand under the heading {cluster.title!r}{headings}"
    return Planned(held_by(cluster.shown), why, title=cluster.title, blocks=tuple(blocks) if query else ())


def query_for(title: str, members: Sequence[Candidate], common: Common) -> str:
    """A few terms by which the passages under a heading are found again, without the words of the subject.

    First the heading's own, unless they stand mostly elsewhere; then each next term is the one that finds most of the
    passages not found yet, counted by the share of the sentences with it that stand under the heading.
    """
    named = [term for term in map(stem, words(title)) if term not in common.subject | stop_words()]
    here = Counter(term for one in members for term in telling(one) if term not in common.subject)
    exact = {term: count / common.counts[term] for term, count in here.items() if count > 1 or term in named}
    query = [term for term in dict.fromkeys(named) if exact.get(term, 0.0) > _EXACT / 2]
    left = [stems for one in members if not (stems := telling(one)) & set(query)]
    while left and len(query) < _TERMS:
        finds = Counter(term for stems in left for term in stems if exact.get(term, 0.0) > _EXACT)
        if not finds:
            break
        best = max(finds, key=lambda term: (finds[term] * exact[term], here[term], term))
        query.append(best)
        left = [stems for stems in left if best not in stems]
    return " ".join(_spelt(query, members))


def _spelt(terms: Iterable[str], members: Iterable[Candidate]) -> list[str]:
    """Each stem as the word that it is written with most."""
    written = Counter(word for one in members for word in words(one.text))
    return [max((word for word in written if stem(word) == term), key=written.__getitem__) for term in terms]


def telling(candidate: Candidate) -> frozenset[str]:
    """The stems of a sentence that may stand in a query: none of a date, a number or a shortened word."""
    dated = {stem(word) for date in candidate.dates for word in words(date.text)}
    return frozenset(
        term for term in candidate.stems - dated if len(term) > 2 and "." not in term and not term.isdigit()
    )


def held_by(members: Sequence[Candidate]) -> Held:
    dates = [one.date for one in members if one.date and one.date.precision != "century"]
    days = [day for date in dates for day in (date.earliest, date.latest)]
    years = (year_of(min(days)), year_of(max(days))) if days else None
    return Held(len(members), len({one.span.source for one in members}), years)


def _named(headings: Iterable[str]) -> str:
    """The commonest of headings, three at most, as in "'Funding', 'Attacks' and others"."""
    counted = Counter(headings)
    names = [repr(name) for name, _ in counted.most_common(3)]
    return ", ".join(names) + (" and others" if len(counted) > len(names) else "")


# The subject ------------------------------------------------------------------------------------------------------


def subject_of(titles: Sequence[str], texts: Sequence[str]) -> str:
    """What all the sources are about: the phrase of their titles that most of them have in title and text.

    A phrase of which half of the sources speak goes before a word of it. With one source, its title; "" where no two
    sources share a phrase.
    """
    if len(titles) < 2:
        return titles[0] if titles else ""
    spelt: dict[str, Counter[str]] = {}
    for title in titles:
        for phrase in _phrases(title):
            spelt.setdefault(phrase.lower(), Counter())[phrase] += 1
    lowered = [(title.lower(), text.lower()) for title, text in zip(titles, texts, strict=True)]

    def holding(phrase: str) -> int:
        return sum(phrase in text or phrase in title for title, text in lowered)

    def worth(phrase: str) -> float:
        told = sum(phrase in text for _, text in lowered) + 2 * sum(phrase in title for title, _ in lowered)
        return told * len(phrase.split()) ** _LONGER if holding(phrase) > 1 else 0.0

    best = max(spelt, key=lambda phrase: (worth(phrase), phrase), default="")
    if not best or not worth(best):
        return ""
    longer = [one for one in spelt if best in one.split() and holding(one) >= max(2, len(titles) / 2)]
    best = max(longer, key=lambda phrase: (worth(phrase), phrase), default=best)
    return spelt[best].most_common(1)[0][0]


def _phrases(title: str) -> Iterable[str]:
    """The runs of one to four words of a title that neither begin nor end with a word that says nothing."""
    for part in title.replace("–", ":").replace(" - ", ":").split(":"):
        tokens = [token.strip("“”\"'(),.!?") for token in part.split()]
        for start in range(len(tokens)):
            for end in range(start + 1, min(start + 4, len(tokens)) + 1):
                ends = {tokens[start].lower(), tokens[end - 1].lower()}
                if not ends & (stop_words() | {""}) and not tokens[start].isdigit():
                    yield " ".join(tokens[start:end])
