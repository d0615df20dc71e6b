"""From bytes to one tree of YAML nodes, or one clear problem.

A file is refused as a whole where no part of it can be trusted: not text, not YAML, too large, too deep, or with
anchors and aliases, by which a few lines can stand for millions of values.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct
from yaml.reader import Reader

from briefgen.problems import Location, Problem, error, line_and_column, nearest
from briefgen.userfiles import is_named_in_utf8, read_bytes

LARGEST = 1_000_000
"""Bytes; an outline of a whole course stays under a tenth of it."""

DEEPEST = 40
"""Levels of nesting; the deepest place that any struct here has a use for is 6."""

LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TAB = ("a tab stands where YAML wants spaces", "use spaces")
_QUOTES = "put quotes round text that holds ': ', or begins with one of [ ] { } , & * # ? | > ! % @ `"
_OPEN_QUOTE = "a quotation mark is opened and not closed"
_OPEN_BRACKET = "a list or mapping in brackets is not finished"
_SHOWN_WHERE_IT_BEGINS = (_OPEN_QUOTE, _OPEN_BRACKET)
_PLAIN_WORDS = (
    ("mapping values are not allowed", "a second ': ' stands in one entry", _QUOTES),
    ("unexpected end of stream", _OPEN_QUOTE, "close it, with the same mark"),
    ("cannot start any token", "this sign cannot begin a value", _QUOTES),
    ("alphabetic or numeric character", "this sign cannot begin a value", _QUOTES),
    ("unknown escape character", "a backslash means something else inside double quotes", "use single quotes"),
    ("expected ',' or", _OPEN_BRACKET, "look for a missing ',' or closing bracket"),
    ("node content", "a value is missing here", "look for a ',' too many or a bracket that is not closed"),
    ("document start>", "something follows the end of the document", "look for one closing bracket too many"),
    ("could not find expected ':'", "a key has no ':'", "write 'key: value'; indent text that goes on to a new line"),
    ("expected key", "the indentation does not fit the lines above", "begin keys that belong together in one column"),
    ("expected <block end>", "the indentation does not fit the lines above", "begin items of a list in one column"),
    ("expected '-' indicator", "the indentation does not fit the lines above", "begin items of a list in one column"),
)


class Parsed(Struct, frozen=True):
    """The root of a file's nodes, or none and the problem that says why. `file` is how places name the file."""

    file: str
    root: yaml.Node | None
    problems: tuple[Problem, ...] = ()


def place_of(parsed: Parsed, key: str) -> Location:
    """Where the value of a key at the root of the file stands; the file's beginning where there is none."""
    pairs = parsed.root.value if isinstance(parsed.root, yaml.MappingNode) else []
    mark = next((value.start_mark for name, value in pairs if name.value == key), None)
    return Location(parsed.file, mark.line + 1, mark.column + 1) if mark else Location(parsed.file, 1, 1)


def read(path: Path) -> Parsed:
    """The YAML file at `path`, which problems and places name as it is given here."""
    file = str(path)
    if not is_named_in_utf8(path):
        return _refused(file, "the name of this file is not UTF-8", "rename it")
    try:
        data = read_bytes(path)
    except FileNotFoundError:
        return _refused(file, "there is no such file", _other_files(path))
    except IsADirectoryError:
        return _refused(file, "this is a folder, not a file", "name a YAML file in it")
    except (OSError, ValueError) as reason:
        words = getattr(reason, "strerror", None) or str(reason)
        return _refused(file, f"the file cannot be read: {words}", "is it a file, and yours?")
    return parse(data, file)


def parse(data: bytes, file: str) -> Parsed:
    """The one YAML document in `data`; `file` names it in problems."""
    text = _decoded(data, file)
    if isinstance(text, Problem):
        return Parsed(file, None, (text,))
    try:
        refusal = next(_refusals(text, file), None)
        root = None if refusal else yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError as reason:
        return Parsed(file, None, (_in_plain_words(reason, text, file),))
    if refusal:
        return Parsed(file, None, (refusal,))
    return Parsed(file, root) if root else _refused(file, "the file is empty", "")


def _decoded(data: bytes, file: str) -> str | Problem:
    if len(data) > LARGEST:
        return error(f"the file is larger than {LARGEST // 1000:,} kB", "is it really YAML?", Location(file))
    if b"\0" in data:
        return error("the file is binary", "save it as plain text in UTF-8", Location(file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        before = data[: reason.start].decode("utf-8", "ignore")
        where = Location(file, *line_and_column(before, len(before)))
        return error("the file is not UTF-8", "save it as UTF-8 in your editor", where)
    if strange := Reader.NON_PRINTABLE.search(text):
        where = Location(file, *line_and_column(text, strange.start()))
        return error("the file holds a control character, which YAML does not allow", "take it out", where)
    return text


def _refused(file: str, message: str, hint: str) -> Parsed:
    return Parsed(file, None, (error(message, hint, Location(file)),))


def _other_files(path: Path) -> str:
    try:
        names = sorted(other.name for other in path.parent.iterdir() if other.suffix in (".yaml", ".yml"))
    except OSError:
        return ""
    return nearest(path.name, names) if names else ""


def _refusals(text: str, file: str) -> Iterator[Problem]:
    """What makes a well-formed file unfit. Events come one by one, so depth costs no stack."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=LOADER):
        mark: Any = event.start_mark
        where = Location(file, mark.line + 1, mark.column + 1)
        if getattr(event, "anchor", None) is not None:
            yield error("anchors (&name) and aliases (*name) are not accepted", "write the value out again", where)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if documents > 1:
            yield error("a second document begins here", "keep one document in a file; take out the '---'", where)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            yield error(f"more than {DEEPEST} levels of nesting", "", where)


def _in_plain_words(reason: yaml.YAMLError, text: str, file: str) -> Problem:
    said = str(getattr(reason, "problem", None) or "it is not well-formed")
    mark = getattr(reason, "problem_mark", None)
    if mark is None:
        return error(f"this is not YAML: {said}", _QUOTES, Location(file))
    if _tab_at(text, mark.line, mark.column):
        return error(*_TAB, Location(file, mark.line + 1, mark.column + 1))
    for words, message, hint in _PLAIN_WORDS:
        if words in said:
            begins = getattr(reason, "context_mark", None) if message in _SHOWN_WHERE_IT_BEGINS else None
            place = begins or mark
            return error(f"this is not YAML: {message}", hint, Location(file, place.line + 1, place.column + 1))
    return error(f"this is not YAML: {said}", _QUOTES, Location(file, mark.line + 1, mark.column + 1))


def _tab_at(text: str, line: int, column: int) -> bool:
    """Whether a tab stands there or in the indentation before it."""
    lines = text.splitlines()
    up_to_there = (lines[line] if line < len(lines) else "")[: column + 1]
    return up_to_there.endswith("\t") or ("\t" in up_to_there and up_to_there.isspace())
