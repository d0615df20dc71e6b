"""What the site of docs/ needs beside the pages, called by mkdocs."""

import re

_OUTSIDE = re.compile(r"\[([^\]]+)\]\(\.\./[^)]+\)")


def on_page_markdown(markdown: str, **_: object) -> str:
    """The page with the name alone where it links to a file of the project outside docs/, which the site has not."""
    return _OUTSIDE.sub(r"\1", markdown)
