"""Whether a sentence can be understood without the one before it."""

import re
from functools import cache
from importlib.resources import files

import yaml

_QUOTED = re.compile(r"[“\"][^“”\"]*[”\"]")
_NAME = re.compile(r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w’'-]+")
_OPENS_WITH_PHRASE = re.compile(
    r"(?:In|On|At|By|After|Before|Since|During|As|When|While|Although|Though|If|Following|According|Unlike|The|An?|For|"
    r"From|With|Under|Until|Like|To|Despite|Because)\b"
)
_POINTING = re.compile(r"\b(?:this|these)\b", re.IGNORECASE)
_PLACED = re.compile(
    r"\b(?:in|at|on|from|since|during|after|before|by|until|to|of|for|near|across)\s+(?:the\s+)?$", re.IGNORECASE
)


def stands_alone(sentence: str, subject: frozenset[str] = frozenset()) -> bool:
    """Whether `sentence` names what it speaks of. `subject` holds lower-case nouns that need no introduction.

    A sentence leans on another when it opens with a pronoun or connective, with "the" and a noun that must have been
    introduced, or when its first pronoun comes before any name (quoted speech not counted).
    """
    said = _QUOTED.sub(" ", sentence).strip(" ,.–-")
    lowered = said.lower()
    if not said or sentence[0].islower() or _opens_leaning(lowered):
        return False
    noun = re.match(r"(?:the|an?|another|one) (?:[a-z]+ )?([\w’'-]+)", lowered)
    if lowered.startswith("the ") and noun and noun[1] in _words()["nouns"] and noun[1] not in subject:
        return False
    return not _POINTING.search(said) and _named_before_pronoun(said)


def _opens_leaning(lowered: str) -> bool:
    return any(re.match(rf"{re.escape(word)}\b", lowered) for word in _words()["opening"])


_SUBJECT_PRONOUN = re.compile(r"^(?:[A-Z][a-z]+) [^,]*, (?:he|she|they|it)\b")


def _named_before_pronoun(said: str) -> bool:
    if _SUBJECT_PRONOUN.match(said) and _OPENS_WITH_PHRASE.match(said):
        return False
    pronoun = re.search(rf"\b(?:{'|'.join(_words()['pronouns'])})\b", said, re.IGNORECASE)
    if not pronoun:
        return True
    before = re.sub(r"\b[A-Z][A-Z.-]+\b", " ", said[: pronoun.start()]).lstrip()
    if re.match(r"[A-Z][\w’'-]+", before) and not _OPENS_WITH_PHRASE.match(before):
        return True
    names = [name for name in _NAME.finditer(before) if not _PLACED.search(before[: name.start()])]
    return bool(names)


@cache
def _words() -> dict[str, frozenset[str]]:
    table = yaml.safe_load(files("briefgen.text").joinpath("leaning_en.yaml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in table.items()}
