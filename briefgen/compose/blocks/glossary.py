"""Glossaries: terms that the lecture uses, each with the words of a source that explain it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.definitions import Explained, explains, explanations, fold, full_form
from briefgen.compose.material import Material, for_query
from briefgen.compose.prepared import people_in
from briefgen.compose.trim import keeps_meaning
from briefgen.model import Definition, Glossary, GlossaryBlock
from briefgen.problems import Location, Problem, error
from briefgen.text.words import words

MOST = 8
"""Terms where the outline does not say."""
_OFTEN = 3
"""Sentences that use a term which no slide shows, from which on it is worth its place."""
_TITLE = "Terms"
_WORTH = {"short form": 0, "sure": 1, "name": 2}


class _Found(Struct, frozen=True):
    """A candidate that explains a term."""

    explained: Explained
    candidate: Candidate

    @property
    def said(self) -> str:
        return self.candidate.text[self.explained.start : self.explained.end]


def glossary(block: GlossaryBlock, where: Location, material: Material) -> tuple[Glossary, ...]:
    """The terms asked for, then those that the lecture uses most; a problem for each that no passage explains."""
    among = [scored.candidate for scored in for_query(material, block.query)] if block.query else material.everything
    known = _known(among)
    asked = [term for term in dict.fromkeys(block.terms) if term.strip()]
    named = {fold(term): found for term in asked if (found := _asked(term, among, known, where, material))}
    most = block.at_most or (len(asked) if asked else MOST)
    more = _chosen(known, {*named, *map(fold, asked)}, material) if len(named) < most else []
    chosen = [*named.values(), *more][:most]
    if not chosen:
        if not asked:
            hint = "name some under `terms`, widen the query, or take the block out"
            material.desk.problems.append(error("the sources explain no term that the lecture uses", hint, where))
        return ()
    entries = sorted((_entry(found, material) for found in chosen), key=lambda one: in_order(one.term))
    return (Glossary(block.title or _TITLE, tuple(entries), where),)


def in_order(term: str) -> tuple[str, str]:
    """By what a term comes in the order of the alphabet, whatever the machine: accents, capitals, marks and the Arabic
    article aside."""
    parted = unicodedata.normalize("NFKD", re.sub(r"^(?:al|el)[- ]", "", term.casefold()))
    return "".join(char for char in parted if char.isalnum() or char == " "), term


def _known(among: Iterable[Candidate]) -> dict[str, list[_Found]]:
    """All that the sentences explain, by the folded term, the surest first."""
    known: dict[str, list[_Found]] = {}
    for candidate in among:
        for explained in explanations(candidate.text):
            if _stands(explained, candidate):
                known.setdefault(explained.key, []).append(_Found(explained, candidate))
    return {key: sorted(found, key=_rank) for key, found in known.items()}


def _stands(explained: Explained, candidate: Candidate) -> bool:
    """Whether what is shown can be understood: a phrase by itself, a whole sentence if it stands alone."""
    whole = explained.start == 0 and explained.end == len(candidate.text)
    return not whole or (candidate.entire and not candidate.inserted)


def _rank(found: _Found) -> tuple[int, bool, float, int]:
    """The surest way, then a sentence without a word of doubt, then the clearest, then the fullest words.

    A whole sentence, which tells what is over, comes after phrases.
    """
    text, explained = found.candidate.text, found.explained
    doubt = keeps_meaning(text[: explained.start]) or keeps_meaning(text[explained.end :])
    whole = explained.start == 0 and explained.way != "short form"
    return _WORTH[explained.way] + whole, doubt, -found.candidate.clarity, -len(found.said)


def _asked(
    term: str, among: Sequence[Candidate], known: dict[str, list[_Found]], where: Location, material: Material
) -> _Found | None:
    """The best explanation of a term that was asked for; a problem where there is none, or two that differ."""
    own = [
        _Found(explained, candidate)
        for candidate in among
        if _used(term, candidate.text)
        for explained in explains(candidate.text, term)
        if _stands(explained, candidate)
    ]
    where = material.marks.get(f"terms/{term}", where)
    found = sorted(own, key=_rank)
    meanings = _full_forms(found)
    if len(meanings) > 1:
        message = f"the sources spell {term!r} out in {len(meanings)} ways: {'; '.join(meanings)}"
        hint = "give the glossary a query that only the one meant fits, or write the full form under `terms`"
        material.desk.problems.append(error(message, hint, where))
        return None
    if found:
        return _Found(Explained(term, found[0].explained.start, found[0].explained.end, "sure"), found[0].candidate)
    material.desk.problems.append(_unexplained(term, among, known, where))
    return None


def _unexplained(term: str, among: Sequence[Candidate], known: dict[str, list[_Found]], where: Location) -> Problem:
    """That no passage explains a term: what was meant, or what to do."""
    used = any(_used(term, candidate.text) for candidate in among)
    names = {found[0].explained.term.lower(): found[0].explained.term for found in known.values()}
    close = get_close_matches(term.lower(), sorted(names), n=1, cutoff=0.75)
    if used:
        hint = "passages use it, and none says what it is: explain it in your own words with `say`"
    elif close:
        hint = f"did you mean {names[close[0]]!r}?"
    else:
        hint = "no passage has the word: add a source that explains it, or take it out"
    return error(f"no passage explains {term!r}", hint, where)


def _full_forms(found: Iterable[_Found]) -> list[str]:
    """What an abbreviation is spelled out as, each meaning once."""
    forms: dict[str, str] = {}
    for one in found:
        if one.explained.way == "short form":
            form = one.said[full_form(one.said, one.explained.term) or 0 :]
            forms.setdefault(fold(form), form)
    return list(forms.values())


def _chosen(known: dict[str, list[_Found]], named: set[str], material: Material) -> list[_Found]:
    """The terms that statements show or sources use often, the most shown first; no persons, nor the subject."""
    persons = _persons(material)
    worth: list[tuple[int, int, str]] = []
    for key, found in known.items():
        term = found[0].explained.term
        if key in named or len(_full_forms(found)) > 1 or not _is_news(term, persons, material):
            continue
        shown = sum(_used(term, text) for text in material.desk.shown)
        used = sum(_used(term, candidate.text) for candidate in material.everything)
        if shown or used >= _OFTEN:
            worth.append((-shown, -used, key))
    return [known[key][0] for _, _, key in sorted(worth)]


def _is_news(term: str, persons: frozenset[str], material: Material) -> bool:
    """Whether a term is neither a person, who has a card, nor what everybody knows is spoken of."""
    own = words(term)
    return not (set(own) <= material.desk.subject or (own and own[0] in persons and own[-1] in persons))


def _persons(material: Material) -> frozenset[str]:
    """The names that persons of the sources bear, in lower case."""
    library = material.desk.library
    everyone = (people_in(library, head) for head in library.looked_in)
    return frozenset(name for people in everyone for key in people.where for name in key.lower().split())


def _used(term: str, text: str) -> bool:
    """Whether a text has the term as a word of its own, an abbreviation in capitals."""
    if term.lower() not in text.lower():
        return False
    flags = 0 if term.isupper() else re.IGNORECASE
    return bool(re.search(rf"(?<![\w-]){re.escape(term)}(?:s|es)?(?![\w-])", text, flags))


def _entry(found: _Found, material: Material) -> Definition:
    explained = found.explained
    material.used[found.candidate.span.source] += 1
    return Definition(explained.term, material.desk.phrase(found.candidate, explained.start, explained.end))
