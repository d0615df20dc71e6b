"""The documents say what the program does: their examples load, and no ending and no room is left out."""

import re
import tomllib
from pathlib import Path
from textwrap import dedent, indent

import pytest

from briefgen.library import read_file
from briefgen.outline import load_outline
from briefgen.readers import SUFFIXES
from briefgen.topics import load_topics

ROOT = Path(__file__).parents[1]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/architecture.md"]
EXAMPLES = [
    dedent(example)
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for example in re.findall(r"^ *```yaml\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
]
TOPICS = [example for example in EXAMPLES if re.search("^(terms|frames):", example, re.MULTILINE)]
SIDECARS = [example for example in EXAMPLES if "publisher:" in example]
OUTLINES = [example for example in EXAMPLES if example not in TOPICS + SIDECARS]


def whole(example: str) -> str:
    """An outline with a piece of one in its place: a section, what a section holds, or keys of the head."""
    if example.startswith("- "):
        return f"title: T\nsections:\n{example}"
    if example.startswith("blocks:"):
        return "title: T\nsections:\n  - topic: history\n" + indent(example, "    ")
    section = "" if "sections:" in example else "sections:\n  - topic: history\n"
    title = "" if "title:" in example else "title: T\n"
    return f"{title}{example}{section}"


def test_the_page_on_sources_names_every_ending_that_is_read() -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    assert [ending for ending in SUFFIXES if f"`{ending}`" not in page] == []


@pytest.mark.parametrize("example", OUTLINES)
def test_an_outline_in_a_document_loads_without_a_problem(example: str, tmp_path: Path) -> None:
    outline = tmp_path / "outline.yaml"
    outline.write_text(whole(example), encoding="utf-8")
    loaded, problems = load_outline(outline)
    assert problems == ()
    assert loaded is not None


@pytest.mark.parametrize("example", SIDECARS)
def test_a_sidecar_in_a_document_takes_the_place_of_what_was_read(example: str, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("A Report\n\nThe harbour of Brackwater was closed by the company in 1923.\n")
    (tmp_path / "report.source.yaml").write_text(example, encoding="utf-8")
    reading = read_file(tmp_path / "report.txt")
    assert reading.problems == ()
    assert reading.source is not None
    assert (reading.source.publisher, reading.source.published) == ("RFE/RL Gandhara", "2017-10-23")


@pytest.mark.parametrize("example", TOPICS)
def test_a_topic_in_a_document_loads_without_a_problem(example: str, tmp_path: Path) -> None:
    title = "" if "title:" in example else "title: Talks\n"
    (tmp_path / "talks.yaml").write_text(title + example, encoding="utf-8")
    topics, problems = load_topics(tmp_path)
    assert problems == ()
    assert topics["talks"].terms or topics["talks"].frames


def test_a_topic_in_a_document_shows_every_key(tmp_path: Path) -> None:
    (tmp_path / "talks.yaml").write_text(max(TOPICS, key=len), encoding="utf-8")
    topic = load_topics(tmp_path)[0]["talks"]
    assert [name for name in topic.__struct_fields__ if not getattr(topic, name)] == []


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
