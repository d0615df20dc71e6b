"""Text copied from a web page: the article is told from navigation, promotion, captions, tags and footers by lines.

Every line that is not part of the article is listed in `dropped` with a reason. Facts about the page (author, date,
publisher) are read from such lines, and only from those that say what they are: the years inside an article are
events, not its date.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from briefgen.model import Block, BlockKind, Dropped, Source, SourceKind
from briefgen.readers.document import Document, Reading
from briefgen.readers.lines import Line, lines
from briefgen.readers.page.body import (
    BOX,
    ITEM,
    LONG,
    SHORTEST,
    Body,
    find_body,
    in_list,
    is_introduced,
    is_prose,
    outer_body,
)
from briefgen.readers.page.plain import is_plain, plain_labels, title_words
from briefgen.readers.page.titles import title_index
from briefgen.readers.page.vocabulary import matches, vocabulary
from briefgen.text.stamps import stamp
from briefgen.text.words import length

_PARTS = re.compile(r"^\d{1,2}(?:\.\d{1,2})*")
_YEARS = re.compile(r"[\s,–-]+(?:19|20)\d\d$")
_SPEECH = re.compile(r"\b(said|told|says|tells)\b")
_CONTENT = ("paragraph", "item", "caption", "heading")
_SHORTEST_INNER, _SHORTEST_ITEM, _PROSE = 2, 4, 6
"""Words of a line of prose inside the article, of an item or caption that is told by its
words, and of one that may speak of newsletters and cookies without asking for anything."""


class Facts(Struct, frozen=True):
    """What a page says of itself; `origins` has the line that each value came from."""

    authors: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    modified: str | None = None
    origins: dict[str, str] = {}


def read(document: Document) -> Reading:
    """The article of a copied page: its title, paragraphs, headings and captions, and what was dropped."""
    found = lines(document.text)
    labels = classify(found)
    titled = next((line.text for line, label in zip(found, labels, strict=True) if label == "title"), "")
    title = title_words(titled)
    facts = page_facts(found, [line for line, label in zip(found, labels, strict=True) if label not in _CONTENT])
    source = Source(
        id=document.id,
        path=document.path,
        sha256=document.sha256,
        kind=_kind(found, labels, facts),
        title=title or document.id,
        blocks=_blocks(found, labels),
        authors=facts.authors,
        editors=facts.editors,
        publisher=facts.publisher,
        published=facts.published,
        modified=facts.modified,
        dropped=dropped(found, labels),
        origins={**facts.origins, **({"title": titled} if titled else {})},
    )
    return Reading(source)


def classify(found: Sequence[Line], listing: bool = False) -> tuple[str, ...]:
    """What each line is: title, heading, paragraph, item, caption, or the reason for leaving it out.

    In a `listing`, much stands between the paragraphs that is no prose, and all of it may be content. In a text
    without a page around it, everything is content but what heads it.
    """
    furniture = [_furniture(found, index) for index in range(len(found))]
    opens, closes = _matcher("opens"), _matcher("closes")
    if not listing and is_plain(found, _signs(found, furniture, opens, closes)):
        return plain_labels(found, furniture)
    body = outer_body(found, furniture) if listing else find_body(found, furniture, opens, closes)
    title = _title_of(found, furniture, body)
    labels = []
    for index in range(len(found)):
        if index == title:
            labels.append("title")
        elif body.holds(index):
            labels.append(_inside(found, index, furniture[index]))
        else:
            labels.append(furniture[index] or ("repeated title" if _repeats(found, index, title) else "navigation"))
    return tuple(labels)


def dropped(found: Sequence[Line], labels: Sequence[str]) -> tuple[Dropped, ...]:
    """The lines whose label is a reason for leaving them out."""
    return tuple(
        Dropped(line.start, line.end, line.text, label)
        for line, label in zip(found, labels, strict=True)
        if label not in (*_CONTENT, "title")
    )


def page_facts(found: Sequence[Line], stating: Sequence[Line] | None = None) -> Facts:
    """Author, editor, publisher and dates, from the lines that state them.

    Where `stating` is given, only its lines can give people and dates.
    """
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    for text in _with_labels(found if stating is None else stating):
        for key, value in _metadata(text).items():
            if key not in values:
                values[key], origins[key] = value, text
    publisher = _publisher(found)
    if publisher:
        values["publisher"], origins["publisher"] = publisher
    stamps = {key: stamp(values[key]) for key in _DATES if key in values}
    return Facts(
        authors=_people(values.get("author", "")),
        editors=_people(values.get("editor", "")),
        publisher=values.get("publisher"),
        published=stamps.get("published"),
        modified=stamps.get("modified"),
        origins={_FIELDS.get(key, key): line for key, line in origins.items() if key in _FIELDS},
    )


def _with_labels(found: Sequence[Line]) -> Iterator[str]:
    """The lines' texts; a line that only says what the one below it is stands before it."""
    label = ""
    for line in found:
        yield f"{label} {line.text}" if label else line.text
        label = line.text if matches("label", line.text) else ""


_DATES = ("published", "modified")
_FIELDS = {
    "author": "authors",
    "editor": "editors",
    "publisher": "publisher",
    "published": "published",
    "modified": "modified",
}


def _matcher(name: str) -> Callable[[str], bool]:
    return lambda text: length(text) <= SHORTEST and matches(name, text) and not matches("aside", text)


def _furniture(found: Sequence[Line], index: int) -> str:
    """Why a line is no part of the article's prose; empty where nothing says so."""
    text = found[index].text
    if index and _repeated(text, found[index - 1].text):
        return "repeated caption"
    if index + 1 < len(found) and _repeated(found[index + 1].text, text):
        return "caption"
    if matches("caption", text):
        return "caption"
    if matches("credit", text):
        return "caption with its credit"
    if _metadata(text) or _is_labelled(found, index):
        return "metadata"
    if any(pattern.search(text) for pattern in [*vocabulary()["promotion"], *vocabulary()["aside"]]):
        return "promotion"
    return ""


def _repeated(text: str, before: str) -> bool:
    """Whether a line says the one before it again, whole or without its end, as the credit of a picture."""
    return text == before or (length(text) >= _SHORTEST_ITEM and before.startswith(text))


def _is_labelled(found: Sequence[Line], index: int) -> bool:
    """Whether a line is a label such as "Published", or what such a label above it names."""
    pairs = [(index - 1, index), (index, index + 1)]
    return any(
        above >= 0
        and below < len(found)
        and matches("label", found[above].text)
        and bool(_metadata(f"{found[above].text} {found[below].text}"))
        for above, below in pairs
    )


def _signs(
    found: Sequence[Line], furniture: Sequence[str], opens: Callable[[str], bool], closes: Callable[[str], bool]
) -> list[int]:
    """How much each line says that there is a page around the text.

    What opens or closes a part of a page says most. Prose may speak of newsletters and cookies, and notes may name
    their author and day.
    """
    return [
        _sign(line.text, why, opens(line.text) or closes(line.text)) for line, why in zip(found, furniture, strict=True)
    ]


def _sign(text: str, furniture: str, parts: bool) -> int:
    if furniture == "metadata":
        return int(bool(_metadata(text).keys() & {"tags", "origin", "reading_time", "modified"}))
    if parts:
        return 2
    return int(furniture == "promotion" and not is_prose(text, _PROSE) and not matches("aside", text))


def _inside(found: Sequence[Line], index: int, furniture: str) -> str:
    """What a line between the first and the last line of the article is."""
    text = found[index].text
    if furniture == "promotion" and length(text) >= LONG:
        return "paragraph"
    if furniture:
        return furniture
    if ITEM.match(text):
        return "item" if _is_item(found, index) else "navigation"
    if is_prose(text, _SHORTEST_INNER):
        return "paragraph"
    if is_introduced(found, index):
        return "item"
    if _in_box(found, index):
        return "navigation"
    before_prose = index + 1 < len(found) and is_prose(found[index + 1].text, SHORTEST)
    return "heading" if before_prose and _is_heading(text) else "navigation"


def _in_box(found: Sequence[Line], index: int) -> bool:
    """Whether a line that opens another part of the page stands above, with nothing but such lines between."""
    opens = _matcher("opens")
    for near in range(index - 1, max(-1, index - 1 - BOX), -1):
        if opens(found[near].text):
            return True
        if is_prose(found[near].text, SHORTEST):
            return False
    return False


def _is_item(found: Sequence[Line], index: int) -> bool:
    """Whether a list item is the article's own: introduced, a sentence, or no headline that links elsewhere."""
    text = ITEM.sub("", found[index].text)
    if in_list(found, index) or is_prose(text, _SHORTEST_INNER):
        return True
    titled = [word for word in text.split() if len(word) > 3]
    capitals = sum(word[0].isupper() for word in titled)
    before = found[index - 1].text if index else ""
    return length(text) >= _SHORTEST_ITEM and capitals * 2 < len(titled) and not is_prose(before, SHORTEST)


def _is_heading(text: str) -> bool:
    bare = _PARTS.sub("", text).strip("\"'“”‘’«» ?!.)")
    return 1 <= length(bare) <= 10 and bare[:1].isupper() and bare[-1].isalnum() and not matches("dateline", text)


def _title_of(found: Sequence[Line], furniture: Sequence[str], body: Body) -> int:
    """The index of the title's line, or -1."""

    def signs(index: int) -> bool:
        text = found[index].text
        return furniture[index] == "metadata" or matches("dateline", text) or matches("no_title", text)

    def may_be(index: int) -> bool:
        repeated = furniture[index] in ("caption", "repeated caption") and not matches("caption", found[index].text)
        return (not furniture[index] or repeated) and not signs(index)

    return title_index(found, body, may_be, signs)


def _repeats(found: Sequence[Line], index: int, title: int) -> bool:
    return title >= 0 and found[title].text in found[index].text


def _metadata(text: str) -> dict[str, str]:
    """The facts that one line states, by name."""
    if length(text) > LONG:
        return {}
    known: dict[str, list[re.Pattern[str]]] = vocabulary()["metadata"]
    found = {}
    for key, patterns in known.items():
        match = next((match for pattern in patterns if (match := pattern.search(text))), None)
        if match and (key not in _DATES or matches("day", match["value"])):
            found[key] = match["value"].strip()
    return found


def _publisher(found: Sequence[Line]) -> tuple[str, str] | None:
    for pattern in vocabulary()["publisher"]:
        for line in found:
            match = pattern.search(line.text)
            if match:
                return _YEARS.sub("", re.sub(r"[’']s (?=[A-Z])", " ", match["value"])).strip(), line.text
    return None


def _people(text: str) -> tuple[str, ...]:
    names = re.split(r"\s*(?:,|;|\band\b|&)\s*", text)
    return tuple(name for name in names if name)


def _kind(found: Sequence[Line], labels: Sequence[str], facts: Facts) -> SourceKind:
    """News where a page is signed or somebody is quoted again and again; letters and notes are simply pages."""
    quoting = sum(
        bool(_SPEECH.search(line.text)) for line, label in zip(found, labels, strict=True) if label == "paragraph"
    )
    signed = facts.authors and (quoting or any(label in ("navigation", "promotion") for label in labels))
    return "news" if signed or quoting >= 3 else "page"


def _blocks(found: Sequence[Line], labels: Sequence[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    path: list[tuple[int, str]] = []
    for line, label in zip(found, labels, strict=True):
        if label not in _CONTENT:
            continue
        kind: BlockKind = label  # type: ignore[assignment]
        mark = ITEM.match(line.text) if label == "item" else None
        skip = mark.end() if mark else 0
        level = _level(line.text) if label == "heading" else int(label == "item")
        if label == "heading":
            path = [(depth, title) for depth, title in path if depth < level]
        headings = tuple(title for _, title in path)
        blocks.append(Block(kind, line.text[skip:], line.start + skip, line.end, level, headings))
        if label == "heading":
            path.append((level, line.text))
    return tuple(blocks)


def _level(heading: str) -> int:
    """A heading's level below the title: one deeper for each further part of its number."""
    number = _PARTS.match(heading)
    return 2 + number[0].count(".") if number else 2
