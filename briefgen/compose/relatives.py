"""Who is related to whom over all sources: persons told apart and brought together, and the ties worth drawing.

A person is known by a full name. A given name alone means whom only one person of that name can be; where two could be
meant, or a spelling is only near to one, nobody is.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.persons import People
from briefgen.compose.relations import Kin, Name, Relation
from briefgen.compose.told import Told
from briefgen.model import Span

_NUMERAL = re.compile(r"^[IVX]+$")
_DOUBLED = re.compile(r"(.)\1")
_SPELT_ALIKE = 0.8
_SIBLING = Relation(0, "kin")


class Tie(Struct, frozen=True):
    """That the person `who` is something to the person `to`, both by their keys, and where it stands."""

    who: str
    to: str
    kin: Kin
    candidate: Candidate

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.who, self.to))

    @property
    def is_parent(self) -> bool:
        """Whether one of the two is the other's parent."""
        return self.kin.relation.kind == "kin" and abs(self.kin.relation.below) == 1 and not self._is_aunt

    @property
    def _is_aunt(self) -> bool:
        return any(part in self.kin.word for part in ("uncle", "aunt", "nephew", "niece"))


class Relatives(Struct, frozen=True):
    """Persons by their keys, as they are called, and the ties between them."""

    called: dict[str, str]
    ties: tuple[Tie, ...]


def relatives(candidates: Iterable[Candidate], kin: Told, people: Iterable[People]) -> Relatives:
    """The persons related by the sentences, each tie once, the surest first told; none that sources tell two ways."""
    told = [(one, candidate) for candidate in candidates for one in kin.get(candidate.span, ())]
    named = [(name, candidate.span.source) for one, candidate in told for name in (one.who, one.to)]
    register = _Register(people, named)
    ties = []
    for one, candidate in told:
        who, to = register.pair(one, candidate.span.source)
        if who and to and who != to:
            ties.append(Tie(who, to, one, candidate))
    kept = _once(ties)
    return Relatives({key: register.called(key) for tie in kept for key in (tie.who, tie.to)}, tuple(_needed(kept)))


class _Register:
    """The persons that sources name in full, and whom their other names mean."""

    def __init__(self, people: Iterable[People], named: Sequence[tuple[Name, str]]) -> None:
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        self._known: dict[str, tuple[str, str]] = {}
        self._bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for one in people:
            for full, span in one.where.items():
                self._add(full, span.source)
        for name, source in named:
            if _is_full(name.text):
                self._forms[self._add(name.text, source)][name.titled or name.text] += 1

    def _add(self, name: str, source: str) -> str:
        """Notes a full name; who bears it is kept for its source, and under "" for all."""
        key = _key(name)
        parts = key.split()
        self._known[key] = (parts[0], "" if _is_royal(name) else parts[-1])
        for part in filter(None, self._known[key]):
            self._bearers[part, source].add(key)
            self._bearers[part, ""].add(key)
        return key

    def called(self, key: str) -> str:
        """What a person is called most; the shorter of two."""
        forms = self._forms[key]
        return min(forms, key=lambda one: (-forms[one], len(one), one)) if forms else key.title()

    def pair(self, kin: Kin, source: str) -> tuple[str | None, str | None]:
        """The keys of both persons; the one whom the word introduces is known by the other one."""
        known = self._meant(kin.to, source, None)
        return (self._meant(kin.who, source, known) if known else None), known

    def _meant(self, name: Name, source: str, beside: str | None) -> str | None:
        """The key of a person; one with a given name alone who is introduced `beside` a relative bears that name."""
        if _is_full(name.text):
            return _key(name.text)
        token = _fold(name.text)
        bearers = self._bearers.get((token, source)) or self._bearers.get((token, ""), set())
        if not bearers:
            near = get_close_matches(token, sorted({part for part, _ in self._bearers}), n=1, cutoff=_SPELT_ALIKE)
            self._forms[token][name.titled or name.text] += 1
            return None if near else token
        alone = next(iter(bearers)) if len(bearers) == 1 else None
        if alone and beside and self._known.get(beside, ("", ""))[1] != self._known[alone][1]:
            return None
        return alone


def _is_full(name: str) -> bool:
    return " " in name


def _is_royal(name: str) -> bool:
    """Whether a name tells its bearer from others by a number or a place, not by a family."""
    return any(_NUMERAL.match(part) for part in name.split()) or " of " in name or " the " in name


def _key(name: str) -> str:
    """What a person is known by, however the name is spelt: first and last name, or all of a royal one."""
    if _is_royal(name):
        numbered = re.match(r".*?\b[IVX]+\b", name)
        return _fold(numbered[0] if numbered else name)
    parts = name.split()
    return _fold(f"{parts[0]} {parts[-1]}")


def _fold(name: str) -> str:
    """A name in lower case without accents and doubled letters, which spellings differ in."""
    parted = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in parted if char.isalnum() or char == " ")
    return plain if any(_NUMERAL.match(part) for part in name.split()) else _DOUBLED.sub(r"\1", plain)


# Which ties are drawn --------------------------------------------------------------------------------------------


def _once(ties: Sequence[Tie]) -> list[Tie]:
    """Of several ties of one kind between two persons the surest; none where they say different things."""
    grouped: dict[tuple[frozenset[str], str, bool], list[Tie]] = defaultdict(list)
    for tie in ties:
        grouped[tie.pair, tie.kin.relation.kind, tie.kin.relation.weak].append(tie)
    kept = []
    for group in grouped.values():
        best = min(group, key=_plainly)
        sure = [one for one in group if one.kin.sure] or group
        if len({_steps(one, best.to) for one in sure}) == 1:
            kept.append(best)
    return kept


def _plainly(tie: Tie) -> tuple[bool, bool, float, Span]:
    """How plainly a tie is told: surely, in a sentence that opens with the person, which tells more of him or her."""
    opens = tie.candidate.text.startswith(tie.kin.who.titled or tie.kin.who.text)
    return not tie.kin.sure, not opens, -tie.candidate.clarity, tie.candidate.span


def _steps(tie: Tie, to: str) -> int:
    """How many rows one of a pair stands below `to`."""
    return tie.kin.relation.below if tie.to == to else -tie.kin.relation.below


def _needed(ties: Sequence[Tie]) -> list[Tie]:
    """The ties that the others do not tell already, and weak ones only where nothing else joins two persons."""
    parents: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    for tie in ties:
        if tie.is_parent:
            child, parent = (tie.who, tie.to) if tie.kin.relation.below > 0 else (tie.to, tie.who)
            parents[child].add(parent)
        elif tie.kin.relation == _SIBLING:
            beside[tie.who].add(tie.to)
            beside[tie.to].add(tie.who)
    drawn = [tie for tie in ties if not (tie.kin.relation.weak or _is_told(tie, parents, beside))]
    for tie in (tie for tie in ties if tie.kin.relation.weak):
        if not any(tie.who in group and tie.to in group for group in groups(drawn)):
            drawn.append(tie)
    return drawn


def _is_told(tie: Tie, parents: dict[str, set[str]], beside: dict[str, set[str]]) -> bool:
    """Whether children of one parent are said to be siblings, or a parent's sibling to be an uncle or aunt."""
    if tie.kin.relation.kind != "kin" or tie.is_parent:
        return False
    if tie.kin.relation.below == 0:
        return bool(parents[tie.who] & parents[tie.to])
    young, old = (tie.who, tie.to) if tie.kin.relation.below > 0 else (tie.to, tie.who)
    return bool(parents[young] & beside[old])


def groups(ties: Iterable[Tie]) -> list[set[str]]:
    """The persons that ties join, each group apart."""
    made: list[set[str]] = []
    for tie in ties:
        joined = {tie.who, tie.to}.union(*(group for group in made if group & tie.pair))
        made = [group for group in made if not group & tie.pair] + [joined]
    return made
