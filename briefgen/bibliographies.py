"""What a bibliography beside sources says of them: `bibliography.json`, `.bib` or `.ris` in their folder.

An entry is a source's if it names its file, if it is called like it, or if it has its address.
"""

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.citations.exchange import SUFFIXES, read_works
from briefgen.citations.exchange.dates import to_edtf
from briefgen.model import Source, SourceKind
from briefgen.problems import Problem

NAME = "bibliography"

_KINDS: dict[str, SourceKind] = {
    "entry-encyclopedia": "encyclopedia",
    "article-newspaper": "news",
    "article-magazine": "news",
    "report": "report",
    "article-journal": "report",
    "paper-conference": "report",
    "thesis": "report",
    "book": "book",
    "chapter": "book",
}
_SAME_PLACE = re.compile(r"^https?://(www\.)?|/$", re.IGNORECASE)

Item = dict[str, Any]


class Bibliography(Struct, frozen=True):
    """The works of a folder's bibliography by the names of their files, by their keys, and by their addresses."""

    name: str = ""
    by_file: dict[str, Item] = {}
    by_key: dict[str, Item] = {}
    by_address: dict[str, Item] = {}
    problems: tuple[Problem, ...] = ()

    def entry(self, path: Path, url: str | None) -> Item | None:
        """The work that the file is; none where no entry names it."""
        found = self.by_file.get(path.name.lower()) or self.by_key.get(path.stem.lower())
        return found or (self.by_address.get(_place(url)) if url else None)


def bibliography_of(folder: Path) -> Bibliography:
    """The bibliography in a folder, empty where there is none; the first of those there are."""
    path = next((path for suffix in SUFFIXES if os.path.isfile(path := folder / f"{NAME}{suffix}")), None)
    if path is None:
        return Bibliography()
    stat = path.stat()
    return _read(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, size: int, changed: int) -> Bibliography:
    from briefgen.citations.fixes import fix_item

    works, problems = read_works(path)
    items = [{**fix_item(work), "custom": work.get("custom")} for work in works]
    return Bibliography(
        path.name,
        {name: item for item in reversed(items) for name in _files(item)},
        {str(item.get("id", "")).lower(): item for item in reversed(items)},
        {_place(str(item["URL"])): item for item in reversed(items) if item.get("URL")},
        problems,
    )


def with_entry(source: Source, found: Bibliography) -> Source:
    """The source as its entry describes it; what the entry does not say stays as it was read."""
    item = found.entry(Path(source.path), source.url)
    if item is None:
        return source
    csl = {key: value for key, value in item.items() if key not in ("custom", "id") and value}
    values = {key: value for key, value in _values(csl).items() if value}
    origins = {**source.origins, **dict.fromkeys(values, found.name)}
    return replace(source, **values, csl=csl, origins=origins)


def _values(csl: Item) -> dict[str, Any]:
    from briefgen.citations.fixes import clean_text

    kind = _KINDS.get(str(csl.get("type")))
    contained = csl.get("container-title") if kind in ("encyclopedia", "news", None) else None
    return {
        "title": clean_text(str(csl.get("title") or "")),
        "authors": tuple(filter(None, map(_shown, csl.get("author") or ()))),
        "publisher": clean_text(str(contained or csl.get("publisher") or csl.get("container-title") or "")),
        "published": to_edtf(csl.get("issued")),
        "url": csl.get("URL"),
        "kind": kind,
    }


def _shown(name: dict[str, str]) -> str:
    """A name as it is written in a line."""
    parts = (name.get("given"), name.get("non-dropping-particle"), name.get("family"), name.get("suffix"))
    return name.get("literal") or " ".join(filter(None, parts))


def _files(item: Item) -> Iterator[str]:
    """The names of the files that an entry has: BibLaTeX lists "Title:folder/name.pdf:application/pdf"."""
    custom = item.get("custom")
    named = str(custom.get("file") or "") if isinstance(custom, dict) else ""
    for part in re.split(r"[;:]", named):
        name = PurePath(part.replace("\\", "/")).name.strip().lower()
        if "." in name:
            yield name


def _place(url: str) -> str:
    return _SAME_PLACE.sub("", url.strip())
