"""Handouts: `sheet` decides what is printed, and one module a format writes it."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from briefgen.model import Brief
from briefgen.problems import Location, Problem
from briefgen.renderers.handout.html import render_file, render_html
from briefgen.renderers.handout.printed import Sheet
from briefgen.renderers.handout.sheet import sheets
from briefgen.renderers.pictures import NO_PICTURES, Pictures

Rendered = tuple[bytes, tuple[Problem, ...]]
Writer = Callable[[Brief, Pictures, Sheet | None], Rendered]


def _html(brief: Brief, pictures: Pictures, printed: Sheet | None) -> Rendered:
    return render_file(brief, pictures, printed)


def _docx(brief: Brief, pictures: Pictures, printed: Sheet | None) -> Rendered:
    from briefgen.renderers.handout.docx import render_docx

    return render_docx(brief, pictures, printed)


def _odt(brief: Brief, pictures: Pictures, printed: Sheet | None) -> Rendered:
    from briefgen.renderers.handout.odt import render_odt

    return render_odt(brief, pictures, printed)


def _pdf(brief: Brief, pictures: Pictures, printed: Sheet | None) -> Rendered:
    from briefgen.renderers.handout.pdf import render_pdf

    return render_pdf(brief, pictures, printed)


FORMATS: Mapping[str, Writer] = {"html": _html, "pdf": _pdf, "docx": _docx, "odt": _odt}
"""The formats of handouts by their files' endings."""


def render(file_format: str, brief: Brief, pictures: Pictures = NO_PICTURES, printed: Sheet | None = None) -> Rendered:
    """A handout in one of `FORMATS`, and the problems met; the same bytes for the same brief and pictures.

    What is `printed` is one of its `sheets`; where it is not given, that of no edition.
    """
    data, problems = FORMATS[file_format](brief, pictures, printed)
    outline = Location(brief.sections[0].where.file) if brief.sections else None
    return data, tuple(replace(one, where=one.where or outline) for one in problems)


__all__ = ["FORMATS", "render", "render_html", "sheets"]
