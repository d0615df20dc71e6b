"""What the formats of a quiz have in common: how a key is told, and how text is escaped."""

from html import escape

from briefgen.model import Proof, Question
from briefgen.quiz.told import GAP
from briefgen.renderers.characters import printable

MOST = 255
"""Characters that Moodle keeps of a category's name at most."""


def escaped(text: str) -> str:
    """`text` for elements of HTML and XML."""
    return escape(printable(text), quote=False)


def quoted(text: str) -> str:
    """`text` as the value of an attribute of HTML or XML, with its quotation marks."""
    return f'"{escape(printable(text))}"'


def name_of(question: Question) -> str:
    """What a question is called in a question bank: its number, so that they stay in order."""
    return f"Question {question.number:02}"


def proof_words(proof: Proof) -> str:
    """The passage in quotation marks, and the note that says where it stands."""
    return f"“{proof.passage}” {proof.note or proof.short}".rstrip()


def paragraphs(*texts: str) -> str:
    """Each of the texts that is not empty as a paragraph of HTML."""
    return "".join(f"<p>{escaped(text)}</p>" for text in texts if text)


def asked_html(question: Question) -> str:
    """What a question asks, as HTML."""
    return paragraphs(question.ask, GAP.join(question.stem))


def explained_html(question: Question) -> str:
    """Why the key is right, as HTML: the reason, and every passage with its note."""
    return paragraphs(question.reason, *map(proof_words, question.proofs))


def category_of(title: str) -> str:
    """A Moodle category called after the quiz: a slash in it is doubled, so that it opens no category below."""
    return f"$course$/top/{' '.join(printable(title).split())[:MOST].replace('/', '//')}"


def pairs_of(question: Question) -> list[tuple[str, str]]:
    """What a matching question pairs: statements with persons, or with their places in order of time, from 1."""
    if question.kind == "order":
        places = {option: place for place, option in enumerate(question.key, 1)}
        return [(option, str(places[number])) for number, option in enumerate(question.options)]
    return [(option, question.answers[place]) for option, place in zip(question.options, question.key, strict=True)]


def filled_in(answer: str) -> str:
    """An answer to type as Moodle compares it, in which a star would stand for anything."""
    return printable(answer).replace("*", r"\*")
