"""Choosing from a library too large to be looked through: the index finds the passages, and changes no truth."""

import os
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.cachefolder import VARIABLE
from briefgen.compose import asked
from briefgen.compose.scoring import words_to_find
from briefgen.compose.search import search
from briefgen.composing import prepare
from briefgen.library import Library, Wanted, loading, open_library
from briefgen.library.cache import Cache, Key
from briefgen.library.index import Index
from briefgen.model import Block, Brief, Source, statements_of
from briefgen.readers.document import Reading
from briefgen.results import BuildOptions
from briefgen.text.words import stems

CANAL = Path(__file__).parent / "samples" / "canal" / "sources"


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder of a test's own."""
    folder = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on every library is a large one, of which few passages are looked at."""
    monkeypatch.setattr(asked, "WHOLE", 0)
    monkeypatch.setattr(asked, "BEST", 40)


def brief_of(folder: Path, sections: str = "  - topic: history\n") -> Brief:
    path = folder / "outline.yaml"
    path.write_text(f"title: The Suez Canal\nsources: {CANAL}\nsections:\n{sections}", "utf-8")
    brief, problems = prepare(path, BuildOptions())
    assert brief is not None
    assert problems == ()
    return brief


def shown(brief: Brief) -> list[str]:
    return [statement.text for section in brief.sections for statement in statements_of(section)]


def test_of_a_large_library_most_of_the_same_is_said(
    tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = set(shown(brief_of(tmp_path)))
    monkeypatch.setattr(asked, "WHOLE", 0)
    monkeypatch.setattr(asked, "BEST", 40)
    narrowed = set(shown(brief_of(tmp_path)))
    assert len(whole & narrowed) >= 0.6 * len(whole)


@pytest.mark.usefixtures("large")
def test_what_is_kept_changes_no_brief_of_a_large_library(
    tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = msgspec.json.encode(brief_of(tmp_path))
    open_library([CANAL.parents[1] / "chess" / "sources"])
    assert msgspec.json.encode(brief_of(tmp_path)) == first
    monkeypatch.setenv(VARIABLE, "")
    assert msgspec.json.encode(brief_of(tmp_path)) == first


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("find", ["no locks, so a ship", "no locks", "ocks, so a shi", "ocks, so"])
def test_a_pin_finds_its_passage_in_a_large_library(tmp_path: Path, cache_folder: Path, find: str) -> None:
    pin = f"  - title: Locks\n    pin: [{{find: {find!r}}}]\n    blocks:\n      - bullets: {{query: locks}}\n"
    assert any("The Suez Canal has no locks" in text for text in shown(brief_of(tmp_path, pin)))


@pytest.mark.usefixtures("large")
def test_a_database_lost_while_composing_is_filled_again(
    tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = brief_of(tmp_path)
    library = open_library([CANAL])
    for path in cache_folder.glob("library-*"):
        path.unlink()
    wanted = [Wanted(((" canal ", 2.0),))]
    blocks = library.narrowed(wanted, 5).blocks
    assert blocks == open_library([CANAL]).narrowed(wanted, 5).blocks
    assert brief_of(tmp_path) == before


def test_documents_that_are_read_meanwhile_are_not_looked_at(cache_folder: Path) -> None:
    library = open_library([CANAL])
    wanted = [Wanted(((" the ", 2.0), (" a", 2.0)))]
    before = library.narrowed(wanted, 500).blocks
    open_library([CANAL.parents[1] / "chess" / "sources"])
    assert library.narrowed(wanted, 500).blocks == before


def test_a_search_looks_only_at_passages_with_its_words(cache_folder: Path) -> None:
    library = open_library([CANAL]).narrowed([Wanted(((" lock ", 2.0),))], 100)
    assert library.blocks
    for name, blocks in library.blocks.items():
        assert all("lock" in stems(library.source(name).blocks[block].text) for block in blocks)


def test_a_file_that_was_left_alone_is_not_opened_again(
    tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.library.cache._SETTLED", 0)
    (tmp_path / "go.md").write_text("# Go\n\nThe go club met every Friday in a room above the mill.\n")
    before = open_library([tmp_path / "go.md"])

    def never(*_: object) -> None:
        raise AssertionError("a file was opened")

    monkeypatch.setattr(loading, "_bytes_of", never)
    assert open_library([tmp_path / "go.md"]) == before


def test_a_change_that_keeps_size_and_date_is_seen(
    tmp_path: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.library.cache._SETTLED", 0)
    path = tmp_path / "go.md"
    path.write_text("# Go\n\nThe go club met every Friday in a room above the mill.\n")
    times = path.stat()
    open_library([path])
    path.write_text("# Go\n\nThe go club met every Monday in a room above the mill.\n")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert "Monday" in open_library([path]).source("go").blocks[-1].text


TEXTS = st.lists(st.text(alphabet="abcé'’.- 1X", max_size=30), min_size=1, max_size=6)


@settings(deadline=None)
@given(TEXTS, st.text(alphabet="abcé'’.- 1X", max_size=6))
def test_the_index_counts_the_passages_that_hold_a_term(texts: list[str], term: str) -> None:
    blocks = tuple(Block("paragraph", text, 0, 1) for text in texts)
    cache = Cache(None)
    cache.put(Key("0", "a.txt"), Reading(Source("a", "a.txt", "0", "page", "A", blocks)))
    cache.flush()
    index = Index(cache, [1], len(texts), 10)
    lines = [f" {' '.join(stems(text))} " for text in texts]
    for pattern in (f" {' '.join(stems(term))} ", f" {' '.join(stems(term))}"):
        if pattern.strip():
            assert index.count(pattern) == sum(pattern in line for line in lines)
            held = {place % (1 << 26) for place in index.holding([pattern], 99)}
            assert held == {number for number, line in enumerate(lines) if pattern in line}
    cache.close()


@settings(deadline=None)
@given(st.text(alphabet="abcdesingot '’.-", min_size=1, max_size=30), st.data())
def test_what_stands_in_a_passage_is_found_by_its_terms(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    terms = words_to_find(text[start:end]).terms
    line = f" {' '.join(stems(text))} "
    if len(terms) > 1:
        assert all(term in line for term in terms)


def test_a_library_of_whole_sources_is_looked_through_whole() -> None:
    whole = Library(open_library([CANAL]).sources)
    assert whole.narrowed([Wanted(((" canal ", 2.0),))], 1).blocks is None
    assert search(whole, "canal", None, None, None, 3)
