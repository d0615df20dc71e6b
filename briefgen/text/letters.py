"""Letters as every program writes them: composed, without invisible characters, with ordinary spaces."""

import re
from unicodedata import is_normalized, normalize

# Soft hyphens, zero-width spaces, marks of direction. Zero-width joiners stay, since Persian and others need them.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SPACES = re.compile("[ \t\r\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_ODD = re.compile(f"{_INVISIBLE.pattern}|[\t\r\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\ufffd]|  ")


def normal(text: str) -> str:
    """`text` in Unicode's composed form (NFC), each run of white space one space, without invisible characters."""
    if not is_odd(text):
        return text
    return normalize("NFC", _SPACES.sub(" ", _INVISIBLE.sub(_gone, text)))


def is_odd(text: str) -> bool:
    """Whether a text may not be normal, or has letters that could not be decoded."""
    return bool(_ODD.search(text)) or not (text.isascii() or is_normalized("NFC", text))


def _gone(found: re.Match[str]) -> str:
    return " " if found[0] in "\u2028\u2029\x0c\x0b\x85" else ""
