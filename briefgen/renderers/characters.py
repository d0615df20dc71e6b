"""The characters that HTML and XML can hold."""

import re

_ENDS_OF_PLANES = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_ENDS_OF_PLANES}]")


def printable(text: str) -> str:
    """`text` without what neither HTML nor XML 1.0 allows: controls but for blanks, surrogates, and non-characters."""
    return text if text.isascii() and text.isprintable() else _UNPRINTABLE.sub("", text)
