"""--quiet and --verbose, which mean the same in every command."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.cli import COMMANDS, main

GIVEN = {
    "bibliography": ["sources"],
    "build": ["outline.yaml", "--to", "html"],
    "check": ["outline.yaml"],
    "cite": ["works.json"],
    "completion": ["bash"],
    "dates": ["sources/chronology.md"],
    "freeze": ["outline.yaml", "--force"],
    "man": [],
    "new": ["course", "--force"],
    "read": ["sources/chronology.md"],
    "schema": [],
    "search": ["ships", "--limit", "2"],
    "sources": ["sources"],
    "styles": [],
    "suggest": ["sources", "-o", "suggested.yaml", "--force"],
    "templates": [],
    "verify": ["output/outline-handout.html"],
}
PRINT_A_FILE = ("bibliography", "completion", "man", "schema")
"""Commands whose output is a file, which is printed whatever else is said."""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(built)
    (built / "works.json").write_text('[{"id": "a", "type": "book", "title": "Ships"}]', "utf-8")

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main(list(arguments))
        out, err = capsys.readouterr()
        return status, out, err

    return call


def test_every_command_is_tried_here() -> None:
    assert list(GIVEN) == list(COMMANDS)


@pytest.mark.parametrize("name", GIVEN)
def test_quiet_prints_nothing_where_all_is_well_but_files(name: str, run: Run) -> None:
    status, out, err = run(name, *GIVEN[name], "--quiet")
    assert (status, err) == (0, "")
    assert bool(out) == (name in PRINT_A_FILE)


@pytest.mark.parametrize("name", GIVEN)
def test_verbose_says_in_the_end_how_many_problems_there_were_and_how_long_it_took(name: str, run: Run) -> None:
    status, out, err = run(name, *GIVEN[name], "--verbose")
    assert status == 0
    assert out
    assert re.fullmatch(rf"briefgen {name}: 0 errors, \d+ warnings?, \d+\.\d s", err.splitlines()[-1])


@pytest.mark.parametrize("name", GIVEN)
def test_json_is_printed_whatever_else_is_said(name: str, run: Run) -> None:
    status, out, _ = run(name, *GIVEN[name], "--json", "--quiet")
    assert status == 0
    lines = [out] if name == "schema" else out.splitlines()
    assert lines
    assert all(json.loads(line) for line in lines)


@pytest.mark.parametrize("name", GIVEN)
def test_quiet_and_verbose_exclude_each_other(name: str, run: Run) -> None:
    for both in (("--quiet", "--verbose"), ("--verbose", "--quiet")):
        status, out, err = run(name, *GIVEN[name], *both)
        assert (status, out) == (2, "")
        assert "Error: --quiet and --verbose exclude each other" in err


def test_quiet_leaves_errors_and_verbose_counts_them(run: Run, built: Path) -> None:
    (built / "sources" / "empty.txt").write_bytes(b"")
    status, out, err = run("check", "outline.yaml", "--quiet")
    assert (status, out) == (1, "")
    assert err.startswith("sources/empty.txt: error: the file is empty\n")
    status, _, err = run("check", "outline.yaml", "--verbose")
    assert status == 1
    assert re.search(r"briefgen check: 1 error, 0 warnings, \d+\.\d s\n$", err)
