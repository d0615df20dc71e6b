"""Packages of parts as other programs write them, well and badly, and the decks that are written into them."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from briefgen.model import Brief, Pixels
from briefgen.renderers.deck import opening
from briefgen.renderers.deck.links import address as web_address
from briefgen.renderers.deck.package import OFFICE, ROOT, Names, Package, Part, Relation, Relations, packed
from briefgen.renderers.deck.plan import Plan, plan
from briefgen.renderers.deck.pptx import Properties, write
from briefgen.renderers.deck.shapes import PictureBox, Rect, Slide, SlideGroup
from briefgen.renderers.deck.template import builtin, opened, template

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
EMPTY = Brief("T", "en", (), (), (), ())
PIXELS = Pixels(b"\x89PNG of ours", "image/png")
SHOWN = PictureBox("Picture", Rect(1.0, 1.0, 4.0, 3.0), "key", "A lighthouse")
PLANNED = Plan(
    (Slide("content", "One", (SHOWN,), speaker=("Say this.",)), Slide("title", "Two", ())), (SlideGroup("All", 1, 2),)
)


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(entries: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in entries.items() if isinstance(entries, Mapping) else entries:
            archive.writestr(name, data)
    return stream.getvalue()


def saved(deck: Any) -> bytes:
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()


def with_slides() -> bytes:
    """A template with slides of its own: a picture, notes, a link from one to the other."""
    deck = Presentation()
    for words in ("First of theirs", "Second of theirs"):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = words
        slide.notes_slide.notes_text_frame.text = f"Notes to {words}"
    picture = io.BytesIO(
        Path(__file__).parent.joinpath("samples/lighthouse/pictures").glob("*.png").__next__().read_bytes()
    )
    slide.shapes.add_picture(picture, Inches(1), Inches(1))
    slide.shapes.title.click_action.target_slide = deck.slides[0]
    return saved(deck)


def written(data: bytes) -> dict[str, bytes]:
    return members(write(PLANNED, opened(data)[0], Properties("T"), {"key": PIXELS}))


def reached(entries: Mapping[str, bytes]) -> set[str]:
    """The names that relationships lead to, all of which are there."""
    found = set()
    for name, data in entries.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for one in etree.fromstring(data):
                if one.get("TargetMode") != "External":
                    found.add(posixpath.normpath(posixpath.join("/", folder, one.get("Target") or ""))[1:])
    assert found <= set(entries)
    return found


def renamed(entries: Mapping[str, bytes], old: str, new: str, said: str) -> dict[str, bytes]:
    """A package in which a part has another name, which relationships write as `said`."""
    changed = {}
    for name, data in entries.items():
        file = posixpath.basename(old).encode()
        data = data.replace(b"/" + file + b'"', b"/" + said.encode() + b'"') if name.endswith(".rels") else data
        data = data.replace(b"/" + old.encode() + b'"', b"/" + new.encode() + b'"') if name.startswith("[") else data
        changed[new if name == old else name.replace(file.decode() + ".rels", posixpath.basename(new) + ".rels")] = data
    return changed


THEIRS = {
    "built in": builtin(),
    "hall": builtin("hall"),
    "python-pptx's": saved(Presentation()),
    "with slides": with_slides(),
}


@pytest.mark.parametrize("kind", THEIRS)
def test_what_is_kept_of_a_template_is_kept_byte_for_byte(kind: str) -> None:
    before, after = members(THEIRS[kind]), written(THEIRS[kind])
    ours = ("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "ppt/presentation.xml")
    kept = [name for name in before if name in after and "presentation.xml" not in name and name not in ours]
    assert any("slideLayout" in name for name in kept)
    assert any("slideMaster" in name for name in kept)
    assert [
        name
        for name in kept
        if before[name] != after[name] and not name.startswith(("ppt/slides/", "ppt/notesSlides/"))
    ] == []


@pytest.mark.parametrize("kind", THEIRS)
def test_all_parts_of_a_deck_are_reached_and_all_that_is_reached_is_there(kind: str) -> None:
    after = written(THEIRS[kind])
    assert reached(after) == {name for name in after if not name.endswith(".rels") and not name.startswith("[")}
    deck = Presentation(io.BytesIO(zipped(after)))
    assert deck.slides[0].slide_layout.name in {one.name for one in deck.slide_layouts}
    assert deck.slides[0].notes_slide.notes_text_frame.text == "Say this."
    assert b"of theirs" not in b"".join(after.values())


@pytest.mark.parametrize("kind", THEIRS)
def test_a_template_can_be_written_into_more_than_once(kind: str) -> None:
    made = opened(THEIRS[kind])[0]
    once, again = (write(PLANNED, made, Properties("T"), {"key": PIXELS}) for _ in range(2))
    assert once == again == write(PLANNED, opened(THEIRS[kind])[0], Properties("T"), {"key": PIXELS})


def test_a_template_without_a_master_for_notes_gets_one_with_a_theme_of_its_own() -> None:
    theirs = members(THEIRS["python-pptx's"])
    assert not any("notesMaster" in name for name in theirs)
    after = written(THEIRS["python-pptx's"])
    root = etree.fromstring(after["ppt/presentation.xml"])
    assert len(root.findall(f"{P}notesMasterIdLst/{P}notesMasterId")) == 1
    assert [one.tag for one in root][:2] == [f"{P}sldMasterIdLst", f"{P}notesMasterIdLst"]
    themes = [name for name in after if "/theme/" in name]
    assert len(themes) == 2
    assert after[themes[0]] == after[themes[1]]


def test_a_master_for_notes_that_the_presentation_does_not_list_is_listed() -> None:
    after = written(with_slides())
    root = etree.fromstring(after["ppt/presentation.xml"])
    listed = [one.get(f"{{{OFFICE}}}id") for one in root.iter(f"{P}notesMasterId")]
    relations = {one.get("Id"): one.get("Type") for one in etree.fromstring(after["ppt/_rels/presentation.xml.rels"])}
    assert [relations[identity] for identity in listed] == [f"{OFFICE}/notesMaster"]


def test_new_parts_take_no_name_that_a_template_has_however_it_is_written() -> None:
    theirs = members(builtin())
    kept = {
        "ppt/media/PICTURE1.png": b"their logo",
        "ppt/slides/slide%31.xml": b"<their/>",
        "ppt/theme/Theme3.xml": b"<t/>",
    }
    listed = b"".join(
        f'<Relationship Id="rId9{number}" Type="{OFFICE}/x" Target="/{name}"/>'.encode()
        for number, name in enumerate(kept)
    )
    layout = "ppt/slideLayouts/_rels/slideLayout1.xml.rels"
    theirs[layout] = theirs[layout].replace(b"</Relationships>", listed + b"</Relationships>")
    types = theirs["[Content_Types].xml"]
    theirs["[Content_Types].xml"] = types.replace(
        b"<Override", b'<Default Extension="PNG" ContentType="image/png"/><Override', 1
    )
    after = written(zipped({**theirs, **kept}))
    for name, data in kept.items():
        assert after[name] == data
    assert {"ppt/media/picture2.png", "ppt/slides/slide2.xml", "ppt/slides/slide3.xml"} <= set(after)
    lower = [name.lower() for name in after]
    assert len(set(lower)) == len(lower)


NAMINGS: dict[str, tuple[str, str]] = {
    "in other capitals": ("ppt/slideLayouts/slideLayout2.xml", "SLIDELAYOUT2.XML"),
    "escaped": ("ppt/slideLayouts/their%20layout.xml", "their%20layout.xml"),
    "escaped where it is named": ("ppt/slideLayouts/their layout.xml", "their%20layout.xml"),
    "not escaped where it is named": ("ppt/slideLayouts/their%20layout.xml", "their layout.xml"),
    "in another script": ("ppt/slideLayouts/Gliederung-übersicht.xml", "Gliederung-%C3%BCbersicht.xml"),
    "as a path of Windows": ("ppt\\slideLayouts\\slideLayout2.xml", "slideLayout2.xml"),
    "from the root": ("ppt/slideLayouts/slideLayout2.xml", "../../ppt/slideLayouts/slideLayout2.xml"),
}


@pytest.mark.parametrize("how", NAMINGS)
def test_a_part_is_found_however_its_name_is_written(how: str) -> None:
    new, said = NAMINGS[how]
    theirs = renamed(members(builtin()), "ppt/slideLayouts/slideLayout2.xml", new, said)
    made, _ = opened(zipped(theirs))
    assert {one.name for one in made.layouts.values()} == {one.name for one in template("lecture")[0].layouts.values()}
    deck = members(write(PLANNED, made, Properties("T"), {"key": PIXELS}))
    assert len([name for name in deck if "/slideLayouts/" in name and not name.endswith(".rels")]) == 7


def test_absolute_targets_are_followed() -> None:
    theirs = members(builtin())
    name = "ppt/_rels/presentation.xml.rels"
    theirs[name] = theirs[name].replace(b'Target="slideMasters/', b'Target="/ppt/slideMasters/')
    assert opened(zipped(theirs))[0].layouts == opened(builtin())[0].layouts


def test_of_two_parts_with_one_name_the_last_is_taken() -> None:
    theirs = list(members(builtin()).items())
    layout = "ppt/slideLayouts/slideLayout2.xml"
    twice = [*theirs, (layout.upper(), members(builtin())[layout].replace(b"Title and content", b"The last"))]
    names = [one.name for one in opened(zipped(twice))[0].layouts.values()]
    assert "The last" in names
    assert "Title and content" not in names


def test_a_relationship_to_a_part_that_is_not_there_is_left_out() -> None:
    theirs = members(builtin())
    name = "ppt/slideLayouts/_rels/slideLayout1.xml.rels"
    gone = f'<Relationship Id="rId8" Type="{OFFICE}/image" Target="../media/NULL"/></Relationships>'.encode()
    theirs[name] = theirs[name].replace(b"</Relationships>", gone)
    after = written(zipped(theirs))
    assert b"NULL" not in after[name]
    assert b"slideMaster1.xml" in after[name]


def test_what_a_template_says_of_itself_and_its_macros_are_left_out() -> None:
    theirs = members(with_slides())
    theirs["ppt/vbaProject.bin"] = b"Sub Auto_Open()"
    rels = "ppt/_rels/presentation.xml.rels"
    macro = b'<Relationship Id="rId77" Type="urn:macros/vbaProject" Target="vbaProject.bin"/>'
    theirs[rels] = theirs[rels].replace(b"</Relationships>", macro + b"</Relationships>")
    kinds = theirs["[Content_Types].xml"]
    kinds = kinds.replace(
        b"<Override", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override', 1
    )
    main = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
    theirs["[Content_Types].xml"] = kinds.replace(
        main, b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"
    )
    made, told = opened(zipped(theirs))
    assert [message for message, _ in told if "left out" in message] == [
        "the template's own slides, 2, are left out",
        "the template's macros are left out",
    ]
    after = members(write(PLANNED, made, Properties("T"), {"key": PIXELS}))
    assert not {
        name for name in after if "vbaProject" in name or name in ("docProps/app.xml", "docProps/thumbnail.jpeg")
    }
    assert b"macroEnabled" not in after["[Content_Types].xml"]
    assert main in after["[Content_Types].xml"]


def test_guides_of_a_presentation_are_kept_and_its_sections_and_shows_are_not() -> None:
    theirs = members(builtin())
    own = (
        b'<p:custShowLst><p:custShow name="Short" id="0"><p:sldLst/></p:custShow></p:custShowLst><p:extLst>'
        b'<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><x:sectionLst xmlns:x="urn:sections"/></p:ext>'
        b'<p:ext uri="{EFAFB233-063F-42B5-8137-9DF3F51BA10A}"><g:sldGuideLst xmlns:g="urn:guides"/></p:ext>'
        b"</p:extLst></p:presentation>"
    )
    theirs["ppt/presentation.xml"] = theirs["ppt/presentation.xml"].replace(b"</p:presentation>", own)
    after = etree.fromstring(written(zipped(theirs))["ppt/presentation.xml"])
    assert [one.get("uri") for one in after.iter(f"{P}ext")] == [
        "{EFAFB233-063F-42B5-8137-9DF3F51BA10A}",
        "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}",
    ]
    assert after.find(f"{P}custShowLst") is None
    assert after[-1].tag == f"{P}extLst"


def test_a_part_that_declares_entities_is_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'
    with pytest.raises(ValueError, match="document type"):
        opening.tree(bomb)


# Decks that are written ----------------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1))
@example("https://example.org/a?b=1&c=%20#d")
@example("mailto:a@example.org")
@example("file:///etc/passwd")
def test_a_link_to_the_web_comes_back_from_a_package_and_any_other_leads_nowhere(address: str) -> None:
    part = "ppt/a.xml"
    links, held = Relations(part), Relations(ROOT)
    links.outside(address, f"{OFFICE}/hyperlink")
    held.to(part, f"{OFFICE}/officeDocument")
    package = Package(
        {ROOT: Part(ROOT, "", b"", tuple(held)), part: Part(part, "application/xml", b"<a/>", tuple(links))}
    )
    (back,) = opening.opened(packed(package)).parts[part].relations
    assert back in (*links, Relation("rId1", f"{OFFICE}/hyperlink", "NULL"))
    assert (back.target == address) == (web_address(address) == address)


def test_a_relationship_is_made_once_and_takes_no_id_that_is_taken() -> None:
    held = Relations("ppt/slides/slide1.xml")
    assert held.to("ppt/media/a b.png", "image") == "rId1"
    assert held.outside("https://example.org/", "link") == "rId2"
    assert held.to("ppt/media/a b.png", "image") == "rId1"
    assert [one.target for one in held] == ["../media/a%20b.png", "https://example.org/"]
    more = Relations("ppt/slides/slide1.xml", [one for one in held if one.identity == "rId2"])
    assert [more.to(name, "image") for name in ("a.png", "b.png")] == ["rId1", "rId3"]


def test_a_name_that_is_taken_in_other_capitals_is_not_free() -> None:
    names = Names(["ppt/slides/Slide1.xml", "ppt/slides/slide%32.xml"])
    assert names.free("ppt/slides/slide") == "ppt/slides/slide3.xml"
    assert names.free("ppt/slides/slide", 3) == "ppt/slides/slide4.xml"


def test_properties_hold_any_words_and_no_day_but_the_decks() -> None:
    made = template("lecture")[0]
    said = Properties("A <b> & \x00 \ufffe", "x" * 300, date="2026-11-23")
    deck = Presentation(io.BytesIO(write(plan(EMPTY, made.look), made, said)))
    assert deck.core_properties.title == "A <b> &  "
    assert len(deck.core_properties.author) == 255
    assert str(deck.core_properties.modified.date()) == "2026-11-23"
    plain = members(write(plan(EMPTY, made.look), made, Properties("T")))
    assert b"dcterms:modified" not in plain["docProps/core.xml"]


# What is damaged -----------------------------------------------------------------------------------------------------

Damage = Callable[[bytes], bytes]


@st.composite
def damages(draw: st.DrawFn, size: int) -> Damage:
    """Bytes put in the place of others."""
    start = draw(st.integers(0, size))
    end = draw(st.integers(start, min(size, start + 400)))
    put = draw(st.binary(max_size=20))
    return lambda data: data[:start] + put + data[end:]


def is_said_or_written(data: bytes, folder: Path) -> None:
    theirs = folder / "theirs.pptx"
    theirs.write_bytes(data)
    made, problems = template(str(theirs))
    deck = write(PLANNED, made, Properties("T"), {"key": PIXELS})
    assert reached(members(deck))
    assert all(one.where and one.where.file == str(theirs) for one in problems)


@settings(deadline=None)
@given(st.data())
def test_a_template_with_a_damaged_part_is_opened_or_refused_and_never_raises(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    entries = members(THEIRS[data.draw(st.sampled_from(sorted(THEIRS)))])
    name = data.draw(st.sampled_from(sorted(entries)))
    damaged = data.draw(damages(len(entries[name])))(entries[name])
    is_said_or_written(zipped({**entries, name: damaged}), tmp_path_factory.mktemp("damaged"))


@settings(deadline=None)
@given(st.data())
def test_a_template_in_which_words_of_the_xml_are_exchanged_never_raises(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Well-formed and wrong: ids, names, numbers and types that are others, or none."""
    entries = members(THEIRS[data.draw(st.sampled_from(sorted(THEIRS)))])
    name = data.draw(st.sampled_from(sorted(one for one in entries if one.endswith((".xml", ".rels")))))
    root = etree.fromstring(entries[name])
    element = data.draw(st.sampled_from(list(root.iter())))
    if element.attrib and data.draw(st.booleans()):
        element.set(data.draw(st.sampled_from(sorted(element.attrib))), data.draw(st.sampled_from(WORDS)))
    elif (parent := element.getparent()) is not None and data.draw(st.booleans()):
        parent.remove(element)
    else:
        element.append(etree.Element(data.draw(st.sampled_from([one.tag for one in root.iter()]))))
        element.append(etree.Comment(" said "))
    is_said_or_written(zipped({**entries, name: etree.tostring(root)}), tmp_path_factory.mktemp("wrong"))


WORDS = (
    "",
    "0",
    "-1",
    "1e9",
    "99999999999999999999",
    "rId1",
    "rId99",
    "External",
    "../..",
    "/",
    "%",
    "[Content_Types].xml",
    "x",
)


@settings(deadline=None)
@given(st.data())
def test_a_template_whose_file_is_damaged_never_raises(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = THEIRS[data.draw(st.sampled_from(sorted(THEIRS)))]
    damaged = whole
    for _ in range(data.draw(st.integers(1, 4))):
        near_the_end = data.draw(st.booleans())
        start = data.draw(st.integers(max(0, len(damaged) - 3000) if near_the_end else 0, len(damaged)))
        put = data.draw(st.binary(max_size=8))
        damaged = damaged[:start] + put + damaged[start + data.draw(st.sampled_from([len(put), 0, 1, 50])) :]
    is_said_or_written(damaged, tmp_path_factory.mktemp("file"))


@settings(deadline=None)
@given(st.data())
def test_a_template_without_some_of_its_parts_never_raises(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    entries = members(THEIRS[data.draw(st.sampled_from(sorted(THEIRS)))])
    gone = data.draw(st.sets(st.sampled_from(sorted(entries)), min_size=1, max_size=3))
    is_said_or_written(
        zipped({name: one for name, one in entries.items() if name not in gone}), tmp_path_factory.mktemp("less")
    )
