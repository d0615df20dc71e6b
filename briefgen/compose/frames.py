"""Who did what to whom: a sentence about one of a topic's events taken apart, every part a span of it.

A frame leaves out words, and never one that says how sure, on whose word, or whether at all: negations, hedges and
attributions stand in one of its parts, or there is no frame.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose import phrases
from briefgen.compose.phrases import LONGEST, Part, Subject
from briefgen.model import DateMention
from briefgen.tables import table
from briefgen.topics import Trigger

_BE = frozenset(table("text/frames_en.yaml")["be"])
_BY = re.compile(r"\bby\s+")


class Frame(Struct, frozen=True):
    """The parts of a sentence on an event, each in the order of the text; `who` and `whom` may be empty.

    `measure` is what was done, without the date and whom. `link` is what joins `whom` and `measure` where whom stands
    first ("was"). `clause` runs from the first word to the last of the clause that they stand in.
    """

    who: tuple[Part, ...]
    measure: tuple[Part, ...]
    whom: tuple[Part, ...]
    clause: Part
    link: Part | None = None

    @property
    def complete(self) -> int:
        """How many of who, measure and whom are given."""
        return bool(self.who) + bool(self.measure) + bool(self.whom)


def frame(text: str, date: DateMention | None, triggers: Sequence[Trigger], before: int = 0) -> Frame | None:
    """Who acted, what was done and to whom in a sentence, by its first verb among `triggers`; none if it is not plain.

    `date` is the date of the event and stands beside: no part holds it. `before` characters that date a list item are
    passed over.
    """
    if "…" in text:
        return None
    stop = len(text.rstrip().rstrip(".!")) if not re.search(r"(?:\b[A-Z]\.){2,}$", text) else len(text.rstrip())
    if text.rstrip().endswith("?") or not phrases.balanced(text):
        return None
    for trigger, verb in _verbs(text, triggers):
        found = _around(text, verb, trigger, date, before, stop)
        whole = found and _whole(text, found, date, before, stop)
        if whole:
            return whole
    return _of_noun(text, date, triggers, before, stop)


def _verbs(text: str, triggers: Sequence[Trigger]) -> Iterator[tuple[Trigger, Part]]:
    """The places of all verbs among the triggers, in the order of the text."""
    found = [(one.span(), index) for index, trigger in enumerate(triggers) for one in _pattern(trigger).finditer(text)]
    return ((triggers[index], span) for span, index in sorted(found))


@cache
def _pattern(trigger: Trigger) -> re.Pattern[str]:
    """The verbs of a trigger; after "was", also those that have lost their "ed"."""
    verbs = sorted(trigger.verbs, key=lambda verb: (-len(verb), verb))
    if not verbs:
        return re.compile(r"(?!)")
    bare = "|".join(re.escape(verb[:-2]) for verb in verbs if len(verb) > 6 and verb.endswith("ed"))
    lost = rf"|(?<=\bwas )(?:{bare})\b" if bare else ""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, verbs))})\b{lost}")


def _around(text: str, verb: Part, trigger: Trigger, date: DateMention | None, before: int, stop: int) -> Frame | None:
    """The frame of one verb, its measure not yet cut."""
    found = phrases.subject(text, before, verb[0], date)
    if found is None or (date and ":" in text[verb[1] : date.start]):
        return None
    passive = _passive(text, found.group, verb)
    if passive is None:
        return _active(text, found, verb, trigger, date, stop)
    if "object" in trigger.whom:
        who = _agent(text, verb[1], stop, date)
        link = (found.subject[1], passive)
        return Frame(who, ((passive, stop),), (found.subject,), (found.subject[0], stop), link)
    who, whom = _agent(text, verb[1], stop, date), _after(text, verb[1], stop, trigger, date)
    return Frame(who, ((found.subject[0], stop),), whom, (found.subject[0], stop))


def _passive(text: str, group: Part, verb: Part) -> int | None:
    """Where a passive goes on after its "was": at the verb, or at what qualifies it; none for an active verb."""
    words = [(one.start() + group[0], one.end() + group[0]) for one in re.finditer(r"\S+", text[slice(*group)])]
    if text[slice(*verb)].endswith("ing"):
        return None
    qualified = verb[0]
    for word in reversed(words):
        said = text[slice(*word)]
        if said in _BE:
            return _whole_group(text, group, qualified)
        if said in ("have", "has", "had", "to", "did", "does", "do"):
            return None
        qualified = word[0]
    return None


def _whole_group(text: str, group: Part, qualified: int) -> int:
    """Where the words before a passive verb begin that must be shown: all of them, if there is more than "was"."""
    before = text[group[0] : qualified].split()
    plain = {"is", "are", "was", "were", "been", "has", "have", "had", "also", "then"}
    return qualified if set(before) <= plain else group[0]


def _active(
    text: str, found: Subject, verb: Part, trigger: Trigger, date: DateMention | None, stop: int
) -> Frame | None:
    participle = found.group[0] == verb[0] and text.startswith(" by ", verb[1])
    if participle or not phrases.is_named(text[slice(*found.subject)]):
        return None
    whom = _after(text, verb[1], stop, trigger, date)
    return Frame((found.subject,), ((found.group[0], stop),), whom, (found.subject[0], stop))


def _after(text: str, start: int, stop: int, trigger: Trigger, date: DateMention | None) -> tuple[Part, ...]:
    """To whom an event is done: the object of the verb, or what follows the first of the trigger's words that fits."""
    reported = text.find(" that ", start, stop)
    stop = stop if reported < 0 else reported
    for words in trigger.whom:
        places = [start] if words == "object" else _ends_of(words, text, start, stop)
        for place in places:
            found = phrases.phrase(text, place + 1, stop, date)
            if not found:
                continue
            wide = (found[0], phrases.aside(text, found[1], stop))
            if phrases.is_listed(text, found):
                continue
            named = phrases.has_name if words != "object" else phrases.is_named
            if named(text[slice(*wide)]):
                return (wide if phrases.count(text, (wide,)) <= LONGEST else found,)
    return ()


def _ends_of(words: str, text: str, start: int, stop: int) -> list[int]:
    return [one.end() for one in re.finditer(rf"\b{re.escape(words)}(?=\s)", text[:stop]) if one.start() > start]


def _agent(text: str, start: int, stop: int, date: DateMention | None) -> tuple[Part, ...]:
    """Who did it, after "by"; whom one can take for a body or person, since it has a name."""
    for by in _BY.finditer(text, start, stop):
        found = phrases.phrase(text, by.end(), stop, date)
        if found and phrases.has_name(text[slice(*found)]) and not text[found[0] : found[1]][:1].isdigit():
            return (phrases.with_place(text, found, stop, date),)
    return ()


def _whole(text: str, found: Frame, date: DateMention | None, before: int, stop: int) -> Frame | None:
    """The frame with its measure cut to length, if nothing that must be kept is left out."""
    gaps = _gaps(text, found, date)
    opening = phrases.stripped(text, (before, found.clause[0]))
    lead = (opening,) if phrases.is_attributed(text[slice(*opening)]) else ()
    least = max((part[1] for part in (*found.who, *found.whom)), default=0)
    for start, end in _ends(text, found, least, stop, date):
        if date and date.end > date.start >= end:
            continue
        pieces = phrases.without(text, (start, end), [gap for gap in gaps if gap[0] < end])
        pieces = tuple(phrases.up_to(text, piece, found.whom) for piece in pieces)
        if lead and found.measure[0][0] >= opening[1]:
            pieces = (*lead, *pieces)
        cut = _cut(text, pieces, found, date, before)
        if cut:
            last = max(part[1] for part in (*cut, *found.who, *found.whom))
            return replace(found, measure=cut, clause=(found.clause[0], last))
    return None


def _ends(text: str, found: Frame, least: int, stop: int, date: DateMention | None) -> Iterator[Part]:
    """Where the measure may stand: up to the nearest end of a clause, else a later one."""
    start = found.measure[0][0]
    floor = max(least, start + 1)
    floor += any("," in text[slice(*part)] and text.startswith(",", part[1]) for part in found.whom) * (floor == least)
    return ((start, end) for end in phrases.clause_ends(text, floor, stop, date) if end >= floor)


def _gaps(text: str, found: Frame, date: DateMention | None) -> list[Part]:
    """What stands within the measure and is shown elsewhere: date, agent and whom, with the words that lead to them."""
    gaps = [(text.rfind("by", 0, part[0]), part[1]) for part in found.who if part[0] > found.measure[0][0]]
    gaps += [part for part in found.whom if part[0] > found.measure[0][0]]
    dated = phrases.date_part(text, date)
    return [*gaps, dated] if dated and text[dated[0] : dated[0] + 1].islower() else gaps


def _cut(
    text: str, pieces: tuple[Part, ...], found: Frame, date: DateMention | None, before: int
) -> tuple[Part, ...] | None:
    """The pieces in at most so many words as a cell has: all, or the first shortened, or without the last."""
    for last in range(len(pieces), 0, -1):
        kept = pieces[:last]
        shorter = [(kept[0][0], end) for end in phrases.phrase_ends(text, *kept[0])]
        for first in (kept[0], *shorter):
            cut = (first, *kept[1:])
            if _fits(text, cut) and not _loses(text, (*cut, *found.who, *found.whom), found.link, date, before):
                return cut
    return None


def _fits(text: str, cut: tuple[Part, ...]) -> bool:
    whole = all(phrases.balanced(text[slice(*piece)]) for piece in cut)
    return whole and phrases.count(text, cut) <= LONGEST


def _loses(text: str, shown: tuple[Part, ...], link: Part | None, date: DateMention | None, before: int) -> bool:
    """Whether a negation, hedge or attribution stands neither in what is shown nor in the date beside it."""
    dated = phrases.date_part(text, date)
    return phrases.leaves_meaning(text, (before, len(text)), [*shown, *([dated] if dated else [])])


def _of_noun(text: str, date: DateMention | None, triggers: Sequence[Trigger], before: int, stop: int) -> Frame | None:
    """An event that a noun names next to its date: "the 1995 designation of X as Y by Z"."""
    if date is None:
        return None
    for trigger in triggers:
        for noun in re.finditer(rf"\b(?:{'|'.join(map(re.escape, trigger.nouns)) or '(?!)'})\b", text[:stop]):
            found = _around_noun(text, noun.span(), trigger, date, stop)
            if found is None or not _is_dated(text, found, noun.span(), date):
                continue
            rest = text[before : noun.start()] + text[found.clause[1] : stop]
            if not phrases.undone(rest) and not _loses(
                text, (*found.who, *found.measure, *found.whom), None, date, before
            ):
                return found
    return None


def _around_noun(text: str, noun: Part, trigger: Trigger, date: DateMention, stop: int) -> Frame | None:
    whom = next((one for words in trigger.whom if (one := _next(text, noun[1], stop, words, date))), None)
    if whom is None:
        return None
    ends = [end for end in phrases.clause_ends(text, whom[1], stop) if end > whom[1]]
    verb = re.compile(r"\s(?=(?:was|were|is|are|has|have|had|will|[a-z]{3,}ed)\b)").search(text, whom[1], stop)
    end = min([*ends, *([verb.start()] if verb else [])], default=whom[1])
    who = _agent(text, whom[1], end, date)
    owner = re.search(r"(?P<who>(?:the )?[A-Z][\w.]*(?: [A-Z][\w.]*)*)[’']s? (?:[a-z]+ )?$", text[: noun[0]])
    if not who and owner:
        who = (owner.span("who"),)
    gaps = [whom, *((text.rfind("by", 0, part[0]), part[1]) for part in who if part[0] > noun[0])]
    dated = phrases.date_part(text, date)
    pieces = phrases.without(text, (noun[0], end), [*gaps, *([dated] if dated else [])])
    pieces = tuple(phrases.up_to(text, piece, (whom,)) for piece in pieces)
    first = min(part[0] for part in (*who, *pieces))
    return Frame(who, pieces, (whom,), (first, end)) if phrases.count(text, pieces) <= LONGEST else None


def _next(text: str, start: int, stop: int, words: str, date: DateMention) -> Part | None:
    """What follows `words` right at `start`."""
    lead = re.compile(rf"\s+{re.escape(words)}\s+").match(text, start)
    found = phrases.phrase(text, lead.end(), stop, date) if lead else None
    return found if found and phrases.has_name(text[slice(*found)]) else None


def _is_dated(text: str, found: Frame, noun: Part, date: DateMention) -> bool:
    """Whether the date stands right before the noun, or in or right after its phrase."""
    before = noun[0] - date.end >= 0 and len(text[date.end : noun[0]].split()) <= 2
    return before or noun[1] <= date.start <= found.clause[1] + 5
