"""The schemas: they explain every key, and take what the program takes and nothing else."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from briefgen.citations.csl_style import style_names
from briefgen.cli import main
from briefgen.cli.schema import KINDS as NAMED
from briefgen.model import Outline, Sidecar
from briefgen.outline import load_outline
from briefgen.schemas import KINDS, schema
from briefgen.sidecars import sidecar
from briefgen.tables import table
from briefgen.topics import Topic, load_topics
from briefgen.yamlnodes import keys_of
from briefgen.yamlnodes.parse import LOADER
from briefgen.yamlnodes.shape import blocks_by_name

ROOT = Path(__file__).parents[1]


def properties(node: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of a schema but those that only narrow what stands elsewhere (`anyOf` beside `properties`)."""
    if isinstance(node, list):
        for number, one in enumerate(node):
            yield from properties(one, f"{path}/{number}")
    if isinstance(node, dict):
        if node.get("additionalProperties") is False:
            yield from ((f"{path}/{key}", member) for key, member in node["properties"].items())
        for key, one in node.items():
            yield from properties(one, f"{path}/{key}")


def validator(kind: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(kind))


def mistakes(kind: str, value: Any) -> list[str]:
    plain = json.loads(json.dumps(value, default=date.isoformat))
    return [error.message for error in validator(kind).iter_errors(plain)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_says_what_it_is_for(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(kind))
    found = dict(properties(schema(kind)))
    assert len(found) >= 10
    assert [path for path, member in found.items() if not member.get("description", "").endswith((".", '".'))] == []


def test_no_explanation_is_left_of_a_key_that_is_gone() -> None:
    known = table("yamlnodes/keys.yaml")
    used = {path.rpartition("/")[2] for kind in KINDS for path, _ in properties(schema(kind))}
    assert [key for name, keys in known.items() for key in keys if key not in used] == []
    assert list(known["block"]) == sorted(known["block"], key=list(known["block"]).index)
    assert set(known["block"]) == set(blocks_by_name())


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_is_one_that_its_key_takes(kind: str) -> None:
    whole = schema(kind)
    for path, member in properties(whole):
        own = jsonschema.Draft202012Validator({**member, "$defs": whole["$defs"]})
        assert [path for one in member.get("examples", ()) if not own.is_valid(one)] == []


def test_editors_are_told_the_names_that_are_built_in() -> None:
    head = schema()["properties"]
    assert head["citations"]["examples"] == list(style_names())
    assert head["template"]["examples"] == ["lecture", "hall", "print"]
    assert schema()["$defs"]["section"]["properties"]["topic"]["examples"] == sorted(load_topics(None)[0])
    assert head["language"]["default"] == "en"
    paper = schema()["$defs"]["handout"]["properties"]["paper"]
    assert (paper["default"], paper["anyOf"][0]["enum"]) == ("a4", ["a4", "us-letter"])


SAMPLES = {
    "outline": [*(ROOT / "outlines").glob("*.yaml"), *(ROOT / "tests/samples").glob("*/outline.yaml")],
    "topic": [*(ROOT / "briefgen/topics").glob("*.yaml"), *(ROOT / "tests/samples").glob("*/topics/*.yaml")],
    "source": [*ROOT.glob("sources/*.source.yaml"), *(ROOT / "tests/samples").glob("*/sources/*.source.yaml")],
}


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_sample_is_what_its_schema_says(kind: str) -> None:
    assert SAMPLES[kind]
    for path in SAMPLES[kind]:
        assert mistakes(kind, yaml.load(path.read_text("utf-8"), Loader=LOADER)) == [], path


VALUES: list[Any] = [
    None,
    "",
    " ",
    "x",
    "2001-10-07",
    "en",
    0,
    3,
    1980,
    True,
    0.5,
    {},
    {"x": 1},
    {"x": "y"},
    [],
    ["x"],
    [3],
]


def accepted(kind: str, value: dict[str, Any], folder: Path) -> bool:
    """Whether the program reads a file without a word."""
    text = json.dumps(value)  # JSON is YAML
    if kind == "topic":
        (folder / "t.yaml").write_text(text, "utf-8")
        return load_topics(folder)[1] == ()
    if kind == "source":
        (folder / "s.source.yaml").write_text(text, "utf-8")
        return sidecar(folder / "s.txt").problems == ()
    (folder / "briefgen.yaml").write_text(text, "utf-8")
    (folder / "o.yaml").write_text("title: T\nsections: [{topic: history}]\n", "utf-8")
    return load_outline(folder / "o.yaml")[1] == ()


def variants(kind: str) -> Iterator[dict[str, Any]]:
    """A good file with any one key set to any value, and each of its parts likewise."""
    good = {"topic": {"title": "T"}}.get(kind, {})
    struct = {"topic": Topic, "source": Sidecar}.get(kind, Outline)
    dated = ("published", "modified")  # the words of a date are looked at later
    for value in VALUES:
        yield from (
            good | {key: value} for key in (*keys_of(struct), "zzz") if not (key in dated and isinstance(value, str))
        )
    if kind == "topic":
        for value in VALUES:
            yield from (
                good | {"facets": [{"title": "T", "terms": ["x"], key: value}]} for key in ("title", "terms", "z")
            )
            yield from (good | {"frames": [{key: value}]} for key in ("verbs", "nouns", "whom", "z"))
            yield good | {"terms": {"word": value}}
            yield good | {"blocks": [{"bullets": value}]}
    if kind == "defaults":
        for value in VALUES:
            handout = schema("defaults")["$defs"]["handout"]["properties"]
            yield from ({"handout": {key: value}} for key in (*handout, "zzz"))


@pytest.mark.parametrize("kind", ["defaults", "topic", "source"])
def test_the_schemas_take_what_the_program_takes_and_nothing_else(kind: str, tmp_path: Path) -> None:
    took = []
    for value in variants(kind):
        took.append(accepted(kind, value, tmp_path))
        assert (mistakes(kind, value) == []) == took[-1], value
    assert min(sum(took), len(took) - sum(took)) > 30


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_of_each_kind_is_printed(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--of", kind]) == 0
    assert json.loads(capsys.readouterr().out) == schema(kind)
    assert tuple(KINDS) == NAMED


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("yesterday", "date: expected a day such as 2026-11-23, a month or a year, found text 'yesterday'"),
        ("2026", "date: expected a day such as 2026-11-23, a month or a year, found the whole number 2026"),
        ("2026-13-01", "date: expected a day such as 2026-11-23, a month or a year, found text '2026-13-01'"),
        ("2026-02-31", "date: no calendar has the day 2026-02-31"),
    ],
)
def test_a_date_that_is_none_is_named_at_its_line_and_left_out(tmp_path: Path, written: str, message: str) -> None:
    path = tmp_path / "o.yaml"
    path.write_text(f"title: T\ndate: {written}\nsections: [{{topic: history}}]\n", "utf-8")
    outline, (problem,) = load_outline(path)
    assert outline is not None
    assert (outline.date, problem.message) == ("", message)
    assert str(problem.where) == f"{path}:2:7"
    assert problem.hint or "2026-11-23" in message
