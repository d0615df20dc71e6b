"""All the differences that a set of sentences holds."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from briefgen.compose.candidates import Candidate
from briefgen.compose.conflicts.admitted import admitted
from briefgen.compose.conflicts.amounts import amount_differences, reward_claims, strength_claims
from briefgen.compose.conflicts.claims import Claim, Difference, Sentence
from briefgen.compose.conflicts.dated import dated_claims, dated_differences
from briefgen.compose.conflicts.denials import charges_among, denial, denial_differences
from briefgen.compose.conflicts.identity import identity_claims, identity_differences
from briefgen.compose.conflicts.names import fold, stems_of
from briefgen.compose.conflicts.offices import office_claims, office_differences
from briefgen.compose.conflicts.records import twice_dated
from briefgen.library import Library
from briefgen.text.words import stop_words, words


def differences(among: Sequence[Candidate], library: Library, title: str) -> tuple[Difference, ...]:
    """What `among`, sentences of `library` in its order, tell in more than one way. `title` is their subject."""
    subject = tuple(fold(word) for word in words(title) if word not in stop_words())
    text = cache(library.text)
    sentences = [Sentence(one, text(one.span.source).blocks[one.span.block].text, subject) for one in among]
    denials = [told for one in _with(sentences, "denials") if (told := denial(one))]
    charges = charges_among(sentences, denials) if denials else []
    rewards = _claims(reward_claims, _with(sentences, "rewards"))
    strengths = _claims(strength_claims, _with(sentences, "strength"))
    return (
        *dated_differences(_claims(dated_claims, _with(sentences, "events"))),
        *office_differences(_claims(office_claims, _with(sentences, "offices"))),
        *amount_differences([*rewards, *strengths]),
        *admitted(among),
        *identity_differences(_claims(identity_claims, _with(sentences, "separate", "part"))),
        *denial_differences(denials, charges),
        *twice_dated(library),
    )


def _with(sentences: Sequence[Sentence], *lists: str) -> list[Sentence]:
    """The sentences that may hold a word of the lists, so that only these are read."""
    wanted = stems_of(*lists)
    return [one for one in sentences if not wanted.isdisjoint(one.candidate.stems)]


def _claims(read: Callable[[Sentence], Iterator[Claim]], sentences: Sequence[Sentence]) -> Iterator[Claim]:
    for sentence in sentences:
        yield from read(sentence)
