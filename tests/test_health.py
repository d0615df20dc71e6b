"""What `briefgen sources` says of each source."""

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.cli import main
from briefgen.library import entries
from briefgen.library.files import find
from briefgen.library.health import Health, Ward

CLUB = (
    "The chess club met every Friday in a room above the mill. Its members paid two shillings a year, and the winner "
    "of the winter games kept a silver cup. When the mill was sold in 1903, they moved to the reading room of the "
    "harbour, where the lamps burned until midnight and the kettle was never cold. Nobody was turned away. "
)
GOOD = f"---\ntitle: The Club\nauthor: Ada Quay\ndate: 1931-05-02\n---\n\n{CLUB}\n"


def healths(folder: Path, built: dict[Path, str] | None = None) -> dict[str, Health]:
    ward = Ward(built or {})
    return {Path(found.path).name: found for found in map(ward.look, entries(find([folder]).paths))}


def complaints(folder: Path, name: str) -> list[str]:
    return [one.what for one in healths(folder)[name].complaints]


def test_a_source_with_a_date_an_author_and_prose_is_good(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    found = healths(tmp_path)["a.md"]
    assert found.complaints == ()
    assert (found.id, found.title, found.authors, found.published) == ("a", "The Club", ("Ada Quay",), "1931-05-02")
    assert found.words == len(CLUB.split())


def test_a_source_that_says_neither_date_nor_author_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# The Club\n\n{CLUB}\n")
    assert complaints(tmp_path, "a.md") == ["no date", "no author"]


def test_a_source_of_few_words_is_short(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD.replace(CLUB, "The club met on Fridays.\n"))
    assert complaints(tmp_path, "a.md") == ["short"]


@pytest.mark.parametrize("end", ["It was the last of", "It was the last […]", "It was the last. Continue reading"])
def test_a_source_that_stops_inside_a_sentence_is_truncated(tmp_path: Path, end: str) -> None:
    (tmp_path / "a.md").write_text(GOOD + f"\n{end}\n")
    assert complaints(tmp_path, "a.md") == ["truncated"]


def test_a_source_that_ends_with_a_list_is_whole(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD + "\n- the cup\n- the lamps of the reading room\n")
    assert complaints(tmp_path, "a.md") == []


def test_a_page_that_is_nearly_all_navigation_is_told(tmp_path: Path) -> None:
    menu = "\n".join(f"Menu entry number {number}" for number in range(120))
    (tmp_path / "a.txt").write_text(f"{menu}\n\nThe Harbour Chess Club\n\n{CLUB}\n\n{menu}\n")
    assert "mostly boilerplate" in complaints(tmp_path, "a.txt")


def test_an_unreadable_source_is_told_with_its_reason_and_the_others_are_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    (tmp_path / "b.md").write_text(GOOD)
    found = healths(tmp_path)
    assert [(one.what, one.why) for one in found["a.md"].complaints] == [("unreadable", "the file is empty")]
    assert found["b.md"].complaints == ()


def test_the_same_bytes_and_nearly_the_same_words_are_duplicates(tmp_path: Path) -> None:
    varied = CLUB + " ".join(f"In {year} the cup went to player number {year % 37}." for year in range(1904, 1931))
    (tmp_path / "a.md").write_text(GOOD.replace(CLUB, varied))
    (tmp_path / "b.md").write_text(GOOD.replace(CLUB, varied))
    (tmp_path / "c.md").write_text(GOOD.replace(CLUB, varied.replace("silver", "golden")))
    (tmp_path / "d.md").write_text(GOOD.replace("Friday", "Monday"))
    found = healths(tmp_path)
    assert [one.why for one in found["b.md"].complaints] == [f"the same file as {tmp_path / 'a.md'}"]
    assert [one.why for one in found["c.md"].complaints] == [f"nearly the same words as {tmp_path / 'a.md'}"]
    assert found["a.md"].complaints == found["d.md"].complaints == ()


def test_a_source_that_changed_since_it_was_built_from_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(GOOD)
    found = healths(tmp_path, {(tmp_path / "a.md").resolve(): "0" * 64})["a.md"]
    assert [one.what for one in found.complaints] == ["changed"]


Said = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """Runs `briefgen sources` in a project that was built."""

    def runs(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(built)
        status = main(["sources", *arguments])
        said = capsys.readouterr()
        assert "internal error" not in said.err
        return status, said.out, said.err

    return runs


def test_the_table_has_a_row_for_each_source_and_a_sum(run: Said, built: Path) -> None:
    status, out, err = run()
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert lines[0].split() == ["SOURCE", "KIND", "WORDS", "PUBLISHED", "AUTHORS", "HEALTH"]
    assert len(lines) == 2 + len([path for path in (built / "sources").iterdir() if ".source." not in path.name])
    assert lines[-1].startswith("4 sources, ")


def test_after_an_edit_the_source_is_said_to_have_changed(run: Said, built: Path) -> None:
    assert "changed" not in run()[1]
    path = next((built / "sources").glob("*.md"))
    path.write_text(path.read_text("utf-8") + "\nMore was found in 1931 by the harbour company.\n", "utf-8")
    (row,) = [line for line in run()[1].splitlines() if "changed" in line and not line.startswith("4 sources")]
    assert row.startswith(path.stem)


def test_json_has_one_object_a_source(run: Said, built: Path) -> None:
    (built / "sources" / "bad.md").write_bytes(b"")
    status, out, _ = run("--json")
    objects = [json.loads(line) for line in out.splitlines()]
    assert status == 1
    assert len(objects) == 5
    bad = next(one for one in objects if one["path"].endswith("bad.md"))
    assert bad["health"] == [{"what": "unreadable", "why": "the file is empty"}]
    assert bad["problems"][0]["severity"] == "error"


# What a folder of sources may hold --------------------------------------------------------------------------------


def problems_of(folder: Path, run: Said) -> list[str]:
    return [line for line in run(str(folder))[2].splitlines() if not line.startswith("    hint")]


def test_a_broken_link_is_one_problem(run: Said, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").symlink_to(tmp_path / "gone.md")
    assert problems_of(tmp_path / "in", run) == [f"{tmp_path / 'in' / 'a.md'}: error: this link leads to nothing"]


def test_a_file_above_the_limit_is_one_problem_and_is_not_read(run: Said, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with (tmp_path / "in" / "big.txt").open("wb") as big:
        big.truncate(200_000_001)
    (problem,) = problems_of(tmp_path / "in", run)
    assert "200,000,001 bytes; at most 100,000,000 are read" in problem


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_a_socket_is_no_source(run: Said, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    os.mkfifo(folder / "a.txt")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "b.txt"))
        assert [line.split(": ", 1)[1] for line in problems_of(folder, run)] == ["error: this is no ordinary file"] * 2


def test_a_file_that_is_written_to_while_it_is_read_is_one_problem(
    run: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "a.md"
    path.write_text(GOOD)
    plainly = Path.read_bytes

    def while_written(self: Path) -> bytes:
        data = plainly(self)
        if self == path:
            path.write_text(GOOD + "More. " * (len(data) % 7 + 1) + data[-9:].decode())
        return data

    monkeypatch.setattr(Path, "read_bytes", while_written)
    assert problems_of(tmp_path / "in", run) == [f"{path}: error: the file was changed while it was read"]


def test_what_a_browser_saves_beside_a_page_is_passed_over(run: Said, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "Page_files"
    folder.mkdir(parents=True)
    (folder / "style.css").write_text("p {}")
    (folder / "frame.html").write_text("<p>An advertisement of some length stands here, in a frame.</p>")
    page = f"<html><title>The Club</title><article><h1>The Club</h1><p>{CLUB}</p></article></html>"
    (tmp_path / "in" / "Page.html").write_text(page)
    status, out, err = run(str(tmp_path / "in"))
    assert (status, err) == (0, "")
    assert len(out.splitlines()) == 3


def test_other_files_are_counted_in_one_warning(run: Said, tmp_path: Path) -> None:
    for name in ("a.md", "b.png", "c.png", "d.css"):
        (tmp_path / name).write_text(GOOD)
    assert problems_of(tmp_path, run)[0] == f"{tmp_path}: warning: 3 files are not read: 1 .css, 2 .png"


def test_a_sidecar_without_its_document_is_told(run: Said, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.md").write_text(GOOD)
    (folder / "aa.source.yaml").write_text("title: The Club\n")
    assert problems_of(folder, run) == [f"{folder / 'aa.source.yaml'}: warning: this describes no document"]


def test_a_sidecar_may_name_the_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(GOOD.replace("Ada Quay", "Łukasz Żak").encode("cp1250"))
    (tmp_path / "a.source.yaml").write_text("encoding: windows-1250\n")
    found = healths(tmp_path)["a.md"]
    assert (found.authors, found.problems) == (("Łukasz Żak",), ())
