"""Which language a text is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.readers import read
from briefgen.text.languages import language_of

TEXTS = {
    "en": "The pier was built of oak in 1887 by the harbour company, which had sold four hundred shares for it.",
    "de": "Die Straße wurde 1887 von der Stadt gebaut und führte durch das Tal bis zu dem Fluss, auf dem man fuhr.",
    "fr": "Le port a été construit par la ville en 1887, et les bateaux qui venaient du sud y sont entrés.",
    "es": "El puerto fue construido por la ciudad en 1887, y los barcos que venían del sur entraron para la feria.",
    "pl": "Port został zbudowany w 1887 roku przez miasto, a statki nie wpływały do niego, ale na rzekę, dla łodzi.",
    "ru": "Порт был построен городом в 1887 году, и корабли, шедшие с юга, входили в него на ярмарку.",
    "uk": "Порт збудувало місто у 1887 році, і кораблі, що йшли з півдня, входили до нього на ярмарок.",
    "fa": "این بندر در سال ۱۲۶۶ به دست شهر ساخته شد و کشتی‌هایی که از جنوب می‌آمدند برای بازار گرد آن پهلو گرفتند.",
    "ar": "بنت المدينة الميناء عام 1887، ودخلته السفن القادمة من الجنوب من أجل المعرض السنوي.",
    "zh": "该港口由城市于1887年建造，从南方来的船只进入港口参加集市。",
    "ja": "その港は1887年に市によって建てられ、南から来た船が市のために入った。",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_language_is_told_by_its_letters_and_its_commonest_words(code: str) -> None:
    assert language_of(TEXTS[code]) == code


def test_a_few_words_and_figures_tell_no_language() -> None:
    assert [language_of(text) for text in ("", "1887", "Suez", "Poe, Lakes, Paris")] == [None] * 4


def test_a_source_that_says_no_language_has_that_of_its_words() -> None:
    found = read("hafen", "hafen.txt", f"{TEXTS['de']}\n\n{TEXTS['de'][::-1]}\n\n{TEXTS['de']} Ja.\n".encode()).source
    assert found is not None
    assert found.language == "de"


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert language_of(text) is None or len(language_of(text) or "") == 2
