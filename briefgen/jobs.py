"""Builds of many outlines at once, each in a process of its own; one that fails or dies leaves the others alone."""

import os
import signal
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread

from briefgen.memory import collect_seldom
from briefgen.problems import Location, error
from briefgen.results import BuildOptions, BuildResult

Done = tuple[Path, BuildResult]
_FEWEST = 4
"""Outlines for each process: it takes as long to start as one outline to build."""


def jobs_for(outlines: int) -> int:
    """How many processes are worth starting for so many outlines on this machine."""
    return max(1, min(os.cpu_count() or 1, outlines // _FEWEST))


def build_all(outlines: Sequence[Path], options: BuildOptions, jobs: int) -> Iterator[Done]:
    """Builds outlines in at most so many processes, and gives each with its result as it is done."""
    if jobs < 2 or len(outlines) < 2:
        yield from ((path, attempt(path, options)) for path in outlines)
        return
    waiting, suspects = deque(outlines), deque[Path]()
    while waiting or suspects:
        if suspects:
            path = suspects.popleft()
            if (yield from _in_processes(deque([path]), options, 1)):
                yield path, _dead(path)
        else:
            suspects.extend((yield from _in_processes(waiting, options, jobs)))


def attempt(path: Path, options: BuildOptions) -> BuildResult:
    """The result of a build; a mistake in briefgen itself is a problem of this outline alone."""
    from briefgen.build import build

    try:
        return build(path, options)
    except Exception as reason:
        words = " ".join(str(reason).split())
        hint = f"this is a mistake in briefgen; `briefgen build {path} --verbose` shows where"
        fault = error(f"internal error: {type(reason).__name__}: {words}", hint, Location(str(path)))
        return BuildResult(path.stem, problems=(fault,))


def _in_processes(waiting: deque[Path], options: BuildOptions, jobs: int) -> Generator[Done, None, list[Path]]:
    """Gives results as outlines are done, and takes of those that wait no more than are built at a time.

    When a process dies, it returns those that were being built: any of them may be the reason.
    """
    building: dict[Future[BuildResult], Path] = {}
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin) as pool:
        try:
            while waiting or building:
                while waiting and len(building) < jobs:
                    building[pool.submit(attempt, waiting[0], options)] = waiting[0]
                    waiting.popleft()
                for done in wait(building, return_when=FIRST_COMPLETED).done:
                    result = done.result()
                    yield building.pop(done), result
        except BrokenProcessPool:
            return list(building.values())
    return []


def _begin() -> None:
    """Sets a process up that builds: an interruption is for the one that started it, without which it ends.

    typst sets a page in as many threads as there are processors; among several processes these only get in each
    other's way.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.setdefault("RAYON_NUM_THREADS", "1")
    collect_seldom()
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _dead(path: Path) -> BuildResult:
    hint = "was it out of memory, or stopped from outside? build this outline alone"
    fault = error("the process that built it came to a sudden end", hint, Location(str(path)))
    return BuildResult(path.stem, problems=(fault,))
