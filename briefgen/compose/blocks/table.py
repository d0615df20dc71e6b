"""Tables: sentences cut into date, who acted and what was done, every cell a span of the source."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import Scored, choose
from briefgen.compose.frames import Frame, frame
from briefgen.compose.material import Material, between, for_query, topic_title
from briefgen.compose.phrases import Part, has_name
from briefgen.compose.trim import ELLIPSIS, trim
from briefgen.compose.wording import worded
from briefgen.model import DateMention, Passage, Row, Statement, Table, TableBlock, plain
from briefgen.problems import Location, error
from briefgen.tables import table as table_of
from briefgen.text.days import year_of
from briefgen.text.words import stems

HEADS = {
    "date": "Date",
    "who": "Who acted",
    "measure": "What was done",
    "whom": "Against whom",
    "passage": "What the source says",
    "source": "Source",
}
"""The columns that a table can have, and their headings."""

_ASKED = "who did what, and when"
A_SLIDE = 7
"""Rows that a slide has room for at least."""
FEWEST, MOST, CELL = 2, 9, 22
"""Rows that make a table, rows where the outline does not say, and words of a passage at most."""
_FRAMED = frozenset({"who", "measure", "whom"})
_OBJECTS = frozenset(table_of("text/frames_en.yaml")["objects"])
_PART = 0.6
"""What a row is worth for each of its parts that the source does not say."""
_SAME_YEAR = 0.85
"""What each further row of a year is worth against the one before it."""
_VAGUE = {"day": 1.0, "month": 0.95}
"""What a row is worth by how closely it is dated; others count as years do."""
_YEAR = 0.8


class _Act(Struct, frozen=True):
    """A dated sentence with its frame, if the table has columns for one."""

    scored: Scored
    parts: Frame | None


def table(block: TableBlock, where: Location, material: Material) -> tuple[Table, ...]:
    """The best dated passages as rows in order of time; rows that name who acted come from the topic's verbs."""
    if not {"measure", "passage"} & set(block.columns):
        hint = f"add measure or passage; accepted: {', '.join(HEADS)}"
        material.desk.problems.append(error("the table has no column for what the sources say", hint, where))
        return ()
    acts = _acts(block, material)
    most = min(block.at_most or MOST, material.room * A_SLIDE)
    pool = _spread(_one_an_event(acts) if _FRAMED & set(block.columns) else _one_a_date(acts))
    chosen = choose(pool, most, material.desk, CELL * 5, material.used, "table")
    if len(chosen) < FEWEST:
        return ()
    parts = {act.scored.candidate.span: act.parts for act in acts}
    columns = _filled(block.columns, [parts[candidate.span] for candidate in chosen])
    rows = sorted((_row(candidate, columns, parts[candidate.span], material) for candidate in chosen), key=_in_order)
    heads = tuple(HEADS[column] for column in columns)
    return (Table(block.title or f"{topic_title(material)}: {_ASKED}", heads, tuple(rows), where),)


def _acts(block: TableBlock, material: Material) -> list[_Act]:
    """The dated sentences, best first: those on an event of the topic, worth more the more of it they tell."""
    events = material.topic.events if material.topic else ()
    wanted = _FRAMED & set(block.columns)
    acts = []
    for scored in between(for_query(material, block.query), block.from_, block.to):
        candidate = scored.candidate
        parts = frame(candidate.text, candidate.date, events, candidate.before) if wanted else None
        parts = None if parts and _unnamed(candidate, parts) else parts
        if candidate.date and candidate.entire and (parts or not wanted):
            told = sum(bool(getattr(parts, column)) for column in wanted) if parts else 0
            worth = _PART ** (len(wanted) - told) * _VAGUE.get(candidate.date.precision, _YEAR)
            acts.append(_Act(Scored(candidate, scored.score * worth), parts))
    return sorted(acts, key=lambda act: -act.scored.score)


def _unnamed(candidate: Candidate, parts: Frame) -> bool:
    """Whether a pronoun alone says to whom it was done, and no name stands in brackets for it."""
    said = plain(worded(candidate, parts.measure).runs)
    return not parts.whom and any(word.strip(".,;:") in _OBJECTS for word in said.split())


def _one_an_event(acts: Iterable[_Act]) -> list[Scored]:
    """Of the sentences that tell of one event, the best."""
    kept: list[_Act] = []
    for act in acts:
        if not any(_is_one_event(act, other) for other in kept):
            kept.append(act)
    return [act.scored for act in kept]


def _is_one_event(left: _Act, right: _Act) -> bool:
    """Whether the dates meet, it is done to the same, and who acted or the measure does not tell the two apart."""
    dates = (left.scored.candidate.date, right.scored.candidate.date)
    if not (dates[0] and dates[1] and _meet(dates[0], dates[1])):
        return False
    one, other = _patient(left), _patient(right)
    if one and other and not (one <= other or other <= one):
        return False
    actors = (_stems(left, "who"), _stems(right, "who"))
    return not all(actors) or bool(actors[0] & actors[1]) or bool(_stems(left, "measure") & _stems(right, "measure"))


def _meet(left: DateMention, right: DateMention) -> bool:
    return left.earliest <= right.latest and right.earliest <= left.latest


def _patient(act: _Act) -> frozenset[str]:
    """The words of a name to which something is done; none where it has no name, as in "the group"."""
    said = [act.scored.candidate.text[slice(*part)] for part in act.parts.whom] if act.parts else []
    return _stems(act, "whom") if any(map(has_name, said)) else frozenset()


def _stems(act: _Act, column: str) -> frozenset[str]:
    parts: Sequence[Part] = getattr(act.parts, column) if act.parts else ()
    return frozenset(stem for part in parts for stem in stems(act.scored.candidate.text[slice(*part)]))


def _one_a_date(acts: Iterable[_Act]) -> list[Scored]:
    """Of the passages with one date and one source, the best."""
    kept: dict[tuple[str, str], Scored] = {}
    for act in acts:
        candidate = act.scored.candidate
        kept.setdefault((candidate.date.label if candidate.date else "", candidate.span.source), act.scored)
    return list(kept.values())


def _spread(pool: Iterable[Scored]) -> list[Scored]:
    """The pool, best first, each further passage of a year worth a little less."""
    years: dict[int, int] = {}
    spread = []
    for scored in pool:
        date = scored.candidate.date
        year = year_of(date.earliest) if date else 0
        spread.append(Scored(scored.candidate, scored.score * _SAME_YEAR ** years.get(year, 0)))
        years[year] = years.get(year, 0) + 1
    return spread


def _filled(columns: tuple[str, ...], frames: Sequence[Frame | None]) -> tuple[str, ...]:
    """The columns without those of who and whom that most rows would leave empty."""
    told = {column: sum(bool(parts and getattr(parts, column)) for parts in frames) for column in ("who", "whom")}
    return tuple(column for column in columns if column not in told or 2 * told[column] >= len(frames))


def _row(candidate: Candidate, columns: Sequence[str], parts: Frame | None, material: Material) -> Row:
    """A row whose statement's spans are its cells', in the order of the text."""
    cells = _parts(candidate, columns, parts)
    said = ["passage"] if "passage" in columns else columns
    shown = _joined(candidate.text, [span for column in said for span in cells.get(column, ())])
    title = material.desk.library.source(candidate.span.source).title
    beside = {"date": candidate.date.label if candidate.date else "", "source": title}
    texts = tuple(beside[one] if one in beside else _text(candidate, one, cells, shown[-1][1]) for one in columns)
    return Row(texts, _statement(candidate, shown, material))


def _parts(candidate: Candidate, columns: Sequence[str], parts: Frame | None) -> dict[str, tuple[Part, ...]]:
    """The spans of each cell; where no column says to whom, what was done holds it too."""
    end = trim(candidate.text[candidate.before :], CELL, phrases=True)
    whole = candidate.text if end is None else candidate.text[: candidate.before + end]
    last = len(whole.rstrip(" ."))
    cells: dict[str, tuple[Part, ...]] = {"passage": ((candidate.before, last),)}
    if parts:
        linked = () if "whom" in columns else (*parts.whom, *([parts.link] if parts.link and parts.whom else []))
        cells["measure"] = tuple(_joined(candidate.text, [*parts.measure, *linked]))
        cells["who"], cells["whom"] = parts.who, parts.whom
    return cells


def _joined(text: str, spans: Iterable[Part]) -> list[Part]:
    """The spans in order, those with only white space or marks between them as one."""
    joined: list[Part] = []
    for start, end in sorted(set(spans)):
        if joined and not any(map(str.isalnum, text[joined[-1][1] : start])):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _text(candidate: Candidate, column: str, cells: Mapping[str, tuple[Part, ...]], last: int) -> str:
    """A cell's words, names in brackets, and a mark where words are left out that stand in no other cell."""
    spans = cells.get(column, ())
    text = plain(worded(candidate, spans).runs).removesuffix(ELLIPSIS) if spans else ""
    ends = bool(spans) and spans[-1][1] == last
    return text + ELLIPSIS if ends and column in ("measure", "passage") and _goes_on(candidate, last) else text


def _goes_on(candidate: Candidate, end: int) -> bool:
    """Whether words are left out after `end`, the date that stands beside aside."""
    date = candidate.date
    rest = candidate.text[end:]
    if date and date.start >= end:
        rest = candidate.text[end : date.start].removesuffix("in ").removesuffix("on ") + candidate.text[date.end :]
    return any(map(str.isalnum, rest))


def _statement(candidate: Candidate, shown: Sequence[Part], material: Material) -> Statement:
    whole = material.desk.state(candidate)
    wording = worded(candidate, shown)
    as_it_is = len(wording.spans) == 1 and not wording.inserted and ELLIPSIS not in plain(wording.runs)
    return Statement(
        id=whole.id,
        kind="verbatim" if as_it_is else "trimmed",
        runs=wording.runs,
        spans=wording.spans,
        passage=Passage(candidate.text, candidate.span),
        date=candidate.date,
        notes=whole.notes,
        inserted=wording.inserted,
    )


def _in_order(row: Row) -> tuple[int, int]:
    date = row.statement.date
    return (date.earliest, date.latest) if date else (0, 0)
