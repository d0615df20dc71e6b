"""Charges that are denied: who denies what, and where it is charged."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.conflicts.claims import Difference, Sentence, best
from briefgen.compose.conflicts.names import Key, Name, any_of, fold, holds
from briefgen.text.words import stem

_NEAR = 2
"""Blocks before its denial in which a charge may stand where it is not told in the same words."""
_BY = re.compile(
    r"\b(?:claims?|charges?|allegations?|accusations?)\s+(?:\w+\s+){0,2}(?:denied|rejected|disputed)\s+by\s+(?:the\s+)?$"
)


class Denial(Struct, frozen=True):
    """A sentence in which `denier` denies something; `charged` says that it tells the charge as well."""

    denier: Key
    text: str
    sentence: Candidate
    names: frozenset[str]
    charged: bool


class Charge(Struct, frozen=True):
    """A sentence that charges, and the words of the names in it; `strong` says that it does so in so many words."""

    sentence: Candidate
    names: frozenset[str]
    strong: bool


@cache
def _denies() -> re.Pattern[str]:
    return re.compile(
        rf"{any_of('denials')}\s+(?:(?:the|any|all|these|those|such|this|its|his|her|their|having)\s+)*{any_of('denied')}"
    )


def denial(sentence: Sentence) -> Denial | None:
    """The denial in the sentence, if somebody named denies a claim there."""
    verb = _denies().search(sentence.text)
    who = _denier(sentence, verb.start()) if verb else _denied_by(sentence)
    if who is None:
        return None
    before = sentence.text[: verb.start()] if verb else sentence.text
    charged = bool(re.search(any_of("strong_charges"), before, re.IGNORECASE))
    return Denial(sentence.key(who), _with_noun(sentence, who, verb), sentence.candidate, _words(sentence), charged)


def _with_noun(sentence: Sentence, who: Name, verb: re.Match[str] | None) -> str:
    """The denier with a noun after the name, as in "Iranian authorities"."""
    after = re.match(r" (?!\w+ly\b)[a-z]{5,}s\b", sentence.text[who.end : verb.start()]) if verb else None
    return who.text + after[0] if after else sentence.named(who)


def _denier(sentence: Sentence, end: int) -> Name | None:
    """Who denies: the name before the verb, with what he is called between them."""
    name = next((one for one in reversed(sentence.names) if one.end <= end), None)
    middle = sentence.text[name.end : end] if name else ""
    return name if name and re.fullmatch(r"(?:\s+\w+){0,4}\s*", middle) else None


def _denied_by(sentence: Sentence) -> Name | None:
    if not re.search(any_of("denials"), sentence.text):
        return None
    return next((name for name in sentence.names if _BY.search(sentence.text[: name.start])), None)


def charges_among(sentences: Iterable[Sentence], denials: Iterable[Denial]) -> list[Charge]:
    """The charges that one of `denials` may answer: those in so many words, and others shortly before a denial."""
    answered = {
        (one.sentence.span.source, one.sentence.span.block - back) for one in denials for back in range(_NEAR + 1)
    }
    return [
        made
        for one in sentences
        if (made := _charge(one, (one.candidate.span.source, one.candidate.span.block) in answered))
    ]


def _charge(sentence: Sentence, near: bool) -> Charge | None:
    """The charge in the sentence, unless it denies one; one that is not in so many words only if it is `near`."""
    folded = sentence.text.casefold()
    strong = holds("strong_charges", sentence.text, folded)
    if not (strong or (near and holds("charges", sentence.text, folded))):
        return None
    if re.search(any_of("denials"), sentence.text):
        return None
    return Charge(sentence.candidate, _words(sentence), strong)


def _words(sentence: Sentence) -> frozenset[str]:
    """The words of the names in a sentence, and those of the outline's subject where it has one of them in any form."""
    names = {word for name in sentence.names for word in sentence.key(name)}
    own = set(sentence.subject) & set(map(fold, re.findall(r"\w+", sentence.text)))
    return frozenset(names | (set(sentence.subject) if own else set()))


def denial_differences(denials: Iterable[Denial], charges: Sequence[Charge]) -> Iterator[Difference]:
    """What is charged, and the denials, together for all who deny the same. Without a charge there is no difference."""
    by_charge: dict[tuple[Candidate, ...], list[Denial]] = {}
    for group in _by_denier(denials):
        both = tuple(one.sentence for one in group if one.charged)
        charged = tuple(_charges_for(group, charges)) or both
        if charged:
            by_charge.setdefault(best(charged, 2), []).extend(group)
    for charged, group in by_charge.items():
        denied = best((one.sentence for one in group if one.sentence not in charged), 2)
        ways = (charged, denied) if denied else (charged,)
        yield Difference(f"a charge against {_who(group)}, and its denial", ways, ("The charge", "The denial"), True)


def _by_denier(denials: Iterable[Denial]) -> list[list[Denial]]:
    groups: list[list[Denial]] = []
    for one in denials:
        group = next((group for group in groups if is_related(group[0].denier[0], one.denier[0])), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    return groups


def _who(group: Sequence[Denial]) -> str:
    """Those who deny, each by the shortest name."""
    names = [min((one.text for one in own), key=lambda text: (len(text), text)) for own in _by_denier(group)]
    return " and ".join(names)


def _charges_for(group: Sequence[Denial], charges: Sequence[Charge]) -> list[Candidate]:
    """The charges against those who deny: they name the denier and share meaning with a denial."""
    found = [(worth, one) for one in charges if (worth := max(_fit(one, denial) for denial in group)) > 0]
    return [one.sentence for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].sentence.span))[:2]]


def _fit(charge: Charge, denial: Denial) -> float:
    """How well a charge fits a denial: the stems they share, names aside, if it names who denies; else 0."""
    if not any(is_related(word, denial.denier[0]) for word in charge.names):
        return 0.0
    left, right = charge.sentence, denial.sentence
    shared = left.stems & right.stems
    named = {stem(word) for word in charge.names}
    near = left.span.source == right.span.source and 0 <= right.span.block - left.span.block <= _NEAR
    names = sum(1 for word in charge.names if any(is_related(word, other) for other in denial.names))
    told = names >= 2 and bool(shared - named) and (near or (len(shared) >= 4 and charge.strong))
    return len(shared) + 2 * near + 3 * charge.strong if told else 0.0


def is_related(left: str, right: str) -> bool:
    """Whether two words of names are of one country or person: "Pakistani" and "Pakistan"."""
    short, long = sorted((left, right), key=len)
    return left == right or (
        len(short) >= 4 and long.startswith(short[: max(4, len(short) - 1)]) and len(long) - len(short) <= 3
    )
