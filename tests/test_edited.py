"""Files that somebody edited after they were built: what was changed, taken out, moved or added, and nothing else."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES
from pptx import Presentation
from pptx.util import Inches
from test_verify import DECK, EVIDENCE, HANDOUT, evidence, holding, lost, replaced, rewritten

from briefgen.build import build
from briefgen.cli import main
from briefgen.evidence import StatementRecord
from briefgen.outputs import compared, read_deck, read_handout, read_slides_page
from briefgen.outputs.written import paragraphs_of
from briefgen.results import BuildOptions
from briefgen.verify import VerifyReport, verify
from briefgen.verify.difference import difference

WORD, OPEN = "outline-handout.docx", "outline-handout.odt"
KEY, SLIDES = "outline-quiz-key.html", "outline-slides.html"
ALL = ("pptx", "html", "docx", "odt", "slides-html", "quiz")
Deck = Any


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with all files that can be edited. To be read, not changed."""
    folder = Path(shutil.copytree(SAMPLES / "canal", tmp_path_factory.mktemp("edited") / "project"))
    build(folder / "outline.yaml", BuildOptions(ALL, folder / "output"))
    return folder


@pytest.fixture
def made(made_once: Path, tmp_path: Path) -> Path:
    """The outputs of a project of a test's own."""
    return Path(shutil.copytree(made_once, tmp_path / "project")) / "output"


def edited(made: Path, change: Callable[[Deck], None]) -> VerifyReport:
    """What verifying says of the deck after it was changed by python-pptx."""
    deck = Presentation(str(made / DECK))
    change(deck)
    deck.save(str(made / DECK))
    return verify(made / DECK)


def paragraph(deck: Deck, words: str) -> Any:
    """The first paragraph of the deck that holds the words."""
    shapes = (shape for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    return next(one for shape in shapes for one in shape.text_frame.paragraphs if words in one.text)


def only_bullet(made: Path, words: str) -> StatementRecord:
    (statement,) = (one for one in evidence(made).statements if words in one.text and not one.cells)
    return statement


def wrong(report: VerifyReport) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """The statements that are not found, and the texts that are new."""
    return lost(report), [one.text for one in report.new]


NOTHING: tuple[dict[str, tuple[str, str]], list[str]] = ({}, [])


@pytest.mark.parametrize("name", [DECK, HANDOUT, WORD, OPEN, KEY, SLIDES, EVIDENCE])
def test_nothing_is_wrong_with_a_file_right_after_it_was_built(made_once: Path, name: str) -> None:
    report = verify(made_once / "output" / name)
    assert wrong(report) == NOTHING
    assert report.problems == ()
    assert report.total


@pytest.mark.parametrize("name", [DECK, HANDOUT, SLIDES])
def test_what_a_build_notes_of_its_words_is_what_is_read_in_the_file(made_once: Path, name: str) -> None:
    path = made_once / "output" / name
    units = {DECK: read_deck, HANDOUT: read_handout, SLIDES: read_slides_page}[name](path)
    assert isinstance(units, tuple)
    read = {one.text for number, one in enumerate(units) if one.of == (number,)} - {""}
    assert read
    assert read <= set(paragraphs_of(name, path.read_bytes()))


def replace_in_runs(made: Path, old: str, new: str) -> Callable[[Deck], None]:
    def change(deck: Deck) -> None:
        for slide in deck.slides:
            for shape in slide.shapes:
                for one in shape.text_frame.paragraphs if shape.has_text_frame else ():
                    for run in one.runs:
                        run.text = run.text.replace(old, new)

    return change


def test_a_word_that_was_changed_is_shown_with_what_it_was_and_where(made: Path) -> None:
    statement = only_bullet(made, "peasants")
    report = edited(made, replace_in_runs(made, "peasants", "volunteers"))
    assert wrong(report) == ({statement.id: ("changed", "output")}, [])
    (changed,) = (one for one in report.statements if one.id == statement.id)
    assert "[-peasants-]{+volunteers+}" in changed.difference
    assert [place.slide for place in changed.places] == [statement.slides[0]]
    assert "volunteers" in changed.now


def test_a_number_that_was_changed_is_shown(made: Path) -> None:
    changed = holding(made, "company from 1858")
    report = edited(made, replace_in_runs(made, "1858", "1859"))
    assert set(lost(report)) == changed
    assert all("from [-1858-]{+1859+} and" in one.difference for one in report.statements if one.id in changed)


def move(deck: Deck, number: int, to: int) -> None:
    ids = deck.slides._sldIdLst
    slide = list(ids)[number]
    ids.remove(slide)
    ids.insert(to, slide)


def test_a_slide_that_was_moved_keeps_its_statements_which_tell_their_new_place(made: Path) -> None:
    last = max(slide for one in evidence(made).statements for slide in one.slides)
    report = edited(made, lambda deck: move(deck, last - 1, 1))
    assert wrong(report) == NOTHING
    moved = [one for one in report.statements if one.detail == f"moved from slide {last}"]
    assert {place.slide for one in moved for place in one.places} == {2}


def test_a_slide_that_was_taken_out_leaves_its_statements_missing_and_changes_no_other(made: Path) -> None:
    number = only_bullet(made, "peasants").slides[0]

    def take_out(deck: Deck) -> None:
        listed = deck.slides._sldIdLst
        listed.remove(list(listed)[number - 1])

    report = edited(made, take_out)
    gone = {one.id for one in evidence(made).statements if one.slides == (number,)}
    assert set(lost(report)) <= gone
    assert set(lost(report).values()) == {("missing", "output")}
    assert report.new == ()


def test_a_slide_that_stands_there_twice_is_no_new_text(made: Path) -> None:
    def double(deck: Deck) -> None:
        first = deck.slides[only_bullet(made, "peasants").slides[0] - 1]
        copy = deck.slides.add_slide(first.slide_layout)
        for shape in list(copy.shapes):
            shape._element.getparent().remove(shape._element)
        for shape in first.shapes:
            copy.shapes._spTree.append(deepcopy(shape._element))

    assert wrong(edited(made, double)) == NOTHING


def test_a_slide_with_another_title_is_new_text_that_tells_what_it_was(made: Path) -> None:
    def retitle(deck: Deck) -> None:
        slide = next(one for one in deck.slides if one.shapes.title.text == "How was it made?")
        slide.shapes.title.text_frame.paragraphs[0].runs[0].text = "How was it really made?"

    (new,) = edited(made, retitle).new
    assert (new.text, new.was) == ("How was it really made?", "How was it made?")
    assert new.difference == "How was it {+really +}made?"
    assert new.place.slide > 0


def test_text_that_somebody_typed_is_named_with_its_slide(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def type_in(deck: Deck) -> None:
        box = deck.slides[4].shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
        box.text_frame.text = "The canal is the longest in the world."

    (new,) = edited(made, type_in).new
    assert (new.text, str(new.place)) == ("The canal is the longest in the world.", "slide 5")
    assert main(["verify", str(made / DECK)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].endswith("statements found; 1 new text")
    assert said[1:] == ["  new, slide 5: The canal is the longest in the world."]
    assert main(["verify", str(made / DECK), "--json"]) == 1
    found = {"text": new.text, "place": "slide 5", "slide": 5, "was": "", "difference": ""}
    assert json.loads(capsys.readouterr().out)["new"] == [found]


def test_text_typed_below_a_statement_that_was_changed_is_new_all_the_same(made: Path) -> None:
    statement = only_bullet(made, "peasants")

    def change(deck: Deck) -> None:
        replace_in_runs(made, "peasants", "volunteers")(deck)
        box = deck.slides[statement.slides[0] - 1].shapes.add_textbox(0, 0, Inches(4), Inches(1))
        box.text_frame.text = "Everybody knew."
        one = paragraph(deck, "volunteers")._p
        below = deepcopy(one)
        one.addnext(below)
        for run in below.findall("{*}r")[1:]:
            below.remove(run)
        below.find("{*}r").find("{*}t").text = "Nobody knew."

    statements, new = wrong(edited(made, change))
    assert statements == {statement.id: ("changed", "output")}
    assert sorted(new) == ["Everybody knew.", "Nobody knew."]


@pytest.mark.parametrize("begin", ["Instructor: ", "Instructor’s note: ", "Instructor's words: "])
def test_words_that_say_that_they_are_the_instructors_are_not_new(made: Path, begin: str) -> None:
    def type_in(deck: Deck) -> None:
        box = deck.slides[4].shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
        box.text_frame.text = f"{begin}Think of the locks."

    assert wrong(edited(made, type_in)) == NOTHING


def test_a_statement_that_was_split_into_two_paragraphs_is_found(made: Path) -> None:
    statement = only_bullet(made, "peasants")

    def split(deck: Deck) -> None:
        one = paragraph(deck, "peasants")
        words = statement.text.split()
        second = deepcopy(one._p)
        one._p.addnext(second)
        rest = second.findall("{*}r")
        for run in one.runs[1:]:
            one._p.remove(run._r)
        one.runs[0].text = " ".join(words[:4])
        for run in rest[1:-1]:
            second.remove(run)
        rest[0].find("{*}t").text = " ".join(words[4:])

    report = edited(made, split)
    assert wrong(report) == NOTHING
    assert "in several paragraphs" in next(one.detail for one in report.statements if one.id == statement.id)


def test_two_statements_in_one_paragraph_are_found(made: Path) -> None:
    def join(deck: Deck) -> None:
        one = paragraph(deck, "peasants")
        other = one._p.getnext()
        while other.tag != one._p.tag or not other.findall("{*}r"):
            other = other.getnext()
        for run in other.findall("{*}r"):
            one._p.append(run)
        other.getparent().remove(other)

    before = [one for one in evidence(made).statements if one.slides]
    assert wrong(edited(made, join)) == NOTHING
    assert before


def test_a_statement_cut_into_many_runs_is_found(made: Path) -> None:
    def cut(text: str) -> str:
        return re.sub(r"(<a:r>(?:(?!</a:r>).)*<a:t>)(\w+) ([^<]+)(</a:t></a:r>)", r"\1\2 \4\1\3\4", text)

    rewritten(made / DECK, lambda name, text: cut(text) if name.startswith("ppt/slides/slide") else text)
    assert wrong(verify(made / DECK)) == NOTHING


def corrected(text: str) -> str:
    """As word processors put what is typed: curly quotation marks, dashes, spaces that do not break."""
    return re.sub(r"(?<=\w) (?=\d)", "\u00a0", text.replace("'", "’").replace("...", "…").replace("–", "-"))


def in_deck(change: Callable[[str], str]) -> Callable[[str, str], str]:
    texts = re.compile(r"(?<=<a:t>)[^<]*(?=</a:t>)")
    return lambda name, text: (
        texts.sub(lambda one: change(one[0]), text) if name.startswith("ppt/slides/slide") else text
    )


def in_word(change: Callable[[str], str]) -> Callable[[str, str], str]:
    texts = re.compile(r"(?<=>)[^<>]+(?=</w:t>)")
    return lambda name, text: texts.sub(lambda one: change(one[0]), text) if name == "word/document.xml" else text


@pytest.mark.parametrize(("name", "where"), [(DECK, in_deck), (WORD, in_word)])
def test_quotation_marks_hyphens_and_spaces_of_another_kind_change_nothing(made: Path, name: str, where: Any) -> None:
    before = (made / name).read_bytes()
    rewritten(made / name, where(corrected))
    assert (made / name).read_bytes() != before
    assert wrong(verify(made / name)) == NOTHING


def test_a_hyphen_between_numbers_is_no_dash_that_is_gone() -> None:
    assert compared("1914–1918") == compared("1914-1918") != compared("19141918")
    assert compared("re-sign") != compared("resign")


def test_a_statement_without_the_mark_of_its_note_is_changed(made: Path) -> None:
    statement = only_bullet(made, "peasants")

    def unmark(deck: Deck) -> None:
        one = paragraph(deck, "peasants")
        one._p.remove(one.runs[-1]._r)

    report = edited(made, unmark)
    assert wrong(report) == ({statement.id: ("changed", "output")}, [])
    (changed,) = (one for one in report.statements if one.id == statement.id)
    assert changed.detail == "the mark of its note is gone"
    assert changed.difference == f"{statement.text} [-{statement.notes[0]}-]"


def test_one_of_two_copies_that_was_changed_is_named(made: Path) -> None:
    statement = only_bullet(made, "peasants")

    def add(deck: Deck) -> None:
        box = deck.slides[1].shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
        box.text_frame.text = statement.text.replace("peasants", "prisoners")

    report = edited(made, add)
    assert wrong(report) == ({statement.id: ("changed", "output")}, [])
    assert [str(one) for one in next(one.places for one in report.statements if one.id == statement.id)] == ["slide 2"]


def test_a_changed_source_is_told_apart_from_a_changed_slide(made: Path) -> None:
    source, slides = only_bullet(made, "peasants"), holding(made, "company from 1858")
    replaced(made.parent / "sources" / "suez-canal.wikitext", "peasants", "volunteers")
    report = edited(made, replace_in_runs(made, "1858", "1859"))
    assert lost(report) == {source.id: ("changed", "source"), **dict.fromkeys(slides, ("changed", "output"))}
    assert "[-peasants-]{+volunteers+}" in next(one.difference for one in report.statements if one.id == source.id)


# Handouts ------------------------------------------------------------------------------------------------------------


def in_part(part: str, old: str, new: str) -> Callable[[str, str], str]:
    def change(name: str, text: str) -> str:
        assert name != part or re.search(old, text, re.DOTALL)
        return re.sub(old, new, text, flags=re.DOTALL) if name == part else text

    return change


PARTS = {WORD: "word/document.xml", OPEN: "content.xml"}
TYPED = {
    WORD: (r"(<w:sectPr)", r"<w:p><w:r><w:t>Ships are tall.</w:t></w:r></w:p>\1"),
    OPEN: (r"(</office:text>)", r"<text:p>Ships are tall.</text:p>\1"),
    HANDOUT: ("(</main>)", r"<div>Ships <b>are</b> tall.</div>\1"),
}


def change_handout(path: Path, old: str, new: str, part: str = "") -> None:
    if path.suffix == ".html":
        text = path.read_text("utf-8")
        assert re.search(old, text, re.DOTALL)
        path.write_text(re.sub(old, new, text, flags=re.DOTALL), "utf-8")
    else:
        rewritten(path, in_part(part or PARTS[path.name], old, new))


@pytest.mark.parametrize("name", [WORD, OPEN, HANDOUT])
def test_a_word_changed_in_a_handout_is_shown_with_its_paragraph(made: Path, name: str) -> None:
    change_handout(made / name, "peasants", "volunteers")
    report = verify(made / name)
    assert wrong(report) == (dict.fromkeys(holding(made, "peasants"), ("changed", "output")), [])
    (changed,) = (one for one in report.statements if one.status == "changed")
    assert "[-peasants-]{+volunteers+}" in changed.difference
    assert re.match(r"paragraph \d+, under “", str(changed.places[0]))


@pytest.mark.parametrize("name", [WORD, OPEN, HANDOUT])
def test_a_paragraph_typed_into_a_handout_is_new(made: Path, name: str) -> None:
    change_handout(made / name, *TYPED[name])
    report = verify(made / name)
    assert wrong(report) == ({}, ["Ships are tall."])
    assert report.new[0].place.paragraph > 10


def test_the_mark_of_a_footnote_taken_out_of_a_word_handout_is_told(made: Path) -> None:
    statement = only_bullet(made, "peasants")
    text = r"(peasants(?:(?!</w:p>).)*?)<w:r>(?:(?!</w:r>).)*<w:footnoteReference[^>]*/></w:r>"
    change_handout(made / WORD, text, r"\1")
    assert wrong(verify(made / WORD)) == ({statement.id: ("changed", "output")}, [])


def test_a_footnote_that_was_rewritten_is_new_text_in_its_note(made: Path) -> None:
    note = next(one for one in evidence(made).notes if one.number == 1)
    word = next(word for word in note.text.split() if word.isalpha() and len(word) > 4)
    change_handout(made / WORD, f"{word}(?=[^>]*</w:t>)", "Rumour", "word/footnotes.xml")
    report = verify(made / WORD)
    assert lost(report) == {}
    assert str(report.new[0].place) == "footnote 1"
    assert "Rumour" in report.new[0].difference
    assert report.new[0].was


def test_a_handout_without_a_passage_misses_it(made: Path) -> None:
    change_handout(made / HANDOUT, "<li>(?:(?!</li>).)*peasants.*?</li>", "")
    assert wrong(verify(made / HANDOUT)) == (dict.fromkeys(holding(made, "peasants"), ("missing", "output")), [])


def test_a_question_changed_in_the_key_of_a_quiz_is_new_text(made: Path) -> None:
    text = (made / KEY).read_text("utf-8")
    (made / KEY).write_text(text.replace("Put these in order of time", "Guess when this was"), "utf-8")
    report = verify(made / KEY)
    assert lost(report) == {}
    assert report.new[0].text.startswith("Guess when this was")


def test_evidence_that_knows_nothing_of_a_file_says_that_new_text_is_not_told(made: Path) -> None:
    build(made.parent / "outline.yaml", BuildOptions(("html",), made))
    report = verify(made / WORD)
    assert [one.severity for one in report.problems] == ["warning"]
    assert "new text" in report.problems[0].message
    assert wrong(report) == NOTHING


@pytest.mark.parametrize("text", ["<p>" * 5000 + "x", "<!-- ", "<span class='p'", "</span></span>", "<sup>1<sup>", ""])
def test_a_page_of_any_depth_or_none_is_read(made: Path, text: str) -> None:
    (made / HANDOUT).write_text(f"<html><body>{text}", "utf-8")
    assert verify(made / HANDOUT).statements
    assert isinstance(paragraphs_of(HANDOUT, text.encode()), tuple)


# After LibreOffice ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def saved_again(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the small project as LibreOffice saves them; the OpenDocument one as a Word file, too."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed")
    project = Path(shutil.copytree(made_once, tmp_path_factory.mktemp("again") / "project"))
    folder, out = project / "output", project / "again"
    folder.rename(out)
    folder.mkdir()
    shutil.move(out / OPEN, folder / "other-handout.odt")
    shutil.move(out / WORD, folder / WORD)
    shutil.move(out / DECK, folder / DECK)
    shutil.copy(out / EVIDENCE, out / "other.evidence.json")
    profile = f"-env:UserInstallation={(project / 'profile').as_uri()}"
    for form, names in (("pptx", [DECK]), ("docx", [WORD, "other-handout.odt"])):
        files = [str(folder / name) for name in names]
        command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", str(out), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return out


@pytest.mark.parametrize("name", [DECK, WORD, "other-handout.docx"])
def test_nothing_is_wrong_with_a_file_that_another_program_only_saved_again(saved_again: Path, name: str) -> None:
    report = verify(saved_again / name)
    assert (wrong(report), report.problems) == (NOTHING, ())
    assert all(one.places for one in report.statements if one.detail != "not on a slide")


def test_a_word_changed_in_a_file_of_another_program_is_shown(saved_again: Path, tmp_path: Path) -> None:
    folder = (
        Path(shutil.copytree(saved_again.parent, tmp_path / "p", ignore=shutil.ignore_patterns("profile"))) / "again"
    )
    rewritten(folder / WORD, in_word(lambda text: text.replace("peasants", "volunteers")))
    report = verify(folder / WORD)
    assert set(lost(report).values()) == {("changed", "output")}
    assert report.new == ()


# Differences ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ("It fell in 2011.", "It fell in 2012.", "It fell in [-2011-]{+2012+}."),
        ("It is said to have fallen.", "It has fallen.", "It [-is said to have-]{+has+} fallen."),
        ("a b", "a b c", "a b{+ c+}"),
        ("“a” b", '"a" b', '"a" b'),
        ("它倒了", "它起了", "它[-倒-]{+起+}了"),
        ("", "x", "{+x+}"),
        ("x", "x", "x"),
    ],
)
def test_a_difference_has_what_was_and_what_is(was: str, now: str, told: str) -> None:
    assert difference(was, now) == told
