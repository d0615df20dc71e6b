"""From bytes to text, with what a user should know of it."""

import codecs
import re

from msgspec import Struct

from briefgen.problems import Location, Problem, error, line_and_column, warning
from briefgen.readers.detection import detected, encodings, known_encoding, strictly, wide
from briefgen.userfiles import LARGEST

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
_HEAD = 65_536


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
    known = next((one for one in encodings()["signatures"] if data.startswith(bytes.fromhex(one["hex"]))), None)
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
    shifted = strictly(body, "iso2022_jp") if "\x1b$" in text else None
    return Decoded(text) if shifted is None else Decoded(shifted, (_detected_as("iso2022_jp", where),))


def _not_utf8(body: bytes, fault: UnicodeDecodeError, where: Location) -> Decoded:
    declared = strictly(body, _declared(body))
    if declared is not None:
        return Decoded(declared)
    encoding = detected(body)
    text = strictly(body, encoding)
    if encoding is None or text is None:
        return _with_gaps(body, "utf-8", fault, where)
    return Decoded(text, (_detected_as(encoding, where),))


def _declared(body: bytes) -> str | None:
    found = _DECLARED.search(body[:4096])
    return known_encoding(found[1].decode("ascii", "ignore")) if found else None


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
