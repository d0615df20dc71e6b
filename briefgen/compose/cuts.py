"""A long sentence in fewer words: which of its parts may be left out, and which of them best are.

Parts that may go are an opening that only ties the sentence to another, an aside in brackets, dashes or commas, and
clauses and phrases at the end. None goes that holds a negation, hedge, attribution or exception, and no cut leaves a
fragment. What is shown are spans of the sentence with "…" between them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefgen.compose.trim import (
    CLAUSE,
    SUBORDINATE,
    VERB,
    WEAK_END,
    WORDS,
    YEAR,
    balanced,
    has_main_clause,
    keeps_meaning,
)

Piece = tuple[int, int]
"""Where a part of the sentence begins and ends."""
_Cut = tuple[int, int, float]
"""A part that may go, and what its loss costs, in words that could have been shown."""

_FEWEST, _SHARE = 7, 0.35
"""Words that must be left, and the share of the sentence."""
_ENDED = 0.55
"""The share of a sentence that must be left where its end is cut because it leans on another."""
_NAMED, _NAMES = 0.35, 3
"""The share of the names that must be left where more than so many go: they are what the sentence was about."""
_FAR = 10
"""Words of a place or time at the end at most; what is longer tells more than that."""
_NEAR = 8
"""Words before a cut in which one sees what it would part."""
_FRONT, _ASIDE, _CLAUSE_END, _LIST_END, _PHRASE_END, _DATE = 6.0, 3.0, 2.0, 4.0, 5.0, 9.0
_LIST, _LISTED_WORDS = 3, 8
"""Things that must be left of a list, and words after a colon."""
"""The costs: a date lost weighs most, a clause at the end least."""

_CONNECTIVE = re.compile(rf"(?i:{WORDS['connective']})(?:, | (?=he |she |\[?[A-Z]))")
_INNER_TIE = re.compile(
    rf"(?:(?:,\s(?:{WORDS['inner_tie']}),)|(?<!,)(?:\s(?:{WORDS['inner_tie']})(?!,))"
    r"|(?:(?<=\bhas)|(?<=\bhave)|(?<=\bhad))\ssince)(?=\s(?!known|called|referred|to\b))"
)
_OPENING_PHRASE = re.compile(rf"(?:{WORDS['opening_phrase']})\b[^;:()]*?, (?=\S)", re.IGNORECASE)
_REASON = re.compile(rf"(?:{WORDS['reason']})\b[^;:()]*?, (?=\S)", re.IGNORECASE)
_TIMED = re.compile(rf"(?:{WORDS['timed_phrase']})\b[^;:()]*?\d{{4}}, (?=\S)", re.IGNORECASE)
_PARTICIPLE = re.compile(rf"(?!(?i:{WORDS['subordinate']}|according|united)\b)[A-Z][a-z]+(?:ed|ing)\s[^;:()]*?, (?=\S)")
_LIST_GOES_ON = re.compile(r"(?:and|or|as|with|in|on|which|who|[a-z]+ing)\b")
_ASIDES = (
    re.compile(r"\s*\([^()]*\)(?=[,.;]|\s[^–—-])"),
    re.compile(r"\s[–—]\s[^–—:]{4,}?\s[–—](?=\s)"),
    re.compile(rf",\s(?:{WORDS['aside']})\b[^,;:]{{3,}},(?=\s(?!(?:and|or|nor|as|wh\w+|\w+ing)\b)[a-z])"),
    re.compile(rf",\s(?:{WORDS['aside_of_a_name']})\b[^,;:]{{3,}},(?=\s[A-Z])"),
    re.compile(r",\s[“\"][^“”\"]{3,}(?:[”\"],|,[”\"])(?=\s(?!(?:and|or|nor|as|wh\w+|\w+ing)\b)[a-z])"),
)
_ENDS_CLAUSE = (
    CLAUSE,
    re.compile(r",\s(?=[a-z]+ing\s)"),
    re.compile(r",\s(?=(?:and|so|thus)\s)"),
    re.compile(rf",?\s+(?=and (?:\w+ly |later |also |then )?(?:{WORDS['second_verb']}|\w+ed)\b)"),
)
_JOINED_PHRASE = re.compile(r"and (?:of|in|to|for|with|by|from|on|at)\s")
_JOINED = re.compile(r"\s(?=and (?:of|in|to|for|with|by|from|on|at|the|an?|its|their|his|her)\s)")
_EXAMPLES, _LAST_OF_LIST = re.compile(r",\s(?:such as|including|like|among them)\b"), re.compile(r",?\s(?:and|or)\s")
_LISTED = re.compile(r",\s(?=[^,.;:]+(?:,\s[^,.;:]+)*,?\s(?:and|or)\s[^,.;:]+[.]?$)")
_PAIRED = re.compile(r"\b(?:between|both|either|among)\b|, ", re.IGNORECASE)
_OPENING_PAIR = re.compile(
    rf"(?:{WORDS['subordinate']})\s[^,;:()]{{12,}}?(?P<second>\sand\s[^,;:()]{{3,}}),\s", re.IGNORECASE
)
_DASH = re.compile(r"\s[–—]\s|\s--\s")
_SECOND_CLAUSE = re.compile(r", (?:and|but|or|while)\s|;\s")
_COUNTED_LIST = re.compile(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b[^:]{0,60}: ")
_OPEN_RELATIVE = re.compile(r", (?:who|whom|whose|which|where)\b[^,]*$")
_GOES_ON = rf"[^,]*,\s(?:\w+ly\s)?(?:{WORDS['verbs']}|\w{{3,}}ed)\b"
"""What follows a relative clause that was not over, and was the sentence's own verb."""
_CALLED_AND = re.compile(
    rf"\b(?:{WORDS['calling']})(?P<gone>\sas\s[^,;:]{{3,60}}?)(?=\sand\s(?:was\s|were\s|been\s)?\w+ed\b)"
)
"""As what somebody was named, before what else was done to them."""
_HALVES = (re.compile(r"\b[Ee]ither\b(?!.*\bor\b)"), re.compile(r"\b(?:[Bb]oth|[Bb]etween)\b(?!.*\band\b)"))
"""What is no whole without its second half."""
_CLOSING = re.compile(rf",?\s+(?=(?:{WORDS['closing']})\b|by [“\"]?[a-z]+ing\b)")
_TIME = re.compile(r",?\s(?:during|after|before|following|throughout|in the days)\b")
_PLACE = re.compile(r"(?<!ed)\s+(?=(?:in|at)\s)")
_GOVERNS = re.compile(rf"\b(?:{WORDS['governing']})$", re.IGNORECASE)
_NAME = re.compile(r"(?<!^)\b[A-Z][\w’'.-]+")


_CLOSING_MARKS = " .!?,;"


@lru_cache(maxsize=20_000)
def shortened(text: str, limit: int) -> tuple[Piece, ...] | None:
    """The parts of `text` to show in at most `limit` words and marks of cuts; all of it if it is short enough.

    None if no way of cutting it is safe. Of the safe ones it is that which shows most words, each cut counted against
    it by what it loses.
    """
    if len(text.split()) <= limit:
        return ((0, len(text)),)
    asides = list(_asides(text))
    best: tuple[float, tuple[Piece, ...]] | None = None
    for front in _fronts(text):
        for tail in _tails(text):
            found = _pieces(text, front, tail, asides, limit)
            if found and (best is None or found[0] > best[0]):
                best = found
    return best[1] if best else None


def without_opening(text: str) -> int:
    """Where a sentence goes on after an opening that only ties it to the one before; 0 if it has none."""
    return max(end for _, end, _ in _fronts(text))


def inner_tie(text: str) -> Piece | None:
    """Where words near the start of a sentence only tie it to the one before, such as "also", if any do."""
    found = _INNER_TIE.search(text)
    return found.span() if found and len(text[: found.start()].split()) < _NEAR else None


def endings(text: str) -> list[int]:
    """Where a sentence can safely end early and still tell most of it, the latest first."""
    ends = {start for start, _, _ in _tails(text) if _ENDED * len(text) <= start < len(text)}
    return sorted((end for end in ends if _whole(text, text[:end], ((0, end),))), reverse=True)


def _fronts(text: str) -> list[_Cut]:
    """What may go at the start, nothing first."""
    fronts: list[_Cut] = [(0, 0, 0.0)]
    tie = _CONNECTIVE.match(text)
    if tie:
        return [*fronts, (0, tie.end(), 1.0)]
    for pattern in (_OPENING_PHRASE, _REASON, _TIMED, _PARTICIPLE):
        phrase = pattern.match(text)
        if phrase and _may_open(pattern, phrase[0], text[phrase.end() :]):
            return [*fronts, (0, phrase.end(), _FRONT)]
    return fronts


def _may_open(pattern: re.Pattern[str], phrase: str, rest: str) -> bool:
    """Whether a phrase that opens a sentence may go: it dates nothing in the `rest` of it, and is over."""
    dates = YEAR.search(phrase) and not (pattern is _PARTICIPLE or YEAR.search(rest))
    told = pattern is not _REASON or VERB.search(phrase)
    whole = balanced(phrase) and not _LIST_GOES_ON.match(rest) and VERB.search(rest.partition(", ")[0])
    return bool(not dates and told and whole and not keeps_meaning(phrase))


def _asides(text: str) -> Iterator[_Cut]:
    """What may go in the middle: words in brackets or between dashes or commas."""
    for pattern in _ASIDES:
        for found in pattern.finditer(text):
            words = found[0]
            listed = _EXAMPLES.match(words) and _LAST_OF_LIST.search(text, found.end())
            if not listed and balanced(words) and balanced(text[: found.start()]) and not keeps_meaning(words):
                yield found.start(), found.end(), _ASIDE + _DATE * bool(YEAR.search(words))
    called = _CALLED_AND.search(text)
    if called and balanced(called["gone"]) and not keeps_meaning(called["gone"]):
        yield *called.span("gone"), _ASIDE + _DATE * bool(YEAR.search(called["gone"]))
    pair = _OPENING_PAIR.match(text)
    if pair and not (VERB.search(pair["second"]) or YEAR.search(pair["second"]) or keeps_meaning(pair["second"])):
        yield pair.start("second"), pair.end(), _ASIDE


def _tails(text: str) -> list[_Cut]:
    """What may go at the end, nothing first."""
    length = len(text)
    tails: list[_Cut] = [(length, length, 0.0)]
    for pattern in _ENDS_CLAUSE:
        tails += [(found.start(), length, _CLAUSE_END) for found in pattern.finditer(text) if not _in_list(text, found)]
    tails += [(found.start(), length, _LIST_END) for found in _LISTED.finditer(text) if _is_long_list(text, found)]
    for pattern in (_CLOSING, _PLACE, _JOINED):
        tails += [
            (found.start(), length, _PHRASE_END)
            for found in pattern.finditer(text)
            if _may_end(text, found.start(), pattern)
        ]
    kept: dict[int, _Cut] = {}
    for start, end, cost in tails:
        if start not in kept and not (start < length and keeps_meaning(text[start:])):
            kept[start] = (start, end, cost + _DATE * bool(YEAR.search(text[start:])))
    return list(kept.values())


def _in_list(text: str, cut: re.Match[str]) -> bool:
    """Whether "and" after a comma brings the last of several things."""
    before = text[: cut.start()].rsplit(maxsplit=_NEAR)[1:]
    return text.startswith("and ", cut.end()) and any(word.endswith(",") for word in before)


def _is_long_list(text: str, cut: re.Match[str]) -> bool:
    """Whether things are listed before a comma and after it, three at least before, and nothing is told of the rest."""
    before, after = text[: cut.start()], text[cut.end() :]
    return before.count(", ") >= _LIST - 1 and not VERB.search(after) and bool(VERB.search(before.partition(", ")[0]))


def _may_end(text: str, end: int, pattern: re.Pattern[str]) -> bool:
    """Whether the word before a closing phrase is whole without it."""
    before = text[:end]
    if pattern is _JOINED:
        near = " ".join(before.rsplit(maxsplit=_NEAR)[1:])
        told = VERB.search(text[end:]) and not _JOINED_PHRASE.match(text[end:].lstrip())
        return not (told or _PAIRED.search(near)) and bool(VERB.search(before))
    if YEAR.search(before) and (YEAR.search(text[end:]) or _TIME.match(text[end:])):
        return False
    if pattern is _PLACE and (before.split()[-1][:1].isupper() or len(text[end:].split()) > _FAR):
        return False
    return not _GOVERNS.search(before)


def _pieces(
    text: str, front: _Cut, tail: _Cut, asides: Sequence[_Cut], limit: int
) -> tuple[float, tuple[Piece, ...]] | None:
    """The parts left by these cuts and as few asides as will do, with their worth; none if too much or a fragment."""
    gone: list[_Cut] = []
    inside = [one for one in asides if front[1] <= one[0] and one[1] <= tail[0]]
    for aside in (None, *sorted(inside, key=lambda one: (one[2], one[0] - one[1]))):
        if aside and any(aside[0] < other[1] and other[0] < aside[1] for other in gone):
            continue
        gone += [aside] if aside else []
        pieces = _left(text, front[1], tail[0], gone)
        if not pieces:
            return None
        shown = ", ".join(text[start:end] for start, end in pieces)
        count = len(shown.split())
        marks = (front[1] > 0) + (pieces[-1][1] < len(text.rstrip(_CLOSING_MARKS))) + len(pieces) - 1
        if count + marks <= limit:
            cost = front[2] + tail[2] + sum(cut[2] for cut in gone)
            return (count - cost, pieces) if _whole(text, shown, pieces) else None
    return None


def _hangs(shown: str, rest: str) -> bool:
    """Whether a sentence without its `rest` breaks off: between dashes, in a clause or a list, or at a weak word."""
    last = _SECOND_CLAUSE.split(shown)[-1]
    listed = ": " in shown and len(shown.rpartition(": ")[2].split()) < _LISTED_WORDS
    return bool(
        WEAK_END.search(shown)
        or listed
        or _COUNTED_LIST.search(shown)
        or (last != shown and not VERB.search(last))
        or (len(_DASH.findall(shown)) % 2 and _DASH.search(rest))
        or (_OPEN_RELATIVE.search(shown) and re.match(_GOES_ON, rest))
    )


def _loses_names(text: str, shown: str) -> bool:
    kept, all_ = (len(_NAME.findall(one)) for one in (shown, text))
    return all_ - kept > _NAMES and kept < _NAMED * all_


def _left(text: str, start: int, end: int, gone: Sequence[_Cut]) -> tuple[Piece, ...]:
    edges = [start, *(edge for cut in sorted(gone) for edge in cut[:2]), end]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    trimmed = ((first + len(text[first:last]) - len(text[first:last].lstrip()), last) for first, last in pairs)
    return tuple(pair for pair in trimmed if text[slice(*pair)].strip(_CLOSING_MARKS))


def _whole(text: str, shown: str, pieces: Sequence[Piece]) -> bool:
    """Whether what is shown is a sentence that reads on: long enough, with a verb, closed, and not hanging."""
    count = len(shown.split())
    if count < max(_FEWEST, _SHARE * len(text.split())) or not balanced(shown) or not VERB.search(shown):
        return False
    if any(one.search(shown) for one in _HALVES) or _loses_names(text[pieces[0][0] :], shown):
        return False
    if pieces[-1][1] < len(text) and _hangs(shown, text[pieces[-1][1] :]):
        return False
    opens_late = SUBORDINATE.match(text) or _PARTICIPLE.match(text)
    return pieces[0][0] > 0 or not opens_late or has_main_clause(shown)
