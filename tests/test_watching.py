"""`build --watch`: what is built after a save, and what is said of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

PATIENCE = 30.0
"""Seconds after which a test gives up; what it waits for takes less than one."""


class Watching:
    """A build that watches, and the lines that it printed."""

    def __init__(self, folder: Path) -> None:
        self.said = folder.parent / "said"
        command = [sys.executable, "-m", "briefgen", "build", "outlines", "--to", "html", "--watch"]
        with self.said.open("wb") as file:
            environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
            self.run = subprocess.Popen(command, cwd=folder, stdout=file, stderr=subprocess.STDOUT, env=environment)

    def wait_for(self, held: Callable[[list[str]], bool]) -> list[str]:
        deadline = time.monotonic() + PATIENCE
        while not held(lines := self.said.read_text("utf-8").splitlines()):
            assert time.monotonic() < deadline, lines
            assert self.run.poll() is None, lines
            time.sleep(0.02)
        return lines


@pytest.fixture
def watching(project: Path) -> Iterator[Watching]:
    (project / "outlines").mkdir()
    text = (project / "outline.yaml").read_text("utf-8").replace("sources: ", "sources: ../")
    (project / "outlines" / "first.yaml").write_text(text, "utf-8")
    (project / "outline.yaml").unlink()
    made = Watching(project)
    made.wait_for(lambda lines: any("watching" in line for line in lines))
    yield made
    made.run.kill()
    made.run.wait()


def test_a_saved_outline_is_built_and_said_in_a_line(watching: Watching, project: Path) -> None:
    outline = project / "outlines" / "first.yaml"
    before = watching.said.read_text("utf-8").splitlines()
    outline.write_text(outline.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    lines = watching.wait_for(lambda lines: len(lines) > len(before))
    assert [line.partition(":")[0] for line in lines[len(before) :]] == ["first"]
    assert "New " in (project / "output" / "first-handout.html").read_text("utf-8")


def test_a_changed_source_and_a_new_outline_are_seen(watching: Watching, project: Path) -> None:
    before = watching.said.read_text("utf-8").splitlines()
    (project / "sources" / "more.md").write_text("# More\n\nThe town was founded in 1820.\n", "utf-8")
    lines = watching.wait_for(lambda lines: any(line.startswith("first:") for line in lines[len(before) :]))
    outline = project / "outlines" / "first.yaml"
    (project / "outlines" / "second.yaml").write_text(outline.read_text("utf-8"), "utf-8")
    watching.wait_for(lambda now: any(line.startswith("second:") for line in now[len(lines) :]))


def test_a_mistake_is_said_once_and_mended_without_a_new_start(watching: Watching, project: Path) -> None:
    outline = project / "outlines" / "first.yaml"
    good = outline.read_text("utf-8")
    outline.write_text(good + "sorces: x\n", "utf-8")
    lines = watching.wait_for(lambda lines: any("sorces" in line for line in lines))
    outline.write_text(good + "# mended\n", "utf-8")
    watching.wait_for(lambda now: len(now) > len(lines) and now[-1].startswith("first:"))


def test_an_interruption_ends_it_quietly(watching: Watching) -> None:
    watching.run.send_signal(signal.SIGINT)
    assert watching.run.wait(PATIENCE) == 130
    assert "Traceback" not in watching.said.read_text("utf-8")
