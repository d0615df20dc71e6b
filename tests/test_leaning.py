"""Whether a sentence can be understood without the one before it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.text.leaning import stands_alone


@pytest.mark.parametrize(
    "sentence",
    [
        "The Suez Canal joins two seas.",
        "Britain bought the shares in 1875.",
        "Ferdinand de Lesseps led the company until he died in 1894.",
        "In 1956 Egypt seized the canal.",
        "Corals grow slowly in cold water.",
        "It is widely believed that the pharaohs dug a canal.",
        "There were three hundred chess clubs in Britain in 1860.",
        "British officials confirmed that they had met the pilots.",
        "The two oil crises sent the economy into a recession; it was long.",
    ],
)
def test_a_sentence_that_names_what_it_speaks_of_stands_alone(sentence: str) -> None:
    assert stands_alone(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He died in 1894.",
        "Since then, Suez has grown.",
        "Suez, however, grew.",
        "Suez, for instance, grew.",
        "Suez has since grown.",
        "Other towns grew in Egypt.",
        "Britain left Suez a year later.",
        "Egyptian ships were lost in the war.",
        "Pilots from Suez sail to Port Said instead.",
        "The company that built it was formed in 1858.",
        "Second, Suez kept its ships.",
        "Pilots can be used as well.",
        "Britain bought the remaining shares in 1875.",
        "British forces again invaded Egypt.",
        "It was closed for eight years.",
        "However, the canal stayed open.",
        "This surprised the pilots.",
        "The report blamed the captain.",
        "At the time, ships were small.",
        "and the canal stayed open.",
        "In 1956 he seized the canal.",
        "It is widely believed that he seized the canal.",
        "It was believed to be the longest canal.",
        "There was his grave.",
        "“I knew,” he said.",
        "The pilots left after that attack.",
    ],
)
def test_a_sentence_that_leans_on_the_one_before_it_does_not_stand_alone(sentence: str) -> None:
    assert not stands_alone(sentence)


def test_a_noun_of_the_subject_needs_no_introduction() -> None:
    assert not stands_alone("The prison was closed in 1990.")
    assert stands_alone("The prison was closed in 1990.", frozenset({"prison"}))


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(["He", "it", "The", "report", "Port", "Said", ",", "“", "”", "in", "that", ".", ""]),
            max_size=12,
        ).map(" ".join),
    )
)
def test_any_text_has_an_answer(text: str) -> None:
    assert stands_alone(text) in (True, False)


@pytest.mark.parametrize(
    ("sentence", "alone"),
    [
        ("The harbour master also warned the captains.", False),
        ("Anna Quay, also known as the Gull, rowed the ferry.", True),
        ("An additional letter names the pilots.", False),
        ("The company was blamed for the attack.", False),
        ("The company was blamed for the attack on the lighthouse.", True),
    ],
)
def test_a_sentence_that_adds_to_another_or_points_at_an_event_leans(sentence: str, alone: bool) -> None:
    assert stands_alone(sentence) is alone
