"""Where a line may end: nowhere that Unicode does not allow, wherever it matters for slides."""

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uniseg.linebreak import line_break_units

from briefgen.renderers.deck.fit import Face
from briefgen.renderers.deck.linebreaks import may_end, pieces
from briefgen.renderers.deck.shapes import TextRun

FACE = Face()
SCRIPTS = (
    "aZé ß9",
    " \t-–—/…,.;:!?)([]{}“”‘’\"'«»%$€\u00a0\u202f\u2009\u00ad\u200b\u2010\u2011\u2060",
    "橋商人「」『』（）。、！？：；・ー々〇ょっゃんアッー％￥１\u3000",
    "한국어다리",
    "גשר",
    "جسر",
    "🚢⚓👍🏽",
    "1234567890",
)
MIXED = st.lists(st.sampled_from(SCRIPTS).flatmap(lambda letters: st.text(letters, max_size=5)), max_size=8).map(
    "".join
)
THAI = "พ่อค้าเดินทางข้ามสะพานเก่าในตอนเช้าและกลับเข้าเมืองก่อนพระอาทิตย์ตก"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bridge of 1894", "A |bridge |of |1894"),
        ("two  blanks\tor tabs", "two  |blanks\t|or |tabs"),
        ("well-known and/or 1890–95", "well-|known |and/|or |1890–|95"),
        ("from 1890-95, 3/4 of it", "from |1890-95, |3/4 |of |it"),
        ("at -5 or (-x) – so", "at |-5 |or |(-x) |– |so"),
        ("it rose…” he said", "it |rose…” |he |said"),
        ("a (well-“known”) one", "a |(well-“known”) |one"),
        ("what ? done / gone", "what ? |done / |gone"),
        ("10\u00a0boats of\u00a010\u202f000", "10\u00a0boats |of\u00a010\u202f000"),
        ("con\u00adstruct under\u200bwater 1\u2009000", "con\u00ad|struct |under\u200b|water |1\u2009|000"),
        ("https://a.example/b-c/d?e=1/2", "https://|a.example/|b-|c/|d?e=1/2"),
        ("橋は「古い橋」。人々（商人）", "橋|は|「古|い|橋」。|人々|（商|人）"),
        ("ちょっとコーヒー、100％", "ちょっ|と|コー|ヒー、|100％"),
        ("12月3日にABCと", "12|月|3|日|に|ABC|と"),
        ("이른 아침에 中國", "이른 |아침에 |中|國"),
        ("", ""),
        (" ", " "),
    ],
)
def test_lines_end_where_readers_of_the_script_expect_it(text: str, expected: str) -> None:
    assert "|".join(pieces(text)) == expected


@settings(max_examples=500)
@given(MIXED)
def test_no_line_ends_where_unicode_forbids_it(text: str) -> None:
    made = pieces(text)
    assert "".join(made) == text
    assert all(made)
    allowed = set(accumulate(map(len, line_break_units(text.replace("\t", " ")))))  # as it is written
    assert set(accumulate(map(len, made))) <= allowed


@given(st.text("etaoin ETAOIN,.’é' "))
def test_plain_english_has_every_break_that_unicode_allows(text: str) -> None:
    assert pieces(text) == list(line_break_units(text))


@given(st.text("橋商人古い橋はを渡る「」。、（）ん"))
def test_chinese_and_japanese_have_every_break_that_unicode_allows(text: str) -> None:
    assert pieces(text) == list(line_break_units(text))


@given(MIXED, MIXED)
def test_whether_a_line_may_end_after_a_text_does_not_depend_on_what_follows(one: str, other: str) -> None:
    """But for what begins no line: a piece joined to the next run is no break."""
    found = pieces(one)
    if found and not may_end(found[-1]):
        last = len("".join(found[:-1]))
        assert last + len(found[-1]) in (len(one), last + len(pieces(one[last:])[0]))


def test_thai_is_cut_into_pieces_of_a_words_length_and_never_inside_a_sign() -> None:
    made = pieces(f"In 1905: {THAI} and more")
    thai = [piece for piece in made if piece.strip()[:1] in THAI]
    assert "".join(thai).strip() == THAI
    assert len(thai) > 3
    for piece in thai:
        assert piece[0] not in "ะัาำิีึืุูๅๆ็่้๊๋์"
        assert piece.strip()[-1] not in "เแโใไ"


def test_thai_takes_no_fewer_lines_than_it_takes_breaking_anywhere() -> None:
    for room in (2.0, 3.0, 5.0):
        wide = FACE.width(THAI * 3, 20)
        assert FACE.lines((TextRun(THAI * 3),), 20, room) >= wide / room


@given(st.text(st.sampled_from(sorted(THAI + "ក្ខាមြန်ໄກ")), max_size=40))
def test_unspaced_scripts_of_any_order_keep_their_signs(text: str) -> None:
    assert "".join(pieces(text)) == text


def test_a_soft_hyphen_and_a_blank_of_no_width_let_a_long_word_break() -> None:
    parts = ["Donau", "dampf", "schiff", "fahrts", "gesell", "schaft"]
    room = FACE.width("dampf" * 2, 20)
    for sign in "\u00ad\u200b":
        assert FACE.widest_word((TextRun(sign.join(parts)),), 20) < room
    assert FACE.widest_word((TextRun("".join(parts)),), 20) > room


def test_a_tab_lets_a_line_end() -> None:
    assert FACE.widest_word((TextRun("one\ttwo"),), 20) == pytest.approx(FACE.width("two", 20), rel=0.2)


def test_marks_and_joiners_take_no_room_and_a_soft_hyphen_that_of_a_letter() -> None:
    for plain, marked in (
        ("Zoe", "Zo\u0308e\u0301"),
        ("पल", "पुल"),
        ("กน", "กั้น"),
        ("ab", "a\u200d\u200c\u200b\u2060\ufe0fb"),
    ):
        assert FACE.width(marked, 20) == pytest.approx(FACE.width(plain, 20))
    assert FACE.width("a\u00adb", 20) > FACE.width("a-b", 20)


@pytest.mark.parametrize("word", ["橋商人" * 20, THAI * 3, "Pneumonoultramicroscopic" * 4])
def test_a_word_that_no_line_holds_is_cut_after_a_letter_and_not_left_out(word: str) -> None:
    for text in (f"3  {word} and more", word):
        shown = FACE.cut(text, 20, 3.0)
        assert text.startswith(shown.removesuffix("\u00a0…"))
        assert FACE.lines((TextRun(shown),), 20, 3.0) == 1
        assert FACE.width(shown, 20) > 2.4


def test_words_are_cut_whole_where_lines_hold_them() -> None:
    assert FACE.cut("The bridges of Königsberg", 20, 1.7) == "The bridges\u00a0…"
    assert FACE.cut("이른 아침에 오래된 다리를", 20, 2.1) == "이른 아침에\u00a0…"


@given(MIXED, st.floats(0.5, 4), st.integers(1, 3))
def test_what_is_cut_is_the_start_of_the_text_and_fits(text: str, room: float, most: int) -> None:
    shown = FACE.cut(text, 12, room, most)
    assert shown == text or text.startswith(shown.removesuffix("\u00a0…"))
    least = FACE.cut(text.split(" ")[0][:1], 12, room, most)
    assert FACE.lines((TextRun(shown),), 12, room) <= max(most, FACE.lines((TextRun(f"{least}\u00a0…"),), 12, room))
