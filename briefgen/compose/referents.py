"""Whom a pronoun or a bare family name means, where the words around it leave no doubt.

A sentence that opens with "He was killed" can be shown alone if the name stands in brackets in its place, as editors
set it: "[Badruddin Haqqani] was killed". The name is a span of the same source. Where two persons could be meant,
nobody is named.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compose.cuts import without_opening
from briefgen.compose.persons import People, Reference
from briefgen.library import Text
from briefgen.model import Block, Insertion, Source, Span
from briefgen.tables import table
from briefgen.text.words import stop_words, words

_DATA = table("text/people_en.yaml")
_ROLES = "|".join(_DATA["roles"])
_PARTICLE = f"(?:{'|'.join(_DATA['particles'])})"
_NAME = re.compile(rf"[A-Z][\w’'-]*[a-z](?:[ -](?:{_PARTICLE}[ -])?[A-Z][\w’'-]*[a-z]){{1,3}}")
_CAPITAL = re.compile(r"[A-Z][\w-]*[a-z]\b")
_TITLES = re.compile(rf"^(?:(?:{'|'.join(_DATA['titles'])})\.? )+")
_BEFORE_PERSON = re.compile(rf"\b(?:{'|'.join(_DATA['titles'])}|{_ROLES}),? $", re.IGNORECASE)
_PERSONAL = f"(?:later |also |then )?(?:who|himself|herself|{'|'.join(_DATA['personal_verbs'])})"
_AFTER_PERSON = re.compile(
    rf"(?:\s*\([^()]*\))?(?:\s+[–—-]\s|,? {_PERSONAL}\b"
    rf"|(?:,| (?:was|is|became)) (?:[\w’'-]+ ){{0,5}}?(?:{_ROLES})s?\b)"
)
_NO_PERSON = re.compile(rf"\b(?:{'|'.join(_DATA['bodies'])})\b")
_OPENERS = "|".join(table("text/clauses_en.yaml")["subordinate"])
_FRONT = re.compile(
    rf"(?i:{_OPENERS})\b[^,;:“”\"]{{1,70}}, (?:(?i:{_OPENERS})\b[^,;:“”\"]{{1,50}}, )?"
    r"|(?:In|On|By|Since|During) (?:[\w-]+ ){0,3}\d{4}s? "
)
_SUBORDINATE = re.compile(rf"(?i:{_OPENERS})\s")
_BODY = re.compile(rf"The (?P<body>{'|'.join(_DATA['bodies'])})(?= [a-z])(?! (?:of|for|on)\b)")
_PRONOUN = re.compile(r"(?:(?P<own>(?:[Hh]is|[Hh]er)(?= [\w“\"]))|(?P<he>[Hh]e|[Ss]he)|(?P<it>Its?))\b")
_THE_THING = re.compile(r"\b[Tt]he (?:[A-Z][\w’'-]* )*(?P<noun>[\w-]+)\b(?![’'-])")
_OWNER = re.compile(r"(?P<owner>(?:The )?[A-Z][\w-]*(?: [A-Z][\w-]*)*)[’']s\b")
_OBJECT = re.compile(
    r"(?:(?!\b(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Ww]hich|[Tt]hat)\b)[^.;:“”\"])*?\b\w{3,}ed (?P<object>it)\b"
)
_FAMILY = re.compile(r"(?P<family>[A-Z][\w-]*[a-z])\b")
_WORD = re.compile(r"[\w’'-]+")
_POSSESSIVE = re.compile(r"[’']s?$")
_MAN, _WOMAN = re.compile(r"\b(?:he|his|him)\b", re.IGNORECASE), re.compile(r"\b(?:she|her|hers)\b", re.IGNORECASE)
_IN_NAME = re.compile(r"(?:\b[A-Z][\w’'.-]*|\b(?:the|The|elder|younger|all)|-)\s?$")
_NAME_GOES_ON = re.compile(r"-|\s[A-Z]")
_GROUP_NEXT = re.compile(rf"[’'s]*\s(?:{'|'.join(_DATA['groups'])})\b")
_REACH = 3
"""Sentences, or blocks for a body, back in which a full name is looked for, before which a reader has forgotten it."""


class _Mention(Struct, frozen=True):
    """A person named at `start` in a sentence."""

    start: int
    key: str


class _Told:
    """What the sentences of a block have told so far.

    The last was `about` a person or a `thing`, or opened with what an `owner` has, and `mentioned` the subject matter;
    `past` has who was named in each.
    """

    def __init__(self) -> None:
        self.lead: str | None = None
        self.about: str | None = None
        self.thing: Span | None = None
        self.owner: Span | None = None
        self.mentioned: Span | None = None
        self.past: list[frozenset[str]] = []

    def whom(self) -> str | None:
        """Whom a pronoun means: the person of the list item, else whom alone the last sentence was about."""
        alone = bool(self.past) and self.past[-1] <= {self.about}
        return self.lead or (self.about if alone else None)


def people_of(source: Source) -> People:
    """The persons whom the source introduces: by a title or role, or by what only a person does."""
    where: dict[str, Span] = {}
    sure: set[str] = set()
    for index, block in enumerate(source.blocks):
        for found in _NAME.finditer(block.text):
            name = _TITLES.sub("", found[0])
            if " " in name and not _NO_PERSON.search(name) and name.split()[0].lower() not in stop_words():
                where.setdefault(_key(name), Span(source.id, index, found.end() - len(name), found.end()))
                if len(name) < len(found[0]) or _is_person(block.text, found):
                    sure.add(_key(name))
    families: dict[str, set[str]] = defaultdict(set)
    given: dict[str, set[str]] = defaultdict(set)
    for key in sure:
        first, _, last = key.partition(" ")
        families[last].add(key)
        given[first].add(key)
    alone = {first: min(keys) for first, keys in given.items() if len(keys) == 1 and first not in families}
    return People({key: where[key] for key in sure}, {k: frozenset(v) for k, v in families.items()}, alone)


def _key(name: str) -> str:
    parts = name.replace("’s", "").replace("'s", "").split()
    return f"{parts[0]} {parts[-1]}"


def _is_person(text: str, found: re.Match[str]) -> bool:
    before, after = text[max(0, found.start() - 24) : found.start()], text[found.end() : found.end() + 80]
    return bool(_BEFORE_PERSON.search(before) or _AFTER_PERSON.match(after))


def _mentions(sentence: str, people: People) -> Iterator[_Mention]:
    """The persons of a sentence, named in full or by a name that only one person has."""
    named = [False] * len(sentence)
    for found in _NAME.finditer(sentence):
        key = _key(_TITLES.sub("", found[0]))
        if key in people.where:
            named[found.start() : found.end()] = [True] * len(found[0])
            yield _Mention(found.start(), key)
    for found in _CAPITAL.finditer(sentence):
        bearers = people.families.get(found[0], frozenset())
        key = people.given.get(found[0]) or (min(bearers) if len(bearers) == 1 else "")
        if key and not named[found.start()]:
            yield _Mention(found.start(), key)


def meanings(
    source: Text,
    index: int,
    bounds: Sequence[tuple[int, int]],
    people: People,
    subject: frozenset[str],
    shared: frozenset[str] = frozenset(),
) -> list[Reference]:
    """What the opening of each sentence of a block refers to; offsets are the sentence's.

    `subject` holds the words of what everybody knows is spoken of: an "It" after a sentence that opens with them
    means that. `shared` are family names that persons of other sources bear, too.
    """
    return list(_walk(source, index, bounds, people, subject, shared))


def _walk(
    source: Text,
    index: int,
    bounds: Sequence[tuple[int, int]],
    people: People,
    subject: frozenset[str],
    shared: frozenset[str],
) -> Iterator[Reference]:
    block = source.blocks[index]
    told = _Told()
    upper = source.blocks[index - 1] if index and source.blocks[index - 1].headings == block.headings else None
    if upper:
        told.mentioned = _mentioned(upper.text, subject, Span(source.id, index - 1, 0, 0))
        told.about = _only_person(upper, people)
        told.past = [frozenset({told.about})] if told.about else []
    for number, (start, end) in enumerate(bounds):
        sentence = block.text[start:end]
        named = tuple(_mentions(sentence, people))
        front = _front(sentence)
        opening = _opening(sentence, front)
        family = _bare_family(sentence, people, shared)
        bearer = _bearer(family[0], told, _above(source, index), people) if family else None
        meant: Span | None = None
        if opening and opening.lastgroup in ("it", "object"):
            thing = told.thing or (told.owner if opening[0] == "Its" else None)
            meant = thing if opening.lastgroup == "it" else told.mentioned
        elif opening and opening.lastgroup == "body":
            meant = _body(source, index, start, opening["body"])
        elif opening:
            before = block.text[bounds[max(0, number - 2)][0] : start] or (upper.text if upper else "")
            told.about = None if _of_both_kinds(opening[0], before) else told.whom()
            meant = people.where.get(told.about or "")
        else:
            first = next((one.key for one in named if one.start in (0, front)), None)
            told.about = bearer if family and family.start() in (0, front) else first
            told.thing = None if told.about else _thing(sentence, subject, Span(source.id, index, start, end))
            told.owner = _owner(sentence, subject, Span(source.id, index, start, end))
        told.mentioned = _mentioned(sentence, subject, Span(source.id, index, start, end)) or told.thing
        if number == 0 and block.kind == "item":
            told.lead = told.about
        others = {one.key for one in named if one.start >= front} | _strangers(sentence, front, people)
        told.past.append(frozenset(others | ({told.about} if told.about else set())))
        given = _given(family, people.where.get(bearer or ""), source)
        yield Reference((*_insertions(opening, meant, source), *given), family is not None and not given, bool(family))


def explaining(source: Text, index: int, bounds: Sequence[tuple[int, int]]) -> frozenset[str]:
    """The words, in lower case, of which those that are the subject's decide `meanings`; none where no sentence opens
    with a pronoun that may mean the subject."""
    block = source.blocks[index]
    if not any(_needs_subject(block.text[start:end]) for start, end in bounds):
        return frozenset()
    texts = [block.text, source.blocks[index - 1].text if index else ""]
    written = [word.lower() for text in texts for word in _WORD.findall(text)]
    parts = [part for text in texts for part in (*words(text), *re.findall(r"[\w-]+", text.lower()))]
    return frozenset((*written, *(_POSSESSIVE.sub("", word) for word in written), *parts))


def _needs_subject(sentence: str) -> bool:
    opening = _opening(sentence, _front(sentence))
    return opening is not None and opening.lastgroup in ("it", "object")


def borne_once(told: Iterable[str], people: People) -> frozenset[str]:
    """The family names in sentences that one person of the source bears: whether others share them, too, `meanings`
    depend on."""
    found = (one[0] for sentence in told for one in _FAMILY.finditer(sentence))
    return frozenset(name for name in found if len(people.families.get(name, ())) == 1)


def _only_person(block: Block, people: People) -> str | None:
    """Whom a paragraph names, if it is only one."""
    named = {one.key for one in _mentions(block.text, people)} | _strangers(block.text, 0, people)
    return min(named) if block.kind == "paragraph" and len(named) == 1 else None


def _strangers(sentence: str, front: int, people: People) -> set[str]:
    """Names that could be a person's of whom nothing is known."""
    names = {
        _TITLES.sub("", found[0])
        for found in _NAME.finditer(sentence, front)
        if not (_NO_PERSON.search(found[0]) or sentence[: found.start()].lower().endswith("the "))
    }
    first = {name: name.split()[0] for name in names if " " in name}
    return {name for name, word in first.items() if _key(name) not in people.where and word.lower() not in stop_words()}


def _front(sentence: str) -> int:
    """Where a sentence goes on after a phrase that opens it, such as "In 1956, "; 0 if it opens with its subject."""
    found = _FRONT.match(sentence)
    return found.end() if found else 0


def _opening(sentence: str, front: int) -> re.Match[str] | None:
    """The first word of the sentence or after its front if it is a pronoun; else a body that it opens with."""
    places = (0, front, without_opening(sentence))
    pronoun = next((found for place in places if (found := _PRONOUN.match(sentence, place))), None)
    clause = _SUBORDINATE.match(sentence)
    if pronoun and clause and front == pronoun.start():
        pronoun = _PRONOUN.match(sentence, clause.end()) or pronoun
    return pronoun or _BODY.match(sentence) or _OBJECT.match(sentence)


def _bare_family(sentence: str, people: People, shared: frozenset[str]) -> re.Match[str] | None:
    """The first family name that stands for one of several persons, none of whom the sentence names before it."""
    for found in _FAMILY.finditer(sentence):
        bearers = people.families.get(found[0], frozenset())
        if bearers and (len(bearers) > 1 or found[0] in shared) and _is_bare(sentence, found):
            told = {one.key for one in _mentions(sentence[: found.start()], people)}
            return None if told & bearers else found
    return None


def _is_bare(sentence: str, found: re.Match[str]) -> bool:
    """Whether a family name stands for a person, and not in a longer name or in "the Smith family"."""
    before, after = sentence[: found.start()], sentence[found.end() :]
    return not (_IN_NAME.search(before) or _NAME_GOES_ON.match(after) or _GROUP_NEXT.match(after))


def _bearer(family: str, told: _Told, above: Sequence[Block], people: People) -> str | None:
    """Who of those with the family name was named shortly before, if it was only one.

    Where the block names none of them, what stands `above` it is asked, the nearest first.
    """
    bearers = people.families[family]
    if len(bearers) == 1:
        return next(iter(bearers))
    near = frozenset({told.lead} if told.lead else ()).union(*told.past[-_REACH:]) & bearers
    for block in above:
        near = near or frozenset(one.key for one in _mentions(block.text, people)) & bearers
    return next(iter(near)) if len(near) == 1 else None


def _above(source: Text, index: int) -> list[Block]:
    """The paragraph above a block under the same heading, then the heading itself."""
    block = source.blocks[index]
    upper = source.blocks[index - 1] if index else block
    same = [upper] if upper.kind == "paragraph" and upper.headings == block.headings and index else []
    heading = [replace(block, text=block.headings[-1])] if block.headings else []
    return [*same, *heading]


def _body(source: Text, index: int, start: int, kind: str) -> Span | None:
    """Where the body that "The Department" means is named in full, in the block or above it, if it is only one."""
    full = re.compile(
        rf"(?:(?:[A-Z][\w.]*|of) )+{kind}\b(?: (?:of|for) (?:the )?[A-Z]\w+)*|{kind} (?:of|for) (?:the )?[A-Z]\w+"
    )
    for at in range(index, max(-1, index - _REACH - 1), -1):
        block = source.blocks[at]
        if block.headings != source.blocks[index].headings:
            return None
        found = [
            one for one in full.finditer(block.text, 0, start if at == index else len(block.text)) if _is_full(one[0])
        ]
        if found:
            alone = len({one[0] for one in found}) == 1
            return Span(source.id, at, *found[0].span()) if alone else None
    return None


def _is_full(name: str) -> bool:
    return not name.startswith("The ") and len(name.split()) > 1


def _of_both_kinds(pronoun: str, told: str) -> bool:
    """Whether the text before speaks of somebody of the other sex."""
    return bool((_WOMAN if _MAN.match(pronoun) else _MAN).search(told))


def _thing(sentence: str, subject: frozenset[str], span: Span) -> Span | None:
    """Where a sentence opens with its subject matter, such as "The Suez Canal"."""
    position = length = 0
    for found in list(_WORD.finditer(sentence))[:5]:
        position = found.end()
        if _POSSESSIVE.search(found[0]) and _POSSESSIVE.sub("", found[0].lower()) in subject:
            return None
        length = position if found[0].lower() in subject - stop_words() else length
    opens = sentence[:length].removeprefix("The ")[:1].isupper()
    return Span(span.source, span.block, span.start, span.start + length) if length and opens else None


def _owner(sentence: str, subject: frozenset[str], span: Span) -> Span | None:
    """Where a sentence opens with its subject matter as an owner, such as "Belgium" in "Belgium's imports"."""
    found = _OWNER.match(sentence)
    own = found and words(found["owner"]) and set(words(found["owner"])) <= subject | stop_words()
    return (
        Span(span.source, span.block, span.start + found.start("owner"), span.start + found.end("owner"))
        if found and own
        else None
    )


def _mentioned(sentence: str, subject: frozenset[str], span: Span) -> Span | None:
    """Where a sentence names its subject matter by its last word, such as "the canal" for the Suez Canal."""
    for found in _THE_THING.finditer(sentence):
        if found["noun"].lower() in subject:
            return Span(span.source, span.block, span.start + found.start(), span.start + found.end())
    return None


def _insertions(opening: re.Match[str] | None, meant: Span | None, source: Text) -> tuple[Insertion, ...]:
    if opening is None or meant is None:
        return ()
    name = source.blocks[meant.block].text[meant.start : meant.end]
    if opening.lastgroup == "body":
        before, _, after = name.partition(opening["body"])
        if after.strip():
            span = Span(meant.source, meant.block, meant.end - len(after.lstrip()), meant.end)
            return (Insertion(opening.end() + 1, opening.end() + 1, f"[{after.strip()}]", span),)
        span = Span(meant.source, meant.block, meant.start, meant.start + len(before.rstrip()))
        return (Insertion(opening.start("body"), opening.start("body"), f"[{before.strip()}]", span),)
    if opening.lastgroup == "object":
        return (Insertion(*opening.span("object"), f"[{name}]", meant),)
    own = "" if opening[0].lower() in ("he", "she", "it") else "’" if name.endswith("s") else "’s"
    return (Insertion(opening.start(), opening.end(), f"[{name}{own}]", meant),)


def _given(family: re.Match[str] | None, meant: Span | None, source: Text) -> tuple[Insertion, ...]:
    """The given names of the person meant, before the family name."""
    if family is None or meant is None:
        return ()
    name = source.blocks[meant.block].text[meant.start : meant.end]
    given = name[: name.rfind(family[0])].rstrip()
    span = Span(meant.source, meant.block, meant.start, meant.start + len(given))
    return (Insertion(family.start(), family.start(), f"[{given}]", span),) if given else ()
