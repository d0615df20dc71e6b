"""How fast the PDF reader is beside bare pypdfium2 and pypdf.

    python benchmarks/pdf.py FILE_OR_FOLDER... [--rounds N]

pypdfium2 and pypdf only give the text of each page; briefgen makes headings, paragraphs and footnotes of it, and takes
the running heads out. All read every file that opens in turn, and the best round counts.
"""

import argparse
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pypdf
import pypdfium2

from briefgen.readers.document import File
from briefgen.readers.pdf import read


def by_briefgen(data: bytes) -> None:
    """The whole reader."""
    read(File("a", "a.pdf", sha256(data).hexdigest(), data))


def by_pypdfium2(data: bytes) -> None:
    """The text of each page."""
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            page.get_textpage().get_text_bounded()


def by_pypdf(data: bytes) -> None:
    """The text of each page."""
    for page in pypdf.PdfReader(BytesIO(data)).pages:
        page.extract_text()


SIDES: dict[str, Callable[[bytes], None]] = {"pypdfium2": by_pypdfium2, "pypdf": by_pypdf, "briefgen": by_briefgen}


def seconds(side: Callable[[bytes], None], data: bytes) -> float:
    """How long `side` takes for the file."""
    start = perf_counter()
    side(data)
    return perf_counter() - start


def files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and the PDFs of the folders named."""
    for path in paths:
        yield from sorted(path.glob("*.pdf")) if path.is_dir() else [path]


def main() -> None:
    """Reads the command line, measures and prints pages a second, and how many times as fast briefgen is."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    pages, sums = 0, dict.fromkeys(SIDES, 0.0)
    for path in files(options.paths):
        data = path.read_bytes()
        try:
            with pypdfium2.PdfDocument(data) as document:
                pages += len(document)
        except pypdfium2.PdfiumError:
            continue
        rounds = [{name: seconds(side, data) for name, side in SIDES.items()} for _ in range(options.rounds)]
        for name in SIDES:
            sums[name] += min(times[name] for times in rounds)
    if not pages:
        parser.error("no PDFs there")
    print(f"{pages} pages")
    for name, total in sums.items():
        ratio = f"   briefgen: {total / sums['briefgen']:.2f} x" if name != "briefgen" else ""
        print(f"{name:12}{pages / total:10.0f} pages/s{ratio}")


if __name__ == "__main__":
    main()
