"""Pictures made ready: every format, colour and damage, from bytes to what a slide shows."""

import io
import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms

from briefgen.pictures import Ready, Refused, made_ready, read_picture, ready

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP")
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)


def halves(wide: int = 80, high: int = 40, mode: str = "RGB") -> Image.Image:
    """A drawing: its left half red, its right half blue."""
    made = Image.new("RGB", (wide, high), BLUE)
    made.paste(RED, (0, 0, wide // 2, high))
    return made.convert(mode)


def noise(wide: int = 120, high: int = 80) -> Image.Image:
    """What no two neighbours of have one colour, as in a photograph."""
    levels = bytes((7 * x * x + 13 * x * y + 29 * y) % 251 for y in range(high) for x in range(wide * 3))
    return Image.frombytes("RGB", (wide, high), levels)


def saved(picture: Image.Image, kind: str, **how: Any) -> bytes:
    data = io.BytesIO()
    picture.save(data, kind, **how)
    return data.getvalue()


def shown(data: bytes) -> Image.Image:
    """The picture that is shown for a file."""
    made = made_ready(data)
    assert isinstance(made, Ready), made
    opened = Image.open(io.BytesIO(made.pixels.data))
    assert (opened.size, opened.get_format_mimetype()) == ((made.width, made.height), made.pixels.media_type)
    return opened


def remark(data: bytes) -> str:
    made = made_ready(data)
    assert isinstance(made, Ready), made
    return made.remark


def refused(data: bytes) -> str:
    made = made_ready(data)
    assert isinstance(made, Refused), made
    assert made.hint
    return made.message


def near(colour: Any, wanted: tuple[int, ...], by: int = 30) -> bool:
    return all(abs(one - other) <= by for one, other in zip(colour, wanted, strict=True))


# What is shown --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", FORMATS)
def test_each_format_is_read_with_its_colours(kind: str) -> None:
    made = shown(saved(halves(), kind)).convert("RGB")
    assert made.size == (80, 40)
    assert near(made.getpixel((10, 20)), RED)
    assert near(made.getpixel((70, 20)), BLUE)


@pytest.mark.parametrize(
    ("size", "kept"),
    [((7000, 100), (3500, 50)), ((200, 4380), (67, 1460)), ((4000, 3000), (1947, 1460)), ((3500, 1460), (3500, 1460))],
)
def test_a_picture_is_scaled_down_to_what_a_slide_shows_and_keeps_its_proportions(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    assert shown(saved(halves(*size), "PNG")).size == kept
    assert shown(saved(halves(*size), "JPEG")).size == kept


def test_a_small_picture_is_not_enlarged() -> None:
    assert shown(saved(halves(3, 2), "PNG")).size == (3, 2)


def test_a_photograph_becomes_jpeg_and_a_drawing_png() -> None:
    assert shown(saved(noise(), "PNG")).format == "JPEG"
    assert shown(saved(noise(), "WEBP", lossless=True)).format == "JPEG"
    assert shown(saved(halves(), "BMP")).format == "PNG"
    assert shown(saved(halves(), "JPEG")).format == "JPEG"


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "TIFF"])
def test_what_is_transparent_stays_so(kind: str) -> None:
    picture = noise().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    made = shown(saved(picture, kind, **({"lossless": True} if kind == "WEBP" else {})))
    assert (made.format, made.mode) == ("PNG", "RGBA")
    assert made.getchannel("A").getextrema() == picture.getchannel("A").getextrema()


def test_what_could_be_transparent_and_is_not_is_opaque() -> None:
    assert shown(saved(noise().convert("RGBA"), "PNG")).format == "JPEG"


def test_a_colour_of_a_palette_can_be_transparent() -> None:
    picture = Image.new("P", (20, 20), 1)
    picture.putpalette([*WHITE, *RED])
    picture.paste(0, (0, 0, 10, 20))
    for kind in ("PNG", "GIF"):
        made = shown(saved(picture, kind, transparency=0)).convert("RGBA")
        assert made.getchannel("A").getpixel((2, 2)) == 0
        assert made.getpixel((15, 2)) == (*RED, 255)


@pytest.mark.parametrize("turn", range(2, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_is_shown_the_way_up_that_its_camera_was_held(kind: str, turn: int) -> None:
    turned = Image.new("RGB", (64, 32), WHITE)
    turned.paste(RED, (0, 0, 16, 16))
    exif = Image.Exif()
    exif[274] = turn
    made = shown(saved(turned, kind, exif=exif)).convert("RGB")
    corner = {2: "tr", 3: "br", 4: "bl", 5: "tl", 6: "tr", 7: "br", 8: "bl"}[turn]
    assert made.size == ((64, 32) if turn < 5 else (32, 64))
    wide, high = made.size
    at = (4 if corner[1] == "l" else wide - 4, 4 if corner[0] == "t" else high - 4)
    assert near(made.getpixel(at), RED, 60)


def test_nothing_is_kept_of_who_made_a_picture_when_where_and_with_what() -> None:
    exif = Image.Exif()
    exif[271] = "MAKER"
    exif.get_ifd(0x8825)[1] = "N"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    secrets = {"exif": exif, "icc_profile": profile, "xmp": b"<x:xmpmeta>SECRET</x:xmpmeta>"}
    for kind, how in (("JPEG", {"comment": b"SECRET"}), ("WEBP", {}), ("TIFF", {})):
        for picture in (halves(), noise()):
            data = shown(saved(picture, kind, **how, **(secrets if kind != "TIFF" else {"icc_profile": profile})))
            assert not {"exif", "icc_profile", "xmp", "comment", "dpi", "XML:com.adobe.xmp"} & set(data.info)
            assert not data.getexif()


def swapped_profile() -> bytes:
    """The profile of sRGB with red and blue in each other's place."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (count,) = struct.unpack_from(">I", data, 128)
    at = {bytes(data[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(count)}
    for one, other in ((b"rXYZ", b"bXYZ"), (b"rTRC", b"bTRC")):
        data[at[one] : at[one] + 4], data[at[other] : at[other] + 4] = other, one
    return bytes(data)


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_are_those_of_the_profile(mode: str) -> None:
    picture = Image.new(mode, (20, 20), RED)
    if mode == "RGBA":
        picture.putpixel((0, 0), (0, 0, 0, 0))
    made = shown(saved(picture, "PNG", icc_profile=swapped_profile())).convert("RGB")
    assert near(made.getpixel((10, 10)), BLUE)


@pytest.mark.parametrize("profile", [b"nonsense", swapped_profile()[:200], b"\0" * 128])
def test_a_profile_that_cannot_be_used_is_passed_over(profile: bytes) -> None:
    assert near(shown(saved(halves(), "PNG", icc_profile=profile)).convert("RGB").getpixel((1, 1)), RED)


def test_grey_with_a_profile_for_colours_is_shown() -> None:
    made = shown(saved(Image.new("L", (9, 9), 128), "PNG", icc_profile=swapped_profile())).convert("RGB")
    assert near(made.getpixel((4, 4)), (128, 128, 128))


def test_inks_become_the_colours_of_a_screen() -> None:
    inks = Image.new("CMYK", (20, 20), (0, 255, 255, 0))
    for kind in ("JPEG", "TIFF"):
        made = shown(saved(inks, kind))
        assert made.mode == "RGB"
        assert near(made.getpixel((10, 10)), RED)


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_become_eight_without_losing_the_light_half(kind: str) -> None:
    levels = struct.pack("<3H", 0, 32768, 65535) * 2
    picture = Image.frombytes("I;16", (3, 2), levels)
    made = shown(saved(picture, kind)).convert("L")
    assert near([made.getpixel((x, 0)) for x in range(3)], (0, 128, 255), 1)


def test_fractions_are_shown_from_the_darkest_to_the_lightest() -> None:
    picture = Image.frombytes("F", (3, 1), struct.pack("<3f", -2.0, 0.0, 2.0))
    made = shown(saved(picture, "TIFF")).convert("L")
    assert near([made.getpixel((x, 0)) for x in range(3)], (0, 127, 255), 1)


def test_levels_that_are_no_numbers_are_refused() -> None:
    picture = Image.frombytes("F", (2, 1), struct.pack("<2f", float("inf"), 1.0))
    assert "damaged" in refused(saved(picture, "TIFF"))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "YCbCr"])
def test_pictures_of_every_mode_are_shown(mode: str) -> None:
    kind = "TIFF" if mode == "YCbCr" else "PNG"
    assert shown(saved(halves(mode=mode), kind)).size == (80, 40)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_picture_is_shown_and_that_is_said(kind: str) -> None:
    first, second = Image.new("RGB", (20, 20), RED), Image.new("RGB", (20, 20), BLUE)
    data = saved(first, kind, save_all=True, append_images=[second], duration=100)
    assert remark(data) == "is animated; its first picture is shown"
    assert near(shown(data).convert("RGB").getpixel((10, 10)), RED)
    assert remark(saved(first, kind)) == ""


def test_of_several_pages_the_first_is_shown_and_that_is_said() -> None:
    data = saved(halves(), "TIFF", save_all=True, append_images=[noise()])
    assert remark(data) == "has several pages; the first is shown"


def test_a_camera_file_with_a_second_smaller_picture_in_it_is_no_animation() -> None:
    assert remark(saved(halves(), "MPO", save_all=True, append_images=[halves(40, 20)])) == ""


def test_the_same_bytes_give_the_same_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (saved(noise(300, 200), "PNG"), saved(halves(), "GIF"), saved(noise(), "WEBP")):
        first = made_ready(data)
        monkeypatch.setattr(ready, "_known", {})
        again = made_ready(data)
        assert first is not again
        assert first == again


def test_no_more_than_some_pictures_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    known: dict[str, Ready | Refused] = {}
    monkeypatch.setattr(ready, "_known", known)
    for number in range(200):
        made_ready(b"x" * number)
    assert len(known) == 64


# What is not ----------------------------------------------------------------------------------------------------


def test_an_empty_file_is_said_to_be_empty() -> None:
    assert refused(b"") == "is empty"


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_is_cut_short_is_named_with_its_kind(kind: str, share: float) -> None:
    data = saved(noise(), kind)
    assert refused(data[: int(len(data) * share)]) == f"is damaged or cut short (it begins as a {kind} file)"


def test_a_damaged_file_is_told_of_by_nobody_else(capfd: pytest.CaptureFixture[str]) -> None:
    for how in ("tiff_lzw", "tiff_deflate", "jpeg"):
        whole = saved(noise(), "TIFF", compression=how)
        for at in range(8, 400, 7):
            made_ready(whole[:at] + b"\0\xff\0" + whole[at + 3 :])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (
            b'<?xml version="1.0"?>\n<!-- made by hand -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
            "is an SVG drawing",
        ),
        (b'  <svg width="3">', "is an SVG drawing"),
        (b"<!DOCTYPE html><html><body>Not found", "is a web page"),
        (b"%PDF-1.7\n", "is a PDF document"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "is a HEIC photograph"),
        (b"\0\0\0\x1cftypavif", "is an AVIF picture"),
        (b"8BPS\0\1", "is a Photoshop document"),
        (b"\x1f\x8b\x08\0", "is a compressed file, perhaps an SVG drawing"),
        (b"PK\x03\x04", "is a Word, PowerPoint or OpenDocument file"),
        (b"Dear Madam,\n", "is no picture that is read; accepted: PNG, JPEG, WEBP, GIF, TIFF, BMP"),
        (bytes(range(256)), "is no picture that is read"),
    ],
)
def test_what_is_no_picture_that_is_read_is_said_to_be_what_it_is(data: bytes, what: str) -> None:
    assert refused(data).startswith(what)


def claimed(wide: int, high: int) -> bytes:
    """A PNG file that says that it has so many pixels, and has none."""

    def chunk(name: bytes, held: bytes) -> bytes:
        return struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def test_a_picture_of_too_many_pixels_is_refused_before_one_is_read() -> None:
    assert refused(claimed(9000, 8000)) == "has 9,000 by 8,000 pixels; at most 64 million are read"
    assert refused(claimed(30_000, 30_000)) == "has far more than 64 million pixels"
    assert "damaged" in refused(claimed(8000, 8000))


def test_a_long_strip_is_shown_since_its_pixels_are_few() -> None:
    assert shown(saved(Image.new("L", (30_000, 12), 90), "PNG")).width == 3500


BEGINNINGS = [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\0\0\0\0WEBP", b"GIF89a", b"II*\0", b"MM\0*", b"BM"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=200))
def test_any_bytes_are_a_picture_or_a_reason(begins: bytes, rest: bytes) -> None:
    assert isinstance(made_ready(begins + rest), Ready | Refused)


SAMPLES = [saved(noise(30, 20), kind) for kind in FORMATS] + [
    saved(halves(mode="P"), "PNG"),
    saved(halves(mode="CMYK"), "TIFF"),
    saved(halves(), "TIFF", compression="tiff_lzw"),
    saved(halves(), "GIF", save_all=True, append_images=[noise()]),
    saved(noise(30, 20), "PNG", icc_profile=swapped_profile()),
]


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_a_damaged_picture_is_a_picture_or_a_reason(whole: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    spoilt = whole[:at] + data.draw(st.binary(max_size=6)) + whole[at + data.draw(st.integers(0, 8)) :]
    made = made_ready(spoilt)
    assert isinstance(made, Ready | Refused)
    if isinstance(made, Ready):
        assert made.width <= 3500
        assert made.height <= 1460
        assert ImageChops.invert(Image.open(io.BytesIO(made.pixels.data)).convert("RGB")).size[0] == made.width


# Files ----------------------------------------------------------------------------------------------------------


def why(path: Path, project: Path | None = None) -> tuple[str, str]:
    made = read_picture(path, project)
    assert isinstance(made, Refused), made
    return made.message, made.hint


def test_a_file_that_is_not_there_is_told_of_the_nearest_one(tmp_path: Path) -> None:
    (tmp_path / "map.png").write_bytes(b"")
    message, hint = why(tmp_path / "mpa.png")
    assert message == "is not there"
    assert hint == "did you mean 'map.png'? its path is seen from the folder of the outline"
    assert why(tmp_path / "maps" / "x.png") == ("is not there", "its path is seen from the folder of the outline")


def test_nothing_is_fetched_from_the_network() -> None:
    assert why(Path("pictures/https:/example.org/a.png"))[1].startswith("nothing is fetched")


def test_what_is_no_ordinary_file_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert why(tmp_path) == ("is a folder", "name a picture in it")
    assert why(Path("/dev/zero"))[0] == "cannot be read: it is no ordinary file"
    assert why(tmp_path / "pipe.png")[0] == "cannot be read: it is no ordinary file"
    assert why(tmp_path / ("a" * 300 + ".png"))[0] == "cannot be read: File name too long"
    assert "null" in why(tmp_path / "a\0.png", tmp_path)[0]
    assert why(tmp_path / os.fsdecode(b"n\xff.png"))[0] == "has a name that is not UTF-8"
    (tmp_path / "loop.png").symlink_to("loop.png")
    assert why(tmp_path / "loop.png")[0].startswith("cannot be read: ")


def test_a_file_that_may_not_be_read_is_named_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "map.png").write_bytes(saved(halves(), "PNG"))
    monkeypatch.setattr(Path, "read_bytes", closed)
    assert why(tmp_path / "map.png") == ("cannot be read: Permission denied", "is it a file, and yours?")


def test_a_picture_lies_in_the_project_and_no_link_leads_out_of_it(tmp_path: Path) -> None:
    project, other = tmp_path / "project", tmp_path / "other"
    project.mkdir()
    other.mkdir()
    for folder in (project, other):
        (folder / "map.png").write_bytes(saved(halves(), "PNG"))
    (project / "in.png").symlink_to("map.png")
    (project / "out.png").symlink_to(other / "map.png")
    assert isinstance(read_picture(project / "in.png", project), Ready)
    for path in (project / "out.png", project / ".." / "other" / "map.png", other / "map.png"):
        assert why(path, project)[0] == "lies outside the project, or is a link that leads out of it"
