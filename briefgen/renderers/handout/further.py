"""What editions add to a handout, as sections like others, for formats that print these alone."""

from collections.abc import Iterator

from msgspec.structs import replace

from briefgen.model import Run
from briefgen.renderers.handout.passages import slides_words
from briefgen.renderers.handout.printed import Mark, PrintedBlock, PrintedSection, Said, Sheet
from briefgen.tables import table


def with_points(section: PrintedSection) -> PrintedSection:
    """A section with its talking points first, and its minutes and slides in the line below its heading."""
    words = table("renderers/handout/words_en.yaml")
    told = [section.question] if section.question else []
    told += [words["minutes"].format(section.minutes)] if section.minutes else []
    told += [slides_words(section.slides)] if section.slides else []
    points = tuple((said,) for said in section.points)
    blocks = (PrintedBlock("bullets", words["points"], points), *section.blocks) if points else section.blocks
    notes = PrintedBlock("lines", words["own-notes"], questions=("",) * section.lines) if section.lines else None
    return replace(section, question=" · ".join(told), blocks=(*blocks, notes) if notes else blocks)


def further(sheet: Sheet) -> Iterator[PrintedSection]:
    """The pages at the end, the questions, the answers, and what was left out, each a section without a number."""
    words = table("renderers/handout/words_en.yaml")
    for block in sheet.appendix:
        yield _section(block.title, replace(block, title=""))
    if sheet.quiz:
        heading = words["solved" if sheet.edition == "instructor" else "quiz"]
        yield _section(heading, PrintedBlock("quiz", "", quiz=sheet.quiz))
    if sheet.answers:
        rows = tuple(
            (_plain(one.words, tuple(Mark(number, 1, True) for number in one.notes)),) for one in sheet.answers
        )
        numbers = tuple(str(one.number) for one in sheet.answers)
        yield _section(words["answers"], PrintedBlock("answers", "", rows, names=numbers))
    if sheet.left_out:
        yield _section(words["left-out"], PrintedBlock("bullets", "", ((_plain(sheet.left_out),),)))


def _section(heading: str, block: PrintedBlock) -> PrintedSection:
    return PrintedSection(0, heading, "", (), (block,))


def _plain(text: str, marks: tuple[Mark, ...] = ()) -> Said:
    return Said((Run(text),), marks)
