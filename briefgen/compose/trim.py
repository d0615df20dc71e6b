"""Cutting a long sentence at the end of a clause, and never what makes it true.

A cut leaves out only the end of a sentence, only where a clause ends, and only if no negation, hedge, attribution or
exception is in the part left out. What is shown is a span of the sentence, followed by "…".
"""

import re
from functools import cache

from briefgen.tables import table

ELLIPSIS = " …"

WORDS = {name: "|".join(words) for name, words in table("text/clauses_en.yaml").items()}
CLAUSE = re.compile(
    rf",\s+(?=(?:{WORDS['after_comma']})\b)|\s+(?=(?:{WORDS['anywhere']})\b)|;|\s[–—]|\s--"
    rf"|,?\s+(?=(?:and|or) (?:then |later |also )?(?:{WORDS['second_verb']}|\w+ed)\b)"
)
_PHRASE = re.compile(rf"(?<!ed)\s+(?=(?:{WORDS['phrase']})\b)")
VERB = re.compile(rf"\b(?:{WORDS['verbs']}|\w{{3,}}ed)\b")
WEAK_END = re.compile(rf"(?:\b(?:{WORDS['weak_end']})|,[”\"’]?)$", re.IGNORECASE)
SUBORDINATE = re.compile(rf"(?:{WORDS['subordinate']})\b", re.IGNORECASE)
YEAR = re.compile(r"\b(?:1\d|20)\d\ds?\b")
_OPENING_YEAR = re.compile(r"(?:In|By|Since|From|During|On)(?: [\w-]+){0,3}? (?:1\d|20)\d\ds? (?=\S)")
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
    clauses = [cut.start() for cut in CLAUSE.finditer(text) if _is_safe(text, cut.start(), limit)]
    if clauses or not phrases:
        return max(clauses, default=None)
    ends = [cut.start() for cut in _PHRASE.finditer(text) if _is_safe(text, cut.start(), limit)]
    return max((end for end in ends if not (_parts_years(text, end) or _parts_name(text, end))), default=None)


def _parts_name(text: str, end: int) -> bool:
    """Whether a cut comes right after a capital word, whose name may go on, as in "the War in Afghanistan"."""
    return text[:end].split()[-1][:1].isupper()


def _parts_years(text: str, end: int) -> bool:
    """Whether a cut keeps one year and loses another, so that what is kept may seem to be of the wrong one."""
    return bool(YEAR.search(text[:end]) and YEAR.search(text[end:]))


def _is_safe(text: str, end: int, limit: int) -> bool:
    """Whether a sentence cut at `end` is whole and still says what it said."""
    kept = text[:end]
    if not _FEWEST <= len(kept.split()) <= limit or WEAK_END.search(kept) or not VERB.search(kept):
        return False
    if ": " in kept:
        return False
    if SUBORDINATE.match(text) and not has_main_clause(kept):
        return False
    return balanced(kept) and not keeps_meaning(text[end:])


def balanced(text: str) -> bool:
    """Whether every quotation and bracket that opens in `text` closes there."""
    pairs = zip(_OPENERS, _CLOSERS, strict=True)
    return text.count('"') % 2 == 0 and all(text.count(opener) == text.count(closer) for opener, closer in pairs)


def has_main_clause(kept: str) -> bool:
    """Whether a sentence that opens with a subordinate clause or phrase goes on with a verb after its comma or year."""
    year = _OPENING_YEAR.match(kept)
    rest = kept[year.end() :] if year else kept.partition(", ")[2]
    return len(rest.split()) >= 4 and bool(VERB.search(rest))


def keeps_meaning(cut: str) -> bool:
    """Whether `cut` holds a negation, hedge, attribution or exception, so that it must not be left out."""
    return bool(kept_word(cut))


def kept_word(cut: str) -> str:
    """The first word of `cut` that must not be left out; "" where there is none."""
    found = _kept_words().search(cut)
    return found[0] if found else ""


@cache
def _kept_words() -> re.Pattern[str]:
    hedges = table("text/hedges_en.yaml")
    kept = sorted(hedges["keep"], key=len, reverse=True)
    words = [re.escape(word).replace(r"\*", r"\w*") for word in kept]
    words.append(f"(?-i:{'|'.join(hedges['keep_lower_case'])})")
    return re.compile(rf"(?:\b|(?<=\w)(?=n['’]t))(?:{'|'.join(words)})\b", re.IGNORECASE)
