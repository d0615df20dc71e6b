"""How long one outline takes in four formats from a cold start: against pandoc making the same four.

    python benchmarks/formats.py OUTLINE [--sources PATH] [--rounds N]

briefgen's sources are read before; it composes anew (`--force`), and then renders the Brief that is kept, into an empty
folder. pandoc makes slides of the same statements from Markdown, and a page, a Word document and a PDF of the same
statements with their notes as footnotes; typst sets its PDF, as ours. The best of the rounds counts.
"""

import argparse
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pypandoc
from deck import best, markdown

from briefgen.composing import prepare
from briefgen.model import Brief, plain, statements_of
from briefgen.results import BuildOptions

HELD = 1.0
FORMATS = "pptx,html,pdf,docx"
TYPESET = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


def handout(brief: Brief) -> str:
    """The Brief's passages under their headings, each with its notes as footnotes, and the bibliography."""
    notes = {note.number: plain(note.runs) for note in brief.notes}
    lines = [f"% {brief.title}", ""]
    for section in brief.sections:
        lines += [f"# {section.heading}", ""]
        for one in statements_of(section):
            text = one.passage.text if one.passage else one.text
            lines += [text + "".join(f"^[{notes[number]}]" for number in one.notes), ""]
    lines += ["# Sources", "", *(f"- {plain(entry.runs)}" for entry in brief.bibliography)]
    return "\n".join(lines)


def by_pandoc(folder: Path) -> None:
    """The four files, by pandoc."""
    pandoc = pypandoc.get_pandoc_path()
    for text, made in (("slides.md", "a.pptx"), ("page.md", "a.html"), ("page.md", "a.docx"), ("page.md", "a.typ")):
        command = [pandoc, "--standalone", str(folder / text), "--output", str(folder / made)]
        subprocess.run(command, check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", TYPESET, str(folder / "a.typ"), str(folder / "a.pdf")], check=True)


def by_briefgen(outline: Path, sources: str | None, folder: Path, *more: str) -> None:
    """The four files and their evidence, by briefgen."""
    command = [sys.executable, "-m", "briefgen", "build", str(outline), "--to", FORMATS, "--quiet", *more]
    given = ("--sources", sources) if sources else ()
    shutil.rmtree(folder / "out", ignore_errors=True)
    subprocess.run([*command, *given, "--out", str(folder / "out")], check=False, stderr=subprocess.DEVNULL)


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outline", type=Path)
    parser.add_argument("--sources")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    brief, _ = prepare(options.outline, BuildOptions(sources=(options.sources,) if options.sources else ()))
    if brief is None:
        sys.exit("the outline cannot be built")
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "slides.md").write_text(markdown(brief), "utf-8")
        (folder / "page.md").write_text(handout(brief), "utf-8")
        own = partial(by_briefgen, options.outline, options.sources, folder)
        own()
        times = {"composed anew": best(partial(own, "--force"), options.rounds)}
        times["composed before"] = best(own, options.rounds)
        peer = best(partial(by_pandoc, folder), options.rounds)
    for how, ours in times.items():
        print(f"{FORMATS}, {how}: {ours:.2f} s, pandoc {peer:.2f} s: {ours / peer:.2f} times ({HELD} held)")


if __name__ == "__main__":
    main()
