"""How long it takes from the save of an outline to its new deck, with `briefgen build --watch`.

python benchmarks/watch.py OUTLINE [--sources PATH] [--rounds N]
"""

import argparse
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, sleep

HELD = 0.5
"""Seconds."""


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outline", type=Path)
    parser.add_argument("--sources", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        outline = Path(name, options.outline.name)
        text = options.outline.read_text("utf-8")
        outline.write_text(text, "utf-8")
        command = [sys.executable, "-m", "briefgen", "build", str(outline), "--sources", str(options.sources)]
        command += ["--to", "pptx", "--out", str(Path(name, "out")), "--watch"]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            assert run.stderr
            next(line for line in run.stderr if "watching" in line)
            deck = Path(name, "out", f"{outline.stem}.pptx")
            times = [_save_to_deck(outline, text, number, deck) for number in range(options.rounds)]
        finally:
            run.kill()
            run.wait()
    print(f"from a save to the new deck: {min(times):.2f} to {max(times):.2f} s ({HELD} held)")


def _save_to_deck(outline: Path, text: str, number: int, deck: Path) -> float:
    sleep(1)
    before = deck.stat().st_mtime_ns
    lines = (f"{line} {number}" if line.startswith("title:") else line for line in text.splitlines())
    start = perf_counter()
    outline.write_text("\n".join(lines) + "\n", "utf-8")
    while deck.stat().st_mtime_ns == before:
        sleep(0.005)
    return perf_counter() - start


if __name__ == "__main__":
    main()
