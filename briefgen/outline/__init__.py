"""Outlines: what an instructor writes, from YAML to `Outline`, with every problem at its place."""

from briefgen.outline.load import load_outline
from briefgen.outline.schema import schema

__all__ = ["load_outline", "schema"]
