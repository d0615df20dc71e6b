"""Tables: sentences cut into date, who acted and what was done, every cell a span of the source."""

import re
from collections.abc import Sequence

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import Scored, choose
from briefgen.compose.material import Material, between, for_query, topic_title
from briefgen.compose.trim import ELLIPSIS, keeps_meaning, trim
from briefgen.model import Passage, Row, Run, Span, Statement, Table, TableBlock
from briefgen.problems import Location, error
from briefgen.tables import table as table_of

HEADS = {
    "date": "Date",
    "who": "Who acted",
    "measure": "What was done",
    "passage": "What the source says",
    "source": "Source",
}
"""The columns that a table can have, and their headings."""

_ASKED = "who did what, and when"
A_SLIDE = 7
"""Rows that a slide has room for at least."""
FEWEST, MOST, CELL = 2, 9, 22
"""Rows that make a table, rows where the outline does not say, and words of a cell at most."""
_ACTOR = rf"(?:[A-Z][\w.’'&-]*|{'|'.join(table_of('text/people_en.yaml')['actors'])})"
_SUBJECT = rf"(?P<who>(?:[Tt]he |An? )?(?:{_ACTOR} ){{0,8}}?{_ACTOR})"
_ACTIVE = r"^(?:{lead})?{subject} (?:(?:has|have|had|also|then|first|officially|formally|later) )*(?P<verb>{verbs})\b"
_PASSIVE = (
    r"^(?:{lead})?(?P<patient>[A-Z][^,;:]{{2,70}}?) (?:was|were|has been|have been|had been) "
    r"(?:also |then |later )?(?P<verb>{verbs})\b"
)
_BY = re.compile(r"\bby (?P<who>(?:the )?[A-Z][\w.’'&-]*(?: (?:of |and |the )*[A-Z][\w.’'&-]*)*)")


class _Cut(Struct, frozen=True):
    """The spans of a sentence's cells, as (start, end); none where the sentence does not say."""

    who: tuple[int, int] | None
    measure: tuple[int, int]


def table(block: TableBlock, where: Location, material: Material) -> tuple[Table, ...]:
    """The best dated passages as rows in order of time; rows that name who acted come from the topic's verbs."""
    if not {"measure", "passage"} & set(block.columns):
        hint = f"add measure or passage; accepted: {', '.join(HEADS)}"
        material.desk.problems.append(error("the table has no column for what the sources say", hint, where))
        return ()
    triggers = material.topic.triggers if material.topic else ()
    framed = bool({"who", "measure"} & set(block.columns))
    pool = [
        scored
        for scored in between(for_query(material, block.query), block.from_, block.to)
        if scored.candidate.date and (not framed or cut(scored.candidate, triggers))
    ]
    most = min(block.at_most or MOST, material.room * A_SLIDE)
    chosen = choose(_one_a_date(pool), most, material.desk, CELL * 5, material.used, "table")
    if len(chosen) < FEWEST:
        return ()
    rows = sorted((_row(candidate, block.columns, triggers, material) for candidate in chosen), key=_in_order)
    heads = tuple(HEADS[column] for column in block.columns)
    return (Table(block.title or f"{topic_title(material)}: {_ASKED}", heads, tuple(rows), where),)


def cut(candidate: Candidate, triggers: Sequence[str]) -> _Cut | None:
    """Who acted and what was done, where one of `triggers` is the sentence's verb; active or passive."""
    if not triggers:
        return None
    date = candidate.date
    lead = re.escape(candidate.text[: date.end] + ", ") if date and date.start < 12 else "$^"
    if candidate.before:
        lead = re.escape(candidate.text[: candidate.before])
    verbs = "|".join(map(re.escape, triggers))
    passive = re.match(_PASSIVE.format(lead=lead, verbs=verbs), candidate.text)
    if passive:
        return _passive_cut(candidate.text, passive)
    active = re.match(_ACTIVE.format(lead=lead, subject=_SUBJECT, verbs=verbs), candidate.text)
    if not active or not re.search(r"[A-Z]", active["who"]):
        return None
    measure = _cell(candidate.text, active.end("who") + 1)
    return _Cut(active.span("who"), measure) if measure else None


def _passive_cut(text: str, match: re.Match[str]) -> _Cut | None:
    """What was done to whom, and after "by" who did it; none where what follows that must not be left out."""
    start = match.start("patient")
    by = _BY.search(text, match.end())
    if not by:
        measure = _cell(text, start)
        return _Cut(None, measure) if measure else None
    full_stop = by.end() == len(text) and text.endswith(".")
    too_much = len(text[start : by.start()].split()) > CELL or keeps_meaning(text[by.end() :])
    return None if too_much else _Cut((by.start("who"), by.end("who") - full_stop), (start, by.start() - 1))


def _cell(text: str, start: int) -> tuple[int, int] | None:
    end = trim(text[start:], CELL, phrases=True)
    return None if end is None else (start, start + len(text[start : start + end].rstrip(" .")))


def _one_a_date(pool: Sequence[Scored]) -> list[Scored]:
    """Of the passages with one date and one source, the best."""
    kept: dict[tuple[str, str], Scored] = {}
    for scored in pool:
        date = scored.candidate.date
        kept.setdefault((date.label if date else "", scored.candidate.span.source), scored)
    return list(kept.values())


def _row(candidate: Candidate, columns: Sequence[str], triggers: Sequence[str], material: Material) -> Row:
    """A row whose statement's spans are its cells', in the order of the text."""
    parts = cut(candidate, triggers)
    date = candidate.date
    whole = _cell(candidate.text, candidate.before) or (candidate.before, len(candidate.text))
    spans = {
        "who": parts.who if parts else None,
        "measure": parts.measure if parts else whole,
        "passage": whole,
    }
    said = ["passage"] if "passage" in columns else columns
    shown = sorted(span for column in said if (span := spans.get(column)))
    label = material.desk.library.source(candidate.span.source).title
    cells = tuple(_text(candidate, column, spans.get(column), date.label if date else "", label) for column in columns)
    return Row(cells, _statement(candidate, shown, material))


def _text(candidate: Candidate, column: str, span: tuple[int, int] | None, date: str, source: str) -> str:
    if column in ("date", "source"):
        return date if column == "date" else source
    if span is None:
        return ""
    return candidate.text[slice(*span)] + (ELLIPSIS if column != "who" and _goes_on(candidate, span[1]) else "")


def _goes_on(candidate: Candidate, end: int) -> bool:
    """Whether words are left out after `end`, those that say by whom aside."""
    rest = candidate.text[end:].strip(" .")
    return bool(rest) and not _BY.match(rest)


def _statement(candidate: Candidate, shown: Sequence[tuple[int, int]], material: Material) -> Statement:
    desk, span = material.desk, candidate.span
    whole = desk.state(candidate)
    text = " … ".join(candidate.text[start:end] for start, end in shown)
    goes_on = _goes_on(candidate, shown[-1][1])
    return Statement(
        id=whole.id,
        kind="trimmed" if goes_on or len(shown) > 1 else "verbatim",
        runs=(Run(text + (ELLIPSIS if goes_on else "")),),
        spans=tuple(Span(span.source, span.block, span.start + start, span.start + end) for start, end in shown),
        passage=Passage(candidate.text, span),
        date=candidate.date,
        notes=whole.notes,
    )


def _in_order(row: Row) -> tuple[int, int]:
    date = row.statement.date
    return (date.earliest, date.latest) if date else (0, 0)
