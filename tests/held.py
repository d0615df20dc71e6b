"""The words that may never be left out of a sentence, found without the code that keeps them in."""

from importlib.resources import files

import yaml

from briefgen.text.dates import dates

KEEP: list[str] = yaml.safe_load(files("briefgen.text").joinpath("hedges_en.yaml").read_text("utf-8"))["keep"]
"""The list as it is: an entry ending in * stands for all words that begin so."""


def held_words(text: str) -> list[str]:
    """The negations, hedges, attributions and exceptions in `text`; the month of May is none."""
    for mention in dates(text)[::-1]:
        text = f"{text[: mention.start]} {text[mention.end :]}"
    tokens = [token.strip('.,;:–()“”"').lower() for token in text.split()]
    exact = {entry for entry in KEEP if "*" not in entry}
    begins = tuple(entry[:-1] for entry in KEEP if "*" in entry)
    return [token for token in tokens if token in exact or token.startswith(begins) or token.endswith(("n't", "n’t"))]
