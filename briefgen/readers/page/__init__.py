"""Text copied from a web page: the article is told from navigation, promotion, captions, tags and footers by lines.

Every line that is not part of the article is listed in `dropped` with a reason. Facts about the page (author, date,
publisher) are read from such lines, and only from those that say what they are: the years inside an article are
events, not its date.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from briefgen.model import Block, BlockKind, Dropped, Source, SourceKind
from briefgen.readers.document import Document, Reading
from briefgen.readers.lines import Line, lines
from briefgen.readers.page.body import ITEM, LONG, SHORTEST, Body, find_body, in_list, is_plain, is_prose, outer_body
from briefgen.tables import table
from briefgen.text.stamps import stamp
from briefgen.text.words import length

_SPEECH = re.compile(r"\b(said|told|says|tells)\b")
_CONTENT = ("paragraph", "item", "caption", "heading")
_SHORTEST_INNER = 4
"""Words of a line of prose inside the article."""


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
    title = next((line.text for line, label in zip(found, labels, strict=True) if label == "title"), "")
    facts = page_facts(found)
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
        origins={**facts.origins, **({"title": title} if title else {})},
    )
    return Reading(source)


def classify(found: Sequence[Line], listing: bool = False) -> tuple[str, ...]:
    """What each line is: title, heading, paragraph, item, caption, or the reason for leaving it out.

    In a `listing`, much stands between the paragraphs that is no prose, and all of it may be content. In a text
    without a page around it, everything below the title is content but for what says that it is not.
    """
    furniture = [_furniture(found, index) for index in range(len(found))]
    outer = outer_body(found, furniture)
    opens, closes = _matcher("opens"), _matcher("closes")
    plain = (
        not listing and is_plain(found, furniture) and not any(opens(line.text) or closes(line.text) for line in found)
    )
    body = outer if listing or plain else find_body(found, furniture, opens, closes)
    title = _title_index(found, furniture, body.first)
    body = Body(title + 1, len(found) - 1) if plain else body
    labels = []
    for index in range(len(found)):
        if index == title:
            labels.append("title")
        elif body.holds(index):
            labels.append(_inside(found, index, furniture[index], plain))
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


def page_facts(found: Sequence[Line]) -> Facts:
    """Author, editor, publisher and dates, from the lines that state them."""
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    for line in found:
        for key, value in _metadata(line.text).items():
            if key not in values:
                values[key], origins[key] = value, line.text
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


_DATES = ("published", "modified")
_FIELDS = {
    "author": "authors",
    "editor": "editors",
    "publisher": "publisher",
    "published": "published",
    "modified": "modified",
}


@cache
def _words() -> dict[str, Any]:
    return {
        name: {key: _compiled(patterns) for key, patterns in known.items()}
        if isinstance(known, dict)
        else _compiled(known)
        for name, known in table("readers/page/words.yaml").items()
    }


def _compiled(patterns: list[str]) -> list[re.Pattern[str]]:
    return [re.compile(pattern, re.IGNORECASE) for pattern in patterns]


def _matcher(name: str) -> Callable[[str], bool]:
    return lambda text: length(text) <= SHORTEST and _matches(name, text)


def _furniture(found: Sequence[Line], index: int) -> str:
    """Why a line is no part of the article's prose; empty where nothing says so."""
    text = found[index].text
    if index and found[index - 1].text == text:
        return "repeated caption"
    if index + 1 < len(found) and found[index + 1].text == text:
        return "caption"
    if _matches("caption", text):
        return "caption"
    if _metadata(text):
        return "metadata"
    if any(pattern.search(text) for pattern in _words()["promotion"]):
        return "promotion"
    return ""


def _inside(found: Sequence[Line], index: int, furniture: str, plain: bool) -> str:
    """What a line between the first and the last line of the article is; in a plain text, no line is navigation."""
    text = found[index].text
    if furniture == "promotion" and length(text) >= LONG:
        return "paragraph"
    if furniture:
        return furniture
    if ITEM.match(text):
        return "item" if plain or _is_item(found, index) else "navigation"
    if is_prose(text, 1 if plain else _SHORTEST_INNER):
        return "paragraph"
    if plain:
        return "heading" if _is_heading(text) else "paragraph"
    before_prose = index + 1 < len(found) and is_prose(found[index + 1].text, SHORTEST)
    return "heading" if before_prose and _is_heading(text) else "navigation"


def _is_item(found: Sequence[Line], index: int) -> bool:
    """Whether a list item is the article's own: introduced, a sentence, or no headline that links elsewhere."""
    text = ITEM.sub("", found[index].text)
    if in_list(found, index) or is_prose(text, _SHORTEST_INNER):
        return True
    titled = [word for word in text.split() if len(word) > 3]
    capitals = sum(word[0].isupper() for word in titled)
    before = found[index - 1].text if index else ""
    return length(text) >= _SHORTEST_INNER and capitals * 2 < len(titled) and not is_prose(before, SHORTEST)


def _is_heading(text: str) -> bool:
    return 2 <= length(text) <= 10 and text[0].isupper() and text[-1].isalnum()


def _title_index(found: Sequence[Line], furniture: Sequence[str], first: int) -> int:
    """The line that is the title: the nearest above the article with three words or more, else the first one there."""
    above = [index for index in range(min(first, len(found))) if not furniture[index] and _is_title(found[index].text)]
    long = [index for index in above if length(found[index].text) >= 3]
    return long[-1] if long else next(iter(above), -1)


def _is_title(text: str) -> bool:
    return length(text) <= 30 and not text.endswith(".") and "|" not in text


def _repeats(found: Sequence[Line], index: int, title: int) -> bool:
    return title >= 0 and found[title].text in found[index].text


def _metadata(text: str) -> dict[str, str]:
    """The facts that one line states, by name."""
    if length(text) > LONG:
        return {}
    known: dict[str, list[re.Pattern[str]]] = _words()["metadata"]
    found = {}
    for key, patterns in known.items():
        match = next((match for pattern in patterns if (match := pattern.search(text))), None)
        if match and (key not in _DATES or _matches("day", match["value"])):
            found[key] = match["value"].strip()
    return found


def _matches(name: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in _words()[name])


def _publisher(found: Sequence[Line]) -> tuple[str, str] | None:
    for pattern in _words()["publisher"]:
        for line in found:
            match = pattern.search(line.text)
            if match:
                return re.sub(r"[’']s (?=[A-Z])", " ", match["value"]).strip(), line.text
    return None


def _people(text: str) -> tuple[str, ...]:
    names = re.split(r"\s*(?:,|;|\band\b|&)\s*", text)
    return tuple(name for name in names if name)


def _kind(found: Sequence[Line], labels: Sequence[str], facts: Facts) -> SourceKind:
    """News where somebody signed it or is quoted again and again; otherwise simply a page."""
    quoting = sum(
        bool(_SPEECH.search(line.text)) for line, label in zip(found, labels, strict=True) if label == "paragraph"
    )
    return "news" if facts.authors or quoting >= 3 else "page"


def _blocks(found: Sequence[Line], labels: Sequence[str]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    heading: tuple[str, ...] = ()
    for line, label in zip(found, labels, strict=True):
        if label not in _CONTENT:
            continue
        kind: BlockKind = label  # type: ignore[assignment]
        mark = ITEM.match(line.text) if label == "item" else None
        skip = mark.end() if mark else 0
        level = 2 if label == "heading" else int(label == "item")
        path = () if label == "heading" else heading
        blocks.append(Block(kind, line.text[skip:], line.start + skip, line.end, level, path))
        if label == "heading":
            heading = (line.text,)
    return tuple(blocks)
