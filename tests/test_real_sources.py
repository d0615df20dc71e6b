"""What the readers make of real documents is, in everything, what people say that stands in them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from briefgen.model import Source
from briefgen.problems import Problem
from briefgen.readers import read

PAGES = ("001", "002", "003", "004")
ALL = ("000", *PAGES)
Gold = dict[str, Any]


class Real(Struct, frozen=True):
    """A document as it was read, what is said of it, and its text with the offset at which each line begins."""

    source: Source
    problems: tuple[Problem, ...]
    gold: Gold
    text: str
    starts: list[int]

    def line(self, number: int) -> tuple[int, int]:
        """Where the words of a line stand; numbers count from 1."""
        start = self.starts[number - 1]
        return start, self.starts[number] - 1


def real(shared: Path, number: str) -> Real:
    (gold_path,) = (shared / "evals" / "seeds").glob(f"{number}_*.json")
    gold = json.loads(gold_path.read_text("utf-8"))
    path = shared / "sources" / gold["file"]
    reading = read("s", str(path), path.read_bytes())
    assert reading.source is not None
    text = path.read_text("utf-8")
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return Real(reading.source, reading.problems, gold, text, starts)


def stated(value: Any) -> Any:
    return value["value" if "value" in value else "iso"] if isinstance(value, dict) else value


@pytest.mark.parametrize("number", ALL)
def test_title_authors_publisher_and_dates_are_those_that_the_document_states(shared: Path, number: str) -> None:
    found, gold = real(shared, number).source, real(shared, number).gold
    assert found.title == gold["title"]
    assert list(found.authors) == gold["authors"]
    assert list(found.editors) == gold.get("editors", [])
    assert found.publisher == stated(gold["publisher"])
    assert found.published == stated(gold["published"])
    assert found.modified == stated(gold.get("modified"))


@pytest.mark.parametrize("number", ALL)
def test_every_fact_about_the_document_names_where_it_stands(shared: Path, number: str) -> None:
    one = real(shared, number)
    facts = ("authors", "editors", "publisher", "published", "modified")
    assert {fact for fact in facts if getattr(one.source, fact)} <= set(one.source.origins)
    quoted = [said for fact, said in one.source.origins.items() if (number, fact) != ("000", "publisher")]
    assert [said for said in quoted if said not in one.text] == []


@pytest.mark.parametrize("number", ALL)
def test_headings_have_their_words_and_levels_and_no_others_are_found(shared: Path, number: str) -> None:
    one = real(shared, number)
    wanted = [(heading["level"], heading["text"]) for heading in one.gold["headings"]]
    assert [(block.level, block.text) for block in one.source.blocks if block.kind == "heading"] == wanted


@pytest.mark.parametrize("number", ALL)
def test_paragraphs_are_all_found_and_nothing_else_is(shared: Path, number: str) -> None:
    one = real(shared, number)
    keys = ("paragraphs", "intro_paragraphs", "description_paragraphs")
    wanted = [(paragraph["start"], paragraph["end"]) for key in keys for paragraph in one.gold.get(key, [])]
    wanted += [one.line(line) for line in one.gold.get("paragraph_lines", [])]
    assert len(wanted) == one.gold["content_paragraphs"]
    assert [(block.start, block.end) for block in one.source.blocks if block.kind == "paragraph"] == sorted(wanted)


@pytest.mark.parametrize("number", ALL)
def test_boilerplate_is_left_out_line_by_line(shared: Path, number: str) -> None:
    one = real(shared, number)
    dropped = {item.text.strip() for item in one.source.dropped}
    assert [line["text"] for line in one.gold["boilerplate"] if line["text"].strip() not in dropped] == []
    prose = "\n".join(block.text for block in one.source.blocks if block.kind not in ("entry", "caption"))
    assert [line["text"] for line in one.gold["boilerplate"] if line["text"].strip() in prose] == []


@pytest.mark.parametrize("number", ALL)
def test_a_caption_is_a_caption_once_however_often_it_stands(shared: Path, number: str) -> None:
    one = real(shared, number)
    wanted = {caption["text"]: caption["expected_in_model"] for caption in one.gold.get("captions", [])}
    assert Counter(block.text for block in one.source.blocks if block.kind == "caption") == wanted
    assert [block.text for block in one.source.blocks if block.kind != "caption" and block.text in wanted] == []


@pytest.mark.parametrize("number", ALL)
def test_no_line_is_lost_without_a_word(shared: Path, number: str) -> None:
    one = real(shared, number)
    places = [(block.start, block.end) for block in one.source.blocks]
    places += [(item.start, item.end) for item in one.source.dropped]
    places += [(item.start, item.end) for item in one.source.references]
    covered = {at for place in places for at in range(*place)}
    lost = [
        line
        for line, start in zip(one.text.split("\n"), one.starts, strict=False)
        if line.strip(" \t{}") and covered.isdisjoint(range(start, start + len(line)))
    ]
    assert [line for line in lost if line.strip() not in one.source.title] == []


def test_the_items_of_a_half_stripped_article_are_those_of_its_lists(shared: Path) -> None:
    one = real(shared, "000")
    items = [(block.start, block.end) for block in one.source.blocks if block.kind == "item"]
    assert len(items) == one.gold["content_list_items"]
    listed = [line for each in one.gold["lists"] for line in range(each["first_line"], each["last_line"] + 1)]
    inside = [place for place in map(one.line, listed) if any(place[0] <= start < place[1] for start, _ in items)]
    assert len(inside) == len(items)


def test_every_reference_of_a_half_stripped_article_stands_where_it_was_glued_to_the_prose(shared: Path) -> None:
    one = real(shared, "000")
    wanted = [*one.gold["cites"], *one.gold["bare_references"]]
    found = {(item.start, item.end) for item in one.source.references}
    assert found == {(item["start"], item["end"]) for item in wanted}
    assert not any(block.holes for block in one.source.blocks)


def test_a_box_that_never_closes_gives_rows_and_no_prose(shared: Path) -> None:
    one = real(shared, "000")
    assert not one.gold["infobox"]["closed"]
    end = one.starts[one.gold["infobox"]["last_line"]]
    inside = {block.kind for block in one.source.blocks if one.gold["infobox"]["start"] <= block.start < end}
    assert inside == {"entry"}


def test_what_an_article_says_to_its_editors_and_readers_is_left_out(shared: Path) -> None:
    one = real(shared, "000")
    dropped = {(item.start, item.end) for item in one.source.dropped}
    assert {(flag["start"], flag["end"]) for flag in one.gold["maintenance_flags"]} <= dropped
    lines = [one.line(item["line"]) for key in ("hatnotes", "file_lines") for item in one.gold[key]]
    assert all(any(start <= place[0] < end for start, end in dropped) for place in lines)


def test_the_documents_of_an_archive_are_references_with_all_that_is_said_of_them(shared: Path) -> None:
    one = real(shared, "004")
    assert [described(item.csl) for item in one.source.references] == [wanted(item) for item in one.gold["documents"]]
    texts = [item["citation_text"] for item in one.gold["documents"]]
    assert [item.raw for item in one.source.references] == texts


def described(csl: Gold) -> Gold:
    pages = csl.get("number-of-pages")
    return {
        "cable_id": csl["number"],
        "origin": csl["publisher"],
        "genre": csl["genre"],
        "title": csl["title"],
        "date": "-".join(f"{part:02}" for part in csl["issued"]["date-parts"][0]),
        "classification": csl["custom"]["classification"],
        "pages": int(pages) if pages else None,
        "source": csl.get("source"),
    }


def wanted(item: Gold) -> Gold:
    """What is said of a document; of dates that disagree only the year, in which they agree."""
    years = {candidate["iso"][:4] for candidate in item.get("date_candidates", ())}
    facts = {key: item[key] for key in ("cable_id", "origin", "genre", "title", "classification", "pages")}
    date = item["date"] or ", ".join(sorted(years))
    return {**facts, "date": date, "source": item["source"]["text"] if item["source"] else None}


def test_dates_of_an_archives_document_that_disagree_are_a_problem_which_names_both(shared: Path) -> None:
    one = real(shared, "004")
    (torn,) = [item for item in one.gold["documents"] if item["date"] is None]
    (problem,) = one.problems
    assert all(candidate["iso"] in problem.message for candidate in torn["date_candidates"])
    assert problem.where is not None
    assert problem.where.line == torn["date_line"]["line"]


def test_a_mark_in_an_archives_prose_cites_the_document_that_it_names(shared: Path) -> None:
    one = real(shared, "004")
    cited = {(block.start + mark.offset, mark.index) for block in one.source.blocks for mark in block.references}
    numbers = [item["number"] for item in one.gold["documents"]]
    assert {(mark["end"], numbers.index(mark["doc"])) for mark in one.gold["doc_cross_references"]} <= cited


def test_related_postings_of_an_archive_are_no_passages(shared: Path) -> None:
    one = real(shared, "004")
    places = [one.line(line) for posting in one.gold["related_postings"] for line in posting["lines"]]
    assert not [block for block in one.source.blocks if (block.start, block.end) in places]
