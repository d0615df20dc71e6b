"""Planned slides as one HTML page that needs nothing else: the same boxes, in shares of the slide instead of inches."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby

from msgspec import Struct

from briefgen.renderers.deck import words
from briefgen.renderers.deck.links import address
from briefgen.renderers.deck.look import HEIGHT
from briefgen.renderers.deck.plan import Plan
from briefgen.renderers.deck.shapes import (
    Cell,
    Colour,
    Connector,
    Line,
    Paragraph,
    PictureBox,
    Rect,
    Shape,
    Slide,
    TableBox,
    TextBox,
    TextRun,
)
from briefgen.renderers.deck.styles import Style
from briefgen.renderers.deck.template import Template
from briefgen.renderers.deck.xml import clean
from briefgen.renderers.pictures import NO_PICTURES, Pictures, data_uri
from briefgen.renderers.scripts import language, runs_right_to_left, segments
from briefgen.themes import shaded

_ANCHORS = {"t": "start", "ctr": "center", "b": "end"}
FIELD = re.compile(r"\{\{(\w+)\}\}")
ALIKE = {"Calibri": ("Carlito", "Segoe UI"), "Cambria": ("Caladea",), "Arial": ("Liberation Sans",)}
_TURNED = {"l": "right", "ctr": "center", "r": "left"}
"""Where text stands that is in no list, in a deck that runs from right to left."""
_ALIGNED = {"l": "start", "ctr": "center", "r": "end"}
_ROUND = {"ellipse": "50%", "roundRect": ".8cqw"}
_HEAD = 0.12
"""How long the head of an arrow is, in inches."""
_POINTED = "homePlate"
"""The geometry that ends at the right in a point, which is half as long as the shape is high."""


class Canvas(Struct, frozen=True):
    """One slide as it is drawn: its number, the template, and the styles of its layout's placeholders by use."""

    number: int
    template: Template
    styles: Mapping[str, Style]
    inks: Mapping[str, Colour]
    pictures: Pictures
    language: str

    @property
    def right(self) -> bool:
        """Whether the deck runs from right to left."""
        return runs_right_to_left(self.language)

    @property
    def width(self) -> float:
        return self.template.look.grid.width

    def size(self, points: float) -> str:
        """Points as shares of the slide's width, which CSS counts in hundredths."""
        return f"{points * 100 / self.width / 72:.3f}cqw"

    def hex(self, colour: Colour) -> str:
        """A theme colour as it is shown."""
        return f"#{shaded(self.template.theme.named(colour.scheme), colour.mod, colour.off, colour.sat)}".lower()

    def place(self, at: Rect) -> str:
        left, wide = _share(at.x, self.width), _share(at.w, self.width)
        return f"left:{left};top:{_share(at.y, HEIGHT)};width:{wide};height:{_share(at.h, HEIGHT)}"

    def ink(self, shape: TextBox) -> str:
        """The colour of a box's words where no run has its own."""
        own = self.styles[shape.placeholder].ink if shape.placeholder in self.styles else ""
        given = shape.colour or self.inks.get(shape.placeholder)
        return f"#{own}".lower() if own and not given else self.hex(given or self.template.look.palette.ink)


def page(plan: Plan, template: Template, title: str, language: str, pictures: Pictures = NO_PICTURES) -> str:
    """The page: all slides one below the other; keys move between them, show the speaker notes, and print.

    It works without script, and prints one slide a page. The same plan gives the same page.
    """
    slides = "".join(
        _slide(slide, _canvas(slide, number, template, pictures, words.tag(language)), len(plan.slides))
        for number, slide in enumerate(plan.slides, 1)
    )
    text = (files("briefgen.renderers.deck") / "templates" / "slides.html").read_text("utf-8")
    width = template.look.grid.width
    said = {
        "language": _text(language),
        "title": _text(title),
        "wide": f"{width:.4f}in",
        "ratio": f"{width:.4f} / {HEIGHT}",
        "family": _families(template.look.text.family),
        "line": f"{template.look.text.line_height(72):.4f}",
        "slides": slides,
    }
    return FIELD.sub(lambda found: said[found[1]], text)


def _families(family: str) -> str:
    """The template's font and what may stand for it, as CSS has them."""
    names = [re.sub(r"[^\w \-]", "", family), *ALIKE.get(family, ())]
    return ", ".join(f'"{name}"' for name in names if name) + ", sans-serif"


def _canvas(slide: Slide, number: int, template: Template, pictures: Pictures, language: str) -> Canvas:
    layout = template.layouts[slide.role]
    return Canvas(number, template, layout.styles, layout.inks, pictures, language)


def _text(text: str) -> str:
    return escape(clean(text))


def _slide(slide: Slide, canvas: Canvas, count: int) -> str:
    number, ground = canvas.number, canvas.template.layouts[slide.role].ground.lower()
    shapes = "".join(_shape(shape, canvas) for shape in slide.shapes)
    notes = "".join(f"<p>{_text(paragraph)}</p>" for paragraph in slide.speaker)
    aside = f'<aside class="notes" aria-label="Speaker notes of slide {number}">{notes}</aside>' if notes else ""
    label = _text(f"Slide {number} of {count}: {slide.title}")
    shown = f'<div class="slide" style="background:#{ground}">{shapes}</div>{aside}'
    return f'<section id="slide-{number}" aria-label="{label}">{shown}</section>\n'


def _picture(shape: PictureBox, canvas: Canvas) -> str:
    source = data_uri(canvas.pictures[shape.key])
    return f'<img src="{source}" alt="{_text(shape.alt)}" style="{canvas.place(shape.at)}">'


def _shape(shape: Shape | Connector, canvas: Canvas) -> str:
    if isinstance(shape, PictureBox):
        return _picture(shape, canvas)
    if isinstance(shape, Connector):
        return _connector(shape, canvas)
    if isinstance(shape, TextBox):
        return _box(shape, canvas)
    if isinstance(shape, Line):
        return _line(shape, canvas)
    if isinstance(shape, TableBox):
        return _table(shape, canvas)
    inner = "".join(_shape(one, canvas) for one in shape.shapes)
    return f'<div role="group" aria-label="{_text(shape.alt)}">{inner}</div>'


def _share(length: float, whole: float) -> str:
    return f"{100 * length / whole:.3f}%"


def _pointed(at: Rect, right: bool) -> str:
    """The outline of a box with a point at its right, or at its left where the page runs from right to left."""
    shoulder = _share(at.h / 2 if right else at.w - at.h / 2, at.w)
    tip, back = ("0", "100%") if right else ("100%", "0")
    return f"polygon({back} 0,{shoulder} 0,{tip} 50%,{shoulder} 100%,{back} 100%)"


def _box(shape: TextBox, canvas: Canvas) -> str:
    style = [canvas.place(shape.at)]
    style += [f"background:{canvas.hex(shape.fill)}"] if shape.fill else []
    dash = "dashed" if shape.dashed else "solid"
    style += [f"border:{canvas.size(shape.weight)} {dash} {canvas.hex(shape.outline)}"] if shape.outline else []
    style += [f"border-radius:{_ROUND[shape.geometry]}"] if shape.geometry in _ROUND else []
    style += (
        [f"clip-path:{_pointed(shape.at, runs_right_to_left(canvas.language))}"] if shape.geometry == _POINTED else []
    )
    if not shape.paragraphs:
        return f'<div class="box" aria-hidden="true" style="{";".join(style)}"></div>'
    if any(shape.inset):
        left, top, right, bottom = (canvas.size(inset * 72) for inset in shape.inset)
        style.append(f"padding:{top} {right} {bottom} {left}")
    own = canvas.styles.get(shape.placeholder, Style())
    anchor = shape.anchor or own.anchor or "t"
    style += [f"justify-content:{_ANCHORS.get(anchor, 'start')}"] if anchor != "t" else []
    style.append(f"color:{canvas.ink(shape)}")
    style += ["font-weight:700"] if own.bold else []
    style += ["text-transform:uppercase"] if own.caps else []
    style += [f"text-align:{_ALIGNED[own.align]}"] if own.align in ("ctr", "r") else []
    inner = "".join(_paragraphs(shape.paragraphs, canvas, shape.accent))
    if shape.placeholder == "title":
        level = 1 if canvas.number == 1 else 2
        inner = f"<h{level}>{inner}</h{level}>"
    return f'<div class="box" style="{";".join(style)}">{inner}</div>'


def _paragraphs(paragraphs: Sequence[Paragraph], canvas: Canvas, accent: Colour | None) -> Iterator[str]:
    """The paragraphs, those with a bullet or a number in lists."""
    for bullet, group in groupby(paragraphs, key=lambda one: one.bullet):
        members = list(group)
        if not bullet:
            yield from (_paragraph("span", one, canvas) for one in members)
            continue
        tag = "ol" if bullet == "number" else "ul"
        mark = f' style="--mark:{canvas.hex(accent)}"' if accent else ""
        marks = [f"{members[0].start + index}." if bullet == "number" else "•" for index in range(len(members))]
        items = (_paragraph("li", one, canvas, sign) for one, sign in zip(members, marks, strict=True))
        yield f"<{tag}{mark}>{''.join(items)}</{tag}>"


def _paragraph(tag: str, paragraph: Paragraph, canvas: Canvas, mark: str = "") -> str:
    style = [f"font-size:{canvas.size(paragraph.size)}"]
    style += [f"margin-top:{canvas.size(paragraph.before)}"] if paragraph.before else []
    turned = canvas.right and not paragraph.bullet
    aligned = _TURNED[paragraph.align or "l"] if turned else _ALIGNED.get(paragraph.align, "")
    style += [f"text-align:{aligned}"] if aligned else []
    style += [f"padding-inline-start:{canvas.size(paragraph.hang * 72)}"] if paragraph.bullet else []
    runs = "".join(_run(run, canvas) for run in paragraph.runs)
    marked = f' data-mark="{mark}"' if mark else ""
    return f'<{tag} class="p" dir="auto"{marked} style="{";".join(style)}">{runs}</{tag}>'


def _run(run: TextRun, canvas: Canvas) -> str:
    said = str(canvas.number) if run.field else _by_language(run, canvas)
    said = f"<b>{said}</b>" if run.bold else said
    said = f"<i>{said}</i>" if run.italic else said
    said = f"<sup>{said}</sup>" if run.raised else said
    target = address(run.url) if run.url else ""
    ink = run.colour or (canvas.template.look.palette.link if target else None)
    style = ([f"color:{canvas.hex(ink)}"] if ink else []) + ([f"font-size:{canvas.size(run.size)}"] if run.size else [])
    styled = f' style="{";".join(style)}"' if style else ""
    if target:
        return f'<a href="{escape(target)}"{styled}>{said}</a>'
    return f"<span{styled}>{said}</span>" if style else said


def _by_language(run: TextRun, canvas: Canvas) -> str:
    """The words of a run, those that are not in the page's language marked with theirs."""
    text = clean(run.text)
    tags = ((piece, language(script, text, (run.language, canvas.language))) for piece, script in segments(text))
    return "".join(
        _text(piece) if tag == canvas.language else f'<span lang="{tag}">{_text(piece)}</span>' for piece, tag in tags
    )


def _line(line: Line, canvas: Canvas) -> str:
    ends = (f'{name}="{value:.3f}"' for name, value in zip(("x1", "y1", "x2", "y2"), _ends(line), strict=True))
    drawn = f'<line {" ".join(ends)} stroke="{canvas.hex(line.colour)}" stroke-width="{line.weight / 72:.4f}"/>'
    return f'<svg aria-hidden="true" viewBox="0 0 {canvas.width:.4f} {HEIGHT}">{drawn}</svg>'


def _connector(shape: Connector, canvas: Canvas) -> str:
    points = " ".join(f"{x:.3f},{y:.3f}" for x, y in shape.way)
    dash = ' stroke-dasharray=".06 .045"' if shape.dashed else ""
    stroke = f'stroke="{canvas.hex(shape.colour)}" stroke-width="{shape.weight / 72:.4f}"{dash}'
    drawn = f'<polyline points="{points}" fill="none" {stroke}/>'
    if shape.arrow:
        drawn += f'<polygon points="{_tip(*shape.way[-2:])}" fill="{canvas.hex(shape.colour)}"/>'
    return f'<svg aria-hidden="true" viewBox="0 0 {canvas.width:.4f} {HEIGHT}">{drawn}</svg>'


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


def _table(table: TableBox, canvas: Canvas) -> str:
    columns = "".join(f'<col style="width:{_share(width, sum(table.widths))}">' for width in table.widths)
    rows = ""
    for row, (cells, height) in enumerate(zip(table.rows, table.heights, strict=True)):
        inner = "".join(_cell(cell, "td" if row else "th", canvas) for cell in cells)
        rows += f'<tr style="height:{canvas.size(height * 72)}">{inner}</tr>'
    style = f"{canvas.place(table.at)};height:auto;--rule:{canvas.hex(table.rule)}"
    turned = ' dir="rtl"' if canvas.right else ""
    head = f"<caption>{_text(table.alt)}</caption><colgroup>{columns}</colgroup>"
    return f'<table{turned} style="{style}">{head}{rows}</table>'


def _cell(cell: Cell, tag: str, canvas: Canvas) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    fill = f' style="background:{canvas.hex(cell.fill)}"' if cell.fill else ""
    return f"<{tag}{scope}{fill}>{''.join(_paragraphs(cell.paragraphs, canvas, None))}</{tag}>"
