"""With whom a subject has to do: the names that a topic's sentences hold most, and the sentences on each.

A name is known by its words alone: capitals, how often they stand in the pool, and that they do not name the subject.
"Iran" and "Iranian" are one, and so are "CIA" and "Central Intelligence Agency".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.desk import Scored
from briefgen.tables import table
from briefgen.text.words import words

MOST = 9
"""Partners at most."""
_BEST = 5
"""Sentences by which a partner's place among the others is told."""
_FEWEST = 3
"""Sentences that a partner must be named in."""
_OFTENER = 1.25
"""How much oftener a topic names its partners than the sources do on the whole: who is named everywhere, such as the
land where all of it happens, is none."""
_ENDINGS = ("istan", "ians", "ian", "ans", "ia", "an", "is", "i", "a", "s")


class Partner(Struct, frozen=True):
    """A name in its commonest form, and the sentences on it, best first."""

    name: str
    pool: tuple[Scored, ...]


def partners(
    pool: Sequence[Scored], subject: frozenset[str], among: Sequence[Candidate] = (), most: int = MOST
) -> tuple[Partner, ...]:
    """The partners that `pool` names most, of whom there is most to say first.

    Where `among` has the sentences that the pool is of, only those count whom the pool names oftener than they do.

    A sentence stands under the one that it names most often, of several under the one that the pool names least, and
    is worth the less, to half, the more of its names are others'.

    `subject` holds the lower-case words of the subject, which is none.
    """
    found = [_keys(scored.candidate.names, subject) for scored in pool]
    merged = _merged(Counter(name for names in found for name in names))
    held = [Counter(merged[name] for name in names) for names in found]
    lower = {word for scored in pool for word in re.findall(r"\b[a-z]{3,}\b", scored.candidate.text)}
    worth: dict[str, float] = defaultdict(float)
    for scored, names in zip(pool, held, strict=True):
        for name in names:
            worth[name] += scored.score
    often = {name: sum(name in names for names in held) for name in worth}
    known = [name for name in worth if often[name] >= _FEWEST and name not in lower]
    known = sorted(known, key=lambda one: (-worth[one], one))[: 2 * most]
    usual = _usual(among, subject, merged, known)
    chosen = [name for name in known if often[name] >= _OFTENER * usual[name] * len(pool)][:most]
    return _grouped(pool, found, held, merged, chosen)


def _usual(
    among: Sequence[Candidate], subject: frozenset[str], merged: Mapping[str, str], known: Sequence[str]
) -> dict[str, float]:
    """The share of the sentences that name each of `known`, in any of its forms."""
    forms = {name: {one for one in known if merged[name] == one} for name in merged}
    near: defaultdict[str, list[str]] = defaultdict(list)
    for one in known:
        for key in {_root(one.split()[0]), _initials(one)}:
            near[key].append(one)
    counts: Counter[str] = Counter()
    for candidate in among:
        for name in set(_keys(candidate.names, subject)):
            if name not in forms:
                maybe = (*near[_root(name.split()[0])], *near[name], _initials(name))
                forms[name] = {one for one in maybe if one in known and _is_same(name, one)}
            counts.update(forms[name])
    return {name: counts[name] / max(1, len(among)) for name in known}


def _grouped(
    pool: Sequence[Scored],
    found: Sequence[Sequence[str]],
    held: Sequence[Counter[str]],
    merged: Mapping[str, str],
    chosen: Sequence[str],
) -> tuple[Partner, ...]:
    groups: dict[str, list[Scored]] = {name: [] for name in chosen}
    for scored, names in zip(pool, held, strict=True):
        best = max(chosen, key=lambda one: (names[one], chosen.index(one)), default="")
        if best and names[best]:
            share = names[best] / names.total()
            groups[best].append(Scored(scored.candidate, scored.score * (1 + share) / 2))
    written = Counter(form for scored in pool for form in scored.candidate.names)
    made = [Partner(_form(name, written, merged), _best_first(group)) for name, group in groups.items() if group]
    return tuple(sorted(made, key=_weight))


def _best_first(group: Sequence[Scored]) -> tuple[Scored, ...]:
    return tuple(sorted(group, key=lambda scored: -scored.score))


def _weight(partner: Partner) -> float:
    """Least for the partner of whom there is most to say."""
    told = [scored.score for scored in partner.pool if scored.candidate.alone]
    return -sum(sorted(told, reverse=True)[:_BEST])


def _keys(names: Iterable[str], subject: frozenset[str]) -> list[str]:
    """The names in lower case, without marks; the subject's, and persons' with an office before them, left out."""
    return [key for name in names if (key := _key(name, subject))]


@lru_cache(1 << 14)
def _key(name: str, subject: frozenset[str]) -> str:
    parts = words(re.sub(r"(?<=\b[A-Z])\.", "", name.replace("-", " ")))
    own = any(part[:4] == word[:4] and abs(len(part) - len(word)) < 3 for part in parts for word in subject)
    return " ".join(parts) if parts and not own and parts[0] not in _roles() and len(parts[-1]) > 1 else ""


@cache
def _roles() -> frozenset[str]:
    return frozenset(table("text/people_en.yaml")["roles"])


def _merged(counts: Counter[str]) -> dict[str, str]:
    """For each name the one it is counted under: short for long, land for people, a name's first word for the name."""
    merged: dict[str, str] = {}
    for name in sorted(counts, key=lambda one: (-counts[one], one)):
        same = next((kept for kept in dict.fromkeys(merged.values()) if _is_same(name, kept)), name)
        merged[name] = same
    return merged


def _is_same(one: str, other: str) -> bool:
    initials = _initials(one), _initials(other)
    if one != other and (one in initials or other in initials):
        return initials[0] == other or initials[1] == one
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if " " not in long:
        return _root(short) == _root(long)
    first = long.split()[0]
    return " " not in short and _root(short) == _root(first)


@lru_cache(1 << 14)
def _root(word: str) -> str:
    """A name without what makes of a land its people, or of a people its land."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _root(word[: -len(ending)])
    return word


@lru_cache(1 << 14)
def _initials(name: str) -> str:
    parts = [part for part in name.split() if part not in ("of", "the", "and")]
    return "".join(part[0] for part in parts) if len(parts) > 1 else ""


def _form(key: str, written: Mapping[str, int], merged: Mapping[str, str]) -> str:
    """How a name is written most; of a land and its people the land ("Iran", not "Iranian")."""
    none: frozenset[str] = frozenset()
    forms = {form: count for form, count in written.items() if key in {merged.get(one) for one in _keys([form], none)}}
    lands = [form for form in forms if any(_is_people(other, form) for other in forms)]
    lands = [form for form in forms if form.endswith("istan")] or lands
    return max(lands or forms, key=lambda form: (forms[form], form), default=key)


def _is_people(form: str, land: str) -> bool:
    return form != land and form.startswith(land.removesuffix("a")) and form.endswith(_ENDINGS[1:8]) and " " not in form
