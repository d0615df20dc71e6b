"""Cutting a long sentence at the end of a clause, and never what makes it true.

A cut leaves out only the end of a sentence, only where a clause ends, and only if no negation, hedge, attribution or
exception is in the part left out. What is shown is a span of the sentence, followed by "…".
"""

import re
from functools import cache

from briefgen.tables import table

ELLIPSIS = " …"

_CLAUSE = re.compile(
    r"[,;:]?\s+(?=(?:which|who|whom|whose|where|when|because|after|before|following|including|so that|in order to|"
    r"adding|making|allowing|becoming|killing|causing|leaving|having|being|saying)\b)"
    r"|,?\s+(?=(?:and|or) (?:then |later |also )?(?:was|were|is|are|has|have|had|will|he|she|it|they|\w+ed)\b)"
    r"|;|\s[–—]|\s--"
)
_PHRASE = re.compile(r"\s+(?=(?:in|during|under|at|with|through|throughout|near|across|within)\b)")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|does|did|do|says|said|began|became|become|becomes|led|left|took|made|gave|"
    r"held|won|lost|fought|fled|met|told|set|put|sent|came|went|saw|grew|rose|fell|broke|brought|kept|runs?|leads?|"
    r"remains?|operates?|provides?|includes?|\w{3,}ed)\b"
)
_WEAK_END = re.compile(
    r"(?:\b(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|as|that|which|who|its|their|his|her|is|are|was|were|has|have|"
    r"had|been|be|both|between|into|than|this|these|those|such|more|most|very|also|not|no|later|said|says|told|days|weeks|months|years|reported|stated|announced|claimed|believed|argued|warned|noted)|,)$",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"(?:while|although|though|when|after|before|following|since|as|if|because|during|despite|in|on|at|by|from|under|with|"
    r"until|throughout|for|to|like|unlike|alongside|given|due)\b",
    re.IGNORECASE,
)
_OPENERS, _CLOSERS = "(“[", ")”]"
_FEWEST = 5
"""Words that a trimmed statement must have."""


def trim(text: str, limit: int, phrases: bool = False) -> int | None:
    """Where to end `text` so that at most `limit` words are left.

    Its length if it is short enough, none if no cut is safe. With `phrases`, a closing phrase such as "in Kabul" may be
    cut as well as a clause, as suits a label.
    """
    if len(text.split()) <= limit:
        return len(text)
    clauses = [cut.start() for cut in _CLAUSE.finditer(text) if _is_safe(text, cut.start(), limit)]
    if clauses or not phrases:
        return max(clauses, default=None)
    return max((cut.start() for cut in _PHRASE.finditer(text) if _is_safe(text, cut.start(), limit)), default=None)


def _is_safe(text: str, end: int, limit: int) -> bool:
    kept = text[:end]
    if not _FEWEST <= len(kept.split()) <= limit or _WEAK_END.search(kept) or not _VERB.search(kept):
        return False
    if ": " in kept:
        return False
    if _SUBORDINATE.match(text) and not _has_main_clause(kept):
        return False
    if kept.count('"') % 2 or any(kept.count(o) != kept.count(c) for o, c in zip(_OPENERS, _CLOSERS, strict=True)):
        return False
    return not keeps_meaning(text[end:])


def _has_main_clause(kept: str) -> bool:
    """Whether a sentence that opens with a subordinate clause or phrase goes on, after a comma, with a verb."""
    rest = kept.partition(", ")[2]
    return len(rest.split()) >= 4 and bool(_VERB.search(rest))


def keeps_meaning(cut: str) -> bool:
    """Whether `cut` holds a negation, hedge, attribution or exception, so that it must not be left out."""
    return bool(_kept_words().search(cut))


@cache
def _kept_words() -> re.Pattern[str]:
    hedges = table("text/hedges_en.yaml")
    kept = sorted(hedges["keep"], key=len, reverse=True)
    words = [re.escape(word).replace(r"\*", r"\w*") for word in kept]
    words.append(f"(?-i:{'|'.join(hedges['keep_lower_case'])})")
    return re.compile(rf"(?:\b|(?<=\w)(?=n['’]t))(?:{'|'.join(words)})\b", re.IGNORECASE)
