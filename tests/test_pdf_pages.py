"""Where the pages of a PDF end: no heading, and no last entry, stands alone."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from msgspec.structs import replace
from test_handout import HERE, brief, said
from test_handout_pdf import faults, opened, rendered

from briefgen.build import build
from briefgen.model import (
    BriefBlock,
    Bullets,
    Compare,
    Definition,
    Entry,
    Glossary,
    Handout,
    People,
    Person,
    Questions,
    Row,
    Run,
    Side,
    Statement,
    Table,
    Timeline,
)
from briefgen.results import BuildOptions

_ITEMS = {"/LI", "/TR", "/P", "/BlockQuote", "/Figure"}
_BESIDE = {"/Note", "/FENote", "/THead", "/Caption"}
"""What is no item: notes at a page's foot, heads of tables."""


def stood(data: bytes) -> list[tuple[str, int]]:
    """The headings, list items, rows and paragraphs by their tags, in reading order, each with its page from 1."""
    pages = {one.obj.objgen: number for number, one in enumerate(opened(data).pages, 1)}

    def page_of(node: Any, page: Any) -> Any:
        """The page on which an element begins."""
        if isinstance(node, pikepdf.Array):
            return next((found for one in node if (found := page_of(one, page))), None)
        if not isinstance(node, pikepdf.Dictionary):
            return page
        page = node.Pg.objgen if "/Pg" in node else page
        return page if "/MCID" in node else page_of(node.get("/K", pikepdf.Array()), page)

    def walk(node: Any, page: Any) -> Iterator[tuple[str, int]]:
        for one in node if isinstance(node, pikepdf.Array) else [node]:
            if not isinstance(one, pikepdf.Dictionary) or "/S" not in one or str(one.S) in _BESIDE:
                continue
            here = one.Pg.objgen if "/Pg" in one else page
            if str(one.S) in _ITEMS or str(one.S).startswith("/H"):
                yield str(one.S), pages[page_of(one, here)]
            elif "/K" in one:
                yield from walk(one.K, here)

    return list(walk(opened(data).Root.StructTreeRoot.K, None))


def lonely_headings(data: bytes) -> list[int]:
    """The pages of headings after which fewer than two items, and not all that they head, stand on the same page."""
    placed = stood(data)
    found = []
    for at, (tag, page) in enumerate(placed):
        if tag.startswith("/H"):
            after = placed[at + 1 :]
            end = next((place for place, (other, _) in enumerate(after) if other.startswith("/H")), len(after))
            below = [one for one in after[:1] if one[0] > tag]  # nothing, or a heading of a lower level
            headed = [other for _, other in after[:end] or below]
            if headed[:2] != [page] * len(headed[:2]):
                found.append(page)
    return found


def facts(count: int, length: int = 1) -> tuple[Statement, ...]:
    words = " ".join(["The river rose over its banks and the town was under water for a day."] * length)
    return tuple(said(f"{words} {place}", at=place, notes=(place % 8 + 1,), date=f"{place}") for place in range(count))


def bullets(title: str, said_: Sequence[Statement]) -> BriefBlock:
    return Bullets(title, tuple(said_), HERE)


def timeline(title: str, said_: Sequence[Statement]) -> BriefBlock:
    return Timeline(title, tuple(said_), HERE)


def table(title: str, said_: Sequence[Statement]) -> BriefBlock:
    return Table(title, ("who", "what"), tuple(Row(("The river", one.text), one) for one in said_), HERE)


def people(title: str, said_: Sequence[Statement]) -> BriefBlock:
    persons = (Person(f"Ada Lind {place}", (one,), dead=place == 1) for place, one in enumerate(said_))
    return People(title, tuple(persons), HERE)


def glossary(title: str, said_: Sequence[Statement]) -> BriefBlock:
    return Glossary(title, tuple(Definition(f"weir {place}", one) for place, one in enumerate(said_)), HERE)


def compared(title: str, said_: Sequence[Statement]) -> BriefBlock:
    answers = (replace(one, runs=(Run("They say that it did not."),)) for one in said_)
    return Compare(title, Side("Charge", tuple(said_)), Side("Answer", tuple(answers)), HERE)


def questions(title: str, said_: Sequence[Statement]) -> BriefBlock:
    return Questions(title, tuple(one.text for one in said_), HERE)


KINDS = (bullets, timeline, table, people, glossary, compared, questions)


@pytest.mark.parametrize("columns", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_no_heading_is_followed_by_fewer_than_two_items_on_its_page(
    kind: Callable[[str, Sequence[Statement]], BriefBlock], columns: bool
) -> None:
    every = facts(400)
    sizes = [count for seed in range(9) for count in (3 + seed % 4, 2, 7 - seed % 3, 4)]
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    blocks = [kind(f"Part {at}", every[at : at + size]) for at, size in zip(starts, sizes, strict=True)]
    data = rendered(replace(brief(*blocks), handout=Handout(two_columns=columns)))
    headings = [page for tag, page in stood(data) if tag.startswith("/H")]
    assert len(headings) > len(blocks)
    assert max(headings) > 3
    assert lonely_headings(data) == []
    assert faults(data) == []


def test_the_last_page_never_has_one_entry_of_a_list_alone() -> None:
    ends = set()
    for count in range(40, 70):
        entries = tuple(Entry(f"w{place}", (Run(f"The work {place}."),)) for place in range(count))
        pages = [page for _, page in stood(rendered(replace(brief(), bibliography=entries)))]
        assert pages.count(max(pages)) > 1
        ends.add(max(pages))
    assert len(ends) > 1


def test_rows_too_high_to_stand_together_leave_no_page_half_empty() -> None:
    data = rendered(brief(timeline("Long", facts(5, length=28))))
    pages = [page for tag, page in stood(data) if tag == "/TR"]
    assert [pages.count(page) for page in sorted(set(pages))] == [2, 2, 1]


@pytest.mark.parametrize("name", ["survey-lecture", "sanctions-seminar", "leadership-handout"])
def test_no_heading_stands_alone_over_the_real_documents(name: str, shared: Path, tmp_path: Path) -> None:
    outline = tmp_path / f"{name}.yaml"
    text = Path("outlines", f"{name}.yaml").read_text("utf-8")
    outline.write_text(f"{text}\nhandout: {{editions: [student, instructor]}}\n", "utf-8")
    build(outline, BuildOptions(formats=("pdf",), out=tmp_path, sources=(str(shared / "sources"),)))
    for edition in ("student", "instructor"):
        assert lonely_headings((tmp_path / f"{name}-handout-{edition}.pdf").read_bytes()) == []
