"""Addresses that a deck may link to."""

from urllib.parse import quote, urlsplit

from briefgen.renderers.deck.xml import clean

ADDRESS_SIGNS = "%/:?#[]@!$&'()*+,;=~-._"  # RFC 3986
LINKS = ("http://", "https://", "mailto:")


def address(url: str) -> str:
    """`url` with what an address may not hold percent-encoded, or nothing where it is no web or mail address."""
    target = quote("".join(clean(url).split()), safe=ADDRESS_SIGNS)
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    return target if target.startswith(LINKS) and (parts.netloc or parts.scheme == "mailto") else ""
