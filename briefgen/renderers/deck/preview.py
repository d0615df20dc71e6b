"""Planned slides as one HTML page that needs nothing else: the same boxes, in shares of the slide instead of inches."""

import colorsys
import math
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from itertools import groupby

from lxml import etree

from briefgen.renderers.deck.links import address
from briefgen.renderers.deck.look import HEIGHT, INK, NAVY, WHITE
from briefgen.renderers.deck.plan import Plan
from briefgen.renderers.deck.shapes import (
    Cell,
    Colour,
    Connector,
    Line,
    Paragraph,
    Rect,
    Shape,
    Slide,
    TableBox,
    TextBox,
    TextRun,
)
from briefgen.renderers.deck.template import builtin, opened
from briefgen.renderers.deck.xml import LINK, clean

WIDTH = 40 / 3
_POINT = 100 / WIDTH / 72
"""A point in hundredths of the slide's width, which CSS calls cqw."""
_ANCHORS = {"t": "start", "ctr": "center", "b": "end"}
_ALIGNED = {"l": "start", "ctr": "center", "r": "end"}
_ON_DARK = ("title", "subtitle", "details", "eyebrow", "footer", "number")
_DARK = {"title": _ON_DARK, "opener": ("title", "details")}
"""Placeholders that the template has white on its dark ground, by the layout."""
_BOLD = ("title", "eyebrow")
_ROUND = {"ellipse": "50%", "roundRect": ".8cqw"}
_HEAD = 0.12
"""How long the head of an arrow is, in inches."""
_POINTED = "homePlate"
"""The geometry that ends at the right in a point, which is half as long as the shape is high."""


def page(plan: Plan, title: str, language: str) -> str:
    """The page: all slides one below the other; keys move between them, show the speaker notes, and print.

    It works without script, and prints one slide a page. The same plan gives the same page.
    """
    slides = "".join(_slide(slide, number, len(plan.slides)) for number, slide in enumerate(plan.slides, 1))
    template = (files("briefgen.renderers.deck") / "templates" / "slides.html").read_text("utf-8")
    head, rest = template.split("{{title}}")
    start, middle = head.split("{{language}}")
    between, end = rest.split("{{slides}}")
    return f"{start}{_text(language)}{middle}{_text(title)}{between}{slides}{end}"


def _text(text: str) -> str:
    return escape(clean(text))


def _slide(slide: Slide, number: int, count: int) -> str:
    ground = f' style="background:{_hex(NAVY)}"' if slide.role == "title" else ""
    shapes = "".join(_shape(shape, slide, number) for shape in slide.shapes)
    notes = "".join(f"<p>{_text(paragraph)}</p>" for paragraph in slide.speaker)
    aside = f'<aside class="notes" aria-label="Speaker notes of slide {number}">{notes}</aside>' if notes else ""
    label = _text(f"Slide {number} of {count}: {slide.title}")
    shown = f'<div class="slide"{ground}>{shapes}</div>{aside}'
    return f'<section id="slide-{number}" aria-label="{label}">{shown}</section>\n'


def _shape(shape: Shape | Connector, slide: Slide, number: int) -> str:
    if isinstance(shape, Connector):
        return _connector(shape)
    if isinstance(shape, TextBox):
        return _box(shape, slide, number)
    if isinstance(shape, Line):
        return _line(shape)
    if isinstance(shape, TableBox):
        return _table(shape, number)
    inner = "".join(_shape(one, slide, number) for one in shape.shapes)
    return f'<div role="group" aria-label="{_text(shape.alt)}">{inner}</div>'


def _place(at: Rect) -> str:
    left, wide = _share(at.x, WIDTH), _share(at.w, WIDTH)
    return f"left:{left};top:{_share(at.y, HEIGHT)};width:{wide};height:{_share(at.h, HEIGHT)}"


def _share(length: float, whole: float) -> str:
    return f"{100 * length / whole:.3f}%"


def _size(points: float) -> str:
    return f"{points * _POINT:.3f}cqw"


def _pointed(at: Rect) -> str:
    shoulder = _share(at.w - at.h / 2, at.w)
    return f"polygon(0 0,{shoulder} 0,100% 50%,{shoulder} 100%,0 100%)"


def _box(shape: TextBox, slide: Slide, number: int) -> str:
    style = [_place(shape.at)]
    style += [f"background:{_hex(shape.fill)}"] if shape.fill else []
    dash = "dashed" if shape.dashed else "solid"
    style += [f"border:{_size(shape.weight)} {dash} {_hex(shape.outline)}"] if shape.outline else []
    style += [f"border-radius:{_ROUND[shape.geometry]}"] if shape.geometry in _ROUND else []
    style += [f"clip-path:{_pointed(shape.at)}"] if shape.geometry == _POINTED else []
    if not shape.paragraphs:
        return f'<div class="box" aria-hidden="true" style="{";".join(style)}"></div>'
    if any(shape.inset):
        left, top, right, bottom = (_size(inset * 72) for inset in shape.inset)
        style.append(f"padding:{top} {right} {bottom} {left}")
    style += [f"justify-content:{_ANCHORS[shape.anchor]}"] if shape.anchor != "t" else []
    style.append(f"color:{_hex(_ink(shape, slide))}")
    style += ["font-weight:700"] if shape.placeholder in _BOLD else []
    inner = "".join(_paragraphs(shape.paragraphs, number, shape.accent))
    if shape.placeholder == "title":
        level = 1 if number == 1 else 2
        inner = f"<h{level}>{inner}</h{level}>"
    return f'<div class="box" style="{";".join(style)}">{inner}</div>'


def _ink(shape: TextBox, slide: Slide) -> Colour:
    """The colour of a box's words where no run has its own: the template's, for a placeholder."""
    if shape.placeholder in _DARK.get(slide.role, ()):
        return WHITE
    return shape.colour or (NAVY if shape.placeholder in ("title", "eyebrow", "quotation") else INK)


def _paragraphs(paragraphs: Sequence[Paragraph], number: int, accent: Colour | None) -> Iterator[str]:
    """The paragraphs, those with a bullet or a number in lists."""
    for bullet, group in groupby(paragraphs, key=lambda one: one.bullet):
        members = list(group)
        if not bullet:
            yield from (_paragraph("span", one, number) for one in members)
            continue
        tag = "ol" if bullet == "number" else "ul"
        mark = f' style="--mark:{_hex(accent)}"' if accent else ""
        marks = [f"{members[0].start + index}." if bullet == "number" else "•" for index in range(len(members))]
        items = (_paragraph("li", one, number, sign) for one, sign in zip(members, marks, strict=True))
        yield f"<{tag}{mark}>{''.join(items)}</{tag}>"


def _paragraph(tag: str, paragraph: Paragraph, number: int, mark: str = "") -> str:
    style = [f"font-size:{_size(paragraph.size)}"]
    style += [f"margin-top:{_size(paragraph.before)}"] if paragraph.before else []
    style += [f"text-align:{_ALIGNED[paragraph.align]}"] if paragraph.align != "l" else []
    style += [f"padding-left:{_size(paragraph.hang * 72)}"] if paragraph.bullet else []
    runs = "".join(_run(run, number) for run in paragraph.runs)
    marked = f' data-mark="{mark}"' if mark else ""
    return f'<{tag} class="p" dir="auto"{marked} style="{";".join(style)}">{runs}</{tag}>'


def _run(run: TextRun, number: int) -> str:
    said = str(number) if run.field else _text(run.text)
    said = f"<b>{said}</b>" if run.bold else said
    said = f"<i>{said}</i>" if run.italic else said
    said = f"<sup>{said}</sup>" if run.raised else said
    target = address(run.url) if run.url else ""
    ink = run.colour or (LINK if target else None)
    style = ([f"color:{_hex(ink)}"] if ink else []) + ([f"font-size:{_size(run.size)}"] if run.size else [])
    styled = f' style="{";".join(style)}"' if style else ""
    if target:
        return f'<a href="{escape(target)}"{styled}>{said}</a>'
    return f"<span{styled}>{said}</span>" if style else said


def _line(line: Line) -> str:
    ends = (f'{name}="{value:.3f}"' for name, value in zip(("x1", "y1", "x2", "y2"), _ends(line), strict=True))
    drawn = f'<line {" ".join(ends)} stroke="{_hex(line.colour)}" stroke-width="{line.weight / 72:.4f}"/>'
    return f'<svg aria-hidden="true" viewBox="0 0 {WIDTH:.4f} {HEIGHT}">{drawn}</svg>'


def _connector(shape: Connector) -> str:
    corners = [] if shape.bend is None else [(shape.x1, shape.bend), (shape.x2, shape.bend)]
    way = [(shape.x1, shape.y1), *corners, (shape.x2, shape.y2)]
    points = " ".join(f"{x:.3f},{y:.3f}" for x, y in way)
    dash = ' stroke-dasharray=".06 .045"' if shape.dashed else ""
    stroke = f'stroke="{_hex(shape.colour)}" stroke-width="{shape.weight / 72:.4f}"{dash}'
    drawn = f'<polyline points="{points}" fill="none" {stroke}/>'
    if shape.arrow:
        drawn += f'<polygon points="{_tip(way[-2], way[-1])}" fill="{_hex(shape.colour)}"/>'
    return f'<svg aria-hidden="true" viewBox="0 0 {WIDTH:.4f} {HEIGHT}">{drawn}</svg>'


def _tip(before: tuple[float, float], end: tuple[float, float]) -> str:
    """The corners of the head of an arrow that comes from a point to its end."""
    length = math.hypot(end[0] - before[0], end[1] - before[1])
    x, y = (end[0] - before[0]) / length, (end[1] - before[1]) / length
    back = end[0] - _HEAD * x, end[1] - _HEAD * y
    side = _HEAD * 0.42 * y, _HEAD * 0.42 * x
    corners = (end, (back[0] + side[0], back[1] - side[1]), (back[0] - side[0], back[1] + side[1]))
    return " ".join(f"{one:.3f},{other:.3f}" for one, other in corners)


def _ends(line: Line) -> tuple[float, float, float, float]:
    return line.x1, line.y1, line.x2, line.y2


def _table(table: TableBox, number: int) -> str:
    columns = "".join(f'<col style="width:{_share(width, sum(table.widths))}">' for width in table.widths)
    rows = ""
    for row, (cells, height) in enumerate(zip(table.rows, table.heights, strict=True)):
        inner = "".join(_cell(cell, "td" if row else "th", number) for cell in cells)
        rows += f'<tr style="height:{_size(height * 72)}">{inner}</tr>'
    style = f"{_place(table.at)};height:auto;--rule:{_hex(table.rule)}"
    return f'<table style="{style}"><caption>{_text(table.alt)}</caption><colgroup>{columns}</colgroup>{rows}</table>'


def _cell(cell: Cell, tag: str, number: int) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    fill = f' style="background:{_hex(cell.fill)}"' if cell.fill else ""
    return f"<{tag}{scope}{fill}>{''.join(_paragraphs(cell.paragraphs, number, None))}</{tag}>"


@cache
def _theme() -> dict[str, str]:
    """The colours of the built-in template's theme in hexadecimal, by the names that slides use."""
    master = opened(builtin()).presentation.presentation.slide_master.part
    part = next(one.target_part for one in master.rels.values() if one.reltype.endswith("/theme"))
    scheme = etree.fromstring(part.blob).find(".//{*}clrScheme")
    found = {one.tag.rpartition("}")[2]: str(one[0].get("val")) for one in scheme} if scheme is not None else {}
    names = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    return {**found, **{name: found[own] for name, own in names.items()}}


@cache
def _hex(colour: Colour) -> str:
    """A theme colour as it is shown: its saturation, then its lightness, changed by their shares."""
    value = _theme()[colour.scheme]
    hue, light, saturation = colorsys.rgb_to_hls(*(int(value[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    light = min(1.0, light * colour.mod / 100 + colour.off / 100)
    rgb = colorsys.hls_to_rgb(hue, light, min(1.0, saturation * colour.sat / 100))
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgb)
