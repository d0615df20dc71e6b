"""The JSON Schemas of the files that people write, for editors that check, complete and explain YAML."""

from collections.abc import Callable
from typing import Any

from briefgen.citations.csl_style import style_names
from briefgen.model import Outline, Sidecar
from briefgen.outline import NO_DEFAULTS
from briefgen.renderers import TEMPLATES
from briefgen.topics import NO_KEYS, Topic, load_topics
from briefgen.yamlnodes import schema_of


def schema(kind: str = "outline") -> dict[str, Any]:
    """The schema (2020-12) of a kind of file, one of `KINDS`; what it accepts is read without an error in the file.

    It cannot say that a key may not be given twice, that a day must be one of the calendar, nor that topics, passages
    and files must exist. The built-in topics, styles and templates are examples, since there may be others.
    """
    return KINDS[kind]()


def _outline() -> dict[str, Any]:
    made = _with_names(schema_of(Outline))
    made["properties"]["sections"]["minItems"] = 1
    made["$defs"]["section"]["anyOf"] = [
        {"required": ["topic"], "properties": {"topic": {"type": "string"}}},
        {"required": ["blocks"], "properties": {"blocks": {"type": "array", "minItems": 1}}},
    ]
    made["$defs"]["section"]["properties"]["topic"]["examples"] = sorted(load_topics(None)[0])
    return {"title": "briefgen outline", **made}


def _defaults() -> dict[str, Any]:
    made = _with_names(schema_of(Outline, NO_DEFAULTS))
    parts = {name: part for name, part in made["$defs"].items() if name == "handout"}
    return {"title": "briefgen.yaml: defaults for the outlines below its folder", **made, "$defs": parts}


def _with_names(made: dict[str, Any]) -> dict[str, Any]:
    made["properties"]["citations"]["examples"] = list(style_names())
    made["properties"]["template"]["examples"] = list(TEMPLATES)
    return made


def _topic() -> dict[str, Any]:
    return {"title": "briefgen topic", **schema_of(Topic, NO_KEYS)}


def _source() -> dict[str, Any]:
    return {"title": "NAME.source.yaml: what is known of a source", **schema_of(Sidecar)}


KINDS: dict[str, Callable[[], dict[str, Any]]] = {
    "outline": _outline,
    "defaults": _defaults,
    "topic": _topic,
    "source": _source,
}
"""What makes the schema of each kind of file."""
