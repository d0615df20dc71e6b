"""Outlines: what an instructor writes, from YAML to `Outline`, with every problem at its place."""

from briefgen.outline.load import NO_DEFAULTS, load_outline
from briefgen.outline.write import as_yaml, rewritten

__all__ = ["NO_DEFAULTS", "as_yaml", "load_outline", "rewritten"]
