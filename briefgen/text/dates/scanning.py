"""The time expressions of a text, as its words alone tell them."""

from collections.abc import Iterator

from briefgen.text.dates.context import is_time
from briefgen.text.dates.grammar import first_match, other_matches
from briefgen.text.dates.reading import Expression, read
from briefgen.text.dates.tokens import Tokens, language

_WHOLE = ("date", "monthday", "iso", "figures")
"""Rules that name a day: where no calendar has it, a part of it ("June 1999" of "31 June 1999") is no date either."""


def expressions(found: Tokens, code: str = "en", news: bool = False) -> Iterator[Expression]:
    """The expressions in order; they do not overlap.

    "Former" is one in narratives, as TIMEX2 has it, and none in news, as in the corpora of TIMEX3.
    """
    spoken = language(code)
    at = 0
    while match := first_match(found.letters, at, code):
        at = match.last if match.rule in _WHOLE else match.first + 1
        for one in (match, *other_matches(found.letters, match, code)):
            expression = read(found, one)
            if expression and is_time(found, expression, spoken) and not (news and one.rule == "former"):
                yield expression
                at = one.last
                break
            if one.rule in _WHOLE:
                break
