"""Handouts: `sheet` decides what is printed, and one module a format writes it."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from briefgen.model import Brief, Edition
from briefgen.problems import Location, Problem
from briefgen.renderers.handout.html import render_file, render_html
from briefgen.renderers.pictures import NO_PICTURES, Pictures

Rendered = tuple[bytes, tuple[Problem, ...]]
Writer = Callable[[Brief, Pictures, Edition | None], Rendered]


def _html(brief: Brief, pictures: Pictures, edition: Edition | None) -> Rendered:
    return render_file(brief, pictures, edition)


def _docx(brief: Brief, pictures: Pictures, edition: Edition | None) -> Rendered:
    from briefgen.renderers.handout.docx import render_docx

    return render_docx(brief, pictures, edition)


def _odt(brief: Brief, pictures: Pictures, edition: Edition | None) -> Rendered:
    from briefgen.renderers.handout.odt import render_odt

    return render_odt(brief, pictures, edition)


def _pdf(brief: Brief, pictures: Pictures, edition: Edition | None) -> Rendered:
    from briefgen.renderers.handout.pdf import render_pdf

    return render_pdf(brief, pictures, edition)


FORMATS: Mapping[str, Writer] = {"html": _html, "pdf": _pdf, "docx": _docx, "odt": _odt}
"""The formats of handouts by their files' endings."""


def render(
    file_format: str, brief: Brief, pictures: Pictures = NO_PICTURES, edition: Edition | None = None
) -> Rendered:
    """A handout in one of `FORMATS`, and the problems met; the same bytes for the same brief and pictures."""
    data, problems = FORMATS[file_format](brief, pictures, edition)
    outline = Location(brief.sections[0].where.file) if brief.sections else None
    return data, tuple(replace(one, where=one.where or outline) for one in problems)


__all__ = ["FORMATS", "render", "render_html"]
