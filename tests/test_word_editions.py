"""What editions, questions and pages of the whole add to handouts for word processors."""

from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from test_editions import brief, listed, said
from test_word_handouts import ENDINGS, W, part, read_back, styled, written

from briefgen.build import build
from briefgen.model import Brief, Conflict, Handout, Note, Proof, Question, Questions, Run, Statement, Timeline
from briefgen.problems import Location
from briefgen.renderers.handout.docx import render_docx
from briefgen.renderers.handout.manuscript import manuscript, said_in
from briefgen.renderers.handout.odt import render_odt
from briefgen.renderers.handout.onepage import fitted, shortened
from briefgen.renderers.handout.printed import Answer, PrintedBlock, Sheet
from briefgen.renderers.handout.sheet import sheet
from briefgen.renderers.handout.walk import recounted
from briefgen.results import BuildOptions
from briefgen.verify import verify

HERE = Location("o.yaml", 1, 1)
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
PROOF = Proof("t1", "It rose in May.", "The full note.", "Short")
MATCH = Question(1, "match", 1, "Match them.", (), ("She swam.", "He ran."), ("Bo", "Ada"), (1, 0), (PROOF,))
ORDER = Question(2, "order", 1, "Put in order.", (), ("It fell.", "It rose."), (), (1, 0), (PROOF,))
CLOZE = Question(3, "cloze", 1, "Fill in.", ("It rose in ", "."), (), ("May", "may"), (0,), (PROOF,))
DATE = Question(4, "date", 1, "When?", ("It rose.",), ("1911", "1912"), (), (1,), (PROOF,), "They differ.")


def noted(text: str, *notes: int) -> Statement:
    return replace(said(text), notes=notes)


def with_notes(of: Brief, count: int = 60) -> Brief:
    return replace(of, notes=tuple(Note(n, "s", (Run(f"Full {n}."),), f"Short {n}") for n in range(1, count)))


def document(of: Brief, printed: Sheet) -> Any:
    return part(written(of, "docx", printed), "word/document.xml")


def headings(tree: Any) -> list[str]:
    return styled(tree, "Heading1")


def changed(of: Brief, edition: str | None = None, **more: object) -> Sheet:
    """The sheet of a brief with other parts."""
    return replace(sheet(of, "student" if edition == "student" else "instructor" if edition else None), **more)


def first_section(printed: Sheet, **more: object) -> Sheet:
    return replace(printed, sections=(replace(printed.sections[0], **more), *printed.sections[1:]))


# Sections ------------------------------------------------------------------------------------------------------------


def test_talking_points_stand_under_minutes_and_slides_before_the_opening() -> None:
    of = brief(listed(said("It rose."), said("It fell.")))
    of = replace(of, sections=(replace(of.sections[0], opening=(said("It flows."),), minutes=7),))
    shown = [one.text for one in sheet(of, "instructor").sections[0].points[0].runs]
    printed = first_section(sheet(of, "instructor"), slides=(4, 5, 6, 9))
    tree = document(of, printed)
    assert styled(tree, "TalkLabel") == ["Talking points · 7 minutes · slides 4–6, 9"]
    assert shown == ["It rose."]
    assert [one[:8] for one in styled(tree, "TalkingPoint") + styled(tree, "LastTalkingPoint")] == [
        "It rose.",
        "It fell.",
    ]
    texts = ["".join(one.itertext()) for one in tree.iter(f"{W}p")]
    assert texts.index(styled(tree, "TalkLabel")[0]) < next(at for at, one in enumerate(texts) if "It flows" in one)


def test_students_have_lines_to_write_on_under_a_section() -> None:
    of = brief(listed(said("It rose.")))
    tree = document(of, first_section(sheet(of, "student"), lines=4))
    assert styled(tree, "WritingLabel") == ["Your notes"]
    assert (len(styled(tree, "WritingLine")), len(styled(tree, "LastWritingLine"))) == (3, 1)
    assert styled(document(of, sheet(of)), "WritingLabel") == []


def test_an_instructor_needs_no_lines_under_questions() -> None:
    of = brief([Questions("", ("Why?",), HERE)])
    assert len(styled(document(of, sheet(of, "student")), "WritingLine")) == 2
    assert styled(document(of, sheet(of, "instructor")), "WritingLine") == []


@pytest.mark.parametrize("ending", ENDINGS)
def test_slides_stand_after_the_marks_and_are_no_part_of_a_passage(ending: str, tmp_path: Path) -> None:
    one = said("It rose.")
    of = replace(brief(listed(one)), places={one.id: (3, 4)})
    printed = sheet(of, "instructor")
    assert "It rose." in read_back(written(of, ending, printed), ending, tmp_path)
    assert any("slides\u00a03,\u00a04" in text for text in styled(document(of, printed), "Passage"))


def test_a_note_stands_with_its_passage_and_talking_points_refer_to_it() -> None:
    blocks = listed(noted("It rose.", 1), noted("It fell.", 2), noted("It stood.", 3))
    of = with_notes(brief(blocks))
    made = manuscript(of, sheet(of, "instructor"), {})
    assert made.notes == (1, 2, 3)
    assert made.counts_itself
    tree = document(of, sheet(of, "instructor"))
    marked = [one for one in tree.iter(f"{W}p") if next(one.iter(f"{W}footnoteReference"), None) is not None]
    assert {one.find(f"{W}pPr/{W}pStyle").get(f"{W}val") for one in marked} == {"Passage"}


def test_a_note_of_a_talking_point_alone_stands_there() -> None:
    of = with_notes(brief(listed(noted("It rose.", 1))))
    printed = sheet(of, "instructor")
    points = printed.sections[0].points
    printed = first_section(printed, blocks=())
    assert points
    assert manuscript(of, printed, {}).notes == (1,)


# Languages -----------------------------------------------------------------------------------------------------------


def in_language(of: Brief, tag: str) -> Brief:
    return replace(of, sources=(replace(of.sources[0], language=tag),))


def test_a_passage_in_another_language_is_marked_as_such() -> None:
    of = in_language(brief(listed(said("Der Fluss stieg."))), "de")
    (run,) = (run for run in document(of, sheet(of)).iter(f"{W}r") if run.findtext(f"{W}t") == "Der Fluss stieg.")
    assert run.find(f"{W}rPr/{W}lang").get(f"{W}val") == "de"
    content = part(written(of, "odt", sheet(of)), "content.xml")
    languages = {one.get(f"{FO}language") for one in content.iter(f"{STYLE}text-properties")}
    assert "de" in languages


@pytest.mark.parametrize("tag", ["en", "en-GB", ""])
def test_a_passage_in_the_language_of_the_document_is_not_marked(tag: str) -> None:
    of = in_language(brief(listed(said("The river rose."))), tag)
    (run,) = (run for run in document(of, sheet(of)).iter(f"{W}r") if run.findtext(f"{W}t") == "The river rose.")
    assert run.find(f"{W}rPr/{W}lang") is None


def test_a_passage_in_persian_is_in_persian_with_its_full_stop() -> None:
    of = in_language(brief(listed(said("رود بالا آمد."))), "fa")
    (run,) = (run for run in document(of, sheet(of)).iter(f"{W}r") if run.findtext(f"{W}t") == "رود بالا آمد.")
    assert run.find(f"{W}rPr/{W}lang").get(f"{W}bidi").startswith("fa")
    assert run.find(f"{W}rPr/{W}rtl") is not None


def test_a_comma_after_a_foreign_word_is_not_of_it() -> None:
    of = brief(listed(said("They call it نهر, a river.")))
    shown = [run for run in document(of, sheet(of)).iter(f"{W}r") if "نهر" in (run.findtext(f"{W}t") or "")]
    assert [run.findtext(f"{W}t") for run in shown] == ["نهر"]


# The pages at the end ------------------------------------------------------------------------------------------------


def test_the_pages_of_the_whole_stand_under_headings_after_what_the_sources_differ_on() -> None:
    events = tuple(said(f"The river rose on 3 May 19{year}.", dated=True) for year in (11, 12, 13))
    of = brief([Timeline("", events[:2], HERE)], listed(events[2]), conflicts=(Conflict("when", (events[0].id,)),))
    printed = sheet(of)
    assert [block.title for block in printed.appendix] == ["Chronology"]
    assert headings(document(of, printed))[-2:] == ["Where the sources differ", "Chronology"]


def test_notes_of_the_pages_of_the_whole_are_those_of_the_sections() -> None:
    events = tuple(noted(f"The river rose on 3 May 19{year}.", number) for number, year in enumerate((11, 12, 13), 1))
    of = with_notes(brief([Timeline("", events[:2], HERE)], listed(events[2])))
    block = PrintedBlock("timeline", "Chronology", tuple((one,) for one in tuple(said_in(sheet(of)))[:3]))
    printed = recounted(replace(sheet(of), appendix=(block,)))
    assert manuscript(of, printed, {}).notes == (1, 2, 3)


@pytest.mark.parametrize("ending", ENDINGS)
def test_people_and_terms_of_the_whole_are_read_back(ending: str, tmp_path: Path) -> None:
    of = brief(listed(said("She swam."), said("a gate in the river")))
    one, two = said_in(sheet(of))
    people = PrintedBlock("people", "People", ((one,),), names=("Ada Lind",), dead=(True,))
    terms = PrintedBlock("glossary", "Glossary", ((two,),), names=("sluice",))
    shown = read_back(written(of, ending, changed(of, appendix=(people, terms))), ending, tmp_path)
    assert {"People", "Ada Lind † She swam.", "Glossary", "sluice", "a gate in the river"} <= set(shown)


def test_the_answers_have_the_blanks_numbers_words_and_notes() -> None:
    of = with_notes(brief(listed(noted("It rose.", 1))))
    tree = document(of, changed(of, "instructor", answers=(Answer(2, "3 May 1911", (1, 9)),)))
    assert headings(tree)[-1] == "Answers"
    rows = [
        ["".join(text.text or "" for text in cell.iter(f"{W}t")) for cell in row.iter(f"{W}tc")]
        for row in tree.iter(f"{W}tr")
    ]
    assert rows == [["Blank", "Words", "Notes"], ["2", "3 May 1911", "1, 9"]]


def test_what_was_left_out_is_said_at_the_end() -> None:
    of = brief(listed(said("It rose.")))
    tree = document(of, changed(of, left_out="Left out for room: 2 passages."))
    assert styled(tree, "LeftOut") == ["Left out for room: 2 passages."]
    assert "".join(list(tree.iter(f"{W}p"))[-1].itertext()) == "Left out for room: 2 passages."


def test_students_are_told_to_fill_in_the_blanks() -> None:
    of = brief(listed(said("It rose.")))
    for edition, told in (("student", True), ("instructor", False)):
        (how,) = styled(document(of, changed(of, edition)), "HowtoRead")
        assert how.endswith(" Fill in the numbered blanks from the lecture.") == told


# Questions -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_students_get_the_questions_without_their_keys(ending: str, tmp_path: Path) -> None:
    of = brief(listed(said("Elsewhere.")))
    shown = read_back(written(of, ending, changed(of, "student", quiz=(MATCH, ORDER, CLOZE, DATE))), ending, tmp_path)
    plain = [one.replace("\u200b", "") for one in shown]
    blank, letter = "_" * 20, "_" * 8
    assert plain[plain.index("Questions") + 1 :][:14] == [
        *("Match them.", f"She swam. – {blank}", f"He ran. – {blank}", "Bo · Ada"),
        *("Put in order.", "It fell.", "It rose.", f"{letter} → {letter}"),
        *("Fill in.", f"It rose in {'_' * 16}."),
        *("When?", "It rose.", "1911", "1912"),
    ]
    assert not any(one.startswith("Key:") for one in plain)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_instructor_gets_each_key_with_its_proof(ending: str, tmp_path: Path) -> None:
    of = brief(listed(said("Elsewhere.")))
    quiz = (MATCH, ORDER, CLOZE, DATE)
    shown = read_back(written(of, ending, changed(of, "instructor", quiz=quiz)), ending, tmp_path)
    assert [one for one in shown if one.startswith("Key:")] == [
        "Key: A Ada · B Bo",
        "Key: B → A",
        "Key: May, or may",
        "Key: B 1912 They differ.",
    ]
    assert shown.count("“It rose in May.” Short") == len(quiz)
    assert "Questions, with the key" in shown
    assert "She swam. – Ada" in shown


def test_the_options_of_a_question_are_lettered_and_set_in_a_little() -> None:
    of = brief(listed(said("Elsewhere.")))
    numbering = part(written(of, "docx", changed(of, "student", quiz=(DATE,))), "word/numbering.xml")
    levels = [one for one in numbering.iter(f"{W}lvl") if one.find(f"{W}numFmt").get(f"{W}val") == "upperLetter"]
    second = next(one for one in levels if one.get(f"{W}ilvl") == "1")
    assert second.find(f"{W}pPr/{W}ind").get(f"{W}left") == "680"


def test_a_question_stays_on_its_page() -> None:
    of = brief(listed(said("Elsewhere.")))
    tree = document(of, changed(of, "student", quiz=(DATE, CLOZE)))
    assert styled(tree, "QuizText") == ["It rose.", "1911"]
    assert [one.replace("\u200b", "") for one in styled(tree, "LastQuizText")] == ["1912", f"It rose in {'_' * 16}."]


# One sheet -----------------------------------------------------------------------------------------------------------


def long() -> Brief:
    sections = [
        listed(*(said(f"In its year {part}{one} the river rose and fell again.") for one in range(60))) for part in "ab"
    ]
    return brief(*sections, handout=Handout(one_page=True))


def test_one_sheet_is_shortened_and_small_in_both_formats(tmp_path: Path) -> None:
    of = long()
    for ending, data in (("docx", render_docx(of)[0]), ("odt", render_odt(of)[0])):
        shown = read_back(data, ending, tmp_path)
        kept = fitted(sheet(of), of, footnotes=True)
        assert kept.left_out
        assert kept.left_out in shown
        assert sum("the river rose" in one for one in shown) == len(list(said_in(kept)))
    styles = part(render_docx(of)[0], "word/styles.xml")
    (normal,) = (one for one in styles.iter(f"{W}style") if one.get(f"{W}styleId") == "Normal")
    assert normal.find(f"{W}rPr/{W}sz").get(f"{W}val") == "18"
    page = part(render_docx(of)[0], "word/document.xml").find(f".//{W}pgMar")
    assert page.get(f"{W}top") == "680"
    styles = part(render_odt(of)[0], "styles.xml")
    (normal,) = (one for one in styles.iter(f"{STYLE}style") if one.get(f"{STYLE}name") == "Standard")
    assert normal.find(f"{STYLE}text-properties").get(f"{FO}font-size") == "9pt"


def test_footnotes_take_more_room_than_endnotes_in_columns() -> None:
    blocks = [listed(*(noted(f"In year {at} it rose.", at) for at in range(1, 59)))]
    of = with_notes(brief(*blocks))
    at_foot, at_end = fitted(sheet(of), of, footnotes=True), fitted(sheet(of), of)
    assert len(list(said_in(at_foot))) < len(list(said_in(at_end)))


def test_questions_made_from_statements_are_the_first_to_go() -> None:
    of = brief(listed(said("It rose."), said("It fell.")))
    made = shortened(changed(of, "instructor", quiz=(DATE,)), 1)
    assert made.quiz == ()
    assert "the questions" in made.left_out


def test_many_questions_are_too_much_for_one_sheet() -> None:
    of = brief(listed(said("It rose."), said("It fell.")))
    quiz = tuple(replace(DATE, number=number) for number in range(1, 40))
    assert fitted(changed(of, "student", quiz=quiz), of).quiz == ()
    assert fitted(changed(of, "student", quiz=quiz[:3]), of).quiz == quiz[:3]


def test_a_mark_of_several_digits_has_an_element_for_each() -> None:
    of = with_notes(brief(listed(noted("It rose.", 43), noted("It fell.", 7))))
    tree = document(of, sheet(of))
    marks = [[one.text for one in mark.getparent().iter(f"{W}t")] for mark in tree.iter(f"{W}footnoteReference")]
    assert marks == [["4", "3"], ["7"]]


# Whole builds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["canal", "chess", "harald", "lighthouse", "reef"])
def test_both_editions_of_a_sample_are_verified_and_number_their_notes_as_the_evidence(
    name: str, tmp_path: Path
) -> None:
    outline = (SAMPLES / name / "outline.yaml").read_text("utf-8")
    path = tmp_path / "outline.yaml"
    path.write_text(outline + "\nhandout: {editions: [student, instructor], questions: 10}\n", "utf-8")
    sources = (str(SAMPLES / name),)
    build(path, BuildOptions(formats=ENDINGS, out=tmp_path, sources=sources))
    for edition in ("student", "instructor"):
        for ending in ENDINGS:
            report = verify(tmp_path / f"outline-handout-{edition}.{ending}")
            assert {one.status for one in report.statements} == {"found"}
        tree = part((tmp_path / f"outline-handout-{edition}.docx").read_bytes(), "word/document.xml")
        assert not any(one.get(f"{W}customMarkFollows") for one in tree.iter(f"{W}footnoteReference"))


@settings(max_examples=15, deadline=None)
@given(texts=st.lists(st.text(min_size=1, max_size=30), min_size=4, max_size=4))
def test_any_words_of_questions_and_answers_give_a_file(texts: list[str]) -> None:
    of = brief(listed(said("It rose.")))
    ask, stem, option, reason = texts
    quiz = (replace(DATE, ask=ask, stem=(stem,), options=(option, stem), reason=reason),)
    printed = changed(of, "instructor", quiz=quiz, answers=(Answer(1, option, ()),), left_out=reason)
    for ending in ENDINGS:
        assert written(of, ending, printed)
