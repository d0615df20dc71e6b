"""Proposed outlines: built without errors from any corpus, and sections only where there is something to say."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from conftest import SAMPLES
from hypothesis import given
from hypothesis import strategies as st

from briefgen.cli import main
from briefgen.compose.proposal import subject_of
from briefgen.composing import prepare
from briefgen.library import open_library
from briefgen.model import Brief, statements_of
from briefgen.outline import load_outline
from briefgen.problems import has_errors
from briefgen.results import BuildOptions
from briefgen.suggest import suggest

ROOT = Path(__file__).parents[1]
ARTICLES = ("Elizabeth-Gilbert", "Pet_door", "anarchism", "belgium", "oxygen", "toronto_star")
REAL = ("history", "foreign-ties", "leadership", "sanctions")


def built(sources: Path, folder: Path) -> Brief:
    """The Brief of what is proposed for the sources, which has no errors."""
    path = folder / "first.yaml"
    made = suggest(sources, folder)
    path.write_text(made.text, "utf-8")
    brief, problems = prepare(path, BuildOptions())
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    assert brief is not None
    assert len(brief.sections) == made.sections
    assert sum(1 for section in brief.sections for _ in statements_of(section)) == made.statements
    return brief


def topics_of(brief: Brief) -> tuple[str, ...]:
    return tuple(section.topic for section in brief.sections if section.topic)


def headings_of(brief: Brief) -> list[str]:
    return [section.heading for section in brief.sections if not section.topic]


@pytest.mark.parametrize("name", ["canal", "chess", "reef"])
def test_what_is_proposed_for_a_sample_can_be_built(name: str, tmp_path: Path) -> None:
    brief = built(SAMPLES / name / "sources", tmp_path)
    assert all(any(statements_of(section)) for section in brief.sections)


def test_the_shipped_sources_suggest_their_subject_and_the_topics_they_were_written_for(tmp_path: Path) -> None:
    brief = built(ROOT / "sources", tmp_path)
    assert brief.title == "Haqqani Network"
    assert topics_of(brief)[0] == "history"
    assert set(topics_of(brief)) == set(REAL)


def test_the_real_documents_suggest_all_four_topics_and_what_else_they_tell(shared: Path, tmp_path: Path) -> None:
    brief = built(shared / "sources", tmp_path)
    assert brief.title == "Haqqani Network"
    assert set(topics_of(brief)) == set(REAL)
    assert "Activities" in headings_of(brief)


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_on_any_subject_suggests_its_own_headings_and_no_topic_that_is_not_its(
    name: str, shared: Path, tmp_path: Path
) -> None:
    article = shared / "evals" / "wikitext" / "articles" / f"{name}.wikitext"
    brief = built(article, tmp_path)
    assert set(topics_of(brief)) <= {"history"}
    assert headings_of(brief)
    assert len(brief.sections) <= 9


def test_most_of_what_a_proposed_section_shows_stands_under_its_own_heading(shared: Path, tmp_path: Path) -> None:
    own = shown = 0
    for name in ARTICLES:
        article = shared / "evals" / "wikitext" / "articles" / f"{name}.wikitext"
        brief = built(article, tmp_path)
        (source,) = open_library((article,)).sources
        for section in (one for one in brief.sections if not one.topic):
            spans = [one.passage.span for one in statements_of(section) if one.passage]
            own += sum(section.heading in source.blocks[span.block].headings for span in spans)
            shown += len(spans)
    assert shown > 150
    assert own / shown > 0.8


def test_a_proposal_says_why_and_how_much_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = Path(shutil.copytree(SAMPLES / "canal" / "sources", tmp_path / "papers"))
    out = tmp_path / "outlines" / "first.yaml"
    out.parent.mkdir()
    assert main(["suggest", str(sources), "-o", str(out)]) == 0
    assert capsys.readouterr().out == f"Canal: 2 sections -> {out}\n"
    text = out.read_text("utf-8")
    assert "sources: ../papers\n" in text
    assert (
        "  # 20 passages from 4 sources, 1854 to 2021: 11 of them are clearly on the topic, many under 'History'"
        in text
    )
    outline, problems = load_outline(out)
    assert problems == ()
    assert outline is not None
    assert (outline.title, len(outline.sections)) == ("Canal", 2)
    assert main(["suggest", str(sources), "-o", str(out)]) == 1
    assert "error: this file is there already" in capsys.readouterr().err
    assert main(["suggest", str(sources)]) == 0
    assert yaml.safe_load(capsys.readouterr().out)["title"] == "Canal"
    assert main(["suggest", str(sources), "--json", "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["title"], told["sections"], told["output"], told["problems"]) == ("Canal", 2, None, [])


def test_a_folder_without_anything_to_show_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "short.txt").write_text("Hm.\n", "utf-8")
    made = suggest(tmp_path, tmp_path)
    assert made.text == ""
    assert has_errors(made.problems)
    assert main(["suggest", str(tmp_path / "none")]) == 1
    assert "error" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("titles", "subject"),
    [
        (["Bees"], "Bees"),
        (["The Honey Bee", "Honey bees: a history", "On the honey bee"], "Honey Bee"),
        (["One thing", "Another matter"], ""),
        ([], ""),
    ],
)
def test_the_subject_is_the_phrase_that_the_sources_share(titles: list[str], subject: str) -> None:
    assert subject_of(titles, ["" for _ in titles]) == subject


@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_titles_have_a_subject_or_none(titles: list[str]) -> None:
    assert isinstance(subject_of(titles, titles), str)
