"""What is kept of sources that were read: the same again, never in the way, and gone without loss."""

import multiprocessing
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.cachefolder import VARIABLE
from briefgen.compose.search import search
from briefgen.library import Library, loading, open_library
from briefgen.library.cache import Cache, Key

ROOT = Path(__file__).parents[1]
SOURCES = (
    ROOT / "sources",
    ROOT / "tests" / "samples" / "canal" / "sources",
    ROOT / "tests" / "samples" / "reef" / "sources",
)


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder of a test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A folder of three documents."""
    folder = tmp_path / "notes"
    folder.mkdir()
    for name in ("chess", "checkers", "go"):
        (folder / f"{name}.md").write_text(
            f"# {name}\n\nThe {name} club met every Friday in a room above the mill.\n", "utf-8"
        )
    return folder


def database(folder: Path) -> Path:
    (path,) = folder.glob("library-*.sqlite")
    return path


def never(*_: object) -> None:
    raise AssertionError("a reader was asked")


@pytest.mark.parametrize("folder", SOURCES, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_what_is_kept_is_what_was_read(folder: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = open_library([folder])
    monkeypatch.setattr(loading, "read", never)
    assert open_library([folder]) == first


def test_a_document_is_read_once_wherever_it_lies(
    notes: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_library([notes])
    monkeypatch.setattr(loading, "read", never)
    moved = notes.rename(notes.with_name("moved"))
    assert open_library([moved]).source("go").path == str(moved / "go.md")


def test_a_kept_problem_names_the_file_where_it_lies_now(notes: Path, cache_folder: Path) -> None:
    (notes / "a.txt").write_bytes(b"home | about\n")
    open_library([notes])
    moved = notes.rename(notes.with_name("moved"))
    (fault,) = open_library([moved]).problems
    assert str(fault.where) == str(moved / "a.txt")


def test_a_document_without_a_title_is_called_by_its_name_of_now(tmp_path: Path, cache_folder: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("The club met every Friday in a room above the mill, and it played until midnight.\n")
    (tmp_path / "two.txt").write_bytes(path.read_bytes())
    assert open_library([path]).sources[0].title == "one"
    assert open_library([tmp_path / "two.txt"]).sources[0].title == "two"


def test_a_changed_document_is_read_anew(notes: Path, cache_folder: Path) -> None:
    open_library([notes])
    (notes / "go.md").write_text("# go\n\nThe go club met every Monday in a room above the mill.\n")
    assert "Monday" in open_library([notes]).source("go").blocks[-1].text


def test_what_a_sidecar_says_is_taken_as_it_is_now(notes: Path, cache_folder: Path) -> None:
    open_library([notes])
    (notes / "go.source.yaml").write_text("title: The Game of Go\n")
    assert open_library([notes]).source("go").title == "The Game of Go"


@pytest.mark.parametrize("damage", [b"", b"not a database, certainly " * 100, None])
def test_a_damaged_or_deleted_database_is_made_anew(notes: Path, cache_folder: Path, damage: bytes | None) -> None:
    before = open_library([notes])
    path = database(cache_folder)
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage)
    assert open_library([notes]) == before
    assert open_library([notes]) == before
    with sqlite3.connect(database(cache_folder)) as kept:
        assert kept.execute("SELECT count(*) FROM documents").fetchone() == (3,)
    kept.close()


def test_pages_of_noise_inside_the_database_cost_no_truth(notes: Path, cache_folder: Path) -> None:
    before = open_library([notes])
    path = database(cache_folder)
    data = bytearray(path.read_bytes())
    for at in range(100, len(data), 997):
        data[at] ^= 0xFF
    path.write_bytes(data)
    assert open_library([notes]) == before


def test_a_kept_reading_with_a_wrong_letter_is_not_believed(notes: Path, cache_folder: Path) -> None:
    before = open_library([notes])
    with sqlite3.connect(database(cache_folder)) as kept:
        kept.execute("UPDATE blocks SET block = CAST(replace(block, 'Friday', 'Monday') AS BLOB)")
    kept.close()
    assert open_library([notes]) == before


def test_without_a_folder_to_write_in_all_goes_on_in_memory(
    notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "below"))
    assert len(open_library([notes]).sources) == 3
    monkeypatch.setenv(VARIABLE, "")
    assert len(open_library([notes]).sources) == 3


def test_a_locked_database_stops_nobody(notes: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_library([SOURCES[0]])
    path = database(cache_folder)
    monkeypatch.setattr("briefgen.library.cache.PATIENCE", 0)
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert len(open_library([notes]).sources) == 3
    other.close()
    assert path.exists()


def _open(folder: str, ready: "multiprocessing.synchronize.Barrier") -> None:
    ready.wait()
    library = open_library([folder])
    os._exit(0 if len(library.sources) == 40 else 1)


def test_several_processes_fill_one_library_at_once(tmp_path: Path, cache_folder: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"n{number}.md").write_text(
            f"# {number}\n\nThe club number {number} met above the mill every Friday.\n"
        )
    fork = multiprocessing.get_context("spawn")
    ready = fork.Barrier(3)
    workers = [fork.Process(target=_open, args=(str(folder), ready)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    with sqlite3.connect(database(cache_folder)) as kept:
        assert kept.execute("SELECT count(*), count(DISTINCT sha256) FROM documents").fetchone() == (40, 40)
    kept.close()


def test_what_was_read_before_a_kill_is_not_read_again(tmp_path: Path, cache_folder: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(200):
        (folder / f"n{number:03}.md").write_text(
            f"# {number}\n\nThe club number {number} met above the mill every Friday.\n"
        )
    stops = (
        "import os, sys\nfrom briefgen.library import entries\nfrom briefgen.library.files import find\n"
        "for number, entry in enumerate(entries(find([sys.argv[1]]).paths)):\n    if number == 150: os._exit(9)\n"
    )
    assert subprocess.run([sys.executable, "-c", stops, str(folder)], check=False).returncode == 9
    with sqlite3.connect(database(cache_folder)) as kept:
        (count,) = kept.execute("SELECT count(*) FROM documents").fetchone()
    kept.close()
    assert 64 <= count < 200
    assert len(open_library([folder]).sources) == 200


def found(library: Library, query: str) -> list[tuple[str, str]]:
    return [(hit.source, hit.text) for hit in search(library, query, None, None, None, 50)]


@pytest.mark.parametrize("query", ["canal company", "the Nile", "ships -war", "opened*", "quantum", "l'isthme"])
def test_the_index_finds_the_passages_that_reading_everything_finds(query: str, cache_folder: Path) -> None:
    library = open_library([SOURCES[1]])
    whole = Library(library.sources)
    assert set(found(library, query)) == set(found(whole, query))


def test_what_other_folders_hold_changes_no_search(notes: Path, cache_folder: Path) -> None:
    alone = search(open_library([notes]), "club mill", None, None, None, 50)
    open_library([SOURCES[0]])
    assert search(open_library([notes]), "club mill", None, None, None, 50) == alone


def test_databases_of_other_versions_are_cleared_away(notes: Path, cache_folder: Path) -> None:
    cache_folder.mkdir()
    (cache_folder / "library-0123.sqlite").write_bytes(b"old")
    (cache_folder / "letters.txt").write_bytes(b"mine")
    open_library([notes])
    assert sorted(
        path.name for path in cache_folder.iterdir() if "-wal" not in path.name and "-shm" not in path.name
    ) == [
        "letters.txt",
        database(cache_folder).name,
    ]


def test_a_key_that_was_never_put_gives_nothing() -> None:
    cache = Cache(None)
    assert cache.get(Key("0" * 64, ".md")) is None
    cache.close()
