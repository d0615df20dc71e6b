"""YAML that people write: read into nodes that know their place, checked against structs, described as a schema."""

from briefgen.yamlnodes.parse import Parsed, parse, place_of, read
from briefgen.yamlnodes.schema import schema_of
from briefgen.yamlnodes.shape import Found, keys_of, shape

__all__ = ["Found", "Parsed", "keys_of", "parse", "place_of", "read", "schema_of", "shape"]
