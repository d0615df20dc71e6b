"""Every sentence of the library that could be shown, with what is known of it before any topic is asked."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.cuts import Piece, endings, inner_tie, without_opening
from briefgen.compose.referents import People, Reference, meanings, people_of, shared_families
from briefgen.library import Library
from briefgen.model import Block, DateMention, Insertion, Locator, Source, Span, with_insertions
from briefgen.tables import table
from briefgen.text.dates import dated, dates, walk_of
from briefgen.text.leaning import stands_alone
from briefgen.text.sentences import sentences
from briefgen.text.words import stems, stems_of, words

_DATED_LEAD = re.compile(r"^\s*[:–—-]\s+")
_FIGURE = re.compile(r"\d[\d,.]*(?<![,.])")
_NUMBERED = re.compile(r"(?:Document|Doc\.?|Item|Exhibit) (\d+)")
_ANCHOR = re.compile(
    r"(?:^|\b(?:in|on|by|since|until|from|during|of|before|after|between|around|about|circa|c\.|to|the|early|late|mid|,|\())\s*$",
    re.IGNORECASE,
)
_FRAME = re.compile(r"(?:from|between) ", re.IGNORECASE)
_TRAILING_MARKS = re.compile(r"(?:\s*\[[^\]]{1,12}\d\])+$")

Standing = tuple[tuple[Piece, ...], tuple[Insertion, ...]]
"""The parts of a sentence that can be understood by themselves, and with which names in brackets."""

_CLARITY = {
    "names the subject": 0.5,
    "dated": 0.1,
    "8 to 24 words": 0.1,
    "more than 32 words": -0.25,
    "less than 8 words": -0.4,
    "cut at its start": -0.1,
    "near the start": 0.3,
    "says now, and not when": -0.3,
    "says how many": 0.15,
}
"""What each quality of a sentence adds to its clarity of 1."""

_NAMED_THEN_PRONOUN = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]+ ){1,3}[A-Z][\w’'-]+)(?: \([^()]*\))? [–—-] (?:He|She|It)(?= )"
)
"""How a list item opens that names somebody and goes on with a pronoun."""
_NOW = re.compile(rf"\b(?:{'|'.join(table('text/leaning_en.yaml')['now'])})\b", re.IGNORECASE)
_FIRST = 4
"""The paragraphs in which a source sums up what it is on."""


class Candidate(Struct, frozen=True):
    """A sentence: `text` is what `span` names. `lead` is the date or name that opens its list item, if any.

    `before` tells how many characters of `text` are a date that opens a list item ("14 January 2008: "). `path` is
    the headings above it, `context` the stems of its whole block, `line` its own stems with a space around each.
    `date` is the date of what it tells: its own, else that of the list item it stands in.
    `standing` are the parts of it that can be understood by themselves, with the names `inserted` in brackets.
    `clarity` is what speaks for the sentence whatever the topic, about 1, and `qualities` are the reasons: it names
    the subject, dates what it tells, is clipped or long. `about` says that its first words name the subject.
    """

    span: Span
    text: str
    kind: str
    path: tuple[str, ...]
    locator: Locator
    stems: frozenset[str]
    line: str
    context: frozenset[str]
    dates: tuple[DateMention, ...]
    date: DateMention | None
    first: bool
    clarity: float
    qualities: tuple[str, ...]
    about: bool
    before: int = 0
    standing: tuple[Piece, ...] = ()
    inserted: tuple[Insertion, ...] = ()

    @property
    def alone(self) -> bool:
        """Whether it can be understood by itself, if not all of it."""
        return bool(self.standing)

    @property
    def named(self) -> bool:
        """Whether it names the subject."""
        return "names the subject" in self.qualities

    @property
    def entire(self) -> bool:
        """Whether all of it stands alone, but for an opening that ties it to the sentence before."""
        return len(self.standing) == 1 and self.standing[0][1] == len(self.text)

    @property
    def figures(self) -> frozenset[str]:
        """The numbers in it that belong to no date."""
        return _figures(self.text, self.dates)

    @property
    def length(self) -> int:
        """The number of words."""
        return len(self.text.split())


def _figures(text: str, dates: Sequence[DateMention]) -> frozenset[str]:
    dated = [range(found.start, found.end) for found in dates]
    found = _FIGURE.finditer(text)
    return frozenset(one[0] for one in found if not any(one.start() in stretch for stretch in dated))


class Look(Struct, frozen=True):
    """How sentences are looked at: `subject` holds the words that need no introduction.

    With terms in `holding`, each as it stands in a candidate's `line`, only sentences with one of them count. Whether
    they are `dated`, and whether they stand `alone`, takes most of the time; without, none is or does.
    """

    subject: frozenset[str] = frozenset()
    holding: tuple[str, ...] = ()
    dated: bool = True
    alone: bool = True

    def passes_over(self, line: str) -> bool:
        return bool(self.holding) and not any(term in line for term in self.holding)


def candidates(library: Library, subject: frozenset[str] = frozenset()) -> tuple[Candidate, ...]:
    """The sentences of all paragraphs, list items and quotations that have no hole, in the order of the sources.

    Where the library is narrowed, only those of the passages to look at.
    """
    return looked_at(library, Look(subject))


def looked_at(library: Library, look: Look) -> tuple[Candidate, ...]:
    """The candidates, likewise, as they show in one look."""
    persons: dict[str, People] = {}
    for head in library.looked_in if look.alone else ():
        persons[head.id] = library.worked_out(head.id, "people", People, people_of).of_source(head.id)
    shared = shared_families(persons.values())
    return tuple(
        found for head in library.looked_in for found in _of_source(library, head, look, persons.get(head.id), shared)
    )


def _of_source(
    library: Library, head: Source, look: Look, people: People | None, shared: frozenset[str]
) -> Iterator[Candidate]:
    """The sentences of a source's passages; one that it repeats only where it first stands.

    A passage's dates are those that it tells itself, so it is dated without those before it.
    """
    seen: set[str] = set()
    text = library.text(head.id)
    kin = frozenset(stems_of(look.subject | (people.kin(look.subject) if people else frozenset())))
    for index, paragraph, block in library.passages(head.id):
        told = dated([block.text], walk_of(head))[0] if look.dated else ()
        mentions = tuple(one.mention for one in told if one.told_here)
        bounds = sentences(block.text, head.language)
        found = meanings(text, index, bounds, people, look.subject, shared) if people else [Reference()] * len(bounds)
        passage = _Passage(head.id, index, block, _locator(block, paragraph), mentions, bounds, found, kin)
        for candidate in _of_passage(passage, look):
            if candidate.text not in seen:
                seen.add(candidate.text)
                yield candidate


def _locator(block: Block, paragraphs: int) -> Locator:
    """Where a block stands, the last of so many `paragraphs`: its page, else its document or nearest heading, else its
    number as a paragraph."""
    if block.page is not None:
        return Locator("page", str(block.page))
    if block.headings:
        numbered = _NUMBERED.match(block.headings[-1])
        return Locator("document", numbered[1]) if numbered else Locator("section", block.headings[-1])
    return Locator("paragraph", str(paragraphs))


class _Passage(Struct, frozen=True):
    """A block with where it stands, the dates that it tells, and its sentences, each with what it refers to.

    `kin` has the stems of the subject's words, and of the given names of those who bear its name.
    """

    source: str
    index: int
    block: Block
    place: Locator
    told: tuple[DateMention, ...]
    bounds: Sequence[tuple[int, int]]
    references: Sequence[Reference]
    kin: frozenset[str]


def _of_passage(passage: _Passage, look: Look) -> Iterator[Candidate]:
    block, subject = passage.block, look.subject
    context = frozenset(stems(block.text))
    opening = _heading_date(block.headings[-1]) if block.headings and look.dated else None
    for number, (start, end) in enumerate(passage.bounds):
        if any(start <= hole <= end for hole in block.holes):
            continue
        end -= len(block.text[start:end]) - len(_TRAILING_MARKS.sub("", block.text[start:end]))
        text = block.text[start:end]
        mentions = tuple(_moved(one, -start) for one in passage.told if start <= one.start and one.end <= end)
        before = _dated_lead(text, mentions) if block.kind == "item" and number == 0 else 0
        opening = replace(mentions[0], start=0, end=0) if before else opening
        said = words(text)
        own = stems_of(said)
        line = f" {' '.join(own)} "
        if look.passes_over(line):
            continue
        standing = _standing(text, before, passage.references[number], subject) if look.alone else None
        added = words(" ".join(one.text for one in standing[1])) if standing else []
        named = not passage.kin.isdisjoint([*own, *stems_of(added)])
        qualities = _qualities(text, mentions, named, standing, _introduces(passage.place))
        yield Candidate(
            span=Span(passage.source, passage.index, start, end),
            text=text,
            kind=block.kind,
            path=block.headings,
            locator=passage.place,
            stems=frozenset(own),
            line=line,
            context=context,
            dates=mentions,
            date=_main_date(text, mentions) or opening,
            first=number == 0,
            clarity=1 + sum(map(_CLARITY.__getitem__, qualities)),
            qualities=qualities,
            about=not subject.isdisjoint((words(text[before:]) if before else said)[:5]),
            before=before,
            standing=standing[0] if standing else (),
            inserted=standing[1] if standing else (),
        )


def _standing(text: str, before: int, reference: Reference, subject: frozenset[str]) -> Standing | None:
    """How a sentence can be understood by itself, as much of it as can be; none if it cannot."""
    if reference.doubt:
        return None
    added = [()] if not reference.bare else []
    for inserted in (*added, *((reference.insertions,) if reference.insertions else ())):
        for pieces in _ways(text, before, inserted):
            if stands_alone(_said(text, pieces, inserted), subject):
                return pieces, inserted
    return None


def _ways(text: str, before: int, inserted: tuple[Insertion, ...]) -> Iterator[tuple[Piece, ...]]:
    """What may be shown of a sentence, the most first: all, all but what ties it to the one before, all but its end."""
    named = _NAMED_THEN_PRONOUN.match(text)
    if named:
        yield (0, named.end("name")), (named.end() + 1, len(text))
    opening = before or without_opening(with_insertions(text, inserted))
    starts, whole = sorted({before, opening}), len(text)
    yield from (((start, whole),) for start in starts)
    tie = inner_tie(text[before:])
    if tie:
        first, last = tie[0] + before, tie[1] + before + 1
        yield from (((start, first), (last, whole)) for start in starts if start < first)
    for start in starts:
        yield from (((start, start + end),) for end in endings(text[start:]))


def _said(text: str, pieces: tuple[Piece, ...], inserted: tuple[Insertion, ...]) -> str:
    """The parts of a sentence as they are read, with the names but without their brackets."""
    said = " ".join(
        with_insertions(text[start:end], tuple(_shifted(one, -start) for one in inserted if start <= one.start < end))
        for start, end in pieces
    )
    return _capital(said.replace("[", "").replace("]", ""))


def _shifted(one: Insertion, offset: int) -> Insertion:
    return replace(one, start=one.start + offset, end=one.end + offset)


def _moved(mention: DateMention, offset: int) -> DateMention:
    return replace(mention, start=mention.start + offset, end=mention.end + offset)


@lru_cache(256)
def _heading_date(heading: str) -> DateMention | None:
    """The date with which a heading opens: it dates what stands below."""
    found = dates(heading)
    return replace(found[0], start=0, end=0) if found and found[0].start == 0 else None


def _main_date(text: str, mentions: tuple[DateMention, ...]) -> DateMention | None:
    """The date of what a sentence tells: the first that a preposition or the start of the sentence introduces."""
    bound = (found for found in mentions if found.qualifier not in ("before", "after"))
    return next((found for found in bound if _is_introduced(text, found)), None)


def _is_introduced(text: str, found: DateMention) -> bool:
    return bool(_FRAME.match(found.text) or _ANCHOR.search(text[max(0, found.start - 12) : found.start]))


def _introduces(place: Locator) -> bool:
    """Whether a passage is one of the first paragraphs, in which sources sum up."""
    return place.label == "paragraph" and int(place.value) <= _FIRST


def _qualities(
    text: str, mentions: tuple[DateMention, ...], named: bool, standing: Standing | None, introduces: bool
) -> tuple[str, ...]:
    length = len(text.split())
    holds = {
        "names the subject": named,
        "dated": bool(mentions),
        "8 to 24 words": 8 <= length <= 24,
        "more than 32 words": length > 32,
        "less than 8 words": length < 8,
        "cut at its start": standing is not None and standing[0][0][0] > 0,
        "near the start": introduces,
        "says now, and not when": not mentions and bool(_NOW.search(text)),
        "says how many": bool(_figures(text, mentions)),
    }
    return tuple(name for name, held in holds.items() if held)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _dated_lead(text: str, mentions: tuple[DateMention, ...]) -> int:
    """How many characters at the start of a list item are its date and the mark after it."""
    if not mentions or mentions[0].start != 0:
        return 0
    mark = _DATED_LEAD.match(text[mentions[0].end :])
    return mentions[0].end + mark.end() if mark else 0
