"""Charts: persons in boxes, joined by how the sources say that they are related."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from briefgen.compose.blocks.people import (
    DOUBT,
    DOUBT_AFTER,
    ROLE,
    aside_of,
    is_disputed,
    lead_of,
    says_role,
)
from briefgen.compose.candidates import Candidate
from briefgen.compose.cuts import Piece
from briefgen.compose.material import Material, for_query, topic_title
from briefgen.compose.prepared import people_in
from briefgen.compose.relations import Kin
from briefgen.compose.relatives import Relatives, Tie, groups, relatives
from briefgen.compose.told import Told, told_by
from briefgen.compose.trim import balanced, keeps_meaning, trim
from briefgen.model import Chart, ChartBlock, Person, Span, Statement
from briefgen.model import Tie as Joined
from briefgen.problems import Location, error
from briefgen.text.leaning import opens_with_connective

MOST, FEWEST = 10, 3
"""Persons where the outline does not say, and below which there is no chart."""
FEW = 6
"""Persons up to which boxes are wide enough for two facts."""
FEWEST_WORDS = 5
"""Words that a fact has at least beside a tie that it tells, too."""
_TITLE = "how they are related"
_KILLED = r"(?:is|was|had been|has been) (?:killed|assassinated|executed)"
_KILLS = re.compile(r"\b(?:(?:killed|kills|assassinated|executed)|(?:confirmed|announced) the death of) $")
_DIES = re.compile(rf" \((?:killed|died)\b|(?:, who)? (?:{_KILLED}|(?:has |had )?died)\b")
_AFTER_NAME = re.compile(r",? (?=\w)")
_IS, _AND = re.compile(r"(?P<he>He|She) (?:is|was)\b"), re.compile(r" and ")
_AND_HIS = re.compile(r",? and (?:his|her) ")
_ARTICLE = re.compile(r"(?:an?|the|one of)\b")
_GOES_ON = re.compile(r"[’'\w]| and\b| or\b|,? [A-Z]")


class Limits(Struct, frozen=True):
    """Words of a fact, of one that tells a death, and of all facts in one box, at most."""

    fact: int
    death: int
    both: int


class _Drawing(Struct, frozen=True):
    """What the boxes of a chart are filled from: the ties that are drawn, and all that the sentences tell."""

    ties: tuple[Tie, ...]
    told: Told
    limits: Limits
    material: Material


WIDE, NARROW = Limits(16, 18, 24), Limits(15, 17, 21)
"""What boxes have room for in a small chart, and in a large one."""


def chart(block: ChartBlock, where: Location, material: Material) -> tuple[Chart, ...]:
    """The persons whom the sources relate most, with what they are; none where fewer than three are related, and a
    problem if the outline asked for them."""
    library = material.desk.library
    people = [people_in(library, head) for head in library.looked_in]
    among = [scored.candidate for scored in for_query(material, block.query)] if block.query else material.everything
    told = told_by(library, material.everything)
    found = relatives(among, told, people)
    shown = _shown(found, block.at_most or MOST, material)
    if not shown and not material.section.blocks:
        return ()
    if not shown:
        hint = "take the chart out, or add sources that say who is whose son, brother or successor"
        related = len(max(groups(found.ties), key=len, default=set()))
        message = f"the sources relate {related or 'no'} persons to each other, and a chart has {FEWEST} at least"
        material.desk.problems.append(error(message, hint, where))
        return ()
    ties = [tie for tie in found.ties if tie.pair <= set(shown)]
    room = WIDE if len(shown) <= FEW else NARROW
    drawing = _Drawing(tuple(ties), told, room, material)
    boxes = tuple(_box(key, found.called[key], drawing) for key in shown)
    material.desk.charted |= {box.name: box.dead for box in boxes}
    title = block.title or f"{topic_title(material)}: {_TITLE}"
    return (Chart(title, boxes, tuple(_joined(ties, shown, material)), where),)


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
    strong = [tie for tie in ties if not tie.kin.relation.weak]
    while len(chosen) < min(most, len(family)):
        near = _beside(chosen, strong) or _beside(chosen, ties)
        chosen.append(min(near, key=lambda key: (-_joins(key, ties), -said[key], key)))
    return chosen if most > 0 else []


def _beside(chosen: Sequence[str], ties: Sequence[Tie]) -> set[str]:
    """Who is not yet chosen and has a tie to one who is."""
    return {key for tie in ties if tie.pair & set(chosen) for key in tie.pair} - set(chosen)


def _joins(key: str, ties: Sequence[Tie]) -> int:
    return sum(key in tie.pair for tie in ties)


def _joined(ties: Sequence[Tie], shown: Sequence[str], material: Material) -> Iterator[Joined]:
    """The ties as they are drawn: what one sentence says somebody is to several, as one."""
    told: dict[tuple[str, str, Span, bool], list[Tie]] = {}
    for tie in ties:
        told.setdefault((tie.who, tie.kin.word, tie.candidate.span, tie.kin.sure), []).append(tie)
    for group in told.values():
        kin = group[0].kin
        statement = _statement(group, material)
        who, of = shown.index(group[0].who), tuple(shown.index(tie.to) for tie in group)
        yield Joined(who, kin.word, of, statement, kin.relation.below, kin.relation.kind, kin.sure)


def _statement(group: Sequence[Tie], material: Material) -> Statement:
    """The words of a sentence that name all whom some ties join; all of it where a hedge or an attribution is left."""
    candidate = group[0].candidate
    start, end = min(tie.kin.start for tie in group), max(tie.kin.end for tie in group)
    if keeps_meaning(candidate.text[:start]) or keeps_meaning(candidate.text[end:]):
        start, end = 0, len(candidate.text)
    return material.desk.state(candidate, start, end, bold=False)


# What stands in a box --------------------------------------------------------------------------------------------


def _box(key: str, name: str, drawing: _Drawing) -> Person:
    """A person with what he or she is and the death that is told, if one is."""
    ties, limits, material = drawing.ties, drawing.limits, drawing.material
    about = [candidate for candidate in material.everything if _is_about(candidate, name)]
    own = [tie for tie in ties if tie.who == key]
    facts = _death(name, about, [tie.candidate for tie in own], drawing)
    dead = bool(facts)
    told = {fact.passage.span for fact in facts if fact.passage}
    room = min(limits.fact, limits.both - sum(len(fact.text.split()) for fact in facts))
    drawn = {tie.candidate.span for tie in ties}
    others = sorted(about, key=lambda one: (one.span in drawn, -_worth(one, name)))
    fresh = [one for one in others if one.span not in told and not _only_tells(one, name, own)]
    roles = [one for one in fresh if ROLE.search(one.text[len(name) :])]
    for among, whole in ((roles, True), (fresh, True), (fresh, False)):
        for candidate in among if room >= FEWEST_WORDS else ():
            fact = _fact(candidate, name, room, drawing, whole)
            if fact:
                return Person(name, (fact, *facts), dead)
    return Person(name, tuple(facts), dead)


def _is_about(candidate: Candidate, name: str) -> bool:
    """Whether a sentence opens with a person's name, or with a pronoun in whose place it stands."""
    if opens_with_connective(candidate.text):
        return False
    if _pronoun(candidate, name):
        return True
    alone = candidate.alone or (candidate.kind == "item" and candidate.first)
    return alone and candidate.text.startswith(name) and not _GOES_ON.match(candidate.text, len(name))


def _pronoun(candidate: Candidate, name: str) -> int:
    """Where a sentence goes on after the pronoun that opens it, if it means this person; else 0."""
    first = candidate.inserted[0] if candidate.inserted else None
    if first is None or first.start or candidate.text[: first.end].lower() not in ("he", "she"):
        return 0
    meant = first.text.strip("[]").split()
    same = meant[-1:] == name.split()[-1:] and (len(meant) < 2 or meant[0] in name.split())
    return first.end + 1 if same else 0


def _worth(candidate: Candidate, name: str) -> float:
    """How much a sentence tells of who somebody is: a role, early and plainly."""
    role = ROLE.search(candidate.text[len(name) :])
    return says_role(candidate, name) + (2 if role else 0)


def _only_tells(candidate: Candidate, name: str, own: Sequence[Tie]) -> bool:
    """Whether a sentence says little more than a tie that the chart draws."""
    stretches = [(tie.kin.start, tie.kin.end) for tie in own if tie.candidate.span == candidate.span]
    rest = [candidate.text[:start] + candidate.text[end:] for start, end in stretches]
    return any(len(words.split()) < FEWEST_WORDS for words in rest)


def _death(name: str, about: Sequence[Candidate], own: Sequence[Candidate], drawing: _Drawing) -> list[Statement]:
    """The first sentence that tells a person's death beyond doubt; none where somebody disputes it."""
    material = drawing.material
    items = {(one.span.source, one.span.block) for one in about if one.kind == "item"}
    named = [one for one in material.everything if name in one.text or (one.span.source, one.span.block) in items]
    if is_disputed(named):
        return []
    for candidate in (*about, *own, *named):
        pronoun = _pronoun(candidate, name)
        places = [pronoun - 1] if pronoun else [found.end() for found in re.finditer(re.escape(name), candidate.text)]
        if any(_dies(candidate, name, place) for place in places):
            aside = aside_of([candidate], material) if candidate.text.startswith(name) else []
            fact = aside[0] if aside else _fact(candidate, name, drawing.limits.death, drawing)
            if fact:
                return [fact]
    return []


def _dies(candidate: Candidate, name: str, place: int) -> bool:
    """Whether the words right after a person's name tell the death, and no word of doubt bears on it."""
    text = candidate.text
    before = text[:place] if not text.startswith(name) else ""
    told = _DIES.match(text, place)
    done = _KILLS.search(before.removesuffix(name)) if before.endswith(name) else None
    known = before[: done.start()] if done else before
    return bool(
        (told or done) and not (DOUBT.search(known) or DOUBT_AFTER.search(text[told.end() if told else place :]))
    )


def _fact(candidate: Candidate, name: str, limit: int, drawing: _Drawing, whole: bool = False) -> Statement | None:
    """The sentence in at most so many words, without the name that opens it; none if no cut is safe.

    If it must be `whole`, none where its end is cut.
    """
    material, kin = drawing.material, drawing.told.get(candidate.span, ())
    start = _after_name(candidate, name)
    front, start = _without_tie(candidate, kin, start)
    told = _DIES.search(candidate.text) or ROLE.search(candidate.text)
    end = _before_tie(candidate, kin, start) or trim(candidate.text[start:], limit - len(front), phrases=bool(told))
    if end is None or not (candidate.alone or start) or (whole and start + end < len(candidate.text)):
        return None
    material.used[candidate.span.source] += 1
    material.desk.view(candidate, "people")
    return material.desk.pieces(candidate, (*front, (start, start + end)))


def _before_tie(candidate: Candidate, told: Sequence[Kin], start: int) -> int:
    """How long the fact is that stands before "and his son", which the chart draws; 0 where none does."""
    text = candidate.text
    for kin in told:
        found = _AND_HIS.search(text, start, kin.end)
        whole = found and len(text[start : found.start()].split()) > 2 and balanced(text[start : found.start()])
        if found and whole and kin.sure and not keeps_meaning(text[found.start() :]):
            return found.start() - start
    return 0


def _without_tie(candidate: Candidate, told: Sequence[Kin], start: int) -> tuple[tuple[Piece, ...], int]:
    """What stands before a tie that the chart draws, and where the sentence goes on: "He was … a commander"."""
    text = candidate.text
    for kin in told:
        rest = _AND.match(text, kin.end)
        opening = _IS.match(text, start)
        only = opening and opening.end() <= kin.end and not keeps_meaning(text[opening.end() : kin.end])
        if rest and opening and only and kin.sure:
            noun = _ARTICLE.match(text, rest.end())
            return ((start, opening.end() if noun else opening.end("he")),), rest.end()
    return (), start


def _after_name(candidate: Candidate, name: str) -> int:
    """Where a sentence goes on after the name that opens it, or its pronoun, since the name is shown above it."""
    lead = lead_of(candidate, name) or _pronoun(candidate, name)
    if lead or not candidate.text.startswith(name):
        return lead
    after = _AFTER_NAME.match(candidate.text, len(name))
    return after.end() if after else 0
