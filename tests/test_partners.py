"""With whom a subject has to do, told by names alone."""

from hypothesis import given
from hypothesis import strategies as st

from briefgen.compose.candidates import candidates
from briefgen.compose.desk import Scored
from briefgen.compose.partners import Partner, partners
from briefgen.library import Library
from briefgen.model import Block, Source

SUBJECT = frozenset({"bergen", "harbour"})


def pool(*sentences: str) -> list[Scored]:
    blocks = tuple(Block("paragraph", one, 0, len(one)) for one in sentences)
    source = Source(id="s", path="s.txt", sha256="", kind="report", title="S", blocks=blocks)
    return [Scored(one, 1.0) for one in candidates(Library((source,)), SUBJECT)]


def grouped(*sentences: str) -> dict[str, list[str]]:
    return {one.name: [scored.candidate.text for scored in one.pool] for one in partners(pool(*sentences), SUBJECT)}


TRADE = (
    "Bergen Harbour took fish to Russia for salt and hides.",
    "The Russian consul praised Bergen Harbour for its dried fish.",
    "Russian ships paid Bergen Harbour half the toll.",
    "The Hanseatic League kept a yard at Bergen Harbour.",
    "Merchants of the Hanseatic League denied that they owed Bergen Harbour rent.",
    "Bergen Harbour sued the Hanseatic League twice.",
    "Bergen Harbour was dug by hand.",
)


def test_a_land_and_its_people_are_one_partner_under_the_land_s_name() -> None:
    assert sorted(grouped(*TRADE)["Russia"]) == sorted(TRADE[:3])


def test_a_sentence_stands_under_the_partner_that_it_names() -> None:
    assert sorted(grouped(*TRADE)["Hanseatic League"]) == sorted(TRADE[3:6])


def test_the_subject_is_no_partner_and_what_names_nobody_else_has_none() -> None:
    found = grouped(*TRADE)
    assert set(found) == {"Russia", "Hanseatic League"}
    assert TRADE[6] not in [text for group in found.values() for text in group]


def test_initials_and_the_full_name_are_one_partner() -> None:
    found = grouped(
        "Bergen Harbour asked the Royal Pilots Office for help.",
        "The RPO lent Bergen Harbour two boats.",
        "Bergen Harbour thanked the RPO in a letter.",
    )
    assert list(map(len, found.values())) == [3]


def test_where_something_took_place_makes_no_partner() -> None:
    assert grouped(*(f"Bergen Harbour bought {what} in Denmark." for what in ("rope", "tar", "hemp", "sails"))) == {}


@given(st.lists(st.text("AaBb Uu.S’-I", max_size=40) | st.sampled_from(TRADE), max_size=12))
def test_any_sentences_give_groups_that_share_none(sentences: list[str]) -> None:
    found: tuple[Partner, ...] = partners(pool(*sentences), SUBJECT)
    shown = [scored.candidate.span for one in found for scored in one.pool]
    assert len(shown) == len(set(shown))
    assert len({one.name for one in found}) == len(found)


def test_who_is_named_everywhere_is_no_partner() -> None:
    others = tuple(f"Bergen Harbour has {what} from Norway." for what in ("oak", "pine", "peat", "iron", "rope", "tar"))
    own = (*TRADE, *(f"Bergen Harbour owed Norway {what}." for what in ("corn", "silver", "ships")))
    among = [scored.candidate for scored in pool(*own, *others)]
    assert "Norway" in {one.name for one in partners(pool(*own), SUBJECT)}
    assert {one.name for one in partners(pool(*own), SUBJECT, among)} == {"Russia", "Hanseatic League"}
