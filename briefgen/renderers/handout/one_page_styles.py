"""The styles of word processors' files made as small as the page in HTML has them where a handout is one sheet.

The shares are those of the sizes of `.one-page` in `handout.css`, on which the estimate of `room` rests.
"""

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_STYLE, _FO = f"{{{_ODF}style:1.0}}", f"{{{_ODF}xsl-fo-compatible:1.0}}"
_SIZE, _SPACE, _LINE = 6 / 7, 0.4, 0.92
"""What letters, spaces between paragraphs, and the spaces between lines are of those of other handouts."""
_PAGE = {"top": 34.0, "bottom": 34.0, "left": 36.9, "right": 36.9, "header": 15.0, "footer": 15.0}
"""The margins of the page in points."""
_HEAD_HEIGHT, _HEAD_SPACE = 11.0, 6.0


def shrink_word(document: Any, styles: Any) -> None:
    """Makes the styles and margins of a Word file small."""
    for size in (*styles.iter(f"{_W}sz"), *styles.iter(f"{_W}szCs")):
        _scale(size, f"{_W}val", _SIZE)
    for spacing in styles.iter(f"{_W}spacing"):
        _scale(spacing, f"{_W}before", _SPACE)
        _scale(spacing, f"{_W}after", _SPACE)
        _scale(spacing, f"{_W}line", _LINE)
    for margins in document.iter(f"{_W}pgMar"):
        for side, points in _PAGE.items():
            margins.set(f"{_W}{side}", str(round(points * 20)))


def shrink_open_document(styles: Any) -> None:
    """Makes the styles and margins of an OpenDocument text small."""
    for one in styles.iter(f"{_STYLE}text-properties"):
        for name in (f"{_FO}font-size", f"{_STYLE}font-size-asian", f"{_STYLE}font-size-complex"):
            _scale_unit(one, name, _SIZE)
    for one in styles.iter(f"{_STYLE}paragraph-properties"):
        _scale_unit(one, f"{_FO}margin-top", _SPACE)
        _scale_unit(one, f"{_FO}margin-bottom", _SPACE)
        _scale_unit(one, f"{_FO}line-height", _LINE)
    for page in styles.iter(f"{_STYLE}page-layout-properties"):
        edges = {**_PAGE, "top": _PAGE["header"], "bottom": _PAGE["footer"]}
        for side in ("top", "bottom", "left", "right"):
            page.set(f"{_FO}margin-{side}", f"{edges[side]:g}pt")
    for one in styles.iter(f"{_STYLE}header-footer-properties"):
        one.set(f"{_FO}min-height", f"{_HEAD_HEIGHT + _HEAD_SPACE:g}pt")
        for name in (f"{_FO}margin-bottom", f"{_FO}margin-top"):
            if one.get(name):
                one.set(name, f"{_HEAD_SPACE:g}pt")


def _scale(one: Any, name: str, share: float) -> None:
    if one.get(name):
        one.set(name, str(round(int(one.get(name)) * share)))


def _scale_unit(one: Any, name: str, share: float) -> None:
    """Scales a length in points or a percentage."""
    unit = next((unit for unit in ("pt", "%") if (one.get(name) or "").endswith(unit)), "")
    if unit:
        one.set(name, f"{float(one.get(name).removesuffix(unit)) * share:.3g}{unit}")
