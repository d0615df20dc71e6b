"""Sources that say themselves that accounts differ: "Estimates of the dead vary"."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from briefgen.compose.candidates import Candidate
from briefgen.compose.conflicts.claims import Difference, best
from briefgen.compose.conflicts.names import any_of, stems_of

_FIGURE = re.compile(r"(?<![\w.])\d[\d,.]*")
_OF = re.compile(r"^\s+(?:of|about|on|for|as to)\s+(?P<what>[^,;.]{3,70}?)\s*$")
_ON = re.compile(r"^\s+(?:on|about|over|as to|regarding|concerning)\s+(?P<what>[^,;.]{3,70})")
_FOLLOWING = 3
"""Sentences after such a one that may give the accounts."""


@cache
def _says() -> re.Pattern[str]:
    return re.compile(
        rf"{any_of('accounts')}(?P<of>[^,;.]{{0,80}}?)\s+(?:widely\s+|greatly\s+|still\s+|also\s+)?{any_of('differ')}",
        re.IGNORECASE,
    )


def admitted(among: Sequence[Candidate]) -> Iterator[Difference]:
    """What a source says that others differ on, with the sentences right there that give two figures or more."""
    for index, candidate in enumerate(among):
        told = not stems_of("differ").isdisjoint(candidate.stems)
        found = _says().search(candidate.text) if told else None
        if not found:
            continue
        what = _OF.match(found["of"] or "") or _ON.match(candidate.text[found.end() :])
        same = candidate.span.source, candidate.span.block
        below = [one for one in among[index + 1 : index + 1 + _FOLLOWING] if (one.span.source, one.span.block) == same]
        giving = [one for one in (candidate, *below) if _figures(one)]
        if what and sum(map(_figures, giving)) >= 2:
            yield Difference(what["what"].strip(), tuple(best((one,)) for one in giving))


def _figures(candidate: Candidate) -> int:
    """How many different figures a sentence has, dates aside."""
    text = candidate.text
    for date in reversed(candidate.dates):
        text = text[: date.start] + " " * (date.end - date.start) + text[date.end :]
    return len(set(_FIGURE.findall(text)))
