"""The handout: what it prints, once and in full, and its HTML."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from msgspec.structs import replace

from briefgen.model import (
    Brief,
    BriefBlock,
    Bullets,
    Compare,
    DateMention,
    Entry,
    Handout,
    Note,
    Passage,
    People,
    Person,
    Prose,
    Questions,
    Quotation,
    Row,
    Run,
    Section,
    Side,
    SourceSummary,
    Span,
    Statement,
    Table,
    Timeline,
)
from briefgen.problems import Location
from briefgen.renderers.handout.html import css_string, render_html
from briefgen.renderers.handout.links import safe_link
from briefgen.renderers.handout.passages import use_letter
from briefgen.renderers.handout.sheet import sheet

HERE = Location("o.yaml", 1, 1)


def said(text: str, full: str = "", at: int = 0, notes: tuple[int, ...] = (), date: str = "") -> Statement:
    """A statement whose passage is `full` (or its own text), in its own block `at` of the source."""
    full = full or text
    span = Span("s", at, 0, len(full))
    mention = DateMention(0, 4, date, "2001", 0, 0, "year", label=date) if date else None
    return Statement(text, "verbatim", (Run(text),), (span,), Passage(full, span), mention, notes)


def brief(*blocks: BriefBlock, opening: tuple[Statement, ...] = (), notes: int = 9) -> Brief:
    return Brief(
        title="Salt & Rivers",
        language="en",
        sections=(Section(1, "Floods", "history", blocks, HERE, opening=opening),),
        notes=tuple(
            Note(n, "s", (Run(f"Full note {n}."),), f"Short {n}", url="https://example.org/s") for n in range(1, notes)
        ),
        bibliography=(Entry("s", (Run("The source."),)), Entry("w", (Run("The cited work."),), cited_by="s")),
        sources=(SourceSummary("s", "s.txt", "", "page", "S", "Openpedia"),),
    )


def tree(of: Brief) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render_html(of))


def texts(of: Brief, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree(of).xpath(path)]


def test_a_statement_is_printed_as_its_full_passage() -> None:
    page = brief(Bullets("", (said("The river rose …", "The river rose, it is said, twice."),), HERE))
    assert texts(page, "//ul[@class='passages']/li") == ["The river rose, it is said, twice."]


def test_a_passage_is_printed_once_with_the_notes_of_all_its_places() -> None:
    one, again = said("A flood.", at=1, notes=(1,)), said("A flood.", at=1, notes=(2, 1))
    page = brief(Bullets("", (again, said("A drought.", at=2)), HERE), opening=(one,))
    assert texts(page, "//main//p[not(@class)] | //main//ul[@class='passages']/li") == ["A flood.1,2", "A drought."]


def test_a_passage_within_a_longer_one_is_not_repeated() -> None:
    inner = Statement("i", "verbatim", (Run("A."),), passage=Passage("A.", Span("s", 1, 0, 2)))
    page = brief(Bullets("", (said("A. B.", at=1), inner), HERE))
    assert texts(page, "//ul[@class='passages']/li") == ["A. B."]


def test_a_passage_within_one_that_comes_later_is_not_repeated_either() -> None:
    inner = Statement("i", "verbatim", (Run("A."),), passage=Passage("A.", Span("s", 1, 0, 2)))
    page = brief(Bullets("", (inner, said("A. B.", at=1)), HERE))
    assert texts(page, "//ul[@class='passages']/li") == ["A. B."]


def test_the_row_of_a_person_does_not_say_again_what_its_passage_says() -> None:
    full = "Ada Lind (drowned 1911) was a pilot."
    short = Statement(
        "i", "trimmed", (Run("drowned 1911"),), passage=Passage(full[:23], Span("s", 1, 0, 23)), notes=(2,)
    )
    role = said("was a pilot", full, at=1, notes=(4,))
    other = Person("Bo Ek", (said("A. B.", at=2), said("B.", "A. B.", at=2, notes=(1,))))
    page = brief(People("Who", (Person("Ada Lind", (short, role)), other), HERE))
    assert texts(page, "//table[@class='people']/tbody/tr/td") == [f"{full}2,4", "A. B.1"]
    elsewhere = brief(People("Who", (Person("Ada Lind", (short,)),), HERE), opening=(role,))
    assert texts(elsewhere, "//table[@class='people']/tbody/tr/td") == ["drowned 19112"]


def test_the_marks_at_one_place_are_in_order() -> None:
    one, other = said("It rose.", at=1, notes=(7,)), said("It rose.", at=1, notes=(3, 5))
    row = Row(("It rose",), said("It rose.", at=1, notes=(7, 3)))
    page = brief(Bullets("", (one, other), HERE), Table("T", ("what",), (row,), HERE))
    assert texts(page, "//ul[@class='passages']/li") == ["It rose.3,5,7"]
    assert texts(page, "//table[@class='cells']/tbody/tr/*") == ["It rose3,7"]
    first = sheet(page).sections[0].blocks[0].rows[0][0]
    assert first
    assert first.short_note == "Short 7"


def test_a_chronology_takes_a_passage_before_a_list_does() -> None:
    event = said("It rose.", at=1, notes=(1,), date="c. 2001")
    page = brief(Bullets("", (event,), HERE), Timeline("When", (event,), HERE))
    assert texts(page, "//table[@class='timeline']/tbody/tr") == ["c. 2001It rose.1"]
    assert texts(page, "//ul[@class='passages']") == []


def test_two_events_of_one_passage_are_both_in_the_chronology() -> None:
    full = "In 2001 it rose and in 2003 it fell."
    events = (said("In 2001 it rose", full, 1, date="2001"), said("in 2003 it fell", full, 1, date="2003"))
    assert texts(brief(Timeline("", events, HERE)), "//tbody/tr") == [f"2001{full}", "2003in 2003 it fell"]


def test_both_sides_of_a_comparison_are_complete_even_if_said_before() -> None:
    charge, answer = said("They did.", at=1), said("We did not.", at=2)
    page = brief(Compare("", Side("Charge", (charge,)), Side("Answer", (answer,)), HERE), opening=(charge, answer))
    assert texts(page, "//table[@class='compare']//td") == ["They did.", "We did not."]
    assert texts(page, "//table[@class='compare']//th[@scope='col']") == ["Charge", "Answer"]


def every_block() -> tuple[BriefBlock, ...]:
    row = Row(("2001", "", "It rose."), said("It rose.", at=3, notes=(3,)))
    own = Statement("i", "instructor", (Run("Mind the <salt>."),), notes=(4,))
    return (
        People("Who", (Person("Ada Lind", (said("She swam.", at=4, notes=(1,)),), dead=True),), HERE),
        Table("Measures", ("date", "who", "measure"), (row,), HERE),
        Quotation("", said("“We fled.”", at=5, notes=(2,)), HERE),
        Prose("", (own,), HERE),
        Questions("", ("Why?",), HERE),
    )


def test_every_block_kind_has_its_own_form() -> None:
    page = brief(*every_block())
    assert texts(page, "//table[@class='people']/tbody/tr/th") == ["Ada Lind †(dead)"]
    assert texts(page, "//table[@class='cells']/tbody/tr/*") == ["2001", "–", "It rose.3"]
    assert texts(page, "//blockquote") == ["“We fled.”2"]
    assert texts(page, "//figcaption") == ["Short 2"]
    assert texts(page, "//*[@role='note']") == ["In the instructor’s words Mind the <salt>.4"]
    assert texts(page, "//ol[@class='questions']/li") == ["Why?"]


def test_notes_are_linked_both_ways_from_every_place() -> None:
    page = tree(brief(*every_block(), opening=(said("It is.", at=9, notes=(4, 1)),)))
    ids = Counter(page.xpath("//@id"))
    assert max(ids.values()) == 1
    targets = page.xpath("//a[starts-with(@href, '#')]/@href")
    assert {target[1:] for target in targets} <= set(ids)
    marks = page.xpath("//*[@role='doc-noteref']/@id")
    backlinks = page.xpath("//*[@role='doc-backlink']/@href")
    assert sorted(f"#{mark}" for mark in marks) == sorted(backlinks)
    assert page.xpath("//li[@id='fn-4']/a[@role='doc-backlink']/text()") == ["a", "b"]
    assert page.xpath("//*[@role='doc-endnotes']//li/@value") == [str(number) for number in range(1, 9)]


def test_a_mark_without_its_note_is_no_link() -> None:
    page = tree(brief(Bullets("", (said("A.", notes=(77,)),), HERE)))
    assert page.xpath("//sup")[0].text_content() == "77"
    assert not page.xpath("//*[@role='doc-noteref']")


def test_works_that_a_source_cites_stand_apart() -> None:
    assert texts(brief(), "//*[@role='doc-bibliography']") == [
        "Sources The source.",
        "Works cited by the sources Cited by Openpedia The cited work.",
    ]


def test_the_page_has_landmarks_a_skip_link_and_a_language() -> None:
    page = tree(replace(brief(*every_block()), language="de"))
    assert page.get("lang") == "de"
    assert [len(page.xpath(f"/html/body/{name}")) for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert page.xpath("/html/body/*[1]/@href") == ["#main"]
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all(table.xpath(".//th[@scope='col']") for table in page.xpath("//table"))


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    text = render_html(brief(*every_block()))
    assert not re.search(r"<script|<link|<img|<iframe|\ssrc=|url\(|@import", text)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x", "http://[", "java\nscript:x", None]
)
def test_unsafe_addresses_are_printed_without_a_link(url: str | None) -> None:
    assert safe_link(url) is None
    note = Note(1, "s", (Run("See.", url=url),), "S", url=url)
    page = tree(replace(brief(), notes=(note,)))
    assert not page.xpath("//li[@id='fn-1']//a[not(@role)]")


def test_a_title_cannot_leave_the_style_sheet() -> None:
    hostile = '"; } </style><script>x</script>\\'
    assert "<" not in css_string(hostile)
    assert not tree(replace(brief(), title=hostile)).xpath("//script")


def test_uses_of_a_note_are_lettered_like_columns() -> None:
    assert [use_letter(use) for use in (1, 26, 27, 52, 53, 703)] == ["a", "z", "aa", "az", "ba", "aaa"]


@settings(max_examples=40, deadline=None)
@given(st.text(), st.text(min_size=1), st.text())
def test_any_text_is_shown_as_text(title: str, passage: str, cell: str) -> None:
    row = Row((cell,), said(passage))
    page = brief(Bullets(title, (said(passage, at=1, notes=(1,)),), HERE), Table(cell, (title,), (row,), HERE))
    rendered = render_html(replace(page, title=title, subtitle=cell))
    rendered.encode("utf-8")
    assert "\x00" not in rendered
    assert rendered == render_html(replace(page, title=title, subtitle=cell))
    assert rendered.count("<li") == 1 + 4 + 8 + 2


@pytest.mark.parametrize(("date", "shown"), [("2026-11-23", "23 November 2026"), ("Week 3", "Week 3")])
def test_a_day_is_written_in_words(date: str, shown: str) -> None:
    assert texts(replace(brief(), date=date), "//p[@class='matter']") == [shown]


def test_a_block_with_the_heading_just_above_it_as_title_has_no_title_of_its_own() -> None:
    one, two, three = (
        Bullets(title, (said(f"{n}.", at=n),), HERE) for n, title in enumerate(("Floods", "Then", "Floods"))
    )
    assert texts(brief(one, two, three), "//main//h3[not(starts-with(., 'Cited'))]") == ["Then", "Floods"]
    assert texts(brief(Prose("Floods", (said("Mind."),), HERE)), "//*[@role='note']//h3") == []


def test_in_print_a_question_keeps_its_writing_lines_and_the_last_one_its_neighbour() -> None:
    printed = render_html(brief(*every_block())).partition("@media print")[2]
    rules = {
        selector.strip(): declarations
        for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", printed)
        for selector in selectors.split(",")
    }
    assert "break-inside: avoid" in rules[".questions li"]
    assert "break-before: avoid" in rules[".questions li + li:last-child"]
    assert "break-before: avoid" in rules[".writing"]
    assert "break-inside: avoid" in rules[".writing"]
    assert not any("break-before" in rules[name] for name in rules if name.startswith((".notes", ".works")))


def test_each_statement_is_printed_or_stands_within_what_is_printed() -> None:
    page = brief(*every_block(), opening=(said("It is.", at=9),))
    shown = sheet(page).sections[0]
    count = len(shown.lead) + sum(1 for block in shown.blocks for row in block.rows for one in row if one)
    assert count == 5


def spoken(language: str | None, page: str = "en", text: str = "") -> lxml_html.HtmlElement:
    """The first item of a list whose passage is from a source in a language."""
    of = replace(brief(Bullets("", (said(text),), HERE)), language=page)
    of = replace(of, sources=(replace(of.sources[0], language=language),))
    return tree(of).xpath("//ul[@class='passages']/li")[0]


def test_a_passage_of_another_language_says_so() -> None:
    assert spoken("fr", text="La rivière monta.").get("lang") == "fr"
    assert spoken("en", text="The river rose.").get("lang") is None
    assert spoken(None, text="The river rose.").get("lang") is None


def test_a_passage_of_another_direction_says_so() -> None:
    item = spoken("ar", text="فاض النهر مرتين.")
    assert (item.get("lang"), item.get("dir")) == ("ar-SA", "rtl")
    assert not item.xpath(".//span[@lang]")
    assert spoken(None, text="فاض النهر مرتين.").get("dir") == "rtl"
    assert spoken(None, text="فاض النهر مرتين.").get("lang", "").startswith("ar")


def test_words_of_another_script_inside_a_passage_say_so() -> None:
    item = spoken("en", text="The word نهر means river.")
    assert item.get("dir") is None
    (word,) = item.xpath(".//span[@lang]")
    assert (word.text, word.get("dir"), word.get("lang").partition("-")[0]) == ("نهر", "rtl", "ar")


def test_a_page_in_a_language_from_right_to_left_runs_so() -> None:
    assert spoken("he", page="he", text="הנהר עלה.").get("dir") is None
    page = tree(replace(brief(), language="he"))
    assert page.get("dir") == "rtl"
    assert spoken("en", page="he", text="The river rose.").get("dir") == "ltr"


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_have_enough_contrast_with_what_is_behind_them(scheme: str) -> None:
    css = render_html(brief())
    light, dark = css.split("@media (prefers-color-scheme: dark)")
    shown = colours(light) | (colours(dark.split("* {")[0]) if scheme == "dark" else {})
    pairs = [
        ("ink", "paper"),
        ("soft", "paper"),
        ("link", "paper"),
        ("ink", "tint"),
        ("soft", "tint"),
        ("link", "tint"),
    ]
    pairs += [("banner-ink", "banner"), ("banner-soft", "banner"), ("accent-ink", "accent"), ("accent-ink", "second")]
    assert {
        pair: round(contrast(shown[pair[0]], shown[pair[1]]), 1)
        for pair in pairs
        if contrast(shown[pair[0]], shown[pair[1]]) < 4.5
    } == {}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 tells it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_printed_pages_have_numbers_and_running_heads_on_the_paper_asked_for() -> None:
    css = render_html(replace(brief(), handout=Handout(paper="us-letter", two_columns=True)))
    assert "size: letter" in css
    assert '@top-left { content: "Salt \\26 Rivers"' in css.replace("\\26  ", "\\26 ")
    assert "counter(page)" in css
    assert '<body class="all columns">' in css
