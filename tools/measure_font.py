"""Write the advance widths of the deck's theme font as numbers, so that line breaks do not depend on the machine.

Usage: python tools/measure_font.py REGULAR.ttf BOLD.ttf OUT.json

Carlito is used for Calibri: its advance widths are the same, and it is free. Widths are in font units; `units` is
the em. Characters of one width are kept together in one string, which keeps the file small and its diffs readable.
"""

import json
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

RANGES = (
    range(0x20, 0x7F),  # Basic Latin
    range(0xA0, 0x100),  # Latin-1 Supplement
    range(0x100, 0x180),  # Latin Extended-A
    range(0x2010, 0x2070),  # General Punctuation
    range(0x20AC, 0x20AD),  # euro sign
    range(0x2190, 0x2194),  # arrows
)


def widths(path: Path) -> tuple[int, dict[str, str]]:
    """The em in font units, and for each advance width (as text) the characters that have it."""
    font = TTFont(path)
    names = font.getBestCmap()
    by_width: dict[int, str] = {}
    for code in (code for span in RANGES for code in span if code in names):
        advance = font["hmtx"][names[code]][0]
        by_width[advance] = by_width.get(advance, "") + chr(code)
    return font["head"].unitsPerEm, {str(width): by_width[width] for width in sorted(by_width)}


def main(regular: str, bold: str, out: str) -> None:
    units, regular_widths = widths(Path(regular))
    _, bold_widths = widths(Path(bold))
    table = {"units": units, "regular": regular_widths, "bold": bold_widths}
    Path(out).write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
