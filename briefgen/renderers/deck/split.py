"""Sharing items out to slides."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Fits = Callable[[Sequence[Item]], bool]
ALONE = 1e6  # what an item alone on a slide costs, next to squared distances from an even share


def share_out(items: Sequence[Item], fits: Fits[Item]) -> tuple[tuple[tuple[Item, ...], ...], tuple[Item, ...]]:
    """`items` in order, in as few groups as fit and as even as can be, and the items that fit no group even alone.

    `fits` must hold for every run of items within one that it holds for. An item stands alone only where it must.
    """
    if items and fits(items):
        return (tuple(items),), ()
    alone = [fits((item,)) for item in items]
    fitting = [item for item, fitted in zip(items, alone, strict=True) if fitted]
    rest = tuple(item for item, fitted in zip(items, alone, strict=True) if not fitted)
    reach = _reach(fitting, fits)
    bounds = _even_bounds(reach, len(fitting))
    return tuple(tuple(fitting[start:end]) for start, end in bounds), rest


def _reach(items: Sequence[Item], fits: Fits[Item]) -> list[int]:
    """For each item the end of the longest group that starts with it."""
    reach: list[int] = []
    end = 0
    for start in range(len(items)):
        end = max(end, start + 1)
        while end < len(items) and fits(items[start : end + 1]):
            end += 1
        reach.append(end)
    return reach


def _even_bounds(reach: Sequence[int], count: int) -> list[tuple[int, int]]:
    """The groups, as (start, end): the fewest, then those whose sizes differ least."""
    fewest = 0
    start = 0
    while start < count:
        start, fewest = reach[start], fewest + 1
    ideal = count / max(fewest, 1)
    best: list[dict[int, tuple[float, int]]] = [{} for _ in range(fewest)] + [{count: (0.0, count)}]
    for groups in reversed(range(fewest)):
        for begin in range(count):
            options = [
                (_cost(end - begin, ideal, count) + best[groups + 1][end][0], end)
                for end in range(begin + 1, reach[begin] + 1)
                if end in best[groups + 1]
            ]
            if options:
                best[groups][begin] = min(options)
    bounds = []
    start = 0
    for groups in range(fewest):
        end = best[groups][start][1]
        bounds.append((start, end))
        start = end
    return bounds


def _cost(size: int, ideal: float, count: int) -> float:
    return (size - ideal) ** 2 + (ALONE if size == 1 and count > 1 else 0.0)
