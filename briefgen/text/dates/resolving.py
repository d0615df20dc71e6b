"""What expressions mean where they stand: a document is walked in order, and the time that it tells of is kept in mind.

A narrative goes on from what it told last; news is told from the day on which it was written.
"""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from briefgen.text.dates import news
from briefgen.text.dates.reading import Expression
from briefgen.text.dates.relative import Moment, moment, relative, shifted, week_of_month
from briefgen.text.dates.surroundings import Surroundings, surroundings
from briefgen.text.dates.tokens import Tokens, language
from briefgen.text.dates.value import SEASONS, Value, timex
from briefgen.text.days import date_of, is_date

Inferred = Literal["", "year", "all"]

NO_DATE = "there is no date to count from"
VAGUE = "it names no time of the calendar"

_NOWHERE = -2
"""The number of no text: nothing says the century of "the sixties" where no story has told a time."""

_LATE, _EARLY = 11, 2
"""A month up to the second that follows the eleventh or a later one is of the year after."""


class Resolved(Struct, frozen=True):
    """An expression with what it means: its value, or none and `why`. `timex` is its value as TIMEX3 spells it.

    `inferred` is what of the value the words themselves do not say. `from_text` is the number of the text (of those
    that were walked, from 0) that says it; -1 for the day of the news, -2 where none does.
    """

    expression: Expression
    value: Value | None
    timex: str = ""
    inferred: Inferred = ""
    from_text: int = -1
    why: str = ""


class Known(Struct, frozen=True):
    """A time that the document told, and the number of the text in which it did."""

    time: Moment
    text: int


class Walk:
    """Resolves the texts of one document one after the other.

    A narrative's texts go on from each other. Each text of news starts from `anchor`, the day of writing, if it is
    known.
    """

    def __init__(self, code: str = "en", news: bool = False, anchor: Value | None = None) -> None:
        self.code = code
        self.spoken = language(code)
        self.news = news
        self._anchor = Known(moment(anchor), -1) if anchor else None
        self._story = self._said = self._anchor if news else None
        self.text = -1
        self._told_at = 0

    def resolve(self, found: Tokens, ones: Sequence[Expression]) -> list[Resolved]:
        """What the expressions of the next text mean."""
        self.text += 1
        if self.news:
            self._story = self._said = self._anchor
        around = surroundings(found, ones, self.spoken)
        done: list[Resolved] = []
        for index, one in enumerate(ones):
            resolved = self._resolved(around, index, done)
            done.append(resolved)
            if resolved.value:
                self._remember(around, index, one, resolved.value)
        return done

    def _resolved(self, around: Surroundings, index: int, done: Sequence[Resolved]) -> Resolved:
        one = around.ones[index]
        if one.kind == "period":
            return Resolved(one, None, one.value, why=VAGUE)
        if one.kind == "date":
            return self._date(around, index, done)
        base = self._base(around.found, one)
        if base is None:
            return Resolved(one, None, _open(one), why=NO_DATE)
        if one.kind == "today":
            value = (
                Value("day", *date_of(base.time.number + int(one.amount or 0)), time=one.time)
                if base.time.day
                else None
            )
        elif one.kind == "shift":
            value = shifted(one, base.time)
        elif base is self._anchor and one.kind == "relative" and (one.season or one.month):
            value = news.neighbour(one, base.time)
        else:
            value = relative(one, base.time)
        if value is None:
            return Resolved(one, None, _open(one), why=VAGUE if one.amount is None else NO_DATE)
        return Resolved(one, value, timex(value), "all", base.text)

    def _base(self, found: Tokens, one: Expression) -> Known | None:
        """The time that an expression counts from: the day of writing, or what the story told last."""
        if one.kind == "today" or self._is_seen_from_the_writing(found, one):
            return self._anchor
        if one.rule == "pieceofunit" or one.unit in ("DE", "CE") or (one.unit == "Y" and not one.amount):
            return self._said or self._story
        return self._story

    def _is_seen_from_the_writing(self, found: Tokens, one: Expression) -> bool:
        """ "next year" is; "the next year", in a story, is not."""
        writing, story = self.spoken.listed("from the writing"), self.spoken.listed("from the story behind the")
        for index in range(one.first, one.last):
            if found.word(index) in writing:
                return not (found.word(index) in story and "the" in found.roles[index - 1] and index > one.first)
        return False

    # Dates --------------------------------------------------------------------------------------------------------

    def _date(self, around: Surroundings, index: int, done: Sequence[Resolved]) -> Resolved:
        one = around.ones[index]
        if one.grain in ("daybefore", "dayafter", "yearafter"):
            return self._part_of_span(around, index, done)
        if one.rule == "weekday":
            return self._weekday(around, one)
        said = one.year
        if said is None and not (one.of or one.grain):
            said = around.shared_year(index)
        year, text = (said, self.text) if said is not None else self._year(one, around, index)
        if year is None:
            return Resolved(one, None, _open(one), why=NO_DATE)
        value = _value(one, year)
        if value is None:
            return Resolved(one, None, _open(one), why="no calendar has this day")
        return Resolved(one, value, timex(value), "year" if said is None else "", text)

    def _year(self, one: Expression, around: Surroundings, index: int) -> tuple[int | None, int]:
        """The year of a date that names none, and the text that says it."""
        story = self._story
        if one.grain == "decade":
            century = story.time.year // 100 * 100 if story and story.time.year > 0 else 1900
            return century + int(one.amount or 0), story.text if story else _NOWHERE
        if one.of and self._said:
            return self._said.time.year, self._said.text
        behind = None if self._is_told_here(around, index) else around.year_behind(index)
        if behind is not None:
            return behind, self.text
        if story is None:
            return None, -1
        if self._anchor and story.text < self.text:
            return news.year_beside(one, self._anchor.time, around.is_future(one)), -1
        return _carried(one, story.time, around.next_month(index)), story.text

    def _weekday(self, around: Surroundings, one: Expression) -> Resolved:
        if self._anchor:
            value: Value | None = news.weekday_beside(one, self._anchor.time, around.is_future(one))
            base: Known | None = self._anchor
        else:
            base = self._story
            value = relative(one, base.time) if base else None
        if value is None or base is None:
            return Resolved(one, None, f"XXXX-WXX-{one.weekday}", why=NO_DATE)
        return Resolved(one, value, timex(value), "all", base.text)

    def _part_of_span(self, around: Surroundings, index: int, done: Sequence[Resolved]) -> Resolved:
        """The other end of a span that names its month or century only once: "6-7 February 1920", "2007-08"."""
        one = around.ones[index]
        if one.grain == "daybefore":
            whole = self._date(around, index + 1, done).value if index + 1 < len(around.ones) else None
        else:
            whole = done[-1].value if done else None
        if whole is None:
            return Resolved(one, None, why=NO_DATE)
        if one.grain == "yearafter":
            year = whole.year // 100 * 100 + int(one.amount or 0)
            value = Value("year", year) if year > whole.year else None
        else:
            fits = is_date(whole.year, whole.month, one.day)
            value = Value("day", whole.year, whole.month, one.day, time=one.time) if fits else None
        return Resolved(one, value, timex(value) if value else "", "", self.text)

    # What is kept in mind -----------------------------------------------------------------------------------------

    def _remember(self, around: Surroundings, index: int, one: Expression, value: Value) -> None:
        """Asides, plans and what is only compared with do not move the story; "that year" may mean them."""
        known = Known(moment(value), self.text)
        if one.kind == "date" and one.year is not None and not around.is_aside(one):
            self._said = known
        if value.grain in ("decade", "century") or around.is_aside(one):
            return
        if value.grain == "year" and not self._begins_year(around, one, value):
            return
        if one.year is not None and self._is_digression(around, index, value):
            return
        self._story, self._told_at = known, one.start

    def _is_told_here(self, around: Surroundings, index: int) -> bool:
        """Whether the paragraph of an expression has told the story's time."""
        return self._story is not None and self._story.text == self.text and self._told_at >= around.paragraph(index)

    def _begins_year(self, around: Surroundings, one: Expression, value: Value) -> bool:
        """Whether a bare year is where the story goes on: at the head of a sentence, and not the year it is in."""
        goes_on = around.opens(one) if one.kind == "date" else (one.amount or 0) > 0
        return goes_on and not (self._story and self._story.time.year == value.year)

    def _is_digression(self, around: Surroundings, index: int, value: Value) -> bool:
        """Whether a date of another year, inside a sentence, only looks back or ahead from the story."""
        one = around.ones[index]
        if around.is_planned(one):
            return True
        if self._story is None or not self._is_told_here(around, index):
            return False
        year = self._story.time.year
        return (value.year > year and around.is_second(index)) or (value.year < year and not around.opens(one))


def _carried(one: Expression, story: Moment, ahead: tuple[int, int] | None) -> int:
    """The story's year, or the one after: December goes over into January, or the next full date is already there."""
    if one.month and story.month and not one.of:
        if story.month >= _LATE and one.month <= _EARLY:
            return story.year + 1
        if ahead and ahead[0] == story.year + 1 and one.month < story.month and one.month <= ahead[1]:
            return story.year + 1
    return story.year


def _value(one: Expression, year: int) -> Value | None:
    if one.grain == "decade":
        return Value("decade", year, part=one.part)
    if one.grain == "century":
        return Value("century", year, part=one.part)
    if one.rule == "unitofmonth":
        return week_of_month(int(one.amount or 0), one.unit, year, one.month)
    if one.day:
        fits = is_date(year, one.month, one.day)
        return Value("day", year, one.month, one.day, time=one.time) if fits else None
    if one.month:
        return Value("month", year, one.month, part=one.part)
    if one.season:
        return Value("season", year, number=one.season, part=one.part)
    if one.half:
        return Value("half", year, number=one.half)
    if one.quarter:
        return Value("quarter", year, number=one.quarter)
    return Value("year", year, part=one.part)


def _open(one: Expression) -> str:
    """The TIMEX3 value of what is left open: X for each figure that is not known."""
    if one.kind == "shift":
        return one.value if one.amount is None else ""
    if one.kind == "today":
        return "PRESENT_REF" if not one.amount and not one.time else "XXXX-XX-XX" + (f"T{one.time}" if one.time else "")
    if one.day:
        return f"XXXX-{one.month:02}-{one.day:02}"
    if one.month:
        return f"XXXX-{one.month:02}"
    if one.season:
        return f"XXXX-{SEASONS[one.season]}"
    if one.unit == "D":
        return "XXXX-XX-XX" + (f"T{one.time}" if one.time else "")
    return {"W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(one.unit, "")
