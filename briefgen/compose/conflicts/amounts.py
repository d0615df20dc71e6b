"""Sums and numbers that sources give for the same thing: rewards for a person, the strength of a group."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations

from msgspec import Struct

from briefgen.compose.conflicts.claims import Claim, Difference, Sentence, best, by_subject, may_be_of_one_time
from briefgen.compose.conflicts.names import Name, any_of, is_body

_SCALE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "m": 10**6, "bn": 10**9}
_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONEY = re.compile(
    rf"(?P<sign>[$€£¥])\s?(?P<sum>{_FIGURE})(?:[ -](?P<scale>thousand|million|billion|m|bn)\b)?", re.IGNORECASE
)
_RANGE = rf"(?P<low>{_FIGURE})(?:\s?(?:-|–|—|to|and)\s?(?P<high>{_FIGURE}))?"
_LED_TO = re.compile(r"\b(?:for|of|on|against|leader,?)\s+(?:[a-z]+[ ,]+){0,3}$")
_PERSON = re.compile(r"\b(?:his|her|him)\b")


class Amount(Struct, frozen=True):
    """A number, or one from `low` to `high`, of `unit`."""

    low: float
    high: float
    unit: str = ""

    def apart(self, other: "Amount") -> bool:
        return self.unit == other.unit and (self.high < other.low or other.high < self.low)


def reward_claims(sentence: Sentence) -> Iterator[Claim]:
    """The reward that the sentence says was set on a person."""
    reward = re.search(any_of("rewards"), sentence.text, re.IGNORECASE)
    money = _MONEY.search(sentence.text)
    if not (reward and money):
        return
    target = _target(sentence, min(reward.start(), money.start()))
    if target:
        value = _number(money["sum"]) * _SCALE.get((money["scale"] or "").lower(), 1)
        yield Claim(
            "reward",
            sentence.key(target),
            sentence.named(target),
            Amount(value, value, money["sign"]),
            sentence.candidate,
        )


def _target(sentence: Sentence, start: int) -> Name | None:
    """On whom a reward is set: the person named after it, else the first named before "his" or "her"."""
    persons = [name for name in sentence.names if not is_body(name)]
    after = [name for name in persons if name.start > start]
    aimed = next((name for name in after if _is_aimed(sentence.text[start : name.start])), None)
    if aimed or not _PERSON.search(sentence.text[start:]):
        return aimed
    return next((name for name in persons if name.start < start), None)


def _is_aimed(middle: str) -> bool:
    return bool(_LED_TO.search(middle)) and not re.search(r"[;.]\s", middle)


@cache
def _count() -> re.Pattern[str]:
    return re.compile(rf"{_RANGE}\s+(?:[a-z-]+\s+){{0,2}}{any_of('strength')}")


@cache
def _counting() -> re.Pattern[str]:
    return re.compile(rf"{any_of('counting')}\s+(?:(?:an?|some|about|roughly|up to|estimated|more|than|at|\w+ly)\s+)*$")


def strength_claims(sentence: Sentence) -> Iterator[Claim]:
    """How many fighters, members and the like the sentence says that somebody has."""
    for count in _count().finditer(sentence.text):
        verb = _counting().search(sentence.text[: count.start()])
        owner = _owner(sentence, verb.start()) if verb else None
        if owner:
            low = _number(count["low"])
            value = Amount(low, _number(count["high"]) if count["high"] else low)
            yield Claim("strength", owner.key, f"the strength of {owner.text}", value, sentence.candidate)


def _owner(sentence: Sentence, end: int) -> Name | None:
    name = next((one for one in reversed(sentence.names) if one.end <= end), None)
    near = name and re.fullmatch(r"(?:\s+[a-z]+){0,3}\s*", sentence.text[name.end : end])
    return name if near else None


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def amount_differences(claims: Iterable[Claim]) -> Iterator[Difference]:
    """Where the amounts of one thing exclude each other, and no date says that it changed."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.group, []).append(claim)
    for name, members in groups.items():
        for same in by_subject(members):
            ways = _ways(same)
            if len(ways) > 1 and _are_of_one_time(ways):
                longest = max(same, key=lambda claim: len(claim.subject)).subject_text
                what = f"the reward for {longest}" if name == "reward" else longest
                yield Difference(what, tuple(best((claim.candidate for claim in way), 2) for way in ways))


def _ways(claims: Sequence[Claim]) -> list[list[Claim]]:
    ways: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda one: (one.value.low, one.candidate.span)):
        fitting = next((way for way in ways if not way[0].value.apart(claim.value)), None)
        if fitting is None:
            ways.append([claim])
        else:
            fitting.append(claim)
    return ways


def _are_of_one_time(ways: Sequence[Sequence[Claim]]) -> bool:
    """Whether a claim of one way may be of the same time as one of another: undated, or their dates overlap."""
    return any(
        may_be_of_one_time(one.candidate, other.candidate)
        for way, later in combinations(ways, 2)
        for one in way
        for other in later
    )
