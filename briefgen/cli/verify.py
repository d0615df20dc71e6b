"""briefgen verify"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import completions
from briefgen.cli.common import (
    counted,
    print_json,
    problems_as_json,
    said_options,
    show_problems,
    sources_option,
    status_for,
)

if TYPE_CHECKING:
    from briefgen.outputs import Place
    from briefgen.verify import Finding, Unsourced, VerifyReport

_AROUND = 8
"""Words that are shown before and after a change."""
_CHANGE = re.compile(r"(\[-.*?-\]\{\+.*?\+\}|\[-.*?-\]|\{\+.*?\+\})", re.DOTALL)


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=completions.files)
@sources_option
@said_options
def command(files: tuple[str, ...], sources: tuple[str, ...], as_json: bool, quiet: bool, verbose: bool) -> int:
    """Find every statement of a built file in its source again.

    The file may have been edited by hand since, or saved by another program. Each statement is found,
    changed or missing, in the file and in its source; text that is neither a statement nor the program's is new. The
    exit status is 1 where something is changed, missing or new.

    Example: briefgen verify output/survey.pptx
    """
    from briefgen.verify import verify

    status = 0
    for file in files:
        report = verify(Path(file), sources)
        show_problems(report.problems, quiet)
        amiss = _count(report, "found") < report.total or report.new
        status = max(status, int(bool(amiss)), status_for(report.problems))
        if as_json:
            print_json(_as_json(file, report))
        else:
            for line in _lines(file, report, quiet, verbose):
                click.echo(line)
    return status


def _count(report: "VerifyReport", status: str) -> int:
    return sum(finding.status == status for finding in report.statements)


def _as_json(file: str, report: "VerifyReport") -> dict[str, Any]:
    names = ("id", "status", "where", "text", "detail", "now", "difference")
    return {
        "file": file,
        "total": report.total,
        **{status: _count(report, status) for status in ("found", "changed", "missing")},
        "statements": [
            {**{name: getattr(one, name) for name in names}, "places": list(map(_place, one.places))}
            for one in report.statements
        ],
        "new": [
            {"text": one.text, **_place(one.place), "was": one.was, "difference": one.difference} for one in report.new
        ],
        "problems": problems_as_json(report.problems),
    }


def _place(place: "Place") -> dict[str, Any]:
    """What is known of a place."""
    names = ("slide", "page", "paragraph", "note", "under")
    return {"place": str(place), **{name: value for name in names if (value := getattr(place, name))}}


def _lines(file: str, report: "VerifyReport", quiet: bool, verbose: bool) -> list[str]:
    nothing = quiet or not (report.total or report.new)
    summary = [] if nothing else [f"{file}: {_summary(report)}"]
    said = [_line(one, verbose) for one in report.statements if verbose or one.status != "found"]
    return summary + said + [_new(one) for one in report.new]


def _summary(report: "VerifyReport") -> str:
    """`99 of 101 statements found, 1 changed, 1 missing; 2 new texts`: what there is none of is left out."""
    counts = [f"{_count(report, status)} {status}" for status in ("changed", "missing") if _count(report, status)]
    found = f"{_count(report, 'found')} of {counted(report.total, 'statement')} found"
    new = f"; {counted(len(report.new), 'new text')}" if report.new else ""
    return ", ".join([found, *counts]) + new


def _line(finding: "Finding", verbose: bool) -> str:
    places = ", ".join(dict.fromkeys(filter(None, map(str, finding.places[:3]))))
    head = f"  {finding.id}: {finding.status} in the {finding.where}{f', {places}' if places else ''}: "
    if finding.difference and not verbose:
        return head + shortened(finding.difference)
    detail = finding.difference or finding.detail
    return f'{head}"{finding.text}"\n      {detail}' if detail else f'{head}"{finding.text}"'


def _new(one: "Unsourced") -> str:
    return f"  new, {one.place}: {shortened(one.difference) if one.difference else _cut(one.text.split())}"


def _cut(words: Sequence[str], most: int = 4 * _AROUND) -> str:
    return " ".join(words) if len(words) <= most else f"{' '.join(words[:most])} …"


def shortened(difference: str) -> str:
    """A difference without most of what is the same on both sides."""
    pieces = _CHANGE.split(difference)
    return "".join(
        piece if number % 2 else _less(piece, first=number == 0, last=number == len(pieces) - 1)
        for number, piece in enumerate(pieces)
    )


def _less(same: str, first: bool, last: bool) -> str:
    words = same.split(" ")
    if len(words) <= 2 * _AROUND + 2:
        return same
    head = [] if first else words[:_AROUND]
    tail = [] if last else words[-_AROUND:]
    return " ".join([*head, "…", *tail])
