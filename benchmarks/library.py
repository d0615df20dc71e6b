"""How long it takes to read a folder of sources: at first, from the library, and after being killed.

    python benchmarks/library.py [FOLDER] [--documents N] [--size BYTES]

FOLDER is read as it is, in new processes: without a cache, with a new one, and from the library; and from the library
within one process. Then so many documents of that size are made in a folder of their own and read by `briefgen
sources`, which is killed half-way and started again. Time is that of the whole process, memory its greatest resident
size.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, sleep

from msgspec import Struct

READ = "import sys; from briefgen.library import open_library; open_library(sys.argv[1:])"
SOURCES = "import sys; from briefgen.cli import main; sys.exit(main())"


class Run(Struct, frozen=True):
    """What a process took: seconds, and MiB of memory."""

    seconds: float
    memory: float


def run(program: str, *arguments: str, cache: str, killed_after: float = 0.0) -> Run:
    """The program in a process of its own, killed after so many seconds if they are given."""
    start = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"BRIEFGEN_CACHE": cache},
    )
    if killed_after:
        sleep(killed_after)
        process.kill()
    _, _, used = os.wait4(process.pid, 0)
    return Run(perf_counter() - start, used.ru_maxrss / 1024)


def show(what: str, result: Run) -> None:
    """Prints one line."""
    print(f"{what:44}{result.seconds:9.3f} s{result.memory:9.0f} MiB")


def folder_as_it_is(folder: str, rounds: int) -> None:
    """Prints the times for a folder that is there."""
    with tempfile.TemporaryDirectory() as cache:
        show("no cache", min((run(READ, folder, cache="") for _ in range(rounds)), key=lambda one: one.seconds))
        show("a new cache", run(READ, folder, cache=cache))
        show(
            "from the library",
            min((run(READ, folder, cache=cache) for _ in range(rounds)), key=lambda one: one.seconds),
        )
        os.environ["BRIEFGEN_CACHE"] = cache
        from briefgen.library import open_library

        open_library([folder])
        start = perf_counter()
        open_library([folder])
        print(f"{'from the library, in a process that runs':44}{perf_counter() - start:9.3f} s")


def many(count: int, size: int) -> None:
    """Prints the times for so many documents, at first, again, and after being killed half-way."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made, "sources")
        folder.mkdir()
        write(folder, count, size)
        whole = run(SOURCES, "sources", str(folder), "--quiet", cache=f"{made}/one")
        show(f"{count:,} documents of {size:,} bytes", whole)
        show("the same from the library", run(SOURCES, "sources", str(folder), "--quiet", cache=f"{made}/one"))
        half = run(
            SOURCES, "sources", str(folder), "--quiet", cache=f"{made}/two", killed_after=max(whole.seconds / 2, 0.1)
        )
        show("killed half-way", half)
        show("started again", run(SOURCES, "sources", str(folder), "--quiet", cache=f"{made}/two"))


def write(folder: Path, count: int, size: int) -> None:
    """Pages of made-up words, no two alike."""
    chance = random.Random(0)
    words = ["".join(chance.choices("aeioulnrstdmkp", k=chance.randint(2, 10))) for _ in range(20_000)]
    for number in range(count):
        lines, length = [f"Report {number}", ""], 0
        while length < size:
            sentences = [" ".join(chance.choices(words, k=18)).capitalize() + "." for _ in range(4)]
            lines += [" ".join(sentences), ""]
            length += len(lines[-2]) + 2
        Path(folder, f"report-{number:06}.txt").write_text("\n".join(lines), "utf-8")


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.folder:
        folder_as_it_is(options.folder, options.rounds)
    if options.documents:
        many(options.documents, options.size)


if __name__ == "__main__":
    main()
