"""How many of the facts that a student must be told get on the slides (`facts/`, and `benchmarks/choosing.py`)."""

from pathlib import Path

import pytest
import yaml
from told import FACTS, SUBJECTS, Telling, subject, tellings

FLOORS = {"haqqani": 47, "belgium": 24, "oxygen": 26}
"""One fact fewer than was measured: 48 of 53, 25 of 37 and 27 of 37. Raise a floor when the choice gets better."""


@pytest.fixture(scope="module", params=SUBJECTS)
def told(request: pytest.FixtureRequest, shared: Path) -> tuple[str, tuple[Telling, ...]]:
    """A subject's name and what its deck tells."""
    name = str(request.param)
    missing = [one for one in subject(name).sources if not (shared / one).exists()]
    if missing:
        pytest.skip(f"the documents on {name} are not in the folder of real documents: {', '.join(missing)}")
    return name, tellings(name, shared)


def test_a_deck_tells_most_of_what_a_student_must_be_told(told: tuple[str, tuple[Telling, ...]]) -> None:
    name, topics = told
    found = sum(len(one.found) for one in topics)
    missing = [f"{one.topic}: {fact.fact}" for one in topics for fact in one.missing]
    assert found >= FLOORS[name], "\n".join((f"{found} facts told; not told:", *missing))


def test_a_section_fills_no_more_slides_than_its_outline_allows(told: tuple[str, tuple[Telling, ...]]) -> None:
    _, topics = told
    assert {one.topic: one.slides for one in topics if not 0 < one.slides <= 6} == {}


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_listed_topic_has_a_section_and_each_fact_its_own_words(name: str) -> None:
    topics = subject(name).topics
    outline = yaml.safe_load((FACTS / f"{name}-lecture.yaml").read_text("utf-8"))
    assert [section["topic"] for section in outline["sections"]] == list(topics)
    facts = [fact.fact for listed in topics.values() for fact in listed]
    assert len(facts) == len(set(facts))
