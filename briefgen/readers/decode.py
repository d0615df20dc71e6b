"""From bytes to text, with what a user should know of it."""

import codecs
import re
from functools import cache
from typing import Any

from msgspec import Struct

from briefgen.problems import Location, Problem, error, line_and_column, warning
from briefgen.readers.detection import wide
from briefgen.tables import table

# Control characters that no text file holds; tab, line feed, form feed, carriage return and escape are fine.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?\bcharset|<\?xml[^>]{0,100}?\bencoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Between letters stand letters, apostrophes and dashes; control characters stand nowhere.
_MISPLACED = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘´·–—…”»«](?=[^\W\d_])|[¹²³¼½¾ºª](?=[^\W\d_])|[\x80-\x9f]")
_INNER_CAPITAL = re.compile(r"(?<=[a-zß-öø-ÿāăąćčďđēęěğīįłńņňōőřśşšţťūůűźżž])[À-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĮŁŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽŸ]")
_HEAD = 65_536
_SAMPLE = 200_000
"""Bytes around the first letters beyond ASCII from which an undeclared encoding is told."""

_AS_WELL, _RARER = 0.02, 0.1
"""How much more disorder (charset-normalizer's measure, 0 to 1) an encoding may leave and still fit as well; and a
common one than a rare one, such as those of old computers."""

_MOSTLY, _SOME = 0.5, 0.2
"""Shares of bytes that make letters of UTF-8: what no other encoding reaches by chance, and what no Latin one does, as
there it takes a capital letter before a sign."""

LARGEST = 100_000_000
"""Bytes; a text source above this is refused."""


class Decoded(Struct, frozen=True):
    """A file's text without its byte order mark, or none where it is not text."""

    text: str | None
    problems: tuple[Problem, ...] = ()


def decode(path: str, data: bytes, encoding: str | None = None) -> Decoded:
    """The text of `data` in `encoding`, or in the one that its byte order mark, its bytes or its own words tell.

    UTF-8 needs no telling. Any other encoding that was not given or marked is named in a warning, since it may be
    wrong. In a file that is UTF-8 but for some bytes, those become U+FFFD, with an error that names the first.
    """
    where = Location(path)
    refused = _refused(data, where)
    if refused:
        return Decoded(None, (refused,))
    if encoding:
        return _as_told(data, encoding, where)
    mark, marked = next((known for known in _MARKS if data.startswith(known[0])), (b"", None))
    body = data[len(mark) :]
    looks_binary = len(_CONTROL.findall(body[:_HEAD])) > len(body[:_HEAD]) // 200
    name = marked or (wide(body) if looks_binary else None)
    if looks_binary and not name:
        return Decoded(None, (_binary(where),))
    decoded = _marked(body, name, where) if name else _guessed(body, where)
    if decoded.text is not None and not decoded.text.strip():
        return Decoded(None, (_empty(where),))
    return decoded


def known_encoding(name: str) -> str | None:
    """The codec that an encoding's name stands for; none where there is no such codec for text."""
    called: dict[str, str] = _data()["called"]
    try:
        codec = codecs.lookup(called.get(name.lower(), name))
    except (LookupError, ValueError):
        return None
    apart = codec.name in _data()["not_for_documents"] or not codec._is_text_encoding
    return None if apart else codec.name


def _refused(data: bytes, where: Location) -> Problem | None:
    if not data.strip():
        return _empty(where)
    if len(data) > LARGEST:
        return error(f"the file has {len(data):,} bytes; at most {LARGEST:,} are read", "split it into parts", where)
    return None


def _empty(where: Location) -> Problem:
    return error("the file is empty", "fill it or take it out of the sources", where)


def misnamed(data: bytes, format_name: str, where: Location) -> Problem | None:
    """The problem of a file whose first bytes say that it is something else than `format_name` reads."""
    known = next((one for one in _data()["signatures"] if data.startswith(bytes.fromhex(one["hex"]))), None)
    if known is None or known["format"] == format_name:
        return None
    meant = "what its ending says" if format_name in ("pdf", "pandoc") else "text"
    return error(f"this is {known['name']}, not {meant}", known["hint"], where)


def _binary(where: Location) -> Problem:
    return error("this is a binary file, not text", "save the document as text or HTML, or take it out", where)


def _as_told(data: bytes, encoding: str, where: Location) -> Decoded:
    codec = known_encoding(encoding)
    if not codec:
        hint = "accepted are names such as utf-8, windows-1252, shift_jis, koi8-r"
        return Decoded(None, (error(f"no encoding is called {encoding!r}", hint, where),))
    mark = next((mark for mark, name in _MARKS if name == codec and data.startswith(mark)), b"")
    return _marked(data[len(mark) :], codec, where)


def _marked(body: bytes, encoding: str, where: Location) -> Decoded:
    try:
        return Decoded(body.decode(encoding))
    except UnicodeDecodeError as fault:
        return _with_gaps(body, encoding, fault, where)


def _guessed(body: bytes, where: Location) -> Decoded:
    """Text in no marked encoding: UTF-8 if it is that, else what it declares, else what its bytes look like."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as reason:
        return _not_utf8(body, reason, where)
    # Japanese mail and pages of old shift their letters with escapes, so that each byte is ASCII.
    shifted = _strictly(body, "iso2022_jp") if "\x1b$" in text else None
    return Decoded(text) if shifted is None else Decoded(shifted, (_detected_as("iso2022_jp", where),))


def _not_utf8(body: bytes, fault: UnicodeDecodeError, where: Location) -> Decoded:
    declared = _strictly(body, _declared(body))
    if declared is not None:
        return Decoded(declared)
    share = _share_of_utf8(body)
    encoding = _detected(body) if share <= _MOSTLY else None
    text = _strictly(body, encoding)
    if encoding is None or text is None or (share > _SOME and encoding in _data()["latin"]):
        return _with_gaps(body, "utf-8", fault, where)
    return Decoded(text, (_detected_as(encoding, where),))


def _declared(body: bytes) -> str | None:
    found = _DECLARED.search(body[:4096])
    return known_encoding(found[1].decode("ascii", "ignore")) if found else None


def _strictly(body: bytes, encoding: str | None) -> str | None:
    try:
        return body.decode(encoding) if encoding else None
    except UnicodeError:
        return None


def _share_of_utf8(body: bytes) -> float:
    """The share of the bytes beyond ASCII that make letters of UTF-8."""
    beyond = len(body.translate(None, bytes(range(128))))
    return sum(len(found) for found in _MULTIBYTE.findall(body)) / beyond


def _detected(body: bytes) -> str | None:
    from charset_normalizer import from_bytes

    first = next((found.start() for found in re.finditer(rb"[\x80-\xff]", body)), 0)
    disorder: dict[str, float] = {}
    for match in from_bytes(body[max(0, first - 1000) : first + _SAMPLE]):
        for name in filter(None, map(known_encoding, match.could_be_from_charset)):
            disorder[name] = min(match.chaos, disorder.get(name, 1.0))
    if not disorder:
        return None
    least = min(disorder.values())
    common: list[str] = [name for name in _data()["commonest"] if disorder.get(name, 1.0) <= least + _RARER]
    fitting = common or list(disorder)
    best = min(disorder[name] for name in fitting)
    found = next(name for name in fitting if disorder[name] <= best + _AS_WELL)
    return _latin(body, found) if found in _data()["latin"] else found


def _latin(body: bytes, detected: str) -> str:
    """Of the encodings of Latin letters, which put signs where others have letters, the one that fits words best."""
    sample = body[:_SAMPLE]
    names: list[str] = [detected, *_data()["latin by use"]]
    texts = {name: text for name in names if (text := _strictly(sample, name))}
    return min(texts, key=lambda name: _misplaced(texts[name]), default=detected)


def _misplaced(text: str) -> int:
    """How many characters beyond ASCII stand where no word has them: signs inside, capitals behind small letters."""
    return len(_MISPLACED.findall(text)) + len(_INNER_CAPITAL.findall(text))


def _detected_as(encoding: str, where: Location) -> Problem:
    hint = "check its letters; save it as UTF-8, or write `encoding: NAME` into its .source.yaml"
    return warning(f"this is not UTF-8 and names no encoding; it was read as {encoding}", hint, where)


def _with_gaps(body: bytes, encoding: str, fault: UnicodeDecodeError, where: Location) -> Decoded:
    """The text with U+FFFD for what is not in `encoding`."""
    text = body.decode(encoding, "replace")
    if not any(map(str.isalnum, text)):
        return Decoded(None, (error("this is a binary file, not text", "take it out of the sources", where),))
    line, column = line_and_column(text, len(body[: fault.start].decode(encoding, "replace")))
    gap = error(
        f"the file is not all {encoding.upper()}: byte 0x{body[fault.start]:02X} here",
        "save it as UTF-8 (most editors: Save with Encoding); sentences with such bytes are not used",
        Location(where.file, line, column),
    )
    return Decoded(text, (gap,))


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = table("readers/encodings.yaml")
    return data
