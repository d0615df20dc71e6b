"""`briefgen new`: a project that works at once."""

import json
import os
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from briefgen.cli import COMMANDS, main
from briefgen.starter import project_files, start


def said(capsys: pytest.CaptureFixture[str]) -> tuple[list[str], str]:
    out, err = capsys.readouterr()
    return out.splitlines(), err


def test_a_new_project_lists_its_files_and_what_to_type_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "my course"]) == 0
    out, err = said(capsys)
    assert err == ""
    *files, empty, following = out
    assert files == [os.path.join("my course", name) for name in project_files()]
    assert all(Path(file).is_file() for file in files)
    assert (empty, following) == ("", "Next: briefgen build 'my course/outlines'")


def test_a_new_project_is_built_and_verified_at_once_without_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "p", "--quiet"]) == 0
    formats = "pptx,html,pdf,docx,odt,quiz,gift,moodle,qti"
    assert said(capsys) == ([], "")
    assert main(["build", "p/outlines", "--to", formats]) == 0
    out, err = said(capsys)
    assert err == ""
    assert re.match(r"first-lecture: 1\d slides, \d\d statements from 1 source -> ", out[0])
    assert main(["check", "p/outlines"]) == 0
    assert said(capsys) == (["no problems"], "")
    assert main(["verify", "output/first-lecture.pptx"]) == 0


def test_its_files_name_schemas_that_are_there_and_that_they_conform_to(tmp_path: Path) -> None:
    start(tmp_path)
    named = 0
    for path in tmp_path.rglob("*.yaml"):
        first, _, rest = path.read_text("utf-8").partition("\n")
        beside = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert beside, path
        schema = json.loads((path.parent / beside[1]).read_text("utf-8"))
        value = json.loads(json.dumps(yaml.safe_load(rest), default=str))
        assert list(jsonschema.Draft202012Validator(schema).iter_errors(value)) == []
        named += 1
    assert named == 3


def test_what_is_commented_out_in_its_outline_may_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start(tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in ("outlines/first-lecture.yaml", "briefgen.yaml"):
        text = Path(name).read_text("utf-8")
        used = re.sub(r"(?m)^( *)# (?=( *- find|[a-z_]+:( |$)))(?!yaml-language)", r"\1", text)
        assert used.count("#") < text.count("#")
        Path(name).write_text(used, "utf-8")
    assert main(["check", "outlines"]) == 0
    assert said(capsys)[1] == ""


def test_its_readme_names_commands_that_there_are() -> None:
    readme = project_files()["README.md"].decode()
    named = re.findall(r"briefgen ([a-z]+)", readme)
    assert len(named) > 5
    assert set(named) <= set(COMMANDS)


def test_nothing_that_is_there_is_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    (tmp_path / "briefgen.yaml").symlink_to("nowhere")
    assert main(["new", str(tmp_path)]) == 1
    out, err = said(capsys)
    assert out == []
    assert err.count("error: this file is there already") == 2
    assert "--force" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "briefgen.yaml"]


def test_only_its_own_files_are_replaced_where_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "own.md").write_text("own", "utf-8")
    assert main(["new", str(tmp_path), "--force", "--quiet"]) == 0
    assert (tmp_path / "README.md").read_bytes() == project_files()["README.md"]
    assert (tmp_path / "sources" / "own.md").read_text("utf-8") == "own"


def test_a_folder_that_cannot_be_made_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    assert main(["new", str(tmp_path / "file")]) == 1
    assert "error: cannot be written: " in said(capsys)[1]


def test_in_json_it_is_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / "p"), "--json"]) == 0
    (line,), _ = said(capsys)
    made = json.loads(line)
    assert made["folder"] == str(tmp_path / "p")
    assert made["files"] == [str(tmp_path / "p" / name) for name in project_files()]
    assert made["problems"] == []
