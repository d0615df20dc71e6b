"""Whole small projects against what they gave before: the Brief as JSON, the handout and the deck as they are read.

After a change that is meant to be seen: pytest tests/test_goldens.py --rewrite-goldens, and read the difference.
"""

from pathlib import Path

import msgspec
import pytest
from as_read import deck_text, page
from conftest import SAMPLES
from lxml import html
from msgspec.structs import replace

from briefgen.composing import prepare
from briefgen.model import Brief, Edition
from briefgen.pictures import album
from briefgen.problems import Problem
from briefgen.renderers.deck import render
from briefgen.renderers.handout import render_html
from briefgen.renderers.handout.sheet import sheet
from briefgen.results import BuildOptions

GOLDENS = Path(__file__).parent / "goldens"
CASES = ("canal", "chess", "harald", "lighthouse", "reef")


class Case(msgspec.Struct, frozen=True):
    """What is kept of a Brief, so that no machine's paths are in it."""

    brief: Brief
    problems: tuple[Problem, ...]


@pytest.fixture
def case(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Case:
    monkeypatch.chdir(SAMPLES)
    brief, problems = prepare(Path(request.param) / "outline.yaml", BuildOptions())
    assert brief is not None
    return Case(brief, problems)


def compare(name: str, now: str, request: pytest.FixtureRequest) -> None:
    path = GOLDENS / name
    if request.config.getoption("--rewrite-goldens"):
        path.write_text(now, "utf-8")
    assert now == path.read_text("utf-8"), f"{name} is not what it was"


@pytest.mark.parametrize(("case", "name"), [(name, name) for name in CASES], indirect=["case"])
def test_the_brief_is_what_it_was(case: Case, name: str, request: pytest.FixtureRequest) -> None:
    compare(f"{name}.brief.json", msgspec.json.format(msgspec.json.encode(case), indent=1).decode() + "\n", request)


@pytest.mark.parametrize(("case", "name"), [(name, name) for name in CASES], indirect=["case"])
def test_the_deck_reads_as_it_did(case: Case, name: str, request: pytest.FixtureRequest) -> None:
    compare(f"{name}.deck.txt", deck_text(render(case.brief, album(case.brief)[1]).data), request)


@pytest.mark.parametrize(("case", "name"), [(name, name) for name in CASES], indirect=["case"])
def test_the_handout_is_the_page_it_was(case: Case, name: str, request: pytest.FixtureRequest) -> None:
    tree = page(render_html(case.brief, album(case.brief)[1]).encode())
    compare(f"{name}.handout.html", html.tostring(tree, encoding="unicode", pretty_print=True), request)


@pytest.mark.parametrize("edition", ["student", "instructor"])
@pytest.mark.parametrize(("case", "name"), [("harald", "harald")], indirect=["case"])
def test_each_edition_is_the_page_it_was(
    case: Case, name: str, edition: Edition, request: pytest.FixtureRequest
) -> None:
    slides = render(case.brief, album(case.brief)[1]).slides
    placed = replace(case.brief, places=slides)
    tree = page(render_html(placed, album(case.brief)[1], sheet(placed, edition)).encode())
    compare(f"{name}.{edition}.html", html.tostring(tree, encoding="unicode", pretty_print=True), request)
