"""How long handouts take to write, from an outline's Brief, in one process that has written one before.

    python benchmarks/handout.py OUTLINE [--sources PATH] [--rounds N]

The best of the rounds counts. An HTML handout without an edition is held to 15 ms.
"""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter

from briefgen.build import BuildOptions, prepare
from briefgen.model import Brief, Edition
from briefgen.pictures import album
from briefgen.renderers.handout import render_html

HTML = 15.0
"""Milliseconds."""


def best(work: Callable[[], object], rounds: int) -> float:
    """Milliseconds that the quickest of the rounds took, after one that does not count."""
    work()
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times) * 1000


def html(brief: Brief, rounds: int) -> None:
    """Prints how long the HTML takes, in each edition."""
    brief, pictures, _ = album(brief)
    editions: tuple[Edition | None, ...] = (None, "student", "instructor")
    for edition in editions:
        took = best(partial(render_html, brief, pictures, edition), rounds)
        held = f" ({HTML:.0f} ms held)" if edition is None else ""
        print(f"html, {edition or 'no'} edition: {took:.1f} ms{held}")


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outline", type=Path)
    parser.add_argument("--sources", help="a folder of sources, if not those that the outline names")
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    brief, _ = prepare(options.outline, BuildOptions(sources=(options.sources,) if options.sources else ()))
    if brief is None:
        sys.exit("the outline cannot be built")
    html(brief, options.rounds)


if __name__ == "__main__":
    main()
