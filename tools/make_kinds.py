"""Make a picture of every kind of slide in each built-in template, from the sample corpus and the tests' samples.

Usage: python tools/make_kinds.py

LibreOffice (soffice) draws the slides and pdftoppm turns them into pixels; Carlito or Calibri must be installed.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

from briefgen.composing import prepare
from briefgen.model import Brief
from briefgen.pictures import album
from briefgen.renderers import TEMPLATES
from briefgen.renderers.deck import render, words
from briefgen.renderers.deck.plan import plan
from briefgen.renderers.deck.shapes import Group, PictureBox, Slide, TableBox
from briefgen.renderers.deck.template import template
from briefgen.results import BuildOptions

ROOT = Path(__file__).parents[1]
OUTLINES = (
    ROOT / "outlines" / "survey-lecture.yaml",
    *(
        ROOT / "tests" / "samples" / name / "outline.yaml"
        for name in ("harald", "lighthouse", "canal", "chess", "reef")
    ),
)
PICTURES = ROOT / "docs" / "pictures"
COLUMNS, WIDE, HIGH, GAP = 3, 640, 360, 8
GROUND = "#c9ced6"
COLOURS = 220
SECONDS_AT_MOST = 300


class Kind(Struct, frozen=True):
    """A kind of slide, and what tells it."""

    name: str
    is_one: Callable[[Slide], bool]


def _grouped(name: str) -> Callable[[Slide], bool]:
    return lambda slide: any(isinstance(shape, Group) and shape.name == name for shape in slide.shapes)


def _named(start: str) -> Callable[[Slide], bool]:
    return lambda slide: any(shape.name.startswith(start) for shape in slide.shapes)


def _table_with(column: str) -> Callable[[Slide], bool]:
    def is_one(slide: Slide) -> bool:
        tables = (shape for shape in slide.shapes if isinstance(shape, TableBox))
        return any(cell.paragraphs[0].runs[0].text == column for table in tables for cell in table.rows[0])

    return is_one


_dated = _named("Date")
KINDS = (
    Kind("title", lambda slide: slide.role == "title"),
    Kind("agenda", lambda slide: slide.title == words.AGENDA),
    Kind("section", lambda slide: slide.role == "opener"),
    Kind("bullets", lambda slide: len(slide.statements) > 3 and slide.role == "content" and not _dated(slide)),
    Kind("dated bullets", lambda slide: slide.role == "content" and _dated(slide)),
    Kind("timeline", _grouped("Timeline")),
    Kind("people", _named("Card: ")),
    Kind("chart", _grouped("Chart")),
    Kind("table", _table_with("Who acted")),
    Kind("quotation", lambda slide: slide.role == "quotation"),
    Kind("comparison", lambda slide: slide.role == "two-columns"),
    Kind("image", lambda slide: any(isinstance(shape, PictureBox) for shape in slide.shapes)),
    Kind("the instructor's words", _named("Whose words")),
    Kind("questions", lambda slide: slide.title.startswith("Questions")),
    Kind("glossary", _table_with(words.GLOSSARY_COLUMNS[0])),
    Kind("sources", lambda slide: slide.title == words.SOURCES),
)


def main() -> int:
    """0 where all pictures were made, 1 where a program is missing."""
    if not all(map(shutil.which, ("soffice", "pdftoppm"))):
        print("soffice and pdftoppm are needed", file=sys.stderr)
        return 1
    briefs = [brief for path in OUTLINES if (brief := prepare(path, BuildOptions())[0])]
    for name in TEMPLATES:
        with TemporaryDirectory() as folder:
            _sheet(name, [replace(brief, template=name) for brief in briefs], Path(folder))
    return 0


def _sheet(name: str, briefs: list[Brief], folder: Path) -> None:
    """One picture: a slide of each kind, from the first deck that has it."""
    look = template(name)[0].look
    planned = [plan(brief, look).slides for brief in briefs]
    chosen = [place for kind in KINDS if (place := _first(kind, planned))]
    pages = {deck: _pages(briefs[deck], folder / str(deck)) for deck in sorted({deck for deck, _ in chosen})}
    rows = -(-len(chosen) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (WIDE + GAP) + GAP, rows * (HIGH + GAP) + GAP), GROUND)
    for index, (deck, number) in enumerate(chosen):
        picture = Image.open(pages[deck][number]).convert("RGB").resize((WIDE, HIGH), Image.Resampling.LANCZOS)
        sheet.paste(picture, (GAP + index % COLUMNS * (WIDE + GAP), GAP + index // COLUMNS * (HIGH + GAP)))
    path = PICTURES / f"kinds-{name}.png"
    sheet.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {len(chosen)} kinds of {len(KINDS)}, {path.stat().st_size // 1000} kB")


def _first(kind: Kind, decks: list[tuple[Slide, ...]]) -> tuple[int, int] | None:
    """The deck and the slide, both from 0, that show a kind first."""
    found = ((deck, number) for deck, slides in enumerate(decks) for number, slide in enumerate(slides))
    return next((place for place in found if kind.is_one(decks[place[0]][place[1]])), None)


def _pages(brief: Brief, folder: Path) -> list[Path]:
    """The slides of a deck as pictures, twice as large as they are shown."""
    folder.mkdir()
    whole, pictures, _ = album(brief)
    (folder / "deck.pptx").write_bytes(render(whole, pictures).data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "deck.pptx"))
    _run(
        "pdftoppm",
        "-scale-to-x",
        str(2 * WIDE),
        "-scale-to-y",
        "-1",
        "-png",
        str(folder / "deck.pdf"),
        str(folder / "page"),
    )
    return sorted(folder.glob("page-*.png"))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_AT_MOST)


if __name__ == "__main__":
    sys.exit(main())
