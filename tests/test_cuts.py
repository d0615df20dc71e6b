"""Shortening a sentence by several cuts, and none that changes what it says."""

import re

import pytest
from held import CLAUSES, KEEP, held_words
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.compose.cuts import endings, inner_tie, shortened, without_opening
from briefgen.compose.trim import keeps_meaning

PARTS = [
    ", which",
    ", a town on the lake,",
    " (see below)",
    ", and",
    ";",
    " – the old one –",
    " because",
    " after",
    " in",
    " for",
]
WORDS = st.sampled_from(["canal", "Egypt", "was", "opened", "ships", "passed", "the", "deep", "Port", "in", "1956"])


def as_written(entry: str) -> str:
    return f"don{entry}" if entry in ("n't", "n’t") else entry.replace("*", "ing")


HELD = st.sampled_from([as_written(entry) for entry in KEEP])
SENTENCE = st.lists(st.one_of(WORDS, WORDS, st.sampled_from(PARTS), HELD), min_size=8, max_size=45).map(
    lambda parts: re.sub(r" +([,;])", r"\1", "The canal was " + " ".join(parts)) + "."
)


def shown(text: str, limit: int) -> str | None:
    pieces = shortened(text, limit)
    if pieces is None:
        return None
    front = "… " if pieces[0][0] else ""
    end = " …" if pieces[-1][1] < len(text) else ""
    return front + " … ".join(text[start:stop] for start, stop in pieces) + end


def left_out(text: str, pieces: tuple[tuple[int, int], ...]) -> list[str]:
    edges = [0, *(edge for piece in pieces for edge in piece), len(text)]
    return [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True) if text[start:end].strip()]


@settings(max_examples=400, deadline=None)
@given(SENTENCE, st.integers(8, 30))
def test_no_cut_leaves_out_a_negation_hedge_or_attribution(text: str, limit: int) -> None:
    pieces = shortened(text, limit)
    for piece in left_out(text, pieces) if pieces else []:
        assert held_words(piece) == [] or piece.strip(" ,").lower() in CLAUSES["connective"]


@settings(max_examples=300, deadline=None)
@given(st.one_of(SENTENCE, st.text(max_size=150)), st.integers(1, 30))
def test_what_is_shown_keeps_to_the_limit_with_its_marks_and_is_in_order(text: str, limit: int) -> None:
    pieces = shortened(text, limit)
    if pieces:
        assert len((shown(text, limit) or "").split()) <= limit
        ends = [edge for piece in pieces for edge in piece]
        assert ends == sorted(ends)


def test_there_are_sixty_hedges_and_negations_that_are_kept() -> None:
    assert len(KEEP) >= 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The state council added Anna Quay, “a captain of the old lake”, to the list of wanted men in May 1931.",
            "The state council added Anna Quay … to the list of wanted men in May 1931.",
        ),
        (
            "On 5 May 1931 the council of the town offered a reward of 5 million crowns for word of the two captains.",
            None,
        ),
        (
            "The club of the river, whose first members were carpenters of the harbour, supported a hall for chess.",
            "The club of the river … supported a hall for chess.",
        ),
        (
            "Anna Quay left the lake in 1931 and two of her sisters later followed her to the old harbour of the town.",
            None,
        ),
    ],
)
def test_an_aside_or_a_closing_phrase_goes_where_nothing_else_would_fit(text: str, expected: str | None) -> None:
    assert shown(text, 17) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The old towns belonged to the guild, and the smaller ones near the lake by the dam were kept by the captains.",
        "The lake has three old harbours: the one below the dam of the town, the one of the guild, and the captains’.",
        "Since 1931, the guild of the old town has been a hall for the political and commercial aims of towns.",
    ],
)
def test_no_cut_parts_what_belongs_together(text: str) -> None:
    assert shown(text, 18) is None


def test_a_time_at_the_end_stays_where_another_is_told_before_it() -> None:
    text = "Captains took the harbour in 1931, and the ships of the guild were burned during the long siege."
    assert "burned …" not in (shown(text, 18) or "")


def test_the_first_of_several_examples_is_no_aside() -> None:
    text = (
        "The old towns of the lake have served as harbours for other guilds, such as the carters, the smiths, and more."
    )
    assert "… the smiths" not in (shown(text, 18) or "")


def test_no_cut_leaves_out_most_of_the_names() -> None:
    text = "The Harbour Times wrote that talks began in late August in the Old Mill between Anna Quay and Lena Lund."
    assert shown(text, 14) is None


def test_a_sentence_does_not_end_between_two_dashes() -> None:
    text = (
        "The old towns of the lake – including the harbour, which was never a free town – were taken by the captains."
    )
    assert "harbour" not in (shown(text, 12) or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Founded in 1667 by captains and later led by Anna Quay, the guild of the river owned a hall.",
            "… the guild of the river owned a hall.",
        ),
        (
            "Since the wind drove the mills on the dam of the old town, the guild of the river owned boats of its own.",
            "… the guild of the river owned boats of its own.",
        ),
        (
            "After a quarrel with the town in 1775, the guild of the river built a hall of its own there in May 1777.",
            "… the guild of the river built a hall of its own there in May 1777.",
        ),
        (
            "After a quarrel with the town in 1775, the guild of the river built a hall of its own on the dam there.",
            None,
        ),
        (
            "The guild sold rope, tar, nails, planks, sails, and oars for the boats of the lake and of the old river.",
            "The guild sold rope, tar, nails, planks, sails …",
        ),
    ],
)
def test_what_opens_or_ends_a_sentence_may_go_where_nothing_hangs_on_it(text: str, expected: str | None) -> None:
    assert shown(text, 16) == expected


def test_a_sentence_does_not_end_inside_a_clause_on_its_subject() -> None:
    text = "On 1 November 1931, Karl Lund, who was already in the town of the captains, was added to the list of men."
    assert "who was" not in (shown(text, 12) or "")


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("The harbour master also warned the captains.", " also"),
        ("The town in return gave up the mill.", " in return"),
        ("The guild, in turn, sold its boats.", ", in turn,"),
        ("Karl Lund, also known as Kalle, sold the mill.", None),
        ("The guild has since sold its boats.", " since"),
        ("The guild of the river sold its boats.", None),
    ],
)
def test_words_inside_a_sentence_that_only_tie_it_to_another_are_found(text: str, tie: str | None) -> None:
    found = inner_tie(text)
    assert (text[slice(*found)] if found else None) == tie


@given(SENTENCE)
def test_a_sentence_that_ends_early_keeps_what_makes_it_true(text: str) -> None:
    for end in endings(text):
        assert not keeps_meaning(text[end:])


def test_an_aside_stays_where_a_clause_about_it_follows() -> None:
    text = (
        "The guild was founded by Anna Quay, in order to help the captains, who had lost the harbour to the old town."
    )
    assert "… who" not in (shown(text, 18) or "")


def test_the_last_of_several_things_is_not_taken_for_a_clause() -> None:
    text = (
        "The guild that built the hall with courts, teachers, doctors, and captains of the lakes has often helped it."
    )
    assert shown(text, 16) is None


@pytest.mark.parametrize("opening", ["However, ", "In addition, ", "From there "])
def test_what_only_ties_a_sentence_to_the_one_before_is_no_part_of_it(opening: str) -> None:
    assert without_opening(f"{opening}Anna Quay left the lake.") == len(opening)


@pytest.mark.parametrize(
    "text",
    [
        "That same day Egypt seized the canal.",
        "At the time, ships were small.",
        "In 1956, Egypt seized the canal.",
        "If asked, Anna helps.",
        "In theory, ships pass.",
    ],
)
def test_a_date_or_condition_that_opens_a_sentence_stays(text: str) -> None:
    assert without_opening(text) == 0
