"""A quiz as Moodle XML (docs.moodle.org, "Moodle XML format"), which keeps more than GIFT does."""

from collections.abc import Iterator, Sequence

from briefgen.model import Brief, Question
from briefgen.renderers.handout.quiz.written import (
    asked_html,
    category_of,
    escaped,
    explained_html,
    filled_in,
    name_of,
    pairs_of,
)

_TYPES = {
    "open": "essay",
    "order": "matching",
    "match": "matching",
    "cloze": "shortanswer",
    "choice": "multichoice",
    "date": "multichoice",
    "agree": "multichoice",
}
"""An order is a matching of statements with their places, since not every Moodle knows questions of order."""


def render_moodle(brief: Brief, questions: Sequence[Question]) -> str:
    """The questions as Moodle XML, in a category with the brief's title; passages of the key are general feedback."""
    category = f'<question type="category"><category>{_text(category_of(brief.title))}</category></question>'
    body = "\n".join([category, *map(_question, questions)])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n{body}\n</quiz>\n'


def _question(question: Question) -> str:
    lines = [
        f"<name>{_text(name_of(question))}</name>",
        _html("questiontext", asked_html(question)),
        _html("generalfeedback", explained_html(question)),
        "<defaultgrade>1</defaultgrade>",
        "<penalty>0.3333333</penalty>",
        "<hidden>0</hidden>",
        *_answers(question),
    ]
    inner = "\n".join(f"  {line}" for line in lines)
    return f'<question type="{_TYPES[question.kind]}">\n{inner}\n</question>'


def _answers(question: Question) -> Iterator[str]:
    match question.kind:
        case "order" | "match":
            yield "<shuffleanswers>1</shuffleanswers>"
            for statement, answer in pairs_of(question):
                yield _html("subquestion", escaped(statement), f"<answer>{_text(answer)}</answer>")
        case "cloze":
            yield "<usecase>0</usecase>"
            for answer in question.answers:
                yield f'<answer fraction="100" format="moodle_auto_format">{_text(filled_in(answer))}</answer>'
        case "choice" | "date" | "agree":
            yield "<single>true</single>"
            yield "<shuffleanswers>0</shuffleanswers>"
            yield "<answernumbering>ABCD</answernumbering>"
            for place, option in enumerate(question.options):
                fraction = 100 if place in question.key else 0
                yield f'<answer fraction="{fraction}" format="html">{_text(escaped(option))}</answer>'
        case "open":
            yield "<responseformat>editor</responseformat>"
            yield "<responserequired>1</responserequired>"
            yield "<responsefieldlines>10</responsefieldlines>"
            yield "<attachments>0</attachments>"


def _html(tag: str, html: str, after: str = "") -> str:
    """An element with HTML, which is text to XML."""
    return f'<{tag} format="html">{_text(html)}{after}</{tag}>'


def _text(text: str) -> str:
    return f"<text>{escaped(text)}</text>"
