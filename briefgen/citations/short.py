"""Short notes for the foot of a slide, and the CSL-JSON item of a source itself."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from briefgen.citations.dates import edtf_to_csl, short_date
from briefgen.model import Locator, Source

LONGEST_NOTE = 110
LONGEST_NAME = 40
MOST_WORKS = 3
LEAST_WORDS = 24

_SHORT_LABELS = {
    "chapter": "ch.",
    "document": "Doc.",
    "figure": "fig.",
    "folio": "fol.",
    "line": "line",
    "note": "n.",
    "page": "p.",
    "paragraph": "para.",
    "part": "pt.",
    "table": "table",
    "verse": "v.",
    "volume": "vol.",
}
_PLURAL_LABELS = {"chapter": "chs.", "page": "pp.", "paragraph": "paras.", "document": "Docs.", "line": "lines"}
_TAGS = re.compile(r"<[^<>]*>")
_SEVERAL = re.compile(r"\d\s*[-–,&]\s*\d")

_TYPES = {
    "encyclopedia": "entry-encyclopedia",
    "news": "article-newspaper",
    "archive": "webpage",
    "report": "report",
    "book": "book",
    "page": "webpage",
}
_FROM_SIDECAR = {
    "title": ("title", "title-short"),
    "authors": ("author",),
    "publisher": ("container-title", "publisher"),
    "published": ("issued",),
    "url": ("URL",),
    "kind": ("type",),
    "language": ("language",),
}
"""The variables of CSL that a field of a source fills."""

_CONTAINED = frozenset({"entry-encyclopedia", "article-newspaper", "webpage"})

# Lower-case words before a family name that belong to it, and words that only a group's name has.
_PARTICLE_WORDS = "al bin da de del della der di dos du el ibn la le ten ter van von zu zur"
_GROUP_NAME_WORDS = """
    agency archive archives army associated association bank board bureau center centre college commission committee
    company contributors corporation council court department desk editors embassy force foundation government group
    institute institution inc library ltd ministry museum nations network news newspaper office organization party
    press reporters reuters review school service services society staff states team times tribunal union united
    university writers
"""
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_GROUP_WORDS = frozenset(_GROUP_NAME_WORDS.split())
_NAME_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


def source_label(source: Source) -> str:
    """What a short note calls `source`: its publisher, else its first author's family name, else its short title."""
    if source.publisher and source.publisher.strip():
        return _clipped(source.publisher, LONGEST_NAME)
    family = next((name for name in map(_family_name, map(person_name, source.authors)) if name), "")
    return _clipped(family or _short_title(source.title) or PurePosixPath(source.path).stem or source.id, LONGEST_NAME)


def source_labels(sources: Sequence[Source]) -> dict[str, str]:
    """What short notes call each of `sources`, by id: its label, or its title where two would share a label."""
    labels = {source.id: source_label(source) for source in sources}
    shared = {label for label, count in Counter(labels.values()).items() if count > 1}
    titles = {source.id: _clipped(source.title, LONGEST_NAME) for source in sources if labels[source.id] in shared}
    return labels | titles


class ShortWorks(Struct, frozen=True):
    """What short notes call each work that a source cites, by its index; "" where nothing names it."""

    names: tuple[str, ...]


def short_works(source: Source) -> ShortWorks:
    return ShortWorks(tuple(short_work(reference.csl) for reference in source.references))


def short_note(label: str, locator: Locator | None, cited: Iterable[str]) -> str:
    """A note of about 110 characters at most: the source's label, the place in it, and the works it cites there.

    `cited` are their names, as `short_work` has them. Such as
    `Wikipedia, “Sanctions”, citing BBC News, 5 Nov 2012`. At most three works are named; where the note grows
    too long, fewer, and then the locator's words are cut.
    """
    works = list(dict.fromkeys(filter(None, cited)))
    place = _place(locator, LONGEST_NOTE)
    for named in range(min(MOST_WORKS, len(works)), 0, -1):
        note = _joined(label, place, works, named)
        if len(note) <= LONGEST_NOTE:
            return note
    rest = len(_joined(label, "", works, 1))
    return _joined(label, _place(locator, max(LEAST_WORDS, LONGEST_NOTE - rest - 4)), works, 1)


def source_item(source: Source) -> dict[str, Any]:
    """The CSL-JSON item of `source` itself, with its id; it holds only what is known.

    An encyclopedia's article is dated by its last change, since that is the text that was read; anything else by its
    publication, where that is known.
    """
    kind = _TYPES[source.kind]
    living = source.kind == "encyclopedia"
    edtf = (source.modified or source.published) if living else (source.published or source.modified)
    title = " ".join(source.title.split()) or PurePosixPath(source.path).stem or source.id
    known = {
        "id": source.id,
        "type": kind,
        "title": title,
        "container-title" if kind in _CONTAINED else "publisher": source.publisher,
        "author": [person_name(name) for name in source.authors if name.strip()],
        "editor": [person_name(name) for name in source.editors if name.strip()],
        "issued": edtf_to_csl(edtf) if edtf else None,
        "URL": source.url,
        "language": source.language,
    }
    own = {key: value for key, value in known.items() if value}
    return {**own, **_listed(source), "id": source.id}


def _listed(source: Source) -> dict[str, Any]:
    """What a bibliography has of the source, but for what a file of its own says of it."""
    told = {
        variable
        for field, variables in _FROM_SIDECAR.items()
        if source.origins.get(field, "").endswith(".source.yaml")
        for variable in variables
    }
    return {key: value for key, value in (source.csl or {}).items() if key not in told}


def works_in(sources: Iterable[Source], cited: bool = True) -> Iterator[dict[str, Any]]:
    """The items of the sources, and, if `cited`, of the works that they cite, each once."""
    seen: set[str] = set()
    for source in sources:
        for item in (source_item(source), *(reference.csl for reference in source.references if cited)):
            if str(item.get("id")) not in seen:
                seen.add(str(item.get("id")))
                yield item


def person_name(text: str) -> dict[str, str]:
    """A CSL-JSON name: family and given where `text` reads like a person's name, else literal.

    It does as "Anand Gopal", "Gopal, Anand", "Alex van Linschoten" or "John Smith Jr."; one word alone, or a word
    such as "Institute", makes it a group's name.
    """
    text = re.sub(r"^\s*by\s+", "", " ".join(text.split()), flags=re.IGNORECASE).strip(" ,;")
    words = text.replace(",", " , ").split()
    lowered = {word.lower() for word in words}
    if len([word for word in words if word != ","]) < 2 or lowered & _GROUP_WORDS or "the" in lowered:
        return {"literal": text}
    if "," in words:
        family, _, given = (part.strip() for part in text.partition(","))
        if given.lower() not in _NAME_SUFFIXES:
            return {"family": family, "given": given} if family and given else {"literal": text}
        words = text.replace(",", " ").split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _NAME_SUFFIXES else ""
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    name = {"family": " ".join(words[start:]), "given": " ".join(words[:start])}
    return {**name, "suffix": suffix} if suffix else name


def _joined(head: str, place: str, works: Sequence[str], named: int) -> str:
    left = len(works) - named
    more = f" and {left} more" if works and left else ""
    citing = f"citing {'; '.join(works[:named])}{more}" if works else ""
    return ", ".join(part for part in (head, place, citing) if part)


def _place(locator: Locator | None, longest: int) -> str:
    value = " ".join(locator.value.split()) if locator else ""
    if not locator or not value:
        return ""
    if locator.label == "section":
        return f"sec. {value}" if re.fullmatch(r"[\d.]+", value) else f"“{_clipped(_inner_quotes(value), longest)}”"
    label = _SHORT_LABELS.get(locator.label, locator.label)
    if _SEVERAL.search(value):
        label = _PLURAL_LABELS.get(locator.label, label)
    return f"{label} {value}"


def _inner_quotes(value: str) -> str:
    return re.sub(r'[“"]([^“”"]*)[”"]', r"‘\1’", value)


def short_work(csl: dict[str, Any]) -> str:
    """What short notes call a work: where it appeared or who wrote it, and its date."""
    from briefgen.citations.fixes import fix_item

    csl = fix_item(csl)
    names = csl.get("author") or csl.get("editor") or ()
    family = next((family for family in map(_family_name, names) if family), "")
    name = csl.get("container-title-short") or csl.get("container-title") or csl.get("publisher") or family
    label = _clipped(_TAGS.sub("", str(name or _short_title(str(csl.get("title") or "")))), LONGEST_NAME)
    return ", ".join(part for part in (label, short_date(csl.get("issued"))) if part)


def _family_name(name: dict[str, Any]) -> str:
    particle = name.get("non-dropping-particle") or ""
    family = name.get("family") or name.get("literal") or name.get("given") or ""
    return f"{particle} {family}".strip()


def _short_title(title: str) -> str:
    head = re.split(r"[:?!–—|]\s|\s[-–—|]\s", title.strip(), maxsplit=1)[0]
    return head.strip(" :–—|")


def _clipped(text: str, longest: int) -> str:
    """`text` on one line, cut between words where it is longer than `longest`."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:–—-") + "…"
