"""Verifying: every statement found again, and each one named that was changed or is gone."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.cli import main
from briefgen.evidence import Evidence, load_evidence
from briefgen.outputs import read_deck
from briefgen.verify import VerifyReport, verify

DECK, HANDOUT, EVIDENCE = "outline.pptx", "outline-handout.html", "outline.evidence.json"


def rewritten(path: Path, change: Callable[[str, str], str]) -> None:
    """Puts each XML part of a package through `change` (name, text)."""
    with zipfile.ZipFile(path) as package:
        parts = [(entry, package.read(entry)) for entry in package.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for entry, data in parts:
            if entry.filename.endswith(".xml"):
                data = change(entry.filename, data.decode("utf-8")).encode("utf-8")
            package.writestr(entry, data)


def on_slides(change: Callable[[str], str]) -> Callable[[str, str], str]:
    return lambda name, text: change(text) if re.fullmatch(r"ppt/slides/slide\d+\.xml", name) else text


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def evidence(folder: Path) -> Evidence:
    loaded = load_evidence(folder / EVIDENCE)
    assert isinstance(loaded, Evidence)
    return loaded


def holding(folder: Path, words: str) -> set[str]:
    """The ids of the statements that hold `words`."""
    found = {statement.id for statement in evidence(folder).statements if words in statement.text}
    assert found
    return found


def lost(report: VerifyReport) -> dict[str, tuple[str, str]]:
    return {one.id: (one.status, one.where) for one in report.statements if one.status != "found"}


@pytest.fixture
def output(built: Path) -> Path:
    return built / "output"


@pytest.mark.parametrize("name", [DECK, HANDOUT, EVIDENCE])
def test_every_statement_is_found_right_after_a_build(output: Path, name: str) -> None:
    report = verify(output / name)
    assert report.problems == ()
    assert lost(report) == {}
    assert report.total == len(report.statements) == len(evidence(output).statements) > 12


def test_a_word_changed_on_a_slide_names_the_statement(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewritten(output / DECK, on_slides(lambda text: text.replace("peasants", "volunteers")))
    changed = holding(output, "peasants")
    report = verify(output / DECK)
    assert lost(report) == dict.fromkeys(changed, ("changed", "output"))
    assert all("volunteers" in one.detail for one in report.statements if one.id in changed)
    assert main(["verify", str(output / DECK)]) == 1
    said = capsys.readouterr().out
    assert all(f"{name}: changed in the output" in said for name in changed)
    assert main(["verify", str(output / HANDOUT)]) == 0


def test_a_hedge_taken_out_on_a_slide_names_the_statement(output: Path) -> None:
    rewritten(output / DECK, on_slides(lambda text: text.replace("are thought to have died", "have died")))
    assert lost(verify(output / DECK)) == dict.fromkeys(holding(output, "are thought to"), ("changed", "output"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Ferdinand de Lesseps", "Never: Ferdinand de Lesseps"),
        ("died of cholera.", "died of cholera. Not so."),
    ],
)
def test_words_put_beside_a_statement_name_it(output: Path, old: str, new: str) -> None:
    changed = holding(output, old)
    rewritten(output / DECK, on_slides(lambda text: text.replace(f">{old}", f">{new}").replace(f"{old}<", f"{new}<")))
    found = lost(verify(output / DECK))
    assert found
    assert set(found) <= changed


def test_a_word_changed_in_a_table_names_the_row(output: Path) -> None:
    rewritten(
        output / DECK, on_slides(lambda text: re.sub(r"230(</a:t></a:r>.*?<a:t>)? million", r"320\1 million", text))
    )
    assert set(lost(verify(output / DECK))) >= holding(output, "230 million")


def test_a_word_changed_in_the_handout_names_the_statement(output: Path) -> None:
    replaced(output / HANDOUT, "peasants", "volunteers")
    assert lost(verify(output / HANDOUT)) == dict.fromkeys(holding(output, "peasants"), ("changed", "output"))
    assert lost(verify(output / DECK)) == {}


def test_a_passage_printed_within_a_longer_one_is_found_there_and_named_with_it(output: Path) -> None:
    record = json.loads((output / EVIDENCE).read_text("utf-8"))
    (outer,) = (one for one in record["statements"] if one["id"] in holding(output, "peasants"))
    span = {**outer["passage"]["span"], "end": outer["passage"]["span"]["start"] + 20}
    text = outer["passage"]["text"][:20]
    inner = {**outer, "id": "inner", "text": text, "spans": [span], "passage": {"text": text, "span": span}}
    record["statements"].append(inner)
    (output / EVIDENCE).write_text(json.dumps(record), "utf-8")
    assert lost(verify(output / HANDOUT)) == {}
    replaced(output / HANDOUT, "peasants", "volunteers")
    assert set(lost(verify(output / HANDOUT))) == {"inner", *holding(output, "peasants") - {"inner"}}


def test_a_word_changed_in_a_source_names_the_statement(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    replaced(output.parent / "sources" / "suez-canal.wikitext", "peasants", "volunteers")
    for name in (DECK, HANDOUT, EVIDENCE):
        report = verify(output / name)
        assert lost(report) == dict.fromkeys(holding(output, "peasants"), ("changed", "source"))
        assert [problem.message for problem in report.problems] == ["this source was changed since the build"]
    assert main(["verify", str(output / EVIDENCE), "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["found"] == said["total"] - len(holding(output, "peasants"))


def test_statements_are_found_where_a_source_was_only_moved_about(output: Path) -> None:
    replaced(
        output.parent / "sources" / "suez-canal.wikitext",
        "== History ==",
        "A line more, at the start of it all.\n\n== History ==",
    )
    assert lost(verify(output / DECK)) == {}


def test_statements_are_found_after_the_slides_were_put_in_another_order(output: Path) -> None:
    def backwards(name: str, text: str) -> str:
        if name != "ppt/presentation.xml":
            return text
        slides = re.findall(r"<p:sldId [^>]*/>", text)
        assert len(slides) > 3
        turned = iter(slides[::-1])
        return re.sub(r"<p:sldId [^>]*/>", lambda _: next(turned), text)

    rewritten(output / DECK, backwards)
    assert lost(verify(output / DECK)) == {}


def test_a_bullet_that_was_taken_out_is_missing(output: Path) -> None:
    paragraph = re.compile(r"<a:p>(?:(?!</a:p>).)*peasants.*?</a:p>", re.DOTALL)
    rewritten(output / DECK, on_slides(lambda text: paragraph.sub("<a:p/>", text)))
    assert lost(verify(output / DECK)) == dict.fromkeys(holding(output, "peasants"), ("missing", "output"))


def test_sources_that_were_moved_are_found_when_named(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = output.parent / "papers"
    shutil.move(output.parent / "sources", elsewhere)
    gone = verify(output / DECK)
    assert {problem.severity for problem in gone.problems} == {"error"}
    assert len(gone.problems) == len(evidence(output).sources)
    assert {where for _, where in lost(gone).values()} == {"source"}
    found = verify(output / DECK, (str(elsewhere),))
    assert (found.problems, lost(found)) == ((), {})
    assert main(["verify", str(output / DECK), "--sources", str(elsewhere)]) == 0
    assert "statements found" in capsys.readouterr().out


def test_a_built_project_can_be_moved_as_a_whole(output: Path, tmp_path: Path) -> None:
    moved = shutil.move(output.parent, tmp_path / "another name")
    assert lost(verify(Path(moved) / "output" / DECK)) == {}


def only_problem(report: VerifyReport) -> str:
    (problem,) = report.problems
    assert problem.severity == "error"
    assert problem.where is not None
    assert problem.hint
    return problem.message


@pytest.mark.parametrize("junk", [b"", b"junk", b"PK\x03\x04junk"])
def test_a_file_that_is_no_presentation_is_a_problem(output: Path, junk: bytes) -> None:
    (output / DECK).write_bytes(junk)
    assert "no presentation" in only_problem(verify(output / DECK))
    assert main(["verify", str(output / DECK)]) == 1


def test_a_presentation_with_a_broken_slide_is_a_problem(output: Path) -> None:
    rewritten(output / DECK, on_slides(lambda text: text[:100]))
    assert "no presentation" in only_problem(verify(output / DECK))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_presentation_is_a_problem_or_read_as_it_is(
    built_once: Path, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = bytearray((built_once / "output" / DECK).read_bytes())
    start = data.draw(st.integers(0, len(whole) - 1))
    whole[start : start + data.draw(st.integers(0, 200))] = data.draw(st.binary(max_size=20))
    damaged = tmp_path_factory.getbasetemp() / "damaged.pptx"
    damaged.write_bytes(whole)
    read = read_deck(damaged)
    assert isinstance(read, tuple) or "no presentation" in read.message


def test_note_marks_are_left_out_however_their_height_is_written(output: Path) -> None:
    rewritten(output / DECK, on_slides(lambda text: re.sub(r'baseline="\d+"', 'baseline="30%"', text)))
    assert lost(verify(output / DECK)) == {}


def test_a_slide_taken_out_of_the_show_is_not_looked_at(output: Path) -> None:
    def shorter(name: str, text: str) -> str:
        return re.sub(r"<p:sldId [^>]*/>", "", text) if name == "ppt/presentation.xml" else text

    rewritten(output / DECK, shorter)
    report = verify(output / DECK)
    assert {one.status for one in report.statements} == {"missing"} or report.problems


@pytest.mark.parametrize("junk", [b"", b"\xff\xfe\x00"])
def test_a_handout_that_is_no_page_is_a_problem(output: Path, junk: bytes) -> None:
    (output / HANDOUT).write_bytes(junk)
    assert "no handout" in only_problem(verify(output / HANDOUT))


def test_a_deck_without_its_evidence_is_a_problem(output: Path) -> None:
    (output / EVIDENCE).unlink()
    assert "evidence cannot be read" in only_problem(verify(output / DECK))


@pytest.mark.parametrize(
    "junk", [b"", b"{", b"[]", b'{"sources": 1}', b"\xff\xfe", b'{"sources": [], "statements": []}']
)
def test_broken_evidence_is_a_problem(output: Path, junk: bytes) -> None:
    (output / EVIDENCE).write_bytes(junk)
    assert "no evidence file" in only_problem(verify(output / DECK))


@pytest.mark.parametrize(
    "change", [{"block": 10**6}, {"block": -1}, {"start": -5}, {"end": 10**9}, {"source": "nobody"}]
)
def test_evidence_with_spans_that_lead_nowhere_does_not_find_by_accident(
    output: Path, change: dict[str, object]
) -> None:
    record = json.loads((output / EVIDENCE).read_text("utf-8"))
    (first, *_) = (one for one in record["statements"] if one["spans"])
    first["spans"][0].update(change)
    first["text"] = first["passage"]["text"] = "Words that no source has."
    (output / EVIDENCE).write_text(json.dumps(record), "utf-8")
    assert first["id"] in lost(verify(output / EVIDENCE))


def test_a_file_of_another_kind_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x", "utf-8")
    assert "no file that can be verified" in only_problem(verify(tmp_path / "notes.txt"))


def test_a_cell_changed_in_a_table_names_its_row_even_where_the_words_of_the_passage_stay(output: Path) -> None:
    rows = [one for one in evidence(output).statements if one.cells]
    date = rows[0].cells[0]
    rewritten(output / DECK, on_slides(lambda text: text.replace(f">{date}<", ">1066<")))
    assert rows[0].id in lost(verify(output / DECK))


def test_of_two_statements_with_the_same_words_the_changed_one_is_named(output: Path) -> None:
    records = evidence(output).statements
    twice = next(
        one
        for one in records
        if not one.cells and sum(other.text == one.text for other in records) == 2 and len(one.slides) == 1
    )
    slide = f"ppt/slides/slide{twice.slides[0]}.xml"
    last = twice.text.removesuffix(" …").split()[-1]

    def change(name: str, text: str) -> str:
        return text.replace(last, "something else") if name == slide else text

    rewritten(output / DECK, change)
    assert twice.id in lost(verify(output / DECK))


def test_a_file_that_is_no_deck_is_one_problem_and_no_statement_is_called_missing(output: Path) -> None:
    (output / DECK).write_bytes(b"not a deck")
    report = verify(output / DECK)
    assert len(report.problems) == 1
    assert report.statements == ()
