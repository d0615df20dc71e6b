"""Cutting a sentence short without losing what makes it true."""

import re

import pytest
from held import KEEP, held_words
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.compose.trim import keeps_meaning, trim

CLAUSES = [", which", ", and", ";", " –", " because", ", where", " after", ", making", " in"]
WORDS = st.sampled_from(
    ["canal", "Egypt", "was", "opened", "ships", "passed", "the", "deep", "Port", "in", "sailed", "(old)"]
)


def as_written(entry: str) -> str:
    """A word that an entry of the list stands for."""
    return (
        "don" + entry
        if entry.startswith("n") and entry.endswith("t") and len(entry) == 3 and entry != "not"
        else entry.replace("*", "ing")
    )


HELD = st.sampled_from([as_written(entry) for entry in KEEP])
PART = st.one_of(WORDS, WORDS, WORDS, st.sampled_from(CLAUSES), HELD)
SENTENCE = st.lists(PART, min_size=8, max_size=40).map(
    lambda parts: re.sub(r" +([,;])", r"\1", "The canal was " + " ".join(parts)) + "."
)


@settings(max_examples=250, deadline=None)
@given(SENTENCE, st.integers(5, 30), st.booleans())
def test_a_cut_keeps_to_the_limit_and_leaves_out_no_hedge_or_negation(text: str, limit: int, phrases: bool) -> None:
    end = trim(text, limit, phrases)
    if end is None:
        return
    assert 0 < end <= len(text)
    assert len(text[:end].split()) <= limit
    if end < len(text):
        assert held_words(text[end:]) == []
        assert text[end] in " ,;"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120), st.integers(1, 30))
def test_any_text_can_be_asked_for(text: str, limit: int) -> None:
    end = trim(text, limit)
    assert end is None or len(text[:end].split()) <= limit


def test_a_short_sentence_is_left_whole() -> None:
    text = "Egypt seized the canal, which France had built."
    assert trim(text, 8) == len(text)


SEIZED = "Egypt seized the canal in the summer of 1956"


@pytest.mark.parametrize(
    "end", [", which led to a war with three other powers", " because three other powers owned it", "; the pilots left"]
)
def test_a_long_sentence_ends_where_a_clause_ends(end: str) -> None:
    text = f"{SEIZED}{end} in the last days of that autumn."
    assert text[: trim(text, 12) or 0] == SEIZED


@pytest.mark.parametrize(
    "end",
    [
        ", which never led to a war with three other powers",
        ", which allegedly led to a war with three other powers",
        ", which didn’t lead to a war with three other powers",
        ", which led to a war with three other powers, two officers said",
        ", which led to a war with all other powers except Norway",
        " because, according to its leaders, three other powers owned it",
    ],
)
def test_a_sentence_is_not_cut_before_what_makes_it_true(end: str) -> None:
    assert trim(f"{SEIZED}{end} in the last days of that autumn.", 12) is None


def test_a_cut_leaves_five_words_at_least() -> None:
    assert (
        trim("Egypt seized it, which led to a war with three other powers in the last days of that autumn.", 12) is None
    )


def test_a_cut_leaves_no_bracket_or_quotation_open() -> None:
    text = (
        'Egypt told the pilots that "the canal was seized in one night, which made the rest of the world" very angry.'
    )
    assert trim(text, 14) is None


def test_only_a_label_may_lose_a_closing_phrase() -> None:
    text = "Egyptian officers seized the offices of the company in three towns along the canal"
    assert trim(text, 9) is None
    assert text[: trim(text, 9, phrases=True) or 0] == "Egyptian officers seized the offices of the company"


@pytest.mark.parametrize("entry", KEEP)
def test_every_word_of_the_list_is_kept(entry: str) -> None:
    assert keeps_meaning(f", which {as_written(entry)} so")


def test_a_label_is_not_cut_inside_a_name() -> None:
    text = "The old society was blamed for most of the losses during the War in the Marshes and the hills beyond."
    assert trim(text, 15, phrases=True) == text.index(" during")
