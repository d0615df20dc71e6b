"""The deck renderer: what stands on slides, where, and how it is written."""

import importlib.util
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec import structs
from pptx import Presentation

from briefgen.model import (
    Brief,
    BriefBlock,
    Bullets,
    Compare,
    DateMention,
    Entry,
    Note,
    Passage,
    People,
    Person,
    Prose,
    Questions,
    Quotation,
    Row,
    Run,
    Section,
    Side,
    SourceSummary,
    Span,
    Statement,
    Table,
    Timeline,
)
from briefgen.problems import Location
from briefgen.renderers import TEMPLATES
from briefgen.renderers.deck import RenderedDeck, render
from briefgen.renderers.deck.blocks.placement import Event, arrange, event
from briefgen.renderers.deck.blocks.scale import Scale, first_day, ticks, year_of
from briefgen.renderers.deck.feet import foot, speaker_notes
from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.frame import title_fits
from briefgen.renderers.deck.plan import plan
from briefgen.renderers.deck.shapes import Colour, Group, Paragraph, TextBox, TextRun
from briefgen.renderers.deck.split import share_out
from briefgen.renderers.deck.template import template
from briefgen.themes import contrast, shaded

ROOT = Path(__file__).parents[1]
VALIDATOR = ROOT.parent / "shared" / "ooxml-xsd" / "validate.py"
WHERE = Location("outline.yaml", 7, 3)
LOOK = template("lecture")[0].look
FACE = Face()
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"


def dated(year: int, last: int = 0) -> DateMention:
    """A year, or the span of years to `last`."""
    start, end = first_day(12 * year), first_day(12 * (last or year) + 12) - 1
    label = f"{year}–{last}" if last else str(year)
    return DateMention(0, 4, label, label, start, end, "span" if last else "year", label=label)


def said(number: int, text: str, *notes: int, date: DateMention | None = None) -> Statement:
    span = Span("a", 0, 0, len(text))
    return Statement(f"s{number}", "verbatim", (Run(text),), (span,), Passage(f"{text} In full.", span), date, notes)


def note(number: int, short: str = "", url: str | None = None) -> Note:
    return Note(number, "a", (Run(f"Full citation {number}."),), short or f"Source {number}, para. {number}", url=url)


def brief(*blocks: BriefBlock, notes: Sequence[Note] = (), opening: tuple[Statement, ...] = ()) -> Brief:
    sections = (Section(1, "Origins", "history", blocks, WHERE, "How did it begin?", opening),)
    bibliography = (Entry("a", (Run("Author. "), Run("Title", italic=True))),)
    sources = (SourceSummary("a", "a.txt", "0" * 64, "news", "A title", "Paper", published="2012-09-11", statements=3),)
    return Brief(
        "A lecture",
        "en",
        sections,
        tuple(notes),
        bibliography,
        sources,
        "And its parts",
        "C 1",
        "An author",
        "2026-11-23",
    )


def every_kind() -> Brief:
    notes = [note(n, url="https://example.org/?a=1&b=2" if n % 2 else None) for n in range(1, 31)]
    facts = [said(n, f"Fact {n} is told in words of some length, enough for a line or two.", n) for n in range(1, 31)]
    events = tuple(said(100 + n, f"Event {n} happened.", n, date=dated(1990 + n)) for n in range(1, 9))
    own = Statement("own", "instructor", (Run("My own words."),), notes=(3,))
    return brief(
        Bullets("Bullets", tuple(facts[:7]), WHERE),
        Timeline("Time", (*events, said(120, "It lasted.", 9, date=dated(1993, 1996))), WHERE),
        People("People", (Person("One", tuple(facts[7:9]), True), Person("Two", tuple(facts[9:11]))), WHERE),
        Table("Table", ("When", "What"), (Row(("2001", ""), facts[11]), Row(("", "Done"), facts[12])), WHERE),
        Quotation("Quote", facts[13], WHERE),
        Compare("Compare", Side("For", tuple(facts[14:16])), Side("Against", (facts[16],)), WHERE),
        Prose("Mine", (own,), WHERE),
        Questions("Ask", ("Why?", "How?"), WHERE),
        notes=notes,
        opening=tuple(facts[17:19]),
    )


def opened(deck: RenderedDeck) -> Any:
    return Presentation(io.BytesIO(deck.data))


def paragraphs(element: Any) -> list[str]:
    return ["".join(t.text or "" for t in p.iter(f"{A}t")) for p in element.iter(f"{A}p")]


def slide_trees(deck: RenderedDeck) -> list[Any]:
    return [slide._element for slide in opened(deck).slides]


def titles(deck: RenderedDeck) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in opened(deck).slides]


def parts(deck: RenderedDeck) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(deck.data)) as package:
        return {name: package.read(name) for name in package.namelist()}


# What stands where ----------------------------------------------------------------------------------------------


def test_every_statement_stands_on_the_slides_that_the_deck_says() -> None:
    made = every_kind()
    deck = render(made)
    shown = [paragraphs(tree) for tree in slide_trees(deck)]
    cut = {row.statement.id for block in made.sections[0].blocks if isinstance(block, Table) for row in block.rows}
    blocks = [made.sections[0].opening, *(getattr(b, "statements", ()) for b in made.sections[0].blocks)]
    for statement in (s for group in blocks for s in group if s.id not in cut):
        assert deck.slides[statement.id]
        for number in deck.slides[statement.id]:
            assert any(text.startswith(statement.text) for text in shown[number - 1])
    assert deck.count == len(shown)
    assert deck.problems == ()


def test_notes_restart_on_each_slide_and_one_pin_point_has_one_number() -> None:
    notes = [note(1, "Paper, para. 1"), note(2, "Paper, para. 2"), note(3, "Paper, para. 1")]
    made = foot([said(1, "A", 2), said(2, "B", 3, 1)], {n.number: n for n in notes}, LOOK.palette.strong, LOOK)
    assert [n.number for n in made.notes] == [2, 3]
    assert made.numbers == {2: 1, 3: 2, 1: 2}
    assert [run.text for run in made.marks(said(2, "B", 3, 1))] == ["2"]


def test_the_foot_of_a_slide_has_the_notes_of_its_statements_and_no_other() -> None:
    statements = tuple(said(n, f"Statement {n}.", n) for n in range(1, 4))
    deck = render(brief(Bullets("B", statements, WHERE), notes=[note(n) for n in range(1, 6)]))
    number = deck.slides["s1"][0]
    foot_text = next(t for t in paragraphs(slide_trees(deck)[number - 1]) if "para." in t)
    assert re.findall(r"Source (\d)", foot_text) == ["1", "2", "3"]


def test_speaker_notes_have_the_whole_passage_and_the_full_citation() -> None:
    deck = render(every_kind())
    slide = opened(deck).slides[deck.slides["s14"][0] - 1]
    text = slide.notes_slide.notes_text_frame.text
    assert "“Fact 14 is told in words of some length, enough for a line or two. In full.”" in text
    assert "Full citation 14." in text


def test_no_bullet_stands_alone_where_its_block_has_more() -> None:
    for count in range(2, 20):
        statements = tuple(said(n, f"Statement {n} is short.") for n in range(count))
        deck = render(brief(Bullets("B", statements, WHERE)))
        on = [number for numbers in deck.slides.values() for number in numbers]
        assert min(on.count(number) for number in on) > 1


def test_a_bullet_is_a_real_bullet_in_the_body_placeholder() -> None:
    deck = render(every_kind())
    slide = opened(deck).slides[deck.slides["s1"][0] - 1]
    body = next(shape for shape in slide.placeholders if shape.placeholder_format.idx == 1)
    assert body.text_frame.paragraphs[0]._p.find(f"{A}pPr/{A}buChar") is not None
    assert body.text_frame.text.startswith("Fact 1 is told")


def test_what_fits_no_slide_is_an_error_at_the_place_of_its_block() -> None:
    deck = render(brief(Bullets("B", (said(1, "word " * 3000), said(2, "Short.")), WHERE)))
    assert [(p.severity, p.where) for p in deck.problems] == [("error", WHERE)]
    assert "s1" not in deck.slides
    assert "s2" in deck.slides


def test_an_event_too_long_for_a_label_stands_in_a_table() -> None:
    long = said(1, "A sentence that goes on and on with many a word. " * 12, date=dated(1999))
    deck = render(brief(Timeline("T", (long, said(2, "Short.", date=dated(2001))), WHERE)))
    assert deck.problems == ()
    table = opened(deck).slides[deck.slides["s1"][0] - 1]
    assert any(shape.has_table for shape in table.shapes)


def test_a_label_has_room_for_all_its_marks_also_in_the_instructors_wording() -> None:
    span = Span("a", 0, 0, 4)
    own = tuple(
        Statement(
            f"s{n}",
            "instructor",
            (Run("It was there. " * (n + 4)),),
            (span,),
            Passage("It.", span),
            dated(1990 + n),
            notes,
        )
        for n, notes in enumerate(((1, 2, 3), (1,), (2, 3)))
    )
    notes = [note(n) for n in range(1, 4)]
    made = plan(brief(Timeline("T", own, WHERE), notes=notes), LOOK).slides[4]
    labels = [
        box for group in made.shapes if isinstance(group, Group) for box in group.shapes if box.name[:5] == "Event"
    ]
    assert len(labels) == 3
    for box in labels:
        assert isinstance(box, TextBox)
        assert FACE.height(box.paragraphs, box.at.w) <= box.at.h + 1e-6


def test_years_in_the_band_do_not_lie_on_each_other_also_before_the_common_era() -> None:
    shown: list[tuple[TextBox, TextBox]] = []
    for start in range(-470, -440):
        events = tuple(said(n, "It was.", date=dated(start + 33 * n)) for n in range(12))
        for slide in plan(brief(Timeline("T", events, WHERE)), LOOK).slides:
            boxes = [box for group in slide.shapes if isinstance(group, Group) for box in group.shapes]
            shown += pairwise(box for box in boxes if isinstance(box, TextBox) and box.name.startswith("Year"))
    assert len(shown) > 100
    for box, following in shown:
        middle = [one.at.x + one.at.w / 2 for one in (box, following)]
        wide = [FACE.width(one.paragraphs[0].runs[0].text, 13, bold=True) for one in (box, following)]
        assert middle[0] + wide[0] / 2 < middle[1] - wide[1] / 2


def test_an_empty_table_cell_shows_a_dash_and_the_mark_stands_in_the_last_full_cell() -> None:
    deck = render(every_kind())
    slide = opened(deck).slides[deck.slides["s12"][0] - 1]
    table = next(shape.table for shape in slide.shapes if shape.has_table)
    assert table.first_row
    assert [cell.text for cell in table.rows[1].cells] == ["20011", "–"]
    assert [cell.text for cell in table.rows[2].cells] == ["–", "Done2"]


def test_slide_titles_are_unique() -> None:
    blocks = [Bullets("Same", tuple(said(10 * b + n, f"Words {n}.") for n in range(8)), WHERE) for b in range(4)]
    years = Timeline("Same", tuple(said(90 + n, "It was.", date=dated(1900 + n)) for n in range(30)), WHERE)
    found = titles(render(brief(*blocks, years)))
    assert len(found) == len(set(found)) > 10


def test_a_title_that_is_told_apart_by_a_number_is_cut_before_it_so_that_both_fit() -> None:
    for long in ("The Long Quarrel over the Northern Mole " * 8, "橋" * 300):
        blocks = [Bullets(long, tuple(said(10 * b + n, f"Words {n}.") for n in range(9)), WHERE) for b in range(6)]
        years = Timeline(long, tuple(said(90 + n, "It was.", date=dated(1900 + n)) for n in range(30)), WHERE)
        found = titles(render(brief(*blocks, years)))
        assert len(found) == len(set(found)) > 14
        assert all(title_fits(title, LOOK) for title in found)
        assert sum(title.endswith("… (2)") for title in found) == 1


def test_a_slide_before_an_opener_does_not_take_the_title_that_the_opener_shows() -> None:
    one = brief(Bullets("Later", (said(1, "One."), said(2, "Two.")), WHERE))
    later = Section(2, "Later", "", (Bullets("Last", (said(3, "Three."), said(4, "Four.")), WHERE),), WHERE, "Why?")
    found = titles(render(structs.replace(one, sections=(*one.sections, later))))
    assert found.count("Later") == 1
    assert found.index("Later (2)") < found.index("Later")


def test_the_agenda_tells_the_slides_of_each_section() -> None:
    deck = render(every_kind())
    agenda = paragraphs(slide_trees(deck)[1])
    last = deck.count - 1
    assert f"slides 4–{last}" in agenda


def test_only_sources_that_are_used_are_counted_and_listed() -> None:
    made = brief(Bullets("B", (said(1, "One."),), WHERE))
    idle = structs.replace(made.sources[0], id="b", label="Idle paper", statements=0)
    listed = (*made.bibliography, Entry("b", (Run("Idle paper, told of in the handout alone."),)))
    deck = render(structs.replace(made, sources=(*made.sources, idle), bibliography=listed))
    assert any(text.startswith("Drawn from one source.") for text in paragraphs(slide_trees(deck)[0]))
    assert "Idle paper" not in " ".join(text for tree in slide_trees(deck) for text in paragraphs(tree))
    none = render(structs.replace(made, sources=(idle,)))
    assert not any("Drawn from" in text for text in paragraphs(slide_trees(none)[0]))
    assert "Sources at a glance" not in titles(none)


def test_the_mark_of_a_cut_is_held_to_the_last_word_wherever_a_statement_stands() -> None:
    runs = (Run("It rose", bold=True), Run(" and rose"), Run(" …"))
    cut = Statement("c", "trimmed", runs, date=dated(1999))
    long = structs.replace(cut, id="l", runs=(Run("It rose and rose and rose and rose. " * 14), *runs))
    blocks = (
        Bullets("B", (cut,), WHERE),
        Timeline("T", (cut, long, said(2, "Short.", date=dated(2001))), WHERE),
        People("P", (Person("One", (cut,)),), WHERE),
        Table("R", ("What",), (Row(("It rose and rose …",), cut),), WHERE),
        Quotation("Q", cut, WHERE),
        Compare("C", Side("For", (cut,)), Side("Against", (said(3, "No."),)), WHERE),
    )
    shown = [text for tree in slide_trees(render(brief(*blocks))) for text in paragraphs(tree) if "rose" in text]
    assert len(shown) == 7
    assert all(text.endswith("rose\u00a0…") for text in shown)
    assert not any(" …" in text for text in shown)
    assert FACE.widest_word((TextRun("It rose\u00a0…"),), 20) == pytest.approx(FACE.width("rose …", 20))
    assert FACE.width("a\u00a0b", 20) == FACE.width("a b", 20)


LONG_HEADING = " ".join(["Section title is quite long"] * 10)


def test_the_names_of_sections_beside_each_other_are_set_in_one_size() -> None:
    headings = ("Who?", "Where does all of this come from, and when?", "What has been done against it?", "Discuss")
    made = brief(Bullets("B", (said(1, "One."), said(2, "Two.")), WHERE))
    (first,) = made.sections
    sections = tuple(structs.replace(first, number=n, heading=text) for n, text in enumerate(headings, 1))
    for slide in plan(structs.replace(made, sections=sections), LOOK).slides[:2]:
        (strip,) = (shape for shape in slide.shapes if isinstance(shape, Group))
        boxes = [box for box in strip.shapes if isinstance(box, TextBox) and box.name.startswith("Section")]
        assert len(boxes) == 4
        assert len({box.paragraphs[0].size for box in boxes}) == 1


def test_a_column_of_contents_is_as_wide_as_its_titles_need_if_the_other_needs_less() -> None:
    names = ("One", "Two", "Three", "Four", "Five", "Sources differ: when the northern harbour was closed")
    blocks = tuple(Bullets(name, (said(n, "Words."), said(n + 50, "More.")), WHERE) for n, name in enumerate(names))
    lead = tuple(
        said(90 + n, "Words of some length that take lines of the opener, and many more. " * 2) for n in range(4)
    )
    slide = next(one for one in plan(brief(*blocks, opening=lead), LOOK).slides if one.role == "opener")
    columns = [box for box in slide.shapes if isinstance(box, TextBox) and box.name in ("Contents 1", "Contents 2")]
    assert [run.text for box in columns for line in box.paragraphs for run in line.runs[1:]] == list(names)
    assert columns[0].at.w < columns[1].at.w


def test_lines_are_balanced_in_no_more_height() -> None:
    text = (Paragraph((TextRun("Who helped from outside, who says so, and who denies it?"),), 18.0),)
    wide = FACE.balanced(text, 3.0)
    assert 2.25 <= wide < 3.0
    assert FACE.height(text, wide) == FACE.height(text, 3.0)


def test_the_white_footer_of_an_opener_ends_on_its_dark_panel() -> None:
    made = structs.replace(every_kind(), course="A course of a name that is longer than the panel is wide, week 3")
    (slide,) = (slide for slide in plan(made, LOOK).slides if slide.role == "opener")
    at = {shape.name: shape for shape in slide.shapes}
    footer, panel = at["Footer"], at["Panel"]
    assert isinstance(footer, TextBox)
    assert isinstance(panel, TextBox)
    assert footer.at.right < panel.at.right
    assert FACE.lines(footer.paragraphs[0].runs, 10, footer.at.w) == 1


def test_the_question_of_an_opener_stands_below_a_heading_of_any_length() -> None:
    made = brief(Bullets("B", (said(1, "One."),), WHERE))
    section = structs.replace(made.sections[0], heading=LONG_HEADING, question="How did it begin? " * 40)
    deck = render(structs.replace(made, sections=(section,)))
    slide = opened(deck).slides[3]
    at = {shape.name: shape for shape in slide.shapes}
    for name, below in (("Title", "Question"), ("Question", "Slides")):
        text = at[name].text_frame.text
        size = at[name].text_frame.paragraphs[0].runs[0].font.size.pt
        lines = FACE.lines((TextRun(text, bold=name == "Title"),), size, at[name].width / 914400)
        assert text.endswith("\u00a0…")
        assert at[name].top / 914400 + lines * FACE.line_height(size) <= at[below].top / 914400, name


def test_the_name_of_a_section_is_cut_before_the_legend() -> None:
    events = (said(1, "It was.", date=dated(1990)), said(2, "It lasted.", date=dated(1993, 1996)))
    dead = Person("One", (said(3, "Done."),), dead=True)
    made = brief(Timeline("T", events, WHERE), People("P", (dead,), WHERE))
    section = structs.replace(made.sections[0], heading=LONG_HEADING)
    deck = render(structs.replace(made, sections=(section,)))
    for statement in ("s1", "s3"):
        shapes = opened(deck).slides[deck.slides[statement][0] - 1].shapes
        name = next(shape for shape in shapes if shape.name == "Section")
        legend = min(shape.left for shape in shapes if shape.name in ("Legend", "Legend mark", "Swatch"))
        end = name.left / 914400 + FACE.width(name.text_frame.text, 12, bold=True)
        assert name.text_frame.text.endswith("\u00a0…")
        assert end <= (name.left + name.width) / 914400 < legend / 914400


def test_a_slide_whose_bullets_have_no_date_keeps_no_room_for_dates() -> None:
    some = tuple(said(n, f"Statement {n}.", date=dated(1990 + n)) for n in range(6))
    bare = tuple(said(n, f"Statement {n}.") for n in range(6, 12))
    deck = render(brief(Bullets("B", (*some, *bare), WHERE)))
    left = {}
    for statement in ("s0", "s11"):
        shapes = opened(deck).slides[deck.slides[statement][0] - 1].shapes
        left[statement] = next(shape.left for shape in shapes if shape.name == "Content") / 914400
    assert left["s0"] > left["s11"] == pytest.approx(0.6, abs=0.01)


def test_a_block_with_the_heading_of_its_section_as_title_says_what_it_holds() -> None:
    own = Statement("own", "instructor", (Run("My own words."),))
    facts = tuple(said(n, f"Statement {n}.") for n in range(8))
    found = titles(render(brief(Bullets("Origins", facts, WHERE), Prose("Origins", (own,), WHERE))))
    assert found[3:7] == [
        "Origins",
        "Origins: passages",
        "Origins: passages (continued)",
        "Origins: in the instructor’s words",
    ]
    twice = titles(render(brief(*[Bullets("Origins", facts[:2], WHERE)] * 2)))
    assert twice[3:6] == ["Origins", "Origins: passages", "Origins: passages (2)"]


def test_a_block_keeps_the_heading_as_title_where_no_slide_before_it_has_that() -> None:
    made = brief(Bullets("Origins", (said(1, "One."),), WHERE))
    section = structs.replace(made.sections[0], question="")
    assert titles(render(structs.replace(made, sections=(section,))))[3] == "Origins"


# How it is written ----------------------------------------------------------------------------------------------


def test_the_same_brief_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests'); import test_deck as t;"
        "print(hashlib.sha256(t.render(t.every_kind()).data).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1


def test_the_package_is_dated_1980_and_its_properties_come_from_the_brief() -> None:
    deck = render(every_kind())
    with zipfile.ZipFile(io.BytesIO(deck.data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = opened(deck).core_properties
    assert (core.title, core.author) == ("A lecture", "An author")
    assert core.created == core.modified
    assert core.created.isoformat()[:10] == "2026-11-23"


def test_every_run_has_a_language_and_no_type_is_under_ten_points() -> None:
    for tree in slide_trees(render(every_kind())):
        for properties in tree.iter(f"{A}rPr"):
            assert properties.get("lang") == "en-US"
            assert int(properties.get("sz")) >= 1000


def test_every_graphic_has_words_for_it_or_is_marked_as_decoration() -> None:
    for tree in slide_trees(render(every_kind())):
        for shape in tree.find(f"{P}cSld/{P}spTree"):
            named = shape.find(f".//{P}cNvPr")
            if named is None or shape.tag == f"{P}nvGrpSpPr" or (any(paragraphs(shape)) and shape.tag == f"{P}sp"):
                continue
            assert named.get("descr") or "decorative" in etree.tostring(named).decode(), named.get("name")


def test_the_title_comes_first_in_reading_order() -> None:
    for tree in slide_trees(render(every_kind())):
        named = [n for n in tree.iter(f"{P}cNvPr") if n.get("name") and b"decorative" not in etree.tostring(n)]
        assert named[0].get("name") == "Title"


def test_only_web_and_mail_addresses_become_links() -> None:
    notes = [note(1, "Bad, place", "javascript:alert(1)"), note(2, "Good, place", "https://example.org/?a=1&b=2")]
    statements = (said(1, "One.", 1), said(2, "Two.", 2))
    written = parts(render(brief(Bullets("B", statements, WHERE), notes=notes)))
    targets = re.findall(rb'Target="([^"]*)"', b"".join(v for k, v in written.items() if k.endswith(".rels")))
    assert b"https://example.org/?a=1&amp;b=2" in targets
    assert not any(b"javascript" in target for target in targets)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=30), st.text(max_size=8))
def test_any_address_and_any_language_make_well_formed_parts(tail: str, language: str) -> None:
    made = brief(Bullets("B", (said(1, "One.", 1),), WHERE), notes=[note(1, "Some, place", f"https://{tail}")])
    written = parts(render(structs.replace(made, language=language)))
    for name, data in written.items():
        etree.fromstring(data)
        if name.endswith(".rels"):
            assert not re.search(rb'Target="[^"]*[ <>{}|]', data)


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_signs_that_turn_the_direction_of_writing_are_not_drawn(sign: str) -> None:
    text = f"One{sign} two."
    made = brief(Bullets(text, (said(1, text, 1),), WHERE), notes=[note(1, text)])
    written = parts(render(structs.replace(made, title=text, course=text)))
    assert "One two." in written["ppt/slides/slide1.xml"].decode()
    assert not any(sign in data.decode() for data in written.values())
    assert FACE.width(text, 20) == FACE.width("One two.", 20)


def test_slides_are_grouped_by_section() -> None:
    xml = parts(render(every_kind()))["ppt/presentation.xml"].decode()
    assert re.findall(r'p14:section name="([^"]*)"', xml) == ["Overview", "Origins", "Sources"]


def test_the_shipped_template_is_what_its_script_makes(tmp_path: Path) -> None:
    script = ROOT / "tools" / "make_template.py"
    spec = importlib.util.spec_from_file_location("make_template", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.main(str(tmp_path))
    assert set(module.DESIGNS) == set(TEMPLATES)
    for name in TEMPLATES:
        shipped = ROOT / "briefgen" / "renderers" / "deck" / "templates" / f"{name}.pptx"
        with zipfile.ZipFile(tmp_path / f"{name}.pptx") as fresh, zipfile.ZipFile(shipped) as old:
            assert {n: fresh.read(n) for n in fresh.namelist()} == {n: old.read(n) for n in old.namelist()}


@pytest.mark.parametrize("name", TEMPLATES)
def test_words_in_a_built_in_template_can_be_read_on_their_ground(name: str) -> None:
    """Section colours as words, as fills behind words, and on their own tints."""
    opened, _ = template(name)
    palette, theme = opened.look.palette, opened.theme

    def seen(colour: Colour) -> str:
        return shaded(theme.named(colour.scheme), colour.mod, colour.off, colour.sat)

    ground = seen(palette.ground)
    least = 7.0 if name == "print" else 4.5
    for colour in (*palette.accents, palette.strong, palette.ink, palette.muted, palette.link):
        assert contrast(seen(colour), ground) >= least, colour
    for colour in palette.accents:
        assert contrast(seen(colour), seen(palette.pale(colour))) >= 4.5
        assert contrast(seen(palette.ink), seen(palette.pale(colour))) >= 7.0
    assert contrast(seen(palette.ink), seen(palette.grey)) >= 7.0
    assert contrast(seen(palette.muted), seen(palette.grey)) >= 4.5


def luminance(colour: str) -> float:
    """The relative luminance of a colour, as WCAG 2 has it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.skipif(not VALIDATOR.exists(), reason="the schemas to check against are not on this machine")
def test_decks_keep_to_the_file_format(tmp_path: Path) -> None:
    for index, made in enumerate((every_kind(), hard())):
        (tmp_path / f"{index}.pptx").write_bytes(render(made).data)
    files = sorted(map(str, tmp_path.glob("*.pptx")))
    ran = subprocess.run([sys.executable, str(VALIDATOR), *files], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


# Hard input -----------------------------------------------------------------------------------------------------


def hard() -> Brief:
    long = " ".join(["consideration", "of", "the", "matter"] * 30)
    notes = [
        note(n, f"Source {n}, “A heading of some length”, citing Somebody Else, {n} Nov 2012") for n in range(1, 61)
    ]
    facts = tuple(said(n, f"Fact {n}: {long[: 40 + n]}", n % 60 + 1) for n in range(60))
    old = tuple(said(400 + n, "Old.", date=dated(year)) for n, year in enumerate((-12000, 1, 9998)))
    crowd = tuple(Person(f"Name {n} " * (1 + n % 9), facts[n : n + n % 6], n % 2 == 0) for n in range(20))
    return brief(
        Bullets("Many", facts[:40], WHERE),
        Bullets("Long " * 60, (said(100, long, *range(1, 60)), said(101, "汉" * 200), said(102, "W" * 300)), WHERE),
        Bullets("Signs", (said(103, "😀 & < > \" ' ]]> \x00\x07\x0b\ud800"), said(104, "")), WHERE),
        Bullets("", (), WHERE),
        Timeline("Sixty", tuple(said(200 + n, f"Event {n}.", date=dated(1950 + n)) for n in range(60)), WHERE),
        Timeline("Spans", tuple(said(300 + n, "Span.", date=dated(1900 + n, 1950 + n)) for n in range(9)), WHERE),
        Timeline("Old", old, WHERE),
        People("Crowd", crowd, WHERE),
        Table("Rows", ("A", "B", "C"), tuple(Row((f"{n}", "", long[:n]), facts[n % 60]) for n in range(100)), WHERE),
        Table("None", (), (Row(("a",), facts[0]),), WHERE),
        Quotation("", said(500, long), WHERE),
        Compare("Sides", Side("Left " * 40, facts[:9]), Side("", ()), WHERE),
        Prose("Mine", (said(501, long),), WHERE),
        Questions("", tuple(f"{long[:n]}?" for n in range(0, 100, 5)), WHERE),
        notes=notes,
        opening=facts[:12],
    )


def boxes(deck: RenderedDeck) -> Iterator[tuple[int, str, float, float, float, float]]:
    for number, slide in enumerate(opened(deck).slides, 1):
        for shape in slide.shapes:
            yield (
                number,
                shape.name,
                *(
                    value / 914400
                    for value in (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height)
                ),
            )


def test_nothing_lies_off_the_slide_and_no_content_runs_into_the_notes() -> None:
    deck = render(hard())
    rules = {number: top for number, name, _, top, _, _ in boxes(deck) if name == "Note rule"}
    apart = {"Notes", "Note rule", "Footer", "Slide number", "Panel", "Section colour", "Slides"}
    for number, name, left, top, right, bottom in boxes(deck):
        assert left >= -0.01
        assert top >= -0.01
        assert right <= 13.34, (number, name)
        assert bottom <= 7.51, (number, name)
        if name not in apart:
            assert bottom <= rules.get(number, 7.1) + 0.01, (number, name)


def test_a_brief_with_nothing_in_it_still_makes_a_deck() -> None:
    empty = Brief("", "", (), (), (), ())
    assert render(empty).count == 2
    hollow = Brief("T", "en", (Section(1, "", "", (), WHERE),), (), (), ())
    assert titles(render(hollow))


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=4))
def test_any_text_makes_a_package_that_opens(texts: list[str]) -> None:
    statements = tuple(said(n, text, 1, date=dated(2000 + n)) for n, text in enumerate(texts))
    words = texts[0]
    made = brief(
        Bullets(words, statements, WHERE),
        Timeline(words, statements, WHERE),
        Table(words, (words,), tuple(Row((s.text,), s) for s in statements), WHERE),
        notes=[note(1, words, words)],
    )
    for name, data in parts(render(made)).items():
        assert name.endswith((".xml", ".rels"))
        etree.fromstring(data)


# Measuring, sharing, placing ------------------------------------------------------------------------------------


def test_text_is_measured_as_the_theme_font_sets_it() -> None:
    assert FACE.width("n", 72) == pytest.approx(1.02 * 1076 / 2048, rel=0.01)
    assert FACE.width("n", 72, bold=True) > FACE.width("n", 72)
    assert FACE.lines((TextRun("one two"),), 20, 10) == 1
    assert FACE.lines((TextRun("one two"),), 20, 0.6) == 2


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.floats(0.3, 6), st.floats(1.01, 3))
def test_text_takes_no_fewer_lines_in_less_room(text: str, room: float, more: float) -> None:
    assert FACE.lines((TextRun(text),), 18, room) >= FACE.lines((TextRun(text),), 18, room * more) >= 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 12), max_size=25))
def test_sharing_out_keeps_order_and_loses_only_what_never_fits(sizes: list[int]) -> None:
    def fits(group: Sequence[int]) -> bool:
        return sum(group) <= 10

    groups, rest = share_out(sizes, fits)
    assert [item for group in groups for item in group] == [size for size in sizes if size <= 10]
    assert list(rest) == [size for size in sizes if size > 10]
    assert all(fits(group) for group in groups)


def test_sharing_out_is_even() -> None:
    groups, _ = share_out(range(13), lambda group: len(group) <= 6)
    assert sorted(len(group) for group in groups) == [4, 4, 5]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1900, 2000), st.integers(0, 40), st.integers(1, 5)), min_size=1, max_size=12))
def test_labels_of_a_timeline_never_collide_and_no_leader_crosses_one(given_events: list[tuple[int, int, int]]) -> None:
    made = [
        event(said(n, "x" * lines, date=dated(y, y + s if s else 0))) for n, (y, s, lines) in enumerate(given_events)
    ]
    events = sorted((item for item in made if item), key=lambda item: item.start)

    def measure(item: Event, width: float) -> float:
        return 0.2 * (1 + len(item.statement.text))

    found = arrange(events, 0.6, 12.73, 4.6, measure)
    if found is None:
        assert len(events) > 5
        return
    assert found.above + found.below <= 4.6
    for item in found.placed:
        assert 0.59 <= item.left <= item.x <= item.left + item.width <= 12.74
    for a, b in pairwise(found.placed):
        assert a.x < b.x
    for a, b in combinations(found.placed, 2):
        if a.side != b.side:
            continue
        if a.lane == b.lane:
            assert a.left + a.width <= b.left or b.left + b.width <= a.left
        near, far = (a, b) if a.lane < b.lane else (b, a)
        if near.lane != far.lane:
            assert not near.left < far.x < near.left + near.width


@given(st.integers(-5_000_000, 3_000_000))
def test_days_and_years_agree_before_and_after_year_one(day: int) -> None:
    year = year_of(day)
    assert first_day(12 * year) <= day < first_day(12 * year + 12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-3000, 3000), min_size=2, max_size=8, unique=True))
def test_years_in_the_band_stand_in_order_and_apart(years: list[int]) -> None:
    years.sort()
    step = 12.0 / len(years)
    points = tuple((float(first_day(12 * year)), 0.6 + step * index) for index, year in enumerate(years))
    places = [x for x, _ in ticks(Scale(points), years[0], years[-1])]
    assert all(b - a > 0.45 for a, b in pairwise(places))


def test_statements_of_one_passage_have_it_once_in_the_speaker_notes() -> None:
    notes = {1: note(1), 2: note(2)}
    both = (said(1, "A", 1), structs.replace(said(2, "A", 1, 2), id="again"))
    assert speaker_notes(both, notes, {1: 1, 2: 2}) == (
        "“A In full.”",
        "1  Full citation 1.",
        "2  Full citation 2.",
    )


def test_openers_of_sections_with_one_heading_are_told_apart() -> None:
    made = every_kind()
    section = made.sections[0]
    twice = structs.replace(made, sections=(section, structs.replace(section, number=2)))
    shown = [slide for slide in plan(twice, LOOK).slides if slide.role == "opener"]
    titles = [shape for slide in shown for shape in slide.shapes if getattr(shape, "placeholder", "") == "title"]
    boxes = [shape for shape in titles if isinstance(shape, TextBox)]
    texts = ["".join(run.text for p in shape.paragraphs for run in p.runs) for shape in boxes]
    assert texts == [section.heading, f"{section.heading} (2)"]


@given(st.lists(st.integers(1, 400), min_size=1, max_size=12), st.integers(1, 20))
@settings(max_examples=30, deadline=None)
def test_each_objective_is_shown_and_one_too_long_for_a_slide_is_cut(lengths: list[int], sections: int) -> None:
    aims = tuple(f"Aim{number} " + "word " * length for number, length in enumerate(lengths))
    section = every_kind().sections[0]
    made = structs.replace(every_kind(), objectives=aims, sections=(section,) * sections)
    told = " ".join(
        run.text
        for slide in plan(made, LOOK).slides
        if slide.title.startswith("In this lecture")
        for shape in slide.shapes
        if isinstance(shape, TextBox)
        for paragraph in shape.paragraphs
        for run in paragraph.runs
    )
    assert re.findall(r"Aim\d+", told) == [f"Aim{number}" for number in range(len(lengths))]
