"""An order that shows nothing, the same on every machine."""

from collections.abc import Sequence
from hashlib import sha256


def weight(text: str) -> int:
    """A number that follows from `text` and has nothing to do with what it says."""
    return int.from_bytes(sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])


def shuffled(texts: Sequence[str]) -> list[int]:
    """The places of `texts`, mixed; two or more never stand as they were."""
    order = sorted(range(len(texts)), key=lambda place: (weight(texts[place]), place))
    return order if order != sorted(order) or len(order) < 2 else order[1:] + order[:1]
