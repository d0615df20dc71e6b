"""Sourced, dated, footnoted lecture decks and handouts from source documents and a short outline."""

__version__ = "0.1.0"
