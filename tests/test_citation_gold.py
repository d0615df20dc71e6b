"""Notes and entries beside what citation processors and people make of the same works."""

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest

from briefgen.citations.format import format_citations
from briefgen.citations.request import Cite, FormatRequest
from briefgen.citations.runs import as_html
from briefgen.model import Locator, Source, plain
from briefgen.readers import read

STYLES = {
    "chicago-notes-bibliography": "chicago-notes",
    "chicago-notes-bibliography-subsequent-ibid": "chicago-notes-ibid",
    "chicago-author-date": "chicago-author-date",
    "apa": "apa",
    "modern-language-association": "mla",
    "bluebook-law-review": "bluebook",
    "oscola": "oscola",
}
Scorer = Any


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "evals" / "citations"


def scorer(folder: Path, name: str) -> Scorer:
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("style", STYLES)
def test_notes_and_entries_are_those_that_other_processors_agree_on(folder: Path, style: str) -> None:
    score, expected = scorer(folder, "score_citations"), load(folder / "expected.json")["styles"][style]
    notes = tuple(tuple(cite(one) for one in note) for note in load(folder / "sequence.json"))
    request = FormatRequest(STYLES[style], "en", tuple(load(folder / "items.json")), notes, as_styled=True)
    formatted, problems = format_citations(request)
    assert problems == ()
    printed = [score.text(as_html(runs)) for runs in formatted.notes]
    wrong = [
        (number, note, wanted[0])
        for number, (note, wanted) in enumerate(zip(printed, expected["notes"], strict=True), 1)
        if note not in map(score.text, wanted)
    ]
    lines = {score.text(as_html(runs)) for runs in formatted.bibliography.values()}
    wrong += [
        (name, "", wanted[0]) for name, wanted in expected["bib"].items() if lines.isdisjoint(map(score.text, wanted))
    ]
    print(wrong)
    assert len(wrong) <= 0.01 * (len(expected["notes"]) + len(expected["bib"]))


def cite(given: dict[str, Any]) -> Cite:
    locator = Locator(given.get("label", "page"), given["locator"]) if given.get("locator") else None
    return Cite(given["id"], locator, given.get("prefix", ""), given.get("suffix", ""))


def source(shared: Path) -> Source:
    (path,) = (shared / "sources").glob("000_*.txt")
    found = read("s", str(path), path.read_bytes()).source
    assert found is not None
    return found


MARKUP = re.compile(r"\{\{|\}\}|\[\[|\]\]|<[a-z/]|'''|&[a-z]+;|\bundefined\b", re.IGNORECASE)
EMPTY = re.compile(r",,|\. \.|\(\)|“”|,\.|;,| ,|: ,|\(,|\( ")


@pytest.mark.parametrize("style", ["chicago-notes", "apa"])
def test_every_citation_of_a_real_article_is_a_note_without_holes_or_markup(shared: Path, style: str) -> None:
    found = source(shared)
    items = {str(one.csl["id"]): one.csl for one in found.references}
    notes = tuple((Cite(str(one.csl["id"]), one.locator),) for one in found.references)
    formatted, problems = format_citations(FormatRequest(style, "en", tuple(items.values()), notes))
    assert problems == ()
    assert len(formatted.notes) == len(found.references) >= 161
    for reference, runs in zip(found.references, formatted.notes, strict=True):
        note = re.sub(r"https?://\S+", "", plain(runs))
        dated = bool(reference.csl.get("issued"))
        assert note.strip(" .") or reference.csl.get("URL")
        assert not (dated and "n.d." in note), note
        assert not MARKUP.search(note), note
        assert not EMPTY.search(note), note
        assert all(run.url is None or run.url.startswith("http") for run in runs)
