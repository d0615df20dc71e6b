"""What editions add to a handout, as sections like others, for formats that print these alone."""

from collections.abc import Iterator
from string import ascii_uppercase

from msgspec.structs import replace

from briefgen.model import Question, Run
from briefgen.renderers.handout.passages import slides_words
from briefgen.renderers.handout.printed import Mark, PrintedBlock, PrintedSection, Said, Sheet
from briefgen.tables import table

LEFT_OUT = "……………………"
"""What stands for words that students fill in, in a question."""


def with_points(section: PrintedSection) -> PrintedSection:
    """A section with its talking points first, and its minutes and slides in the line below its heading."""
    words = table("renderers/handout/words_en.yaml")
    told = [section.question] if section.question else []
    told += [words["minutes"].format(section.minutes)] if section.minutes else []
    told += [slides_words(section.slides)] if section.slides else []
    points = tuple((said,) for said in section.points)
    blocks = (PrintedBlock("bullets", words["points"], points), *section.blocks) if points else section.blocks
    notes = PrintedBlock("questions", words["own-notes"], questions=("",)) if section.lines else None
    return replace(section, question=" · ".join(told), blocks=(*blocks, notes) if notes else blocks)


def further(sheet: Sheet) -> Iterator[PrintedSection]:
    """The questions, the pages at the end, the answers, and what was left out, each a section without a number."""
    words = table("renderers/handout/words_en.yaml")
    solved = sheet.edition == "instructor"
    if sheet.quiz and solved:
        rows = tuple((_plain(f"{one.number}. {_asked(one)} {_key(one)}"),) for one in sheet.quiz)
        yield _section(words["solved"], PrintedBlock("bullets", "", rows))
    elif sheet.quiz:
        yield _section(words["quiz"], PrintedBlock("questions", "", questions=tuple(map(_asked, sheet.quiz))))
    for block in sheet.appendix:
        yield _section(block.title, replace(block, title=""))
    if sheet.answers:
        rows = tuple(
            (_plain(f"{one.number}  {one.words}", tuple(Mark(number, 1, True) for number in one.notes)),)
            for one in sheet.answers
        )
        yield _section(words["answers"], PrintedBlock("bullets", "", rows))
    if sheet.left_out:
        yield _section(words["left-out"], PrintedBlock("bullets", "", ((_plain(sheet.left_out),),)))


def _section(heading: str, block: PrintedBlock) -> PrintedSection:
    return PrintedSection(0, heading, "", (), (block,))


def _plain(text: str, marks: tuple[Mark, ...] = ()) -> Said:
    return Said((Run(text),), marks)


def _asked(one: Question) -> str:
    """A question in one paragraph, its options with letters."""
    stem = LEFT_OUT.join(one.stem)
    options = "  ".join(f"{letter}) {text}" for letter, text in zip(ascii_uppercase, one.options, strict=False))
    pool = " · ".join(one.answers) if one.kind == "match" else ""
    return "  ".join(part for part in (one.ask, stem, options, pool) if part)


def _key(one: Question) -> str:
    """The key of a question, and the passages that prove it."""
    words = table("renderers/handout/words_en.yaml")
    letters = [ascii_uppercase[place] for place in one.key]
    if one.kind == "match":
        right = " · ".join(f"{ascii_uppercase[at]} {one.answers[place]}" for at, place in enumerate(one.key))
    elif one.kind == "order":
        right = " → ".join(letters)
    elif one.kind == "cloze":
        right = ", ".join(one.answers)
    else:
        right = ", ".join(f"{letter} {one.options[place]}" for letter, place in zip(letters, one.key, strict=True))
    proofs = " ".join(f"“{proof.passage}” {proof.short}." for proof in one.proofs)
    return " ".join(part for part in (f"{words['key']}: {right}.", one.reason, proofs) if part) if right else ""
