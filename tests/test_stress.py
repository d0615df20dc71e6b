"""The stress set: what is as hard to lay out as can be is built, verified, and can be read."""

import subprocess
import sys
from pathlib import Path

import pytest
from stress_set import NAMES
from stress_set import main as write_set

from briefgen.accessibility import check_deck
from briefgen.build import build
from briefgen.cli import main
from briefgen.composing import prepare
from briefgen.model import statements_of
from briefgen.results import BuildOptions, BuildResult
from briefgen.verify import verify

VALIDATOR = Path(__file__).parents[1].parent / "shared" / "ooxml-xsd" / "validate.py"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outlines of the set, and what is built of them in `out`."""
    folder = tmp_path_factory.mktemp("stress")
    for outline in write_set(folder):
        built(outline, folder / "out")
    return folder


def built(outline: Path, out: Path) -> BuildResult:
    return build(outline, BuildOptions(out=out))


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_building_ends_with_a_status_and_problems_that_say_where(
    name: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["build", str(folder / f"{name}.yaml"), "--out", str(tmp_path)])
    said = capsys.readouterr().err
    assert status in (0, 1)
    assert "Traceback" not in said
    problems = [line for line in said.splitlines() if ": error: " in line or ": warning: " in line]
    assert (status == 1) == any(": error: " in line for line in problems)
    assert all(line.startswith(f"{folder / name}.yaml:") for line in problems)
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{name}.pptx",
        f"{name}-handout.html",
        f"{name}.evidence.json",
    }


def test_the_same_bytes_are_built_twice(name: str, folder: Path) -> None:
    built(folder / f"{name}.yaml", folder / "again")
    again = sorted((folder / "again").glob(f"{name}*"))
    assert len(again) == 3
    for path in again:
        assert path.read_bytes() == (folder / "out" / path.name).read_bytes(), path.name


def test_every_statement_is_found_again(name: str, folder: Path) -> None:
    for ending in (".pptx", "-handout.html"):
        report = verify(folder / "out" / f"{name}{ending}")
        assert [one for one in report.statements if one.status != "found"] == []
        assert report.new == ()
        assert report.statements


def test_everybody_can_read_the_deck(name: str, folder: Path) -> None:
    assert [str(problem) for problem in check_deck(folder / "out" / f"{name}.pptx")] == []


def test_all_that_can_be_set_is_shown(folder: Path) -> None:
    counts = {}
    for name in NAMES:
        brief, _ = prepare(folder / f"{name}.yaml", BuildOptions())
        assert brief is not None
        counts[name] = sum(len(list(statements_of(section))) for section in brief.sections)
    assert counts["numbers"] == 80 + 60 + 300
    assert counts["sections"] == 15
    assert counts["scripts"] > 100


@pytest.mark.skipif(not VALIDATOR.exists(), reason="the schemas to check against are not on this machine")
def test_the_decks_keep_to_the_file_format(folder: Path) -> None:
    files = sorted(map(str, (folder / "out").glob("*.pptx")))
    ran = subprocess.run([sys.executable, str(VALIDATOR), *files], capture_output=True, text=True, check=False)
    assert len(files) == len(NAMES)
    assert ran.returncode == 0, ran.stdout
