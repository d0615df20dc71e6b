"""A Brief in every format that is asked for, as files in memory."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from briefgen.evidence import SUFFIX, encode, gather_evidence
from briefgen.model import Brief, Question
from briefgen.pictures import album
from briefgen.problems import Problem
from briefgen.renderers.pictures import Pictures
from briefgen.results import Made

HANDOUTS = ("html", "pdf", "docx", "odt")
"""The formats that handouts may have, by their files' endings."""
QUIZZES = ("quiz", "gift", "moodle", "qti")
"""The formats of quizzes."""
_THREADS = 2
"""Handouts that are made at a time: more would wait for a processor, and take memory."""
_One = TypeVar("_One")
_Made = TypeVar("_Made")


def render(brief: Brief, name: str, formats: Sequence[str], folder: Path) -> Made:
    """The files called `name` in the formats asked for, and their evidence."""
    brief, pictures, gone = album(brief)
    files: list[tuple[str, bytes]] = []
    problems: tuple[Problem, ...] = ()
    slides: dict[str, tuple[int, ...]] = {}
    count = 0
    if "pptx" in formats:
        from briefgen.renderers.deck import render as render_deck

        deck = render_deck(brief, pictures)
        files.append((f"{name}.pptx", deck.data))
        problems, slides, count = deck.problems, deck.slides, deck.count
    if "slides-html" in formats:
        from briefgen.renderers.deck import render_page

        page = render_page(brief, pictures)
        files.append((f"{name}-slides.html", page.data))
        problems, slides, count = page.problems, page.slides, page.count
    questions = _questions(brief, formats)
    handouts, found = _handouts(replace(brief, places=slides), name, formats, pictures, questions)
    problems = (*problems, *found)
    files += (*handouts, *_quizzes(brief, name, formats, questions))
    evidence = encode(gather_evidence(brief, slides, files, folder))
    return Made((*files, (f"{name}{SUFFIX}", evidence)), count, (*gone, *problems), slides)


def _questions(brief: Brief, formats: Sequence[str]) -> tuple[Question, ...]:
    """The questions that quizzes and editions of handouts print; none where no format asks for them."""
    with_questions = {*QUIZZES, *(HANDOUTS if brief.handout.editions else ())}
    if with_questions.isdisjoint(formats):
        return ()
    from briefgen.quiz import quiz_of

    return quiz_of(brief)


def _handouts(
    brief: Brief, name: str, formats: Sequence[str], pictures: Pictures, questions: Sequence[Question]
) -> tuple[list[tuple[str, bytes]], tuple[Problem, ...]]:
    """The handouts in the formats asked for, each edition in each, and the problems met."""
    asked = [kind for kind in HANDOUTS if kind in formats]
    if not asked:
        return [], ()
    from briefgen.renderers.handout import render as render_handout
    from briefgen.renderers.handout import sheets

    printed = sheets(brief, brief.handout.editions or (None,), questions)
    each = [(kind, edition) for kind in asked for edition in printed]
    made = _at_once(lambda one: render_handout(one[0], brief, pictures, printed[one[1]]), each)
    files = [
        (f"{name}-handout{f'-{edition}' if edition else ''}.{kind}", data)
        for (kind, edition), (data, _) in zip(each, made, strict=True)
        if data
    ]
    return files, tuple(problem for _, found in made for problem in found)


def _at_once(work: Callable[[_One], _Made], ones: Sequence[_One]) -> list[_Made]:
    """What `work` makes of each, in order. While typst and pandoc work, Python can go on with another."""
    if len(ones) < 2:
        return [work(one) for one in ones]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_THREADS) as threads:
        return list(threads.map(work, ones))


def _quizzes(brief: Brief, name: str, formats: Sequence[str], questions: Sequence[Question]) -> list[tuple[str, bytes]]:
    asked = [kind for kind in QUIZZES if kind in formats]
    if not asked:
        return []
    from briefgen.renderers.handout.quiz import render_quiz

    made = (render_quiz(kind, brief, questions) for kind in asked)
    return [(name + ending, data) for files in made for ending, data in files.items()]
