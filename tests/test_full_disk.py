"""A disk that is full or may not be written: the last good files stay, and a problem says so."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.build import build
from briefgen.cachefolder import VARIABLE
from briefgen.results import BuildOptions, BuildResult


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for one small build."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=320k", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def built(project: Path, out: Path, title: str) -> BuildResult:
    outline = project / "outline.yaml"
    lines = outline.read_text("utf-8").splitlines()
    outline.write_text("\n".join(f"title: {title}" if line.startswith("title:") else line for line in lines), "utf-8")
    return build(outline, BuildOptions(("html",), out))


def test_a_full_disk_leaves_the_last_good_files_and_is_said(project: Path, disk: Path) -> None:
    assert built(project, disk, "First").files
    before = contents(disk)
    (disk / "filling").write_bytes(bytes(4096))
    while True:
        try:
            with (disk / "filling").open("ab") as file:
                file.write(bytes(4096))
        except OSError:
            break
    filling = (disk / "filling").read_bytes()
    result = built(project, disk, "Second")
    assert [problem.message for problem in result.problems] == ["cannot be written: No space left on device"]
    assert result.files == ()
    assert contents(disk) == {**before, "filling": filling}
    (disk / "filling").unlink()
    assert built(project, disk, "Second").files
    assert contents(disk).keys() == before.keys()


def test_a_disk_that_may_only_be_read_leaves_the_last_good_files_and_is_said(project: Path, disk: Path) -> None:
    built(project, disk, "First")
    before = contents(disk)
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    result = built(project, disk, "Second")
    assert [problem.message for problem in result.problems] == ["cannot be written: Read-only file system"]
    assert contents(disk) == before


def test_a_library_on_a_full_disk_is_done_without(
    project: Path, disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (disk / "filling").write_bytes(bytes(300_000))
    monkeypatch.setenv(VARIABLE, str(disk))
    result = built(project, tmp_path / "out", "First")
    assert (result.problems, len(result.files)) == ((), 2)
