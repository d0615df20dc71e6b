"""Marks that stand for something in text under way: noncharacters of Unicode, which no text may hold.

They keep their place while the text around them is expanded, joined and cleaned.
"""

import re

REFERENCE, REUSE, HOLE, ARCHIVE, FACT, QUOTATION, BAR, EQUALS, END = (
    "\ufdd0\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7\ufdda\ufdd1"
)
"""A reference; a named reference used again; missing words; an archived copy; a row of facts or a caption; a line
that is a quotation; a parameter's separator; an equals sign that separates nothing; the end of a mark's number."""

NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
NUMBERED = re.compile(f"([{REFERENCE}{REUSE}{ARCHIVE}{FACT}])([0-9]+){END}")
FACT_MARK = re.compile(f"{FACT}[0-9]+{END}")
ALL = re.compile(f"{NUMBERED.pattern}|[{HOLE}{QUOTATION}{BAR}{EQUALS}]")


def mark(kind: str, number: int) -> str:
    return f"{kind}{number}{END}"


def numbers(text: str, kind: str) -> list[int]:
    """The numbers of the marks of this kind in `text`, in order."""
    return [int(found[2]) for found in NUMBERED.finditer(text) if found[1] == kind]
