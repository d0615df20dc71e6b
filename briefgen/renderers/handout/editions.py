"""What the editions of a handout add: blanks and lines for students, talking points and answers for instructors."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from msgspec.structs import replace

from briefgen.model import (
    Brief,
    BriefBlock,
    Bullets,
    Chart,
    Glossary,
    People,
    Run,
    Section,
    Statement,
    Timeline,
    plain,
    statements_in,
    statements_of,
)
from briefgen.renderers.handout.blanks import times
from briefgen.renderers.handout.printed import Answer, Gap, Mark, PrintedBlock, PrintedSection, Said, Sheet
from briefgen.renderers.handout.walk import mapped, mapped_block, passages, recounted
from briefgen.text.words import words

LINES = 5
"""Lines to write on after each section of a student's edition."""
POINTS = 2
"""Talking points of a list of bullets."""
_PERSONAL, _POSSESSIVE = re.compile(r"(?:He|She)\b"), re.compile(r"(?:His|Her)\b(?= \w)")
"""Pronouns for a person that open a sentence."""
FEWEST = 3
"""Events that make a chronology, persons that make a list of people, terms that make a glossary."""


def edited(sheet: Sheet, brief: Brief, gaps: Mapping[str, Gap]) -> Sheet:
    """The sheet with its appendix and with what its edition adds; the uses of notes are counted in order of print.

    `gaps` are those of every edition, by the words of their passages.
    """
    if sheet.edition is None:
        return recounted(replace(sheet, appendix=tuple(_appendix(brief))))
    sheet = mapped(sheet, lambda said: _with_gap(said, gaps))
    sections, answers = sheet.sections, tuple(_answers(sheet.sections))
    appendix = tuple(_appendix(brief))
    if sheet.edition == "student":
        asked = {said.id for section in sections for said in passages(section) if said.gaps}
        told = tuple(block for one in appendix if (block := _untold(one, answers, asked)).rows)
        sections = tuple(replace(section, lines=0 if _asks(section) else LINES) for section in sections)
        return recounted(replace(sheet, sections=sections, appendix=told))
    by_number = {section.number: section for section in brief.sections}
    sections = tuple(_for_instructor(section, by_number[section.number], brief) for section in sections)
    made = replace(sheet, sections=sections, appendix=appendix, answers=answers)
    return recounted(mapped(made, lambda said: replace(said, slides=brief.places.get(said.id, ()))))


def _asks(section: PrintedSection) -> bool:
    """Whether a section has questions, which have lines of their own."""
    return any(block.questions for block in section.blocks)


def _with_gap(said: Said, gaps: Mapping[str, Gap]) -> Said:
    gap = gaps.get(plain(said.runs))
    return replace(said, gaps=(gap,)) if gap else said


def _answers(sections: tuple[PrintedSection, ...]) -> Iterator[Answer]:
    """The gaps' words, each once; a passage may be printed again in a comparison."""
    told: set[int] = set()
    for said in (said for section in sections for said in passages(section)):
        for gap in (gap for gap in said.gaps if gap.number not in told):
            told.add(gap.number)
            yield Answer(gap.number, plain(said.runs)[gap.start : gap.end], tuple(mark.number for mark in said.marks))


def _untold(block: PrintedBlock, answers: tuple[Answer, ...], asked: set[str]) -> PrintedBlock:
    """A block without the passages in which, or beside which, a gap's words could be read."""
    named = [any(times(answer.words, name) for answer in answers) for name in block.names]
    hidden = {said.id for row, told in zip(block.rows, named, strict=False) if told for said in row if said}

    def tells(said: Said) -> bool:
        text = plain(said.runs)
        return said.id in asked or said.id in hidden or any(times(answer.words, text) for answer in answers)

    return mapped_block(block, lambda said: None if tells(said) else said)


def _for_instructor(section: PrintedSection, made: Section, brief: Brief) -> PrintedSection:
    slides = {slide for statement in statements_of(made) for slide in brief.places.get(statement.id, ())}
    opening = {plain(said.runs) for said in section.lead}
    points = tuple(said_as_shown(one, brief) for one in _points(made) if one.text not in opening)
    return replace(section, points=points, minutes=made.minutes, slides=tuple(sorted(slides)))


def _points(section: Section) -> Iterator[Statement]:
    """What a section says in short, as on its slides: its opening, and the first bullets of each group, each once."""
    lists = (block.statements[:POINTS] for block in section.blocks if isinstance(block, Bullets))
    stated = (*section.opening, *(one for statements in lists for one in statements))
    return iter({statement.text: statement for statement in stated}.values())


def said_as_shown(statement: Statement, brief: Brief, runs: tuple[Run, ...] = ()) -> Said:
    """A statement in the words of a slide, or in `runs`, with its notes."""
    known = {note.number for note in brief.notes}
    languages = {source.id: source.language or "" for source in brief.sources}
    own = statement.kind == "instructor"
    return Said(
        runs or statement.runs,
        tuple(Mark(number, 1, number in known) for number in sorted(set(statement.notes))),
        (statement.date.label or statement.date.text) if statement.date else "",
        own=own,
        reworded=own and statement.passage is not None,
        id=statement.id,
        language=languages.get(statement.passage.span.source, "") if statement.passage and not own else "",
    )


# The pages at the end ------------------------------------------------------------------------------------------------


def _appendix(brief: Brief) -> Iterator[PrintedBlock]:
    """The chronology, people and glossary of the whole, each unless one section has all of it in such blocks."""
    for made in (_chronology(brief), _people(brief), _glossary(brief)):
        if made and len(made.rows) >= FEWEST:
            yield made


def _chronology(brief: Brief) -> PrintedBlock | None:
    """All dated statements in order of time, in a slide's words where these are a sentence, each passage once a day."""
    events: dict[object, tuple[tuple[int, int], Said]] = {}
    stood: dict[object, set[int]] = {}
    for section in brief.sections:
        blocks = sorted(section.blocks, key=lambda one: not isinstance(one, Timeline))
        for block, statement in ((among, one) for among in blocks for one in statements_in(among)):
            if statement.date is None:
                continue
            key = (statement.passage.span if statement.passage else statement.text, statement.date.edtf)
            runs = _alone(statement, block)
            when = (statement.date.earliest, statement.date.latest)
            events.setdefault(key, (when, said_as_shown(statement, brief, runs)))
            stood.setdefault(key, set()).update({section.number} if isinstance(block, Timeline) else ())
    if not events or set.intersection(*stood.values()):
        return None
    ordered = sorted(events.values(), key=lambda event: event[0])
    return PrintedBlock("timeline", "Chronology", tuple((said,) for _, said in ordered))


def _alone(statement: Statement, block: BriefBlock) -> tuple[Run, ...]:
    """A dated statement as the chronology has it: without the date that opens it, which stands beside it.

    Of a person's card it is the whole passage with the name in an editor's brackets, where it has none: in place of the
    pronoun that opens it, else before it.
    """
    if isinstance(block, People | Chart) and statement.kind != "instructor":
        name = next((one.name for one in block.people if statement in one.facts), "")
        known = not name or any(word in words(statement.in_full) for word in words(name))
        return (Run(statement.in_full if known else _named(name, statement.in_full)),)
    opening = f"{statement.date.text}: " if statement.date else ""
    cut = len(opening) if statement.text.startswith(opening) else 0
    runs = []
    for run in statement.runs:
        runs += [replace(run, text=run.text[cut:])] if run.text[cut:] else []
        cut = max(0, cut - len(run.text))
    return tuple(runs)


def _named(name: str, passage: str) -> str:
    """A passage that does not name the person whom it is about, with the name in brackets, as editors set it."""
    if (pronoun := _PERSONAL.match(passage)) is not None:
        return f"[{name}]{passage[pronoun.end() :]}"
    if (own := _POSSESSIVE.match(passage)) is not None:
        return f"[{name}{'’' if name.endswith('s') else '’s'}]{passage[own.end() :]}"
    return f"[{name}] {passage}"


def _people(brief: Brief) -> PrintedBlock | None:
    """All persons with what is said of them, in the order of the sections, each fact once."""
    facts: dict[str, dict[str, Said]] = {}
    dead: set[str] = set()
    sections: set[int] = set()
    for section in brief.sections:
        for person in (one for block in section.blocks if isinstance(block, People | Chart) for one in block.people):
            own = facts.setdefault(person.name, {})
            own |= {fact.text: said_as_shown(fact, brief) for fact in person.facts if fact.text not in own}
            dead |= {person.name} if person.dead else set()
            sections.add(section.number)
    named = sorted((name for name, own in facts.items() if own), key=str.casefold)
    if len(sections) < 2:
        return None
    rows = tuple(tuple(facts[name].values()) for name in named)
    return PrintedBlock("people", "People", rows, names=tuple(named), dead=tuple(name in dead for name in named))


def _glossary(brief: Brief) -> PrintedBlock | None:
    """All terms of the glossaries, in order of the alphabet."""
    found = [
        (entry.term, section.number, said_as_shown(entry.statement, brief))
        for section in brief.sections
        for block in section.blocks
        if isinstance(block, Glossary)
        for entry in block.entries
    ]
    if len({number for _, number, _ in found}) < 2:
        return None
    found.sort(key=lambda one: (one[0].casefold(), one[1]))
    terms = [next(group) for _, group in groupby(found, key=lambda one: one[0].casefold())]
    names = tuple(term for term, _, _ in terms)
    return PrintedBlock("glossary", "Glossary", tuple((said,) for *_, said in terms), names=names)
