import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import __version__
from briefgen.__main__ import start
from briefgen.cachefolder import VARIABLE
from briefgen.cli import COMMANDS, briefgen, main
from briefgen.cli.common import outlines_meant, print_json
from briefgen.outline import load_outline
from briefgen.problems import Location, Problem, error, warning
from briefgen.results import BuildOptions, BuildResult
from briefgen.schemas import schema
from briefgen.verify import Finding, VerifyReport

MARKDOWN = """\
# The mill

By A. Writer, 3 May 2001

## History

The mill was founded in 1901 by a farmer of the valley. It burned down in 1950 and was built again in 1952.
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def command(name: str) -> click.Command:
    found = briefgen.get_command(click.Context(briefgen), name)
    assert found is not None
    return found


def in_new_process(code: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, **options)


def test_help_lists_every_command_and_imports_no_heavy_room() -> None:
    done = in_new_process(
        "import sys; from briefgen.cli import main; main(['--help']); print(*sorted(sys.modules), file=sys.stderr)"
    )
    assert all(f"  {name} " in done.stdout and help_text in done.stdout for name, help_text in COMMANDS.items())
    imported = set(done.stderr.split())
    assert "briefgen.cli" in imported
    assert not imported & {"msgspec", "yaml", "jinja2", "pptx", "lxml", "trafilatura", "briefgen.model"}


def test_a_build_loads_no_reader_of_sources_that_were_read_before(tmp_path: Path) -> None:
    outline = Path(__file__).parent / "samples" / "canal" / "outline.yaml"
    code = (
        "import sys; from briefgen.cli import main; "
        f"main(['build', {str(outline)!r}, '--to', 'pptx', '--force', '--out', {str(tmp_path / 'out')!r}]); "
        "print(*sys.modules)"
    )
    kept = {**os.environ, VARIABLE: str(tmp_path / "cache")}
    first, second = (in_new_process(code, env=kept).stdout.split() for _ in range(2))
    assert {"lxml", "briefgen.citations.formatting", "briefgen.renderers.deck.looking"} <= set(first)
    assert "briefgen.renderers.deck.pptx" in second
    assert not {name.partition(".")[0] for name in second} & {"jinja2", "lxml", "PIL", "pptx", "trafilatura"}
    assert not {"briefgen.citations.formatting", "briefgen.renderers.deck.looking"} & set(second)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself_with_an_example_that_it_would_accept(name: str) -> None:
    found = command(name)
    assert found.help is not None
    assert found.help.startswith(COMMANDS[name])
    example = found.help[found.help.index(f"Example: briefgen {name}") :]
    assert "\n\n" not in example.strip()
    assert {"as_json", "quiet", "verbose"} <= {parameter.name for parameter in found.params}


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"briefgen {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["biuld"], "no command is called 'biuld'; did you mean 'build'?"),
        (["build"], "Missing argument 'OUTLINE...'"),
        (["build", "x.yaml", "--to", "pptx,pfd"], "pfd is not a format; did you mean 'pdf'?"),
        (["build", "x.yaml", "--to", ","], "accepted: pptx, html"),
        (["check", "--colour"], "No such option"),
        (["search"], "nothing to search for; give a QUERY or --topic"),
        (["search", "x", "--from", "once"], "'once' is not a year or a date such as 1980"),
        (["search", "--topic", "histroy"], "no topic is called 'histroy'; did you mean 'history'?"),
        (["search", "x", "--limit", "0"], "'--limit'"),
        (["schema", "--of", "outlin"], "'outlin' is not known; did you mean 'outline'?"),
        (["completion", "tcsh"], "'tcsh' is not known; "),
        (["bibliography", "--to", "biblatx"], "biblatx is not a format; did you mean 'biblatex'?"),
        (["check", "x.yaml", "--verbos"], "--verbose"),
    ],
)
def test_wrong_usage_is_said_and_has_the_exit_status_2(
    arguments: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""


def test_the_schema_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out) == schema()


def raising(reason: BaseException) -> click.Command:
    def fail(verbose: bool) -> None:
        raise reason

    return click.Command("schema", callback=fail, params=[click.Option(["--verbose"], is_flag=True)])


def test_a_mistake_in_briefgen_is_one_line_and_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.cli.schema.command", raising(RuntimeError("two\nlines")))
    assert main(["schema"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "internal error: RuntimeError: two lines"
    assert "--verbose" in said[1]
    assert len(said) == 2
    assert main(["schema", "--verbose"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_is_quiet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.cli.schema.command", raising(KeyboardInterrupt()))
    assert main(["schema"]) == 130
    assert capsys.readouterr().err.strip() == ""


def test_an_interruption_while_the_program_loads_is_quiet(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("briefgen.cli.main", stopped)
    assert start() == 130
    assert capsys.readouterr().err == ""


def test_a_reader_of_the_output_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    code = "import sys; from briefgen.cli import main; sys.exit(main(['schema']))"
    done = subprocess.run([sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert done.stderr == ""
    assert done.returncode == 1


def test_python_m_briefgen_is_briefgen() -> None:
    done = subprocess.run([sys.executable, "-m", "briefgen", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"briefgen {__version__}\n")


def test_json_is_utf_8_whatever_the_terminal_is() -> None:
    code = "from briefgen.cli.common import print_json; print_json({'é': 'x\\udcff'})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )
    assert json.loads(done.stdout.decode("utf-8")) == {"é": "x\udcff"}


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_text_is_one_line_of_json(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        written: list[bytes] = []
        patch.setattr("briefgen.cli.common.click.echo", written.append)
        print_json({"text": text})
    assert json.loads(written[0]) == {"text": text}
    assert b"\n" not in written[0]


def messages(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.message for problem in problems]


def test_a_folder_stands_for_the_outlines_in_it(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "briefgen.yaml", "notes.md", "topics/x.yaml"):
        write(tmp_path, name, "")
    paths, problems = outlines_meant([str(tmp_path)])
    assert [path.name for path in paths] == ["a.yml", "b.yaml"]
    assert problems == ()


def test_outlines_named_twice_are_built_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.yaml", "")
    assert outlines_meant([str(tmp_path), str(path)]) == ((path,), ())


def test_outlines_whose_outputs_would_overwrite_each_other_are_a_problem(tmp_path: Path) -> None:
    first, second = write(tmp_path, "x/a.yaml", ""), write(tmp_path, "y/a.yml", "")
    paths, problems = outlines_meant([str(first), str(second)])
    assert paths == (first,)
    assert messages(problems) == [f"its outputs would overwrite those of {first}, which has the same name"]


def test_a_folder_without_outlines_is_a_problem(tmp_path: Path) -> None:
    paths, problems = outlines_meant([str(tmp_path)])
    assert paths == ()
    assert messages(problems) == ["no outlines in this folder"]


def test_read_goes_on_after_a_file_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path, "mill.md", MARKDOWN)
    assert main(["read", str(tmp_path / "none.md"), str(good)]) == 1
    said = capsys.readouterr()
    assert f"{tmp_path / 'none.md'}: error: " in said.err
    assert "The mill" in said.out


def test_read_prints_one_object_a_line_with_the_promised_fields(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = write(tmp_path, "mill.md", MARKDOWN)
    other = write(tmp_path, "other.md", MARKDOWN.replace("mill", "bridge"))
    assert main(["read", "--json", str(good), str(other)]) == 0
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    promised = "id path title authors publisher published modified language headings blocks references dropped"
    assert set(promised.split()) <= set(first)
    assert (first["id"], first["title"], second["title"]) == ("mill", "The mill", "The bridge")
    assert {"level": 2, "text": "History"} in first["headings"]
    paragraph = next(block for block in first["blocks"] if "founded" in block["text"])
    assert set(paragraph) == {"kind", "level", "text", "start", "end", "page", "headings"}
    assert MARKDOWN[paragraph["start"] : paragraph["end"]].startswith("The mill was founded")


RESULT = BuildResult(title="T", files=("out/a.pptx", "out/a-handout.html"), slides=34, statements=1, sources=5)
FAULT = error("no passage is on the topic", "add sources", Location("a.yaml", 3, 5))
DOUBT = warning("two dates are given", "", Location("s.txt", 9, 1))


class Made:
    """Stands in for `build` and `check`, and keeps what it was asked for."""

    def __init__(self, **results: BuildResult) -> None:
        self.results = results
        self.asked: list[tuple[Path, BuildOptions]] = []

    def __call__(self, path: Path, options: BuildOptions) -> BuildResult:
        self.asked.append((path, options))
        return self.results.get(path.stem, RESULT)


def test_build_says_in_a_table_what_became_of_each_outline(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made(b=BuildResult(title="B", problems=(FAULT,)))
    monkeypatch.setattr("briefgen.build.build", made)
    assert main(["build", "b.yaml", "a.yaml"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "outline  result           slides  statements     sources  problems",
        "b        not built             0           0           0  1 error",
        "a        built                34           1           5",
        "2 outlines: 1 not built, 1 built -> output",
    ]
    assert said.err == "a.yaml:3:5: error: no passage is on the topic\n    hint: add sources\n"
    assert made.asked == [(Path("b.yaml"), BuildOptions()), (Path("a.yaml"), BuildOptions())]


def test_build_says_in_a_line_what_was_made_of_one_outline(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.build.build", Made(b=BuildResult(title="B", problems=(FAULT,))))
    assert (main(["build", "b.yaml"]), main(["build", "a.yaml"])) == (1, 0)
    assert capsys.readouterr().out.splitlines() == [
        "b: nothing was made",
        "a: 34 slides, 1 statement from 5 sources -> out/a.pptx, out/a-handout.html",
    ]


def test_build_leaves_out_an_outline_that_would_overwrite_another_and_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Made()
    monkeypatch.setattr("briefgen.build.build", made)
    first, second = write(tmp_path, "x/a.yaml", ""), write(tmp_path, "y/a.yaml", "")
    assert main(["build", str(first), str(second)]) == 1
    assert capsys.readouterr().err.startswith(f"{second}: error: its outputs would overwrite those of {first}")
    assert [path for path, _ in made.asked] == [first]


def test_build_hands_on_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made()
    monkeypatch.setattr("briefgen.build.build", made)
    asked = "--to html --sources p --sources q/*.md --out o --citations apa --template t.potx"
    assert main(["build", "a.yaml", *asked.split()]) == 0
    ((_, options),) = made.asked
    assert options == BuildOptions(("html",), Path("o"), ("p", "q/*.md"), "apa", "t.potx")


def test_build_in_json_is_one_object_for_each_outline(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.build.build", Made(b=BuildResult(title="B", problems=(FAULT,))))
    assert main(["build", "a.yaml", "b.yaml", "--json"]) == 1
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert first == {
        "outline": "a.yaml",
        "title": "T",
        "outputs": ["out/a.pptx", "out/a-handout.html"],
        "slides": 34,
        "statements": 1,
        "sources": 5,
        "unchanged": False,
        "why": ["it was not built here before"],
        "problems": [],
    }
    assert second["problems"] == [
        {
            "severity": "error",
            "message": "no passage is on the topic",
            "hint": "add sources",
            "file": "a.yaml",
            "line": 3,
            "column": 5,
        }
    ]


def test_quiet_leaves_errors_only_and_warnings_do_not_fail(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.build.build", Made(a=BuildResult(title="A", problems=(DOUBT,))))
    assert main(["build", "a.yaml"]) == 0
    assert capsys.readouterr().err == "s.txt:9:1: warning: two dates are given\n"
    assert main(["build", "a.yaml", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr("briefgen.build.build", Made(a=BuildResult(title="A", problems=(DOUBT, FAULT))))
    assert main(["build", "a.yaml", "--quiet"]) == 1
    assert capsys.readouterr() == ("", f"{FAULT}\n")


def test_check_says_that_there_are_no_problems_only_where_there_are_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.build.check", Made(b=BuildResult(title="B", problems=(FAULT,))))
    assert main(["check", "a.yaml"]) == 0
    assert capsys.readouterr().out == "no problems\n"
    assert main(["check", "a.yaml", "b.yaml"]) == 1
    assert capsys.readouterr() == ("", f"{FAULT}\n")


def test_a_passage_that_search_finds_can_be_pinned_as_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "sources/mill, no 1.md", MARKDOWN)
    monkeypatch.chdir(tmp_path)
    assert main(["search", "burned", "--limit", "1"]) == 0
    text, place, pin, *_ = capsys.readouterr().out.splitlines()
    assert text.startswith("It burned down in 1950")
    assert place.startswith("  mill, no 1, ")
    assert place.endswith(", 1950")
    outline, problems = load_outline(
        write(tmp_path, "o.yaml", f"title: T\nsections:\n- topic: history\n  pin:\n{pin}\n")
    )
    assert problems == ()
    assert outline is not None
    (pinned,) = outline.sections[0].pin
    assert pinned.source == "mill, no 1"
    assert pinned.find in MARKDOWN


def test_search_in_json_has_the_promised_fields_and_keeps_to_the_years(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = write(tmp_path, "mill.md", MARKDOWN)
    assert main(["search", "mill built founded burned", "--to", "1920", "--json", "--sources", str(source)]) == 0
    (hit,) = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert set(hit) == {"source", "block", "start", "end", "text", "date", "score", "locator"}
    assert (hit["source"], hit["date"]) == ("mill", "1901")


@pytest.mark.parametrize(
    "asked", [["mill built burned -tower"], ["--topic", "history"], ["mill", "--topic", "history"]]
)
def test_an_explained_score_is_the_sum_of_its_parts_times_the_clarity(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], asked: list[str]
) -> None:
    source = write(tmp_path, "mill.md", MARKDOWN)
    assert main(["search", *asked, "--explain", "--json", "--sources", str(source)]) == 0
    hits = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert hits
    for hit in hits:
        *added, clarity = hit["parts"]
        assert [part["times"] for part in hit["parts"]] == [False] * len(added) + [True]
        assert sum(part["value"] for part in added) * clarity["value"] == pytest.approx(hit["score"], abs=0.01)


def test_search_explains_a_score_below_its_passage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path, "mill.md", MARKDOWN)
    assert main(["search", "burned", "--explain", "--sources", str(source)]) == 0
    shown = capsys.readouterr().out
    assert "  burned\n" in shown
    assert "clarity (dated" in shown


def test_search_without_sources_says_where_it_looked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["search", "mill"]) == 1
    assert "sources: error: there is no such file or folder" in capsys.readouterr().err


HERE = Finding("s001", "found", "source", "The mill was founded.")
CHANGED = Finding("s002", "changed", "output", "It burned down.", "there now: It burned up.")


def test_verify_counts_what_it_found_and_names_what_it_did_not(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = {"a.pptx": VerifyReport((HERE, CHANGED), (DOUBT,), 2), "b.pptx": VerifyReport((HERE,), (), 1)}
    monkeypatch.setattr("briefgen.verify.verify", lambda path, sources: reports[path.name])
    assert main(["verify", "a.pptx", "b.pptx"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "a.pptx: 1 of 2 statements found, 1 changed",
        '  s002: changed in the output: "It burned down."',
        "      there now: It burned up.",
        "b.pptx: 1 of 1 statement found",
    ]
    assert said.err == f"{DOUBT}\n"
    assert main(["verify", "b.pptx", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_verify_in_json_is_one_object_for_each_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, tuple[str, ...]]] = []

    def verify(path: Path, sources: tuple[str, ...]) -> VerifyReport:
        asked.append((path, sources))
        return VerifyReport((HERE, CHANGED), (), 2)

    monkeypatch.setattr("briefgen.verify.verify", verify)
    assert main(["verify", "a.pptx", "--json", "--sources", "p"]) == 1
    here = {"id": "s001", "status": "found", "where": "source", "text": "The mill was founded.", "detail": ""}
    changed = {"id": "s002", "status": "changed", "where": "output", "text": "It burned down."}
    nothing = {"now": "", "difference": "", "places": []}
    assert json.loads(capsys.readouterr().out) == {
        "file": "a.pptx",
        "total": 2,
        "found": 1,
        "changed": 1,
        "missing": 0,
        "statements": [{**here, **nothing}, {**changed, "detail": "there now: It burned up.", **nothing}],
        "new": [],
        "problems": [],
    }
    assert asked == [(Path("a.pptx"), ("p",))]


def test_verify_of_a_file_that_is_not_there_says_only_that(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["verify", str(tmp_path / "none.pptx")]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"{tmp_path / 'none.pptx'}: error: there is no such file\n")


def test_dates_are_shown_with_their_values_and_what_cannot_be_known_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The pier was built in May 1998 by the town; in June it burned. Last week it was built again by the town.\n"
    (tmp_path / "pier.txt").write_text(f"{text}\n{text[:62]}\n", "utf-8")
    assert main(["dates", str(tmp_path / "pier.txt")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(" »")[0].split()[0] for line in lines] == ["1998-05", "1998-06", "-", "1998-05", "1998-06"]
    assert "June [1998]" in lines[1]
    assert lines[2].endswith("(there is no date to count from)")


def test_dates_of_plain_text_are_json_with_offsets_into_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "On Monday he came.\nIt took two months, from 1980 to 1992."
    path = tmp_path / "pier.any"
    path.write_text(text, "utf-8")
    assert main(["dates", "--plain", "--anchor", "2013-03-22", "--json", str(path)]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(text[row["start"] : row["end"]], row["edtf"], row["value"]) for row in rows] == [
        ("Monday", "2013-03-18", "2013-03-18"),
        ("two months", None, "P2M"),
        ("1980", "1980", "1980"),
        ("1992", "1992", "1992"),
    ]
    assert all(list(row)[:6] == ["file", "start", "end", "text", "edtf", "value"] for row in rows)


def test_an_anchor_that_is_no_date_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dates", "--anchor", "soon", str(tmp_path)]) == 2
    assert "accepted: a day such as 2013-03-22" in capsys.readouterr().err


def test_dates_of_a_missing_file_are_a_problem_and_the_others_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pier.txt").write_text("It was built in 1998.", "utf-8")
    assert main(["dates", "--plain", str(tmp_path / "none.txt"), str(tmp_path / "pier.txt")]) == 1
    said = capsys.readouterr()
    assert "none.txt: error:" in said.err
    assert "1998" in said.out
