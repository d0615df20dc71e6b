"""Time expressions: where they stand and what they mean."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.text.dates import dates, day_number, year_of

ODD = (
    "early mid late mid- the c. ca. around from between to and – - since before until 12 3rd 31 of May Sept. March , "
    "spring winter 1875 1990s 1980 2021 2021-03-23 2021-02-31 80 99 $1900 1,900 page no. men 17.5 (1888) in ’"
)
TOKENS = st.sampled_from(ODD.split())


def day(*parts: int) -> int:
    return date(*parts).toordinal()


@pytest.mark.parametrize(
    ("text", "found", "edtf", "first", "last"),
    [
        ("It opened on 17 November 1869.", "17 November 1869", "1869-11-17", day(1869, 11, 17), day(1869, 11, 17)),
        ("On November 17, 1869 it opened.", "November 17, 1869", "1869-11-17", day(1869, 11, 17), day(1869, 11, 17)),
        ("It closed in June 1967.", "June 1967", "1967-06", day(1967, 6, 1), day(1967, 6, 30)),
        ("In late 1956 it was shut.", "late 1956", "1956", day(1956, 9, 1), day(1956, 12, 31)),
        ("Built in the 1860s.", "the 1860s", "186X", day(1860, 1, 1), day(1869, 12, 31)),
        ("It was dug c. 1865.", "c. 1865", "1865~", day(1865, 1, 1), day(1865, 12, 31)),
        ("Shut from 1967 to 1975.", "from 1967 to 1975", "1967/1975", day(1967, 1, 1), day(1975, 12, 31)),
        ("Shut 1967–75.", "1967–75", "1967/1975", day(1967, 1, 1), day(1975, 12, 31)),
        (
            "Between 1967 and 1975 it was shut.",
            "Between 1967 and 1975",
            "1967/1975",
            day(1967, 1, 1),
            day(1975, 12, 31),
        ),
        ("Deeper since 1981.", "1981", "1981/..", day(1981, 1, 1), day(1981, 12, 31)),
        ("In the winter of 1973 it froze.", "winter of 1973", "1973-24", day(1973, 12, 1), day(1974, 2, 28)),
        ("Signed 2015-08-06.", "2015-08-06", "2015-08-06", day(2015, 8, 6), day(2015, 8, 6)),
    ],
)
def test_a_date_has_its_words_its_value_and_its_days(text: str, found: str, edtf: str, first: int, last: int) -> None:
    (mention,) = dates(text)
    assert (mention.text, mention.edtf, mention.earliest, mention.latest) == (found, edtf, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "More than 1950 members joined.",
        "It cost $1900.",
        "See page 1888 and document 1994.",
        "The barge 1234 was towed.",
        "It has 1900 men and 2,015 tonnes.",
        "On 31 June it rained.",
        "Last week the ship left.",
        "Flight 1970 was late.",
    ],
)
def test_a_count_a_price_a_page_or_a_day_without_a_year_is_no_date(text: str) -> None:
    assert dates(text) == ()


def test_an_early_year_is_one_only_where_a_preposition_says_so() -> None:
    assert [mention.edtf for mention in dates("In 1234 the barge 1235 was towed.")] == ["1234"]


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert [mention.text for mention in dates("Born on 31 February 1900, or 29 February 1904.")] == ["29 February 1904"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("dug c. 1865", "c. 1865"),
        ("shut until 1975", "until 1975"),
        ("in late 1956", "late 1956"),
        ("from 1967 to 1975", "1967–1975"),
        ("in the mid-1980s", "mid-1980s"),
    ],
)
def test_a_label_keeps_the_hedge_of_the_source(text: str, label: str) -> None:
    (mention,) = dates(text)
    assert mention.label == label


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60), st.lists(TOKENS, max_size=10).map(" ".join), st.lists(TOKENS, max_size=8).map("".join)
    )
)
def test_dates_of_any_text_name_their_words_and_never_overlap(text: str) -> None:
    position = 0
    for mention in dates(text):
        assert position <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert mention.earliest <= mention.latest
        assert mention.edtf
        assert mention.label
        position = mention.end


@settings(max_examples=300, deadline=None)
@given(st.dates())
def test_day_numbers_are_those_of_the_calendar(when: date) -> None:
    assert day_number(when.year, when.month, when.day) == when.toordinal()


@settings(max_examples=300, deadline=None)
@given(st.integers(-9999, 9999), st.integers(1, 12), st.integers(1, 31))
def test_the_year_of_a_day_is_the_year_it_was_made_from(year: int, month: int, day_of_month: int) -> None:
    assert year_of(day_number(year, month, day_of_month)) == year


def test_days_before_the_first_year_go_on_backwards_without_a_gap() -> None:
    assert day_number(1, 1, 1) == 1
    assert day_number(0, 12, 31) == 0
    assert day_number(0, 2, 29) == day_number(0, 3, 1) - 1
    assert day_number(-1, 12, 31) == day_number(0, 1, 1) - 1


@settings(max_examples=200, deadline=None)
@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_written_out_is_found_again(when: date) -> None:
    written = f"on {when.day} {when:%B} {when.year}"
    (mention,) = dates(f"It sank {written}.")
    assert (mention.edtf, mention.earliest, mention.latest) == (when.isoformat(), when.toordinal(), when.toordinal())


@pytest.mark.parametrize(
    "odd", ["from between 1980 and ", "c. c. early mid- May ", "31 31 May May 1 ", "1980–1980–19 - "]
)
def test_a_hundred_thousand_odd_tokens_end(odd: str) -> None:
    text = odd * (100_000 // len(odd.split()))
    assert all(text[mention.start : mention.end] == mention.text for mention in dates(text))
