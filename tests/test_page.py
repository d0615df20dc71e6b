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


STANDFIRST = "Sailors praise the broad steps while the town counts what the road fund has lost"


@pytest.mark.parametrize(
    "below",
    [
        "By Lena Marsh",
        "Sat 5 Jun 2021 08.00 BST",
        "Lena Marsh and Omar Roe, Staff Writers\nPublished 4 May 2018",
        f"{STANDFIRST}\nBy Lena Marsh\nShare\nTweet",
        "Download PDF\nPosted on May 4, 2018",
    ],
)
def test_the_title_is_neither_byline_nor_date_nor_standfirst_nor_button(below: str) -> None:
    text = (
        f"{MENU}\nSign in\n\nNew Pier Opens After Two Years\n\n{below}\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n© 2018 Town"
    )
    assert article(text).title == "New Pier Opens After Two Years"


@pytest.mark.parametrize(
    "box",
    [
        "Read more: How the old pier burned",
        "Lire aussi : Le vieux quai",
        "Related\n\nWhy piers cost more\n\nFive walks by the sea",
        "Get our daily newsletter\n\nSign up for the morning briefing",
        "Advertisement",
    ],
)
def test_a_box_of_links_inside_an_article_does_not_end_it(box: str) -> None:
    source = article(f"{MENU}\n\nNew Pier\n\n{FIRST}\n\n{box}\n\n{SECOND}\n\n{THIRD}\n\nComments (4)\n\nNice. So nice.")
    assert prose(source) == [FIRST, SECOND, THIRD]
    assert not any(block.kind == "heading" for block in source.blocks)


def test_short_sentences_of_an_article_are_kept_and_headings_of_one_word_are_headings() -> None:
    middle = f"It rained.\n\n2. Tar\n\n{SECOND}\n\nIntroduction\n\n{THIRD}"
    source = article(f"{MENU}\n\nNew Pier\n\n{FIRST}\n\n{middle}\n\nPrivacy policy")
    assert prose(source) == [FIRST, "It rained.", SECOND, THIRD]
    assert [block.text for block in source.blocks if block.kind == "heading"] == ["2. Tar", "Introduction"]


def test_a_note_mark_may_end_a_line_of_prose() -> None:
    noted = "The old pier had burned down.[1] Nobody knew why.[2]"
    assert prose(article(f"{MENU}\n\nNew Pier\n\n{FIRST}\n\n{noted}\n\n{SECOND}\n\n© 2018")) == [FIRST, noted, SECOND]


def test_a_list_without_marks_that_a_colon_introduces_is_a_list() -> None:
    listed = "Bring with you:\n\na coat\nboots, if it rains"
    text = f"{MENU}\n\nNew Pier\n\n{FIRST}\n\n{listed}\n\n{SECOND}\n\n{THIRD}\n\n© 2018"
    assert [block.text for block in article(text).blocks if block.kind == "item"] == ["a coat", "boots, if it rains"]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Lena Marsh and Omar Roe", ("Lena Marsh", "Omar Roe")),
        ("By Lena Marsh, staff writer", ("Lena Marsh",)),
        ("By Lena Marsh | Town News", ("Lena Marsh",)),
        ("By\nLena Marsh", ("Lena Marsh",)),
        ("Par Léna Éluard", ("Léna Éluard",)),
        ("Von Lena Marsch", ("Lena Marsch",)),
        ("By land and sea", ()),
    ],
)
def test_a_byline_names_all_its_authors(line: str, authors: tuple[str, ...]) -> None:
    assert article(f"{MENU}\n\nNew Pier\n\n{line}\n\n{FIRST}\n\n{SECOND}\n\n© 2018").authors == authors


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("Published\n12 January 2015\nLast updated\n3 February 2020", "2015-01-12", "2020-02-03"),
        ("Publié le 14 mars 2019 à 09h30, mis à jour le 15 mars 2019", "2019-03-14", "2019-03-15"),
        ("Veröffentlicht am 14. März 2019", "2019-03-14", None),
        ("Sat 5 Jun 2021 08.00 BST", None, None),
    ],
)
def test_dates_are_those_that_a_line_or_the_one_above_it_calls_so(
    line: str, published: str | None, modified: str | None
) -> None:
    source = article(f"{MENU}\n\nNew Pier\n\n{line}\n\n{FIRST}\n\n{SECOND}\n\n© 2018")
    assert (source.published, source.modified) == (published, modified)


NOTES = (
    "Seminar 3: causes of the war\n\n1. Long-term causes\n1.1 Alliances\nTriple Alliance (1882): Germany, Austria\n"
    "1.2 Naval race\n- Tirpitz 1898\n- Dreadnought 1906\n2. The July crisis\nSarajevo, 28 June 1914\nwho is right?\n"
    "Date: 28 July 1914\nRead: Clark, ch. 3\nessay due 12 November"
)
POEM = "The Sea\n\nThe sea came in at night\nand took away the light\nand took away the light\nOf all the town,"
LETTER = (
    "Dear Dr. Malik,\n\nI have read your comments with care.\n\nThe donation will come in June.\n\n"
    "John Carter\nDirector"
)


@pytest.mark.parametrize("text", [NOTES, POEM, LETTER])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_typed_text_keeps_every_line(text: str, end: str) -> None:
    source = article(text.replace("\n", end))
    shown = [source.title, *(block.text for block in source.blocks)]
    wanted = [line.removeprefix("- ") for line in text.split("\n") if line]
    assert [line for line in shown if line != "page"] == wanted
    assert (source.dropped, source.published, source.kind) == ((), None, "page")


def test_numbered_lines_with_something_under_them_are_headings_of_their_depth() -> None:
    found = [(block.level, block.text) for block in article(NOTES).blocks if block.kind == "heading"]
    assert found == [(2, "1. Long-term causes"), (3, "1.1 Alliances"), (3, "1.2 Naval race"), (2, "2. The July crisis")]


def test_the_head_of_a_letter_is_its_subject_sender_and_day() -> None:
    head = "From: Anna Berg <anna@example.org>\nTo: All\nSubject: Reading for May\nDate: Tue, 3 May 2016 10:12:00 +0200"
    source = article(f"{head}\n\nDear all,\n\nplease read chapter 3.\n\nAnna")
    assert (source.title, source.authors, source.published) == ("Reading for May", ("Anna Berg",), "2016-05-03")
    assert prose(source) == ["Dear all,", "please read chapter 3.", "Anna"]
    assert source.kind == "page"
