"""Comparisons of a charge and its answer: what is an answer to what."""

from pathlib import Path

from briefgen.composing import prepare
from briefgen.model import Compare
from briefgen.results import BuildOptions

SOURCE = """\
# The Harbour Club

The mayors of Osby and Velby accused Norland of sheltering the Harbour Club. Norland allegedly paid the rent of the
Harbour Club in 1931.

Norland rejected the allegation that it paid the Harbour Club. Norland's consul denied any ties to the Harbour Club.

Mayor Holm later denied meeting anyone from the Harbour Club. Sudland denied in 1940 that it had paid for a boat.
"""
OUTLINE = """\
title: The Harbour Club
sources: source.md
sections:
  - title: Who paid?
    blocks:
      - compare:
          left: {label: The charge, query: accus* allegedly paid shelter* -reject* -den*}
          right: {label: The answer, query: den* reject*}
"""


def test_an_answer_speaks_first_of_somebody_whom_the_charge_names(tmp_path: Path) -> None:
    (tmp_path / "source.md").write_text(SOURCE, "utf-8")
    (tmp_path / "outline.yaml").write_text(OUTLINE, "utf-8")
    brief, _ = prepare(tmp_path / "outline.yaml", BuildOptions())
    assert brief
    (shown,) = (block for section in brief.sections for block in section.blocks if isinstance(block, Compare))
    assert {one.text.split()[0] for one in shown.left.statements} <= {"The", "Norland"}
    assert [one.text for one in shown.right.statements] == [
        "Norland rejected the allegation that it paid the Harbour Club.",
        "Norland's consul denied any ties to the Harbour Club.",
    ]
