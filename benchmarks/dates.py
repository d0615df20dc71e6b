"""How fast time expressions are found and resolved, beside dateparser, and how that grows with the length of a text.

    python benchmarks/dates.py FILE_OR_FOLDER... [--rounds N] [--python PYTHON]

Texts are taken as plain narratives. dateparser's `search_dates` reads the first 20,000 characters of all texts together
in a process of its own, under an interpreter that has it (`pip install dateparser`); without one only our speed is
told. Then the texts are read over and over up to 10 MB in one, and 1 MB each of what is hard for patterns that look
back.
"""

import argparse
import subprocess
import sys
from pathlib import Path
from time import perf_counter

from briefgen.text.dates import time_expressions
from briefgen.text.dates.resolving import Walk

SHARE = 20_000
OTHER = """
import sys, time
from dateparser.search import search_dates
text = sys.stdin.read()
start = time.perf_counter()
search_dates(text, languages=["en"])
print(time.perf_counter() - start)
"""
HOSTILE = ("1 ", "May ", "(", "the ", "of the ", "second ", "two hundred ", "1980 to ", "1. ", "In 1980, May. ", "a")
"""Strings that, repeated, make much work for patterns that are not linear."""


def seconds(text: str) -> float:
    """How long we take for a text."""
    start = perf_counter()
    time_expressions([text], Walk())
    return perf_counter() - start


def other(python: str, text: str) -> float | None:
    """How long dateparser takes; none where the interpreter has none."""
    run = subprocess.run([python, "-c", OTHER], input=text, capture_output=True, text=True, check=False)
    return float(run.stdout) if run.returncode == 0 else None


def texts(paths: list[Path]) -> list[str]:
    """The files named, and the text files of the folders named."""
    files = [file for path in paths for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]
    return [file.read_text("utf-8") for file in files]


def speed(text: str, rounds: int, python: str) -> None:
    """Prints our speed and that of dateparser."""
    ours = min(seconds(text) for _ in range(rounds))
    print(f"{len(text) / 1000:,.0f} kB: {len(text) / 1000 / ours:,.0f} kB/s")
    part = text[:SHARE]
    theirs = other(python, part)
    if theirs is None:
        print(f"{python} has no dateparser: pip install it, or name an interpreter with --python")
        return
    ours = min(seconds(part) for _ in range(rounds))
    print(
        f"dateparser, {len(part) / 1000:.0f} kB: {len(part) / 1000 / theirs:.1f} kB/s; briefgen: {theirs / ours:.0f} x"
    )


def growth(text: str) -> None:
    """Prints the speed for longer and longer texts, and for hostile ones and their halves."""
    print(f"\n{'characters':>12}{'seconds':>9}{'kB/s':>8}")
    for length in (1_000_000, 2_000_000, 5_000_000, 10_000_000):
        whole = (text * (length // len(text) + 1))[:length]
        taken = seconds(whole)
        print(f"{length:12,}{taken:9.2f}{length / 1000 / taken:8.0f}")
    print(f"\n{'repeated':18}{'0.5 MB':>9}{'1 MB':>9}{'ratio':>7}")
    for unit in HOSTILE:
        half, whole_ = (seconds((unit * (length // len(unit) + 1))[:length]) for length in (500_000, 1_000_000))
        print(f"{unit!r:18}{half:8.2f}s{whole_:8.2f}s{whole_ / half:7.1f}")


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has dateparser")
    options = parser.parse_args()
    text = "\n\n".join(texts(options.paths))
    if not text:
        parser.error("no texts there: name files, or folders of .txt files")
    speed(text, options.rounds, options.python)
    growth(text)


if __name__ == "__main__":
    main()
