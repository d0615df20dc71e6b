"""What a saved page says of itself, and where it says so."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from briefgen.readers.html.metadata import Facts, facts


def page(head: str = "", body: str = "<p>The pier was opened in 1887.</p>") -> Facts:
    return facts(html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>"))


def linked(**node: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


ARTICLE = {"@type": "NewsArticle", "headline": "The Pier Opens", "datePublished": "2014-05-12T08:30:00Z"}


def test_json_ld_of_an_article_is_taken() -> None:
    found = page(
        linked(**ARTICLE, author={"@type": "Person", "name": "Ada Quay"}, publisher={"name": "Brackwater Post"})
    )
    assert (found.title, found.authors, found.publisher) == ("The Pier Opens", ("Ada Quay",), "Brackwater Post")
    assert (found.published, found.news) == ("2014-05-12T08:30:00Z", True)
    assert found.origins["published"] == "json-ld datePublished"


@pytest.mark.parametrize(
    "around", [lambda one: {"@graph": [{"@type": "Organization", "name": "Post"}, one]}, lambda one: [one]]
)
def test_the_article_is_found_inside_graphs_and_lists(around: Any) -> None:
    script = f'<script type="application/ld+json">{json.dumps(around(ARTICLE))}</script>'
    assert page(script).published == "2014-05-12T08:30:00Z"


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Article", "datePublished": "2014-05-12",}',
        '<!-- {"@type": "Article", "datePublished": "2014-05-12"} -->',
        '{"@type": "Article", "headline": "a\nb", "datePublished": "2014-05-12"}',
    ],
)
def test_slips_in_json_ld_are_forgiven(text: str) -> None:
    assert page(f'<script type="application/ld+json">{text}</script>').published == "2014-05-12"


def test_several_authors_are_kept_apart_and_in_order() -> None:
    both = [{"name": "Ada Quay"}, {"name": "Ben Lock"}]
    assert page(linked(**ARTICLE, author=both)).authors == ("Ada Quay", "Ben Lock")
    assert page('<meta name="author" content="By Ada Quay, Ben Lock and Cy Moor">').authors == (
        "Ada Quay",
        "Ben Lock",
        "Cy Moor",
    )
    cited = '<meta name="citation_author" content="Ada Quay"><meta name="citation_author" content="Ben Lock">'
    assert page(cited).authors == ("Ada Quay", "Ben Lock")


@pytest.mark.parametrize("said", ["https://example.org/ada", "@adaquay", "Staff Reporter", "admin", "Brackwater Post"])
def test_what_is_no_person_is_no_author(said: str) -> None:
    found = page(f'<meta property="og:site_name" content="Brackwater Post"><meta name="author" content="{said}">')
    assert found.authors == ()


def test_a_visible_byline_is_taken_without_its_date_and_role() -> None:
    found = page(body='<h1>The Pier Opens</h1><div class="byline">By Ada Quay, senior reporter | 12 May 2014</div>')
    assert found.authors == ("Ada Quay",)
    assert found.origins["authors"] == "byline: By Ada Quay, senior reporter | 12 May 2014"


def test_a_byline_in_comments_or_in_a_side_column_is_another_persons() -> None:
    assert page(body='<div class="comment"><span class="author">Zed Brown</span></div>').authors == ()
    assert page(body='<aside><span class="author">Zed Brown</span></aside>').authors == ()


@pytest.mark.parametrize(
    ("head", "body", "day", "origin"),
    [
        (
            '<meta property="article:published_time" content="2014-05-12T10:00:00+01:00">',
            "",
            "2014-05-12",
            "meta article:published_time",
        ),
        (
            '<meta name="citation_publication_date" content="2014-05-12">',
            "",
            "2014-05-12",
            "meta citation_publication_date",
        ),
        ('<meta itemprop="datePublished" content="2014-05-12">', "", "2014-05-12", "meta datepublished"),
        ("", '<span itemprop="datePublished">May 12, 2014</span>', "2014-05-12", "itemprop datePublished"),
        ("", '<time datetime="2014-05-12">last May</time>', "2014-05-12", "time: last May"),
        ("", '<p class="post-date">Posted on 12 May 2014</p>', "2014-05-12", "line: Posted on 12 May 2014"),
        ('<link rel="canonical" href="https://example.org/2014/05/12/pier">', "", "2014-05-12", "url 2014/05/12"),
        (
            '<link rel="canonical" href="https://example.org/town/2014/may/12/pier">',
            "",
            "2014-05-12",
            "url 2014/may/12",
        ),
    ],
)
def test_a_date_is_taken_from_a_place_that_can_be_named(head: str, body: str, day: str, origin: str) -> None:
    found = page(head, body or "<p>The pier.</p>")
    assert found.published is not None
    assert (found.published[:10], found.origins["published"]) == (day, origin)


def test_a_year_in_the_text_is_no_date_of_the_page() -> None:
    assert page(body="<article><p>The pier was opened on 12 May 1887 by the company.</p></article>").published is None


def test_when_it_was_changed_is_told_apart_from_when_it_was_published() -> None:
    found = page(linked(**ARTICLE, dateModified="2016-01-02"))
    assert (found.published, found.modified) == ("2014-05-12T08:30:00Z", "2016-01-02")


def test_the_heading_that_is_shown_is_the_title() -> None:
    found = page(
        '<title>Pier opens | Post</title><meta property="og:title" content="Pier!">', "<h1>The Pier Opens</h1>"
    )
    assert (found.title, found.origins["title"]) == ("The Pier Opens", "h1")


def test_of_several_headings_none_is_guessed_to_be_the_title() -> None:
    found = page('<meta property="og:title" content="The Pier Opens">', "<h1>News of the Day</h1><h1>Other News</h1>")
    assert (found.title, found.origins["title"]) == ("The Pier Opens", "meta og:title")


@pytest.mark.parametrize(
    "title",
    [
        "The Pier Opens | Brackwater Post",
        "The Pier Opens - Brackwater Post",
        "Brackwater Post: The Pier Opens",
        "The Pier Opens — The Brackwater Post",
    ],
)
def test_the_sites_name_is_cut_off_a_title_where_the_page_names_the_site(title: str) -> None:
    site = '<meta property="og:site_name" content="Brackwater Post">'
    wanted = title if title.startswith("Brackwater Post:") else "The Pier Opens"
    assert page(f"{site}<title>{title}</title>").title == wanted
    assert page(f"<title>{title}</title>").title == title


def test_a_link_that_is_no_web_address_is_not_taken() -> None:
    assert page('<link rel="canonical" href="javascript:alert(1)">').url is None


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=12),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["@type", "@graph", "author", "name", "headline", "datePublished", "publisher", "license"]
                ),
                inner | st.just("Article"),
                max_size=5,
            )
        ),
    )
)
def test_any_json_ld_gives_facts_with_origins(value: Any) -> None:
    script = json.dumps(value).replace("</", "<\\/")
    found = page(f'<script type="application/ld+json">{script}</script>')
    for name in ("title", "authors", "published", "modified", "publisher", "license"):
        assert bool(getattr(found, name)) == (name in found.origins)
