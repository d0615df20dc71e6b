"""The day that files say they were made on."""

import re
import zipfile
from pathlib import Path

import pypdf
import pytest

from briefgen.build import build
from briefgen.composing import prepare
from briefgen.epoch import VARIABLE, day_made
from briefgen.results import BuildOptions

DAY = "1795392000"


def test_the_outlines_own_day_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, DAY)
    assert day_made("2001-10-07") == ("2001-10-07", ())
    assert day_made("") == ("2026-11-23", ())


@pytest.mark.parametrize("given", ["", None])
def test_without_the_variable_there_is_no_day(given: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if given is not None:
        monkeypatch.setenv(VARIABLE, given)
    assert day_made("") == ("", ())


@pytest.mark.parametrize("given", ["now", "-1", "1.5", "2026-11-23", "９", " 1", "253402300800", "1" * 400])
def test_a_value_that_is_no_number_of_seconds_is_a_problem(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, given)
    day, (problem,) = day_made("")
    assert (day, problem.severity) == ("", "error")
    assert problem.message.startswith("the environment variable SOURCE_DATE_EPOCH is no such number: ")
    assert len(problem.message) < 110
    assert problem.hint.startswith("accepted: whole seconds since the start of 1970")


def test_a_bad_value_is_said_by_a_build_which_makes_the_rest(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "today")
    result = build(project / "outline.yaml", BuildOptions(out=project / "out"))
    assert [problem.message for problem in result.problems] == [
        "the environment variable SOURCE_DATE_EPOCH is no such number: 'today'"
    ]
    assert len(result.outputs) == 3


def test_files_of_an_outline_without_a_date_have_the_day_and_their_pages_do_not(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project / "outline.yaml"
    path.write_text(re.sub(r"(?m)^date: .*\n", "", path.read_text("utf-8")), "utf-8")
    monkeypatch.setenv(VARIABLE, DAY)
    brief, _ = prepare(path, BuildOptions())
    assert brief is not None
    assert (brief.date, brief.made) == ("", "2026-11-23")
    result = build(path, BuildOptions(out=project / "out", formats=("pptx", "html", "pdf", "docx", "odt")))
    assert result.problems == ()
    for name, part in {"outline.pptx": "docProps/core.xml", "outline-handout.docx": "docProps/core.xml"}.items():
        with zipfile.ZipFile(project / "out" / name) as package:
            assert b"2026-11-23T00:00:00Z</dcterms:created>" in package.read(part)
    with zipfile.ZipFile(project / "out" / "outline-handout.odt") as package:
        assert b"2026-11-23T00:00:00Z</meta:creation-date>" in package.read("meta.xml")
    made = pypdf.PdfReader(project / "out" / "outline-handout.pdf").metadata
    assert made is not None
    assert "20261123" in str(made.get("/CreationDate"))
    page = (project / "out" / "outline-handout.html").read_text("utf-8")
    assert "23 November 2026" not in page
