"""The words of pages: handouts, slides, and keys of quizzes."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from lxml import etree, html

from briefgen.outputs.inline import BESIDE, MARK, UNSHOWN, is_block, is_mark, is_way_back, raised, without_marks
from briefgen.outputs.units import GAP, Place, Unit, own_left_out
from briefgen.problems import Location, Problem, error
from briefgen.userfiles import read_text

_BLOCKS = ("p", "li", "dd", "dt", "blockquote", "figcaption", "td", "th", "caption", "h1", "h2", "h3", "h4")


def read_slides_page(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs and table rows of a page of slides, raised note marks left out; speaker notes are not read."""
    tree = _page(path, "slides")
    if isinstance(tree, Problem):
        return tree
    page = _Page(slides=True)
    for number, slide in enumerate(tree.iter("section"), 1):
        page.read(slide, number)
        page.gather(slide.xpath(".//*[@class='p'][not(ancestor::aside)]"), number)
        page.gather(slide.iter("tr"), number, rows=True)
    return page.numbered()


def read_handout(path: Path) -> tuple[Unit, ...] | Problem:
    """The paragraphs, list items and table rows of a handout, without note marks and what is beside the words: whose
    they are, the slides, and the numbers of gaps. A gap in a student's edition is one sign, `GAP`.
    """
    tree = _page(path, "handout")
    if isinstance(tree, Problem):
        return tree
    page = _Page()
    page.read(tree)
    page.gather(tree.iter(*_BLOCKS))
    page.gather(tree.iter("tr"), rows=True)
    return page.numbered()


def read_quiz_key(path: Path) -> tuple[Unit, ...] | Problem:
    """The passages that the key of a quiz quotes, in order, without the notes behind them."""
    tree = _page(path, "key of a quiz")
    if isinstance(tree, Problem):
        return tree
    page = _Page()
    page.read(tree)
    first = len(page.units)
    page.gather(tree.xpath("//*[@class='proof']"), whole=True)
    return page.numbered(first)


class _Page:
    """Reads a page: first its paragraphs, each word once, then what is made of several."""

    def __init__(self, slides: bool = False) -> None:
        self._slides = slides
        self.units: list[Unit] = []
        self._of: dict[Any, list[int]] = {}
        self._under = ""
        self._flow: list[str] = []

    def read(self, root: Any, slide: int = 0) -> None:
        """Adds the paragraphs below an element."""
        self._flow = []
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, one in walker:
            block = isinstance(one.tag, str) and is_block(one.tag, one.get("class"))
            if event == "start":
                if block:
                    self._end(one.getparent(), slide)
                if one.tag in UNSHOWN or self._is_beside(one):
                    walker.skip_subtree()
                else:
                    self._flow.append(" " if one.tag == "br" else one.text or "")
                continue
            if block:
                self._end(one, slide)
            if one is not root:
                self._flow.append(one.tail or "")
        self._end(root, slide)

    def _is_beside(self, one: Any) -> bool:
        """Whether the words of an element are no part of the passage; marks and gaps are noted."""
        if one.get("class") == "gap":
            self._flow.append(GAP)
            return True
        if one.get("class") in BESIDE or is_way_back(one.get("role"), one.get("href")):
            return True
        if one.tag not in ("sup", "a"):
            return False
        text = "".join(one.itertext())
        if one.tag == "sup":
            told = raised(text, self._slides)
        else:
            told = MARK if is_mark(one.get("role"), one.get("href"), text) else None
        self._flow.append(told or "")
        return told is not None

    def _end(self, around: Any, slide: int) -> None:
        """Ends a paragraph that stands directly in `around`."""
        text, marks = without_marks("".join(self._flow))
        text, own = own_left_out(text)
        self._flow = []
        if not (text or marks) or around is None:
            return
        number = len(self.units)
        if around.tag in ("h1", "h2", "h3"):
            self._under = text
        inside = next(around.iterancestors("tr"), None) is not None and slide > 0
        place = Place(slide) if slide else Place(paragraph=number + 1, under=self._under)
        self.units.append(Unit((text,), slide, True, place, marks, (number,), inside, own))
        for one in (around, *around.iterancestors()):
            self._of.setdefault(one, []).append(number)

    def gather(self, elements: Iterable[Any], slide: int = 0, rows: bool = False, whole: bool = False) -> None:
        """Adds what each element holds as one: a row, or a block of several paragraphs; `whole`, of any number."""
        for one in elements:
            of = self._of.get(one, [])
            if rows:
                cells = [self._of.get(cell, []) for cell in one.iter("td", "th")]
                self._add(cells, of, slide)
            elif len(of) > 1 or (whole and of):
                self._add([of], of, slide)

    def _add(self, cells: list[list[int]], of: list[int], slide: int) -> None:
        if not of:
            return
        texts = tuple(" ".join(self.units[number].text for number in cell) for cell in cells)
        marks = sum(self.units[number].marks for number in of)
        self.units.append(Unit(texts, slide, True, self.units[of[0]].place, marks, tuple(of)))

    def numbered(self, first: int | None = None) -> tuple[Unit, ...]:
        """All units; where `first` is given, the paragraphs before it show no statement by themselves."""
        return tuple(self._without_statements(first or 0))

    def _without_statements(self, first: int) -> Iterator[Unit]:
        from msgspec.structs import replace

        for number, unit in enumerate(self.units):
            yield replace(unit, inside=True) if number < first else unit


def _page(path: Path, what: str) -> Any | Problem:
    try:
        text = read_text(path)
        return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (OSError, UnicodeDecodeError, etree.ParserError) as fault:
        return error(f"this is no {what} that can be read: {fault}", "is it an .html file?", Location(str(path)))
