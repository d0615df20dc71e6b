"""Whether two things are said to be separate, or one to be part of the other."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from briefgen.compose.conflicts.claims import Claim, Difference, Sentence, best
from briefgen.compose.conflicts.names import Key, Name, any_of

_REACH = 110
"""Characters around the words of identity in which the two things must be named."""


@cache
def _separate() -> re.Pattern[str]:
    return re.compile(
        rf"{any_of('separate')}\s+(?:\w+\s+)?{any_of('entities')}|{any_of('separate')}\s+from\b", re.IGNORECASE
    )


@cache
def _part() -> re.Pattern[str]:
    return re.compile(any_of("part"), re.IGNORECASE)


def identity_claims(sentence: Sentence) -> Iterator[Claim]:
    """Each pair of names that the sentence calls separate (true) or one (false)."""
    one = _part().search(sentence.text)
    two = None if one else _separate().search(sentence.text)
    found = one or two
    if not found or (two and re.search(r"\b(?:not|no|n['’]t|never)\s+(?:\w+\s+){0,3}$", sentence.text[: two.start()])):
        return
    near = [name for name in sentence.names if abs(name.start - found.start()) <= _REACH]
    for index, left in enumerate(near):
        for right in near[index + 1 :]:
            pair = sorted((_core(left.key), _core(right.key)))
            if not set(pair[0]) & set(pair[1]):
                yield Claim(
                    "/".join(" ".join(key) for key in pair),
                    (),
                    _called(sentence, left, right),
                    bool(two),
                    sentence.candidate,
                )


def _core(key: Key) -> Key:
    """A name's first word, by which "Haqqani Network" and "the Haqqanis" are alike."""
    return key[:1]


def _called(sentence: Sentence, left: Name, right: Name) -> str:
    return f"{sentence.named(left)} and {sentence.named(right)}"


def identity_differences(claims: Iterable[Claim]) -> Iterator[Difference]:
    """Pairs that some call separate and others one; each sentence is used for its best attested pair only."""
    pairs: dict[str, list[Claim]] = {}
    for claim in claims:
        pairs.setdefault(claim.group, []).append(claim)
    ordered = sorted(pairs.values(), key=lambda found: -len(found))
    used: set[object] = set()
    for found in ordered:
        fresh = [claim for claim in found if claim.candidate.span not in used]
        separate = [claim.candidate for claim in fresh if claim.value]
        one = [claim.candidate for claim in fresh if not claim.value]
        if separate and one:
            used |= {claim.candidate.span for claim in fresh}
            shortest = min((claim.subject_text for claim in fresh), key=lambda text: (len(text), text))
            what = f"{shortest}: separate, or one"
            yield Difference(what, (best(separate, 2), best(one, 2)), ("Separate", "Not separate"))
