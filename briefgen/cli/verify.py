"""briefgen verify"""

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
    from briefgen.verify import Finding, VerifyReport


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=completions.files)
@sources_option
@said_options
def command(files: tuple[str, ...], sources: tuple[str, ...], as_json: bool, quiet: bool, verbose: bool) -> int:
    """Find every statement of a built file in its source again.

    The file may have been edited by hand since. Each statement is found, changed or missing, in the file and in its
    source; the exit status is 1 where one is not found.

    Example: briefgen verify output/survey.pptx
    """
    from briefgen.verify import verify

    status = 0
    for file in files:
        report = verify(Path(file), sources)
        show_problems(report.problems, quiet)
        status = max(status, int(_found(report) < report.total), status_for(report.problems))
        if as_json:
            print_json(_as_json(file, report))
        else:
            for line in _lines(file, report, quiet, verbose):
                click.echo(line)
    return status


def _found(report: "VerifyReport") -> int:
    return sum(finding.status == "found" for finding in report.statements)


def _as_json(file: str, report: "VerifyReport") -> dict[str, Any]:
    names = ("id", "status", "where", "text", "detail")
    return {
        "file": file,
        "total": report.total,
        "found": _found(report),
        "statements": [{name: getattr(finding, name) for name in names} for finding in report.statements],
        "problems": problems_as_json(report.problems),
    }


def _lines(file: str, report: "VerifyReport", quiet: bool, verbose: bool) -> list[str]:
    nothing = quiet or not report.total
    summary = [] if nothing else [f"{file}: {_found(report)} of {counted(report.total, 'statement')} found"]
    return summary + [_line(finding) for finding in report.statements if verbose or finding.status != "found"]


def _line(finding: "Finding") -> str:
    said = f'  {finding.id}: {finding.status} in the {finding.where}: "{finding.text}"'
    return f"{said}\n      {finding.detail}" if finding.detail else said
