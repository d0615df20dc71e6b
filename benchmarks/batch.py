"""How long many outlines take: in one process and in two, and again when nothing has changed; and their memory.

    python benchmarks/batch.py OUTLINE [--sources PATH] [--outlines N] [--growth N]

The outline is copied under other titles. Each build is a process of its own, as a user starts it; the sources were read
before. With --growth, so many outlines are built in one process, and the memory that it holds is printed on the way.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from briefgen.jobs import attempt
from briefgen.results import BuildOptions

FASTER, REBUILD, GROWN = 1.7, 0.5, 1.05
"""Times one job's speed that two jobs have at least; seconds for nothing to do; and the memory at the end of many
outlines, in times that after the first hundred."""
FORMATS = "pptx,html,pdf,docx"


def copies(outline: Path, number: int, folder: Path) -> None:
    """Writes the outline so many times, each under a title of its own."""
    text = outline.read_text("utf-8")
    folder.mkdir(exist_ok=True)
    for one in range(number):
        copy = "\n".join(f"{line} {one}" if line.startswith("title:") else line for line in text.splitlines())
        (folder / f"{outline.stem}-{one:04}.yaml").write_text(f"{copy}\n", "utf-8")


def took(folder: Path, out: Path, sources: Path, jobs: int) -> float:
    """Seconds that a build of all outlines in a folder takes."""
    command = [sys.executable, "-m", "briefgen", "build", str(folder), "--to", FORMATS, "--out", str(out), "--quiet"]
    start = perf_counter()
    subprocess.run([*command, "--sources", str(sources), "--jobs", str(jobs)], check=False, stderr=subprocess.DEVNULL)
    return perf_counter() - start


def growth(folder: Path, out: Path, sources: Path) -> None:
    """Builds all outlines in this process and prints the memory that it holds after each hundred."""
    first = held = 0.0
    for number, path in enumerate(sorted(folder.iterdir()), 1):
        attempt(path, BuildOptions(tuple(FORMATS.split(",")), out, (str(sources),)))
        if number % 100 == 0:
            held = _resident()
            first = first or held
            print(f"{number} outlines: {held:.0f} MiB")
    print(f"memory: {held / first:.2f} times that after the first hundred ({GROWN} held)")


def _resident() -> float:
    """MiB that this process holds now, as Linux tells it."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outline", type=Path)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--outlines", type=int, default=100)
    parser.add_argument("--growth", type=int, default=0)
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        if options.growth:
            copies(options.outline, options.growth, folder / "many")
            growth(folder / "many", folder / "out", options.sources)
            return
        copies(options.outline, 2, folder / "few")
        took(folder / "few", folder / "out-few", options.sources, 1)
        copies(options.outline, options.outlines, folder / "many")
        one = took(folder / "many", folder / "out-1", options.sources, 1)
        two = took(folder / "many", folder / "out-2", options.sources, 2)
        again = min(took(folder / "many", folder / "out-2", options.sources, 2) for _ in range(3))
    print(f"{options.outlines} outlines, {FORMATS}: one job {one:.1f} s, two {two:.1f} s: ", end="")
    print(f"{one / two:.2f} times ({FASTER} held)")
    print(f"again, unchanged: {again:.2f} s ({REBUILD} held)")


if __name__ == "__main__":
    main()
