"""What the typst template prints: the sheet as plain data, with every text ready to be set."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import groupby
from math import sqrt
from typing import Any

from msgspec.structs import replace

from briefgen.model import Brief, Edition, Image, Question, Run
from briefgen.renderers.days import date_words
from briefgen.renderers.handout.asked import SPACE, SPACE_FOR_NAME, key_in_words, pool
from briefgen.renderers.handout.further import further, with_points
from briefgen.renderers.handout.links import safe_link
from briefgen.renderers.handout.printed import PrintedBlock, PrintedSection, PrintedTie, Said, Sheet, pieces
from briefgen.renderers.scripts import direction, runs_right_to_left
from briefgen.tables import table

MADE_BY = "handout made by briefgen"
"""The keyword by which the reader of PDF files knows a handout, which is no source."""
_TAG = re.compile(r"(?P<language>[A-Za-z]{2,3})(?:-[A-Za-z]{4})?(?:-(?P<region>[A-Za-z]{2}))?(?:-.*)?")
_LONG = re.compile(r"[^\s\u200b]{26,}")
_SIGNS = re.compile(r"(?<=[/._?&=\-])(?=[^/._?&=\-])")
"""After these signs of an address a long word can be broken."""
_LINE, _CELL, _LABEL = 30, 16, 12
"""Letters after which what is still too long can be broken: in lines, in cells, and in the columns of names."""
_HEAD_LETTERS = 60
"""The longest title that a running head holds beside the name of a section."""
_WHOLE = ("prose", "image")
"""The kinds of blocks that are set as a whole, and not row by row."""
_HAND = 2.9
"""Millimetres that a letter takes when it is written by hand."""
_BLANK = 55.0
"""The longest stretch of a blank, in millimetres; a longer blank is several, so that lines can break between them."""
_TEXT_WIDTH = {False: 130.0, True: 78.0}
"""The width of text in millimetres, by whether there are two columns: the most that a picture may have."""
_PICTURE_HEIGHT = 100.0
_PIXELS_A_MM = 150 / 25.4
"""At most 150 pixels an inch are shown: coarser looks blurred on paper."""


def printed_data(brief: Brief, content: Sheet, pictures: Mapping[str, str], families: Sequence[str]) -> dict[str, Any]:
    """All that `handout.typ` reads of a sheet, for msgspec or json to encode.

    `pictures` are files' names by their SHA-256.

    Texts hold no character that a PDF cannot hold but those without a glyph. `families` are of the fonts that stand in
    for letters that the handout's own lacks.
    """
    narrow = brief.handout.two_columns
    words = table("renderers/handout/words_en.yaml")
    setter = _Setter(content.edition, runs_right_to_left(brief.language), narrow, pictures)
    printed = enumerate((*map(with_points, content.sections), *further(content)), 1)
    sections = [setter.section(section, number) for number, section in printed]
    conflicts = [
        {"what": setable(one.what[:1].upper() + one.what[1:]), "rows": [setter.row((said,)) for said in one.said]}
        for one in content.conflicts
    ]
    cited = [
        {
            "label": setable(words["cited-by"].format(one.label)) if one.label else "",
            "entries": [_runs(entry.runs) for entry in one.entries],
        }
        for one in content.cited
    ]
    return {
        **_matter(brief, content.edition, words),
        "words": {**words, **{key: _heading(words[key]) for key in ("differ", "sources", "cited")}},
        "reading": " ".join(_reading(words, setter.has_own_words, content.edition)),
        "paper": brief.handout.paper,
        "two-columns": narrow,
        "one-page": brief.handout.one_page,
        "for-instructor": content.edition == "instructor",
        "fonts": list(families),
        "sections": sections[: len(content.sections)],
        "further": sections[len(content.sections) :],
        "conflicts": conflicts,
        "notes": _notes(content),
        "sources": [_runs(entry.runs) for entry in content.sources],
        "cited": cited,
    }


def _reading(words: Mapping[str, Any], has_own_words: bool, edition: Edition | None) -> Iterator[str]:
    yield from words["reading"]
    if has_own_words:
        yield words["reading-own"]
    if edition == "student":
        yield words["reading-blanks"]


def setable(text: str, every: int = _LINE) -> str:
    """`text` without line ends, controls, surrogates and non-characters, and with places to break long words.

    Words of more than 25 letters can be broken after signs, and where there are none after `every` so many letters. No
    line begins with the mark of what is left out.
    """
    if not text.isprintable():
        text = "".join(" " if char in "\t\n\r\x0b\x0c\x85\u2028\u2029" else char for char in text)
        text = "".join(char for char in text if _is_set(char))
    text = text.replace(" …", "\u00a0…")
    if len(text) < 26:
        return text
    return _LONG.sub(lambda word: _breakable(_SIGNS.sub("\u200b", word[0]), every), text)


@cache
def _unbroken(every: int) -> re.Pattern[str]:
    return re.compile(rf"[^\s\u200b]{{{every}}}(?=[^\s\u200b]{{4}})")


def _breakable(word: str, every: int) -> str:
    return _unbroken(every).sub("\\g<0>\u200b", word)


def _is_set(char: str) -> bool:
    code = ord(char)
    return unicodedata.category(char) not in {"Cc", "Cs"} and not (0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE)


def _matter(brief: Brief, edition: Edition | None, words: Mapping[str, Any]) -> dict[str, Any]:
    """The title block, the running heads, and what the file says of itself."""
    tag = _TAG.fullmatch(brief.language)
    of = words[edition] if edition else ""
    matter = (brief.course, brief.author, date_words(brief.date), of)
    return {
        "title": setable(brief.title).strip() or words["foot"],
        "subtitle": setable(brief.subtitle),
        "matter": setable(" · ".join(filter(None, matter))),
        "running-title": _short(brief.title),
        "foot": _short(" · ".join(filter(None, (brief.course, of or words["foot"])))),
        "author": setable(brief.author),
        "made-by": MADE_BY,
        "date": _day(brief.made or brief.date),
        "language": tag["language"].lower() if tag else "en",
        "region": tag["region"].lower() if tag and tag["region"] else None,
        "right-to-left": runs_right_to_left(brief.language),
        "objectives": [setable(one) for one in brief.objectives],
    }


def _day(edtf: str) -> list[int] | None:
    try:
        day = date.fromisoformat(edtf)
    except ValueError:
        return None
    return [day.year, day.month, day.day]


def _short(text: str) -> str:
    shown = setable(text)
    return shown if len(shown) <= _HEAD_LETTERS else f"{shown[:_HEAD_LETTERS].rsplit(' ', 1)[0]} …"


def _heading(text: str) -> dict[str, str]:
    return {"full": setable(text), "short": _short(text)}


def _notes(content: Sheet) -> dict[str, list[dict[str, Any]]]:
    """The notes by their numbers; one whose words lead nowhere is itself the link to its source."""
    return {
        str(note.number): _runs(
            replace(run, url=note.url) if note.url and not any(one.url for one in note.runs) else run
            for run in note.runs
        )
        for note in content.notes
    }


def _runs(runs: Iterable[Run]) -> list[dict[str, Any]]:
    return [_piece(run) for run in runs]


def _piece(run: Run, gap: int | None = None) -> dict[str, Any]:
    return {
        "text": setable(run.text),
        "bold": run.bold,
        "italic": run.italic,
        "url": safe_link(run.url),
        "gap": gap,
        "blanks": [],
        "first": False,
        "last": False,
    }


class _Setter:
    """Turns what a sheet prints into data. `here` are the notes of what stands together, in order."""

    def __init__(self, edition: Edition | None, rtl: bool, narrow: bool, pictures: Mapping[str, str]) -> None:
        self.edition, self.rtl, self.narrow, self.pictures = edition, rtl, narrow, pictures
        self.here: dict[str, None] = {}
        self.has_own_words = False

    def section(self, one: PrintedSection, number: int) -> dict[str, Any]:
        """A section, the `number`-th of the handout; its own number stands before its heading, where it has one."""
        return {
            "number": number,
            "heading": _heading(f"{one.number}\u2002{one.heading}" if one.number else one.heading),
            "question": setable(one.question),
            "lead": [self.row((said,)) for said in one.lead],
            "blocks": [self.block(block) for block in one.blocks],
        }

    def block(self, one: PrintedBlock) -> dict[str, Any]:
        whole = one.kind in _WHOLE
        self.here.clear()
        rows = [self.row(row, whole) for row in one.rows]
        ties = [self.tie(tie) for tie in one.ties]
        return {
            "kind": one.kind,
            "title": setable(one.title),
            "rows": rows,
            "notes": list(self.here) if whole else [],
            "heads": [setable(head if one.kind == "compare" else head.capitalize()) for head in one.heads],
            "cells": [[setable(cell, _CELL) or "–" for cell in row] for row in one.cells],
            "widths": _widths(one),
            "names": [setable(name, _LABEL) for name in one.names],
            "dead": list(one.dead),
            "questions": [setable(asked) for asked in one.questions],
            "image": self.image(one.image) if one.image else None,
            "ties": ties,
            "quiz": [self.question(asked) for asked in one.quiz],
        }

    def question(self, one: Question) -> dict[str, Any]:
        """A question made from statements; an instructor's with its key and the passages that prove it."""
        solved = self.edition == "instructor"
        names = [one.answers[place] for place in one.key] if one.kind == "match" else []
        spaces = ["_" * SPACE_FOR_NAME] * len(names)  # in one piece, which moves to the next line where it has no room
        return {
            "number": one.number,
            "ask": setable(one.ask),
            "stem": setable(("_" * SPACE).join(one.stem)),
            "options": list(map(setable, one.options)),
            "beside": list(map(setable, names if solved else spaces)),
            "solved": solved,
            "pool": "" if solved else setable(pool(one)),
            "key": setable(key_in_words(one)) if solved else "",
            "reason": setable(one.reason) if solved else "",
            "proofs": [
                {"passage": setable(proof.passage), "where": setable(proof.short or proof.note)}
                for proof in (one.proofs if solved else ())
            ],
        }

    def row(self, row: Sequence[Said | None], within: bool = False) -> dict[str, Any]:
        """What stands together, with the notes that it uses; `within` a block that is set as a whole, or on its own."""
        if not within:
            self.here.clear()
        said = [self.said(said) if said else None for said in row]
        return {"said": said, "notes": list(self.here)}

    def tie(self, tie: PrintedTie) -> dict[str, Any]:
        row = self.row((tie.said,))
        who, word, of = (setable(text, _LABEL) for text in (tie.who, tie.word, tie.of))
        return {"who": who, "word": word, "of": of, "said": row["said"][0], "notes": row["notes"]}

    def said(self, said: Said) -> dict[str, Any]:
        self.has_own_words = self.has_own_words or said.own
        marks = []
        for mark in said.marks:
            number = str(mark.number)
            marks.append({"number": mark.number, "first": mark.known and number not in self.here})
            if mark.known:
                self.here[number] = None
        own_way = direction("".join(run.text for run in said.runs), self.rtl)
        return {
            "pieces": self.pieces(said),
            "marks": marks,
            "date": setable(said.date, _LABEL),
            "short": setable(said.short_note),
            "own": said.own,
            "reworded": said.reworded,
            "dir": None if own_way == self.rtl else "rtl" if own_way else "ltr",
        }

    def pieces(self, said: Said) -> list[dict[str, Any]]:
        """The runs; of a gap in a student's edition one piece alone, with the blanks that its words need."""
        made: list[dict[str, Any]] = []
        for gap, group in groupby(pieces(said), key=lambda item: item[1]):
            parts = [_piece(run, gap.number if gap else None) for run, _ in group]
            if gap and self.edition == "student":
                parts = [{**_piece(Run(""), gap.number), "blanks": _blanks(gap.end - gap.start)}]
            if gap:
                parts[0]["first"] = parts[-1]["last"] = True
            made += parts
        return made

    def image(self, one: Image) -> dict[str, Any]:
        picture = one.picture
        width = min(
            _TEXT_WIDTH[self.narrow],
            picture.width / _PIXELS_A_MM,
            _PICTURE_HEIGHT * picture.width / max(picture.height, 1),
        )
        file = self.pictures.get(picture.sha256)
        return {"file": file, "alt": setable(one.alt), "rights": setable(one.rights), "width": round(width, 1)}


def _blanks(letters: int) -> list[float]:
    """The widths in millimetres of the ruled stretches in which `letters` can be written by hand."""
    width = max(18.0, letters * _HAND)
    count = -int(-width // _BLANK)
    return [round(width / count, 1)] * count


def _widths(one: PrintedBlock) -> list[float]:
    """The shares of a table's columns: as their texts need, and no longest word broken while others have room."""
    if one.kind == "chart":
        rows = [(tie.who, tie.word, tie.of, "".join(run.text for run in tie.said.runs)) for tie in one.ties]
        columns = list(zip(*rows, strict=True))
    else:
        columns = [(head, *texts) for head, *texts in zip(one.heads, *one.cells, strict=False)]
    return [_share(texts) for texts in columns]


def _share(texts: Sequence[str]) -> float:
    longest = max((len(word) for text in texts for word in text.split()), default=1)
    mean = sum(map(len, texts)) / max(len(texts), 1)
    return round(min(max(longest + 2.0, 3.6 * sqrt(mean), 6.0), 60.0), 1)
