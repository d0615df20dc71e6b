"""Kill builds at random moments and look at what is left: no half file, a sound library, and a next run that is right.

Usage: python tools/kill_builds.py PROJECT [--times N] [--seed N] [--to FORMATS] [--jobs N]

PROJECT is a folder with `outline.yaml` and what it needs. It is copied, its outline four times under other names; each
build is killed with SIGKILL, and the titles are changed before the next. Prints what is wrong; the exit status is 1
where anything is.
"""

import argparse
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

COPIES = 4


def titled(project: Path, title: int) -> None:
    """Writes the copies of the outline under a title."""
    lines = (project / "outline.yaml.as-it-was").read_text("utf-8").splitlines()
    for number in range(COPIES):
        text = "\n".join(f"{line} {title}" if line.startswith("title:") else line for line in lines)
        (project / f"outline-{number}.yaml").write_text(f"{text}\n", "utf-8")


def start(project: Path, out: str, cache: Path, options: argparse.Namespace) -> "subprocess.Popen[bytes]":
    """A build of all outlines to a folder."""
    command = [sys.executable, "-m", "briefgen", "build", ".", "--quiet", "--out", out]
    command += ["--to", options.to, "--jobs", str(options.jobs)]
    return subprocess.Popen(
        command, cwd=project, stderr=subprocess.DEVNULL, env={**os.environ, "BRIEFGEN_CACHE": str(cache)}
    )


def halves(folder: Path) -> Iterator[str]:
    """The files that are not whole; what waits to be put in place has a name with a dot before it."""
    for path in sorted(folder.glob("[!.]*")):
        data = path.read_bytes()
        try:
            if path.suffix in (".pptx", ".docx", ".odt"):
                with zipfile.ZipFile(path) as package:
                    whole = package.testzip() is None
            elif path.suffix == ".json":
                whole = bool(json.loads(data))
            else:
                whole = data.rstrip().endswith((b"%%EOF", b"</html>"))
        except (zipfile.BadZipFile, ValueError):
            whole = False
        if not whole:
            yield f"{path.name} is no whole file"


def damage(cache: Path) -> Iterator[str]:
    """What is wrong with the library."""
    for path in cache.glob("library-*.sqlite"):
        with sqlite3.connect(path, timeout=30) as database:
            found = database.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                yield f"the library is damaged: {found}"


def main() -> int:
    """Reads the command line, kills, looks and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", type=Path)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--to", default="pptx,html")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    random, wrong = Random(options.seed), []
    with TemporaryDirectory() as name:
        project, cache = Path(name, "project"), Path(name, "cache")
        shutil.copytree(options.project, project)
        (project / "outline.yaml").rename(project / "outline.yaml.as-it-was")
        titled(project, 0)
        before = perf_counter()
        start(project, "out", cache, options).wait()
        lasts = perf_counter() - before
        for number in range(1, options.times + 1):
            titled(project, number)
            run = start(project, "out", cache, options)
            sleep(random.uniform(0, lasts))
            run.send_signal(signal.SIGKILL)
            run.wait()
            wrong += [f"after {number}: {one}" for one in (*halves(project / "out"), *damage(cache))]
        sleep(1)
        status = start(project, "out", cache, options).wait()
        start(project, "fresh", Path(name, "another cache"), options).wait()
        wrong += [f"the next run has the status {status}"] * bool(status)
        wrong += differences(project / "out", project / "fresh")
    print("\n".join(wrong) if wrong else f"{options.times} builds were killed; nothing was wrong")
    return bool(wrong)


def differences(out: Path, fresh: Path) -> list[str]:
    """What a folder does not hold as one that was built undisturbed."""
    names = {path.name for folder in (out, fresh) for path in folder.iterdir()}
    files = ((name, out / name, fresh / name) for name in sorted(names))
    return [
        f"{name} is not what an undisturbed build makes"
        for name, one, other in files
        if not (one.exists() and other.exists() and one.read_bytes() == other.read_bytes())
    ]


if __name__ == "__main__":
    sys.exit(main())
