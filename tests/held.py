"""The words that may never be left out of a sentence, found without the code that keeps them in."""

from importlib.resources import files

import yaml

from briefgen.text.dates import dates

HEDGES = yaml.safe_load(files("briefgen.text").joinpath("hedges_en.yaml").read_text("utf-8"))
CLAUSES = yaml.safe_load(files("briefgen.text").joinpath("clauses_en.yaml").read_text("utf-8"))
KEEP: list[str] = HEDGES["keep"]
"""The list as it is: an entry ending in * stands for all words that begin so."""
LOWER_CASE: list[str] = HEDGES["keep_lower_case"]


def held_words(text: str) -> list[str]:
    """The negations, hedges, attributions and exceptions in `text`; the month of May is none."""
    for mention in dates(text)[::-1]:
        text = f"{text[: mention.start]} {text[mention.end :]}"
    written = [token.strip('.,;:–()“”"') for token in text.split()]
    tokens = [token.lower() for token in written]
    exact = {entry for entry in KEEP if "*" not in entry}
    begins = tuple(entry[:-1] for entry in KEEP if "*" in entry)
    held = [token for token in tokens if token in exact or token.startswith(begins) or token.endswith(("n't", "n’t"))]
    return held + [token for token in written if token in LOWER_CASE]
