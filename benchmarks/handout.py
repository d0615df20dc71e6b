"""How long handouts take, format by format, and what memory many of them need.

    python benchmarks/handout.py [OUTLINE] [--sources FOLDER] [--rounds N] [--documents N]

The Brief is composed once, and is not counted.
"""

import argparse
import os
import resource
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from briefgen.build import BuildOptions, prepare
from briefgen.model import Brief, Edition
from briefgen.pictures import album
from briefgen.renderers.handout import render, render_html
from briefgen.renderers.pictures import Pictures

ROOT = Path(__file__).parents[1]
HTML = 15.0
"""Milliseconds that a page without an edition may take."""
HELD = 0.25
"""Seconds of processor time that a Word file may take; pandoc is most of it."""


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


def word_processors(brief: Brief, pictures: Pictures, rounds: int, documents: int) -> None:
    """Prints the processor time that formats of word processors take, pandoc's in it, and what many of them hold."""

    def spent() -> float:
        return sum(os.times()[:4])

    for kind in ("docx", "odt"):
        taken = []
        for _ in range(rounds):
            start = spent()
            render(kind, brief, pictures)
            taken.append(spent() - start)
        held = f" ({HELD} s held)" if kind == "docx" else ""
        print(f"{kind}: {median(taken):.3f} s{held}")
    early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for _ in range(documents // 2):
        for kind in ("docx", "odt"):
            render(kind, brief, pictures)
    late = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most: {early:.0f} MiB after {2 * rounds}, {late:.0f} MiB after {documents} more")


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outline", nargs="?", type=Path, default=ROOT / "outlines" / "survey-lecture.yaml")
    parser.add_argument("--sources", action="append", default=[])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--documents", type=int, default=100)
    options = parser.parse_args()
    brief, _ = prepare(options.outline, BuildOptions(sources=tuple(options.sources)))
    if brief is None:
        raise SystemExit("nothing can be made of this outline")
    brief, pictures, _ = album(brief)
    html(brief, options.rounds)
    word_processors(brief, pictures, options.rounds, options.documents)


if __name__ == "__main__":
    main()
