"""A quiz to be printed, and the same with its key."""

from collections.abc import Sequence

from markupsafe import Markup

from briefgen.model import Brief, Question
from briefgen.renderers.days import date_words
from briefgen.renderers.handout.html import environment, style


def render_quiz_page(brief: Brief, questions: Sequence[Question], solved: bool = False) -> str:
    """The questions as a complete HTML document like a handout's; `solved` ones have their keys, passages and notes."""
    what = "key to the quiz" if solved else "quiz"
    page = environment().get_template("quiz.html.j2")
    return page.render(
        brief=brief,
        questions=questions,
        solved=solved,
        what=what,
        css=Markup(style(brief, what)),
        matter=[part for part in (brief.course, brief.author, date_words(brief.date)) if part],
    )
