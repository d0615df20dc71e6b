"""Where the phrases of a clause begin and end: its subject, an object, the places at which it may be cut."""

import re
from functools import cache
from itertools import pairwise

from msgspec import Struct

from briefgen.compose.trim import WEAK_END, WORDS, keeps_meaning
from briefgen.model import DateMention
from briefgen.tables import table

Part = tuple[int, int]
"""A stretch of a sentence: where it starts and where it ends."""

LONGEST = 14
"""Words of a cell at most."""
_WORDS: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in table("text/frames_en.yaml").items()}
_OWNERS = frozenset({"his", "her", "its", "their"})
_LEADS_ON = re.compile(r"\s+(?:to|of|on|against|for|at|in|by|from|with|about)$")
_TOKEN = re.compile(r"\S+")
_NAME = 10
"""Words of somebody's name and office at most."""
_ASIDE = re.compile(r",\s+(?P<aside>[^,;:–—]{3,90})(?=,|$)")
_PARTED = re.compile(
    rf",\s(?=[a-z])|;|:\s|\s[–—]|\s--|\s+(?=(?:{WORDS['anywhere']})\b)"
    r"|\s+(?=(?:and|or) (?:\S+ ){0,3}?(?:was|were|is|are|has|have|had|will|[a-z]+ed)\b)"
)
_ENDS_ALIKE = re.compile(r"[\s,;:.]+$")
_VERB = re.compile(rf"\b(?:{WORDS['verbs']}|[a-z]{{2,}}ed)\b")
_SAID = re.compile(rf"\b(?:{'|'.join(table('text/people_en.yaml')['speaking'])})\b")
_BESIDE_DATE = re.compile(r"(?:\b(?:[Ii]n|[Oo]n)\s+)?$")


class Subject(Struct, frozen=True):
    """What stands before a verb: an opening with its comma, the subject, and the words between it and the verb."""

    opening: Part
    subject: Part
    group: Part


def subject(text: str, start: int, verb: int, date: DateMention | None) -> Subject | None:
    """The subject of the verb at `verb` in a sentence told from `start`; none where it is not plain which it is."""
    tokens = [(found.start() + start, found.end() + start) for found in _TOKEN.finditer(text[start:verb])]
    group = verb
    while tokens and in_group(text[slice(*tokens[-1])]):
        group = tokens.pop()[0]
    if not tokens:
        return None
    end = tokens[-1][1]
    if text[end - 1] == ",":
        end = text.rfind(",", start, end - 1)
        if end < 0:
            return None
    opens = _opening(text, start, end, date)
    if opens is None:
        return None
    named = (opens, end)
    return Subject((start, opens), named, (group, verb)) if _names(text[opens:end]) else None


def in_group(word: str) -> bool:
    """Whether a word may stand between subject and verb."""
    return word in _WORDS["group"] or (word.endswith("ly") and word[0].islower()) or word.endswith(("n't", "n’t"))


def _opening(text: str, start: int, end: int, date: DateMention | None) -> int | None:
    """Where the subject begins, after a phrase such as "In 1956, "; none where that may be a clause of its own."""
    comma = text.rfind(", ", start, end)
    if comma < 0:
        begins = start
        if date and start <= date.start < date.end < end and not text[start : date.start].strip().count(" "):
            begins = date.end + 1
        return begins if first_word(text[begins:end]) not in _WORDS["openers"] else None
    opening = text[start:comma]
    whole = date is not None and date.start == start and date.end == comma
    attributed = opening.lower().startswith(tuple(_WORDS["attributed"]))
    if not (whole or attributed or first_word(opening) in _WORDS["openers"]):
        return None
    if date and start <= date.start < comma and _VERB.search(opening[: date.start - start]):
        return None
    return comma + 2


def first_word(text: str) -> str:
    """The first word in lower case, without marks."""
    words = text.split(maxsplit=1)
    return words[0].strip(",.;:“”\"'()").lower() if words else ""


def _names(phrase: str) -> bool:
    """Whether a phrase names somebody or something: short, no pronoun, no clause within it, no open bracket."""
    words = phrase.split()
    if not 1 <= len(words) <= _NAME or not balanced(phrase) or re.search(r"[,;:–—]", phrase):
        return False
    if words[0].lower() in _WORDS["pronouns"] | _WORDS["openers"] | _WORDS["boundaries"]:
        return False
    if any(word in ("the", "a", "an") and last not in _WORDS["in_names"] for last, word in pairwise(words)):
        return False
    within = _WORDS["boundaries"] - _WORDS["in_names"] | _WORDS["pronouns"]
    return words[-1].lower() not in _WORDS["boundaries"] | _WORDS["in_names"] and within.isdisjoint(words[1:])


def phrase(text: str, start: int, stop: int, date: DateMention | None = None) -> Part | None:
    """The name or noun phrase that begins at `start`, up to the word or mark that ends it; none if it names nothing."""
    tokens = [(one.start() + start, one.end() + start) for one in _TOKEN.finditer(text[start:stop])]
    taken: list[Part] = []
    for index, token in enumerate(tokens):
        word = text[slice(*token)]
        if len(taken) == _NAME or (date and date.start <= token[0] < date.end):
            break
        if taken and _ends_before(word, text[taken[-1][0] : taken[-1][1]], tokens[index + 1 :], text):
            break
        if not taken and word.lower() in (_WORDS["boundaries"] | _WORDS["pronouns"]) - _OWNERS:
            break
        taken.append(token)
        if word[-1] in ",;:!?" or (word[-1] == "”" and "“" not in text[taken[0][0] : token[1]]):
            break
    if not taken:
        return None
    end = taken[0][0] + len(text[taken[0][0] : taken[-1][1]].rstrip(",;:!?"))
    if end == stop and text[end - 1] == "." and end - 1 > start:
        end -= 1
    found = text[taken[0][0] : end]
    return (taken[0][0], end) if found.strip("“”\"'") and balanced(found) else None


def _ends_before(word: str, last: str, following: list[Part], text: str) -> bool:
    """Whether a noun phrase is over before `word`."""
    if word in ("and", "or", "&"):
        ahead = text[slice(*following[0])] if following else ""
        beyond = text[slice(*following[1])] if len(following) > 1 else ""
        named = ahead[:1].isupper() or (ahead in _OWNERS | {"the"} and beyond[:1].isupper())
        return not named
    if word in ("a", "an", "the"):
        return last not in ("of", "and", "or", "&")
    return word in _WORDS["boundaries"] or (word.islower() and len(word) > 5 and word.endswith("ing"))


def is_named(text: str) -> bool:
    """Whether a phrase has a name in it, or a number, or "the"."""
    words = text.split()
    return any(word.strip("“\"'(")[:1].isupper() or word[:1].isdigit() for word in words) or words[:1] == ["the"]


def has_name(text: str) -> bool:
    """Whether a phrase has a word with a capital."""
    return bool(re.search(r"(?:^|[\s“\"'(-])[A-Z]", text))


def aside(text: str, end: int, stop: int) -> int:
    """Where an apposition ends that follows at `end` and has no verb; `end` itself where there is none."""
    found = _ASIDE.match(text[:stop].removesuffix("."), end)
    if not found:
        return end
    said = found["aside"]
    first = first_word(said)
    relative = first in ("who", "which", "whose", "where") or (first in _WORDS["boundaries"] | _WORDS["pronouns"])
    spoken = _VERB.search(said) or _SAID.search(said)
    plain = not relative and first not in ("and", "or") and len(said.split()) <= 8 and not spoken
    return found.end() if plain and balanced(said) and not re.match(r"\w+ing\b", said) else end


def is_listed(text: str, named: Part) -> bool:
    """Whether a name goes on after a comma with another, as lists do and titles of books."""
    return has_name(text[slice(*named)]) and bool(re.match(r",\s+[A-Z]", text[named[1] :]))


def with_place(text: str, named: Part, stop: int, date: DateMention | None) -> Part:
    """A name with where it is from: "the brothers Holm of the University of Bergen"."""
    lead = re.compile(r"\s(?:of|from|at)\s(?=(?:the )?[A-Z])").match(text, named[1])
    place = phrase(text, lead.end(), stop, date) if lead else None
    whole = (named[0], place[1]) if place else named
    return whole if count(text, (whole,)) <= _NAME else named


@cache
def _attributed() -> tuple[str, ...]:
    return tuple(sorted(_WORDS["attributed"]))


def is_attributed(opening: str) -> bool:
    """Whether an opening says on whose word the sentence stands."""
    return opening.lower().startswith(_attributed())


def clause_ends(text: str, start: int, stop: int, date: DateMention | None = None) -> list[int]:
    """Where a clause may end from `start` on, the nearest first; `stop` is the last.

    What is told of a date may end after it, where "and" goes on to something else.
    """
    cuts = [found.start() for found in _PARTED.finditer(text, start, stop)]
    if date and start <= date.end < stop and text.startswith(" and ", date.end):
        cuts = sorted({*cuts, date.end})
    return [*(cut for cut in cuts if balanced(text[start:cut]) and not WEAK_END.search(text[start:cut])), stop]


def phrase_ends(text: str, start: int, stop: int) -> list[int]:
    """Where what stands from `start` to `stop` may be shortened by a closing phrase, the last first."""
    cuts = [found.start() for found in re.finditer(r"\s+(?=([a-z]+)\b)", text[start:stop]) if found[1] in _phrases()]
    kept = (cut for cut in reversed(cuts) if balanced(text[start : start + cut]))
    return [start + cut for cut in kept if not WEAK_END.search(text[start : start + cut])]


@cache
def _phrases() -> frozenset[str]:
    return _WORDS["phrases"]


def balanced(text: str) -> bool:
    """Whether every bracket and quotation mark that is opened is closed."""
    pairs = (("(", ")"), ("[", "]"), ("“", "”"))
    return text.count('"') % 2 == 0 and all(text.count(one) == text.count(other) for one, other in pairs)


def without(text: str, whole: Part, gaps: list[Part]) -> tuple[Part, ...]:
    """What is left of `whole` when the gaps are taken out, in pieces that begin and end with a word."""
    pieces, at = [], whole[0]
    for start, end in sorted(gaps):
        pieces.append((at, max(at, start)))
        at = max(at, end)
    pieces.append((at, whole[1]))
    trimmed = (stripped(text, piece) for piece in pieces if piece[1] <= whole[1] or piece[0] < whole[1])
    return tuple(piece for piece in trimmed if re.search(r"\w", text[slice(*piece)]))


def stripped(text: str, part: Part) -> Part:
    """The part without white space and commas at its ends."""
    start, end = part
    said = text[start:end]
    start += len(said) - len(said.lstrip(" ,;:\n\t\xa0"))
    return start, max(start, start + len(_ENDS_ALIKE.sub("", text[start:end])) + _dot(text[start:end]))


def _dot(said: str) -> int:
    """1 where the full stop at the end belongs to an abbreviation, as in "the U.S."."""
    return int(bool(re.search(r"(?:\b[A-Z]\.)+[A-Z]\.$", said)))


def date_part(text: str, date: DateMention | None) -> Part | None:
    """The date with the preposition before it."""
    if date is None or date.end <= date.start:
        return None
    before = _BESIDE_DATE.search(text[: date.start])
    return (before.start() if before else date.start, date.end)


def up_to(text: str, part: Part, parts: tuple[Part, ...]) -> Part:
    """The part without the preposition at its end, where it leads to one of `parts`."""
    lead = _LEADS_ON.search(text, part[0], part[1])
    return (part[0], lead.start()) if lead and any(0 <= one[0] - part[1] <= 2 for one in parts) else part


def count(text: str, parts: tuple[Part, ...]) -> int:
    """The words of all parts."""
    return sum(len(text[start:end].split()) for start, end in parts)


def leaves_meaning(text: str, whole: Part, shown: list[Part]) -> bool:
    """Whether a hedge, negation or attribution stands in `whole` outside of what is shown."""
    left = [text[slice(*gap)] for gap in without(text, whole, shown)]
    return any(keeps_meaning(gap) or _SAID.search(gap) for gap in left)


def undone(text: str) -> bool:
    """Whether words are in `text` that deny, prevent or only ask for what a noun names."""
    return bool(_undone().search(text))


@cache
def _undone() -> re.Pattern[str]:
    words = [re.escape(word).replace(r"\*", r"\w*") for word in sorted(_WORDS["not_done"])]
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
