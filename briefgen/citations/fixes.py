"""Small repairs around the citation processor: what goes in as fields, what comes out as runs.

Each repair is one function with the name of the fault it mends; `FIELD_FIXES` and `RUN_FIXES` say which apply, in
order.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from briefgen.citations.dates import edtf_to_csl
from briefgen.citations.fields import date_to_csl
from briefgen.citations.titles import titles_too_long
from briefgen.model import Run

SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
DATE_FIELDS = ("issued", "accessed", "original-date", "event-date", "available-date", "submitted")
# The name variables of CSL 1.0.2, appendix IV.
NAME_FIELDS = (
    "author",
    "chair",
    "collection-editor",
    "compiler",
    "composer",
    "container-author",
    "contributor",
    "curator",
    "director",
    "editor",
    "editor-translator",
    "editorial-director",
    "executive-producer",
    "guest",
    "host",
    "illustrator",
    "interviewer",
    "narrator",
    "organizer",
    "original-author",
    "performer",
    "producer",
    "recipient",
    "reviewed-author",
    "script-writer",
    "series-creator",
    "translator",
)

# What CSL-JSON allows inside a title, and a title may need: emphasis, and words that keep their case.
_FIRST_EDITION = re.compile(r"(?:1|1st|first)\.?(?: (?:ed\.?|edition))?", re.IGNORECASE)
_RICH = re.compile(r'<(i|sup|sub)>([^<>]*)</\1>|<span class="nocase">([^<>]*)</span>')
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_QUOTE_MARKS = re.compile(r"'{2,}")

Item = dict[str, Any]


def safe_url(url: str | None) -> str | None:
    """`url` where it is an http, https or mailto address without blanks or controls, else none."""
    plain = url and url.isprintable() and " " not in url
    if not url or (not plain and any(char.isspace() or unicodedata.category(char)[0] == "C" for char in url)):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme.lower() not in SAFE_SCHEMES or not (parts.netloc or parts.scheme.lower() == "mailto"):
        return None
    return url


def clean_text(text: str) -> str:
    """`text` on one line, without controls, private-use characters, HTML tags and entities, and wiki markup."""
    for _ in range(3 if "<" in text or "&" in text else 0):
        text = html.unescape(_TAG.sub("", text))
    text = _QUOTE_MARKS.sub("", _WIKI_LINK.sub(r"\1", _TEMPLATE.sub("", text)))
    if not text.isprintable():
        text = "".join(" " if char.isspace() else char for char in text if char.isspace() or not _unprintable(char))
    return " ".join(text.split())


def _unprintable(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn"} and char not in "\u200c\u200d"


# Fields on their way in -----------------------------------------------------------------------------------------


def markup_in_fields(item: Item) -> Item:
    return {key: _cleaned(value) for key, value in item.items()}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _clean_rich_text(value)
    if isinstance(value, dict):
        return {key: _cleaned(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_cleaned(inner) for inner in value]
    return value


def _clean_rich_text(text: str) -> str:
    pieces: list[str] = []
    end = 0
    for match in _RICH.finditer(text):
        inner = clean_text(match[0])
        tag, close = (match[1], match[1]) if match[1] else ('span class="nocase"', "span")
        pieces += [_spaced(text[end : match.start()]), f"<{tag}>{inner}</{close}>" if inner else ""]
        end = match.end()
    return "".join([*pieces, _spaced(text[end:])]).strip()


def _spaced(text: str) -> str:
    """`text` cleaned, with one blank kept at an end that had any: it stands beside rich text."""
    head = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return head + clean_text(text) + tail


def empty_fields(item: Item) -> Item:
    return {key: value for key, value in item.items() if value not in ("", None, [], {})}


def unsafe_links(item: Item) -> Item:
    return {key: value for key, value in item.items() if key != "URL" or safe_url(str(value))}


def dates_the_processor_cannot_read(item: Item) -> Item:
    """Dates as numbers: from EDTF, raw or literal text where that is a date, so that no style says "n.d." of it."""
    result = dict(item)
    for name in DATE_FIELDS:
        if name in result:
            date = _readable_date(result[name])
            if date:
                result[name] = date
            else:
                del result[name]
    return result


def _readable_date(value: Any) -> Item | None:
    if isinstance(value, str | int):
        value = {"raw": str(value)}
    if not isinstance(value, dict):
        return None
    dates = value.get("date-parts")
    parts = [
        _numbers(part) for part in (dates if isinstance(dates, list | tuple) else ()) if isinstance(part, list | tuple)
    ]
    if parts and all(parts):
        return {**{k: v for k, v in value.items() if k in ("circa", "season")}, "date-parts": parts[:2]}
    texts = (value.get(key) for key in ("edtf", "raw", "literal"))
    text = next((str(text) for text in texts if isinstance(text, str | int) and text), "")
    return (edtf_to_csl(text) or date_to_csl(text) or {"literal": text}) if text else None


def _numbers(part: Iterable[Any]) -> list[int]:
    """Year, month and day, as far as they can be ones."""
    numbers: list[int] = []
    for value, (least, most) in zip(part, ((-9999, 9999), (1, 12), (1, 31)), strict=False):
        if not re.fullmatch(r"-?[0-9]{1,4}", str(value)) or not int(str(value)) or not least <= int(str(value)) <= most:
            break
        numbers.append(int(str(value)))
    return numbers


def first_editions(item: Item) -> Item:
    """The first edition is not worth naming."""
    first = _FIRST_EDITION.fullmatch(str(item.get("edition", "")))
    return {key: value for key, value in item.items() if key != "edition"} if first else item


def fields_of_another_kind(item: Item) -> Item:
    """All text but names and dates: one list or number in place of a text would stop the processor for all items."""
    structured = {*DATE_FIELDS, *NAME_FIELDS}
    return {
        key: value if key in structured else str(value)
        for key, value in item.items()
        if key in structured or (isinstance(value, str | int | float) and not isinstance(value, bool))
    }


def names_without_letters(item: Item) -> Item:
    result = dict(item)
    for field in NAME_FIELDS:
        if field in result:
            names = result[field] if isinstance(result[field], list) else []
            parts = [_text_parts(name) for name in names if isinstance(name, dict)]
            result[field] = [name for name in parts if _has_letters(name)]
    return empty_fields(result)


def _text_parts(name: Item) -> Item:
    return {key: value for key, value in name.items() if isinstance(value, str)}


def _has_letters(name: Item) -> bool:
    return any(char.isalnum() for key in ("family", "given", "literal") for char in str(name.get(key, "")))


FIELD_FIXES: tuple[Callable[[Item], Item], ...] = (
    markup_in_fields,
    fields_of_another_kind,
    unsafe_links,
    dates_the_processor_cannot_read,
    names_without_letters,
    first_editions,
    titles_too_long,
    empty_fields,
)


def fix_item(item: Item) -> Item:
    """A CSL-JSON item that any style can print: plain text, safe links, dates as numbers, no empty fields."""
    for fix in FIELD_FIXES:
        item = fix(item)
    return item


# Runs on their way out ------------------------------------------------------------------------------------------

_PUNCTUATION = (
    (re.compile(r"\(\s*\)|“\s*”|‘\s*’|\[\s*\]"), ""),
    (re.compile(r"\(\s+"), "("),
    (re.compile(r"\s+([,;.:)])(?=\s|$)"), r"\1"),
    (re.compile(r"([,;:])(?:\s*[,;:])+"), r"\1"),
    (re.compile(r"(?<!\.)\.(?:\s*\.)(?!\s*\.)"), "."),
    (re.compile(r"[,;:]\s*\."), "."),
    (re.compile(r"[.,]([”’]), "), r",\1 "),
    (re.compile(r" {2,}"), " "),
)


_TWEET_ON_TWITTER, _TWEET_AT_THE_END = re.compile(r"\bTweet[.,] (?=Twitter\b)"), re.compile(r"\bTweet[.,] $")
_STOPPED = re.compile(r"\.[;,](?=\s*$)")


def links_that_are_not_web_addresses(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(run if run.url is None or safe_url(run.url) else replace(run, url=None) for run in runs)


def doubled_and_empty_punctuation(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    fixed: list[Run] = []
    for run in runs:
        text = run.text
        if run.url is None:
            for pattern, replacement in _PUNCTUATION:
                text = pattern.sub(replacement, text)
            before = fixed[-1].text if fixed else ""
            if before.endswith((".", ",", ";", ":")) and text.startswith(before[-1]) and not text.startswith("..."):
                text = text[1:]
            if before.endswith(" "):
                text = text.lstrip(" ")
        if text:
            fixed.append(replace(run, text=text))
    return tuple(fixed)


def addresses_with_a_capital(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """An address that opens a note is no sentence."""
    return tuple(replace(run, text=run.url) if run.url and run.text.lower() == run.url.lower() else run for run in runs)


def tweets_called_so_twice(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """ "Tweet, Twitter" is "Twitter"."""
    fixed = []
    for run, following in zip_longest(runs, runs[1:]):
        text = _TWEET_ON_TWITTER.sub("", run.text)
        if following and following.text.startswith("Twitter"):
            text = _TWEET_AT_THE_END.sub("", text)
        fixed.append(replace(run, text=text))
    return tuple(fixed)


def stops_at_the_end(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """A full stop with a comma or semicolon behind it, where nothing follows."""
    if not runs or runs[-1].url:
        return runs
    return (*runs[:-1], replace(runs[-1], text=_STOPPED.sub(".", runs[-1].text)))


def runs_in_pieces(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    merged: list[Run] = []
    for run in runs:
        if merged and replace(merged[-1], text="") == replace(run, text=""):
            merged[-1] = replace(run, text=merged[-1].text + run.text)
        elif run.text:
            merged.append(run)
    return tuple(merged)


def blanks_at_the_ends(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    if not runs:
        return runs
    runs = (replace(runs[0], text=runs[0].text.lstrip()), *runs[1:])
    return (*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip()))


RUN_FIXES: tuple[Callable[[tuple[Run, ...]], tuple[Run, ...]], ...] = (
    links_that_are_not_web_addresses,
    addresses_with_a_capital,
    runs_in_pieces,
    doubled_and_empty_punctuation,
    stops_at_the_end,
    blanks_at_the_ends,
)


def fix_runs(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """`runs` with neighbours of one style joined, no unsafe link and no doubled or empty punctuation."""
    for fix in RUN_FIXES:
        runs = fix(runs)
    return runs
