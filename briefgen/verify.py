"""Every statement of a built file found again: in its source, and in the file as it is now."""

import os
import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from msgspec import Struct

from briefgen.evidence import SUFFIX, Evidence, SourceRecord, StatementRecord, load_evidence
from briefgen.library import open_library, read_file
from briefgen.model import Source, Span, with_insertions
from briefgen.outputs import (
    Unit,
    folded,
    read_deck,
    read_handout,
    read_open_document,
    read_pdf_handout,
    read_quiz_key,
    read_slides_page,
    read_word,
)
from briefgen.problems import Location, Problem, error, warning

Status = Literal["found", "changed", "missing"]
_ELLIPSIS = r"(?:(?<= )|^)…(?= |$)"
"""How words that were left out are marked; an ellipsis of the source has no space before it."""
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
_LEFT_OUT = re.compile(r"Left out for room: (\d+) passages?\b")
"""How a handout of one sheet says how many passages it has no room for."""
_ALIKE = 0.6
"""The likeness (0 to 1) from which other words count as the statement, changed."""


class Finding(Struct, frozen=True):
    """What became of one statement. `detail` says what stands there instead, as far as that can be told."""

    id: str
    status: Status
    where: str
    text: str
    detail: str = ""


class VerifyReport(Struct, frozen=True):
    """One finding a statement, the worst of it; `total` statements were looked for."""

    statements: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()
    total: int = 0


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
    found, problems = _sources(evidence, beside.parent, sources)
    in_sources = [_in_source(statement, found) for statement in evidence.statements]
    shown = _output(path)
    if isinstance(shown, Problem):
        return VerifyReport((), (*problems, shown))
    if shown is not None and path.name.endswith(KEY):
        findings = _in_key(evidence.statements, in_sources, shown)
        return VerifyReport(tuple(findings), problems, len(findings))
    if shown is None:
        return VerifyReport(tuple(in_sources), problems, len(in_sources))
    look = _in_deck if path.suffix == ".pptx" or path.name.endswith(SLIDES) else _in_handout
    in_output = look(evidence.statements, shown)
    worst = [one if one.status != "found" else other for one, other in zip(in_sources, in_output, strict=True)]
    return VerifyReport(tuple(worst), problems, len(worst))


def evidence_path(path: Path) -> Path | None:
    """Where the evidence of a built file lies; none for a file of another kind."""
    if path.name.endswith(SUFFIX):
        return path
    if path.suffix == ".pptx":
        return path.with_suffix(SUFFIX)
    stem = _MADE.sub("", path.stem)
    return path.with_name(f"{stem}{SUFFIX}") if path.suffix in _READERS and not path.stem.endswith("-quiz") else None


def _sources(evidence: Evidence, folder: Path, given: Sequence[str]) -> tuple[dict[str, Source], tuple[Problem, ...]]:
    """The sources by id as they are now, with a problem for each that is gone or was changed."""
    elsewhere = open_library(given) if given else None
    named = {Path(source.path).name: source for source in elsewhere.sources} if elsewhere else {}
    found: dict[str, Source] = {}
    problems: list[Problem] = list(elsewhere.problems) if elsewhere else []
    for record in evidence.sources:
        source = named.get(Path(record.path).name)
        if source is None and not given:
            reading = read_file(folder / record.path)
            source = reading.source
            problems += [problem for problem in reading.problems if problem.severity == "error"]
        if source is None:
            hint = "is it elsewhere? name its folder with --sources"
            problems += [error("this source is gone", hint, Location(str(folder / record.path)))] if given else []
            continue
        found[record.id] = source
        problems += _changed(record, source)
    return found, tuple(problems)


def _changed(record: SourceRecord, source: Source) -> list[Problem]:
    if source.sha256 == record.sha256:
        return []
    hint = "statements are looked for by their words; build again to renew the evidence"
    return [warning("this source was changed since the build", hint, Location(source.path))]


def _in_source(statement: StatementRecord, sources: Mapping[str, Source]) -> Finding:
    """The statement in its source: every span where it was, or its words anywhere in a block of the source."""
    if statement.kind == "instructor" and not statement.passage:
        return Finding(statement.id, "found", "source", statement.text, "the instructor's own words")
    pieces = [*zip(_pieces(statement), statement.spans, strict=False)]
    pieces += [(_name(one.text), one.span) for one in statement.inserted]
    if statement.passage:
        pieces.append((statement.passage.text, statement.passage.span))
    for words, span in pieces:
        source = sources.get(span.source)
        if source is None:
            return Finding(statement.id, "missing", "source", statement.text, f"the source {span.source} is not there")
        if _slice(source, span) != words and not _anywhere(source, words):
            return _lost(statement, "source", words, [block.text for block in source.blocks])
    worded = "the instructor's wording of a passage that is there" if statement.kind == "instructor" else ""
    return Finding(statement.id, "found", "source", statement.text, worded)


def _slice(source: Source, span: Span) -> str | None:
    return source.blocks[span.block].text[span.start : span.end] if span.block < len(source.blocks) else None


def _anywhere(source: Source, words: str) -> bool:
    return any(words in block.text for block in source.blocks)


def _pieces(statement: StatementRecord) -> list[str]:
    """The statement's words by span, without an editor's words and the marks of what was left out."""
    if statement.kind != "trimmed":
        return [statement.text]
    own = "|".join([_ELLIPSIS, *(re.escape(one.text) for one in statement.inserted)])
    return [piece for part in re.split(own, statement.text) if (piece := part.strip())]


def _in_full(statement: StatementRecord) -> str:
    return with_insertions(statement.passage.text, statement.inserted) if statement.passage else statement.text


def _name(inserted: str) -> str:
    """The name in an editor's brackets."""
    return re.sub(r"[’']s?$", "", inserted.strip("[]"))


def _output(path: Path) -> tuple[Unit, ...] | Problem | None:
    """The words of a deck or handout; none for an evidence file, which shows nothing."""
    if path.name.endswith(SUFFIX):
        return None
    if path.suffix == ".pptx":
        return read_deck(path)
    if path.name.endswith(KEY):
        return read_quiz_key(path)
    return read_slides_page(path) if path.name.endswith(SLIDES) else _READERS[path.suffix](path)


def _in_key(
    statements: Sequence[StatementRecord], in_sources: Sequence[Finding], units: Sequence[Unit]
) -> list[Finding]:
    """Each passage that a key quotes, as the statement whose passage it is; questions may have been taken out."""
    passages = {
        folded(one.passage.text): found for one, found in zip(statements, in_sources, strict=True) if one.passage
    }
    return [passages.get(unit.text) or _misquoted(unit, passages) for unit in units]


def _misquoted(unit: Unit, passages: Mapping[str, Finding]) -> Finding:
    """A passage of a key that no statement has: the one that is most like it, as changed."""
    alike = max(passages, key=lambda passage: SequenceMatcher(None, unit.text, passage, False).ratio(), default="")
    likeness = SequenceMatcher(None, unit.text, alike, False).ratio()
    if likeness < _ALIKE:
        return Finding("?", "missing", "output", unit.text, "no statement says this")
    return Finding(passages[alike].id, "changed", "output", alike, f"there now: {unit.text}")


def _in_handout(statements: Sequence[StatementRecord], units: Sequence[Unit]) -> list[Finding]:
    """Each statement in the handout, which may print in its place the whole passage, or a longer one that holds it."""
    findings = []
    for statement in statements:
        passage = folded(statement.text if statement.kind == "instructor" else _in_full(statement))
        wordings = [_shown(statement), (passage,)]
        wordings += [(folded(_in_full(other)),) for other in statements if _is_within(statement, other)]
        if any(unit.holds(words) for words in wordings for unit in units):
            findings.append(Finding(statement.id, "found", "output", statement.text))
        else:
            findings.append(_lost(statement, "output", passage, [unit.text for unit in units]))
    return _with_left_out(statements, findings, units)


def _is_within(statement: StatementRecord, other: StatementRecord) -> bool:
    """Whether the passage of a source's statement is a part of another's."""
    if "instructor" in (statement.kind, other.kind) or not statement.passage or not other.passage:
        return False
    own, whole = statement.passage.span, other.passage.span
    together = (own.source, own.block) == (whole.source, whole.block)
    return together and own != whole and whole.start <= own.start and own.end <= whole.end


def _with_left_out(
    statements: Sequence[StatementRecord], findings: Sequence[Finding], units: Sequence[Unit]
) -> list[Finding]:
    """The findings, in which passages that a handout says it left out for room are not missing.

    If more are missing than it says, all of them are: which of them it left out cannot be told.
    """
    said = [found for unit in units if (found := _LEFT_OUT.match(unit.text))]
    lost = {_in_full(one): one for one, finding in zip(statements, findings, strict=True) if finding.status != "found"}
    apart = [text for text in lost if not any(text != other and text in other for other in lost)]
    if not said or len(apart) > int(said[0][1]):
        return list(findings)
    return [
        one if one.status == "found" else Finding(one.id, "found", "output", one.text, "left out for room")
        for one in findings
    ]


def _in_deck(statements: Sequence[StatementRecord], units: Sequence[Unit]) -> list[Finding]:
    """Each statement on a slide, first on those where it was, then on any; no words stand for two statements."""
    free = list(units)
    claimed: set[str] = set()
    for anywhere in (False, True):
        for statement in statements:
            open_ = (unit for unit in free if anywhere or unit.slide in statement.slides)
            wanted = _shown(statement)
            found = next((unit for unit in open_ if unit.holds(wanted)), None)
            if statement.slides and statement.id not in claimed and found:
                claimed.add(statement.id)
                free.remove(found)
    return [_on_slide(statement, statement.id in claimed, free) for statement in statements]


def _on_slide(statement: StatementRecord, found: bool, free: Sequence[Unit]) -> Finding:
    if found or not statement.slides:
        return Finding(statement.id, "found", "output", statement.text, "" if found else "not on a slide")
    near = [unit.text for unit in free if unit.slide in statement.slides]
    finding = _lost(statement, "output", " ".join(_shown(statement)), near)
    everywhere = [unit.text for unit in free]
    return (
        finding if finding.status == "changed" else _lost(statement, "output", " ".join(_shown(statement)), everywhere)
    )


def _shown(statement: StatementRecord) -> tuple[str, ...]:
    """The words that must stand together where the statement is shown: a table row's cells, or the statement's own."""
    return tuple(folded(piece.removesuffix(" …")) for piece in statement.cells or (statement.text,))


def _lost(statement: StatementRecord, where: str, words: str, among: Sequence[str]) -> Finding:
    """Changed, if something much like it stands there, else missing."""
    likeness = SequenceMatcher(b=words, autojunk=False)
    best, instead = 0.0, ""
    for text in among:
        likeness.set_seq1(_window(text, words))
        if likeness.real_quick_ratio() > best and likeness.quick_ratio() > best and likeness.ratio() > best:
            best, instead = likeness.ratio(), _window(text, words)
    if best < _ALIKE:
        return Finding(statement.id, "missing", where, statement.text)
    return Finding(statement.id, "changed", where, statement.text, f"there now: {instead}")


def _window(text: str, words: str) -> str:
    """The stretch of `text`, about as long as `words`, that begins or ends as they do; all of a short text."""
    if len(text) <= 1.5 * len(words):
        return text
    head, tail = words[:12], words[-12:]
    start = text.find(head)
    if start < 0 and tail in text:
        start = max(0, text.find(tail) + len(tail) - len(words))
    return text[max(0, start) : max(0, start) + len(words)]
