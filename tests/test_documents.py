"""The documents say what the program does: their examples load, and no command, key or room is left out."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefgen.cli import COMMANDS
from briefgen.library import read_file
from briefgen.outline import load_outline
from briefgen.readers import SUFFIXES
from briefgen.schemas import schema
from briefgen.topics import load_topics

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"]
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
HEADS = {"  - topic:": "title: T\nsections:\n", "    blocks:": "title: T\nsections:\n  - topic: history\n"}
"""What a piece of an outline that begins so needs above it."""


def keys(part: Any) -> Iterator[str]:
    """The names of all properties in a JSON Schema."""
    if isinstance(part, dict):
        yield from part.get("properties", {})
        for inner in part.values():
            yield from keys(inner)
    if isinstance(part, list):
        for inner in part:
            yield from keys(inner)


def test_the_readme_names_every_command() -> None:
    assert [name for name in COMMANDS if f"\nbriefgen {name}" not in README] == []


def test_the_readme_names_every_key_of_an_outline() -> None:
    assert sorted({key for key in keys(schema()) if f"`{key}`" not in README}) == []


def test_the_readme_names_every_ending_that_is_read() -> None:
    assert [ending for ending in SUFFIXES if f"`{ending}`" not in README] == []


@pytest.mark.parametrize("example", [one for one in EXAMPLES if "facets:" not in one and "publisher:" not in one])
def test_an_outline_in_the_readme_loads_without_a_problem(example: str, tmp_path: Path) -> None:
    head = next((head for start, head in HEADS.items() if example.startswith(start)), "")
    outline = tmp_path / "outline.yaml"
    outline.write_text(head + example, encoding="utf-8")
    loaded, problems = load_outline(outline)
    assert problems == ()
    assert loaded is not None


def test_the_sidecar_in_the_readme_takes_the_place_of_what_was_read(tmp_path: Path) -> None:
    (example,) = [one for one in EXAMPLES if "publisher:" in one]
    (tmp_path / "report.txt").write_text("A Report\n\nThe harbour of Brackwater was closed by the company in 1923.\n")
    (tmp_path / "report.source.yaml").write_text(example, encoding="utf-8")
    reading = read_file(tmp_path / "report.txt")
    assert reading.problems == ()
    assert reading.source is not None
    assert (reading.source.publisher, reading.source.published) == ("RFE/RL Gandhara", "2017-10-23")


def test_the_topic_in_the_readme_loads_and_shows_every_key(tmp_path: Path) -> None:
    (example,) = [one for one in EXAMPLES if "facets:" in one]
    (tmp_path / "talks.yaml").write_text(example, encoding="utf-8")
    topics, problems = load_topics(tmp_path)
    assert problems == ()
    assert [name for name in topics["talks"].__struct_fields__ if not getattr(topics["talks"], name)] == []


def test_the_walk_through_names_every_room() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    rooms = [room.removeprefix("briefgen.").replace(".", "/") for layer in layers for room in layer.split(" | ")]
    assert [room for room in rooms if not re.search(rf"^\| `{room}(/|\.py)` \|", ARCHITECTURE, re.MULTILINE)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_link_in_a_document_leads_to_a_file(name: str) -> None:
    links = re.findall(r"\]\((?!https?://)([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


@pytest.mark.parametrize("name", ["docs/architecture.md", "CONTRIBUTING.md"])
def test_a_file_that_a_document_names_with_its_folder_is_there(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = re.findall(r"`(?:\.venv/bin/\w+ )?((?:briefgen|tools|tests|docs)/[\w./-]+)", text)
    assert named
    assert [path for path in named if "NAME" not in path and not (ROOT / path).exists()] == []
