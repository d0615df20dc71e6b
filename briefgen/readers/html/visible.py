"""The text of an HTML file that a reader sees, with the offset in the file of each character."""

from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from msgspec import Struct

_INVISIBLE = frozenset({"script", "style", "template", "noscript", "head"})
_REGIONS = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "aside",
    "figcaption": "caption",
    "figure": "caption",
    "form": "form",
    "button": "button",
    "header": "masthead",
    "dialog": "promotion",
}
"""What the text inside an element is, where the element itself says so."""


class Stretch(Struct, frozen=True):
    """A text node of the page; `region` says which kind of page part it stands in, innermost, or is empty."""

    start: int
    end: int
    text: str
    region: str


class Visible(Struct, frozen=True):
    """`characters` is the page's text without white space; `offsets[i]` is where its i-th character stands."""

    characters: str
    offsets: list[int]
    stretches: list[Stretch]


def visible(text: str) -> Visible:
    """What is to be read in the HTML `text`; any text is accepted."""
    collector = _Collector(text)
    collector.feed(text)
    collector.close()
    return Visible("".join(collector.characters), collector.offsets, collector.stretches)


class _Collector(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        lengths = (len(line) + 1 for line in text.split("\n"))
        self.line_starts = list(accumulate(lengths, initial=0))
        self.characters: list[str] = []
        self.offsets: list[int] = []
        self.stretches: list[Stretch] = []
        self.hidden = 0
        self.regions: list[str] = []

    def _add(self, characters: str, width: int) -> None:
        """Adds text that takes up `width` characters of the file: as many as it has, or one reference."""
        if self.hidden or not characters.strip():
            return
        line, column = self.getpos()
        start = self.line_starts[line - 1] + column
        region = _REGIONS[self.regions[-1]] if self.regions else ""
        self.stretches.append(Stretch(start, start + width, characters.strip(), region))
        each = int(width == len(characters))
        for index, character in enumerate(characters):
            if not character.isspace():
                self.characters.append(character)
                self.offsets.append(start + index * each)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in _INVISIBLE
        if tag in _REGIONS:
            self.regions.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _INVISIBLE and self.hidden > 0
        if tag in self.regions:
            del self.regions[len(self.regions) - 1 - self.regions[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self._add(data, len(data))

    def handle_entityref(self, name: str) -> None:
        self._add(unescape(f"&{name};"), len(name) + 2)

    def handle_charref(self, name: str) -> None:
        self._add(unescape(f"&#{name};"), len(name) + 3)
