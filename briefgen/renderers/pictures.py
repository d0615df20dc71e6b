"""Pictures as renderers are given them beside a Brief, and as pages hold them."""

from base64 import b64encode
from collections.abc import Mapping
from types import MappingProxyType

from briefgen.model import Pixels

Pictures = Mapping[str, Pixels]
"""The pixels of every picture of a Brief, by the SHA-256 of its file."""
NO_PICTURES: Pictures = MappingProxyType({})


def data_uri(pixels: Pixels) -> str:
    """The picture as an address that holds all of it (RFC 2397), so that a page loads nothing."""
    return f"data:{pixels.media_type};base64,{b64encode(pixels.data).decode()}"
