"""How long a handout takes as a PDF, against typst alone, and whether many take more memory than one.

    python benchmarks/handout.py OUTLINE [--sources PATH] [--rounds N] [--documents N]

Warm: the outline's Brief through `render_pdf`, and the same template over the same data through typst, in one process,
one after the other, since each pays for what typst kept before; all rounds together count. Each round has a title of
its own, since typst keeps what it has set. At most 1.2 times typst is held.
Memory: what the process holds after a tenth of the documents and after all of them; at most a tenth more is held.
"""

import argparse
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import msgspec
import typst
from msgspec.structs import replace

from briefgen.build import BuildOptions, prepare
from briefgen.model import Brief
from briefgen.pictures import album
from briefgen.renderers.handout.pdf import render_pdf, templates, typeset
from briefgen.renderers.handout.typeset import printed_data
from briefgen.renderers.pictures import Pictures

HELD, MORE_MEMORY = 1.2, 1.1


def bare(brief: Brief, pictures: Pictures, fonts: typst.Fonts) -> float:
    """Seconds of processor time that typst takes for the same page, its data made before."""
    with TemporaryDirectory() as folder:
        names = {key: f"/{key}.{one.media_type.rpartition('/')[2]}" for key, one in pictures.items()}
        for key, name in names.items():
            Path(folder, name[1:]).write_bytes(pictures[key].data)
        data = msgspec.json.encode(printed_data(brief, None, names, ()))
        start = process_time()
        typeset({**templates(), "sheet.json": data}, Path(folder), fonts)
        return process_time() - start


def own(brief: Brief, pictures: Pictures) -> float:
    start = process_time()
    render_pdf(brief, pictures)
    return process_time() - start


def held_memory() -> float:
    """MiB that the process holds now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Reads the command line, measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("outline", type=Path)
    parser.add_argument("--sources", help="a folder of sources, if not those that the outline names")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--documents", type=int, default=100)
    options = parser.parse_args()
    brief, _ = prepare(options.outline, BuildOptions(sources=(options.sources,) if options.sources else ()))
    if brief is None:
        sys.exit("the outline cannot be built")
    brief, pictures, _ = album(brief)
    fonts = typst.Fonts(include_system_fonts=False)
    render_pdf(brief, pictures)
    named = [replace(brief, title=f"{brief.title} {number}") for number in range(2 * options.rounds)]
    ours = [own(one, pictures) for one in named[::2]]
    theirs = [bare(one, pictures, fonts) for one in named[1::2]]
    print(f"warm: {sum(ours) / len(ours) * 1000:.0f} ms, typst {sum(theirs) / len(theirs) * 1000:.0f} ms", end="")
    print(f": {sum(ours) / sum(theirs):.2f} times ({HELD} held)")
    held = []
    for number in range(options.documents):
        render_pdf(replace(brief, title=f"{number}"), pictures)
        held.append(held_memory())
    early, late = held[len(held) // 10], held[-1]
    print(f"memory: {early:.0f} MiB after {len(held) // 10 + 1}, {late:.0f} MiB after {len(held)} documents", end="")
    print(f": {late / early:.2f} times ({MORE_MEMORY} held)")


if __name__ == "__main__":
    main()
