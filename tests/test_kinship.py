"""Who is what to whom: which relations a sentence tells, and who is drawn in a chart."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.compose.candidates import Candidate, candidates
from briefgen.compose.kinship import kin_in, relation_of
from briefgen.compose.relatives import Relatives, groups, relatives
from briefgen.compose.told import told_by
from briefgen.composing import prepare
from briefgen.library import open_library
from briefgen.model import Brief, Chart, Locator, People, Span
from briefgen.problems import Problem
from briefgen.results import BuildOptions


def sentences(folder: Path, text: str) -> tuple[Candidate, ...]:
    path = folder / "source.md"
    path.write_text(f"# Source\n\n{text}\n", "utf-8")
    return candidates(open_library([path]))


def drawn(folder: Path, text: str) -> Relatives:
    """The persons that a text relates, and the ties between them."""
    said = sentences(folder, text)
    return relatives(said, told_by(open_library([folder / "source.md"]), said), ())


def told(folder: Path, text: str) -> list[tuple[str, str, str]]:
    """Who is what to whom; with a question mark where it is not sure."""
    return [
        (kin.who.text, kin.word if kin.sure else f"{kin.word}?", kin.to.text)
        for candidate in sentences(folder, text)
        for kin in kin_in(candidate.text, candidate.inserted)
    ]


# What a sentence tells -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Berg, a younger daughter of Karl Berg, left in 1912.", [("Anna Berg", "younger daughter", "Karl Berg")]),
        ("Karl Berg died in 1918 and his son Otto Berg took the mill.", [("Otto Berg", "son", "Karl Berg")]),
        ("The mill, built by Karl Berg, is led by his son, Otto Berg.", [("Otto Berg", "son", "Karl Berg")]),
        ("In July 1908, Karl's son Otto Berg was hurt.", [("Otto Berg", "son", "Karl")]),
        ("They met Ada Holm, Otto Berg's sister, in Rome.", [("Ada Holm", "sister", "Otto Berg")]),
        ("Otto Berg is the nephew of Emil Carl Berg, another miller.", [("Otto Berg", "nephew", "Emil Carl Berg")]),
        ("Otto Berg was one of Karl Berg’s sons.", [("Otto Berg", "son", "Karl Berg")]),
        ("As the eldest son of Karl Berg, Otto Berg took over.", [("Otto Berg", "eldest son", "Karl Berg")]),
        ("Otto Berg (a son of Karl Berg) signed first.", [("Otto Berg", "son", "Karl Berg")]),
        ("Henry VIII, son of Henry VII, was crowned in 1509.", [("Henry VIII", "son", "Henry VII")]),
        ("Queen Mary I married Philip of Spain in 1554.", [("Mary I", "married", "Philip of Spain")]),
        ("Otto Berg was succeeded as director by Ada Holm.", [("Ada Holm", "succeeded", "Otto Berg")]),
        ("Ada Holm took over from Otto Berg in 1950.", [("Ada Holm", "took over", "Otto Berg")]),
        ("The brothers Emil Berg and Karl Berg bought a mill.", [("Karl Berg", "brother", "Emil Berg")]),
        ("Dr Ada Holm was a former deputy to Otto Berg.", [("Ada Holm", "former deputy", "Otto Berg")]),
    ],
)
def test_a_relation_of_two_named_persons_is_found(
    text: str, expected: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    assert told(tmp_path, text) == expected


def test_a_list_names_several(tmp_path: Path) -> None:
    text = "Those named include founder Karl Berg, his sons Otto (killed in 1914), Emil and Hans, as well as others."
    assert told(tmp_path, text) == [(name, "son", "Karl Berg") for name in ("Otto", "Emil", "Hans")]
    both = told(tmp_path, "Mary I, daughter of Henry VIII and Catherine of Aragon, was born in 1516.")
    assert both == [("Mary I", "daughter", name) for name in ("Henry VIII", "Catherine of Aragon")]


def test_one_sentence_tells_of_blood_and_of_an_office(tmp_path: Path) -> None:
    found = told(tmp_path, "Elizabeth I succeeded her half-sister Mary I in 1558.")
    assert sorted(found) == [("Elizabeth I", "succeeded", "Mary I"), ("Mary I", "half-sister", "Elizabeth I")]


def test_an_item_goes_on_with_the_person_whom_it_opens_with(tmp_path: Path) -> None:
    text = "- Otto Berg – According to the press, he was a pilot and is uncle to Ada Holm."
    assert told(tmp_path, text) == [("Otto Berg", "uncle?", "Ada Holm")]


def test_a_pronoun_that_opens_a_sentence_means_whom_the_composer_names(tmp_path: Path) -> None:
    text = "Otto Berg was the founder of the mill. He was succeeded by Ada Holm in 1950."
    assert told(tmp_path, text) == [("Ada Holm", "succeeded", "Otto Berg")]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg, reportedly a daughter of Karl Berg, left.",
        "Anna Berg was believed to be a daughter of Karl Berg.",
        "Anna Berg, nephew or cousin of Karl Berg, left.",
        "According to the police, Anna Berg is a daughter of Karl Berg.",
        "Anna Berg is a daughter of Karl Berg, according to the police.",
    ],
)
def test_what_is_hedged_or_somebodys_word_is_not_sure(text: str, tmp_path: Path) -> None:
    assert [word.endswith("?") for _, word, _ in told(tmp_path, text)] == [True]


def test_a_word_of_doubt_on_something_else_leaves_an_aside_sure(tmp_path: Path) -> None:
    text = "They said that talks began with Emil Berg, Karl Berg's brother, who was reportedly ill."
    assert told(tmp_path, text) == [("Emil Berg", "brother", "Karl Berg")]


@pytest.mark.parametrize(
    "text",
    [
        "Critics denied that Anna Berg was a daughter of Karl Berg.",
        "Anna Berg was not a daughter of Karl Berg.",
        "Nobody believed that Anna Berg was a daughter of Karl Berg.",
        "After the king met Karl Berg, his brother Otto Berg left.",
        "Karl Berg met Emil Holm and his son Otto Berg.",
        "Some of Karl Berg's brothers travel to the Gulf.",
        "As the son of Karl Berg's first wife, he spoke Danish.",
        "The ruler (and cousin), King Otto, had been overthrown.",
        "Karl Berg founded the Sons of Norway.",
        "The Berg brothers bought a mill.",
        "Karl Berg succeeded in selling the mill.",
    ],
)
def test_nothing_is_inferred(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == []


@settings(deadline=None)
@given(st.text(alphabet="AaBeé ’'s,().–-sonfhi", max_size=160))
def test_any_text_gives_relations_that_stand_in_it(text: str) -> None:
    made = Candidate(
        span=Span("source", 0, 0, len(text)),
        text=text,
        kind="paragraph",
        path=(),
        locator=Locator("paragraph", "1"),
        stems=frozenset(),
        bits=0,
        line="",
        context=frozenset(),
        dates=(),
        date=None,
        first=True,
        clarity=1.0,
        qualities=(),
        about=False,
    )
    for kin in kin_in(made.text, made.inserted):
        assert 0 <= kin.start < kin.end <= len(text)
        assert kin.who.text in text
        assert kin.to.text in text


def test_a_word_means_a_relation_whatever_stands_before_it() -> None:
    younger = relation_of("younger sons")
    assert younger is not None
    assert (younger.below, younger.kind) == (1, "kin")
    assert relation_of("mills") is None


# Who is who ------------------------------------------------------------------------------------------------------


def ties(folder: Path, text: str) -> list[tuple[str, str, str]]:
    found = drawn(folder, text)
    return [(found.called[tie.who], tie.kin.word, found.called[tie.to]) for tie in found.ties]


def test_spellings_of_one_name_are_one_person(tmp_path: Path) -> None:
    text = (
        "Emil Hallberg, son of Karl Hallberg, came. Emil Hallberg married Ada Holm."
        " Otto Hallberg was the brother of Emil Halberg."
    )
    assert ties(tmp_path, text) == [
        ("Emil Hallberg", "son", "Karl Hallberg"),
        ("Emil Hallberg", "married", "Ada Holm"),
        ("Otto Hallberg", "brother", "Emil Hallberg"),
    ]


def test_a_given_name_means_its_only_bearer_and_nobody_where_there_are_two(tmp_path: Path) -> None:
    one = "Emil Berg, son of Karl Berg, came. Otto Berg was the brother of Emil."
    assert ("Otto Berg", "brother", "Emil Berg") in ties(tmp_path, one)
    two = f"{one} Emil Holm, a cousin of Ada Holm, wrote. "
    assert all(to != "Emil Berg" for _, word, to in ties(tmp_path, two) if word == "brother")


def test_a_misspelt_given_name_makes_no_new_person(tmp_path: Path) -> None:
    text = "Badrudin Berg, son of Karl Berg, came. Otto Lund was the uncle of Badarudin."
    assert ties(tmp_path, text) == [("Badrudin Berg", "son", "Karl Berg")]


def test_what_other_ties_tell_is_not_told_again(tmp_path: Path) -> None:
    text = (
        "Emil Berg, son of Karl Berg, came. Ada Berg, daughter of Karl Berg, left."
        " Ada Berg was the sister of Emil Berg. Otto Berg, brother of Karl Berg, stayed."
        " Otto Berg was the uncle of Ada Berg."
    )
    assert [word for _, word, _ in ties(tmp_path, text)] == ["son", "daughter", "brother"]


def test_sources_that_tell_two_ways_give_no_tie(tmp_path: Path) -> None:
    text = (
        "Emil Berg, son of Karl Berg, came. Karl Berg, a son of Emil Berg, left. Ada Berg, daughter of Karl Berg, sat."
    )
    assert ties(tmp_path, text) == [("Ada Berg", "daughter", "Karl Berg")]


def test_ties_make_groups(tmp_path: Path) -> None:
    text = "Emil Berg, son of Karl Berg, came. Ada Berg, sister of Emil Berg, left. Jo Holm, son of Max Holm, sat."
    found = drawn(tmp_path, text)
    assert sorted(len(group) for group in groups(found.ties)) == [2, 3]


# The block -------------------------------------------------------------------------------------------------------

FAMILY = """\
Karl Berg was a miller from Riga. Karl Berg died in 1918 and his son Otto Berg took the mill. Anna Berg, a daughter of
Karl Berg, was a painter. Otto Berg was killed in 1920. Emil Berg, reportedly a nephew of Otto Berg, sold the mill.

- Jens Rask – a lawyer, he was the leader of the mill's board and retired in 1930.
"""


def composed(folder: Path, blocks: str, text: str = FAMILY) -> tuple[Brief | None, tuple[Problem, ...]]:
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "mill.md").write_text(f"# The mill\n\n{text}\n", "utf-8")
    outline = folder / "outline.yaml"
    outline.write_text(f"title: The Mill\nsources: sources\nsections:\n  - topic: leadership\n{blocks}", "utf-8")
    return prepare(outline, BuildOptions())


CHART = "    blocks:\n      - chart:\n"


def chart_of(brief: Brief | None) -> Chart:
    assert brief is not None
    (found,) = (block for section in brief.sections for block in section.blocks if isinstance(block, Chart))
    return found


def test_a_chart_has_the_related_with_what_they_are_and_their_deaths(tmp_path: Path) -> None:
    brief, problems = composed(tmp_path, CHART)
    assert problems == ()
    shown = chart_of(brief)
    assert {(one.name, one.dead) for one in shown.people} == {
        ("Karl Berg", True),
        ("Otto Berg", True),
        ("Anna Berg", False),
        ("Emil Berg", False),
    }
    karl = next(one for one in shown.people if one.name == "Karl Berg")
    assert [fact.text for fact in karl.facts] == ["was a miller from Riga.", "died in 1918 …"]
    assert all(fact.notes and fact.passage for one in shown.people for fact in one.facts)


def test_each_tie_rests_on_the_words_that_name_both(tmp_path: Path) -> None:
    shown = chart_of(composed(tmp_path, CHART)[0])
    said = {shown.people[tie.who].name: (tie.word, tie.sure, tie.statement.text) for tie in shown.ties}
    assert said == {
        "Otto Berg": ("son", True, "Karl Berg died in 1918 and his son Otto Berg …"),
        "Anna Berg": ("daughter", True, "Anna Berg, a daughter of Karl Berg …"),
        "Emil Berg": ("nephew", False, "Emil Berg, reportedly a nephew of Otto Berg, sold the mill."),
    }


def test_fewer_than_three_related_are_a_problem_and_no_chart(tmp_path: Path) -> None:
    two = "Karl Berg was the founder of the mill. Anna Berg, a daughter of Karl Berg, led it."
    brief, problems = composed(tmp_path, CHART, two)
    assert brief is not None
    assert not any(isinstance(block, Chart) for section in brief.sections for block in section.blocks)
    assert [(one.message, one.where.line) for one in problems if one.where] == [
        ("the sources relate 2 persons to each other, and a chart has 3 at least", 6)
    ]
    assert problems[0].hint


def test_a_chart_of_two_is_refused_whatever_the_sources_say(tmp_path: Path) -> None:
    _, problems = composed(tmp_path, "    blocks:\n      - chart: {at_most: 2}\n      - people:\n")
    assert [(one.message, one.hint) for one in problems] == [
        ("at_most: 2 is too few, since a chart has 3 at least", "give it at_most: 3 or more, or make it people")
    ]


def test_a_topic_without_a_family_has_no_chart_and_no_problem(tmp_path: Path) -> None:
    brief, problems = composed(
        tmp_path, "", "Karl Berg was the founder of the mill. Ada Holm became its leader in 1910."
    )
    assert problems == ()
    assert brief is not None
    assert not any(isinstance(block, Chart) for section in brief.sections for block in section.blocks)


def test_a_chart_has_at_most_so_many_who_hang_together(tmp_path: Path) -> None:
    shown = chart_of(composed(tmp_path, "    blocks:\n      - chart: {at_most: 3}\n")[0])
    assert len(shown.people) == 3
    assert {person for tie in shown.ties for person in (tie.who, *tie.of)} == {0, 1, 2}


def test_cards_after_a_chart_begin_with_those_whom_it_has_not(tmp_path: Path) -> None:
    brief, _ = composed(tmp_path, "    blocks:\n      - chart:\n      - people:\n")
    assert brief is not None
    (cards,) = (block for block in brief.sections[0].blocks if isinstance(block, People))
    assert cards.people[0].name == "Jens Rask"


def test_names_with_small_words_in_them_are_whole(tmp_path: Path) -> None:
    text = (
        "Catherine de' Medici, daughter of Lorenzo de’ Medici, met Ludwig van der Berg, a brother of Otto van der Berg."
    )
    assert told(tmp_path, text) == [
        ("Catherine de' Medici", "daughter", "Lorenzo de’ Medici"),
        ("Ludwig van der Berg", "brother", "Otto van der Berg"),
    ]
