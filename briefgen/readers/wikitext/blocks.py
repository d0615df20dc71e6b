"""From lines to blocks: headings, paragraphs, list items, table rows, quotations and rows of facts."""

import re

from msgspec import Struct, field

from briefgen.model import Block, BlockKind, BlockReference
from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.editions import picture
from briefgen.readers.wikitext.expand import caption_of
from briefgen.readers.wikitext.form import FILE_LINE, REST_OF_REFERENCE, is_bare_heading
from briefgen.readers.wikitext.lines import Line
from briefgen.readers.wikitext.numbering import Numbering
from briefgen.readers.wikitext.page import Page
from briefgen.readers.wikitext.plain import Words, place_words, words

_LIST = re.compile(r"[*#:;]+")
_BULLET = re.compile(r"\s*•\s*")
_STRIPPED_HEADING = re.compile(r"(=*)([^=].*?)\1\s*")
_TAGS = re.compile(r"(</?(?:blockquote|poem|gallery)\b[^<>]*>)", re.IGNORECASE)
_GALLERY_LINE = re.compile(r"[^|\n\[\]{}]+\.\w{2,5}\s*\|", re.IGNORECASE)
_CELL_SETTINGS = re.compile(
    r"(?:(?:(?:colspan|rowspan|align|valign|scope)=\w+"
    r"|(?:colspan|rowspan|align|valign|scope|style|class|width|data-sort-value)=\"[^\"]*\")\s+)+"
)
_TABLE_START = re.compile(r":*\s*\{\|")


class Builder(Struct):
    """Blocks under way.

    `stripped`: the text has lost its ref tags and the marks of its main headings. An address in the prose of such text
    is the rest of a reference, so that the prose is not verbatim.
    """

    page: Page
    stripped: bool
    numbering: Numbering
    blocks: list[Block] = field(default_factory=list)
    path: list[tuple[int, str]] = field(default_factory=list)
    paragraph: list[Line] = field(default_factory=list)
    cells: list[Line] | None = None
    table_depth: int = 0
    quotes: int = 0
    gallery: bool = False

    def add(self, kind: BlockKind, text: str, start: int, end: int, level: int = 0) -> bool:
        """Adds a block of expanded text; false where no words are in it."""
        placed = place_words(text)
        references = tuple(
            BlockReference(offset, index)
            for offset, mark, number in placed.marks
            for index in self.numbering.resolve(mark, number)
        )
        headings = tuple(title for _, title in self.path)
        if kind in ("paragraph", "item") and self._in_back_matter():
            kind = "entry"
            placed = self._titled(placed, references)
        if not any(map(str.isalnum, placed.text)):
            return False
        self.blocks.append(
            Block(
                *(kind, placed.text, start, end, level, headings),
                references=_unique(references),
                holes=self._holes(kind, placed),
                links=placed.links,
            )
        )
        return True

    def _holes(self, kind: BlockKind, placed: Words) -> tuple[int, ...]:
        """The offsets at which words are missing; in stripped prose with an address left in it, all of them.

        What reads like the rest of a reference there is a hole, too.
        """
        if not self.stripped or kind not in ("paragraph", "item"):
            return placed.holes
        if "://" in placed.text:
            return tuple(range(len(placed.text) + 1))
        rests = {found.start() for found in REST_OF_REFERENCE.finditer(placed.text)}
        return tuple(sorted(rests.union(placed.holes))) if rests else placed.holes

    def heading(self, level: int, text: str, start: int, end: int) -> None:
        title = words(text)
        if not title:
            return
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        self.add("heading", text, start, end, level)
        self.path.append((level, title))

    def _titled(self, placed: Words, references: tuple[BlockReference, ...]) -> Words:
        """The words of an entry; one that is only a citation has the title of what it cites."""
        if any(map(str.isalnum, placed.text)) or not references:
            return placed
        return Words(str(self.numbering.csl(references[0].index).get("title", "")), placed.marks, placed.holes)

    def _in_back_matter(self) -> bool:
        return any(title.lower() in self.page.tables.back_matter for _, title in self.path)

    def end_paragraph(self) -> None:
        if not self.paragraph:
            return
        first, last = self.paragraph[0], self.paragraph[-1]
        text = " ".join(line.text for line in self.paragraph)
        self.paragraph = []
        self.add("quote" if self.quotes else "paragraph", text, first.start, last.end)


def _unique(references: tuple[BlockReference, ...]) -> tuple[BlockReference, ...]:
    return tuple(dict.fromkeys(references))


def build(builder: Builder, lines: list[Line]) -> list[Block]:
    """The blocks of all lines, in the order in which they begin."""
    for index, line in enumerate(lines):
        text = _without_facts(builder, line.text)
        if text is not line.text:
            if not text.strip():
                continue
            line = Line(text, line.start, line.end)
        if builder.cells is not None and not _marked_level(line.text):
            _table_line(builder, line)
        elif "<" in line.text and _TAGS.search(line.text):
            _tagged_line(builder, line)
        elif not _special_line(builder, line) and not _heading_line(builder, lines, index):
            _text_line(builder, line)
    _end_table(builder)
    builder.end_paragraph()
    return sorted(builder.blocks, key=lambda block: block.start)


def _tagged_line(builder: Builder, line: Line) -> None:
    """A line on which a quotation, a poem or a gallery begins or ends."""
    for part in _TAGS.split(line.text):
        if not _TAGS.match(part):
            if part.strip() and not _special_line(builder, Line(part, line.start, line.end)):
                _text_line(builder, Line(part, line.start, line.end))
            continue
        builder.end_paragraph()
        opens = not part.startswith("</")
        if "gallery" in part.lower():
            builder.gallery = opens
        elif not part.endswith("/>"):
            builder.quotes = max(0, builder.quotes + (1 if opens else -1))


def _special_line(builder: Builder, line: Line) -> bool:
    """Handles a line that is no prose at all."""
    text = line.text.strip()
    if not text.strip(marks.HOLE):
        if not line.text.strip():
            builder.end_paragraph()
        return True
    if text.startswith(marks.QUOTATION):
        builder.end_paragraph()
        builder.add("quote", text, line.start, line.end)
    elif FILE_LINE.match(text):
        builder.end_paragraph()
        builder.page.drop(line.start, line.end, "picture")
    elif "|" in text and (builder.gallery or picture().match(text)) and _GALLERY_LINE.match(text):
        builder.end_paragraph()
        builder.add("caption", caption_of(builder.page, text.split("|")), line.start, line.end)
    elif text.startswith("----"):
        builder.end_paragraph()
        builder.page.drop(line.start, line.end, "page settings")
    elif _TABLE_START.match(text):
        builder.end_paragraph()
        builder.page.drop(line.start, line.end, "table frame")
        builder.cells, builder.table_depth = [], 1
    else:
        return False
    return True


def _without_facts(builder: Builder, text: str) -> str:
    """Adds the rows of facts and the captions whose marks stand in a line; gives the rest of the line."""
    if marks.FACT not in text:
        return text
    for number in marks.numbers(text, marks.FACT):
        fact = builder.page.facts[number]
        if fact.kind == "entry":
            builder.end_paragraph()
        builder.add(fact.kind, fact.text, fact.start, fact.end)
    return marks.FACT_MARK.sub("", text)


def _heading_line(builder: Builder, lines: list[Line], index: int) -> bool:
    line = lines[index]
    if not builder.stripped and "=" not in line.text:
        return False
    text = marks.ALL.sub("", line.text).strip()
    level = _marked_level(text)
    if level:
        _end_table(builder)
        builder.quotes, builder.gallery = 0, False
        if builder.stripped:
            level += 2
        builder.end_paragraph()
        inner = text.strip("=").strip()
        builder.heading(min(level, 6), inner or text, line.start, line.end)
        return True
    alone = all(not lines[near].text.strip() for near in (index - 1, index + 1) if 0 <= near < len(lines))
    if builder.stripped and alone and line.text.strip() == text and is_bare_heading(text):
        builder.end_paragraph()
        builder.heading(2, text, line.start, line.end)
        return True
    return False


def _marked_level(text: str) -> int:
    """How many "=" stand on each side of a heading line; 0 for other lines."""
    if len(text) < 3 or text[0] != "=" or text[-1] != "=":
        return 0
    left = len(text) - len(text.lstrip("="))
    right = len(text) - len(text.rstrip("="))
    return min(left, right) if left < len(text) else 0


def _text_line(builder: Builder, line: Line) -> None:
    text = line.text
    bullet = _BULLET.match(text)
    marker = _LIST.match(text)
    if bullet:
        _item(builder, line, bullet.end(), 1)
    elif marker and not builder.stripped:
        _item(builder, line, marker.end(), len(marker[0]))
    elif text.startswith(("|", "!", "}")) and not builder.paragraph:
        builder.page.drop(line.start, line.end, "rest of a table or box")
    else:
        builder.paragraph.append(line)


def _item(builder: Builder, line: Line, content: int, level: int) -> None:
    builder.end_paragraph()
    lead = content + len(line.text[content:]) - len(line.text[content:].lstrip())
    start = line.start + lead - (len(line.text) - len(line.text.lstrip()))
    builder.add("item", line.text[content:], min(start, line.end), line.end, level)


def _table_line(builder: Builder, line: Line) -> None:
    """A line inside a table; rows are told by "|-", cells by "|" and "!"."""
    text = line.text.strip()
    if _TABLE_START.match(text):
        builder.table_depth += 1
        return
    if text.startswith("|}"):
        builder.table_depth -= 1
        if builder.table_depth == 0:
            _end_table(builder)
        return
    if builder.table_depth > 1:
        builder.page.drop(line.start, line.end, "table inside a table")
        return
    if text.startswith("|-"):
        _end_row(builder)
    elif text.startswith("|+"):
        _end_row(builder)
        builder.add("caption", _cell(text[2:]), line.start, line.end)
    elif text and builder.cells is not None:
        builder.cells.append(line)


def _end_table(builder: Builder) -> None:
    _end_row(builder)
    builder.cells, builder.table_depth = None, 0


def _end_row(builder: Builder) -> None:
    if not builder.cells:
        return
    cells: list[str] = []
    for line in builder.cells:
        text = line.text.strip()
        if text[0] in "|!":
            separator = re.compile(r"\|\||!!") if text[0] == "!" else re.compile(r"\|\|")
            cells.extend(_cell(cell) for cell in separator.split(text[1:]))
        elif cells:
            cells[-1] += " " + text.lstrip("*#:;").lstrip()
    start, end = builder.cells[0].start, builder.cells[-1].end
    builder.cells = []
    builder.add("table", " | ".join(cell for cell in cells if words(cell)), start, end)


def _cell(text: str) -> str:
    """A cell without its settings, which stand before a single bar, or before a template that brings the bar along."""
    settings, bar, rest = text.partition("|")
    if bar and "=" in settings and "[" not in settings and not rest.startswith("|"):
        return rest.strip()
    before = _CELL_SETTINGS.match(text.lstrip()) if "=" in text else None
    return text.lstrip()[before.end() if before else 0 :].strip()
