"""Whether a sentence can be understood without the one before it."""

import re
from functools import cache

from briefgen.tables import table
from briefgen.text.dates import dates

_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w’'-]+")
_OPENS_WITH_PHRASE = re.compile(
    r"(?:In|On|At|By|After|Before|Since|During|As|When|While|Although|Though|If|Following|According|Unlike|The|An?|For|"
    r"From|With|Under|Until|Like|To|Despite|Because)\b"
)
_SUBJECT_PRONOUN = re.compile(r"^(?:[A-Z][a-z]+) [^,]*, (?:he|she|they|it)\b")
_NAMED_IN_CLAUSE = re.compile(
    r"(?:Though|Although|While|As|When|Because|Since|If) (?:[A-Z][\w’'-]+ ){1,4}(?!(?:of|in|to|for|and|at|on)\b)[a-z]"
)
"""A clause that opens a sentence and names somebody as its subject, whom a pronoun after it then means."""
_POINTING = re.compile(
    r"\b(?:this|these|similarly|each one|each of them)\b|^(?:an )?additional\b"
    r"|\bthe (?:next|following|previous|latter|former|remaining) |\bas well\b(?! as)|\bagain\b"
    r"|^(?:first|second|third|fourth|finally|lastly|next),"
    r"|^(?:\S+ ){1,3}in (?:return|response|turn)\b|^(?:\S+ ){1,12}also\b(?! known| called)"
    r"|,? (?:for instance|for example|however|nevertheless|nonetheless),|\bnevertheless\b|\binstead\b(?! of)"
    r"|\bha(?:s|ve|d) since\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:an?|one|two|three|four|five|\d+|several|some|few) (?:day|week|month|year|decade|hour)s? (?:later|earlier)\b"
)
_THAT = re.compile(r"\bthat (?:same )?([a-z]+)")
_THE = re.compile(
    r"\b[Tt]he (?:same )?([a-z]+)"
    r"(?! (?:of|on|in|at|against|to|that|which|with|for|between|from|about|carried|behind|around|where|when|who))\b"
)
_PLURAL = re.compile(r"(?:[\w.-]+ ){1,3}?[a-z]{3,}[^s]s (?:[a-z]+ed|have|had|say|said|were|are)\b")
"""A sentence that opens with persons or things in the plural, and a verb."""
_FAR = 4
"""Words of a sentence after which an "it" that opens a clause means what they name."""
_NEW_CLAUSE = re.compile(
    r"(?:[;,]|\b(?:that|because|when|as|where|since|though|although|and|but|so|if|while|until))\s+$"
)
_PLACED = re.compile(
    r"\b(?:in|at|on|from|since|during|after|before|by|until|to|of|for|near|across)\s+(?:the\s+)?$", re.IGNORECASE
)


def stands_alone(sentence: str, subject: frozenset[str] = frozenset()) -> bool:
    """Whether `sentence` names what it speaks of. `subject` holds lower-case nouns that need no introduction."""
    needed = nouns_needed(sentence)
    return needed is not None and needed <= subject


def nouns_needed(sentence: str) -> frozenset[str] | None:
    """The lower-case nouns that must need no introduction so that `sentence` stands alone; none if it never does.

    A sentence leans on another when it opens with a pronoun or connective, when it has "the" or "that" with a noun that
    must have been introduced ("the attack", not "the attack on ..."), or when its first pronoun comes before any name.
    Quoted speech is not counted, nor is what only opens a clause: "It is believed that", "There were".
    """
    said = _expletive().sub("", _QUOTED.sub(" ", sentence).strip(" ,.–-"))
    lowered = said.lower()
    if not said or sentence[0].islower() or _openings().match(lowered):
        return None
    needed = _pointed_at(said)
    return needed if needed is not None and _named_before_pronoun(said) else None


def opens_with_connective(sentence: str) -> bool:
    """Whether a sentence opens with a word that ties it to the one before, such as "However", pronouns aside."""
    first = sentence.lower().split(maxsplit=1)[0].strip(",") if sentence.strip() else ""
    return first in _words()["opening"] and first not in _words()["pronouns"]


def _pointed_at(said: str) -> frozenset[str] | None:
    """The nouns that "that" or "the" points at; none if these, or "these" and "this", point at what was told before."""
    if _POINTING.search(said) or (_LATER.search(said) and not dates(_LATER.sub(" ", said))) or _body().match(said):
        return None
    that = [found[1] for found in _THAT.finditer(said) if not found[1].endswith("s")]
    first = [found[1] for found in _THE.finditer(said) if not found.start()]
    told = [found[1] for found in _THE.finditer(said) if found.start()]
    if not _words()["pointed_at"].isdisjoint(that) or not _words()["events"].isdisjoint(told):
        return None
    return _words()["nouns"].intersection([*that, *first])


def _named_before_pronoun(said: str) -> bool:
    if _SUBJECT_PRONOUN.match(said) and _OPENS_WITH_PHRASE.match(said):
        return bool(_NAMED_IN_CLAUSE.match(said))
    pronoun = _pronouns().search(said)
    if not pronoun:
        return True
    before = said[: pronoun.start()]
    for found in reversed(dates(before) if re.search("[A-Z]", before) else ()):
        before = before[: found.start] + " " * (found.end - found.start) + before[found.end :]
    before = re.sub(r"\b[A-Z][A-Z.-]+\b", " ", before).lstrip()
    if pronoun[0].lower() not in ("it", "they", "their", "them"):
        before = _many().sub(" ", before)
    if re.match(r"[A-Z][\w’'-]+", before) and not _OPENS_WITH_PHRASE.match(before):
        return True
    phrase = _OPENS_WITH_PHRASE.match(said) and not said.startswith("The ")
    if pronoun[0].lower() in ("they", "their", "them") and _PLURAL.match(said) and not phrase:
        return True
    if pronoun[0].lower() == "it" and len(before.split()) >= _FAR and _NEW_CLAUSE.search(before) and not phrase:
        return True
    names = [name for name in _NAME.finditer(before) if not _PLACED.search(before[: name.start()])]
    return bool(names)


@cache
def _many() -> re.Pattern[str]:
    """A people or a place, and those of it who are meant."""
    return re.compile(rf"\b(?:(?:[A-Z][\w’'-]+|and|or) )*[A-Z][\w’'-]+ (?:{'|'.join(sorted(_words()['many']))})\b")


@cache
def _openings() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(_words()['opening'])))})\b")


@cache
def _expletive() -> re.Pattern[str]:
    """An "it" or "there" that stands for nothing told before."""
    judged = "|".join(sorted(_words()["judged"]))
    return re.compile(
        rf"^(?:It (?:is|was|has been|had been|remains) (?:[\w-]+ ){{0,2}}?(?:{judged})"
        r" (?:that|whether|how|why|when|who|if)"
        r"|There (?:is|are|was|were|has been|have been|had been))\s+"
    )


@cache
def _body() -> re.Pattern[str]:
    """A body at the start that nothing names: "The Department notes", not "The Department of State"."""
    return re.compile(
        rf"The (?:{'|'.join(sorted(_words()['bodies']))})(?:'s|’s)? (?!of\b|for\b|on\b)[a-z]", re.IGNORECASE
    )


@cache
def _pronouns() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(_words()['pronouns']))})\b", re.IGNORECASE)


@cache
def _words() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in table("text/leaning_en.yaml").items()}
