"""Check that the text of decks stays in the boxes planned for it, as LibreOffice sets it.

Usage: python tools/check_fit.py [--json] DECK.pptx...

Works on a copy of each deck in which nothing may shrink or grow to fit (`a:noAutofit` everywhere). In the copy every
text box, placeholder and table cell has a colour of its own, so that each piece of text in the PDF tells which box it
belongs to, whatever its script, order or font; nothing is matched by words. Compared are the lines as set (ascent and
descent of the theme's font, or the ink where it reaches further) and the box as planned; of a table also each row.

Prints a line for each deck and each finding, or with `--json` one object a deck. A box is over where its text is out of
it by more than one line of its largest type. The exit status is 1 where more than one box in 200 is over, where text
lies off the slide, or where a deck cannot be drawn. LibreOffice and a font with the theme font's widths (Carlito for
Calibri) must be installed.
"""

import ctypes
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from dyed_copy import NEAR, Box, Rect, dyed
from msgspec import Struct
from pypdfium2 import PdfDocument, raw

ASCENT, DESCENT = 0.952, 0.269  # em; Calibri's and Carlito's
OVER_AT_MOST = 1 / 200
SECONDS_AT_MOST = 600


class Seen(Struct):
    """What was drawn of a box: each line's extent, each piece's ink, the largest type, and a cell's ground."""

    lines: list[Rect]
    ink: list[Rect]
    size: float = 0.0
    ground: Rect | None = None

    @property
    def extent(self) -> Rect:
        whole = self.lines[0]
        for line in self.lines[1:]:
            whole = whole.joined(line)
        return whole


class Finding(Struct, frozen=True):
    """What is wrong with a box: by how many points, or with which other box."""

    slide: int
    box: str
    text: str
    by: float = 0.0
    other: str = ""


class Report(Struct, frozen=True):
    """What was found of one deck. `spilled` are boxes over by less than a line; `unseen` have text but no ink."""

    deck: str
    boxes: int = 0
    over: tuple[Finding, ...] = ()
    off_the_slide: tuple[Finding, ...] = ()
    tables_into_others: tuple[Finding, ...] = ()
    overlaps: tuple[Finding, ...] = ()
    spilled: tuple[Finding, ...] = ()
    unseen: tuple[Finding, ...] = ()
    fault: str = ""

    @property
    def passed(self) -> bool:
        return not self.fault and not self.off_the_slide and len(self.over) <= self.boxes * OVER_AT_MOST


def main(arguments: Sequence[str]) -> int:
    """0 where the text of all decks stays in its boxes, 1 where not, 2 where no deck is named."""
    names = [argument for argument in arguments if argument != "--json"]
    if not names or any(name.startswith("-") for name in names):
        print(__doc__, file=sys.stderr)
        return 2
    reports = [check(Path(name)) for name in names]
    for report in reports:
        print(as_json(report) if "--json" in arguments else "\n".join(as_text(report)))
    return 0 if all(report.passed for report in reports) else 1


def check(deck: Path) -> Report:
    """What LibreOffice makes of the text of a deck."""
    if not shutil.which("soffice"):
        return Report(str(deck), fault="soffice is not installed")
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.pptx"
        try:
            made = dyed(deck, copy)
        except Exception as problem:  # whatever a package that is none makes its reader say
            return Report(str(deck), fault=f"not a presentation that can be read: {problem}")
        pdf = _drawn(copy, Path(folder))
        if pdf is None:
            return Report(str(deck), fault="LibreOffice made no PDF of it")
        seen, pages = _seen(pdf)
    if pages != made.count:
        return Report(str(deck), fault=f"{made.count} slides, but LibreOffice drew {pages} pages")
    return judged(str(deck), made.boxes, seen, made.slide)


# What was drawn -------------------------------------------------------------------------------------------------------


def _drawn(deck: Path, folder: Path) -> Path | None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(deck)]
    subprocess.run(command, check=False, capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS_AT_MOST)
    pdf = deck.with_suffix(".pdf")
    return pdf if pdf.is_file() else None


def _seen(pdf: Path) -> tuple[dict[int, Seen], int]:
    """What was drawn in each colour, and the number of pages."""
    seen: dict[int, Seen] = {}
    document = PdfDocument(pdf)
    try:
        for page in document:
            high = page.get_height()
            for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH]):
                colour = _fill_of(item)
                left, bottom, right, top = item.get_bounds()
                ink = Rect(left, high - top, right, high - bottom)
                _add(seen.setdefault(colour, Seen([], [])), item, ink, high)
        return seen, len(document)
    finally:
        document.close()


def _add(seen: Seen, item: Any, ink: Rect, high: float) -> None:
    if item.type == raw.FPDF_PAGEOBJ_PATH:
        if _is_filled(item):
            seen.ground = ink.joined(seen.ground) if seen.ground else ink
        return
    matrix = item.get_matrix()
    number = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(item, number)
    size = number.value * abs(matrix.d)
    base = high - matrix.f
    line = Rect(ink.left, base - ASCENT * size, ink.right, base + DESCENT * size)
    seen.lines.append(line.joined(ink) if ink.right > ink.left else line)
    seen.ink.append(ink)
    seen.size = max(seen.size, size)


def _is_filled(path: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, mode, stroke)
    return bool(mode.value != raw.FPDF_FILLMODE_NONE)


def _fill_of(item: Any) -> int:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha)
    return int(red.value) << 16 | int(green.value) << 8 | int(blue.value)


# What is wrong --------------------------------------------------------------------------------------------------------


def judged(deck: str, boxes: Sequence[Box], seen: dict[int, Seen], slide: Rect) -> Report:
    """The findings of a deck, from its boxes and what was drawn of each."""
    shown = [(box, seen[box.colour]) for box in boxes if box.colour in seen and seen[box.colour].lines]
    out = [(box, found, round(found.extent.out_of(box.at), 1)) for box, found in shown]
    line = ASCENT + DESCENT
    drawn = {box.colour for box, _ in shown}
    return Report(
        deck,
        len(boxes),
        tuple(_finding(box, by) for box, found, by in out if by > line * found.size + NEAR),
        tuple(_off(shown, slide)),
        tuple(_into_others(boxes, seen, slide)),
        tuple(_overlaps(shown)),
        tuple(_finding(box, by) for box, found, by in out if NEAR < by <= line * found.size + NEAR),
        tuple(_finding(box) for box in boxes if box.text and box.colour not in drawn),
    )


def _finding(box: Box, by: float = 0.0, other: str = "") -> Finding:
    return Finding(box.slide, box.name, box.text[:60], by, other)


def _off(shown: Sequence[tuple[Box, Seen]], slide: Rect) -> Iterator[Finding]:
    for box, found in shown:
        by = round(max([0.0, *(ink.out_of(slide) for ink in found.ink), box.at.out_of(slide)]), 1)
        if by > NEAR:
            yield _finding(box, by)


def _into_others(boxes: Sequence[Box], seen: dict[int, Seen], slide: Rect) -> Iterator[Finding]:
    """Tables that have grown into what is planned below them, or out of the slide."""
    tables: dict[int, list[Box]] = {}
    for box in boxes:
        if box.table is not None:
            tables.setdefault(box.table, []).append(box)
    for cells in tables.values():
        planned = max(cell.at.bottom for cell in cells)
        grounds = [ground for cell in cells if cell.colour in seen and (ground := seen[cell.colour].ground)]
        drawn = max((ground.bottom for ground in grounds), default=planned)
        below = [b for b in boxes if b.slide == cells[0].slide and b.table is None and b.at.top >= planned - NEAR]
        met = [other for other in below if drawn > other.at.top + NEAR]
        if drawn > planned + NEAR and (met or drawn > slide.bottom):
            yield _finding(cells[0], round(drawn - planned, 1), met[0].name if met else "the slide's end")


def _overlaps(shown: Sequence[tuple[Box, Seen]]) -> Iterator[Finding]:
    """Boxes of one slide whose ink lies on each other."""
    by_slide: dict[int, list[tuple[Box, Seen]]] = {}
    for box, found in shown:
        by_slide.setdefault(box.slide, []).append((box, found))
    for members in by_slide.values():
        for (one, first), (other, second) in combinations(members, 2):
            near = first.extent.meets(second.extent)
            if near and any(a.meets(b) for a in first.ink for b in second.ink):
                yield _finding(one, 0.0, other.name)


# What is told ---------------------------------------------------------------------------------------------------------


def as_json(report: Report) -> str:
    """One line: the report's fields, and whether it passed."""
    return json.dumps({**msgspec.to_builtins(report), "passed": report.passed}, ensure_ascii=False)


def as_text(report: Report) -> list[str]:
    """The counts of a deck in one line, then a line for each finding that is more than a trifle."""
    if report.fault:
        return [f"{report.deck}: {report.fault}"]
    lines = [
        f"{report.deck}: {report.boxes} boxes, {len(report.over)} over by more than a line, "
        f"{len(report.off_the_slide)} off the slide, {len(report.tables_into_others)} tables grown into others, "
        f"{len(report.overlaps)} overlaps, {len(report.spilled)} over by less, {len(report.unseen)} not drawn"
    ]
    kinds = {
        "over": report.over,
        "off the slide": report.off_the_slide,
        "table grown into": report.tables_into_others,
        "lies on": report.overlaps,
    }
    for kind, findings in kinds.items():
        for one in findings:
            into = f" {one.other}" if one.other else ""
            much = f" by {one.by:g} pt" if one.by else ""
            lines.append(f"    slide {one.slide}, {one.box[:40]}: {kind}{into}{much}: {one.text}")
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
