"""A section of the Brief from a section of the outline."""

from collections.abc import Callable, Sequence
from math import ceil

from msgspec.structs import replace

from briefgen.compose.blocks.bullets import LIMIT, bullets
from briefgen.compose.blocks.chart import chart
from briefgen.compose.blocks.compare import compare
from briefgen.compose.blocks.glossary import glossary
from briefgen.compose.blocks.image import image
from briefgen.compose.blocks.people import people
from briefgen.compose.blocks.quotation import quotation
from briefgen.compose.blocks.table import table
from briefgen.compose.blocks.timeline import timeline
from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import Scored, alike, choose
from briefgen.compose.limits import impossible, out_of_time
from briefgen.compose.material import Material, find, matching, section_title, topic_title, typical_best
from briefgen.compose.placing import Bench, all_in_place, block_in_place, is_in_place, misfits, statements_in_place
from briefgen.compose.scoring import topic_terms
from briefgen.model import (
    BriefBlock,
    Bullets,
    BulletsBlock,
    Chart,
    Compare,
    CompareBlock,
    Glossary,
    GlossaryBlock,
    ImageBlock,
    LocatedBlock,
    People,
    Prose,
    Questions,
    QuestionsBlock,
    Run,
    SayBlock,
    Section,
    Statement,
    Table,
    Timeline,
    statements_in,
)
from briefgen.problems import Location, Problem, error
from briefgen.topics import Topic

_MAKERS: dict[str, Callable[..., Sequence[BriefBlock]]] = {
    "BulletsBlock": bullets,
    "ChartBlock": chart,
    "CompareBlock": compare,
    "GlossaryBlock": glossary,
    "PeopleBlock": people,
    "QuoteBlock": quotation,
    "TableBlock": table,
    "TimelineBlock": timeline,
}
"""What makes each kind of outline block that shows passages."""

EVENTS, CARDS, BOXES, ROWS, WORDS = 12, 6, 10, 10, 185
"""What a slide has room for: events of a timeline, cards, boxes of a chart, rows, and words of cards or rows."""
UNTITLED = "Section"
"""The heading of a section that has neither a title nor a topic."""
OPENING = 4
"""Statements that open a section, each from a source of its own where there are so many."""
FEWEST = 4
"""Slides of a section, its opener among them, of which one may show on what sources differ."""


def section(number: int, topic: Topic | None, material: Material) -> Section | None:
    """The section with its blocks; none, and an error, where a topic has nothing to say."""
    written, desk = material.section, material.desk
    known = len(desk.problems)
    if topic and not material.pool and not all_in_place(written):
        hint = "add sources that speak of it, or take the section out"
        where = written.marks.get("topic", written.where)
        desk.problems.append(error(f"no passage in the sources is on the topic {topic.id!r}", hint, where))
        return None
    desk.charted.clear()
    desk.verbs = tuple(verb for event in topic.events for verb in event.verbs) if topic else ()
    desk.terms = tuple(topic_terms(topic)) if topic else ()
    differing = _differing(material)
    opening = _opening(material) if topic and written.opening is None else _opening_in_place(material)
    blocks = _with_pins(_blocks(material, differing), material)
    if not blocks and not opening:
        elsewhere = "what fits it stands in other sections; give it another topic, or blocks with a query"
        hint = "see what is said of its lines" if len(desk.problems) > known else elsewhere
        desk.problems.append(error("the section has nothing to show", hint, written.where))
        return None
    return Section(
        number=number,
        heading=section_title(material) or UNTITLED,
        topic=topic.id if topic else "",
        blocks=tuple(blocks),
        where=written.where,
        question=written.question or (topic.question if topic else ""),
        opening=opening,
    )


def _opening(material: Material) -> tuple[Statement, ...]:
    """The best short passages on the topic, one of each source before a second of any."""
    topic = material.topic
    among = [scored.candidate for scored in material.pool]
    wanted = {scored.candidate.span: scored.score for scored in matching(topic.opening if topic else "", among)}
    pool = [
        Scored(one.candidate, _introduces(one.candidate) * (one.score + wanted.get(one.candidate.span, 0)))
        for one in material.pool
    ]
    pool = [scored for scored in pool if scored.score > typical_best(material.pool) / 2]
    chosen: list[Candidate] = []
    while len(chosen) < OPENING:
        fresh = [scored for scored in pool if not any(alike(scored.candidate, one) for one in chosen)]
        taken = {candidate.span.source for candidate in chosen}
        other = [scored for scored in fresh if scored.candidate.span.source not in taken]
        found = choose(other, 1, material.desk, LIMIT, material.used) or choose(
            fresh, 1, material.desk, LIMIT, material.used
        )
        if not found:
            break
        chosen += found
    order = {source.id: place for place, source in enumerate(material.desk.library.heads)}
    chosen.sort(key=lambda candidate: order[candidate.span.source])
    return tuple(statement for candidate in chosen if (statement := material.desk.short(candidate, LIMIT)))


def _opening_in_place(material: Material) -> tuple[Statement, ...]:
    return statements_in_place(material.section.opening or (), _bench(material, material.section.where))


def _bench(material: Material, where: Location) -> Bench:
    return Bench(material.desk, material.places, where, section_title(material))


def _introduces(candidate: Candidate) -> float:
    """More for a sentence that opens with the subject, and for one near the start of its source."""
    return (1.3 if candidate.about else 1.0) * (1.4 if "near the start" in candidate.qualities else 1.0)


def _differing(material: Material) -> tuple[Compare, ...]:
    """A slide on which sources differ on the topic, unless the outline says itself which blocks to show."""
    written = material.section
    if written.blocks or not material.differing or (written.slides is not None and written.slides < FEWEST):
        return ()
    planned = material.topic.blocks if material.topic else ()
    compares = any(isinstance(one.block, CompareBlock) for one in planned)
    made = material.differing(material.pool, written.where, not compares)
    return (made,) if made else ()


def _blocks(material: Material, differing: tuple[Compare, ...]) -> list[BriefBlock]:
    """The section's blocks, or its topic's, for which there is room; the opener takes a slide too.

    A glossary is made when the others are, since it explains what they use.
    """
    written, topic = material.section, material.topic
    planned = written.blocks or (topic.blocks if topic else ())
    own_slide = bool(material.pinned) and not any(isinstance(one.block, BulletsBlock) for one in planned)
    room = material.room if written.slides is None else written.slides - 1 - own_slide
    room -= len(differing)
    made: dict[int, Sequence[BriefBlock]] = {}
    for number, block in sorted(enumerate(planned), key=lambda item: isinstance(item[1].block, GlossaryBlock)):
        if room > 0 or is_in_place(block.block):
            where, marks = (block.where, block.marks) if written.blocks else (written.where, {})
            made[number] = _made(block, where, replace(material, room=room, marks=marks))
            room -= sum(map(_slides, made[number]))
    blocks = [block for number in sorted(made) for block in made[number]]
    return blocks if written.blocks else _interleaved([*blocks, *differing])


def _interleaved(blocks: list[BriefBlock]) -> list[BriefBlock]:
    """The blocks with another kind after every two bullets, as far as there is one later on."""
    ordered: list[BriefBlock] = []
    left = list(blocks)
    while left:
        tired = len(ordered) > 1 and all(isinstance(block, Bullets) for block in ordered[-2:])
        other = next((block for block in left if not isinstance(block, Bullets)), left[0])
        chosen = other if tired else left[0]
        left.remove(chosen)
        ordered.append(chosen)
    return ordered


def _made(located: LocatedBlock, where: Location, material: Material) -> Sequence[BriefBlock]:
    block = located.block
    if isinstance(block, QuestionsBlock):
        return (Questions(block.title or "Questions", block.questions, where),)
    if isinstance(block, SayBlock):
        return (_say(block, where, material),)
    if isinstance(block, ImageBlock):
        return image(block, where, material)
    if is_in_place(block):
        material.desk.problems.extend(misfits(block, where))
        placed = block_in_place(block, _bench(material, where))
        return (placed,) if placed else ()
    wrong = impossible(block, where, material.marks)
    if wrong:
        material.desk.problems.append(wrong)
        return ()
    known = len(material.desk.problems)
    made = _MAKERS[type(block).__name__](block, where, material)
    if not made and material.section.blocks and len(material.desk.problems) == known:
        name = type(block).__name__.removesuffix("Block").lower()
        empty = out_of_time(block, material, where) or _nothing_for(name, material, where)
        material.desk.problems.append(empty)
    return made


def _nothing_for(name: str, material: Material, where: Location) -> Problem:
    """That a block stays empty, and why."""
    if not material.topic:
        hint = "in a section without a topic, say what it should show: query, or find"
        return error(f"no passage fits this {name} block", hint, where)
    hint = "what fits may stand in an earlier block or section; use another query, topic or span of years"
    return error(f"no passage is left for this {name} block", hint, where)


def _say(block: SayBlock, where: Location, material: Material) -> Prose:
    cited = [
        find(wanted, material.everything, f"the cite {wanted.find!r}", where, material.desk) for wanted in block.cite
    ]
    notes = tuple(material.desk.notebook.number(found.span, found.locator) for found in cited if found)
    statement = Statement(material.desk.next_id(), "instructor", (Run(block.say),), notes=notes)
    return Prose(block.title or section_title(material) or "Instructor’s note", (statement,), where)


def _with_pins(blocks: list[BriefBlock], material: Material) -> list[BriefBlock]:
    """The blocks with the pinned passages that none of them shows at the head of the first bullets, or in their own."""
    desk = material.desk
    shown = {one.passage.span for block in blocks for one in statements_in(block) if one.passage}
    missing = [found for found in material.pinned if found.span not in shown]
    if not missing:
        return blocks
    pinned = tuple(desk.short(found, LIMIT) or desk.state(found) for found in missing)
    for index, block in enumerate(blocks):
        if isinstance(block, Bullets):
            joined = replace(block, statements=(*pinned, *block.statements))
            return [*blocks[:index], joined, *blocks[index + 1 :]]
    return [Bullets(topic_title(material), pinned, material.section.where), *blocks]


def _slides(block: BriefBlock) -> int:
    """How many slides a block is likely to take, by what stands on it and in how many words."""
    if isinstance(block, Timeline):
        return ceil(len(block.events) / EVENTS)
    if isinstance(block, Chart):
        return ceil(len(block.people) / BOXES)
    items = len(block.people) if isinstance(block, People) else len(block.rows) if isinstance(block, Table) else 0
    items = len(block.entries) if isinstance(block, Glossary) else items
    said = sum(len(one.text.split()) for one in statements_in(block))
    return max(1, ceil(items / (CARDS if isinstance(block, People) else ROWS)), ceil(said / WORDS) if items else 1)
