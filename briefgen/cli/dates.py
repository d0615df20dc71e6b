"""briefgen dates"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from briefgen.cli import completions
from briefgen.cli.common import print_json, said_options, show_problems, status_for

if TYPE_CHECKING:
    from briefgen.model import Source
    from briefgen.problems import Problem

_CONTEXT = 32
"""Characters shown before and behind a time expression."""


class Row(Struct, frozen=True):
    """A time expression at `whole[start:end]`; `block` is the number of the passage that `whole` is, if it is one.

    `edtf` is none where it has no value, for the reason `why`; `value` is TIMEX3's.
    """

    whole: str
    block: int | None
    start: int
    end: int
    edtf: str | None
    value: str
    label: str
    why: str = ""


@click.command("dates")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=completions.files)
@click.option("--plain", is_flag=True, help="Take files as plain text, with offsets in it; ends of ranges stand alone.")
@click.option("--anchor", metavar="DATE", help="The day on which it was written, as for news: 2013-03-22.")
@click.option("--language", metavar="CODE", default="en", help="The language of plain files.  [default: en]")
@said_options
def command(
    files: tuple[str, ...], plain: bool, anchor: str | None, language: str, as_json: bool, quiet: bool, verbose: bool
) -> int:
    """Show the time expressions of documents with their values.

    Dates and ranges are shown with what they mean in EDTF, and what cannot be known ("last week" in a document without
    a date) with the reason. Square brackets hold what was told elsewhere. With --plain, durations and vague words such
    as "now" are shown too.

    Example: briefgen dates sources/article.txt
    """
    from briefgen.text.dates import value_of

    if anchor is not None and value_of(anchor) is None:
        raise click.UsageError(f"--anchor {anchor} is no date; accepted: a day such as 2013-03-22")
    status = 0
    for file in files:
        rows, problems = _of_text(Path(file), anchor, language) if plain else _of_source(Path(file), anchor)
        show_problems(problems, quiet)
        status = max(status, status_for(problems))
        for row in rows:
            if as_json:
                print_json(_as_json(file, row, plain))
            elif not quiet:
                click.echo(_line(row))
    return status


def _of_text(path: Path, anchor: str | None, language: str) -> "tuple[list[Row], tuple[Problem, ...]]":
    """Every time expression of a file taken as plain text."""
    from briefgen.library import plain_text
    from briefgen.text.dates import Walk, time_expressions, value_of
    from briefgen.text.dates.labels import label
    from briefgen.text.dates.value import edtf

    text, problems = plain_text(path)
    (found,) = time_expressions([text], Walk(language, anchor is not None, value_of(anchor or "")))
    return [
        Row(
            *(text, None, one.expression.start, one.expression.end, edtf(one.value) if one.value else None, one.timex),
            label=label(one.value, one.inferred, one.expression.edge) if one.value else one.timex,
            why=one.why,
        )
        for one in found
    ], problems


def _of_source(path: Path, anchor: str | None) -> "tuple[list[Row], tuple[Problem, ...]]":
    """The dates of a source's passages, and what in them needs a date that the source does not give."""
    from briefgen.library import read_file

    reading = read_file(path)
    return list(_in_passages(reading.source, anchor)) if reading.source else [], reading.problems


def _in_passages(source: "Source", anchor: str | None) -> Iterator[Row]:
    from briefgen.text.dates import Walk, dated, time_expressions, value_of, walk_of
    from briefgen.text.dates.resolving import NO_DATE

    texts = [block.text for block in source.blocks]
    walks = [Walk(source.language, True, value_of(anchor)) if anchor else walk_of(source) for _ in range(2)]
    both = zip(texts, dated(texts, walks[0]), time_expressions(texts, walks[1]), strict=True)
    for block, (text, known, expressed) in enumerate(both):
        rows = [
            Row(text, block, one.mention.start, one.mention.end, one.mention.edtf, one.timex, one.mention.label)
            for one in known
        ]
        rows += [
            Row(text, block, one.expression.start, one.expression.end, None, one.timex, "?", one.why)
            for one in expressed
            if one.why == NO_DATE
        ]
        yield from sorted(rows, key=lambda row: row.start)


def _as_json(file: str, row: Row, plain: bool) -> dict[str, Any]:
    place = {"file": file} if plain else {"file": file, "block": row.block}
    said = {"start": row.start, "end": row.end, "text": row.whole[row.start : row.end]}
    return {**place, **said, "edtf": row.edtf, "value": row.value or None, **({"why": row.why} if row.why else {})}


def _line(row: Row) -> str:
    before = row.whole[max(0, row.start - _CONTEXT) : row.start]
    behind = row.whole[row.end : row.end + _CONTEXT]
    context = " ".join(f"{before}»{row.whole[row.start : row.end]}«{behind}".split())
    said = f"{row.edtf or '-':24} {row.label:28} {context}"
    return f"{said}  ({row.why})" if row.edtf is None and row.why else said
