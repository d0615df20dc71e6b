"""Each statement in its source, as the source is now."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from briefgen.evidence import Evidence, SourceRecord, StatementRecord
from briefgen.library import open_library, read_file
from briefgen.model import Source, Span
from briefgen.problems import Location, Problem, error, warning
from briefgen.verify.difference import ALIKE, difference
from briefgen.verify.report import Finding

_ELLIPSIS = r"(?:(?<= )|^)…(?= |$)"
"""How words that were left out are marked; an ellipsis of the source has no space before it."""


def sources_now(
    evidence: Evidence, folder: Path, given: Sequence[str]
) -> tuple[dict[str, Source], tuple[Problem, ...]]:
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


def in_source(statement: StatementRecord, sources: Mapping[str, Source]) -> Finding:
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
            return _lost(statement, words, [block.text for block in source.blocks])
    worded = "the instructor's wording of a passage that is there" if statement.kind == "instructor" else ""
    return Finding(statement.id, "found", "source", statement.text, worded)


def _slice(source: Source, span: Span) -> str | None:
    within = 0 <= span.block < len(source.blocks)
    return source.blocks[span.block].text[span.start : span.end] if within else None


def _anywhere(source: Source, words: str) -> bool:
    return any(words in block.text for block in source.blocks)


def _pieces(statement: StatementRecord) -> list[str]:
    """The statement's words by span, without an editor's words and the marks of what was left out."""
    if statement.kind != "trimmed":
        return [statement.text]
    own = "|".join([_ELLIPSIS, *(re.escape(one.text) for one in statement.inserted)])
    return [piece for part in re.split(own, statement.text) if (piece := part.strip())]


def _name(inserted: str) -> str:
    """The name in an editor's brackets."""
    return re.sub(r"[’']s?$", "", inserted.strip("[]"))


def _lost(statement: StatementRecord, words: str, among: Sequence[str]) -> Finding:
    """Changed, if something much like it stands there, else missing."""
    likeness = SequenceMatcher(b=words, autojunk=False)
    best, instead = 0.0, ""
    for text in among:
        likeness.set_seq1(_window(text, words))
        if likeness.real_quick_ratio() > best and likeness.quick_ratio() > best and likeness.ratio() > best:
            best, instead = likeness.ratio(), _window(text, words)
    if best < ALIKE:
        return Finding(statement.id, "missing", "source", statement.text)
    told = difference(words, instead)
    return Finding(statement.id, "changed", "source", statement.text, f"there now: {instead}", instead, told)


def _window(text: str, words: str) -> str:
    """The stretch of `text`, about as long as `words`, that begins or ends as they do; all of a short text."""
    if len(text) <= 1.5 * len(words):
        return text
    head, tail = words[:12], words[-12:]
    start = text.find(head)
    if start < 0 and tail in text:
        start = max(0, text.find(tail) + len(tail) - len(words))
    return text[max(0, start) : max(0, start) + len(words)]
