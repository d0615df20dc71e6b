"""Who is what to whom: relations of persons that one sentence names, the persons and the word for it.

Nothing is inferred. A pronoun counts only where the sentence names one person before it and speaks of no other, or
where the composer has set a name in its place. Patterns and words are data (`kin_en.yaml`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct

from briefgen.compose.relations import Kin, Kind, Name, Relation
from briefgen.model import Insertion
from briefgen.tables import table
from briefgen.text.words import stop_words

_DATA = table("text/kin_en.yaml")
_PEOPLE = table("text/people_en.yaml")
_OPENERS = [*stop_words(), *table("text/leaning_en.yaml")["opening"], *table("text/clauses_en.yaml")["subordinate"]]
_NOT_FIRST = frozenset(word.capitalize() for word in _OPENERS if re.fullmatch(r"[a-z]+", word))
_SPELT = frozenset(_DATA["spelt"])
_TITLE = "|".join(sorted([*_PEOPLE["titles"], *_DATA["titles"]], key=lambda one: (-len(one), one)))
# Spelt out in each pattern, titles and openers took 0.2 s to compile: `_marked` puts these two for their capitals.
_TITLED, _OPENING = "\ue000", "\ue001"
_CAPITAL = re.compile(rf"\b(?:(?P<title>{_TITLE})|[A-Z][a-z]*)\b")
_TITLES = rf"(?:(?:{'|'.join(_DATA['lead'])}) )?(?:{_TITLED}\w*\.? )*"
_BEFORE_NAME = re.compile(_TITLES)
_REST = r"[\w-]*(?:[’'](?!s\b)\w+)*"
_TOKEN = rf"[A-ZÀ-ÖØ-Þ{_TITLED}{_OPENING}]{_REST}"
_PARTICLE = f"(?:{'|'.join([*_PEOPLE['particles'], *_DATA['particles']])})"
_NAME = (
    rf"{_TITLES}[A-ZÀ-ÖØ-Þ{_TITLED}]{_REST}"
    rf"(?: (?:(?:{_PARTICLE} ){{1,2}})?{_TOKEN}){{0,4}}(?: (?:of|the) (?!{_TITLED}){_TOKEN})?"
)
_ASIDE = r"(?: \([^()]*\))?"
_AND = rf"{_NAME}{_ASIDE} and {_NAME}{_ASIDE}"
_LIST = rf"{_NAME}{_ASIDE}(?:, {_NAME}{_ASIDE})*(?:,? and {_NAME}{_ASIDE})?"
_NO_PERSON = re.compile(rf"\b(?:{'|'.join(_PEOPLE['bodies'])})\b")
_WHOLE_NAME = re.compile(_NAME)
_NAMELESS = re.compile(rf"\b(?:{'|'.join(_DATA['nameless'])})\b", re.IGNORECASE)
_ATTACHED = re.compile(rf"\b(?:{'|'.join(_DATA['nameless'])}),? $")
_APPOSED = re.compile(
    r",? (?:an?|the|who|his own|one) (?:[\w’'-]+ ){0,4}$|,? (?:is|was|as) (?:an?|the) (?:[\w’'-]+ ){0,4}$"
)
_PLACED = re.compile(r"\b(?:in|at|from|to|near|into|across|of|off|around|over|through)(?: the)? $", re.IGNORECASE)
_GROUP = re.compile(rf"(?:[’']s?)? (?:{'|'.join(_PEOPLE['groups'])}|[a-z]+)\b")
_LATER_WORD = re.compile(r"[^.]*, (?:according to\b|(?:[\w’'-]+ ){1,4}(?:said|says|claimed|reported)\b)")
_ENDS = re.compile(r"[,.;:)]|$|\s(?:who|was|were|and|but|in|at)\b")
_UNSURE, _DENIED = (
    re.compile(rf"\b(?:{'|'.join(_DATA[key])})\b".replace("*", r"\w*"), re.IGNORECASE) for key in ("unsure", "denied")
)
_SEVERAL = re.compile(r" or ")


class _Sentence(Struct, frozen=True):
    text: str
    inserted: tuple[Insertion, ...]


@cache
def _relations() -> dict[str, Relation]:
    return {
        word: Relation(one["below"], one["kind"], one.get("weak", False))
        for one in _DATA["relations"]
        for word in one["words"]
    }


def relation_of(word: str) -> Relation | None:
    """What a word such as "younger sons" or "half-brother" means; none if it is no word for a relation."""
    for part in reversed(re.split(r"[\s,]+", word.lower())):
        found = _relations().get(_DATA["plurals"].get(part, part))
        if found:
            return found
    return None


def kin_in(text: str, inserted: Sequence[Insertion] = ()) -> Iterator[Kin]:
    """The relations that a sentence tells, each once, with these names in the place of its pronouns."""
    if not _any_word().search(text):
        return
    told: set[tuple[int, int, Kind]] = set()
    for pattern in _patterns():
        for found in pattern.form.finditer(_marked(text)):
            for kin in _told(pattern, found, _Sentence(text, tuple(inserted))):
                pair = sorted((kin.who.start, kin.to.start))
                if (pair[0], pair[1], kin.relation.kind) not in told:
                    told.add((pair[0], pair[1], kin.relation.kind))
                    yield kin


@lru_cache(maxsize=8)
def _marked(text: str) -> str:
    """The text, as long as it was, with marks for the capitals of titles and of words that open no name.

    Those that patterns spell out are in small letters instead.
    """

    def mark(found: re.Match[str]) -> str:
        word = found[0]
        if found["title"]:
            return re.sub(r"\b[A-Z]", _TITLED, word)
        if word in _SPELT:
            return word.lower()
        return _OPENING + word[1:] if word in _NOT_FIRST else word

    return _CAPITAL.sub(mark, text)


class _Pattern(Struct, frozen=True):
    form: re.Pattern[str]
    gloss: bool
    word: str
    relation: str


@cache
def _any_word() -> re.Pattern[str]:
    own = sorted([*_relations(), *_DATA["plurals"]], key=lambda one: (-len(one), one))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, own))}|succeeded|married|took over|inherited)\b")


@cache
def _patterns() -> tuple[_Pattern, ...]:
    kin = "|".join(sorted([*_relations(), *_DATA["plurals"]], key=lambda one: (-len(one), one)))
    quality = rf"(?:(?:{'|'.join(_DATA['qualities'])}|[A-Z{_TITLED}][a-z]+|\d+-year-old) )"
    one_x, one_y, pronoun = f"(?P<x>{_NAME})", f"(?P<y>{_NAME})", r"(?P<he>\b[Hh]e|\b[Ss]he)"
    parts = {
        "{kin}": rf"(?P<kin>{quality}{{0,3}}(?:{kin})(?: (?:and|or) {quality}?(?:{kin}))?)\b",
        "{mutual}": rf"(?P<kin>{quality}{{0,2}}(?:{'|'.join(_DATA['mutual'])}))\b",
        "{x}": rf"(?P<x>{_LIST})(?![\w’'])",
        "{x1}": one_x + _ASIDE + r"(?![’'])",
        "{x2}": rf"(?P<x>{_NAME}{_ASIDE}(?:, {_NAME}{_ASIDE})*,? and {_NAME})(?![\w’'])",
        "{y}": rf"(?P<y>{_AND}|{_NAME})(?![\w’'])",
        "{owner}": one_y + r"(?:[’']s|(?<=s)[’'])",
        "{y1}": one_y + r"(?![\w’'])",
        "{y0}": rf"(?:{one_y}{_ASIDE}|{pronoun})",
        "{he}": rf"(?:(?P<x>{_AND}|{_NAME}){_ASIDE}(?: [–—-] (?:[^,;]{{3,40}}, )?(?:[Hh]e|[Ss]he))?|{pronoun})",
        "{his}": r"(?P<his>\b[Hh]is|\b[Hh]er)",
        "{whose}": rf"(?:(?:his|her) (?:[a-z][\w-]*,? ){{1,4}}|(?:{'|'.join(_DATA['lead'])}) )",
        "{apposed}": r"(?=[,.;)]|$| (?:who|and|was|is|has|had)\b)",
        "{doubt}": f"(?:{'|'.join(_DATA['doubt'])})",
        "{is}": "(?:is|was|are|were|became|remained|remains|had been|has been)",
        "{a}": "(?:an? |the )?",
    }
    made = []
    for one in _DATA["patterns"]:
        form = one["form"]
        for name, meaning in parts.items():
            form = form.replace(name, meaning)
        form = re.compile(rf"(?<![\w’'-]){form}")
        made.append(_Pattern(form, one.get("gloss", False), one.get("word", ""), one.get("relation", "")))
    return tuple(made)


def _told(pattern: _Pattern, found: re.Match[str], sentence: _Sentence) -> Iterator[Kin]:
    """The relations of one match: none where it is denied, or where a pronoun may mean somebody else."""
    text = sentence.text
    groups = found.groupdict()
    word = text[slice(*found.span("kin"))] if groups.get("kin") else pattern.word
    relation = relation_of(pattern.relation or word)
    first = found.start() if pattern.gloss else 0
    if relation is None or _DENIED.search(text[first : found.end()]):
        return
    if "y" not in groups and "his" not in groups:
        yield from _mutual(pattern, found, word, relation, text)
        return
    many = word.split()[-1] in _DATA["plurals"]
    xs = _side("x", found, sentence, many)
    ys = [] if "his" in groups else _side("y", found, sentence, True)
    if groups.get("his"):
        meant = _meant(sentence, found.start("his"))
        ys = [meant] if meant and all(meant.text != one.text for one in xs) else []
    sure = _is_sure(pattern, found, text, word)
    for x in xs:
        for y in ys:
            yield _kin(x, y, word, relation, found, text, sure)


def _kin(x: Name, y: Name, word: str, relation: Relation, found: re.Match[str], text: str, sure: bool) -> Kin:
    listed = (
        found.groupdict().get("x") and word.split()[-1] in _DATA["plurals"] and found.start("x") < found.start("kin")
    )
    start = min(found.start("kin"), found.start("x") if listed else x.start, y.start)
    end = max(found.end("kin"), x.end, y.end)
    whole = (0, len(text)) if not sure else (start, end)
    return Kin(x, y, _singular(word), relation, *whole, sure)


def _mutual(pattern: _Pattern, found: re.Match[str], word: str, relation: Relation, text: str) -> Iterator[Kin]:
    """Brothers and the like, each with the next one named."""
    names = _names(text, *found.span("x"))
    sure = _is_sure(pattern, found, text, word)
    for one, other in pairwise(names):
        kin = _kin(other, one, word, relation, found, text, sure)
        yield Kin(kin.who, kin.to, kin.word, relation, min(found.start(), kin.start), kin.end, sure)


def _side(group: str, found: re.Match[str], sentence: _Sentence, many: bool) -> list[Name]:
    """The persons on one side of a match: of several before a single "son" the last, after it the first."""
    groups = found.groupdict()
    if not groups.get(group):
        meant = _meant(sentence, found.start("he"), subject=True) if groups.get("he") else None
        return [meant] if meant else []
    names = _names(sentence.text, *found.span(group))
    if group == "y" and len(names) > 1 and not _ENDS.match(sentence.text, names[-1].end):
        return names[:1]
    if many or len(names) < 2:
        return names
    return names[:1] if found.start("kin") < names[0].start else names[-1:]


def _names(text: str, start: int, end: int) -> list[Name]:
    """The persons named in a stretch, what stands in brackets aside, without their titles."""
    bare = re.sub(r"\([^()]*\)", lambda one: " " * len(one[0]), _marked(text)[start:end])
    names = []
    for found in _WHOLE_NAME.finditer(bare):
        span = slice(start + found.start(), start + found.end())
        title = _BEFORE_NAME.match(found[0])
        own = text[span.start + (title.end() if title else 0) : span.stop]
        if own and own not in _DATA["many"] and not _NO_PERSON.search(own) and not own.startswith("of "):
            names.append(Name(own, span.start, span.stop, titled=text[span]))
    return names


def _singular(word: str) -> str:
    """The word for one of several: "sons" as "son"."""
    *before, last = word.split()
    return " ".join([*before, _DATA["plurals"].get(last, last)])


def _is_sure(pattern: _Pattern, found: re.Match[str], text: str, word: str) -> bool:
    """Whether no word of doubt bears on a relation: within it, and for a statement before it or right after it."""
    said = text[found.start() if pattern.gloss else 0 : found.end()]
    after = None if pattern.gloss else _LATER_WORD.match(text[found.end() :])
    return not (_UNSURE.search(said) or after or _SEVERAL.search(word))


# Whom a pronoun means --------------------------------------------------------------------------------------------


def _meant(sentence: _Sentence, place: int, subject: bool = False) -> Name | None:
    """Whom a pronoun at `place` means: the name in its place, else the only person the sentence speaks of before."""
    here = next((one for one in sentence.inserted if one.start == place), None)
    if here:
        return _inserted(here)
    before = sentence.text[:place]
    names = {_bare(one): one for one in _names(before, 0, len(before)) if not _is_placed(before, one)}
    opening = next((one for one in sentence.inserted if one.end <= place), None)
    if opening:
        names = {name: one for name, one in names.items() if one.start >= opening.end}
        return _inserted(opening) if not names and not subject and _alone(before[opening.end :], ()) else None
    if len(names) != 1:
        return None
    (name,) = names.values()
    return name if _alone(before, (name,)) else None


def _inserted(one: Insertion) -> Name:
    return Name(re.sub(r"[’']s?$", "", one.text.strip("[]")), one.start, one.end, meant=True)


def _bare(name: Name) -> str:
    return name.text.split()[0]


def _is_placed(text: str, name: Name) -> bool:
    """Whether a name is a place's or a group's: "in Kabul", "the Haqqani network"."""
    place = len(name.text.split()) == 1 and _PLACED.search(text[: name.start])
    return bool(place or (_GROUP.match(text, name.end) and text[: name.start].lower().endswith("the ")))


def _alone(before: str, names: Sequence[Name]) -> bool:
    """Whether a text speaks of no person but those it names: no "king" or "she" that is not the one named."""
    for found in _NAMELESS.finditer(before):
        if any(one.start <= found.start() < one.end for one in names):
            continue
        attached = any(one.start - 24 <= found.start() < one.start and _leads(before, found, one) for one in names)
        apposed = any(one.end <= found.start() and _APPOSED.fullmatch(before[one.end : found.start()]) for one in names)
        if not (attached or apposed):
            return False
    return True


def _leads(text: str, found: re.Match[str], name: Name) -> bool:
    """Whether a word such as "leader" stands right before a name, titles aside."""
    between = text[found.start() : name.start]
    return bool(re.fullmatch(rf"{_NAMELESS.pattern},? (?:(?:{_TITLE})\.? )*", between, re.IGNORECASE))
