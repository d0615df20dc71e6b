"""What a user says of a source in a file beside it: `NAME.source.yaml` for `NAME.txt`."""

import os
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model import Sidecar, Source
from briefgen.problems import Problem, error
from briefgen.text.stamps import stamp
from briefgen.yamlnodes import place_of, read, shape

SUFFIX = ".source.yaml"
_DATES = ("published", "modified")


class Said(Struct, frozen=True):
    """What a sidecar says: values by the names of `Source`'s fields, and the encoding of the file beside it."""

    name: str = ""
    values: dict[str, Any] = {}
    encoding: str | None = None
    problems: tuple[Problem, ...] = ()


def sidecar(path: Path) -> Said:
    """What the sidecar of the file `path` says; nothing where there is none.

    What is wrong in a sidecar is left out and told.
    """
    beside = path.with_name(f"{path.stem}{SUFFIX}")
    if not os.path.exists(beside):
        return Said()
    parsed = read(beside)
    found, problems = shape(parsed, Sidecar)
    if found is None:
        return Said(problems=problems)
    values: dict[str, Any] = {name: value for name, value in found.values.items() if value is not None}
    encoding = values.pop("encoding", None)
    wrong: list[Problem] = []
    for name in [name for name in _DATES if name in values]:
        given = values.pop(name)
        date = str(given) if isinstance(given, int) else stamp(given)
        if date:
            values[name] = date
        else:
            hint = "write it as 2017-10-23, 2017-10 or 2017"
            wrong.append(error(f"{name!r} is no date: {given!r}", hint, place_of(parsed, name)))
    return Said(beside.name, values, encoding, (*parsed.problems, *problems, *wrong))


def with_sidecar(source: Source, said: Said) -> Source:
    """The source with what its sidecar says in place of what its reader found."""
    if not said.values:
        return source
    return replace(source, **said.values, origins={**source.origins, **dict.fromkeys(said.values, said.name)})
