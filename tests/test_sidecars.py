"""What a user says of a source in a file beside it."""

from pathlib import Path

from briefgen.library import open_library, read_file

PAGE = (
    "The Pier\n\nThe pier at Brackwater was opened in 1887 by the harbour company, and it was closed again in 1923.\n"
)


def _source(folder: Path, sidecar: str) -> Path:
    (folder / "pier.txt").write_text(PAGE)
    (folder / "pier.source.yaml").write_text(sidecar)
    return folder / "pier.txt"


def test_a_sidecar_takes_the_place_of_what_the_reader_found(tmp_path: Path) -> None:
    path = _source(
        tmp_path, "title: A Pier\nauthors: Ada Quay\npublisher: Brackwater Post\npublished: 1931\nkind: news\n"
    )
    source = read_file(path).source
    assert source is not None
    assert (source.title, source.authors, source.publisher) == ("A Pier", ("Ada Quay",), "Brackwater Post")
    assert (source.published, source.kind) == ("1931", "news")
    assert source.origins["publisher"] == "pier.source.yaml"


def test_what_a_sidecar_does_not_say_stays_as_it_was_read(tmp_path: Path) -> None:
    source = read_file(_source(tmp_path, "publisher: Brackwater Post\n")).source
    assert source is not None
    assert source.title == "The Pier"
    assert source.kind == "page"


def test_a_sidecars_date_may_be_a_day(tmp_path: Path) -> None:
    source = read_file(_source(tmp_path, "published: 2017-10-23\n")).source
    assert source is not None
    assert source.published == "2017-10-23"


def test_a_date_that_is_none_is_a_problem_and_the_rest_of_the_sidecar_holds(tmp_path: Path) -> None:
    reading = read_file(_source(tmp_path, "published: soon\npublisher: Post\n"))
    assert reading.source is not None
    assert (reading.source.published, reading.source.publisher) == (None, "Post")
    assert ["'published' is no date" in problem.message for problem in reading.problems] == [True]


def test_a_misspelt_key_is_a_problem_with_its_place(tmp_path: Path) -> None:
    reading = read_file(_source(tmp_path, "title: A Pier\npublishr: Post\n"))
    assert reading.source is not None
    assert reading.source.title == "A Pier"
    assert [(problem.where.line, problem.where.column) for problem in reading.problems if problem.where] == [(2, 1)]


def test_a_sidecar_that_is_no_mapping_is_told_once(tmp_path: Path) -> None:
    reading = read_file(_source(tmp_path, "- a list\n"))
    assert reading.source is not None
    assert len(reading.problems) == 1


def test_a_sidecar_is_no_source(tmp_path: Path) -> None:
    _source(tmp_path, "title: A Pier\n")
    assert [source.id for source in open_library([tmp_path]).sources] == ["pier"]


def test_a_kind_that_there_is_not_is_a_problem_that_names_those_there_are(tmp_path: Path) -> None:
    reading = read_file(_source(tmp_path, "kind: article\n"))
    assert reading.source is not None
    assert ["encyclopedia" in problem.message for problem in reading.problems] == [True]


def test_a_sidecars_date_may_be_a_month(tmp_path: Path) -> None:
    source = read_file(_source(tmp_path, "published: 2017-10\n")).source
    assert source is not None
    assert source.published == "2017-10"
