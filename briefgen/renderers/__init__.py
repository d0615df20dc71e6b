"""What a Brief becomes: a deck, a handout."""

TEMPLATES = {
    "lecture": "dark words on white, for a lit room",
    "hall": "light words on a dark ground, for a dark hall",
    "print": "black on white and strong colours, for paper and poor projectors",
}
"""The deck templates that are built in, with what they are for."""
LECTURE = "lecture"
"""The template that is used where an outline names none, or one that cannot be used."""
