"""Each statement in a deck or handout as it is now, and the words there that have no source."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain

from msgspec import Struct

from briefgen.evidence import StatementRecord
from briefgen.model import with_insertions
from briefgen.outputs import OWN, Unit, compared, folded, typed
from briefgen.verify.difference import difference, likeness, words_of
from briefgen.verify.report import Finding, Unsourced
from briefgen.verify.text import Text

_LEFT_OUT = re.compile(r"Left out for room: (\d+) passages?\b")
"""How a handout of one sheet says how many passages it has no room for."""
_OWN = tuple(map(typed, (*OWN, "Instructor’s note:", "Instructor’s words:")))
"""How words begin that somebody marks as an instructor's."""
_WORD = re.compile(r"\w")
_AS_GOOD = 0.02
"""The difference in likeness (0 to 1) that tells nothing."""
_LONGER = 1.6
"""How many times as long as a statement several paragraphs may be that stand in its place."""
_ASIDE = " \0.,;:·•–-()"


def looked_for(
    statements: Sequence[StatementRecord], units: Sequence[Unit], deck: bool, words: Sequence[str] | None
) -> tuple[list[Finding], tuple[Unsourced, ...]]:
    """What became of each statement in a file, and what in it is new.

    `words` are those that the build wrote besides statements; without them nothing is known to be new.
    """
    text = Text(units)
    found = _in_deck(statements, text) if deck else _in_handout(statements, text)
    wanted = [one for one in statements if one.slides or not deck]
    _explain_words(text, words or ())
    found |= _split(_not_in(found, wanted), text)
    found |= _merged(_not_in(found, wanted), text, words or ())
    changed = _changed(wanted, found, text, told=bool(words))
    findings = [_finding(one, found.get(one.id), changed.get(one.id), deck) for one in statements]
    return _with_left_out(statements, findings, units), _new(text, words) if words else ()


def _in_handout(statements: Sequence[StatementRecord], text: Text) -> dict[str, tuple[Unit, ...]]:
    """Where each statement stands; a handout may print in its place the whole passage, or a longer one that holds it,
    and more than once."""
    found = {}
    for statement in statements:
        wordings = [shown(statement), (_whole(statement),)]
        wordings += [(_whole(other),) for other in statements if _is_within(statement, other)]
        numbers = sorted({number for words in wordings for number in text.holding(words)})
        text.explain([*numbers, *text.saying(statement.text), *text.saying(_whole(statement))])
        if numbers:
            found[statement.id] = tuple(text.units[number] for number in numbers)
    return found


def _is_within(statement: StatementRecord, other: StatementRecord) -> bool:
    """Whether the passage of a source's statement is a part of another's."""
    if "instructor" in (statement.kind, other.kind) or not statement.passage or not other.passage:
        return False
    own, whole = statement.passage.span, other.passage.span
    together = (own.source, own.block) == (whole.source, whole.block)
    return together and own != whole and whole.start <= own.start and own.end <= whole.end


def _in_deck(statements: Sequence[StatementRecord], text: Text) -> dict[str, tuple[Unit, ...]]:
    """Each statement on a slide, first on those where it was, then on any; no words stand for two statements."""
    holding = {one.id: text.holding(shown(one)) for one in statements}
    claimed: dict[str, tuple[Unit, ...]] = {}
    taken: set[int] = set()
    for anywhere in (False, True):
        for statement in statements:
            if not statement.slides or statement.id in claimed:
                continue
            for number in holding[statement.id]:
                unit = text.units[number]
                if number not in taken and (anywhere or unit.slide in statement.slides):
                    taken.add(number)
                    claimed[statement.id] = (unit,)
                    break
    for statement in statements:
        text.explain([*holding[statement.id], *text.saying(statement.text), *text.saying(_whole(statement))])
    return claimed


def shown(statement: StatementRecord) -> tuple[str, ...]:
    """The words that must stand together where the statement is shown: a table row's cells, or the statement's own."""
    return tuple(folded(piece) for piece in statement.cells or (statement.text,))


def _whole(statement: StatementRecord) -> str:
    """The passage in full, with what an editor put in; the statement where it has none, or is the instructor's."""
    if statement.kind == "instructor" or not statement.passage:
        return folded(statement.text)
    return folded(with_insertions(statement.passage.text, statement.inserted))


def _not_in(found: Mapping[str, object], statements: Sequence[StatementRecord]) -> list[StatementRecord]:
    return [one for one in statements if one.id not in found]


def _key(text: str) -> str:
    """A text of the program as it is compared: a space is no difference."""
    return "".join(typed(text).split())


def _explain_words(text: Text, words: Sequence[str]) -> None:
    known = set(map(_key, words))
    text.explain([number for number, unit in text.paragraphs() if _key(unit.text) in known])
    for part in list(text.parts()):
        if _key(part.text) in known:
            text.explained.update(part.of)


def _split(wanted: Sequence[StatementRecord], text: Text) -> dict[str, tuple[Unit, ...]]:
    """Statements that stand in several paragraphs one after the other."""
    if not wanted:
        return {}
    parts = {compared(part.text): part for part in text.parts()}
    found: dict[str, tuple[Unit, ...]] = {}
    for statement in wanted:
        part = parts.get(compared(" ".join(shown(statement)))) or parts.get(compared(_whole(statement)))
        if part and not text.explained.intersection(part.of):
            text.explained.update(part.of)
            found[statement.id] = (part,)
    return found


def _merged(wanted: Sequence[StatementRecord], text: Text, words: Sequence[str]) -> dict[str, tuple[Unit, ...]]:
    """Statements that stand in one paragraph with others, or with words of the program, and with nothing else."""
    found: dict[str, tuple[Unit, ...]] = {}
    known = set(map(_key, words))
    for number, unit in list(text.paragraphs()) if wanted else ():
        rest, held = compared(unit.text), []
        for statement in sorted(wanted, key=lambda one: -len(one.text)):
            said = next((key for key in (compared(_whole(statement)), compared(statement.text)) if key in rest), "")
            if said:
                rest = rest.replace(said, "\0", 1)
                held.append(statement.id)
        if held and all(not (part := one.strip(_ASIDE)) or _key(part) in known for one in rest.split("\0")):
            text.explain([number])
            found.update(dict.fromkeys(held, (unit,)))
    return found


class _Likely(Struct, frozen=True):
    """A unit that may be a statement, changed."""

    found: bool
    unlike: float
    length: int
    order: int
    statement: StatementRecord
    unit: Unit
    was: str


def _changed(
    statements: Sequence[StatementRecord], found: Mapping[str, object], text: Text, told: bool
) -> dict[str, tuple[Unit, str]]:
    """For statements that are not there, or were there twice: what is much like them, and their words.

    Each unit stands for one statement, the one that it is most like; several may be copies of one. Where it is not
    `told` which words are the program's, a statement that is found is not looked for again.
    """
    wanted = [one for one in statements if told or one.id not in found]
    units = list(chain(text.unexplained(), text.parts() if _not_in(found, wanted) else ()))
    likely = [one for one in _pairs(wanted, found, units) if one.unlike < 1]
    changed: dict[str, tuple[Unit, str]] = {}
    copies: dict[tuple[int, ...], float] = {}
    taken: set[int] = set()
    for one in sorted(likely, key=lambda one: (one.unlike, one.found, one.length, one.order)):
        of = one.unit.of
        if text.explained.issuperset(of) or not taken.isdisjoint(of) or one.unlike > copies.get(of, 1) + _AS_GOOD:
            continue
        if one.statement.id in changed:
            copies.setdefault(of, one.unlike)
            continue
        changed[one.statement.id] = (one.unit, one.was)
        taken.update(of)
        text.explained.update(of)
    text.explained.update(number for of in copies if taken.isdisjoint(of) for number in of)
    return changed


def _pairs(statements: Sequence[StatementRecord], found: Mapping[str, object], units: Sequence[Unit]) -> list[_Likely]:
    read = [(unit, words_of(unit.text)) for unit in units]
    pairs: list[_Likely] = []
    for statement in statements if read else ():
        for was in dict.fromkeys((" ".join(shown(statement)), _whole(statement))):
            words = words_of(was)
            for unit, there in read:
                if len(unit.of) > 1 and len(there) > _LONGER * len(words):
                    continue
                unlike = 1 - likeness(words, there)
                pairs.append(_Likely(statement.id in found, unlike, len(unit.of), len(pairs), statement, unit, was))
    return pairs


def _finding(
    statement: StatementRecord, found: tuple[Unit, ...] | None, changed: tuple[Unit, str] | None, deck: bool
) -> Finding:
    if changed:
        unit, was = changed
        told = difference(was, unit.text)
        return Finding(
            statement.id, "changed", "output", statement.text, f"there now: {unit.text}", unit.text, told, (unit.place,)
        )
    if not found:
        status, detail = ("found", "not on a slide") if deck and not statement.slides else ("missing", "")
        return Finding(statement.id, "missing" if status == "missing" else "found", "output", statement.text, detail)
    places = tuple(dict.fromkeys(unit.place for unit in found))
    if statement.notes and found[0].spaced and not any(unit.marks for unit in found):
        gone = f"{statement.text} [-{', '.join(map(str, statement.notes))}-]"
        detail = "the mark of its note is gone"
        return Finding(statement.id, "changed", "output", statement.text, detail, found[0].text, gone, places)
    return Finding(statement.id, "found", "output", statement.text, _remark(statement, found, deck), places=places)


def _remark(statement: StatementRecord, found: tuple[Unit, ...], deck: bool) -> str:
    """What is otherwise than it was built, but says the same."""
    said = []
    if deck and not any(unit.slide in statement.slides for unit in found):
        said.append(f"moved from slide {', '.join(map(str, statement.slides))}")
    if all(len(unit.cells) == 1 and len(unit.of) > 1 for unit in found) and deck:
        said.append("in several paragraphs")
    return "; ".join(said)


def _with_left_out(
    statements: Sequence[StatementRecord], findings: Sequence[Finding], units: Sequence[Unit]
) -> list[Finding]:
    """The findings, in which passages that a handout says it left out for room are not missing.

    If more are missing than it says, all of them are: which of them it left out cannot be told.
    """
    said = [found for unit in units if (found := _LEFT_OUT.match(unit.text))]
    lost = {_whole(one): one for one, finding in zip(statements, findings, strict=True) if finding.status != "found"}
    apart = [text for text in lost if not any(text != other and text in other for other in lost)]
    if not said or len(apart) > int(said[0][1]):
        return list(findings)
    return [
        one if one.status == "found" else Finding(one.id, "found", "output", one.text, "left out for room")
        for one in findings
    ]


def _new(text: Text, words: Sequence[str] | None) -> tuple[Unsourced, ...]:
    """What is not accounted for. Words that begin as an instructor's are marked as such."""
    there = {_key(unit.text) for unit in text.units}
    gone = [(one, words_of(one)) for one in words or () if _key(one) not in there]
    found = []
    for _, unit in text.paragraphs():
        if _WORD.search(unit.text) and not unit.own and not typed(unit.text).startswith(_OWN):
            said = words_of(unit.text)
            likest = max(gone, key=lambda one: likeness(one[1], said), default=("", ()))
            was = likest[0] if likeness(likest[1], said) else ""
            found.append(Unsourced(unit.text, unit.place, was, difference(was, unit.text) if was else ""))
    return tuple(found)
