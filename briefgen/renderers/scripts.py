"""Which script words are in: their language, their direction, and how high their lines are."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from briefgen.tables import table

LATIN = ""
LETTERS = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff"
"""Latin letters; signs and digits are of any script."""
ENGLISH = "en-US"
FROM = "\u0370"
"""The first letter that is not Latin."""


class Script(Struct, frozen=True):
    """A script other than Latin: its languages, the first for where nothing else tells, and a line's height in em."""

    name: str
    letters: str
    languages: tuple[str, ...]
    line: float
    right: bool = False


@cache
def scripts() -> dict[str, Script]:
    """All scripts that are known but Latin, by name."""
    listed = (
        Script(one["name"], one["letters"], tuple(one["languages"]), one["line"], one.get("right", False))
        for one in table("renderers/scripts.yaml")
    )
    return {script.name: script for script in listed}


@cache
def _runs() -> re.Pattern[str]:
    """Stretches of letters, each in a group with its script's name; Latin ones in none."""
    named = (f"(?P<{script.name}>[{script.letters}]+)" for script in scripts().values())
    return re.compile(f"{'|'.join(named)}|[{LETTERS}]+")


@lru_cache(maxsize=8192)
def segments(text: str) -> tuple[tuple[str, str], ...]:
    """The text cut where its script changes, each piece with its script's name; what is of none goes with the piece
    before it, or the one after it at the start."""
    if max(text, default="") < FROM:
        return ((text, LATIN),) if text else ()
    pieces: list[tuple[int, str]] = []
    for found in _runs().finditer(text):
        script = found.lastgroup or LATIN
        if not pieces or pieces[-1][1] != script:
            pieces.append((found.start() if pieces else 0, script))
    pieces = pieces or [(0, LATIN)]
    ends = [start for start, _ in pieces[1:]] + [len(text)]
    return tuple((text[start:end], script) for (start, script), end in zip(pieces, ends, strict=True))


def language(script: str, text: str, hints: Sequence[str]) -> str:
    """The language of words in a script: the first of `hints` that is written in it, else the script's own.

    Chinese characters in a text with Japanese or Korean letters are of that language.
    """
    if script == LATIN:
        return next((hint for hint in hints if hint and not script_of(hint)), ENGLISH)
    known = scripts()[script].languages
    own = {name for _, name in segments(text)}
    beside = [tag for name, tag in (("Kana", "ja-JP"), ("Hangul", "ko-KR")) if script == "Han" and name in own]
    for hint in (*beside, *hints):
        if any(_same(hint, tag) for tag in known):
            return hint if "-" in hint else next(tag for tag in known if _same(hint, tag))
    return known[0]


def _same(one: str, other: str) -> bool:
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()


@cache
def script_of(tag: str) -> str:
    """The script other than Latin that a language is written in, or none."""
    return next((s.name for s in scripts().values() if any(_same(tag, known) for known in s.languages)), LATIN)


@lru_cache(4096)
def main_script(text: str, tag: str) -> str:
    """The script that most of the letters of a text are in; of a text without any, that of the language `tag`."""
    sizes: dict[str, int] = {}
    for piece, script in segments(text):
        sizes[script] = sizes.get(script, 0) + sum(map(str.isalpha, piece))
    return max(sizes, key=lambda script: sizes[script]) if any(sizes.values()) else script_of(tag)


def runs_right_to_left(tag: str) -> bool:
    """Whether a language is written from right to left."""
    script = script_of(tag)
    return bool(script) and scripts()[script].right


@lru_cache(maxsize=8192)
def direction(text: str, otherwise: bool) -> bool:
    """Whether a paragraph runs from right to left: as its first letter does (UAX #9, P2 and P3), else `otherwise`."""
    for script in _letters(text):
        return bool(script) and scripts()[script].right
    return otherwise


def _letters(text: str) -> Iterator[str]:
    """The scripts of the stretches of letters in a text."""
    return (found.lastgroup or LATIN for found in _runs().finditer(text))


@lru_cache(maxsize=8192)
def line_of(text: str) -> float:
    """The height of a line, in em, that the scripts of a text need beside Latin; 0 where there are none."""
    if max(text, default="") < FROM:
        return 0.0
    return max((scripts()[name].line for name in _letters(text) if name), default=0.0)
