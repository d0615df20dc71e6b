"""People: whom the sources introduce, in what role, and what became of them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.candidates import Candidate
from briefgen.compose.cuts import inner_tie
from briefgen.compose.desk import can_say, in_time
from briefgen.compose.material import Material, for_query, topic_title
from briefgen.compose.trim import trim
from briefgen.model import People, PeopleBlock, Person, Span, Statement
from briefgen.problems import Location
from briefgen.tables import table
from briefgen.text.connectives import opens_with_connective
from briefgen.text.words import stop_words

FACT = 20
"""Words of a fact on a card at most."""
FACTS = 3
"""Facts on a card at most."""
MOST, A_SLIDE = 6, 4
"""People where the outline does not say, and on a slide at least."""
_WORDS = table("text/people_en.yaml")
_PARTICLE = f"(?:{'|'.join(_WORDS['particles'])})"
_NAME = rf"[A-Z][\w’'-]+(?:[ -](?:{_PARTICLE}[ -])?[A-Z][\w’'.-]+){{1,3}}"
_LEAD = re.compile(
    rf"^(?P<name>{_NAME})(?:\s*\((?P<aside>[^)]*)\))?(?:(?P<dash>\s*[–—-]\s+|(?<=\))\s+(?=(?:The|An?|He|She)\s))|\s+(?=(?:is|was|has|had|became)\b))"
)
_APPOSITION = re.compile(rf"^(?P<name>{_NAME}),\s+(?:the|an?|another|who|one|also|his|her|[a-z])")
ROLE = re.compile(rf"\b(?:{'|'.join(_WORDS['roles'])})\b", re.IGNORECASE)
_FATE = re.compile(rf"\b(?:{'|'.join(_WORDS['fates'])})\b")
_DEAD = re.compile(
    r"\b(?:(?:was|were|been|be) (?:killed|assassinated|executed)|died|has died|(?:his|her) death)\b|^(?:killed|died)\b"
)
DOUBT, DOUBT_AFTER, _DENIED, _CONFIRMED, _OF_DEATH = (
    re.compile(rf"\b(?:{'|'.join(_WORDS[key])})\b".replace("*", r"\w*"), re.IGNORECASE)
    for key in ("doubted", "doubted_after", "denied", "confirmed", "of_death")
)


class _Sketch(Struct, frozen=True):
    """A name and the sentences about it: those that introduce it first, then others that open with the name.

    `listed` says that a list item of its own introduces it.
    """

    name: str
    sentences: tuple[Candidate, ...]
    mentions: int
    listed: bool


def people(block: PeopleBlock, where: Location, material: Material) -> tuple[People, ...]:
    """Cards of the people most spoken of; a card has a role, a fate if one is told, and what another source adds.

    Those whom a chart of the section has come last, as far as a slide has room, with what the chart does not say.
    """
    named = Counter(name for candidate in material.everything for name in _family(candidate.text))
    pool = [scored.candidate for scored in for_query(material, block.query)]
    charted = {_key(name): dead for name, dead in material.desk.charted.items()}
    found = _sketches(pool, material, named)
    more = {one.name: _unsaid(one, material) for one in found if _key(one.name) in charted}
    sketches = sorted(found, key=lambda one: (-more.get(one.name, FACTS + 1), not one.listed, -one.mentions))
    fresh = sum(_key(one.name) not in charted for one in sketches)
    most = min(block.at_most or MOST, material.room * A_SLIDE, max(A_SLIDE, fresh) if charted else len(sketches))
    cards: list[Person] = []
    for sketch in sketches:
        card = _card(sketch, material) if len(cards) < most else None
        cards += [replace(card, dead=card.dead or charted.get(_key(sketch.name), False))] if card else []
    title = block.title or f"{topic_title(material)}: the people"
    return (People(title, tuple(cards), where),) if cards else ()


def _unsaid(sketch: _Sketch, material: Material) -> int:
    """How many facts a card can have beside what a chart says of the person."""
    fresh = (one for one in sketch.sentences if not material.desk.said(one, "people"))
    fits = (trim(one.text[lead_of(one, sketch.name) :], FACT, phrases=True) is not None for one in fresh)
    return min(FACTS, sum(fits))


def _sketches(pool: Sequence[Candidate], material: Material, named: Counter[str]) -> list[_Sketch]:
    items: dict[str, list[Candidate]] = {}
    for candidate in pool:
        match = introduces(candidate)
        if match:
            items.setdefault(_known_as(match["name"], items), []).extend(_whole_block(candidate, material.everything))
    found = []
    for name, own in items.items():
        others = [
            candidate for candidate in material.everything if _opens_with(candidate, name) and candidate not in own
        ]
        found.append(_Sketch(name, tuple(dict.fromkeys([*own, *others])), named[_key(name)], own[0].kind == "item"))
    return found


def introduces(candidate: Candidate) -> re.Match[str] | None:
    """Whether a sentence opens with a name and says who that is."""
    match = _LEAD.match(candidate.text) or _APPOSITION.match(candidate.text)
    if not match or match["name"].split()[0].lower() in stop_words():
        return None
    if candidate.kind == "item" and candidate.first:
        return match
    return match if ROLE.search(candidate.text[match.end() : match.end() + 80]) else None


def _whole_block(candidate: Candidate, everything: Iterable[Candidate]) -> list[Candidate]:
    if candidate.kind != "item":
        return [candidate]
    span = candidate.span
    return [one for one in everything if (one.span.source, one.span.block) == (span.source, span.block)]


def _opens_with(candidate: Candidate, name: str) -> bool:
    return candidate.kind != "item" and candidate.text.startswith(name) and can_say(candidate, FACT * 2)


def _key(name: str) -> str:
    """What a person is known by under all spellings of the name: its first and last part."""
    parts = name.split()
    return f"{parts[0]} {parts[-1]}"


def _known_as(name: str, names: Iterable[str]) -> str:
    return next((known for known in names if _key(known) == _key(name)), name)


def _family(text: str) -> list[str]:
    names = re.findall(_NAME, text)
    return [_key(name) for name in names if name.split()[0].lower() not in stop_words()]


def _card(sketch: _Sketch, material: Material) -> Person | None:
    """Who it is, what became of the person, and what another source adds."""
    fresh = [sentence for sentence in sketch.sentences if not material.desk.said(sentence, "people")]
    own = [sentence for sentence in fresh if not opens_with_connective(sentence.text)]
    roles = sorted((one for one in own if ROLE.search(one.text)), key=lambda one: -says_role(one, sketch.name))
    facts = _first_fact(roles, sketch.name, material)
    told = {fact.passage.span for fact in facts if fact.passage}
    more = aside_of(own, material)
    fates = [one for one in reversed(own) if one.span not in told and _FATE.search(one.text)]
    fates.sort(key=lambda one: not _tells_death(one.text, sketch.name))
    more += _first_fact(fates if not more else [], sketch.name, material)
    told |= {fact.passage.span for fact in more if fact.passage}
    heard = {span.source for span in told}
    rest = [one for one in own if one.span not in told]
    rest.sort(key=lambda one: (one.span.source in heard, inner_tie(one.text) is not None))
    facts += in_time([*more, *_first_fact(rest, sketch.name, material)])
    dead = any(_is_sure(fact.passage.text, sketch.name) for fact in facts if fact.passage) and not is_disputed(
        sketch.sentences
    )
    return Person(sketch.name, tuple(facts), dead) if facts else None


def aside_of(sentences: Sequence[Candidate], material: Material) -> list[Statement]:
    """The fate that stands in brackets after the name that opens a list item, such as "killed 6 September 2013"."""
    for sentence in sentences:
        lead = _LEAD.match(sentence.text) if sentence.kind == "item" and sentence.first else None
        if lead and lead["aside"] and _FATE.search(lead["aside"]):
            close = lead.end("aside") + 1
            named = replace(sentence, text=sentence.text[:close], span=_up_to(sentence.span, close))
            return [material.desk.state(named, *lead.span("aside"))]
    return []


def _up_to(span: Span, length: int) -> Span:
    return replace(span, end=span.start + length)


def _tells_death(text: str, name: str) -> bool:
    """Whether a sentence tells this person's death: nobody else is named between the start and the verb."""
    if re.search(rf"{re.escape(name)}\s*\((?:killed|died)|\bkilled {re.escape(name)}", text):
        return True
    died = _DEAD.search(text)
    others = [key for key in _family(text[: died.start()]) if key != _key(name)] if died else []
    return died is not None and not others


def _is_sure(text: str, name: str) -> bool:
    """Whether a sentence tells this person's death as a fact, or as announced or confirmed."""
    died = _DEAD.search(text)
    if not _tells_death(text, name):
        return False
    before, after = (text[: died.start()], text[died.end() :]) if died else (text, "")
    return not (DOUBT.search(before) or DOUBT_AFTER.search(after))


def is_disputed(sentences: Iterable[Candidate]) -> bool:
    """Whether somebody denies or doubts the death of whom sentences are about, and no other says it was confirmed."""
    told = [one.text for one in sentences if _OF_DEATH.search(one.text)]
    return any(_DENIED.search(text) for text in told) and not any(_CONFIRMED.search(text) for text in told)


def says_role(sentence: Candidate, name: str) -> float:
    """How plainly a sentence says who it is: it opens so, the role comes early, it is short, and nothing ties it."""
    text = sentence.text[lead_of(sentence, name) :]
    role = ROLE.search(text)
    opens = bool(re.match(rf"(?:(?:He|She|{re.escape(name)}) )?(?:is|was)\b", text))
    tied = inner_tie(text) is not None
    return 2 * opens + (1 if role and role.start() < 60 else 0) - len(text.split()) / 40 - tied


def _first_fact(sentences: Iterable[Candidate], name: str, material: Material) -> list[Statement]:
    """The first of the sentences that can be cut to a card's length, without the name that opens it."""
    for sentence in sentences:
        start = lead_of(sentence, name)
        end = trim(sentence.text[start:], FACT, phrases=True)
        if end is not None:
            material.desk.view(sentence, "people")
            material.used[sentence.span.source] += 1
            return [material.desk.state(sentence, start, start + end)]
    return []


def lead_of(sentence: Candidate, name: str) -> int:
    """Where a sentence goes on after the name and dash that it opens with."""
    lead = _LEAD.match(sentence.text)
    return lead.end() if lead and lead["dash"] and _key(lead["name"]) == _key(name) else 0
