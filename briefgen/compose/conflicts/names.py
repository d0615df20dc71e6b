"""The names in a sentence, folded so that one thing has one key: "Haqqani’s" and "the Haqqanis" are alike."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from msgspec import Struct

from briefgen.tables import table
from briefgen.text.words import stems, stop_words

Key = tuple[str, ...]
_WORD = r"(?:(?:[A-Z]\.){2,}|[A-Z][\w’'-]*[^\W_]|[A-Z]\b)"
_PARTICLE = f"(?:{'|'.join(table('text/people_en.yaml')['particles'])}|of)"
_NAME = re.compile(rf"(?<![\w’'-]){_WORD}(?:[ -](?:{_PARTICLE}[ -])?{_WORD})*")
_OPENING_MARKS = "\"“'‘(["
_SENTENCE_ENDS = (". ", "! ", "? ", ": ")
_FIRST_WORD = re.compile(r"[\w’']+")
_POSSESSIVE = re.compile(r"['’]s?$")


class Name(Struct, frozen=True):
    """A name in a text. `key` is its folded words; `text` is how it stands there, without a possessive ending."""

    text: str
    start: int
    end: int
    key: Key


@cache
def words_of() -> dict[str, Any]:
    """The words by which differences are seen."""
    found: dict[str, Any] = table("compose/conflicts/words_en.yaml")
    return found


@cache
def any_of(name: str) -> str:
    """A pattern for any of the words of a list, the longest first; one that ends in * stands for all that begin so."""
    listed = sorted(words_of()[name], key=len, reverse=True)
    return rf"\b(?:{'|'.join(map(_pattern, listed))})\b"


@cache
def stems_of(*names: str) -> frozenset[str]:
    """The stems of the words in lists and events: a sentence with none of them holds no entry."""
    return frozenset(stem for name in names for entry in _entries(words_of()[name]) for stem in stems(entry))


def holds(name: str, text: str, folded: str) -> bool:
    """Whether a text holds a word of a list, in any case of letters. `folded` is the text with its case folded: where
    no entry's beginning stands in it, which is most often so and quick to see, no pattern is looked for."""
    return any(one in folded for one in _beginnings(name)) and bool(_any_case(name).search(text))


@cache
def _beginnings(name: str) -> tuple[str, ...]:
    return tuple({entry.split()[0].rstrip("*").casefold() for entry in words_of()[name]})


@cache
def _any_case(name: str) -> re.Pattern[str]:
    return re.compile(any_of(name), re.IGNORECASE)


def _entries(listed: Any) -> Iterator[str]:
    if isinstance(listed, dict):
        for event in listed.values():
            yield from (verb for kind in ("does", "done", "joins") for verb in event.get(kind, ()))
    else:
        yield from listed


def _pattern(entry: str) -> str:
    return r"\s+".join(map(re.escape, entry.split())).replace(r"\*", r"\w*")


@lru_cache(1 << 14)
def fold(word: str) -> str:
    """A word of a name as keys have it: lower case, no possessive, no plural, no full stops at its end."""
    folded = _POSSESSIVE.sub("", word.lower()).strip(".")
    return folded[:-1] if len(folded) > 4 and folded.endswith("s") and not folded.endswith("ss") else folded


@lru_cache(1 << 14)
def key_of(text: str) -> Key:
    """The key of a name; names that mean the same have the same key."""
    folded = " ".join(map(fold, text.split()))
    return tuple(_same().get(folded, folded).split())


@cache
def _same() -> dict[str, str]:
    return {
        " ".join(map(fold, other.split())): name
        for name, others in words_of()["same_names"].items()
        for other in others
    }


def same_named(text: str) -> str:
    """The text with names that mean the same written alike."""
    folded = text.casefold()
    if not any(one in folded for one in _other_beginnings()):
        return text
    return _others().sub(lambda found: f" {' '.join(key_of(found[0])).upper()} ", text)


@cache
def _other_beginnings() -> frozenset[str]:
    others = (other for listed in words_of()["same_names"].values() for other in listed)
    return frozenset(other.split()[0].rstrip("*").casefold() for other in others)


@cache
def _others() -> re.Pattern[str]:
    """The other names, but for adjectives, which say no more than where somebody is from."""
    others = [other for listed in words_of()["same_names"].values() for other in listed]
    return re.compile(
        rf"\b(?:{'|'.join(map(_pattern, sorted(others, key=len, reverse=True)))})(?![\w])\.?", re.IGNORECASE
    )


def names_in(text: str) -> tuple[Name, ...]:
    """The names of `text` in order: runs of words with capitals, but for a common word that opens a sentence."""
    found = []
    for match in _NAME.finditer(text):
        start, end = match.span()
        before = text[:start].rstrip(_OPENING_MARKS)
        if not before or before.endswith(_SENTENCE_ENDS):
            first = _FIRST_WORD.match(match[0])
            if first and first[0].lower() in _no_names():
                start += first.end() + 1
        shown = _POSSESSIVE.sub("", text[start:end].strip(" -"))
        key = key_of(shown)
        if start < end and key and not (len(shown) == 1 or shown.lower() in stop_words()):
            found.append(Name(shown, start, start + len(shown), key))
    return tuple(found)


@cache
def _no_names() -> frozenset[str]:
    """Common words that are no part of a name where they open a sentence."""
    return frozenset(stop_words()) - set(words_of()["names_too"])


def completed(key: Key, before: tuple[Name, ...]) -> Key:
    """The key of a name of one word as the last longer name before it that begins or ends with that word has it."""
    if len(key) != 1:
        return key
    longer = [name.key for name in before if len(name.key) > 1 and key[0] in (name.key[0], name.key[-1])]
    return longer[-1] if longer else key


def is_body(name: Name) -> bool:
    """Whether a name is that of a body and not of a person."""
    return any(word in _bodies() for word in name.key) or name.key in {(one,) for one in words_of()["same_names"]}


@cache
def _bodies() -> frozenset[str]:
    return frozenset(map(fold, words_of()["bodies"]))
