"""The start of the program, which `benchmarks/startup.py` times: no clock is looked at here."""

import subprocess
import sys

import pytest

from briefgen.cli import COMMANDS

HEAVY = {
    "msgspec",
    "yaml",
    "jinja2",
    "pptx",
    "lxml",
    "trafilatura",
    "rich",
    "PIL",
    "briefgen.problems",
    "briefgen.model",
}
FIRST = {"jinja2", "pptx", "lxml", "trafilatura", "rich", "PIL", "typst", "briefgen.readers", "briefgen.compose"}


def modules(*arguments: str) -> set[str]:
    code = f"import sys; from briefgen.cli import main; main({list(arguments)!r}); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], []])
def test_the_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert not modules(*arguments) & HEAVY


def test_the_help_of_a_command_loads_no_room_that_works() -> None:
    for name in COMMANDS:
        assert not modules(name, "--help") & FIRST, name
