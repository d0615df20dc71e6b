"""The offices that sources give one person, and where they name different ones."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from briefgen.compose.conflicts.claims import Claim, Difference, Sentence, best, by_subject, may_be_of_one_time
from briefgen.compose.conflicts.names import Name, any_of, fold, is_body, names_in

_SMALL = {"of", "for", "the", "and", "in"}


@cache
def _office() -> re.Pattern[str]:
    """An office with its portfolio: "minister for tribal affairs", "Interior Minister"."""
    offices = any_of("offices")
    word = r"[A-Z][\w’'-]+"
    after = (
        rf"(?i:{offices})\s+(?:of|for)\s+(?:the\s+)?(?P<after>{word}(?:\s+(?:and\s+)?{word})*|[a-z]+\s+affairs|[a-z]+)"
    )
    return re.compile(rf"{after}|(?P<front>{word})\s+(?i:{offices})")


@cache
def _held() -> re.Pattern[str]:
    return re.compile(rf"{any_of('holding')}\s+(?:\w+[\s-]+){{0,3}}[\"“‘']?(?:[Aa]cting\s+)?$")


def office_claims(sentence: Sentence) -> Iterator[Claim]:
    """Whom the sentence gives which office, as far as it was held; the group is the office's kind."""
    if re.search(any_of("not_held"), sentence.text):
        return
    for office in _office().finditer(sentence.text):
        portfolio = office["after"] or office["front"]
        value = frozenset(fold(word) for word in portfolio.split() if word.lower() not in _SMALL)
        held = _held().search(sentence.text[: office.start()])
        holder = _holder(sentence, held.start()) if held else None
        kind = re.search(any_of("offices"), office[0].lower())
        if holder and kind and not value & {"prime", "first", "general"}:
            yield Claim(kind[0], sentence.key(holder), sentence.named(holder), value, sentence.candidate)


def _holder(sentence: Sentence, end: int) -> Name | None:
    """The last person named before `end`: a name without "the" that is no body's."""
    before = [name for name in sentence.names if name.end <= end]
    return next((name for name in reversed(before) if not _is_other(sentence.text[: name.start], name)), None)


def _is_other(before: str, name: Name) -> bool:
    return is_body(name) or before.lower().endswith(("the ", "of ", "in ", "by "))


def office_differences(claims: Iterable[Claim]) -> Iterator[Difference]:
    """Where one source gives a person an office of a kind, and another only other ones, in the same service.

    Offices that one source tells one after the other are a career and no difference.
    """
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.group, []).append(claim)
    for kind, members in groups.items():
        for held in by_subject(members):
            if _differ(held):
                longest = max(held, key=lambda claim: len(claim.subject))
                ways = [
                    [one.candidate for one in held if one.value == value]
                    for value in dict.fromkeys(c.value for c in held)
                ]
                yield Difference(f"which {kind} {longest.subject_text} was", tuple(best(way, 2) for way in ways))


def _differ(held: list[Claim]) -> bool:
    by_source: dict[str, list[Claim]] = {}
    for claim in held:
        by_source.setdefault(claim.candidate.span.source, []).append(claim)
    sources = list(by_source.values())
    return any(
        not ({c.value for c in left} & {c.value for c in right}) and _same_service(left, right)
        for index, left in enumerate(sources)
        for right in sources[index + 1 :]
    )


def _same_service(left: list[Claim], right: list[Claim]) -> bool:
    """Whether a claim of each side names something in common beside the person, and no date parts them."""
    return any(
        may_be_of_one_time(one.candidate, other.candidate) and _bodies(one) & _bodies(other)
        for one in left
        for other in right
    )


def _bodies(claim: Claim) -> set[str]:
    """The words of the names in a claim's sentence, but for the person's and the office's."""
    person = set(claim.subject) | set(claim.value)
    return {word for name in names_in(claim.candidate.text) for word in name.key} - person - {"minister", "acting"}
