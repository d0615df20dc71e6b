"""Nothing is lost: files are put in place whole, all of a build or none, and what somebody edited is kept."""

import os
import signal
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import pytest

from briefgen.build import build
from briefgen.results import BuildOptions
from briefgen.verify import verify
from briefgen.writing import Own, Written, write_files

OLD = [("a.txt", b"old a"), ("b.txt", b"old b")]
NEW = [("a.txt", b"new a"), ("b.txt", b"new b")]


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def own(*files: tuple[str, bytes]) -> Own:
    return Own(frozenset(sha256(content).hexdigest() for _, content in files), "a", "a.evidence.json")


def test_files_are_put_in_place_and_nothing_else_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "out"
    assert write_files(OLD, folder) == Written((folder / "a.txt", folder / "b.txt"))
    assert held(folder) == dict(OLD)


def test_a_file_that_is_the_same_is_not_written(tmp_path: Path) -> None:
    write_files(OLD, tmp_path)
    os.utime(tmp_path / "a.txt", (1, 1))
    assert write_files([OLD[0], NEW[1]], tmp_path).paths == (tmp_path / "a.txt", tmp_path / "b.txt")
    assert (tmp_path / "a.txt").stat().st_mtime == 1


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_where_one_file_cannot_be_written_all_stay_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    write_files(OLD, tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"briefgen.writing.os.{call}", full)
    written = write_files(NEW, tmp_path)
    assert [one.message for one in written.problems] == ["cannot be written: No space left on device"]
    assert written.paths == ()
    assert held(tmp_path) == dict(OLD)


def test_what_was_edited_is_kept_beside_under_a_name_of_its_own(tmp_path: Path) -> None:
    write_files(OLD, tmp_path)
    for number, edited in enumerate((b"mine", b"mine again"), 1):
        (tmp_path / "a.txt").write_bytes(edited)
        written = write_files(NEW, tmp_path, own(*OLD, *NEW))
        assert [problem.severity for problem in written.problems] == ["warning"]
        name = "a.edited.txt" if number == 1 else "a.edited-2.txt"
        assert written.problems[0].message == f"it was changed after it was built; what it was is kept as {name}"
        assert (tmp_path / name).read_bytes() == edited
    assert held(tmp_path).keys() == {"a.txt", "b.txt", "a.edited.txt", "a.edited-2.txt"}


def test_what_is_kept_already_is_not_kept_twice(tmp_path: Path) -> None:
    for _ in range(2):
        write_files([("a.txt", b"mine")], tmp_path)
        write_files(NEW, tmp_path, own(*NEW))
    assert held(tmp_path) == {**dict(NEW), "a.edited.txt": b"mine"}


def test_what_a_build_wrote_is_replaced_without_a_copy(tmp_path: Path) -> None:
    write_files(OLD, tmp_path)
    assert write_files(NEW, tmp_path, own(*OLD)).problems == ()
    assert held(tmp_path) == dict(NEW)


def test_what_a_killed_run_left_behind_is_removed(tmp_path: Path) -> None:
    (tmp_path / ".briefgen-1-0").write_bytes(b"half a d")
    write_files(NEW, tmp_path)
    assert held(tmp_path) == dict(NEW)


def test_a_deck_that_was_edited_by_hand_outlives_the_next_build(built: Path) -> None:
    deck = built / "output" / "outline.pptx"
    deck.write_bytes(deck.read_bytes() + b"mine")
    edited = deck.read_bytes()
    result = build(built / "outline.yaml", BuildOptions(out=built / "output"))
    assert [one.message for one in result.problems if one.where and one.where.file == str(deck)] == [
        "it was changed after it was built; what it was is kept as outline.edited.pptx"
    ]
    assert deck.with_name("outline.edited.pptx").read_bytes() == edited
    assert deck.read_bytes() != edited


def test_an_edited_file_that_was_kept_can_be_verified(built: Path) -> None:
    folder = built / "output"
    page = folder / "outline-handout.html"
    page.write_text(page.read_text("utf-8").replace("</body>", "<p>Mine.</p></body>"), "utf-8")
    before = (folder / "outline.evidence.json").read_bytes()
    outline = built / "outline.yaml"
    outline.write_text(outline.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    build(outline, BuildOptions(out=folder))
    assert (folder / "outline.edited.evidence.json").read_bytes() == before
    report = verify(folder / "outline.edited-handout.html")
    assert (report.problems, [one.text for one in report.new]) == ((), ["Mine."])


WRITER = """
import sys
from pathlib import Path
from briefgen.writing import write_files
for round in range(40):
    data = f"{sys.argv[2]} {round} ".encode() * 20_000
    assert not write_files([(name, data) for name in ("a", "b", "c")], Path(sys.argv[1])).problems
"""


def test_two_runs_at_once_leave_the_files_of_one_of_them(tmp_path: Path) -> None:
    runs = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in "xy"]
    assert [run.wait(60) for run in runs] == [0, 0]
    found = held(tmp_path)
    assert found.keys() == {"a", "b", "c"}
    assert len(set(found.values())) == 1


@pytest.mark.parametrize("after", [0.0, 0.01, 0.02, 0.05, 0.1])
def test_a_run_that_is_killed_leaves_no_half_file(tmp_path: Path, after: float) -> None:
    run = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), "x"])
    while not (tmp_path / "c").exists():
        time.sleep(0.001)
    time.sleep(after)
    run.send_signal(signal.SIGKILL)
    run.wait()
    whole = {f"x {number} ".encode() * 20_000 for number in range(40)}
    assert {content for name, content in held(tmp_path).items() if not name.startswith(".")} <= whole
    write_files(NEW, tmp_path)
    assert not [name for name in held(tmp_path) if name.startswith(".")]


def test_runs_that_were_killed_between_two_files_leave_nothing_that_is_taken_for_edited(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outline, options = built / "outline.yaml", BuildOptions(out=built / "output")
    text = outline.read_text("utf-8")
    replace = os.replace
    for number in range(3):
        calls: list[object] = []

        def killed(made: Path, path: Path, calls: list[object] = calls) -> None:
            calls.append(path)
            if len(calls) == 2:
                raise KeyboardInterrupt
            replace(made, path)

        outline.write_text(text.replace("title: ", f"title: {number} ", 1), "utf-8")
        with monkeypatch.context() as patch:
            patch.setattr("briefgen.writing.os.replace", killed)
            with pytest.raises(KeyboardInterrupt):
                build(outline, options)
    outline.write_text(text, "utf-8")
    result = build(outline, options)
    assert [problem for problem in result.problems if "changed after" in problem.message] == []
    assert not list((built / "output").glob("*.edited*"))
