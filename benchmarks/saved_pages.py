"""How fast the reader of saved pages is beside bare trafilatura.

    python benchmarks/saved_pages.py PAGE_OR_FOLDER... [--rounds N]

trafilatura extracts the article with its metadata; briefgen also finds each passage again in the file, with its links,
and names the place of each date. Both read every page (.html, .htm or the same with .gz) in turn, and the best round
counts.
"""

import argparse
import gzip
import logging
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import trafilatura

from briefgen.readers import read

ENDINGS = (".html", ".htm", ".html.gz", ".htm.gz")


def by_trafilatura(data: bytes) -> None:
    """Article and metadata."""
    trafilatura.extract(data, favor_precision=True, include_comments=False, with_metadata=True)


def by_briefgen(data: bytes) -> None:
    """The whole reader."""
    read(sha256(data).hexdigest()[:8], "page.html", data)


SIDES: dict[str, Callable[[bytes], None]] = {"trafilatura": by_trafilatura, "briefgen": by_briefgen}


def seconds(side: Callable[[bytes], None], data: bytes) -> float:
    """How long `side` takes for the page."""
    start = perf_counter()
    side(data)
    return perf_counter() - start


def pages(paths: list[Path]) -> Iterator[bytes]:
    """The pages named, and those of the folders named, unpacked."""
    for path in paths:
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        for file in inside:
            if file.name.endswith(ENDINGS):
                yield gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()


def main() -> None:
    """Reads the command line, measures and prints pages a second, and how many times as fast briefgen is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    logging.disable()
    found = list(pages(options.paths))
    if not found:
        parser.error("no pages there")
    sums = dict.fromkeys(SIDES, 0.0)
    for data in found:
        rounds = [{name: seconds(side, data) for name, side in SIDES.items()} for _ in range(options.rounds)]
        for name in SIDES:
            sums[name] += min(times[name] for times in rounds)
    print(f"{len(found)} pages, {sum(map(len, found)) / 1e6:.1f} MB")
    for name, total in sums.items():
        print(f"{name:12}{len(found) / total:8.0f} pages/s")
    print(f"briefgen: {sums['trafilatura'] / sums['briefgen']:.2f} x")


if __name__ == "__main__":
    main()
