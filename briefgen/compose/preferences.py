"""Sources that an outline prefers or avoids: what their sentences are worth against those of the others."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from briefgen.compose.candidates import Candidate
from briefgen.library import Library
from briefgen.model import Outline, OutlineSection
from briefgen.problems import Location, Problem, error, nearest

PREFERRED, AVOIDED = 1.5, 0.5
"""Half as much again makes up for two sentences of the source that the section has already (0.82 each); half lets a
sentence in only where the other sources have none half as good."""


def matched(name: str, sources: Iterable[str]) -> list[str]:
    """The source of that name, else those whose names hold it, in any case of letters."""
    ids = list(sources)
    return [name] if name in ids else [one for one in ids if name.lower() in one.lower()]


def worth_of(
    outline: Outline | OutlineSection, sources: Sequence[str], above: Mapping[str, float]
) -> tuple[dict[str, float], list[Problem]]:
    """What a sentence of each source is worth that is not worth 1, and a problem for each name that no source has.

    `above` is what the outline says, over which its section has the last word.
    """
    worth = dict(above)
    problems: list[Problem] = []
    for key, names, factor in (("prefer", outline.prefer, PREFERRED), ("avoid", outline.avoid, AVOIDED)):
        for name in names:
            found = matched(name, sources)
            worth.update(dict.fromkeys(found, factor))
            if not found:
                where = outline.marks.get(f"{key}/{name}", outline.where)
                problems.append(error(f"{key}: no source is called {name!r}", nearest(name, sources), where))
    both = _both(outline, sources)
    if both:
        hint = "take it out of one of the lists"
        where = outline.marks.get("avoid", outline.where)
        problems.append(error(f"the source {both[0]!r} is both preferred and avoided", hint, where))
    return worth, problems


def _both(outline: Outline | OutlineSection, sources: Sequence[str]) -> list[str]:
    avoided = {one for name in outline.avoid for one in matched(name, sources)}
    return [one for name in outline.prefer for one in matched(name, sources) if one in avoided]


def weighed(candidate: Candidate, worth: Mapping[str, float]) -> Candidate:
    """The sentence with its clarity changed by what its source is worth, so that every score of it is."""
    factor = worth.get(candidate.span.source)
    return replace(candidate, clarity=candidate.clarity * factor) if factor else candidate


def unknown_source(name: str, library: Library, where: Location) -> Problem | None:
    """The problem that no source has a name."""
    sources = [head.id for head in library.heads]
    if matched(name, sources):
        return None
    return error(f"no source is called {name!r}", nearest(name, sources), where)
