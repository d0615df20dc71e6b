"""What templates put on the page: quantities, dates, languages, formulas; and what only the day or a program knows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen.model import Block
from briefgen.readers.document import Document
from briefgen.readers.wikitext import read
from briefgen.readers.wikitext.convert import converted


def block(text: str) -> Block:
    found = read(Document("a", "lake.wiki", "0", text)).source
    assert found is not None
    return found.blocks[0]


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{convert|7|mi|km}}", "7 miles (11 km)"),
        ("{{convert|2|km|mi}}", "2 kilometres (1.2 mi)"),
        ("{{convert|1|lb|kg}}", "1 pound (0.45 kg)"),
        ("{{convert|1|lb|kg|abbr=on}}", "1 lb (0.45 kg)"),
        ("{{convert|1|lb|kg|abbr=off}}", "1 pound (0.45 kilograms)"),
        ("{{cvt|1|lb|kg}}", "1 lb (0.45 kg)"),
        ("{{convert|10|mi|km|adj=on}}", "10-mile (16 km)"),
        ("{{convert|10|km2|adj=on}}", "10-square-kilometre (3.9 sq mi)"),
        ("{{convert|10|km|sp=us}}", "10 kilometers (6.2 mi)"),
        ("{{convert|123|ft|m}}", "123 feet (37 m)"),
        ("{{convert|123|ft|m|-1}}", "123 feet (40 m)"),
        ("{{convert|123|ft|m|2}}", "123 feet (37.49 m)"),
        ("{{convert|100|km|mi|sigfig=4}}", "100 kilometres (62.14 mi)"),
        ("{{convert|1000|km|mi|round=25}}", "1,000 kilometres (625 mi)"),
        ("{{convert|12345|km2|comma=off|abbr=on}}", "12345 km² (4766 sq mi)"),
        ("{{convert|89|km|mi|disp=or}}", "89 kilometres or 55 miles"),
        ("{{convert|10|m|ft|disp=out}}", "33 ft"),
        ("{{convert|3.21|km|mi|order=flip}}", "1.99 miles (3.21 km)"),
        ("{{convert|5|to|10|km}}", "5 to 10 kilometres (3.1 to 6.2 mi)"),
        ("{{convert|10|x|20|m|ft}}", "10 by 20 metres (33 ft × 66 ft)"),
        ("{{cvt|2|–|50|m|ft}}", "2–50 m (6.6–164.0 ft)"),
        ("{{convert|25|C}}", "25 °C (77 °F)"),
        ("{{convert|-40|C|F}}", "−40 °C (−40 °F)"),
        ("{{convert|383|/km2|abbr=on}}", "383/km² (990/sq mi)"),
        ("{{convert|2|ha}}", "2 hectares (4.9 acres)"),
        ("{{convert|1|acre}}", "1 acre (0.40 ha)"),
        ("{{convert|10|km|mi nmi}}", "10 kilometres (6.2 mi; 5.4 nmi)"),
        ("{{convert|20|kn}}", "20 knots (37 km/h; 23 mph)"),
    ],
)
def test_a_quantity_is_shown_in_both_units(template: str, words: str) -> None:
    found = block(f"It has {template} there.")
    assert (found.text, found.holes) == (f"It has {words} there.", ())


@pytest.mark.parametrize(
    "template",
    [
        "{{convert|7|zorks|km}}",
        "{{convert|7|km|kg}}",
        "{{convert|6|ft|2|in|cm}}",
        "{{convert|1/2|mi|km}}",
        "{{convert|7|km|mi|spell=in}}",
        "{{convert|7|km|mi|disp=number}}",
        "{{convert|7|km|mi|abbr=values}}",
        "{{convert|1.8|m}}",
        "{{convert|7}}",
        "{{convert|" + "1|-|" * 20 + "5|km|mi}}",
        "{{convert|1234567890123456|km|mi}}",
        "{{convert}}",
    ],
)
def test_a_quantity_beyond_the_common_rules_is_a_hole(template: str) -> None:
    assert block(f"It has {template} there.").holes == (len("It has"),)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("{{birth date|1990|5|6}}", "May 6, 1990"),
        ("{{birth date and age|1990|5|6|df=yes}}", "6 May 1990"),
        ("{{death date and age|2000|5|6|1930|5|7}}", "May 6, 2000 (aged 69)"),
        ("{{start date|1990|5}}", "May 1990"),
        ("{{date|1990-05-06}}", "6 May 1990"),
        ("{{as of|2010|5}}", "As of May 2010"),
        ("{{as of|2010|5|6|df=US|lc=y}}", "as of May 6, 2010"),
        ("{{as of|2010|since=y|post=,}}", "Since 2010,"),
        ("{{as of|2010|bare=yes}}", "2010"),
        ("{{circa|1900|1910}}", "c. 1900 – c. 1910"),
        ("{{floruit|1900|1910}}", "fl. 1900–1910"),
        ("{{reign|6 May 1900|1910}}", "r. 6 May 1900 – 1910"),
        ("{{lang-fr|le lac}}", "French: le lac"),
        ("{{langx|ru|озеро|ozero|lit=lake}}", "Russian: озеро, romanized: ozero, lit. 'lake'"),
        ("{{langx|nl|meer|label=none}}", "meer"),
        ("{{lang|fr|le lac}}", "le lac"),
        ("{{transliteration|ru|ozero}}", "ozero"),
        ("{{nihongo|Lake|湖|mizūmi}}", "Lake (湖, mizūmi)"),
        ("{{ill|Ann Poe|fr|lt=Poe}}", "Poe"),
        ("{{val|7.6|u=mg/L}}", "7.6 mg/L"),
        ("{{val|1.5|0.3|e=5|u=m2}}", "(1.5±0.3)×10⁵ m²"),
        ("3{{e|-5}}", "3×10⁻⁵"),
        ("10<sup>5</sup>", "10⁵"),
        ("10{{sup|5}}", "10⁵"),
        ("19<sup>th</sup>", "19th"),
        ("H<sub>2</sub>O", "H2O"),
        ("{{chem|SO|4|2-}}", "SO4²⁻"),
        ("{{chem2|2H2 + O2 -> 2H2O}}", "2H2 + O2 → 2H2O"),
        ("{{chem2|SO4(2-)}} and {{chem2|H3O+}}", "SO4²⁻ and H3O⁺"),
        ("{{HMS|Nyx|1906}}", "HMS Nyx (1906)"),
        ("{{ship|RMS|Nyx||2}}", "RMS Nyx"),
        ("{{USS|Nyx|CV-1|6}}", "Nyx"),
        ("{{frac|3|1|2}}", "3 1/2"),
        ("{{sic|teh}}", "teh [sic]"),
        ("{{nowrap|a {{=}} b}}", "a = b"),
        ("{{yes}} and {{no|until 1990}} and {{n/a}}", "Yes and until 1990 and N/A"),
        ("{{US$|100}}", "US$100"),
        ("{{flag|Ruritania}}", "Ruritania"),
        ("{{URL|a.example}} or {{URL|https://b.example|B}}", "a.example or B"),
        ("{{ubl|one|two}}", "one; two"),
        ("x{{ndash}}y{{'}}s", "x–y's"),
        ("{{nbhyph}}{{spaced mdash}}{{minus}}5{{half}}", "‑ — −5½"),
        ("{{bracket|so}} and {{angbr|a}}", "[so] and ⟨a⟩"),
        ("B{{music|flat}} major", "B♭ major"),
        ("{{A$|5}} or {{₩|7}}", "A$5 or ₩7"),
        ("{{doi|10.1/x}} and {{JSTOR|7}}", "doi:10.1/x and JSTOR 7"),
        (
            "{{zh|t=湖|s=湖泊|p=hú|l=lake}}",
            "simplified Chinese: 湖泊; traditional Chinese: 湖; pinyin: hú; lit. 'lake'",
        ),
        ("{{zh|c=湖|labels=no}}", "湖"),
        ("{{native name|fr|le lac}}", "le lac (French)"),
        ("{{lit|lake}}", "lit. 'lake'"),
        ("{{nts|12000}}", "12,000"),
        ("{{sortname|Ann|Poe}}", "Ann Poe"),
        ("{{dts|1990|5|6}} or {{dts|1990|5|6|format=dmy}}", "May 6, 1990 or 6 May 1990"),
        ("{{marriage|Ann Poe|1970|1981|end=div}}", "Ann Poe (m. 1970; div. 1981)"),
        ("{{marriage|Ann Poe|1970}}", "Ann Poe (m. 1970)"),
        ("{{flagathlete|[[Ann Poe]]|FRA}}", "Ann Poe (FRA)"),
        ("{{slink|Lake|Depth}} or {{section link||Depth}}", "Lake § Depth or § Depth"),
        ("{{sclass|Nyx|destroyer}}", "Nyx-class destroyer"),
        ("{{ussc|410|113|1973}} and {{USC|17|107}}", "410 U.S. 113 (1973) and 17 U.S.C. § 107"),
        ("{{bibleverse|1|Kings|2:3}} and {{bibleverse||Genesis|1:1|KJV}}", "1 Kings 2:3 and Genesis 1:1"),
        ("{{post-nominals|country=GBR|KBE|FRS}}", "KBE FRS"),
        ("{{font color|red|yellow|words}} and {{wikt-lang|fr|lac|lake}}", "words and lake"),
        ("{{flag|Germany|1935|name=Third}}", "Third"),
        ("{{google books|id=a|page=5|plainurl=yes}}", "https://books.google.com/books?id=a&pg=PA5"),
        ("{{OldStyleDate|9 August|1901|28 July}}", "9 August [O.S. 28 July] 1901"),
        ("{{OldStyleDateDY|27 March|1924|14 March 1923}}", "27 March 1924 [O.S. 14 March 1923]"),
        ("{{death-date and age|6 May 2000|7 May 1930}}", "6 May 2000 (aged 69)"),
        ("{{death year and age|2000|1950}}", "2000 (aged 49–50)"),
    ],
)
def test_templates_show_what_the_article_shows(template: str, words: str) -> None:
    found = block(f"It has {template} there.")
    assert (found.text, found.holes) == (f"It has {words} there.", ())


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{age|1990|5|6}}", "words that depend on the day of reading"),
        ("{{inflation|US|100|1990}}", "amounts computed from tables"),
        ("{{INRConvert|5|b}}", "amounts computed from tables"),
        ("{{#if: x | y | z}}", "words of another page or a program"),
        ("{{#invoke:math|sum|1}}", "words of another page or a program"),
        ("{{PAGENAME}}", "words of another page or a program"),
        ("{{flag|USA}}", None),
        ("{{langx|zz-none|word}}", None),
        ("{{val|1|2|3}}", None),
        ("{{e}}", None),
        ("{{USS|Nyx|CV-1|4}}", None),
        ("{{flagcountry|Germany|1935}}", None),
        ("{{flag|Germany|variant=1935}}", None),
        ("{{nts|5|prefix=$}}", None),
        ("{{ussc|name=Poe v. Roe|volume=4|page=5}}", None),
        ("{{bibleverse|Genesis|1:1||the verse}}", None),
        ("{{post-nominals|size=100%|KBE|FRS}}", None),
        ("{{google books|abc|Lakes}}", None),
        ("{{music|fermata}}", None),
        ("{{marriage|Ann Poe|6 May 1970}}", None),
        ("{{zh|hp=hú}}", None),
        ("{{sclass|Nyx|destroyer|1}}", None),
        ("{{bibleverse|Genesis}}", None),
        ("{{dts|||1810}}", None),
        ("{{dts|-500}}", None),
        ("{{slink|Lake|Depth|Shore}}", None),
        ("{{lit|lake|sea}}", None),
        ("{{death year and age|2000|1950|5}}", None),
    ],
)
def test_words_that_the_file_does_not_tell_are_holes(template: str, reason: str | None) -> None:
    source = read(Document("a", "lake.wiki", "0", f"It has {template} there.")).source
    assert source is not None
    assert source.blocks[0].holes == (len("It has"),)
    assert [item.reason for item in source.dropped] == ([reason] if reason else [])


def test_the_name_of_the_page_is_known_from_its_title_line() -> None:
    assert block("Nyx#Depth\n\n{{Short description|x}}\n\nThe {{PAGENAME}} is deep.").text == "The Nyx is deep."


def test_remarks_that_are_named_like_citations_are_none() -> None:
    found = read(Document("a", "lake.wiki", "0", 'He said "no"{{cite quote|date=May 2010}}.')).source
    assert found is not None
    assert (found.blocks[0].text, found.references) == ('He said "no".', ())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["0", "-1", "7", "1e9", "km", "mi", "C", "F", "x", "to", "-3", "", "99"]) | st.text(max_size=4),
        max_size=6,
    ),
    st.dictionaries(
        st.sampled_from(["abbr", "adj", "disp", "sp", "sigfig", "round", "order", "comma"]),
        st.sampled_from(["on", "off", "or", "us", "2", "0", "flip", "5", "²"]),
    ),
)
def test_any_quantity_gives_words_or_nothing(values: list[str], named: dict[str, str]) -> None:
    words = converted(values, named, abbreviated=False)
    assert words is None or any(map(str.isalnum, words))
