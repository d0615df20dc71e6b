"""Data files of the package: word lists, patterns, aliases. Each is read once, when it is first asked for."""

from functools import cache
from pathlib import Path
from typing import Any

from briefgen.compiled import compiled

_HOME = Path(__file__).parent


@cache
def table(name: str) -> Any:
    """The data in the YAML file `name`, such as "text/words_en.yaml", seen from the package's folder."""
    return compiled(f"table {name}", Any, lambda: _read(_HOME / name))


def _read(path: Path) -> Any:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text("utf-8"), Loader=loader)
