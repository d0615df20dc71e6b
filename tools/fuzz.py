"""Looks for inputs that make briefgen raise, hang, or say a problem without its place.

Usage: python tools/fuzz.py [--minutes N] [--target NAME]... [--seed N] [--save FOLDER] [--atheris]

Spoils good files of every kind that users and strangers write, and gives them to the commands that read them. A target
is named whole or by its group: yaml, readers, templates, bibliographies, verify; without one, all take turns. What is
found is printed once for each place in the program, and the input is saved. With --atheris, if atheris is installed,
one target is guided by what its inputs reach; seeds are then those of its corpus.
"""

import argparse
import os
import re
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

os.environ.setdefault("BRIEFGEN_CACHE", "")  # what was read is no matter here, and must not be taken from last time

from fuzz_targets import TARGETS, Target

_PATIENCE = 30
"""Seconds after which an input hangs."""
_KEPT_SEEDS = 50


class HangError(BaseException):
    """The input took too long; no part of the program may take this for a problem of its own."""


class Findings:
    """What was found, by its place in the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count: dict[str, int] = {}

    def add(self, target: Target, data: bytes, reason: BaseException) -> None:
        """Counts a finding; the first of its place is printed and saved."""
        place = _place(reason)
        self.count[place] = self.count.get(place, 0) + 1
        if self.count[place] > 1:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        file = self.folder / f"{target.name.replace('/', '-').replace(' ', '-')}-{len(self.count)}"
        file.write_bytes(data)
        print(f"FOUND by {target.name} ({len(data):,} bytes, saved as {file})", flush=True)
        print("".join(traceback.format_exception(reason)[-6:]), flush=True)


def main(arguments: Sequence[str]) -> int:
    """Fuzzes as long as was asked for; 1 where something was found."""
    asked = _asked(arguments)
    chosen = [one for one in TARGETS if not asked.target or {one.name, one.group} & set(asked.target)]
    if not chosen:
        print(f"targets: {', '.join(one.name for one in TARGETS)}", file=sys.stderr)
        return 2
    if asked.atheris:
        return _guided(chosen[0], asked.minutes)
    findings = Findings(Path(asked.save))
    with tempfile.TemporaryDirectory() as held:
        counts = _fuzz(chosen, asked.minutes * 60, Random(asked.seed), Path(held) / "project", findings)
    for name, count in counts.items():
        print(f"{name}: {count:,} inputs")
    print(f"{sum(counts.values()):,} inputs in {asked.minutes:g} minutes, {len(findings.count)} findings")
    for place, count in findings.count.items():
        print(f"  {count} x {place}")
    return int(bool(findings.count))


def _asked(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--target", action="append", default=[])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save", default="fuzz-findings")
    parser.add_argument("--atheris", action="store_true")
    return parser.parse_args(arguments)


def _fuzz(
    targets: Sequence[Target], seconds: float, random: Random, folder: Path, findings: Findings
) -> dict[str, int]:
    """How many inputs each target was given. Good inputs that were spoiled once may be spoiled again."""
    seeds = {one.name: list(one.seeds()) for one in targets}
    counts = dict.fromkeys(seeds, 0)
    spent = dict.fromkeys(seeds, 0.0)
    end = time.monotonic() + seconds
    while (now := time.monotonic()) < end:
        target = min(targets, key=lambda one: spent[one.name])
        known = seeds[target.name]
        data = target.mutate(random, random.choice(random.choice((known, target.seeds()))), known)
        try:
            with _patience():
                target.run(folder, data)
        except (Exception, HangError) as reason:
            findings.add(target, data, reason)
        else:
            known.append(data)
            if len(known) > _KEPT_SEEDS:
                del known[random.randrange(len(target.seeds()), len(known))]
        counts[target.name] += 1
        spent[target.name] += time.monotonic() - now
    return counts


@contextmanager
def _patience() -> Iterator[None]:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise HangError(f"more than {_PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(_PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _place(reason: BaseException) -> str:
    """The kind of an exception, and the last line of the program, and of all, that it passed."""
    frames = traceback.extract_tb(reason.__traceback__)
    ours = [f"{Path(one.filename).name}:{one.lineno}" for one in frames if "briefgen" in one.filename]
    last = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    words = re.sub(r"'[^']*'|\d+", "_", str(reason))[:60] if type(reason).__name__ == "NoPlaceError" else ""
    return f"{type(reason).__name__} at {ours[-1] if ours else ''} {last} {words}".strip()


def _guided(target: Target, minutes: float) -> int:
    """Lets atheris choose the inputs; it ends the program itself."""
    try:
        import atheris
    except ImportError:
        print("atheris is not installed; without --atheris files are spoiled by chance", file=sys.stderr)
        return 2
    corpus = Path(tempfile.mkdtemp(prefix="briefgen-corpus-"))
    for number, seed in enumerate(target.seeds()):
        (corpus / str(number)).write_bytes(seed)
    folder = corpus.with_name(f"{corpus.name}-project")
    atheris.instrument_all()
    atheris.Setup(
        [sys.argv[0], f"-max_total_time={int(minutes * 60)}", str(corpus)], lambda data: target.run(folder, data)
    )
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
