"""What a user says of a source in a file beside it: `NAME.source.yaml` for `NAME.txt`."""

from pathlib import Path
from typing import Any

from msgspec.structs import replace

from briefgen.model import Sidecar, Source
from briefgen.problems import Problem, error
from briefgen.text.stamps import stamp
from briefgen.yamlnodes import read, shape

SUFFIX = ".source.yaml"
_DATES = ("published", "modified")


def with_sidecar(source: Source, path: Path) -> tuple[Source, tuple[Problem, ...]]:
    """The source in the file `path` with what its sidecar says in place of what its reader found.

    Without a sidecar the source stays as it is. What is wrong in a sidecar is left out and told.
    """
    beside = path.with_name(f"{path.stem}{SUFFIX}")
    if not beside.exists():
        return source, ()
    parsed = read(beside)
    found, problems = shape(parsed, Sidecar)
    if found is None:
        return source, problems
    values: dict[str, Any] = {name: value for name, value in found.values.items() if value is not None}
    wrong: list[Problem] = []
    for name in [name for name in _DATES if name in values]:
        given = values.pop(name)
        date = str(given) if isinstance(given, int) else stamp(given)
        if date:
            values[name] = date
        else:
            wrong.append(
                error(f"{name!r} is no date: {given!r}", "write it as 2017-10-23, 2017-10 or 2017", found.where)
            )
    origins = {**source.origins, **dict.fromkeys(values, beside.name)}
    return replace(source, **values, origins=origins), (*parsed.problems, *problems, *wrong)
