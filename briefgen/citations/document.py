"""From notes to the document that pandoc's citation processor reads, and from items to its CSL-JSON.

The document is pandoc's own syntax tree, built here, so that no text is ever read as markup.
"""

import re
from collections.abc import Mapping, Sequence

from briefgen.citations.csl_style import Style
from briefgen.citations.fixes import clean_text
from briefgen.citations.marks import CITING_MARK, STAND_IN_MARK, stand_in
from briefgen.citations.request import CITING, Cite, Json
from briefgen.citations.titles import with_kept_case, with_short_title
from briefgen.model import Locator

# The version of pandoc's syntax tree that the document is written in (pandoc-types 1.23, pandoc 3).
API_VERSION = [1, 23, 1]

_QUOTED = re.compile(r'[“"‘]([^“”"‘’]*)[”"’]')

_PAGES = re.compile(r"[0-9]+(?:[-–][0-9]+)?(?:, ?[0-9]+(?:[-–][0-9]+)?)*")


def csl_items(items: Mapping[str, Json], keys: Mapping[str, str], style: Style, as_styled: bool = False) -> list[Json]:
    """The items under safe ids, with stand-ins for those that note styles leave out of their bibliographies.

    The Chicago Manual wants reference works in notes only; a handout lists everything it cites. A mark in a stand-in's
    title keeps the two from looking alike, which would make the style tell them apart by their dates.
    """
    known = items if as_styled else {name: with_short_title(item) for name, item in items.items()}
    listed = [
        {"type": "document", **with_kept_case(item), "id": keys[identifier]} for identifier, item in known.items()
    ]
    if style.has_notes and not as_styled:
        entries = [item for item in listed if str(item["type"]).startswith("entry")]
        listed += [_unlike_entry(item) for item in entries]
    return listed


def _unlike_entry(item: Json) -> Json:
    titles: Json = {key: f"{item[key]}{STAND_IN_MARK}" for key in ("title", "title-short") if key in item}
    return {**item, **titles, "id": f"{item['id']}s", "type": "webpage"}


def document(
    notes: tuple[tuple[Cite, ...], ...], keys: Mapping[str, str], language: str, as_styled: bool = False
) -> tuple[Json, tuple[str, ...]]:
    """The document with one paragraph a note, and the locators in words for which stand-ins stand in it.

    `keys` are safe ids by item. `as_styled` leaves it to the style to label locators in words; else a section is set
    in quotation marks.
    """
    locators = _Locators(as_styled, language == "en-GB")
    blocks = [_element("Para", _cite_group(note, keys, number, locators)) for number, note in enumerate(notes, 1)]
    everything = _element("Cite", [[_citation("*", "", [], 0)], []])
    meta = {"lang": _element("MetaString", language), "nocite": _element("MetaInlines", [everything])}
    return {"pandoc-api-version": API_VERSION, "meta": meta, "blocks": blocks}, tuple(locators.words)


class _Locators:
    """Locators as pandoc reads them. Citation processors take words in a locator for plurals, ranges and numbers, so
    they are kept apart in `words`, and stand-ins are printed for them."""

    def __init__(self, as_styled: bool, british: bool) -> None:
        self._as_styled = as_styled
        self._british = british
        self.words: list[str] = []

    def written(self, locator: Locator | None) -> str:
        """The locator with its label; "" for none."""
        value = clean_text(locator.value).replace("{", "(").replace("}", ")") if locator else ""
        if not locator or not value:
            return ""
        if locator.label == "document":
            return self._kept(value if re.search(r"[^\W\d_]{2}", value) else f"Document {value}")
        if locator.label == "section" and not re.fullmatch(r"[\d.,–-]+[a-z]?", value):
            return self._kept(value if self._as_styled else self._quoted(value))
        return value if locator.label == "page" and _PAGES.fullmatch(value) else f"{locator.label} {value}"

    def _quoted(self, value: str) -> str:
        """The words in quotation marks, those inside them in the other kind."""
        outer, inner = ("‘{}’", "“{}”") if self._british else ("“{}”", "‘{}’")
        return outer.format(_QUOTED.sub(lambda found: inner.format(found[1]), value))

    def _kept(self, text: str) -> str:
        """A stand-in for words; the same words have the same one, so that "ibid." is found."""
        if text not in self.words:
            self.words.append(text)
        return f"section {stand_in(self.words.index(text))}"


def _cite_group(note: Sequence[Cite], keys: Mapping[str, str], number: int, locators: _Locators) -> list[Json]:
    citations = [
        _citation(keys[cite.id], _prefix(cite, index), _suffix(cite, locators), number)
        for index, cite in enumerate(note)
    ]
    return [_element("Cite", [citations, []])] if citations else []


def _prefix(cite: Cite, index: int) -> str:
    mark = CITING_MARK if index and cite.prefix == CITING else ""
    return mark + clean_text(cite.prefix)


def _citation(identifier: str, prefix: str, suffix: list[Json], number: int) -> Json:
    return {
        "citationId": identifier,
        "citationPrefix": _inlines(prefix),
        "citationSuffix": suffix,
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }


def _suffix(cite: Cite, locators: _Locators) -> list[Json]:
    """Pandoc reads a locator from braces at the start of the suffix, and with empty braces none at all.

    Only without braces are plain numbers pages in every language.
    """
    rest = clean_text(cite.suffix)
    joined = rest if not rest or rest[0] in ",;.:" else f" {rest}"
    locator = locators.written(cite.locator)
    return _inlines((locator if _PAGES.fullmatch(locator) else f"{{{locator}}}") + joined)


def _inlines(text: str) -> list[Json]:
    pieces: list[Json] = []
    for index, word in enumerate(text.split(" ")):
        if index:
            pieces.append({"t": "Space"})
        if word:
            pieces.append(_element("Str", word))
    return pieces if text else []


def _element(tag: str, content: object) -> Json:
    return {"t": tag, "c": content}
