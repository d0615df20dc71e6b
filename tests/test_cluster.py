"""Builds on a Dask cluster of real processes that share no disk with this one but the machine's."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SAMPLES

from briefgen.cachefolder import VARIABLE
from briefgen.cli import main
from briefgen.cluster import build_parcel
from briefgen.problems import Problem
from briefgen.results import BuildOptions

NAMES = "abcdef"


class Cluster:
    """A scheduler with two workers, each a process with a cache of its own."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "scheduler.json"
        self.folder = folder
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.workers = [
            self._start("worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", cache=name) for name in ("x", "y")
        ]

    def _start(self, kind: str, *options: str, cache: str = "") -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--scheduler-file", str(self.file), *options]
        environment = {**os.environ, VARIABLE: str(self.folder / f"cache-{cache}")}
        return subprocess.Popen(command, cwd=self.folder, env=environment, stderr=subprocess.DEVNULL)

    @property
    def address(self) -> str:
        deadline = time.monotonic() + 60
        while not self.file.exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        return str(json.loads(self.file.read_text("utf-8"))["address"])

    def end(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Cluster(folder)
    yield made
    made.end()


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "project"
    shutil.copytree(SAMPLES / "lighthouse", folder)
    for name in NAMES:
        shutil.copy(folder / "outline.yaml", folder / f"{name}.yaml")
    (folder / "outline.yaml").unlink()
    monkeypatch.chdir(folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_killed_worker_loses_nothing_and_the_same_is_made_as_here(many: Path, cluster: Cluster) -> None:
    command = [sys.executable, "-m", "briefgen", "build", ".", "--json", "--to", "pptx,html,pdf", "--out", "there"]
    run = subprocess.Popen([*command, "--cluster", cluster.address], cwd=many, stdout=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not (many / "there" / f"{NAMES[0]}.pptx").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    cluster.workers[0].send_signal(signal.SIGKILL)
    said, _ = run.communicate(timeout=120)
    assert run.returncode == 0
    there = [json.loads(line) for line in said.splitlines()]
    assert main(["build", ".", "--quiet", "--to", "pptx,html,pdf", "--out", "here"]) == 0
    assert contents(many / "there") == contents(many / "here")
    assert [Path(one["outline"]).stem for one in there] == list(NAMES)
    assert all(one["outputs"][0].startswith("there/") for one in there)


def test_where_no_cluster_is_every_outline_says_so_once(many: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefgen.cluster._PATIENCE", 1)
        assert main(["build", ".", "--out", "there", "--cluster", "tcp://127.0.0.1:1"]) == 1
    said = capsys.readouterr()
    assert said.err.count("no cluster can be used at tcp://127.0.0.1:1") == 1
    assert said.out.count("not built") == len(NAMES) + 1
    assert not (many / "there").exists()


def test_another_version_on_the_cluster_is_a_problem(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import msgspec

    from briefgen.build import Product
    from briefgen.cluster import _parcel
    from briefgen.composing import asked_for

    path = Path("a.yaml")
    outline, _ = asked_for(path, BuildOptions())
    assert outline
    sent = msgspec.msgpack.encode(_parcel(path, outline, BuildOptions()))
    monkeypatch.setattr("briefgen.cluster.__version__", "0")
    problems: tuple[Problem, ...] = msgspec.json.decode(build_parcel(sent), type=Product).result.problems
    assert [problem.message.startswith("the cluster has briefgen 0, and here is") for problem in problems] == [True]
