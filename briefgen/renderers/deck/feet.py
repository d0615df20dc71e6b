"""The notes at a slide's foot: numbered from 1 on each slide, one number for one pin-point."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from briefgen.model import Note, Statement, plain
from briefgen.renderers.deck import words
from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.look import NOTE_LINES, NOTE_SIZE, RULE_LOWEST, Look
from briefgen.renderers.deck.shapes import Colour, Line, Paragraph, Rect, Shape, TextBox, TextRun
from briefgen.renderers.scripts import line_of

LINE_ENDERS = ("…", "-", "–", "—", "/")
PARTS = re.compile(r".+?[,;:] |.+$", re.DOTALL)
NO_RUNS: tuple[TextRun, ...] = ()
ANY_COLOUR = Colour("tx1")  # while measuring, which colours do not change


class Foot(Struct, frozen=True):
    """The notes of one slide, `room` inches wide. `numbers` maps `Note.number` to the number on the slide, and
    `languages` the ids of sources to their languages."""

    notes: tuple[Note, ...]
    numbers: dict[int, int]
    accent: Colour
    lines: int
    room: float
    look: Look
    languages: Mapping[str, str] = {}

    def language(self, statement: Statement) -> str:
        """The language of a statement's words: its source's; "" for the instructor's own, or where nobody knows."""
        return self.languages.get(statement.spans[0].source, "") if statement.spans else ""

    @property
    def fits(self) -> bool:
        return self.lines <= NOTE_LINES

    @property
    def rule(self) -> float:
        """Where the rule above the notes is."""
        line = self.look.text.leading(_runs(self.notes, self.numbers), NOTE_SIZE)
        height = min(self.lines, NOTE_LINES) * line
        return self.look.grid.body.bottom - max(RULE_LOWEST, height + 0.07)

    @property
    def body_bottom(self) -> float:
        return self.rule - 0.1

    def marks(self, statement: Statement) -> tuple[TextRun, ...]:
        """The superscript note marks of `statement`, smallest first, or nothing.

        Where the instructor has put a passage in other words, the marks say so.
        """
        numbers = sorted({self.numbers[note] for note in statement.notes if note in self.numbers})
        ends = statement.text.endswith(LINE_ENDERS) or line_of(statement.text[-1:]) > 0
        glue = "\u00a0" if ends else ""  # else the mark may start the next line
        text = glue + ",".join(str(number) for number in numbers)
        marks = (TextRun(text, bold=True, raised=True, colour=self.accent),) if numbers else ()
        if statement.kind == "instructor" and statement.passage:
            return (TextRun(f" {words.REWORDED} ", italic=True, raised=True, colour=self.accent), *marks)
        return marks

    def shapes(self) -> tuple[Shape, ...]:
        """The rule and the notes, run in."""
        if not self.notes:
            return ()
        shown, more = self.notes, NO_RUNS
        palette, right = self.look.palette, self.look.grid.right
        while len(shown) > 1 and self._count(shown, more) > NOTE_LINES:
            shown, more = shown[:-1], (_gap(palette.link), TextRun(words.MORE_NOTES, italic=True))
        left = right - self.room
        at = Rect(left, self.rule + 0.05, self.room, self.look.grid.body.bottom - self.rule)
        text = Paragraph((*_runs(shown, self.numbers, self.accent, palette.link), *more), NOTE_SIZE)
        rule = Line("Note rule", left, self.rule, right, self.rule, palette.rule, 0.75)
        return rule, TextBox("Notes", at, (text,), "notes", colour=palette.ink)

    def _count(self, shown: tuple[Note, ...], more: tuple[TextRun, ...]) -> int:
        return _line_count((*_runs(shown, self.numbers), *more), self.room, self.look.text)


def _gap(link: Colour) -> TextRun:
    """What stands between two notes: some programs give a link the colour of what follows it."""
    return TextRun("   ", colour=link)


def _runs(
    shown: Iterable[Note], numbers: Mapping[int, int], accent: Colour = ANY_COLOUR, link: Colour = ANY_COLOUR
) -> tuple[TextRun, ...]:
    """The notes run in: bold number, text, full stop."""
    runs: list[TextRun] = []
    for note in shown:
        runs += [_gap(link)] if runs else []
        runs += [
            TextRun(f"{numbers[note.number]}\u00a0", bold=True, colour=accent),
            *_linked(note.short if note.short.endswith((".", "?", "!")) else f"{note.short}.", note.url),
        ]
    return tuple(run for run in runs if run.text)


def _linked(text: str, url: str | None) -> list[TextRun]:
    """A note's text, a link but for its first part, and cut after commas: some programs break no line in a link."""
    parts = PARTS.findall(text)
    if not url or len(parts) < 2:
        return [TextRun(text, url=url)]
    return [TextRun(parts[0]), *(TextRun(piece, url=url) for piece in parts[1:])]


def _line_count(runs: tuple[TextRun, ...], room: float, face: Face) -> int:
    return face.lines(runs, NOTE_SIZE, room - 0.1) if runs else 0


@lru_cache(maxsize=4096)
def _foot_lines(shown: tuple[Note, ...], room: float, face: Face) -> int:
    """How many lines the notes take, numbered in this order."""
    numbers = {note.number: index for index, note in enumerate(shown, 1)}
    return _line_count(_runs(shown, numbers), room, face)


def foot(
    statements: Iterable[Statement],
    notes: Mapping[int, Note],
    accent: Colour,
    look: Look,
    room: float | None = None,
    languages: Mapping[str, str] | None = None,
) -> Foot:
    """The foot of a slide that shows `statements` in this order, at its right end where it has less room than that."""
    numbers: dict[int, int] = {}
    by_short: dict[str, int] = {}
    shown: list[Note] = []
    for number in (number for statement in statements for number in statement.notes if number in notes):
        note = notes[number]
        if note.short not in by_short:
            by_short[note.short] = len(by_short) + 1
            shown.append(note)
        numbers[number] = by_short[note.short]
    wide = look.grid.span if room is None else room
    return Foot(tuple(shown), numbers, accent, _foot_lines(tuple(shown), wide, look.text), wide, look, languages or {})


def speaker_notes(
    statements: Sequence[Statement],
    notes: Mapping[int, Note],
    numbers: Mapping[int, int],
    differing: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[str, ...]:
    """For each statement its full passage in quotation marks, then its notes in full, by their numbers on the slide.

    `differing` has by the ids of statements what sources differ on there; that is said below the passage.
    """
    paragraphs: list[str] = []
    for statement in statements:
        if statement.kind == "instructor":
            name = words.REWORDED.capitalize() if statement.passage else words.INSTRUCTOR
            paragraphs.append(f"{name}: {statement.text}")
        if statement.kind != "instructor" or statement.passage:
            paragraphs.append(_quoted(statement.in_full))
        paragraphs += [f"{words.DIFFER}: {what}" for what in (differing or {}).get(statement.id, ())]
        paragraphs += [
            f"{numbers.get(number, number)}  {plain(notes[number].runs)}"
            for number in statement.notes
            if number in notes
        ]
    return tuple(paragraphs)


def _quoted(text: str) -> str:
    """The text in quotation marks, those that it has itself not doubled."""
    return text if text[:1] in '“"' and text[-1:] in '”"' else f"“{text}”"
