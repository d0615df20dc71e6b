"""What a passage and its sentences say by themselves: dates, stems, names, and how each can be understood alone."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from briefgen.compose.cuts import Piece, endings, inner_tie, without_opening
from briefgen.compose.naming import figures, is_sound, names_in
from briefgen.compose.persons import People, Reference
from briefgen.compose.prepared import Look, Passage, Prepared, Ways
from briefgen.compose.referents import borne_once, explaining, meanings
from briefgen.library import Library, Text
from briefgen.model import Block, DateMention, Insertion, Locator, Source, with_insertions
from briefgen.tables import table
from briefgen.text.dates import dated, dates, walk_of
from briefgen.text.leaning import nouns_needed
from briefgen.text.sentences import sentences
from briefgen.text.words import stems, stems_of, words

_DATED_LEAD = re.compile(r"^\s*[:–—-]\s+")
_NUMBERED = re.compile(r"(?:Document|Doc\.?|Item|Exhibit) (\d+)")
_ANCHOR = re.compile(
    r"(?:^|\b(?:in|on|by|since|until|from|during|of|before|after|between|around|about|circa|c\.|to|the|early|late|mid|,|\())\s*$",
    re.IGNORECASE,
)
_FRAME = re.compile(r"(?:from|between) ", re.IGNORECASE)
_TRAILING_MARKS = re.compile(r"(?:\s*\[[^\]]{1,12}\d\])+$")
_NAMED_THEN_PRONOUN = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]+ ){1,3}[A-Z][\w’'-]+)(?: \([^()]*\))? [–—-] (?:He|She|It)(?= )"
)
"""How a list item opens that names somebody and goes on with a pronoun."""
_NOW = re.compile(rf"\b(?:{'|'.join(table('text/leaning_en.yaml')['now'])})\b", re.IGNORECASE)
_FIRST = 4
"""The paragraphs in which a source sums up what it is on."""
_OPENING_WORDS = 5
"""The words of a sentence that tell what it is about."""


def looked_at(
    library: Library, head: Source, look: Look, people: People | None, shared: frozenset[str]
) -> Iterator[Passage]:
    """The passages of a source to look at. `shared` are family names that persons of other sources bear, too."""
    text = library.text(head.id)
    for index, paragraph, block in library.passages(head.id):
        yield _prepared(head, text, index, block, _locator(block, paragraph), look, people, shared)


def _prepared(
    head: Source,
    text: Text,
    index: int,
    block: Block,
    place: Locator,
    look: Look,
    people: People | None,
    shared: frozenset[str],
) -> Passage:
    """A passage with what is looked at. Its dates are those that it tells itself: no other passage changes them."""
    told = dated([block.text], walk_of(head))[0] if look.dated else ()
    mentions = tuple(one.mention for one in told if one.told_here)
    bounds = sentences(block.text, head.language)
    found = meanings(text, index, bounds, people, look.subject, shared) if people else [Reference()] * len(bounds)
    return Passage(
        index=index,
        kind=block.kind,
        path=block.headings,
        place=place,
        context=" ".join(stems(block.text)),
        sentences=tuple(_of_passage(block, place, mentions, bounds, found, look)),
        explaining=explaining(text, index, bounds) if people else frozenset(),
        families=borne_once([block.text[start:end] for start, end in bounds], people) if people else frozenset(),
    )


def _of_passage(
    block: Block,
    place: Locator,
    told: Sequence[DateMention],
    bounds: Sequence[tuple[int, int]],
    references: Sequence[Reference],
    look: Look,
) -> Iterator[Prepared]:
    opening = _heading_date(block.headings[-1]) if block.headings and look.dated else None
    for number, (start, end) in enumerate(bounds):
        if any(start <= hole <= end for hole in block.holes):
            continue
        end -= len(block.text[start:end]) - len(_TRAILING_MARKS.sub("", block.text[start:end]))
        text = block.text[start:end]
        mentions = tuple(_moved(one, -start) for one in told if start <= one.start and one.end <= end)
        before = _dated_lead(text, mentions) if block.kind == "item" and number == 0 else 0
        opening = replace(mentions[0], start=0, end=0) if before else opening
        said = words(text)
        line = f" {' '.join(stems_of(said))} "
        if look.passes_over(line):
            continue
        reference = references[number]
        yield Prepared(
            number=number,
            start=start,
            end=end,
            text=text,
            line=line,
            opening=tuple((words(text[before:]) if before else said)[:_OPENING_WORDS]),
            dates=mentions,
            date=_main_date(text, mentions) or opening,
            before=before,
            qualities=_qualities(text, mentions, place),
            figures=figures(text, mentions),
            names=tuple(names_in(text, mentions)),
            sound=is_sound(text[before:]),
            reference=reference,
            ways=_understood(text, before, ()) if look.alone else (),
            filled=_understood(text, before, reference.insertions) if look.alone and reference.insertions else (),
        )


def _understood(text: str, before: int, inserted: tuple[Insertion, ...]) -> Ways:
    """How a sentence can be understood by itself with these names in brackets, as much of it as can be first."""
    found = []
    for pieces in _ways(text, before, inserted):
        needed = nouns_needed(_said(text, pieces, inserted))
        if needed is not None:
            found.append((pieces, needed))
        if needed == frozenset():
            break
    return tuple(found)


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


def _locator(block: Block, paragraphs: int) -> Locator:
    """Where a block stands, the last of so many `paragraphs`: its page, else its document or nearest heading, else its
    number as a paragraph."""
    if block.page is not None:
        return Locator("page", str(block.page))
    if block.headings:
        numbered = _NUMBERED.match(block.headings[-1])
        return Locator("document", numbered[1]) if numbered else Locator("section", block.headings[-1])
    return Locator("paragraph", str(paragraphs))


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


def _qualities(text: str, mentions: tuple[DateMention, ...], place: Locator) -> tuple[str, ...]:
    """What speaks for a sentence or against it by its words and its place."""
    length = len(text.split())
    holds = {
        "dated": bool(mentions),
        "8 to 24 words": 8 <= length <= 24,
        "more than 32 words": length > 32,
        "less than 8 words": length < 8,
        "near the start": _introduces(place),
        "says now, and not when": not mentions and bool(_NOW.search(text)),
        "says how many": bool(figures(text, mentions)),
    }
    return tuple(name for name, held in holds.items() if held)


def _introduces(place: Locator) -> bool:
    """Whether a passage is one of the first paragraphs, in which sources sum up."""
    return place.label == "paragraph" and int(place.value) <= _FIRST


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _dated_lead(text: str, mentions: tuple[DateMention, ...]) -> int:
    """How many characters at the start of a list item are its date and the mark after it."""
    if not mentions or mentions[0].start != 0:
        return 0
    mark = _DATED_LEAD.match(text[mentions[0].end :])
    return mentions[0].end + mark.end() if mark else 0
