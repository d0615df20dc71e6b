"""What somebody reads in a deck or handout, for tests to look at."""

from io import BytesIO
from typing import Any

from lxml import html
from pptx import Presentation


def deck_text(data: bytes) -> str:
    """The slides of a deck, one after the other, each line a paragraph or a table row. Note marks stand in brackets."""
    slides = Presentation(BytesIO(data)).slides
    return "\n".join(_slide(number, slide) for number, slide in enumerate(slides, 1))


def page(data: bytes) -> Any:
    """The parsed page of a handout, without its style sheet and the pixels of its pictures."""
    tree: Any = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    for style in tree.xpath("//style"):
        style.drop_tree()
    for picture in tree.xpath("//img"):
        picture.set("src", picture.get("src").partition(",")[0])
    return tree


def page_text(data: bytes) -> str:
    """The words of a handout."""
    return str(page(data).text_content())


def _slide(number: int, slide: Any) -> str:
    lines = [f"=== slide {number}"]
    for shape in slide.shapes:
        lines += _shape(shape)
    if slide.has_notes_slide:
        notes = slide.notes_slide.notes_text_frame
        lines += ["--- notes", *(_paragraph(paragraph) for paragraph in notes.paragraphs)]
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


def _shape(shape: Any) -> list[str]:
    if shape.shape_type == 6:
        return [line for inner in shape.shapes for line in _shape(inner)]
    if shape.shape_type == 13:
        return [f"[picture] {shape._element.nvPicPr.cNvPr.get('descr', '(decoration)')}"]
    if shape.has_text_frame:
        return [_paragraph(paragraph) for paragraph in shape.text_frame.paragraphs]
    if getattr(shape, "has_table", False):
        return [" | ".join(_cell(cell) for cell in row.cells) for row in shape.table.rows]
    return []


def _cell(cell: Any) -> str:
    return " / ".join(_paragraph(paragraph) for paragraph in cell.text_frame.paragraphs)


def _paragraph(paragraph: Any) -> str:
    parts = []
    for run in paragraph.runs:
        raised = run.font._element.get("baseline")
        parts.append(f"[{run.text}]" if raised and int(raised) > 0 else run.text)
    return "".join(parts)
