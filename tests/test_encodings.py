"""From bytes to text: which encoding, and what is said where it is in doubt."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.readers import read
from briefgen.readers.decode import decode
from briefgen.readers.detection import known_encoding
from briefgen.text.letters import normal

PIER = "The café by the pier was opened in 1887 by the harbour company. Señor Núñez kept it for eleven years, he said."
RUSSIAN = (
    "Пристань была открыта в 1887 году портовой компанией. Её построили за два года, и она простояла до 1923 года."
)
JAPANESE = "桟橋は1887年に港湾会社によって開かれた。二年で建てられ、1923年まで使われた。"
CHINESE = "苏联军队于1979年12月进入阿富汗。最初的战斗发生在喀布尔及其以南的公路上。"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_unicode_needs_no_telling(encoding: str) -> None:
    decoded = decode("a.txt", PIER.encode(encoding))
    assert (decoded.text, decoded.problems) == (PIER, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(PIER, "cp1252"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "shift_jis"), (JAPANESE, "iso2022_jp")],
)
def test_an_encoding_told_by_its_bytes_is_named_in_a_warning(text: str, encoding: str) -> None:
    decoded = decode("a.txt", text.encode(encoding))
    assert decoded.text == text
    (doubt,) = decoded.problems
    assert (doubt.severity, str(doubt.where)) == ("warning", "a.txt")
    assert "read as" in doubt.message
    assert "encoding: NAME" in doubt.hint


@pytest.mark.parametrize("head", ['<meta charset="ISO-8859-1">', '<?xml version="1.0" encoding="windows-1252"?>'])
def test_a_page_says_its_own_encoding_and_is_believed(head: str) -> None:
    page = f"{head}<p>Señor Núñez said “no”.</p>"
    decoded = decode("a.html", page.encode("cp1252"))
    assert (decoded.text, decoded.problems) == (page, ())


def test_a_page_that_is_utf_8_is_read_as_that_whatever_it_says() -> None:
    page = f'<meta charset="iso-8859-1"><p>{PIER}</p>'
    assert decode("a.html", page.encode()).text == page


def test_an_encoding_that_is_given_is_taken() -> None:
    assert decode("a.txt", RUSSIAN.encode("cp866"), "cp866").text == RUSSIAN


def test_a_name_that_is_no_encoding_is_a_problem() -> None:
    (fault,) = decode("a.txt", b"Pier", "klingon").problems
    assert "'klingon'" in fault.message


def test_a_name_of_something_else_than_text_is_no_encoding() -> None:
    assert known_encoding("base64") is None


def test_mixed_encodings_are_one_problem_at_the_first_wrong_byte_and_the_rest_is_read() -> None:
    text = "The pier.\n" + "Über die Brücke ging Señor Núñez. " * 3
    data = text.encode() + "It was at São Tome.".encode("latin-1")
    decoded = decode("a/b.txt", data)
    (fault,) = decoded.problems
    assert (fault.severity, str(fault.where)) == ("error", f"a/b.txt:2:{len(text) - 10 + 12}")
    assert "byte 0xE3" in fault.message
    assert decoded.text is not None
    assert decoded.text.startswith(text)


def test_a_file_half_in_utf_8_and_half_in_latin_1_is_mixed_and_not_taken_for_either() -> None:
    decoded = decode("b.txt", "Die Straße bleibt zu.\n\n".encode() + "Die Brücke fiel später.".encode("cp1252"))
    assert [fault.severity for fault in decoded.problems] == ["error"]
    assert decoded.text == "Die Straße bleibt zu.\n\nDie Br\ufffdcke fiel sp\ufffdter."


def test_a_file_in_latin_1_with_capitals_before_signs_is_read_as_it_is() -> None:
    text = "La liberté dépend des élus, a répété le député après l'été. Ils ont crié : «\xa0LIBERTÉ\xa0»."
    assert decode("b.txt", text.encode("cp1252")).text == text


def test_a_cut_off_utf_16_file_is_read_up_to_the_cut() -> None:
    decoded = decode("b.txt", "reef".encode("utf-16") + b"\x00")
    assert "UTF-16" in decoded.problems[0].message
    assert decoded.text is not None
    assert decoded.text.startswith("reef")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 \x00\x01\x02", "a PDF"),
        (b"PK\x03\x04\x00\x00\x00\x00", "packed"),
        (b"\xff\xd8\xff\xe0\x00\x00\x10", "picture"),
    ],
)
def test_a_file_with_the_wrong_ending_is_called_what_it_is(data: bytes, what: str) -> None:
    (fault,) = read("a", "a.txt", data + bytes(range(32))).problems
    assert what in fault.message


def test_a_sentence_with_a_byte_that_is_no_letter_has_a_hole() -> None:
    good = "The pier at Brackwater was opened in 1887 by the harbour company. "
    data = (
        "Ein Körper, Ä und Ö und Ü.\n\n".encode() + (good * 2).encode() + b"It was closed by the \xe9tat again in 1923."
    )
    source = read("s", "s.md", data).source
    assert source is not None
    (block,) = [block for block in source.blocks if "\ufffd" in block.text]
    assert block.holes == (block.text.index("\ufffd"),)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("cafe\u0301", "café"),
        ("a\u00a0b\u2009c", "a b c"),
        ("har\u00adbour", "harbour"),
        ("\u202eevil\u202c", "evil"),
        ("a \u00a0 b", "a b"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_words_are_composed_and_lose_what_cannot_be_seen(written: str, shown: str) -> None:
    assert normal(written) == shown


def test_offsets_stay_those_of_the_file_when_words_are_composed() -> None:
    text = "# Piers\n\n## Cafe\u0301\n\nThe cafe\u0301 by the pier was opened in 1887 by the harbour\u00a0company.\n"
    source = read("s", "s.md", text.encode()).source
    assert source is not None
    (block,) = [block for block in source.blocks if block.kind == "paragraph"]
    assert block.text == "The café by the pier was opened in 1887 by the harbour company."
    assert block.headings == ("Café",)
    assert normal(text[block.start : block.end]) == block.text


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_normal_text_stays_as_it_is(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@settings(max_examples=300, deadline=None)
@given(st.binary(), st.sampled_from([None, "utf-16", "cp1252", "shift_jis", "utf-7", "idna", "rot13", ""]))
def test_any_bytes_are_text_or_a_problem(data: bytes, encoding: str | None) -> None:
    decoded = decode("any.txt", data, encoding)
    assert decoded.text is not None or decoded.problems


_WORDS = [b"the", b"and", "für".encode(), "für".encode("cp1252"), "も".encode("euc_jp"), "и".encode("koi8-r"), b"\x00a"]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.binary(max_size=4), st.sampled_from(_WORDS)), max_size=40).map(b" ".join))
def test_words_of_any_encodings_are_text_or_a_problem_and_always_the_same(data: bytes) -> None:
    decoded = decode("any.txt", data)
    assert decoded.text is not None or decoded.problems
    assert decode("any.txt", data) == decoded


POLISH = "Dziesięć lat później ostatnie oddziały odeszły; zginęły tysiące żołnierzy. Po odejściu wojsk rząd trwał."


@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2"])
def test_of_the_encodings_of_latin_letters_the_one_whose_words_have_no_signs_in_them_is_taken(encoding: str) -> None:
    assert decode("a.txt", (f"{POLISH}\n" * 3).encode(encoding)).text == f"{POLISH}\n" * 3


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("text", [RUSSIAN, JAPANESE, CHINESE])
def test_wide_letters_without_a_mark_are_read_in_every_script(text: str, encoding: str) -> None:
    decoded = decode("a.txt", text.encode(encoding))
    assert (decoded.text, decoded.problems) == (text, ())


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 40, b"\x00" * 4000, b"\x7fELF\x02\x01\x01" + b"\x00\x01\xfe\x99" * 500]
)
def test_what_is_no_text_is_not_taken_for_wide_letters(data: bytes) -> None:
    decoded = decode("a.txt", data)
    assert decoded.text is None
    assert "binary" in decoded.problems[0].message


def test_japanese_of_old_unix_machines_is_not_taken_for_broken_utf_8() -> None:
    assert decode("a.txt", JAPANESE.encode("euc_jp")).text == JAPANESE


ENGLISH = "The pier was “opened” in 1887 by the harbour company – and it was the company’s own until the war, they say."
GERMAN = "Die Brücke wurde 1887 für die Hafengesellschaft gebaut, und die Bürger gingen mit den Schiffern darüber."
SPANISH = "El muelle fue abierto por la compañía del puerto. Según el señor Núñez, los pescadores no volvieron más."
HUNGARIAN = "A mólót 1887-ben nyitották meg, és a társaság építette. A háború után már nem volt szükség rá, őszintén."
CZECH = (
    "Molo bylo otevřeno v roce 1887 a postavila je společnost. Po válce se už nepoužívalo, ale lidé na ně vzpomínali."
)
TURKISH = "İskele 1887 yılında liman şirketi için açıldı. Bu iskele savaştan sonra çok önemli bir yer olarak kaldı."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac-roman"),
        (GERMAN, "iso-8859-1"),
        (GERMAN, "cp850"),
        (GERMAN, "mac-roman"),
        (SPANISH, "cp1252"),
        (SPANISH, "cp850"),
        (HUNGARIAN, "cp1250"),
        (HUNGARIAN, "iso-8859-2"),
        (CZECH, "cp1250"),
        (CZECH, "cp852"),
        (TURKISH, "cp1254"),
    ],
)
def test_the_language_of_the_plain_words_tells_the_letters_of_the_others(text: str, encoding: str) -> None:
    assert decode("a.txt", text.encode(encoding)).text == text


GREEK = "Η προβλήτα άνοιξε το 1887 από την εταιρεία του λιμανιού. Μετά τον πόλεμο έκλεισε και δεν άνοιξε ξανά."
HEBREW = "המזח נפתח בשנת 1887 על ידי חברת הנמל. אחרי המלחמה הוא נסגר, והדייגים לא חזרו אליו שוב."


@pytest.mark.parametrize(
    ("text", "encoding"), [(GREEK, "cp1253"), (HEBREW, "cp1255"), (RUSSIAN, "iso-8859-5"), (RUSSIAN, "cp866")]
)
def test_scripts_other_than_the_latin_one_are_told_by_their_bytes(text: str, encoding: str) -> None:
    assert decode("a.txt", text.encode(encoding)).text == text


def test_one_word_beyond_ascii_far_into_a_long_file_tells_its_encoding() -> None:
    text = "The pier was opened by the harbour company and was used until the war.\n" * 3000 + SPANISH
    assert decode("a.txt", text.encode("cp850")).text == text


@pytest.mark.parametrize("text", [CHINESE, RUSSIAN, JAPANESE])
def test_a_long_file_is_told_by_a_part_of_it_that_ends_in_no_half_letter(text: str) -> None:
    long = f"{text}\n" * 4000
    assert decode("a.txt", long.encode("gb18030")).text == long


@pytest.mark.parametrize("word", [b"\xe9", b"\xe9 ", b"a\xe9 ", b"\xa4\xa2", b"\x00\xd8", b"\x81\r", b"\xc3\xa9\xe9 "])
def test_time_grows_with_the_length_of_a_file_and_no_faster(word: bytes) -> None:
    def seconds(count: int) -> float:
        start = perf_counter()
        decode("a.txt", word * count)
        return perf_counter() - start

    seconds(1000)
    assert seconds(800_000) < 12 * seconds(200_000) + 0.5


def test_prose_in_a_script_without_spaces_is_prose() -> None:
    text = f"{CHINESE}\n\n十年后，最后一批部队越过铁尔梅兹附近的桥梁离开。在此期间，数千名士兵丧生。\n"
    found = read("a", "a.txt", text.encode("gb18030")).source
    assert found is not None
    assert [block.text for block in found.blocks] == text.strip().split("\n\n")
    assert found.language == "zh"
