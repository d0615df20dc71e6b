"""From an outline and a library to a Brief: what is said, in which order, with which notes."""

from briefgen.compose.brief import compose
from briefgen.compose.candidates import candidates
from briefgen.compose.frozen import frozen_sections
from briefgen.compose.search import Hit, search

__all__ = ["Hit", "candidates", "compose", "frozen_sections", "search"]
