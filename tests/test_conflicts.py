"""Where sources differ: each kind with invented sentences, what is no difference, and the real documents."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.build import build, check
from briefgen.compose.candidates import candidates
from briefgen.compose.conflicts import Difference, differences
from briefgen.compose.conflicts.names import names_in
from briefgen.compose.material import subject_words
from briefgen.composing import prepare
from briefgen.evidence import load_evidence
from briefgen.library import open_library
from briefgen.model import Brief, Compare, statements_of
from briefgen.problems import Problem
from briefgen.results import BuildOptions

TITLE = "The Suez Canal Company"
HEAD = "title: The Suez Canal Company\nsources: sources\nsections:\n"


def found(folder: Path, texts: Mapping[str, str], title: str = TITLE) -> tuple[Difference, ...]:
    """The differences between sources with these texts, each a Markdown file with its name as title."""
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(f"# {name.title()}\n\n{text}\n", "utf-8")
    library = open_library([folder])
    return differences(candidates(library, subject_words(title)), library, title)


def what(folder: Path, *texts: str, title: str = TITLE) -> list[str]:
    """What the sources with these texts differ on."""
    return [one.what for one in found(folder, dict(zip("abcdefgh", texts, strict=False)), title)]


DATES = [
    (
        "The Suez Canal Company was founded in 1856 by Ferdinand de Lesseps.",
        "The company was founded in 1858, when the Suez Canal was still a plan on paper.",
        "when the Suez Canal Company was founded",
    ),
    (
        "Ferdinand de Lesseps died in 1894 in France.",
        "Newspapers reported in May 1893 that Ferdinand de Lesseps had died of old age.",
        "when Ferdinand de Lesseps died",
    ),
    (
        "The Suez Canal was opened on 17 November 1869.",
        "In 1870, the Suez Canal was opened to ships of all nations.",
        "when the Suez Canal was opened",
    ),
    (
        "Alois Negrelli joined the Study Society in 1846.",
        "Alois Negrelli was not affiliated with the Study Society until its members met again in 1851.",
        "when Alois Negrelli joined the Study Society",
    ),
    (
        "Alois Negrelli (born 23 January 1799) was an engineer.",
        "Negrelli came from Tyrol; Alois Negrelli was born in 1801.",
        "when Alois Negrelli was born",
    ),
]


@pytest.mark.parametrize(("left", "right", "name"), DATES)
def test_two_dates_of_one_happening_differ(left: str, right: str, name: str, tmp_path: Path) -> None:
    assert what(tmp_path, left, right) == [name]


NO_DIFFERENCE = [
    # Days that may be the same.
    ("The Suez Canal was opened in 1869.", "The Suez Canal was opened in the 1860s."),
    ("The Suez Canal was opened in 1869.", "The Suez Canal was opened on 17 November 1869."),
    ("Said Pasha died around 1862.", "Said Pasha died in January 1863."),
    # Others of the name, and other things.
    ("Said Pasha died in 1863.", "Ismail Pasha died in 1895."),
    ("Suez was founded in 1300.", "The Suez Canal Company was founded in 1858."),
    ("The Suez Canal was opened in 1869.", "The Suez railway was opened in 1858."),
    ("A palace for Said Pasha was completed in 1860.", "A tomb for Said Pasha was completed in 1865."),
    # What comes again, what was told then, what did not happen.
    ("The Suez Canal was closed in 1956.", "The Suez Canal was closed in 1967."),
    ("Said Pasha said in 1855 that the Suez Canal was to be opened.", "The Suez Canal was opened in 1869."),
    ("The Suez Canal was not opened in 1868.", "The Suez Canal was opened in 1869."),
    ("Omar Nasser, son of Said Pasha, killed in 1860, was an engineer.", "Said Pasha died in 1863."),
    ("Said Pasha and Omar Pasha were killed in 1860 and 1861.", "Omar Pasha was killed in 1861."),
    ("Said Pasha was killed two years after 1860.", "Said Pasha was killed in 1862."),
    # A career, and offices of other persons.
    ("Said Pasha was minister of war in Egypt.", "Ismail Pasha was minister of trade in Egypt."),
    ("Said Pasha was minister of war in Egypt, then minister of trade.", "Said Pasha was minister of war in Egypt."),
    ("Said Pasha was offered a post as minister of war in Egypt.", "Said Pasha became minister of trade in Egypt."),
    ("In 1850 Said Pasha became minister of war in Egypt.", "In 1854 Said Pasha became minister of trade in Egypt."),
    # Rewards for two, and one that was raised.
    (
        "Egypt offered a reward of $5,000 for Omar Nasser.",
        "A reward of $9,000 was set on the capture of Yusuf Bey by Egypt.",
    ),
    ("Egypt offered a reward of $5,000 for Omar Nasser.", "The reward for Omar Nasser is $5 thousand."),
    ("In 1880 Egypt offered a reward of $5,000 for Omar Nasser.", "In 1882 the reward for Omar Nasser was $9,000."),
    # Denials of another kind, and denials of nothing charged.
    ("Britain rejected the offer of shares.", "Officials accused Britain of delay in the sale of shares."),
    ("Said Pasha denied that he had sold shares.", "The price of shares fell in Paris."),
    # Both of one mind.
    (
        "The Suez Canal and the Panama Canal are separate entities.",
        "The Suez Canal Company is not an independent body but an integral part of Egypt.",
    ),
    ("Estimates of the cost vary.", "Estimates of the dead differ, but one report gives 120 names."),
]


@pytest.mark.parametrize("texts", NO_DIFFERENCE)
def test_what_only_looks_like_a_difference_is_none(texts: tuple[str, ...], tmp_path: Path) -> None:
    assert what(tmp_path, *texts) == []


def test_sources_that_give_a_person_only_different_offices_differ(tmp_path: Path) -> None:
    texts = (
        "Omar Nasser joined the Canal Board and became its minister for river affairs.",
        "Omar Nasser was on the Canal Board for years, serving as Acting Minister of Harbours.",
    )
    assert what(tmp_path, *texts) == ["which minister Omar Nasser was"]


def test_two_sums_for_one_person_differ(tmp_path: Path) -> None:
    texts = (
        "Egypt set a reward of $5 million on information leading to the capture of Omar Nasser.",
        "Omar Nasser is wanted, and the Justice Ministry offered $10 million as a reward for his arrest.",
    )
    assert what(tmp_path, *texts) == ["the reward for Omar Nasser"]


def test_two_strengths_of_one_group_differ(tmp_path: Path) -> None:
    texts = ("The Canal Guard had 4,000 to 5,000 men.", "The Canal Guard had about 9,000 men.")
    assert what(tmp_path, *texts) == ["the strength of Canal Guard"]


def test_a_source_that_says_that_accounts_differ_is_taken_at_its_word(tmp_path: Path) -> None:
    text = (
        "Estimates of the workers' deaths vary. A report of the company put them at 2,390. "
        "Critics later spoke of 120,000 dead."
    )
    (one,) = found(tmp_path, {"deaths": text})
    assert one.what == "the workers' deaths"
    assert [way[0].text[-14:] for way in one.ways] == ["them at 2,390.", " 120,000 dead."]


def test_a_charge_and_its_denial_stand_against_each_other(tmp_path: Path) -> None:
    texts = (
        "French papers accused Britain of stirring up a strike among the workers of the Suez Canal Company.",
        "Britain denied that it had stirred up any strike of workers at the Suez Canal Company.",
    )
    (one,) = found(tmp_path, dict(zip("ab", texts, strict=True)))
    assert one.what == "a charge against Britain, and its denial"
    assert [way[0].text for way in one.ways] == list(texts)


def test_a_charge_and_its_denial_may_stand_in_one_sentence(tmp_path: Path) -> None:
    text = "While French papers accuse Britain of stirring up strikes at the Suez Canal, Britain has denied any role."
    assert what(tmp_path, text) == ["a charge against Britain, and its denial"]


def test_separate_for_one_and_one_for_another_differ(tmp_path: Path) -> None:
    texts = (
        "The Suez Canal Company and the Egyptian state are separate entities, the lawyers held.",
        "The Egyptian government said that the Suez Canal Company was an integral part of the state.",
    )
    (one,) = found(tmp_path, dict(zip("ab", texts, strict=True)))
    assert one.labels == ("Separate", "Not separate")


@settings(deadline=None)
@given(
    first=st.integers(1700, 1999),
    apart=st.integers(1, 200),
    verb=st.sampled_from(["founded", "opened", "completed", "dissolved"]),
    name=st.sampled_from(["Canal Board", "Dune Bridge", "Karlsbad Academy"]),
)
def test_any_two_years_of_one_happening_differ_and_the_same_year_never(
    first: int, apart: int, verb: str, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("years")
    same = f"By all accounts the {name} was {verb} in {first}."
    assert what(folder, f"The {name} was {verb} in {first}.", same) == []
    (folder / "b.md").write_text(f"# B\n\nIn {first + apart}, the {name} was {verb} at last.\n", "utf-8")
    library = open_library([folder])
    assert len(differences(candidates(library), library, TITLE)) == 1


@given(st.lists(st.text(max_size=80), max_size=6))
def test_no_text_makes_the_search_for_differences_fail(texts: list[str]) -> None:
    for text in texts:
        assert all(text[name.start : name.end] == name.text for name in names_in(text))


def test_a_name_is_folded_and_completed_whatever_its_ending() -> None:
    keys = {
        name.key for text in ("the Nassers", "Nasser's", "Nasser’s", "Nasser") for name in names_in(f"It is {text}")
    }
    assert keys == {("nasser",)}
    same = {name.key for text in ("U.S.", "US", "United States") for name in names_in(f"in the {text} of old")}
    assert same == {("us",)}


# In a Brief ---------------------------------------------------------------------------------------------------------

COMPANY = """The Suez Canal Company was founded in 1856 by Ferdinand de Lesseps, a French diplomat.
Egypt gave the Suez Canal Company land for its origins as a trading body of many nations.
The Suez Canal Company began its history with shares that were sold to the people of France.
War and revolt delayed the Suez Canal Company in its first years of digging."""
LEDGER = """The Suez Canal Company was founded in 1858 after years of delay in Egypt.
The Suez Canal Company was established under a law that Egypt had made for the purpose.
The history of the Suez Canal Company began with the sale of its shares to the people of France."""


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A project with two sources that differ on one thing."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "company.md").write_text("# A Company\n\n" + COMPANY.replace("\n", "\n\n"), "utf-8")
    (folder / "ledger.md").write_text("# A Ledger\n\n" + LEDGER.replace("\n", "\n\n"), "utf-8")
    return tmp_path


def prepared(project: Path, sections: str) -> tuple[Brief, tuple[Problem, ...]]:
    (project / "outline.yaml").write_text(
        HEAD.replace("sources: sources", f"sources: {project / 'sources'}") + sections
    )
    brief, problems = prepare(project / "outline.yaml", BuildOptions())
    assert brief is not None
    return brief, problems


def compares(brief: Brief) -> list[Compare]:
    return [block for section in brief.sections for block in section.blocks if isinstance(block, Compare)]


def test_a_difference_on_the_topic_has_a_slide_with_both_wordings_and_their_notes(two: Path) -> None:
    brief, _ = prepared(two, "  - topic: history\n")
    (one,) = compares(brief)
    assert one.title == "Sources differ: when the Suez Canal Company was founded"
    assert [side.label for side in (one.left, one.right)] == ["A Company", "A Ledger"]
    texts = [side.statements[0].text for side in (one.left, one.right)]
    assert ["1856" in texts[0], "1858" in texts[1]] == [True, True]
    assert all(side.statements[0].notes for side in (one.left, one.right))


def test_a_wording_that_the_outline_drops_is_on_no_such_slide_and_stays_in_the_list(two: Path) -> None:
    brief, _ = prepared(two, "  - topic: history\n    drop: [{find: founded in 1858}]\n")
    assert compares(brief) == []
    assert len(brief.conflicts) == 1


def test_the_wordings_on_that_slide_stand_in_no_bullet_as_well(two: Path) -> None:
    brief, _ = prepared(two, "  - topic: history\n")
    spans = [one.passage.span for section in brief.sections for one in statements_of(section) if one.passage]
    assert len(spans) == len(set(spans))


@pytest.mark.parametrize(
    "written", ["  - topic: history\n    slides: 3\n", "  - topic: history\n    blocks: [bullets: ]\n"]
)
def test_no_slide_is_added_to_a_short_section_or_to_blocks_that_the_outline_names(two: Path, written: str) -> None:
    brief, _ = prepared(two, written)
    assert compares(brief) == []
    assert [one.what for one in brief.conflicts] == ["when the Suez Canal Company was founded"]


def test_a_difference_that_no_section_shows_is_in_the_evidence_and_the_handout_and_is_verified(two: Path) -> None:
    prepared(two, "  - title: Money\n    blocks:\n      - bullets: {query: shares France sold}\n")
    result = build(two / "outline.yaml", BuildOptions(out=two / "out"))
    evidence = load_evidence(two / "out" / "outline.evidence.json")
    assert not isinstance(evidence, Problem)
    statements = {one.id: one for one in evidence.statements}
    (conflict,) = evidence.conflicts
    aside = [statements[name] for name in conflict.statements]
    assert [(one.section, one.slides) for one in aside] == [(0, ()), (0, ())]
    page = (two / "out" / "outline-handout.html").read_text("utf-8")
    assert "Where the sources differ" in page
    assert all(one.text in re.sub("<[^>]+>", "", page) for one in aside)
    assert [one.what for one in result.conflicts] == [conflict.what]


def test_check_tells_what_differs_with_both_wordings_and_their_places(two: Path) -> None:
    prepared(two, "  - topic: history\n")
    (one,) = check(two / "outline.yaml", BuildOptions()).conflicts
    assert one.what == "when the Suez Canal Company was founded"
    notes = [(said.source, said.note) for said in one.wordings]
    assert notes == [("company", "A Company, para. 1"), ("ledger", "A Ledger, para. 1")]
    assert one.slides


# In the real documents ----------------------------------------------------------------------------------------------

NINE = {
    "when the network was founded": ("founded", "1970", "1980s"),
    "when the founder died": ("died", "2015", "2018"),
    "when he joined": ("joined", "1995", "1996"),
    "which ministry he held": ("minister", "tribal", "Interior", "Borders"),
    "how strong the network is": ("numbers", "4,000 to 12,000", "10,000-15,000"),
    "the size of the reward": ("reward", "$5", "$10 million"),
    "state ties, charged and denied": ("charge against Pakistan", "alleg", "den"),
    "separate or not": ("separate", "separate entities", "integral part"),
    "the dates of document 6": ("Document 6", "July 6, 2010", "Jun 6, 2010"),
}


@pytest.fixture(scope="module")
def real(shared: Path) -> list[tuple[str, str]]:
    """What the five documents differ on, each with all its wordings."""
    library = open_library([shared / "sources"])
    title = "The Haqqani Network"
    sentences = candidates(library, subject_words(title))
    listed = differences(sentences, library, title)
    return [(one.what, " | ".join(each.text for each in one.sentences)) for one in listed]


@pytest.mark.parametrize("known", NINE)
def test_each_known_difference_of_the_real_documents_is_found(known: str, real: list[tuple[str, str]]) -> None:
    name, *wordings = NINE[known]
    told = [text for what_, text in real if re.search(name, what_)]
    assert any(all(wording in text for wording in wordings) for text in told)


def test_few_other_differences_are_found_in_the_real_documents(real: list[tuple[str, str]]) -> None:
    """The others are a toll that varies, and two more denials of a charge: true, but not among the nine."""
    assert len(real) <= len(NINE) + 3


def test_five_million_for_two_persons_is_no_difference(real: list[tuple[str, str]]) -> None:
    (rewards,) = [text for what_, text in real if "reward" in what_]
    assert "Khalil" not in rewards
    assert "Abdulaziz" not in rewards


def test_articles_on_other_subjects_differ_in_nothing(shared: Path) -> None:
    """Six articles, each of one mind."""
    for path in sorted((shared / "evals" / "wikitext" / "articles").glob("*.wikitext")):
        library = open_library([path])
        title = path.stem.replace("_", " ").replace("-", " ").title()
        assert differences(candidates(library, subject_words(title)), library, title) == ()
