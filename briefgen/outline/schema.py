"""The JSON Schema of an outline, for editors that check and complete YAML while it is written."""

from typing import Any

from briefgen.model import Outline
from briefgen.yamlnodes import schema_of


def schema() -> dict[str, Any]:
    """The schema (2020-12) of an outline file; what it accepts, `load_outline` loads without an error in the file.

    It cannot say that a key may not be given twice, nor that topics, passages and files must exist.
    """
    made = schema_of(Outline)
    made["properties"]["sections"]["minItems"] = 1
    made["$defs"]["section"]["anyOf"] = [
        {"required": ["topic"], "properties": {"topic": {"type": "string"}}},
        {"required": ["blocks"], "properties": {"blocks": {"type": "array", "minItems": 1}}},
    ]
    return {"title": "briefgen outline", **made}
