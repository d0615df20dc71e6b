"""Who did what to whom, in sentences of many subjects."""

import pytest
from held import held_words
from hypothesis import given
from hypothesis import strategies as st

from briefgen.compose.frames import Frame, frame
from briefgen.compose.phrases import LONGEST, Part
from briefgen.text.dates import dates
from briefgen.topics import Trigger, load_topics

EVENTS = (
    Trigger(("banned", "fined", "opened", "closed", "named", "listed", "designated", "awarded")),
    Trigger(("offered", "imposed", "offering"), (), ("capture of", "duties on", "against")),
    Trigger((), ("closure", "listing"), ("of",)),
)


def read(text: str) -> Frame | None:
    return frame(text, next(iter(dates(text)), None), EVENTS)


def parts(text: str) -> tuple[str, str, str] | None:
    """Who, what and whom, as a table shows them."""
    found = read(text)
    if found is None:
        return None

    def shown(spans: tuple[Part, ...]) -> str:
        return " … ".join(text[start:end] for start, end in spans)

    return shown(found.who), shown(found.measure), shown(found.whom)


@pytest.mark.parametrize(
    ("text", "who", "measure", "whom"),
    [
        ("In 1987, Norway banned Blue Whaler from its ports.", "Norway", "banned … from its ports", "Blue Whaler"),
        ("The Port of Bergen fined Astra Lines in May 1990.", "The Port of Bergen", "fined", "Astra Lines"),
        ("Astra Lines was fined by the Port of Bergen in 1990.", "the Port of Bergen", "fined", "Astra Lines"),
        ("In March 1990 Astra Lines was listed as a late payer.", "", "listed as a late payer", "Astra Lines"),
        ("On 3 May 1990, the court named Ida Holm a trustee.", "the court", "named … a trustee", "Ida Holm"),
        (
            "In 1991 the city offered a prize of $500 for news leading to the capture of Old Tom, a tiger, near Agra.",
            "the city",
            "offered a prize of $500 for news leading to the capture … near Agra",
            "Old Tom, a tiger",
        ),
        ("The union imposed duties on Brazil in 1999.", "The union", "imposed duties", "Brazil"),
        (
            "The 1995 closure of Lake Mine by the Bergen council as a danger shocked the town.",
            "the Bergen council",
            "closure … as a danger",
            "Lake Mine",
        ),
        (
            "Ida Holm, who was ill, was awarded the Bell Prize in 2001.",
            "",
            "awarded the Bell Prize",
            "Ida Holm",
        ),
        (
            "In 2004, Peru closed Lake Mine and a year later opened Hill Mine.",
            "Peru",
            "closed",
            "Lake Mine",
        ),
    ],
)  # fmt: skip
def test_active_passive_and_noun_give_who_what_and_whom(text: str, who: str, measure: str, whom: str) -> None:
    assert parts(text) == (who, measure, whom)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("In 1987, Norway reportedly banned the Blue Whaler.", "reportedly"),
        ("In 1987, Norway never banned the Blue Whaler.", "never"),
        ("In 1987, Norway was reported to have banned the Blue Whaler.", "reported"),
        ("In 1987, the Blue Whaler was not banned by Norway.", "not"),
        ("In 1987, the Blue Whaler was allegedly banned by Norway.", "allegedly"),
        ("According to Ida Holm, Norway banned the Blue Whaler in 1987.", "According"),
        ("Norway banned the Blue Whaler in 1987, the company said.", "said"),
        ("Norway banned the Blue Whaler in 1987, alleging that it leaked.", "alleging"),
    ],
)
def test_hedge_negation_and_accuser_stay_in_a_cell(text: str, word: str) -> None:
    found = parts(text)
    assert found is not None
    assert word in found[1]


@pytest.mark.parametrize(
    "text",
    [
        "Norway banned the Blue Whaler in 1987, but the ministry of that day later said in a long letter to all "
        "the papers that it had meant another ship altogether.",
        "Whether Norway banned the Blue Whaler in 1987 is open.",
        "After Norway banned the Blue Whaler in 1987, it sailed south.",
        "If Norway banned the Blue Whaler in 1987, nobody knew.",
        "The mayor called for the 1995 closure of Lake Mine.",
        "Rain prevented the 1995 closure of Lake Mine.",
        "Two bells were awarded to sisters: one to Ida Holm in 1978 and one to Una Holm in 1994.",
        "The mine closed by Norway reopened in 1987.",
        "Who banned the Blue Whaler in 1987?",
        "He banned the Blue Whaler in 1987.",
    ],
)
def test_what_is_not_told_plainly_as_an_event_has_no_frame(text: str) -> None:
    assert parts(text) is None


def test_the_first_of_several_names_is_not_taken_for_all_of_them() -> None:
    assert parts("In 2006, Ida Holm opened Hill, Mine, Lake at Bergen.") == (
        "Ida Holm",
        "opened Hill, Mine, Lake at Bergen",
        "",
    )


def test_a_date_stands_beside_the_parts() -> None:
    assert parts("The council announced, and in May 1990 Norway banned the Blue Whaler.") is None
    assert parts("Norway banned in May 1990 the Blue Whaler.") == ("Norway", "banned … the Blue Whaler", "")


WORDS = """
Norway banned fined was were by the Bergen council Astra Lines , . in 1987 May 3 reportedly not never said that and
offered $5 million against capture of closure listing a as who ( ) “ ” " … according to has been if Ida’s
"""
PIECES = st.sampled_from(WORDS.split())


@given(st.lists(PIECES, max_size=28).map(" ".join) | st.text(max_size=80))
def test_any_text_gives_parts_inside_it_that_lose_no_hedge(text: str) -> None:
    found = next(iter(dates(text)), None)
    told = frame(text, found, (*EVENTS, *load_topics(None)[0]["sanctions"].events))
    if told is None:
        return
    spans = [*told.who, *told.measure, *told.whom]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert sorted(spans) == sorted(set(spans))
    assert all(one[1] <= other[0] for one, other in zip(sorted(spans), sorted(spans)[1:], strict=False))
    assert told.measure
    assert sum(len(text[start:end].split()) for start, end in told.measure) <= LONGEST
    beside = text[: found.start] + text[found.end :] if found else text
    shown = " ".join(text[start:end] for start, end in sorted(spans))
    left = held_words(beside)
    for word in held_words(shown):
        if word in left:
            left.remove(word)
    assert left == []
