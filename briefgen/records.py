"""What each build depended on and what it wrote, so that what has not changed is not built again.

A record is kept in the cache folder for each outline and the folder it is built to, and for each outline the Brief that
was composed of it last, for its next format or look. Both may be deleted at any time.
"""

import os
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compiled import recalled, remembered
from briefgen.epoch import VARIABLE as EPOCH
from briefgen.evidence import SUFFIX, load_evidence
from briefgen.library.states import ABSENT, States
from briefgen.model import Brief
from briefgen.problems import Problem, has_errors
from briefgen.results import BuildOptions, BuildResult
from briefgen.writing import Own


class Record(Struct, frozen=True):
    """One build: what was asked for, the patterns of what it looked at, the files' states by path, and the result.

    `written` has the SHA-256 of each output by its name.
    """

    asked: dict[str, str]
    patterns: tuple[str, ...]
    inputs: dict[str, str]
    written: dict[str, str]
    result: BuildResult


class KeptBrief(Struct, frozen=True):
    """What is composed of an outline with the problems on the way, and the patterns of what it depends on.

    `asked` and `inputs` are those of `Record`.
    """

    brief: Brief | None
    problems: tuple[Problem, ...]
    patterns: tuple[str, ...]
    asked: dict[str, str] = {}
    inputs: dict[str, str] = {}


class _Begun(Struct, frozen=True):
    """The digests of what a build found of its own in its folder, and of what it began to write there."""

    digests: tuple[str, ...]


class Standing(Struct, frozen=True):
    """What is known of an outline before it is built: the result that still holds, or else why it is built."""

    result: BuildResult | None = None
    why: tuple[str, ...] = ()


def standing(outline: Path, options: BuildOptions, states: States) -> Standing:
    """Whether all that a build depends on, and all that it wrote, is as it was."""
    if options.force:
        return Standing(why=("--force is given",))
    known = recalled(_name(outline, options), Record)
    if known is None:
        return Standing(why=("it was not built here before",))
    why = (
        *_asked_otherwise(known.asked, _asked(outline, options)),
        *_changed(known.patterns, known.inputs, states),
        *_changed_outputs(known.written, options.folder, states),
    )
    return Standing(why=why) if why else Standing(replace(known.result, unchanged=True))


def keep(
    outline: Path, options: BuildOptions, patterns: tuple[str, ...], files: dict[str, str], result: BuildResult, at: int
) -> None:
    """Keeps what a build that began `at` a time, in nanoseconds, depended on, and the digests of what it wrote.

    One with errors is not kept, since they may have passed by the next run; nor one whose inputs changed meanwhile.
    """
    states = States()
    inputs = states.of(patterns)
    states.close()
    if states.latest < at and not has_errors(result.problems) and result.outputs:
        record = Record(_asked(outline, options), patterns, inputs, files, result)
        remembered(_name(outline, options), record)


def brief_before(outline: Path, options: BuildOptions) -> KeptBrief | None:
    """What was composed of an outline before, if all that it depends on is as it was."""
    known = recalled(_brief_name(outline), KeptBrief)
    if known is None or _asked_otherwise(known.asked, _asked_of_brief(outline, options)):
        return None
    states = States()
    changed = _changed(known.patterns, known.inputs, states)
    states.close()
    return None if changed else known


def keep_brief(outline: Path, options: BuildOptions, kept: KeptBrief, at: int) -> None:
    """Keeps what was composed from `at` a time on, in nanoseconds, as `keep` does a build."""
    states = States()
    inputs = states.of(kept.patterns)
    states.close()
    if states.latest < at and kept.brief and not has_errors(kept.problems):
        remembered(_brief_name(outline), replace(kept, asked=_asked_of_brief(outline, options), inputs=inputs))


def begin(outline: Path, options: BuildOptions, files: dict[str, str]) -> Own:
    """What is in an outline's folder by builds of it, as far as records and evidence tell.

    What is about to be written, by name, is noted before: a run that is killed between two files leaves some of each.
    The evidence itself is always ours.
    """
    known = recalled(_name(outline, options), Record)
    begun = recalled(_begun(outline, options), _Begun)
    evidence = load_evidence(options.folder / f"{outline.stem}{SUFFIX}")
    listed = () if isinstance(evidence, Problem) else (one.sha256 for one in evidence.outputs)
    ours = {*(known.written.values() if known else ()), *(begun.digests if begun else ()), *listed}
    there = {name: _digest(options.folder / name) for name in files}
    found = {digest for name, digest in there.items() if digest in ours or name.endswith(SUFFIX)}
    remembered(_begun(outline, options), _Begun(tuple(sorted({*found, *files.values()}))))
    return Own(frozenset(found), outline.stem, f"{outline.stem}{SUFFIX}")


def _name(outline: Path, options: BuildOptions) -> str:
    place = f"{os.path.abspath(outline)}\n{os.path.abspath(options.folder)}"
    return f"build {_short(place)}"


def _brief_name(outline: Path) -> str:
    return f"brief {_short(os.path.abspath(outline))}"


def _short(place: str) -> str:
    return sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _begun(outline: Path, options: BuildOptions) -> str:
    return f"begun {_name(outline, options)}"


def _asked(outline: Path, options: BuildOptions) -> dict[str, str]:
    """What was asked for, as far as a result depends on it: it names files as they are seen from the current folder."""
    formats = {"--to": ",".join(options.formats), "the way the folder is named": str(options.folder)}
    return {**formats, **_asked_of_brief(outline, options)}


def _asked_of_brief(outline: Path, options: BuildOptions) -> dict[str, str]:
    return {
        "--sources": " ".join(options.sources),
        "--citations": options.citations or "",
        "--template": options.template or "",
        "the way the outline is named": str(outline),
        "the current folder": os.getcwd(),
        EPOCH: os.environ.get(EPOCH, ""),
    }


def _asked_otherwise(before: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    return tuple(f"{name} is another" for name in now if before.get(name) != now[name])


def _changed(patterns: Sequence[str], before: dict[str, str], states: States) -> tuple[str, ...]:
    """The files that patterns lead to and that are not as they were, each with what became of it."""
    now = states.of(patterns)
    return tuple(
        f"{path} {_became(before.get(path, ABSENT), now.get(path, ABSENT))}"
        for path in sorted({*before, *now})
        if before.get(path, ABSENT) != now.get(path, ABSENT)
    )


def _changed_outputs(written: dict[str, str], folder: Path, states: States) -> tuple[str, ...]:
    return tuple(
        f"{folder / name} {_became(digest, found)}"
        for name, digest in written.items()
        if (found := states.of_file(folder / name)) != digest
    )


def _became(before: str, now: str) -> str:
    if now == ABSENT:
        return "is gone"
    return "is new" if before == ABSENT else "has changed"


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ABSENT
