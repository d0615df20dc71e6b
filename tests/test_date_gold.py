"""Time expressions of real texts: measured as TempEval-3 does, what is still wrong listed, and read one by one."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

from briefgen.readers import read
from briefgen.text.dates import dated, time_expressions, walk_of
from briefgen.text.dates.resolving import Walk

HERE = Path(__file__).parent
FAILURES = HERE / "goldens" / "dates_that_fail.txt"
MENTIONS = HERE / "goldens" / "dates_of_real_documents.json"
# The scorer leaves its files to be closed by themselves.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")

Score = Any
Found = dict[str, list[tuple[int, int, str]]]


@pytest.fixture(scope="module")
def scorer(shared: Path) -> Score:
    spec = importlib.util.spec_from_file_location("score_dates", shared / "evals" / "dates" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold(shared: Path) -> Path:
    return shared / "evals" / "dates" / "wikiwars.dev.jsonl"


@pytest.fixture(scope="module")
def found(gold: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of what is found in the texts of the gold, as its scorer reads it."""
    path = tmp_path_factory.mktemp("dates") / "found.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for document in map(json.loads, gold.read_text("utf-8").splitlines()):
            for one in time_expressions([document["text"]], Walk())[0]:
                place = {"start": one.expression.start, "end": one.expression.end}
                out.write(json.dumps({"doc": document["doc"], **place, "value": one.timex}) + "\n")
    return path


@pytest.mark.parametrize(
    ("track", "wanted"),
    [("all", {"strict": 88.0, "relaxed": 94.5, "value": 87.5}), ("calendar", {"value": 91.0})],
)
def test_more_is_found_and_understood_than_by_other_taggers(
    scorer: Score, gold: Path, found: Path, track: str, wanted: dict[str, float]
) -> None:
    result, _ = scorer.score(str(gold), str(found), track)
    print(result)
    assert {measure: result[measure]["f1"] >= least for measure, least in wanted.items()} == dict.fromkeys(wanted, True)


def test_what_fails_is_listed_and_what_is_listed_fails(
    scorer: Score, gold: Path, found: Path, request: pytest.FixtureRequest
) -> None:
    """`--rewrite-goldens` writes the list anew: nothing may fail that is not on it, or be on it and not fail."""
    now = "".join(f"{line}\n" for line in failures(scorer, gold, found))
    if request.config.getoption("--rewrite-goldens"):
        FAILURES.write_text(now, "utf-8")
    assert now == FAILURES.read_text("utf-8")


def failures(scorer: Score, gold: Path, found: Path) -> list[str]:
    """A line for each expression that is missed, found where there is none, or given another value: its place."""
    predicted = scorer.load_pred(str(found))
    lines = []
    for document in map(json.loads, gold.read_text("utf-8").splitlines()):
        wanted = [
            (one["start"], one["end"], one.get("value", "")) for one in document["timexes"] if not one.get("nested")
        ]
        ours = sorted(predicted[document["doc"]])
        pairs = scorer.align(wanted, ours)
        missed = set(range(len(wanted))) - {left for left, _ in pairs}
        extra = set(range(len(ours))) - {right for _, right in pairs}
        wrong = [left for left, right in pairs if wanted[left][2] and differs(scorer, wanted[left][2], ours[right][2])]
        rows = [(wanted[left][0], "missed") for left in missed] + [(wanted[left][0], "value") for left in wrong]
        rows += [(ours[right][0], "no time") for right in extra]
        lines += [f"{document['doc']} {place} {what}" for place, what in sorted(rows)]
    return lines


def differs(scorer: Score, wanted: str, ours: str) -> bool:
    return bool(scorer.norm(wanted) != scorer.norm(ours))


def test_every_date_of_the_real_documents_is_read_as_it_was_read_by_people(
    shared: Path, request: pytest.FixtureRequest
) -> None:
    """The list was compared with the documents one by one; it has places and values, and none of their words."""
    now = {path.name[:3]: real_dates(path) for path in sorted((shared / "sources").glob("0*.txt"))}
    if request.config.getoption("--rewrite-goldens"):
        MENTIONS.write_text(in_lines(now), "utf-8")
    assert now == json.loads(MENTIONS.read_text("utf-8"))


def in_lines(found: dict[str, list[list[Any]]]) -> str:
    """JSON with a line for each date."""
    lines = {name: ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) for name, rows in found.items()}
    return "{" + ",\n".join(f'"{name}": [\n{rows}\n]' for name, rows in lines.items()) + "}\n"


def real_dates(path: Path) -> list[list[Any]]:
    """Block, start, EDTF value, label, and whether the block itself tells all of it; unresolved ones have no value."""
    source = read(path.name[:3], str(path), path.read_bytes()).source
    assert source is not None
    texts = [block.text for block in source.blocks]
    known = dated(texts, walk_of(source))
    open_ = time_expressions(texts, walk_of(source))
    rows: list[list[Any]] = [
        [block, one.mention.start, one.mention.edtf, one.mention.label, one.told_here]
        for block, found in enumerate(known)
        for one in found
    ]
    rows += [
        [block, one.expression.start, None, one.timex, False]
        for block, found in enumerate(open_)
        for one in found
        if one.value is None and one.expression.kind != "period"
    ]
    return sorted(rows, key=lambda row: (row[0], row[1]))


def test_the_year_that_a_document_never_names_is_not_made_up(shared: Path) -> None:
    (path,) = (shared / "sources").glob("002_*.txt")
    values = [edtf for _, _, edtf, _, _ in real_dates(path) if edtf]
    assert not [value for value in values if "2017" in value]
    assert [label for _, _, edtf, label, _ in real_dates(path) if edtf is None] == [
        *("XXXX-XX", "XXXX-WXX", "XXXX-10-17", "XXXX-08", "XXXX-WXX", "XXXX-10-20", "XXXX-10-23", "XXXX-10-19"),
    ]
