"""Dates that stand alone in metadata."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.text.stamps import stamp


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Posted - March 4, 2011", "2011-03-04"),
        ("14-03-2017 09:30:00 ZULU", "2017-03-14T09:30:00Z"),
        ("03/14/2017", "2017-03-14"),
        ("2016-09-12T08:00:00+02:00", "2016-09-12T08:00:00+02:00"),
        ("Updated in June 1999", "1999-06"),
        ("7.7.2007", "2007-07-07"),
    ],
)
def test_a_stamp_is_read_as_far_as_it_says(text: str, edtf: str) -> None:
    assert stamp(text) == edtf


def test_only_the_year_is_kept_of_a_numeric_date_that_can_be_read_in_two_ways() -> None:
    assert stamp("03/04/2017") == "2017"


def test_of_a_day_that_no_calendar_has_only_the_year_is_kept() -> None:
    assert stamp("31/02/2014") == "2014"


@pytest.mark.parametrize("text", ["", "last Tuesday", "version 12.4", "12345-678"])
def test_no_date_is_made_up(text: str) -> None:
    assert stamp(text) is None


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=40), st.from_regex(r"\A\d{1,2}[-./]\d{1,2}[-./]\d{4} \d\d:\d\d:\d\d (Z|UTC)\Z")))
def test_a_stamp_of_any_text_begins_with_a_year_or_is_none(text: str) -> None:
    found = stamp(text)
    assert found is None or re.match(r"(\.\./)?\d{3}[\dX]", found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14 mars 2019 à 09h30", "2019-03-14"),
        ("14. März 2019", "2019-03-14"),
        ("14 de marzo de 2019", "2019-03-14"),
        ("mars 2019", "2019"),
    ],
)
def test_a_day_in_another_language_is_read_where_english_words_name_none(text: str, day: str) -> None:
    assert stamp(text) == day
