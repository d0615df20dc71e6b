"""How fast the wikitext reader is beside wikitextparser, and how its time grows with the length of a text.

    python benchmarks/wikitext.py ARTICLE_OR_FOLDER... [--rounds N] [--python PYTHON]

Both find the ref tags, the citations with their fields, the headings and the plain text of every article, in turn, and
the best round counts. Articles that are XML-escaped, as in a dump, are unescaped first, by both. wikitextparser is
licensed under the GPL, so it is no part of the project: it runs in a process of its own, under the interpreter PYTHON
that has it (`pip install wikitextparser`), and only its times come back.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import IO

from briefgen.readers.document import Document
from briefgen.readers.wikitext import read

OTHER = """
import html, json, sys, time
import wikitextparser

def work(text):
    if "&lt;ref" in text and "<ref" not in text:
        text = html.unescape(text)
    parsed = wikitextparser.parse(text)
    [tag.contents for tag in parsed.get_tags("ref")]
    for template in parsed.templates:
        name = template.normal_name().lower()
        if name.startswith(("cite ", "citation")):
            {argument.name.strip(): argument.value.strip() for argument in template.arguments}
    [(section.level, section.title) for section in parsed.sections]
    parsed.plain_text()

for line in sys.stdin:
    text = json.loads(line)
    start = time.perf_counter()
    work(text)
    print(time.perf_counter() - start, flush=True)
"""
HOSTILE = {
    "{{": "{{",
    "[[": "[[",
    "<ref>": "<ref>",
    "'''": "'''",
    "|": "|",
    "{|": "{|\n",
    "{{a|": "{{a|",
    "==a==": "==a==\n",
    "<ref name=a/>": "<ref name=a/>",
    "Smith 2001;": "Smith 2001; ",
}
"""Strings that, repeated, are hard for readers that look back or ahead."""

UNITS = 100_000
"""How often a hostile string is repeated; half as often first."""


def seconds(text: str) -> float:
    """How long our reader takes for `text`."""
    start = perf_counter()
    read(Document("a", "article.wikitext", "0" * 64, text))
    return perf_counter() - start


class Other:
    """wikitextparser in a process of its own; used as a context."""

    def __init__(self, python: str) -> None:
        self._process = subprocess.Popen(
            [python, "-c", OTHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def seconds(self, text: str) -> float:
        """How long wikitextparser takes for `text`."""
        asked, answer = self._pipes()
        asked.write(json.dumps(text) + "\n")
        asked.flush()
        line = answer.readline()
        if not line:
            raise SystemExit("wikitextparser stopped")
        return float(line)

    def close(self) -> None:
        """Ends the process."""
        for pipe in self._pipes():
            pipe.close()
        self._process.wait()

    def _pipes(self) -> tuple[IO[str], IO[str]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return self._process.stdin, self._process.stdout


def articles(paths: list[Path]) -> Iterator[Path]:
    """The files named, and those of the folders named that hold wikitext or text."""
    for path in paths:
        inside = (file for file in path.iterdir() if file.suffix in (".wikitext", ".wiki", ".mediawiki", ".txt"))
        yield from sorted(inside) if path.is_dir() else [path]


def compare(texts: dict[str, str], other: Other, rounds: int) -> None:
    """Prints both speeds and their ratio for each text and for all."""
    print(f"{'article':32}{'MB':>7}{'wikitextparser':>17}{'briefgen':>11}{'ratio':>7}")
    sums = [0.0, 0.0, 0.0]
    for name, text in texts.items():
        pairs = [(other.seconds(text), seconds(text)) for _ in range(rounds)]
        theirs, ours = (min(column) for column in zip(*pairs, strict=True))
        size = len(text.encode()) / 1e6
        sums = [total + part for total, part in zip(sums, (size, theirs, ours), strict=True)]
        print(f"{name[:31]:32}{size:7.2f}{size / theirs:12.2f} MB/s{size / ours:6.2f} MB/s{theirs / ours:7.1f}")
    size, theirs, ours = sums
    print(f"{'all':32}{size:7.2f}{size / theirs:12.2f} MB/s{size / ours:6.2f} MB/s{theirs / ours:7.1f}\n")


def growth(text: str, rounds: int) -> None:
    """Prints how long `text` takes once, twice, four and eight times over, and each hostile text and its half."""
    print(f"{'characters':>12}{'seconds':>9}{'microseconds a thousand':>26}")
    for times in (1, 2, 4, 8):
        best = min(seconds(text * times) for _ in range(rounds))
        print(f"{len(text) * times:12,}{best:9.3f}{best / (len(text) * times) * 1e9:26.0f}")
    print(f"\n{'repeated':16}{UNITS // 2:>10,}{UNITS:>10,}{'ratio':>7}")
    for name, unit in HOSTILE.items():
        half, whole = (seconds(unit * count) for count in (UNITS // 2, UNITS))
        print(f"{name:16}{half:9.3f}s{whole:9.3f}s{whole / half:7.1f}")


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has wikitextparser")
    options = parser.parse_args()
    texts = {path.name: path.read_text("utf-8") for path in articles(options.paths)}
    if not texts:
        parser.error("no articles there: name files, or folders of .wikitext, .wiki, .mediawiki or .txt files")
    if subprocess.run([options.python, "-c", "import wikitextparser"], capture_output=True, check=False).returncode:
        parser.error(f"{options.python} has no wikitextparser: pip install it, or name an interpreter with --python")
    other = Other(options.python)
    compare(texts, other, options.rounds)
    other.close()
    growth(max(texts.values(), key=len), options.rounds)


if __name__ == "__main__":
    main()
