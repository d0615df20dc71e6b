"""From bytes to text, or to the one problem that keeps them from being text."""

import re

from briefgen.problems import Location, Problem, error

# Control characters that no text file holds; tab, line feed, form feed and carriage return are fine.
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
LARGEST = 100_000_000
"""Bytes; a text source above this is refused."""


def decode(path: str, data: bytes) -> str | Problem:
    """The text of `data` without its byte order mark: UTF-8, or UTF-16 where a mark says so."""
    where = Location(path)
    if len(data) > LARGEST:
        return error(f"the file has {len(data):,} bytes; at most {LARGEST:,} are read", "split it into parts", where)
    mark, encoding = next((known for known in _MARKS if data.startswith(known[0])), (b"", "utf-8"))
    body = data[len(mark) :]
    if encoding == "utf-8" and len(_CONTROL.findall(body[:65536])) > len(body[:65536]) // 200:
        return error("this is a binary file, not text", "save the document as text or HTML, or take it out", where)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as fault:
        return _undecodable(path, body, fault)
    if not text.strip():
        return error("the file is empty", "fill it or take it out of the sources", where)
    return text


def _undecodable(path: str, body: bytes, fault: UnicodeDecodeError) -> Problem:
    line_start = body.rfind(b"\n", 0, fault.start) + 1
    line = body.count(b"\n", 0, fault.start) + 1
    column = len(body[line_start : fault.start].decode(fault.encoding, "replace")) + 1
    return error(
        f"the file is not {fault.encoding.upper()}: byte 0x{body[fault.start]:02X} here",
        "save it as UTF-8 (most editors: Save with Encoding)",
        Location(path, line, column),
    )
