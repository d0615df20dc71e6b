"""What is known of each sentence by its source alone, whatever an outline asks: worked out once, and kept."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.cuts import Piece, endings, inner_tie, without_opening
from briefgen.compose.naming import names_in
from briefgen.compose.referents import People, Reference, borne_once, meanings, needs_subject
from briefgen.compose.trim import WEAK_END
from briefgen.library import Library, Text
from briefgen.model import Block, BlockKind, DateMention, Insertion, Locator, Source, with_insertions
from briefgen.tables import table
from briefgen.text.dates import dated, dates, walk_of
from briefgen.text.leaning import nouns_needed
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
_NAMED_THEN_PRONOUN = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]+ ){1,3}[A-Z][\w’'-]+)(?: \([^()]*\))? [–—-] (?:He|She|It)(?= )"
)
"""How a list item opens that names somebody and goes on with a pronoun."""
_NOW = re.compile(rf"\b(?:{'|'.join(table('text/leaning_en.yaml')['now'])})\b", re.IGNORECASE)
_RUN_TOGETHER = re.compile(r"^[^.]{3,60}\) (?:The|An?|He|She|It|They|This) ")
"""A name with brackets after it that runs into a sentence, as where a dash is lost."""
_SHORTEST = 5
"""The words of the shortest sentence that is shown."""
_FIRST = 4
"""The paragraphs in which a source sums up what it is on."""
_OPENING_WORDS = 5
"""The words of a sentence that tell what it is about."""

Ways = tuple[tuple[tuple[Piece, ...], frozenset[str]], ...]
"""The parts of a sentence to show, the most first, each with the nouns that its readers must know of to understand it
by itself. The first that asks for none is the last."""


class Prepared(Struct, frozen=True, array_like=True):
    """A sentence, number `number` of its passage, with what `Candidate` says of it too.

    `opening` are its first words. `ways` are those without, and `filled` those with the names in brackets that
    `reference` sets in: what its opening refers to where the subject is not known.
    """

    number: int
    start: int
    end: int
    text: str
    line: str
    opening: tuple[str, ...]
    dates: tuple[DateMention, ...]
    date: DateMention | None
    before: int
    qualities: tuple[str, ...]
    figures: frozenset[str]
    names: tuple[str, ...]
    sound: bool
    reference: Reference = Reference()
    ways: Ways = ()
    filled: Ways = ()


class Passage(Struct, frozen=True, array_like=True):
    """A block with its sentences that have no hole. `bounds` are those of all.

    `context` has its stems with spaces between them. `open_to` says that the subject may tell what a sentence of it
    refers to, and `families` has the family names that are no doubt unless persons of other sources bear them.
    """

    index: int
    kind: BlockKind
    path: tuple[str, ...]
    place: Locator
    context: str
    sentences: tuple[Prepared, ...]
    bounds: tuple[tuple[int, int], ...]
    open_to: bool
    families: frozenset[str]


class PreparedSource(Struct, frozen=True, array_like=True):
    """All passages of a source, in order, as they were prepared when its id was `source`."""

    source: str
    passages: tuple[Passage, ...]


class Found(Struct, frozen=True, array_like=True):
    """The ways that were found for a sentence with names of the subject's in brackets."""

    ways: Ways


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


def prepared(library: Library, head: Source, look: Look, people: People | None) -> Iterator[Passage]:
    """The passages of a source to look at. Those of a source that is looked through whole are kept with it."""
    if library.blocks is None and people and look == Look(look.subject):
        known = people
        told_from = f"passages {head.kind} {head.language} {head.published}"
        kept = library.worked_out(head.id, told_from, PreparedSource, lambda source: _whole(source, known))
        yield from kept.passages if kept.source == head.id else (_moved_to(head.id, one) for one in kept.passages)
        return
    text = library.text(head.id)
    for index, paragraph, block in library.passages(head.id):
        yield _prepared(head, text, index, block, _locator(block, paragraph), look, people)


def ways_with(library: Library, source: str, passage: Passage, one: Prepared, reference: Reference) -> Ways:
    """How a sentence can be understood by itself with the names in brackets that `reference` sets in."""
    inserted = reference.insertions
    if not inserted or inserted == one.reference.insertions:
        return one.filled
    if library.blocks is not None:
        return ways(one.text, one.before, inserted)
    names = " ".join(f"{name.start}-{name.end} {name.text}" for name in inserted)
    what = f"ways {passage.index}:{one.start}-{one.end} {one.before} {names}"
    return library.worked_out(source, what, Found, lambda _: Found(ways(one.text, one.before, inserted))).ways


def _whole(source: Source, people: People) -> PreparedSource:
    found = Library((source,)).passages(source.id)
    made = (_prepared(source, source, index, block, _locator(block, at), Look(), people) for index, at, block in found)
    return PreparedSource(source.id, tuple(made))


def _moved_to(source: str, passage: Passage) -> Passage:
    """The passage as if its source had this id."""
    moved = (
        replace(one, reference=one.reference.of_source(source)) if one.reference.insertions else one
        for one in passage.sentences
    )
    return replace(passage, sentences=tuple(moved))


def _prepared(
    head: Source, text: Text, index: int, block: Block, place: Locator, look: Look, people: People | None
) -> Passage:
    """A passage with what is looked at. Its dates are those that it tells itself: no other passage changes them."""
    told = dated([block.text], walk_of(head))[0] if look.dated else ()
    mentions = tuple(one.mention for one in told if one.told_here)
    bounds = sentences(block.text, head.language)
    references = meanings(text, index, bounds, people, frozenset()) if people else [Reference()] * len(bounds)
    return Passage(
        index=index,
        kind=block.kind,
        path=block.headings,
        place=place,
        context=" ".join(stems(block.text)),
        sentences=tuple(_of_passage(block, place, mentions, bounds, references, look)),
        bounds=bounds,
        open_to=people is not None and any(needs_subject(block.text[start:end]) for start, end in bounds),
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
            ways=ways(text, before, ()) if look.alone else (),
            filled=ways(text, before, reference.insertions) if look.alone and reference.insertions else (),
        )


def ways(text: str, before: int, inserted: tuple[Insertion, ...]) -> Ways:
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


def is_sound(text: str) -> bool:
    """Whether a text is whole as a sentence: no question, no fragment, and nothing in it is run together."""
    whole = len(text.split()) >= _SHORTEST and not text.endswith(("?", ":")) and text.count('"') % 2 == 0
    return whole and not (WEAK_END.search(text) or _RUN_TOGETHER.search(text))


def figures(text: str, dates: Sequence[DateMention]) -> frozenset[str]:
    """The numbers in a text that belong to none of its dates."""
    dated = [range(found.start, found.end) for found in dates]
    found = _FIGURE.finditer(text)
    return frozenset(one[0] for one in found if not any(one.start() in stretch for stretch in dated))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _dated_lead(text: str, mentions: tuple[DateMention, ...]) -> int:
    """How many characters at the start of a list item are its date and the mark after it."""
    if not mentions or mentions[0].start != 0:
        return 0
    mark = _DATED_LEAD.match(text[mentions[0].end :])
    return mentions[0].end + mark.end() if mark else 0
