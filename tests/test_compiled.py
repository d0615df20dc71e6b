"""What the program makes of its own data files: the same whether it is kept or not."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefgen
from briefgen.cachefolder import VARIABLE, _marks
from briefgen.compiled import compiled, packed, unpacked

TABLE: dict[Any, Any] = {"words": ["one", "two"], 3: None, "half": 0.5}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path


def never() -> Any:
    raise AssertionError("a table was made again")


def kept(folder: Path) -> Path:
    (path,) = folder.glob("program-*/*")
    return path


def test_what_was_made_once_is_not_made_again(folder: Path) -> None:
    assert compiled("a/b.yaml", dict, lambda: TABLE) == TABLE
    assert compiled("a/b.yaml", dict, never) == TABLE


@pytest.mark.parametrize("damage", [b"", b"no table", None])
def test_what_is_damaged_or_gone_is_made_again(folder: Path, damage: bytes | None) -> None:
    compiled("a", dict, lambda: TABLE)
    kept(folder).unlink() if damage is None else kept(folder).write_bytes(damage)
    assert compiled("a", dict, lambda: TABLE) == TABLE
    assert compiled("a", dict, never) == TABLE


def test_a_byte_that_is_wrong_is_noticed(folder: Path) -> None:
    compiled("a", dict, lambda: TABLE)
    data = kept(folder).read_bytes()
    for at in range(0, len(data), 7):
        kept(folder).write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert compiled("a", dict, lambda: TABLE) == TABLE


def test_a_changed_program_makes_its_tables_anew_and_clears_the_old_ones_away(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled("a", dict, lambda: TABLE)
    monkeypatch.setattr("briefgen.compiled.program_version", lambda: "another")
    assert compiled("a", dict, lambda: {"new": 1}) == {"new": 1}
    assert kept(folder).parent.name == "program-another"


def test_what_could_not_be_read_again_is_not_kept(folder: Path) -> None:
    strange: dict[Any, Any] = {"day": (1, 2)}
    assert compiled("a", dict, lambda: strange) == strange
    assert not list(folder.glob("program-*/*"))


def test_without_a_folder_everything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert [compiled("a", int, partial(int, value)) for value in (1, 2)] == [1, 2]


@given(st.binary())
def test_bytes_of_any_kind_are_no_value_without_their_checksum(data: bytes) -> None:
    assert unpacked(data, dict) is None
    assert unpacked(packed(TABLE), dict) == TABLE


def test_every_file_of_the_program_tells_its_versions_apart() -> None:
    home = Path(briefgen.__file__).parent
    counted = {name.lstrip("/") for name, _, _ in _marks(str(home), "")}
    files = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    assert counted == {name for name in files if "__pycache__" not in name}
    assert any(name.endswith(".typ") for name in counted)
