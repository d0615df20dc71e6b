"""Which files are sources, and what is said of the others."""

import os
from pathlib import Path

import pytest

from briefgen.library import Library, open_library, read_file

NOTE = "# {0}\n\nThe {0} club met every Friday in a room above the mill.\n"


def write(path: Path, about: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(NOTE.format(about), "utf-8")
    return path


def ids(library: Library) -> list[str]:
    return [source.id for source in library.sources]


def messages(library: Library) -> list[str]:
    return [f"{problem.severity}: {problem.message}" for problem in library.problems]


def test_a_folder_is_read_with_all_its_folders_in_order_of_path(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", "deep/er/c.md"):
        write(tmp_path / name, name)
    assert ids(open_library([tmp_path])) == ["a", "b", "c"]


def test_readme_licence_and_hidden_files_of_a_folder_are_no_sources(tmp_path: Path) -> None:
    for name in ("a.md", "README.md", "readme.txt", "LICENSE.txt", ".hidden.md", ".git/x.md"):
        write(tmp_path / name, name)
    (tmp_path / "a.source.yaml").write_text("title: Chess\n", "utf-8")
    library = open_library([tmp_path])
    assert (ids(library), library.problems) == (["a"], ())


def test_a_file_and_a_glob_lead_to_what_they_name_and_each_file_is_read_once(tmp_path: Path) -> None:
    for name in ("a.md", "b.md", "c.txt"):
        write(tmp_path / name, name)
    library = open_library(["b.md", "*.md", tmp_path / "a.md"], tmp_path)
    assert (ids(library), library.problems) == (["b", "a"], ())


def test_a_source_has_its_path_and_the_hash_of_its_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "chess")
    (source,) = open_library([path]).sources
    assert source.path == str(path)
    assert source.title == "chess"
    assert len(source.sha256) == 64


def test_two_files_with_the_same_content_are_one_source(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "chess")
    write(tmp_path / "copy.md", "chess")
    library = open_library([tmp_path])
    assert ids(library) == ["a"]
    assert messages(library) == [f"warning: the same document as {tmp_path / 'a.md'}; read once"]


def test_two_files_of_one_name_have_ids_of_their_own(tmp_path: Path) -> None:
    for name in ("x/club.md", "y/club.md", "y/club.txt", "y/club-2.md"):
        write(tmp_path / name, name.replace("/", " "))
    found = ids(open_library([tmp_path]))
    assert found[0] == "club"
    assert len(set(found)) == 4


def test_a_file_of_an_unknown_kind_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "chess")
    (tmp_path / "b.xyz").write_bytes(b"x")
    library = open_library([tmp_path])
    assert ids(library) == ["a"]
    assert messages(library) == ["warning: 1 file is not read: 1 .xyz"]
    assert ".md" in library.problems[0].hint


def test_a_document_of_a_kind_that_is_not_read_is_an_error_by_name(tmp_path: Path) -> None:
    write(tmp_path / "a.md", "chess")
    (tmp_path / "b.ppt").write_bytes(b"x")
    library = open_library([tmp_path])
    assert ids(library) == ["a"]
    assert messages(library) == ["error: files ending in '.ppt' are not read"]


def test_a_missing_folder_is_a_problem_that_names_the_nearest_one_there_is(tmp_path: Path) -> None:
    library = open_library([tmp_path / "none" / "deeper"])
    assert ids(library) == []
    assert messages(library) == ["error: there is no such file or folder of sources"]
    assert library.problems[0].hint.endswith(str(tmp_path))
    assert str(library.problems[0].where) == str(tmp_path / "none" / "deeper")


def test_a_folder_without_sources_is_a_problem(tmp_path: Path) -> None:
    assert messages(open_library([tmp_path])) == ["error: there are no sources in this folder"]


def test_a_link_that_leads_nowhere_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path / "b.md", "chess")
    (tmp_path / "a.md").symlink_to(tmp_path / "gone.md")
    library = open_library([tmp_path])
    assert ids(library) == ["b"]
    assert [problem.where and problem.where.file for problem in library.problems] == [str(tmp_path / "a.md")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path) -> None:
    path = write(tmp_path / "a.md", "chess")
    path.chmod(0)
    assert messages(open_library([path])) == ["error: the file cannot be read: Permission denied"]


def test_a_folder_given_as_a_file_is_a_problem(tmp_path: Path) -> None:
    reading = read_file(tmp_path)
    assert reading.source is None
    assert reading.problems[0].message == "this is a folder"
