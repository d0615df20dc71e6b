"""Editions of handouts: which words are left out for students, and what instructors get."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefgen.build import build
from briefgen.composing import prepare
from briefgen.model import (
    Brief,
    BriefBlock,
    Bullets,
    Conflict,
    DateMention,
    Definition,
    Glossary,
    Handout,
    Note,
    Passage,
    People,
    Person,
    Prose,
    Question,
    Questions,
    Run,
    Section,
    SourceSummary,
    Span,
    Statement,
    Timeline,
    plain,
)
from briefgen.problems import Location
from briefgen.quiz import quiz_of
from briefgen.renderers.handout.blanks import blanks, times
from briefgen.renderers.handout.html import render_html
from briefgen.renderers.handout.printed import Said, Sheet, pieces
from briefgen.renderers.handout.sheet import sheet, sheets
from briefgen.renderers.handout.walk import passages
from briefgen.results import BuildOptions
from briefgen.text.dates import dates
from briefgen.verify import verify

HERE = Location("o.yaml", 1, 1)
PLACE = iter(range(1, 1_000_000))


def said(text: str, bold: str = "", full: str = "", dated: bool = False) -> Statement:
    """A statement with its first words `bold` in bold; `dated` ones carry the first date in them."""
    at = next(PLACE)
    full = full or text
    before, _, after = text.partition(bold) if bold else (text, "", "")
    runs = tuple(run for run in (Run(before), Run(bold, bold=True), Run(after)) if run.text)
    date: DateMention | None = dates(text)[0] if dated else None
    span = Span("s", at, 0, len(full))
    return Statement(f"t{at}", "verbatim", runs, (span,), Passage(full, span), date, (1,))


def brief(*sections: Sequence[BriefBlock], blanks: int = 12, **more: object) -> Brief:
    made = Brief(
        title="Salt and Rivers",
        language="en",
        sections=tuple(
            Section(number, f"Part {number}", "", tuple(blocks), HERE) for number, blocks in enumerate(sections, 1)
        ),
        notes=(Note(1, "s", (Run("The full note."),), "Short"),),
        bibliography=(),
        sources=(SourceSummary("s", "s.txt", "", "page", "S", "S", language="en"),),
        handout=Handout(blanks=blanks),
    )
    return replace(made, **more)


def listed(*statements: Statement) -> list[BriefBlock]:
    return [Bullets("", statements, HERE)]


def answers(of: Brief) -> list[str]:
    return [answer.words for answer in sheet(of, "instructor").answers]


def test_a_date_that_nothing_else_tells_is_asked_for() -> None:
    assert answers(brief(listed(said("The river rose over its banks on 3 May 1911.")))) == ["3 May 1911"]


def test_a_date_is_not_asked_for_where_the_section_tells_it_in_another_form() -> None:
    one, other = said("The river rose over its banks on 3 May 1911."), said("Everybody remembers May 3, 1911.")
    assert answers(brief(listed(one, other))) == []


def test_a_date_is_not_asked_for_where_a_chronology_has_it_beside_the_event() -> None:
    event = said("The river rose over its banks on 3 May 1911.", dated=True)
    assert answers(brief([Timeline("", (event,), HERE)])) == []


@pytest.mark.parametrize(
    "hedged", ["The dam stood there before 1911, so they say.", "It was built at the end of about 1911 by them all."]
)
def test_a_date_with_a_doubt_is_not_asked_for(hedged: str) -> None:
    assert answers(brief(listed(said(hedged)))) == []


def test_a_name_in_bold_is_asked_for() -> None:
    one = said("The flood of that spring was foretold by Ada Lind in a letter to the town.", bold="Ada Lind")
    assert answers(brief(listed(one))) == ["Ada Lind"]


def test_a_name_is_not_asked_for_where_the_page_gives_it_away() -> None:
    one = said("The works were led for ten years by Ada Lind from the town hall.", bold="Ada Lind")
    assert answers(brief(listed(one, said("Nobody asked Ada Lind about the price of all this.")))) == []
    assert answers(brief(listed(one, said("Lind, Ada, is in the list of those who were paid for it.")))) == []
    assert answers(brief(listed(one, said("Some papers of the time have Ada Linde in that place.")))) == []
    assert answers(brief(listed(one), objectives=("Say what Ada Lind did",))) == []


def test_a_name_is_not_asked_for_whose_abbreviation_is_there() -> None:
    one = said("The dam was paid by the Salt Water Board in full that year.", bold="Salt Water Board")
    assert answers(brief(listed(one))) == ["Salt Water Board"]
    assert answers(brief(listed(one, said("The SWB never saw that money again, and did not ask.")))) == []


def test_what_a_question_says_is_not_asked_for() -> None:
    text = "The river rose over its banks on 3 May 1911."
    of = brief(listed(said(text)))
    stated = Question(1, "agree", 1, "Is this so?", (text,), ("Yes.", "No."), key=(0,))
    dated = Question(1, "date", 1, "When?", ("The river rose.",), ("3 May 1911", "4 May 1912"), key=(0,))
    asked = {one.kind: sheets(of, ("instructor",), (one,))["instructor"].answers for one in (stated, dated)}
    assert asked["agree"] == ()
    assert [one.words for one in asked["date"]] == ["3 May 1911"]


def test_one_name_of_a_list_is_not_asked_for() -> None:
    assert (
        answers(brief(listed(said("The dam was paid by Norway, Ada Lind and the town together.", bold="Ada Lind"))))
        == []
    )


def test_who_says_something_is_not_asked_for() -> None:
    assert answers(brief(listed(said("According to Ada Lind the dam was never safe at all.", bold="Ada Lind")))) == []


def test_an_office_is_asked_for_with_what_it_is_of() -> None:
    one = said("After the flood she became the governor of Salt County for six years.")
    assert answers(brief(listed(one))) == ["governor of Salt County"]


def test_a_term_of_the_glossary_is_asked_for_where_it_is_used() -> None:
    used = said("Every spring the farmers open the levee by hand when the water is high.")
    meant = Definition("levee", said("a wall of earth along a river"))
    assert answers(brief(listed(used), [Glossary("", (meant,), HERE)])) == ["levee"]


def test_what_no_slide_shows_is_not_asked_for() -> None:
    cut = said("The river rose over its banks …", full="The river rose over its banks on 3 May 1911.")
    assert answers(brief(listed(cut))) == []


def test_a_short_sentence_has_no_blank() -> None:
    assert answers(brief(listed(said("It rose in 1911.")))) == []


def test_a_quoted_word_alone_and_an_editors_name_are_not_asked_for() -> None:
    quoted = said("Everybody in the town called it the “Great Drowning” for years.", bold="Great Drowning")
    inserted = said("[Ada Lind] then left the town for good with all her papers.", bold="Ada Lind")
    assert answers(brief(listed(quoted, inserted))) == []


def test_the_instructors_own_words_have_no_blank() -> None:
    own = Statement("i", "instructor", (Run("The river rose over its banks on 3 May 1911."),))
    assert answers(brief([Prose("", (own,), HERE)])) == []


def test_blanks_are_spread_over_the_sections() -> None:
    many = [said(f"The river rose over its banks on {day} May 19{day}.") for day in range(11, 29)]
    few = said("The lake froze from shore to shore on 3 May 1811.")
    made = sheet(brief(listed(*many), listed(few), blanks=4), "student")
    assert [sum(len(one.gaps) for one in passages(section)) for section in made.sections] == [3, 1]


def test_no_blanks_are_made_where_none_are_wanted() -> None:
    assert answers(brief(listed(said("The river rose over its banks on 3 May 1911.")), blanks=0)) == []


def test_without_an_edition_there_are_no_gaps_and_no_answers() -> None:
    made = sheet(brief(listed(said("The river rose over its banks on 3 May 1911."))))
    assert not made.answers
    assert not any(one.gaps for section in made.sections for one in passages(section))


def test_a_passage_printed_again_has_the_same_gap() -> None:
    one = said("The river rose over its banks on 3 May 1911.")
    again = replace(one, id="again")
    made = sheet(
        brief(listed(one), conflicts=(Conflict("when it rose", (one.id, "again")),), aside=(again,)), "student"
    )
    gaps = [printed.gaps for conflict in made.conflicts for printed in conflict.said]
    assert [gap.number for one_gap in gaps for gap in one_gap] == [1, 1]


WORDS = (
    "the",
    "river",
    "rose",
    "Ada Lind",
    "3 May 1911",
    "1911",
    "May 1912",
    "over",
    "its",
    "banks",
    "not",
    "said",
    "Norway",
    "in",
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14), max_size=8), st.integers(0, 6))
def test_gaps_lie_in_their_passages_apart_and_their_words_stand_once(texts: list[list[str]], count: int) -> None:
    statements = [said(" ".join(text), bold="Ada Lind" if "Ada Lind" in text else "") for text in texts]
    made = sheet(brief(listed(*statements[:4]), listed(*statements[4:]), blanks=count), "student")
    numbers: set[int] = set()
    for section in made.sections:
        everything = dict.fromkeys(plain(one.runs) for one in passages(section))
        for one in passages(section):
            text = plain(one.runs)
            assert all(0 <= gap.start < gap.end <= len(text) for gap in one.gaps)
            assert all(left.end <= right.start for left, right in zip(one.gaps, one.gaps[1:], strict=False))
            for gap in one.gaps:
                numbers.add(gap.number)
                words = text[gap.start : gap.end]
                assert sum(times(words, other) for other in everything) == 1
                assert not re.search(r"\b(?:not|said)\b", words)
            assert "".join(run.text for run, _ in pieces(one)) == text
    assert numbers == set(range(1, len(numbers) + 1))
    assert len(numbers) <= count


@pytest.mark.parametrize("sample", ["canal", "chess", "harald", "lighthouse", "reef"])
def test_on_the_page_of_a_student_no_answer_can_be_read_in_its_section(
    sample: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(SAMPLES)
    of, _ = prepare(Path(sample) / "outline.yaml", BuildOptions())
    assert of is not None
    known = {answer.number: answer.words for answer in sheet(of, "instructor").answers}
    made = sheet(of, "student")
    for section in made.sections:
        own = {gap.number for one in passages(section) for gap in one.gaps}
        shown = "\n".join(_left(one) for one in passages(section))
        assert not any(times(known[number], shown) for number in own)
        assert not any(times(known[number], _left(one)) for number in own for one in _appended(made))


def _left(one: Said) -> str:
    return "".join("_" if gap else run.text for run, gap in pieces(one))


def _appended(made: Sheet) -> list[Said]:
    return [one for block in made.appendix for row in block.rows for one in row if one]


# The instructor's edition, and pages at the end ----------------------------------------------------------------------


def test_the_instructor_has_minutes_slides_and_points_of_a_section() -> None:
    one, two, three = (said(f"The {what} rose over its banks that year.") for what in ("river", "lake", "sea"))
    of = brief(listed(one, two, three), places={one.id: (4,), two.id: (5,), three.id: (7,)})
    of = replace(of, sections=(replace(of.sections[0], minutes=12),))
    (section,) = sheet(of, "instructor").sections
    assert (section.minutes, section.slides) == (12, (4, 5, 7))
    assert [plain(point.runs) for point in section.points] == [one.text, two.text]
    assert [point.slides for point in section.points] == [(4,), (5,)]
    assert "Talking points · 12 minutes · slides 4, 5, 7" in render_html(of, printed=sheet(of, "instructor"))
    assert "Talking points" not in render_html(of, printed=sheet(of, "student"))


def test_students_have_lines_to_write_on_but_where_questions_have_their_own() -> None:
    made = sheet(brief(listed(said("It rose."), said("It fell.")), [Questions("", ("Why?",), HERE)]), "student")
    assert [bool(section.lines) for section in made.sections] == [True, False]
    assert not any(section.lines for section in sheet(brief(listed(said("It rose."))), "instructor").sections)


def test_the_chronology_has_all_dated_statements_in_order_of_time() -> None:
    late, early = said("The river fell in 1950.", dated=True), said("1911: The river rose.", dated=True)
    middle = said("The river froze in 1930.", dated=True)
    (page,) = sheet(brief(listed(late, early), listed(middle))).appendix
    assert page.title == "Chronology"
    told = [(row[0].date, plain(row[0].runs)) for row in page.rows if row[0]]
    assert told == [("1911", "The river rose."), ("1930", middle.text), ("1950", late.text)]
    assert all(row[0].marks for row in page.rows if row[0])


def test_the_chronology_does_not_repeat_the_one_chronology_there_is() -> None:
    events = tuple(said(f"The river rose in {year}.", dated=True) for year in (1911, 1912, 1913))
    assert sheet(brief([Timeline("", events, HERE)])).appendix == ()


@pytest.mark.parametrize(
    ("name", "fact", "told"),
    [
        ("Ada Lind", "She was caught on 1 May 1911.", "[Ada Lind] was caught on 1 May 1911."),
        ("Ada Lind", "Her boat sank on 1 May 1911.", "[Ada Lind’s] boat sank on 1 May 1911."),
        ("Ole Fos", "His boat sank on 1 May 1911.", "[Ole Fos’] boat sank on 1 May 1911."),
        ("Ada Lind", "Died on 1 May 1911 at sea.", "[Ada Lind] Died on 1 May 1911 at sea."),
        ("Ada Lind", "On 1 May 1911 Lind was caught.", "On 1 May 1911 Lind was caught."),
    ],
)
def test_a_fact_from_a_card_is_told_with_its_name(name: str, fact: str, told: str) -> None:
    facts = [said(fact.replace("1 May", f"{day} May"), dated=True) for day in (1, 2, 3)]
    (page,) = sheet(brief([People("", tuple(Person(name, (one,)) for one in facts), HERE)])).appendix
    assert next(plain(row[0].runs) for row in page.rows if row[0]) == told


def test_persons_and_terms_of_several_sections_are_brought_together() -> None:
    cards = [People("", (Person(name, (said(f"{name} swam."),)),), HERE) for name in ("Cy Orr", "Ada Lind", "Bo Ek")]
    terms = [Glossary("", (Definition(term, said(f"what a {term} is")),), HERE) for term in ("weir", "dam", "levee")]
    pages = sheet(brief(*zip(cards, terms, strict=True))).appendix
    assert [(page.title, page.names) for page in pages] == [
        ("People", ("Ada Lind", "Bo Ek", "Cy Orr")),
        ("Glossary", ("dam", "levee", "weir")),
    ]
    assert sheet(brief([*cards, *terms])).appendix == ()


def test_a_students_chronology_does_not_tell_an_answer() -> None:
    events = [said(f"The river rose over its banks on {day} May 1911.", dated=True) for day in (1, 2, 3, 4)]
    of = brief(listed(*events), blanks=1)
    (student,), (instructor,) = sheet(of, "student").appendix, sheet(of, "instructor").appendix
    assert (len(student.rows), len(instructor.rows)) == (3, 4)


# As pages ------------------------------------------------------------------------------------------------------------


def test_a_gap_is_a_numbered_space_for_students_and_marked_words_for_instructors() -> None:
    of = brief(listed(said("The river rose over its banks on 3 May 1911.")))
    student, instructor = (
        render_html(of, printed=sheet(of, "student")),
        render_html(of, printed=sheet(of, "instructor")),
    )
    assert "3 May 1911" not in student
    assert re.search(r'<span class="gap" style="--wide:9.0em"><span class="unseen">blank </span>', student)
    assert '<strong class="filled"><span class="gap-number">1</span>3 May 1911</strong>' in instructor
    assert re.search(r'<th scope="row">1</th><td>3 May 1911</td><td><a href="#fn-1">1</a></td>', instructor)


def with_editions(folder: Path) -> Path:
    """The outline of a sample in `folder`, with both editions of its handout."""
    outline = folder / "o.yaml"
    text = (SAMPLES / "canal" / "outline.yaml").read_text("utf-8").replace("sources: ", f"sources: {SAMPLES}/canal/")
    outline.write_text(text + "\nhandout: {editions: [student, instructor]}\n", "utf-8")
    (folder / "topics").symlink_to(SAMPLES / "canal" / "topics")
    return outline


def test_questions_and_blanks_are_made_once_for_all_editions_and_formats(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(name: str, work: Callable[..., object]) -> Callable[..., object]:
        def counting(*given: object) -> object:
            made.append(name)
            return work(*given)

        return counting

    monkeypatch.setattr("briefgen.quiz.quiz_of", counted("questions", quiz_of))
    monkeypatch.setattr("briefgen.renderers.handout.sheet.blanks", counted("blanks", blanks))
    build(with_editions(tmp_path), BuildOptions(formats=("html", "pdf", "quiz", "gift"), out=tmp_path))
    assert sorted(made) == ["blanks", "questions"]


def test_both_editions_are_built_and_verified(tmp_path: Path) -> None:
    outline = with_editions(tmp_path)
    result = build(outline, BuildOptions(formats=("html",), out=tmp_path))
    made = [path for path in result.outputs if path.suffix == ".html"]
    assert [path.name for path in made] == ["o-handout-student.html", "o-handout-instructor.html"]
    for path in made:
        report = verify(path)
        assert report.total
        assert [one for one in report.statements if one.status != "found"] == []
    student = made[0]
    student.write_text(student.read_text("utf-8").replace("opened again on", "closed again on"), "utf-8")
    assert [one.status for one in verify(student).statements if one.status != "found"] == ["changed"]


def test_minutes_of_an_outline_are_shared_out_and_a_sections_own_stay(tmp_path: Path) -> None:
    outline = tmp_path / "o.yaml"
    text = (SAMPLES / "canal" / "outline.yaml").read_text("utf-8").replace("sources: ", f"sources: {SAMPLES}/canal/")
    (tmp_path / "topics").symlink_to(SAMPLES / "canal" / "topics")
    outline.write_text(text, "utf-8")
    plain_brief, _ = prepare(outline, BuildOptions())
    outline.write_text(
        text.replace("  - topic: history", "  - minutes: 8\n    topic: history") + "\nminutes: 40\n", "utf-8"
    )
    timed, _ = prepare(outline, BuildOptions())
    assert plain_brief is not None
    assert timed is not None
    assert {section.minutes for section in plain_brief.sections} == {None}
    assert timed.sections[0].minutes == 8
    assert all(section.minutes and section.minutes % 2 == 0 for section in timed.sections[1:3])
