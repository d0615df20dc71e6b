"""Links as any format of a handout may have them."""

from urllib.parse import urlsplit

from briefgen.renderers.characters import printable

LINK_SCHEMES = frozenset({"http", "https", "mailto"})


def safe_link(url: str | None) -> str | None:
    """`url` where a reader may follow it: an http, https or mailto address, else none."""
    if not url:
        return None
    try:
        scheme = urlsplit(url).scheme.lower()
    except ValueError:
        return None
    return url if scheme in LINK_SCHEMES and printable(url) == url else None
