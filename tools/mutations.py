"""Ways to spoil a good file, each by the choices of a `random.Random`: the same choices give the same bytes.

What is spoiled keeps the form that lets it get far: YAML and JSON stay trees, packages stay packages, XML stays
well-formed, most of the time.
"""

import json
import zipfile
import zlib
from collections.abc import Callable, Sequence
from copy import deepcopy
from io import BytesIO
from random import Random
from typing import Any

import yaml
from lxml import etree

Mutate = Callable[[Random, bytes, Sequence[bytes]], bytes]
"""Choices, the file to spoil, and others of its kind: a spoiled file."""

ODD: tuple[Any, ...] = (
    None,
    True,
    "",
    " ",
    0,
    -1,
    10**30,
    1.5e308,
    float("nan"),
    "\u0000",
    "\u202e",
    "\ud7ff\ufffd\u0301",
    "a" * 3000,
    "../../..",
    "/",
    "~",
    "x.pptx",
    "*",
    "**",
    "[",
    "2001-02-31",
    "9999999-99",
    [],
    {},
    [[]],
    {"": None},
    [None],
    "-",
    "\n",
    "\t",
    "%s{}",
    "{{ x }}",
    "<b>&amp;",
)
"""Values that are not what anybody expects."""
TOKENS = (
    b"\x00",
    b"\xff",
    b"\xfe\xff",
    b"\xef\xbb\xbf",
    b"\r",
    b"\n\n",
    b"\t",
    b"&",
    b"&#0;",
    b"&#x110000;",
    b"<",
    b">",
    b"{{",
    b"}}",
    b"[[",
    b"]]",
    b"{|",
    b"|}",
    b"<ref>",
    b"</ref>",
    b"<ref name=a/>",
    b"<!--",
    b"-->",
    b"<script>",
    b"<table><tr><td>",
    b"'''",
    b"==",
    b"*",
    b"#",
    b"---",
    b"```",
    b"|",
    b"\\",
    b"\\'ff",
    b"\\u-9999?",
    b"\\bin99999999999 ",
    b"{\\*\\x",
    b"^[",
    b"[^1]",
    b"%PDF",
    b"endobj",
    b"<<",
    b">>",
    b"-1",
    b"0",
    b"99999999999999999999",
    b"1e999",
    "\u2028".encode(),
    "\U0010ffff".encode(),
    b"\xed\xa0\x80",
    b"Document 1",
    b"31 February 2001",
    b"AD",
    b"0000",
    b"(" * 60,
    b"<b>" * 60,
    b"{{" * 60,
    b"> " * 60,
)
"""Bytes that mean something to some reader."""


def spoiled_bytes(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Stretches taken out, doubled, moved, filled with other bytes, or taken from another file."""
    for _ in range(random.choice((1, 1, 2, 4))):
        start, end = _stretch(random, len(data))
        way = random.randrange(7)
        if way == 0:
            put = b""
        elif way == 1:
            put = data[start:end] * random.choice((2, 2, 3, 50))
        elif way == 2:
            put = random.choice(TOKENS)
        elif way == 3:
            put = bytes(random.randrange(256) for _ in range(random.randrange(1, 9)))
        elif way == 4:
            put, end = random.choice(TOKENS) + data[start:end], max(start, end)
        elif way == 5:
            other = random.choice(others) if others else data
            first, last = _stretch(random, len(other))
            put = other[first:last]
        else:
            return data[:start]
        data = data[:start] + put + data[end:]
    return data[:300_000]


def spoiled_lines(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Whole lines or words moved, doubled, indented or taken out; or as `spoiled_bytes`."""
    if random.random() < 0.4 or not data:
        return spoiled_bytes(random, data, others)
    between = random.choice((b"\n", b"\n", b" "))
    pieces = data.split(between)
    for _ in range(random.choice((1, 2, 5))):
        at, other = random.randrange(len(pieces)), random.randrange(len(pieces))
        way = random.randrange(5)
        if way == 0 and len(pieces) > 1:
            del pieces[at]
        elif way == 1:
            pieces[at : at + 1] = [pieces[at]] * random.choice((2, 40))
        elif way == 2:
            pieces[at], pieces[other] = pieces[other], pieces[at]
        elif way == 3:
            pieces[at] = random.choice(TOKENS) + pieces[at]
        else:
            pieces[at] += random.choice(TOKENS)
    return between.join(pieces)[:300_000]


def spoiled_yaml(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A tree in which values are others, gone, doubled, deeper or under other keys; sometimes only its text."""
    if random.random() < 0.3:
        return spoiled_lines(random, data, others)
    try:
        tree = yaml.safe_load(data)
        return yaml.safe_dump(_spoiled_tree(random, tree), allow_unicode=random.random() < 0.9).encode()
    except (yaml.YAMLError, ValueError, RecursionError):
        return spoiled_lines(random, data, others)


def spoiled_json(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """As `spoiled_yaml`, for JSON."""
    if random.random() < 0.2:
        return spoiled_bytes(random, data, others)
    try:
        return json.dumps(_spoiled_tree(random, json.loads(data))).encode()
    except (ValueError, RecursionError):
        return spoiled_bytes(random, data, others)


def spoiled_package(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A package in which a part is spoiled, gone, doubled or called otherwise; sometimes the file around it is."""
    if random.random() < 0.15:
        return spoiled_bytes(random, data, others)
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = [(entry.filename, package.read(entry)) for entry in package.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
        return spoiled_bytes(random, data, others)
    for _ in range(random.choice((1, 1, 2, 3)) if parts else 0):
        at = random.randrange(len(parts))
        name, content = parts[at]
        way = random.random()
        if way < 0.75:
            spoil = spoiled_xml if name.endswith((".xml", ".rels", ".xhtml", ".opf", ".ncx")) else spoiled_bytes
            parts[at] = (name, spoil(random, content, ()))
        elif way < 0.85 and len(parts) > 1:
            del parts[at]
        elif way < 0.93:
            parts.append((random.choice(parts)[0] + random.choice(("", "x", "/../x")), content))
        else:
            parts[at] = (random.choice(("", "/", "../x", name.upper(), name + "/")) or name, content)
    return packed(parts)


def packed(parts: Sequence[tuple[str, bytes]]) -> bytes:
    """The parts as a package; names may stand twice."""
    import warnings

    held = BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def spoiled_xml(random: Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """Elements and attributes that are others, gone, doubled, moved or deep; sometimes only the text."""
    if random.random() < 0.2:
        return spoiled_bytes(random, data, others)
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return spoiled_bytes(random, data, others)
    for _ in range(random.choice((1, 1, 2, 4))):
        _spoil_element(random, random.choice(list(root.iter())), root)
    return etree.tostring(root)


def _spoil_element(random: Random, one: Any, root: Any) -> None:
    parent, way = one.getparent(), random.randrange(7)
    if way == 0 and parent is not None:
        parent.remove(one)
    elif way == 1 and len(one.attrib):
        one.set(random.choice(sorted(one.attrib)), _odd_text(random))
    elif way == 2 and len(one.attrib):
        del one.attrib[random.choice(sorted(one.attrib))]
    elif way == 3 and parent is not None:
        for _ in range(random.choice((1, 3))):
            parent.append(deepcopy(one))
    elif way == 4 and isinstance(one.tag, str):
        for _ in range(random.choice((1, 3, 200))):
            one = etree.SubElement(one, one.tag)
    elif way == 5:
        one.text = _odd_text(random)
    else:
        other = random.choice([element for element in root.iter() if isinstance(element.tag, str)])
        if isinstance(one.tag, str) and one is not root:
            one.tag = other.tag


def _odd_text(random: Random) -> str:
    text = str(random.choice(ODD))
    return "".join(letter for letter in text if letter >= " " and letter not in "\ufffe\uffff")


def _spoiled_tree(random: Random, tree: Any) -> Any:
    for _ in range(random.choice((1, 1, 2, 4))):
        tree = _spoiled_node(random, tree)
    return tree


def _spoiled_node(random: Random, node: Any) -> Any:
    """The tree with a node, somewhere below or the tree itself, that is another."""
    if isinstance(node, dict) and node and random.random() < 0.9:
        key = random.choice(list(node))
        way = random.random()
        if way < 0.1:
            return {name: value for name, value in node.items() if name != key}
        if way < 0.2:
            other = random.choice([*node, "x", "", 1, None, "title", "text"])
            return {**{name: value for name, value in node.items() if name != key}, other: node[key]}
        return {**node, key: _spoiled_node(random, node[key])}
    if isinstance(node, list) and node and random.random() < 0.9:
        at = random.randrange(len(node))
        way = random.random()
        if way < 0.1:
            return node[:at] + node[at + 1 :]
        if way < 0.2:
            return [*node, *[node[at]] * random.choice((1, 20))]
        return [*node[:at], _spoiled_node(random, node[at]), *node[at + 1 :]]
    return _other_value(random, node)


def _other_value(random: Random, node: Any) -> Any:
    way = random.randrange(5)
    if way == 0:
        return [node]
    if way == 1:
        return {random.choice(("x", "find", "text", "title", "file")): node}
    if way == 2 and isinstance(node, str) and node:
        start, end = _stretch(random, len(node))
        return node[:start] + str(random.choice(ODD)) + node[end:]
    if way == 3 and isinstance(node, int):
        return node + random.choice((-1, 1, 1000, -(10**6)))
    return random.choice(ODD)


def _stretch(random: Random, length: int) -> tuple[int, int]:
    start = random.randrange(length + 1)
    return start, min(length, start + random.choice((0, 1, 1, 4, 20, 200)))
