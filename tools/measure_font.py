"""Write the advance widths of a font family as numbers, so that line breaks do not depend on the machine.

Usage: python tools/measure_font.py OUT.json REGULAR.ttf [MORE…] --bold BOLD.ttf [MORE…]

A free family with the same advance widths stands for one that is not free: Carlito for Calibri, Liberation for Arial
and Times New Roman, Caladea for Cambria, Gelasio for Georgia. A family may come in several files, one a script.
Widths are in font units; `units` is the em, and `line` a line's height in em. Characters of one width are kept
together in one string, which keeps the file small and its diffs readable.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from fontTools.ttLib import TTFont

RANGES = (
    range(0x20, 0x7F),  # Basic Latin
    range(0xA0, 0x100),  # Latin-1 Supplement
    range(0x100, 0x180),  # Latin Extended-A
    range(0x37E, 0x3CF),  # Greek
    range(0x400, 0x460),  # Cyrillic
    range(0x1E00, 0x1F00),  # Latin Extended Additional
    range(0x2010, 0x2070),  # General Punctuation
    range(0x20AC, 0x20AD),  # euro sign
    range(0x2190, 0x2194),  # arrows
)


def advances(paths: Sequence[Path]) -> tuple[int, dict[str, int], float]:
    """The em in font units, the width of each character, and the height of a line in em, by the table `hhea`."""
    found: dict[str, int] = {}
    for path in paths:
        font = TTFont(path)
        names = font.getBestCmap()
        for code in (code for span in RANGES for code in span if code in names):
            found.setdefault(chr(code), font["hmtx"][names[code]][0])
    head, units = font["hhea"], font["head"].unitsPerEm
    return units, found, round((head.ascent - head.descent + head.lineGap) / units, 4)


def by_width(found: dict[str, int]) -> dict[str, str]:
    """For each width, as text, the characters that have it."""
    widths: dict[str, str] = {}
    for char in sorted(found):
        widths[str(found[char])] = widths.get(str(found[char]), "") + char
    return dict(sorted(widths.items(), key=lambda item: int(item[0])))


def main() -> None:
    parser = argparse.ArgumentParser(description="Write the advance widths of a font family.")
    parser.add_argument("out", type=Path)
    parser.add_argument("regular", type=Path, nargs="+")
    parser.add_argument("--bold", type=Path, nargs="+", required=True)
    asked = parser.parse_args()
    units, regular, line = advances(asked.regular)
    _, bold, _ = advances(asked.bold)
    table = {"units": units, "line": line, "regular": by_width(regular), "bold": by_width(bold)}
    asked.out.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
