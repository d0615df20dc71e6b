"""Handouts for word processors: Word and OpenDocument files, written through pandoc and read back."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import SAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace
from PIL import Image as Drawing
from test_handout import HERE, brief, every_block, said

from briefgen.build import build
from briefgen.evidence import load_evidence
from briefgen.model import (
    Brief,
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
    Run,
    Side,
    Tie,
    Timeline,
)
from briefgen.outputs import GAP, Unit, read_open_document, read_word
from briefgen.problems import Problem
from briefgen.readers import read
from briefgen.renderers.characters import printable
from briefgen.renderers.handout.docx import render_docx, word_file
from briefgen.renderers.handout.manuscript import manuscript
from briefgen.renderers.handout.odt import open_document_file, render_odt
from briefgen.renderers.handout.office_files import TEMPLATES, packed, unpacked
from briefgen.renderers.handout.printed import Gap, Sheet
from briefgen.renderers.handout.sheet import sheet
from briefgen.results import BuildOptions
from briefgen.verify import verify

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
ENDINGS = ("docx", "odt")
MARKUP = (
    "<b>bold</b> &amp; <w:p/> <script>alert(1)</script>",
    r"\textbf{x} $x^2$ \input{/etc/passwd} \footnote{y}",
    "#set text(red) *x* _y_ `z` #include",
    "**x** [a](b) ![i](j) ^[n] # h",
    "{=openxml} ~~~ <!-- --> --- ...",
)


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def word(of: Brief, name: str = "word/document.xml") -> Any:
    return part(render_docx(of)[0], name)


def odt(of: Brief, name: str = "content.xml") -> Any:
    return part(render_odt(of)[0], name)


def styled(tree: Any, style: str) -> list[str]:
    """The texts of the paragraphs of a Word file in a style."""
    found = (one for one in tree.iter(f"{W}p") if one.find(f"{W}pPr/{W}pStyle[@{W}val='{style}']") is not None)
    return ["".join(text.text or "" for text in one.iter(f"{W}t")) for one in found]


def written(of: Brief, ending: str, printed: Sheet | None = None) -> bytes:
    write = word_file if ending == "docx" else open_document_file
    data, problems = write(of, printed or sheet(of))
    assert problems == ()
    return data


def read_back(data: bytes, ending: str, folder: Path) -> list[str]:
    path = folder / f"x.{ending}"
    path.write_bytes(data)
    reader: Callable[[Path], tuple[Unit, ...] | Problem] = read_word if ending == "docx" else read_open_document
    units = reader(path)
    assert not isinstance(units, Problem)
    return [unit.text for unit in units]


def with_gaps(of: Brief, edition: str) -> Sheet:
    """The sheet of a brief whose first opening passage has two gaps."""
    whole = sheet(of)
    first, *rest = whole.sections[0].lead
    lead = (replace(first, gaps=(Gap(3, 8, 1), Gap(9, 13, 2))), *rest)
    sections = (replace(whole.sections[0], lead=lead), *whole.sections[1:])
    return replace(whole, sections=sections, edition="student" if edition == "student" else "instructor")


@pytest.fixture
def drawing() -> Pixels:
    stream = BytesIO()
    Drawing.new("RGB", (400, 200), "navy").save(stream, "PNG")
    return Pixels(stream.getvalue(), "image/png")


# Notes ---------------------------------------------------------------------------------------------------------------


def test_each_note_is_one_footnote_and_its_later_marks_refer_to_it() -> None:
    one, again = said("A.", at=1, notes=(1,)), said("B.", at=2, notes=(2, 1))
    of = brief(Bullets("", (one, again), HERE))
    document, footnotes = word(of), word(of, "word/footnotes.xml")
    assert len(list(document.iter(f"{W}footnoteReference"))) == 2
    assert len([note for note in footnotes if note.get(f"{W}type") is None]) == 2
    codes = ["".join((code.text or "").split()) for code in document.iter(f"{W}instrText")]
    assert codes == ["NOTEREFnote_1\\f\\h"]
    (marked,) = document.xpath("//w:bookmarkStart[@w:name='note_1']", namespaces={"w": W[1:-1]})
    assert marked.getnext().find(f"{W}footnoteReference") is not None


def test_notes_out_of_order_keep_the_numbers_of_the_evidence() -> None:
    of = brief(Bullets("", (said("A.", at=1, notes=(7,)), said("B.", at=2, notes=(3, 7))), HERE))
    document, footnotes = word(of), word(of, "word/footnotes.xml")
    marks = [reference.getnext().text for reference in document.iter(f"{W}footnoteReference")]
    assert marks == ["7", "3"]
    assert all(reference.get(f"{W}customMarkFollows") for reference in document.iter(f"{W}footnoteReference"))
    texts = ["".join(text.text for text in note.iter(f"{W}t")) for note in footnotes if not note.get(f"{W}type")]
    assert texts == ["7 Full note 7.", "3 Full note 3."]
    (link,) = document.iter(f"{W}hyperlink")
    assert (link.get(f"{W}anchor"), "".join(link.itertext())) == ("note_7", "7")


def test_notes_of_open_documents_have_their_numbers_and_later_marks_refer_to_them() -> None:
    content = odt(brief(Bullets("", (said("A.", at=1, notes=(7,)), said("B.", at=2, notes=(3, 7))), HERE)))
    assert [note.get(f"{TEXT}id") for note in content.iter(f"{TEXT}note")] == ["ftn7", "ftn3"]
    assert [one.get(f"{TEXT}label") for one in content.iter(f"{TEXT}note-citation")] == ["7", "3"]
    assert [one.get(f"{TEXT}ref-name") for one in content.iter(f"{TEXT}note-ref")] == ["ftn7"]


def test_a_comparison_has_its_notes_in_the_order_of_the_evidence() -> None:
    left = (said("A.", at=1, notes=(1,)), said("B.", at=2, notes=(2,)))
    right = (said("C.", at=3, notes=(3,)), said("D.", at=4, notes=(4,)))
    of = brief(Compare("", Side("Charge", left), Side("Answer", right), HERE))
    assert manuscript(of, sheet(of), {}).notes == (1, 2, 3, 4)


def test_a_mark_without_its_note_is_a_raised_number() -> None:
    document = word(brief(Bullets("", (said("A.", notes=(77,)),), HERE)))
    assert list(document.iter(f"{W}footnoteReference")) == []
    (run,) = (run for run in document.iter(f"{W}r") if run.findtext(f"{W}t") == "77")
    assert run.find(f"{W}rPr/{W}vertAlign").get(f"{W}val") == "superscript"


@pytest.mark.parametrize("name", ["canal", "chess", "harald", "lighthouse", "reef"])
@pytest.mark.parametrize("ending", ENDINGS)
def test_every_statement_of_a_sample_is_found_again_with_a_footnote_for_each_note(
    name: str, ending: str, tmp_path: Path
) -> None:
    result = build(SAMPLES / name / "outline.yaml", BuildOptions(formats=(ending,), out=tmp_path))
    file = tmp_path / f"outline-handout.{ending}"
    assert file in result.outputs
    report = verify(file)
    assert {finding.status for finding in report.statements} == {"found"}
    evidence = load_evidence(tmp_path / "outline.evidence.json")
    assert not isinstance(evidence, Problem)
    where, tag = {"docx": ("word/document.xml", f"{W}footnoteReference"), "odt": ("content.xml", f"{TEXT}note")}[ending]
    assert len(list(part(file.read_bytes(), where).iter(tag))) == len(evidence.notes)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_changed_statement_is_told(ending: str, project: Path) -> None:
    build(project / "outline.yaml", BuildOptions(formats=(ending,), out=project / "output"))
    file = project / "output" / f"outline-handout.{ending}"
    evidence = load_evidence(project / "output" / "outline.evidence.json")
    assert not isinstance(evidence, Problem)
    name = "word/document.xml" if ending == "docx" else "content.xml"
    with zipfile.ZipFile(file) as package:
        parts = {one: package.read(one) for one in package.namelist()}
    starts = [one.text[:25].encode() for one in evidence.statements if len(one.text) > 60]
    start = next(words for words in starts if words in parts[name])
    with zipfile.ZipFile(file, "w") as package:
        for one, data in parts.items():
            package.writestr(one, data.replace(start, b"Nobody says that") if one == name else data)
    assert "changed" in {finding.status for finding in verify(file).statements}


# Text ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_markup_of_any_kind_is_shown_as_text(ending: str, tmp_path: Path) -> None:
    of = brief(Bullets(MARKUP[0], tuple(said(text, at=at) for at, text in enumerate(MARKUP)), HERE))
    shown = read_back(written(of, ending), ending, tmp_path)
    assert {" ".join(text.split()) for text in MARKUP} <= set(shown)


@pytest.mark.parametrize("ending", ENDINGS)
@settings(max_examples=25, deadline=None)
@given(text=st.text(min_size=1, max_size=60))
def test_any_text_gives_a_file_that_has_it(ending: str, text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    of = brief(Bullets(text, (said(f"|{text}|", notes=(1,)),), HERE), opening=(said(text, at=5),))
    of = replace(of, title=text, author=text, notes=(replace(of.notes[0], runs=(Run(text),), url=text),))
    shown = read_back(written(of, ending), ending, tmp_path_factory.mktemp("any"))
    direction = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
    bare = printable(text).translate(direction)
    assert f"|{bare}|".replace("\ufeff", "").split() in [one.replace("\ufeff", "").split() for one in shown]


def test_links_lead_to_addresses_only() -> None:
    runs = (Run("ok", url="https://example.org/a?b=1&c=2"), Run("bad", url="javascript:alert(1)"))
    of = brief(Bullets("", (replace(said("x"), runs=runs, passage=None),), HERE), notes=1)
    relations = word(of, "word/_rels/document.xml.rels")
    targets = [one.get("Target") for one in relations if one.get("TargetMode") == "External"]
    assert targets == ["https://example.org/a?b=1&c=2"]


def test_own_words_and_passages_have_styles_of_their_own(tmp_path: Path) -> None:
    of = brief(*every_block())
    document = word(of)
    used = {style.get(f"{W}val") for style in document.iter(f"{W}rStyle")}
    assert {"Statement", "Instructorswords"} <= used
    assert styled(document, "InstructorLabel") == ["In the instructor’s words"]
    assert styled(document, "Discussion") == ["Why?"]
    assert len(styled(document, "WritingLine") + styled(document, "LastWritingLine")) == 3
    assert styled(document, "QuoteSource") == ["— Short 2"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_block_is_read_back_as_it_is_printed(ending: str, tmp_path: Path) -> None:
    people = (Person("Ada", (said("She swam.", at=1),)), Person("Bo", (said("He ran.", at=2),)))
    kin = said("Ada is Bo’s sister.", at=3)
    chart = Chart("Kin", people, (Tie(0, "sister", (1,), kin), Tie(1, "brother", (0,), kin)), HERE)
    terms = Glossary("Terms", (Definition("hawala", said("a system of trust", at=4)),), HERE)
    shown = read_back(written(brief(*every_block(), chart, terms), ending), ending, tmp_path)
    for text in ("Mind the <salt>.", "“We fled.”", "Ada sister Bo Ada is Bo’s sister.", "hawala", "a system of trust"):
        assert text in shown
    assert "Bo brother Ada as above" in shown
    assert "Ada Lind † She swam." in shown
    assert "2001 – It rose." in shown


# Gaps ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_gaps_are_ruled_for_students_and_marked_for_instructors(ending: str, tmp_path: Path) -> None:
    of = brief(opening=(said("It never fell again.", at=1, notes=(1,)),))
    shown = read_back(written(of, ending, with_gaps(of, "student")), ending, tmp_path)
    assert f"It {GAP} {GAP} again." in shown
    assert Unit((f"It {GAP} {GAP} again.",)).holds(("It never fell again.",))
    assert not Unit((f"It {GAP} {GAP} again.",)).holds(("It never fell.",))
    shown = read_back(written(of, ending, with_gaps(of, "instructor")), ending, tmp_path)
    assert "It never fell again." in shown


def test_gaps_have_their_numbers_and_their_style() -> None:
    of = brief(opening=(said("It never fell again.", at=1, notes=(1,)),))
    document = part(written(of, "docx", with_gaps(of, "instructor")), "word/document.xml")
    assert styled(document, "Lead") == ["It never (1) fell (2) again."]
    gaps = [run for run in document.iter(f"{W}r") if run.find(f"{W}rPr/{W}rStyle[@{W}val='Gap']") is not None]
    assert [run.findtext(f"{W}t") for run in gaps] == ["never", "fell"]


def test_a_gap_is_a_ruled_space_as_long_as_handwriting_needs() -> None:
    of = brief(opening=(said("It never fell again.", at=1, notes=(1,)),))
    document = part(written(of, "docx", with_gaps(of, "student")), "word/document.xml")
    (lead,) = styled(document, "Lead")
    assert lead.replace("\u200b", "") == "It (1) ________ (2) ________ again."


# Form ----------------------------------------------------------------------------------------------------------------


def test_the_properties_have_title_author_and_language() -> None:
    of = replace(brief(), author="A. Lind", language="de-AT", date="2026-03-01")
    core = {one.tag.rpartition("}")[2]: one.text for one in word(of, "docProps/core.xml")}
    assert core["title"] == "Salt & Rivers"
    assert (core["creator"], core["language"], core["created"]) == ("A. Lind", "de-AT", "2026-03-01T00:00:00Z")
    (default,) = word(of, "word/styles.xml").xpath("//w:docDefaults//w:lang/@w:val", namespaces={"w": W[1:-1]})
    assert default == "de-AT"
    assert "Salt & Rivers" in "".join(odt(of, "meta.xml").itertext())
    language = next(odt(of, "styles.xml").iter("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}default-style"))[1]
    assert (language.get(f"{FO}language"), language.get(f"{FO}country")) == ("de", "AT")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_table_of_300_rows_repeats_its_head_and_keeps_its_rows_whole(ending: str) -> None:
    events = tuple(said(f"It rose by {feet} feet.", at=feet, date=str(1700 + feet)) for feet in range(300))
    of = brief(Timeline("Days", events, HERE))
    if ending == "docx":
        head, *rows = word(of).iter(f"{W}tr")
        assert head.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    else:
        table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
        content = odt(of)
        (head,) = content.iter(f"{table}table-header-rows")
        rows = [row for row in content.iter(f"{table}table-row") if row.getparent() is not head]
        assert {row.get(f"{table}style-name") for row in rows} == {"KeptRow"}
    assert len(rows) == 300


def test_a_long_row_may_go_over_a_page() -> None:
    row = word(brief(Timeline("", (said("It rose. " * 200, date="1700"),), HERE))).findall(f".//{W}tr")[1]
    assert row.find(f"{W}trPr/{W}cantSplit") is None


def test_the_heads_of_rows_are_marked_as_such() -> None:
    look = word(brief(Timeline("", (said("It rose.", date="1700"),), HERE))).find(f".//{W}tblLook")
    assert (look.get(f"{W}firstRow"), look.get(f"{W}firstColumn")) == ("1", "1")


@pytest.mark.parametrize(("paper", "width"), [("a4", "11906"), ("us-letter", "12240")])
def test_the_paper_is_what_the_outline_says(paper: Any, width: str) -> None:
    of = replace(brief(), handout=Handout(paper=paper))
    assert word(of).find(f".//{W}pgSz").get(f"{W}w") == width
    inches = {"a4": "210mm", "us-letter": "8.5in"}[paper]
    page = next(odt(of, "styles.xml").iter("{urn:oasis:names:tc:opendocument:xmlns:style:1.0}page-layout-properties"))
    assert page.get(f"{FO}page-width") == inches


def test_two_columns_begin_below_the_title() -> None:
    of = replace(brief(*every_block()), handout=Handout(two_columns=True))
    above, below = word(of).iter(f"{W}sectPr")
    assert above.find(f"{W}cols") is None
    assert below.find(f"{W}cols").get(f"{W}num") == "2"
    assert below.find(f"{W}type").get(f"{W}val") == "continuous"
    section = next(odt(of).iter(f"{TEXT}section"))
    assert section.getprevious().get(f"{TEXT}style-name") == "Title"


def test_languages_that_run_from_right_to_left_turn_page_tables_and_paragraphs() -> None:
    of = replace(brief(Timeline("", (said("ارتفع النهر", date="1700"),), HERE)), language="ar")
    document = word(of)
    assert document.find(f".//{W}body/{W}sectPr/{W}bidi") is not None
    assert document.find(f".//{W}tblPr/{W}bidiVisual") is not None
    (run,) = (run for run in document.iter(f"{W}r") if run.findtext(f"{W}t") == "ارتفع النهر")
    assert run.find(f"{W}rPr/{W}rtl") is not None
    assert run.find(f"{W}rPr/{W}lang").get(f"{W}bidi").startswith("ar")
    assert next(run.iterancestors(f"{W}p")).find(f"{W}pPr/{W}bidi") is not None


def test_a_paragraph_that_runs_against_the_document_is_turned() -> None:
    of = brief(Bullets("", (said("ارتفع النهر"),), HERE))
    turned = [one for one in word(of).iter(f"{W}p") if one.find(f"{W}pPr/{W}bidi") is not None]
    assert len(turned) == 1
    styles = [one.get(f"{TEXT}style-name") for one in odt(of).iter(f"{TEXT}p")]
    assert styles.count("Turned1") == 1


def test_pictures_have_their_words_and_decoration_is_marked(drawing: Pixels) -> None:
    shown = Picture("a.png", "a" * 64, 400, 200)
    blocks = (Image("Map", shown, "A map of <salt>", "Lind", HERE), Image("", shown, "", "Lind", HERE))
    data, problems = word_file(brief(*blocks), sheet(brief(*blocks)), {"a" * 64: drawing})
    assert problems == ()
    document = part(data, "word/document.xml")
    placed = [one for one in document.iter() if one.tag.endswith("}docPr")]
    assert [one.get("descr") for one in placed] == ["A map of <salt>", ""]
    assert b"decorative" not in etree.tostring(placed[0])
    assert b"decorative" in etree.tostring(placed[1])
    assert b"base64" not in etree.tostring(document)
    with zipfile.ZipFile(BytesIO(data)) as package:
        media = [package.read(name) for name in package.namelist() if name.startswith("word/media/")]
    assert set(media) == {drawing.data}
    open_document = open_document_file(brief(*blocks), sheet(brief(*blocks)), {"a" * 64: drawing})[0]
    frame = next(part(open_document, "content.xml").iter(f"{DRAW}frame"))
    assert frame.findtext("{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc") == "A map of <salt>"


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_brief_gives_the_same_bytes(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    of = brief(*every_block())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    first = written(of, ending)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert first == written(of, ending)
    with zipfile.ZipFile(BytesIO(first)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_handout_that_briefgen_made_is_no_source(ending: str) -> None:
    reading = read("x", f"x.{ending}", written(brief(), ending))
    assert reading.source is None
    assert "handout that briefgen made" in reading.problems[0].message


# Reference documents -------------------------------------------------------------------------------------------------


def reference(folder: Path, change: Callable[[str], str] = str) -> Path:
    """A reference document of an instructor's: ours with other styles."""
    parts = unpacked((TEMPLATES / "reference.docx").read_bytes())
    parts["word/styles.xml"] = change(parts["word/styles.xml"].decode()).encode()
    path = folder / "mine.docx"
    path.write_bytes(packed(parts))
    return path


def without_gap(styles: str) -> str:
    head, _, rest = styles.partition('<w:style w:type="character" w:styleId="Gap">')
    return (head + rest.partition("</w:style>")[2]).replace("Calibri", "Garamond")


def test_an_instructors_styles_are_taken_and_ours_stand_in_for_those_that_are_missing(tmp_path: Path) -> None:
    path = reference(tmp_path, without_gap)
    of = replace(brief(opening=(said("It never fell again."),)), handout=Handout(reference=str(path)))
    data, problems = word_file(of, with_gaps(of, "instructor"))
    assert problems == ()
    styles = part(data, "word/styles.xml")
    assert "Garamond" in etree.tostring(styles).decode()
    (gap,) = (one for one in styles.iter(f"{W}style") if one.get(f"{W}styleId") == "Gap")
    assert gap.find(f"{W}rPr/{W}u") is not None


def test_the_shipped_reference_documents_are_what_their_script_makes(tmp_path: Path) -> None:
    import make_reference

    make_reference.main(tmp_path)
    for name in ("reference.docx", "reference.odt"):
        with zipfile.ZipFile(tmp_path / name) as fresh, zipfile.ZipFile(TEMPLATES / name) as shipped:
            assert {n: fresh.read(n) for n in fresh.namelist()} == {n: shipped.read(n) for n in shipped.namelist()}


def test_an_instructors_styles_may_have_identities_of_another_language(tmp_path: Path) -> None:
    def german(styles: str) -> str:
        kept = ("Normal", "heading 1", "footnote text", "footnote reference", "Body Text")
        styles = re.sub(
            "<w:style .*?</w:style>",
            lambda one: one[0] if any(f'w:name w:val="{name}"' in one[0] for name in kept) else "",
            styles,
        )
        for ours, theirs in (
            ("Normal", "Standard"),
            ("FootnoteReference", "Funotenzeichen"),
            ("BodyText", "Textkrper"),
        ):
            styles = re.sub(f'(w:styleId|basedOn w:val|next w:val)="{ours}"', rf'\1="{theirs}"', styles)
        return styles

    path = reference(tmp_path, german)
    of = replace(brief(*every_block(), opening=(said("A.", notes=(1,)),)), handout=Handout(reference=str(path)))
    data, problems = render_docx(of)
    assert problems == ()
    styles = part(data, "word/styles.xml")
    known = {style.get(f"{W}styleId") for style in styles.iter(f"{W}style")}
    parents = {one.get(f"{W}val") for one in styles.iter(f"{W}basedOn")}
    used = {
        one.get(f"{W}val") for one in part(data, "word/document.xml").iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
    }
    assert parents | used <= known
    assert "Funotenzeichen" in used


def test_an_instructors_page_stays_as_it_is(tmp_path: Path) -> None:
    path = reference(tmp_path)
    of = replace(brief(), handout=Handout(reference=str(path), paper="us-letter"))
    assert word(of).find(f".//{W}pgSz").get(f"{W}w") == "11906"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("gone.docx", None, "No such file"),
        ("mine.pdf", b"%PDF", "no .docx"),
        ("mine.docx", b"PK\x03\x04 cut off", "damaged"),
        ("mine.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        ("mine.docx", b"", "damaged"),
    ],
)
def test_a_reference_that_cannot_be_used_is_one_problem_and_ours_is_used(
    name: str, data: bytes | None, words: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    made, problems = render_docx(replace(brief(), handout=Handout(reference=str(path))))
    (problem,) = problems
    assert words in problem.message
    assert problem.where is not None
    assert problem.where.file == str(path)
    assert made == render_docx(brief())[0]


def test_a_package_without_styles_is_no_reference(tmp_path: Path) -> None:
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    made, problems = render_docx(replace(brief(), handout=Handout(reference=str(path))))
    assert len(problems) == 1
    assert made == render_docx(brief())[0]


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 6000))
def test_any_damage_to_a_reference_gives_a_file_all_the_same(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    path = reference(tmp_path_factory.mktemp("damaged"))
    data = path.read_bytes()
    path.write_bytes(data[:at] + noise + data[at + len(noise) :])
    made, problems = render_docx(replace(brief(), handout=Handout(reference=str(path))))
    assert len(problems) <= 1
    assert part(made, "word/document.xml") is not None


# Failures ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ENDINGS)
def test_where_pandoc_fails_the_rest_is_still_made(ending: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError("no pandoc")

    monkeypatch.setattr(f"briefgen.renderers.handout.{ending}.run", broken)
    result = build(project / "outline.yaml", BuildOptions(formats=("html", ending), out=project / "output"))
    assert [path.suffix for path in result.outputs] == [".html", ".json"]
    assert any("pandoc failed" in problem.message for problem in result.problems)


@pytest.mark.parametrize("ending", ENDINGS)
@given(data=st.binary(max_size=400))
@settings(max_examples=50, deadline=None)
def test_reading_any_bytes_back_gives_words_or_a_problem(
    ending: str, data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("bytes") / f"x.{ending}"
    path.write_bytes(data)
    found = read_word(path) if ending == "docx" else read_open_document(path)
    assert isinstance(found, Problem)
    assert found.where is not None
