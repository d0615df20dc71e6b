"""No file, however it is spoiled, makes a command raise, hang, or name a problem without its place.

The targets are those of `tools/fuzz.py`, which looks for longer.
"""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random

import fuzz
import fuzz_targets
import mutations
import pytest
from fuzz_targets import TARGETS, NoPlaceError, Target, said_by
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.model import Source
from briefgen.readers import read

FEW = {"formats": 1, "page of one's own": 2} | dict.fromkeys(
    ("outline", "briefgen.yaml", "sidecar", "topic", "template"), 3
)
"""How many inputs a target gets whose command takes long."""
NAMES = {target.name: target for target in TARGETS}


@pytest.mark.parametrize("name", NAMES)
def test_a_spoiled_file_is_read_or_named_with_its_place(
    name: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> None:
    target = NAMES[name]
    folder = tmp_path_factory.mktemp("fuzz") / "project"
    seeds = target.seeds()

    @settings(max_examples=FEW.get(name, 4), suppress_health_check=list(HealthCheck), database=None, derandomize=True)
    @given(st.integers(0, 2**32), st.binary(max_size=40), st.integers(0, 9))
    def holds(seed: int, junk: bytes, way: int) -> None:
        random = Random(seed)
        data = junk if way == 0 else target.mutate(random, random.choice(seeds), seeds)
        target.run(folder, data)

    holds()


@pytest.mark.parametrize(
    "data", [b"", b"\0", b"PK\x03\x04", b"\xff\xfe", b"{", b"[" * 3000, b"- " * 3000, b"<a>" * 3000]
)
@pytest.mark.parametrize("name", ["outline", "sidecar", "topic", "briefgen.yaml", "verify:outline.evidence.json"])
def test_a_file_of_little_sense_is_named_with_its_place(name: str, data: bytes, tmp_path: Path) -> None:
    NAMES[name].run(tmp_path / "project", data)


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub"])
def test_a_package_with_a_damaged_part_is_a_problem(suffix: str) -> None:
    """The bytes inside a compressed part, one after the other: found by fuzzing, zlib has an error of its own."""
    (whole,) = NAMES[f"read{suffix}"].seeds()
    with zipfile.ZipFile(BytesIO(whole)) as package:
        entry = max(package.infolist(), key=lambda one: one.compress_size)
    start = entry.header_offset + 30 + len(entry.filename)
    for at in range(start + 2, start + min(60, entry.compress_size)):
        reading = read("s", f"s{suffix}", whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        if reading.source is None:
            assert reading.problems[0].where is not None
        else:
            assert isinstance(reading.source, Source)


def test_what_is_wrong_with_works_names_their_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    works = tmp_path / "works.json"
    works.write_text('[{"id": "a", "type": "book"}, {"id": "a", "type": "book"}]', "utf-8")
    assert f"{works}: warning: two bibliographic items have the id 'a'" in said_by("cite", str(works))


def test_a_style_that_pandoc_refuses_is_named(tmp_path: Path) -> None:
    works, style = tmp_path / "works.json", tmp_path / "own.csl"
    works.write_text('[{"id": "a", "type": "book", "title": "T"}]', "utf-8")
    whole = fuzz_targets._csl()[0].decode("utf-8")
    style.write_text(whole.replace("<text variable=", "<text wrong="), "utf-8")
    assert f"{style}: error: the citation processor failed" in said_by("cite", str(works), "--style", str(style))


def _raises(_folder: Path, _data: bytes) -> None:
    raise KeyError("x")


def _has_no_place(_folder: Path, _data: bytes) -> None:
    raise NoPlaceError("error: something")


@pytest.mark.parametrize("run", [_raises, _has_no_place])
def test_the_tool_prints_what_it_finds_once_and_keeps_the_input(
    run: Callable[[Path, bytes], None],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Target("broken", "none", lambda: (b"seed",), mutations.spoiled_bytes, run)
    monkeypatch.setattr(fuzz, "TARGETS", (made,))
    assert fuzz.main(["--minutes", "0.001", "--save", str(tmp_path / "found")]) == 1
    said = capsys.readouterr().out
    assert said.count("FOUND by broken") == 1
    assert len(list((tmp_path / "found").iterdir())) == 1


def test_the_tool_says_which_targets_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert fuzz.main(["--target", "nothing"]) == 2
    assert "read.docx" in capsys.readouterr().err


@pytest.mark.parametrize("mutate", [getattr(mutations, name) for name in dir(mutations) if name.startswith("spoiled_")])
@given(st.integers(0, 2**32), st.binary(max_size=60))
@settings(max_examples=20, derandomize=True)
def test_the_same_choices_spoil_a_file_the_same_way(mutate: mutations.Mutate, seed: int, data: bytes) -> None:
    assert mutate(Random(seed), data, (data,)) == mutate(Random(seed), data, (data,))
