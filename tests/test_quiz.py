"""The quiz of a brief: what is asked, that every key is right, and that nothing is invented."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefgen.model import (
    Brief,
    BriefBlock,
    Bullets,
    Conflict,
    Handout,
    Note,
    Passage,
    People,
    Person,
    Question,
    QuestionKind,
    Questions,
    Run,
    Section,
    SourceSummary,
    Span,
    Statement,
    Timeline,
)
from briefgen.problems import Location
from briefgen.quiz import quiz_of
from briefgen.quiz.gaps import named
from briefgen.quiz.persons import persons_of
from briefgen.quiz.shuffled import shuffled
from briefgen.quiz.told import GAP, told_in
from briefgen.text.dates import dates

HERE = Location("o.yaml", 1, 1)
CHOICES = ("choice", "date", "agree")


def said(number: int, text: str, shown: str = "", others: tuple[str, ...] = ()) -> Statement:
    """The statement `s{number}`, which shows `shown` (or all) of the passage `text`."""
    span = Span("s", number, 0, len(text))
    mention = next(iter(dates(text)), None)
    runs = (Run(shown or text),)
    return Statement(f"s{number}", "verbatim", runs, (span,), Passage(text, span), mention, (number,), others)


def brief(
    *blocks: BriefBlock, count: int = 30, conflicts: tuple[Conflict, ...] = (), aside: tuple[Statement, ...] = ()
) -> Brief:
    return Brief(
        title="The Harbour",
        language="en",
        sections=tuple(Section(number, "H", "history", (block,), HERE) for number, block in enumerate(blocks, 1)),
        notes=tuple(Note(number, "s", (Run(f"Full note {number}."),), f"Short {number}") for number in range(1, 40)),
        bibliography=(),
        sources=(SourceSummary("s", "s.txt", "", "page", "S", "Openpedia"),),
        conflicts=conflicts,
        aside=aside,
        handout=Handout(questions=count),
    )


def told(*texts: str) -> Bullets:
    return Bullets("", tuple(said(number, text) for number, text in enumerate(texts, 1)), HERE)


def of_kind(kind: QuestionKind, made: Sequence[Question]) -> list[Question]:
    return [question for question in made if question.kind == kind]


def in_order(question: Question) -> list[str]:
    return [question.options[place] for place in question.key]


PIER = "In 1901 the town built a stone pier for the herring boats."
LAMP = "In 1923 the board put an electric lamp on the northern mole."
DOCK = "In 1952 engineers dug a dry dock behind the old brewery."
CRANE = "In 1967 two cranes were lifted from barges by the navy."
FERRY = "In 1988 a ferry to Tarn began to carry lorries and cattle."


# Order ----------------------------------------------------------------------------------------------------------


def test_dated_statements_are_put_in_order_of_time_without_their_dates() -> None:
    (question,) = of_kind("order", quiz_of(brief(told(FERRY, PIER, DOCK))))
    years = [re.sub(r"\d{4}", GAP, text) for text in (PIER, DOCK, FERRY)]
    assert in_order(question) == years
    assert list(question.options) != years
    assert [proof.passage for proof in question.proofs] == [PIER, DOCK, FERRY]


def test_an_event_is_asked_about_in_the_words_of_its_label_where_these_are_whole() -> None:
    full = "7 July 1901: The town built a stone pier for the herring boats."
    event = said(1, full, "The town built a stone pier for the herring boats.")
    events = (event, said(2, DOCK), said(3, FERRY))
    (question,) = of_kind("order", quiz_of(brief(Timeline("", events, HERE))))
    assert in_order(question)[0] == "The town built a stone pier for the herring boats."


def test_a_label_that_leaves_out_who_it_was_is_not_asked_about() -> None:
    fact = said(1, "Ada Lind opened a school of navigation in 1901.", "opened a school of navigation in 1901.")
    (question,) = of_kind("order", quiz_of(brief(Timeline("", (fact, said(2, DOCK), said(3, FERRY)), HERE))))
    assert in_order(question)[0] == f"Ada Lind opened a school of navigation in {GAP}."


@pytest.mark.parametrize(
    "unsure",
    [
        "The board asked for a study of the reef before the quay was dug in 1940.",
        "In 1940, after the storm, the town sold the old lifeboat.",
        "c. 1940: The channel was deepened for the largest tankers.",
        "The town had sold the old lifeboat in 1940.",
        "The war of 1940 closed the sound to all merchant ships.",
        "In 1940 the town sold the lifeboat and in 1941 the slipway.",
    ],
)
def test_what_is_not_surely_of_one_date_is_not_put_in_order(unsure: str) -> None:
    (question,) = of_kind("order", quiz_of(brief(told(PIER, unsure, DOCK, FERRY))))
    assert len(question.options) == 3
    assert unsure not in [proof.passage for proof in question.proofs]


def test_events_that_may_have_been_at_the_same_time_are_not_put_in_order() -> None:
    same = "In May 1952 the pilots moved into the customs house."
    (question,) = of_kind("order", quiz_of(brief(told(PIER, DOCK, same, FERRY))))
    assert same not in [proof.passage for proof in question.proofs]


def test_two_events_are_no_order() -> None:
    assert of_kind("order", quiz_of(brief(told(PIER, DOCK)))) == []


# Persons --------------------------------------------------------------------------------------------------------


def card(number: int, name: str, *facts: str) -> Person:
    return Person(name, tuple(said(number * 10 + place, fact) for place, fact in enumerate(facts)))


CARDS = (
    card(1, "Ada Lind", "She was the first keeper of the eastern lighthouse."),
    card(2, "Omar Falk", "He was an engineer who dredged the sound with steam."),
    card(3, "Nils Berg", "He was a smuggler hidden by nuns in a chapel."),
)


def test_persons_are_matched_with_what_is_said_of_them_alone() -> None:
    (question,) = of_kind("match", quiz_of(brief(People("", CARDS, HERE))))
    matched = {question.answers[place]: text for text, place in zip(question.options, question.key, strict=True)}
    assert matched == {person.name: person.facts[0].text for person in CARDS}
    assert list(question.answers) == sorted(question.answers)


def test_a_role_that_fits_another_person_is_not_asked_about() -> None:
    both = card(4, "Eva Holm", "She was a keeper of the lighthouse.")
    (question,) = of_kind("match", quiz_of(brief(People("", (*CARDS, both), HERE))))
    assert "Eva Holm" not in question.answers


def test_a_person_whose_name_another_bears_is_left_out() -> None:
    again = card(4, "Ada Marie Lind", "She taught arithmetic to deckhands every winter evening.")
    made = quiz_of(brief(People("", (*CARDS, again), HERE)))
    assert all("Ada Lind" not in question.answers for question in made)


def test_a_fact_that_names_its_person_is_not_matched() -> None:
    names = card(1, "Ada Lind", "Lind was the first keeper of the eastern lighthouse.")
    assert of_kind("match", quiz_of(brief(People("", (names, *CARDS[1:]), HERE)))) == []


def test_a_name_is_chosen_among_persons_of_whom_no_passage_tells_the_same() -> None:
    rowed = "In March 1931 Ada Lind rowed to the wreck of the Fortuna and saved nine sailors."
    same = "In March 1931 Omar Falk rowed to the wreck of the Fortuna with sailors."
    everything = brief(People("", (*CARDS, card(4, "Eva Holm", "She mended nets.")), HERE), told(rowed, same))
    first, second = (draft.question for draft in named(told_in(everything), persons_of(everything)))
    assert (first.options, first.key) == (("Ada Lind", "Eva Holm", "Nils Berg"), (0,))
    assert (second.options, second.key) == (("Eva Holm", "Nils Berg", "Omar Falk"), (2,))


@pytest.mark.parametrize("vague", ["Ada Lind was a leader of the herring merchants.", "In 1931 Ada Lind died."])
def test_a_name_that_many_would_fit_is_not_asked_for(vague: str) -> None:
    everything = brief(People("", (*CARDS, card(4, "Eva Holm", "She mended nets.")), HERE), told(vague))
    assert list(named(told_in(everything), persons_of(everything))) == []


# Words left out -------------------------------------------------------------------------------------------------


def test_a_date_is_left_out_where_it_stands_once() -> None:
    (question,) = of_kind("cloze", quiz_of(brief(told(LAMP))))
    assert (question.stem, question.answers) == (("In ", LAMP[7:]), ("1923",))


def test_another_way_to_write_the_date_counts_as_well() -> None:
    (question,) = of_kind("cloze", quiz_of(brief(told("On July 6, 1923 the board lit an electric lamp."))))
    assert question.answers == ("July 6, 1923", "6 July 1923")


def test_a_date_is_not_asked_for_where_a_passage_like_it_has_another() -> None:
    other = "In 1924 the board put an electric lamp on the northern mole at last."
    assert of_kind("cloze", quiz_of(brief(told(LAMP, other)))) == []


def test_a_count_is_left_out() -> None:
    (question,) = of_kind(
        "cloze", quiz_of(brief(told("The granite breakwater shelters 240 trawlers in winter storms.")))
    )
    assert question.answers == ("240",)


@pytest.mark.parametrize(
    "text",
    [
        "The council listed the wreck under Resolution 1988 of the maritime assembly.",
        "A 144-page book on the breakwater circulates among granite masons.",
        "Between 20 and 30 trawlers shelter behind the granite breakwater.",
        "The granite breakwater shelters 7% of all trawlers in winter storms.",
    ],
)
def test_a_number_that_counts_nothing_or_is_one_of_several_stays(text: str) -> None:
    assert of_kind("cloze", quiz_of(brief(told(text)))) == []


def test_a_date_is_chosen_among_those_of_other_events() -> None:
    made = of_kind("date", quiz_of(brief(told(PIER, LAMP, DOCK, CRANE, FERRY), told(), count=30)))
    assert made
    for question in made:
        assert question.options[question.key[0]] in question.proofs[0].passage
        assert sorted(question.options) == list(question.options)
        assert len(set(question.options)) == len(question.options) >= 3


def test_wrong_dates_are_near_enough_to_be_fair() -> None:
    made = quiz_of(brief(told("In 1520 monks built a chapel of driftwood.", PIER, LAMP, DOCK, CRANE, FERRY)))
    assert all("1520" not in question.options or question.options[question.key[0]] == "1520" for question in made)


# Agreement ------------------------------------------------------------------------------------------------------

FOUNDED = "The Mole Company was founded in 1890 by herring merchants."
OTHERWISE = "The Mole Company was founded in 1902."
DIFFER = Conflict("when the Mole Company was founded", ("s1", "s30"))


def test_where_sources_differ_on_a_date_that_is_the_answer_and_both_passages_are_shown() -> None:
    made = quiz_of(brief(told(FOUNDED), conflicts=(DIFFER,), aside=(said(30, OTHERWISE),)))
    (question,) = of_kind("agree", made)
    assert question.options[question.key[0]] == "The sources differ."
    assert question.reason == "They differ on when the Mole Company was founded."
    assert [proof.passage for proof in question.proofs] == [FOUNDED, OTHERWISE]


def test_what_sources_differ_on_is_asked_in_no_other_way() -> None:
    made = quiz_of(brief(told(FOUNDED, PIER, DOCK, FERRY), conflicts=(DIFFER,), aside=(said(30, OTHERWISE),)))
    assert [question.kind for question in made if FOUNDED in [proof.passage for proof in question.proofs]] == ["agree"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Masons said that the Mole Company was founded in 1890.", "when the Mole Company was founded"),
        ("The Mole Company has offered 5,000 crowns for the wreck.", "the reward for the wreck"),
        ("Ada Lind became its minister of fisheries.", "which minister Ada Lind was"),
    ],
)
def test_a_report_and_what_may_change_are_not_asked_about(text: str, what: str) -> None:
    conflict = Conflict(what, ("s1", "s30"))
    made = quiz_of(brief(told(text), conflicts=(conflict,), aside=(said(30, OTHERWISE),)))
    assert of_kind("agree", made) == []


def test_what_two_sources_say_alike_is_so() -> None:
    statement = said(1, "The granite breakwater was blessed by a bishop from Tarn.", others=("t",))
    (question,) = of_kind("agree", quiz_of(brief(Bullets("", (statement,), HERE))))
    assert question.options[question.key[0]].startswith("Yes.")


# The whole ------------------------------------------------------------------------------------------------------


def test_the_instructors_questions_come_first_and_have_no_key() -> None:
    first, *rest = quiz_of(brief(told(PIER, DOCK, FERRY), Questions("", ("Why a pier?",), HERE)))
    assert (first.number, first.kind, first.stem, first.key) == (1, "open", ("Why a pier?",), ())
    assert [question.number for question in rest] == list(range(2, len(rest) + 2))


def test_no_more_are_made_than_the_outline_asks_for() -> None:
    blocks = (told(PIER, LAMP, DOCK, CRANE, FERRY), Questions("", ("Why?",), HERE))
    assert len(quiz_of(brief(*blocks, count=2))) == 3
    assert len(quiz_of(brief(*blocks, count=0))) == 1


def test_what_one_question_asks_no_other_gives_away() -> None:
    again = "The electric lamp on the northern mole was put there in 1923 by the board."
    made = quiz_of(brief(told(LAMP, again)))
    assert len(made) == 1


def test_the_instructors_own_wording_is_no_statement_of_a_source() -> None:
    own = replace(said(1, LAMP), kind="instructor")
    assert quiz_of(brief(Bullets("", (own,), HERE))) == ()


def test_each_key_has_its_passage_and_note() -> None:
    for question in quiz_of(brief(told(PIER, LAMP, DOCK, CRANE, FERRY), People("", CARDS, HERE))):
        assert question.proofs
        for proof in question.proofs:
            assert proof.note == f"Full note {proof.statement[1:]}."
            assert proof.short == f"Short {proof.statement[1:]}"


@settings(deadline=None)
@given(st.lists(st.text(), min_size=2))
def test_mixing_keeps_everything_and_never_leaves_it_as_it_was(texts: list[str]) -> None:
    order = shuffled(texts)
    assert sorted(order) == list(range(len(texts)))
    assert order != sorted(order)


# Any brief ------------------------------------------------------------------------------------------------------

NAMES = ("Ada Lind", "Omar Falk", "Nils Berg", "Eva Holm", "Ada Berg", "O")
_YEARS = st.integers(1900, 1999).map(str)
_DATES = st.one_of(
    _YEARS, st.tuples(st.integers(1, 28), st.sampled_from(["May", "June"]), _YEARS).map(lambda d: " ".join(map(str, d)))
)
_SENTENCES = st.one_of(
    st.text(max_size=60),
    st.builds(
        "In {} {} {} the {} of {} {} boats.".format,
        _DATES,
        st.sampled_from(NAMES),
        st.sampled_from(["sold", "was said to own", "built", "died at"]),
        st.sampled_from(["pier", "lamp", "chapel of driftwood", "brewery"]),
        st.integers(1, 9999),
        st.sampled_from(["herring", "whaling", "customs", "granite"]),
    ),
)


@st.composite
def briefs(draw: st.DrawFn) -> Brief:
    texts = draw(st.lists(_SENTENCES, max_size=14))
    made = [said(number, text, others=draw(st.sampled_from([(), ("t",)]))) for number, text in enumerate(texts, 1)]
    cut = draw(st.integers(0, len(made)))
    people = tuple(Person(name, tuple(made[place::6])) for place, name in enumerate(NAMES))
    ids = [one.id for one in made]
    what = draw(st.sampled_from(["when the pier was founded", "x"]))
    conflicts = (Conflict(what, tuple(draw(st.lists(st.sampled_from(ids), max_size=3)))),) if ids else ()
    bullets = Bullets("", tuple(made[:cut]), HERE)
    return brief(bullets, Timeline("", tuple(made[cut:]), HERE), People("", people, HERE), conflicts=conflicts)


@settings(max_examples=150, deadline=None)
@given(briefs())
def test_any_brief_gives_questions_whose_keys_stand_in_its_passages(any_brief: Brief) -> None:
    made = quiz_of(any_brief)
    assert made == quiz_of(any_brief)
    assert len(made) <= any_brief.handout.questions
    for question in made:
        passages = [proof.passage for proof in question.proofs]
        _key_fits(question)
        if question.kind in ("cloze", "choice"):
            answer = question.answers[0] if question.kind == "cloze" else question.options[question.key[0]]
            assert answer.join(question.stem) == passages[0]
            assert passages[0].count(answer) == 1
        elif question.kind in ("order", "match"):
            for option in question.options:
                assert any(all(part in passage for part in option.split(GAP)) for passage in passages)
        elif question.kind == "date":
            assert question.options[question.key[0]] in passages[0]
        else:
            assert question.stem[0] == passages[0]


def _key_fits(question: Question) -> None:
    """A key names options or answers that are there, all different."""
    assert len(set(question.options)) == len(question.options)
    if question.kind == "order":
        assert sorted(question.key) == list(range(len(question.options)))
    elif question.kind == "match":
        assert sorted(question.key) == list(range(len(question.answers))) == list(range(len(question.options)))
    elif question.kind in CHOICES:
        assert question.options[question.key[0]]
        assert len(question.options) >= 3
