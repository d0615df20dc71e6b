"""How long it takes to write a deck: against python-pptx's own API, and against pandoc from a cold start.

    python benchmarks/deck.py OUTLINE [--sources PATH] [--rounds N]

Warm: the slides that the outline's Brief is planned on are written as a package by briefgen, and shape by shape and run
by run through python-pptx, both with speaker notes, in one process, in turn; the best of the rounds counts. Cold:
`briefgen build --to pptx` of the outline, its sources read before, against pandoc making slides of the same bullets and
notes from Markdown; once with all composed anew (`--force`), once into an empty folder with the Brief that is kept of
the outline. At most 0.3 and 1.0 times the peer are held. The program's bytecode is compiled before, as it is where it
was installed: without, each run compiles it anew.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

import pypandoc
from pptx import Presentation
from pptx.util import Inches, Pt

from briefgen.composing import prepare
from briefgen.model import Brief, statements_of
from briefgen.renderers.deck.plan import Plan, plan
from briefgen.renderers.deck.pptx import Properties, write
from briefgen.renderers.deck.shapes import Connector, Group, Line, Shape, TableBox, TextBox
from briefgen.renderers.deck.template import builtin, template
from briefgen.results import BuildOptions

WARM, COLD = 0.3, 1.0


def by_api(made: Plan) -> bytes:
    """The planned slides through python-pptx's own API: boxes, lines and tables in their places, with the notes."""
    deck = Presentation(BytesIO(builtin()))
    for slide in made.slides:
        target = deck.slides.add_slide(deck.slide_layouts[-1])
        for shape in slide.shapes:
            _draw(target, shape)
        if slide.speaker:
            target.notes_slide.notes_text_frame.text = "\n".join(slide.speaker)
    data = BytesIO()
    deck.save(data)
    return data.getvalue()


def _ends(line: Line | Connector) -> tuple[float, ...]:
    if isinstance(line, Connector):
        return (*line.way[0], *line.way[-1])
    return line.x1, line.y1, line.x2, line.y2


def _draw(target: Any, shape: Shape | Connector) -> None:
    shapes = target.shapes
    if isinstance(shape, Group):
        for one in shape.shapes:
            _draw(target, one)
    elif isinstance(shape, Line | Connector):
        shapes.add_connector(1, *map(Inches, _ends(shape)))
    elif isinstance(shape, TableBox):
        at = shape.at
        rows, columns = len(shape.rows), len(shape.widths)
        table = shapes.add_table(rows, columns, Inches(at.x), Inches(at.y), Inches(at.w), Inches(at.h)).table
        for row, cells in enumerate(shape.rows):
            for column, cell in enumerate(cells):
                text = "\n".join("".join(run.text for run in one.runs) for one in cell.paragraphs)
                table.cell(row, column).text = text
    elif isinstance(shape, TextBox):
        at = shape.at
        frame = shapes.add_textbox(Inches(at.x), Inches(at.y), Inches(at.w), Inches(at.h)).text_frame
        for number, paragraph in enumerate(shape.paragraphs):
            line = frame.paragraphs[0] if not number else frame.add_paragraph()
            for run in paragraph.runs:
                added = line.add_run()
                added.text = run.text
                added.font.size, added.font.bold = Pt(run.size or paragraph.size), run.bold


def markdown(brief: Brief) -> str:
    """The Brief's statements as slides of bullets with notes, as pandoc reads them."""
    lines = [f"% {brief.title}", ""]
    for section in brief.sections:
        said = list(statements_of(section))
        for start in range(0, len(said), 6):
            group = said[start : start + 6]
            lines += [f"## {section.heading} {start // 6 + 1}", "", *(f"- {one.text}" for one in group), ""]
            lines += ["::: notes", "", *(f"{one.passage.text}\n" for one in group if one.passage), ":::", ""]
    return "\n".join(lines)


def best(work: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outline", type=Path)
    parser.add_argument("--sources", help="a folder of sources, if not those that the outline names")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    brief, _ = prepare(options.outline, BuildOptions(sources=(options.sources,) if options.sources else ()))
    if brief is None:
        sys.exit("the outline cannot be built")
    look = template(brief.template)[0].look
    made = plan(brief, look)
    properties = Properties(brief.title)
    own = best(lambda: write(made, template(brief.template)[0], properties), options.rounds)
    api = best(lambda: by_api(made), options.rounds)
    print(f"warm, {len(made.slides)} slides: {own * 1000:.0f} ms, python-pptx {api * 1000:.0f} ms", end="")
    print(f": {own / api:.2f} times ({WARM} held)")
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "slides.md")
        text.write_text(markdown(brief), "utf-8")
        build = [
            sys.executable,
            "-m",
            "briefgen",
            "build",
            str(options.outline),
            "--to",
            "pptx",
            "--out",
            folder,
            "--quiet",
            *(("--sources", options.sources) if options.sources else ()),
        ]
        kept = {**os.environ, "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        kept.pop("PYTHONDONTWRITEBYTECODE", None)
        subprocess.run(build, capture_output=True, check=False, env=kept)
        peer = [pypandoc.get_pandoc_path(), str(text), "-o", f"{folder}/peer.pptx"]

        def run(*more: str) -> None:
            Path(folder, f"{options.outline.stem}.pptx").unlink(missing_ok=True)
            subprocess.run([*build, *more], capture_output=True, check=False, env=kept)

        times = {"composed anew": best(lambda: run("--force"), options.rounds)}
        times["composed before"] = best(run, options.rounds)
        pandoc = best(lambda: subprocess.run(peer, capture_output=True, check=True), options.rounds)
    for how, cold in times.items():
        print(f"cold, {how}: {cold:.2f} s, pandoc {pandoc:.2f} s: {cold / pandoc:.2f} times ({COLD} held)")


if __name__ == "__main__":
    main()
