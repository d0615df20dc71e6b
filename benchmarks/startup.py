"""How long `briefgen --help` takes, beside Python with click alone, which it cannot do without.

    python benchmarks/startup.py [--rounds N]

The two run in turn, each in a process of its own, so that what else the machine does falls on both; of each the median
and the best are told. The exit status is 1 where the help takes more than 0.15 s, or more than one and a half times
click and 60 ms.
"""

import argparse
import subprocess
import sys
from statistics import median
from time import perf_counter

MOST = 0.15
"""Seconds that the help may take."""
TIMES, MORE = 1.5, 0.06
"""How many times click, and seconds beyond, it may take."""
HELP = (sys.executable, "-m", "briefgen", "--help")
CLICK = (sys.executable, "-c", "import click")


def seconds(command: tuple[str, ...]) -> float:
    """How long a command takes from its start to its end."""
    start = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - start


def verdict(ours: float, click: float) -> list[tuple[str, bool]]:
    """What the help is held to, in words, and whether it held."""
    bound = TIMES * click + MORE
    return [
        (f"{ours:.3f} s <= {MOST} s", ours <= MOST),
        (f"{ours:.3f} s <= {TIMES} x import click + {MORE * 1000:.0f} ms = {bound:.3f} s", ours <= bound),
    ]


def main() -> int:
    """Prints what was measured and what held."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=20, help="how often each runs  [default: 20]")
    rounds = max(1, parser.parse_args().rounds)
    for command in (HELP, CLICK):
        seconds(command)  # once for the files to be in memory
    pairs = [(seconds(HELP), seconds(CLICK)) for _ in range(rounds)]
    ours, click = ([pair[place] for pair in pairs] for place in (0, 1))
    for name, times in (("briefgen --help", ours), ('python -c "import click"', click)):
        print(f"{name:26}median {median(times):.3f} s, best {min(times):.3f} s of {rounds}")
    found = verdict(median(ours), median(click))
    for words, held in found:
        print(f"{'held' if held else 'MISSED'}: {words}")
    return 0 if all(held for _, held in found) else 1


if __name__ == "__main__":
    sys.exit(main())
