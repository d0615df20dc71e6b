"""Which encoding a file's bytes are in, where nothing says it."""

import codecs
import re
from unicodedata import category

_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_WIDE_HEAD, _WIDE_LEAST = 16_384, 8
"""Bytes at the start of a file that tell whether it is UTF-16 or UTF-32, and the fewest that can."""
_ODD_LETTERS = 0.01
"""The share of characters of no script above which bytes are not UTF-16 or UTF-32, but no text."""
_ORDINARY = re.compile(r"[0-9A-Za-z \n\u3001\u3002\uff0c]")


def wide(body: bytes) -> str | None:
    """The encoding of UTF-16 or UTF-32 without a mark; none where the bytes are neither."""
    head = body[:_WIDE_HEAD]
    if len(head) < _WIDE_LEAST:
        return None
    fits: dict[str, int] = {}
    for name in _WIDE:
        text = _begun(head, name)
        if text and sum(map(_is_odd, text)) <= _ODD_LETTERS * len(text):
            if name.startswith("utf-32"):
                return name
            fits[name] = len(_ORDINARY.findall(text))
    best = max(fits, key=lambda name: fits[name], default=None)
    return best if best and fits[best] else None


def _begun(head: bytes, encoding: str) -> str | None:
    """The text that begins with `head`, whose last character may be cut."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeError:
        return None


def _is_odd(letter: str) -> bool:
    """Whether no text has this character: it is not assigned, for private use, or a control character."""
    kind = category(letter)
    return kind in ("Cn", "Co", "Cs") or (kind == "Cc" and letter not in "\t\n\r\x0c\x1b")
