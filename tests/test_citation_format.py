"""Citations: notes and bibliographies through the citation processor, short notes, and a source's own item."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefgen.citations.kept as kept_module
from briefgen.citations.csl_style import find_style, style_names
from briefgen.citations.dates import edtf_to_csl, short_date
from briefgen.citations.fixes import clean_text, fix_item, fix_runs, safe_url
from briefgen.citations.format import format_citations
from briefgen.citations.full_notes import with_full_notes
from briefgen.citations.request import Cite, FormatRequest, Formatted
from briefgen.citations.short import person_name, short_note, short_work, source_item, source_label
from briefgen.model import Locator, Reference, Run, Source, plain

BOOK: dict[str, Any] = {
    "id": "book",
    "type": "book",
    "title": "Rivers of Salt: A History, 1900–1950",
    "title-short": "Rivers of Salt",
    "author": [{"family": "Okafor", "given": "Ada"}, {"family": "Lind", "given": "Per"}],
    "publisher": "Delta Press",
    "issued": {"date-parts": [[2013]]},
}
ENTRY: dict[str, Any] = {
    "id": "wiki page/1",
    "type": "entry-encyclopedia",
    "title": "Salt river",
    "container-title": "Openpedia",
    "issued": {"raw": "2024-12-15"},
    "URL": "https://example.org/wiki/Salt_river",
}
NEWS: dict[str, Any] = {
    "id": "news",
    "type": "article-newspaper",
    "title": "Floods & fears",
    "container-title": "The Daily Post",
    "issued": {"date-parts": [["2012", "11", "5"]]},
    "URL": "javascript:alert(1)",
}


def formatted(*notes: tuple[Cite, ...], style: str = "chicago-notes", language: str = "en") -> Formatted:
    result, problems = format_citations(FormatRequest(style, language, (BOOK, ENTRY, NEWS), notes))
    assert problems == ()
    return result


def words(result: Formatted) -> list[str]:
    return [plain(note) for note in result.notes]


@pytest.fixture(scope="module")
def chicago() -> Formatted:
    return formatted(
        (Cite("book", Locator("page", "128-129")),),
        (Cite("book", Locator("paragraph", "4"), suffix="which p. 9 disputes *all*"),),
        (Cite("wiki page/1", Locator("section", "Al-Qasr & its “dams”, 1980-1992")), Cite("news", prefix="citing ")),
        (Cite("wiki page/1", Locator("document", "3")),),
        (),
    )


def test_first_notes_are_full_and_later_ones_short(chicago: Formatted) -> None:
    first, later, *_ = words(chicago)
    assert first == "Ada Okafor and Per Lind, Rivers of Salt: A History, 1900–1950 (Delta Press, 2013), 128–29."
    assert later == "Okafor and Lind, Rivers of Salt, para. 4 which p. 9 disputes *all*."
    assert Run("Rivers of Salt", italic=True) in chicago.notes[1]


def test_a_locator_in_words_keeps_its_hyphens_and_gets_no_label(chicago: Formatted) -> None:
    section, document = words(chicago)[2:4]
    assert "December 15, 2024, “Al-Qasr & its ‘dams’, 1980-1992,” https://example.org" in section
    assert document == "Openpedia, “Salt river,” Document 3."


def test_a_note_names_what_its_source_cites_after_a_comma(chicago: Formatted) -> None:
    assert "Salt_river, citing “Floods & Fears,” The Daily Post, November 5, 2012." in words(chicago)[2]


def test_a_note_without_works_is_empty(chicago: Formatted) -> None:
    assert chicago.notes[4] == ()


def test_only_web_addresses_become_links(chicago: Formatted) -> None:
    links = {run.url for note in (*chicago.notes, *chicago.bibliography.values()) for run in note if run.url}
    assert links == {"https://example.org/wiki/Salt_river"}
    assert "javascript" not in "".join(words(chicago))


def test_the_bibliography_lists_every_item_even_those_its_style_leaves_out(chicago: Formatted) -> None:
    lines = {identifier: plain(runs) for identifier, runs in chicago.bibliography.items()}
    assert lines["wiki page/1"].startswith("Openpedia. “Salt River.” December 15, 2024.")
    assert list(lines) == ["book", "wiki page/1", "news"]


@pytest.mark.parametrize("style", ["apa", "mla"])
def test_notes_of_in_text_styles_lead_to_the_work(style: str) -> None:
    result = formatted((Cite("book", Locator("page", "13-15")),), (Cite("book"),), style=style)
    first, second = words(result)
    assert first.startswith("Okafor, A")
    assert first.endswith(", pp. 13–15.")
    assert second == plain(result.bibliography["book"])


def test_a_date_in_raw_text_is_never_printed_as_no_date() -> None:
    assert "(2024)" in plain(formatted((Cite("wiki page/1"),), style="apa").notes[0])


def test_pages_stay_pages_in_other_languages() -> None:
    result = formatted((Cite("book", Locator("page", "13-15")),), style="apa", language="de")
    assert words(result)[0].endswith(", S. 13–15.")


def test_an_unknown_style_names_the_nearest_and_the_default_is_used() -> None:
    result, problems = format_citations(FormatRequest("chicgo-notes", "en", (BOOK,), ((Cite("book"),),)))
    assert [(problem.severity, problem.hint) for problem in problems] == [("error", "did you mean 'chicago-notes'?")]
    assert words(result)[0].startswith("Ada Okafor")


def test_a_style_may_be_a_file(tmp_path: Path) -> None:
    path = tmp_path / "own.csl"
    path.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>Own</title>'
        "<id>own</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
        '<citation><layout suffix="!"><text variable="title"/></layout></citation></style>',
        encoding="utf-8",
    )
    result, problems = format_citations(FormatRequest(str(path), "en", (BOOK,), ((Cite("book"),),)))
    assert problems == ()
    assert words(result) == ["Rivers of Salt: A History, 1900–1950!"]
    assert plain(result.bibliography["book"]) == f"Okafor, Lind. {BOOK['title']}. Delta Press, 2013."


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"<style",
        b"<html/>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><style xmlns="http://purl.org/net/xbiblio/csl"/>',
        b'<style xmlns="http://purl.org/net/xbiblio/csl"><info><link rel="independent-parent" href="http://x/y"/></info></style>',
    ],
)
def test_an_unusable_style_file_is_one_located_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.csl"
    path.write_bytes(content)
    _, problems = find_style(str(path))
    assert [(problem.severity, str(problem.where)) for problem in problems] == [("error", str(path))]


def test_unknown_and_repeated_ids_are_problems_and_the_rest_goes_on() -> None:
    request = FormatRequest("chicago-notes", "en", (BOOK, BOOK, {"title": "x"}), ((Cite("nothing"), Cite("book")),))
    result, problems = format_citations(request)
    assert len(problems) == 3
    assert words(result)[0].startswith("Ada Okafor")


def test_all_shipped_styles_are_found_and_credited() -> None:
    licence = (Path(__file__).parents[1] / "briefgen/citations/styles/LICENSE").read_text(encoding="utf-8")
    for name in style_names():
        style, problems = find_style(name)
        assert problems == ()
        assert "<citation" in with_full_notes(style)
    files = sorted(path.name for path in (Path(__file__).parents[1] / "briefgen/citations/styles").glob("*.csl"))
    assert len(files) == len(style_names())
    assert all(file in licence for file in files)


@settings(max_examples=4, deadline=None)
@given(st.text(), st.text(), st.text())
def test_any_text_in_any_field_is_printed_as_text(title: str, value: str, affix: str) -> None:
    item = {"id": title or "x", "title": title, "publisher": value, "issued": {"raw": value}, "URL": affix}
    cite = Cite(title or "x", Locator("section", value), affix, title)
    result, problems = format_citations(FormatRequest("chicago-notes", "en", (item,), ((cite, cite),)))
    assert problems == ()
    assert not any("\ue000" <= char <= "\uf8ff" for char in plain(result.notes[0]))
    assert list(result.bibliography) == [title or "x"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    ["title", "volume", "issued", "author", "composer", "URL", "type", "keyword", "custom", "note"]
)


@settings(max_examples=60, deadline=None)
@given(JSON)
def test_any_item_can_be_mended(value: Any) -> None:
    fixed = fix_item({"title": value, "issued": value, "author": value, "URL": value})
    assert fix_item(fixed) == fixed


@settings(max_examples=4, deadline=None)
@given(st.lists(st.dictionaries(FIELDS, JSON), min_size=8, max_size=20))
def test_no_item_stops_the_processor_for_the_others(items: list[dict[str, Any]]) -> None:
    odd = tuple({**item, "id": f"i{index}"} for index, item in enumerate(items))
    result, problems = format_citations(FormatRequest("chicago-notes", "en", (BOOK, *odd), ((Cite("book"),),)))
    assert problems == ()
    assert words(result)[0].startswith("Ada Okafor")


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("a <b>bold</b> &amp; '''wiki''' [[link|word]]{{cn}}", "a bold & wiki word"),
        ("A\x00 \u200bB\tC\ue001", "A B C"),
        ("a < b > c", "a < b > c"),
        ("&lt;script&gt;x", "x"),
    ],
)
def test_fields_lose_markup_and_controls(raw: str, clean: str) -> None:
    assert clean_text(raw) == clean


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a,, b", "a, b"),
        ("Inc..", "Inc."),
        ("a. . b", "a. b"),
        ("a ... b", "a ... b"),
        ("a (), b", "a, b"),
        ("a “” b", "a b"),
    ],
)
def test_doubled_and_empty_punctuation_goes(before: str, after: str) -> None:
    assert plain(fix_runs((Run(before),))) == after


def test_punctuation_is_not_doubled_across_styles_and_addresses_stay() -> None:
    runs = (Run("See U.S.", italic=True), Run(". Then "), Run("http://x.org/a,,b", url="http://x.org/a,,b"))
    assert plain(fix_runs(runs)) == "See U.S. Then http://x.org/a,,b"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.org", "http://", "http://x y", "", None]
)
def test_other_addresses_are_not_links(url: str | None) -> None:
    assert safe_url(url) is None


@pytest.mark.parametrize(
    ("edtf", "short"),
    [
        ("2012-11-05", "5 Nov 2012"),
        ("2012-09", "Sept 2012"),
        ("2011-22", "Summer 2011"),
        ("2002~", "c. 2002"),
        ("1980/1992", "1980–1992"),
        ("-0043", "44 BC"),
    ],
)
def test_edtf_dates_have_short_words(edtf: str, short: str) -> None:
    assert short_date(edtf_to_csl(edtf)) == short


@pytest.mark.parametrize("edtf", ["", "2012-13", "soon", "2012-01-40", "1980/..", "1/2/3"])
def test_what_is_no_date_has_no_parts(edtf: str) -> None:
    assert edtf_to_csl(edtf) is None


def source(**fields: Any) -> Source:
    given = {"id": "s", "path": "s/flood-report.txt", "sha256": "", "kind": "page", "title": "", "blocks": ()}
    return Source(**{**given, **fields})


def reference(**csl: Any) -> Reference:
    return Reference(csl, "", 0, 0)


def test_a_short_note_names_source_place_and_cited_work() -> None:
    news = reference(issued={"date-parts": [[2012, 11, 5]]}, **{"container-title": "The Daily Post"})
    openpedia = source(kind="encyclopedia", publisher="Openpedia", title="Salt river")
    assert short_note(source_label(openpedia), Locator("section", "Floods"), [short_work(news.csl)]) == (
        "Openpedia, “Floods”, citing The Daily Post, 5 Nov 2012"
    )
    assert (
        short_note(source_label(source(publisher="Delta Radio")), Locator("paragraph", "31"), [])
        == "Delta Radio, para. 31"
    )
    assert (
        short_note(source_label(source(publisher="State Archive")), Locator("document", "3"), [])
        == "State Archive, Doc. 3"
    )
    assert short_note(source_label(source(title="Salt: A life")), Locator("page", "3-4"), []) == "Salt, pp. 3-4"


def test_a_short_note_counts_the_works_it_has_no_room_for() -> None:
    works = [reference(publisher=f"House {letter}", issued={"raw": "2001"}) for letter in "ABCDE"]
    assert short_note(source_label(source(publisher="P")), None, [short_work(one.csl) for one in works]) == (
        "P, citing House A, 2001; House B, 2001; House C, 2001 and 2 more"
    )


def test_a_source_without_any_metadata_is_called_by_its_file() -> None:
    assert source_label(source()) == "flood-report"
    assert source_item(source())["title"] == "flood-report"
    assert source_label(source(authors=("Ada van Okafor",))) == "van Okafor"


@given(st.text(), st.text(), st.lists(st.dictionaries(st.sampled_from(["title", "publisher"]), st.text()), max_size=5))
def test_short_notes_stay_short(publisher: str, place: str, works: list[dict[str, str]]) -> None:
    named = [short_work(reference(**work).csl) for work in works]
    note = short_note(source_label(source(publisher=publisher)), Locator("section", place), named)
    assert 0 < len(note) <= 130
    assert "\n" not in note


def test_a_source_has_an_item_of_its_kind() -> None:
    item = source_item(
        source(kind="encyclopedia", title="Salt river", publisher="Openpedia", published="2001", modified="2024-12-15")
    )
    assert item["type"] == "entry-encyclopedia"
    assert item["container-title"] == "Openpedia"
    assert item["issued"] == {"date-parts": [[2024, 12, 15]]}
    report = source_item(source(kind="report", publisher="Delta Institute", authors=("Delta Institute", "Lind, Per")))
    assert report["publisher"] == "Delta Institute"
    assert report["author"] == [{"literal": "Delta Institute"}, {"family": "Lind", "given": "Per"}]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ada B. Okafor", {"family": "Okafor", "given": "Ada B."}),
        ("Ludwig van der Lind", {"family": "van der Lind", "given": "Ludwig"}),
        ("Sam Lind Jr.", {"family": "Lind", "given": "Sam", "suffix": "Jr."}),
        ("The Editors", {"literal": "The Editors"}),
        ("Reuters", {"literal": "Reuters"}),
    ],
)
def test_names_are_parted_where_they_are_a_persons(text: str, name: dict[str, str]) -> None:
    assert person_name(text) == name


@given(st.text())
def test_any_text_is_a_name(text: str) -> None:
    assert all(isinstance(value, str) for value in person_name(text).values())


def test_what_was_formatted_once_is_not_formatted_again_and_damage_is_no_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRIEFGEN_CACHE", str(tmp_path))
    request = FormatRequest("chicago-notes", "en", ({**BOOK, "title": "Kept"},), ((Cite("book"),),))
    first = format_citations(request)
    monkeypatch.setattr(kept_module, "_recent", {})
    monkeypatch.setattr("briefgen.pandoc.run", None)
    assert format_citations(request) == first
    (file,) = (tmp_path / "citations").iterdir()
    file.write_bytes(file.read_bytes()[:-3] + b"xyz")
    monkeypatch.setattr(kept_module, "_recent", {})
    monkeypatch.undo()
    assert format_citations(request) == first


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("The C.I.A. and the war of al-Qaeda", "“The C.I.A. and the War of al-Qaeda,”"),
        ("Notes on bin Laden, e.g. the letters", "“Notes on bin Laden, e.g. the Letters,”"),
        ("The words (RA) https://a.example/x", "“The Words (RA) https://a.example/x,”"),
    ],
)
def test_words_with_a_case_of_their_own_keep_it_in_titles(title: str, printed: str) -> None:
    item = {"id": "x", "type": "article-newspaper", "title": title, "container-title": "The Post"}
    result, _ = format_citations(FormatRequest("chicago-notes", "en", (item,), ((Cite("x"),),)))
    assert words(result)[0].startswith(printed)


def test_a_work_without_a_title_is_its_address() -> None:
    item = {"id": "x", "type": "webpage", "URL": "https://only.example/a"}
    result, _ = format_citations(FormatRequest("chicago-notes", "en", (item,), ((Cite("x"),),)))
    assert words(result) == ["https://only.example/a."]


@pytest.mark.parametrize(
    ("date", "printed"), [("Spring 2012", "Spring 2012"), ("2012-13", "2012–2013"), ("5 May 2010", "May 5, 2010")]
)
def test_dates_as_people_write_them_are_dates(date: str, printed: str) -> None:
    item = {"id": "x", "type": "article-magazine", "title": "X", "container-title": "Bar", "issued": {"raw": date}}
    result, _ = format_citations(FormatRequest("chicago-notes", "en", (item,), ((Cite("x"),),)))
    assert words(result) == [f"“X,” Bar, {printed}."]


def test_an_archived_copy_stands_behind_the_first_note_and_the_entry() -> None:
    custom = {"archive-url": "https://web.archive.org/x", "archive-date": "2012-06-01", "url-status": "live"}
    item = {**NEWS, "URL": "https://post.example/x", "custom": custom}
    result, _ = format_citations(FormatRequest("chicago-notes", "en", (item,), ((Cite("news"),), (Cite("news"),))))
    assert words(result)[0].endswith("https://post.example/x (archived 1 June 2012).")
    assert "archived" not in words(result)[1]
    assert Run("archived 1 June 2012", url="https://web.archive.org/x") in result.bibliography["news"]


def test_a_later_note_has_a_short_title() -> None:
    item = {**BOOK, "title": "Rivers of Salt and of Sand: A Long History"}
    del item["title-short"]
    result, _ = format_citations(FormatRequest("chicago-notes", "en", (item,), ((Cite("book"),), (Cite("book"),))))
    assert words(result)[1] == "Okafor and Lind, Rivers of Salt and of Sand."


def test_a_british_style_has_its_dates_its_quotation_marks_and_its_ibid() -> None:
    cites = ((Cite("news", Locator("section", "Floods")),), (Cite("news", Locator("section", "Floods")),))
    result, _ = format_citations(FormatRequest("oscola", "en", ({**NEWS, "URL": ""},), cites))
    assert words(result) == ["‘Floods & Fears’ The Daily Post (5 November 2012) ‘Floods’.", "ibid."]


def test_a_dependent_style_finds_the_one_beside_it(tmp_path: Path) -> None:
    head = '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>T</title>'
    link = '<link href="http://www.zotero.org/styles/own" rel="independent-parent"/></info></style>'
    (tmp_path / "leaf.csl").write_text(head + link, encoding="utf-8")
    _, problems = find_style(str(tmp_path / "leaf.csl"))
    assert "put own.csl beside it" in problems[0].message
    layout = '</info><citation><layout><text variable="title"/></layout></citation></style>'
    (tmp_path / "own.csl").write_text(head + layout, encoding="utf-8")
    assert find_style(str(tmp_path / "leaf.csl")) == (find_style(str(tmp_path / "own.csl"))[0], ())


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=6))
def test_titles_in_any_script_stay_whole(titles: list[str]) -> None:
    items = tuple({"id": str(number), "title": f"A{title}"} for number, title in enumerate(titles))
    result, problems = format_citations(FormatRequest("apa", "en", items, tuple((Cite(i["id"]),) for i in items)))
    assert problems == ()
    assert all(words(result))
