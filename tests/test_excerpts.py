"""What a user reads of a problem: its place, the line of the file, a caret under it, and what to do."""

import io
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from briefgen.cli import main
from briefgen.cli.common import is_coloured, show_problems
from briefgen.cli.excerpts import Excerpts, marked
from briefgen.problems import Location, Problem, error, nearest, warning


def written(folder: Path, text: str | bytes, name: str = "o.yaml") -> str:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(path)


def under_caret(shown: tuple[str, ...]) -> str:
    """The characters that stand above the caret and its extent, by the columns of a terminal."""
    line, marks = shown
    start, stop = marks.index("^"), len(marks)
    columns = "".join(
        sign if width else ""
        for sign in unicodedata.normalize("NFC", line)
        for width in (cell_len(sign),)
        for sign in (sign + "\0" * (width - 1),)
    )
    return columns[start:stop].replace("\0", "")


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("citatons: apa", "citatons"),
        ("a:\ttopic", "topic"),
        ("\t\tkey", "key"),
        ("題名: 哈卡尼 wrong", "wrong"),
        ("題名: 哈卡尼", "哈卡尼"),
        ("cafe\u0301 re\u0301sume\u0301 wrong", "wrong"),
        ("a\u200b\u00adb wrong", "wrong"),
        ("한글 wrong", "wrong"),
        ("x" * 400 + " wrong " + "y" * 400, "wrong"),
        ("漢" * 400 + " wrong " + "字" * 400, "wrong"),
        ("wrong " + "y" * 400, "wrong"),
        ("y" * 400 + " wrong", "wrong"),
    ],
)
def test_the_caret_stands_under_its_word_by_the_columns_of_a_terminal(line: str, word: str) -> None:
    column = line.index(word) + 1
    shown = marked(line, column, column + len(word), 80)
    assert under_caret(shown) == word
    assert cell_len(shown[0]) <= 80


def test_a_long_line_is_cut_on_both_sides_of_the_place() -> None:
    line, caret = marked("x" * 300 + " wrong " + "y" * 300, 302, 307, 60)
    assert line.startswith("…xxx")
    assert line.endswith("yyy…")
    assert caret.strip() == "^~~~~"


def test_signs_that_would_move_the_cursor_or_turn_the_line_are_not_printed() -> None:
    line, _ = marked("a\x1b[31m\u202eb\x07c", 1, 2, 80)
    assert line == "a\ufffd[31m\ufffdb\ufffdc"


@given(st.text(max_size=200), st.integers(1, 250), st.integers(1, 300), st.integers(20, 90))
def test_any_line_and_place_give_a_line_that_fits_or_nothing(line: str, column: int, end: int, width: int) -> None:
    shown = marked(line, column, end, width)
    for text in shown:
        assert not {"\n", "\r", "\x1b", "\t"} & set(text)
    if shown:
        assert shown[1].strip(" ~") == "^"
        assert len(shown[1]) <= width + 1


def test_keys_and_values_of_yaml_are_marked_as_far_as_they_go(tmp_path: Path) -> None:
    file = written(tmp_path, 'title: "Two words"\nsections: [x]\ntext: >\n  long\n')
    excerpts = Excerpts(80)
    assert excerpts.at(Location(file, 1, 8)) == ('title: "Two words"', "       ^~~~~~~~~~~")
    assert excerpts.at(Location(file, 2, 1)) == ("sections: [x]", "^~~~~~~~")
    assert excerpts.at(Location(file, 2, 11)) == ("sections: [x]", "          ^")
    assert excerpts.at(Location(file, 3, 7)) == ("text: >", "      ^")


def test_lines_are_counted_as_the_readers_count_them(tmp_path: Path) -> None:
    excerpts = Excerpts(80)
    assert excerpts.at(Location(written(tmp_path, "\ufeffa: 1\r\nb: 2\rc: 3\u2028d: 4"), 4, 4)) == ("d: 4", "   ^")
    assert excerpts.at(Location(written(tmp_path, "a\u2028b\rc", "s.txt"), 2, 1)) == ("c", "^")


@pytest.mark.parametrize(
    ("content", "line"),
    [(b"\x89PNG\0\0\n", 1), (b"caf\xe9\n", 1), (b"one\n", 7), (b"\n\n", 1), (None, 1)],
    ids=["binary", "not UTF-8", "no such line", "an empty line", "no file"],
)
def test_a_file_without_such_a_line_of_text_prints_none(tmp_path: Path, content: bytes | None, line: int) -> None:
    file = written(tmp_path, content) if content is not None else str(tmp_path / "none.yaml")
    assert Excerpts(80).at(Location(file, line, 1)) == ()
    assert Excerpts(80).at(Location(file)) == ()


def test_a_file_is_read_once_for_all_its_problems(tmp_path: Path) -> None:
    file = written(tmp_path, "a: 1\n")
    excerpts = Excerpts(80)
    excerpts.at(Location(file, 1, 1))
    Path(file).unlink()
    assert excerpts.at(Location(file, 1, 4)) == ("a: 1", "   ^")


def test_problems_are_printed_in_the_order_of_the_file_each_once_with_line_caret_and_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, "title: T\ncolor: red\n")
    late = warning("odd value", "another", Location(file, 2, 8))
    early = error("unknown key 'color'", "did you mean 'course'?", Location(file, 2, 1))
    show_problems([late, Problem("error", "no place"), early, late], quiet=False)
    assert capsys.readouterr().err == (
        f"{file}:2:1: error: unknown key 'color'\n    color: red\n    ^~~~~\n    hint: did you mean 'course'?\n"
        f"{file}:2:8: warning: odd value\n    color: red\n           ^~~\n    hint: another\n"
        "error: no place\n"
    )


def test_a_problem_that_two_outlines_share_is_printed_once_in_a_run(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    (project / "sources" / "empty.txt").write_bytes(b"")
    (project / "second.yaml").write_bytes((project / "outline.yaml").read_bytes())
    assert main(["check", "outline.yaml", "second.yaml"]) == 1
    assert capsys.readouterr().err.count("the file is empty") == 1


HEAD = "title: T\nsources: sources\n"
AWKWARD = {
    "an unknown key": ("citatons: apa\n", "3:1", "citatons", "unknown key 'citatons'", "'citations'?"),
    "a wrong type": ("minutes: many\n", "3:10", "many", "expected a whole number from 1 up", ""),
    "a key given twice": ("title: U\n", "3:1", "title", "the key 'title' is given twice", "line 1"),
    "no YAML": ('author: "A\n', "3:9", '"', "a quotation mark is opened and not closed", "close it"),
    "a tab": ("handout:\n\tblanks: 3\n", "4:1", "", "a tab stands where YAML wants spaces", "use spaces"),
    "a style": ("citations: apaa\n", "3:12", "apaa", "no citation style called 'apaa'", "'apa'?"),
    "a style's file": ("citations: my.csl\n", "3:12", "my.csl", "no citation style 'my.csl'", "accepted: "),
    "a template": ("template: hal\n", "3:11", "hal", "unknown template 'hal'", "'hall'?"),
    "a template's file": ("template: my.pptx\n", "3:11", "my.pptx", "there is no template my.pptx", "one of lecture"),
    "a source": ("prefer: [bridges, canal]\n", "3:10", "bridges", "no source is called 'bridges'", "accepted: "),
    "a paper": ("handout: {paper: a5}\n", "3:18", "a5", "expected one of a4, us-letter", "accepted: "),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_an_awkward_head_of_an_outline_is_shown_at_the_word_that_is_wrong(
    project: Path, case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, place, word, message, hint = AWKWARD[case]
    check_awkward(project, f"{HEAD}{lines}sections:\n  - topic: history\n", capsys, monkeypatch)
    said = capsys.readouterr().err.splitlines()
    told = [number for number, line in enumerate(said) if line.startswith(f"bad.yaml:{place}: error: ")]
    assert len(told) == 1, said
    assert message in said[told[0]]
    if word:
        assert under_caret((said[told[0] + 1], said[told[0] + 2])) == word
    assert hint in said[told[0] + 3] if hint else True


SECTIONS = {
    "a topic": ("- topic: histroy", "5:12", "histroy", "'history'?"),
    "a block": ("- blocks: [{timelin: {}}]", "5:15", "timelin", "'timeline'?"),
    "a day": ("- blocks: [{bullets: {query: boats, from: 2010-02-31}}]", "5:45", "2010-02-31", "write a day"),
    "a picture": ("- blocks: [{image: {file: nix.png, alt: A lock, credit: x}}]", "5:29", "nix.png", "seen from"),
    "a pin": ("- topic: history\n    pin: [{find: nothing of the kind}]", "6:11", "{", "find takes words"),
    "a term": ("- blocks: [{glossary: {terms: [quux]}}]", "5:34", "quux", "no passage has the word"),
    "a side": (
        "- blocks: [{compare: {left: {label: A, find: zzz}, right: {label: B, query: boats}}}]",
        "5:31",
        "{",
        "find takes",
    ),
}


@pytest.mark.parametrize("case", SECTIONS)
def test_an_awkward_section_is_shown_at_the_word_that_is_wrong(
    project: Path, case: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines, place, word, hint = SECTIONS[case]
    check_awkward(project, f"title: T\nsources: sources\nlanguage: en\nsections:\n  {lines}\n", capsys, monkeypatch)
    said = capsys.readouterr().err.splitlines()
    told = [number for number, line in enumerate(said) if line.startswith(f"bad.yaml:{place}: error: ")]
    assert told, said
    assert under_caret((said[told[0] + 1], said[told[0] + 2])) == word
    assert hint in said[told[0] + 3]


def check_awkward(
    project: Path, text: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "bad.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(project)
    capsys.readouterr()
    assert main(["check", "bad.yaml", "--quiet"]) == 1


def test_a_missing_folder_of_sources_is_told_where_the_outline_names_it(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    check_awkward(project, "title: T\nsources: [sorces]\nsections: [{topic: history}]\n", capsys, monkeypatch)
    assert capsys.readouterr().err == (
        "bad.yaml:2:11: error: there is no such file or folder of sources: sorces\n"
        "    sources: [sorces]\n              ^~~~~~\n    hint: did you mean 'sources'?\n"
    )


def test_what_defaults_above_say_is_told_in_their_file(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "briefgen.yaml").write_text("citations: apaa\n", "utf-8")
    check_awkward(project, "title: T\nsources: sources\nsections: [{topic: history}]\n", capsys, monkeypatch)
    assert capsys.readouterr().err.startswith("briefgen.yaml:1:12: error: there is no citation style called 'apaa'")


def test_what_the_command_line_says_wrongly_is_not_told_at_a_line_of_the_outline(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    asked = ["--template", "hal", "--citations", "apaa", "--out", str(project / "out"), "--to", "html"]
    assert main(["build", "outline.yaml", *asked]) == 1
    said = capsys.readouterr().err
    assert "outline.yaml: error: unknown template 'hal'" in said
    assert "outline.yaml: error: there is no citation style called 'apaa'" in said


def test_the_nearest_name_is_found_in_any_case_and_by_a_part_of_it() -> None:
    assert nearest("APA", ["apa", "mla"]) == "did you mean 'apa'?"
    assert nearest("haqani", ["background", "haqqani-network"]) == "did you mean 'haqqani-network'?"
    many = nearest("zzz", [f"name {number:03}" for number in range(100)])
    assert many.endswith("name 023 and 76 more")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("terminal", "variables", "expected"),
    [
        (True, {}, True),
        (False, {}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": "no"}, False),
        (True, {"NO_COLOR": ""}, True),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": ""}, False),
        (False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colours_are_for_terminals_and_as_the_environment_says(
    terminal: bool, variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stderr", Terminal() if terminal else io.StringIO())
    assert is_coloured() is expected


def test_only_the_severity_and_the_caret_are_coloured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    file = written(tmp_path, "a: 1\n")
    show_problems([error("wrong", "mend it", Location(file, 1, 4))], quiet=False)
    assert capsys.readouterr().err == (
        f"{file}:1:4: \x1b[31m\x1b[1merror\x1b[0m: wrong\n    a: 1\n    \x1b[31m   ^\x1b[0m\n    hint: mend it\n"
    )


def test_a_section_with_nothing_left_to_show_is_told_why(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    again = "".join("  - {topic: history, blocks: [{bullets: {at_most: 90}}]}\n" for _ in range(2))
    query = "  - {title: Q, blocks: [{bullets: {query: zzzz}}]}\n"
    check_awkward(project, f"title: T\nsources: sources\nsections:\n{again}{query}", capsys, monkeypatch)
    said = capsys.readouterr().err
    assert "bad.yaml:6:5: error: the section has nothing to show" in said
    assert "hint: see what is said of its lines" in said
