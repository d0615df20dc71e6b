"""Footnotes and bibliographies in any CSL style. What was formatted once is kept (`kept`)."""

import msgspec

from briefgen.cachefolder import program_version
from briefgen.citations.csl_style import find_style
from briefgen.citations.kept import keep, kept
from briefgen.citations.request import FormatRequest, Formatted
from briefgen.problems import Problem


def format_citations(request: FormatRequest) -> tuple[Formatted, tuple[Problem, ...]]:
    """The notes and bibliography of `request`, as runs of text without a trace of markup.

    Note styles give first and later notes as the style says. Styles that cite in the text ("(Gopal, 2009)") have no
    notes of their own: their notes are the full bibliography form, so that a note leads to the work. Locators in words
    (labels "section" and "document") are printed as such, “History” and Document 3, in the style's place for locators.
    A cite with the prefix "citing " joins the one before it with a comma, others with the style's delimiter. Each
    item has a bibliography line, even where the style would leave it out. Links are http, https or mailto.

    Errors: an unknown or unusable style (the default is used instead), a cite of an unknown id (left out), a failing
    processor (notes and lines then come out in a plain form).
    """
    style, problems = find_style(request.style)
    asked = repr((request, style.text, program_version())).encode("utf-8", "backslashreplace")
    known = kept(asked)
    if known is not None:
        return msgspec.msgpack.decode(known, type=Formatted), problems
    from briefgen.citations.formatting import formatted

    made, more = formatted(request, style)
    if not more:
        keep(asked, msgspec.msgpack.encode(made))
    return made, (*problems, *more)
