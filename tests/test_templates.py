"""Decks in templates that others made: matched, said, and never lost."""

import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.util import Inches

from briefgen.accessibility import check_deck
from briefgen.build import build
from briefgen.cachefolder import VARIABLE
from briefgen.cli import main
from briefgen.renderers import TEMPLATES
from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.grid import clear
from briefgen.renderers.deck.shapes import Rect
from briefgen.renderers.deck.template import builtin, opened, template
from briefgen.results import BuildOptions
from briefgen.verify import verify

SAMPLES = Path(__file__).parent / "samples"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Change = Callable[[Any], None]


def layout(deck: Any, name: str) -> Any:
    return next(one for one in deck.slide_layouts if one.name == name)


def placeholders(one: Any, *kinds: str) -> list[Any]:
    return [p for p in one.placeholders if (p._element.find(f".//{P}ph").get("type") or "obj") in kinds]


def plain(deck: Any) -> None:
    """A 4:3 template as it comes."""


def small(deck: Any) -> None:
    """16:9 on 10 inches, as many programs make it."""
    deck.slide_height = Inches(5.625)
    for one in (deck.slide_master, *deck.slide_layouts):
        for shape in one.placeholders:
            at = shape.left, shape.top, shape.width, shape.height
            shape.left, shape.top, shape.width, shape.height = at[0], int(at[1] * 0.75), at[2], int(at[3] * 0.75)


def without_footers(deck: Any) -> None:
    for one in (deck.slide_master, *deck.slide_layouts):
        for shape in placeholders(one, "ftr", "sldNum", "dt"):
            shape._element.getparent().remove(shape._element)


def odd_indices(deck: Any) -> None:
    for number, one in enumerate(deck.slide_layouts):
        one.name = f"Folie {number}"
        one._element.attrib.pop("type", None)
        for index, shape in enumerate(placeholders(one, "obj", "body")):
            shape._element.find(f".//{P}ph").set("idx", str(700 + 13 * number + index))


def title_below(deck: Any) -> None:
    for one in (deck.slide_master, *deck.slide_layouts):
        for shape in placeholders(one, "title"):
            shape.left, shape.top, shape.width, shape.height = Inches(0.5), Inches(6.0), Inches(9), Inches(0.7)
        for shape in placeholders(one, "obj", "body"):
            shape.left, shape.top, shape.width, shape.height = Inches(0.5), Inches(0.4), Inches(9), Inches(5.4)


def right_to_left(deck: Any) -> None:
    for level in deck.slide_master._element.find(f"{P}txStyles").iter(f"{A}lvl1pPr"):
        level.set("rtl", "1")
        level.set("algn", "r")


def dark_with_logo(deck: Any) -> None:
    """A dark ground and white words, with a bar at the left and a logo at the right."""
    fill = deck.slide_master.background.fill
    fill.solid()
    fill.fore_color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    mapped = deck.slide_master._element.find(f"{P}clrMap")
    for name, value in (("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "dk2"), ("tx2", "lt2")):
        mapped.set(name, value)
    for at in ((0, 0, 0.4, 7.5), (8.6, 6.7, 1.2, 0.6)):
        shape = deck.slide_master.shapes._spTree
        other = deck.slides.add_slide(layout(deck, "Blank")).shapes.add_shape(1, *(Inches(v) for v in at))
        other.fill.solid()
        other.fill.fore_color.theme_color = MSO_THEME_COLOR.ACCENT_2
        shape.append(other._element)


AWKWARD: tuple[Change, ...] = (
    plain,
    small,
    without_footers,
    odd_indices,
    title_below,
    right_to_left,
    dark_with_logo,
)


def saved(change: Change, path: Path) -> Path:
    deck = Presentation()
    change(deck)
    deck.save(str(path))
    return path


@pytest.fixture
def outline(tmp_path: Path) -> Path:
    return shutil.copytree(SAMPLES / "canal", tmp_path / "in") / "outline.yaml"


@pytest.mark.parametrize("change", AWKWARD, ids=lambda one: one.__name__)
def test_a_deck_in_an_awkward_template_is_whole_readable_and_on_the_slide(
    change: Change, outline: Path, tmp_path: Path
) -> None:
    name = str(saved(change, tmp_path / "theirs.pptx"))
    out = tmp_path / "out"
    made = build(outline, BuildOptions(out=out, formats=("pptx", "slides-html"), template=name))
    plainly = build(outline, BuildOptions(out=tmp_path / "plain", formats=("pptx",)))
    assert made.statements == plainly.statements
    assert not [p for p in made.problems if p.severity == "error" and p not in plainly.problems]
    deck = out / "outline.pptx"
    assert check_deck(deck) == ()
    assert all(one.status == "found" for one in verify(deck).statements)
    theirs: Any = Presentation(name)
    for slide in Presentation(str(deck)).slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= theirs.slide_width + 10
            assert shape.top + shape.height <= theirs.slide_height + 10


@pytest.mark.parametrize("change", AWKWARD, ids=lambda one: one.__name__)
def test_the_layouts_and_the_size_of_a_template_are_kept(change: Change, outline: Path, tmp_path: Path) -> None:
    theirs = saved(change, tmp_path / "theirs.pptx")
    build(outline, BuildOptions(out=tmp_path, formats=("pptx",), template=str(theirs)))
    before, after = Presentation(str(theirs)), Presentation(str(tmp_path / "outline.pptx"))
    assert [one.name for one in after.slide_layouts] == [one.name for one in before.slide_layouts]
    assert (after.slide_width, after.slide_height) == (before.slide_width, before.slide_height)
    again = tmp_path / "again"
    build(outline, BuildOptions(out=again, formats=("pptx",), template=str(theirs)))
    assert (again / "outline.pptx").read_bytes() == (tmp_path / "outline.pptx").read_bytes()


def numbered(deck: Any) -> None:
    """A template whose master draws the number of each slide, with no placeholder for it."""
    without_footers(deck)
    shape = deck.slides.add_slide(layout(deck, "Blank")).shapes.add_textbox(*(Inches(v) for v in (9, 7, 0.6, 0.3)))
    field = shape.text_frame.paragraphs[0]._p
    field.append(field.makeelement(f"{A}fld", {"id": "{7C5E2C57-6B3A-4F0B-9D0E-5A4B3C2D1E0F}", "type": "slidenum"}))
    deck.slide_master.shapes._spTree.append(shape._element)


def test_a_slide_is_not_numbered_again_where_the_template_draws_its_number(outline: Path, tmp_path: Path) -> None:
    for change, count in ((numbered, 0), (without_footers, 1)):
        name = str(saved(change, tmp_path / "theirs.pptx"))
        made = build(outline, BuildOptions(out=tmp_path, formats=("pptx",), template=name))
        assert any("slide number" in problem.message for problem in made.problems) == bool(count)
        for slide in Presentation(str(tmp_path / "outline.pptx")).slides:
            assert len([shape for shape in slide.shapes if shape.name == "Slide number"]) == count


def test_a_footer_is_aligned_as_the_templates_own_place_for_it(outline: Path, tmp_path: Path) -> None:
    name = str(saved(plain, tmp_path / "theirs.pptx"))
    build(outline, BuildOptions(out=tmp_path, formats=("pptx",), template=name))
    for slide in Presentation(str(tmp_path / "outline.pptx")).slides:
        for shape in placeholders(slide, "ftr", "sldNum"):
            assert shape._element.find(f".//{A}pPr").get("algn") is None
            assert shape._element.find(f".//{A}bodyPr").get("anchor") is None


def test_titles_and_bodies_are_the_templates_own_placeholders(outline: Path, tmp_path: Path) -> None:
    theirs = saved(odd_indices, tmp_path / "theirs.pptx")
    build(outline, BuildOptions(out=tmp_path, formats=("pptx",), template=str(theirs)))
    slides = list(Presentation(str(tmp_path / "outline.pptx")).slides)
    assert all(slide.shapes.title is not None for slide in slides)
    indices = {p.placeholder_format.idx for slide in slides for p in slide.placeholders}
    assert any(index >= 700 for index in indices)


def test_each_layout_that_stands_in_is_said_once(tmp_path: Path) -> None:
    _, problems = template(str(saved(without_footers, tmp_path / "theirs.pptx")))
    assert [(p.severity, p.message) for p in problems] == [
        (
            "warning",
            "the template has no layout for section openers and quotations: 'Title Only' is used in its place",
        ),
        (
            "warning",
            "the layout 'Title and Content' has no place for footer and slide number: a text box takes it",
        ),
    ]


def test_the_slides_of_a_template_are_left_out_and_said(outline: Path, tmp_path: Path) -> None:
    deck = Presentation()
    deck.slides.add_slide(layout(deck, "Title Only")).shapes.title.text = "Paste your slides here"
    deck.save(str(tmp_path / "theirs.pptx"))
    made = build(outline, BuildOptions(out=tmp_path, formats=("pptx",), template=str(tmp_path / "theirs.pptx")))
    assert any("own slides, 1, are left out" in p.message for p in made.problems)
    with zipfile.ZipFile(tmp_path / "outline.pptx") as package:
        assert not any(b"Paste your slides" in package.read(name) for name in package.namelist())


def test_a_potx_becomes_a_presentation(outline: Path, tmp_path: Path) -> None:
    said = rezipped(
        builtin(), {"[Content_Types].xml": lambda b: b.replace(b"presentation.main+xml", b"template.main+xml")}
    )
    (tmp_path / "theirs.potx").write_bytes(said)
    made = build(outline, BuildOptions(out=tmp_path, formats=("pptx",), template=str(tmp_path / "theirs.potx")))
    with zipfile.ZipFile(tmp_path / "outline.pptx") as package:
        assert b"template.main+xml" not in package.read("[Content_Types].xml")
    assert not any(p.where and p.where.file.endswith(".potx") for p in made.problems)


def test_a_copy_of_a_built_in_template_makes_the_same_deck(outline: Path, tmp_path: Path) -> None:
    assert main(["templates", "hall", "-o", str(tmp_path / "mine.pptx")]) == 0
    for name in ("hall", str(tmp_path / "mine.pptx")):
        build(outline, BuildOptions(out=tmp_path / Path(name).stem, formats=("pptx",), template=name))
    assert (tmp_path / "hall" / "outline.pptx").read_bytes() == (tmp_path / "mine" / "outline.pptx").read_bytes()


def test_what_a_built_in_template_decides_is_worked_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    made = {name: template(name) for name in TEMPLATES}
    assert {name: (opened(builtin(name))[0], ()) for name in TEMPLATES} == made

    def never(data: bytes) -> None:
        raise AssertionError("a template was looked at again")

    monkeypatch.setattr("briefgen.renderers.deck.template.opened", never)
    assert {name: template(name) for name in TEMPLATES} == made


def test_a_template_is_named_from_the_outline_that_names_it(outline: Path) -> None:
    (outline.parent / "looks").mkdir()
    saved(plain, outline.parent / "looks" / "theirs.pptx")
    outline.write_text(outline.read_text("utf-8") + "template: looks/theirs.pptx\n", "utf-8")
    made = build(outline, BuildOptions(out=outline.parent / "out", formats=("pptx",)))
    assert any("'Title Only' is used in its place" in p.message for p in made.problems)


# What cannot be used -----------------------------------------------------------------------------------------------


def rezipped(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            whole = old.read(name)
            new.writestr(name, changes[name](whole) if name in changes else whole)
    return stream.getvalue()


def no_layouts() -> bytes:
    deck = Presentation()
    listed = deck.slide_master._element.find(f"{P}sldLayoutIdLst")
    for one in list(listed):
        deck.slide_master.part.drop_rel(one.rId)
        listed.remove(one)
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def other_package() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("readme.txt", "no presentation")
    return stream.getvalue()


def another_document() -> bytes:
    main = b"presentationml.presentation.main+xml"
    return rezipped(
        builtin(), {"[Content_Types].xml": lambda b: b.replace(main, b"wordprocessingml.document.main+xml")}
    )


def strict() -> bytes:
    """A presentation as it is saved for the strict half of the standard."""
    ours, theirs = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    return rezipped(builtin(), {"ppt/presentation.xml": lambda b: b.replace(ours, theirs)})


def bomb() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(builtin())) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("ppt/media/image1.png", bytes(60_000_000))
    return stream.getvalue()


UNUSABLE = {
    "words": (b"Dear colleague, here is our template.", "it is no presentation"),
    "empty": (b"", "it is no presentation"),
    "truncated": (builtin()[:3000], "it is no presentation"),
    "another zip": (other_package(), "it is a zip file, and no presentation"),
    "a locked file": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "it is locked by a password"),
    "an old file": (b"\xd0\xcf\x11\xe0" + b"PowerPoint Document", "it is a presentation of the older kind"),
    "a document": (another_document(), "it is a document of another kind"),
    "strict": (strict(), "it is a Strict Open XML presentation"),
    "no layouts": (no_layouts(), "it has no layouts"),
    "a bomb": (bomb(), "its parts would take"),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_what_is_no_template_is_one_clear_error_and_the_deck_is_made(kind: str, outline: Path, tmp_path: Path) -> None:
    data, found = UNUSABLE[kind]
    theirs = tmp_path / "theirs.pptx"
    theirs.write_bytes(data)
    made = build(outline, BuildOptions(out=tmp_path, formats=("pptx",), template=str(theirs)))
    said = [p for p in made.problems if p.where and p.where.file == str(theirs)]
    assert len(said) == 1
    assert said[0].severity == "error"
    assert f"no template: {found}" in said[0].message
    assert said[0].hint
    assert (tmp_path / "outline.pptx").exists()


def test_a_template_that_is_not_there_or_no_file_is_said(outline: Path, tmp_path: Path) -> None:
    for name in (tmp_path / "missing.pptx", tmp_path):
        made = build(outline, BuildOptions(out=tmp_path / "out", formats=("pptx",), template=f"{name}/"[:-1]))
        (problem,) = made.problems
        assert problem.severity == "error"
        assert str(name) in str(problem)
        assert (tmp_path / "out" / "outline.pptx").exists()


# Where text may stand ------------------------------------------------------------------------------------------------

SIDES = st.floats(0, 12)
RECTS = st.builds(Rect, SIDES, SIDES, st.floats(0.1, 6), st.floats(0.1, 6))


@given(RECTS, st.lists(RECTS, max_size=5))
def test_a_cleared_place_is_a_part_of_the_place_and_not_much_smaller_for_each_drawing(
    at: Rect, drawn: list[Rect]
) -> None:
    left = clear(at, drawn)
    assert left.x >= at.x - 1e-9
    assert left.y >= at.y - 1e-9
    assert left.right <= at.right + 1e-9
    assert left.bottom <= at.bottom + 1e-9
    assert left.w * left.h >= 0.55 ** len(drawn) * at.w * at.h - 1e-9


def test_capitals_are_measured_as_they_are_shown() -> None:
    assert Face(caps=True).width("haqqani", 20) == Face().width("HAQQANI", 20)


def test_a_font_that_nobody_has_measured_is_given_room_and_said(tmp_path: Path) -> None:
    data = builtin()
    part = "ppt/theme/theme1.xml"
    path = tmp_path / "theirs.pptx"
    path.write_bytes(rezipped(data, {part: lambda b: b.replace(b'typeface="Calibri"', b'typeface="Own Sans"')}))
    made, problems = template(str(path))
    assert made.look.text.width("The word", 20) > Face("Arial").width("The word", 20)
    assert ["'Own Sans'" in p.message for p in problems] == [True]


def test_slides_of_any_size_are_planned_on_one_scale() -> None:
    deck = Presentation()
    small(deck)
    stream = BytesIO()
    deck.save(stream)
    made, _ = opened(stream.getvalue())
    assert made.scale == pytest.approx(0.75)
    assert made.look.grid.width == pytest.approx(40 / 3)
