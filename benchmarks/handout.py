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
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import msgspec
import typst
from msgspec.structs import replace

from briefgen.composing import prepare
from briefgen.model import Brief, Edition
from briefgen.pictures import album
from briefgen.quiz import quiz_of
from briefgen.renderers.handout import render, render_html, sheets
from briefgen.renderers.handout.pdf import render_pdf, templates, typeset
from briefgen.renderers.handout.sheet import sheet
from briefgen.renderers.handout.typeset import printed_data
from briefgen.renderers.pictures import Pictures
from briefgen.results import BuildOptions

ROOT = Path(__file__).parents[1]
EDITIONS: tuple[Edition, ...] = ("student", "instructor")
HTML = 15.0
"""Milliseconds that a page may take."""
PDF, MORE_MEMORY = 1.2, 1.1
"""Times the time of typst alone, and the memory after many documents of that after some."""
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
    """Prints how long the HTML takes, in each edition, and apart from it what is chosen once for all of them."""
    brief, pictures, _ = album(brief)
    print(f"html, no edition: {best(partial(render_html, brief, pictures), rounds):.1f} ms ({HTML:.0f} ms held)")
    questions = quiz_of(brief)
    print(f"questions, made once: {best(partial(quiz_of, brief), rounds):.1f} ms")
    printed = sheets(brief, EDITIONS, questions)
    print(f"what both editions print: {best(partial(sheets, brief, EDITIONS, questions), rounds):.1f} ms")
    for edition in EDITIONS:
        took = best(partial(render_html, brief, pictures, printed[edition]), rounds)
        print(f"html, {edition} edition: {took:.1f} ms ({HTML:.0f} ms held)")


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


def bare(brief: Brief, pictures: Pictures, fonts: typst.Fonts) -> float:
    """Seconds of processor time that typst takes for the same page, its data made before."""
    with TemporaryDirectory() as folder:
        names = {key: f"/{key}.{one.media_type.rpartition('/')[2]}" for key, one in pictures.items()}
        for key, name in names.items():
            Path(folder, name[1:]).write_bytes(pictures[key].data)
        data = msgspec.json.encode(printed_data(brief, sheet(brief), names, ()))
        start = process_time()
        typeset({**templates(), "sheet.json": data}, Path(folder), fonts)
        return process_time() - start


def own(brief: Brief, pictures: Pictures) -> float:
    start = process_time()
    render_pdf(brief, pictures)
    return process_time() - start


def held_memory() -> float:
    """MiB that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def pdf(brief: Brief, pictures: Pictures, rounds: int, documents: int) -> None:
    """Prints how long a PDF takes, against typst alone, and what many of them hold."""
    fonts = typst.Fonts(include_system_fonts=False)
    held = []
    for number in range(documents):
        render_pdf(replace(brief, title=f"{number}"), pictures)
        held.append(held_memory())
    early, late = held[len(held) // 10], held[-1]
    print(f"memory: {early:.0f} MiB after {len(held) // 10 + 1}, {late:.0f} MiB after {len(held)} documents", end="")
    print(f": {late / early:.2f} times ({MORE_MEMORY} held)")
    render_pdf(brief, pictures)
    named = [replace(brief, title=f"{brief.title} {number}") for number in range(2 * rounds)]
    ours = [own(one, pictures) for one in named[::2]]
    theirs = [bare(one, pictures, fonts) for one in named[1::2]]
    print(f"warm: {sum(ours) / len(ours) * 1000:.0f} ms, typst {sum(theirs) / len(theirs) * 1000:.0f} ms", end="")
    print(f": {sum(ours) / sum(theirs):.2f} times ({PDF} held)")


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
    pdf(brief, pictures, options.rounds, options.documents)
    word_processors(brief, pictures, options.rounds, options.documents)


if __name__ == "__main__":
    main()
