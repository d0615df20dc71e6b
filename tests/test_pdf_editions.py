"""What a PDF has of the editions of a handout: questions with their options, keys, answers, and lines to write on."""

from typing import Any

import pypdfium2
from msgspec.structs import replace
from test_handout import HERE, brief, said
from test_handout_pdf import faults, kinds, rendered, tags, text
from test_word_editions import CLOZE, DATE, MATCH, ORDER

from briefgen.model import Brief, Bullets, Conflict, Edition, Questions
from briefgen.renderers.handout.pdf import render_pdf
from briefgen.renderers.handout.printed import Answer, PrintedBlock
from briefgen.renderers.handout.sheet import sheet

BULLETS = Bullets("", (said("It rose.", at=1, notes=(1,)), said("It fell.", at=2, notes=(2,))), HERE)


def printed(edition: Edition, of: Brief | None = None, **more: Any) -> bytes:
    """An edition with other parts."""
    of = of or brief(BULLETS)
    data, problems = render_pdf(of, {}, replace(sheet(of, edition), **more))
    assert problems == ()
    return data


def lines(data: bytes) -> list[str]:
    """The lines as they stand on the pages."""
    with pypdfium2.PdfDocument(data) as document:
        return [
            line.strip(" \u2060") for one in document for line in one.get_textpage().get_text_bounded().splitlines()
        ]


def test_each_option_of_a_question_is_an_item_of_a_list() -> None:
    data = printed("student", quiz=(DATE,))
    assert faults(data) == []
    shown = lines(data)
    assert [line for line in shown if line.startswith(("A.", "B."))] == ["A. 1911", "B. 1912"]
    bare, asked = ([str(one.S) for one in tags(printed("student", quiz=quiz))] for quiz in ((CLOZE,), (DATE,)))
    assert asked.count("/L") == bare.count("/L") + 1
    assert asked.count("/LI") == bare.count("/LI") + 2


def test_students_have_spaces_to_answer_in_and_no_key() -> None:
    shown = lines(printed("student", quiz=(MATCH, ORDER, CLOZE)))
    assert f"A. She swam. – {'_' * 20}" in shown
    assert "Bo · Ada" in shown
    assert f"It rose in {'_' * 16}." in shown
    assert any(line.count("→") == 1 and line.startswith("____") for line in shown)
    assert not any("Key:" in line for line in shown)


def test_instructors_have_each_key_with_its_proof_below_the_options() -> None:
    data = printed("instructor", quiz=(MATCH, ORDER, CLOZE, DATE))
    assert faults(data) == []
    shown = lines(data)
    keys = [line for line in shown if line.startswith("Key:")]
    assert keys == ["Key: A Ada · B Bo", "Key: B → A", "Key: May, or may", "Key: B 1912 They differ."]
    assert shown.count("“It rose in May.” Short") == 4
    assert "A. She swam. – Ada" in shown
    assert shown.index("B. 1912") < shown.index("Key: B 1912 They differ.")


def test_answers_are_counted_by_their_blanks() -> None:
    shown = lines(printed("instructor", answers=(Answer(1, "May", (1,)), Answer(2, "1912", (2,)))))
    assert [line for line in shown if line.startswith(("1. May", "2. 1912"))] == ["1. May", "2. 1912"]


def test_lines_for_notes_have_no_number_and_are_as_many_as_elsewhere() -> None:
    data = rendered(brief(BULLETS), edition="student")
    (section,) = sheet(brief(BULLETS), "student").sections
    with pypdfium2.PdfDocument(data) as document:
        shapes = [shape.get_bounds() for one in document for shape in one.get_objects(filter=[2])]
    wide = [bounds for bounds in shapes if 350 < bounds[2] - bounds[0] < 450]
    assert len(wide) == section.lines == 5
    assert "Your notes" in text(data)
    assert not any(line.startswith("1.") for line in lines(data))


def test_an_instructor_needs_no_lines_under_questions() -> None:
    of = brief(Questions("", ("Why?", "How?"), HERE))
    counts = []
    for edition in (None, "student", "instructor"):
        with pypdfium2.PdfDocument(rendered(of, edition=edition)) as document:
            shapes = [shape.get_bounds() for one in document for shape in one.get_objects(filter=[2])]
        counts.append(sum(350 < bounds[2] - bounds[0] < 450 for bounds in shapes))
    assert counts == [6, 6, 0]


def test_the_pages_at_the_end_follow_what_the_sources_differ_on_as_in_other_formats() -> None:
    of = replace(brief(BULLETS, Questions("", ("Why?",), HERE)), conflicts=(Conflict("when it rose", ("It rose.",)),))
    chronology = PrintedBlock(
        "timeline", "Chronology", tuple((one,) for one in sheet(of).sections[0].blocks[0].rows[0])
    )
    shown = lines(printed("instructor", of, appendix=(chronology,), quiz=(DATE,), answers=(Answer(1, "May", (1,)),)))
    heads = ("Where the sources differ", "Chronology", "Questions, with the key", "Answers", "Sources")
    places = [shown.index(head) for head in heads]
    assert places == sorted(places)


def test_students_are_told_to_fill_in_the_blanks() -> None:
    told = "Fill in the numbered blanks from the lecture."
    assert told in text(printed("student"))
    assert told not in text(printed("instructor"))
    assert "/Note" in kinds(printed("student"))
