"""Footnotes and bibliographies as pandoc's citation processor formats them.

`document` makes what pandoc reads, `runs` what it writes. Pandoc runs in its sandbox and is given every file it needs,
so it never goes online.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from briefgen.citations.csl_style import Style
from briefgen.citations.document import csl_items, document
from briefgen.citations.fixes import clean_text, fix_item, fix_runs, tweets_called_so_twice
from briefgen.citations.full_notes import with_full_notes
from briefgen.citations.links import with_copy, with_linked_title
from briefgen.citations.request import Cite, FormatRequest, Formatted, Json
from briefgen.citations.runs import Words, bibliography_runs, closed, note_runs, with_small_ibid
from briefgen.model import Run
from briefgen.problems import Location, Problem, error, warning

_MOST_WITH_COPY = 2
"""Works in a note that tells of an archived copy of the last one: the source, and one that it cites."""

_AMERICAN = frozenset({"en", "en-US"})


def formatted(request: FormatRequest, style: Style) -> tuple[Formatted, tuple[Problem, ...]]:
    """The notes and bibliography of `request` in a style, as `format_citations` says, and the problems met."""
    from briefgen.pandoc import Failure, reason_of

    items, more = _usable_items(request.items)
    notes, unknown = _known_cites(request.notes, items)
    problems = (*more, *unknown)
    keys = {identifier: f"w{index}" for index, identifier in enumerate(items)}
    language = style.language(request.language)
    written, words = document(notes, keys, language, request.as_styled)
    csl = style.text if style.has_notes or request.as_styled else with_full_notes(style)
    try:
        blocks = _run_pandoc(written, csl_items(items, keys, style, request.as_styled), csl)
    except Failure as reason:
        where = Location(request.style) if request.style.endswith(".csl") else None
        said = f"it said: {reason_of(reason)}"
        failed = error("the citation processor failed; notes are in a plain form", said, where)
        return _plain_form(items, notes), (*problems, failed)
    texts = Words(words, language in _AMERICAN, request.as_styled)
    found = tuple(note_runs(block, texts) for block in blocks[: len(notes)])
    lines = bibliography_runs(blocks[len(notes) :], keys, texts)
    if style.small_ibid:
        found = tuple(map(with_small_ibid, found))
    if request.as_styled:
        return Formatted(found, lines), problems
    rest = {name: plain_entry(item) for name, item in items.items() if name not in lines}
    given = {str(item.get("id")): item for item in reversed(request.items)}
    return _for_readers(Formatted(tuple(map(closed, found)), {**lines, **rest}), given, notes), problems


def _for_readers(styled: Formatted, items: Mapping[str, Json], notes: tuple[tuple[Cite, ...], ...]) -> Formatted:
    """Notes and lines with what no style has: titles that lead to the works, and, where a work is cited first, a link
    to its archived copy."""
    seen: set[str] = set()
    found = []
    for runs, cites in zip(styled.notes, notes, strict=True):
        runs = tweets_called_so_twice(runs)
        for cite in cites:
            runs = with_linked_title(runs, items[cite.id])
        last = cites[-1].id if 0 < len(cites) <= _MOST_WITH_COPY else ""
        found.append(with_copy(runs, items[last]) if last and last not in seen else runs)
        seen.update(cite.id for cite in cites)
    lines = {name: _entry(runs, items[name]) for name, runs in styled.bibliography.items()}
    return Formatted(tuple(found), lines)


def _entry(runs: tuple[Run, ...], item: Json) -> tuple[Run, ...]:
    return with_copy(with_linked_title(tweets_called_so_twice(runs), item), item)


def _run_pandoc(written: Json, items: list[Json], csl: str) -> list[Json]:
    """The blocks that pandoc makes of the document."""
    from tempfile import TemporaryDirectory

    from briefgen.pandoc import run

    with TemporaryDirectory(prefix="briefgen-") as folder:
        style, bibliography = Path(folder, "style.csl"), Path(folder, "items.json")
        style.write_text(csl, encoding="utf-8")
        bibliography.write_text(json.dumps(items), encoding="utf-8")
        arguments = ["--from=json", "--to=json", "--citeproc", f"--csl={style}", f"--bibliography={bibliography}"]
        blocks = json.loads(run(arguments, json.dumps(written).encode())[0])["blocks"]
    return blocks if isinstance(blocks, list) else []


def plain_entry(item: Mapping[str, Any]) -> tuple[Run, ...]:
    """A bibliography line in no style: authors, title, container or publisher, year, address, as far as known."""
    names = [str(name.get("literal") or name.get("family") or "") for name in item.get("author") or ()]
    year = str(((item.get("issued") or {}).get("date-parts") or [[""]])[0][0])
    where = str(item.get("container-title") or item.get("publisher") or "")
    head = ". ".join(part for part in (", ".join(filter(None, names)), str(item.get("title") or "")) if part)
    words = ", ".join(part for part in (where, year) if part)
    url = item.get("URL")
    text = clean_text(". ".join(part for part in (head, words) if part)) or ("" if url else "Untitled work")
    runs = (Run(f"{text}." if text else ""), *((Run(" "), Run(str(url), url=str(url))) if url else ()))
    return fix_runs(runs)


def _usable_items(items: Iterable[Json]) -> tuple[dict[str, Json], tuple[Problem, ...]]:
    usable: dict[str, Json] = {}
    problems: list[Problem] = []
    for item in items:
        identifier = str(item.get("id") or "")
        if not identifier:
            problems.append(error("a bibliographic item has no id", "give each item an id of its own"))
        elif identifier in usable:
            problems.append(warning(f"two bibliographic items have the id {identifier!r}; the first is used"))
        else:
            usable[identifier] = fix_item({**item, "id": identifier})
    return usable, tuple(problems)


def _known_cites(
    notes: tuple[tuple[Cite, ...], ...], items: Mapping[str, Json]
) -> tuple[tuple[tuple[Cite, ...], ...], tuple[Problem, ...]]:
    unknown = dict.fromkeys(cite.id for note in notes for cite in note if cite.id not in items)
    problems = tuple(error(f"a note cites {identifier!r}, which is no known item") for identifier in unknown)
    return tuple(tuple(cite for cite in note if cite.id in items) for note in notes), problems


def _plain_form(items: Mapping[str, Json], notes: tuple[tuple[Cite, ...], ...]) -> Formatted:
    lines = {identifier: plain_entry(item) for identifier, item in items.items()}
    return Formatted(tuple(fix_runs(tuple(run for cite in note for run in lines[cite.id])) for note in notes), lines)
