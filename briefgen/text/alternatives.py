"""Words that stand for a picture: whether they say anything of what it shows."""

import re
from functools import cache

from briefgen.tables import table


def is_file_name(words: str) -> bool:
    """Whether alternative text is the name of a picture's file, as programs put it there: "maps/IMG_0012.JPG"."""
    return _file_name().fullmatch(words.strip()) is not None


def says_nothing(words: str) -> bool:
    """Whether alternative text tells only that there is a picture: a file's name, or "Picture 3"."""
    return is_file_name(words) or _empty().fullmatch(words.strip()) is not None


@cache
def _file_name() -> re.Pattern[str]:
    known = table("text/alternatives.yaml")
    ending = rf"[\w ()%./\\:-]+\.(?:{'|'.join(known['endings'])})"
    camera = rf"(?:{'|'.join(known['cameras'])})[_-]?\d{{3,}}[\d_-]*"
    return re.compile(f"{ending}|{camera}", re.IGNORECASE)


@cache
def _empty() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(table('text/alternatives.yaml')['empty'])})[ \d]*", re.IGNORECASE)
