"""Names in brackets for pronouns and bare family names, where there is no doubt whose they are."""

from pathlib import Path

import pytest

from briefgen.compose.candidates import Candidate, candidates
from briefgen.library import open_library
from briefgen.model import with_insertions

BERGS = (
    "Anton Berg was the founder of the chess club. Lena Berg, his sister, was the director of the school. "
    "Karl Lund was a teacher in the harbour.\n\n"
)


def read(folder: Path, text: str) -> dict[str, Candidate]:
    (folder / "berg.md").write_text(f"# The River Chess Club\n\n{BERGS}{text}\n", "utf-8")
    subject = frozenset({"the", "river", "chess", "club"})
    return {one.text: one for one in candidates(open_library([folder]), subject)}


def said(candidate: Candidate) -> str:
    return with_insertions(candidate.text, candidate.inserted)


@pytest.mark.parametrize(
    ("text", "sentence", "expected"),
    [
        ("Anton Berg built a hall. He died in 1931.", "He died in 1931.", "[Anton Berg] died in 1931."),
        (
            "Anton Berg built a hall. In 1931, he left the town.",
            "In 1931, he left the town.",
            "In 1931, [Anton Berg] left the town.",
        ),
        (
            "Anton Berg built a hall. His letters were lost in the fire.",
            "His letters were lost in the fire.",
            "[Anton Berg’s] letters were lost in the fire.",
        ),
        (
            "Lena Berg went to sea. In 1931 Berg came back to the town.",
            "In 1931 Berg came back to the town.",
            "In 1931 [Lena] Berg came back to the town.",
        ),
        (
            "The River Chess Club began in a mill. It moved to the harbour in 1931.",
            "It moved to the harbour in 1931.",
            "[The River Chess Club] moved to the harbour in 1931.",
        ),
        (
            "The River Chess Club’s hall burned. Its books were saved.",
            "Its books were saved.",
            "[The River Chess Club’s] books were saved.",
        ),
        (
            "Anton Berg built a hall and wrote two books.\n\nIn 1931, he left the town.",
            "In 1931, he left the town.",
            "In 1931, [Anton Berg] left the town.",
        ),
        (
            "Anton Berg built a hall. Though he loved the town, he left it in 1931.",
            "Though he loved the town, he left it in 1931.",
            "Though [Anton Berg] loved the town, he left it in 1931.",
        ),
        (
            "Anton Berg went to sea. From there he wrote to the club.",
            "From there he wrote to the club.",
            "From there [Anton Berg] wrote to the club.",
        ),
    ],
)
def test_a_name_stands_in_brackets_where_it_is_clear_who_is_meant(
    tmp_path: Path, text: str, sentence: str, expected: str
) -> None:
    found = read(tmp_path, text)[sentence]
    assert found.alone
    assert said(found) == expected


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Anton Berg met Karl Lund. He died in 1931.", "He died in 1931."),
        ("Anton Berg built his hall. She died in 1931.", "She died in 1931."),
        ("The mill burned down. He died in 1931.", "He died in 1931."),
        ("Anton Berg played Lena Berg. In 1931 Berg left the town.", "In 1931 Berg left the town."),
        ("The hall was new. It burned in 1931.", "It burned in 1931."),
        ("The River Chess Club's hall was new. It burned in 1931.", "It burned in 1931."),
    ],
)
def test_nobody_is_named_where_two_could_be_meant_or_none(tmp_path: Path, text: str, sentence: str) -> None:
    found = read(tmp_path, text)[sentence]
    assert not found.alone
    assert found.inserted == ()


def test_a_family_name_with_a_group_behind_it_needs_no_given_name(tmp_path: Path) -> None:
    found = read(tmp_path, "In 1931 the Berg family left the town for good.")
    assert found["In 1931 the Berg family left the town for good."].inserted == ()


def test_the_words_in_brackets_are_words_of_the_source(tmp_path: Path) -> None:
    library = [one for one in read(tmp_path, "Anton Berg built a hall. He died in 1931.").values() if one.inserted]
    source = open_library([tmp_path]).sources[0]
    for one in library:
        for inserted in one.inserted:
            words = source.blocks[inserted.span.block].text[inserted.span.start : inserted.span.end]
            assert words in inserted.text


def test_a_sentence_that_only_opens_with_a_tie_stands_alone_without_it(tmp_path: Path) -> None:
    found = read(tmp_path, "The hall burned. However, Anton Berg built another one.")
    sentence = found["However, Anton Berg built another one."]
    assert sentence.alone
    assert sentence.text[slice(*sentence.standing[0])] == "Anton Berg built another one."


def shown(candidate: Candidate) -> list[str]:
    return [candidate.text[start:end] for start, end in candidate.standing]


def test_a_sentence_stands_alone_without_a_tie_inside_it(tmp_path: Path) -> None:
    sentence = read(tmp_path, "The hall burned. Anton Berg in return built another one.")
    assert shown(sentence["Anton Berg in return built another one."]) == ["Anton Berg", "built another one."]


def test_a_sentence_of_which_only_the_end_leans_stands_alone_without_it(tmp_path: Path) -> None:
    text = "Karl Lund taught the children of the harbour to play chess, which had helped the previous teacher."
    assert shown(read(tmp_path, text)[text]) == ["Karl Lund taught the children of the harbour to play chess"]
    assert not read(tmp_path, text)[text].entire


def test_a_family_name_that_persons_of_other_sources_bear_has_its_given_name(tmp_path: Path) -> None:
    text, sentence = "Tom Moore was the director of the mill.\n\n", "In 1931 Moore came back to the town."
    assert said(read(tmp_path, text + sentence)[sentence]) == sentence
    (tmp_path / "other.md").write_text("# The Moores\n\nVera Moore was the governor of the lake.\n", "utf-8")
    assert said(read(tmp_path, text + sentence)[sentence]) == "In 1931 [Tom] Moore came back to the town."


def test_who_bears_the_name_of_the_subject_names_it(tmp_path: Path) -> None:
    (tmp_path / "berg.md").write_text(f"# The Berg Family\n\n{BERGS}Lena went to sea. Karl Lund stayed.\n", "utf-8")
    found = {one.text: one.named for one in candidates(open_library([tmp_path]), frozenset({"berg", "family"}))}
    assert found["Lena went to sea."]
    assert not found["Karl Lund stayed."]


def test_a_list_item_that_goes_on_with_a_pronoun_has_the_name_in_its_place(tmp_path: Path) -> None:
    found = read(tmp_path, "- Tom Moore – He was the director of the mill.")
    assert shown(found["Tom Moore – He was the director of the mill."]) == [
        "Tom Moore",
        "was the director of the mill.",
    ]
