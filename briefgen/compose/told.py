"""The relations that the sentences of a library tell, worked out once for each source, and kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from hashlib import blake2b

from msgspec import Struct, msgpack

from briefgen.compose.candidates import Candidate
from briefgen.compose.relations import Kin
from briefgen.library import Library
from briefgen.model import Source, Span

Told = Mapping[Span, tuple[Kin, ...]]
"""The relations that sentences tell, by their spans; those that tell none are not in it."""


class _Kept(Struct, frozen=True, array_like=True):
    """The relations that sentences of a source tell, by their number among those that were asked for."""

    told: dict[int, tuple[Kin, ...]]


def told_by(library: Library, candidates: Iterable[Candidate]) -> Told:
    """The relations that these sentences tell. They are kept for the same sentences with the same names set in."""
    by_source: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_source[candidate.span.source].append(candidate)
    found: dict[Span, tuple[Kin, ...]] = {}
    for source, asked in by_source.items():
        kept = library.worked_out(source, f"kin {_mark(asked)}", _Kept, partial(_kin_of, asked))
        found |= {asked[number].span: kin for number, kin in kept.told.items()}
    return found


def _mark(asked: Iterable[Candidate]) -> str:
    """What tells these sentences of a source from others, whatever its id."""
    placed = [
        (one.span.block, one.span.start, one.span.end, [(each.start, each.end, each.text) for each in one.inserted])
        for one in asked
    ]
    return blake2b(msgpack.encode(placed), digest_size=16).hexdigest()


def _kin_of(asked: Iterable[Candidate], _: Source) -> _Kept:
    from briefgen.compose.kinship import kin_in

    told = ((number, tuple(kin_in(one.text, one.inserted))) for number, one in enumerate(asked))
    return _Kept({number: kin for number, kin in told if kin})
