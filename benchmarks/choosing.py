"""How much of what a student must be told gets on the slides.

    python benchmarks/choosing.py DOCUMENTS [--subjects NAME...] [--statements]

DOCUMENTS is the folder of real documents beside the project. The lectures in tests/facts are composed, six slides a
section. For each topic this prints how many of its facts the slides of its section tell (and which not, with the
section that tells them instead), the statements and slides, the share of the source that most are of, and the median of
words. A fact that two sections tell counts in its own. `--statements` prints all that is shown, for a person to judge.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from told import SUBJECTS, Fact, Telling, tellings


def elsewhere(fact: Fact, told: Sequence[Telling]) -> str:
    """The sections that tell a fact that its own misses, in brackets."""
    topics = [one.topic for one in told if any(fact.told_by(shown.text) for shown in one.shown)]
    return f" [told in {', '.join(topics)}]" if topics else ""


def report(name: str, told: Sequence[Telling]) -> tuple[int, int]:
    """Prints what a subject's deck tells; how many facts that is, and of how many."""
    print(f"\n{name}")
    for one in told:
        source, share = one.greatest_source
        total = len(one.found) + len(one.missing)
        print(
            f"  {one.topic:20}{len(one.found):4} of {total:2} facts{len(one.statements):5} statements"
            f"{one.slides:4} slides{share:6.0%} of {source[:12]:12}{one.median_words:5.0f} words"
        )
        for fact in one.missing:
            print(f"      missing: {fact.fact}{elsewhere(fact, told)}")
    found = sum(len(one.found) for one in told)
    return found, found + sum(len(one.missing) for one in told)


def list_shown(told: Sequence[Telling]) -> None:
    """Prints everything shown, by topic, with its slides, kind and sources."""
    for one in told:
        print(f"\n== {one.topic}")
        for shown in one.shown:
            sources = sorted({span.source[:8] for statement in shown.statements for span in statement.spans})
            slides = ",".join(map(str, shown.slides))
            print(f"  {slides:>5}  {shown.kind:9} {','.join(sources)}  {shown.text}")


def main() -> None:
    """Reads the command line, composes and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--subjects", nargs="+", choices=SUBJECTS, default=SUBJECTS)
    parser.add_argument("--statements", action="store_true")
    options = parser.parse_args()
    sums = []
    for name in options.subjects:
        told = tellings(name, options.documents)
        sums.append(report(name, told))
        if options.statements:
            list_shown(told)
    found, total = (sum(column) for column in zip(*sums, strict=True))
    print(f"\nall: {found} of {total} facts ({found / total:.0%})")


if __name__ == "__main__":
    main()
