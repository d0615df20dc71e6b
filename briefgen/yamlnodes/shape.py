"""YAML nodes checked against structs: every problem of a file in one run, each at its place.

The structs alone say which keys there are and what they take. Three things are read from how a struct is made:

- A field of type `Location` is no key: it takes the place of the node. So does one of type `Location | None`. One of
  type `Marks` takes the places of the values.
- A struct with a `Location` is a part of its own (`Found`): it keeps what is right in it. Any other is whole or left
  out, since half of it would show something that nobody asked for.
- A `LocatedBlock` is a mapping with one naming key, the tag of the block's struct, over that struct's fields. Where
  the struct has a field of that name, the mapping itself holds the fields.

A key of `PATHS` takes a path as seen from the YAML file; its value can be opened from the current folder. Those of
`SOURCE_WORDS` take words that are looked for in sources, where letters are composed and invisible signs are left out.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Final, Literal, get_args, get_origin

import msgspec
import yaml
from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields
from yaml.constructor import SafeConstructor

from briefgen.model import LocatedBlock, OutlineBlock
from briefgen.problems import Location, Marks, Problem, close, error, nearest
from briefgen.text.letters import normal
from briefgen.userfiles import beside
from briefgen.yamlnodes.narrowed import NARROWED, PATHS, SOME_WORDS, SOURCE_WORDS
from briefgen.yamlnodes.parse import Parsed

_PLACES: Final = (Location, Location | None)
_NO_KEYS: Final = (*_PLACES, Marks)
_TAG = "tag:yaml.org,2002:"
_TEXT_TAGS = (f"{_TAG}str", f"{_TAG}timestamp")
_VALUE_TAGS = tuple(_TAG + name for name in ("int", "float", "bool", "null"))
_WRONG: Final = object()


class Found(Struct, frozen=True):
    """What is right in a mapping that is a part of its own.

    `values` maps field names to values; `wrong` names the fields that were given but not rightly.
    """

    values: dict[str, Any]
    wrong: frozenset[str]
    where: Location
    marks: Marks


def shape(
    parsed: Parsed, struct: type[Struct], without: frozenset[str] = frozenset()
) -> tuple[Found | None, tuple[Problem, ...]]:
    """What a file gives for the fields of `struct`, and every problem in it.

    `without` names fields that are no keys here. Parts below come as `Found` where their struct has a `Location`, else
    as the struct itself. None where the file has no mapping at its root.
    """
    node = parsed.root
    if node is None:
        return None, parsed.problems
    walk = _Walk(parsed.file)
    known = {key: field for key, field in keys_of(struct).items() if field.name not in without}
    members = walk.members(node, "the file", known)
    if members is None:
        return None, tuple(walk.problems)
    found = walk.part(node, members, known)
    return found, tuple(sorted(walk.problems, key=lambda problem: problem.where or found.where))


@cache
def keys_of(struct: type[Struct]) -> dict[str, FieldInfo]:
    """The keys that users may write for `struct`."""
    return {field.encode_name: field for field in fields(struct) if field.type not in _NO_KEYS}


@cache
def blocks_by_name() -> dict[str, type[Struct]]:
    """The structs of blocks by their naming keys."""
    return {str(struct.__struct_config__.tag): struct for struct in get_args(OutlineBlock)}


def taken_by(field: FieldInfo) -> Any:
    """The type of the values that a key takes; a part or a list that may be none is told by its default."""
    wanted = field.type if get_origin(field.type) is Annotated else NARROWED.get(field.encode_name, field.type)
    some = [one for one in get_args(wanted) if one is not NoneType]
    alone = len(some) == 1 and (is_struct(some[0]) or get_origin(some[0]) is tuple)
    return some[0] if alone and get_origin(wanted) is not tuple else wanted


def is_struct(wanted: Any) -> bool:
    return isinstance(wanted, type) and issubclass(wanted, Struct)


@cache
def is_located(struct: type[Struct]) -> bool:
    return any(field.type is Location for field in fields(struct))


@cache
def _places(struct: type[Struct]) -> tuple[str, ...]:
    """The fields of `struct` that take the place of its node."""
    return tuple(field.name for field in fields(struct) if field.type in _PLACES)


class _Members(Struct, frozen=True):
    """The nodes of a mapping's known keys, and the keys that are near its unknown ones."""

    given: dict[str, yaml.Node]
    meant: frozenset[str]


class _Walk:
    """One pass over one file's nodes, gathering problems on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def place(self, node: yaml.Node) -> Location:
        return Location(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def refuse(self, node: yaml.Node, message: str, hint: str = "") -> None:
        self.problems.append(error(message, hint, self.place(node)))

    def value(self, node: yaml.Node, wanted: Any, key: str) -> Any:
        """The value of `node` as `wanted`, or `_WRONG` with a problem said."""
        if wanted is LocatedBlock:
            return self.block(node)
        if is_struct(wanted):
            return self.struct(node, wanted, key)
        if get_origin(wanted) is tuple:
            return self.items(node, get_args(wanted)[0], key)
        if get_origin(wanted) is dict:
            return self.table(node, get_args(wanted)[1], key)
        return self.leaf(node, wanted, key)

    def struct(self, node: yaml.Node, struct: type[Struct], key: str) -> Any:
        known = keys_of(struct)
        before = len(self.problems)
        members = self.members(node, key, known)
        if members is None:
            return _WRONG
        found = self.part(node, members, known)
        if is_located(struct):
            return found
        if len(self.problems) > before:
            return _WRONG
        return struct(**found.values, **(dict.fromkeys(_places(struct), found.where)))

    def part(self, node: yaml.Node, members: _Members, known: Mapping[str, FieldInfo]) -> Found:
        """The fields that `members` gives. Nothing after a colon counts as not given where there is a default."""
        values: dict[str, Any] = {}
        wrong = {field.name for key, field in known.items() if key in members.meant and key not in members.given}
        for key, field in known.items():
            given = members.given.get(key)
            has_default = field.default is not NODEFAULT or field.default_factory is not NODEFAULT
            if given is None:
                if not has_default and field.name not in wrong:
                    self.refuse(node, f"the key '{key}' is missing", f"add '{key}: ...'")
                continue
            if has_default and given.tag == f"{_TAG}null":
                continue
            value = self.value(given, taken_by(field), key)
            if value is _WRONG:
                wrong.add(field.name)
            else:
                values[field.name] = self.kept(value, key)
        return Found(values, frozenset(wrong), self.place(node), self.marks(members.given))

    def marks(self, given: Mapping[str, yaml.Node]) -> Marks:
        """The places of values and, under `key/text`, of the texts in a list."""
        marks: Marks = {}
        for key, value in given.items():
            items = value.value if isinstance(value, yaml.SequenceNode) else [value]
            texts = {f"{key}/{item.value}": self.place(item) for item in items if isinstance(item, yaml.ScalarNode)}
            marks |= {key: self.place(value), **texts}
        return marks

    def kept(self, value: Any, key: str) -> Any:
        """A path as seen from the current folder; words of sources with their letters as readers write them."""
        if key in PATHS:
            return beside(Path(self.file), value)
        if key in SOURCE_WORDS:
            return tuple(map(normal, value)) if isinstance(value, tuple) else normal(value)
        return value

    def members(self, node: yaml.Node, key: str, known: Mapping[str, FieldInfo]) -> _Members | None:
        """The known keys of a mapping and their nodes; the others are said to be unknown."""
        given = self.entries(node, key, f"accepted keys: {', '.join(known)}")
        if given is None:
            return None
        unknown = [name for name in given if name not in known]
        for name in unknown:
            self.refuse(given[name][0], f"unknown key '{_short(name)}'", nearest(name, known))
        meant = close(unknown, known)
        return _Members({name: value for name, (_, value) in given.items() if name in known}, frozenset(meant))

    def entries(self, node: yaml.Node, key: str, hint: str) -> dict[str, tuple[yaml.Node, yaml.Node]] | None:
        """The keys of a mapping, each with its own node and its value's. Of a key given twice, the first counts."""
        if not isinstance(node, yaml.MappingNode) or node.tag != f"{_TAG}map":
            self.refuse(node, f"{key}: expected a mapping (key: value), found {_seen(node)}", hint)
            return None
        given: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self.refuse(key_node, f"expected a key, found {_seen(key_node)}", hint)
            elif key_node.value in given:
                line = given[key_node.value][0].start_mark.line + 1
                self.refuse(
                    key_node, f"the key '{_short(key_node.value)}' is given twice", f"the first is in line {line}"
                )
            else:
                given[key_node.value] = (key_node, value_node)
        return given

    def items(self, node: yaml.Node, wanted: Any, key: str) -> Any:
        """A list without its wrong items; wrong itself where none of them is right. Lone text is a list of one."""
        if isinstance(node, yaml.ScalarNode) and node.tag != f"{_TAG}null" and not is_struct(wanted):
            value = self.value(node, wanted, key)
            return value if value is _WRONG else (value,)
        if not isinstance(node, yaml.SequenceNode) or node.tag != f"{_TAG}seq":
            self.refuse(node, f"{key}: expected a list, found {_seen(node)}", "begin each item with '- '")
            return _WRONG
        values = [self.value(item, wanted, f"an item of {key}") for item in node.value]
        right = tuple(value for value in values if value is not _WRONG)
        return right if right or not values else _WRONG

    def table(self, node: yaml.Node, wanted: Any, key: str) -> Any:
        """A mapping from free text to values."""
        given = self.entries(node, key, "")
        if given is None:
            return _WRONG
        values = {name: self.value(value, wanted, name) for name, (_, value) in given.items()}
        return {name: value for name, value in values.items() if value is not _WRONG}

    def block(self, node: yaml.Node) -> Any:
        """A block under its naming key."""
        kinds = blocks_by_name()
        example = node.value if isinstance(node, yaml.ScalarNode) and node.value in kinds else next(iter(kinds))
        given = self.entries(node, "a block", f"write '- {example}:'; accepted: {', '.join(kinds)}")
        if given is None:
            return _WRONG
        names = [name for name in given if name in kinds]
        if len(names) != 1:
            unknown = next((key_node for key_node, _ in given.values()), node)
            self.refuse(node if names else unknown, *_misnamed(names, list(given), list(kinds)))
            return _WRONG
        name = names[0]
        struct = kinds[name]
        if name in keys_of(struct):
            made = self.struct(node, struct, name)
            return made if made is _WRONG else LocatedBlock(made, self.place(node), self.marks_in(node))
        beside = [key_node for other, (key_node, _) in given.items() if other != name]
        for key_node in beside:
            said = f"the key '{_short(key_node.value)}' stands beside '{name}'"
            self.refuse(key_node, said, f"indent it under '{name}:'")
        inner = _nothing_as_mapping(given[name][1])
        made = self.struct(inner, struct, name)
        return _WRONG if beside or made is _WRONG else LocatedBlock(made, self.place(node), self.marks_in(inner))

    def marks_in(self, node: yaml.Node) -> Marks:
        """As `marks`, of a mapping without mistakes."""
        return self.marks({key.value: value for key, value in node.value})

    def leaf(self, node: yaml.Node, wanted: Any, key: str) -> Any:
        value = _plain(node)
        try:
            return msgspec.convert(value, wanted, strict=True)
        except msgspec.ValidationError:
            number_like = isinstance(value, int | float | bool) and takes_text(wanted)
            hint = f'put quotes round it: "{_short(node.value)}"' if number_like else ""
            if "one of" in words_for(wanted) and isinstance(value, str):
                hint = nearest(value, _choices(wanted))
            self.refuse(node, f"{key}: expected {words_for(wanted)}, found {_seen(node)}", hint)
            return _WRONG


def _choices(wanted: Any) -> tuple[str, ...]:
    """The words that a `Literal` allows, also where nothing is allowed beside them."""
    inner = [_choices(part) for part in get_args(wanted) if get_origin(wanted) is not Literal]
    own = get_args(wanted) if get_origin(wanted) is Literal else ()
    return (*own, *(word for words in inner for word in words))


def _misnamed(names: list[str], given: list[str], kinds: list[str]) -> tuple[str, str]:
    if names:
        both = " and ".join(f"'{name}'" for name in names)
        return f"a block has one name, found {both}", "begin each block with '- ' on a line of its own"
    if given:
        return f"no block is called '{_short(given[0])}'", nearest(given[0], kinds)
    return "a block without a name", f"accepted: {', '.join(kinds)}"


def _nothing_as_mapping(node: yaml.Node) -> yaml.Node:
    if node.tag != f"{_TAG}null":
        return node
    return yaml.MappingNode(f"{_TAG}map", [], node.start_mark, node.end_mark)


def _plain(node: yaml.Node) -> Any:
    """The value of a scalar, or `_WRONG`. A date stays the text that was written."""
    if not isinstance(node, yaml.ScalarNode):
        return _WRONG
    if node.tag in _TEXT_TAGS:
        return node.value
    if node.tag not in _VALUE_TAGS:
        return _WRONG
    try:
        return SafeConstructor().construct_object(node)
    except (ValueError, KeyError, IndexError, OverflowError):
        return _WRONG


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else words[:39] + "…"


def _seen(node: yaml.Node) -> str:
    """What stands at `node`, in the words of YAML."""
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    text = _short(node.value)
    if node.tag == f"{_TAG}null" or not re.search(SOME_WORDS, text):
        return "nothing"
    if node.tag not in _TEXT_TAGS + _VALUE_TAGS:
        return f"the tag {node.tag}"
    kinds = {"int": "the whole number", "float": "the number", "bool": "the truth value"}
    kind = kinds.get(node.tag.removeprefix(_TAG), "text")
    return f"{kind} '{text}'" if kind == "text" else f"{kind} {text}"


def takes_text(wanted: Any) -> bool:
    """Whether a key takes any text, or some."""
    described = msgspec.json.schema(wanted)
    return any(one.get("type") == "string" and "enum" not in one for one in described.get("anyOf", [described]))


def words_for(wanted: Any) -> str:
    """What a key takes, in the words of YAML."""
    names = {"string": "text", "integer": "a whole number", "number": "a number", "boolean": "true or false"}
    described = msgspec.json.schema(wanted)
    options = [option for option in described.get("anyOf", [described]) if option.get("type") != "null"]
    said = [
        option.get("description")
        or (f"one of {', '.join(option['enum'])}" if "enum" in option else names[option["type"]])
        for option in options
    ]
    return " or ".join(dict.fromkeys(said))
