"""Whole builds from real documents and from the shipped sample sources."""

import importlib.util
import json
from collections.abc import Iterator
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import pytest
from as_read import deck_text, page_text
from held import CLAUSES, held_words

from briefgen.build import build
from briefgen.evidence import Evidence, StatementRecord, load_evidence
from briefgen.results import BuildOptions
from briefgen.verify import verify

ROOT = Path(__file__).parents[1]
OUTLINES = ("survey-lecture", "sanctions-seminar", "leadership-handout")
TOPICS = ("history", "leadership", "foreign-ties", "sanctions")


@pytest.fixture(scope="module")
def from_real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All shipped outlines built from the real documents."""
    return _built(tmp_path_factory.mktemp("real"), (str(shared / "sources"),))


@pytest.fixture(scope="module")
def from_samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All shipped outlines built from the shipped sources."""
    return _built(tmp_path_factory.mktemp("samples"), ())


def _built(out: Path, sources: tuple[str, ...]) -> Path:
    for name in OUTLINES:
        result = build(ROOT / "outlines" / f"{name}.yaml", BuildOptions(out=out, sources=sources))
        assert [str(problem) for problem in result.problems if problem.severity == "error"] == []
    return out


def evidence(folder: Path, name: str) -> Evidence:
    loaded = load_evidence(folder / f"{name}.evidence.json")
    assert isinstance(loaded, Evidence)
    return loaded


def drawn_on(record: Evidence, topic: str) -> set[str]:
    return {span.source for one in record.statements if one.topic == topic for span in one.spans}


def shown(folder: Path, name: str) -> str:
    """The words of deck, notes and handout, white space as single spaces."""
    handout = page_text((folder / f"{name}-handout.html").read_bytes())
    deck = deck_text((folder / f"{name}.pptx").read_bytes())
    return " ".join(f"{deck} {handout}".split())


def unwanted(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "evals" / "seeds").glob("00*.json")):
        gold = json.loads(path.read_text("utf-8"))
        for one in (*gold.get("boilerplate", ()), *gold.get("captions", ())):
            yield " ".join(one["text"].split())


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_draws_on_at_least_three_of_the_real_documents(from_real: Path, topic: str) -> None:
    assert len(drawn_on(evidence(from_real, "survey-lecture"), topic)) >= 3


@pytest.mark.parametrize("topic", TOPICS)
def test_each_topic_draws_on_at_least_two_of_the_shipped_sources(from_samples: Path, topic: str) -> None:
    assert len(drawn_on(evidence(from_samples, "survey-lecture"), topic)) >= 2


@pytest.mark.parametrize("name", OUTLINES)
def test_no_boilerplate_line_and_no_caption_is_shown(shared: Path, from_real: Path, name: str) -> None:
    lines = [line for line in unwanted(shared) if len(line.split()) > 2]
    assert len(lines) > 8
    text = shown(from_real, name)
    assert [line for line in lines if line in text] == []
    statements = {one.text for one in evidence(from_real, name).statements}
    assert statements.isdisjoint(unwanted(shared))


def left_out(statement: StatementRecord) -> list[str]:
    """The pieces of a statement's passage that are not shown."""
    assert statement.passage is not None
    text, base = statement.passage.text, statement.passage.span.start
    ends = accumulate((span.end - base for span in statement.spans), max, initial=0)
    starts = [*(span.start - base for span in statement.spans), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


def is_tie(piece: str) -> bool:
    """Whether a piece only ties a sentence to the one before, such as "However, "."""
    return piece.strip(" ,").lower() in CLAUSES["connective"]


@pytest.mark.parametrize("name", OUTLINES)
@pytest.mark.parametrize("corpus", ["from_real", "from_samples"])
def test_no_hedge_negation_or_attribution_is_left_out(corpus: str, name: str, request: pytest.FixtureRequest) -> None:
    shown = [one for one in evidence(request.getfixturevalue(corpus), name).statements if one.spans]
    assert len(shown) > 10
    lost = [(one.text, held_words(piece)) for one in shown for piece in left_out(one) if not is_tie(piece)]
    assert [(text, words) for text, words in lost if words] == []


@pytest.mark.parametrize("name", OUTLINES)
@pytest.mark.parametrize("corpus", ["from_real", "from_samples"])
def test_no_statement_says_a_part_of_its_sentence_twice(corpus: str, name: str, request: pytest.FixtureRequest) -> None:
    for one in evidence(request.getfixturevalue(corpus), name).statements:
        assert all(left.end < right.start for left, right in pairwise(one.spans)), one.text


@pytest.mark.parametrize("name", OUTLINES)
@pytest.mark.parametrize("suffix", [".pptx", "-handout.html", ".evidence.json"])
@pytest.mark.parametrize("corpus", ["from_real", "from_samples"])
def test_every_statement_is_found_in_its_source(
    corpus: str, name: str, suffix: str, request: pytest.FixtureRequest
) -> None:
    report = verify(request.getfixturevalue(corpus) / f"{name}{suffix}")
    assert report.problems == ()
    assert report.total > 10
    assert [one for one in report.statements if one.status != "found"] == []


@pytest.mark.parametrize("name", OUTLINES)
@pytest.mark.parametrize("corpus", ["from_real", "from_samples"])
def test_every_deck_is_valid(shared: Path, corpus: str, name: str, request: pytest.FixtureRequest) -> None:
    spec = importlib.util.spec_from_file_location("validate", shared / "ooxml-xsd" / "validate.py")
    assert spec is not None
    assert spec.loader is not None
    validate: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(validate)
    errors, _, parts = validate.check(str(request.getfixturevalue(corpus) / f"{name}.pptx"), 20)
    assert errors == []
    assert parts > 20
