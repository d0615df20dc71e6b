"""A handout of one sheet: what it keeps, what goes first, and what it says of the rest."""

from msgspec.structs import replace
from test_editions import brief, listed, said

from briefgen.model import Brief, BriefBlock, Compare, Conflict, Entry, Handout, Questions, Quotation, Run, Side, plain
from briefgen.problems import Location
from briefgen.renderers.handout.html import render_html
from briefgen.renderers.handout.onepage import droppable, fitted, shortened
from briefgen.renderers.handout.printed import Sheet
from briefgen.renderers.handout.room import height, room
from briefgen.renderers.handout.sheet import sheet
from briefgen.renderers.handout.walk import passages

HERE = Location("o.yaml", 1, 1)


def left(made: Sheet) -> list[str]:
    return [plain(one.runs) for section in made.sections for one in passages(section)]


def long(count: int = 60) -> Brief:
    sections = [
        listed(*(said(f"In its year {part}{one} the river rose and fell again.") for one in range(count)))
        for part in "ab"
    ]
    opening = said("The river opens it.")
    of = brief(*sections, handout=Handout(one_page=True))
    return replace(of, sections=(replace(of.sections[0], opening=(opening,)), *of.sections[1:]))


def test_what_fits_is_left_whole_and_says_nothing() -> None:
    of = brief(listed(said("It rose."), said("It fell.")))
    made = sheet(of)
    assert fitted(made, of) == made
    assert shortened(made, 0) == made


def test_a_sheet_keeps_as_much_as_fits_and_no_less() -> None:
    of = long()
    made = sheet(of)
    kept = fitted(made, of)
    count = droppable(made) - len(left(kept))
    assert height(kept, of) <= room("a4") < height(shortened(made, count - 1), of)


def test_it_says_at_its_end_what_was_left_out() -> None:
    of = long()
    kept = fitted(sheet(of), of)
    gone = len(left(sheet(of))) - len(left(kept))
    assert kept.left_out == f"Left out for room: {gone} passages of 2 sections."
    assert f'<p class="left-out">{kept.left_out}</p>\n</main>' in render_html(of)


def test_blocks_keep_their_first_passages_and_the_opening_stays_longest() -> None:
    made = sheet(long(3))
    assert left(shortened(made, 2)) == [one for one in left(made) if "2 the" not in one]
    assert left(shortened(made, droppable(made) - 1)) == ["The river opens it."]
    assert left(shortened(made, droppable(made))) == []


def test_a_quotation_stays_before_a_bullet_of_the_same_place() -> None:
    quoted, other = said("“We fled from it.”"), said("They fled from it.")
    blocks: list[BriefBlock] = [*listed(other), Quotation("", quoted, HERE)]
    assert left(shortened(sheet(brief(blocks)), 1)) == [quoted.text]


def test_both_sides_of_a_comparison_go_together() -> None:
    sides = [Side(label, (said(f"{label} one."), said(f"{label} two."))) for label in ("They", "We")]
    made = shortened(sheet(brief([Compare("", sides[0], sides[1], HERE)])), 1)
    assert left(made) == ["They one.", "We one."]


def test_what_the_sources_differ_on_goes_first_and_whole() -> None:
    one, other = said("It rose once."), said("It rose twice.")
    of = brief(listed(one, other), conflicts=(Conflict("how often", (one.id, other.id)),))
    made = shortened(sheet(of), 1)
    assert (len(left(made)), made.conflicts) == (2, ())
    assert made.left_out == ""


def test_pages_at_the_end_and_works_cited_go_at_once_and_are_named() -> None:
    events = [said(f"The river rose in {year}.", dated=True) for year in (1911, 1912, 1913)]
    of = brief(listed(*events), bibliography=(Entry("w", (Run("A work."),), cited_by="s"),))
    made = shortened(sheet(of), 1)
    assert (made.appendix, made.cited) == ((), ())
    assert (
        made.left_out == "Left out for room: 1 passage of 1 section, the chronology, the works that the sources cite."
    )


def test_notes_without_a_passage_go_and_the_others_keep_their_numbers_in_short() -> None:
    one, two = said("It rose."), replace(said("It fell."), notes=(2,))
    of = brief(listed(two, one))
    of = replace(of, notes=(*of.notes, replace(of.notes[0], number=2, short="Short 2")))
    (note,) = shortened(sheet(of), 1).notes
    assert (note.number, plain(note.runs), note.uses) == (2, "Short 2", 1)


def test_answers_of_passages_that_are_gone_are_gone() -> None:
    of = brief(
        listed(said("The river rose over its banks on 3 May 1911."), said("The lake froze over on 4 May 1912 too."))
    )
    made = sheet(of, "instructor")
    assert len(made.answers) == 2
    assert [one.words for one in shortened(made, droppable(made) - 1).answers] == ["3 May 1911"]


def test_questions_stay() -> None:
    made = sheet(brief([*listed(said("It rose.")), Questions("", ("Why?",), HERE)]))
    assert shortened(made, 1).sections[0].blocks[0].questions == ("Why?",)
