"""Passages as HTML: their words, gaps and note marks, each in its language and direction."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from briefgen.model import Edition, Run, plain
from briefgen.renderers.characters import printable
from briefgen.renderers.handout.links import safe_link
from briefgen.renderers.handout.printed import Gap, PrintedNote, Said, pieces
from briefgen.renderers.scripts import (
    FROM,
    LATIN,
    direction,
    language,
    main_script,
    runs_right_to_left,
    script_of,
    segments,
)

LETTERS = "abcdefghijklmnopqrstuvwxyz"
BACK = "↩\ufe0e"
"""The arrow back, as a sign of the text's font."""
HAND, MARGIN, WIDEST = 0.75, 1.5, 24.0
"""Em that a letter takes in handwriting, that a gap has beside its letters, and that it is wide at most."""
_BEFORE_SIGN = re.compile(r'(<span class="gap".*?</span></span>)([^\s<&]+)')
"""A gap, and the signs right after it, which may not begin a line."""
_EDGE = re.compile(r"\W*\Z")


def use_letter(use: int) -> str:
    """The `use`-th of a, b, ... z, aa, ab, ...; `use` counts from 1."""
    letters = ""
    while use > 0:
        use, rest = divmod(use - 1, len(LETTERS))
        letters = LETTERS[rest] + letters
    return letters


def passage_html(said: Said, page: str, edition: Edition | None, label: bool = True) -> Markup:
    """A passage with its note marks, on a page in the language `page`; the instructor's own words say so.

    In a student's edition a gap is a ruled space, else its words, each with the gap's number.
    """
    own = ("Instructor’s wording:" if said.reworded else "Instructor:") if said.own and label else ""
    named = f'<span class="own">{own}</span> ' if own else ""
    main, hints = main_script(plain(said.runs), said.language or page), (said.language, page)
    if not said.gaps:
        shown = "".join(_run(run, main, hints) for run in said.runs)
    else:
        cut = groupby(pieces(said), key=lambda piece: piece[1])
        shown = "".join(_part([run for run, _ in group], gap, edition, main, hints) for gap, group in cut)
        shown = _BEFORE_SIGN.sub(r'<span class="kept">\1\2</span>', shown)
    return Markup(f"{named}{shown}{marks_html(said)}")


def marks_html(said: Said) -> Markup:
    """The note marks of a passage, and the slides that it stands on."""
    links = ",".join(
        f'<a role="doc-noteref" id="fnref-{mark.number}-{use_letter(mark.use)}" href="#fn-{mark.number}"'
        f' aria-label="Note {mark.number}">{mark.number}</a>'
        if mark.known
        else str(mark.number)
        for mark in said.marks
    )
    marks = f'<sup class="marks">{links}</sup>' if links else ""
    slides = f' <span class="slides">{slides_words(said.slides)}</span>' if said.slides else ""
    return Markup(marks + slides)


def slides_words(slides: Sequence[int]) -> str:
    """Slides by their numbers, three or more in a row by the first and last: "slides 4, 6–9"."""
    ranges = [[number for _, number in group] for _, group in groupby(enumerate(slides), lambda one: one[1] - one[0])]
    told = [f"{one[0]}–{one[-1]}" if len(one) > 2 else ", ".join(map(str, one)) for one in ranges]
    return f"{'slide' if len(slides) == 1 else 'slides'} {', '.join(told)}"


@lru_cache(4096)
def runs_html(runs: tuple[Run, ...], page: str) -> Markup:
    """Runs as HTML, with what is in another script than the page's in its language."""
    main = script_of(page)
    return Markup("".join(_run(run, main, (page,)) for run in runs))


def note_html(note: PrintedNote, page: str) -> Markup:
    """What a note says, with links to its source and back to each of its marks, lettered where there are several."""
    text = runs_html(note.runs, page)
    link = safe_link(note.url)
    source = f' <a class="source" href="{escape(link)}">Open the source</a>' if link else ""
    several = note.uses > 1
    back = "".join(
        f' <a role="doc-backlink" href="#fnref-{note.number}-{letter}" aria-label="Back to note {note.number}'
        f'{f", place {letter}" if several else ""}">{letter if several else BACK}</a>'
        for letter in map(use_letter, range(1, note.uses + 1))
    )
    return Markup(f"{text}{source}{back}")


def text_html(text: str, page: str) -> Markup:
    """Words as HTML, with what is in another script than the page's in its language."""
    return Markup(_text(text, script_of(page), (page,)))


def tongue(said: Said | None, page: str) -> Markup:
    """The attributes of an element with the passage: its language and direction, where they are not the page's."""
    if said is None:
        return Markup("")
    text = plain(said.runs)
    if (not said.language or said.language == page) and max(text, default="") < FROM and not runs_right_to_left(page):
        return Markup("")
    main = main_script(text, said.language or page)
    tag = language(main, text, (said.language, page))
    known = said.language or main != script_of(page)
    told = f' lang="{escape(tag)}"' if known and tag.partition("-")[0] != page.partition("-")[0] else ""
    right, rest = direction(text, runs_right_to_left(page)), runs_right_to_left(page)
    return Markup(told + (f' dir="{"rtl" if right else "ltr"}"' if right != rest else ""))


def _part(runs: Sequence[Run], gap: Gap | None, edition: Edition | None, main: str, hints: Sequence[str]) -> str:
    if gap is None:
        return "".join(_run(run, main, hints) for run in runs)
    number = f'<span class="gap-number">{gap.number}</span>'
    if edition == "student":
        wide = min(WIDEST, HAND * (gap.end - gap.start) + MARGIN)
        return f'<span class="gap" style="--wide:{wide:.1f}em"><span class="unseen">blank </span>{number}</span>'
    return f'<strong class="filled">{number}{"".join(_run(run, main, hints) for run in runs)}</strong>'


def _run(run: Run, main: str, hints: Sequence[str]) -> str:
    text = _text(run.text, main, hints)
    if run.italic:
        text = f"<em>{text}</em>"
    if run.bold:
        text = f"<strong>{text}</strong>"
    link = safe_link(run.url)
    return f'<a href="{escape(link)}">{text}</a>' if link else text


def _text(text: str, main: str, hints: Sequence[str]) -> str:
    text = printable(text)
    if max(text, default="") < FROM and main == LATIN:
        return str(escape(text))
    return "".join(_segment(piece, script, main, hints) for piece, script in segments(text))


def _segment(piece: str, script: str, main: str, hints: Sequence[str]) -> str:
    """A piece of text; letters of another script than the main one are marked, without the signs after them."""
    letters = _EDGE.sub("", piece)
    if script == main or not letters:
        return str(escape(piece))
    tag = language(script, letters, hints)
    turned = direction(letters, False)
    side = ' dir="rtl"' if turned else ' dir="ltr"' if any(map(runs_right_to_left, hints)) else ""
    return f'<span lang="{escape(tag)}"{side}>{escape(letters)}</span>{escape(piece[len(letters) :])}'
