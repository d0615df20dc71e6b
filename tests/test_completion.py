"""What shells are told, and the manual page."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from briefgen.cli import COMMANDS, briefgen, main
from briefgen.cli.build import FORMATS
from briefgen.cli.completion import SHELLS
from briefgen.cli.manpage import manual

PAGE = manual(briefgen, COMMANDS)


def offered(*words: str, shell: str = "bash", folder: Path | None = None) -> list[str]:
    """What a shell is told to offer for the last of `words`, as its script asks for it."""
    asked = {"_BRIEFGEN_COMPLETE": f"{shell}_complete", "COMP_WORDS": " ".join(("briefgen", *words))}
    asked |= {"COMP_CWORD": words[-1] if shell == "fish" else str(len(words))}
    done = subprocess.run(
        [sys.executable, "-m", "briefgen"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, **asked, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert done.stderr == ""
    return done.stdout.strip("\n").splitlines()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["bi"], ["plain,bibliography"]),
        (["che"], ["plain,check"]),
        (["build", "--cit"], ["plain,--citations"]),
        (["build", "--citations", "chicago-n"], ["plain,chicago-notes", "plain,chicago-notes-ibid"]),
        (["build", "--citations", "own"], ["file,own"]),
        (["build", "--template", "h"], ["plain,hall"]),
        (["build", "--to", "sl"], ["plain,slides-html"]),
        (["build", "--to", "pptx,doc"], ["plain,pptx,docx"]),
        (["build", "out"], ["file,out"]),
        (["search", "--topic", "s"], ["plain,sanctions"]),
        (["schema", "--of", "d"], ["plain,defaults"]),
        (["bibliography", "--to", "r"], ["plain,ris"]),
        (["templates", "pr"], ["plain,print"]),
        (["completion", "z"], ["plain,zsh"]),
        (["nonsense", "x"], []),
    ],
)
def test_commands_options_and_names_are_completed(words: list[str], expected: list[str]) -> None:
    assert offered(*words) == expected


def test_own_topics_are_completed_too(tmp_path: Path) -> None:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "ships.yaml").write_text("title: Ships\n", "utf-8")
    assert offered("search", "--topic", "s", folder=tmp_path) == ["plain,sanctions", "plain,ships"]


def test_every_command_and_format_is_offered() -> None:
    assert offered("") == [f"plain,{name}" for name in COMMANDS]
    assert offered("build", "--to", "") == [f"plain,{name}" for name in FORMATS]


def test_other_shells_are_told_what_a_command_is_for() -> None:
    assert "check" in offered("che", shell="zsh")
    assert COMMANDS["check"] in offered("che", shell="zsh")
    assert offered("che", shell="fish") == [f"plain,check\t{COMMANDS['check']}"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_each_shell_is_printed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"_BRIEFGEN_COMPLETE={shell}_complete" in script
    assert "%(" not in script
    assert ("split --max 1" in script) == (shell == "fish")
    assert main(["completion", shell, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"shell": shell, "script": script[:-1]}


def test_the_shell_is_the_one_in_use_where_none_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    assert main(["completion"]) == 0
    assert "fish_complete" in capsys.readouterr().out
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    assert main(["completion"]) == 2
    assert "name a shell; accepted: bash, zsh, fish" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_with_the_script(tmp_path: Path) -> None:
    program = tmp_path / "briefgen"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m briefgen "$@"\n', "utf-8")
    program.chmod(0o755)
    code = (
        'eval "$(briefgen completion bash)"; COMP_WORDS=(briefgen build --to pptx,ht); COMP_CWORD=3; '
        '_briefgen_completion briefgen; echo "${COMPREPLY[@]}"'
    )
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": path, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert (done.stdout, done.stderr) == ("pptx,html\n", "")


def test_the_manual_has_every_command_with_every_option() -> None:
    context = click.Context(briefgen)
    parts = re.split(r"(?m)^\.SS ", PAGE)[1:]
    assert [part.partition("\n")[0] for part in parts] == list(COMMANDS)
    for name, part in zip(COMMANDS, parts, strict=True):
        command = briefgen.get_command(context, name)
        assert command is not None
        plain = part.replace("\\-", "-")
        assert COMMANDS[name].split(";")[0].rstrip(".") in plain
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert all(f"\\fB{option}" in plain for option in parameter.opts), (name, parameter.opts)


def test_the_manual_is_well_formed_roff_in_ascii() -> None:
    assert PAGE.isascii()
    assert PAGE.startswith('.TH BRIEFGEN 1 "" "briefgen ')
    headings = re.findall(r"(?m)^\.SH (.*)", PAGE)
    assert headings[:3] == ["NAME", "SYNOPSIS", "DESCRIPTION"]
    assert {"OPTIONS", "COMMANDS", "EXIT STATUS", "ENVIRONMENT", "FILES"} <= set(headings)
    requests = {line.split()[0] for line in PAGE.splitlines() if line.startswith((".", "'"))}
    assert requests <= {".TH", ".SH", ".SS", ".PP", ".TP", ".nf", ".fi", ".in"}
    assert PAGE.count(".nf\n") == PAGE.count(".fi\n")
    assert re.findall(r"\\(?!-|e|&|f[BIR]|\(aq|\(ga|\(ti|\(ha|\[u[0-9A-F]{4,5}\])", PAGE) == []
    assert all(line.strip() for line in PAGE.splitlines())


@pytest.mark.skipif(shutil.which("groff") is None, reason="there is no groff here")
def test_groff_has_no_complaint_of_the_manual(tmp_path: Path) -> None:
    (tmp_path / "briefgen.1").write_text(PAGE, "utf-8")
    done = subprocess.run(
        ["groff", "-man", "-ww", "-Tutf8", str(tmp_path / "briefgen.1")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "briefgen check outlines --built output/survey.pptx" in done.stdout.replace("\u2010", "-")


def test_the_manual_is_printed_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["man"]) == 0
    assert capsys.readouterr().out == PAGE
    assert main(["man", "--json", "--quiet"]) == 0
    assert json.loads(capsys.readouterr().out) == {"name": "briefgen.1", "text": PAGE}
