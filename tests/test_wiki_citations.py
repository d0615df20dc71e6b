"""Citation templates and references in words, as CSL-JSON."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.citations.bare import bare_to_csl
from briefgen.citations.fields import date_to_csl, people_in
from briefgen.citations.wiki import is_citation, template_to_csl
from briefgen.model import Locator
from briefgen.readers.document import Document
from briefgen.readers.wikitext import read

GOLD = Path(__file__).parents[1].parent / "shared" / "evals" / "citations"


def csl(template: str, **parameters: str) -> dict[str, Any]:
    return template_to_csl(template, {key.replace("_", "-"): value for key, value in parameters.items()}, "x")[0]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("5 May 2010", [[2010, 5, 5]]),
        ("May 5, 2010", [[2010, 5, 5]]),
        ("2010-05-05", [[2010, 5, 5]]),
        ("November 2011", [[2011, 11]]),
        ("2012–13", [[2012], [2013]]),
        ("12–14 March 2008", [[2008, 3, 12], [2008, 3, 14]]),
        ("June–July 1999", [[1999, 6], [1999, 7]]),
        ("28 May – 3 June 2001", [[2001, 5, 28], [2001, 6, 3]]),
        ("1863", [[1863]]),
    ],
)
def test_dates_as_citations_write_them(words: str, parts: list[list[int]]) -> None:
    assert date_to_csl(words) == {"date-parts": parts}


def test_seasons_and_doubt_are_kept_and_no_year_is_no_date() -> None:
    assert date_to_csl("Spring 2012") == {"date-parts": [[2012]], "season": 1}
    assert date_to_csl("c. 1900") == {"date-parts": [[1900]], "circa": True}
    assert date_to_csl("n.d.") is None
    assert date_to_csl("31 Foo") is None


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Poe, Ann", [("Poe", "Ann")]),
        ("Ann B. Poe", [("Poe", "Ann B.")]),
        ("Ann Poe and Bo Kay", [("Poe", "Ann"), ("Kay", "Bo")]),
        ("Poe, Ann; Kay, Bo", [("Poe", "Ann"), ("Kay", "Bo")]),
        ("Ludwig van Horn", [("van Horn", "Ludwig")]),
    ],
)
def test_people_are_turned_round_and_counted(words: str, names: list[tuple[str, str]]) -> None:
    assert [(name["family"], name["given"]) for name in people_in(words)] == names


@pytest.mark.parametrize("body", ["Lake Research Institute", "Reuters", "Office of the Spokesperson", "AFP"])
def test_bodies_stay_whole(body: str) -> None:
    assert people_in(body) == [{"literal": body}]


def test_two_people_in_the_fields_of_one_are_two() -> None:
    found = csl("cite news", title="T", first="Ann Poe and Bo C.", last="Kay")
    assert found["author"] == [{"family": "Poe", "given": "Ann"}, {"family": "Kay", "given": "Bo C."}]


def test_authors_follow_their_numbers_whatever_their_fields_are_called() -> None:
    found = csl("cite web", title="T", author3="C D", first2="B", last2="E", last="A", first="F", author_link="F A")
    assert [name["family"] for name in found["author"]] == ["A", "E", "D"]


def test_a_dead_link_gives_way_to_its_archived_copy() -> None:
    found = csl(
        "cite web", title="T", url="http://a", archive_url="http://w/a", archive_date="5 May 2010", url_status="dead"
    )
    assert found["URL"] == "http://w/a"
    assert found["custom"] == {
        "archive-url": "http://w/a",
        "archive-date": "2010-05-05",
        "url-status": "dead",
        "original-url": "http://a",
    }


def test_a_live_link_stays_and_no_status_means_dead() -> None:
    assert csl("cite web", title="T", url="http://a", archive_url="http://w/a", url_status="live")["URL"] == "http://a"
    assert csl("cite web", title="T", url="http://a", archive_url="http://w/a")["URL"] == "http://w/a"


def test_the_name_of_an_account_is_no_author() -> None:
    assert "author" not in csl("cite tweet", title="T", user="lake_nyx", number="7")


def test_an_agency_is_the_author_of_what_no_one_signed() -> None:
    assert csl("cite news", title="T", agency="AP")["author"] == [{"literal": "AP"}]
    signed = csl("cite news", title="T", agency="AP", author="Ann Poe")
    assert (signed["author"], signed["custom"]) == ([{"family": "Poe", "given": "Ann"}], {"agency": "AP"})


def test_pages_are_the_locator_of_a_book_and_the_pages_of_an_article() -> None:
    book, locator = template_to_csl("cite book", {"title": "T", "page": "5"}, "x")
    assert ("page" in book, locator) == (False, Locator("page", "5"))
    article, locator = template_to_csl("Cite journal", {"title": "T", "journal": "J", "pages": "5-9"}, "x")
    assert (article["page"], locator) == ("5–9", None)


def test_a_chapter_stands_in_its_book() -> None:
    found = csl("cite book", title="Lakes", chapter="Nyx", publisher="Press", editor="Poe, Ann", edition="2nd")
    assert (found["type"], found["title"], found["container-title"]) == ("chapter", "Nyx", "Lakes")
    assert (found["editor"], found["edition"]) == ([{"family": "Poe", "given": "Ann"}], "2")


def test_a_site_named_in_the_title_too_is_named_once() -> None:
    found = csl("cite web", title="Lakes - Nyx News", website="Nyx News")
    assert (found["title"], found["container-title"]) == ("Lakes", "Nyx News")


def test_nothing_but_csl_variables_and_custom_comes_out() -> None:
    found = csl("cite web", title="T", ref="{{x}}", s2cid="1", author_link="A", note="N", quote="Q", url_access="y")
    assert found == {"id": "x", "type": "webpage", "title": "T", "custom": {"quote": "Q"}}


def test_an_item_of_wikidata_stands_for_a_work_without_a_title() -> None:
    found = csl("cite Q", **{"1": "Q123"})
    assert (found["title"], found["URL"]) == ("Wikidata Q123", "https://www.wikidata.org/wiki/Q123")
    assert csl("cite Q", **{"1": "Q123", "title": "Lakes"}) == {"id": "x", "type": "document", "title": "Lakes"}


def test_citations_are_told_by_their_name() -> None:
    assert is_citation("cite web")
    assert is_citation("citation")
    assert not is_citation("citation needed")


def test_a_link_that_is_an_archived_copy_names_its_original_and_day() -> None:
    found, _ = bare_to_csl(
        "[https://web.archive.org/web/20080924043949/http://a.example/x Ships on Nyx], Lake Herald, 11 July 2008", "x"
    )
    assert (found["title"], found["container-title"]) == ("Ships on Nyx", "Lake Herald")
    assert found["custom"]["original-url"] == "http://a.example/x"
    assert found["custom"]["archive-date"] == "2008-09-24"


@pytest.mark.parametrize(
    ("words", "family", "title"),
    [
        ('Poe, Ann B., "The Deep", Lake Journal, 16 July 2011.', "Poe", "The Deep"),
        ("Poe, Ann; Nyx's Great Flood: A Story. York, Big Press 2004.", "Poe", "Nyx's Great Flood: A Story"),
        (
            "Ann Poe and Bo Kay, Lakes of Nyx, 1973-2012, Oak University Press (2013), p. 14",
            "Poe",
            "Lakes of Nyx, 1973-2012",
        ),
        (
            "Poe, A.; Kay, B.; Lakes: The North, 1973–2012. Oak University Press 2013.",
            "Poe",
            "Lakes: The North, 1973–2012",
        ),
    ],
)
def test_references_in_words_give_author_and_title(words: str, family: str, title: str) -> None:
    found, _ = bare_to_csl(words, "x")
    assert (found["author"][0]["family"], found["title"]) == (family, title)
    assert found["issued"]["date-parts"][0][0] in (2004, 2011, 2013)


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=80),
    st.sampled_from(["date", "author", "last", "pages", "url", "title", "archive-url", "vauthors"]),
)
def test_any_text_in_a_field_gives_an_item(value: str, field: str) -> None:
    found, _ = template_to_csl("cite web", {field: value, "first": "A"}, "x")
    assert found["id"] == "x"
    assert bare_to_csl(value, "x")[0]["id"] == "x"


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold citations beside the project are not here")
def test_fields_agree_with_the_gold(tmp_path: Path) -> None:
    gold = json.loads((GOLD / "seed_templates_gold.json").read_text("utf-8"))
    candidate = {part: [_candidate(item["raw"]) for item in gold[part]] for part in ("items", "bracket_refs")}
    (tmp_path / "candidate.json").write_text(json.dumps(candidate), "utf-8")
    command = [sys.executable, str(GOLD / "score_templates.py"), str(tmp_path / "candidate.json"), "--strict"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    scores = [float(line.rsplit(" ", 1)[1]) for line in output.splitlines() if "F1" in line]
    assert len(scores) == 2
    assert min(scores) >= 0.97


def _candidate(raw: str) -> dict[str, Any]:
    found = read(Document("x", "x.wiki", "0", f"Words.<ref>{raw}</ref>")).source
    assert found is not None
    reference = found.references[0]
    place = reference.locator
    return {"csl": reference.csl, "locator": {"label": place.label, "locator": place.value} if place else None}
