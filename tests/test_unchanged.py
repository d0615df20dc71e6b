"""What is built again and what is left alone: after any change of what a build depends on, and after none."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES

from briefgen.build import build
from briefgen.cachefolder import VARIABLE
from briefgen.cli import main
from briefgen.compiled import unpacked
from briefgen.library.states import States
from briefgen.records import Record, standing
from briefgen.results import BuildOptions

Change = Callable[[Path], object]


@pytest.fixture
def own(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose current folder is its own, with a cache that is."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    monkeypatch.chdir(project)
    return project


def built(*options: str) -> tuple[int, dict[str, Any]]:
    """The exit status of a build and what it says in JSON."""
    said: list[dict[str, Any]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefgen.cli.rounds.print_json", said.append)
        status = main(["build", "outline.yaml", "--json", *options])
    return status, said[0]


def times(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def append(path: str, text: str) -> Change:
    def change(folder: Path) -> None:
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def new(path: str, text: str) -> Change:
    def change(folder: Path) -> None:
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, "utf-8")

    return change


def source(folder: Path) -> Path:
    return min(path for path in (folder / "sources").iterdir() if not path.name.endswith(".source.yaml"))


def test_what_has_not_changed_is_left_alone_and_said_to_be(own: Path) -> None:
    first = built()
    before = times(own / "output")
    status, second = built()
    assert (second["unchanged"], second["why"]) == (True, [])
    assert times(own / "output") == before
    same = ("title", "outputs", "slides", "statements", "sources", "problems")
    assert (status, [second[key] for key in same]) == (first[0], [first[1][key] for key in same])


def test_a_touched_file_that_holds_the_same_is_no_change(own: Path) -> None:
    built()
    os.utime(own / "outline.yaml")
    os.utime(source(own))
    assert built()[1]["unchanged"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (append("outline.yaml", "# a remark\n"), "outline.yaml has changed"),
        (append("outline.yaml", "course: History 1\n"), "outline.yaml has changed"),
        (new("sources/more.md", "# More\n\nThe town was founded in 1820.\n"), "sources/more.md is new"),
        (lambda folder: source(folder).unlink(), "is gone"),
        (lambda folder: source(folder).write_bytes(source(folder).read_bytes() + b"\n\nMore.\n"), "has changed"),
        (lambda folder: source(folder).with_suffix(".source.yaml").write_text("author: A\n"), ".source.yaml"),
        (new("briefgen.yaml", "course: History 2\n"), "briefgen.yaml is new"),
        (new("topics/mills.yaml", "title: Mills\nterms: {mill: 1}\n"), "topics/mills.yaml is new"),
        (lambda folder: next((folder / "output").glob("*.pptx")).unlink(), ".pptx is gone"),
        (append("output/outline.evidence.json", "\n"), "output/outline.evidence.json has changed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_any_change_of_what_a_build_depends_on_is_built_and_named(own: Path, change: Change, why: str) -> None:
    built()
    change(own)
    _, said = built()
    assert not said["unchanged"]
    assert any(why in one for one in said["why"]), said["why"]
    assert built()[1]["unchanged"] or said["problems"]


@pytest.mark.parametrize("option", [["--to", "html"], ["--citations", "apa"], ["--template", "hall"]])
def test_another_option_is_built_and_named(own: Path, option: list[str]) -> None:
    built()
    assert built(*option)[1]["why"] == [f"{option[0]} is another"]


def test_the_date_that_the_environment_gives_counts(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert built()[1]["why"] == ["SOURCE_DATE_EPOCH is another"]


def test_force_builds_what_has_not_changed_and_writes_no_file_that_is_the_same(own: Path) -> None:
    built()
    before = times(own / "output")
    assert not built("--force")[1]["unchanged"]
    assert times(own / "output") == before


def test_a_build_with_errors_is_tried_again(own: Path) -> None:
    append("outline.yaml", "unknown: 1\n")(own)
    assert built()[0] == built()[0] == 1
    assert not built()[1]["unchanged"]


def test_a_source_that_changes_while_it_is_read_is_read_again(own: Path) -> None:
    options = BuildOptions(out=Path("output"))
    os.utime(source(own), ns=(2**62, 2**62))
    build(Path("outline.yaml"), options)
    assert standing(Path("outline.yaml"), options, States()).why == ("it was not built here before",)


def test_what_was_composed_before_is_not_again_for_another_format(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built("--out", "fresh", "--to", "pptx,html", "--force")
    built("--to", "pptx")
    monkeypatch.setattr("briefgen.composing.compose_outline", None)
    _, said = built("--to", "pptx,html")
    assert said["statements"] > 0
    assert contents(own / "output") == contents(own / "fresh")


@pytest.mark.parametrize("change", [append("outline.yaml", "# more\n"), new("sources/new.md", "# New\n\nA mill.\n")])
def test_what_has_changed_is_composed_again(own: Path, change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    built()
    change(own)
    monkeypatch.setattr("briefgen.composing.compose_outline", None)
    with pytest.raises(TypeError):
        build(Path("outline.yaml"), BuildOptions())


def test_a_damaged_brief_is_composed_again(own: Path, tmp_path: Path) -> None:
    first = built()
    (kept,) = (tmp_path / "cache").glob("program-*/brief *")
    kept.write_bytes(kept.read_bytes()[:-3])
    assert built("--to", "pptx")[1]["statements"] == first[1]["statements"]


def test_a_damaged_record_is_no_record(own: Path, tmp_path: Path) -> None:
    built()
    (record,) = (tmp_path / "cache").glob("program-*/build *")
    record.write_bytes(record.read_bytes()[:-3])
    assert built()[1]["why"] == ["it was not built here before"]


def test_why_says_the_reason_in_a_line(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["build", "outline.yaml", "--why"])
    append("outline.yaml", "# a remark\n")(own)
    main(["build", "outline.yaml", "--why"])
    main(["build", "outline.yaml", "--why"])
    said = [line for line in capsys.readouterr().out.splitlines() if "->" not in line]
    assert said == [
        "outline: built because it was not built here before",
        "outline: built because outline.yaml has changed",
        "outline: nothing that it depends on has changed",
    ]


SAMPLE_OUTLINES = sorted(SAMPLES.glob("*/outline.yaml"))


@pytest.mark.parametrize("outline", SAMPLE_OUTLINES, ids=lambda path: path.parent.name)
def test_a_build_opens_no_file_that_its_record_does_not_name(
    outline: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    opened: set[str] = set()
    _listeners.append(lambda path: opened.add(os.path.realpath(path)))
    try:
        build(outline, BuildOptions(("pptx", "html", "docx"), tmp_path / "out"))
    finally:
        _listeners.clear()
    (path,) = (tmp_path / "cache").glob("program-*/build *")
    record = unpacked(path.read_bytes(), Record)
    assert record
    named = {os.path.realpath(path) for path in record.inputs}
    project = os.path.realpath(outline.parent)
    assert {path for path in opened if path.startswith(project) and os.path.isfile(path)} <= named


_listeners: list[Callable[[str], object]] = []


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if _listeners and event == "open" and isinstance(arguments[0], str | os.PathLike):
        for listener in _listeners:
            listener(os.fspath(arguments[0]))


sys.addaudithook(_heard)
