"""Data files of the package: word lists, patterns, aliases. Each is read once, when it is first asked for."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> Any:
    """The data in the YAML file `name`, such as "text/words_en.yaml", seen from the package's folder."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(files("briefgen").joinpath(name).read_text("utf-8"), Loader=loader)
