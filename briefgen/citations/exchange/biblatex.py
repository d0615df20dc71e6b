"""BibLaTeX: entries from CSL-JSON and back. BibTeX is read as well."""

import logging
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from briefgen.citations.exchange.dates import from_text, to_edtf
from briefgen.citations.exchange.names import inverted, turned
from briefgen.citations.fixes import clean_text
from briefgen.tables import table

_SPECIAL = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", **{sign: f"\\{sign}" for sign in "&%$#_"}}
_SPECIAL |= {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_PLAIN = frozenset({"url", "doi", "date", "urldate", "origdate", "eventdate", "file"})
"""Fields that hold no LaTeX."""
_UNESCAPED = re.compile(r"\\([&%$#_{}~])")
_KEY = re.compile(r"[^A-Za-z0-9:._/+-]+")
_CAPITALS = re.compile(r"(?<![^\W_])(?=[^\W_]*[A-Z])[^\W_]+")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

Item = dict[str, Any]


def to_biblatex(items: Iterable[Item]) -> str:
    """A BibLaTeX file (UTF-8) with an entry for each item."""
    return "\n".join(_entry(item, key) for item, key in _keyed(items))


def from_biblatex(text: str) -> tuple[list[Item], list[tuple[int, str]]]:
    """The items of a BibLaTeX or BibTeX file, and what could not be read: the line, from 1, and what is wrong."""
    from bibtexparser.entrypoint import parse_string

    logging.getLogger("bibtexparser").propagate = False
    library = parse_string(text)
    faults = [((block.start_line or 0) + 1, _fault(block)) for block in library.failed_blocks]
    items = [
        _item(
            entry.entry_type.lower(),
            entry.key,
            {name.lower(): str(field.value) for name, field in entry.fields_dict.items()},
        )
        for entry in library.entries
    ]
    return items, faults


def _fault(block: Any) -> str:
    doubled = type(block).__name__.startswith("Duplicate")
    return "an entry with this key stands before it" if doubled else "this entry is not closed or not well formed"


# Out ------------------------------------------------------------------------------------------------------------


def _keyed(items: Iterable[Item]) -> Iterator[tuple[Item, str]]:
    """Each item with a key of its own, made of its id."""
    taken: set[str] = set()
    for number, item in enumerate(items, 1):
        plain = unicodedata.normalize("NFKD", str(item.get("id") or "")).encode("ascii", "ignore").decode()
        key = _KEY.sub("-", plain).strip("-") or f"work-{number}"
        while key in taken:
            key += "a"
        taken.add(key)
        yield item, key


def _entry(item: Item, key: str) -> str:
    data = table("citations/exchange/fields.yaml")["biblatex"]
    kind = str(item.get("type") or "document")
    fields = {name: str(item[variable]) for variable, name in data["fields"].items() if item.get(variable)}
    fields |= {name: _names(item[variable]) for variable, name in data["names"].items() if item.get(variable)}
    fields |= {name: date for variable, name in data["dates"].items() if (date := to_edtf(item.get(variable)))}
    for variable, table_ in (("container-title", "container"), ("publisher", "publisher")):
        if item.get(variable):
            fields[data[table_].get(kind, data[table_]["default"])] = str(item[variable])
    number = item.get("issue") or item.get("number")
    if number:
        fields["number"] = str(number)
    if kind in data["subtypes"]:
        fields["entrysubtype"] = data["subtypes"][kind]
    fields["pages"] = re.sub(r"(?<=\d)[-–](?=\d)", "--", fields["pages"]) if "pages" in fields else ""
    name = data["types"].get(kind, data["types"]["document"])[0]
    lines = [f"  {field} = {{{_latex(field, value)}}}," for field, value in fields.items() if value]
    return "\n".join([f"@{name}{{{key},", *lines, "}", ""])


def _names(names: Any) -> str:
    return " and ".join(
        f"{{{_escaped(one)}}}" if "literal" in name else _escaped(one) for name in names if (one := inverted(name))
    )


def _latex(field: str, value: str) -> str:
    if field in _PLAIN:
        return value.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
    if field in ("author", "editor", "translator", "bookauthor"):
        return value
    text = _escaped(clean_text(value))
    return _CAPITALS.sub(lambda word: f"{{{word[0]}}}", text) if field in ("title", "shorttitle", "booktitle") else text


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(sign, sign) for sign in clean_text(text))


# In -------------------------------------------------------------------------------------------------------------


def _item(entry: str, key: str, given: dict[str, str]) -> Item:
    data = table("citations/exchange/fields.yaml")["biblatex"]
    fields = {data["also"].get(name, name): value for name, value in given.items()}
    kind = _kind(entry, fields)
    item: Item = {"id": key, "type": kind}
    item |= {variable: _read(name, fields[name]) for variable, name in data["fields"].items() if fields.get(name)}
    item |= {variable: _people(fields[name]) for variable, name in data["names"].items() if fields.get(name)}
    dates = {variable: from_text(fields[name]) for variable, name in data["dates"].items() if fields.get(name)}
    dates.setdefault("issued", from_text(_old_date(fields)))
    item |= {variable: date for variable, date in dates.items() if date}
    for variable, table_ in (("container-title", "container"), ("publisher", "publisher")):
        names = (data[table_].get(kind, data[table_]["default"]), data[table_]["default"])
        value = next((fields[name] for name in names if fields.get(name)), "")
        if value:
            item[variable] = _plain(value)
    if fields.get("number"):
        item["issue" if kind.startswith("article") else "number"] = _plain(fields["number"])
    if "page" in item:
        item["page"] = re.sub(r"\s*[-–]{1,3}\s*", "–", item["page"])
    if fields.get("file"):
        item["custom"] = {"file": fields["file"]}
    return item


def _kind(entry: str, fields: dict[str, str]) -> str:
    data = table("citations/exchange/fields.yaml")["biblatex"]
    told = next((kind for kind, name in data["subtypes"].items() if name == fields.get("entrysubtype", "")), None)
    return told or next((kind for kind, names in data["types"].items() if entry in names), "document")


def _old_date(fields: dict[str, str]) -> str:
    """BibTeX's year and month, the month by its name or number."""
    year, month = fields.get("year", ""), fields.get("month", "").lower()
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else int(month) if month.isdecimal() else 0
    return f"{year}-{number:02}" if 1 <= number <= 12 and re.fullmatch(r"\d{4}", year) else year


def _people(text: str) -> list[dict[str, str]]:
    """The names that "and" parts outside braces; one in braces is a body's."""
    names = []
    for part in _parted(text):
        body = part.startswith("{") and part.endswith("}")
        plain = _plain(part)
        if plain and plain.lower() != "others":
            names.append({"literal": plain} if body else turned(plain))
    return names


def _parted(text: str) -> Iterator[str]:
    start = 0
    for found in _AND.finditer(text):
        if text.count("{", 0, found.start()) == text.count("}", 0, found.start()):
            yield text[start : found.start()].strip()
            start = found.end()
    yield text[start:].strip()


def _read(name: str, value: str) -> str:
    return _UNESCAPED.sub(r"\1", value.strip()) if name in _PLAIN else _plain(value)


def _plain(text: str) -> str:
    """A field's value without LaTeX."""
    if not re.search(r"[\\{}~$]|--", text):
        return " ".join(text.split())
    from pylatexenc.latex2text import LatexNodes2Text

    return " ".join(LatexNodes2Text(math_mode="verbatim").latex_to_text(text).split())
