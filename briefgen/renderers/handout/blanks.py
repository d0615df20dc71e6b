"""Which words of a handout students are to fill in: dates, names, terms and offices that the deck teaches."""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache, lru_cache
from itertools import chain

from msgspec import Struct

from briefgen.model import Brief, Chart, DateMention, Glossary, People, Question, Statement, plain, statements_of
from briefgen.renderers.handout.printed import Gap, PrintedBlock, PrintedSection, Said, Sheet
from briefgen.renderers.handout.walk import passages, passages_in
from briefgen.tables import table
from briefgen.text.dates import dates
from briefgen.text.words import stop_words, words

_WORTH = {"office": 4.0, "person": 3.5, "term": 3.5, "day": 3.0, "month": 3.0, "name": 2.5, "year": 2.0}
_LEAST = 1.0
"""How much a blank of a kind is worth: what a lecture is about first, single names and sums last."""
_IN_LEAD, _ELSEWHERE, _SAME_KIND, _BESIDE, _WEAK = 1.0, 2.0, 1.25, 1.5, 2.5
"""What stands in a section's opening is worth more; what stands in the clear in another section, what is of a kind that
the section has already, stands in the passage after another blank, or tells who or when of a report, less."""
_ALIKE = 0.8
"""The likeness (0 to 1) from which two words may be one name in two spellings."""
_FEWEST, _LONGEST = 6, 6
"""Words of a passage beside a gap at least, and words in a gap at most."""
_DATES, _DAYS = frozenset({"day", "month", "year"}), {"month": 27, "year": 364}
"""Dates that can be asked for, and how many days from the first to the last a whole one has at least."""
_WORD = re.compile(r"\w[\w’'.-]*")
_SIDE_BY_SIDE = re.compile(r"[A-Z][\w.’-]*(?:,? (?:and|or)|,) (?:the )?$")
_SUM = re.compile(r"[$€£¥]\s?\d[\d.,]*(?: (?:hundred|thousand|million|billion|trillion))?\b")
_LISTED = re.compile(r"(?:,? (?:and|or)|,) (?:the )?[A-Z]")


class Blank(Struct, frozen=True):
    """Words that may be left out: characters `start` to `end` of a passage."""

    passage: str
    start: int
    end: int
    words: str
    kind: str
    worth: float
    section: int
    place: int


class _Page(Struct, frozen=True):
    """What stands on the page in the clear: of each section, and what belongs to none; `printed` are the passages."""

    sections: tuple[str, ...]
    printed: tuple[frozenset[str], ...]
    outside: str
    days: tuple[tuple[tuple[int, int], ...], ...]


def blanks(sheet: Sheet, brief: Brief, count: int) -> Mapping[str, Gap]:
    """At most `count` gaps, by the words of the passages in which they lie, numbered in the order of print.

    Each has a passage of its own, with a gap wherever it is printed. But for these, its words stand once in its
    section, and nowhere in the title block, the objectives, the passage's notes, the list of what sources differ on and
    what questions say; a date stands in no other form either. A slide shows them, so that the lecture answers them.
    Sections have blanks by how much they print, and one each before any has two.
    """
    if not count:
        return {}
    page = _page(sheet, brief)
    found = [[*_of_section(section, at, page, brief)] for at, section in enumerate(sheet.sections)]
    sizes = [sum(1 for _ in passages(section)) for section in sheet.sections]
    chosen: list[Blank] = []
    while len(chosen) < count:
        taken = [sum(one.section == at for one in chosen) for at in range(len(found))]
        open_ = [at for at, among in enumerate(found) if any(_apart(one, chosen) for one in among)]
        if not open_:
            break
        at = min(open_, key=lambda at: (taken[at] > 0, -sizes[at] / (taken[at] + 1), at))
        among = [one for one in found[at] if _apart(one, chosen)]
        chosen.append(max(among, key=lambda one: (_worth(one, chosen), -one.place)))
    ordered = sorted(chosen, key=lambda one: (one.section, one.place))
    return {one.passage: Gap(one.start, one.end, number) for number, one in enumerate(ordered, 1)}


def _apart(blank: Blank, chosen: Sequence[Blank]) -> bool:
    """Whether nothing is chosen of its passage, nor words that share one with it."""
    own = set(words(blank.words)) - stop_words()
    return not any(one.passage == blank.passage or own & set(words(one.words)) for one in chosen)


def _worth(blank: Blank, chosen: Sequence[Blank]) -> float:
    here = [one for one in chosen if one.section == blank.section]
    same = sum(one.kind == blank.kind for one in here)
    beside = any(abs(one.place - blank.place) == 1 for one in here)
    return blank.worth - _SAME_KIND * same - _BESIDE * beside


# What the page tells ---------------------------------------------------------------------------------------------


def _page(sheet: Sheet, brief: Brief) -> _Page:
    sections = tuple(tuple(_clear(section)) for section in sheet.sections)
    printed = tuple(frozenset(plain(said.runs) for said in _running(section)) for section in sheet.sections)
    told = (plain(said.runs) for conflict in sheet.conflicts for said in conflict.said)
    told = (text for text in told if not any(text in one for one in printed))
    asked = chain.from_iterable(map(_said_by, sheet.quiz))
    outside = (brief.title, brief.subtitle, *brief.objectives, *(one.what for one in sheet.conflicts), *told, *asked)
    days = tuple(
        tuple((one.earliest, one.latest) for text in texts for one in _told(text, brief.language)) for texts in sections
    )
    return _Page(tuple("\n".join(texts) for texts in sections), printed, "\n".join(outside), days)


def _said_by(question: Question) -> Iterator[str]:
    """What a question says is so; of options to be chosen among, only one is."""
    yield from question.stem
    yield from question.options if question.kind in ("order", "match") else ()


def _clear(section: PrintedSection) -> Iterator[str]:
    """What a section prints in the clear, each passage once."""
    yield from (section.heading, section.question, *dict.fromkeys(plain(said.runs) for said in _running(section)))
    yield from chain.from_iterable(map(_beside, section.blocks))


def _running(section: PrintedSection) -> Iterator[Said]:
    """The passages that a section prints in words; a table prints its cells."""
    tables = (passages_in(block) for block in section.blocks if block.kind != "table")
    return chain(section.lead, *tables)


def _beside(block: PrintedBlock) -> Iterator[str]:
    """What a block prints beside its passages; the day of an event counts as told."""
    yield from (block.title, *block.heads, *block.names, *block.questions, *chain.from_iterable(block.cells))
    yield from (text for tie in block.ties for text in (tie.who, tie.word, tie.of))
    if block.kind == "timeline":
        yield from (said.date for row in block.rows for said in row if said)
    if block.image:
        yield from (block.image.alt, block.image.rights)


@lru_cache(4096)
def _told(text: str, language: str) -> tuple[DateMention, ...]:
    return dates(text, language)


@lru_cache(4096)
def _as_words(text: str) -> re.Pattern[str]:
    spaced = r"[\s-]+".join(map(re.escape, text.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def times(text: str, within: str) -> int:
    """How often the words of `text` stand in another, capitals and line ends aside."""
    first, *_ = text.lower().split() or [""]
    lowered = _lowered(within)
    return len(_as_words(text.lower()).findall(lowered)) if first in lowered else 0


@lru_cache(1024)
def _lowered(text: str) -> str:
    return text.lower()


# What may be left out --------------------------------------------------------------------------------------------


def _of_section(section: PrintedSection, at: int, page: _Page, brief: Brief) -> Iterator[Blank]:
    shown = {one.id: one for section in brief.sections for one in statements_of(section)}
    known = _known(brief)
    notes = {note.number: plain(note.runs) for note in brief.notes}
    inside = [(said, True) for said in section.lead]
    running = (row for block in section.blocks if block.kind != "table" for row in block.rows)
    inside += [(said, False) for row in running for said in row if said]
    for place, (said, opens) in enumerate(inside):
        statement = shown.get(said.id)
        if statement is None or said.own:
            continue
        for start, end, kind in (*_dates(said, brief.language), *_names(said, statement, known)):
            text = plain(said.runs)[start:end]
            places = [index for index, one in enumerate(page.printed) if plain(said.runs) in one]
            if (
                _fits(said, start, end, statement, kind)
                and all(_alone(text, kind, index, page, brief.language) for index in places)
                and not _cited(text, kind, "\n".join(notes[mark.number] for mark in said.marks if mark.known), brief)
            ):
                elsewhere = sum(times(text, other) > 0 for other in page.sections) > len(places)
                weak = _WEAK * _is_weak(plain(said.runs), start, end, kind)
                worth = _WORTH.get(kind, _LEAST) + _IN_LEAD * opens - _ELSEWHERE * elsewhere - weak
                yield Blank(plain(said.runs), start, end, text, kind, worth, at, place)


def _known(brief: Brief) -> dict[str, str]:
    """The names of persons and the terms that the deck has, with their kinds."""
    blocks = [block for section in brief.sections for block in section.blocks]
    persons = (one.name for block in blocks if isinstance(block, People | Chart) for one in block.people)
    terms = (entry.term for block in blocks if isinstance(block, Glossary) for entry in block.entries)
    return {**dict.fromkeys(persons, "person"), **dict.fromkeys(terms, "term")}


def _dates(said: Said, language: str) -> Iterator[tuple[int, int, str]]:
    """The days, months and years that a passage tells without a doubt, and that nothing else in it gives away."""
    text = plain(said.runs)
    for one in _told(text, said.language or language):
        year = re.search(r"\d{3,4}", one.text)
        whole = one.latest - one.earliest >= _DAYS.get(one.precision, 0)
        if one.precision in _DATES and whole and not one.qualifier and year and text.count(year[0]) == 1:
            yield one.start, one.end, one.precision


def _names(said: Said, statement: Statement, known: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    text = plain(said.runs)
    bold = {run.text.strip(): "name" for run in statement.runs if run.bold and run.text.strip()[:1].isupper()}
    for name, kind in {**bold, **known}.items():
        found = [*_as_words(name).finditer(text)]
        if len(found) == 1 and not re.search(r"\d", name):
            start, end = found[0].span()
            single = " " not in name and kind == "name"
            if kind == "term" or _whole_name(text, start, end, single):
                yield start, end, "word" if single else kind
    yield from ((*found.span(), "office") for found in _office().finditer(text) if _open(text, *found.span()))
    yield from ((*found.span(), "sum") for found in _SUM.finditer(text))


def _is_weak(text: str, start: int, end: int, kind: str) -> bool:
    """Whether words tell who says something, or when, or are a part of a longer name of a thing."""
    if kind == "name":
        saying = not text[:start].strip() and any(word in _speaking() for word in words(text[end:]))
        return saying or _noun_follows(text[end:])
    return kind in _DATES and bool({*words(text[:start])[-3:]} & _speaking())


def _noun_follows(after: str) -> bool:
    following = re.match(r" ([a-z]+)", after)
    return bool(following and following[1] not in stop_words())


@cache
def _speaking() -> frozenset[str]:
    return frozenset(word for entry in table("text/people_en.yaml")["speaking"] for word in entry.split()) - {"to"}


@cache
def _office() -> re.Pattern[str]:
    """Offices, each with what it is of: "governor of Paktia", "minister for tribal affairs", "Interior Minister"."""
    people = table("text/people_en.yaml")
    roles = "|".join(sorted({*people["roles"]} - {*people["relatives"]}, key=len, reverse=True))
    stops = "|".join(stop_words())
    name, word = r"[A-Z][\w’-]+", rf"(?!(?:{stops})\b)[a-z]{{3,}}"
    after = rf"(?= (?:{stops})\b|[.,;:)]|$)"
    capital = "|".join(role.capitalize() for role in roles.split("|"))
    of_name = rf"(?: the)? {name}(?:(?: and| of)? {name})*{after}"
    of_words = rf"(?: {word}){{1,3}}(?=[.,;:)]|$)"
    return re.compile(rf"\b(?:(?i:{roles})(?: of| for)(?:{of_name}|{of_words})|(?:{name} )+(?:{capital})\b{after})")


def _whole_name(text: str, start: int, end: int, single: bool) -> bool:
    """Whether a name is whole, stands in no list of names, tells by whom something is said, and can be asked for.

    An abbreviation cannot, nor a single name before a noun ("Afghan officials").
    """
    before, after = text[:start].rstrip("“‘\"' "), text[end:]
    last = re.search(r"([\w.]+) ?$", text[:start])
    leads = last[1] if last and last[1][:1].isupper() else ""
    if (leads and leads not in _leading() and re.search(r"[\w,)]\W*$", text[: last.start()] if last else "")) or (
        re.match(r"[ -][A-Z]|-\w", after)
    ):
        return False
    if single and (text[start:end].isupper() or leads or not re.match(r"\W*$|[^\w\s]|\W*\s", after)):
        return False
    if single and (following := re.match(r" ([a-z]+)", after)) and following[1] not in stop_words():
        return False
    return bool(before or not single) and _open(text, start, end)


@cache
def _leading() -> frozenset[str]:
    """Words with a capital that may stand before a name and are no part of it."""
    people = table("text/people_en.yaml")
    return frozenset((*people["titles"], *(word.capitalize() for word in (*people["roles"], *stop_words()))))


def _open(text: str, start: int, end: int) -> bool:
    """Whether words stand in no list, where another would do as well, and beside no word of saying."""
    if _SIDE_BY_SIDE.search(text[:start]) or _LISTED.match(text[end:]):
        return False
    near = {*words(text[:start])[-3:], *words(text[end:])[:2]}
    return not near & _speaking()


def _fits(said: Said, start: int, end: int, statement: Statement, kind: str) -> bool:
    """Whether the words are shown on a slide, the sentence still reads without, and none is a hedge or a quotation.

    An editor's brackets are no answer either.
    """
    text = plain(said.runs)
    answer, rest = text[start:end], f"{text[:start]} {text[end:]}"
    quoted = text[start - 1 : start] in "“‘\"'([" and start > 0 and text[end : end + 1] in "”’\"')]"
    own = {word for word in words(answer) if word not in stop_words() and len(word) > 2}
    return (
        times(answer, statement.text) == 1
        and len(_WORD.findall(answer)) <= _LONGEST
        and len(_WORD.findall(rest)) >= _FEWEST
        and not quoted
        and not re.search(r"[\[\]…“”\"]", answer)
        and not _bracketed(text, start)
        and (kind in _DATES or not own & set(words(rest)))
        and (kind in _DATES or not _hedged(answer))
    )


def _bracketed(text: str, start: int) -> bool:
    return text.rfind("[", 0, start) > text.rfind("]", 0, start)


def _hedged(answer: str) -> bool:
    """Whether the words hold a negation, a hedge or an attribution."""
    kept = [str(entry) for entry in table("text/hedges_en.yaml")["keep"]]
    whole, starts = {one for one in kept if "*" not in one}, tuple(one[:-1] for one in kept if one.endswith("*"))
    return any(word in whole or word.startswith(starts) for word in words(answer) if word not in stop_words())


def _alone(text: str, kind: str, at: int, page: _Page, language: str) -> bool:
    """Whether words stand nowhere else in their section, nor outside of the sections; of a date, in any form."""
    if times(text, page.sections[at]) != 1 or times(text, page.outside):
        return False
    if kind in _DATES:
        days = [(one.earliest, one.latest) for one in _told(text, language)]
        return len(days) == 1 and page.days[at].count(days[0]) == 1
    return not (_given_away(text, page.sections[at]) or _given_away(text, page.outside))


def _cited(text: str, kind: str, notes: str, brief: Brief) -> bool:
    """Whether a passage's own notes tell its words: of a date, by any day in it."""
    if kind not in _DATES:
        own = [word for word in words(text) if word not in stop_words()]
        return bool(own) and all(times(word, notes) for word in own)
    (day, *_) = (*_told(text, brief.language), None)
    return day is not None and any(
        day.earliest <= one.earliest and one.latest <= day.latest for one in _told(notes, brief.language)
    )


def _given_away(name: str, section: str) -> bool:
    """Whether a section tells a name otherwise: by its initials, in another order, or in another spelling."""
    initials = "".join(word[0] for word in re.split(r"[\s-]+", name) if word[:1].isupper())
    short = [initials[at:] for at in range(len(initials) - 2)]
    if any(re.search(rf"\b{one}\b", section) for one in short):
        return True
    own = set(words(name)) - stop_words()
    rest = [line for line in section.split("\n") if not times(name, line)]
    if any(own <= set(words(line)) for line in rest):
        return True
    return any(_other_spelling(word, section) for word in re.findall(r"[A-Z]\w{3,}", name))


@lru_cache(4096)
def _other_spelling(word: str, section: str) -> bool:
    near = (other for other in _capitals(section) if other != word and abs(len(other) - len(word)) < 3)
    return bool(get_close_matches(word, [other for other in near if other[0] == word[0]], 1, _ALIKE))


@lru_cache(256)
def _capitals(section: str) -> tuple[str, ...]:
    return tuple(sorted(set(re.findall(r"[A-Z]\w{3,}", section))))
