"""Happenings that come once, and the different dates that they are given."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from msgspec import Struct

from briefgen.compose.conflicts.claims import Claim, Difference, Sentence, best, by_subject
from briefgen.compose.conflicts.names import Key, Name, any_of, fold, words_of
from briefgen.model import DateMention

_FOREVER = 10**9
_CIRCA = 730
"""Days by which a date that is said to be approximate may be wrong."""
_REACH, _LEAD = 90, 130
"""Characters from a verb to its date after it, and from a date that opens the sentence to the verb."""
_ANCHORED = re.compile(
    r"(?:^\s*|\b(?:in|on|during|around|about|c\.|circa|the|late|early|mid|of|by|at)[ -]*)(?:the |late |early |mid-?)*$",
    re.IGNORECASE,
)
_ASIDE = r"(?:\s*\([^)]*\))?(?:,[^,;:.]{1,70},)?"
_ONE_NAME = re.compile(r"(?:The )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?: \([^)]*\))?, ?")
_TIED = re.compile(r"\b(?:and|or|for|of|in|by|from|with|to|at|against|near|on|under|over) (?:the )?$", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:years?|months?|days?|weeks?|later|ago|anniversary)\b", re.IGNORECASE)


class Days(Struct, frozen=True):
    """The days in which something may have happened, both included."""

    earliest: int
    latest: int

    def apart(self, other: "Days") -> bool:
        return self.latest < other.earliest or other.latest < self.earliest


class _Event(Struct, frozen=True):
    name: str
    what: str
    verbs: re.Pattern[str]
    joins: bool
    passive: frozenset[str]


@cache
def _events() -> tuple[_Event, ...]:
    made = []
    for name, data in words_of()["events"].items():
        done, does, joins = (data.get(kind, []) for kind in ("done", "does", "joins"))
        verbs = "|".join(re.escape(verb) for verb in sorted([*done, *does, *joins], key=len, reverse=True))
        made.append(_Event(name, data["what"], re.compile(rf"\b(?:{verbs})\b"), bool(joins), frozenset(done)))
    return tuple(made)


@cache
def _gap() -> re.Pattern[str]:
    """What may stand between a subject's name and the verb: a common noun, an aside, auxiliaries and adverbs."""
    between = "|".join(sorted(map(re.escape, words_of()["between"]), key=len, reverse=True))
    head = rf"(?:\s+(?P<head>(?!(?:{between})\b)[a-z]+(?<!ly)))?"
    return re.compile(rf"{head}{_ASIDE}(?P<aux>,?(?:\s+(?:{between}|\w+ly))*),?\s*\(?\s*$")


@cache
def _common() -> re.Pattern[str]:
    between = "|".join(sorted(map(re.escape, words_of()["between"]), key=len, reverse=True))
    return re.compile(rf"\b[Tt]he (?P<head>[a-z]+){_ASIDE}(?P<aux>(?:\s+(?:{between}|\w+ly))*)\s*$")


def dated_claims(sentence: Sentence) -> Iterator[Claim]:
    """What the sentence dates: a once-only happening, whom it befell, and the days in which it may have been."""
    if not sentence.candidate.dates:
        return
    for event in _events():
        for verb in event.verbs.finditer(sentence.text):
            found = _subject(sentence, verb, event)
            days = _days(sentence, verb, found[2]) if found else None
            if found and days:
                key, text, _ = found
                group = event.name
                if event.joins:
                    joined = _object(sentence, verb.end())
                    if joined is None:
                        continue
                    group = f"{event.name}/{' '.join(joined.key)}/{_with_article(sentence, joined)}"
                yield Claim(group, key, text, days, sentence.candidate)


def _subject(sentence: Sentence, verb: re.Match[str], event: _Event) -> tuple[Key, str, str] | None:
    """Whom the verb is about, how it is named, and the words between name and verb."""
    before = sentence.text[: verb.start()]
    found = _named_subject(sentence, before, event.joins) or _subject_by_noun(sentence, before)
    passive = verb[0] in event.passive
    if found and passive and not (_is_passive(found[2]) or _opens(before)):
        found = None
    if passive and not found:
        return _patient(sentence, verb.end())
    return found


def _is_passive(between: str) -> bool:
    return bool(re.search(any_of("passive"), between))


def _opens(before: str) -> bool:
    """Whether the words before a participle are a name that opens the sentence, or end with a bracket after a name."""
    return before.rstrip().endswith("(") or (before.rstrip().endswith(",") and bool(_ONE_NAME.fullmatch(before)))


def _named_subject(sentence: Sentence, before: str, joins: bool) -> tuple[Key, str, str] | None:
    name = next((one for one in reversed(sentence.names) if one.end <= len(before)), None)
    gap = _gap().match(before[name.end :]) if name else None
    if not (name and gap) or _TIED.search(sentence.text[: name.start]):
        return None
    if gap["head"]:
        key = sentence.key(name) if joins else (*sentence.key(name), fold(gap["head"]))
        return key, f"the {name.text} {gap['head']}", gap["aux"]
    return sentence.key(name), _with_article(sentence, name), gap["aux"]


def _with_article(sentence: Sentence, name: Name) -> str:
    the = sentence.text[: name.start].lower().endswith("the ")
    return f"the {name.text}" if the else sentence.named(name)


def _subject_by_noun(sentence: Sentence, before: str) -> tuple[Key, str, str] | None:
    """The outline's own subject, named by its noun alone ("the network"), in a block that names it otherwise, too."""
    gap = _common().search(before)
    if not gap or fold(gap["head"]) not in sentence.subject:
        return None
    others = set(sentence.subject) - {fold(gap["head"])}
    near = {word for name in (*sentence.before, *sentence.names) for word in name.key}
    return (sentence.subject, f"the {gap['head']}", gap["aux"]) if others & near else None


def _patient(sentence: Sentence, end: int) -> tuple[Key, str, str] | None:
    """Whom an active verb is done to: the name right after it."""
    name = _object(sentence, end)
    return (sentence.key(name), _with_article(sentence, name), "") if name else None


def _object(sentence: Sentence, end: int) -> Name | None:
    """The name right after a verb, an article and a word or two aside."""
    name = next((one for one in sentence.names if one.start >= end), None)
    return name if name and re.fullmatch(r"\s+(?:the\s+|an?\s+)?", sentence.text[end : name.start]) else None


def _days(sentence: Sentence, verb: re.Match[str], between: str) -> Days | None:
    """When the happening that `verb` names was; none where the sentence does not say, or says it of something else."""
    if re.search(any_of("negations"), between):
        return _until(sentence, verb.end())
    text, dates = sentence.text, sentence.candidate.dates
    after = next((date for date in dates if date.start >= verb.end()), None)
    if after and _is_near(text[verb.end() : after.start]):
        return _of(after)
    opening = next((date for date in dates if date.end <= verb.start()), None)
    if not opening:
        return None
    told = re.search(any_of("telling"), text[: verb.start()])
    if told:
        return Days(-_FOREVER, opening.latest) if re.search(r"\bthat\b", text[told.end() : verb.start()]) else None
    alone = sum(date.end <= verb.start() for date in dates) == 1
    middle = text[opening.end : verb.start()]
    lead = (
        opening.start <= 16 and len(middle) <= _LEAD and not re.search(any_of("clause"), middle) and ";" not in middle
    )
    return _of(opening) if alone and lead and not _RELATIVE.search(middle[:30]) else None


def _is_near(middle: str) -> bool:
    short = len(middle) <= _REACH and not re.search(r"[;:.]", middle) and not re.search(any_of("clause"), middle)
    return short and bool(_ANCHORED.search(middle)) and not _RELATIVE.search(middle)


def _until(sentence: Sentence, end: int) -> Days | None:
    """From when on something was so that was not "until" a date, the last of the sentence."""
    until = re.search(r"\buntil\b", sentence.text[end:])
    dates = [date for date in sentence.candidate.dates if until and date.start >= end + until.end()]
    return Days(dates[-1].earliest, _FOREVER) if dates else None


def _of(date: DateMention) -> Days | None:
    if date.qualifier == "before":
        return Days(-_FOREVER, date.latest)
    if date.qualifier == "after":
        return Days(date.earliest, _FOREVER)
    margin = _CIRCA if date.qualifier else 0
    return Days(date.earliest - margin, date.latest + margin)


def dated_differences(claims: Iterable[Claim]) -> Iterator[Difference]:
    """The happenings whose dates exclude each other."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault("/".join(claim.group.split("/")[:2]), []).append(claim)
    for members in groups.values():
        for subject in by_subject(members):
            ways = _ways(subject)
            if len(ways) > 1:
                yield Difference(
                    _what([claim for way in ways for claim in way]),
                    tuple(best((c.candidate for c in way), 2) for way in ways),
                )


def _what(claims: list[Claim]) -> str:
    name, *joined = claims[0].group.split("/")
    longest = max(claims, key=lambda claim: (len(claim.subject), -claim.candidate.span.block))
    values = {"subject": longest.subject_text, "object": joined[-1] if joined else ""}
    return str(words_of()["events"][name]["what"]).format(**values)


def _ways(claims: list[Claim]) -> list[list[Claim]]:
    """The claims by their days, earliest first; what agrees with more than one way speaks for none of them."""
    ways: list[list[Claim]] = []
    ordered = sorted(claims, key=lambda one: (one.value.latest - one.value.earliest, one.candidate.span))
    for claim in ordered:
        if all(claim.value.apart(way[0].value) for way in ways):
            ways.append([claim])
    for claim in ordered:
        fitting = [way for way in ways if not claim.value.apart(way[0].value)]
        if len(fitting) == 1 and claim not in fitting[0]:
            fitting[0].append(claim)
    return sorted(ways, key=lambda way: (way[0].value.earliest, way[0].value.latest, way[0].candidate.span))
