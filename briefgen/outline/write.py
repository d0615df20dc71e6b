"""Outlines written as YAML: parts of the model as a person would write them, beside what a file has already."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml
from msgspec import Struct

from briefgen.model import ImageBlock, LocatedBlock, OutlineSection, QuestionsBlock, SayBlock
from briefgen.problems import Location
from briefgen.yamlnodes import Parsed, keys_of

_WIDTH = 116
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_HIDDEN = re.compile("[\x85\u2028\u2029\ufeff]")
_DATES = ("date", "from", "to")
_WORD = re.compile(r"[a-z0-9-]+")
_YEAR = re.compile(r"[1-9]\d{3}")


class _Short(list[Any]):
    """A list of single words, written in one line."""


class _Dumper(yaml.SafeDumper):
    """Writes lists indented below their key, and dates without quotes, as outlines take them for text."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Text; with escapes where it holds what YAML takes for the end of a line."""
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _HIDDEN.search(text) else None)


def _line(dumper: yaml.SafeDumper, short: _Short) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", short, flow_style=True)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Short, _line)


def as_yaml(value: Any, indent: int = 0) -> str:
    """A value of the model, or plain data, as lines of YAML, each with so many spaces before it."""
    width = _WIDTH - indent
    text = yaml.dump(_data(value), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=width)
    return "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in text.split("\n")[:-1])


def _data(value: Any) -> Any:
    """The value in YAML's own kinds, without what is as it would be if it were not written."""
    if isinstance(value, LocatedBlock):
        name = str(value.block.__struct_config__.tag)
        inner = _data(value.block)
        if name in keys_of(type(value.block)):
            return inner
        return {name: {key: inner[key] for key in sorted(inner, key=lambda key: key != "title")}}
    if isinstance(value, Struct):
        keys = keys_of(type(value))
        given = ((key, field, getattr(value, field.name)) for key, field in keys.items())
        return {
            key: _data(_year(held) if key in _DATES else held) for key, field, held in given if held != field.default
        }
    if isinstance(value, Mapping):
        return {key: _data(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        made = [_data(held) for held in value]
        return _Short(made) if made and all(isinstance(one, str) and _WORD.fullmatch(one) for one in made) else made
    return value


def _year(value: Any) -> Any:
    """A year as the number that needs no quotes."""
    return int(value) if isinstance(value, str) and _YEAR.fullmatch(value) else value


def rewritten(
    text: str, parsed: Parsed, sections: Sequence[OutlineSection], changed: Mapping[str, Any], above: str
) -> str:
    """The outline file `text` with `sections` in place of its own, and `changed` in place of or beside its other keys.

    All other keys stay letter for letter, with their comments; so do the comments above a section, and the blocks in
    the instructor's own words that lean on no passage. The comment `above` stands above the sections.
    """
    root = parsed.root
    if not isinstance(root, yaml.MappingNode) or root.flow_style or not root.value:
        keys = {key.value: value for key, value in root.value} if isinstance(root, yaml.MappingNode) else {}
        kept = {name: _plain(node) for name, node in keys.items() if name not in ("sections", *changed)}
        return f"{as_yaml({**kept, **changed})}\n{above}sections:\n{_listed(sections, _Old([], None))}"
    lines = _BREAK.split(text)
    starts = [_with_comments(lines, key.start_mark.line) for key, _ in root.value]
    made = ["\n".join([*lines[: starts[0]], ""]) if starts[0] else ""]
    missing = {name: value for name, value in changed.items() if name not in [key.value for key, _ in root.value]}
    for (key, node), start, end in zip(root.value, starts, [*starts[1:], len(lines)], strict=True):
        own = "\n".join([*_without_end(lines[start:end]), ""])
        comments = "".join(f"{line}\n" for line in lines[start : key.start_mark.line])
        if key.value == "sections":
            known = comments if above in comments else comments + above
            own = f"{as_yaml(missing) if missing else ''}{known}sections:\n{_listed(sections, _Old(lines, node))}"
        elif key.value in changed:
            own = comments + as_yaml({key.value: changed[key.value]})
        made += [own, "\n" if any(not line.strip() for line in lines[end - 1 : end]) and end < len(lines) else ""]
    return "".join(made)


class _Old(Struct, frozen=True):
    """The lines of the file that is rewritten, and the node of its sections."""

    lines: list[str]
    node: yaml.Node | None

    def items(self) -> Iterator[yaml.Node]:
        """The sections and their blocks."""
        for section in self.node.value if isinstance(self.node, yaml.SequenceNode) else ():
            yield section
            for key, value in section.value if isinstance(section, yaml.MappingNode) else ():
                if key.value == "blocks" and isinstance(value, yaml.SequenceNode):
                    yield from value.value

    def at(self, where: Location) -> yaml.Node | None:
        """The section or block that stands there in lines of its own."""
        marks = {(item.start_mark.line + 1, item.start_mark.column + 1): item for item in self.items()}
        found = marks.get((where.line, where.column))
        alone = found and self.lines[found.start_mark.line][: found.start_mark.column].strip() == "-"
        return found if alone else None

    def above(self, where: Location) -> list[str]:
        """The lines of comment right above."""
        node = self.at(where)
        line = node.start_mark.line if node else 0
        return [text.strip() for text in self.lines[_with_comments(self.lines, line) : line]]

    def own(self, where: Location, indent: int) -> str:
        """The lines of an item of a list, comments above it and all, with its dash after so many spaces."""
        node = self.at(where)
        if node is None:
            return ""
        start, end = node.start_mark.line, node.end_mark.line
        end += bool("".join(self.lines[end : end + 1])[: node.end_mark.column].strip())
        own = _without_end(self.lines[start:end], comments=True)
        kept = [*self.lines[_with_comments(self.lines, start) : start], *own]
        return "".join(_moved(line, indent - self.lines[start].index("-")) for line in kept)


def _moved(line: str, shift: int) -> str:
    """A line, so many spaces further in, or out as far as it has them."""
    if not line.strip():
        return "\n"
    blank = max(0, len(line) - len(line.lstrip()) + shift)
    return f"{' ' * blank}{line.lstrip()}\n"


def _listed(sections: Sequence[OutlineSection], old: _Old) -> str:
    return "\n".join(_section(section, old) for section in sections)


def _section(section: OutlineSection, old: _Old) -> str:
    head = {key: value for key, value in _data(section).items() if key != "blocks"}
    comments = "".join(f"  {line}\n" for line in old.above(section.where))
    lines = f"{as_yaml(head, 4) if head else ''}    blocks:\n"
    blocks = "".join(_block(located, old) for located in section.blocks)
    return f"{comments}  - {lines.lstrip()}{blocks}"


def _block(located: LocatedBlock, old: _Old) -> str:
    block = located.block
    if isinstance(block, QuestionsBlock | ImageBlock) or (isinstance(block, SayBlock) and not block.cite):
        own = old.own(located.where, 6)
        if own:
            return own
    return as_yaml([located], 6)


def _plain(node: yaml.Node) -> Any:
    return yaml.SafeLoader.construct_document(yaml.SafeLoader(""), node)


def _with_comments(lines: Sequence[str], line: int) -> int:
    """The first of the lines of comment that stand right above `line`; itself where there are none."""
    while line and lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line


def _without_end(lines: Sequence[str], comments: bool = False) -> list[str]:
    """The lines without empty ones at their end and, with `comments`, without comments there."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or (comments and kept[-1].lstrip().startswith("#"))):
        kept.pop()
    return kept
