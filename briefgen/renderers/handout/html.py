"""The handout as one HTML file: nothing to load, no script, made for the screen and for a browser's print."""

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from briefgen.model import Brief
from briefgen.problems import Problem
from briefgen.renderers.characters import printable
from briefgen.renderers.days import date_words
from briefgen.renderers.handout.onepage import handout_sheet
from briefgen.renderers.handout.passages import (
    marks_html,
    note_html,
    passage_html,
    runs_html,
    slides_words,
    text_html,
    tongue,
)
from briefgen.renderers.handout.printed import PrintedBlock, PrintedSection, Sheet
from briefgen.renderers.pictures import NO_PICTURES, Pictures, data_uri
from briefgen.renderers.scripts import runs_right_to_left

TEMPLATES = Path(__file__).parent / "templates"
EDITIONS = {None: "handout", "student": "handout for students", "instructor": "handout for the instructor"}
"""What the editions are called."""
PAPERS = {"a4": "A4", "us-letter": "letter"}
"""The papers by their names in CSS."""


def render_html(brief: Brief, pictures: Pictures = NO_PICTURES, printed: Sheet | None = None) -> str:
    """The handout of `brief`, or the edition that is `printed`, as a complete HTML document, to be written as UTF-8.

    It loads nothing. Note marks and endnotes are linked both ways with the roles of DPUB-ARIA 1.1. Links lead to http,
    https and mailto addresses only. The same brief and pictures give the same text.
    """
    return _page(brief, pictures, printed).whole


def render_file(brief: Brief, pictures: Pictures, printed: Sheet | None) -> tuple[bytes, tuple[Problem, ...]]:
    """The handout as the bytes of a file: the outline's own page where it names one that can be used, else the built-in
    one, and the problem met."""
    shown = _page(brief, pictures, printed)
    if brief.handout.html_template is None:
        return shown.whole.encode(), ()
    from briefgen.renderers.handout.owntemplate import render_own

    own = render_own(
        Path(brief.handout.html_template), shown, {key: data_uri(pixels) for key, pixels in pictures.items()}
    )
    return (printable(own).encode(), ()) if isinstance(own, str) else (shown.whole.encode(), (own,))


def _page(brief: Brief, pictures: Pictures, printed: Sheet | None) -> "Page":
    return Page(brief, handout_sheet(brief, printed), pictures)


class Page:
    """A sheet of a brief as HTML, whole or in parts."""

    def __init__(self, brief: Brief, content: Sheet, pictures: Pictures = NO_PICTURES) -> None:
        self.brief, self.sheet = brief, content
        self.date = date_words(brief.date)
        self.right = runs_right_to_left(brief.language)
        self.css = style(brief, EDITIONS[content.edition])
        language = brief.language
        self._names: dict[str, Any] = {
            "brief": brief,
            "sheet": content,
            "kind": EDITIONS[content.edition],
            "right": self.right,
            "css": Markup(self.css),
            "matter": [part for part in (brief.course, brief.author, self.date) if part],
            "pictures": {key: Markup(data_uri(pixels)) for key, pixels in pictures.items()},
            "own_words": has_own_words(content.sections),
            "passage": lambda said, label=True: passage_html(said, language, content.edition, label),
            "tongue": lambda said: tongue(said, language),
            "words": lambda text: text_html(text, language),
            "cited": lambda note: note_html(note, language),
            "runs": lambda some: runs_html(some, language),
        }

    @property
    def whole(self) -> str:
        """The complete document."""
        return environment().get_template("handout.html.j2").render(self._names)

    @property
    def main(self) -> str:
        """What stands in the document's main part."""
        return self.whole.partition('<main id="main" tabindex="-1">')[2].rpartition("</main>")[0]

    def block(self, block: PrintedBlock) -> str:
        """One block with its title."""
        module = environment().get_template("blocks.html.j2").make_module(self._names)
        return str(vars(module)["block"](block, self._names["pictures"]))


def style(brief: Brief, kind: str) -> str:
    """A page's style sheet, with the title of `brief` and the page's kind as running heads, and its paper."""
    css = _css()
    margin = "12mm 13mm" if brief.handout.one_page else "17mm"
    heads = {"title": css_string(printable(brief.title)), "kind": css_string(kind)}
    for name, text in (*heads.items(), ("size", PAPERS[brief.handout.paper]), ("margin", margin)):
        css = css.replace(f"/* {name} */", text)
    return css


@cache
def _css() -> str:
    return (TEMPLATES / "handout.css").read_text(encoding="utf-8")


@lru_cache(64)
def css_string(text: str) -> str:
    """`text` as a CSS string literal in which everything but letters, digits and blanks is escaped."""
    return '"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text) + '"'


@cache
def environment() -> Environment:
    """The templates of handouts and quizzes; all that they are given is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        finalize=lambda value: printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    made.filters["marks"] = marks_html
    made.filters["slides"] = slides_words
    return made


def has_own_words(sections: Iterable[PrintedSection]) -> bool:
    """Whether any of the passages printed is the instructor's."""
    rows = (row for section in sections for row in (section.lead, *(row for one in section.blocks for row in one.rows)))
    return any(said.own for row in rows for said in row if said)
