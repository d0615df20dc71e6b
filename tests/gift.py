"""GIFT read as strictly as its documentation allows (docs.moodle.org, "GIFT format"), for tests.

Moodle itself takes more: it guesses names and formats, and lets a colon stand. What is read here, it reads alike.
"""

import re

from msgspec import Struct

_TEXT = r"(?:\\[\\~=#{}:n]|[^\\~=#{}:\n])*"
_BLOCK = re.compile(rf"::(?P<name>{_TEXT})::(?P<text>{_TEXT})\{{\n(?P<lines>(?:\t[^\n]*\n)*)\}}")
_LINE = re.compile(rf"\t(?:(?P<mark>[=~])(?:%(?P<weight>\d+)%)?(?P<text>{_TEXT})|####(?P<feedback>{_TEXT}))")
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]")
_UNESCAPED = {"n": "\n"}


class GiftAnswer(Struct, frozen=True):
    """`partner` is what the answer of a matching question leads to."""

    right: bool
    text: str
    partner: str | None = None


class GiftQuestion(Struct, frozen=True):
    """Texts as Moodle would keep them: HTML, but for names, partners and answers to type."""

    kind: str
    name: str
    text: str
    answers: tuple[GiftAnswer, ...]
    feedback: str = ""


def read_gift(file: str) -> tuple[str, tuple[GiftQuestion, ...]]:
    """The category and the questions of a file; raises where the grammar is broken."""
    comment, category, *blocks = file.removesuffix("\n").split("\n\n")
    if not comment.startswith("// ") or "\n" in comment or not category.startswith("$CATEGORY: "):
        raise ValueError(f"no head: {file[:80]!r}")
    return _plain(category.removeprefix("$CATEGORY: ")), tuple(map(_question, blocks))


def _question(block: str) -> GiftQuestion:
    found = _BLOCK.fullmatch(block)
    if not found:
        raise ValueError(f"no question: {block!r}")
    lines = [_line(line) for line in found["lines"].split("\n")[:-1]]
    feedback = [line["feedback"] for line in lines if line["feedback"] is not None]
    answers = tuple(_answer(line) for line in lines if line["mark"])
    if len(feedback) > 1 or (feedback and lines[-1]["feedback"] is None):
        raise ValueError(f"feedback is the last, and one: {block!r}")
    return GiftQuestion(
        _kind(answers), _plain(found["name"]), _plain(found["text"]), answers, _plain("".join(feedback))
    )


def _line(line: str) -> "re.Match[str]":
    found = _LINE.fullmatch(line)
    if not found:
        raise ValueError(f"no answer: {line!r}")
    return found


def _answer(line: "re.Match[str]") -> GiftAnswer:
    text, arrow, partner = line["text"].partition("->")
    return GiftAnswer(line["mark"] == "=", _plain(text), _plain(partner).strip() if arrow else None)


def _kind(answers: tuple[GiftAnswer, ...]) -> str:
    """The kind that Moodle takes a question for, by its answers."""
    if not answers:
        return "essay"
    if not all(answer.right for answer in answers):
        return "multichoice"
    return "match" if any(answer.partner is not None for answer in answers) else "shortanswer"


def _plain(text: str) -> str:
    """The text without its format and escapes."""
    text = _FORMAT.sub("", text, count=1) if _FORMAT.match(text) else text
    return re.sub(r"\\(.)", lambda found: _UNESCAPED.get(found[1], found[1]), text).strip()
