"""One Brief in every format: the same statements under the same numbers."""

import re
import zipfile
from io import BytesIO
from typing import Any

import pypdfium2
from lxml import etree
from test_handout import HERE, brief, said

from briefgen.model import Brief, Bullets
from briefgen.renderers.deck import render as render_deck
from briefgen.renderers.handout import render

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROWS = ((1, (1,)), (2, (2, 3)), (3, (1,)), (4, (4, 2)), (5, (5,)))
"""Statements by their numbers, with their notes."""
Numbers = dict[int, list[int]]


def of_all() -> Brief:
    rows = tuple(said(f"Row {row} of words.", at=row, notes=notes) for row, notes in ROWS)
    return brief(Bullets("", rows, HERE))


def numbers(row: str, marks: str) -> tuple[int, list[int]]:
    return int(row), [int(one) for one in re.findall(r"\d+", marks)]


def in_html(data: bytes) -> Numbers:
    found = re.findall(r'Row (\d) of words\.[^R]*?<sup class="marks">(.*?)</sup>', data.decode())
    return dict(numbers(row, re.sub("<.*?>", "", marks)) for row, marks in found)


def in_pdf(data: bytes) -> Numbers:
    with pypdfium2.PdfDocument(data) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return dict(numbers(*one) for one in re.findall(r"Row (\d) of words\.[\s\u2060]*([\d,]+)", text))


def in_word(data: bytes) -> Numbers:
    """The footnotes as Word counts them, and the later marks that name a note's bookmark."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        document: Any = etree.fromstring(package.read("word/document.xml"))
    order = [one.get(f"{W}id") for one in document.iter(f"{W}footnoteReference")]
    made: Numbers = {}
    for paragraph in document.iter(f"{W}p"):
        shown = re.search(r"Row (\d) of words\.", "".join(one.text or "" for one in paragraph.iter(f"{W}t")))
        marks = []
        for one in paragraph.iter(f"{W}footnoteReference", f"{W}instrText"):
            later = re.search(r"note_(\d+)", one.text or "")
            marks.append(int(later[1]) if later else order.index(one.get(f"{W}id")) + 1)
        if shown and marks:
            made[int(shown[1])] = marks
    return made


def test_html_pdf_and_word_have_the_same_statements_with_the_same_note_numbers() -> None:
    of = of_all()
    made = {ending: render(ending, of)[0] for ending in ("html", "pdf", "docx")}
    read = {"html": in_html(made["html"]), "pdf": in_pdf(made["pdf"]), "docx": in_word(made["docx"])}
    wanted = {row: sorted(notes) for row, notes in ROWS}
    for ending, found in read.items():
        assert {row: sorted(notes) for row, notes in found.items()} == wanted, ending


def test_the_statements_of_the_deck_are_those_of_the_handouts() -> None:
    of = of_all()
    assert sorted(render_deck(of).slides) == sorted(
        one.id for block in of.sections[0].blocks if isinstance(block, Bullets) for one in block.statements
    )
