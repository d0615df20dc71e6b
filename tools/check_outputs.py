"""Check what was built, as its users meet it: the words, the package, the pages, the bytes.

Usage: python tools/check_outputs.py

Looks at every deck in `output/`, at the shipped outlines built into a temporary folder from the real documents that may
lie beside the checkout, and at the stress set (`stress_set.py`). Prints a line for each check; the exit status is 1
where one fails.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import check_fit
import stress_set

ROOT = Path(__file__).parents[1]
OUTLINES = ROOT / "outlines"
OUTPUT = ROOT / "output"
BESIDE = ROOT.parent / "shared"
DOCUMENTS = BESIDE / "sources"
VALIDATOR = BESIDE / "ooxml-xsd" / "validate.py"

SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
PAGES = re.compile(r"^Pages:\s+(\d+)", re.MULTILINE)
EDITED_FORMATS = ("docx", "odt", "pptx")
HASH_SEEDS = ("0", "1")
MOST_ERRORS = 20
"""Errors that are listed for each part of a package."""
SECONDS_AT_MOST = 600

Faults = list[str]


def main() -> int:
    """0 where every check passes, else 1."""
    with TemporaryDirectory() as folder:
        made = Path(folder)
        decks = sorted(OUTPUT.glob("*.pptx"))
        passed = [_report("there are decks in output/", [] if decks else ["there is none; run `make demo` first"])]
        if DOCUMENTS.is_dir():
            passed.append(_report("the real documents build", _build(made / "real", DOCUMENTS)))
            decks += sorted((made / "real").glob("*.pptx"))
        else:
            print("skipped: there is no folder of real documents beside the checkout")
        passed.append(_report("the stress set builds", stressed(made / "stress")))
        decks += sorted((made / "stress").glob("*/*.pptx"))
        passed.append(_report("every statement is found again", verified(decks)))
        passed.append(_report("LibreOffice draws a page for each slide", drawn(decks, made / "pdf")))
        passed.append(_report("text stays in its boxes", fitting(decks)))
        if VALIDATOR.is_file():
            passed.append(_report("the packages follow the schemas", valid(decks)))
        else:
            print("skipped: there is no validator of packages beside the checkout")
        passed.append(_report("the same inputs give the same bytes", repeated(made)))
        passed.append(_report("handouts for word processors hold, also saved by LibreOffice", worded(made / "word")))
    return 0 if all(passed) else 1


def stressed(folder: Path) -> Faults:
    """The outlines of the stress set of which no deck is made, or with a traceback. They have errors, and are to."""
    faults = []
    for outline in stress_set.main(folder):
        done = _briefgen("build", str(outline), "--out", str(folder / "out"))
        made = done.returncode in (0, 1) and (folder / "out" / f"{outline.stem}.pptx").is_file()
        faults += [f"{done.stdout}{done.stderr}"] if not made or "Traceback" in done.stderr else []
    return faults


def verified(decks: Iterable[Path]) -> Faults:
    """What `briefgen verify` says of each deck and its handout, where it does not find every statement."""
    faults = []
    for deck in decks:
        files = [deck, deck.with_name(f"{deck.stem}-handout.html")]
        done = _briefgen("verify", *map(str, files))
        faults += [f"{deck.stem}: {done.stdout}{done.stderr}"] if done.returncode else []
    return faults


def drawn(decks: Iterable[Path], folder: Path) -> Faults:
    """The decks whose PDF has not as many pages as the deck has slides."""
    missing = [program for program in ("soffice", "pdfinfo") if not shutil.which(program)]
    if missing:
        return [f"{program} is not installed" for program in missing]
    faults = []
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    for number, deck in enumerate(decks):
        out = folder / str(number)
        _run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), str(deck))
        pdf = out / f"{deck.stem}.pdf"
        found = PAGES.search(_run("pdfinfo", str(pdf)).stdout) if pdf.is_file() else None
        with zipfile.ZipFile(deck) as package:
            slides = sum(bool(SLIDE.fullmatch(name)) for name in package.namelist())
        pages = int(found[1]) if found else 0
        faults += [f"{deck}: {slides} slides, {pages} pages"] if pages != slides or not slides else []
    return faults


def fitting(decks: Iterable[Path]) -> Faults:
    """What `check_fit.py` says of each deck that does not pass."""
    reports = [check_fit.check(deck) for deck in decks]
    return ["\n    ".join(check_fit.as_text(report)) for report in reports if not report.passed]


def valid(decks: Iterable[Path]) -> Faults:
    """The errors that the validator beside the checkout finds in the packages."""
    check = _validator()
    found = {deck: check(str(deck), MOST_ERRORS) for deck in decks}
    return [f"{deck}: {fault}" for deck, result in found.items() for fault in (result[0] if result else ["unreadable"])]


def repeated(folder: Path) -> Faults:
    """The files that differ between builds under two hash seeds, from the sample corpus and the real documents."""
    faults = []
    corpora: list[tuple[str, Path | None]] = [("sample", None), *([("real", DOCUMENTS)] if DOCUMENTS.is_dir() else [])]
    for name, sources in corpora:
        runs = [folder / f"{name}-{seed}" for seed in HASH_SEEDS]
        for seed, run in zip(HASH_SEEDS, runs, strict=True):
            faults += _build(run, sources, seed)
        first, second = ({path.name: path.read_bytes() for path in run.glob("*")} for run in runs)
        differing = sorted(file for file in {*first, *second} if first.get(file) != second.get(file))
        faults += [f"{name}: {file}" for file in differing] + ([] if first else [f"{name}: nothing was built"])
    return faults


def worded(folder: Path) -> Faults:
    """What is wrong with handouts and decks as they are, and after LibreOffice has saved them again."""
    sources = DOCUMENTS if DOCUMENTS.is_dir() else None
    faults = _build(folder / "made", sources, formats=",".join(EDITED_FORMATS))
    files = sorted(path for ending in EDITED_FORMATS for path in (folder / "made").glob(f"*.{ending}"))
    if VALIDATOR.is_file():
        faults += valid(path for path in files if path.suffix == ".docx")
    if not shutil.which("soffice"):
        return [*faults, "soffice is not installed"]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    again = folder / "again"
    shutil.copytree(folder / "made", again, ignore=shutil.ignore_patterns(*(f"*.{one}" for one in EDITED_FORMATS)))
    for path in files:
        _run("soffice", profile, "--headless", "--convert-to", path.suffix[1:], "--outdir", str(again), str(path))
    for path in (*files, *(again / path.name for path in files)):
        given = ("--sources", str(sources)) if sources else ()
        done = _briefgen("verify", str(path), *given)
        faults += [f"{path.name}: {done.stdout}{done.stderr}"] if done.returncode else []
    return faults if files else [*faults, "nothing was built"]


def _build(out: Path, sources: Path | None, seed: str = "random", formats: str = "pptx,html") -> Faults:
    given = ("--sources", str(sources)) if sources else ()
    done = _briefgen("build", str(OUTLINES), *given, "--force", "--to", formats, "--out", str(out), seed=seed)
    return [f"{done.stdout}{done.stderr}"] if done.returncode else []


def _validator() -> Callable[[str, int], Any]:
    spec = importlib.util.spec_from_file_location("validate", VALIDATOR)
    assert spec is not None
    assert spec.loader is not None
    sys.dont_write_bytecode = True  # the folder beside the checkout is not ours to write to
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    check: Callable[[str, int], Any] = module.check
    return check


def _briefgen(*arguments: str, seed: str = "random") -> subprocess.CompletedProcess[str]:
    return _run(sys.executable, "-m", "briefgen", *arguments, seed=seed)


def _run(*command: str, seed: str = "random") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=SECONDS_AT_MOST,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )


def _report(what: str, faults: Faults) -> bool:
    for fault in faults:
        print(f"    {fault.strip()}")
    print(f"{'FAILED' if faults else 'ok'}: {what}", flush=True)
    return not faults


if __name__ == "__main__":
    sys.exit(main())
