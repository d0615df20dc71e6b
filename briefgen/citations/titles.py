"""Titles as citation processors need them: words that keep their case marked, long ones cut, short ones found."""

import re
from typing import Any

from briefgen.tables import table

LONGEST = 400
"""Characters of a title; what is longer is no title but a text."""
_LEAST_SHORT, _MOST_WORDS = 1, 6
"""Words of a short title; a title of few words needs none."""

_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"(?:[^\W\d_]\.){2,}")
_ENDS = re.compile(r"[:?!–—]\s|\s[-–—]\s")
_MARKUP = re.compile(r"<[^<>]*>")

Item = dict[str, Any]


def with_kept_case(item: Item) -> Item:
    """The item with those words of its titles marked that have a case of their own: "al-Qaeda", "C.I.A. and"."""
    marked = {
        key: _marked(item[key]) for key in ("title", "container-title", "title-short") if _is_plain(item.get(key))
    }
    return {**item, **marked}


def with_short_title(item: Item) -> Item:
    """The item with a short title for later notes: what stands before a colon, a dash or a question mark."""
    title = str(item.get("title") or "")
    if "title-short" in item or len(title.split()) <= _MOST_WORDS or _MARKUP.search(title):
        return item
    end = _ENDS.search(title)
    if not end:
        return item
    short = title[: end.start() + (title[end.start()] in "?!")].strip()
    return {**item, "title-short": short} if len(short.split()) >= _LEAST_SHORT and len(short) > 3 else item


def titles_too_long(item: Item) -> Item:
    """Titles cut between words where they are longer than any."""
    cut = {key: _cut(item[key]) for key in ("title", "container-title") if len(str(item.get(key) or "")) > LONGEST}
    return {**item, **cut}


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and "<" not in value


def _cut(title: str) -> str:
    head = _MARKUP.sub("", title)[:LONGEST]
    return f"{head.rsplit(' ', 1)[0] if ' ' in head else head}…"


def _marked(title: str) -> str:
    words = table("citations/titles.yaml")
    keep = tuple(word for word in words["keep"] if word.endswith("-"))
    before = ""

    def mark(found: re.Match[str]) -> str:
        nonlocal before
        word, previous = found[0], before
        before = word.lower()
        bare = word.strip("“”\"'‘’(),;:")
        kept = bare in words["keep"] or bare.startswith(keep) or "://" in bare
        behind = bare in words["small"] and (previous in words["abbreviations"] or _LETTERS.fullmatch(previous))
        return word.replace(bare, f'<span class="nocase">{bare}</span>', 1) if bare and (kept or behind) else word

    return _WORD.sub(mark, title)
