"""Every field of every citation of the gold articles, whole and half-stripped."""

import calendar
import html
import importlib.util
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from briefgen.model import Reference, Source
from briefgen.readers.document import Document
from briefgen.readers.wikitext import read

ARTICLES = ("Elizabeth-Gilbert", "Pet_door", "anarchism", "belgium", "oxygen", "toronto_star")
FIELDS = ("type", "title", "url", "date", "authors", "container", "publisher", "archive_url")
MONTHS = [calendar.month_name[number].lower() for number in range(1, 13)]
TYPES = {
    "cite web": {"webpage", "article-newspaper", "article-magazine", "report", "post-weblog"},
    "cite news": {"article-newspaper", "article-magazine", "webpage", "post-weblog"},
    "cite magazine": {"article-magazine"},
    "cite journal": {"article-journal"},
    "cite book": {"book", "chapter"},
    "cite encyclopedia": {"entry-encyclopedia"},
    "cite eb1911": {"entry-encyclopedia"},
    "cite cia world factbook": {"webpage"},
    "cite conference": {"paper-conference"},
    "cite press release": {"webpage", "report"},
    "cite report": {"report"},
    "cite tweet": {"post"},
    "cite thesis": {"thesis"},
    "cite av media": {"motion_picture"},
    "cite podcast": {"broadcast"},
    "cite episode": {"broadcast"},
    "cite interview": {"interview"},
    "cite act": {"legislation"},
    "cite court": {"legal_case"},
}
Degrade = Callable[[str], str]
Mismatch = tuple[str, str, Any, Any]


def _source(text: str) -> Source:
    found = read(Document("a", "x.wiki", "0", text)).source
    assert found is not None
    return found


def _plain(words: str | None) -> str:
    """Wikitext of a field as plain words, by rules of the test's own."""
    text = html.unescape(html.unescape(words or ""))
    text = re.sub(r"<!--.*?-->", "", text.replace("{{!}}", "|").replace("{{'}}", "'"))
    text = re.sub(r"\{\{(?:lang|langx)\|[^|{}]*\|([^{}]*)\}\}|\{\{(?:nowrap|abbr)\|([^{}|]*)[^{}]*\}\}", r"\1\2", text)
    text = re.sub(r"\{\{chem\|([^{}]*)\}\}", lambda found: found[1].replace("|", ""), text, flags=re.IGNORECASE)
    text = re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]", r"\1", text)
    return " ".join(re.sub(r"</?[a-z][^<>]*>|'{2,}", "", text).split())


def _name(name: dict[str, str]) -> str:
    return name.get("literal") or " ".join(name[part] for part in ("given", "family", "suffix") if part in name)


def _turned(name: dict[str, str]) -> str:
    return ", ".join(name[part] for part in ("family", "given", "suffix") if part in name) or name.get("literal", "")


def _numbers(date: str) -> list[int]:
    """Year, month and day of a date as written, as far as it has them once."""
    months = [
        MONTHS.index(word) + 1 for word in MONTHS for found in re.findall(r"[a-z]+", date.lower()) if found == word
    ]
    iso = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", date.strip())
    if iso:
        return [int(part) for part in iso.groups() if part]
    years, days = re.findall(r"(?<!\d)\d{4}(?!\d)", date), re.findall(r"(?<!\d)\d{1,2}(?!\d)", date)
    return [int(years[0]), *months[:1], *(int(day) for day in days[:1] if months)] if years else []


def _mismatches(item: Reference, gold: dict[str, Any]) -> Iterator[Mismatch]:
    csl, custom = item.csl, item.csl.get("custom", {})
    named = {str(csl.get(key, "")) for key in ("container-title", "publisher", "collection-title", "title")}
    named |= {_name(name) for name in csl.get("author", ())}
    title, wanted = str(csl.get("title", "")), _plain(gold["title"])
    if gold["type"].lower() in TYPES and csl["type"] not in TYPES[gold["type"].lower()]:
        yield "type", item.raw, csl["type"], gold["type"]
    if wanted not in (title, str(csl.get("container-title", ""))) and not (title and wanted.startswith(f"{title} ")):
        yield "title", item.raw, title, wanted
    urls = {csl.get("URL", ""), custom.get("original-url", "")}
    if gold["url"] and html.unescape(gold["url"]) not in urls:
        yield "url", item.raw, urls, gold["url"]
    if gold["archive_url"] and custom.get("archive-url") != html.unescape(gold["archive_url"]):
        yield "archive_url", item.raw, custom.get("archive-url"), gold["archive_url"]
    date = gold.get("date_raw", gold["date"])
    issued = (csl.get("issued") or {}).get("date-parts", [[]])
    if _numbers(_plain(date)) not in issued and not re.search(r"[-–/]|Spring|Summer|Fall|Winter", date or ""):
        yield "date", item.raw, issued, date
    names = [_plain(name) for name in gold["authors"]]
    agency = [csl["author"][0]["literal"]] if not names and gold.get("agency") and csl.get("author") else []
    written = [
        _turned(name) if ", " in wanted else _name(name)
        for name, wanted in zip(csl.get("author", ()), names, strict=False)
    ]
    if (written if names else [_name(name) for name in csl.get("author", ())]) != (names or agency):
        yield "authors", item.raw, csl.get("author"), names
    for field in ("container", "publisher"):
        if gold[field] and _plain(gold[field]) not in named:
            yield field, item.raw, named, gold[field]


def _cites(found: Source) -> list[Reference]:
    return [item for item in found.references if re.match(r"\{\{\s*cit(?:e |ation)", item.raw, re.IGNORECASE)]


@pytest.fixture(scope="module")
def degraded(shared: Path) -> Degrade:
    spec = importlib.util.spec_from_file_location("degrade", shared / "evals" / "wikitext" / "degrade.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    degrade: Degrade = module.degrade
    return degrade


def _score(pairs: list[tuple[Reference, dict[str, Any]]]) -> tuple[float, list[Mismatch]]:
    wrong = [one for item, gold in pairs for one in _mismatches(item, gold)]
    return 1 - len(wrong) / (len(pairs) * len(FIELDS)), wrong


def _told(share: float, wrong: list[Mismatch], found: int, wanted: int, there: int) -> None:
    print(f"{found} of {wanted} citations, {there} of them in the text; {share:.2%} of fields")
    for one in wrong:
        print(one)


@pytest.mark.parametrize("name", ARTICLES)
def test_headings_and_citations_of_an_article_are_those_of_the_gold(shared: Path, name: str) -> None:
    gold, text = _gold(shared, name)
    found = _source(text)
    headings = [(block.level, block.text) for block in found.blocks if block.kind == "heading"]
    assert headings == [(heading["level"], _plain(heading["text"])) for heading in gold["headings"]]
    plain = html.unescape(text) if gold["xml_escaped"] else text
    raws = [html.unescape(item.raw) if gold["xml_escaped"] else item.raw for item in _cites(found)]
    assert raws == [plain[item["start"] : item["end"]] for item in gold["cites"]]


def test_the_fields_of_six_articles_are_those_of_the_gold(shared: Path) -> None:
    pairs = []
    for name in ARTICLES:
        gold, text = _gold(shared, name)
        pairs += list(zip(_cites(_source(text)), gold["cites"], strict=True))
    share, wrong = _score(pairs)
    _told(share, wrong, len(pairs), len(pairs), len(pairs))
    assert share >= 0.995


def test_half_stripped_articles_keep_headings_citations_and_fields(shared: Path, degraded: Degrade) -> None:
    pairs = []
    wanted = there = 0
    for name in ARTICLES:
        gold, whole = _gold(shared, name)
        text = degraded(whole)
        found = _source(text)
        headings = [(block.level, block.text) for block in found.blocks if block.kind == "heading"]
        assert headings == [(heading["level"], _plain(heading["text"])) for heading in gold["headings"]]
        known = {
            _letters(item.raw, degraded): cite for item, cite in zip(_cites(_source(whole)), gold["cites"], strict=True)
        }
        pairs += [(item, known[_letters(item.raw, degraded)]) for item in _cites(found)]
        there += len(re.findall(r"\{\{\s*(?:cite |citation\s*\|)", text, re.IGNORECASE))
        wanted += len(gold["cites"])
    share, wrong = _score(pairs)
    _told(share, wrong, len(pairs), wanted, there)
    assert len(pairs) == there
    assert len(pairs) >= 0.99 * wanted
    assert share >= 0.995


def _gold(shared: Path, name: str) -> tuple[dict[str, Any], str]:
    folder = shared / "evals" / "wikitext"
    gold = json.loads((folder / "gold" / f"{name}.json").read_text("utf-8"))
    return gold, (folder / "articles" / f"{name}.wikitext").read_text("utf-8")


def _letters(raw: str, degraded: Degrade) -> str:
    """What tells a citation, whole or half-stripped: its letters and digits without markup."""
    return re.sub(r"\W", "", degraded(html.unescape(html.unescape(raw))))


def test_the_fields_of_the_half_stripped_document_are_those_of_its_gold(shared: Path) -> None:
    gold = json.loads(next((shared / "evals" / "seeds").glob("000_*.json")).read_text("utf-8"))
    found = _source((shared / "sources" / gold["file"]).read_text("utf-8"))
    placed = {(item.start, item.end): item for item in found.references}
    share, wrong = _score([(placed[item["start"], item["end"]], item) for item in gold["cites"]])
    print(f"{len(gold['cites'])} citations, {share:.2%} of fields")
    for one in wrong:
        print(one)
    assert share >= 0.995
    bare = [(placed[item["start"], item["end"]], item) for item in gold["bare_references"]]
    missed = [one for item, wanted in bare for one in _bare_mismatches(item, wanted)]
    assert missed == []


def _bare_mismatches(item: Reference, gold: dict[str, Any]) -> Iterator[Mismatch]:
    csl = item.csl
    named = {csl.get("publisher"), csl.get("container-title"), *(_name(name) for name in csl.get("author", ()))}
    issued = (csl.get("issued") or {}).get("date-parts", [[]])
    if csl.get("title") != gold["title"]:
        yield "title", item.raw, csl.get("title"), gold["title"]
    if gold["authors"] and [_name(name) for name in csl.get("author", ())] != gold["authors"]:
        yield "authors", item.raw, csl.get("author"), gold["authors"]
    said = not any("only in the url" in note for note in gold.get("notes", ()))
    if gold["publisher"] and said and gold["publisher"] not in named:
        yield "publisher", item.raw, named, gold["publisher"]
    if gold["date"] and _numbers(gold["date"]) not in issued:
        yield "date", item.raw, issued, gold["date"]
    if gold["url"] and csl.get("URL") != gold["url"]:
        yield "url", item.raw, csl.get("URL"), gold["url"]
    if gold.get("pages") and (item.locator.value if item.locator else csl.get("page")) != gold["pages"]:
        yield "pages", item.raw, item.locator, gold["pages"]
