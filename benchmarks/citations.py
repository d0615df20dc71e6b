"""How long notes and a bibliography take: bare pandoc, at first, and from what is kept.

    python benchmarks/citations.py [--notes N] [--rounds N] [--style STYLE]

Works are made up, and cited in turn. "Cold" is a process of its own that imports, asks pandoc and prints; "bare
pandoc" is pandoc alone on the same works as Markdown; "kept" are processes and calls that find what was formatted.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import pypandoc

from briefgen.citations.csl_style import STYLE_FILES, STYLES
from briefgen.citations.format import format_citations
from briefgen.citations.request import Cite, FormatRequest
from briefgen.model import Locator

PROGRAM = """
import json, sys
from briefgen.citations.format import format_citations
from briefgen.citations.request import Cite, FormatRequest
works, notes, style = json.load(open(sys.argv[1])), int(sys.argv[2]), sys.argv[3]
cites = tuple((Cite(works[number % len(works)]["id"]),) for number in range(notes))
format_citations(FormatRequest(style, "en", tuple(works), cites))
"""
IMPORTS = "import briefgen.citations.formatting"


def works(count: int) -> list[dict[str, object]]:
    """So many works, in turn news, books and reports."""
    kinds = ("article-newspaper", "book", "report")
    return [
        {
            "id": f"w{number}",
            "type": kinds[number % 3],
            "title": f"The history of the harbour, part {number}",
            "author": [{"family": f"Okafor{number}", "given": "Ada"}],
            "container-title": "The Daily Post",
            "publisher": "Delta Press",
            "issued": {"date-parts": [[1950 + number % 70, 1 + number % 12, 1 + number % 28]]},
            "URL": f"https://example.org/{number}",
        }
        for number in range(count)
    ]


def seconds(command: list[str], rounds: int, **env: str) -> float:
    """How long the best of so many runs of a process takes."""
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | env)
        best = min(best, perf_counter() - start)
    return best


def processes(folder: Path, count: int, rounds: int, style: str) -> None:
    """Prints the times of processes: pandoc, cold, and with what is kept."""
    listed = folder / "works.json"
    made = works(count)
    listed.write_text(json.dumps(made), "utf-8")
    text = folder / "notes.md"
    text.write_text("\n\n".join(f"Words.[@{work['id']}]" for work in made), "utf-8")
    csl = STYLES / STYLE_FILES[style]
    pandoc = [pypandoc.get_pandoc_path(), str(text), "--citeproc", f"--csl={csl}", f"--bibliography={listed}", "-tjson"]
    ours = [sys.executable, "-c", PROGRAM, str(listed), str(count), style]
    bare = seconds(pandoc, rounds)
    imports = seconds([sys.executable, "-c", IMPORTS], rounds)
    cold = seconds(ours, rounds, BRIEFGEN_CACHE="")
    seconds(ours, 1, BRIEFGEN_CACHE=str(folder / "cache"))
    again = seconds(ours, rounds, BRIEFGEN_CACHE=str(folder / "cache"))
    print(f"{count} notes, {style}")
    print(f"bare pandoc                        {bare:7.3f} s")
    print(f"cold, without imports              {cold - imports:7.3f} s   {(cold - imports) / bare:.2f} x bare pandoc")
    print(f"from what is kept, without imports {again - imports:7.3f} s")


def calls(count: int, rounds: int, style: str) -> None:
    """Prints how many notes a second come from what is kept, within a process."""
    made = works(count)
    notes = tuple((Cite(str(work["id"]), Locator("page", "12")),) for work in made)
    request = FormatRequest(style, "en", tuple(made), notes)
    format_citations(request)
    best = float("inf")
    for _ in range(rounds):
        start = perf_counter()
        format_citations(request)
        best = min(best, perf_counter() - start)
    print(f"from what is kept, in a process    {count / best:7,.0f} notes/s")


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--style", default="chicago-notes", choices=sorted(STYLE_FILES))
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        processes(Path(folder), options.notes, options.rounds, options.style)
        os.environ["BRIEFGEN_CACHE"] = str(Path(folder, "own"))
        calls(options.notes, options.rounds, options.style)


if __name__ == "__main__":
    main()
