"""Where a sentence explains a term: it spells out an abbreviation, or says what a thing is.

What explains it is a phrase of the sentence, or all of it. Patterns and words are data (`glossary_en.yaml`). Where it
is not clear what is explained, or the phrase would say nothing by itself, nothing is found.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec import Struct

from briefgen.compose.trim import VERB, balanced, keeps_meaning
from briefgen.tables import table
from briefgen.text.words import stem, stop_words, words

Way = Literal["short form", "sure", "name"]
"""How a term is explained: spelled out; beyond doubt; or as a name that is said to be something."""

_DATA = table("text/glossary_en.yaml")
_FEWEST, _MOST = 2, 34
"""Words of an explanation that are not the term's, and all its words at most."""
_HEAD = 8
"""The first words of a predicate, in which it says what kind of thing a name is."""
_SHORT = re.compile(r"\((?P<short>[A-Z][A-Za-z.&-]{1,9})\)")
_SPELLED = re.compile(r"\b(?P<short>[A-Z][A-Z&]{1,7}) \((?P<said>[A-Z][^()]{5,70})\)")
_PARTS = re.compile(r"[\w’'.]+")
_ORIGIN = re.compile(rf"(?:{_DATA['origins']}) $")
_OPENERS = "|".join(word.capitalize() for word in sorted(stop_words()))
_CAPITAL = rf"(?!(?:{_OPENERS})\b)[A-Z][\w’'-]*"
_NAME = rf"(?:al-|el-)?{_CAPITAL}(?:(?: (?:of the|of|al|ul|bin))? [A-Z][\w’'-]*){{0,4}}"
_ANY = rf"[“\"‘]?(?:{_NAME}|[a-z][\w’'-]{{2,}}(?: [a-z][\w’'-]{{2,}})?)[”\"’]?"
_PHRASE = r"[^,;:()]{8,160}?"
_DOUBTED = re.compile(rf"\b(?:{'|'.join(_DATA['doubted'])})(?: the| an?)? [“\"‘]?$", re.IGNORECASE)
_LEANING = re.compile(rf"\b(?:{'|'.join(_DATA['leaning'])})\b", re.IGNORECASE)
_IN_NAME = re.compile(rf"{_CAPITAL} [“\"‘]?$")
_RELATIVE = re.compile(r", (?:that|which|who|whose)\b")
_MARKS = ' “”"‘’'
_AFTER_PHRASE = re.compile(r"(?=[,.;:)]|\s[–—]|$)")


class Explained(Struct, frozen=True):
    """That a sentence explains `term` in its words from `start` to `end`."""

    term: str
    start: int
    end: int
    way: Way

    @property
    def key(self) -> str:
        return fold(self.term)


def fold(term: str) -> str:
    """What a term is known by, however it is written: its words in lower case, without article and plural."""
    return " ".join(stem(word) for word in words(term) if word not in ("the", "a", "an"))


def explanations(text: str) -> Iterator[Explained]:
    """The terms that a sentence explains, whatever they are."""
    yield from _short_forms(text)
    for number, pattern in enumerate(_patterns(_ANY, _NAME)):
        for found in pattern.finditer(text):
            made = _made(text, found, "sure" if number in _DATA["sure"] else "name")
            if made:
                yield made
    said = _is_a(_NAME).match(text)
    if said and _names_a_kind(said["said"]):
        made = _predicate(text, said)
        yield from (made,) if made else ()


def explains(text: str, term: str) -> Iterator[Explained]:
    """Where a sentence explains just this term, which may be a common word."""
    own = re.escape(term).replace(r"\ ", r"\s")
    pattern = rf"[“\"‘]?(?i:{own})(?:s|es)?[”\"’]?"
    yield from (one for one in _short_forms(text) if one.key == fold(term))
    for known in _patterns(pattern, pattern):
        for found in known.finditer(text):
            made = _made(text, found, "sure")
            if made and not _IN_NAME.search(text[: found.start("term")]):
                yield made
    said = _is_a(pattern).match(text)
    made = _predicate(text, said) if said else None
    if made:
        yield made


def _short_forms(text: str) -> Iterator[Explained]:
    """Abbreviations in brackets after the full name, or before it in brackets."""
    for found in _SHORT.finditer(text):
        start = full_form(text[: found.start()].rstrip(), found["short"])
        if start is not None:
            end = found.start() - len(text[: found.start()]) + len(text[: found.start()].rstrip())
            yield Explained(found["short"], _with_origin(text, start), end, "short form")
    for found in _SPELLED.finditer(text):
        if full_form(found["said"], found["short"]) == 0:
            yield Explained(found["short"], *found.span("said"), "short form")


def full_form(before: str, short: str) -> int | None:
    """Where the last words begin whose first letters are those of an abbreviation; none where there are none."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    parts = list(_PARTS.finditer(before))
    for count in range(2, min(len(parts), len(letters) + 4) + 1):
        own = parts[-count:]
        said = [part[0].lower() for part in own]
        if said[0] not in _DATA["passed_over"] and _initials(said, letters):
            return own[0].start()
    return None


def _initials(parts: list[str], letters: list[str]) -> bool:
    """Whether the letters are the first ones of the parts in order, small words passed over or not."""
    if not parts or not letters:
        return not letters and all(part in _DATA["passed_over"] for part in parts)
    if parts[0][0] == letters[0] and _initials(parts[1:], letters[1:]):
        return True
    return parts[0] in _DATA["passed_over"] and _initials(parts[1:], letters)


def _with_origin(text: str, start: int) -> int:
    """Where a full name begins with the country or body before it."""
    found = _ORIGIN.search(text[:start])
    return found.start() if found else start


@cache
def _patterns(term: str, name: str) -> tuple[re.Pattern[str], ...]:
    """The patterns with what a term may be, and what it may be where only a name is sure."""
    made = []
    for number, pattern in enumerate(_DATA["patterns"]):
        own = term if number in _DATA["sure"] else name
        phrase = pattern.replace("{phrase}", _PHRASE).replace("{term}", f"(?P<term>{own})")
        ends = "" if phrase.endswith((")", "+")) and "{phrase}" not in pattern[-12:] else _AFTER_PHRASE.pattern
        made.append(re.compile(phrase + ends))
    return tuple(made)


@cache
def _is_a(term: str) -> re.Pattern[str]:
    return re.compile(_DATA["is_a"].replace("{term}", f"(?P<term>{term})"))


def _names_a_kind(predicate: str) -> bool:
    """Whether the first words of a predicate say what kind of thing something is."""
    head = re.split(r"\b(?:that|which|who|whose|of|in|for|to|at|with|built)\b|[,;(]", predicate)[0]
    near = words(head)[:_HEAD]
    singular = {word.removesuffix("s") if len(word) > 4 else word for word in near}
    return bool((set(near) | singular) & _kinds())


@cache
def _kinds() -> frozenset[str]:
    return frozenset(_DATA["kinds"])


def _predicate(text: str, found: re.Match[str]) -> Explained | None:
    """A sentence that says what its subject is: in the present tense the words after "is", else all of it."""
    start, end = found.span("said")
    end = len(text[:end].rstrip(" ."))
    past = found["verb"] in ("was", "were")
    if not past and len(text[start:end].split()) > _MOST:
        end = next(
            (cut.start() for cut in _RELATIVE.finditer(text, start) if not keeps_meaning(text[cut.end() :])), end
        )
    if not _says_something(found["term"], text[start:end]):
        return None
    return Explained(found["term"].strip(_MARKS), 0 if past else start, len(text) if past else end, "name")


def _made(text: str, found: re.Match[str], way: Way) -> Explained | None:
    start, end = found.span("said")
    end = len(text[:end].rstrip(" .,"))
    said, term = text[start:end], found["term"].strip(_MARKS)
    before = text[: found.start("term")]
    doubted = _DOUBTED.search(before) or keeps_meaning(before[-40:] if way == "name" else "")
    common = words(term) and all(word in stop_words() for word in words(term))
    if doubted or common or not _says_something(term, said):
        return None
    told = way == "name" and VERB.search(said.split(" that ")[0].split(" which ")[0]) and not _names_a_kind(said)
    return None if told or (way == "name" and not _names_a_kind(said)) else Explained(term, start, end, way)


def _says_something(term: str, said: str) -> bool:
    """Whether an explanation stands by itself, is no longer than a row bears, and has more than the term's words."""
    if not balanced(said) or len(said.split()) > _MOST or _LEANING.search(said.split(" that ")[0]):
        return False
    own = set(fold(term).split())
    more = {stem(word) for word in words(said)} - own - stop_words()
    return len(more) >= (1 if said[:1] in '“"' else _FEWEST)
