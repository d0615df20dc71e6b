"""`{{convert}}`: a quantity, and the same in another unit, as the article shows both.

The rules of spelling and rounding are those of the template's documentation. Whatever goes beyond the common ones
gives no words, so that the reader marks a hole rather than guess.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import floor, log10

from msgspec import Struct

from briefgen.tables import table

_NUMBER = re.compile(r"([-−]?)((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]*)(?:\.[0-9]+)?)")
_LONGEST = 15
"""Characters of a number; a longer one would lose digits in a float."""
_MOST_VALUES = 20
"""Unnamed parameters; no quantity has more."""
_SEPARATOR = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_PRECISION = re.compile(r"-?[0-9]{1,2}")
_FUDGE = 2e-14
"""Added before rounding, so that a number that is just short of a half in binary goes up, as the template does."""

_JOINERS = {
    "-": ("–", "–"),
    "–": ("–", "–"),
    "to": (" to ", " to "),
    "to(-)": (" to ", "–"),
    "and": (" and ", " and "),
    "or": (" or ", " or "),
    "by": (" by ", " by "),
    "x": (" by ", " × "),
}
"""What stands between numbers: beside the name of their unit, and beside its symbol."""

_DISPLAYS = {
    "": "{} ({})",
    "b": "{} ({})",
    "flip": "{} ({})",
    "or": "{} or {}",
    "comma": "{}, {}",
    "semicolon": "{}; {}",
    "sqbr": "{} [{}]",
    "out": "{1}",
    "output only": "{1}",
}
_KNOWN = frozenset({"abbr", "adj", "disp", "sp", "sigfig", "round", "lk", "order", "comma"})


class _Unit(Struct, frozen=True):
    """A unit: `scale` of the base unit of its `kind`; temperatures count from `zero`."""

    kind: str
    scale: float
    symbol: str
    to: str
    zero: float
    symbol_only: bool
    spelled: bool
    names: tuple[str, str, str, str]

    def name(self, plural: bool, american: bool) -> str:
        return self.names[plural + 2 * american]


class _Quantity(Struct, frozen=True):
    """Numbers as shown, in one unit, with what stands between them; `one`: the last of them is 1."""

    numbers: tuple[str, ...]
    joiners: tuple[str, ...]
    unit: _Unit
    one: bool


class _Style(Struct, frozen=True):
    """How to show: with the symbol or the name first and second, as an adjective, in American spelling."""

    symbols: tuple[bool, bool]
    adjective: bool
    american: bool


@lru_cache(maxsize=1)
def _units() -> dict[str, _Unit]:
    units = {}
    for kind, rows in table("readers/wikitext/units.yaml").items():
        for code, row in rows.items():
            name = row.get("name", row["symbol"])
            plural = row.get("plural", f"{name}s")
            us = row.get("us", name)
            us_plural = row.get("us plural", f"{us}s" if "us" in row else plural)
            flags = bool(row.get("symbol only")), bool(row.get("spelled"))
            names = (name, plural, us, us_plural)
            unit = _Unit(kind, row["scale"], row["symbol"], row.get("to", ""), row.get("zero", 0.0), *flags, names)
            units.update(dict.fromkeys((code, *row.get("also", ())), unit))
    return units


def unit_symbol(code: str) -> str | None:
    """The symbol of a unit by the template's code for it; none for an unknown one."""
    unit = _units().get(code)
    return unit.symbol if unit else None


def converted(values: Sequence[str], parameters: Mapping[str, str], abbreviated: bool) -> str | None:
    """The words of `{{convert}}`, or with `abbreviated` of `{{cvt}}`; none where the rules here do not tell them."""
    named = {key: value.strip() for key, value in parameters.items() if not key.isdigit() and value.strip()}
    parsed = _parsed([value.strip() for value in values])
    display = named.get("disp", "")
    if not parsed or not named.keys() <= _KNOWN or display not in _DISPLAYS:
        return None
    clean, joiners, unit, rest = parsed
    targets, precision = _targets(unit, rest)
    style = _style(named, abbreviated, display)
    if not targets or not style or (style.adjective and len(clean) > 1 and set(joiners) - {"-", "–"}):
        return None
    joined = [tuple(_JOINERS[joiner][symbols or unit.symbol_only] for joiner in joiners) for symbols in style.symbols]
    own = _Quantity(tuple(map(_grouped, clean)), joined[0], unit, _is_one(clean[-1]))
    outputs = [_other(clean, joined[1], unit, target, precision, named) for target in targets]
    others = [output for output in outputs if output]
    if len(others) < len(targets):
        return None
    shown = [own], others
    if display == "flip" or named.get("order") == "flip":
        if {"x", "to(-)"} & set(joiners):
            return None
        shown = others, [own]
    first, second = ("; ".join(_shown(part, style, place) for part in parts) for place, parts in enumerate(shown))
    text = _DISPLAYS[display].format(first, second)
    return _SEPARATOR.sub("", text) if named.get("comma") == "off" else text


def _parsed(values: list[str]) -> tuple[list[str], list[str], _Unit, list[str]] | None:
    """The numbers without separators, what joins them, their unit, and the parameters behind it."""
    numbers: list[str] = []
    joiners: list[str] = []
    while 1 < len(values) <= _MOST_VALUES:
        found = _NUMBER.fullmatch(values[0])
        if not found or not found[2] or len(found[2]) > _LONGEST:
            return None
        numbers.append(found[1].replace("−", "-") + found[2].replace(",", ""))
        if values[1] not in _JOINERS:
            unit = _units().get(values[1])
            return (numbers, joiners, unit, values[2:]) if unit else None
        joiners.append(values[1])
        values = values[2:]
    return None


def _targets(unit: _Unit, rest: list[str]) -> tuple[list[_Unit], int | None]:
    """The units to convert to, and the number of decimals if it is given; no units where one is not known."""
    precision = None
    if rest and _PRECISION.fullmatch(rest[-1]):
        precision = int(rest.pop())
    codes = (rest[0] if rest and rest[0] else unit.to).split()
    found = [target for target in (_units().get(code) for code in codes) if target and target.kind == unit.kind]
    return (found if len(found) == len(codes) and len(rest) < 2 else []), precision


def _style(named: Mapping[str, str], abbreviated: bool, display: str) -> _Style | None:
    """None for settings that are not known here."""
    both = {
        "on": (True, True),
        "off": (False, False),
        "none": (False, False),
        "in": (True, False),
        "out": (False, True),
    }
    wanted = named.get("abbr", "on" if abbreviated else "off" if display == "or" else "out")
    spelled_apart = display in ("comma", "semicolon") and "abbr" not in named and not abbreviated
    known = named.get("adj", "on") in ("on", "off") and named.get("comma", "off") == "off"
    if wanted not in both or spelled_apart or not known or named.get("order", "flip") != "flip":
        return None
    return _Style(both[wanted], named.get("adj") == "on", named.get("sp") == "us")


def _other(
    clean: list[str],
    joined: tuple[str, ...],
    unit: _Unit,
    target: _Unit,
    precision: int | None,
    named: Mapping[str, str],
) -> _Quantity | None:
    """The same quantity in another unit, rounded alike throughout."""
    values = [(float(number) - unit.zero) * (unit.scale / target.scale) + target.zero for number in clean]
    if precision is None and not {"sigfig", "round"} & named.keys():
        precision = max(_precision(number, value, unit) for number, value in zip(clean, values, strict=True))
    shown = [_rounded(value, precision, named) for value in values]
    numbers = tuple(_grouped(number) for number in shown if number)
    return _Quantity(numbers, joined, target, _is_one(shown[-1] or "")) if all(shown) else None


def _precision(number: str, value: float, unit: _Unit) -> int:
    """The decimals of a converted value: as exact as the number given, but two significant digits at least.

    Temperatures have three significant digits in kelvins at least. Below zero it counts the digits left of the point.
    """
    _, point, decimals = number.partition(".")
    given = len(decimals) if point else -(len(number) - len(number.rstrip("0")))
    if unit.kind == "temperature":
        kelvins = abs(float(number) - unit.zero) * unit.scale
        return max(given, 2 - floor(log10(kelvins) + 1e-14) if kelvins >= 1e-8 else 2)
    if not float(number) or not value:
        return 0
    return max(floor(given + log10(abs(float(number) / value)) + log10(2)), 1 - floor(log10(abs(value)) + 1e-14))


def _rounded(value: float, precision: int | None, named: Mapping[str, str]) -> str | None:
    """A number as the settings round it; none for settings that are not known here."""
    sign, value = "-" if value < 0 else "", abs(value)
    if precision is None and "sigfig" in named:
        if not re.fullmatch("[1-9]", named["sigfig"]) or not value:
            return None
        precision = int(named["sigfig"]) - 1 - floor(log10(value) + 1e-14)
    if precision is None:
        step = named.get("round", "")
        return f"{sign}{floor(value / int(step) + 0.5) * int(step)}" if step in ("5", "10", "25", "50") else None
    if precision >= 0:
        text = f"{value + (_FUDGE if precision <= 8 else 0):.{precision}f}"
    else:
        text = f"{value / 10**-precision:.0f}" + "0" * -precision
    zero = not text.strip("0.")
    return (text if precision >= 0 else "0") if zero else sign + text


def _is_one(number: str) -> bool:
    return bool(re.fullmatch(r"[-−]?1(?:\.0+)?", number))


def _grouped(number: str) -> str:
    """A number with commas between thousands and a true minus."""
    whole, point, decimals = number.lstrip("-").partition(".")
    return ("−" if number.startswith("-") else "") + f"{int(whole or '0'):,}{point}{decimals}"


def _shown(quantity: _Quantity, style: _Style, place: int) -> str:
    """A quantity with its unit; `place` is 0 for the one that stands first, which alone may be an adjective."""
    unit = quantity.unit
    symbols = style.symbols[place] or unit.symbol_only
    each = "×" in "".join(quantity.joiners) and symbols
    numbers = [f"{number} {unit.symbol}" for number in quantity.numbers] if each else quantity.numbers
    text = numbers[0] + "".join(join + number for join, number in zip(quantity.joiners, numbers[1:], strict=True))
    if each:
        return text
    if symbols and not unit.spelled:
        return text + ("" if unit.symbol.startswith("/") else " ") + unit.symbol
    if style.adjective and place == 0:
        return f"{text}-{unit.name(False, style.american).replace(' ', '-')}"
    return f"{text} {unit.name(not quantity.one or len(quantity.numbers) > 1, style.american)}"
