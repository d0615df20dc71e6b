"""The deck as one HTML page: what it holds, that it needs nothing else, and that statements are found in it again."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from briefgen.build import build
from briefgen.cli import main
from briefgen.composing import prepare
from briefgen.renderers.deck import render, render_page
from briefgen.renderers.deck.plan import Plan
from briefgen.renderers.deck.preview import page
from briefgen.renderers.deck.shapes import Paragraph, Rect, Slide, TextBox, TextRun
from briefgen.renderers.deck.template import template
from briefgen.results import BuildOptions
from briefgen.verify import verify

SAMPLES = Path(__file__).parent / "samples"
OUTLINES = sorted(SAMPLES.glob("*/outline.yaml"))


@pytest.fixture(params=OUTLINES, ids=lambda path: path.parent.name)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    build(request.param, BuildOptions(out=tmp_path, formats=("slides-html",)))
    return tmp_path / "outline-slides.html"


def text_of(page: str) -> list[str]:
    tree: Any = html.document_fromstring(page)
    return [" ".join(one.text_content().split()) for one in tree.iter("h1", "h2")]


def test_every_statement_is_found_on_the_page(made: Path) -> None:
    report = verify(made)
    assert report.problems == ()
    assert {one.status for one in report.statements} == {"found"}


def test_a_word_changed_on_the_page_names_its_statement(made: Path) -> None:
    text = made.read_text("utf-8")
    changes = (("canal", "river"), ("club", "shop"), ("reef", "bank"), ("keepers", "sellers"), ("island", "farm"))
    for old, new in changes:
        text = text.replace(old, new)
    made.write_text(text, "utf-8")
    assert {one.status for one in verify(made).statements} > {"found"}


def test_each_slide_is_a_section_with_a_title_of_its_own_and_some_have_speaker_notes(made: Path) -> None:
    text = made.read_text("utf-8")
    tree = html.document_fromstring(text)
    titles = text_of(text)
    assert len(tree.findall(".//section")) == len(titles) == len(set(titles))
    assert tree.xpath("//aside[@class='notes']/p")


def test_the_page_and_the_deck_show_each_statement_on_the_same_slides() -> None:
    brief, _ = prepare(OUTLINES[0], BuildOptions())
    assert brief
    assert render(brief).slides == render_page(brief).slides


def test_the_page_loads_nothing_and_is_the_same_each_time(made: Path) -> None:
    text = made.read_text("utf-8")
    assert not re.search(r"<(?:link|img src=\"(?!data:)|iframe|script[^>]+src)|@import|url\(", text)
    brief, _ = prepare(OUTLINES[0], BuildOptions())
    assert brief
    assert render_page(brief).data == render_page(brief).data


@given(st.text(max_size=30), st.sampled_from(["javascript:alert(1)", "https://example.org/?a=1&b=<2>", "file:///etc"]))
def test_words_are_shown_as_words_and_links_lead_to_the_web(text: str, url: str) -> None:
    run = TextRun(f"<b>{text}</b><script>", url=url)
    slide = Slide("content", "T", (TextBox("Box", Rect(1, 1, 4, 1), (Paragraph((run,), 18.0),)),))
    tree = html.document_fromstring(page(Plan((slide,), ()), template("lecture")[0], "T", "en"))
    assert len(tree.findall(".//script")) == 1
    assert all(link.get("href", "").startswith("https://") for link in tree.iter("a"))


def test_the_command_makes_it_beside_the_other_formats(tmp_path: Path) -> None:
    assert main(["build", str(OUTLINES[0]), "--to", "pptx,slides-html", "--out", str(tmp_path), "--quiet"]) == 0
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "outline-slides.html",
        "outline.evidence.json",
        "outline.pptx",
    ]
