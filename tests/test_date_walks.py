"""Time expressions in a document: what their words leave out is found around them, or said to be missing."""

import pytest

from briefgen.compose.candidates import candidates
from briefgen.library import Library
from briefgen.model import Block, Source
from briefgen.text.dates import dates, dates_of_source, time_expressions, value_of
from briefgen.text.dates.resolving import NO_DATE, Walk


def told(*texts: str, walk: Walk | None = None) -> dict[str, str]:
    """The TIMEX3 values of the expressions of a narrative, by their words."""
    found = time_expressions(texts, walk or Walk())
    return {
        text[one.expression.start : one.expression.end]: one.timex
        for text, expressed in zip(texts, found, strict=True)
        for one in expressed
    }


def news(text: str, written: str = "2013-03-22") -> dict[str, str]:
    """The same of news written on a Friday in March."""
    return told(text, walk=Walk(news=True, anchor=value_of(written)))


def test_a_narrative_carries_its_year_forward() -> None:
    assert told("In May 1940 it began.", "On June 10 Italy followed. In September it stopped.") == {
        "May 1940": "1940-05",
        "June 10": "1940-06-10",
        "September": "1940-09",
    }


def test_december_goes_over_into_january() -> None:
    assert told("On 7 December 1941 it began. In January they joined.")["January"] == "1942-01"


def test_the_next_full_date_shows_that_a_year_has_passed() -> None:
    found = told("It fell in December 1864. On April 1 they lost; on April 9, 1865, they gave up.")
    assert found["April 1"] == "1865-04-01"


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("In April and June 1955 it rained.", "April", "1955-04"),
        ("It rained from October to March 1945.", "October", "1944-10"),
        ("In May 1938 and on 6-7 February 1920 it rained.", "6", "1920-02-06"),
        ("By 1940 it was lost. In August of that year it began.", "August of that year", "1940-08"),
        ("He left in 1999. Later that year he died.", "Later that year", "1999"),
        ("On 28 April 1945 one died. Two days later the other did.", "Two days later", "1945-04-30"),
        ("It was 12 December 1941. The following day it snowed.", "The following day", "1941-12-13"),
        ("It was 12 December 1941. That same day it snowed.", "That same day", "1941-12-12"),
        ("It was 12 December 1941. The next morning it snowed.", "The next morning", "1941-12-13TMO"),
        ("It began in May 1940, and a month later it ended.", "a month later", "1940-06"),
        ("It began in 1998. Five years later it ended.", "Five years later", "2003"),
        ("It began in 1998. At the end of the year it rained.", "the end of the year", "1998"),
        ("They met in the 1980s. In the following decade they parted.", "the following decade", "199"),
        ("In 480 BC they came. The previous year they had armed.", "The previous year", "BC0481"),
        ("It began in May 1940. During the summer it spread.", "the summer", "1940-SU"),
        ("It was on the night of 8 February 1904.", "the night of 8 February 1904", "1904-02-08TNI"),
    ],
)
def test_what_the_words_leave_out_is_found_around_them(text: str, words: str, value: str) -> None:
    assert told(text)[words] == value


@pytest.mark.parametrize(
    "aside",
    [
        "The old fort (1978) burned.",
        "It had stood there since 1916.",
        "The pact was to end by 2011.",
        "It was more than in June 1935.",
        "They would leave by June 2012.",
    ],
)
def test_asides_plans_and_comparisons_do_not_move_the_story(aside: str) -> None:
    assert told(f"In May 1940 it began. {aside} In August it rained.")["August"] == "1940-08"


def test_without_a_date_to_count_from_an_expression_is_left_open_and_says_so() -> None:
    ((one, two),) = time_expressions(["Last week he came; on October 17 he left."], Walk())
    assert [(item.value, item.timex, item.why) for item in (one, two)] == [
        (None, "XXXX-WXX", NO_DATE),
        (None, "XXXX-10-17", NO_DATE),
    ]


def test_a_storys_time_is_not_the_time_of_writing() -> None:
    found = told("In May 1940 it began. Last year it was still remembered; it is today. Three years ago it was not.")
    assert (found["Last year"], found["today"]) == ("XXXX", "PRESENT_REF")
    assert found["Three years ago"] == ""


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("The minister said on Friday that it is over.", "Friday", "2013-03-22"),
        ("He was arrested on Monday.", "Monday", "2013-03-18"),
        ("The court will decide on Monday.", "Monday", "2013-03-25"),
        ("On Monday, the court will decide.", "Monday", "2013-03-25"),
        ("He was arrested in August.", "August", "2012-08"),
        ("He will be tried in August.", "August", "2013-08"),
        ("He was arrested on Oct. 17.", "Oct. 17", "2012-10-17"),
        ("He resigned last week.", "last week", "2013-W11"),
        ("It begins next week.", "next week", "2013-W13"),
        ("It fell this month.", "this month", "2013-03"),
        ("It fell last month.", "last month", "2013-02"),
        ("It fell last year.", "last year", "2012"),
        ("He came back last summer.", "last summer", "2012-SU"),
        ("He left last October.", "last October", "2012-10"),
        ("It was yesterday.", "yesterday", "2013-03-21"),
        ("It came two weeks ago.", "two weeks ago", "2013-W10"),
        ("It came three years ago.", "three years ago", "2010"),
        ("In 1998 he fought. In April he fled.", "April", "1998-04"),
        ("They met on Tuesday night.", "Tuesday night", "2013-03-19TNI"),
    ],
)
def test_news_counts_from_the_day_on_which_it_was_written(text: str, words: str, value: str) -> None:
    assert news(text)[words] == value


def source(kind: str, *texts: str, published: str | None = None) -> Source:
    blocks = tuple(Block("paragraph", text, 0, 1) for text in texts)
    return Source("a", "a.txt", "0", kind, "A", blocks, published=published)  # type: ignore[arg-type]


def labels(read: Source) -> list[list[tuple[str, bool]]]:
    return [[(one.mention.label, one.told_here) for one in found] for found in dates_of_source(read)]


def test_square_brackets_hold_what_the_passage_itself_does_not_say() -> None:
    read = source("encyclopedia", "In May 1940 it began; in June it ended. Two months later it rained.")
    assert labels(read) == [[("May 1940", True), ("June [1940]", True), ("[August 1940]", True)]]


def test_a_passage_that_takes_its_year_from_another_one_says_so() -> None:
    read = source("encyclopedia", "In May 1940 it began.", "In June it ended.")
    assert labels(read) == [[("May 1940", True)], [("June [1940]", False)]]


def test_news_without_a_date_takes_no_year_from_what_it_remembers() -> None:
    read = source("news", "The war of 2014 was long.", "On October 23 he said so.")
    assert labels(read) == [[("2014", True)], []]


def test_news_with_a_date_gives_its_year_to_all_passages() -> None:
    read = source("news", "The war of 2014 was long.", "On October 23 he said so.", published="2017-10-27")
    assert labels(read)[1] == [("23 October [2017]", True)]


SPANISH = {
    "El 17 de noviembre de 1869 se abrió.": "1869-11-17",
    "el 1.º de mayo de 1900": "1900-05-01",
    "en junio de 1967": "1967-06",
    "en el verano de 2011": "2011-22",
    "a finales de 2011": "2011",
    "de 1980 a 1992": "1980/1992",
    "entre 1967 y 1975": "1967/1975",
    "los años 1980": "198X",
    "los años ochenta": "198X",
    "hacia 1970": "1970~",
    "desde 1981": "1981/..",
    "264 a. C.": "-0263",
    "1500 hombres": "",
}
FRENCH = {
    "Le 17 novembre 1869 il ouvrit.": "1869-11-17",
    "le 1er mai 1900": "1900-05-01",
    "en juin 1967": "1967-06",
    "à l'été 2011": "2011-22",
    "fin 2011": "2011",
    "de 1980 à 1992": "1980/1992",
    "entre 1967 et 1975": "1967/1975",
    "les années 1980": "198X",
    "vers 1970": "1970~",
    "depuis 1981": "1981/..",
    "264 av. J.-C.": "-0263",
    "1500 hommes": "",
}
GERMAN = {
    "Am 17. November 1869 wurde er eröffnet.": "1869-11-17",
    "am 1. Mai 1900": "1900-05-01",
    "am 11.9.2001": "2001-09-11",
    "im Juni 1967": "1967-06",
    "im Sommer 2011": "2011-22",
    "Ende 2011": "2011",
    "von 1980 bis 1992": "1980/1992",
    "zwischen 1967 und 1975": "1967/1975",
    "in den 1980er Jahren": "198X",
    "um 1970": "1970~",
    "seit 1981": "1981/..",
    "264 v. Chr.": "-0263",
    "1500 Männer": "",
}


@pytest.mark.parametrize(
    ("code", "text", "edtf"),
    [(code, *case) for code, cases in (("es", SPANISH), ("fr", FRENCH), ("de", GERMAN)) for case in cases.items()],
)
def test_dates_of_other_languages_are_data(code: str, text: str, edtf: str) -> None:
    assert "".join(mention.edtf for mention in dates(text, code)) == edtf


def test_a_heading_that_opens_with_a_date_dates_what_stands_below_it() -> None:
    blocks = (
        Block("heading", "2012: The year of the lists", 0, 1, 2),
        Block("paragraph", "The council of the town put the harbour on its list.", 2, 3, headings=("2012: The lists",)),
    )
    library = Library((Source("a", "a.txt", "0", "report", "A", blocks),))
    (found,) = candidates(library)
    assert found.date is not None
    assert found.date.edtf == "2012"
