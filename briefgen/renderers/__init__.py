"""What a Brief becomes: a deck, a handout."""

TEMPLATES = ("lecture",)
"""The names of the deck templates that are built in; the first is used where another is asked for."""
