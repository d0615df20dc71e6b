"""What questions made from the statements print beside their words, alike in every format that is no web page."""

from briefgen.model import Question
from briefgen.renderers.handout.passages import LETTERS

SPACE, SPACE_FOR_NAME, SPACE_FOR_LETTER = 16, 20, 8
"""How long the space for words left out, for a name, and for the letter of an option is, in letters."""


def ruled(length: int) -> str:
    """A space to write in, about as long as so many letters in print; it may go on in the next line."""
    return "\u200b".join(["____"] * -(-length // 4))


def letter(place: int) -> str:
    """The letter of an option, by its place from 0."""
    return LETTERS[place].upper()


def pool(one: Question) -> str:
    """The line below the options from which, or in which, students answer: names, or spaces for letters."""
    if one.kind == "match":
        return " · ".join(one.answers)
    return " → ".join([ruled(SPACE_FOR_LETTER)] * len(one.options)) if one.kind == "order" else ""


def key_in_words(one: Question) -> str:
    """The key: the letters of options, and what they say."""
    if one.kind == "order":
        return " → ".join(map(letter, one.key))
    if one.kind == "match":
        return " · ".join(f"{letter(at)} {one.answers[place]}" for at, place in enumerate(one.key))
    if one.kind == "cloze":
        return ", or ".join(one.answers)
    return f"{letter(one.key[0])} {one.options[one.key[0]]}" if one.key else ""
