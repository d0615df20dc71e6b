"""A quiz in GIFT, the plain text that Moodle imports (docs.moodle.org, "GIFT format")."""

from collections.abc import Iterator, Sequence

from briefgen.model import Brief, Question
from briefgen.renderers.characters import printable
from briefgen.renderers.handout.quiz.written import (
    asked_html,
    category_of,
    escaped,
    explained_html,
    filled_in,
    name_of,
    pairs_of,
)

_ESCAPED = str.maketrans({**{char: f"\\{char}" for char in "\\~=#{}:"}, "\n": "\\n", "\r": None})
"""The characters that mean something in GIFT; a line of its own would end a question."""


def render_gift(brief: Brief, questions: Sequence[Question]) -> str:
    """The questions as GIFT, each with the passages of its key as general feedback. Texts are HTML, and say so."""
    title = " ".join(printable(brief.title).split())
    blocks = [f"// {title}", f"$CATEGORY: {gift_text(category_of(brief.title))}"]
    return "\n\n".join([*blocks, *map(_question, questions)]) + "\n"


def gift_text(text: str) -> str:
    """`text` with all escaped that GIFT would read as its own."""
    return text.translate(_ESCAPED)


def _question(question: Question) -> str:
    feedback = explained_html(question)
    lines = [f"::{gift_text(name_of(question))}::{_html(asked_html(question))}{{"]
    lines += (f"\t{line}" for line in _answers(question))
    lines += [f"\t####{_html(feedback)}"] if feedback else []
    return "\n".join([*lines, "}"])


def _html(html: str) -> str:
    return f"[html]{gift_text(html)}"


def _answers(question: Question) -> Iterator[str]:
    """The lines of an answer block; none for a question to be answered in one's own words.

    An order is a matching of statements with their places, since not every Moodle knows questions of order.
    """
    match question.kind:
        case "order" | "match":
            for statement, answer in pairs_of(question):
                yield f"={_html(escaped(statement))} -> {gift_text(printable(answer))}"
        case "cloze":
            for answer in question.answers:
                yield f"=%100%{gift_text(filled_in(answer))}"
        case "choice" | "date" | "agree":
            for place, option in enumerate(question.options):
                yield f"{'=' if place in question.key else '~'}{_html(escaped(option))}"
        case "open":
            return
