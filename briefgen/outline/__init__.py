"""Outlines: what an instructor writes, from YAML to `Outline`, with every problem at its place."""

from briefgen.outline.load import load_outline
from briefgen.outline.schema import schema
from briefgen.outline.write import as_yaml, rewritten

__all__ = ["as_yaml", "load_outline", "rewritten", "schema"]
