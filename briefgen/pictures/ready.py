"""A picture made ready for slides and pages: upright, in sRGB, no larger than a slide can show, and without metadata.

The same bytes give the same picture. Pillow is imported only when a picture is met.
"""

import os
import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from briefgen.model import Pixels
from briefgen.tables import table

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 64_000_000
"""Pixels of a picture that is read, as many as large cameras have. More would fill the memory for nothing."""
WIDEST, HIGHEST = 3500, 1460
"""Pixels that are kept, across and down: twice what the largest place for a picture on a slide (12.13 by 5.05 inches
of 13.33 by 7.5) shows on a screen of 1920 by 1080."""
FLAT = 0.5
"""The share of pixels that are as their left neighbours, from which on a picture is a drawing and no photograph."""
QUALITY = 88
"""Of JPEG, from 1 to 95: above it files grow faster than anything can be seen."""
_KEPT = 64
"""Pictures that are remembered as they were made ready, since composing and rendering both ask for them."""
_BEGINNING = 2_000
_STANDARD_ERROR = 2
_DAMAGED = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for damaged files."""
_EXPORT = "save or export it as PNG or JPEG"

_known: dict[str, "Ready | Refused"] = {}


class Ready(Struct, frozen=True):
    """A picture to be shown: its pixels as a PNG or JPEG file, how many there are across and down, and the SHA-256 of
    the file that it was made from. `remark` says what of that is not shown."""

    pixels: Pixels
    width: int
    height: int
    sha256: str
    remark: str = ""


class Refused(Struct, frozen=True):
    """Why a picture cannot be shown, to be read after its name, and what to do about it."""

    message: str
    hint: str


def made_ready(data: bytes) -> Ready | Refused:
    """The picture in the bytes of a file: PNG, JPEG, WebP, GIF, TIFF or BMP. Never raises."""
    digest = sha256(data).hexdigest()
    if digest not in _known:
        while len(_known) >= _KEPT:
            _known.pop(next(iter(_known)))
        _known[digest] = _made(data, digest)
    return _known[digest]


def _made(data: bytes, digest: str) -> Ready | Refused:
    if not data:
        return Refused("is empty", "save or download it again")
    kind = next(_kinds("read", data), None)
    if kind is None:
        return _unread(data)
    from PIL import Image

    damaged = Refused(f"is damaged or cut short (it begins as a {kind} file)", "save or download it again")
    try:
        with warnings.catch_warnings(), _without_complaints(kind):
            warnings.simplefilter("ignore")
            return _shown(Image.open(BytesIO(data), formats=(kind,)), kind, digest)
    except Image.DecompressionBombError:
        return Refused(f"has far more than {MOST_PIXELS // 1_000_000} million pixels", "scale it down")
    except _DAMAGED:
        return damaged


@contextmanager
def _without_complaints(kind: str) -> Iterator[None]:
    """Keeps libtiff, which knows no other way, from writing to standard error what it finds damaged."""
    try:
        kept = os.dup(_STANDARD_ERROR) if kind == "TIFF" else None
    except OSError:
        kept = None
    if kept is None:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, _STANDARD_ERROR)
        yield
    finally:
        os.dup2(kept, _STANDARD_ERROR)
        os.close(kept)
        os.close(nowhere)


def _kinds(which: str, data: bytes) -> Iterator[str]:
    begins = data[:_BEGINNING].decode("latin-1")
    for name, pattern in table("pictures/kinds.yaml")[which].items():
        if re.match(pattern, begins, re.DOTALL | re.IGNORECASE):
            yield name


def _unread(data: bytes) -> Refused:
    named = next(_kinds("known", data), None)
    if named:
        return Refused(f"is {named}, which is not read as a picture", _EXPORT)
    return Refused(f"is no picture that is read; accepted: {', '.join(table('pictures/kinds.yaml')['read'])}", _EXPORT)


def _shown(picture: "Image.Image", kind: str, digest: str) -> Ready | Refused:
    """An opened picture made ready. Its size is known from the head of its file, before a pixel is read."""
    from briefgen.pictures.colours import in_eight_bits, in_srgb

    wide, high = picture.size
    if wide * high > MOST_PIXELS:
        most = f"{MOST_PIXELS // 1_000_000} million"
        return Refused(f"has {wide:,} by {high:,} pixels; at most {most} are read", "scale it down")
    remark = _remark(picture, kind)
    if kind == "JPEG":
        picture.draft(None, _enough(wide, high))
    picture.load()
    profile = picture.info.get("icc_profile")
    upright = in_eight_bits(_upright(picture))
    upright.thumbnail((WIDEST, HIGHEST), reducing_gap=3.0)
    shown = in_srgb(upright, profile)
    shown.info = {}
    return Ready(_written(shown, kind), *shown.size, digest, remark)


def _remark(picture: "Image.Image", kind: str) -> str:
    several = getattr(picture, "is_animated", False)
    if several and kind == "TIFF":
        return "has several pages; the first is shown"
    return "is animated; its first picture is shown" if several and kind != "JPEG" else ""


def _enough(wide: int, high: int) -> tuple[int, int]:
    """A size that holds all that will be kept, whichever way up the picture is."""
    scale = max(min(1.0, WIDEST / across, HIGHEST / down) for across, down in ((wide, high), (high, wide)))
    return max(1, round(wide * scale)), max(1, round(high * scale))


def _upright(picture: "Image.Image") -> "Image.Image":
    """The picture turned as its camera says that it was held (EXIF 2.32, tag 274)."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    try:
        turn = turns.get(picture.getexif().get(274, 1))
    except _DAMAGED:
        return picture
    return picture if turn is None else picture.transpose(turn)


def _written(picture: "Image.Image", kind: str) -> Pixels:
    """A photograph as JPEG; a drawing, or what is transparent, as PNG."""
    made = BytesIO()
    if "A" not in picture.getbands() and (kind == "JPEG" or _flatness(picture) < FLAT):
        picture.save(made, "JPEG", quality=QUALITY, optimize=True)
        return Pixels(made.getvalue(), "image/jpeg")
    picture.save(made, "PNG", compress_level=6)
    return Pixels(made.getvalue(), "image/png")


def _flatness(picture: "Image.Image") -> float:
    """The share of pixels that have the colour of their left neighbour."""
    from PIL import ImageChops

    first, *others = ImageChops.difference(picture, ImageChops.offset(picture, 1, 0)).split()
    for other in others:
        first = ImageChops.lighter(first, other)
    return first.histogram()[0] / (picture.width * picture.height)
