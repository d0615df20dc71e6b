"""A page of the user's own in place of the built-in one: what it is given, and how it is filled."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from briefgen.model import Brief, Run, plain
from briefgen.problems import Location, Problem, error
from briefgen.renderers.handout.html import EDITIONS, Page
from briefgen.renderers.handout.passages import note_html, passage_html, runs_html
from briefgen.renderers.handout.printed import PrintedBlock, PrintedSection, Said, pieces

_HINT = "the built-in page is used; docs/handouts.md lists what a page may use"
_PATIENCE = 120
"""Seconds after which a page is given up whose process cannot be bounded."""


def render_own(file: Path, shown: Page, pictures: dict[str, str]) -> str | Problem:
    """The page in `file` filled with what the built-in page shows, or the problem that keeps it from being used."""
    where = Location(str(file))
    if not os.path.isfile(file):
        return error("there is no such page", f"{_HINT}; the path is seen from the outline", where)
    asked = json.dumps({"file": os.path.abspath(file), "data": given(shown, pictures)}).encode()
    path = os.pathsep.join(filter(None, sys.path))
    try:
        run = subprocess.run(
            [sys.executable, "-m", "briefgen.renderers.handout.sandbox"],
            input=asked,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "0"},
        )
        made = json.loads(run.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return error("the page took too long or too much memory, and was stopped", _HINT, where)
    if "text" in made:
        return str(made["text"])
    name = str(file) if os.path.basename(made["file"]) == file.name else str(file.parent / Path(made["file"]).name)
    return error(made["message"], "; ".join(filter(None, (made["hint"], _HINT))), Location(name, made["line"], 1))


def given(shown: Page, pictures: dict[str, str]) -> dict[str, Any]:
    """What a page may use, in plain data; `docs/handouts.md` explains each."""
    brief, sheet = shown.brief, shown.sheet
    return {
        "title": brief.title,
        "subtitle": brief.subtitle,
        "course": brief.course,
        "author": brief.author,
        "date": shown.date,
        "language": brief.language,
        "direction": "rtl" if shown.right else "ltr",
        "edition": sheet.edition or "",
        "kind": EDITIONS[sheet.edition],
        "objectives": list(brief.objectives),
        "css": shown.css,
        "main": shown.main,
        "sections": [_section(section, shown, pictures) for section in sheet.sections],
        "conflicts": [
            {"what": one.what, "passages": [_passage(said, shown) for said in one.said]} for one in sheet.conflicts
        ],
        "appendix": [_block(block, shown, pictures) for block in sheet.appendix],
        "answers": [{"number": one.number, "words": one.words, "notes": list(one.notes)} for one in sheet.answers],
        "left_out": sheet.left_out,
        "notes": [
            {"number": note.number, "text": plain(note.runs), "html": note_html(note, brief.language)}
            for note in sheet.notes
        ],
        "sources": [_runs(entry.runs, brief) for entry in sheet.sources],
        "cited": [
            {"label": works.label, "entries": [_runs(entry.runs, brief) for entry in works.entries]}
            for works in sheet.cited
        ],
    }


def _section(section: PrintedSection, shown: Page, pictures: dict[str, str]) -> dict[str, Any]:
    return {
        "number": section.number,
        "heading": section.heading,
        "question": section.question,
        "minutes": section.minutes,
        "slides": list(section.slides),
        "lines": section.lines,
        "points": [_passage(said, shown) for said in section.points],
        "lead": [_passage(said, shown) for said in section.lead],
        "blocks": [_block(block, shown, pictures) for block in section.blocks],
    }


def _block(block: PrintedBlock, shown: Page, pictures: dict[str, str]) -> dict[str, Any]:
    image = block.image
    return {
        "kind": block.kind,
        "title": block.title,
        "html": shown.block(block),
        "rows": [[_passage(said, shown) if said else None for said in row] for row in block.rows],
        "heads": list(block.heads),
        "cells": [list(cells) for cells in block.cells],
        "names": list(block.names),
        "dead": list(block.dead),
        "questions": list(block.questions),
        "ties": [
            {"who": tie.who, "word": tie.word, "of": tie.of, "passage": _passage(tie.said, shown)} for tie in block.ties
        ],
        "image": {"src": pictures[image.picture.sha256], "alt": image.alt, "credit": image.rights} if image else None,
    }


def _passage(said: Said, shown: Page) -> dict[str, Any]:
    student = shown.sheet.edition == "student"
    words = (("____" if gap and student else run.text) for run, gap in pieces(said))
    return {
        "html": passage_html(said, shown.brief.language, shown.sheet.edition),
        "text": "".join(words),
        "date": said.date,
        "notes": [mark.number for mark in said.marks],
        "slides": list(said.slides),
        "own": said.own,
        "language": said.language,
    }


def _runs(runs: tuple[Run, ...], brief: Brief) -> dict[str, str]:
    return {"text": plain(runs), "html": runs_html(runs, brief.language)}
