"""Many outlines at once: in processes, in order, whatever becomes of one of them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import SAMPLES

from briefgen.build import build
from briefgen.cli import main
from briefgen.jobs import attempt, build_all, jobs_for
from briefgen.results import BuildOptions, BuildResult


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with five outlines, one of which is broken."""
    shutil.copytree(SAMPLES / "chess", tmp_path / "project")
    folder = tmp_path / "project"
    text = (folder / "outline.yaml").read_text("utf-8")
    (folder / "outlines").mkdir()
    for name in "abde":
        (folder / "outlines" / f"{name}.yaml").write_text(text.replace("sources: ", "sources: ../"), "utf-8")
    (folder / "outlines" / "c.yaml").write_text("title: [", "utf-8")
    (folder / "outline.yaml").unlink()
    monkeypatch.chdir(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_in_processes_the_same_is_made_as_in_one(many: Path) -> None:
    assert main(["build", "outlines", "--quiet", "--out", "one", "--jobs", "1"]) == 1
    assert main(["build", "outlines", "--quiet", "--out", "two", "--jobs", "2"]) == 1
    assert contents(many / "one") == contents(many / "two")
    assert {name.partition(".")[0].partition("-")[0] for name in contents(many / "one")} == set("abde")


def test_one_that_fails_stops_no_other_and_results_are_said_in_order(
    many: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "outlines", "--json", "--jobs", "2", "--to", "html"]) == 1
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [Path(one["outline"]).stem for one in said] == list("abcde")
    assert [bool(one["outputs"]) for one in said] == [True, True, False, True, True]


def test_a_mistake_in_briefgen_is_a_problem_of_one_outline(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, options: BuildOptions) -> BuildResult:
        raise RuntimeError("no")

    monkeypatch.setattr("briefgen.build.build", broken)
    result = attempt(Path("a.yaml"), BuildOptions())
    assert [problem.message for problem in result.problems] == ["internal error: RuntimeError: no"]


DYING = """
import os, signal, sys
from pathlib import Path
import briefgen.build, briefgen.jobs
from briefgen.results import BuildOptions, BuildResult

def build(path, options):
    if path.stem == "c":
        os.kill(os.getpid(), signal.SIGKILL)
    return BuildResult(path.stem)

def attempt(path, options):
    briefgen.build.build = build
    return build(path, options)

if __name__ == "__main__":
    briefgen.jobs.attempt = attempt
    for path, result in briefgen.jobs.build_all([Path(f"{one}.yaml") for one in "abcdef"], BuildOptions(), 2):
        print(path.stem, *(problem.message for problem in result.problems))
"""


def test_an_outline_whose_process_dies_is_a_problem_and_the_others_are_built(tmp_path: Path) -> None:
    script = tmp_path / "dying.py"
    script.write_text(DYING, "utf-8")
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    said = sorted(done.stdout.splitlines())
    assert said == ["a", "b", "c the process that built it came to a sudden end", "d", "e", "f"], done.stderr


def test_processes_end_with_the_one_that_started_them(many: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "briefgen", "build", "outlines", "--jobs", "2", "--force", "--to", "pdf"]
    run = subprocess.Popen(command, cwd=many, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children")
    if not children.exists():
        run.kill()
        pytest.skip("this system does not tell a process's children")
    deadline = time.monotonic() + 30
    while len(started := children.read_text().split()) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    run.send_signal(signal.SIGKILL)
    run.wait()
    while any(_runs(one) for one in started) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(_runs(one) for one in started)


def _runs(pid: str) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except OSError:
        return False


def test_few_outlines_are_built_in_one_process() -> None:
    assert (jobs_for(1), jobs_for(3)) == (1, 1)
    assert jobs_for(1_000) == (os.cpu_count() or 1)


def test_one_job_builds_in_this_process(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def noted(path: Path, options: BuildOptions) -> BuildResult:
        seen.append(os.getpid())
        return build(path, options)

    monkeypatch.setattr("briefgen.build.build", noted)
    list(build_all([Path("outlines/a.yaml"), Path("outlines/b.yaml")], BuildOptions(("html",)), 1))
    assert seen == [os.getpid()] * 2
