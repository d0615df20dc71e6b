"""Write docs/reference.md (every key that people write) and docs/commands.md (every command).

The keys are those of the JSON Schemas, the commands those of the program's own help; `reference_parts.yaml` has the
words around them, and examples. `make references` runs it.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from inspect import cleandoc
from pathlib import Path
from typing import Any

import click
import yaml

from briefgen.cli import briefgen
from briefgen.schemas import KINDS, schema

DOCS = Path(__file__).parents[1] / "docs"
WORDS: dict[str, Any] = yaml.safe_load((DOCS.parent / "tools" / "reference_parts.yaml").read_text(encoding="utf-8"))
PARTS: dict[str, dict[str, str]] = WORDS["parts"]
ROOTS = {"outline": "outline", "topic": "topic", "source": "sidecar"}
"""The part that is the root of each kind of file. The defaults have that of an outline."""

Schema = dict[str, Any]

_MADE = "<!-- Written by tools/make_reference_pages.py; `make references` writes it anew. -->\n"


def schemas() -> dict[str, Schema]:
    """The schema of each kind of file that people write."""
    return {kind: schema(kind) for kind in KINDS}


def parts_of(kind: str, whole: Schema) -> dict[str, Schema]:
    """The parts of a file by name: its root, then the others in the order of the page."""
    root = ROOTS[kind]
    found = {root: whole, **{name: part for name, part in whole["$defs"].items() if part.get("properties")}}
    order = [root, *PARTS]
    return dict(sorted(found.items(), key=lambda one: order.index(one[0]) if one[0] in order else len(order)))


def undescribed(all_schemas: dict[str, Schema]) -> list[str]:
    """The keys, as `part.key`, of which a schema does not say what they are for."""
    return [
        f"{name}.{key}"
        for kind in ROOTS
        for name, part in parts_of(kind, all_schemas[kind]).items()
        for key, member in part["properties"].items()
        if not member.get("description")
    ]


def title_of(name: str) -> str:
    return PARTS.get(name, {}).get("title", name)


def slug(title: str) -> str:
    """The name by which a link leads to a heading."""
    return re.sub(r"\s+", "-", re.sub(r"[^\w\s-]", "", title.lower()).strip())


def taken(member: Schema) -> str:
    """What a key takes, in words."""
    options = [option for option in member.get("anyOf", [member]) if option.get("type") != "null"]
    words = list(dict.fromkeys(_one(option) for option in options if option.get("type") != "array"))
    for option in options:
        if option.get("type") == "array":
            words.append("a list of them" if words else f"a list; each is {taken(option['items'])}")
    return ", or ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _one(option: Schema) -> str:
    if "$ref" in option:
        name = option["$ref"].rpartition("/")[2]
        title = title_of(name)
        return "[a block](#blocks)" if name == "block" else f"[{title.lower()}](#{slug(title)})"
    if "enum" in option:
        return ", ".join(f"`{value}`" for value in option["enum"])
    if option.get("type") == "integer":
        least = option.get("minimum", "")
        return "a year" if least == -9999 else f"a whole number from {least} up" if least != "" else "a whole number"
    others = {"boolean": "`true` or `false`", "number": "a number", "object": "words, each with a number"}
    return others.get(str(option.get("type")), "a date" if "0[1-9]" in option.get("pattern", "") else "text")


def _default(key: str, part: Schema) -> str:
    if key in part.get("required", []):
        return "needed"
    value = part["properties"][key].get("default")
    if isinstance(value, list):
        return f"`[{', '.join(value)}]`"
    return "" if value is None else f"`{value if isinstance(value, str) else json.dumps(value)}`"


def examples_of(name: str) -> dict[str, str]:
    """An example for each key of a part: the line as it may be written."""
    return {line.split(":", 1)[0]: line for line in PARTS.get(name, {}).get("examples", "").splitlines()}


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table without the columns that are empty in every row."""
    kept = [at for at, _ in enumerate(head) if at == 0 or any(row[at] for row in rows)]
    lines = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line[at] for at in kept)} |\n" for line in lines).replace("|  |", "| |") + "\n"


def _keys(name: str, part: Schema) -> str:
    examples = examples_of(name)
    rows = [
        (
            f"`{key}`",
            member.get("description", ""),
            taken(member),
            _default(key, part),
            f"`{examples[key]}`" if key in examples else "",
        )
        for key, member in part["properties"].items()
    ]
    return _table(("key", "what it is for", "takes", "without it", "example"), rows)


def _intros(whole: Schema) -> dict[str, str]:
    """What the schema says of each block."""
    found = {}
    for named in whole["$defs"].get("block", {}).get("anyOf", []):
        found.update({name: value["description"] for name, value in named.get("properties", {}).items()})
        if "$ref" in named:
            found[named["$ref"].rpartition("/")[2]] = named["description"]
    return found


def reference() -> str:
    """The page on keys."""
    found, shown = schemas(), set[str]()
    pieces = [WORDS["pages"]["reference"]]
    for kind, intro in WORDS["files"].items():
        pieces.append(intro)
        if kind in ROOTS:
            pieces += _chapter(kind, found[kind], shown)
        else:
            pieces.append(", ".join(f"`{key}`" for key in found[kind]["properties"]) + ".\n")
    return _page(pieces)


def _chapter(kind: str, whole: Schema, shown: set[str]) -> Iterator[str]:
    """A table for each part that was not shown before."""
    intros, above = _intros(whole), ""
    for name, part in parts_of(kind, whole).items():
        if name in shown:
            continue
        shown.add(name)
        under = PARTS.get(name, {}).get("under", "")
        if under and under != above:
            yield WORDS["chapters"][under]
        above = under
        yield f"{'####' if under else '###'} {title_of(name)}\n"
        if name in intros:
            yield f"{intros[name]}\n"
        yield _keys(name, part)


def _page(pieces: Sequence[str]) -> str:
    return "\n".join(piece.rstrip("\n") + "\n" for piece in [_MADE, *pieces])


def commands() -> str:
    """The page on commands."""
    root = briefgen.make_context("briefgen", [], resilient_parsing=True)
    found = {name: _loaded(root, name) for name in briefgen.list_commands(root)}
    options = {name: _options(command, click.Context(command, root)) for name, command in found.items()}
    common = [row for row in next(iter(options.values())) if all(row in rows for rows in options.values())]
    pieces = [WORDS["pages"]["commands"], _table(("option", "what it does"), common)]
    for name, command in found.items():
        usage = " ".join(command.collect_usage_pieces(click.Context(command, parent=root)))
        pieces += [f"## briefgen {name}\n", f"```text\nbriefgen {name} {usage}\n```\n", *_help(command.help or "")]
        own = [row for row in options[name] if row not in common]
        pieces += [_table(("option", "what it does"), own)] if own else []
    return _page(pieces)


def _loaded(root: click.Context, name: str) -> click.Command:
    command = briefgen.get_command(root, name)
    assert command is not None
    return command


def _options(command: click.Command, context: click.Context) -> list[tuple[str, str]]:
    records = [one.get_help_record(context) for one in command.get_params(context) if isinstance(one, click.Option)]
    return [(f"`{record[0]}`", _as_markdown(record[1])) for record in records if record]


def _help(text: str) -> Iterator[str]:
    """The paragraphs of a help text; its examples, and what it keeps from being wrapped, as they are typed."""
    for paragraph in re.split(r"\n\s*\n", cleandoc(text)):
        if paragraph.startswith("\b"):
            yield "```text\n" + paragraph.removeprefix("\b").strip("\n") + "\n```\n"
        elif paragraph.startswith("Example: "):
            yield "```sh\n" + " ".join(paragraph.removeprefix("Example: ").split()) + "\n```\n"
        else:
            yield f"{_as_markdown(paragraph)}\n"


def _as_markdown(text: str) -> str:
    return re.sub(r"([*_<>\[\]|])", r"\\\1", " ".join(text.split()))


PAGES: dict[str, Callable[[], str]] = {"reference.md": reference, "commands.md": commands}


def main() -> int:
    missing = undescribed(schemas())
    if missing:
        print(f"no words in briefgen/yamlnodes/keys.yaml say what these keys are for: {', '.join(missing)}")
        return 1
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
