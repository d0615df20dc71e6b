"""The check that text stays in its boxes: it must see what is wrong, and nothing that is right."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from check_fit import Report, Seen, as_json, as_text, check, judged
from check_fit import main as check_all
from dyed_copy import Box, Rect, dyed
from pptx import Presentation
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Inches, Pt

SLIDE = Rect(0, 0, 720, 540)
needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def box(colour: int, *at: float, table: int | None = None, name: str = "", slide: int = 1) -> Box:
    return Box(slide, name or f"Box {colour}", Rect(*at), "Words", colour, table)


def seen(*at: float, size: float = 10.0, ground: Rect | None = None) -> Seen:
    return Seen([Rect(*at)], [Rect(*at)], size, ground)


def names(report: Report, kind: str) -> list[str]:
    return [one.box for one in getattr(report, kind)]


def test_a_text_is_over_when_it_is_out_of_its_box_by_more_than_a_line() -> None:
    boxes = [box(1, 100, 100, 200, 150), box(2, 100, 200, 200, 250), box(3, 100, 300, 200, 350)]
    drawn = {1: seen(100, 100, 200, 150), 2: seen(100, 200, 200, 260), 3: seen(100, 290, 200, 360)}
    report = judged("deck", boxes, drawn, SLIDE)
    assert names(report, "over") == ["Box 3"]
    assert names(report, "spilled") == ["Box 2"]
    assert not report.passed


def test_one_box_in_two_hundred_may_be_over() -> None:
    boxes = [box(n, 100, 100, 200, 150, slide=n) for n in range(1, 401)]
    drawn = {one.colour: seen(100, 100, 200, 150) for one in boxes}
    for over, passed in ((2, True), (3, False)):
        more = {n: seen(100, 100, 200, 200) for n in range(1, over + 1)}
        report = judged("deck", boxes, {**drawn, **more}, SLIDE)
        assert len(report.over) == over
        assert report.passed == passed


def test_ink_off_the_slide_and_a_box_off_the_slide_are_faults() -> None:
    for one, drawn in (
        (box(1, 600, 10, 700, 40), seen(600, 10, 730, 40)),
        (box(1, 700, 10, 730, 40), seen(700, 10, 710, 40)),
    ):
        report = judged("deck", [one], {1: drawn}, SLIDE)
        assert names(report, "off_the_slide") == ["Box 1"]
        assert not report.passed


def test_a_table_that_grows_into_what_stands_below_it_is_named_and_one_with_room_is_not() -> None:
    cells = [box(1, 0, 0, 100, 20, table=1, name="Table"), box(2, 0, 20, 100, 40, table=1, name="Table")]
    drawn = {1: seen(0, 0, 50, 12, ground=Rect(0, 0, 100, 20)), 2: seen(0, 20, 50, 32, ground=Rect(0, 20, 100, 90))}
    for top, met in ((80, ["Table"]), (100, [])):
        below = box(3, 0, top, 100, 120, name="Notes")
        report = judged("deck", [*cells, below], {**drawn, 3: seen(0, 101, 50, 112)}, SLIDE)
        assert names(report, "tables_into_others") == met


def test_text_that_lies_on_other_text_is_named_on_its_slide_only() -> None:
    boxes = [box(1, 0, 0, 100, 20), box(2, 0, 10, 100, 30), box(3, 0, 0, 100, 20, slide=2)]
    drawn = {1: seen(0, 0, 50, 20), 2: seen(20, 10, 70, 30), 3: seen(0, 0, 50, 20)}
    (found,) = judged("deck", boxes, drawn, SLIDE).overlaps
    assert (found.box, found.other) == ("Box 1", "Box 2")


def test_text_of_which_nothing_is_drawn_is_counted() -> None:
    assert names(judged("deck", [box(1, 0, 0, 10, 10)], {}, SLIDE), "unseen") == ["Box 1"]


def test_a_report_is_told_in_words_and_as_data() -> None:
    report = judged("deck", [box(1, 100, 100, 200, 150)], {1: seen(100, 100, 200, 250)}, SLIDE)
    first, *others = as_text(report)
    assert first.startswith("deck: 1 boxes, 1 over by more than a line, 0 off the slide")
    assert others == ["    slide 1, Box 1: over by 100 pt: Words"]
    told = json.loads(as_json(report))
    assert told["passed"] is False
    assert told["over"][0]["by"] == 100.0


def test_a_file_that_is_no_deck_is_a_fault_and_no_deck_named_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name)
    wrong = tmp_path / "wrong.pptx"
    wrong.write_bytes(b"PK\x03\x04 nothing")
    assert check_all([str(wrong)]) == 1
    assert "not a presentation that can be read" in capsys.readouterr().out
    assert check_all([]) == 2
    assert check_all(["--all", str(wrong)]) == 2


# As LibreOffice draws them ---------------------------------------------------------------------------------------


def deck(path: Path, *slides: Callable[[Any], None]) -> Path:
    made = Presentation()
    for fill in slides:
        fill(made.slides.add_slide(made.slide_layouts[6]))
    made.save(str(path))
    return path


def text(slide: Any, words: str, *at: float, size: float = 18, name: str = "") -> Any:
    shape = slide.shapes.add_textbox(*map(Inches, at))
    shape.name = name or words[:10]
    shape.text_frame.word_wrap = True
    shape.text_frame.text = words
    shape.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
    return shape


def good(slide: Any) -> None:
    text(slide, "A line of words that is short.", 1, 1, 6, 0.5)
    text(slide, "جسر 橋 สะพาน 🚢", 1, 2, 6, 0.5)


def overfull(slide: Any) -> None:
    shape = text(slide, "More words than the box has room for. " * 9, 1, 1, 3, 0.6, name="Overfull")
    shape.text_frame.auto_size = MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
    grown = text(slide, "Words in a shape that would grow with them. " * 9, 5, 1, 3, 0.6, name="Grown")
    grown.text_frame.auto_size = MSO_AUTO_SIZE.SHAPE_TO_FIT_TEXT


def off(slide: Any) -> None:
    shape = text(slide, "Words that run out at the right.", 8.5, 1, 1.2, 0.5, name="Off")
    shape.text_frame.word_wrap = False


def grown(slide: Any) -> None:
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1))
    table.name = "Table"
    table.table.cell(1, 1).text = "Many words in a narrow cell. " * 9
    text(slide, "Below the table", 3, 2.1, 2, 0.5, name="Below")


def apart_in_a_group(slide: Any) -> None:
    group = slide.shapes.add_group_shape()
    shape = group.shapes.add_textbox(Inches(1), Inches(1), Inches(6), Inches(0.5))
    shape.text_frame.text = "In a group"
    group.left, group.top = Inches(2), Inches(3)


@needs_libreoffice
def test_what_is_wrong_with_a_deck_is_seen_where_it_is_wrong(tmp_path: Path) -> None:
    report = check(deck(tmp_path / "deck.pptx", good, overfull, off, grown, apart_in_a_group))
    assert not report.fault
    assert [(one.slide, one.box) for one in report.over] == [(2, "Overfull"), (2, "Grown"), (3, "Off"), (4, "Table")]
    assert {(one.slide, one.box) for one in report.off_the_slide} == {(3, "Off")}
    assert [(one.slide, one.box, one.other) for one in report.tables_into_others] == [(4, "Table", "Below")]
    assert [(one.slide, one.box, one.other) for one in report.overlaps] == [(4, "Table", "Below")]
    assert report.unseen == ()
    assert not report.passed


def test_the_copy_has_a_colour_for_each_box_and_nothing_that_shrinks_or_grows(tmp_path: Path) -> None:
    path = deck(tmp_path / "deck.pptx", good, overfull, off, grown, apart_in_a_group)
    made = dyed(path, tmp_path / "copy.pptx")
    assert [one.colour for one in made.boxes] == list(range(1, len(made.boxes) + 1))
    assert made.count == 5
    in_group = made.boxes[-1].at
    assert (in_group.left, in_group.top) == (144.0, 216.0)
    xml = "".join(slide.element.xml for slide in Presentation(str(tmp_path / "copy.pptx")).slides)
    assert "normAutofit" not in xml
    assert "spAutoFit" not in xml
    assert all(f'"{one.colour:06X}"' in xml for one in made.boxes)
