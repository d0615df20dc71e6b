"""Witnesses: which sentences of other sources count for a statement, which do not, and how they are noted."""

from pathlib import Path

import pytest

from briefgen.build import build
from briefgen.composing import prepare
from briefgen.evidence import load_evidence
from briefgen.model import Brief, Statement, statements_of
from briefgen.problems import Problem
from briefgen.results import BuildOptions
from briefgen.verify import verify

FILLER = """The Suez Canal is dredged by night and day in all the months of summer.

Pilots of the Suez Canal take every ship from one sea to the other.

Tolls of the Suez Canal are reckoned by the tonnage of each vessel."""


def made(folder: Path, first: str, second: str) -> Path:
    """An outline over two sources, one sentence each among others; it shows the first."""
    sources = folder / "sources"
    sources.mkdir(exist_ok=True)
    (sources / "first.md").write_text(f"# First\n\n{first}\n\n{FILLER}\n", "utf-8")
    (sources / "second.md").write_text(f"# Second\n\nNobody knows the depth of the lakes.\n\n{second}\n", "utf-8")
    outline = folder / "outline.yaml"
    block = f"  - title: Canal\n    blocks:\n      - quote: {{find: {first[:-1]!r}, source: first}}\n"
    outline.write_text(f"title: The Suez Canal\nsources: sources\nsections:\n{block}", "utf-8")
    return outline


def shown(folder: Path, first: str, second: str) -> tuple[Statement, Brief]:
    brief, _ = prepare(made(folder, first, second), BuildOptions())
    assert brief is not None
    (statement,) = [one for section in brief.sections for one in statements_of(section)]
    return statement, brief


OPENED = "The Suez Canal was opened on 17 November 1869 by Empress Eugenie of France."

SAME = [
    (OPENED, "On 17 November 1869 Empress Eugenie of France opened the Suez Canal, as bands played."),
    (OPENED, "The Suez Canal was opened by Empress Eugenie of France in November 1869, after ten years of work."),
    (
        "The United States lent Egypt dredgers for the Suez Canal in May 1975.",
        "In May 1975 the U.S. lent Egypt dredgers for the Suez Canal.",
    ),
    (
        "The Suez Canal joins the Mediterranean Sea with the Red Sea at Port Tewfik.",
        "By a cut of sand, the Suez Canal joins the Mediterranean Sea with the Red Sea at Port Tewfik.",
    ),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_another_source_that_tells_the_same_is_a_witness_with_a_note(first: str, second: str, tmp_path: Path) -> None:
    statement, brief = shown(tmp_path, first, second)
    assert statement.text == first
    assert statement.corroborated_by == ("second",)
    notes = {note.number: note.source for note in brief.notes}
    assert [notes[number] for number in statement.notes] == ["first", "second"]


NOT_THE_SAME = [
    # Another day, another number, another name.
    (OPENED, "The Suez Canal was opened on 18 November 1869 by Empress Eugenie of France."),
    (
        "Some 1,500 guests came to Ismailia in November 1869 for the opening of the Suez Canal.",
        "Some 6,000 guests came to Ismailia in November 1869 for the opening of the Suez Canal.",
    ),
    (OPENED, "The Suez Canal was opened on 17 November 1869 by Emperor Franz Joseph of Austria."),
    # A denial, and a sentence that is less sure.
    (OPENED, "It is wrong that the Suez Canal was never opened on 17 November 1869 by Empress Eugenie of France."),
    (OPENED, "The Suez Canal was reportedly opened on 17 November 1869 by Empress Eugenie of France."),
    # No date where the statement has one, a part of what is said, and the same words of other things.
    (OPENED, "The Suez Canal was opened by Empress Eugenie of France."),
    (OPENED, "Empress Eugenie came from France on 17 November 1869."),
    (
        "The Suez Canal Board pays harbour pilots of Egypt.",
        "Harbour pilots, whom Egypt pays, were asked by a clerk who has long sat on the Board to leave the Suez Canal.",
    ),
]


@pytest.mark.parametrize(("first", "second"), NOT_THE_SAME)
def test_a_sentence_that_does_not_tell_the_same_is_no_witness(first: str, second: str, tmp_path: Path) -> None:
    statement, _ = shown(tmp_path, first, second)
    assert (statement.corroborated_by, len(statement.notes)) == ((), 1)


def test_a_source_is_no_witness_of_its_own_sentences(tmp_path: Path) -> None:
    again = "On 17 November 1869 Empress Eugenie of France opened the Suez Canal, as bands played."
    statement, _ = shown(tmp_path, OPENED, "Nobody asked.")
    (tmp_path / "sources" / "first.md").write_text(f"# First\n\n{OPENED}\n\n{again}\n", "utf-8")
    brief, _ = prepare(tmp_path / "outline.yaml", BuildOptions())
    assert brief is not None
    assert [one.corroborated_by for section in brief.sections for one in statements_of(section)] == [()]
    assert statement.corroborated_by == ()


def test_witnesses_are_in_the_evidence_and_what_has_two_notes_is_verified(tmp_path: Path) -> None:
    build(made(tmp_path, *SAME[0]), BuildOptions(out=tmp_path / "out"))
    evidence = load_evidence(tmp_path / "out" / "outline.evidence.json")
    assert not isinstance(evidence, Problem)
    assert [one.corroborated_by for one in evidence.statements] == [("second",)]
    for name in ("outline.pptx", "outline-handout.html"):
        report = verify(tmp_path / "out" / name)
        assert [one.status for one in report.statements] == ["found"]


def test_few_but_true_witnesses_are_found_in_the_real_documents(shared: Path, tmp_path: Path) -> None:
    """Each pair was read: the designation of 2012, and since when the group has had ties to another."""
    outline = tmp_path / "outline.yaml"
    topics = "".join(f"  - topic: {name}\n" for name in ("history", "leadership", "foreign-ties", "sanctions"))
    outline.write_text(f"title: The Haqqani Network\nsources: {shared / 'sources'}\nsections:\n{topics}", "utf-8")
    brief, _ = prepare(outline, BuildOptions())
    assert brief is not None
    found = {
        one.passage.text
        for part in brief.sections
        for one in statements_of(part)
        if one.corroborated_by and one.passage
    }
    assert 1 <= len(found) <= 6
    assert all("designated" in text or "dates back" in text for text in found)
