"""Templates that compute their words: quantities, dates, spans of years, formulas, languages."""

import re
from collections.abc import Callable, Mapping

from briefgen.citations.fields import date_to_csl
from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.convert import converted, unit_symbol
from briefgen.readers.wikitext.phrases import PHRASES
from briefgen.readers.wikitext.plain import raised
from briefgen.readers.wikitext.tables import Tables
from briefgen.text.dates import month_name

_CHARGE = re.compile(r"[0-9]*[+−-]")
_CHARGE_IN_BRACKETS = re.compile(r"\(([0-9]*[+−-])\)")
_CHARGE_AT_END = re.compile(r"(?<=[\w\])])[+−-](?=\s|$)")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})(?:-([0-9]{1,2}))?")

Parameters = Mapping[str, str]


def _convert(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """A quantity with the same in another unit, as the article shows both."""
    return converted(values, parameters, abbreviated=False) or marks.HOLE


def _cvt(values: list[str], parameters: Parameters, tables: Tables) -> str:
    return converted(values, parameters, abbreviated=True) or marks.HOLE


def _val(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """A number with its uncertainty, power of ten and unit."""
    number, *uncertain = [value.strip().replace("-", "−") for value in values] or [""]
    if not number or len(uncertain) > 1 or not parameters.keys() <= {"1", "2", "u", "ul", "e", "fmt"}:
        return marks.HOLE
    text = "±".join([number, *uncertain])
    if parameters.get("fmt") == "commas" and _whole(number):
        text = "±".join([f"{int(number):,}", *uncertain])
    power, unit = parameters.get("e", ""), parameters.get("ul") or parameters.get("u", "")
    text = f"({text})" if uncertain and power else text
    text += f"×10{raised(power)}" if power else ""
    return f"{text} {unit_symbol(unit) or unit}" if unit else text


def _power(values: list[str], parameters: Parameters, tables: Tables) -> str:
    power = "".join(values[:1]).strip()
    return f"×10{raised(power)}" if power else marks.HOLE


def _raised(values: list[str], parameters: Parameters, tables: Tables) -> str:
    return raised("".join(values[:1]))


def _formula(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """A chemical formula in parts; a part that ends in a sign is a charge."""
    return "".join(raised(value) if _CHARGE.fullmatch(value.strip()) else value.strip() for value in values)


def _formula_line(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """A chemical formula in one piece: charges stand in brackets or at a formula's end, an arrow is "->"."""
    text = _CHARGE_IN_BRACKETS.sub(lambda found: raised(found[1]), "".join(values[:1]).replace("->", "→"))
    return _CHARGE_AT_END.sub(lambda found: raised(found[0]), text).strip()


def _whole(text: str) -> int:
    """A whole number above 0 of at most nine digits; 0 for other text."""
    return int(text) if text.isdecimal() and len(text) <= 9 else 0


def _day(numbers: list[str], day_first: bool) -> str:
    """Year, month and day, as many as there are, in words; other words are kept in their order."""
    year, *rest = [number.strip() for number in numbers] or [""]
    rest = [part for part in rest if part]
    month = month_name(_whole(rest[0])) if rest and 1 <= _whole(rest[0]) <= 12 else "".join(rest[:1])
    day = rest[1].lstrip("0") if len(rest) > 1 else ""
    if day and month and not day_first:
        return f"{month} {day}, {year}"
    return " ".join(part for part in (day, month, year) if part)


def _yes(parameters: Parameters, name: str) -> bool:
    return parameters.get(name, "").strip().lower() in ("y", "yes", "1", "true")


def _date(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "May 6, 1990", or "6 May 1990" with `df=yes`. An age, which depends on today, is left out."""
    return _day(values[:3], _yes(parameters, "df"))


def _plain_date(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "6 May 1990" from "1990-05-06" or from year, month and day; other words as they are."""
    found = _ISO_DATE.fullmatch(values[0].strip()) if values else None
    return _day(list(found.groups()) if found else values[:3], day_first=True)


def _death_and_age(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """The day of death, and the age from the day of birth behind it: "May 6, 1990 (aged 70)"."""
    numbers = [_whole(value.strip()) for value in values[:6]]
    if len(numbers) < 6 or not all(numbers):
        return marks.HOLE
    age = numbers[0] - numbers[3] - (numbers[1:3] < numbers[4:6])
    return f"{_date(values, parameters, tables)} (aged {age})"


def _written_death_and_age(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "6 May 1990 (aged 70)" from two days in words."""
    days = [(date_to_csl(value) or {}).get("date-parts", [[]])[0] for value in values[:2]]
    if [len(day) for day in days] != [3, 3]:
        return marks.HOLE
    (year, *day), (born, *birthday) = days
    return f"{values[0].strip()} (aged {year - born - (day < birthday)})"


def _death_year_and_age(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "1990 (aged 69–70)"."""
    years = [_whole(value.strip()) for value in values]
    if len(years) != 2 or not all(years):
        return marks.HOLE
    return f"{years[0]} (aged {years[0] - years[1] - 1}–{years[0] - years[1]})"


def _old_style(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "9 August [O.S. 28 July] 1901", from the day, the year, and the day by the older calendar."""
    day, year, old = [value.strip() for value in [*values, "", "", ""][:3]]
    return f"{day} &#91;O.S. {old}&#93; {year}".strip() if day and old else marks.HOLE


def _old_style_and_year(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "27 March 1924 [O.S. 14 March 1923]"."""
    day, year, old = [value.strip() for value in [*values, "", "", ""][:3]]
    return f"{day} {year} &#91;O.S. {old}&#93;" if day and year and old else marks.HOLE


def _table_date(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """A date by which a table is sorted: "May 6, 1990", or "6 May 1990" with `format=dmy`; words as they are.

    A year before the common era, which is given as a number below 0, is a hole.
    """
    parts = [value.strip() for value in values]
    if not parts or not all(parts) or parts[0][0] in "-−" or parameters.get("format", "mdy") not in ("mdy", "dmy"):
        return marks.HOLE
    return _day(parts[:3], parameters.get("format") == "dmy") if len(parts) > 1 else parts[0]


def _as_of(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "As of May 2010", or the words given for it."""
    if parameters.get("alt"):
        return parameters["alt"]
    date = _day(values[:3], parameters.get("df", "").lower() != "us") + parameters.get("post", "")
    if parameters.get("pre"):
        date = f"{parameters['pre']} {date}"
    if _yes(parameters, "bare"):
        return date
    start = "since" if parameters.get("since") else "as of"
    return f"{start if parameters.get('lc') else start.capitalize()} {date}"


def _span(first: str, last: str) -> str:
    """Two dates with a dash, with spaces around it where a date has one inside."""
    return (" – " if " " in first + last else "–").join(part for part in (first, last) if part)


def _circa(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "c. 1900", "c. 1900 – c. 1910"."""
    return " – ".join(f"c. {value.strip()}" for value in values[:2] if value.strip()) or "c."


def _flourished(values: list[str], parameters: Parameters, tables: Tables) -> str:
    return "fl. " + _span(*[value.strip() for value in [*values, "", ""][:2]])


def _reigned(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "r. 1900–1910", "r. 6 May 1900 – 7 June 1910"."""
    return "r. " + _span(*[value.strip() for value in [*values, "", ""][:2]])


def _fraction(values: list[str], parameters: Parameters, tables: Tables) -> str:
    parts = [value.strip() for value in values[:3]]
    whole = f"{parts[0]} " if len(parts) > 2 else ""
    return whole + "/".join(parts[-2:] if len(parts) > 1 else ["1", *parts])


def _sic(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """The words as they stand in what is quoted, with "[sic]" unless that is to be hidden."""
    words = "".join(value.strip() for value in values)
    return words if parameters.get("hide") else f"{words} [sic]".strip()


def _language(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "French: le lac", "Russian: озеро, romanized: ozero, lit. 'lake'"; without the language for `label=none`."""
    code, *words = [value.strip() for value in [*values, "", "", "", ""][:4]]
    name = parameters.get("label") or tables.languages.get(code.lower(), "")
    spoken = parameters.get("text") or words[0]
    if not (name and spoken):
        return marks.HOLE
    roman = parameters.get("translit") or words[1]
    meaning = parameters.get("lit") or parameters.get("translation") or words[2]
    text = spoken if name == "none" else f"{name}: {spoken}"
    return text + (f", romanized: {roman}" if roman else "") + (f", lit. '{meaning}'" if meaning else "")


def _japanese(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "Lake (湖, mizūmi)": the words, and in brackets how they are written and spoken."""
    first, *others = [value.strip() for value in values[:3]] or [""]
    inner = ", ".join(part for part in others if part)
    return f"{first} ({inner})" if first and inner else first or inner


def _red_link(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """A link to an article that only another language has; that language in brackets is left out."""
    return parameters.get("lt") or "".join(values[:1]).strip()


def _flag(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """The name of a country; a hole for a code, or for a flag of another time, whose country may have another name."""
    if parameters.get("name"):
        return parameters["name"]
    name, variant = [value.strip() for value in [*values, "", ""][:2]]
    is_code = len(name) <= 3 and name.isupper()
    return marks.HOLE if is_code or variant or parameters.get("variant") else name


def _ship(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "HMS Nyx (1906)", without the part in brackets in form 2, without the prefix too in form 6."""
    prefix, name, number, form = [value.strip() for value in [*values, "", "", "", ""][:4]]
    if form not in ("", "2", "6") or parameters.get("up"):
        return marks.HOLE
    if form == "6":
        return name
    return f"{prefix} {name}".strip() + (f" ({number})" if number and not form else "")


def _google_book(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """The address of a book, and of a page in it, at Google Books."""
    book, page = parameters.get("id", "".join(values[:1])).strip(), parameters.get("p", parameters.get("pg", ""))
    return f"https://books.google.com/books?id={book}" + (f"&pg=PA{page}" if page else "")


def _plain_google_book(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """The address of a book for `plainurl=yes`; else a hole, since more is shown than the title that is given."""
    if not _yes(parameters, "plainurl"):
        return marks.HOLE
    page = parameters.get("page", "").strip()
    return _google_book(values, {"p": page, **parameters} if page else parameters, tables)


def _anchor(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """The anchor of a work, as `ref=` takes it."""
    return "CITEREF" + "".join(value.strip() for value in values)


Maker = Callable[[list[str], Parameters, Tables], str]

_MAKERS: dict[str, Maker] = {
    "convert": _convert,
    "cvt": _cvt,
    "val": _val,
    "power of ten": _power,
    "raised": _raised,
    "formula": _formula,
    "formula line": _formula_line,
    "date": _date,
    "plain date": _plain_date,
    "death and age": _death_and_age,
    "written death and age": _written_death_and_age,
    "death year and age": _death_year_and_age,
    "old style date": _old_style,
    "old style date and year": _old_style_and_year,
    "table date": _table_date,
    "as of": _as_of,
    "circa": _circa,
    "flourished": _flourished,
    "reigned": _reigned,
    "fraction": _fraction,
    "sic": _sic,
    "language": _language,
    "japanese": _japanese,
    "red link": _red_link,
    "flag": _flag,
    "ship": _ship,
    "book address": _google_book,
    "plain book address": _plain_google_book,
    "anchor": _anchor,
    **PHRASES,
}
"""What makes words, by the names that `templates.yaml` has for it under "made"."""


def made(tables: Tables, name: str, values: list[str], parameters: Parameters) -> str | None:
    """The words of the template `name`; none where the tables name nothing that makes them."""
    if name in tables.made:
        return _MAKERS[tables.made[name]](values, parameters, tables)
    if name in tables.ships:
        return _ship([name.upper(), *values], parameters, tables)
    if name.startswith("lang-"):
        return _language([name.removeprefix("lang-"), *values], parameters, tables)
    return None
