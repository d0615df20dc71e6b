"""Time expressions by themselves: where they stand and what they mean."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.tables import table
from briefgen.text.dates import dates, day_number, time_expressions, year_of
from briefgen.text.dates.resolving import Walk
from briefgen.text.dates.tokens import LANGUAGES

ODD = (
    "early mid late mid- the c. ca. around from between to and – - since before until 12 3rd 31 of May Sept. March , "
    "spring winter 1875 1990s 1980 2021 2021-03-23 2021-02-31 80 99 $1900 1,900 page no. men 17.5 (1888) in ’ week "
    "last second next two days later ago that same the end of year BC AD a.m. 3:00 Monday morning half quarter century "
    ". \n / 3/4/2017 every per few several more than over 99999999999999999999 years"
)
TOKENS = st.sampled_from([*ODD.split(" "), "\n\n", "1960s", "’60s", "http://a.org/2001", "ﬁ", "٣", "²", "１９９９"])


def day(*parts: int) -> int:
    return date(*parts).toordinal()


@pytest.mark.parametrize(
    ("text", "found", "edtf", "first", "last"),
    [
        ("It opened on 17 November 1869.", "17 November 1869", "1869-11-17", day(1869, 11, 17), day(1869, 11, 17)),
        ("On November 17, 1869 it opened.", "November 17, 1869", "1869-11-17", day(1869, 11, 17), day(1869, 11, 17)),
        ("On the 4th of July, 1776", "the 4th of July, 1776", "1776-07-04", day(1776, 7, 4), day(1776, 7, 4)),
        ("In Sept. 11, 2001, attacks", "Sept. 11, 2001", "2001-09-11", day(2001, 9, 11), day(2001, 9, 11)),
        ("On Monday, 5 March 2012 it", "Monday, 5 March 2012", "2012-03-05", day(2012, 3, 5), day(2012, 3, 5)),
        ("Signed 2015-08-06.", "2015-08-06", "2015-08-06", day(2015, 8, 6), day(2015, 8, 6)),
        ("Filed on 13/4/2017.", "13/4/2017", "2017-04-13", day(2017, 4, 13), day(2017, 4, 13)),
        ("It closed in June 1967.", "June 1967", "1967-06", day(1967, 6, 1), day(1967, 6, 30)),
        ("In late May, 1967 it", "late May, 1967", "1967-05", day(1967, 5, 21), day(1967, 5, 31)),
        ("in the second week of June 2010", "the second week of June 2010", "2010-06-07/2010-06-13",
         day(2010, 6, 7), day(2010, 6, 13)),
        ("In late 1956 it was shut.", "late 1956", "1956", day(1956, 9, 1), day(1956, 12, 31)),
        ("By the end of 1992 he", "the end of 1992", "../1992", day(1992, 9, 1), day(1992, 12, 31)),
        ("in the first half of 2010", "the first half of 2010", "2010-40", day(2010, 1, 1), day(2010, 6, 30)),
        ("the third quarter of 2008", "the third quarter of 2008", "2008-35", day(2008, 7, 1), day(2008, 9, 30)),
        ("In the winter of 1973 it froze.", "the winter of 1973", "1973-24", day(1973, 12, 1), day(1974, 2, 28)),
        ("in fall 2001", "fall 2001", "2001-23", day(2001, 9, 1), day(2001, 11, 30)),
        ("Built in the 1860s.", "the 1860s", "186X", day(1860, 1, 1), day(1869, 12, 31)),
        ("in the mid-1970s", "the mid-1970s", "197X", day(1974, 1, 1), day(1976, 12, 31)),
        ("in the 19th century", "the 19th century", "18XX", day(1800, 1, 1), day(1899, 12, 31)),
        ("It was dug c. 1865.", "c. 1865", "1865~", day(1865, 1, 1), day(1865, 12, 31)),
        ("in or around 1950", "around 1950", "1950~", day(1950, 1, 1), day(1950, 12, 31)),
        ("possibly in 1950", "1950", "1950?", day(1950, 1, 1), day(1950, 12, 31)),
        ("Jalal (1939?–) was", "1939", "1939?", day(1939, 1, 1), day(1939, 12, 31)),
        ("Deeper since 1981.", "1981", "1981/..", day(1981, 1, 1), day(1981, 12, 31)),
        ("since at least 1973", "1973", "1973/..", day(1973, 1, 1), day(1973, 12, 31)),
        ("no later than 1 May 2003", "1 May 2003", "../2003-05-01", day(2003, 5, 1), day(2003, 5, 1)),
        ("since the 1980s", "the 1980s", "1980/..", day(1980, 1, 1), day(1989, 12, 31)),
        ("by 2008", "2008", "../2008", day(2008, 1, 1), day(2008, 12, 31)),
        ("Shut from 1967 to 1975.", "from 1967 to 1975", "1967/1975", day(1967, 1, 1), day(1975, 12, 31)),
        ("Between 1967 and 1975 it", "Between 1967 and 1975", "1967/1975", day(1967, 1, 1), day(1975, 12, 31)),
        ("Shut 1967–75.", "1967–75", "1967/1975", day(1967, 1, 1), day(1975, 12, 31)),
        ("On 7–8 August 1998", "7–8 August 1998", "1998-08-07/1998-08-08", day(1998, 8, 7), day(1998, 8, 8)),
        ("From May 2 to 5, 2011", "From May 2 to 5, 2011", "2011-05-02/2011-05-05", day(2011, 5, 2), day(2011, 5, 5)),
        ("May to August 1950", "May to August 1950", "1950-05/1950-08", day(1950, 5, 1), day(1950, 8, 31)),
        ("October to March 1945", "October to March 1945", "1944-10/1945-03", day(1944, 10, 1), day(1945, 3, 31)),
        ("at 12:30 p.m. on 5 May 2010", "12:30 p.m. on 5 May 2010", "2010-05-05T12:30:00",
         day(2010, 5, 5), day(2010, 5, 5)),
    ],
)  # fmt: skip
def test_a_date_has_its_words_its_value_and_its_days(text: str, found: str, edtf: str, first: int, last: int) -> None:
    (mention,) = dates(text)
    assert (mention.text, mention.edtf, mention.earliest, mention.latest) == (found, edtf, first, last)


@pytest.mark.parametrize(
    ("text", "edtf", "first", "last"),
    [
        ("in 264 BC", "-0263", (-263, 1, 1), (-263, 12, 31)),
        ("on 15 March 44 BC", "-0043-03-15", (-43, 3, 15), (-43, 3, 15)),
        ("from 264 to 241 BC", "-0263/-0240", (-263, 1, 1), (-240, 12, 31)),
        ("(499–493 BC)", "-0498/-0492", (-498, 1, 1), (-492, 12, 31)),
        ("in the 4th century BC", "-03XX", (-399, 1, 1), (-300, 12, 31)),
        ("in the 470s BC", "-0478/-0469", (-478, 1, 1), (-469, 12, 31)),
        ("in AD 70", "0070", (70, 1, 1), (70, 12, 31)),
    ],
)
def test_years_before_the_common_era_count_backwards_over_a_year_0(
    text: str, edtf: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    (mention,) = dates(text)
    assert (mention.edtf, mention.earliest, mention.latest) == (edtf, day_number(*first), day_number(*last))


@pytest.mark.parametrize(
    "text",
    [
        "More than 1950 members joined.",
        "It cost $1900 or 1900 euros.",
        "See page 1888, p. 1984 and document 1994.",
        "The barge 1234 was towed.",
        "It has 1900 men and 2,015 tonnes.",
        "1500 men of the 1267 Committee",
        "Executive Order 13224, Document 389 and 95538",
        "Call 555-1234.",
        "over 2000 people and some 1900 soldiers",
        "https://example.org/2012/03/04 and a@b1999.org",
        "On 31 June 1999 and on 29 February 1900 it rained.",
        "Last week the ship left; on October 17 it came back, two days later.",
        "Flight 1970 was late.",
        "He may march, and then fall for a second.",
        "after the fall of the town",
        "F16, Su-27, 1080p and 17.5",
    ],
)
def test_what_is_no_date_or_has_none_by_itself(text: str) -> None:
    assert dates(text) == ()


def test_an_early_year_is_one_only_where_a_preposition_says_so() -> None:
    assert [mention.edtf for mention in dates("In 1234 the barge 1235 was towed.")] == ["1234"]


def test_a_numeric_date_that_can_be_read_in_two_ways_is_only_its_year() -> None:
    assert [mention.edtf for mention in dates("Filed on 3/4/2017.")] == ["2017"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("dug c. 1865", "c. 1865"),
        ("shut until 1975", "until 1975"),
        ("in late 1956", "late 1956"),
        ("at the end of April 1975", "end of April 1975"),
        ("from 1967 to 1975", "1967–1975"),
        ("on 7–8 August 1998", "7–8 August 1998"),
        ("May to August 1950", "May–August 1950"),
        ("in the mid-1980s", "mid-1980s"),
        ("in the early 21st century", "early 21st century"),
        ("in the 3rd century BC", "3rd century BC"),
        ("in the 470s BC", "470s BC"),
        ("in AD 70", "AD 70"),
        ("in the autumn of 2007", "autumn 2007"),
        ("the second week of June 2010", "week of 7 June 2010"),
        ("probably 1970", "1970?"),
    ],
)
def test_a_label_keeps_the_hedge_of_the_source(text: str, label: str) -> None:
    (mention,) = dates(text)
    assert mention.label == label


@pytest.mark.parametrize(
    ("text", "found", "value"),
    [
        ("It took two months.", "two months", "P2M"),
        ("for a few days", "a few days", "PXD"),
        ("within weeks of it", "weeks", "PXW"),
        ("a ten-day visit", "ten-day", "P10D"),
        ("over nine months", "over nine months", "P9M"),
        ("twenty-five years", "twenty-five years", "P25Y"),
        ("two hundred years", "two hundred years", "P200Y"),
        ("for 24 hours", "24 hours", "PT24H"),
        ("a fortnight", "a fortnight", "P2W"),
        ("every Friday", "every Friday", "XXXX-WXX-5"),
        ("a daily ration", "daily", "XXXX-XX-XX"),
        ("it is now", "now", "PRESENT_REF"),
        ("in the future", "the future", "FUTURE_REF"),
    ],
)
def test_durations_sets_and_vague_words_have_values_of_timex3_and_no_date(text: str, found: str, value: str) -> None:
    ((one,),) = time_expressions([text], Walk())
    assert (text[one.expression.start : one.expression.end], one.timex, one.value) == (found, value, None)
    assert dates(text) == ()


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60), st.lists(TOKENS, max_size=12).map(" ".join), st.lists(TOKENS, max_size=8).map("".join)
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


@settings(max_examples=200, deadline=None)
@given(st.lists(TOKENS, max_size=14).map(" ".join), st.sampled_from(["en", "es", "fr", "de", "xx"]), st.booleans())
def test_every_expression_of_any_text_has_a_value_or_says_why_not(text: str, code: str, news: bool) -> None:
    position = 0
    for one in time_expressions([text], Walk(code, news))[0]:
        assert position <= one.expression.start < one.expression.end <= len(text)
        assert bool(one.value) != bool(one.why)
        position = one.expression.end


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


DAYS = st.dates(min_value=date(1000, 1, 1), max_value=date(2199, 12, 31))
ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
STYLES = (
    "{d} {month} {y}",
    "{month} {d}, {y}",
    "{month} {d} {y}",
    "{d}{th} {month} {y}",
    "the {d}{th} of {month}, {y}",
    "{month} {d}{th}, {y}",
    "{weekday}, {d} {month} {y}",
    "{weekday}, {month} {d}, {y}",
    "{d} {mon} {y}",
    "{mon} {d}, {y}",
    "{y}-{m:02}-{d:02}",
)


@settings(max_examples=300, deadline=None)
@given(DAYS, st.sampled_from(STYLES))
def test_a_day_written_in_any_style_is_read_back(when: date, style: str) -> None:
    words = {"d": when.day, "m": when.month, "y": when.year, "th": ENDINGS.get(when.day, "th")}
    names = {
        "month": f"{when:%B}",
        "mon": f"{when:%b}." if len(f"{when:%B}") > 4 else f"{when:%B}",
        "weekday": f"{when:%A}",
    }
    written = style.format(**words, **names)
    (mention,) = dates(f"It sank on {written}.")
    assert (mention.edtf, mention.earliest, mention.latest) == (when.isoformat(), when.toordinal(), when.toordinal())


@settings(max_examples=200, deadline=None)
@given(st.integers(1800, 2100), st.integers(1, 99), st.sampled_from(["from {} to {}", "{}–{}", "between {} and {}"]))
def test_a_span_of_years_is_read_back(first: int, length: int, style: str) -> None:
    (mention,) = dates(f"It was shut {style.format(first, first + length)}.")
    assert mention.edtf == f"{first}/{first + length}"


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["{y}", "in {m:02} {y}", "{y}-{m:02}-{d:02}", "the {c}0s", "summer {y}", "c. {y}", "{n} BC"]),
    st.builds(date, st.integers(1001, 2199), st.integers(1, 12), st.integers(1, 28)),
)
def test_values_are_edtf_whose_days_another_program_knows_too(style: str, when: date) -> None:
    text = style.format(y=when.year, m=when.month, d=when.day, c=when.year // 10, n=when.year)
    for mention in dates(f"It was in {text}."):
        parsed = parse_edtf(mention.edtf)
        first, last = parsed.lower_strict()[:3], parsed.upper_strict()[:3]
        assert (day_number(*first), day_number(*last)) == (mention.earliest, mention.latest)


@pytest.mark.parametrize(
    "odd",
    [
        *("from between 1980 and ", "c. c. early mid- May ", "31 31 May May 1 ", "1980–1980–19 - ", "1 ", "May ", "("),
        *("two hundred ", "the the ", "last ", "1980 to ", "second ", "of the end ", "1. ", "a.", "In 1980, May. "),
    ],
)
def test_a_hundred_thousand_odd_tokens_end(odd: str) -> None:
    text = odd * (100_000 // len(odd.split()))
    assert all(text[mention.start : mention.end] == mention.text for mention in dates(text))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_of_a_language_are_words(code: str) -> None:
    data = table(f"text/dates/words_{code}.yaml")
    held = [word for words in data.values() for word in words]
    assert [word for word in (*data, *held) if not isinstance(word, str)] == []
