"""How long it takes to choose from a large library: to compose a section, and to search.

    python benchmarks/choosing_speed.py [--documents N] [--passages N] [--queries N]

So many documents of so many passages each, always the same, are made in a folder of their own and read once. Then a
section is composed for the first time, in a new process and again within it, and queries of one to three words are
asked. The first time includes what is then kept: who the persons of a source are, and the citations. Memory is the
process's greatest resident size. The limits are held for 100,000 passages on two cores.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from time import perf_counter

SECTION, MEMORY, SEARCH = 0.5, 300, 20
"""Seconds for a section, MiB, and milliseconds for a query at the 95th percentile."""

_TOPICAL = """
    founded established war invasion resistance attack captured joined minister sanctions designated embargo assets
    frozen leader commander killed appointed support denied alliance treaty training funding accused council president
    army border regime revolution fought
"""
_SMALL = "the of and to in a was for on that with by from at his as had were their which"
_MONTHS = "January February March April May June July August September October November December"

_COMPOSE = """
import resource, sys
from pathlib import Path
from time import perf_counter
from briefgen.compose import compose
from briefgen.library import open_library
from briefgen.outline import load_outline
from briefgen.topics import load_topics
outline, _ = load_outline(Path(sys.argv[1]))
topics, _ = load_topics(None)
for what in sys.argv[2:]:
    start = perf_counter()
    library = open_library(outline.sources)
    opened = perf_counter()
    brief, _ = compose(outline, library, topics)
    done = perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{what};{opened - start};{done - opened};{memory};{len(brief.notes)}")
"""


def write(folder: Path, documents: int, passages: int) -> list[str]:
    """Documents of made-up sentences with dates, names and words of the topics in them; gives the words."""
    chance = random.Random(0)
    words = ["".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)) for _ in range(20_000)]
    names = ["".join(chance.choice("BDFGKLMN") + chance.choice("aeiou") + "ner") for _ in range(2_000)]
    # Words are as frequent as in prose: the second half as often as the first, and so on (Zipf's law).
    often = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    for number in range(documents):
        lines = [f"Report {number} on {chance.choice(names)}", ""]
        for _ in range(passages):
            lines += [" ".join(_sentence(chance, words, often, names) for _ in range(4)), ""]
        Path(folder, f"report-{number:05}.txt").write_text("\n".join(lines), "utf-8")
    return [*chance.choices(words, cum_weights=often, k=2_000), *_TOPICAL.split() * 4]


def _sentence(chance: random.Random, words: Sequence[str], often: Sequence[float], names: Sequence[str]) -> str:
    length = chance.randint(8, 26)
    said = chance.choices(words, cum_weights=often, k=length // 2) + chance.choices(
        _SMALL.split(), k=length - length // 2
    )
    chance.shuffle(said)
    for _ in range(2):
        if chance.random() < 0.35:
            said[chance.randrange(length)] = chance.choice(_TOPICAL.split())
    if chance.random() < 0.5:
        said[0] = f"{chance.choice(names)} {chance.choice(names)}"
    if chance.random() < 0.2:
        said.append(f"in {chance.choice(_MONTHS.split())} {chance.randint(1900, 2020)}")
    text = " ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def compose_a_section(made: Path) -> None:
    """Prints what composing a section takes."""
    outline = made / "outline.yaml"
    outline.write_text(f"title: The Report\nsources: {made / 'sources'}\nsections:\n  - topic: sanctions\n", "utf-8")
    lines: list[str] = []
    for rounds in (["for the first time"], ["in a new process", "again"]):
        command = [sys.executable, "-c", _COMPOSE, str(outline), *rounds]
        lines += subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    for line in lines:
        what, opened, composed, memory, notes = line.split(";")
        told = f"opened in {float(opened):.2f} s, composed in {float(composed):.2f} s ({SECTION} s held), "
        print(f"{what:18} {told}{float(memory):.0f} MiB ({MEMORY} held), {notes} notes")


def search(folder: Path, words: Sequence[str], count: int) -> None:
    """Prints how long queries take, in a process that has the library open, and the command once."""
    from briefgen.compose.search import search
    from briefgen.library import open_library

    chance = random.Random(1)
    queries = [" ".join(chance.choices(words, k=chance.choice((1, 2, 2, 3)))) for _ in range(count)]
    library = open_library([folder])
    search(library, queries[0], None, None, None, 10)
    times = []
    for query in queries:
        start = perf_counter()
        search(library, query, None, None, None, 10)
        times.append(1000 * (perf_counter() - start))
    times.sort()
    middle, high = times[len(times) // 2], times[int(0.95 * len(times))]
    print(f"{'search':18} {middle:.0f} ms in the middle, {high:.0f} ms at the 95th percentile ({SEARCH} ms held)")
    start = perf_counter()
    command = [sys.executable, "-m", "briefgen", "search", queries[0], "--sources", str(folder)]
    subprocess.run(command, capture_output=True, check=False)
    print(f"{'briefgen search':18} {perf_counter() - start:.2f} s")


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2_500)
    parser.add_argument("--passages", type=int, default=40)
    parser.add_argument("--queries", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        os.environ["BRIEFGEN_CACHE"] = f"{made}/cache"
        folder = Path(made, "sources")
        folder.mkdir()
        words = write(folder, options.documents, options.passages)
        start = perf_counter()
        read = "import sys; from briefgen.library import open_library; print(open_library(sys.argv[1:]).count)"
        count = subprocess.run([sys.executable, "-c", read, folder], capture_output=True, text=True, check=True).stdout
        print(f"{int(count):,} passages read in {perf_counter() - start:.1f} s")
        compose_a_section(Path(made))
        search(folder, words, options.queries)


if __name__ == "__main__":
    main()
