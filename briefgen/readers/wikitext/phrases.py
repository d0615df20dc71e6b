"""Templates that set words together: names of people and ships, laws and verses, sections, other languages.

Whatever goes beyond the common forms gives a hole.
"""

import re
from collections.abc import Callable, Mapping

from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.tables import Tables

_VERSE = re.compile(r"[0-9]+(?::[0-9]+.*)?")

Parameters = Mapping[str, str]


def _bare(values: list[str]) -> list[str]:
    return [value.strip() for value in values]


def _chinese(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "simplified Chinese: 湖; traditional Chinese: 湖; pinyin: hú", as many as there are; bare for `labels=no`."""
    given = {key: value.strip() for key, value in parameters.items() if value.strip()}
    labels = given.pop("labels", "yes") != "no"
    given.pop("links", "")
    if not given or not given.keys() <= tables.chinese.keys():
        return marks.HOLE
    shown = []
    for key in tables.chinese:
        if key in given:
            words = f"'{given[key]}'" if key == "l" else given[key]
            shown.append(f"{tables.chinese[key]} {words}" if labels else words)
    return "; ".join(shown)


def _native_name(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "lac (French)"; without the language for `paren=no`."""
    code, name = _bare([*values, "", ""])[:2]
    name = name or parameters.get("name", "")
    language = tables.languages.get(code.lower(), "")
    if parameters.get("paren") in ("no", "off", "omit"):
        return name or marks.HOLE
    return f"{name} ({language})" if name and language else marks.HOLE


def _meaning(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "lit. 'lake'"."""
    return f"lit. '{values[0].strip()}'" if len(values) == 1 else marks.HOLE


def _number(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """A number with commas between its thousands; other words as they are. A hole where signs are put around it."""
    if len(values) != 1 or len(parameters) > 1:
        return marks.HOLE
    text = values[0].strip()
    return f"{int(text):,}" if text.isdecimal() and len(text) <= 15 else text


def _personal_name(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """Given name and family name."""
    return " ".join(part for part in _bare(values)[:2] if part)


def _marriage(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "Ann Poe (m. 1970; div. 1981)". Only years are taken, and only the endings that the tables know."""
    name, start, end = _bare([*values, "", "", ""])[:3]
    name = name or parameters.get("spouse", "")
    ending = tables.marriage_ends.get(parameters.get("end", parameters.get("reason", "")).strip().lower())
    years = [year for year in (start, end) if year]
    if not (name and start) or ending is None or not all(year.isdecimal() for year in years):
        return marks.HOLE
    if not end:
        return f"{name} (m. {start})"
    return f"{name} (m. {start}; {ending} {end})" if ending else f"{name} (m. {start}–{end})"


def _athlete(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "Ann Poe (FRA)"."""
    name, code = _bare([*values, "", ""])[:2]
    return f"{name} ({code})" if name and code else marks.HOLE


def _section(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "Lake § Depth"."""
    page, *sections = _bare(values) or [""]
    if len(sections) != 1 or parameters.keys() - {"1", "2"} or not sections[0]:
        return marks.HOLE
    return f"{page} § {sections[0]}".strip()


def _ship_class(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "Nyx-class destroyer"."""
    name, *kind = _bare(values) or [""]
    return f"{name}-class {kind[0]}" if name and len(kind) == 1 and kind[0] else marks.HOLE


def _law_report(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "410 U.S. 113 (1973)", with or without the year. A hole where a case or a further page is named."""
    numbers = _bare(values)
    if len(parameters) > len(numbers) or len(numbers) not in (2, 3) or not all(map(str.isdecimal, numbers)):
        return marks.HOLE
    return f"{numbers[0]} U.S. {numbers[1]}" + (f" ({numbers[2]})" if len(numbers) > 2 else "")


def _code_of_law(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "17 U.S.C. § 107"."""
    return " U.S.C. § ".join(_bare(values)) if len(values) == 2 and all(_bare(values)) else marks.HOLE


def _verse(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """ "Genesis 1:1", "1 Kings 2:3"; a version behind it is not shown, and words behind that are shown instead."""
    parts = _bare(values)
    place = next((index for index, part in enumerate(parts) if index and _VERSE.fullmatch(part)), 0)
    if not place or any(parts[place + 2 :]):
        return marks.HOLE
    return " ".join(part for part in parts[: place + 1] if part)


def _letters(values: list[str], parameters: Parameters, tables: Tables) -> str:
    """The letters of honours behind a name: "KBE FRS". A hole where a setting may put commas between them."""
    letters = [value for value in _bare(values) if value]
    has_settings = len(parameters) > len(values) + ("country" in parameters)
    return marks.HOLE if not letters or (has_settings and len(letters) > 1) else " ".join(letters)


PHRASES: dict[str, Callable[[list[str], Parameters, Tables], str]] = {
    "chinese": _chinese,
    "native name": _native_name,
    "meaning": _meaning,
    "number": _number,
    "personal name": _personal_name,
    "marriage": _marriage,
    "athlete": _athlete,
    "section": _section,
    "ship class": _ship_class,
    "law report": _law_report,
    "code of law": _code_of_law,
    "verse": _verse,
    "letters after a name": _letters,
}
"""What sets words together, by the names that `templates.yaml` has for it under "made"."""
