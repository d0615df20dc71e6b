"""Bad input through the command line: one clear problem with its place, no traceback, and the rest goes on."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.cli import main

Said = tuple[int, list[str], str]


@pytest.fixture
def run(project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Runs briefgen in the project; the exit status, the problems (one line each) and everything said."""

    def runs(*arguments: str) -> Said:
        monkeypatch.chdir(project)
        status = main(arguments)
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert "internal error" not in said.err
        problems = [line for line in said.err.splitlines() if ": error: " in line or ": warning: " in line]
        return status, problems, said.out + said.err

    return runs


def test_the_sample_project_itself_has_no_problems(run: Callable[..., Said]) -> None:
    assert run("check", "outline.yaml") == (0, [], "no problems\n")


def test_a_missing_source_folder(run: Callable[..., Said], project: Path) -> None:
    status, problems, said = run("build", "outline.yaml", "--sources", "papers")
    assert (status, problems) == (1, ["papers: error: there is no such file or folder of sources"])
    assert "hint: the nearest folder that is there: ." in said
    assert not (project / "output").exists()


def test_one_missing_source_folder_does_not_hide_the_other(run: Callable[..., Said]) -> None:
    status, problems, said = run("build", "outline.yaml", "--sources", "papers", "--sources", "sources")
    assert (status, len(problems)) == (1, 1)
    assert "from 4 sources" in said


BAD_SOURCES = {
    "empty": (b"", "sources/bad.txt: error: the file is empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "sources/bad.txt: error: this is a picture, not text"),
    "links": (b"home | about\n", "sources/bad.txt: error: no prose was found in this source"),
}


@pytest.mark.parametrize("kind", BAD_SOURCES)
def test_a_bad_source_is_named_and_the_others_are_built(run: Callable[..., Said], project: Path, kind: str) -> None:
    data, expected = BAD_SOURCES[kind]
    (project / "sources" / "bad.txt").write_bytes(data)
    status, problems, said = run("build", "outline.yaml")
    assert (status, problems) == (1, [expected])
    assert "hint: " in said
    assert "from 4 sources" in said
    assert (project / "output" / "outline.pptx").exists()


def test_a_source_of_an_unknown_kind_is_named_with_what_is_accepted(run: Callable[..., Said], project: Path) -> None:
    (project / "sources" / "scan.djvu").write_bytes(b"x")
    status, problems, said = run("check", "outline.yaml")
    assert (status, problems) == (1, ["sources/scan.djvu: error: files ending in '.djvu' are not read"])
    assert "accepted: .wikitext" in said


BAD_OUTLINES = {
    "tab": (
        "title: T\nsections:\n\t- topic: history\n",
        "bad.yaml:3:1: error: a tab stands where YAML wants spaces",
        1,
    ),
    "key": (
        "title: T\nsources: sources\nsections:\n  - topic: history\n    slide: 3\n",
        "bad.yaml:5:5: error: unknown key 'slide'",
        1,
    ),
    "topic": (
        "title: T\nsources: sources\nsections:\n  - topic: histroy\n",
        "bad.yaml:4:12: error: unknown topic 'histroy'",
        1,
    ),
    "no sources": ("title: T\nsections:\n  - topic: history\n", "bad.yaml:1:1: error: the outline names no sources", 1),
    "no sections": (
        "title: T\nsources: sources\nsections: []\n",
        "bad.yaml:1:1: error: the outline has no sections",
        1,
    ),
    "empty": ("", "bad.yaml: error: the file is empty", 1),
}


@pytest.mark.parametrize("kind", BAD_OUTLINES)
def test_a_bad_outline_is_named_with_its_place_and_the_other_outline_is_built(
    run: Callable[..., Said], project: Path, kind: str
) -> None:
    text, expected, count = BAD_OUTLINES[kind]
    (project / "bad.yaml").write_text(text, "utf-8")
    status, problems, said = run("build", "bad.yaml", "outline.yaml")
    assert status == 1
    assert len(problems) == count
    assert problems[0].startswith(expected)
    assert "hint: " in said or kind == "empty"
    assert (project / "output" / "outline.pptx").exists()


def test_a_misspelt_key_brings_the_nearest_known_one(run: Callable[..., Said], project: Path) -> None:
    (project / "bad.yaml").write_text(BAD_OUTLINES["key"][0], "utf-8")
    _, _, said = run("check", "bad.yaml")
    assert "did you mean 'slides'?" in said


def test_a_topic_with_no_passages(run: Callable[..., Said], project: Path) -> None:
    (project / "topics" / "moon.yaml").write_text(
        "title: The Moon\nterms: {moonquake: 2}\nblocks: [{bullets: }]\n", "utf-8"
    )
    (project / "bad.yaml").write_text(
        "title: T\nsources: sources\nsections:\n- topic: moon\n- topic: traffic\n", "utf-8"
    )
    status, problems, said = run("build", "bad.yaml")
    assert (status, problems) == (1, ["bad.yaml:4:10: error: no passage in the sources is on the topic 'moon'"])
    assert "hint: add sources" in said
    assert (project / "output" / "bad.pptx").exists()


def test_an_outline_that_is_not_there(run: Callable[..., Said], project: Path) -> None:
    status, problems, said = run("build", "outlien.yaml", "outline.yaml")
    assert (status, problems) == (1, ["outlien.yaml: error: there is no such file"])
    assert "did you mean 'outline.yaml'?" in said
    assert (project / "output" / "outline.pptx").exists()


@pytest.mark.parametrize(("option", "name"), [("--citations", "chicago-nots"), ("--template", "lectrue")])
def test_an_unknown_style_or_template(run: Callable[..., Said], project: Path, option: str, name: str) -> None:
    status, problems, said = run("build", "outline.yaml", option, name)
    assert len(problems) == 1
    assert repr(name) in problems[0]
    assert "did you mean 'chicago-notes'?" in said or "did you mean 'lecture'?" in said
    assert status == 1
    assert (project / "output" / "outline.pptx").exists()


def test_an_unknown_style_in_an_outline_has_the_place_of_the_outline(run: Callable[..., Said], project: Path) -> None:
    path = project / "outline.yaml"
    path.write_text(path.read_text("utf-8") + "citations: chicago-nots\n", "utf-8")
    _, problems, _ = run("check", "outline.yaml")
    assert len(problems) == 1
    assert problems[0].startswith("outline.yaml:")


def test_a_format_that_is_not_known_is_wrong_usage(run: Callable[..., Said]) -> None:
    status, _, said = run("build", "outline.yaml", "--to", "pptx,odp")
    assert status == 2
    assert "odp is not a format; did you mean 'odt'?" in said


def test_a_pipe_or_device_is_never_written_over(run: Callable[..., Said], project: Path) -> None:
    pipe = project / "pipe"
    os.mkfifo(pipe)
    status, problems, _ = run("bibliography", "sources", "--out", "pipe")
    assert (status, problems) == (1, ["pipe: error: this is no ordinary file, and was not written over"])
    assert pipe.is_fifo()


def test_a_folder_in_the_place_of_an_output_is_named(run: Callable[..., Said], project: Path) -> None:
    (project / "output" / "outline.pptx").mkdir(parents=True)
    status, problems, said = run("build", "outline.yaml")
    assert (status, problems) == (1, ["output/outline.pptx: error: this is no ordinary file, and was not written over"])
    assert "hint: move it away" in said


READERS = {
    "read": (["read", "NAME.txt"], "this is no ordinary file"),
    "check": (["check", "NAME.yaml"], "the file cannot be read: it is no ordinary file"),
    "verify a deck": (["verify", "NAME.pptx"], "the evidence cannot be read: it is no ordinary file"),
    "cite": (["cite", "NAME.bib"], "the file cannot be read: it is no ordinary file"),
    "a style": (["cite", "works.bib", "--style", "NAME.csl"], "the citation style cannot be read"),
    "a sequence": (["cite", "works.bib", "--sequence", "NAME.json"], "it is no ordinary file"),
}


@pytest.mark.parametrize("kind", READERS)
def test_a_pipe_that_nobody_writes_to_is_a_problem_and_not_waited_for(
    run: Callable[..., Said], project: Path, kind: str
) -> None:
    arguments, expected = READERS[kind]
    (project / "works.bib").write_text("@book{a, title={Piers}, author={Ada Moss}, year=1999}", "utf-8")
    for ending in ("txt", "yaml", "pptx", "evidence.json", "bib", "csl", "json"):
        os.mkfifo(project / f"pipe.{ending}")
    status, problems, _ = run(*(argument.replace("NAME", "pipe") for argument in arguments))
    assert (status, len(problems)) == (1, 1)
    assert problems[0].startswith("pipe.")
    assert expected in problems[0]


NAMES = {"too long": "a" * 300, "a loop of links": "loop", "not UTF-8": os.fsdecode(b"n\xff")}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("command", ["build", "check", "read", "dates", "sources", "verify", "cite", "bibliography"])
def test_a_name_under_which_nothing_can_be_read_is_named(
    run: Callable[..., Said], project: Path, command: str, name: str
) -> None:
    endings = {"build": "yaml", "check": "yaml", "verify": "pptx", "cite": "bib"}
    file = f"{name}.{endings.get(command, 'txt')}"
    if name == "loop":
        (project / file).symlink_to(file)
    elif len(name) < 100:
        (project / file).write_text("title: The pier at Brackwater", "utf-8")
    status, problems, said = run(command, file)
    assert (status, len(problems)) == (1, 1)
    assert problems[0].startswith(f"{name}.".encode("utf-8", "backslashreplace").decode())
    assert "hint: " in said


def test_a_folder_of_sources_that_may_not_be_looked_into_is_named_and_the_rest_is_read(
    run: Callable[..., Said], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scan(path: str) -> object:
        if str(path).endswith("private"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    real = os.scandir
    (project / "sources" / "private").mkdir()
    monkeypatch.setattr(os, "scandir", scan)
    status, problems, said = run("sources")
    assert (status, problems) == (1, ["sources/private: error: the folder cannot be read: Permission denied"])
    assert "4 sources" in said


@pytest.mark.parametrize("data", ['{"a":' * 100_000, "[" * 100_000])
def test_json_that_is_nested_without_end_is_a_problem(run: Callable[..., Said], project: Path, data: str) -> None:
    for name in ("deep.evidence.json", "deep.pptx", "deep.json"):
        (project / name).write_text(data, "utf-8")
    (project / "works.bib").write_text("@book{a, title={Piers}, author={Ada Moss}, year=1999}", "utf-8")
    for arguments in (["verify", "deep.pptx"], ["cite", "deep.json"], ["cite", "works.bib", "--sequence", "deep.json"]):
        status, problems, _ = run(*arguments)
        assert (status, len(problems)) == (1, 1)
        assert "deep." in problems[0]


@pytest.mark.parametrize("ending", ["bib", "ris"])
def test_a_bibliography_without_works_is_a_problem(run: Callable[..., Said], project: Path, ending: str) -> None:
    (project / f"works.{ending}").write_bytes(b"%PDF-1.7 not a work")
    status, problems, said = run("cite", f"works.{ending}")
    assert (status, problems) == (1, [f"works.{ending}: error: there are no works in this bibliography"])
    assert "hint: accepted: CSL-JSON" in said


def test_sources_are_shown_where_standard_error_is_closed(
    run: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr", None)
    status, _, said = run("sources")
    assert status == 0
    assert "4 sources" in said


@pytest.mark.parametrize("wrong", ['"id": "\\ud800"', '"issued": {"date-parts": 5}', '"author": 5', '"title": [{}]'])
def test_a_work_with_values_of_the_wrong_kind_is_formatted_without_them(
    run: Callable[..., Said], project: Path, wrong: str
) -> None:
    (project / "works.json").write_text(f'[{{"id": "a", {wrong}}}, {{"id": "b", "title": "Piers"}}]', "utf-8")
    status, _, said = run("cite", "works.json")
    assert status == 0
    assert "Piers" in said
