"""Glossaries: which terms sources explain, in which of their words, and what is refused."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from briefgen.build import build
from briefgen.compose.blocks.glossary import in_order
from briefgen.compose.definitions import explains, explanations
from briefgen.composing import prepare
from briefgen.freeze import freeze
from briefgen.model import Brief, Definition, Glossary
from briefgen.problems import Problem
from briefgen.renderers.deck.plan import plan
from briefgen.renderers.deck.shapes import TableBox
from briefgen.renderers.deck.template import template
from briefgen.results import BuildOptions
from briefgen.verify import verify

MONEY = """\
# Money without banks

Migrants often use an informal system of money transfer known as hawala. Hawala needs no bank. The Financial Action
Task Force (FATF) has asked states to license such traders, and banks fear the FATF. Critics say that FATF rules hurt
the poor.

Melmastia, a Pashto word for hospitality, obliges a host to shelter any guest. Nanawatai refers to the plea of a
fugitive for protection. Some villages speak of riba and of the loya jirga.

The World Wildlife Fund (WWF) and the World Wrestling Federation (WWF) fought over a name.

## Persons

Omar Hadi, a trader in Dubai, was arrested in 2003. Omar Hadi was a trader of great fame.
"""


def of(text: str) -> list[tuple[str, str]]:
    return [(one.term, text[one.start : one.end]) for one in explanations(text)]


def composed(folder: Path, sections: str, source: str = MONEY) -> tuple[Brief | None, tuple[Problem, ...]]:
    (folder / "sources").mkdir(exist_ok=True)
    (folder / "sources" / "money.md").write_text(source, "utf-8")
    (folder / "outline.yaml").write_text(f"title: Transfers\nsources: sources\nsections:\n{sections}", "utf-8")
    return prepare(folder / "outline.yaml", BuildOptions())


def defined(brief: Brief | None) -> list[Definition]:
    assert brief is not None
    blocks = [block for section in brief.sections for block in section.blocks if isinstance(block, Glossary)]
    return [entry for block in blocks for entry in block.entries]


def entries(brief: Brief | None) -> list[tuple[str, str]]:
    return [(entry.term, entry.statement.text) for entry in defined(brief)]


# What explains a term --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "term", "said"),
    [
        (
            "It was run by Pakistan's Inter-Services Intelligence (ISI).",
            "ISI",
            "Pakistan's Inter-Services Intelligence",
        ),
        ("The U.S. Central Intelligence Agency (CIA) paid.", "CIA", "U.S. Central Intelligence Agency"),
        ("They met members of Lashkar-e-Taiba (LeT) there.", "LeT", "Lashkar-e-Taiba"),
        ("It joined the Islamic Movement of Uzbekistan (IMU).", "IMU", "Islamic Movement of Uzbekistan"),
        ("The WHO (World Health Organization) warned them.", "WHO", "World Health Organization"),
        ("People send an informal note of debt known as hundi.", "hundi", "an informal note of debt"),
        ("Sati refers to the burning of a widow.", "Sati", "the burning of a widow"),
        ("The mir, a Russian word for a village commune, met.", "mir", "a Russian word for a village commune"),
        ("The Ruhr is a region of mines in Germany.", "Ruhr", "a region of mines in Germany"),
        ("Meiji (“enlightened rule”) began in 1868.", "Meiji", "“enlightened rule”"),
        ("He fled to Swat, a valley in the north of Pakistan, in 2009.", "Swat", "a valley in the north of Pakistan"),
    ],
)
def test_a_term_is_explained_by_the_words_of_its_sentence(text: str, term: str, said: str) -> None:
    assert of(text) == [(term, said)]


def test_what_is_over_is_told_by_the_whole_sentence() -> None:
    text = "The Hanseatic League was a league of towns on the Baltic."
    assert of(text) == [("Hanseatic League", text)]


@pytest.mark.parametrize(
    "text",
    [
        "The Kyoto Protocol is a failure, its critics say.",
        "The Pakistani Taliban (TTP) moved north.",
        "Russia, the United States, and Iran sent envoys.",
        "It passed through Peru, a state, and Chile.",
        "The decision was a source of debate.",
        "The Ruhr is not a region of mines.",
        "Critics speak of the so-called Ruhr, a region of mines.",
        "They use a system of theirs known as the same.",
        "The Blue Bank is a bank.",
        "He called it a group of theirs known as the Circle.",
    ],
)
def test_a_judgement_a_list_a_circle_or_other_letters_explain_nothing(text: str) -> None:
    assert of(text) == []


def test_a_part_of_a_longer_name_is_not_explained_by_what_explains_that() -> None:
    text = "He sat on the Quetta Shura, the Taliban's highest council, for years."
    assert list(explains(text, "shura")) == []
    assert [one.term for one in explains(text, "Quetta Shura")] == ["Quetta Shura"]


def test_a_long_predicate_ends_before_what_is_only_added() -> None:
    added = " ".join(["word"] * 40)
    text = f"The Ruhr is a region of mines, built on coal, that has {added}."
    assert of(text) == [("Ruhr", "a region of mines, built on coal")]


def test_a_common_word_is_explained_only_where_it_is_asked_for() -> None:
    text = "A tax is a sum that the state takes from everybody."
    assert of(text) == []
    assert [text[one.start : one.end] for one in explains(text, "tax")] == ["a sum that the state takes from everybody"]


@settings(deadline=None)
@given(st.text(alphabet="Aa Bb(C). ,'“”-–:;known asrefersto“", max_size=120), st.text(max_size=12))
def test_what_explains_a_term_stands_in_the_text_and_ends_in_it(text: str, term: str) -> None:
    for found in (*explanations(text), *explains(text, term)):
        assert 0 <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == text[found.start : found.end].strip()


# Which terms a block has -----------------------------------------------------------------------------------------


def test_terms_asked_for_are_shown_in_order_of_the_alphabet_with_their_notes(tmp_path: Path) -> None:
    brief, problems = composed(tmp_path, "  - blocks:\n      - glossary: {terms: [nanawatai, Melmastia, hawala]}\n")
    assert problems == ()
    assert entries(brief) == [
        ("hawala", "an informal system of money transfer"),
        ("Melmastia", "a Pashto word for hospitality"),
        ("nanawatai", "the plea of a fugitive for protection"),
    ]
    shown = [entry.statement for entry in defined(brief)]
    assert all(one.kind == "verbatim" and one.notes and one.passage for one in shown)


def test_a_term_that_nothing_explains_is_a_problem_and_the_others_are_shown(tmp_path: Path) -> None:
    block = "  - blocks:\n      - glossary: {terms: [riba, WWF, hawalla, usury, hawala]}\n"
    brief, problems = composed(tmp_path, block)
    assert [term for term, _ in entries(brief)] == ["hawala"]
    told = {problem.message: problem.hint for problem in problems}
    assert told["no passage explains 'riba'"].startswith("passages use it")
    assert told["no passage explains 'hawalla'"] == "did you mean 'hawala'?"
    assert told["no passage explains 'usury'"].startswith("no passage has the word")
    assert any("spell 'WWF' out in 2 ways" in message for message in told)
    assert [problem.where.line for problem in problems if problem.where] == [5, 5, 5, 5]


def test_a_glossary_alone_has_what_the_lecture_shows_wherever_it_stands(tmp_path: Path) -> None:
    sections = (
        "  - title: Terms\n    blocks: [glossary]\n  - title: B\n    blocks:\n      - bullets: {query: hawala bank}\n"
    )
    brief, problems = composed(tmp_path, sections.replace("[glossary]", "\n      - glossary:"))
    assert problems == ()
    found = entries(brief)
    assert ("hawala", "an informal system of money transfer") in found
    assert ("FATF", "Financial Action Task Force") in found
    assert {term for term, _ in found}.isdisjoint({"WWF", "Omar Hadi", "riba"})
    assert brief is not None
    assert [section.number for section in brief.sections] == [1, 2]


def test_terms_and_a_number_add_found_ones_up_to_it(tmp_path: Path) -> None:
    shown = "  - title: B\n    blocks:\n      - bullets: {query: hawala bank FATF}\n"
    brief, _ = composed(tmp_path, f"  - blocks:\n      - glossary: {{terms: [Melmastia], at_most: 2}}\n{shown}")
    assert [term for term, _ in entries(brief)] == ["FATF", "Melmastia"]


def test_sources_that_explain_nothing_give_a_problem_and_no_slide(tmp_path: Path) -> None:
    brief, problems = composed(
        tmp_path, "  - blocks:\n      - glossary:\n", "# A\n\nShips sailed in the morning wind.\n"
    )
    assert brief is None or brief.sections == ()
    assert problems[0].message == "the sources explain no term that the lecture uses"


def test_the_alphabet_knows_no_accents_and_no_capitals() -> None:
    assert sorted(["Zakat", "émigré", "Eton", "al-Qaeda", "qanat"], key=in_order) == [
        "émigré", "Eton", "al-Qaeda", "qanat", "Zakat"
    ]  # fmt: skip


# How it is shown -------------------------------------------------------------------------------------------------


def test_a_long_glossary_fills_several_slides_that_name_their_terms(tmp_path: Path) -> None:
    lines = "\n\n".join(
        f"The Fund for {name} Help (F{name[0]}H) was set up."
        for name in ("Alms", "Bread", "Coal", "Duty", "Ease", "Fish", "Gold", "Hay", "Iron", "Jute")
    )
    asked = ", ".join(f"F{letter}H" for letter in "ABCDEFGHIJ")
    brief, problems = composed(tmp_path, f"  - blocks:\n      - glossary: {{terms: [{asked}]}}\n", f"# F\n\n{lines}\n")
    assert problems == ()
    assert brief is not None
    slides = [
        slide
        for slide in plan(brief, template("lecture")[0].look).slides
        if any(shape.name.startswith("Terms") for shape in slide.shapes)
    ]
    assert [slide.title for slide in slides] == ["Terms (FAH – FEH)", "Terms (FFH – FJH)"]
    tables = [shape for slide in slides for shape in slide.shapes if isinstance(shape, TableBox)]
    assert [cell.paragraphs[0].runs[0].bold for table in tables for cell, _ in table.rows] == [True] * 12


def test_the_handout_lists_terms_and_everything_is_found_again(tmp_path: Path) -> None:
    composed(tmp_path, "  - blocks:\n      - glossary: {terms: [hawala, FATF]}\n")
    result = build(tmp_path / "outline.yaml", BuildOptions(out=tmp_path, formats=("pptx", "html", "slides-html")))
    assert result.problems == ()
    listed = html.parse(str(tmp_path / "outline-handout.html")).getroot()
    assert [one.text_content().strip() for one in listed.iter("dt")] == ["FATF", "hawala"]
    for name in ("outline.pptx", "outline-handout.html", "outline-slides.html"):
        assert {finding.status for finding in verify(tmp_path / name).statements} == {"found"}


def test_a_frozen_glossary_is_built_as_it_was(tmp_path: Path) -> None:
    brief, _ = composed(tmp_path, "  - blocks:\n      - glossary: {terms: [hawala, FATF, Nanawatai]}\n")
    frozen = freeze(tmp_path / "outline.yaml")
    again, problems = prepare(frozen.path, BuildOptions())
    assert problems == ()
    assert entries(again) == entries(brief)
    assert [entry.statement.kind for entry in defined(again)] == ["verbatim"] * 3


def test_an_explanation_reworded_by_hand_is_the_instructors(tmp_path: Path) -> None:
    composed(tmp_path, "  - blocks:\n      - glossary: {terms: [hawala]}\n")
    frozen = freeze(tmp_path / "outline.yaml")
    frozen.path.write_text(frozen.text.replace("text: an informal system", "text: a trusted way"), "utf-8")
    again, _ = prepare(frozen.path, BuildOptions())
    assert [entry.statement.kind for entry in defined(again)] == ["instructor"]
