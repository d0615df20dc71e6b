"""What a block asks for that no passage can give: days that are none, spans that run backwards, too few events."""

from collections.abc import Sequence

from briefgen.compose.blocks.chart import FEWEST as FEWEST_PERSONS
from briefgen.compose.blocks.table import FEWEST as FEWEST_ROWS
from briefgen.compose.blocks.timeline import FEWEST as FEWEST_EVENTS
from briefgen.compose.desk import Scored
from briefgen.compose.material import Material, between, for_query
from briefgen.model import BulletsBlock, ChartBlock, OutlineBlock, TableBlock, TimelineBlock
from briefgen.problems import Location, Marks, Problem, error
from briefgen.text.days import year_of
from briefgen.text.stamps import days_of

_DATED = (BulletsBlock, TimelineBlock, TableBlock)
_FEWEST: dict[type[OutlineBlock], tuple[str, int, str]] = {
    TimelineBlock: ("timeline", FEWEST_EVENTS, "bullets"),
    TableBlock: ("table", FEWEST_ROWS, "bullets"),
    ChartBlock: ("chart", FEWEST_PERSONS, "people"),
}
"""What needs some number of things: its name, how many, and the block that does without."""


def impossible(block: OutlineBlock, where: Location, marks: Marks) -> Problem | None:
    """Why no passage can fit a block, whatever the sources say. It stands at `where`, and its keys at `marks`."""
    return _wrong_days(block, where, marks) or _too_few(block, marks.get("at_most", where))


def _wrong_days(block: OutlineBlock, where: Location, marks: Marks) -> Problem | None:
    if not isinstance(block, _DATED):
        return None
    for key, day in (("from", block.from_), ("to", block.to)):
        if day is not None and not days_of(str(day)):
            hint = "write a day such as 2001-10-07, or a year"
            return error(f"{key}: no calendar has the day {day}", hint, marks.get(key, where))
    first, last = (days_of(str(day)) if day is not None else None for day in (block.from_, block.to))
    if first and last and first[0] > last[1]:
        message = f"'from' ({block.from_}) lies after 'to' ({block.to})"
        return error(message, "let them change places", marks.get("from", where))
    return None


def _too_few(block: OutlineBlock, where: Location) -> Problem | None:
    if not isinstance(block, TimelineBlock | TableBlock | ChartBlock) or block.at_most is None:
        return None
    name, fewest, instead = _FEWEST[type(block)]
    if block.at_most >= fewest:
        return None
    hint = f"give it at_most: {fewest} or more, or make it {instead}"
    return error(f"at_most: {block.at_most} is too few, since a {name} has {fewest} at least", hint, where)


def out_of_time(block: OutlineBlock, material: Material, where: Location) -> Problem | None:
    """That passages fit a block but none of them lies in its span of time, and when they do."""
    if not isinstance(block, _DATED) or (block.from_ is None and block.to is None):
        return None
    pool = for_query(material, block.query)
    years = _years(pool)
    if between(pool, block.from_, block.to) or not years:
        return None
    span = " ".join(f"{key} {day}" for key, day in (("from", block.from_), ("to", block.to)) if day is not None)
    hint = f"their dates run from {min(years)} to {max(years)}"
    return error(f"none of the passages that fit has a date {span}", hint, where)


def _years(pool: Sequence[Scored]) -> list[int]:
    dates = (scored.candidate.date or next(iter(scored.candidate.dates), None) for scored in pool)
    return [year_of(day) for date in dates if date for day in (date.earliest, date.latest)]
