"""Text and links as any format of a handout may have them."""

import re
from urllib.parse import urlsplit

LINK_SCHEMES = frozenset({"http", "https", "mailto"})
_ENDS_OF_PLANES = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_ENDS_OF_PLANES}]")


def printable(text: str) -> str:
    """`text` without what HTML and XML 1.0 do not allow: controls but for blanks, surrogates, and non-characters."""
    return _UNPRINTABLE.sub("", text)


def safe_link(url: str | None) -> str | None:
    """`url` where a reader may follow it: an http, https or mailto address, else none."""
    if not url:
        return None
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return None
    return url if scheme in LINK_SCHEMES and printable(url) == url else None
