"""The handout as a PDF: what stands on its pages, how it is tagged, and what cannot be set."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image as Picture_
from test_handout import HERE, brief, every_block, said

from briefgen.build import build
from briefgen.composing import prepare
from briefgen.library import read_file
from briefgen.model import (
    Bullets,
    Chart,
    Compare,
    Definition,
    Glossary,
    Handout,
    Image,
    Person,
    Picture,
    Pixels,
    Questions,
    Row,
    Run,
    Side,
    Table,
    Tie,
    Timeline,
)
from briefgen.outputs import read_pdf_handout
from briefgen.pictures import album
from briefgen.problems import Problem
from briefgen.renderers.handout.pdf import render_pdf
from briefgen.renderers.handout.printed import Gap
from briefgen.renderers.handout.sheet import sheet
from briefgen.renderers.handout.typeset import setable
from briefgen.results import BuildOptions
from briefgen.verify import verify

CASES = ("canal", "chess", "harald", "lighthouse", "reef")


def rendered(of: Any, pictures: Any = None, edition: Any = None) -> bytes:
    data, problems = render_pdf(of, pictures or {}, sheet(of, edition))
    assert problems == ()
    return data


def pages(data: bytes) -> list[str]:
    """The words of each page."""
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(one.get_textpage().get_text_bounded().split()) for one in document]


def text(data: bytes) -> str:
    return " ".join(pages(data)).replace("\u200b", "").replace("\u2060", "")


def faults(data: bytes) -> list[str]:
    return [f"{one.rule_id}: {one.message}" for one in page.validate_pdf_bytes(data, profile="ua1").failures]


@lru_cache(maxsize=4)
def opened(data: bytes) -> pikepdf.Pdf:
    """The file, kept open while its objects are looked at."""
    return pikepdf.open(BytesIO(data))


def tags(data: bytes) -> list[pikepdf.Dictionary]:
    """The elements of the tag tree in reading order."""

    def walk(node: Any) -> Iterator[Any]:
        for one in node if isinstance(node, pikepdf.Array) else [node]:
            if isinstance(one, pikepdf.Dictionary):
                if "/S" in one:
                    yield one
                yield from walk(one.K) if "/K" in one else ()

    return list(walk(opened(data).Root.StructTreeRoot.K))


def kinds(data: bytes) -> list[str]:
    return [str(one.S) for one in tags(data)]


def with_everything() -> Any:
    ada, bo, cy = (Person(name, (said(f"{name} swam.", at=n, notes=(n,)),)) for n, name in enumerate("ABC", 1))
    tie = Tie(1, "son", (0,), said("B is the son of A.", at=11, notes=(5,)))
    again = Tie(2, "son", (0,), said("B is the son of A.", at=11, notes=(5,)))
    return brief(
        *every_block(),
        Timeline("When", (said("It rose.", at=20, notes=(6,), date="1998"),), HERE),
        Compare("Two", Side("Charge", (said("They did.", at=21),)), Side("Answer", (said("No.", at=22),)), HERE),
        Chart("Kin", (ada, bo, cy), (tie, again), HERE),
        Glossary("Terms", (Definition("weir", said("a low dam", at=23, notes=(7,))),), HERE),
        Bullets("More", (said("It fell.", at=24, notes=(8, 1)),), HERE),
        opening=(said("It is.", at=9, notes=(4,)),),
    )


@pytest.fixture(scope="module")
def full() -> bytes:
    return rendered(with_everything())


@pytest.mark.parametrize("name", CASES)
def test_the_samples_conform_to_pdf_ua(name: str) -> None:
    of, _ = prepare(SAMPLES / name / "outline.yaml", BuildOptions())
    assert of is not None
    of, pictures, _ = album(of)
    for columns in (False, True):
        data = rendered(replace(of, handout=Handout(two_columns=columns)), pictures)
        assert faults(data) == []
        assert data == rendered(replace(of, handout=Handout(two_columns=columns)), pictures)


@pytest.mark.parametrize("name", ["survey-lecture", "sanctions-seminar", "leadership-handout"])
def test_every_statement_about_the_real_documents_is_found_in_the_pdf(name: str, shared: Path, tmp_path: Path) -> None:
    sources = (str(shared / "sources"),)
    build(Path("outlines", f"{name}.yaml"), BuildOptions(formats=("pdf",), out=tmp_path, sources=sources))
    made = tmp_path / f"{name}-handout.pdf"
    report = verify(made, sources)
    assert [one for one in report.statements if one.status != "found"] == []
    assert report.total > 40
    assert faults(made.read_bytes()) == []
    assert_notes_stand_where_they_are_used(made.read_bytes())


def assert_notes_stand_where_they_are_used(data: bytes) -> None:
    """Each mark leads to a note on its own page, and each note back to a mark there."""
    inside = 0
    for shown in opened(data).pages:
        for one in shown.get("/Annots", ()):
            place = one["/Dest"] if "/Dest" in one else one.get("/A", pikepdf.Dictionary()).get("/D")
            if place is not None:
                assert place[0].objgen == shown.objgen
                inside += 1
    assert inside > 50


@pytest.mark.parametrize("name", CASES)
def test_every_statement_of_the_samples_is_found_in_the_pdf(name: str, tmp_path: Path) -> None:
    build(SAMPLES / name / "outline.yaml", BuildOptions(formats=("pdf",), out=tmp_path))
    report = verify(tmp_path / "outline-handout.pdf")
    assert report.total == len(report.statements) > 4
    assert {one.status for one in report.statements} == {"found"}


def test_everything_conforms_and_is_tagged_as_what_it_is(full: bytes) -> None:
    assert faults(full) == []
    found = kinds(full)
    assert {"/Title", "/H1", "/H2", "/Table", "/TH", "/L", "/BlockQuote", "/Note", "/Link"} <= set(found)
    levels = [int(kind[2]) for kind in found if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_heads_of_tables_say_that_they_are_of_columns(full: bytes) -> None:
    heads = [one for one in tags(full) if one.S == "/TH"]
    assert len(heads) > 10
    assert {str(kept.Scope) for one in heads for kept in one.A if "/Scope" in kept} == {"/Column"}
    assert all(any("/Scope" in kept for kept in one.A) for one in heads)


def test_the_file_names_its_title_language_author_and_day() -> None:
    of = replace(with_everything(), language="de-AT", author="A. Lind", date="2026-11-23")
    file = opened(rendered(of))
    assert (str(file.docinfo["/Title"]), str(file.docinfo["/Author"])) == ("Salt & Rivers", "A. Lind")
    assert str(file.Root.Lang).lower() == "de-at"
    assert str(file.docinfo["/CreationDate"]).startswith("D:20261123")
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)


@pytest.mark.parametrize("date", ["", "Week 3", "2026-11"])
def test_without_a_day_the_file_has_no_date(date: str) -> None:
    assert "/CreationDate" not in opened(rendered(replace(brief(), date=date))).docinfo


def test_sections_and_blocks_are_bookmarks(full: bytes) -> None:
    with opened(full).open_outline() as outline:
        tops = [one.title.replace("\u2002", " ") for one in outline.root]
        assert tops == ["1 Floods", "Sources", "Works cited by the sources"]
        assert "Kin" in [one.title for one in outline.root[0].children]


def test_every_font_is_in_the_file(full: bytes) -> None:
    fonts = [one for one in opened(full).objects if isinstance(one, pikepdf.Dictionary)]
    described = [one for one in fonts if one.get("/Type") == "/FontDescriptor"]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(one.keys()) for one in described)


def test_a_note_keeps_its_number_and_stands_once_on_each_page_that_uses_it() -> None:
    rows = tuple(said(f"Row {n} of the list with words.", at=n, notes=(7 if n % 2 else 3,)) for n in range(1, 160))
    shown = pages(rendered(brief(Bullets("", rows, HERE))))
    assert len(shown) > 2
    for one in shown:
        uses = "Row" in one
        assert [one.count(f"Full note {n}.") for n in (3, 7)] == [uses, uses]


def test_notes_come_in_the_order_of_their_first_marks(full: bytes) -> None:
    first = pages(full)[0]
    assert re.findall(r"Full note (\d)\.", first)[:2] == ["4", "1"]


def test_links_say_where_they_lead(full: bytes) -> None:
    file = opened(full)
    links = [one for shown in file.pages for one in shown.get("/Annots", ()) if one.Subtype == "/Link"]
    assert len(links) > 20
    assert all(str(one.get("/Contents", "")).strip() for one in links)
    assert {str(one.A.URI) for one in links if "/A" in one and "/URI" in one.A} == {"https://example.org/s"}


def test_an_unsafe_address_is_no_link() -> None:
    of = brief(Bullets("", (said("A.", notes=(1,)),), HERE))
    note = replace(of.notes[0], runs=(Run("See.", url="javascript:alert(1)"),), url="file:///etc/passwd")
    assert b"javascript" not in rendered(replace(of, notes=(note,)))


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
@pytest.mark.parametrize("columns", [False, True])
def test_the_paper_and_columns_are_those_of_the_outline(paper: Any, size: tuple[int, int], columns: bool) -> None:
    rows = tuple(said(f"Row {n} of the list.", at=n) for n in range(20))
    of = replace(brief(Bullets("", rows, HERE)), handout=Handout(paper=paper, two_columns=columns))
    with pypdfium2.PdfDocument(rendered(of)) as document:
        assert tuple(map(round, document[0].get_size())) == size


def test_pages_are_numbered_and_headed_by_title_and_section() -> None:
    rows = tuple(said(f"Row {n}.", at=n) for n in range(150))
    shown = pages(rendered(brief(Bullets("", rows, HERE))))
    assert all(f"{number} of {len(shown)}" in one for number, one in enumerate(shown, 1))
    assert shown[1].startswith("Salt & Rivers 1 Floods")
    assert not shown[0].startswith("Salt & Rivers 1 Floods")


def table_of(count: int) -> Table:
    rows = (Row((str(n), f"row-{n} " * 12, f"end-{n}"), said(f"{n}.", at=n, notes=(1 + n % 8,))) for n in range(count))
    return Table("Measures", ("date", "who", "measure"), tuple(rows), HERE)


def test_a_long_table_repeats_its_heads_and_splits_no_row() -> None:
    shown = pages(rendered(brief(table_of(300))))
    assert len(shown) > 8
    for one in shown:
        rows = set(re.findall(r"row-(\d+)", one))
        assert rows == set(re.findall(r"end-(\d+)", one))
        assert ("Date Who Measure" in one) == bool(rows)
        assert len(rows) != 1


def test_a_title_stands_with_what_it_is_the_title_of() -> None:
    for before in range(20, 60):
        rows = tuple(said(f"Row {n}.", at=n) for n in range(before))
        of = brief(Bullets("", rows, HERE), Bullets("Lonely", (said("Company.", at=99),), HERE))
        shown = next(one for one in pages(rendered(of)) if "Lonely" in one)
        assert "Company." in shown


def test_a_students_edition_has_numbered_blanks_and_an_instructors_the_words() -> None:
    of = brief(Bullets("", (said("The old river rose twice."),), HERE))

    def with_gap(edition: Any) -> str:
        made = sheet(of, edition)
        section = made.sections[0]
        block = section.blocks[0]
        row = block.rows[0][0]
        assert row is not None
        gapped = replace(row, gaps=(Gap(4, 13, 1),))
        block = replace(block, rows=((gapped,),))
        made = replace(made, sections=(replace(section, blocks=(block,)),))
        return text(render_pdf(of, {}, made)[0])

    student, instructor = map(with_gap, ("student", "instructor"))
    assert "old river" not in student
    assert re.search(r"The ‹1›\s+rose twice\.", student)
    assert re.search(r"The old river ?\(1\) rose twice\.", instructor)
    assert "student’s edition" in student
    assert "instructor’s edition" in instructor


def test_questions_have_room_to_write_and_keep_it() -> None:
    asked = tuple(f"Question number {n}?" for n in range(14))
    with pypdfium2.PdfDocument(rendered(brief(Questions("", asked, HERE)))) as document:
        for one in document:
            lines = [shape.get_bounds() for shape in one.get_objects(filter=[2])]
            count = one.get_textpage().get_text_bounded().count("Question number")
            wide = [bounds for bounds in lines if 350 < bounds[2] - bounds[0] < 450]
            assert len(wide) >= 3 * count


def picture() -> Pixels:
    data = BytesIO()
    Picture_.new("RGB", (400, 300), "navy").save(data, "PNG")
    return Pixels(data.getvalue(), "image/png")


def shown_picture(alt: str) -> Image:
    return Image("Map", Picture("map.png", "f00", 400, 300), alt, "Drawn by A.", HERE, license="CC BY 4.0")


def test_a_picture_has_its_alternative_text_and_credit() -> None:
    data = rendered(brief(shown_picture("The river and its towns")), {"f00": picture()})
    assert [str(one.Alt) for one in tags(data) if one.S == "/Figure"] == ["The river and its towns"]
    assert "Drawn by A. · CC BY 4.0" in text(data)
    assert faults(data) == []


def test_decoration_is_no_figure() -> None:
    assert "/Figure" not in kinds(rendered(brief(shown_picture("")), {"f00": picture()}))


@pytest.mark.parametrize("pictures", [{}, {"f00": Pixels(b"no picture", "image/png")}])
def test_a_picture_that_cannot_be_placed_is_named_and_stands_in_words(pictures: Any) -> None:
    data, problems = render_pdf(brief(shown_picture("The river and its towns")), pictures)
    assert [one.severity for one in problems] == ["error"]
    assert "map.png" in problems[0].message
    assert "The river and its towns" in text(data)


MARKUP = '#panic("x") *bold* _it_ `raw` $x^2$ @ref <lab> \\ // c /* d */ -- ~ #read("/etc/passwd") = h'


def test_markup_in_any_words_is_shown_as_text() -> None:
    of = brief(Bullets(MARKUP, (said(MARKUP, notes=(1,)),), HERE), Questions("", (MARKUP,), HERE))
    data = rendered(replace(of, title=MARKUP, subtitle=MARKUP, author=MARKUP, course=MARKUP, objectives=(MARKUP,)))
    assert text(data).count('#panic("x") *bold* _it_ `raw` $x^2$ @ref <lab>') >= 5


def test_characters_without_a_glyph_are_named_and_the_rest_is_set() -> None:
    data, problems = render_pdf(brief(Bullets("", (said("The 漢字 stand here."),), HERE)))
    assert [one.severity for one in problems] == ["error"]
    assert "字 (U+5B57), 漢 (U+6F22)" in problems[0].message
    assert "--to html" in problems[0].hint
    assert problems[0].where == replace(HERE, line=0, column=0)
    assert "The □□ stand here." in text(data)
    assert faults(data) == []


def test_a_letter_keeps_standing_where_only_the_sign_on_it_has_no_glyph() -> None:
    data, problems = render_pdf(brief(Bullets("", (said("Some q\U0001d165 queries."),), HERE)))
    assert "U+1D165" in problems[0].message
    assert "q□ queries." in text(data)


def test_a_font_of_the_outline_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "no.ttf").write_bytes(b"no font")
    fonts = (str(tmp_path / "no.ttf"), str(tmp_path / "gone.ttf"))
    data, problems = render_pdf(replace(brief(), handout=Handout(fonts=fonts)))
    assert data
    assert sorted("gone.ttf" in one.message for one in problems) == [False, True]


def test_a_page_from_right_to_left_conforms() -> None:
    of = brief(Bullets("שלום", (said("שלום עולם.", notes=(1,)), said("And in English.", at=2)), HERE))
    data = rendered(replace(of, language="he", title="נהרות"))
    assert faults(data) == []
    with pypdfium2.PdfDocument(data) as document:
        words = document[0].get_textpage()
        search = words.search("Sources")
        found = search.get_next()
        assert found is not None
        assert words.get_charbox(found[0])[0] > 450


@pytest.mark.parametrize(
    "words", ["x" * 400, "https://example.org/" + "a/b-c.d?e=f&" * 50, "passage of many words " * 900, ""]
)
def test_words_of_any_length_stay_on_the_paper(words: str) -> None:
    row = Row((words, words[:200]), said(words or "-", at=2, notes=(2,)))
    of = brief(Bullets(words[:200], (said(words or "-", notes=(1,)),), HERE), Table("", ("date", "who"), (row,), HERE))
    with pypdfium2.PdfDocument(rendered(replace(of, title=words[:300]))) as document:
        for one in document:
            shown = one.get_textpage()
            boxes = [shown.get_charbox(number) for number in range(shown.count_chars())]
            assert all(left >= 0 and right <= 595 for left, _, right, _ in boxes)
            assert all(bottom >= 0 and top <= 842 for _, bottom, _, top in boxes)


def test_an_empty_brief_is_a_page() -> None:
    assert len(pages(rendered(brief()))) == 1
    assert len(pages(rendered(replace(brief(), sections=(), notes=(), bibliography=(), title="")))) == 1


def test_what_typst_refuses_becomes_one_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.renderers.handout.pdf.templates", lambda: {"main.typ": b"#panic()"})
    data, problems = render_pdf(brief())
    assert data == b""
    assert [(one.severity, "typst cannot set the PDF" in one.message) for one in problems] == [("error", True)]


def test_a_pdf_that_was_not_made_is_not_written(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.renderers.handout.pdf.templates", lambda: {"main.typ": b"#panic()"})
    result = build(project / "outline.yaml", BuildOptions(formats=("pdf", "html"), out=project / "output"))
    assert sorted(one.name for one in result.outputs) == ["outline-handout.html", "outline.evidence.json"]


@settings(max_examples=25, deadline=None)
@given(st.text(), st.text(min_size=1), st.text())
def test_any_text_gives_a_file_that_conforms(title: str, passage: str, cell: str) -> None:
    row = Row((cell, passage), said(passage, notes=(2,)))
    of = brief(Bullets(title, (said(passage, at=1, notes=(1,)),), HERE), Table(cell, ("a", title), (row,), HERE))
    data, problems = render_pdf(replace(of, title=title, subtitle=cell))
    assert faults(data) == []
    assert all("have no" in one.message for one in problems)


@given(st.text())
def test_only_places_to_break_words_are_added_to_a_text(words: str) -> None:
    shown = setable(words).replace("\u200b", "")
    kept = [char for char in words if char.isprintable() and char not in " \u200b"]
    assert [char for char in shown.replace("\u00a0", "") if char.isprintable() and char != " "] == [
        char for char in kept if char != "\u00a0"
    ]


def test_a_pdf_without_tags_is_named(tmp_path: Path) -> None:
    file = tmp_path / "plain.pdf"
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(100, 100)
        document.save(file)
    found = read_pdf_handout(file)
    assert isinstance(found, Problem)
    assert "no tags" in found.message


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 4000))
def test_a_damaged_pdf_is_a_problem_or_units(junk: bytes, at: int) -> None:
    whole = _sample()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "x.pdf")
        file.write_bytes(whole[:at] + junk + whole[at + len(junk) :])
        found = read_pdf_handout(file)
    assert isinstance(found, (Problem, tuple))


def _sample() -> bytes:
    return render_pdf(brief(Bullets("", (said("A."),), HERE)))[0]


def test_a_handout_is_no_source(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(_sample())
    reading = read_file(tmp_path / "x.pdf")
    assert reading.source is None
    assert [one.severity for one in reading.problems] == ["warning"]


def editions(folder: Path) -> dict[str, bytes]:
    """The sample `harald` in both editions, with questions."""
    shutil.copytree(SAMPLES / "harald", folder, dirs_exist_ok=True)
    outline = folder / "outline.yaml"
    kept = re.sub(r"(?m)^handout:.*\n", "", outline.read_text("utf-8"))
    outline.write_text(f"{kept}handout: {{editions: [student, instructor], questions: 4}}\n", "utf-8")
    build(outline, BuildOptions(out=folder, formats=("pdf", "pptx")))
    return {one: (folder / f"outline-handout-{one}.pdf").read_bytes() for one in ("student", "instructor")}


def test_editions_have_questions_answers_and_the_pages_at_the_end(tmp_path: Path) -> None:
    made = editions(tmp_path)
    student, instructor = text(made["student"]), text(made["instructor"])
    assert "Questions, with the key" in instructor
    assert "Key:" in instructor
    assert "Answers" in instructor
    assert "Talking points" in instructor
    assert "Questions" in student
    assert "Key:" not in student
    assert "Chronology" in student
    assert [faults(one) for one in made.values()] == [[], []]


def test_the_blanks_of_a_students_edition_are_found_as_what_they_stand_for(tmp_path: Path) -> None:
    editions(tmp_path)
    for edition in ("student", "instructor"):
        report = verify(tmp_path / f"outline-handout-{edition}.pdf")
        assert report.total > 0
        assert [one.text for one in report.statements if one.status != "found"] == []


@pytest.mark.parametrize("columns", [False, True])
def test_one_sheet_is_filled_and_says_what_was_left_out(columns: bool) -> None:
    rows = tuple(
        said(f"Row {n} of the list, with a few more words to it.", at=n, notes=(n % 5 + 1,)) for n in range(1, 160)
    )
    of = brief(Bullets("", rows, HERE))
    one = replace(of, handout=replace(of.handout, one_page=True, two_columns=columns))
    shown = pages(rendered(one))
    assert len(shown) == 1
    assert "Left out for room:" in shown[0]
    assert "Row 12 of the list" in shown[0]
