"""Words in any script on slides: their language, their direction, their side."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from briefgen.build import build
from briefgen.outputs import read_deck
from briefgen.packages import opened, part, slide_names
from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.mirror import mirrored
from briefgen.renderers.deck.shapes import Colour, Group, Line, Paragraph, Rect, Slide, TextBox, TextRun
from briefgen.renderers.scripts import direction, language, line_of, runs_right_to_left, segments
from briefgen.results import BuildOptions
from briefgen.verify import verify

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
HARBOUR = "تأسس الميناء في عام 1850 على يد التاجر سالم الحداد."
SOURCE = f"---\ntitle: ميناء\nlanguage: ar\n---\n\n# ميناء\n\n{HARBOUR}\n"
OUTLINE = f"""
title: ميناء
language: LANGUAGE
sources: source.md
sections:
  - title: نشأة الميناء
    blocks:
      - bullets: {{title: أحداث, statements: [{{passage: {HARBOUR}}}]}}
      - table: {{title: جدول, columns: [passage], rows: [{{cells: ["{HARBOUR}"], passage: {HARBOUR}}}]}}
"""


def made(folder: Path, tag: str) -> Path:
    (folder / "source.md").write_text(SOURCE, "utf-8")
    (folder / "outline.yaml").write_text(OUTLINE.replace("LANGUAGE", tag), "utf-8")
    result = build(folder / "outline.yaml", BuildOptions(out=folder, formats=("pptx", "slides-html")))
    assert result.problems == ()
    return folder / "outline.pptx"


def slides(deck: Path) -> list[Any]:
    with opened(deck) as package:
        return [part(package, name) for name in slide_names(package)]


def paragraph_of(tree: Any, words: str) -> Any:
    return next(p for p in tree.iter(f"{A}p") if words in "".join(p.itertext()))


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("The bridge", [("The bridge", "")]),
        ("باسم Port Authority.", [("باسم ", "Arabic"), ("Port Authority.", "")]),
        ("(300 متر)", [("(300 متر)", "Arabic")]),
        ("橋は古い", [("橋", "Han"), ("は", "Kana"), ("古", "Han"), ("い", "Kana")]),
        ("12 %", [("12 %", "")]),
        ("", []),
    ],
)
def test_a_text_is_cut_where_its_script_changes(text: str, pieces: list[tuple[str, str]]) -> None:
    assert list(segments(text)) == pieces


@given(st.text())
def test_the_pieces_are_the_text(text: str) -> None:
    assert "".join(piece for piece, _ in segments(text)) == text


@pytest.mark.parametrize(
    ("text", "script", "hints", "tag"),
    [
        ("bridge", "", ("", "en-GB"), "en-GB"),
        ("pont", "", ("fr-FR", "en-US"), "fr-FR"),
        ("Port", "", ("", "ar"), "en-US"),
        ("ميناء", "Arabic", ("", "en-US"), "ar-SA"),
        ("بندر", "Arabic", ("fa", "en-US"), "fa-IR"),
        ("橋", "Han", ("", "en-US"), "zh-CN"),
        ("橋", "Han", ("zh-TW", "en-US"), "zh-TW"),
        ("橋は", "Han", ("", "en-US"), "ja-JP"),
        ("мост", "Cyrillic", ("uk-UA", "en-US"), "uk-UA"),
    ],
)
def test_the_language_of_words_is_one_that_is_written_in_their_script(
    text: str, script: str, hints: tuple[str, ...], tag: str
) -> None:
    assert language(script, text, hints) == tag


def test_a_paragraph_runs_as_its_first_letter_does() -> None:
    assert direction("1850: ميناء Port", otherwise=False)
    assert not direction("Port ميناء", otherwise=True)
    assert direction("1850", otherwise=True)
    assert [runs_right_to_left(tag) for tag in ("ar", "fa-IR", "he", "en-US", "ja")] == [True, True, True, False, False]


def test_letters_of_other_scripts_make_lines_higher() -> None:
    plain, wide = Paragraph((TextRun("bridge"),), 18), Paragraph((TextRun("橋"),), 18)
    assert line_of("bridge – ’") == 0.0
    assert Face().height((wide,), 5) > Face().height((plain,), 5)


def test_a_mirrored_slide_mirrored_again_is_the_slide() -> None:
    box = TextBox("Box", Rect(1, 2, 3, 1), inset=(0.1, 0.2, 0.3, 0.4))
    line = Line("Line", 1, 1, 2, 1, Colour("tx1"))
    slide = Slide("content", "T", (box, line, Group("Group", "a group", Rect(1, 2, 3, 1), (box, line))))
    turned = mirrored(slide, 13)
    first = turned.shapes[0]
    assert isinstance(first, TextBox)
    assert (first.at, first.inset) == (Rect(9, 2, 3, 1), (0.3, 0.2, 0.1, 0.4))
    assert mirrored(turned, 13) == slide


def test_every_run_is_in_the_language_of_its_words(tmp_path: Path) -> None:
    for tree in slides(made(tmp_path, "ar")):
        for run in tree.iter(f"{A}r"):
            tag = run.find(f"{A}rPr").get("lang", "")
            if re.search(r"[\u0600-\u06ff]", "".join(run.itertext())):
                assert tag.startswith("ar")
            elif re.search(r"[A-Za-z]", "".join(run.itertext())):
                assert tag == "en-US"


def test_an_arabic_deck_runs_from_right_to_left(tmp_path: Path) -> None:
    deck = made(tmp_path, "ar")
    bullet = paragraph_of(slides(deck)[-3], HARBOUR).find(f"{A}pPr")
    assert (bullet.get("rtl"), bullet.get("algn")) == ("1", "r")
    assert [table.get("rtl") for tree in slides(deck) for table in tree.iter(f"{A}tblPr")] == ["1", "1"]
    bars = [tree for tree in slides(deck) if "Section colour" in etree.tostring(tree, encoding="unicode")]
    assert bars
    offsets = [
        shape.find(f".//{A}off").get("x") for tree in bars for shape in tree.iter() if named(shape, "Section colour")
    ]
    assert all(int(x) > 11_000_000 for x in offsets)
    assert verify(deck).total > 0
    assert all(one.status == "found" for one in verify(deck).statements)


def named(shape: Any, name: str) -> bool:
    own = shape.find("{*}nvSpPr/{*}cNvPr")
    return own is not None and own.get("name") == name


def test_arabic_words_in_an_english_deck_are_set_as_arabic(tmp_path: Path) -> None:
    tree = slides(made(tmp_path, "en"))[-3]
    paragraph = paragraph_of(tree, HARBOUR)
    assert paragraph.find(f"{A}pPr").get("rtl") == "1"
    assert paragraph.find(f"{A}r/{A}rPr").get("lang") == "ar-SA"
    assert read_deck(tmp_path / "outline.pptx")


def test_the_page_of_slides_marks_words_of_other_languages(tmp_path: Path) -> None:
    made(tmp_path, "en")
    page = (tmp_path / "outline-slides.html").read_text("utf-8")
    assert f'<span lang="ar-SA">{HARBOUR}</span>' in page
