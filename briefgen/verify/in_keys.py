"""The passages that the key of a quiz quotes."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from briefgen.evidence import StatementRecord
from briefgen.outputs import Unit, folded
from briefgen.verify.difference import ALIKE, difference
from briefgen.verify.report import Finding


def in_key(
    statements: Sequence[StatementRecord], in_sources: Sequence[Finding], units: Sequence[Unit]
) -> list[Finding]:
    """Each passage that a key quotes, as the statement whose passage it is; questions may have been taken out."""
    passages = {
        folded(one.passage.text): found for one, found in zip(statements, in_sources, strict=True) if one.passage
    }
    quoted = [unit for unit in units if not unit.inside]
    return [passages.get(unit.text) or _misquoted(unit, passages) for unit in quoted]


def _misquoted(unit: Unit, passages: Mapping[str, Finding]) -> Finding:
    """A passage of a key that no statement has: the one that is most like it, as changed."""
    alike = max(passages, key=lambda passage: SequenceMatcher(None, unit.text, passage, False).ratio(), default="")
    likeness = SequenceMatcher(None, unit.text, alike, False).ratio()
    places = (unit.place,)
    if likeness < ALIKE:
        return Finding("?", "missing", "output", unit.text, "no statement says this", places=places)
    told = difference(alike, unit.text)
    return Finding(passages[alike].id, "changed", "output", alike, f"there now: {unit.text}", unit.text, told, places)
