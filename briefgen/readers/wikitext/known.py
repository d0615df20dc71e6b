"""The words of templates that the tables or `special` know."""

import re
from collections.abc import Callable

from msgspec import Struct

from briefgen.readers.wikitext import marks
from briefgen.readers.wikitext.special import made
from briefgen.readers.wikitext.tables import Tables

_LINE_BREAK = re.compile(r"\n|<br\b[^<>]*>")


class Call(Struct):
    """A template's name, lower case, and its parameters, expanded; the unnamed ones are numbered from "1"."""

    name: str
    parameters: dict[str, str]

    def unnamed(self) -> list[str]:
        values: list[str] = []
        while (value := self.parameters.get(str(len(values) + 1))) is not None:
            values.append(value)
        return values


def text_of(tables: Tables, call: Call) -> str | None:
    """The words of a template; none where it is not known to have any."""
    for known in _KNOWN:
        text = known(tables, call)
        if text is not None:
            return text
    return None


def _literal(tables: Tables, call: Call) -> str | None:
    return tables.literal.get(call.name)


def _cell(tables: Tables, call: Call) -> str | None:
    if call.name not in tables.cells:
        return None
    return next(iter(call.unnamed()), "").strip() or tables.cells[call.name]


def _made(tables: Tables, call: Call) -> str | None:
    return made(tables, call.name, call.unnamed(), call.parameters)


def _argument(tables: Tables, call: Call) -> str | None:
    number = tables.argument.get(call.name)
    if number is None:
        return None
    if "text" in call.parameters:
        return call.parameters["text"]
    values = call.unnamed() or [""]
    return values[min(number, len(values)) - 1 if number > 0 else -1].strip()


def _list(tables: Tables, call: Call) -> str | None:
    """A list in wikitext, on lines of its own."""
    if call.name not in tables.lists:
        return None
    text = call.parameters.get("text") or next(iter(call.unnamed()), "")
    return f"\n{text}\n" if text else ""


def _prefixed(tables: Tables, call: Call) -> str | None:
    """Words with others before them, and a hole where more is shown: what an amount of a given year is worth now."""
    if call.name not in tables.prefix:
        return None
    first, *others = [value.strip() for value in call.unnamed()] or [""]
    more = any(others) or call.parameters.get("year") or call.parameters.get("long")
    return tables.prefix[call.name] + first + (f" {marks.HOLE}" if more else "")


def _surrounded(tables: Tables, call: Call) -> str | None:
    """Words between two signs, which are no markup; the first sign alone where no words are given."""
    if call.name not in tables.around:
        return None
    opening, closing = (f"&#{ord(sign)};" for sign in tables.around[call.name])
    text = next(iter(call.unnamed()), "").strip()
    return f"{opening}{text}{closing}" if text else opening


def _chosen(tables: Tables, call: Call) -> str | None:
    """The sign that the first parameter stands for; a hole for any other."""
    if call.name not in tables.chosen:
        return None
    return tables.chosen[call.name].get(next(iter(call.unnamed()), "").strip(), marks.HOLE)


def _joined(tables: Tables, call: Call) -> str | None:
    if call.name not in tables.join:
        return None
    return tables.join[call.name].join(value.strip() for value in call.unnamed() if value.strip())


def _quotation(tables: Tables, call: Call) -> str | None:
    """The quoted words on a line of their own, marked as a quotation."""
    if call.name not in tables.quotations:
        return None
    text = next((call.parameters[key] for key in tables.quotation_words if call.parameters.get(key)), "")
    joined = " ".join(line.strip() for line in _LINE_BREAK.split(text) if line.strip())
    return f"\n{marks.QUOTATION}{joined}\n" if joined else ""


_KNOWN: tuple[Callable[[Tables, Call], str | None], ...] = (
    _literal,
    _cell,
    _made,
    _argument,
    _list,
    _prefixed,
    _surrounded,
    _chosen,
    _joined,
    _quotation,
)
