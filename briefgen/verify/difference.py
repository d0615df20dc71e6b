"""What was and what is, word by word."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from briefgen.outputs import typed

_PIECE = re.compile(r"\s+|[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]|\w+(?:['’]\w+)*|.", re.DOTALL)
"""A space, a word, a sign; scripts that have no spaces between words are compared sign by sign."""
ALIKE = 0.6
"""The likeness (0 to 1) from which other words count as the statement, changed."""


def difference(was: str, now: str) -> str:
    """Both texts in one: what is gone as [-was-], and what is new as {+is+}."""
    said = [_marked(*one) for one in _whole(list(_differing(was, now)))]
    return "".join(said)


def _marked(gone: str, new: str, both: str) -> str:
    taken = f"[-{gone}-]" if gone else ""
    return f"{taken}{{+{new}+}}{both}" if new else f"{taken}{both}"


def _differing(was: str, now: str) -> Iterator[tuple[str, str, str]]:
    """What is gone, what is new, and what both have after it, in order."""
    old, new = _PIECE.findall(was), _PIECE.findall(now)
    gone, come = "", ""
    matcher = SequenceMatcher(None, list(map(_key, old)), list(map(_key, new)), False)
    for how, a, b, c, d in matcher.get_opcodes():
        if how == "equal":
            yield gone, come, "".join(new[c:d])
            gone, come = "", ""
        else:
            gone, come = "".join(old[a:b]), "".join(new[c:d])
    yield gone, come, ""


def _whole(stretches: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """The same, changes that only a space stands between as one."""
    gone, new = "", ""
    for number, (taken, put, both) in enumerate(stretches):
        gone, new = gone + taken, new + put
        following = stretches[number + 1] if number + 1 < len(stretches) else ("", "", "")
        if (gone or new) and both and not both.strip() and (following[0] or following[1]):
            gone, new = gone + both, new + both
            continue
        yield gone, new, both
        gone, new = "", ""


def _key(piece: str) -> str:
    return typed(piece) or " "


def words_of(text: str) -> tuple[str, ...]:
    """The words and signs of a text as they are compared, without spaces."""
    return tuple(piece for piece in _PIECE.findall(typed(text)) if piece.strip())


def likeness(was: tuple[str, ...], now: tuple[str, ...], least: float = ALIKE) -> float:
    """How much of two texts, or of the first and the stretch of a longer second that is most like it, is the same.

    Below `least` it is 0.
    """
    if not was or not now or len(now) < least * len(was) / 2:
        return 0.0
    wanted = set(was)
    if len(wanted.intersection(now)) < least * len(wanted):
        return 0.0
    matcher = SequenceMatcher(None, now, was, False)
    found = matcher.ratio()
    if len(now) > len(was):
        held = matcher.find_longest_match()
        start = max(0, min(held.a - held.b, len(now) - len(was)))
        found = max(found, SequenceMatcher(None, now[start : start + len(was)], was, False).ratio())
    return found if found >= least else 0.0
