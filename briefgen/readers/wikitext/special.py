"""Templates that compute their words: units, dates, spans of years, fractions."""

from collections.abc import Callable, Mapping

from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.tables import Tables
from briefgen.text.dates import month_name

Parameters = Mapping[str, str]


def _convert(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """The quantity as written, with its unit. The converted one is left out: it is not in the source."""
    values = [value.strip() for value in values]
    if len(values) < 2:
        return marks.HOLE
    quantity, unit = values[0], values[1]
    joiners = {
        "-": "–",
        "–": "–",
        "to": " to ",
        "and": " and ",
        "or": " or ",
        "x": " × ",
        "by": " by ",
        "to(-)": " to ",
        "±": " ± ",
        "+/-": " ± ",
    }
    if unit in joiners and len(values) > 3:
        quantity, unit = f"{quantity}{joiners[unit]}{values[2]}", values[3]
    return f"{quantity} {tables.units.get(unit, unit)}"


def _date(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """Year, month and day as "6 May 1990", or "May 6, 1990" where the template says so."""
    numbers = [value.strip() for value in values[:3]]
    if not numbers or not numbers[0].isdigit():
        return numbers[0] if numbers else ""
    if not all(number.isdigit() for number in numbers):
        return " ".join(reversed(numbers))
    year, *rest = numbers
    month = month_name(int(rest[0])) if rest and 1 <= int(rest[0]) <= 12 else ""
    day = rest[1].lstrip("0") if len(rest) > 1 else ""
    if parameters.get("mf") == "yes" and day and month:
        return f"{month} {day}, {year}"
    return " ".join(part for part in (day, month, year) if part)


def _as_of(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "As of May 2010", or the words given for it."""
    if parameters.get("alt"):
        return parameters["alt"]
    start = "since" if parameters.get("since") else "as of"
    start = start if parameters.get("lc") else start.capitalize()
    return f"{start} {_date(values, parameters, tables)}"


def _circa(values: list[str], parameters: Parameters, tables: Tables) -> str:
    return "c. " + "–".join(value.strip() for value in values[:2] if value.strip())


def _fraction(values: list[str], parameters: Parameters, tables: Tables) -> str:
    parts = [value.strip() for value in values[:3]]
    whole = f"{parts[0]} " if len(parts) > 2 else ""
    return whole + "/".join(parts[-2:] if len(parts) > 1 else ["1", *parts])


def _years(values: list[str], parameters: Parameters, tables: Tables) -> str:
    return "–".join(value.strip() for value in values[:2] if value.strip())


def _sic(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """The words as they stand in what is quoted, with "[sic]" unless that is to be hidden."""
    words = "".join(value.strip() for value in values)
    return words if parameters.get("hide") else f"{words} [sic]".strip()


def _google_book(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """The address of a book, and of a page in it, at Google Books."""
    book, page = parameters.get("id", "".join(values[:1])).strip(), parameters.get("p", parameters.get("pg", ""))
    return f"https://books.google.com/books?id={book}" + (f"&pg=PA{page}" if page else "")


SPECIAL: dict[str, Callable[[list[str], Parameters, Tables], str]] = {
    "convert": _convert,
    "cvt": _convert,
    "start date": _date,
    "start date and age": _date,
    "end date": _date,
    "film date": _date,
    "birth date": _date,
    "birth date and age": _date,
    "bda": _date,
    "dob": _date,
    "death date": _date,
    "death date and age": _date,
    "birth year and age": _date,
    "date": _date,
    "as of": _as_of,
    "asof": _as_of,
    "circa": _circa,
    "c.": _circa,
    "ca.": _circa,
    "reign": _years,
    "years": _years,
    "sic": _sic,
    "gburl": _google_book,
    "google books url": _google_book,
    "frac": _fraction,
    "fraction": _fraction,
    "sfrac": _fraction,
}
"""Template names and what makes their words: from the unnamed parameters, all parameters, and the tables."""
