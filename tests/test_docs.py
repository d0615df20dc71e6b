"""The manual is true: its commands parse, its links lead somewhere, and it leaves out no key and no command."""

import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import make_reference_pages as made
import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from briefgen.cli import COMMANDS, briefgen, main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMED = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```", re.DOTALL | re.MULTILINE)


def fences(text: str, language: str) -> list[str]:
    """The blocks of code in a page that are in a language."""
    return [body for _, named, body in _FENCE.findall(text) if named == language]


def typed(text: str) -> Iterator[list[str]]:
    """The words of each briefgen command that a page has its readers type, without what goes on behind it."""
    for line in "".join(fences(text, "sh")).splitlines():
        words = shlex.split(line, comments=True)
        if words and words[0] == "briefgen":
            yield words[1 : next((at for at, word in enumerate(words) if word in (">", "|")), None)]


def mentioned(text: str) -> set[str]:
    """What a page sets in code within a sentence and begins with the program's name."""
    return set(re.findall(r"`briefgen ([^`]+)`", _FENCE.sub("", text)))


@pytest.mark.parametrize("name", NAMED)
def test_a_command_that_a_page_has_typed_is_understood(name: str) -> None:
    root = briefgen.make_context("briefgen", [], resilient_parsing=True)
    for command, *arguments in typed(NAMED[name]):
        if command == "--version":
            continue
        found = briefgen.get_command(root, command)
        assert found is not None
        found.make_context(command, list(arguments), parent=root)


@pytest.mark.parametrize("name", NAMED)
def test_a_command_that_a_page_speaks_of_is_there_with_its_options(name: str) -> None:
    root = briefgen.make_context("briefgen", [], resilient_parsing=True)
    for command in sorted(mentioned(NAMED[name])):
        first, *words = command.partition("|")[0].split()
        if first.startswith("-") or first == "COMMAND":
            continue
        found = briefgen.get_command(root, first)
        assert found is not None
        known = {option for one in found.get_params(click.Context(found, parent=root)) for option in one.opts}
        assert [word for word in words if word.startswith("-") and word not in known] == []


@pytest.mark.parametrize("name", NAMED)
def test_a_link_leads_to_a_file_and_to_a_heading_in_it(name: str) -> None:
    (page,) = [page for page in PAGES if page.name == name]
    text = re.sub(r"`[^`\n]+`", "", _FENCE.sub("", NAMED[name]))
    wrong = []
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
        path, _, heading = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (heading and heading not in _headings(target)):
            wrong.append(link)
    assert wrong == []


def _headings(page: Path) -> set[str]:
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return {made.slug(title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("name", made.PAGES)
def test_a_page_that_is_written_by_a_tool_is_as_the_tool_writes_it(name: str) -> None:
    assert NAMED[name] == made.PAGES[name](), "run `make references`"


def test_the_page_on_keys_names_every_key_in_its_part() -> None:
    chapters = re.split(r"^#{3,4} (.+)$", NAMED["reference.md"], flags=re.MULTILINE)[1:]
    said = dict(zip(chapters[::2], chapters[1::2], strict=True))
    schemas = made.schemas()
    missing = [
        f"{name}.{key}"
        for kind in ("outline", "topic", "source")
        for name, part in made.parts_of(kind, schemas[kind]).items()
        for key in part["properties"]
        if f"\n| `{key}` |" not in said[made.title_of(name)]
    ]
    assert missing == []


def test_the_page_on_keys_names_every_key_of_the_defaults() -> None:
    chapter = NAMED["reference.md"].partition("\n## briefgen.yaml\n")[2].partition("\n## ")[0]
    assert [key for key in made.schemas()["defaults"]["properties"] if f"`{key}`" not in chapter] == []


def test_every_key_has_an_example_that_its_schema_accepts() -> None:
    schemas = made.schemas()
    for kind in ("outline", "topic", "source"):
        for name, part in made.parts_of(kind, schemas[kind]).items():
            given = made.examples_of(name)
            assert list(given) == list(part["properties"]), name
            whole = {"$defs": schemas[kind]["$defs"], **part}
            example = yaml.load("\n".join(given.values()), yaml.SafeLoader)
            faults = Draft202012Validator(whole).iter_errors(_as_json(example))
            assert [fault.message for fault in faults] == [], name


def _as_json(value: object) -> object:
    """What YAML takes for a day, as the text that it is to an outline."""
    if isinstance(value, dict):
        return {key: _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


def test_the_schemas_say_of_every_key_what_it_is_for() -> None:
    assert made.undescribed(made.schemas()) == []


def test_the_page_on_commands_has_every_command_with_all_its_options() -> None:
    root = briefgen.make_context("briefgen", [], resilient_parsing=True)
    common = NAMED["commands.md"].partition("\n## briefgen ")[0]
    for name in COMMANDS:
        chapter = NAMED["commands.md"].partition(f"\n## briefgen {name}\n")[2].partition("\n## ")[0]
        command = briefgen.get_command(root, name)
        assert chapter
        assert command is not None
        options = [one.opts[-1] for one in command.get_params(root) if isinstance(one, click.Option)]
        assert [option for option in options if option not in chapter + common] == []


def test_the_steps_of_the_tutorial_print_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("sources", "outlines"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    text = NAMED["tutorial.md"]
    for language, body in ((named, body) for _, named, body in _FENCE.findall(text)):
        if "\n    slides: 4\n" in body:
            _write_into_the_outline(body)
        elif language == "sh" and "git clone" not in body:
            printed = "".join(_done(line, monkeypatch) for line in body.splitlines())
        elif language == "text":
            _assert_stands_in_order(body, printed)


def _write_into_the_outline(section: str) -> None:
    """What the tutorial has its readers write: the first section as it stands there."""
    path = Path("outlines/survey-lecture.yaml")
    head, _, rest = path.read_text(encoding="utf-8").partition("  - topic: history")
    path.write_text(head + section + "  - topic:" + rest.split("  - topic:", 1)[1], encoding="utf-8")


def _done(line: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a line of the tutorial prints."""
    program, *words = shlex.split(line)
    if program == "mkdir":
        Path(words[-1]).mkdir(parents=True)
    elif program == "cp":
        shutil.copytree(words[-2].removesuffix("/*"), words[-1], dirs_exist_ok=True)
    elif program == "rm":
        for word in words:
            Path(word).unlink()
    elif program == "cd":
        monkeypatch.chdir(words[0])
    elif words == ["--version"]:
        return CliRunner().invoke(briefgen, words, prog_name="briefgen").output
    else:
        return _printed(words)
    return ""


def _printed(words: list[str]) -> str:
    with CliRunner().isolation() as streams:
        assert main(words) == 0, words
        return (streams[1].getvalue() + streams[0].getvalue()).decode()


def _assert_stands_in_order(shown: str, printed: str) -> None:
    """Each line of the page is printed, one after the other; numbers, which sources may change, count for nothing."""
    rest = _without_numbers(printed)
    for line in shown.splitlines():
        if line.strip() != "…":
            _, found, rest = rest.partition(_without_numbers(line))
            assert found, f"not printed: {line}\n{printed}"


def _without_numbers(text: str) -> str:
    return re.sub(r" *[\d,]*\d", " N", text)


def test_a_message_that_the_manual_shows_is_one_of_the_program() -> None:
    shown = "".join(
        body for page in ("problems.md", "templates.md", "verify.md") for body in fences(NAMED[page], "text")
    )
    messages = re.findall(r"^(?:.*?: | +)?(?:error|warning|hint): (.+)", shown, re.MULTILINE)
    forms = list(_forms())
    assert len(messages) > 60
    unknown = [message for message in messages if not any(form.fullmatch(message) for form in forms)]
    assert unknown == []


def _forms() -> Iterator[re.Pattern[str]]:
    """The texts of the program, with room for anything where a value is set in."""
    for path in sorted((ROOT / "briefgen").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            fixed = [str(part.value) if isinstance(part, ast.Constant) else "" for part in parts]
            if sum(map(len, fixed)) >= 10:
                yield re.compile("".join(re.escape(text) or ".*" for text in fixed))
