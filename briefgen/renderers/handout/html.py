"""The handout as one HTML file: nothing to load, no script, made for the screen and for a browser's print."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from briefgen.model import Brief, Edition, Run
from briefgen.renderers.characters import printable
from briefgen.renderers.days import date_words
from briefgen.renderers.handout.links import safe_link
from briefgen.renderers.handout.sheet import PrintedSection, sheet
from briefgen.renderers.pictures import NO_PICTURES, Pictures, data_uri

__all__ = ["css_string", "render_html", "safe_link", "use_letter"]

TEMPLATES = Path(__file__).parent / "templates"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def render_html(brief: Brief, pictures: Pictures = NO_PICTURES, edition: Edition | None = None) -> str:
    """The handout of `brief` as a complete HTML document, to be written as UTF-8.

    It loads nothing. Note marks and endnotes are linked both ways with the roles of DPUB-ARIA 1.1. Links lead to http,
    https and mailto addresses only. The same brief and pictures give the same text.
    """
    page = environment().get_template("handout.html.j2")
    content = sheet(brief, edition)
    return page.render(
        brief=brief,
        sheet=content,
        css=styled(f"{brief.title} · handout"),
        matter=[part for part in (brief.course, brief.author, date_words(brief.date)) if part],
        pictures={key: Markup(data_uri(pixels)) for key, pixels in pictures.items()},
        own_words=_has_own_words(content.sections),
    )


def styled(title: str) -> Markup:
    """The style sheet of handouts and quizzes, whose printed pages bear `title`."""
    css = (TEMPLATES / "handout.css").read_text(encoding="utf-8")
    return Markup(css.replace("/* title */", css_string(printable(title))))


def css_string(text: str) -> str:
    """`text` as a CSS string literal in which everything but letters, digits and blanks is escaped."""
    return '"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text) + '"'


def use_letter(use: int) -> str:
    """The `use`-th of a, b, ... z, aa, ab, ...; `use` counts from 1."""
    letters = ""
    while use > 0:
        use, rest = divmod(use - 1, len(LETTERS))
        letters = LETTERS[rest] + letters
    return letters


@cache
def environment() -> Environment:
    """The templates of handouts and quizzes; all that they are given is escaped."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: value if isinstance(value, Markup) or not isinstance(value, str) else printable(value),
    )
    environment.filters["letter"] = use_letter
    environment.filters["link"] = safe_link
    environment.filters["runs"] = _runs
    return environment


def _runs(runs: Iterable[Run]) -> Markup:
    return Markup("").join(_run(run) for run in runs)


def _run(run: Run) -> Markup:
    text = Markup.escape(printable(run.text))
    if run.italic:
        text = Markup("<em>{}</em>").format(text)
    if run.bold:
        text = Markup("<strong>{}</strong>").format(text)
    link = safe_link(run.url)
    return Markup('<a href="{}">{}</a>').format(link, text) if link else text


def _has_own_words(sections: Iterable[PrintedSection]) -> bool:
    rows = (row for section in sections for row in (section.lead, *(row for one in section.blocks for row in one.rows)))
    return any(said.own for row in rows for said in row if said)
