"""Pictures in outlines, from the line in the file to slides, pages, notes and evidence."""

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from as_read import deck_text
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from msgspec.structs import replace
from pptx import Presentation
from test_deck import VALIDATOR, boxes, brief, opened, slide_trees
from test_pictures import halves, noise, saved

from briefgen.accessibility import check_deck
from briefgen.build import build
from briefgen.composing import prepare
from briefgen.freeze import freeze
from briefgen.model import Brief, Image, ImageBlock, Picture, Pixels, Run, Statement, images_in
from briefgen.outline import load_outline
from briefgen.outputs import read_handout, read_slides_page
from briefgen.pictures import album
from briefgen.problems import Location, Problem
from briefgen.renderers.deck import RenderedDeck, render_page
from briefgen.renderers.deck import render as render_deck
from briefgen.renderers.handout import render_html
from briefgen.rendering import render
from briefgen.results import BuildOptions
from briefgen.verify import verify

HEAD = "title: The Suez Canal\nsources: sources\nsections:\n  - title: Pictures\n    blocks:\n"
WHERE = Location("outline.yaml", 7, 3)
PIXELS = {"k": Pixels(saved(halves(), "PNG"), "image/png")}
FULL = {
    "file": "pictures/map.png",
    "alt": "Map of the canal, from Port Said to Suez",
    "credit": "Drawn by A. Teacher",
    "license": "CC BY 4.0",
    "caption": "Find the lakes.",
}
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@pytest.fixture
def pictured(project: Path) -> Path:
    """The small project with some pictures."""
    folder = project / "pictures"
    folder.mkdir()
    (folder / "map.png").write_bytes(saved(halves(1200, 800), "PNG"))
    (folder / "photo.jpg").write_bytes(saved(noise(900, 600), "JPEG"))
    return project


def written(project: Path, *blocks: dict[str, Any], name: str = "outline.yaml") -> Path:
    """An outline with these pictures; the first stands in line 6, column 9."""
    path = project / name
    path.write_text(HEAD + "".join(f"      - image: {json.dumps(block)}\n" for block in blocks), "utf-8")
    return path


def place_of(path: Path, key: str) -> Location:
    """Where the first picture's value of a key stands."""
    line = path.read_text("utf-8").splitlines()[5]
    return Location(str(path), 6, line.index(f'"{key}": ') + len(key) + 5)


def composed(project: Path, *blocks: dict[str, Any]) -> tuple[Brief, tuple[Problem, ...]]:
    made, problems = prepare(written(project, *blocks), BuildOptions())
    assert made is not None
    return made, problems


def image(wide: int = 1200, high: int = 800, caption: str = "", **said: Any) -> Image:
    own = Statement("c", "instructor", (Run(caption),)) if caption else None
    values: dict[str, Any] = {"title": "", "alt": "A map of the canal", "credit": "A. Teacher", **said}
    return Image(picture=Picture("map.png", "k", wide, high), where=WHERE, caption=own, **values)


def decked(*blocks: Image) -> RenderedDeck:
    return render_deck(brief(*blocks), PIXELS)


def pics(tree: Any) -> list[Any]:
    return list(tree.iter(f"{P}pic"))


# The outline ----------------------------------------------------------------------------------------------------


def test_an_image_is_read_with_its_file_seen_from_the_outline(pictured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(pictured, FULL)
    monkeypatch.chdir(pictured.parent)
    outline, problems = load_outline(Path(pictured.name) / "outline.yaml")
    assert problems == ()
    assert outline is not None
    (located,) = outline.sections[0].blocks
    assert isinstance(located.block, ImageBlock)
    assert located.block.file == f"{pictured.name}/pictures/map.png"
    assert (located.block.alt, located.block.credit) == (FULL["alt"], FULL["credit"])


@pytest.mark.parametrize("key", ["file", "credit"])
def test_an_image_needs_a_file_and_a_credit(pictured: Path, key: str) -> None:
    _, problems = load_outline(written(pictured, {name: held for name, held in FULL.items() if name != key}))
    assert [problem.message for problem in problems] == [f"the key '{key}' is missing"]


def test_a_brief_tells_of_a_picture_and_does_not_hold_its_pixels(pictured: Path) -> None:
    made, problems = composed(pictured, FULL)
    assert problems == ()
    (shown,) = images_in(made)
    assert (shown.alt, shown.credit, shown.license) == (FULL["alt"], FULL["credit"], FULL["license"])
    assert (shown.picture.width, shown.picture.height) == (1200, 800)
    assert shown.caption is not None
    assert (shown.caption.kind, shown.caption.text) == ("instructor", FULL["caption"])
    data = msgspec.json.encode(shown)
    assert len(data) < 700
    assert msgspec.json.decode(data, type=Image) == shown


def test_a_topic_of_ones_own_may_have_a_picture_beside_it(pictured: Path) -> None:
    block = "image: {file: ../pictures/map.png, alt: A map of the canal, credit: A. B.}"
    topic = f"title: Maps\nterms: {{canal: 3, ships: 2}}\nblocks:\n  - {block}\n"
    (pictured / "topics" / "maps.yaml").write_text(topic, "utf-8")
    (pictured / "o.yaml").write_text("title: T\nsources: sources\nsections: [{topic: maps}]\n", "utf-8")
    made, problems = prepare(pictured / "o.yaml", BuildOptions())
    assert problems == ()
    assert made is not None
    assert [shown.alt for shown in images_in(made)] == ["A map of the canal"]


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "missing": ({"file": "pictures/mpa.png"}, "is not there"),
    "empty": ({"file": "pictures/empty.png"}, "is empty"),
    "cut short": ({"file": "pictures/short.png"}, "is damaged or cut short (it begins as a PNG file)"),
    "no picture": ({"file": "outline.yaml"}, "is no picture that is read; accepted: PNG, JPEG, WEBP, GIF, TIFF, BMP"),
    "drawing": ({"file": "pictures/map.svg"}, "is an SVG drawing, which is not read as a picture"),
    "folder": ({"file": "pictures"}, "is a folder"),
    "device": ({"file": "/dev/null"}, "lies outside the project, or is a link that leads out of it"),
    "elsewhere": ({"file": "../../map.png"}, "lies outside the project, or is a link that leads out of it"),
    "null": ({"file": "a\0.png"}, "cannot be read: "),
}


@pytest.mark.parametrize("case", BAD)
def test_a_picture_that_cannot_be_shown_is_named_at_its_line_and_the_rest_is_made(pictured: Path, case: str) -> None:
    folder = pictured / "pictures"
    (folder / "empty.png").write_bytes(b"")
    (folder / "short.png").write_bytes((folder / "map.png").read_bytes()[:300])
    (folder / "map.svg").write_text("<svg/>")
    changed, message = BAD[case]
    path = written(pictured, {**FULL, **changed}, FULL)
    result = build(path, BuildOptions(out=pictured / "output"))
    (problem,) = result.problems
    assert (problem.severity, problem.where) == ("error", place_of(path, "file"))
    assert message in problem.message
    assert problem.hint
    assert len(pics_of(pictured / "output" / "outline.pptx")) == 1


def pics_of(path: Path) -> list[Any]:
    return [pic for slide in Presentation(str(path)).slides for pic in pics(slide._element)]


def test_a_picture_of_which_not_all_is_shown_is_a_warning(pictured: Path) -> None:
    (pictured / "pictures" / "moves.gif").write_bytes(
        saved(halves(1200, 900), "GIF", save_all=True, append_images=[noise()])
    )
    made, (problem,) = composed(pictured, {**FULL, "file": "pictures/moves.gif"})
    assert problem.severity == "warning"
    assert problem.message.endswith("pictures/moves.gif is animated; its first picture is shown")
    assert len(list(images_in(made))) == 1


UNTOLD: dict[str, tuple[dict[str, Any], str]] = {
    "none": ({"alt": None}, "a picture needs the key 'alt' or 'decorative'"),
    "a file's name": ({"alt": "maps/IMG_0012.JPG"}, "alt: 'maps/IMG_0012.JPG' is the name of a file"),
    "a camera's name": ({"alt": "DSC_4711"}, "alt: 'DSC_4711' is the name of a file"),
    "the file's own name": ({"file": "pictures/photo.jpg", "alt": "Photo"}, "alt: 'Photo' is the name of a file"),
    "nothing": ({"alt": "Image 3"}, "alt: 'Image 3' says nothing"),
}


@pytest.mark.parametrize("case", UNTOLD)
def test_a_picture_that_nobody_tells_of_is_an_error_and_is_not_shown(pictured: Path, case: str) -> None:
    changed, message = UNTOLD[case]
    made, (problem,) = composed(pictured, {**FULL, **changed}, FULL)
    assert (problem.severity, problem.message) == ("error", message)
    where = place_of(pictured / "outline.yaml", "alt")
    assert problem.where == where
    assert len(list(images_in(made))) == 1


def test_everything_that_is_wrong_with_a_picture_is_said(pictured: Path) -> None:
    _, problems = composed(pictured, {"file": "pictures/mpa.png", "alt": "mpa.png", "credit": "x"}, FULL)
    assert [problem.severity for problem in problems] == ["error", "error"]


def test_words_win_over_decoration(pictured: Path) -> None:
    made, (problem,) = composed(pictured, {**FULL, "decorative": True})
    assert (problem.severity, problem.message) == (
        "warning",
        "a picture with 'alt' is not decorative; its words are kept",
    )
    assert next(images_in(made)).alt == FULL["alt"]


@pytest.mark.parametrize(("marked", "shown"), [("", True), ("outlines/briefgen.yaml", False), ("briefgen.yaml", True)])
def test_a_project_is_what_its_defaults_are_for_or_the_folder_above_the_outlines(
    pictured: Path, marked: str, shown: bool
) -> None:
    (pictured / "outlines").mkdir()
    if marked:
        (pictured / marked).write_text("sources: ../sources\n" if "/" in marked else "sources: sources\n", "utf-8")
    path = pictured / "outlines" / "o.yaml"
    path.write_text(HEAD.replace("sources: sources", "sources: ../sources") +
                    f"      - image: {json.dumps({**FULL, 'file': '../pictures/map.png'})}\n", "utf-8")  # fmt: skip
    made, problems = prepare(path, BuildOptions())
    assert made is not None
    assert bool(list(images_in(made))) is shown
    assert (problems == ()) is shown


# The deck -------------------------------------------------------------------------------------------------------


def placed(deck: RenderedDeck) -> dict[str, tuple[float, float, float, float]]:
    """The shapes of the slide with a picture, by their names: left, top, right, bottom in inches."""
    number = next(number for number, tree in enumerate(slide_trees(deck), 1) if pics(tree))
    return {name: (left, top, right, bottom) for at, name, left, top, right, bottom in boxes(deck) if at == number}


@pytest.mark.parametrize("caption", ["", "Find the lakes.", "Find the lakes. " * 20])
@pytest.mark.parametrize(("wide", "high"), [(3000, 2000), (1000, 1460), (3500, 600), (64, 64), (3500, 2), (2, 1460)])
def test_a_picture_keeps_its_proportions_and_nothing_lies_over_it(wide: int, high: int, caption: str) -> None:
    at = placed(decked(image(wide, high, caption=caption)))
    left, top, right, bottom = at["Picture"]
    assert (right - left) * high == pytest.approx((bottom - top) * wide, rel=0.01, abs=0.02)
    assert (left, top) >= (0.59, 1.44)
    for name in {"Credit", "Caption", "Whose words"} & set(at):
        x, y, x_end, y_end = at[name]
        assert x >= right - 0.001 or y >= bottom - 0.001
        assert x >= 0.59
        assert x_end <= 12.74
        assert y_end <= 6.41


def test_a_picture_fills_the_body_as_far_as_it_can() -> None:
    left, top, right, bottom = placed(decked(image(3500, 800)))["Picture"]
    assert right - left == pytest.approx(12.13, abs=0.01)
    left, top, right, bottom = placed(decked(image(1400, 1400)))["Picture"]
    assert bottom - top > 4.5


def test_a_picture_stands_in_the_middle() -> None:
    for caption in ("", "Look."):
        at = placed(decked(image(800, 1400, caption=caption)))
        left, right = at["Picture"][0], max(at["Picture"][2], at["Credit"][2] if caption else 0)
        assert left - 0.6 == pytest.approx(12.73 - right, abs=0.01)


def test_a_picture_of_few_pixels_is_shown_small_with_a_warning() -> None:
    deck = decked(image(64, 64))
    left, _, right, _ = placed(deck)["Picture"]
    assert right - left < 1
    assert [problem.message for problem in deck.problems] == [
        "the picture map.png has only 64 by 64 pixels, and is shown small"
    ]
    assert decked(image(900, 100)).problems == ()


def test_a_picture_has_its_words_or_is_marked_as_decoration() -> None:
    told, silent = (pics(tree)[0] for tree in slide_trees(decked(image(), image(alt=""))) if pics(tree))
    assert told.nvPicPr.cNvPr.get("descr") == "A map of the canal"
    assert silent.nvPicPr.cNvPr.get("descr") is None
    assert [one.get("val") for one in silent.iter() if str(one.tag).endswith("}decorative")] == ["1"]


def test_a_slide_is_called_by_its_title_or_by_what_the_picture_shows() -> None:
    long = "The canal at Ismailia, seen from the west bank, with a convoy of four ships going north"
    deck = decked(image(title="By night"), image(alt=long), image(alt="A lock. Two men wait."), image(alt=""))
    shown = [slide.shapes.title.text_frame.text for slide in opened(deck).slides if pics(slide._element)]
    assert shown == ["By night", "The canal at Ismailia, seen from the west bank …", "A lock", "Picture"]


def test_whose_a_picture_is_stands_on_its_slide_in_type_that_can_be_read() -> None:
    deck = decked(image(license="CC BY 4.0", caption="Find the lakes."))
    tree = next(tree for tree in slide_trees(deck) if pics(tree))
    text = ["".join(t.text or "" for t in p.iter(f"{A}t")) for p in tree.iter(f"{A}p")]
    assert "A. Teacher · CC BY 4.0" in text
    assert text.index("Instructor’s note") + 1 == text.index("Find the lakes.")
    sizes = {run.text: int(run.getparent().find(f"{A}rPr").get("sz")) for run in tree.iter(f"{A}t")}
    assert sizes["A. Teacher · CC BY 4.0"] >= 1200
    assert sizes["Find the lakes."] >= 1400


def test_a_credit_that_no_slide_holds_is_cut_there_and_whole_in_the_notes() -> None:
    long = "Drawn after the sheets of the Admiralty and corrected by many hands " * 12
    deck = decked(image(credit=long))
    assert [problem.severity for problem in deck.problems] == ["warning"]
    assert f"Credit: {' '.join(long.split())}" in [" ".join(line.split()) for line in deck_text(deck.data).split("\n")]


def test_a_caption_that_no_slide_holds_is_an_error_and_the_picture_is_shown() -> None:
    deck = decked(image(3000, 2000, caption="Find the lakes and count the ships. " * 60))
    assert [problem.severity for problem in deck.problems] == ["error"]
    assert "too long for a caption, left out" in deck.problems[0].message
    assert "Picture" in placed(deck)
    assert "c" not in deck.slides


def test_the_speaker_notes_tell_what_is_shown_whose_it_is_and_the_caption() -> None:
    notes = deck_text(decked(image(license="CC BY 4.0", caption="Find the lakes.")).data)
    assert (
        "--- notes\nPicture: A map of the canal\nCredit: A. Teacher · CC BY 4.0\nInstructor’s note: Find the lakes.\n"
        in notes
    )


def parts_of(deck: RenderedDeck) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(deck.data)) as package:
        return [name for name in package.namelist() if name.startswith("ppt/media/")]


def test_a_picture_that_is_shown_twice_is_in_the_deck_once() -> None:
    deck = decked(image(), image(alt="The same map again"))
    assert parts_of(deck) == ["ppt/media/picture1.png"]
    assert len(pics_of_deck(deck)) == 2
    assert deck.data == decked(image(), image(alt="The same map again")).data


def pics_of_deck(deck: RenderedDeck) -> list[Any]:
    return [pic for tree in slide_trees(deck) for pic in pics(tree)]


def test_the_pixels_in_a_deck_are_those_made_ready() -> None:
    for slide in opened(decked(image())).slides:
        for pic in pics(slide._element):
            key = pic.find(f"{P}blipFill/{A}blip").get(f"{R}embed")
            assert slide.part.related_part(key).blob == PIXELS["k"].data
            assert slide.part.related_part(key).content_type == "image/png"


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 3500),
    st.integers(1, 1460),
    st.text(max_size=900),
    st.text(max_size=300),
    st.text(min_size=1, max_size=500),
)
def test_any_picture_and_any_words_make_a_slide(wide: int, high: int, caption: str, alt: str, credit: str) -> None:
    deck = decked(image(wide, high, caption=caption, alt=alt, credit=credit))
    for name, (left, top, right, bottom) in placed(deck).items():
        assert left >= -0.01, name
        assert top >= -0.01, name
        assert right <= 13.34, name
        assert bottom <= 7.51, name
    render_html(brief(image(wide, high, caption=caption, alt=alt, credit=credit)), PIXELS)
    render_page(brief(image(wide, high, caption=caption, alt=alt, credit=credit)), PIXELS)


def test_decks_with_pictures_keep_to_the_file_format(shared: Path, tmp_path: Path) -> None:
    assert shared.is_dir()
    (tmp_path / "a.pptx").write_bytes(decked(image(caption="Look."), image(alt="")).data)
    ran = subprocess.run([sys.executable, str(VALIDATOR), str(tmp_path / "a.pptx")], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stdout


# Pages ----------------------------------------------------------------------------------------------------------


def test_the_handout_has_the_picture_with_its_words_its_caption_and_its_credit() -> None:
    page: Any = html.document_fromstring(render_html(brief(image(license="CC BY 4.0", caption="Find it.")), PIXELS))
    (figure,) = page.xpath("//figure[@class='picture']")
    (shown,) = figure.xpath("img")
    assert shown.get("src").startswith("data:image/png;base64,iVBOR")
    assert (shown.get("alt"), shown.get("width"), shown.get("height")) == ("A map of the canal", "1200", "800")
    said = [" ".join(one.text_content().split()) for one in figure.xpath("figcaption/p")]
    assert said == ["Instructor: Find it.", "A. Teacher · CC BY 4.0"]
    assert "The instructor’s own words are marked as such." in page.text_content()


def test_a_decorative_picture_has_empty_words_on_pages() -> None:
    for text in (render_html(brief(image(alt="")), PIXELS), render_page(brief(image(alt="")), PIXELS).data.decode()):
        assert re.findall(r'<img src="data:[^"]+" alt="([^"]*)"', text) == [""]


def test_a_caption_is_printed_though_it_was_said_before() -> None:
    page: Any = html.document_fromstring(
        render_html(brief(image(caption="Find it."), image(caption="Find it.")), PIXELS)
    )
    assert len(page.xpath("//p[@class='caption']")) == 2


def test_no_page_breaks_within_a_picture_in_print() -> None:
    printed = render_html(brief(image()), PIXELS).partition("@media print")[2]
    assert re.search(r"\.picture[^{]*\{ break-inside: avoid; \}", printed)


def test_the_page_of_slides_shows_the_picture_where_the_slide_has_it() -> None:
    page: Any = html.document_fromstring(render_page(brief(image()), PIXELS).data)
    (shown,) = page.xpath("//section//img")
    assert shown.get("alt") == "A map of the canal"
    assert re.fullmatch(r"left:[\d.]+%;top:[\d.]+%;width:[\d.]+%;height:[\d.]+%", shown.get("style"))


# A whole build --------------------------------------------------------------------------------------------------


@pytest.fixture
def built(pictured: Path) -> Path:
    """The folder of a build with two pictures, one of them twice."""
    photo = {"file": "pictures/photo.jpg", "decorative": True, "credit": "A. B.", "title": "A pause"}
    path = written(pictured, FULL, photo, {**FULL, "title": "Again", "caption": "Now without looking."})
    result = build(path, BuildOptions(out=pictured / "output", formats=("pptx", "html", "slides-html")))
    assert result.problems == ()
    return pictured / "output"


FILES = ("outline.pptx", "outline-handout.html", "outline-slides.html")


@pytest.mark.parametrize("name", FILES)
def test_captions_are_the_only_words_of_pictures_that_are_verified(built: Path, name: str) -> None:
    report = verify(built / name)
    assert [(one.status, one.text) for one in report.statements] == [
        ("found", "Find the lakes."),
        ("found", "Now without looking."),
    ]


def test_a_caption_that_was_changed_on_a_slide_is_named_and_a_credit_is_not_looked_at(built: Path) -> None:
    path = built / "outline.pptx"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data.replace(b"A. Teacher", b"Nobody").replace(b"Find the lakes", b"Find the locks"))
    assert [one.status for one in verify(path).statements] == ["changed", "found"]


def test_the_evidence_lists_each_picture_with_what_was_in_its_file(built: Path) -> None:
    evidence = json.loads((built / "outline.evidence.json").read_text("utf-8"))
    assert [one["file"] for one in evidence["pictures"]] == ["../pictures/map.png", "../pictures/photo.jpg"]
    assert all(re.fullmatch("[0-9a-f]{64}", one["sha256"]) for one in evidence["pictures"])
    assert [(one["kind"], one["text"]) for one in evidence["statements"]] == [
        ("instructor", "Find the lakes."),
        ("instructor", "Now without looking."),
    ]


def test_everybody_can_read_a_deck_with_pictures(built: Path) -> None:
    assert check_deck(built / "outline.pptx") == ()


def test_a_build_with_pictures_gives_the_same_bytes_again(built: Path) -> None:
    before = {name: (built / name).read_bytes() for name in FILES}
    build(built.parent / "outline.yaml", BuildOptions(out=built, formats=("pptx", "html", "slides-html")))
    assert {name: (built / name).read_bytes() for name in FILES} == before


@pytest.mark.parametrize("change", [lambda path: path.unlink(), lambda path: path.write_bytes(saved(noise(), "PNG"))])
def test_a_picture_that_changes_between_composing_and_rendering_is_left_out_and_named(
    pictured: Path, change: Callable[[Path], object]
) -> None:
    made, _ = composed(pictured, FULL, {**FULL, "file": "pictures/photo.jpg"})
    change(pictured / "pictures" / "map.png")
    result = render(made, "outline", ("pptx",), pictured)
    (problem,) = result.problems
    assert (problem.severity, problem.where) == ("error", Location(str(pictured / "outline.yaml"), 6, 9))
    assert len(list(images_in(album(made)[0]))) == 1


def test_no_picture_is_opened_where_there_is_none() -> None:
    code = "import sys, briefgen.build, briefgen.compose; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# Freezing -------------------------------------------------------------------------------------------------------


def without_places(made: Brief) -> list[Image]:
    return [replace(one, where=WHERE) for one in images_in(made)]


def test_a_frozen_outline_keeps_a_picture_as_it_was_written(pictured: Path) -> None:
    path = written(pictured, FULL)
    text = path.read_text("utf-8").replace("      - image", "      # the old survey\n      - image")
    path.write_text(text, "utf-8")
    frozen = freeze(path)
    assert frozen.problems == ()
    assert f"      # the old survey\n      - image: {json.dumps(FULL)}\n" in frozen.text
    before, after = (prepare(one, BuildOptions())[0] for one in (path, frozen.path))
    assert before is not None
    assert after is not None
    assert without_places(before) == without_places(after)


def test_an_outline_that_is_frozen_elsewhere_finds_its_pictures(pictured: Path) -> None:
    path = written(pictured, FULL, {"file": "pictures/photo.jpg", "decorative": True, "credit": "A. B."})
    (pictured / "later").mkdir()
    frozen = freeze(path, pictured / "later" / "o.yaml")
    assert "file: ../pictures/map.png" in frozen.text
    made, problems = prepare(frozen.path, BuildOptions())
    assert problems == ()
    assert made is not None
    assert [(one.alt, one.license) for one in images_in(made)] == [(FULL["alt"], FULL["license"]), ("", "")]


def test_words_are_found_behind_a_very_large_picture(tmp_path: Path) -> None:
    large = {"k": Pixels(b"\0" * 12_000_000, "image/png")}
    told = brief(image(), image(caption="Find the lakes."))
    (tmp_path / "a-handout.html").write_text(render_html(told, large), "utf-8")
    (tmp_path / "a-slides.html").write_bytes(render_page(told, large).data)
    for read, name in ((read_handout, "a-handout.html"), (read_slides_page, "a-slides.html")):
        units = read(tmp_path / name)
        assert not isinstance(units, Problem)
        assert any(unit.holds(("Find the lakes.",)) for unit in units)
