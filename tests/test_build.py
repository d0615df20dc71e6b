"""Building: the same bytes every time, whole files or none, and evidence for everything shown."""

import json
import os
import socket
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from as_read import deck_text, page_text

from briefgen.build import build, check
from briefgen.library import open_library
from briefgen.results import BuildOptions

FILES = ["outline-handout.html", "outline.evidence.json", "outline.pptx"]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def retitled(folder: Path) -> None:
    """Changes the outline, so that another build makes other bytes."""
    path = folder / "outline.yaml"
    path.write_text(path.read_text("utf-8").replace("title: The Suez Canal", "title: The Canal"), "utf-8")


def test_a_build_makes_deck_handout_and_evidence_and_says_so(project: Path) -> None:
    result = build(project / "outline.yaml", BuildOptions(out=project / "new" / "output"))
    assert names(project / "new" / "output") == FILES
    assert sorted(path.name for path in result.outputs) == FILES
    assert (result.title, result.sources, result.problems) == ("The Suez Canal", 4, ())
    assert result.slides > 8
    assert result.statements > 12


def test_a_handout_among_the_sources_is_never_its_own_witness(project: Path) -> None:
    beside = BuildOptions(formats=("html",), out=project / "sources")
    build(project / "outline.yaml", beside)
    again = build(project / "outline.yaml", beside)
    assert (again.sources, [problem.severity for problem in again.problems]) == (4, ["warning"])


def test_only_the_formats_asked_for_are_made(project: Path) -> None:
    build(project / "outline.yaml", BuildOptions(formats=("html",), out=project / "output"))
    assert names(project / "output") == ["outline-handout.html", "outline.evidence.json"]


def test_check_finds_the_same_and_writes_nothing(project: Path) -> None:
    before = sorted(project.rglob("*"))
    checked = check(project / "outline.yaml", BuildOptions(out=project / "output"))
    assert sorted(project.rglob("*")) == before
    built = build(project / "outline.yaml", BuildOptions(out=project / "output"))
    assert (checked.slides, checked.statements, checked.problems) == (built.slides, built.statements, built.problems)


def test_two_builds_of_the_same_inputs_have_the_same_bytes(built: Path) -> None:
    before = contents(built / "output")
    build(built / "outline.yaml", BuildOptions(out=built / "output"))
    assert contents(built / "output") == before


def test_the_order_of_hashes_does_not_reach_the_output(built: Path) -> None:
    before = contents(built / "output")
    for seed in ("0", "1"):
        command = [
            sys.executable,
            "-m",
            "briefgen",
            "build",
            "--force",
            str(built / "outline.yaml"),
            "--out",
            str(built / "output"),
        ]
        root = Path(__file__).parents[1]
        done = subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=root, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert contents(built / "output") == before


@pytest.mark.parametrize("room", ["briefgen.renderers.deck.render", "briefgen.renderers.handout.render_file"])
def test_a_renderer_that_fails_leaves_the_files_of_the_last_build(
    built: Path, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no")

    before = contents(built / "output")
    retitled(built)
    monkeypatch.setattr(room, fail)
    with pytest.raises(RuntimeError):
        build(built / "outline.yaml", BuildOptions(out=built / "output"))
    assert contents(built / "output") == before


def test_a_file_that_cannot_be_put_in_place_is_a_problem_and_leaves_the_old_one(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = contents(built / "output")
    retitled(built)
    monkeypatch.setattr("briefgen.writing.os.replace", fail)
    result = build(built / "outline.yaml", BuildOptions(out=built / "output"))
    assert [problem.message for problem in result.problems] == ["cannot be written: No space left on device"]
    assert result.outputs == ()
    assert contents(built / "output") == before


def test_a_file_where_the_folder_should_be_is_a_problem(project: Path) -> None:
    (project / "output").write_text("mine", "utf-8")
    result = build(project / "outline.yaml", BuildOptions(out=project / "output"))
    assert [problem.severity for problem in result.problems] == ["error"]
    assert (project / "output").read_text("utf-8") == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_a_problem(built: Path) -> None:
    folder = built / "output"
    before = contents(folder)
    retitled(built)
    folder.chmod(0o555)
    result = build(built / "outline.yaml", BuildOptions(out=folder))
    folder.chmod(0o755)
    assert [problem.message for problem in result.problems] == ["cannot be written: Permission denied"]
    assert contents(folder) == before


def test_no_test_can_reach_the_network() -> None:
    with socket.socket() as far, pytest.raises(AssertionError, match="reached for the network"):
        far.connect(("192.0.2.1", 80))


def test_evidence_has_the_promised_keys(built_once: Path) -> None:
    evidence = json.loads((built_once / "output" / "outline.evidence.json").read_text("utf-8"))
    assert set(evidence) == {"sources", "statements", "notes", "conflicts", "outputs", "pictures"}
    keys = {
        "sources": {"id", "path", "sha256", "title"},
        "statements": {
            *("id", "section", "topic", "kind", "text", "spans", "notes", "date", "slides", "corroborated_by"),
            "cells",
            "inserted",
            "passage",
        },
        "notes": {"number", "text", "source", "locator", "url"},
        "outputs": {"file", "sha256", "words"},
    }
    for name, expected in keys.items():
        assert {frozenset(record) for record in evidence[name]} == {frozenset(expected)}
    spans = [span for statement in evidence["statements"] for span in statement["spans"]]
    assert {frozenset(span) for span in spans} == {frozenset({"source", "block", "start", "end"})}


def test_evidence_has_the_hashes_of_what_was_made_and_of_what_it_was_made_from(built_once: Path) -> None:
    folder = built_once / "output"
    evidence = json.loads((folder / "outline.evidence.json").read_text("utf-8"))
    for output in evidence["outputs"]:
        assert sha256((folder / output["file"]).read_bytes()).hexdigest() == output["sha256"]
    assert [output["file"] for output in evidence["outputs"]] == ["outline.pptx", "outline-handout.html"]
    for source in evidence["sources"]:
        assert not Path(source["path"]).is_absolute()
        assert sha256((folder / source["path"]).read_bytes()).hexdigest() == source["sha256"]


def test_every_statement_stands_on_the_slides_that_the_evidence_names(built_once: Path) -> None:
    folder = built_once / "output"
    evidence = json.loads((folder / "outline.evidence.json").read_text("utf-8"))
    slides = deck_text((folder / "outline.pptx").read_bytes()).split("=== slide ")[1:]
    for statement in evidence["statements"]:
        assert statement["slides"]
        words = statement["text"].removesuffix(" …").split(" … ")[0].split()[:3]
        assert all(" ".join(words) in " ".join(slides[number - 1].split()) for number in statement["slides"])


def test_nothing_that_was_dropped_from_a_source_is_shown(built_once: Path) -> None:
    folder = built_once / "output"
    shown = " ".join(
        (
            deck_text((folder / "outline.pptx").read_bytes())
            + page_text((folder / "outline-handout.html").read_bytes())
        ).split()
    )
    library = open_library([built_once / "sources"])
    dropped = [" ".join(one.text.split()) for source in library.sources for one in source.dropped]
    captions = [block.text for source in library.sources for block in source.blocks if block.kind == "caption"]
    telling = [text for text in (*dropped, *captions) if len(text.split()) > 2]
    assert len(telling) >= 8
    assert [text for text in telling if text in shown] == []
