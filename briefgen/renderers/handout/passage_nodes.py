"""Passages as nodes of pandoc's tree: their words, gaps, note marks and slides, each in its language and direction."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from briefgen.model import Run, plain
from briefgen.renderers.characters import printable
from briefgen.renderers.handout import pandoc_nodes as nodes
from briefgen.renderers.handout.asked import ruled
from briefgen.renderers.handout.links import safe_link
from briefgen.renderers.handout.pandoc_nodes import Node
from briefgen.renderers.handout.passages import slides_words
from briefgen.renderers.handout.printed import Gap, PrintedNote, Said, Sheet, pieces
from briefgen.renderers.scripts import LATIN, language, main_script, script_of, scripts, segments

INSTRUCTORS_WORDS, INSTRUCTORS_LABEL, STATEMENT = "Instructor's words", "Instructor's label", "Statement"
GAP, GAP_NUMBER, BLANK, ON_SLIDES = "Gap", "Gap number", "Blank", "On slides"
NOTE_NAME = "note_{}"
"""What a note's first mark is called, by its number, and where its other marks lead."""
_HANDWRITING = 1.7
"""How many underscores a letter needs: they are as wide as letters, and handwriting is wider."""
_SHORTEST_BLANK = 8
_EDGE = re.compile(r"\W*\Z")


class Tongue(Struct, frozen=True):
    """The script that most of a text is in, and the languages that it may be in, the likeliest first."""

    main: str
    hints: tuple[str, ...]


class PassageWriter:
    """Makes nodes of passages and of other words; `first` says which use of each note has the note itself."""

    def __init__(self, sheet: Sheet, tag: str, first: Mapping[int, int]) -> None:
        self.tag, self.edition, self.first = tag, sheet.edition, first
        self.notes: Mapping[int, PrintedNote] = {note.number: note for note in sheet.notes}
        self.page = Tongue(script_of(tag), (tag,))

    # Words ------------------------------------------------------------------------------------------------------

    def words(self, text: str, tongue: Tongue | None = None) -> Iterator[Node]:
        """Text; each stretch in a script other than Latin, or in another language, in its language and direction."""
        for piece, script in segments(" ".join(printable(text).splitlines())):
            yield from self.stretch(piece, script, tongue or self.page)

    def stretch(self, piece: str, script: str, tongue: Tongue) -> Iterator[Node]:
        """Words in one script; of a script that is not the main one, the signs at their end are not of it."""
        letters = piece if script == tongue.main else _EDGE.sub("", piece)
        tag = language(script, letters, tongue.hints)
        if not any(map(str.isalpha, letters)) or (script == LATIN and _primary(tag) == _primary(self.tag)):
            yield nodes.text(piece)
            return
        way = {"dir": "rtl"} if script != LATIN and scripts()[script].right else {}
        yield nodes.span([nodes.text(letters)], lang=tag, **way)
        if len(letters) < len(piece):
            yield nodes.text(piece[len(letters) :])

    def run(self, run: Run, tongue: Tongue | None = None) -> Iterator[Node]:
        inside = tuple(self.words(run.text, tongue))
        inside = (nodes.emphasis(*inside),) if run.italic else inside
        inside = (nodes.strong(*inside),) if run.bold else inside
        target = safe_link(run.url)
        yield from (nodes.link(target, *inside),) if target else inside

    def runs(self, runs: Iterable[Run]) -> Iterator[Node]:
        for run in runs:
            yield from self.run(run)

    def line(self, style: str, text: str) -> Node:
        return nodes.paragraph(style, *self.words(text))

    # Passages ---------------------------------------------------------------------------------------------------

    def passage(self, said: Said, own_label: bool = True) -> Iterator[Node]:
        """A passage with its marks, and with the words that say so where it is the instructor's."""
        if said.own and own_label:
            yield self.label(said)
        style = INSTRUCTORS_WORDS if said.own else STATEMENT
        tongue = Tongue(main_script(plain(said.runs), said.language or self.tag), (said.language, self.tag))
        student = self.edition == "student"
        open_gap: Gap | None = None
        for run, gap in pieces(said):
            if open_gap and gap != open_gap and not student:
                yield self.gap_number(open_gap)
            if gap and student:
                yield from () if gap == open_gap else self.blank(gap)
            else:
                yield nodes.styled(GAP if gap else style, *self.run(run, tongue))
            open_gap = gap
        if open_gap and not student:
            yield self.gap_number(open_gap)
        yield from self.marks(said)

    @staticmethod
    def label(said: Said) -> Node:
        words = "Instructor’s wording: " if said.reworded else "Instructor: "
        return nodes.styled(INSTRUCTORS_LABEL, nodes.text(words))

    @staticmethod
    def gap_number(gap: Gap) -> Node:
        return nodes.styled(GAP_NUMBER, nodes.text(f" ({gap.number})"))

    @staticmethod
    def blank(gap: Gap) -> Iterator[Node]:
        """A space to write in, after its number."""
        yield nodes.styled(GAP_NUMBER, nodes.text(f"({gap.number}) "))
        length = max(_SHORTEST_BLANK, round((gap.end - gap.start) * _HANDWRITING))
        yield nodes.styled(BLANK, nodes.text(ruled(length)))

    def marks(self, said: Said) -> Iterator[Node]:
        """The notes of a passage, the note itself at its first use, else a link to that; and its slides."""
        for index, mark in enumerate(said.marks):
            if index:
                yield nodes.raised(nodes.text(","))
            if mark.known and self.first[mark.number] == mark.use:
                yield nodes.span([self.note(self.notes[mark.number])], NOTE_NAME.format(mark.number))
            else:
                yield self.reference(mark.number)
        if said.slides:
            yield nodes.styled(ON_SLIDES, nodes.text(" " + slides_words(said.slides).replace(" ", "\u00a0")))

    def reference(self, number: int) -> Node:
        """A mark that leads to the note of a number; its number alone where there is none."""
        shown = nodes.text(str(number))
        return nodes.link(f"#{NOTE_NAME.format(number)}", shown) if number in self.first else nodes.raised(shown)

    def references(self, numbers: Sequence[int]) -> Iterator[Node]:
        """Marks that lead to notes, with commas between."""
        for index, number in enumerate(numbers):
            if index:
                yield nodes.raised(nodes.text(", "))
            yield self.reference(number)

    def note(self, note: PrintedNote) -> Node:
        inside = tuple(self.runs(note.runs))
        target = safe_link(note.url)
        return nodes.note({"t": "Para", "c": (nodes.link(target, *inside),) if target else inside})

    def passages(self, said: Sequence[Said], style: str = "Passage", last: str = "") -> Node:
        """A list of passages, of which the `last` may have a style of its own."""
        styles = [*[style] * (len(said) - 1), last or style]
        return nodes.bullets(
            [nodes.paragraph(kind, *self.passage(one))] for one, kind in zip(said, styles, strict=True)
        )


def _primary(tag: str) -> str:
    return tag.partition("-")[0].lower()
