"""Bibliographies of reference managers: what is written is read back, and what sources take from them."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.bibliographies import bibliography_of
from briefgen.citations.exchange import read_works, written
from briefgen.citations.exchange.biblatex import from_biblatex, to_biblatex
from briefgen.citations.exchange.ris import from_ris, to_ris
from briefgen.citations.short import source_item
from briefgen.cli import main
from briefgen.library import read_file

WORKS: list[dict[str, Any]] = [
    {
        "id": "okafor2013",
        "type": "book",
        "title": "Rivers of Salt & Sand: 50% of a History",
        "author": [{"family": "Okafor", "given": "Ada"}, {"family": "van der Lind", "given": "Per"}],
        "publisher": "Delta Press",
        "publisher-place": "Lagos",
        "edition": "2",
        "ISBN": "978-0-19-936525-8",
        "issued": {"date-parts": [[2013]]},
    },
    {
        "id": "post2012",
        "type": "article-newspaper",
        "title": "Floods and fears",
        "container-title": "The Daily Post",
        "author": [{"literal": "Reuters and Sons"}],
        "issued": {"date-parts": [[2012, 11, 5]]},
        "accessed": {"date-parts": [[2018, 9, 4]]},
        "URL": "http://post.example/a_b?c=1&d=%20e~f#:~:text=x",
    },
    {
        "id": "lind2001",
        "type": "article-journal",
        "title": "On salt",
        "container-title": "Journal of Salt",
        "author": [{"family": "Lind", "given": "Per", "suffix": "Jr."}],
        "volume": "12",
        "issue": "3",
        "page": "12–19",
        "DOI": "10.1000/x_1",
        "issued": {"date-parts": [[2001, 5]]},
    },
    {
        "id": "wiki",
        "type": "entry-encyclopedia",
        "title": "Salt river",
        "container-title": "Openpedia",
        "issued": {"date-parts": [[2024, 12, 15]]},
        "language": "en",
    },
    {
        "id": "cable1",
        "type": "report",
        "title": "Salt and the state",
        "publisher": "Embassy of the Delta",
        "genre": "Cable",
        "number": "Delta 00154",
        "issued": {"date-parts": [[1997, 1, 7]]},
    },
]


@pytest.mark.parametrize("work", WORKS, ids=lambda work: str(work["id"]))
@pytest.mark.parametrize("form", ["biblatex", "ris"])
def test_a_work_that_is_written_is_read_back(work: dict[str, Any], form: str) -> None:
    text = written([work], form)
    (found,) = from_biblatex(text)[0] if form == "biblatex" else from_ris(text)
    assert found == work


def test_csl_json_is_written_without_what_no_other_program_knows() -> None:
    text = written([{**WORKS[0], "custom": {"quote": "x"}}], "csl")
    assert json.loads(text) == [WORKS[0]]


def test_bibtex_as_people_write_it_is_read() -> None:
    text = r"""
@string{foo = "Journal of Foo"}
@article{a, title={The {CIA} and M\"uller \& Sons}, author={Doe, Jane and {World Bank} and van der Roe, R.},
  journal=foo, year=2012, month=may, pages={1--9}}
@phdthesis{b, title="Salt", author="Ada Okafor", school={Delta University}, year={1999}}
"""
    items, faults = from_biblatex(text)
    assert faults == []
    article, thesis = items
    assert article["title"] == "The CIA and Müller & Sons"
    assert article["author"] == [
        {"family": "Doe", "given": "Jane"},
        {"literal": "World Bank"},
        {"family": "van der Roe", "given": "R."},
    ]
    assert (article["container-title"], article["page"]) == ("Journal of Foo", "1–9")
    assert article["issued"] == {"date-parts": [[2012, 5]]}
    assert (thesis["type"], thesis["publisher"]) == ("thesis", "Delta University")


def test_a_broken_entry_is_named_with_its_line_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.bib"
    path.write_text("@book{a, title={A}}\n@book{a, title={B}}\n\n@book{c, title={C}\n", "utf-8")
    works, problems = read_works(path)
    assert [work["title"] for work in works] == ["A"]
    assert [(problem.where.line if problem.where else 0) for problem in problems] == [2, 4]


@pytest.mark.parametrize(("name", "text"), [("a.json", "{"), ("a.json", "[1]"), ("a.json", "{}"), ("a.ris", "no ris")])
def test_what_is_no_bibliography_is_one_problem(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    works, problems = read_works(path)
    assert (works, len(problems)) == ((), 1) or (name == "a.ris" and works == ())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["title", "publisher", "URL", "page", "volume", "number", "id"]), st.text()),
        max_size=4,
    )
)
def test_any_words_can_be_written_in_any_form(works: list[dict[str, Any]]) -> None:
    for form in ("csl", "biblatex", "ris"):
        assert isinstance(written(works, form), str)
    assert len(from_biblatex(to_biblatex(works))[0]) == len(works)


@pytest.mark.parametrize("title", ['_A"', 'The_Suez_Canal "again"', "A_b_C", "x_y"])
def test_a_title_with_low_lines_is_read_back(title: str) -> None:
    items, faults = from_biblatex(to_biblatex([{"title": title}]))
    assert faults == []
    assert [item["title"] for item in items] == [title]


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_is_read_as_a_bibliography_or_refused(text: str) -> None:
    items, faults = from_biblatex(text)
    assert all(isinstance(item["id"], str) for item in items)
    assert all(line >= 1 for line, _ in faults)


TEXT = (
    "The pier was built of oak in 1887 by the harbour company, which had sold four hundred shares for it.\n\n"
    "It was closed in 1951 after a storm, and the town has argued ever since about who should have it mended.\n"
)


def folder(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / "pier.txt").write_text(TEXT, "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    return tmp_path / "pier.txt"


BIB = """@article{x, title={The Pier}, author={Okafor, Ada}, journaltitle={Harbours}, date={2003-05}, volume={7},
  file = {Full:files/12/pier.txt:text/plain}}"""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bibliography.bib", BIB),
        ("bibliography.json", json.dumps([{"id": "pier", "type": "article-journal", "title": "The Pier",
            "author": [{"family": "Okafor", "given": "Ada"}], "container-title": "Harbours", "volume": "7",
            "issued": {"date-parts": [[2003, 5]]}}])),
        ("bibliography.ris", "TY  - JOUR\nID  - pier\nTI  - The Pier\nAU  - Okafor, Ada\nT2  - Harbours\nVL  - 7\n"
            "DA  - 2003/05//\nER  - \n"),
    ],
)  # fmt: skip
def test_a_source_is_what_the_bibliography_in_its_folder_says(tmp_path: Path, name: str, text: str) -> None:
    found = read_file(folder(tmp_path, name, text))
    assert found.problems == ()
    assert found.source is not None
    assert (found.source.title, found.source.authors, found.source.published) == (
        "The Pier",
        ("Ada Okafor",),
        "2003-05",
    )
    assert found.source.origins["title"] == name
    item = source_item(found.source)
    assert (item["type"], item["container-title"], item["volume"]) == ("article-journal", "Harbours", "7")


def test_a_sidecar_wins_over_the_bibliography(tmp_path: Path) -> None:
    path = folder(tmp_path, "bibliography.bib", BIB)
    (tmp_path / "pier.source.yaml").write_text("title: The old pier\npublished: 1999\n", "utf-8")
    found = read_file(path).source
    assert found is not None
    item = source_item(found)
    assert (item["title"], item["issued"], item["volume"]) == ("The old pier", {"date-parts": [[1999]]}, "7")


def test_an_entry_with_the_address_of_a_source_is_its_entry(tmp_path: Path) -> None:
    (tmp_path / "bibliography.json").write_text(
        json.dumps([{"id": "z", "title": "The Pier", "URL": "https://www.pier.example/a/"}]), "utf-8"
    )
    found = bibliography_of(tmp_path)
    entry = found.entry(tmp_path / "other.html", "http://pier.example/a")
    assert entry is not None
    assert entry["title"] == "The Pier"
    assert found.entry(tmp_path / "other.html", None) is None


def test_the_works_of_an_outline_are_those_of_its_bibliography(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    assert main(["bibliography", "outline.yaml", "--out", "works.bib", "--to", "biblatex"]) == 0
    works, problems = read_works(project / "works.bib")
    assert problems == ()
    assert len(works) >= 4
    assert main(["cite", "works.bib", "--style", "apa", "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert len(printed["notes"]) == len(works)
    assert all(line.strip() for line in printed["bib"])


def test_a_sequence_of_notes_is_formatted_as_the_style_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "w.json").write_text(json.dumps(WORKS), "utf-8")
    (tmp_path / "s.json").write_text(
        json.dumps([[{"id": "okafor2013", "locator": "12"}], [{"id": "okafor2013", "prefix": "see "}]]), "utf-8"
    )
    arguments = ["cite", str(tmp_path / "w.json"), "--sequence", str(tmp_path / "s.json"), "--json"]
    assert main([*arguments, "--style", "chicago-author-date"]) == 0
    assert json.loads(capsys.readouterr().out)["notes"] == [
        "(Okafor and van der Lind 2013, 12)",
        "(see Okafor and van der Lind 2013)",
    ]
    (tmp_path / "s.json").write_text("[[1]]", "utf-8")
    assert main(arguments) == 1
    assert "this is no sequence of notes" in capsys.readouterr().err


def test_ris_and_biblatex_of_no_works_are_empty() -> None:
    assert (to_biblatex([]), to_ris([]).strip()) == ("", "")
