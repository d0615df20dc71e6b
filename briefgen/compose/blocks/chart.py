"""Charts: persons in boxes, joined by how the sources say that they are related."""

import re
from collections.abc import Iterator, Sequence

from briefgen.compose.blocks.people import ROLE, is_disputed, is_sure, lead_of, says_role
from briefgen.compose.candidates import Candidate
from briefgen.compose.material import Material, for_query, topic_title
from briefgen.compose.referents import People, people_of
from briefgen.compose.relatives import Relatives, Tie, groups, relatives
from briefgen.compose.trim import trim
from briefgen.model import Chart, ChartBlock, Person, Statement
from briefgen.model import Tie as Joined
from briefgen.problems import Location, error
from briefgen.tables import table
from briefgen.text.leaning import opens_with_connective

MOST, FEWEST = 10, 3
"""Persons where the outline does not say, and below which there is no chart."""
FACT, BOTH = 16, 24
"""Words of a fact, and of two facts in one box, at most."""
_TITLE = "how they are related"
_PEOPLE = table("text/people_en.yaml")
_DIES = re.compile(
    r"(?: \((?:killed|died)\b|(?:, who)? (?:was|had been|has been) (?:killed|assassinated|executed)\b|(?:, who)? (?:has |had )?died\b)"
)
_AFTER_NAME = re.compile(r"(?:,? )(?=\w)")


def chart(block: ChartBlock, where: Location, material: Material) -> tuple[Chart, ...]:
    """The persons whom the sources relate most, with what they are; a problem where fewer than three are related."""
    library = material.desk.library
    people = [library.worked_out(head.id, "people", People, people_of) for head in library.looked_in]
    among = [scored.candidate for scored in for_query(material, block.query)] if block.query else material.everything
    found = relatives(among, people)
    shown = _shown(found, block.at_most or MOST, material)
    if not shown:
        hint = "take the chart out, or add sources that say who is whose son, brother or successor"
        related = len(max(groups(found.ties), key=len, default=set()))
        message = f"the sources relate {related or 'no'} persons to each other, and a chart has {FEWEST} at least"
        material.desk.problems.append(error(message, hint, where))
        return ()
    ties = [tie for tie in found.ties if tie.pair <= set(shown)]
    boxes = tuple(_box(key, found, ties, material) for key in shown)
    joined = tuple(_joined(tie, shown, material) for tie in ties)
    return (Chart(block.title or f"{topic_title(material)}: {_TITLE}", boxes, joined, where),)


def _shown(found: Relatives, most: int, material: Material) -> list[str]:
    """The persons of the largest families, those most spoken of first; from each family they hang together."""
    said = {key: _spoken_of(found.called[key], material) for key in found.called}
    chosen: list[str] = []
    families = [group for group in groups(found.ties) if len(group) >= FEWEST]
    for family in sorted(families, key=lambda group: (-sum(said[key] for key in group), min(group))):
        own = _together(family, found.ties, said, most - len(chosen))
        chosen += own if len(own) >= FEWEST else []
    return chosen


def _spoken_of(name: str, material: Material) -> int:
    """How many sentences on the topic, and how many of all, name a person."""
    own = re.compile(rf"\b{re.escape(name)}\b")
    on_topic = sum(bool(own.search(scored.candidate.text)) for scored in material.pool)
    return 3 * on_topic + sum(bool(own.search(candidate.text)) for candidate in material.everything)


def _together(family: set[str], ties: Sequence[Tie], said: dict[str, int], most: int) -> list[str]:
    """At most so many of a family, from the one most spoken of on, each joined to one before."""
    chosen: list[str] = [min(family, key=lambda key: (-said[key] * _joins(key, ties), key))]
    while len(chosen) < min(most, len(family)):
        near = {key for tie in ties if tie.pair & set(chosen) for key in tie.pair} - set(chosen)
        chosen.append(min(near, key=lambda key: (-_joins(key, ties), -said[key], key)))
    return chosen if most > 0 else []


def _joins(key: str, ties: Sequence[Tie]) -> int:
    return sum(key in tie.pair for tie in ties)


def _joined(tie: Tie, shown: Sequence[str], material: Material) -> Joined:
    kin = tie.kin
    statement = material.desk.state(tie.candidate, kin.start, kin.end, bold=False)
    relation = kin.relation
    who, to = shown.index(tie.who), shown.index(tie.to)
    return Joined(who, to, kin.word, statement, relation.below, relation.kind, kin.sure)


# What stands in a box --------------------------------------------------------------------------------------------


def _box(key: str, found: Relatives, ties: Sequence[Tie], material: Material) -> Person:
    """A person with the death that is told, if one is, and what he or she is."""
    name = found.called[key]
    about = [candidate for candidate in material.everything if _opens_with(candidate, name)]
    own = [tie.candidate for tie in ties if tie.who == key]
    facts = list(_death(name, about, own, material))
    dead = bool(facts)
    roles = sorted((one for one in about if _tells_role(one, name)), key=lambda one: -says_role(one, name))
    others = [one for one in about if one not in roles]
    told = {fact.passage.span for fact in facts if fact.passage}
    room = BOTH - sum(len(fact.text.split()) for fact in facts)
    for candidate in [] if room < FACT / 2 else [*roles, *others]:
        if candidate.span not in told:
            fact = _fact(candidate, name, min(FACT, room), material)
            if fact:
                facts.insert(0, fact)
                break
    return Person(name, tuple(facts), dead)


def _opens_with(candidate: Candidate, name: str) -> bool:
    """Whether a sentence opens with a person's name, and can be shown without the sentence before it."""
    alone = candidate.alone or (candidate.kind == "item" and candidate.first)
    return candidate.text.startswith(name) and alone and not opens_with_connective(candidate.text)


def _tells_role(candidate: Candidate, name: str) -> bool:
    return bool(ROLE.search(candidate.text[len(name) :]))


def _death(name: str, about: Sequence[Candidate], own: Sequence[Candidate], material: Material) -> Iterator[Statement]:
    """The first sentence that tells a person's death beyond doubt, unless somebody disputes it."""
    named = [one for one in material.everything if name in one.text]
    if is_disputed(named):
        return
    for candidate in (*about, *own, *named):
        for found in re.finditer(re.escape(name), candidate.text):
            if _DIES.match(candidate.text, found.end()) and is_sure(candidate.text, name):
                fact = _fact(candidate, name, FACT + 4, material)
                if fact:
                    yield fact
                    return


def _fact(candidate: Candidate, name: str, limit: int, material: Material) -> Statement | None:
    """The sentence in at most so many words, without the name that opens it; none if no cut is safe."""
    start = _after_name(candidate, name)
    end = trim(candidate.text[start:], limit, phrases=True)
    if end is None or not (candidate.alone or start):
        return None
    material.used[candidate.span.source] += 1
    return material.desk.state(candidate, start, start + end, bold=False)


def _after_name(candidate: Candidate, name: str) -> int:
    """Where a sentence goes on after the name that opens it and is shown above it."""
    lead = lead_of(candidate, name)
    if lead or not candidate.text.startswith(name):
        return lead
    after = _AFTER_NAME.match(candidate.text, len(name))
    return after.end() if after else 0
