"""Tables of events: their columns, their rows, and deaths that are in doubt."""

from pathlib import Path

import pytest

from briefgen.composing import prepare
from briefgen.model import Brief, People, Table
from briefgen.results import BuildOptions

TOPIC = """\
title: Fines
terms: {fined: 3, ban*: 3, whaler*: 2, duties: 3}
triggers: [fined, banned]
frames:
  - verbs: [imposed]
    whom: [duties on]
blocks:
  - table: {columns: [date, who, measure, whom], at_most: 12}
"""
TEXT = """\
# Whalers

In May 1987, Norway banned the whaler Astra from its ports. In 1987, Norway banned the whaler Astra as a danger.
In June 1988, Iceland fined the whaler Bella for a spill. In 1990, the Harbour Union imposed duties on Denmark.
In March 1991, Norway reportedly banned the whaler Corvus, the Pilot wrote.
The whaler Delta was fined by Iceland in 1993.
"""


@pytest.fixture
def fines(tmp_path: Path) -> Path:
    (tmp_path / "topics").mkdir()
    (tmp_path / "topics" / "fines.yaml").write_text(TOPIC, "utf-8")
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "whalers.md").write_text(TEXT, "utf-8")
    return tmp_path


def composed(folder: Path, topic: str = "fines") -> Brief:
    outline = folder / "o.yaml"
    outline.write_text(f"title: Astra\nsources: sources\nsections: [{{topic: {topic}}}]\n", "utf-8")
    brief, _ = prepare(outline, BuildOptions())
    assert brief is not None
    return brief


def rows(brief: Brief) -> list[tuple[str, ...]]:
    return [row.cells for block in brief.sections[0].blocks if isinstance(block, Table) for row in block.rows]


def test_a_row_says_who_did_what_to_whom_and_its_hedge_stays(fines: Path) -> None:
    assert rows(composed(fines)) == [
        ("May 1987", "Norway", "banned … from its ports", "the whaler Astra"),
        ("June 1988", "Iceland", "fined … for a spill", "the whaler Bella"),
        ("1990", "the Harbour Union", "imposed duties", "Denmark"),
        ("March 1991", "Norway", "reportedly banned … the Pilot wrote", "the whaler Corvus"),
        ("1993", "Iceland", "fined", "The whaler Delta"),
    ]


def test_two_sentences_on_one_event_make_one_row(fines: Path) -> None:
    assert [cells[0] for cells in rows(composed(fines)) if cells[3] == "the whaler Astra"] == ["May 1987"]


def test_a_column_that_most_rows_would_leave_empty_is_left_out(fines: Path) -> None:
    passive = "The Astra was banned in 1980. The Bella was banned in 1985. Iceland fined the Corvus in 1990."
    (fines / "sources" / "whalers.md").write_text(f"# Whalers\n\n{passive}\n", "utf-8")
    (table,) = (block for block in composed(fines).sections[0].blocks if isinstance(block, Table))
    assert table.columns == ("Date", "What was done", "Against whom")


def test_no_cell_leaves_open_to_whom_a_thing_was_done(fines: Path) -> None:
    told = "Ida Holm led the whalers. In May 1990, Norway fined her for a spill."
    told += " Iceland fined the Corvus in 1991. Peru fined Una in 1992."
    (fines / "sources" / "whalers.md").write_text(f"# Whalers\n\n{told}\n", "utf-8")
    shown = [cells[2] for cells in rows(composed(fines))]
    assert len(shown) >= 2
    assert not any("her" in cell.split() for cell in shown)


def test_a_cell_is_made_of_spans_of_its_passage(fines: Path) -> None:
    for block in composed(fines).sections[0].blocks:
        assert isinstance(block, Table)
        for row in block.rows:
            passage = row.statement.passage
            assert passage is not None
            said = [
                passage.text[one.start - passage.span.start : one.end - passage.span.start]
                for one in row.statement.spans
            ]
            assert " … ".join(said) == row.statement.text.removesuffix(" …")
            for cell in row.cells[1:]:
                assert all(piece in passage.text for piece in cell.removesuffix(" …").split(" … "))


@pytest.mark.parametrize(
    ("fate", "dead"),
    [
        ("Ida Holm was killed in a storm in 1990.", True),
        ("Ida Holm was reportedly killed in a storm in 1990.", False),
        ("Ida Holm was killed in a storm in 1990, according to Norway.", False),
        ("Ida Holm was killed in a storm in 1990. Ida Holm denied that she had died, in a letter of 1991.", False),
        (
            "Ida Holm was killed in 1990. Ida Holm is alive, they said. Ida Holm had died, her son confirmed in 1992.",
            True,
        ),
    ],
)
def test_a_death_that_is_in_doubt_gets_no_dagger(fines: Path, fate: str, dead: bool) -> None:
    text = f"# Leaders\n\n- Ida Holm – captain of the whalers and leader of the crew. {fate}\n"
    (fines / "sources" / "whalers.md").write_text(text, "utf-8")
    cards = [
        one
        for block in composed(fines, "leadership").sections[0].blocks
        if isinstance(block, People)
        for one in block.people
    ]
    assert [(one.name, one.dead) for one in cards] == [("Ida Holm", dead)]
