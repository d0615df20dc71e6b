"""RIS: records from CSL-JSON and back."""

import re
from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from briefgen.citations.exchange.dates import from_text, to_edtf
from briefgen.citations.exchange.names import inverted, turned
from briefgen.citations.fixes import clean_text
from briefgen.tables import table

_PAGES = re.compile(r"(\w+)\s*[-–—]+\s*(\w+)")

Item = dict[str, Any]


def to_ris(items: Iterable[Item]) -> str:
    """A RIS file with a record for each item."""
    import rispy

    return str(rispy.dumps([_record(item) for item in items]))


def from_ris(text: str) -> list[Item]:
    """The items of a RIS file; a ValueError or OSError where it is none."""
    import rispy

    return [_item(record, number) for number, record in enumerate(rispy.loads(text), 1)]


def _record(item: Item) -> dict[str, Any]:
    data = table("citations/exchange/fields.yaml")["ris"]
    kind = str(item.get("type") or "document")
    record: dict[str, Any] = {"type_of_reference": data["types"].get(kind, data["types"]["document"])[0]}
    record["id"] = clean_text(str(item.get("id") or ""))
    record |= {key: [inverted(name) for name in item[field]] for field, key in data["names"].items() if item.get(field)}
    record |= {key: clean_text(str(item[field])) for field, key in data["fields"].items() if item.get(field)}
    record |= _date("date", "year", item.get("issued"))
    record |= _date("access_date", "", item.get("accessed"))
    if item.get("page"):
        parts = _PAGES.fullmatch(str(item["page"]))
        record |= {"start_page": parts[1], "end_page": parts[2]} if parts else {"start_page": str(item["page"])}
    if item.get("URL"):
        record["urls"] = [str(item["URL"])]
    if item.get("number") and "number" not in record:
        record["number"] = str(item["number"])
    return {key: value for key, value in record.items() if value}


def _date(key: str, year: str, date: Any) -> dict[str, str]:
    """RIS writes a date as YYYY/MM/DD, what is not known left empty."""
    first = to_edtf(date).split("/")[0].rstrip("~?")
    parts = first.split("-")
    if not first or not all(part.isdecimal() for part in parts) or (len(parts) == 2 and int(parts[1]) > 12):
        return {year: parts[0]} if year and parts[0].isdecimal() else {}
    written = {key: "/".join(parts)} if len(parts) > 1 or not year else {}
    return {**written, year: parts[0]} if year else written


def _whole(urls: list[str]) -> str:
    """The first address; rispy parts one at a semicolon."""
    first, *rest = map(str, urls)
    pieces = list(takewhile(lambda piece: "://" not in piece, rest))
    return ";".join([first, *pieces])


def _item(record: dict[str, Any], number: int) -> Item:
    data = table("citations/exchange/fields.yaml")["ris"]
    fields = {data["also"].get(name, name): value for name, value in reversed(record.items())}
    name = str(fields.get("type_of_reference", ""))
    kind = next((kind for kind, names in data["types"].items() if name in names), "document")
    item: Item = {"id": str(fields.get("id") or f"work-{number}"), "type": kind}
    item |= {field: str(fields[key]) for field, key in data["fields"].items() if fields.get(key)}
    item.pop("ISSN" if kind in ("book", "chapter", "report") else "ISBN", None)
    item |= {
        field: [turned(one) if "," in one else {"literal": one} for one in fields[key]]
        for field, key in data["names"].items()
        if fields.get(key)
    }
    for field, keys in (("issued", ("date", "year")), ("accessed", ("access_date",))):
        dates = (from_text(re.sub(r"/+", "-", str(fields[key])).strip("-")) for key in keys if fields.get(key))
        date = next((one for one in dates if one), None)
        if date:
            item[field] = date
    if fields.get("start_page"):
        item["page"] = "–".join(filter(None, (str(fields["start_page"]), str(fields.get("end_page") or ""))))
    if "issue" in item and not kind.startswith("article"):
        item["number"] = item.pop("issue")
    if fields.get("urls"):
        item["URL"] = _whole(fields["urls"])
    files = [str(fields[key]) for key in ("file_attachments1", "file_attachments2") if fields.get(key)]
    return {**item, "custom": {"file": ";".join(files)}} if files else item
