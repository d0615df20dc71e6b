"""The words of built files as they stand now, without their note marks, for finding statements again.

What reads a format is loaded when such a file is read: a build needs `written` and `units` alone.
"""

from pathlib import Path

from briefgen.outputs.units import GAP, OWN, Place, Unit, compared, folded, joined, typed
from briefgen.problems import Problem

__all__ = ["GAP", "OWN", "Place", "Unit", "compared", "folded", "joined", "typed"]

Units = tuple[Unit, ...]
"""The paragraphs of a file, and what is made of several: rows, and blocks of a page."""


def read_deck(path: Path) -> Units | Problem:
    """The paragraphs and table rows of a deck's slides, without note marks, slide numbers and speaker notes."""
    from briefgen.outputs import deck

    return deck.read_deck(path)


def read_slides_page(path: Path) -> Units | Problem:
    """The paragraphs and table rows of a page of slides, as `read_deck` has those of a deck."""
    from briefgen.outputs import pages

    return pages.read_slides_page(path)


def read_handout(path: Path) -> Units | Problem:
    """The paragraphs, list items and table rows of a handout, without note marks and what is beside the words."""
    from briefgen.outputs import pages

    return pages.read_handout(path)


def read_quiz_key(path: Path) -> Units | Problem:
    """The paragraphs of the key of a quiz, and as units that are not `inside` the passages that it quotes, in order."""
    from briefgen.outputs import pages

    return pages.read_quiz_key(path)


def read_word(path: Path) -> Units | Problem:
    """The paragraphs, table rows and notes of a handout in Word's format, as `read_handout` has them."""
    from briefgen.outputs import word

    return word.read_word(path)


def read_open_document(path: Path) -> Units | Problem:
    """The paragraphs, table rows and notes of a handout in OpenDocument's format."""
    from briefgen.outputs import word

    return word.read_open_document(path)


def read_pdf_handout(path: Path) -> Units | Problem:
    """The paragraphs, list items and table rows of a handout as a PDF, by its tags."""
    from briefgen.outputs import printed

    return printed.read_pdf_handout(path)
