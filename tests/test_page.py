"""Pages copied as text: the article among menus, teasers, comments and footers."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.model import Source
from briefgen.readers import read
from briefgen.readers.lines import lines
from briefgen.readers.page import page_facts

FIRST = (
    "The harbour company opened the new pier on Monday after two years of work. Some four hundred people came to see "
    "it, and the mayor cut a ribbon of blue silk."
)
SECOND = (
    "“We had waited long enough,” said Omar Lindqvist, who has sailed there since 1979. His boat was the first to tie "
    "up, and he stayed until the band had gone home."
)
THIRD = (
    "The old pier had burned down in the winter of 2009. It had been insured for less than half of what the new one "
    "cost, and the town paid the rest from its fund for roads."
)
MENU = "\n".join(f"* {name}" for name in ("Home", "News", "Sport", "Weather", "Our Town", "Letters", "Shop"))
TEASERS = "\n\n".join(
    f"{title}\n\n{line}"
    for title, line in (
        ("Bakery Wins Prize", "The bakery on Mill Lane has won a prize for its rye bread."),
        ("Road Closed Until June", "Drivers will have to go round by the station until June."),
        ("Choir Looks For Tenors", "The choir meets on Thursdays and has too few tenors."),
    )
)
ARTICLE = f"New Pier Opens After Two Years\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}"


def article(text: str) -> Source:
    found = read("page", "page.txt", text.encode()).source
    assert found is not None
    return found


def prose(source: Source) -> list[str]:
    return [block.text for block in source.blocks if block.kind in ("paragraph", "item")]


@pytest.mark.parametrize("mark", ["* ", "• ", "- ", "– ", ""])
@pytest.mark.parametrize(
    "around", ["{menu}\n\n{article}\n\n{menu}", "{menu}\n\n{teasers}\n\n{article}\n\n{teasers}\n\n{menu}"]
)
def test_menus_and_teasers_around_an_article_are_left_out(around: str, mark: str) -> None:
    menu = MENU.replace("* ", mark)
    source = article(around.format(menu=menu, article=ARTICLE, teasers=TEASERS))
    assert prose(source) == [FIRST, SECOND, THIRD]
    assert source.title == "New Pier Opens After Two Years"


@pytest.mark.parametrize("opener", ["3 Comments", "Leave a Reply", "Comments (12)", "Join the conversation"])
def test_comments_are_no_part_of_the_article_however_long(opener: str) -> None:
    comments = "\n\n".join(
        f"I think that the pier number {n} is too long. It will cost us dear, mark my words." for n in range(5)
    )
    assert prose(article(f"{ARTICLE}\n\n{opener}\n\n{comments}")) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize("opener", ["Related articles", "More from Harbour News", "You may also like", "Most read"])
def test_other_articles_below_are_left_out(opener: str) -> None:
    assert prose(article(f"{MENU}\n\n{ARTICLE}\n\n{opener}\n\n{TEASERS}")) == [FIRST, SECOND, THIRD]


def test_a_list_that_a_sentence_introduces_is_kept() -> None:
    boats = "Three boats were there on the day:\n\n* The Gull\n* The Tern\n* The Plover"
    source = article(f"{MENU}\n\n{ARTICLE}\n\n{boats}\n\n{FIRST} Again.")
    assert [block.text for block in source.blocks if block.kind == "item"] == ["The Gull", "The Tern", "The Plover"]


def test_links_between_paragraphs_are_left_out() -> None:
    links = "* New Ferry Planned For Next Summer\n* Harbour Master Retires After Forty Years"
    assert prose(article(f"{MENU}\n\nNew Pier\n\n{FIRST}\n\n{links}\n\n{SECOND}\n\n{THIRD}")) == [FIRST, SECOND, THIRD]


def test_a_text_without_a_page_around_it_loses_nothing() -> None:
    story = f"The Pier\n\nChapter One\n\n{FIRST}\n\nIt rained.\n\n{SECOND}\n\nChapter Two\n\n{THIRD}\n\nHe came back."
    source = article(story)
    assert (source.title, source.dropped) == ("The Pier", ())
    assert [block.text for block in source.blocks if block.kind == "heading"] == ["Chapter One", "Chapter Two"]


def test_a_text_in_another_language_is_found_by_its_shape() -> None:
    german = (
        "Die Hafengesellschaft eröffnete am Montag nach zwei Jahren die neue Landungsbrücke. Viele kamen.",
        "„Wir haben lange gewartet“, sagte Omar Lindqvist, der seit 1979 dort segelt. Sein Boot legte als erstes an.",
    )
    menu = "\n".join(f"* {name}" for name in ("Startseite", "Nachrichten", "Sport", "Wetter", "Leserbriefe"))
    assert prose(article(f"{menu}\n\nNeue Brücke eröffnet\n\n{german[0]}\n\n{german[1]}\n\n{menu}")) == list(german)


def test_each_line_is_a_block_the_title_or_dropped_with_a_reason() -> None:
    text = f"{MENU}\n\n{ARTICLE}\n\n3 Comments\n\n{TEASERS}"
    source = article(text)
    spans = [(block.start, block.end) for block in source.blocks] + [(one.start, one.end) for one in source.dropped]
    left = "".join(" " if any(a <= at < b for a, b in spans) else sign for at, sign in enumerate(text))
    assert " ".join(left.split()) == source.title
    assert all(one.reason for one in source.dropped)


LINES = st.lists(
    st.sampled_from([FIRST, SECOND, "Home", "* Sport", "Related articles", "3 Comments", "", "By Ada Quay", "Yes."]),
    max_size=25,
)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_every_line_is_accounted_for_whatever_their_order(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = read("page", "page.txt", text.encode()).source
    if found:
        placed = sorted(
            [(block.start, block.end) for block in found.blocks] + [(one.start, one.end) for one in found.dropped]
        )
        assert all(text[block.start : block.end] == block.text for block in found.blocks)
        assert all(end <= start for (_, end), (start, _) in pairwise(placed))


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published: 3 May 2016", "2016-05-03"),
        ("Posted on Tuesday, September 11, 2012", "2012-09-11"),
        ("Published 10:30 a.m., May 3, 2016", "2016-05-03"),
        ("Date: 2016-05-03", "2016-05-03"),
        ("Published 1931", "1931"),
        ("Date of incident: 05/13/2016", None),
        ("Published in London in 1998", None),
        ("Posted 12 times since 1998", None),
    ],
)
def test_a_line_states_a_date_only_if_the_date_comes_first(line: str, published: str | None) -> None:
    assert page_facts(lines(line)).published == published
