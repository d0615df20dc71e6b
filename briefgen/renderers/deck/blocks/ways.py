"""The ways that lines of a chart take, and whether they can be told apart: from each other, from boxes and words."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot

from briefgen.renderers.deck.shapes import Rect

Point = tuple[float, float]
Way = tuple[Point, ...]
"""The ends of a line with its corners between them."""
_BESIDE, _STRETCH = 0.05, 0.15
"""Lines so near each other, for so many inches, look like one. Lines that cross at 45° are for 0.14."""


def is_shared(one: Way, other: Way) -> bool:
    """Whether two lines run on or beside each other for a stretch, so that one hides the other."""
    return any(_stretch(first, last, *leg) > _STRETCH for first, last in pairwise(one) for leg in pairwise(other))


def is_crossed(way: Way, at: Rect) -> bool:
    """Whether a line passes through a box; one that ends at its edge does not."""
    return any(_inside(first, last, at) for first, last in pairwise(way))


def is_met(one: Way, other: Way) -> bool:
    """Whether two lines cross or touch."""
    return any(_meet(*leg, *against) for leg in pairwise(one) for against in pairwise(other))


def _meet(first: Point, last: Point, begin: Point, end: Point) -> bool:
    return (
        _side(first, last, begin) * _side(first, last, end) <= 0 >= _side(begin, end, first) * _side(begin, end, last)
    )


def _side(first: Point, last: Point, point: Point) -> float:
    """On which side of a leg a point lies: below nought, above it, or nought where it lies on it."""
    return (last[0] - first[0]) * (point[1] - first[1]) - (last[1] - first[1]) * (point[0] - first[0])


def _stretch(first: Point, last: Point, begin: Point, end: Point) -> float:
    """How much of the leg from `first` to `last` lies beside the leg from `begin` to `end`."""
    long = hypot(end[0] - begin[0], end[1] - begin[1])
    if not long:
        return 0.0
    x, y = (end[0] - begin[0]) / long, (end[1] - begin[1]) / long
    along = [(point[0] - begin[0]) * x + (point[1] - begin[1]) * y for point in (first, last)]
    away = [(point[1] - begin[1]) * x - (point[0] - begin[0]) * y for point in (first, last)]
    share = _share([(along, 0.0, long), (away, -_BESIDE, _BESIDE)])
    return share * hypot(last[0] - first[0], last[1] - first[1])


def _inside(first: Point, last: Point, at: Rect) -> bool:
    edge = 0.01
    across, down = (first[0], last[0]), (first[1], last[1])
    return _share([(across, at.x + edge, at.right - edge), (down, at.y + edge, at.bottom - edge)]) > 0


def _share(measures: Sequence[tuple[Sequence[float], float, float]]) -> float:
    """The share of a leg on which each measure, told at its two ends, stays between its bounds."""
    spans = list(_spans(measures))
    return max(0.0, min(end for _, end in spans) - max(start for start, _ in spans))


def _spans(measures: Sequence[tuple[Sequence[float], float, float]]) -> Iterator[tuple[float, float]]:
    for (first, last), low, high in measures:
        if first == last:
            yield (0.0, 1.0) if low <= first <= high else (1.0, 0.0)
        else:
            ends = sorted(((low - first) / (last - first), (high - first) / (last - first)))
            yield max(0.0, ends[0]), min(1.0, ends[1])
