"""Whether everybody can read a deck: rules for any presentation, whoever made it."""

from pathlib import Path

from briefgen.accessibility.rules import faults
from briefgen.accessibility.slides import read_slides
from briefgen.packages import UNREADABLE
from briefgen.problems import Location, Problem, error

__all__ = ["check_deck"]


def check_deck(path: Path) -> tuple[Problem, ...]:
    """An error for each thing that keeps somebody from reading the deck; one alone where it cannot be opened."""
    where = Location(str(path))
    try:
        deck = read_slides(path)
    except UNREADABLE as fault:
        reason = getattr(fault, "strerror", None) or fault
        return (error(f"this is no presentation that can be read: {reason}", "is it a .pptx?", where),)
    return tuple(error(what, hint, where) for what, hint in faults(deck))
