"""What each build depended on and what it wrote, so that what has not changed is not built again.

A record is kept in the cache folder for each outline and the folder it is built to. It may be deleted at any time.
"""

import os
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from briefgen.compiled import recalled, remembered
from briefgen.epoch import VARIABLE as EPOCH
from briefgen.evidence import SUFFIX, load_evidence
from briefgen.library.states import ABSENT, States
from briefgen.problems import Problem, has_errors
from briefgen.results import BuildOptions, BuildResult


class Record(Struct, frozen=True):
    """One build: what was asked for, the patterns of what it looked at, the files' states by path, and the result.

    `written` has the SHA-256 of each output by its name.
    """

    asked: dict[str, str]
    patterns: tuple[str, ...]
    inputs: dict[str, str]
    written: dict[str, str]
    result: BuildResult


class _Begun(Struct, frozen=True):
    """The digests of what a build found of its own in its folder, and of what it began to write there."""

    digests: tuple[str, ...]


class Standing(Struct, frozen=True):
    """What is known of an outline before it is built: the result that still holds, or else why it is built."""

    result: BuildResult | None = None
    why: tuple[str, ...] = ()


def standing(outline: Path, options: BuildOptions, states: States) -> Standing:
    """Whether all that a build depends on, and all that it wrote, is as it was."""
    known = recalled(_name(outline, options), Record)
    if known is None:
        return Standing(why=("it was not built here before",))
    why = (*_asked_otherwise(known.asked, _asked(outline, options)), *_changed(known, options.folder, states))
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


def begin(outline: Path, options: BuildOptions, files: dict[str, str]) -> frozenset[str]:
    """The digests of what is in an outline's folder by builds of it, as far as records and evidence tell.

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
    return frozenset(found)


def _name(outline: Path, options: BuildOptions) -> str:
    place = f"{os.path.abspath(outline)}\n{os.path.abspath(options.folder)}"
    return f"build {sha256(place.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"


def _begun(outline: Path, options: BuildOptions) -> str:
    return f"begun {_name(outline, options)}"


def _asked(outline: Path, options: BuildOptions) -> dict[str, str]:
    """What was asked for, as far as a result depends on it: it names files as they are seen from the current folder."""
    return {
        "--to": ",".join(options.formats),
        "--sources": " ".join(options.sources),
        "--citations": options.citations or "",
        "--template": options.template or "",
        "the way the outline is named": str(outline),
        "the way the folder is named": str(options.folder),
        "the current folder": os.getcwd(),
        EPOCH: os.environ.get(EPOCH, ""),
    }


def _asked_otherwise(before: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    return tuple(f"{name} is another" for name in now if before.get(name) != now[name])


def _changed(known: Record, folder: Path, states: States) -> tuple[str, ...]:
    """What is not as it was of the inputs, then of the outputs, each with what became of it."""
    now = states.of(known.patterns)
    inputs = (
        f"{path} {_became(known.inputs.get(path, ABSENT), now.get(path, ABSENT))}"
        for path in sorted({*known.inputs, *now})
        if known.inputs.get(path, ABSENT) != now.get(path, ABSENT)
    )
    outputs = (
        f"{folder / name} {_became(digest, found)}"
        for name, digest in known.written.items()
        if (found := states.of_file(folder / name)) != digest
    )
    return (*inputs, *outputs)


def _became(before: str, now: str) -> str:
    if now == ABSENT:
        return "is gone"
    return "is new" if before == ABSENT else "has changed"


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ABSENT
