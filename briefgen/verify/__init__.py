"""Every statement of a built file found again: in its source, and in the file as it is now; and what is new there."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from briefgen.evidence import SUFFIX, Evidence, load_evidence
from briefgen.outputs import (
    Unit,
    read_deck,
    read_handout,
    read_open_document,
    read_pdf_handout,
    read_quiz_key,
    read_slides_page,
    read_word,
)
from briefgen.problems import Location, Problem, error, warning
from briefgen.verify.in_keys import in_key
from briefgen.verify.in_outputs import looked_for
from briefgen.verify.in_sources import in_source, sources_now
from briefgen.verify.report import Finding, Status, Unsourced, VerifyReport

__all__ = ["Finding", "Status", "Unsourced", "VerifyReport", "evidence_path", "verify"]

SLIDES = "-slides.html"
"""How the name of a page of slides ends."""
KEY = "-quiz-key.html"
"""How the name of the key of a quiz ends."""
_MADE = re.compile("-(?:slides|quiz-key|handout(?:-student|-instructor)?)$")
"""How the names of pages, keys and handouts end, before their files' endings."""
_ACCEPTED = (
    "a .pptx, -slides.html, -handout.html, -quiz-key.html, .pdf, .docx or .odt made by `briefgen build`, "
    "or its .evidence.json"
)
_READERS = {".html": read_handout, ".pdf": read_pdf_handout, ".docx": read_word, ".odt": read_open_document}
"""What reads handouts, by their files' endings."""
_UNTOLD = ".pdf"
"""The ending of files that are not made to be edited, in which nothing is looked for but statements."""


def verify(path: Path, sources: tuple[str, ...] = ()) -> VerifyReport:
    """Checks a deck, a handout or an evidence file against the sources and, if it is a deck or handout, itself.

    The evidence lies beside it. Sources are looked for where they were when it was built, and in `sources`.
    """
    beside = evidence_path(path)
    if beside is None or not os.path.exists(path):
        hint = f"accepted: {_ACCEPTED}"
        message = "there is no such file" if beside else "this is no file that can be verified"
        return VerifyReport((), (error(message, hint, Location(str(path))),))
    evidence = load_evidence(beside)
    if isinstance(evidence, Problem):
        return VerifyReport((), (evidence,))
    found, problems = sources_now(evidence, beside.parent, sources)
    in_sources = [in_source(statement, found) for statement in evidence.statements]
    units = _output(path)
    if isinstance(units, Problem):
        return VerifyReport((), (*problems, units))
    if units is None:
        return VerifyReport(tuple(in_sources), problems, len(in_sources))
    words = _own_words(path, evidence)
    if words is None and path.suffix != _UNTOLD:
        problems = (*problems, _unknown(path))
    return _report(path, evidence, in_sources, units, words, problems)


def _report(
    path: Path,
    evidence: Evidence,
    in_sources: Sequence[Finding],
    units: Sequence[Unit],
    words: Sequence[str] | None,
    problems: tuple[Problem, ...],
) -> VerifyReport:
    deck = path.suffix == ".pptx" or path.name.endswith(SLIDES)
    in_output, new = looked_for(evidence.statements, units, deck, words)
    if path.name.endswith(KEY):
        findings = in_key(evidence.statements, in_sources, units)
        return VerifyReport(tuple(findings), problems, len(findings), new)
    worst = [one if one.status != "found" else other for one, other in zip(in_sources, in_output, strict=True)]
    return VerifyReport(tuple(worst), problems, len(worst), new)


def evidence_path(path: Path) -> Path | None:
    """Where the evidence of a built file lies; none for a file of another kind."""
    if path.name.endswith(SUFFIX):
        return path
    if path.suffix == ".pptx":
        return path.with_suffix(SUFFIX)
    stem = _MADE.sub("", path.stem)
    return path.with_name(f"{stem}{SUFFIX}") if path.suffix in _READERS and not path.stem.endswith("-quiz") else None


def _output(path: Path) -> tuple[Unit, ...] | Problem | None:
    """The words of a deck or handout; none for an evidence file, which shows nothing."""
    if path.name.endswith(SUFFIX):
        return None
    if path.suffix == ".pptx":
        return read_deck(path)
    if path.name.endswith(KEY):
        return read_quiz_key(path)
    return read_slides_page(path) if path.name.endswith(SLIDES) else _READERS[path.suffix](path)


def _kind(name: str) -> str:
    """Files of one kind have the same words of the program."""
    if name.endswith((KEY, SLIDES)):
        return KEY if name.endswith(KEY) else ".pptx"
    return {".odt": ".docx"}.get(Path(name).suffix, Path(name).suffix)


def _own_words(path: Path, evidence: Evidence) -> tuple[str, ...] | None:
    """What the build wrote besides statements into files of the kind of `path`; none where it made no such file."""
    kind = _kind(path.name)
    records = [one for one in evidence.outputs if _kind(one.file) == kind and one.words]
    records.sort(key=lambda one: one.file != path.name)
    return tuple(dict.fromkeys(text for one in records for text in one.words)) or None


def _unknown(path: Path) -> Problem:
    message = "the evidence does not tell of such a file, so that new text in it cannot be told from the program's"
    return warning(message, f"make {path.suffix} files and evidence in one build", Location(str(path)))
