"""The words of a statement: the parts of a sentence that are shown, names in brackets, and what is set in bold."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from briefgen.compose.candidates import Candidate
from briefgen.compose.cuts import Piece, shortened
from briefgen.compose.trim import ELLIPSIS
from briefgen.model import Insertion, Run, Span

_CLOSING_MARKS = " .!?\"'”’)"


class Wording(Struct, frozen=True):
    """A statement's `runs`, the `spans` of the source that are shown in them, and whether all of the sentence is."""

    runs: tuple[Run, ...]
    spans: tuple[Span, ...]
    whole: bool
    inserted: tuple[Insertion, ...]


def fitting(candidate: Candidate, limit: int) -> tuple[Piece, ...] | None:
    """The parts of a sentence to show in at most `limit` words; none if no cut is safe.

    What only ties the sentence to the one before it is left out. A date that opens a list item stays.
    """
    return _fitting(candidate.text, candidate.before, candidate.standing, candidate.inserted, limit)


@lru_cache(maxsize=20_000)
def _fitting(
    text: str, before: int, standing: tuple[Piece, ...], inserted: tuple[Insertion, ...], limit: int
) -> tuple[Piece, ...] | None:
    parts = [(max(start, before), end) for start, end in standing or ((0, len(text)),)]
    more = sum(len(one.text.split()) - (one.start < one.end) for one in inserted)
    more += len(text[:before].split())
    more += (parts[0][0] > before) + len(parts) - 1 + bool(text[parts[-1][1] :].strip(_CLOSING_MARKS))
    pieces = shortened(" ".join(text[start:end] for start, end in parts), limit - more)
    if pieces is None:
        return None
    placed = [found for piece in pieces for found in _placed(piece, parts)]
    opens = before and placed[0][0] == before
    return ((0, placed[0][1]), *placed[1:]) if opens else tuple(placed)


def _placed(piece: Piece, parts: Sequence[Piece]) -> Iterator[Piece]:
    """Where words of the parts, joined by a space, stand in the text that they are parts of."""
    offset = 0
    for start, end in parts:
        first, last = max(piece[0], offset), min(piece[1], offset + end - start)
        if first < last:
            yield first - offset + start, last - offset + start
        offset += end - start + 1


def worded(candidate: Candidate, pieces: Sequence[Piece], bold: Sequence[Piece] = (), marked: bool = False) -> Wording:
    """The `pieces` of a sentence with names in brackets where it needs them, and the words at `bold` in bold.

    What is left out before the first piece is `marked` with "…", unless it is shown beside the statement.
    """
    text, span = candidate.text, candidate.span
    late = marked and pieces[0][0] > 0
    runs: list[Run] = [Run(ELLIPSIS.lstrip() + " ")] if late else []
    spans: list[Span] = []
    shown: list[Insertion] = []
    for number, (start, end) in enumerate(pieces):
        runs += [Run(ELLIPSIS + " ")] if number else []
        for part in _parts(text, start, end, candidate.inserted):
            if isinstance(part, Insertion):
                shown.append(part)
                runs.append(Run(part.text + " "))
            else:
                runs += _emphasised(text, *part, bold)
                spans.append(Span(span.source, span.block, span.start + part[0], span.start + part[1]))
    cut_short = bool(text[pieces[-1][1] :].strip(_CLOSING_MARKS))
    runs += [Run(ELLIPSIS)] if cut_short else []
    whole = len(pieces) == 1 and not (cut_short or late or shown)
    return Wording(tuple(_joined(runs)), tuple(spans), whole, tuple(shown))


def _parts(text: str, start: int, end: int, inserted: Sequence[Insertion]) -> Iterator[Piece | Insertion]:
    """The words from `start` to `end` in order, cut where an editor's words stand among them or in their place."""
    position = start
    for one in inserted:
        if start <= one.start and one.end <= end:
            before = text[position : one.start].rstrip()
            if before:
                yield position, position + len(before)
            yield one
            position = one.end + len(text[one.end : end]) - len(text[one.end : end].lstrip())
    if position < end:
        yield position, end


def _emphasised(text: str, start: int, end: int, bold: Sequence[Piece]) -> list[Run]:
    """The words from `start` to `end`, those at `bold` in bold."""
    runs: list[Run] = []
    position = start
    for first, last in bold:
        if first < position or last > end:
            continue
        runs += [Run(text[position:first])] if first > position else []
        runs.append(Run(text[first:last], bold=True))
        position = last
    return [*runs, Run(text[position:end])] if position < end else runs


def _joined(runs: Sequence[Run]) -> Iterator[Run]:
    """The runs with a space before an editor's words that follow others."""
    for number, run in enumerate(runs):
        space = run.text.startswith("[") and number and not runs[number - 1].text.endswith(" ")
        yield Run(" " + run.text, run.bold) if space else run
