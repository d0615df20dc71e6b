"""The quiz of a brief as files: for Moodle, for programs that read IMS QTI, and to be printed with its key."""

from collections.abc import Callable, Mapping, Sequence

from briefgen.model import Brief, Question

Files = dict[str, bytes]
"""Files by what their names end in."""
_Writer = Callable[[Brief, Sequence[Question]], Files]


def _gift(brief: Brief, questions: Sequence[Question]) -> Files:
    from briefgen.renderers.handout.quiz.gift import render_gift

    return {"-quiz.gift.txt": render_gift(brief, questions).encode()}


def _moodle(brief: Brief, questions: Sequence[Question]) -> Files:
    from briefgen.renderers.handout.quiz.moodle import render_moodle

    return {"-quiz.xml": render_moodle(brief, questions).encode()}


def _qti(brief: Brief, questions: Sequence[Question]) -> Files:
    from briefgen.renderers.handout.quiz.qti import render_qti

    return {"-quiz-qti.zip": render_qti(brief, questions)}


def _pages(brief: Brief, questions: Sequence[Question]) -> Files:
    from briefgen.renderers.handout.quiz.page import render_quiz_page

    return {
        "-quiz.html": render_quiz_page(brief, questions).encode(),
        "-quiz-key.html": render_quiz_page(brief, questions, solved=True).encode(),
    }


QUIZ_FORMATS: Mapping[str, _Writer] = {"quiz": _pages, "gift": _gift, "moodle": _moodle, "qti": _qti}
"""The formats of quizzes by their names on the command line."""


def render_quiz(file_format: str, brief: Brief, questions: Sequence[Question]) -> Files:
    """A quiz in one of `QUIZ_FORMATS`; the same bytes for the same brief and questions."""
    return QUIZ_FORMATS[file_format](brief, questions)


__all__ = ["QUIZ_FORMATS", "render_quiz"]
