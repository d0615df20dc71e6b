"""Sentence boundaries."""

import importlib.util
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.text.sentences import sentences

PIECES = st.sampled_from(
    [
        "The reef grew. ",
        "Dr. Lee dived.",
        " “Stop! ",
        "Go,” ",
        "[Doc 4]",
        " [12] ",
        "e.g. ",
        "\n",
        " ",
        ".",
        "(",
        "A",
        "”",
        "U.S. ",
    ]
)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The reef is old. It is 9,000 years old.", ["The reef is old.", "It is 9,000 years old."]),
        ("Dr. Lee dived in Jan. 1987. Nobody else did.", ["Dr. Lee dived in Jan. 1987.", "Nobody else did."]),
        ("Corals bleached in the U.S. Virgin Islands.", ["Corals bleached in the U.S. Virgin Islands."]),
        ("Two thirds died. [Doc 4] The rest grew.", ["Two thirds died. [Doc 4]", "The rest grew."]),
        ("Two thirds died. [12] The rest grew.", ["Two thirds died. [12]", "The rest grew."]),
        (
            "She wrote: “The reef is ill. It may not live.” Others agreed.",
            ["She wrote: “The reef is ill. It may not live.”", "Others agreed."],
        ),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_a_quotation_that_is_never_closed_does_not_swallow_the_rest() -> None:
    assert len(split("He said: “The reef is ill. It may die. Nobody came. The sea rose.")) > 2
    assert len(split("She said: “No.” He said: “The reef is ill. It may die. Nobody came. The sea rose.")) > 3


@pytest.mark.parametrize("text", ["", " ", "\n\t "])
def test_no_words_make_no_sentence(text: str) -> None:
    assert sentences(text) == ()


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map("".join)))
def test_sentences_cover_all_words_in_order_and_hold_no_space_at_their_ends(text: str) -> None:
    found = sentences(text)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))
    parts = [text[start:end] for start, end in found]
    assert all(part and part == part.strip() for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_hundred_thousand_odd_tokens_are_split() -> None:
    text = "[1] “x. ” " * 33_334
    found = sentences(text)
    assert found[0][0] == 0
    assert found[-1][1] == len(text.rstrip())


def test_real_paragraphs_are_split_with_at_most_two_boundaries_wrong(shared: Path) -> None:
    path = shared / "evals" / "seeds" / "score_sentences.py"
    spec = importlib.util.spec_from_file_location("score_sentences", path)
    assert spec is not None
    assert spec.loader is not None
    scorer: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    result = scorer.score(sentences)
    assert result["errors"] <= 2
    assert result["recall"] > 0.9


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Amb. Crocker and Atty. Gen. Ashcroft met. Both left.", 2),
        ("ISI’s Lt.-Gen. Pasha denied it. Nobody asked.", 2),
        ("See Ch. 3 and Doc. 5. Approx. 50 people came.", 2),
        ("King Hassan II. was there. He left.", 2),
        ("(He had said so before.) Then he left.", 2),
        ("The wells were dry.1 Nobody dug.2 They left.", 3),
        ("The wells were dry.[12][13] [14] Nobody dug.[a] They left. [4, 5] It rained.", 4),
        ("The wells were dry. [Docs 4 and 5] Nobody dug.", 2),
        ("1. Dig the wells. 2. Share the water.", 2),
        ("Q. Who dug the wells?", 1),
        ("It cost Fig.3 The rest.", 1),
    ],
)
def test_shortened_words_note_marks_and_list_numbers_end_no_sentence(text: str, parts: int) -> None:
    assert len(split(text)) == parts


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("fr", "M. Dupont est venu en janv. 2001. Mme. Roy est partie.", 2),
        ("de", "Die 3. Armee kam am 12. Mai. Sie blieb.", 2),
        ("es", "D. Juan llegó. Vio a Dña. Ana. ¿Qué pasó?", 3),
    ],
)
def test_a_language_has_shortened_words_of_its_own(language: str, text: str, parts: int) -> None:
    assert len(sentences(text, language)) == parts
