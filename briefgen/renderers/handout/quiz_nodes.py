"""Questions made from the statements as nodes of pandoc's tree, as pages in HTML print them."""

from collections.abc import Iterable, Iterator, Sequence

from briefgen.model import Question
from briefgen.renderers.handout import pandoc_nodes as nodes
from briefgen.renderers.handout.asked import SPACE, SPACE_FOR_NAME, key_in_words, pool, ruled
from briefgen.renderers.handout.pandoc_nodes import Node
from briefgen.renderers.handout.passage_nodes import PassageWriter

_TASK, _TEXT, _LAST, _POOL, _KEY = "Quiz Task", "Quiz Text", "Last Quiz Text", "Quiz Pool", "Quiz Key"
_PROOF = "Quiz Proof"
_WITH_POOL = frozenset({"match", "order"})
"""Kinds of questions that end, unsolved, in a line to answer in or from."""


def quiz_nodes(questions: Sequence[Question], solved: bool, writer: PassageWriter) -> Iterator[Node]:
    """The questions under their numbers; `solved`, each with its key and the passages that prove it."""
    if questions:
        yield nodes.numbered([*_asked(one, solved, writer), *_told(one, solved, writer)] for one in questions)


def _asked(one: Question, solved: bool, writer: PassageWriter) -> Iterator[Node]:
    if one.ask:
        yield writer.line(_TASK, one.ask)
    end = _TEXT if solved or one.kind in _WITH_POOL else _LAST
    if one.stem:
        yield writer.line(_TEXT if one.options else end, ruled(SPACE).join(one.stem))
    if one.options:
        styles = [*[_TEXT] * (len(one.options) - 1), end]
        yield nodes.lettered(
            [nodes.paragraph(style, *writer.words(option), *_beside(one, place, solved, writer))]
            for place, (option, style) in enumerate(zip(one.options, styles, strict=True))
        )


def _beside(one: Question, place: int, solved: bool, writer: PassageWriter) -> Iterable[Node]:
    """What stands beside an option that is to be matched: its answer, or the space for it."""
    if one.kind != "match":
        return ()
    answer = nodes.strong(*writer.words(one.answers[one.key[place]])) if solved else nodes.text(ruled(SPACE_FOR_NAME))
    return nodes.text(" – "), answer


def _told(one: Question, solved: bool, writer: PassageWriter) -> Iterator[Node]:
    """What helps to answer a question, or its key."""
    if solved and one.key:
        reason = f" {one.reason}" if one.reason else ""
        yield nodes.paragraph(_KEY, nodes.strong(nodes.text("Key:")), *writer.words(f" {key_in_words(one)}{reason}"))
        for proof in one.proofs:
            yield writer.line(_PROOF, f"“{proof.passage}” {proof.short or proof.note}".rstrip())
    elif one.kind in _WITH_POOL:
        yield writer.line(_POOL, pool(one))
