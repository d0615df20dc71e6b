"""What is taken from real pages, saved and copied, beside what people say is their article, title, date and author."""

import gzip
import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from briefgen.model import Source
from briefgen.readers import read

Score = Any


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    return shared / "evals" / "extract"


@pytest.fixture(scope="module")
def scorer(folder: Path) -> Score:
    spec = importlib.util.spec_from_file_location("score_extract", folder / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _gold(folder: Path, name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(gzip.decompress((folder / "gold" / f"{name}.json.gz").read_bytes()))
    return gold


def _source(name: str, data: bytes) -> Source:
    source = read("page", name, data).source
    assert source is not None
    return source


def _text(source: Source) -> str:
    return "\n".join(block.text for block in source.blocks)


def test_the_article_of_saved_pages_is_what_people_say_it_is(folder: Path, scorer: Score) -> None:
    gold = _gold(folder, "articles")
    pages = {name: gzip.decompress((folder / "articles" / f"{name}.html.gz").read_bytes()) for name in gold}
    found = scorer.score_text(gold, {name: _text(_source("page.html", data)) for name, data in pages.items()})
    print(found)
    assert found["f1"] >= 0.97
    assert found["empty"] == 0


def test_the_article_of_copied_pages_is_what_people_say_it_is(folder: Path, scorer: Score) -> None:
    copies = _gold(folder, "textdump")
    taken = {name: _text(_source("page.txt", text.encode())) for name, text in copies.items()}
    found = scorer.score_text(_gold(folder, "articles"), taken)
    print(found)
    assert found["f1"] >= 0.94
    assert found["empty"] == 0


def test_who_wrote_a_page_and_when_is_told_as_well_as_bare_trafilatura_does_and_with_its_place(
    folder: Path, scorer: Score
) -> None:
    gold = _gold(folder, "meta")
    sources = {
        url: _source("page.html", gzip.decompress((folder / "meta" / Path(entry["file"]).name).read_bytes()))
        for url, entry in gold.items()
    }
    told = {
        url: {"title": source.title, "date": source.published, "author": ";".join(source.authors), "text": ""}
        for url, source in sources.items()
    }
    found = scorer.score_meta(gold, told)
    print(found)
    assert found["title"]["lenient_rate"] >= 0.87
    assert found["date"]["exact_rate"] >= 0.90
    assert found["author"]["lenient_rate"] >= 0.82
    for field in ("authors", "published", "modified"):
        assert all(field in source.origins for source in sources.values() if getattr(source, field))


def test_the_title_of_a_copied_page_is_that_of_the_saved_one(folder: Path) -> None:
    copies = _gold(folder, "textdump")
    alike = 0
    for name, text in copies.items():
        saved = _source("page.html", gzip.decompress((folder / "articles" / f"{name}.html.gz").read_bytes())).title
        copied = _source("page.txt", text.encode()).title
        one, other = ("".join(filter(str.isalnum, title.lower())) for title in (saved, copied))
        alike += one in other or other in one
    assert alike >= 0.85 * len(copies)
