"""Make the README's pictures from the sample corpus: six slides of the survey lecture, the first page of its handout.

Usage: python tools/make_pictures.py

LibreOffice (soffice) draws the slides and headless Chromium prints the handout; pdftoppm turns both into pixels. A
picture whose program is missing is left as it is. Carlito or Calibri must be installed: the deck is measured for them.
"""

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace
from PIL import Image

from briefgen.composing import prepare
from briefgen.model import Brief, Statement, statements_of
from briefgen.renderers.deck import RenderedDeck
from briefgen.renderers.deck import render as render_deck
from briefgen.renderers.handout import render_html
from briefgen.results import BuildOptions

ROOT = Path(__file__).parents[1]
OUTLINE = ROOT / "outlines" / "survey-lecture.yaml"
PICTURES = ROOT / "docs" / "pictures"

TELLING = ("Timeline", "People", "Compare", "Table", "Bullets", "Quotation", "Questions")
"""Kinds of block, the most telling first; with an opener, as many as the sheet has room for are shown."""
COLUMNS, ROWS = 2, 3
SLIDE = (788, 443)
GAP = 8
GROUND = "#c9ced6"
COLOURS = 200
PAGE_WIDTH = 900
SECONDS_AT_MOST = 180


def main() -> int:
    """0 where both pictures were made, 1 where a program is missing."""
    brief, problems = prepare(OUTLINE, BuildOptions())
    if not brief:
        sys.exit("\n".join(map(str, problems)))
    PICTURES.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        made = [_slides(brief, Path(folder)), _handout(brief, Path(folder))]
    return 0 if all(made) else 1


def _slides(brief: Brief, folder: Path) -> bool:
    if not _is_there("soffice"):
        return False
    deck = render_deck(brief)
    (folder / "deck.pptx").write_bytes(deck.data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "deck.pptx"))
    wide, high = SLIDE[0] + GAP, SLIDE[1] + GAP
    sheet = Image.new("RGB", (COLUMNS * wide + GAP, ROWS * high + GAP), GROUND)
    for place, number in enumerate(telling_slides(brief, deck)):
        picture = _page(folder / "deck.pdf", number, SLIDE[0]).resize(SLIDE, Image.Resampling.LANCZOS)
        sheet.paste(picture, (GAP + place % COLUMNS * wide, GAP + place // COLUMNS * high))
    _save(sheet, PICTURES / "slides.png")
    return True


def telling_slides(brief: Brief, deck: RenderedDeck) -> list[int]:
    """The numbers, from 1 and rising, of an opener and of one slide for each kind of block, as far as there is room.

    Of several slides of one kind, the one with the most statements is chosen.
    """
    openings = [statement for section in brief.sections for statement in section.opening]
    chosen = [_fullest(shown, deck.slides) for shown in (openings, *(_of_kind(brief, kind) for kind in TELLING))]
    return sorted([number for number in dict.fromkeys(chosen) if number][: COLUMNS * ROWS])


def _of_kind(brief: Brief, kind: str) -> list[Statement]:
    only = [[block for block in section.blocks if type(block).__name__ == kind] for section in brief.sections]
    bare = [
        replace(section, opening=(), blocks=tuple(blocks)) for section, blocks in zip(brief.sections, only, strict=True)
    ]
    return [statement for section in bare for statement in statements_of(section)]


def _fullest(statements: Sequence[Statement], slides: Mapping[str, tuple[int, ...]]) -> int:
    """The slide on which most of `statements` stand, the first of several; 0 where they stand on none."""
    standing = [slides[statement.id][0] for statement in statements if slides.get(statement.id)]
    return max(sorted(set(standing)), key=standing.count, default=0)


def _handout(brief: Brief, folder: Path) -> bool:
    browser = next((name for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), "")
    if not browser:
        return _is_there("chromium")
    page, printed = folder / "handout.html", folder / "handout.pdf"
    page.write_text(render_html(brief), encoding="utf-8")
    profile = f"--user-data-dir={folder / 'browser'}"
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", profile)
    _run(browser, *flags, f"--print-to-pdf={printed}", page.as_uri())
    _save(_page(printed, 1, PAGE_WIDTH), PICTURES / "handout.png")
    return True


def _page(pdf: Path, number: int, width: int) -> Image.Image:
    """A page drawn at twice the size and made smaller, which keeps small type clear."""
    stem = pdf.with_name(f"{pdf.stem}-{number}")
    pages = ("-f", str(number), "-l", str(number), "-singlefile")
    _run("pdftoppm", *pages, "-scale-to-x", str(2 * width), "-scale-to-y", "-1", "-png", str(pdf), str(stem))
    picture = Image.open(stem.with_suffix(".png")).convert("RGB")
    return picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)


def _save(picture: Image.Image, path: Path) -> None:
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {picture.width} x {picture.height}, {path.stat().st_size // 1000} kB")


def _is_there(program: str) -> bool:
    if shutil.which(program):
        return True
    print(f"{program} is not installed; its picture is left as it is", file=sys.stderr)
    return False


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS_AT_MOST)


if __name__ == "__main__":
    sys.exit(main())
