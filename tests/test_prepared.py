"""What is kept with a source of its sentences, and what the outline's subject adds to it."""

import sqlite3
from pathlib import Path

import pytest

from briefgen.cachefolder import VARIABLE
from briefgen.compose import preparing
from briefgen.compose.candidates import Candidate, candidates
from briefgen.library import Library, open_library

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "tests" / "samples").glob("*/sources"))
SUBJECTS = (frozenset[str](), frozenset({"river", "club"}), frozenset({"canal"}), frozenset({"reef", "survey"}))
PLAIN = """\
# The mill

Harbour Mill was built by Anna Berg in 1820. It burnt down in May 1874. The mill was never built again.

Berg later said that she had seen the fire. The harbour opened in 1901, and the town paid for it.
"""


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "mill.md").write_text(PLAIN, "utf-8")
    return folder


def found(folder: Path, subject: frozenset[str]) -> tuple[Candidate, ...]:
    """The candidates of a folder of sources."""
    return candidates(open_library([folder]), subject)


def fresh(folder: Path, subject: frozenset[str]) -> tuple[Candidate, ...]:
    """The same of sources that are kept nowhere."""
    return candidates(Library(open_library([folder]).sources), subject)


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda folder: folder.parent.name)
def test_kept_sentences_are_those_that_were_worked_out(folder: Path, cache_folder: Path) -> None:
    for subject in (*SUBJECTS, *SUBJECTS):
        assert found(folder, subject) == fresh(folder, subject)


def test_a_kept_source_is_not_worked_out_again(mill: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = found(mill, frozenset({"harbour", "mill"}))
    monkeypatch.setattr(preparing, "looked_at", None)
    assert found(mill, frozenset({"harbour", "mill"})) == first


def test_the_subject_explains_a_pronoun_whatever_was_kept_for_another(mill: Path, cache_folder: Path) -> None:
    def said(subject: frozenset[str]) -> dict[str, list[str]]:
        return {one.text: [each.text for each in one.inserted] for one in found(mill, subject)}

    fire = "It burnt down in May 1874."
    assert said(frozenset())[fire] == []
    assert said(frozenset({"harbour", "mill"}))[fire] == ["[Harbour Mill]"]
    assert said(frozenset({"town"}))[fire] == []
    assert said(frozenset({"harbour", "mill"}))[fire] == ["[Harbour Mill]"]


@pytest.mark.parametrize("value", [b"", b"noise", None])
def test_damaged_or_missing_sentences_are_worked_out_again(mill: Path, cache_folder: Path, value: bytes | None) -> None:
    first = found(mill, frozenset({"harbour", "mill"}))
    (path,) = cache_folder.glob("library-*.sqlite")
    with sqlite3.connect(path) as kept:
        if value is None:
            kept.execute("DELETE FROM worked_out")
        else:
            kept.execute("UPDATE worked_out SET value = ?", (value,))
    assert found(mill, frozenset({"harbour", "mill"})) == first


def test_a_source_under_another_name_has_its_own_spans(mill: Path, cache_folder: Path, tmp_path: Path) -> None:
    found(mill, frozenset({"harbour", "mill"}))
    other = tmp_path / "more"
    other.mkdir()
    (other / "a").mkdir()
    (other / "a" / "mill.md").write_text("# Else\n\nNothing of this kind was ever seen in the town hall.\n", "utf-8")
    (other / "mill.md").write_text(PLAIN, "utf-8")
    named = found(other, frozenset({"harbour", "mill"}))
    assert {each.span.source for one in named for each in one.inserted} <= {one.span.source for one in named}
    assert named == fresh(other, frozenset({"harbour", "mill"}))


def test_a_language_that_a_sidecar_names_is_heeded(mill: Path, cache_folder: Path) -> None:
    found(mill, frozenset())
    (mill / "mill.source.yaml").write_text("kind: news\npublished: 1874-06-01\n", "utf-8")
    assert found(mill, frozenset()) == fresh(mill, frozenset())
