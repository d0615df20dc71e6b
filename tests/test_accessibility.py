"""Whether everybody can read a deck: briefgen's own decks, and presentations made badly."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pptx import Presentation
from pptx.dml import color
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Inches

from briefgen.accessibility import check_deck
from briefgen.build import build
from briefgen.cli import main
from briefgen.results import BuildOptions
from briefgen.themes import contrast

RGBColor: Any = color.RGBColor
SAMPLES = Path(__file__).parent / "samples"


def picture() -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(data, "PNG")
    data.seek(0)
    return data


def said(shape: Any, text: str, language: str = "en-US") -> Any:
    shape.text_frame.text = text
    run = shape.text_frame.paragraphs[0].runs[0]
    run._r.get_or_add_rPr().set("lang", language)
    return run


def good(change: Callable[[Any, Any], None] | None, path: Path) -> list[str]:
    """The faults of a presentation of two slides that has none, after a change to it and its second slide."""
    deck = Presentation()
    for number in (1, 2):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        said(slide.shapes.title, f"Slide {number}")
    if change:
        change(deck, slide)
    deck.save(str(path))
    return [problem.message for problem in check_deck(path)]


def untitled(_: Any, slide: Any) -> None:
    slide.shapes.title.text_frame.text = ""


def same_title(_: Any, slide: Any) -> None:
    said(slide.shapes.title, "slide  1")


def undescribed(_: Any, slide: Any) -> None:
    shown = slide.shapes.add_picture(picture(), Inches(1), Inches(3))
    shown._element.nvPicPr.cNvPr.set("descr", "")


def named_after_file(_: Any, slide: Any) -> None:
    shown = slide.shapes.add_picture(picture(), Inches(1), Inches(3))
    shown._element.nvPicPr.cNvPr.set("descr", "../holiday snaps/img_0012.JPG")


def headless(_: Any, slide: Any) -> None:
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(3), Inches(4), Inches(1)).table
    table.first_row = False


def disordered(_: Any, slide: Any) -> None:
    said(slide.shapes.add_textbox(Inches(1), Inches(5), Inches(3), Inches(1)), "Second")
    said(slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1)), "First")


def speechless(_: Any, slide: Any) -> None:
    slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1)).text_frame.text = "Bonjour"


def pale(_: Any, slide: Any) -> None:
    box = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1))
    said(box, "Faint").font.color.rgb = RGBColor(0xCC, 0xCC, 0xCC)


def pale_by_theme(_: Any, slide: Any) -> None:
    box = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1))
    box.fill.solid()
    box.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_1
    said(box, "Faint").font.color.theme_color = MSO_THEME_COLOR.ACCENT_1


def on_a_dark_shape(_: Any, slide: Any) -> None:
    under = slide.shapes.add_shape(1, Inches(1), Inches(3), Inches(4), Inches(2))
    under.fill.solid()
    under.fill.fore_color.rgb = RGBColor(0x10, 0x10, 0x10)
    said(under, "Light").font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
    box = slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1))
    said(box, "Dark").font.color.rgb = RGBColor(0, 0, 0)


def vague(_: Any, slide: Any) -> None:
    run = said(slide.shapes.add_textbox(Inches(1), Inches(3), Inches(3), Inches(1)), "click here")
    run.hyperlink.address = "https://example.org"
    run.font.color.rgb = RGBColor(0, 0, 0)


def many(deck: Any, _: Any) -> None:
    for number in range(3, 20):
        said(deck.slides.add_slide(deck.slide_layouts[5]).shapes.title, f"Slide {number}")


def decorative(_: Any, slide: Any) -> None:
    shown = slide.shapes.add_picture(picture(), Inches(1), Inches(3))
    shown._element.nvPicPr.cNvPr.set("descr", "A red square")


@pytest.mark.parametrize("change", [None, decorative], ids=["two slides", "a picture with a description"])
def test_a_deck_that_everybody_can_read_has_no_fault(change: Any, tmp_path: Path) -> None:
    assert good(change, tmp_path / "deck.pptx") == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (untitled, "slide 2 has no title"),
        (same_title, "slide 2 has the title of slide 1"),
        (undescribed, "has no alternative text"),
        (named_after_file, "has an alternative text that says nothing"),
        (headless, "is a table without a header row"),
        (disordered, "slide 2 reads 'TextBox 2' before 'TextBox 3', which stands above it"),
        (speechless, "has words of no language: 'Bonjour'"),
        (pale, "1.6:1 (#CCCCCC on #FFFFFF)"),
        (pale_by_theme, "1.0:1"),
        (on_a_dark_shape, "(#000000 on #101010): 'Dark'"),
        (vague, "has a link that does not say where it leads: 'click here'"),
        (many, "19 slides are in no sections"),
    ],
)
def test_each_thing_that_keeps_somebody_from_reading_is_told(change: Any, fault: str, tmp_path: Path) -> None:
    found = good(change, tmp_path / "deck.pptx")
    assert [fault in one for one in found] == [True]


@pytest.mark.parametrize("outline", sorted(SAMPLES.glob("*/outline.yaml")), ids=lambda path: path.parent.name)
def test_everybody_can_read_the_decks_that_are_built(outline: Path, tmp_path: Path) -> None:
    build(outline, BuildOptions(out=tmp_path, formats=("pptx",)))
    assert check_deck(tmp_path / f"{outline.stem}.pptx") == ()


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("000000", "FFFFFF", 21.0), ("777777", "FFFFFF", 4.48), ("FFFFFF", "FFFFFF", 1.0)]
)
def test_contrast_is_that_of_the_guidelines(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.01)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_presentations_are_one_problem_or_read(tmp_path_factory: Any, data: st.DataObject) -> None:
    path = tmp_path_factory.mktemp("decks") / "deck.pptx"
    good(disordered, path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = data.draw(st.sampled_from(sorted(name for name in parts if name.endswith((".xml", ".rels")))))
    at = data.draw(st.integers(0, len(parts[name]) - 1))
    parts[name] = parts[name][:at] + data.draw(st.binary(max_size=6)) + parts[name][at + 3 :]
    with zipfile.ZipFile(path, "w") as package:
        for one, content in parts.items():
            package.writestr(one, content)
    assert all(problem.severity == "error" for problem in check_deck(path))


def test_the_command_prints_the_faults_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "deck.pptx"
    good(untitled, path)
    assert main(["check", "--built", str(path)]) == 1
    assert f"{path}: error: slide 2 has no title" in capsys.readouterr().err
    good(None, path)
    assert main(["check", "--built", str(path)]) == 0
    assert main(["check"]) == 2
    assert main(["check", "--built", str(tmp_path / "none.pptx")]) == 1
    assert "No such file" in capsys.readouterr().err
