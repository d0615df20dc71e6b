"""Glossaries as tables: the term in bold, what explains it beside it with its note."""

from collections.abc import Sequence

from briefgen.model import Definition, Glossary
from briefgen.problems import Problem
from briefgen.renderers.deck import words
from briefgen.renderers.deck.blocks.table import Grid, grid_fits, table_shape
from briefgen.renderers.deck.feet import Foot
from briefgen.renderers.deck.frame import Draft, Page, body, part, statement_runs, too_long
from briefgen.renderers.deck.shapes import TextRun
from briefgen.renderers.deck.split import share_out

MOST = 8
"""Terms on a slide at most."""


def plan(block: Glossary, page: Page) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """At most eight terms a slide, in the order of the alphabet; the slides of a long glossary name their first and
    last terms."""

    def fits(entries: Sequence[Definition]) -> bool:
        feet = page.foot([entry.statement for entry in entries])
        if len(entries) > 1 and (len(entries) > MOST or not feet.fits):
            return False
        return grid_fits(_grid(entries, feet), body(feet), page.text)

    groups, rest = share_out(block.entries, fits)
    drafts = []
    for index, entries in enumerate(groups):
        statements = tuple(entry.statement for entry in entries)
        feet = page.foot(statements)
        title = part(block.title, index)
        made = table_shape(title, _grid(entries, feet), body(feet), page)
        hint = f"{entries[0].term} – {entries[-1].term}"
        drafts.append(Draft("title-only", title, (made,), page, feet, statements, hint))
    return tuple(drafts), tuple(too_long("a glossary", entry.statement, block.where) for entry in rest)


def _grid(entries: Sequence[Definition], feet: Foot) -> Grid:
    rows = tuple(((TextRun(entry.term, bold=True),), statement_runs(entry.statement, feet)) for entry in entries)
    return Grid(words.GLOSSARY_COLUMNS, rows)
