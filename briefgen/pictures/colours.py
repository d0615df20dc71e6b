"""The colours of a picture, whatever its file counts them in, as eight bits of grey or of red, green and blue."""

from io import BytesIO
from math import isfinite
from typing import Any

from PIL import Image, ImageCms

_SPACES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK"}
"""The modes of pictures that colour profiles of each space (ICC.1, 7.2.6) are for."""
_SIXTEEN = 65_535


def in_eight_bits(picture: Image.Image) -> Image.Image:
    """The picture as L, RGB or CMYK, or as LA or RGBA where it is transparent anywhere; indices become colours."""
    if picture.mode.startswith(("I", "F")):
        return _levelled(picture)
    if picture.mode in ("LA", "La"):
        return picture.convert("LA")
    if picture.mode == "RGBa" or picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in ("L", "RGB", "CMYK"):
        return picture  # a copy of a large one takes a quarter of a gigabyte
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _levelled(picture: Image.Image) -> Image.Image:
    """Grey of 16 or 32 bits, or of fractions: 16 bits as they are, others from the darkest to the lightest there is."""
    deep = picture.convert("F")
    ends: Any = deep.getextrema()
    low, high = ends
    if not (isfinite(low) and isfinite(high)):
        raise ValueError("levels that are no numbers")
    if picture.mode != "F" and low >= 0 and high <= _SIXTEEN:
        low, high = 0.0, 255.0 if picture.mode == "I" and high <= 255 else float(_SIXTEEN)
    scale = 255 / (high - low) if high > low else 1.0
    return deep.point(lambda level: level * scale - low * scale).convert("L")


def in_srgb(picture: Image.Image, profile: Any) -> Image.Image:
    """The picture in the colours of screens, by its ICC profile if it has one that can be used; opaque if it is."""
    alpha = picture.getchannel("A") if "A" in picture.getbands() else None
    opaque = picture.convert("RGB" if picture.mode == "RGBA" else "L") if alpha else picture
    shown = _by_profile(opaque, profile) or opaque.convert("L" if opaque.mode == "L" else "RGB")
    if alpha and alpha.getextrema() != (255, 255):
        shown.putalpha(alpha)
    return shown


def _by_profile(picture: Image.Image, profile: Any) -> Image.Image | None:
    if not isinstance(profile, bytes) or not profile:
        return None
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        mode = _SPACES.get(own.profile.xcolor_space)
        if mode is None or (mode != picture.mode and (mode, picture.mode) != ("RGB", "L")):
            return None
        screen = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(picture.convert(mode), own, screen, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
