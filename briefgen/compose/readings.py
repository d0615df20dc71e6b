"""The words of a statement in place: bold marked by asterisks, and which pieces of its passage they are.

Words that are the passage's own, in its order, with … where some are left out and names in brackets where the
statement lists them, are the source's. All others are the instructor's wording of it, and so are words that leave out a
negation, a hedge or an attribution.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

from briefgen.compose.cuts import Piece
from briefgen.compose.trim import ELLIPSIS, keeps_meaning, kept_word
from briefgen.model import Insertion, Run, plain

_MARKS = re.compile(r"(\\[\\*]|\*\*)")
_CUT = "…"
_ENDS = " .!?\"'”’)"
"""What may close a sentence after its last word without counting as left out."""

Token = str | Insertion
"""Words of a text, its mark of a cut, or an editor's words."""


class Reading(Struct, frozen=True):
    """A text as pieces of its passage: where each starts and ends in it, and how the text is shown."""

    pieces: tuple[Piece, ...]
    runs: tuple[Run, ...]
    trimmed: bool
    inserted: tuple[Insertion, ...] = ()


def marked(runs: tuple[Run, ...]) -> str:
    """The words of `runs`, bold ones between two pairs of asterisks; what else looks so has a backslash before it."""
    return "".join(f"**{_escaped(run.text)}**" if run.bold else _escaped(run.text) for run in merged(runs))


def unmarked(text: str) -> tuple[Run, ...]:
    """The runs of a text with marks; a mark that is opened and not closed stands for itself."""
    tokens = [token for token in _MARKS.split(text) if token]
    pairs = tokens.count("**") // 2 * 2
    runs: list[Run] = []
    seen = 0
    for token in tokens:
        if token == "**" and seen < pairs:
            seen += 1
        else:
            runs.append(Run(token[1:] if token in ("\\\\", "\\*") else token, bold=seen % 2 == 1))
    return merged(tuple(runs))


def merged(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The same words in as few runs as have them in the same styles."""
    made: list[Run] = []
    for run in runs:
        last = made[-1] if made else None
        if last and (last.bold, last.italic, last.url) == (run.bold, run.italic, run.url):
            made[-1] = Run(last.text + run.text, run.bold, run.italic, run.url)
        elif run.text:
            made.append(run)
    return tuple(made)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("*", "\\*")


def reading(text: str, passage: str, parts: tuple[str, ...] = (), inserted: Sequence[Insertion] = ()) -> Reading | None:
    """The pieces of `passage` that a marked text is; none where it is not, or leaves out what must not be left out.

    `parts` say where the pieces stand, and hold as long as these have the text's words. `inserted` are the editor's
    words that may stand in it. Where words are left out at the end, the text shown ends with "…" whether it did or not.
    """
    runs = unmarked(" ".join(text.split()) if "\n" in text else text)
    said = plain(runs)
    used = tuple(one for one in inserted if one.text in said)
    given = _given(said, passage, parts, used)
    if given:
        changed = len(given) > 1 or bool(used) or said.startswith(_CUT) or said.endswith(ELLIPSIS)
        return Reading(given, runs, changed, used)
    found = _found_in(said, passage, used)
    if found is None or any(map(keeps_meaning, left_out(found[0], passage))):
        return None
    pieces, tokens = found
    goes_on = bool(passage[pieces[-1][1] :].strip(_ENDS))
    shown = " ".join(tokens) + ELLIPSIS * goes_on
    trimmed = goes_on or len(pieces) > 1 or bool(used) or tokens[0] == _CUT
    return Reading(pieces, runs if said == shown else _as_bold(runs, shown), trimmed, used)


def lost_word(text: str, passage: str, inserted: Sequence[Insertion] = ()) -> str:
    """The word that keeps a text of the passage's own words from being the source's, such as a hedge left out."""
    pieces = pieces_of(plain(unmarked(text)), passage, inserted)
    return next((word for cut in left_out(pieces, passage) if (word := kept_word(cut))), "") if pieces else ""


def joined(pieces: tuple[Piece, ...], passage: str) -> str:
    """The words of the pieces, with a mark where words are left out between them."""
    return " … ".join(passage[slice(*piece)] for piece in pieces)


def left_out(pieces: tuple[Piece, ...], passage: str) -> list[str]:
    """The words before, between and after the pieces."""
    starts = [*(start for start, _ in pieces), len(passage)]
    return [passage[end:start] for end, start in zip([0, *(end for _, end in pieces)], starts, strict=True)]


def _given(text: str, passage: str, parts: tuple[str, ...], inserted: Sequence[Insertion]) -> tuple[Piece, ...]:
    """The pieces that `parts` name, if the text has just their words beside marks and an editor's words."""
    numbers = [part.partition("-") for part in parts]
    pieces = tuple((int(start), int(end)) for start, _, end in numbers)
    own = "".join(token for token in _tokens(text, inserted) if isinstance(token, str) and token != _CUT)
    said = "".join(passage[slice(*piece)] for piece in pieces)
    return pieces if pieces and "".join(own.split()) == "".join(said.replace(f" {_CUT}", "").split()) else ()


def pieces_of(text: str, passage: str, inserted: Sequence[Insertion] = ()) -> tuple[Piece, ...] | None:
    """The pieces of `passage` that the text is made of, in its order; none if it is not."""
    found = _found_in(text, passage, inserted)
    return found[0] if found else None


def _found_in(text: str, passage: str, inserted: Sequence[Insertion]) -> tuple[tuple[Piece, ...], list[str]] | None:
    """The pieces that the text is in one stretch, else those between marks; with what is shown of it, word for word."""
    whole = _found(text.strip(), passage, 0) or _found(text.removesuffix(_CUT).strip(), passage, 0)
    if whole:
        return (whole,), [passage[slice(*whole)]]
    found: list[Piece] = []
    shown: list[str] = []
    before: list[Token] = []
    position = 0
    tokens = _tokens(text, inserted)
    for token in tokens:
        if isinstance(token, Insertion) or token == _CUT:
            before.append(token)
            shown.append(token if isinstance(token, str) else token.text)
            continue
        at = _found(token, passage, position) or (
            token is tokens[-1] and _found(token.rstrip(_ENDS), passage, position)
        )
        if not at or (found and not _may_follow(before, passage[position : at[0]])):
            return None
        found.append(at)
        shown.append(passage[slice(*at)])
        before, position = [], at[1]
    shown = shown[:-1] if before[-1:] == [_CUT] else shown
    return (tuple(found), shown) if found else None


def _tokens(text: str, inserted: Sequence[Insertion]) -> list[Token]:
    """The text cut at its marks and at an editor's words."""
    by_text = {one.text: one for one in inserted}
    own = "|".join([r"(?:(?<=\s)|^)…(?=\s|$)|…$", *map(re.escape, by_text)])
    pieces = (piece.strip() for piece in re.split(f"({own})", text))
    return [by_text.get(piece, piece) for piece in pieces if piece]


def _may_follow(before: Sequence[Token], gap: str) -> bool:
    """Whether a piece may follow the last, with these tokens and so much of the passage left out between them."""
    if _CUT in before or not gap.strip():
        return True
    return any(isinstance(token, Insertion) and len(gap.split()) <= max(1, token.end - token.start) for token in before)


def _found(words: str, passage: str, position: int) -> Piece | None:
    """Where `words` stand in `passage` from `position` on, whole words, white space as it may be."""
    if not words:
        return None
    match = _whole_words(words, r"\s+".join(map(re.escape, words.split()))).search(passage, position)
    return match.span() if match else None


def verbatim(words: str, loosely: bool = False) -> re.Pattern[str]:
    """What finds just these words, and no part of a longer one; `loosely`, in any case of letters and white space."""
    if loosely:
        return _whole_words(words, r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    return _whole_words(words, re.escape(words))


def _whole_words(words: str, pattern: str, flags: int = 0) -> re.Pattern[str]:
    start = r"(?<!\w)" if words[:1].isalnum() else ""
    return re.compile(start + pattern + (r"(?!\w)" if words[-1:].isalnum() else ""), flags)


def _as_bold(runs: tuple[Run, ...], shown: str) -> tuple[Run, ...]:
    """`shown` with the words in bold that are so in `runs`, as far as they stand there in this order."""
    made: list[Run] = []
    position = 0
    for run in (run for run in runs if run.bold):
        at = shown.find(run.text, position)
        if at >= 0:
            made += [Run(shown[position:at]), Run(run.text, bold=True)]
            position = at + len(run.text)
    return merged((*made, Run(shown[position:])))
